from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.billing.intervals import (
    Interval,
    exceeds_visit,
    minutes_by_interval,
    overlaps,
    shared_minutes,
    span,
    too_long,
)


def at(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def interval(start: str, end: str, code: str, **facts) -> Interval:
    return Interval(at(start), at(end), code, **facts)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [("9:00", "9:23", 23), ("11:45", "12:15", 30), ("12:45", "1:15", 30), ("11:30", "1:00", 90),
     ("12:00", "12:30", 30), ("12:59", "1:00", 1)],
)  # fmt: skip
def test_a_clock_may_cross_noon(start, end, minutes) -> None:
    found = span(at(start), at(end))
    assert found is not None
    assert found[1] - found[0] == minutes


@pytest.mark.parametrize(("start", "end"), [("10:30", "10:15"), ("9:00", "9:00"), ("9:00", "8:00")])
def test_an_end_before_its_start_is_no_span(start, end) -> None:
    assert span(at(start), at(end)) is None


def test_a_known_half_day_is_never_moved() -> None:
    assert span(at("12:45"), at("1:15"), half_day_known=True) is None


def test_one_on_one_codes_may_not_share_minutes(tables) -> None:
    found = list(overlaps(
        [interval("9:00", "9:30", "97110"), interval("9:15", "9:30", "97140")], tables.codes
    ))  # fmt: skip
    assert [overlap.minutes for overlap in found] == [15]


def test_intervals_that_only_touch_do_not_overlap(tables) -> None:
    parts = [
        interval("9:00", "9:15", "97110"),
        interval("9:15", "9:30", "97140"),
        interval("9:30", "9:45", "97110"),
    ]
    assert not list(overlaps(parts, tables.codes))
    assert minutes_by_interval(parts) == 45


@pytest.mark.parametrize(
    "other",
    [
        Interval(at("9:00"), at("9:15"), "G0283"),
        Interval(at("9:00"), at("9:15"), "97010"),
        Interval(at("9:00"), at("9:15"), "97535", discipline="OT"),
        Interval(at("9:00"), at("9:15"), "97530", mode="cotreat"),
        Interval(at("9:00"), at("9:15"), "97550"),
        Interval(at("9:00"), at("9:15"), ""),
        Interval(at("9:00"), at("9:15"), "99999"),
    ],
)
def test_some_time_may_coincide(other, tables) -> None:
    treatment = Interval(at("9:00"), at("9:30"), "97110", discipline="PT")
    assert not list(overlaps([treatment, other], tables.codes))


def test_a_group_may_share_with_a_group_and_not_with_one_on_one(tables) -> None:
    group = interval("1:00", "1:30", "97150", patient="a")
    assert not list(overlaps([group, interval("1:00", "1:30", "97150", patient="b")], tables.codes))
    assert list(overlaps([group, interval("1:15", "1:45", "97110", patient="b")], tables.codes))


def test_one_therapist_cannot_treat_two_patients_one_on_one(tables) -> None:
    parts = [
        interval("1:00", "1:30", "97530", patient="a"),
        interval("1:15", "1:45", "97110", patient="b"),
    ]
    assert [overlap.minutes for overlap in overlaps(parts, tables.codes)] == [15]


def test_an_evaluation_does_not_coincide_with_treatment(tables) -> None:
    parts = [interval("9:00", "9:40", "97161"), interval("9:30", "9:45", "97110")]
    assert [overlap.minutes for overlap in overlaps(parts, tables.codes)] == [10]


def test_the_same_statement_twice_is_one_interval(tables) -> None:
    part = interval("9:00", "9:15", "97110")
    assert not list(overlaps([part, part], tables.codes))


def test_clocks_without_am_or_pm_meet_on_the_dial() -> None:
    before = span(at("12:45"), at("1:15"))
    assert before is not None
    first = Interval(*before, "97110", half_day_known=False)
    second = interval("1:00", "1:30", "97140", half_day_known=False)
    assert shared_minutes(first, second) == 15
    assert shared_minutes(first, interval("1:15", "1:30", "97140", half_day_known=False)) == 0


def test_morning_and_evening_visits_stay_apart_when_the_half_day_is_known() -> None:
    assert (
        shared_minutes(interval("7:00", "7:30", "97110"), interval("19:00", "19:30", "97140")) == 0
    )


@given(st.integers(0, 1380), st.integers(1, 60), st.integers(0, 1380), st.integers(1, 60))
@settings(max_examples=150)
def test_sharing_is_symmetric_and_bounded(start, length, other, breadth) -> None:
    for known in (True, False):
        one = Interval(start, start + length, half_day_known=known)
        two = Interval(other, other + breadth, half_day_known=known)
        shared = shared_minutes(one, two)
        assert shared == shared_minutes(two, one)
        assert 0 <= shared <= min(length, breadth)
        moved = Interval(other + 720, other + 720 + breadth, half_day_known=known)
        if not known:
            assert shared_minutes(one, moved) == shared


def test_attended_intervals_may_not_exceed_the_visit(tables) -> None:
    visit = Interval(at("9:00"), at("9:40"))
    parts = [interval("9:00", "9:25", "97110"), interval("9:20", "9:40", "97140")]
    assert exceeds_visit(parts, visit, tables.codes)
    beside = [interval("9:00", "9:40", "97110"), interval("9:00", "9:15", "G0283")]
    assert not exceeds_visit(beside, visit, tables.codes)


def test_a_span_over_four_hours_is_too_long() -> None:
    assert too_long(Interval(at("9:00"), at("13:01")))
    assert not too_long(Interval(at("9:00"), at("13:00")))
