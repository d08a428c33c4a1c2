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
