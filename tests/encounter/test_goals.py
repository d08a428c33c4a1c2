"""Goals and their slots: criterion, time, horizon, and whose action it is."""

from __future__ import annotations

from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.encounter.encounter import Encounter, Goal
from notelint.engine import Linter
from notelint.note import Note, StatedGoal
from notelint.settings import Settings


@lru_cache(maxsize=1)
def linter() -> Linter:
    return Linter(Settings())


def encounter(text: str, **record: object) -> Encounter:
    note = Note(text, **{"note_type": "eval", "discipline": "PT", **record})  # type: ignore[arg-type]
    return linter().encounter(note)


def goals(text: str, **record: object) -> tuple[Goal, ...]:
    return encounter(text, **record).goals


@pytest.mark.parametrize(
    "words",
    [
        "ambulate 150 feet with FWW and supervision in 4 weeks",
        "be I with bed mobility in 2 weeks",
        "sleep through the night without waking from pain",
        "tolerate mechanical soft diet with no overt s/s of aspiration",
        "verbalize 3/3 hip precautions in 1 week",
        "return to full duty work as a roofer by 8 weeks",
    ],
)
def test_a_level_number_diet_or_without_is_a_criterion(words: str) -> None:
    (goal,) = goals(f"LTG 1: Pt will {words}.")
    assert goal.measure is not None


@pytest.mark.parametrize(
    "words",
    [
        "improve balance in 4 weeks",
        "increase independence with ADLs",
        "increase strength by discharge",
        "return to prior level of function",
    ],
)
def test_a_date_or_an_aim_is_no_criterion(words: str) -> None:
    (goal,) = goals(f"LTG 1: Pt will {words}.")
    assert goal.measure is None


def test_a_heading_gives_its_time_and_horizon_to_all_its_goals() -> None:
    found = goals("Long-term goals (12 weeks): (1) walk 600 ft with cane; (2) Berg 46 or better.")
    assert [g.horizon for g in found] == ["long", "long"]
    assert all(g.by_when for g in found)


def test_two_goals_in_one_sentence_are_two() -> None:
    found = goals("STG: pt will tolerate 20 min of activity, pt will participate in OT sessions.")
    assert [bool(g.measure) for g in found] == [True, False]


def test_taking_part_in_life_is_not_attending_therapy() -> None:
    (life,) = goals("LTG: student will participate in circle time for 10 min with 1 prompt.")
    (therapy,) = goals("LTG: pt will participate in PT 2x/wk.")
    assert (life.kind, therapy.kind) == ("functional", "participation")


def test_the_wish_of_the_patient_is_no_goal_of_the_plan() -> None:
    assert not goals('Patient goal: "get back down to my garden beds".')


@given(st.integers(1, 400), st.integers(1, 20))
@settings(max_examples=25, deadline=None)
def test_any_distance_is_a_criterion_and_its_weeks_are_the_time(feet: int, weeks: int) -> None:
    (goal,) = goals(f"LTG 1: Pt will walk {feet} ft with RW in {weeks} weeks.")
    assert goal.measure is not None
    assert goal.by_when is not None
    assert str(weeks) in goal.by_when.value


def test_an_empty_box_is_no_status() -> None:
    found = goals("GOALS\n1. Increase ROM R shoulder    [ ] met  [x] progressing")
    assert [goal.status.value for goal in found if goal.status] == ["progressing"]


def test_numbers_behind_wide_blanks_part_goals() -> None:
    found = goals("Gls: 1 inc balance  2 inc LE strength  3 safe amb in home")
    assert [goal.text.split()[0] for goal in found] == ["1", "2", "3"]


def test_the_head_of_goals_in_prose_dates_all_of_them() -> None:
    found = goals(
        "Long term goals, by March 24: one, she will walk 200 feet with a cane. "
        "Two, she will climb twelve stairs with one rail."
    )
    assert len(found) == 2
    assert all(goal.by_when is not None for goal in found)


def test_a_goal_of_the_record_is_found_where_the_text_tells_it_under_no_heading() -> None:
    text = "Outcomes:\n1. Mara will  use more words.\nRecommend speech therapy."
    found = goals(text, discipline="SLP", goals=(StatedGoal("1", "Mara will use more words"),))
    placed = [goal for goal in found if goal.place is not None]
    assert [text[g.place.start : g.place.end] for g in placed if g.place] == [
        "Mara will  use more words."
    ]


def test_a_numbered_line_with_its_status_behind_a_dash_is_a_goal() -> None:
    text = "STG 1  Name pictured objects using features   - progressing\nA: more talk at home."
    assert [goal.id for goal in goals(text, note_type="progress", discipline="SLP")] == ["STG 1"]


@pytest.mark.parametrize(
    "line", ["TE, NMR, gait, pt/spouse ed.", "She will order a second grab bar."]
)
def test_services_and_errands_are_no_goals(line: str) -> None:
    text = f"LTG\n1. Walk 150 ft with RW, SBA, in 6 wks\n{line}"
    assert all(line not in goal.text for goal in goals(text, note_type="recert"))


@pytest.mark.parametrize(
    ("text", "is_goal"),
    [
        ("Goals:\n1. Pt will not demonstrate LOB on stairs.", True),
        ("Goals: She will NOT do steps with mom without us until cleared.", False),
        ("Goals: Amb distance increasing.", False),
    ],
)
def test_what_is_not_allowed_yet_and_how_it_goes_are_no_goals(text: str, is_goal: bool) -> None:
    found = Linter().encounter(Note(text, note_type="progress", discipline="PT")).goals
    assert bool(found) == is_goal
