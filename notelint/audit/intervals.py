"""Exact confidence intervals for a rate: Clopper-Pearson, and hypergeometric when N is known.

SciPy does the distributions; it comes with the ``[qa]`` extra.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from notelint.errors import UsageError

#: Below so many reviewed notes or verdicts no rate is printed.
ENOUGH = 20


@dataclass(frozen=True, slots=True)
class Interval:
    """``count`` of ``n`` and what that says about the rate; rates are 0 to 1.

    ``low_count``/``high_count`` are numbers of the population, given when its size is known.
    ``one_sided`` means that low and high are each a bound at the full confidence: use one of them.
    """

    count: int
    n: int
    point: float
    low: float
    high: float
    method: str
    confidence: float
    one_sided: bool = False
    population: int | None = None
    low_count: int | None = None
    high_count: int | None = None

    @property
    def enough(self) -> bool:
        return self.n >= ENOUGH

    def as_dict(self) -> dict[str, Any]:
        return {
            "count": self.count, "n": self.n, "point": self.point, "low": self.low,
            "high": self.high, "confidence": self.confidence, "one_sided": self.one_sided,
            "population": self.population, "low_count": self.low_count,
            "high_count": self.high_count, "method": self.method,
        }  # fmt: skip


def exact_interval(
    count: int,
    n: int,
    *,
    confidence: float = 0.95,
    population: int | None = None,
    one_sided: bool = False,
) -> Interval:
    """Returns the exact interval for ``count`` of ``n``.

    With ``population`` the sample was drawn without replacement from so many, and the bounds are
    the fewest and most that the population can hold (hypergeometric); without it they are those
    of Clopper and Pearson (binomial).

    Raises:
        UsageError: the numbers do not fit together, or SciPy is missing.
    """
    _check(count, n, confidence, population)
    tail = (1 - confidence) if one_sided else (1 - confidence) / 2
    share = f"{100 * confidence:g} %"
    words = f"one-sided {share} bounds" if one_sided else f"two-sided {share}"
    if population is None:
        low, high = _clopper_pearson(count, n, tail)
        method = f"Clopper-Pearson exact binomial interval, {words}"
        return Interval(count, n, count / n, low, high, method, confidence, one_sided)
    fewest, most = _hypergeometric(count, n, population, tail)
    method = (
        f"exact hypergeometric interval for a population of {population:,} "
        f"(sampling without replacement), {words}"
    )
    return Interval(
        count, n, count / n, fewest / population, most / population, method, confidence,
        one_sided, population, fewest, most,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One stratum of a sample: ``count`` of ``n`` reviewed, of ``size`` in the frame."""

    label: str
    count: int
    n: int
    size: int


@dataclass(frozen=True, slots=True)
class Combined:
    """A rate over strata, each weighted by its share of the frame.

    ``low``/``high`` never claim too much: they join the exact bounds of the strata. ``near_low``/
    ``near_high`` are the usual, narrower survey interval, which is an approximation.
    """

    point: float
    low: float
    high: float
    near_low: float
    near_high: float
    n: int
    population: int
    confidence: float
    one_sided: bool
    method: str

    def as_dict(self) -> dict[str, Any]:
        return {
            "point": self.point, "low": self.low, "high": self.high,
            "approximate_low": self.near_low, "approximate_high": self.near_high, "n": self.n,
            "population": self.population, "confidence": self.confidence,
            "one_sided": self.one_sided, "method": self.method,
        }  # fmt: skip


def combine(
    parts: Sequence[Part], *, confidence: float = 0.95, one_sided: bool = False
) -> Combined:
    """Returns the weighted rate of a stratified sample.

    The strata are drawn independently, so each gets the confidence ``c ** (1 / strata)`` (Šidák)
    and the weighted sums of their exact bounds hold together with at least ``c``.
    """
    total = sum(part.size for part in parts)
    tail = (1 - confidence) if one_sided else (1 - confidence) / 2
    each = 1 - (1 - tail) ** (1 / len(parts))
    point = low = high = variance = 0.0
    for part in parts:
        _check(part.count, part.n, confidence, part.size)
        weight = part.size / total
        fewest, most = _hypergeometric(part.count, part.n, part.size, each)
        low += fewest / total
        high += most / total
        p = part.count / part.n
        point += weight * p
        if part.n > 1:
            variance += weight**2 * (1 - part.n / part.size) * p * (1 - p) / (part.n - 1)
    n = sum(part.n for part in parts)
    effective = min(float(n), point * (1 - point) / variance) if variance > 0 else float(n)
    near_low, near_high = _clopper_pearson(point * effective, effective, tail)
    method = (
        f"rates weighted by each stratum's share of the frame; bounds join the exact "
        f"hypergeometric bounds of {len(parts)} strata, each at the confidence that makes "
        f"{100 * confidence:g} % hold together (Šidák), so they are conservative; the narrower figures "
        "are the survey approximation of Korn and Graubard"
    )
    return Combined(
        point, low, high, near_low, near_high, n, total, confidence, one_sided, method
    )  # fmt: skip


def _check(count: int, n: int, confidence: float, population: int | None) -> None:
    if n < 1 or not 0 <= count <= n:
        raise UsageError(
            f"{count} of {n} is not a count out of a sample.",
            remedy="Give how many had the error, of how many reviewed, such as 6/30.",
        )
    if not 0.5 <= confidence < 1:
        raise UsageError(f"A confidence of {confidence} cannot be used.", remedy="Give 0.95.")
    if population is not None and population < n:
        raise UsageError(
            f"A population of {population} is smaller than the sample of {n}.",
            remedy="Give the number of notes that the sample was drawn from.",
        )


def _clopper_pearson(count: float, n: float, tail: float) -> tuple[float, float]:
    beta = _stats().beta
    low = 0.0 if count <= 0 else float(beta.ppf(tail, count, n - count + 1))
    high = 1.0 if count >= n else float(beta.ppf(1 - tail, count + 1, n - count))
    return low, high


def _hypergeometric(count: int, n: int, population: int, tail: float) -> tuple[int, int]:
    """The fewest and most errors in the population that the sample does not speak against."""
    law = _stats().hypergeom
    first, last = count, population - (n - count)
    tail -= 1e-12  # a chance of exactly the tail does not speak against
    fewest = _first(first, last, lambda k: float(law.sf(count - 1, population, k, n)) > tail)
    most = _first(first, last + 1, lambda k: float(law.cdf(count, population, k, n)) <= tail) - 1
    return fewest, most


def _first(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """The first number from ``low`` on for which a monotone condition holds, or ``high``."""
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def zero_error_size(limit: float, confidence: float = 0.95) -> int:
    """How many notes without one error show a rate of at most ``limit`` (one-sided)."""
    return math.ceil(math.log(1 - confidence) / math.log(1 - limit) - 1e-9)


def _stats() -> Any:
    try:
        from scipy import stats
    except ImportError:
        raise UsageError(
            "This needs SciPy, which is not installed.",
            remedy="Install it with: pip install 'notelint[qa]'.",
        ) from None
    return stats
