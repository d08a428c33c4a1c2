"""Certification's clocks, references to goals, plateaus: what fires and what a reason silences."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.engine import Linter
from notelint.note import Note, StatedGoal
from notelint.settings import Settings

CLOCK, REFERENCE, PLATEAU = (
    "certification-clock",
    "goal-reference-unresolved",
    "plateau-without-rationale",
)


@lru_cache(maxsize=1)
def linter() -> Linter:
    return Linter(Settings(preview=True))


def names(text: str, **record: object) -> set[str]:
    facts = {"note_type": "daily", "discipline": "PT", "payer": "medicare_b", **record}
    return {f.name for f in linter().lint(Note(text, **facts)).findings}  # type: ignore[arg-type]


@given(st.integers(-60, 60))
@settings(max_examples=30, deadline=None)
def test_treatment_is_late_from_the_second_day_after_the_end(days: int) -> None:
    end = date(2026, 3, 1)
    text = "POC certified to 03/01/2026.\nO: gait 200 ft RW, CGA, cue for step length."
    fires = CLOCK in names(text, date_of_service=end + timedelta(days=days))
    assert fires == (days >= 2)


def test_a_date_without_a_year_far_from_the_note_is_not_read() -> None:
    text = "POC certified to 09/01.\nO: gait 200 ft RW, CGA."
    assert CLOCK not in names(text, date_of_service=date(2026, 3, 8))


def test_a_documented_delay_silences_the_clock() -> None:
    text = "Evaluated 01/05/2026. POC signed 02/20/2026{}.\nO: SLR 3x10."
    day = date(2026, 2, 24)
    assert CLOCK in names(text.format(""), date_of_service=day)
    assert CLOCK not in names(text.format(", delay: office closed"), date_of_service=day)


@given(st.integers(1, 9), st.integers(1, 9))
@settings(max_examples=25, deadline=None)
def test_a_reference_resolves_if_its_number_is_among_the_goals(known: int, named: int) -> None:
    goals = tuple(StatedGoal(f"LTG{n}", "stairs") for n in range(1, known + 1))
    fires = REFERENCE in names(f"O: gait 200 ft RW, CGA (LTG {named}).", goals=goals)
    assert fires == (named > known)


@pytest.mark.parametrize(
    "reason",
    [
        " because of the effusion",
        ". Switched to aquatic",
        ". Discharge next week to HEP",
        "; skilled maintenance",
    ],
)
def test_a_reason_a_change_an_end_or_maintenance_answers_a_plateau(reason: str) -> None:
    text = "FGA 21/30, was 21/30. Plateau last 3 weeks{}."
    assert PLATEAU in names(text.format(""), note_type="progress")
    assert PLATEAU not in names(text.format(reason), note_type="progress")


def test_no_rule_asks_a_maintenance_programme_for_improvement() -> None:
    text = (
        "Skilled maintenance report 03/05/26 to 04/16/26. No change in function, as planned.\n"
        "LTG 1 T25FW within 20%: maintained, 14.8 s, 15.1 s today. No goal changes.\n"
        "Continue weekly x 6 weeks.\nR. Pike, PT"
    )
    found = names(text, note_type="progress", programme="maintenance")
    assert not found & {PLATEAU, "progress-missing-elements", "continued-need-unstated"}


UNMEASURED = StatedGoal("1", "Student will improve fine motor skills for class")


def record_hints(text: str, *goals: StatedGoal) -> list[str]:
    note = Note(text, note_type="daily", discipline="OT", payer="medicaid", goals=goals)
    found = linter().lint(note).findings
    return [f.message for f in found if f.name == "goal-not-measurable" and f.severity == "info"]


def test_goals_of_the_record_without_a_criterion_are_one_hint() -> None:
    other = StatedGoal("2", "Student will increase handwriting legibility")
    (message,) = record_hints("O: putty 2x10.", UNMEASURED, other)
    assert UNMEASURED.text in message
    assert other.text in message


def test_a_goal_of_the_record_with_a_criterion_or_in_the_text_too_is_no_hint() -> None:
    measured = StatedGoal("1", "Copy 5 of 5 letters within the line in 3 of 4 trials")
    assert record_hints("O: putty 2x10.", measured) == []
    assert record_hints(f"O: putty 2x10.\nGoal 1: {UNMEASURED.text}", UNMEASURED) == []


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        ("Training: [x] done   Topics:\nEquipment: bench", True),
        ("Frequency: 2x/wk     Duration:        Intensity: daily", True),
        ("Falls: [ ] yes  [ ] no   Describe:\nTransfers: SBA", False),
        ("Next steps:\n- stairs with one rail", False),
    ],
)
def test_a_field_that_asks_and_holds_nothing_is_a_blank(text: str, empty: bool) -> None:
    assert ("template-residue" in names(text, note_type="progress")) is empty
