"""Reads statements of treatment time: service minutes, totals, intervals (catalogue §2.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from notelint.encounter.encounter import Service, TimeStatement
from notelint.language.reading import Reading, Span
from notelint.note import Note

_TIMED = re.compile(r"\b(?:ttm|tctm?|tcm|total timed|timed (?:code )?(?:treatment )?(?:min\w*|total)|total timed (?:code )?(?:treatment )?(?:min\w*)?)\b")
_TREATMENT = re.compile(r"\b(?:ttt|total (?:treatment|tx|session|visit|therapy)(?: time| min\w*)?|total time|treatment time)\b")


def times_of(note: Note, reading: Reading, services: Sequence[Service]) -> tuple[TimeStatement, ...]:
    """Returns every statement of treatment time in text order."""
    return tuple(_times(reading, services))


def _times(reading: Reading, services: Sequence[Service]) -> Iterator[TimeStatement]:
    for quantity in reading.quantities_in(0, len(reading.text), "minutes"):
        if quantity.look_alike:
            continue
        before = reading.lower[max(0, quantity.start - 40) : quantity.start]
        role = "total_timed" if _TIMED.search(before) else "total_treatment" if _TREATMENT.search(before) else "part"
        yield TimeStatement(role, quantity.values[0], Span(quantity.start, quantity.end), certainty=quantity.certainty)  # type: ignore[arg-type]
