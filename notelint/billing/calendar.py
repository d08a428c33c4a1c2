"""The clocks of an episode: progress reports, certification, signatures, frequency.

MBPM ch. 15 §220.1.3 (certification) and §220.3.D (progress reports). Dates only; no clock of the
machine: "today" is a day that the caller gives.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

#: A progress report is due at least once every ten treatment days.
DUE_INDEX = 10
#: Calendar days after the period's last treatment day within which a report may still be written.
LATE_DAYS = 7
#: Longest certification interval, in calendar days from the first treatment.
CERTIFICATION_DAYS = 90
SIGNATURE_DAYS = 30
VERBAL_ORDER_DAYS = 14

PeriodState = Literal["open", "nearly_due", "due", "overdue", "reported", "reported_late"]


def treatment_days(dates: Iterable[date]) -> tuple[date, ...]:
    """Returns the distinct days in order: two visits on one day are one treatment day."""
    return tuple(sorted(set(dates)))


@dataclass(frozen=True, slots=True)
class ReportingPeriod:
    """One progress-report period. ``end`` is the tenth treatment day, or the day an earlier report
    closed it; None while it is open. ``due_by`` is the last day for a late report.
    """

    start: date
    days: tuple[date, ...]
    end: date | None
    report: date | None
    state: PeriodState
    due_by: date | None = None


def reporting_periods(
    dates: Iterable[date],
    reports: Iterable[date],
    *,
    as_of: date | None = None,
    due_index: int = DUE_INDEX,
    late_days: int = LATE_DAYS,
) -> Iterator[ReportingPeriod]:
    """Yields the periods of an episode in order.

    Args:
        dates: days with treatment, evaluation or re-evaluation; the first begins the episode.
        reports: days on which a progress report (or a set of notes with all its elements) is
            complete.
        as_of: the day on which the record is looked at; the last treatment day if not given.
        due_index: treatment days in a period.
        late_days: calendar days of grace after the period's end.
    """
    days = list(treatment_days(dates))
    waiting = [report for report in sorted(set(reports)) if days and report >= days[0]]
    today = max([*days, *([as_of] if as_of else [])], default=None)
    while days and today:
        period = _first_period(days, waiting, today, due_index, late_days)
        yield period
        days = days[len(period.days) :]
        # a report closes one period, and none before the next treatment day opens another
        spent = period.report or period.end
        waiting = [r for r in waiting if days and r >= days[0] and (spent is None or r > spent)]


def _first_period(
    days: list[date], reports: list[date], today: date, due_index: int, late_days: int
) -> ReportingPeriod:
    block = tuple(days[:due_index])
    full = len(block) == due_index
    last = block[-1]
    report = next(iter(reports), None)
    if report and (report <= last or not full):
        covered = tuple(day for day in block if day <= report)
        return ReportingPeriod(covered[0], covered, covered[-1], report, "reported")
    if not full:
        state: PeriodState = "nearly_due" if len(block) == due_index - 1 else "open"
        return ReportingPeriod(block[0], block, None, None, state)
    due_by = last + timedelta(days=late_days)
    if report and report <= due_by:
        return ReportingPeriod(block[0], block, last, report, "reported", due_by)
    # a report after the window belongs to this period only if the next one has not run full
    next_end = days[2 * due_index - 1] if len(days) >= 2 * due_index else None
    if report and (next_end is None or report < next_end):
        return ReportingPeriod(block[0], block, last, report, "reported_late", due_by)
    late = len(days) > due_index and today > due_by
    return ReportingPeriod(block[0], block, last, None, "overdue" if late else "due", due_by)


@dataclass(frozen=True, slots=True)
class Certification:
    """A certified interval. Sources count the last day both ways; between ``last_day`` (start day
    included) and ``last_day_exclusive`` lies one day on which nobody is accused.
    """

    start: date
    last_day: date
    last_day_exclusive: date

    def covers(self, day: date) -> Literal["inside", "gap", "after", "before"]:
        if day < self.start:
            return "before"
        if day <= self.last_day:
            return "inside"
        return "gap" if day <= self.last_day_exclusive else "after"


def certification(first_treatment: date, plan_days: int | None = None) -> Certification:
    """Returns the certified interval: the plan's length or 90 days, whichever is less."""
    length = min(plan_days or CERTIFICATION_DAYS, CERTIFICATION_DAYS)
    return Certification(
        first_treatment,
        first_treatment + timedelta(days=length - 1),
        first_treatment + timedelta(days=length),
    )


def late_by(start: date, done: date, limit: int) -> int:
    """Returns by how many days ``done`` misses ``limit`` calendar days after ``start``; 0 if not."""
    return max(0, (done - start).days - limit)


def signature_late_by(first_treatment: date, signed: date) -> int:
    """Returns days past the 30 in which the plan is to be signed after the first treatment."""
    return late_by(first_treatment, signed, SIGNATURE_DAYS)


def verbal_order_late_by(order: date, signed: date) -> int:
    """Returns days past the 14 in which a verbal order is to be signed."""
    return late_by(order, signed, VERBAL_ORDER_DAYS)


def signature_excused(
    evaluation: date, *, order_signed: date | None, sent: date | None, effective: date
) -> bool:
    """Says whether the initial certification needs no signature (42 CFR 424.24(c)).

    Args:
        evaluation: day of the initial evaluation.
        order_signed: date of the signed and dated order or referral, if there is one.
        sent: day for which sending the plan is evidenced, if any.
        effective: first day of the exception (year fact ``initial_certification_exception``).
    """
    if evaluation < effective or order_signed is None or sent is None:
        return False
    return late_by(evaluation, sent, SIGNATURE_DAYS) == 0


@dataclass(frozen=True, slots=True)
class BusyWeek:
    """A week with more visits than the plan's frequency. ``monday`` names the week."""

    monday: date
    visits: int
    planned: float


def weeks_over_plan(dates: Iterable[date], per_week: float) -> Iterator[BusyWeek]:
    """Yields weeks with more treatment days than planned.

    Sundays are left out: they begin the week for some clinics and end it for others.
    """
    counts: Counter[date] = Counter()
    for day in treatment_days(dates):
        if day.weekday() != 6:
            counts[day - timedelta(days=day.weekday())] += 1
    for monday in sorted(counts):
        if counts[monday] > per_week:
            yield BusyWeek(monday, counts[monday], per_week)


def days_over_amount(dates: Iterable[date], per_day: int = 1) -> Iterator[tuple[date, int]]:
    """Yields days with more sessions than planned (``dates`` holds one entry a session)."""
    counts = Counter(dates)
    for day in sorted(counts):
        if counts[day] > per_day:
            yield day, counts[day]
