"""The closed forms: how many units a number of minutes makes.

CMS and CPT use the same table for one code (MCPM ch. 5 §20.2; CPT introduction, *Time*): a unit of
15 minutes is attained at 8, 23, 38, … minutes. They differ in what is put into it: all timed
minutes of a discipline and day (``allocation``), or each code alone (``midpoint``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from notelint.billing.codes import UNIT_MINUTES, Code

#: Minutes at which a 15-minute unit is attained: past its middle, in whole minutes.
LEAST_MINUTES = 8

DISCIPLINE_OF_MODIFIER: Mapping[str, str] = {"GP": "PT", "GO": "OT", "GN": "SLP"}


def units(minutes: float) -> int:
    """Returns the 15-minute units that ``minutes`` make: 0-7 → 0, 8-22 → 1, 23-37 → 2, …"""
    whole, rest = divmod(minutes, UNIT_MINUTES)
    return int(whole) + (1 if rest >= LEAST_MINUTES else 0)


def band(count: int) -> tuple[int, int]:
    """Returns the least and the most whole minutes that make ``count`` units."""
    if count <= 0:
        return 0, LEAST_MINUTES - 1
    least = (count - 1) * UNIT_MINUTES + LEAST_MINUTES
    return least, least + UNIT_MINUTES - 1


def block_units(minutes: float, first: int, further: int) -> tuple[int, int]:
    """Returns units of the first block and of further blocks (minutes each), by the midpoint.

    97129/97130 are (15, 15), 97550/97551 (30, 15), 97545/97546 (120, 60), 96125 (60, 60).
    """
    if minutes <= first / 2:
        return 0, 0
    if minutes <= first:
        return 1, 0
    whole, rest = divmod(minutes - first, further)
    return 1, int(whole) + (1 if rest > further / 2 else 0)


class BilledLine(Protocol):
    """What a charge row must offer to be counted (``notelint.note.Charge`` does)."""

    @property
    def code(self) -> str: ...
    @property
    def units(self) -> int | None: ...
    @property
    def minutes(self) -> float | None: ...
    @property
    def modifiers(self) -> tuple[str, ...]: ...
    @property
    def discipline(self) -> str | None: ...


def discipline_of(line: BilledLine, default: str = "unknown") -> str:
    """Returns PT, OT or SLP from the line's modifier, its field, or the note's discipline."""
    for modifier in line.modifiers:
        if modifier in DISCIPLINE_OF_MODIFIER:
            return DISCIPLINE_OF_MODIFIER[modifier]
    return line.discipline or default


def pools(
    lines: Iterable[BilledLine], *, default: str = "unknown"
) -> Iterator[tuple[str, tuple[BilledLine, ...]]]:
    """Yields each discipline with its lines: minutes of PT never pool with minutes of OT."""
    found: dict[str, list[BilledLine]] = {}
    for line in lines:
        found.setdefault(discipline_of(line, default), []).append(line)
    for discipline, members in found.items():
        yield discipline, tuple(members)


def units_by_code(lines: Iterable[BilledLine]) -> dict[str, int] | None:
    """Returns units summed by code (modifier lines of one code join), or None if one is unknown."""
    found: dict[str, int] = {}
    for line in lines:
        if line.units is None:
            return None
        found[line.code] = found.get(line.code, 0) + line.units
    return found


def minutes_by_code(
    lines: Iterable[BilledLine], codes: Mapping[str, Code]
) -> dict[str, float] | None:
    """Returns minutes summed by timed code, or None if a timed or unknown code has none stated."""
    found: dict[str, float] = {}
    for line in lines:
        known = codes.get(line.code)
        if known and not known.timed:
            continue
        if line.minutes is None:
            return None
        found[line.code] = found.get(line.code, 0) + line.minutes
    return found
