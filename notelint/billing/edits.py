"""Medicare code pairs (NCCI) by date of service, and whether a note shows distinct time for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Literal

from notelint.billing.intervals import Interval, shared_minutes

Indicator = Literal["0", "1"]


@dataclass(frozen=True, slots=True)
class EditPair:
    """A pair. Indicator ``1`` passes with distinct time and a modifier, ``0`` never.

    A pair that is not ``verified`` may only be asked about.
    """

    column1: str
    column2: str
    indicator: Indicator
    effective: date
    valid_through: date
    verified: bool = True
    source: str = ""

    def on(self, day: date | None) -> bool:
        """Says whether the pair holds on ``day``; with no day, whether it has begun at all."""
        return day is None or self.effective <= day <= self.valid_through


def pairs_among(
    codes: Iterable[str], day: date | None, pairs: Sequence[EditPair]
) -> Iterator[EditPair]:
    """Yields the pairs of which both codes are reported, for a date of service."""
    reported = frozenset(codes)
    for pair in pairs:
        if pair.column1 in reported and pair.column2 in reported and pair.on(day):
            yield pair


def shows_distinct_time(
    pair: EditPair, minutes: Mapping[str, float], intervals: Sequence[Interval] = ()
) -> bool:
    """Says whether the pair's codes have time of their own.

    Clock intervals decide where both codes have them; else separate minutes for both do. An
    untimed code (an evaluation) may have its minutes in ``minutes`` too.
    """
    first = [i for i in intervals if i.code == pair.column1]
    second = [i for i in intervals if i.code == pair.column2]
    if first and second:
        return all(shared_minutes(a, b) == 0 for a, b in product(first, second))
    return minutes.get(pair.column1, 0) > 0 and minutes.get(pair.column2, 0) > 0
