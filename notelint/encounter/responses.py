"""Finds how the patient responded, in any part of the note but plan, goals and history.

A measure, a symptom, a physiological value, a quality, an error rate, a change of help: anything
that could be compared tomorrow. "Tolerated well" is kept as empty.
"""

from __future__ import annotations

from collections.abc import Iterator

from notelint.encounter.emptyresponse import empty_responses
from notelint.encounter.encounter import Response
from notelint.language.reading import Reading, Span, Statement

_ROLES = frozenset({"treatment", "response", "assessment", "measure", "other", "subjective", "pointer", "education", "time", "precaution"})
_SKIP = frozenset({"planned", "historical", "hypothetical"})
_TODAY = frozenset({"treatment", "response", "assessment", "measure", "other", "education", "precaution"})


def responses_of(reading: Reading) -> tuple[Response, ...]:
    """Returns every response of the session in text order."""
    return tuple(
        response
        for statement in reading.statements
        if statement.role in _ROLES and not statement.contexts & _SKIP
        for response in _responses(reading, statement)
    )


def _responses(reading: Reading, statement: Statement) -> Iterator[Response]:
    start, end = statement.start, statement.end
    today = statement.role in _TODAY
    if statement.role != "subjective":
        for span in _empty(reading, start, end):
            yield Response(span, "claim", True, reading.slice(span))
    if not today:
        return
    for mention in reading.mentions_in(start, end, "response"):
        sense = mention.sense("response")
        if sense is None or reading.context_at(mention.start) & {"planned", "historical", "hypothetical"}:
            continue
        if sense.tags & {"change"} and not _changes(reading, statement):
            continue
        if mention.is_a("filler", "weak_verb", "generic_modifier"):
            continue
        kind = next(iter(sorted(sense.tags)), "quality")
        yield Response(Span(mention.start, mention.end), kind, False, reading.text[mention.start : mention.end])
    for quantity in reading.quantities_in(start, end):
        if _is_response(reading, quantity.kind, statement, quantity.start, quantity.end):
            yield Response(Span(quantity.start, quantity.end), "measure", False, quantity.text)
    for mention in reading.mentions_in(start, end, "measure"):
        if any(True for _ in reading.quantities_in(mention.end, min(end, mention.end + 30))):
            yield Response(Span(mention.start, mention.end), "measure", False, reading.text[mention.start : mention.end])


def _empty(reading: Reading, start: int, end: int) -> Iterator[Span]:
    """Yields the empty claims of a stretch: the fixed phrases, then the same in other words."""
    taken = -1
    fixed = [(m.start, m.end) for m in reading.mentions_in(start, end, "response_empty")]
    for low, high in sorted([*fixed, *empty_responses(reading.lower, start, end)]):
        if low >= taken:
            yield Span(low, high)
            taken = high


def _is_response(reading: Reading, kind: str, statement: Statement, start: int, end: int) -> bool:
    if kind in ("scale", "grade", "rom", "percent", "vitals", "rpe", "speed", "score"):
        return True
    if kind == "count":
        words = reading.lower[start:end]
        return any(w in words for w in ("lob", "error", "of", "cue", "vc", "rest", "stumble", "prompt"))
    return False


def _changes(reading: Reading, statement: Statement) -> bool:
    """Whether a word of change stands beside something that can change (a value, help, a task)."""
    if any(
        q.kind not in ("minutes", "units", "code", "date", "clock", "clock_range", "frequency", "duration", "number")
        for q in reading.quantities_in(statement.start, statement.end)
    ):
        return True
    return any(
        m.is_a("assist", "cue", "task", "gait_deviation", "neuro_deficit", "measure")
        for m in reading.mentions_in(statement.start, statement.end)
    )
