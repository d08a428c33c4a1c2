"""How many notes to review: the smallest sample whose exact interval is narrow enough."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from notelint.audit.intervals import exact_interval, zero_error_size
from notelint.errors import UsageError

#: The limits for which the zero-error sizes are printed.
ZERO_ERROR_LIMITS = (0.05, 0.10, 0.20)
LARGEST = 20_000


@dataclass(frozen=True, slots=True)
class Plan:
    """``size`` notes give an interval within ``margin`` of the rate if that is ``expected``."""

    size: int
    margin: float
    expected: float
    confidence: float
    population: int | None
    zero_error: tuple[tuple[float, int], ...]

    def as_dict(self) -> dict[str, Any]:
        return {
            "size": self.size, "margin": self.margin, "expected": self.expected,
            "confidence": self.confidence, "population": self.population,
            "zero_error": [{"limit": limit, "size": size} for limit, size in self.zero_error],
        }  # fmt: skip


def plan(
    margin: float, expected: float, *, confidence: float = 0.95, population: int | None = None
) -> Plan:
    """Returns the sample size, by the exact interval at the expected count, for a wanted margin.

    Raises:
        UsageError: a margin or rate outside 0 to 1, or one that no sample below 20,000 reaches.
    """
    if not 0 < margin < 0.5 or not 0 <= expected <= 1:
        raise UsageError(
            "The margin and the expected rate are shares.",
            remedy="Give for example --margin 0.05 --expected 0.1.",
        )
    top = min(population or LARGEST, LARGEST)

    def fits(n: int) -> bool:
        found = exact_interval(
            round(expected * n), n, confidence=confidence, population=population
        )  # fmt: skip
        return max(found.high - found.point, found.point - found.low) <= margin

    size = _smallest(top, fits)
    zeros = tuple((limit, zero_error_size(limit, confidence)) for limit in ZERO_ERROR_LIMITS)
    return Plan(size, margin, expected, confidence, population, zeros)


def _smallest(top: int, fits: Any) -> int:
    """A size from which on the interval is narrow enough.

    The width falls with n but for the rounding of the expected count, so the doubling search is
    followed by a short walk down.
    """
    if not fits(top):
        raise UsageError(
            f"No sample of up to {top:,} notes reaches that margin.",
            remedy="Allow a wider margin.",
        )
    low, high = 1, top
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if fits(middle) else (middle + 1, high)
    return low
