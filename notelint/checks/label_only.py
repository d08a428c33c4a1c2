"""``label-only``: a code name or shorthand is the whole description of a service (A2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from notelint.encounter.encounter import Activity, Encounter, Service
from notelint.encounter.generic import generic_phrases, purpose_spans, specific_in
from notelint.language.reading import Mention, Reading, Span, Statement
from notelint.rulebook.rule import Hit, Rule

if TYPE_CHECKING:
    from notelint.rulebook.pack import Pack

_ROLES = frozenset({"treatment", "other", "response", "pointer", "education", "time"})
_SKIP = frozenset(
    {"planned", "historical", "home", "quoted", "goal", "hypothetical", "report", "negated"}
)
_INTO = re.compile(
    r"(?:for|in|with|and|of|w/|received|performed|completed|did|provided|continued|tx|:|;|,|\+|/|-|–|\d|\(|\)|min\w*|then|by|including|instructed in|participated in|today|skilled|pt|patient|x|\.|@|=)?\s*$"
)


def check(encounter: Encounter, rule: Rule, pack: Pack) -> Iterator[Hit]:
    """Yields a hit for each service label that nothing in the note describes."""
    del rule, pack
    reading = encounter.reading
    described = _described(encounter)
    told: set[str] = set()
    for statement in reading.statements:
        if statement.role not in _ROLES or statement.contexts & _SKIP:
            continue
        yield from _bare_capacity(reading, statement)
        for mention in reading.mentions_in(statement.start, statement.end, "service_label"):
            key = _key(mention)
            if key in told or not _is_item(reading, mention, statement):
                continue
            if reading.context_at(mention.start) & _SKIP or key in described:
                continue
            if _has_content(reading, mention, statement) or _described_apart(encounter, key):
                continue
            if any(True for _ in generic_phrases(reading, statement)):
                continue
            if statement.role == "time" and not _names_service(encounter, key):
                continue
            told.add(key)
            yield Hit(
                "words",
                mention.start,
                mention.end,
                fields={"label": reading.text[mention.start : mention.end]},
            )


def _bare_capacity(reading: Reading, statement: Statement) -> Iterator[Hit]:
    """ "LE strengthening x 15 min": a capacity and a region with minutes or units stand as a label."""
    for mention in reading.mentions_in(statement.start, statement.end, "generic_modifier"):
        if reading.lower[mention.start : mention.end] not in _CAPACITIES:
            continue
        if reading.context_at(mention.start) & _SKIP:
            continue
        clause = next(
            (c for c in statement.clauses if c.start <= mention.start < c.end), statement.span
        )
        timed = any(
            q.kind in ("minutes", "units", "code") and not q.look_alike
            for q in reading.quantities_in(statement.start, statement.end)
        )
        if not timed or _region_start(reading, mention, clause) is None:
            continue
        if _specific(reading, clause.start, clause.end) or _has_content(
            reading, mention, statement
        ):
            continue
        start = _region_start(reading, mention, clause)
        assert start is not None
        yield Hit("words", start, mention.end, fields={"label": reading.text[start : mention.end]})


_CAPACITIES = frozenset(
    {
        "strengthening",
        "stretching",
        "stretches",
        "rom",
        "range of motion",
        "arom",
        "prom",
        "aarom",
        "flexibility",
        "conditioning",
        "endurance",
    }
)


def _region_start(reading: Reading, mention: Mention, clause: Span) -> int | None:
    """The start of a capacity label when only regions stand before it in its clause, else None."""
    start = mention.start
    for other in reading.mentions_in(clause.start, mention.start):
        if not other.is_a("body", "generic_modifier", "filler", "weak_verb", "service_label"):
            return None
        if (
            other.is_a("body", "generic_modifier")
            and other.start < start
            and not reading.lower[other.end : mention.start].strip(" /&")
        ):
            start = min(start, other.start)
    return start


def _key(mention: Mention) -> str:
    sense = mention.sense("service_label")
    if sense is None:
        return ""
    codes = sorted(t for t in sense.tags if t[:1].isdigit())
    return codes[0] if codes else sense.term


def _described(encounter: Encounter) -> frozenset[str]:
    """Codes whose attributed words, anywhere in the note, hold something concrete."""
    found: set[str] = set()
    for service in encounter.services:
        if service.code and _body_specific(encounter.reading, service):
            found.add(service.code.value)
    return frozenset(found)


def _body_specific(reading: Reading, service: Service) -> bool:
    for span in service.body:
        statement = reading.statement_at(span.start)
        told = statement is not None and statement.role in ("treatment", "pointer", "education")
        if _named(reading, span.start, span.end) or (
            told and _specific(reading, span.start, span.end)
        ):
            return True
    return False


_CONTENT = (
    "exercise",
    "task",
    "technique",
    "speech_task",
    "adl_equipment",
    "object",
    "surface",
    "gait_deviation",
)
_EVERYDAY = ("service_label", "generic_modifier", "generic_head", "body", "weak_verb", "filler")


def _named(reading: Reading, start: int, end: int) -> bool:
    """Whether a lexicon names something concrete in a stretch, outside purpose clauses."""
    purposes = _purposes(reading, start, end)
    return any(
        not mention.is_a(*_EVERYDAY) and not any(p.start <= mention.start < p.end for p in purposes)
        for mention in reading.mentions_in(start, end, *_CONTENT)
    )


def _purposes(reading: Reading, start: int, end: int) -> list[Span]:
    """The purpose clauses of the statement that a stretch belongs to."""
    statement = reading.statement_at(start)
    return purpose_spans(reading, statement.start if statement else start, end)


def _described_apart(encounter: Encounter, key: str) -> bool:
    """Whether words that belong to no service describe what the code stands for (dictation)."""
    return any(
        activity.service < 0 and activity.heads and (key in activity.codes or _fits(activity, key))
        for activity in encounter.activities
    )


def _fits(activity: Activity, key: str) -> bool:
    domains = _TASK_DOMAINS.get(key)
    return domains is not None and bool(domains & activity.domains)


_TASK_DOMAINS = {
    "97530": frozenset(
        {
            "lifting",
            "transfer",
            "bed",
            "stairs",
            "work",
            "iadl",
            "adl",
            "community",
            "wheelchair",
            "school",
        }
    ),
    "97535": frozenset({"adl", "iadl", "eating"}),
    "97116": frozenset({"gait", "stairs"}),
    "97542": frozenset({"wheelchair"}),
}


def _specific(reading: Reading, start: int, end: int) -> bool:
    if _named(reading, start, end):
        return True
    nothing = Span(start, start)
    purposes = _purposes(reading, start, end)
    return specific_in(reading, start, end, nothing, purposes) and _unknown_content(
        reading, start, end, purposes
    )


def _unknown_content(reading: Reading, start: int, end: int, purposes: list[Span]) -> bool:
    """Words no list knows: they may be content, and uncertainty silences."""
    from notelint.language.stopwords import is_content

    covered = [(m.start, m.end) for m in reading.mentions_in(start, end)]
    covered += [(q.start, q.end) for q in reading.quantities_in(start, end)]
    for word in reading.words_in(start, end):
        if any(a <= word.start < b for a, b in covered) or any(
            p.start <= word.start < p.end for p in purposes
        ):
            continue
        if is_content(reading.lower[word.start : word.end]):
            return True
    return False


def _is_item(reading: Reading, mention: Mention, statement: Statement) -> bool:
    """Whether the label stands as the item itself, not as a word inside a sentence."""
    word = reading.text[mention.start : mention.end]
    if len(word) <= 3 and not word.isupper():
        return False
    if len(word) <= 2 and word.lower() not in ("te", "ta", "mt"):
        return False
    if mention.is_a("generic_modifier") and word.lower() in (
        "adl",
        "adls",
        "gait",
        "self care",
        "self-care",
        "neuro",
        "manual",
        "group",
    ):
        after = reading.lower[mention.end : mention.end + 18].lstrip(" :-–,.(")
        if not (
            after[:1].isdigit()
            or after.startswith(("x ", "x1", "x2", "x3", "x4", "min"))
            or not after.strip()
        ):
            return False
    if any(
        m.start <= mention.start
        and m.end >= mention.end
        and m.end - m.start > mention.end - mention.start
        for m in reading.mentions_in(max(statement.start, mention.start - 24), mention.end)
    ):
        return False
    before = reading.lower[max(statement.start, mention.start - 22) : mention.start]
    return bool(_INTO.search(before)) and reading.text[mention.end : mention.end + 1] not in ("/",)


def _has_content(reading: Reading, mention: Mention, statement: Statement) -> bool:
    """Whether the item's own clause, its bullets or what follows up to the next label say more."""
    stop = statement.end
    for other in reading.mentions_in(mention.end, statement.end, "service_label"):
        if _key(other) != _key(mention) and _is_item(reading, other, statement):
            stop = other.start
            break
    for quantity in reading.quantities_in(mention.end, stop, "code"):
        if reading.text[mention.end : quantity.start].strip(" (-:"):
            stop = min(stop, quantity.start)
            break
    start = (
        statement.start
        if not list(reading.mentions_in(statement.start, mention.start, "service_label"))
        else mention.start
    )
    if _specific(reading, mention.end, stop) or _specific(reading, start, mention.start):
        return True
    return any(
        _specific(reading, below.start, below.end)
        for below in _detail(reading, statement, ends=stop == statement.end)
    )


def _detail(reading: Reading, statement: Statement, *, ends: bool) -> Iterator[Statement]:
    """Yields the statements that go on with an item: its bullets, or the treatment right after it."""
    for below in reading.statements[statement.index + 1 : statement.index + 14]:
        if below.section != statement.section:
            return
        if below.parent == statement.index:
            yield below
            continue
        follows = (
            below.index == statement.index + 1
            and ends
            and not statement.opens_list
            and not below.bullet
        )
        told = below.role == "treatment" or (
            below.role in ("other", "response") and _named(reading, below.start, below.end)
        )
        if not follows or not told:
            return
        head = min(below.end, below.start + 30)
        if any(True for _ in reading.mentions_in(below.start, head, "service_label")):
            return
        if any(True for _ in reading.quantities_in(below.start, head, "code")):
            return
        yield below


def _names_service(encounter: Encounter, key: str) -> bool:
    """A label in a totals line is an item only when no narrative of the note treats its code."""
    return not any(a for a in encounter.activities if key in a.codes) and not any(
        a.heads for a in encounter.activities
    )
