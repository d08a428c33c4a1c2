"""Totals and clock times that the record gives beside the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from notelint.encounter.clocks import spanned
from notelint.encounter.encounter import TimeRole, TimeStatement
from notelint.language.reading import Span
from notelint.note import Note

#: Spellings of the keys of ``Note.totals``; all else is left alone.
TOTAL_KEYS: Mapping[str, TimeRole] = {
    "timed": "total_timed", "timed_minutes": "total_timed", "total_timed": "total_timed",
    "timed_total": "total_timed", "total_timed_minutes": "total_timed", "ttm": "total_timed",
    "timed_code_minutes": "total_timed", "total_timed_code_minutes": "total_timed",
    "treatment": "total_treatment", "total_treatment": "total_treatment",
    "treatment_minutes": "total_treatment", "treatment_time": "total_treatment",
    "total_treatment_time": "total_treatment", "total_treatment_minutes": "total_treatment",
    "ttt": "total_treatment", "session": "total_treatment", "session_minutes": "total_treatment",
    "total": "total_treatment", "total_minutes": "total_treatment", "minutes": "total_treatment",
    "untimed": "total_untimed", "untimed_minutes": "total_untimed",
    "total_untimed": "total_untimed", "evaluation": "evaluation", "eval": "evaluation",
    "evaluation_minutes": "evaluation", "eval_minutes": "evaluation",
}  # fmt: skip


def recorded_times(note: Note) -> Iterator[TimeStatement]:
    """Totals and clock times of the record."""
    for key, value in note.totals.items():
        role = TOTAL_KEYS.get(str(key).lower().replace(" ", "_").replace("-", "_"))
        minutes = _number(value)
        if role is not None and minutes is not None:
            yield TimeStatement(role, minutes, None, origin="metadata", label=f"totals.{key}")
    for number, charge in enumerate(note.charges):
        if not charge.start or not charge.end:
            continue
        clock = spanned(charge.start.lower(), charge.end.lower(), Span(0, 0))
        if clock is not None:
            yield TimeStatement(
                "service", clock.minutes, None, code=charge.code, start_clock=clock.start,
                end_clock=clock.end, origin="metadata", label=f"charges[{number}]",
            )  # fmt: skip


def _number(value: object) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, str):
        match = re.fullmatch(r"\s*(\d{1,4}(?:\.\d+)?)\s*(?:minutes?|mins?|min)?\s*", value.lower())
        return float(match[1]) if match else None
    return None
