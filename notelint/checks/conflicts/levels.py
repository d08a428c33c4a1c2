"""One task at two levels of help, with nothing that tells the two apart (K2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from notelint.checks.conflicts.places import apart, conflict, today
from notelint.encounter.encounter import Encounter
from notelint.language.reading import Mention, Reading, Span, Statement
from notelint.rulebook.rule import Hit

_ALONE = frozenset({"independent", "modified_independent"})
_HANDS = {"minimal": 1, "moderate": 2, "maximal": 3, "total": 4}
_TELLS_APART = (
    "surface",
    "device",
    "object",
    "position",
    "adl_equipment",
    "body",
    "cue",
    "subject_other",
)
_COUNTS = frozenset(
    {
        "distance",
        "height",
        "load",
        "reps",
        "dose",
        "count",
        "sets",
        "score",
        "percent",
        "date",
        "clock",
    }
)
#: Half of the body that a task is for; the name of the task may hold it ("UB dressing").
_HALF = re.compile(r"\b(?:ub|lb|upper|lower|le|ue|top|bottom)\b")
_CAPITAL_I = re.compile(r"\s+(?:is |at )?I\s*$")


@dataclass(frozen=True, slots=True)
class _Claim:
    task: str
    level: str
    place: Span
    statement: Statement
    details: frozenset[str]


def contradicting_levels(encounter: Encounter) -> Iterator[Hit]:
    """Yields a hit where a task is both independent and helped, or helped two steps apart."""
    text = encounter.text
    if not encounter.reading.has_mention(0, len(text), "assist"):
        return
    claims: dict[str, list[_Claim]] = {}
    for claim in _claims(encounter):
        for earlier in claims.setdefault(claim.task, []):
            if earlier.details == claim.details and _incompatible(earlier.level, claim.level):
                yield conflict(encounter, earlier.place, claim.place)
                return
        claims[claim.task].append(claim)


def _incompatible(one: str, other: str) -> bool:
    if (one in _ALONE and other in _HANDS) or (other in _ALONE and one in _HANDS):
        return True
    return one in _HANDS and other in _HANDS and abs(_HANDS[one] - _HANDS[other]) >= 2


def _claims(encounter: Encounter) -> Iterator[_Claim]:
    reading = encounter.reading
    for statement in today(reading):
        if reading.answer(_may_claim, statement):
            yield from (
                c for clause in statement.clauses if (c := _claim(reading, statement, clause))
            )


def _may_claim(reading: Reading, statement: Statement) -> bool:
    """Whether a statement gives a task its level, and does not speak of two times."""
    if not reading.has_mention(statement.start, statement.end, "task"):
        return False
    return any(_claim(reading, statement, c) for c in statement.clauses) and not apart(
        reading, statement.start, statement.end
    )


def _claim(reading: Reading, statement: Statement, clause: Span) -> _Claim | None:
    mentions = [m for m in reading.mentions_in(clause.start, clause.end) if m.certainty == "stated"]
    tasks = [m for m in mentions if m.is_a("task") and not m.is_a("weak_verb")]
    if not tasks:
        return None
    level, place = _level(reading, mentions, clause)
    if len({_term(m) for m in tasks}) != 1 or level is None or place is None:
        return None
    if reading.has_quantity(clause.start, clause.end, *_COUNTS):
        return None
    details = frozenset(
        reading.lower[m.start : m.end]
        for m in mentions
        if m.is_a(*_TELLS_APART) and m not in tasks and not m.is_a("assist")
    )
    details |= frozenset(_HALF.findall(reading.lower, clause.start, clause.end))
    start = min(tasks[0].start, place.start)
    return _Claim(
        _term(tasks[0]), level, Span(start, max(tasks[0].end, place.end)), statement, details
    )


def _term(mention: Mention) -> str:
    sense = mention.sense("task")
    return sense.term if sense else ""


def _level(
    reading: Reading, mentions: list[Mention], clause: Span
) -> tuple[str | None, Span | None]:
    levels = [(m, s) for m in mentions for s in m.senses if s.lexicon == "assist"]
    if len(levels) == 1:
        mention, sense = levels[0]
        tag = next(iter(sense.tags)) if len(sense.tags) == 1 else None
        if reading.context_at(mention.start) & {"negated"} and tag not in _ALONE:
            return None, None
        return tag, Span(mention.start, mention.end)
    if not levels:
        match = _CAPITAL_I.search(reading.text[clause.start : clause.end])
        if match:
            return "independent", Span(clause.start + match.start(), clause.start + match.end())
    return None, None
