"""Finds named measures and their values (catalogue §2.8).

A measure's value is the first number after its name in the same stretch, before the next measure:
a score, a time, a distance, a speed, a plain number. Doses and minutes of treatment are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.encounter.encounter import MeasureMention
from notelint.language.reading import Quantity, Reading, Span

_VALUES = (
    "score",
    "grade",
    "scale",
    "seconds",
    "percent",
    "distance",
    "speed",
    "count",
    "number",
    "rom",
    "rpe",
    "height",
    "level",
)
_REACH = 44
#: A number of trials, a date in brackets or a time of day is no score.
_TRIALS = re.compile(r"trials?|reps?|times|attempts?|cues?|vcs?|sets?")
_DATE_CUE = 12
_DATED = re.compile(r"(?:\(|\bon|\bat eval|\bfrom)\s?$")


def measures_of(reading: Reading) -> tuple[MeasureMention, ...]:
    """Returns every measure named in the note, with the first value after it in its clause."""
    return tuple(_measures(reading))


def _measures(reading: Reading) -> Iterator[MeasureMention]:
    for mention in reading.mentions_in(0, len(reading.text), "measure"):
        sense = mention.sense("measure")
        statement = reading.statement_at(mention.start)
        if sense is None or statement is None:
            continue
        limit = min(statement.end, mention.end + _REACH)
        following = next(reading.mentions_in(mention.end, limit, "measure"), None)
        if following is not None:
            limit = following.start
        values = [
            q for q in reading.quantities_in(mention.end, limit, *_VALUES) if _is_value(reading, q)
        ]
        yield _measured(sense.term, Span(mention.start, mention.end), values)


def _is_value(reading: Reading, quantity: Quantity) -> bool:
    if quantity.kind == "count":
        return not _TRIALS.search(quantity.text)
    dated = quantity.kind in ("score", "scale", "grade") and _DATED.search(
        reading.lower, reading.back(quantity.start, _DATE_CUE), quantity.start
    )
    return not dated


def _measured(name: str, place: Span, values: list[Quantity]) -> MeasureMention:
    if not values or not values[0].values:
        return MeasureMention(name, place)
    first = values[0]
    over = first.kind in ("score", "grade", "scale") and len(first.values) > 1
    previous = values[1].values[0] if len(values) > 1 and values[1].values else None
    return MeasureMention(
        name,
        place,
        first.values[0],
        first.values[1] if over else None,
        Span(first.start, first.end),
        previous,
        certainty=first.certainty,
        unit=first.kind,
    )
