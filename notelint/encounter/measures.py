"""Finds named measures and their values (catalogue §2.8)."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.encounter.encounter import MeasureMention
from notelint.language.reading import Quantity, Reading, Span

_VALUES = ("score", "grade", "scale", "seconds", "percent", "distance", "speed", "count", "number", "rom", "reps")


def measures_of(reading: Reading) -> tuple[MeasureMention, ...]:
    """Returns every measure named in the note, with the first value after it in its clause."""
    return tuple(_measures(reading))


def _measures(reading: Reading) -> Iterator[MeasureMention]:
    for mention in reading.mentions_in(0, len(reading.text), "measure"):
        sense = mention.sense("measure")
        statement = reading.statement_at(mention.start)
        if sense is None or statement is None:
            continue
        limit = min(statement.end, mention.end + 40)
        following = next(reading.mentions_in(mention.end, limit, "measure"), None)
        if following is not None:
            limit = following.start
        values = list(reading.quantities_in(mention.end, limit, *_VALUES))
        yield _measured(sense.term, Span(mention.start, mention.end), values)


def _measured(name: str, place: Span, values: list[Quantity]) -> MeasureMention:
    if not values or not values[0].values:
        return MeasureMention(name, place)
    first = values[0]
    maximum = first.values[1] if first.kind in ("score", "grade", "scale") and len(first.values) > 1 else None
    previous = values[1].values[0] if len(values) > 1 and values[1].values else None
    return MeasureMention(name, place, first.values[0], maximum, Span(first.start, first.end), previous)
