"""Code intent: what a finding says and asks, and when it keeps silent."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.engine import Linter
from notelint.finding import Finding
from notelint.readers.native import note_from_record
from notelint.settings import Settings


@lru_cache(maxsize=1)
def _linter() -> Linter:
    return Linter(Settings(preview=True))


def _all(text: str, *codes: str, **facts: Any) -> tuple[Finding, ...]:
    record: dict[str, Any] = {
        "text": text, "note_type": "snippet", "discipline": "PT", "payer": "medicare_b", **facts
    }  # fmt: skip
    if codes:
        record["charges"] = [{"code": code, "units": 1, "minutes": 15} for code in codes]
    return _linter().lint(note_from_record(record, source=None, where="test")).findings


def _found(text: str, *codes: str, **facts: Any) -> list[Finding]:
    return [f for f in _all(text, *codes, **facts) if f.code.startswith("COD")]


def test_exercise_under_97530_is_named_and_the_question_is_the_code() -> None:
    (finding,) = _found("squats 3x10, bridges 3x10, SLR 2# 3x10", "97530")
    assert finding.name == "97530-lacks-functional-task"
    assert "squats, bridges, SLR" in finding.message
    assert "(strengthening)" in finding.message
    assert "Not found in this text: a task, a place or object, help." in finding.message
    assert finding.suggestion is not None
    assert finding.suggestion.rewrite is None
    assert finding.suggestion.ask == (
        "These words describe strengthening: is that what was done, so that the code is the "
        "question and not the sentence, or was a task practised, and which?"
    )


def test_a_complete_task_fires_nothing_of_any_rule() -> None:
    text = "squat to lift 10 lb laundry basket floor to counter x10, CGA, for laundry (LTG 2)"
    loud = [f for f in _all(text, "97530") if f.severity in ("warning", "error")]
    assert loud == []


def test_reaching_under_97535_is_no_teaching() -> None:
    assert [f.name for f in _found("functional reaching 15 min", "97535")] == [
        "97535-lacks-training"
    ]


def test_equipment_and_shown_steps_are_teaching() -> None:
    text = "tub-bench transfer training with LH sponge, pt demonstrated 3 of 3 steps, 1 VC"
    assert _found(text, "97535", discipline="OT") == []


def test_balance_alone_asks_for_its_purpose_and_not_for_the_code() -> None:
    (finding,) = _found("97530: tandem stance and SLS 3 x 30 s")
    assert finding.suggestion is not None
    assert finding.suggestion.ask == "For which task or purpose was the balance work done?"


def test_a_soap_note_of_balance_exercises_lacks_a_task_where_97530_is_billed() -> None:
    text = (
        "S: Patient reports difficulty with balance during daily activities. O: Observed patient "
        "performing balance exercises with moderate assistance. A: Patient demonstrates improved "
        "stability but requires continued practice. P: Continue balance training 3x/week to enhance "
        "functional independence."
    )
    names = {f.name for f in _all(text, "97530", note_type="daily")}
    assert "97530-lacks-functional-task" in names
    assert "generic-activity-phrase" in names
    assert _found(text, note_type="daily") == []


@pytest.mark.parametrize("text", ["Ther act: SLR 3x10, bridges", "TA 15 min - leg press 60# 3x10"])
def test_a_code_that_is_only_inferred_from_a_label_accuses_nobody(text: str) -> None:
    assert _found(text, note_type="daily") == []


def test_words_that_are_nobodys_own_satisfy_every_code_they_fit() -> None:
    text = "Bike L3 8 min, LAQ 3# 3x10. Carried 10 lb crate to shelf x8 CGA. 97110 15, 97530 15."
    assert _found(text, "97110", "97530", note_type="daily") == []


def test_a_fragment_is_never_blamed_for_a_code_it_does_not_describe() -> None:
    assert _found("Bike L3 8 min, LAQ 3# 3x10.", "97110", "97140") == []
    (finding,) = _found("Bike L3 8 min, LAQ 3# 3x10.", "97110", "97140", note_type="daily")
    assert (finding.name, finding.scope) == ("code-without-narrative", "charge")
    assert finding.places[0].target == "charges[1]"


def test_words_that_no_list_knows_silence() -> None:
    text = "97530: wrangled the duvet onto a bunk, twisting sideways past the ladder"
    assert _found(text) == []


def test_a_flowsheet_in_the_record_satisfies() -> None:
    assert _found("97110: per flowsheet", note_type="daily", flowsheet="SLR 3x10") == []


@pytest.mark.parametrize(
    "text",
    [
        "97110: SLR 3x10 for all muscle groups",
        "97110: SLR 3x10, back to group home after",
        "97112: foam stance, Berg up 2 pts, alternated between EO and EC",
        "97530: carried crate to shelf, wife and other daughter watching",
    ],
)
def test_groups_that_are_no_treatment_groups_are_let_be(text: str) -> None:
    assert not [f for f in _found(text) if f.name == "group-language-under-one-on-one"]


@pytest.mark.parametrize(
    ("payer", "severity"), [("medicare_b", "warning"), ("commercial", "info"), ("unknown", "info")]
)
def test_a_routine_reevaluation_is_a_warning_for_medicare_only(payer: str, severity: str) -> None:
    text = "Re-eval, visit 10 for insurance. ROM 0-110, no changes, cont POC."
    (finding,) = _found(text, "97164", note_type="reeval", payer=payer)
    assert (finding.name, finding.severity) == ("reeval-routine", severity)


def test_training_without_the_patient_had_no_code_of_its_own_before_2024() -> None:
    text = "97535: phoned son about tub bench set up and showed him how"
    day = {"note_type": "daily", "discipline": "OT"}
    late = _found(text, date_of_service="2024-01-02", **day)
    early = _found(text, date_of_service="2023-12-29", **day)
    assert "caregiver-only-under-97535" in {f.name for f in late}
    assert "caregiver-only-under-97535" not in {f.name for f in early}


_WORDS = (
    "SLR 3x10", "bridges", "tandem stance", "foam 30 s", "sit to stand x10", "sock aid", "ice 10 min",
    "walked 200 ft RW", "STM L calf", "bike 8 min", "reached to 60 in shelf", "massage", "good effort",
    "min A", "2 vc", "functional activities", "for endurance", "stairs x10", "in a group of 3",
)  # fmt: skip
_CODES = ("97110", "97112", "97116", "97140", "97530", "97535", "97542", "97129", "97150")
_CODE = re.compile(r"\b9[27]\d{3}\b")


@given(st.sampled_from(_CODES), st.lists(st.sampled_from(_WORDS), min_size=1, max_size=5))
@settings(max_examples=80, deadline=None)
def test_no_question_names_another_code_minutes_or_units(code: str, words: list[str]) -> None:
    for finding in _found(f"{code}: {', '.join(words)}", note_type="daily"):
        assert finding.suggestion is not None
        assert finding.suggestion.rewrite is None
        ask = finding.suggestion.ask
        assert set(_CODE.findall(ask)) <= {code}
        assert not re.search(r"\bunits?\b|\d+ min", ask)


@given(st.sampled_from(_CODES), st.lists(st.sampled_from(_WORDS), min_size=1, max_size=4))
@settings(max_examples=50, deadline=None)
def test_case_and_a_final_stop_change_no_verdict(code: str, words: list[str]) -> None:
    text = f"{code}: {', '.join(words)}"
    names = [f.name for f in _found(text)]
    assert [f.name for f in _found(text.upper())] == names
    assert [f.name for f in _found(text + ".")] == names
