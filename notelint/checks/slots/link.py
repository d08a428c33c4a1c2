"""Treatment items without a functional purpose (B1): one hit a list or run, not an exercise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from notelint.checks.cells import has_purpose_column
from notelint.checks.documented import hint_stage_of
from notelint.checks.label_only import bare_labels
from notelint.checks.linkage import (
    function_named,
    goals_elsewhere,
    linked_services,
    purpose_kind,
    session_goal,
)
from notelint.checks.services.words import aims, only_names
from notelint.checks.slots.item import Item, items_of
from notelint.encounter.encounter import Encounter
from notelint.encounter.headings import words_in
from notelint.encounter.purposes import purposes_in
from notelint.encounter.signs import shows_little
from notelint.language.loose import loose
from notelint.language.reading import Reading, Span, Statement
from notelint.rulebook.params import SlotMissing
from notelint.rulebook.rule import Hit

_WEAKNESS = {"none": 0, "circular": 1, "impairment": 2}
_MOST_WORDS = 60
#: Codes that prepare for a function and are none.
_CAPACITY = ("97110", "97112")
#: Fewer words than these are told by no item.
_A_FEW = 2
_PREPARING = (*_CAPACITY, "97530")
_NEAR = 24
_FORWARD = frozenset({"plan", "subjective", "history", "signature", "header"})


#: Minutes and units behind a name, in the cells of its row.
_BILLED = re.compile(r"[ \t]*\|[ \t|\d]*\d[ \t|\d]*(?:\n|$)")


def missing_purpose(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """One hit for each run of neighbouring items that no functional purpose covers."""
    if session_goal(encounter) or has_purpose_column(encounter.reading):
        return
    linked = linked_services(encounter)
    run: list[tuple[Item, str]] = []
    above: Item | None = None
    for item in items_of(encounter):
        kind = _unlinked(encounter, item, params, linked)
        if kind is None:
            above = item
        elif above is not None and _goes_on(encounter, above, item):
            kind, above = None, item
        if run and (kind is None or not _neighbours(encounter, run[-1][0], item)):
            yield _hit(encounter, run)
            run = []
        if kind is not None:
            run.append((item, kind))
    if run:
        yield _hit(encounter, run)
    reading = encounter.reading
    if goals_elsewhere(encounter) or encounter.session_purpose is not None:
        return
    if any(True for _ in reading.where(_has_purpose)):
        return
    yield from _labels(encounter)
    yield from _words_of_codes(encounter, params)


def _words_of_codes(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """One hit for the words of each code of capacities and tasks in which no item was told apart,
    in a note that shows too little for its words to hold one that no list knows."""
    if not shows_little(encounter.reading):
        return
    reading = encounter.reading
    told = {item.activity.service for item in items_of(encounter)}
    told |= {a.service for a in encounter.activities if a.functional}
    labelled = [hit for hit in bare_labels(encounter) if hit.start is not None]
    for service in encounter.services:
        code = service.stated_code
        if code not in _PREPARING or code not in params.codes or service.index in told:
            continue
        for words in service.body:
            if any(words.start < (h.end or 0) and (h.start or 0) < words.end for h in labelled):
                continue
            statement = reading.statement_at(words.start)
            if statement is None or statement.role != "treatment" or only_names(reading, words):
                continue
            start = _behind_name(reading, words)
            if aims(reading, Span(start, words.end)):
                break  # the aim goes on where no list knows its words
            if words_in(reading, Span(start, words.end)) < _A_FEW or _points_only(reading, words):
                continue
            yield _told(encounter, start, words.end, code)
            break


def _points_only(reading: Reading, words: Span) -> bool:
    """Whether words only point elsewhere ("15 min, see flow sheet"): that is another rule's."""
    pointers = list(reading.mentions_in(words.start, words.end, "pointer"))
    pointed = sum(words_in(reading, Span(m.start, m.end)) for m in pointers)
    named = sum(
        words_in(reading, Span(m.start, m.end))
        for m in reading.mentions_in(words.start, words.end, "service_label")
    )
    return bool(pointers) and words_in(reading, words) <= pointed + named


#: Marks, a code, minutes and units before the words.
_HEAD = loose(r"[^\w\n]*(?:\d{5}[^\w\n]+)?(?:\d{1,3}(?: ?(?:min(?:ute)?s?|units?)\b)?[^\w\n]+)?")


def _behind_name(reading: Reading, words: Span) -> int:
    """Where the words begin behind the name that they open with."""
    start = words.start
    for label in reading.mentions_in(start, words.end, "service_label"):
        if reading.lower[start : label.start].strip(" |:-.") == "" and label.end < words.end:
            start = label.end
    head = _HEAD.match(reading.lower, start)
    return head.end() if head and head.end() < words.end else start


