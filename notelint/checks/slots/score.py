"""Measures that are named as done or changed and carry no value (F5)."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.encounter.encounter import Encounter, MeasureMention
from notelint.encounter.wording import wording
from notelint.language.reading import Statement
from notelint.rulebook.params import SlotMissing
from notelint.rulebook.rule import Hit

_SKIP = frozenset({"planned", "quoted", "hypothetical", "goal", "negated"})
_ROLES = frozenset({"treatment", "assessment", "measure", "other", "response", "subjective"})
_TREATMENT = frozenset({"goniometry"})
_DONE = wording(
    r"\b(?:done|perform\w*|complet\w*|administer\w*|administ\w*|assess\w*|re-?test\w*|re-?assess\w*|repeated|given|taken|re-?checked|tested|measured|scored"
    r"|improv\w*|better|worse\w*|declin\w*|increas\w*|decreas\w*|wfl|wnl|unchanged|same|stable|faster|slower)\b"
)
_CHANGED = wording(
    r"\b(?:improv\w+|better|worse\w*|declin\w+|increas\w+|decreas\w+|faster|slower) (?:since|from|over|compared)"
)
_POINTER = wording(
    r"\b(?:see|attached|scanned|form|on file|in chart|below|above|separate|report|pending|next|norm\w*|cut-?off|goal|due)\b"
)
_NOT_DONE = wording(
    r" ?(?:was |were )?(?:not (?:yet )?(?:done|tested|assessed|completed|performed|given|repeated|appropriate)|deferred|nt\b|held|unable)"
)
_LETTERS = frozenset({"abc", "dash", "pas", "vas", "fim", "katz", "lawton"})


def missing_score(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """One hit a measure whose statement says it was done or changed, when no value is in the text."""
    del params
    scored = {m.name for m in encounter.measures if m.value is not None}
    told: set[str] = set()
    for measure in encounter.measures:
        if measure.name in scored or measure.name in told or measure.name in _TREATMENT:
            continue
        statement = encounter.reading.statement_at(measure.place.start)
        if statement is None or not _claims(encounter, measure, statement):
            continue
        told.add(measure.name)
        start, end = measure.place.start, measure.place.end
        yield Hit("words", start, end, fields={"measure": encounter.text[start:end]})


def _claims(encounter: Encounter, measure: MeasureMention, statement: Statement) -> bool:
    """Whether the words beside a measure say that it was done, or how it changed."""
    reading = encounter.reading
    if (
        statement.role not in _ROLES
        or statement.contexts & _SKIP
        or reading.context_at(measure.place.start) & _SKIP
    ):
        return False
    if _NOT_DONE.match(reading.lower, measure.place.end):
        return False
    words = reading.text[measure.place.start : measure.place.end]
    if words.lower() in _LETTERS and not words.isupper():
        return False
    if reading.has_quantity(
        statement.start, statement.end, "score", "grade", "scale", "seconds", "speed", "percent"
    ):
        return False
    low, high = (
        max(statement.start, measure.place.start - 36),
        min(statement.end, measure.place.end + 36),
    )
    if _POINTER.search(reading.lower, low, high):
        return False
    earlier = "historical" in statement.contexts | reading.context_at(measure.place.start)
    return bool((_CHANGED if earlier else _DONE).search(reading.lower, low, high))
