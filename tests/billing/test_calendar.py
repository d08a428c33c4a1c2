from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.billing.calendar import (
    certification,
    days_over_amount,
    reporting_periods,
    signature_excused,
    signature_late_by,
    treatment_days,
    verbal_order_late_by,
    weeks_over_plan,
)

START = date(2026, 1, 5)


def visits(count: int, *, every: int = 2) -> list[date]:
    return [START + timedelta(days=every * index) for index in range(count)]


def states(dates, reports=(), **facts) -> list[str]:
    return [period.state for period in reporting_periods(dates, reports, **facts)]


def test_two_visits_on_one_date_are_one_treatment_day() -> None:
    assert treatment_days([START, START, date(2026, 1, 4)]) == (date(2026, 1, 4), START)
    assert states([*visits(9), *visits(9)]) == ["nearly_due"]


@pytest.mark.parametrize(
    ("count", "state"), [(1, "open"), (8, "open"), (9, "nearly_due"), (10, "due")]
)
def test_the_clock_counts_treatment_days_and_the_evaluation_is_the_first(count, state) -> None:
    assert states(visits(count)) == [state]


def test_eleven_days_and_the_window_gone_is_overdue() -> None:
    days = visits(10)
    inside, after = days[-1] + timedelta(days=7), days[-1] + timedelta(days=8)
    assert states([*days, inside])[0] == "due"
    assert states([*days, after])[0] == "overdue"
    assert states([*days, inside], as_of=after)[0] == "overdue"


def test_ten_days_without_another_are_due_and_not_overdue() -> None:
    assert states(visits(10), as_of=date(2026, 12, 31)) == ["due"]


def test_a_report_on_the_seventh_calendar_day_is_in_time_and_on_the_eighth_late() -> None:
    days = visits(12)
    end = days[9]
    assert states(days, [end + timedelta(days=7)])[0] == "reported"
    assert states(days, [end + timedelta(days=8)])[0] == "reported_late"


def test_an_early_report_begins_the_next_period_on_the_next_treatment_day() -> None:
    days = visits(16)
    first, second = reporting_periods(days, [days[5]])
    assert (first.state, first.end, len(first.days)) == ("reported", days[5], 6)
    assert (second.start, second.state) == (days[6], "due")


def test_a_report_in_the_late_window_belongs_to_the_period_before() -> None:
    days = visits(19)
    first, second = reporting_periods(days, [days[9] + timedelta(days=3)])
    assert (first.state, second.start, second.state) == ("reported", days[10], "nearly_due")


def test_a_second_report_before_the_next_treatment_day_closes_nothing() -> None:
    days = [*visits(10), START + timedelta(days=40)]
    end = days[9]
    reports = [end + timedelta(days=2), end + timedelta(days=3)]
    assert states(days, reports) == ["reported", "open"]


def test_a_report_before_the_first_treatment_day_is_not_of_this_episode() -> None:
    assert states(visits(10), [START - timedelta(days=3)]) == ["due"]


def test_thirty_days_are_no_limit_for_medicare() -> None:
    assert states(visits(5, every=20)) == ["open"]


def test_an_empty_episode_has_no_period() -> None:
    assert states([], [START]) == []


@given(
    st.lists(st.dates(date(2026, 1, 1), date(2026, 6, 30)), max_size=40),
    st.lists(st.dates(date(2025, 12, 1), date(2026, 7, 31)), max_size=6),
)
@settings(max_examples=150)
def test_periods_cover_every_treatment_day_once(dates, reports) -> None:
    periods = list(reporting_periods(dates, reports))
    covered = [day for period in periods for day in period.days]
    assert tuple(covered) == treatment_days(dates)
    assert all(1 <= len(period.days) <= 10 for period in periods)


def test_ninety_days_end_on_two_dates_and_the_gap_accuses_nobody() -> None:
    found = certification(START)
    assert found.last_day == date(2026, 4, 4)
    assert found.last_day_exclusive == date(2026, 4, 5)
    assert found.covers(date(2026, 4, 4)) == "inside"
    assert found.covers(date(2026, 4, 5)) == "gap"
    assert found.covers(date(2026, 4, 6)) == "after"
    assert found.covers(date(2026, 1, 4)) == "before"


def test_the_plan_may_be_shorter_than_ninety_days_and_never_longer() -> None:
    assert certification(START, 42).last_day == date(2026, 2, 15)
    assert certification(START, 120) == certification(START)


def test_a_certification_crosses_a_leap_day() -> None:
    assert certification(date(2028, 1, 5)).last_day == date(2028, 4, 3)


def test_thirty_and_fourteen_days_are_still_in_time() -> None:
    assert signature_late_by(START, START + timedelta(days=30)) == 0
    assert signature_late_by(START, START + timedelta(days=31)) == 1
    assert verbal_order_late_by(START, START + timedelta(days=14)) == 0
    assert verbal_order_late_by(START, START + timedelta(days=16)) == 2


def test_the_2025_exception_needs_an_order_and_proof_of_sending(tables) -> None:
    effective = tables.facts["initial_certification_exception"].effective
    assert effective == date(2025, 1, 1)
    order = date(2025, 1, 2)

    def excused(evaluation: date, **facts: date | None) -> bool:
        return signature_excused(evaluation, effective=effective, **facts)

    assert excused(date(2025, 1, 5), order_signed=order, sent=date(2025, 2, 4))
    assert not excused(date(2025, 1, 5), order_signed=order, sent=date(2025, 2, 5))
    assert not excused(date(2025, 1, 5), order_signed=None, sent=date(2025, 1, 8))
    assert not excused(date(2025, 1, 5), order_signed=order, sent=None)
    assert not excused(date(2024, 12, 31), order_signed=order, sent=date(2025, 1, 8))


def test_a_week_over_the_plan_is_found_and_sunday_decides_nothing() -> None:
    week = [START + timedelta(days=offset) for offset in (0, 2, 4)]
    (busy,) = weeks_over_plan(week, 2)
    assert (busy.monday, busy.visits) == (START, 3)
    assert not list(weeks_over_plan([*week[:2], START + timedelta(days=6)], 2))


def test_sessions_over_the_amount_of_a_day() -> None:
    assert list(days_over_amount([START, START, START + timedelta(days=1)])) == [(START, 2)]
