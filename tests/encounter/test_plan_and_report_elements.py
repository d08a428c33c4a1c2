"""Elements of plans, progress reports and discharges, and the states of a digest."""

from __future__ import annotations

from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.encounter.credentials import rank_of
from notelint.encounter.digesting import digest_of
from notelint.encounter.dischargeelements import missing_discharge_elements
from notelint.encounter.encounter import Encounter
from notelint.encounter.planelements import missing_plan_elements
from notelint.encounter.reportelements import REPORT_ELEMENTS, report_elements
from notelint.engine import Linter
from notelint.note import Note
from notelint.settings import Settings

FRAME = (
    "PT EVAL. Dx: R knee OA. PLOF: I. Pain x 3 months, worse for 2 weeks.\n"
    "LTG: 12 stairs mod I in 8 weeks.\nPlan: {}."
)


@lru_cache(maxsize=1)
def linter() -> Linter:
    return Linter(Settings())


def encounter(text: str, **record: object) -> Encounter:
    note = Note(text, **{"discipline": "PT", "payer": "medicare_b", **record})  # type: ignore[arg-type]
    return linter().encounter(note)


@pytest.mark.parametrize(
    "plan",
    [
        "PT 2x/week, 8 weeks",
        "skilled PT twice weekly for 12 weeks (24 visits)",
        "2w8",
        "12 visits over 6 weeks",
        "weekly x 12",
        "PT once a week through 05/30/26",
        "2x/wk, POC 1/5/26-4/4/26",
        "every other week for 12 weeks",
        "PT 5x/wk x 2 wks then 3x/wk x 2 wks",
    ],
)
def test_frequency_and_duration_are_read_in_any_form(plan: str) -> None:
    assert not list(missing_plan_elements(encounter(FRAME.format(plan), note_type="eval")))


@pytest.mark.parametrize("plan", ["PT 2x/wk, ther ex", "PT 3x/wk until goals met"])
def test_the_weeks_of_a_goal_or_of_the_history_are_no_duration(plan: str) -> None:
    found = list(missing_plan_elements(encounter(FRAME.format(plan), note_type="eval")))
    assert found == ["duration"]


def test_the_plan_of_the_record_counts() -> None:
    text = "Dx AMD H35.31. LTG 1 read mail 9/10."
    plan = {"frequency": "1x/wk", "duration": "8 weeks"}
    assert not list(missing_plan_elements(encounter(text, note_type="recert", plan=plan)))


@given(st.integers(1, 7), st.integers(1, 26), st.sampled_from(["x", "×", " x "]))
@settings(max_examples=25, deadline=None)
def test_any_number_of_visits_and_weeks_is_a_plan(visits: int, weeks: int, sign: str) -> None:
    text = FRAME.format(f"PT {visits}{sign}/wk {sign} {weeks} wks")
    assert not list(missing_plan_elements(encounter(text, note_type="eval")))


REPORT = {
    "period": "Period 01/05/2026-02/03/2026.",
    "goal_status": "LTG 1 stairs: min A, now SBA.",
    "measure": "Berg 44/56.",
    "plan": "Plan: continue 2x/wk x 4 wks.",
    "goal_changes": "Goals unchanged.",
    "clinician_signature": "J. Smith, PT",
}


def test_a_full_report_holds_every_element() -> None:
    text = "\n".join(REPORT.values())
    assert report_elements(encounter(text, note_type="progress")) == set(REPORT_ELEMENTS)


@pytest.mark.parametrize("left_out", ["period", "goal_changes", "clinician_signature", "plan"])
def test_an_element_left_out_is_missing(left_out: str) -> None:
    text = "\n".join(line for name, line in REPORT.items() if name != left_out)
    assert left_out not in report_elements(encounter(text, note_type="progress"))


def test_progress_toward_all_goals_is_the_status_of_none() -> None:
    text = "Pt progressing nicely toward all goals. Goals ongoing, pt motivated."
    assert "goal_status" not in report_elements(encounter(text, note_type="progress"))


def test_a_plan_for_a_report_makes_no_report() -> None:
    daily = encounter("O: SLR 3x10.\nP: progress note next visit.", note_type="daily")
    assert "progress_report" not in digest_of(daily, 0).flags


def test_maintenance_is_known_by_the_note_s_own_words() -> None:
    text = "Skilled maintenance programme: T25FW 15.1 s, held."
    assert "maintenance" in digest_of(encounter(text, note_type="progress"), 0).flags


@pytest.mark.parametrize(
    ("credential", "rank"),
    [
        ("PT, DPT", "therapist"), ("P.T.A.", "assistant"), ("COTA/L", "assistant"),
        ("OTR/L", "therapist"), ("MS CCC-SLP", "therapist"), ("SPT", "student"), ("RN", "unknown"),
    ],
)  # fmt: skip
def test_a_credential_has_one_rank(credential: str, rank: str) -> None:
    assert rank_of(credential) == rank


def test_an_end_that_was_not_planned_needs_its_reason_only() -> None:
    unplanned = encounter("D/C: hospitalised 03/04.", note_type="discharge")
    stopped = encounter("Stopped coming. Discharged from PT.", note_type="discharge")
    assert not list(missing_discharge_elements(unplanned))
    assert "goal_status" in list(missing_discharge_elements(stopped))
