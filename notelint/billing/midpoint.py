"""The CPT midpoint rule ("rule of eights"): each code stands alone, nothing is pooled.

CPT introduction, *Time*: a unit of time is attained when the midpoint is passed. Minutes of a code
under 8 make no unit and help no other code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from notelint.billing.units import units


@dataclass(frozen=True, slots=True)
class MidpointCount:
    """Units of 15-minute codes, each from its own minutes; ``units`` is their sum."""

    units: int
    units_by_code: Mapping[str, int]


def count_midpoint(minutes: Mapping[str, float]) -> MidpointCount:
    """Counts each code alone. Takes minutes by 15-minute code."""
    by_code = {code: units(spent) for code, spent in minutes.items()}
    return MidpointCount(units=sum(by_code.values()), units_by_code=by_code)
