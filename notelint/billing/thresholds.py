"""The KX threshold by year of service, and what an amount in a note can be.

The threshold changes every year and is easily quoted under the wrong one. The amount above which
contractors may select claims for review is another constant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

AmountVerdict = Literal["right", "other_year", "targeted_review", "unlike_any", "year_unknown"]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """US dollars by calendar year; ``targeted_review`` holds to ``review_through``."""

    by_year: Mapping[int, int]
    targeted_review: int
    review_from: date
    review_through: date

    def on(self, day: date) -> int | None:
        """Returns the KX threshold for a date of service, or None for a year not known."""
        return self.by_year.get(day.year)

    def review_on(self, day: date) -> int | None:
        """Returns the targeted-review threshold for a date of service, or None."""
        return self.targeted_review if self.review_from <= day <= self.review_through else None

    def years_of(self, amount: float) -> tuple[int, ...]:
        """Returns the years in which ``amount`` was the threshold."""
        return tuple(year for year, dollars in self.by_year.items() if dollars == amount)

    def judge(self, amount: float, day: date) -> AmountVerdict:
        """Says what an amount called a threshold is, for a date of service."""
        right = self.on(day)
        if right is None:
            return "year_unknown"
        if amount == right:
            return "right"
        if amount == self.review_on(day):
            return "targeted_review"
        return "other_year" if self.years_of(amount) else "unlike_any"


def threshold_pool(discipline: str) -> tuple[str, ...]:
    """Returns the disciplines that share one threshold: PT with SLP, OT alone."""
    if discipline in ("PT", "SLP"):
        return "PT", "SLP"
    return ("OT",) if discipline == "OT" else ()
