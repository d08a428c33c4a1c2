from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.billing.allocation import allocate
from notelint.billing.assistant import de_minimis, split_timed, split_untimed


def test_the_manuals_set_of_assistant_and_therapist_minutes() -> None:
    # PTA 23 and PT 13 of 97110, PT 30 of 97140: 66 minutes
    found = allocate({"97110": 36, "97140": 30})
    assert found.units_by_code == {"97110": 2, "97140": 2}
    exercise = split_timed(2, therapist=13, assistant=23)
    assert (exercise.with_modifier, exercise.without, exercise.sure) == (1, 1, True)
    assert exercise.reason == "therapist_midpoint"
    manual = split_timed(2, therapist=30, assistant=0)
    assert (manual.with_modifier, manual.without) == (0, 2)


@pytest.mark.parametrize(
    ("units", "therapist", "assistant", "expected", "reason"),
    [
        (2, 0, 30, (2, 0), "whole_units"),
        (1, 13, 8, (0, 1), "therapist_midpoint"),
        (1, 7, 8, (1, 0), "de_minimis"),
        (1, 0, 12, (1, 0), "de_minimis"),
        (1, 15, 0, (0, 1), "whole_units"),
        (2, 12, 12, (1, 1), "one_each"),
        (2, 14, 9, (1, 1), "one_each"),
        (3, 23, 16, (1, 2), "therapist_midpoint"),
        (0, 4, 3, (0, 0), "no_units"),
    ],
)
def test_units_split_step_by_step(units, therapist, assistant, expected, reason) -> None:
    split = split_timed(units, therapist, assistant)
    assert (split.with_modifier, split.without) == expected
    assert (split.reason, split.sure) == (reason, True)


def test_before_2022_the_midpoint_exception_does_not_hold() -> None:
    split = split_timed(1, 13, 8, midpoint_exception=False)
    assert (split.with_modifier, split.reason) == (1, "de_minimis")


def test_inside_the_rounding_band_nobody_is_sure() -> None:
    # of 15 minutes: 2 exceed ten percent, the shortcut asks for 3
    assert de_minimis(1, 15) == "without"
    assert de_minimis(2, 15) == "either"
    assert de_minimis(3, 15) == "with"
    assert not split_untimed(13, 2).sure
    assert split_untimed(13, 2).reason == "rounding_band"


def test_ten_percent_of_an_untimed_service() -> None:
    assert split_untimed(36, 4).without == 1
    assert split_untimed(30, 10).with_modifier == 1
    assert split_untimed(0, 30).with_modifier == 1
    assert split_untimed(30, 0).without == 1


def test_more_units_than_the_minutes_make_are_not_judged() -> None:
    assert not split_timed(4, 10, 10).sure
    assert not split_timed(1, 30, 15).sure


@given(st.integers(0, 90), st.integers(0, 90))
@settings(max_examples=200)
def test_a_split_keeps_every_unit(therapist, assistant) -> None:
    units = (therapist + assistant + 7) // 15
    split = split_timed(units, therapist, assistant)
    assert split.with_modifier + split.without == units
    if assistant == 0:
        assert split.with_modifier == 0
    if therapist == 0:
        assert split.without == 0
    if split.sure:
        assert split.with_modifier >= assistant // 15