def _told(encounter: Encounter, start: int, end: int, code: str) -> Hit:
    while end > start and not encounter.text[end - 1].isalnum():
        end -= 1
    return Hit(
        "statement",
        start,
        end,
        facts={"purpose": "none", "horizon": "none", "code": code},
        fields={"activity": encounter.text[start : min(end, start + _MOST_WORDS)]},
    )


def _labels(encounter: Encounter) -> Iterator[Hit]:
    """One hit for each bare name of a service, where the note has no goal and no purpose at all."""
    reading = encounter.reading
    for hit in bare_labels(encounter):
        assert hit.start is not None
        assert hit.end is not None
        statement = reading.statement_at(hit.start)
        capacity = any(
            m.has_tag(c) for m in reading.mentions_in(hit.start, hit.end) for c in _CAPACITY
        )
        if statement is None or not capacity:
            continue  # walking and self-care are functions themselves
        if _BILLED.match(reading.lower, hit.end):
            continue  # the row of a billing grid is no item
        if any(
            0 <= item.start - hit.end < _NEAR
            and not reading.has_quantity(hit.end, item.start, "code")
            for item in items_of(encounter)
        ):
            continue  # what stands right below the name is the item
        end = _list_end(reading, statement, _told_to(statement, hit.start, hit.end))
        yield Hit(
            "statement",
            hit.start,
            end,
            facts={
                "purpose": "none",
                "horizon": "none",
                "code": "",
                "stage": hint_stage_of(encounter),
            },
            fields={"activity": encounter.text[hit.start : end]},
        )


def _list_end(reading: Reading, statement: Statement, end: int) -> int:
    """Where the list ends that stands below the head of a code, or ``end``."""
    if not reading.ends_line(statement) or not reading.has_quantity(
        statement.start, statement.end, "code"
    ):
        return end
    for below in reading.statements[statement.index + 1 :]:
        if below.section != statement.section or not below.bullet or below.role != "treatment":
            break
        end = below.end
    return end


def _has_purpose(reading: Reading, statement: Statement) -> bool:
    """Whether a statement about today names a functional purpose."""
    return statement.role not in _FORWARD and any(
        p.kind == "functional" for p in purposes_in(reading, statement.start, statement.end)
    )


def _told_to(statement: Statement, start: int, end: int) -> int:
    """Where the words behind a label end ("TE - neck and shoulder stretching"), or the label."""
    for clause, following in pairwise(statement.clauses):
        if clause.start <= start < clause.end and clause.end <= end:
            return following.end
    return end


def _unlinked(
    encounter: Encounter, item: Item, params: SlotMissing, linked: frozenset[int]
) -> str | None:
    """The purpose kind of an item that lacks function, or None when it is linked."""
    number = item.activity.service
    if number in linked:
        return None
    service = encounter.services[number] if number >= 0 else None
    code = service.code.value if service and service.code else ""
    if params.codes and code and code not in params.codes:
        return None
    kind = purpose_kind(encounter, item.activity)
    return None if kind == "functional" else kind


def _neighbours(encounter: Encounter, one: Item, other: Item) -> bool:
    statements = encounter.reading.statements
    above, below = one.activity.statement, other.activity.statement
    return (
        below - above <= 2
        and statements[above].section == statements[below].section
        and one.activity.service == other.activity.service
    )


def _goes_on(encounter: Encounter, linked: Item, item: Item) -> bool:
    """Whether an item goes on with the linked one before it: next sentence, same line, no label."""
    statements = encounter.reading.statements
    one, other = statements[linked.activity.statement], statements[item.activity.statement]
    if other.index - one.index != 1 or item.activity.service not in (linked.activity.service, -1):
        return False
    return (
        one.section == other.section and one.line == other.line and other.label_end == other.start
    )


def _hit(encounter: Encounter, run: list[tuple[Item, str]]) -> Hit:
    weakest = min((kind for _, kind in run), key=lambda kind: _WEAKNESS[kind])
    first, last = run[0][0], run[-1][0]
    number = first.activity.service
    service = encounter.services[number] if number >= 0 else None
    return Hit(
        "statement",
        first.start,
        last.end,
        facts={
            "purpose": weakest,
            "horizon": "elsewhere" if function_named(encounter) else "none",
            "stage": hint_stage_of(encounter),
            "code": (service.stated_code or "") if service else "",
        },
        fields={"activity": encounter.text[first.start : min(last.end, first.start + _MOST_WORDS)]},
    )
