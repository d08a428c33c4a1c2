"""A score, only where somebody asks for one: length-neutral, with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from notelint.audit.intervals import ENOUGH
from notelint.audit.reading import UnitReading

MEANING = (
    "100 x (1 - rules broken / rules that applied) over the reviewed notes of the random sample. "
    "Length-neutral: a longer note gains nothing. Rules that did not apply are in neither number. "
    "The interval is that of a ratio with the note as its unit (Student's t)."
)


@dataclass(frozen=True, slots=True)
class Score:
    """0 to 100; ``n`` reviewed notes."""

    n: int
    point: float
    low: float
    high: float


def score(units: Sequence[UnitReading], frame: int, confidence: float) -> Score | None:
    """Returns the score of reviewed units out of a frame of so many, or None under twenty."""
    from scipy.stats import t

    pairs = [
        (len(reading.broken & reading.applied), len(reading.applied))
        for reading in units
        if reading.counts and reading.applied
    ]
    n = len(pairs)
    if n < ENOUGH:
        return None
    applied = sum(y for _, y in pairs)
    ratio = sum(x for x, _ in pairs) / applied
    spread = sum((x - ratio * y) ** 2 for x, y in pairs)
    unseen = max(0.0, 1 - n / max(frame, n))
    deviation = sqrt(unseen * n / (n - 1) * spread) / applied
    reach = float(t.ppf(1 - (1 - confidence) / 2, n - 1)) * deviation
    low, high = max(0.0, ratio - reach), min(1.0, ratio + reach)
    return Score(n, 100 * (1 - ratio), 100 * (1 - high), 100 * (1 - low))
