"""Clock intervals of one day: lengths across noon, overlaps, and what may coincide.

Times are minutes after midnight. Notes often write ``12:45-1:15`` without am or pm; such clocks
are known only to the half day, and two of them are compared on a twelve-hour dial.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from notelint.billing.codes import Code

HALF_DAY = 12 * 60

#: No visit is longer than this; an interval that is has an end before its start (catalogue C12).
LONGEST_MINUTES = 240

Mode = Literal["one_on_one", "group", "concurrent", "cotreat", "caregiver", "unknown"]


@dataclass(frozen=True, slots=True)
class Interval:
    """A span of the clock, ``start`` < ``end`` in minutes after midnight.

    ``half_day_known`` is false for clocks written without am, pm or a 24-hour hour. ``code``,
    ``mode``, ``discipline`` and ``patient`` say whose time it is; empty means not known.
    """

    start: int
    end: int
    code: str = ""
    mode: Mode = "unknown"
    discipline: str = ""
    patient: str = ""
    half_day_known: bool = True

    @property
    def minutes(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two intervals that share ``minutes``."""

    first: Interval
    second: Interval
    minutes: int


def span(start: int, end: int, *, half_day_known: bool = False) -> tuple[int, int] | None:
    """Returns the ordered clock span, or None if the end comes before the start.

    Without am or pm, ``12:45-1:15`` and ``11:30-1:00`` cross noon: the end is twelve hours later.
    ``10:30-10:15`` crosses nothing, because no visit lasts almost twelve hours.
    """
    if end > start:
        return start, end
    if half_day_known or end == start:
        return None
    later = end + HALF_DAY
    return (start, later) if 0 < later - start <= LONGEST_MINUTES else None


def shared_minutes(first: Interval, second: Interval) -> int:
    """Returns the minutes two intervals share; 0 if they only touch."""
    if first.half_day_known and second.half_day_known:
        return _shared(first.start, first.end, second.start, second.end)
    # on the dial: move the second next to the first, half a day at a time
    near = (second.start - first.start) % HALF_DAY + first.start
    return max(
        _shared(first.start, first.end, begin, begin + second.minutes)
        for begin in (near - HALF_DAY, near)
    )


def may_coincide(first: Interval, second: Interval, codes: Mapping[str, Code]) -> bool:
    """Says whether two intervals may lie at the same time, or are not known well enough to tell.

    A supervised modality may run beside treatment; two disciplines may treat together; patients
    in a group share the time. Unknown codes are given the benefit of the doubt.
    """
    if {first.mode, second.mode} & {"cotreat", "group", "concurrent"}:
        return True
    if first.discipline and second.discipline and first.discipline != second.discipline:
        return True
    one, two = codes.get(first.code), codes.get(second.code)
    if one is None or two is None:
        return True
    if one.group and two.group:
        return True
    return not (_attended(one) and _attended(two))


def overlaps(intervals: Iterable[Interval], codes: Mapping[str, Code]) -> Iterator[Overlap]:
    """Yields pairs that share minutes and may not; the same statement twice counts once."""
    seen = list(dict.fromkeys(intervals))
    for first, second in combinations(seen, 2):
        shared = shared_minutes(first, second)
        if shared and not may_coincide(first, second, codes):
            yield Overlap(first, second, shared)


def minutes_by_interval(intervals: Iterable[Interval]) -> int:
    """Returns the sum of the lengths: several short intervals of a code add up."""
    return sum(interval.minutes for interval in intervals)


def exceeds_visit(
    intervals: Iterable[Interval], visit: Interval, codes: Mapping[str, Code]
) -> bool:
    """Says whether attended intervals together are longer than the visit they lie in."""
    attended = [i for i in dict.fromkeys(intervals) if i.code in codes and codes[i.code].one_on_one]
    return minutes_by_interval(attended) > visit.minutes


def too_long(interval: Interval) -> bool:
    """Says whether an interval is longer than any visit and so probably mistyped."""
    return interval.minutes > LONGEST_MINUTES


def _attended(code: Code) -> bool:
    return (code.one_on_one or code.group) and "caregiver" not in code.flags


def _shared(start: int, end: int, other_start: int, other_end: int) -> int:
    return max(0, min(end, other_end) - max(start, other_start))
