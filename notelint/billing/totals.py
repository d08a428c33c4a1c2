"""Stated times held against each other: per-code minutes, totals, clock times.

The billing and the total timed minutes must be consistent, and evaluation minutes are never timed
minutes (MBPM ch. 15 §220.3.C and E). Sums have no tolerance; clock times have one minute.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

#: Minutes by which a clock span may differ from the minutes written beside it.
CLOCK_TOLERANCE = 1

TimeIssueKind = Literal[
    "sum",  # per-code minutes do not add up to the stated timed total
    "evaluation_in_timed",  # the stated timed total is the sum plus the evaluation's minutes
    "timed_over_treatment",  # more timed than total treatment minutes
    "treatment_sum",  # timed plus untimed minutes do not add up to total treatment
    "clock",  # an interval and the minutes beside it differ
]


@dataclass(frozen=True, slots=True)
class TimeIssue:
    """Two statements of minutes that cannot both be true: what was found, what was stated."""

    kind: TimeIssueKind
    found: float
    stated: float


def review_totals_of_time(
    timed: Sequence[float],
    *,
    timed_total: float | None = None,
    treatment_total: float | None = None,
    evaluation: Sequence[float] = (),
    untimed: Sequence[float] = (),
) -> Iterator[TimeIssue]:
    """Yields contradictions between minutes of one visit.

    Args:
        timed: minutes of every timed service; empty if they are not all stated.
        timed_total: stated total timed minutes.
        treatment_total: stated total treatment minutes.
        evaluation: minutes of evaluation and re-evaluation codes.
        untimed: minutes of other attended untimed services (a supervised modality may run beside
            exercise, so its minutes do not add up).
    """
    added, tested = sum(timed), sum(evaluation)
    mixed = False
    if timed and timed_total is not None and added != timed_total:
        mixed = bool(tested) and added + tested == timed_total
        yield TimeIssue("evaluation_in_timed" if mixed else "sum", added, timed_total)
    if timed_total is not None and treatment_total is not None and timed_total > treatment_total:
        yield TimeIssue("timed_over_treatment", timed_total, treatment_total)
        return
    if treatment_total is None or mixed:
        return
    known = timed_total if timed_total is not None else added
    whole = known + tested + sum(untimed)
    if whole > treatment_total and (timed or timed_total is not None):
        yield TimeIssue("treatment_sum", whole, treatment_total)


def clock_differs(length: float, stated: float, *, tolerance: int = CLOCK_TOLERANCE) -> bool:
    """Says whether an interval's length and the minutes written beside it disagree."""
    return abs(length - stated) > tolerance
