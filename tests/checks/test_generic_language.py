"""The grammars of generic language: what they find in other words, and the look-alikes they spare."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.engine import Linter
from notelint.readers.native import note_from_record
from notelint.settings import Settings


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(Settings(preview=True))


def found(linter: Linter, rule: str, text: str, discipline: str = "PT") -> list[str]:
    record = {
        "text": text, "note_type": "daily", "discipline": discipline, "payer": "medicare_b",
    }  # fmt: skip
    note = note_from_record(record, source=None, where="test")
    return [
        text[f.start : f.end] if f.start is not None else ""
        for f in linter.lint(note).findings
        if f.name == rule
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Rows 3x10.\nHEP given. J. Moss PT 4/7/26",
        "Reviewed HEP with pt, verbalized understanding.\nKnee 2/10 at rest.",
        "Mom updated after the session, voiced understanding.",
        "home program gone over again w/ pt",
    ],
)
def test_a_date_or_a_pain_score_is_no_result_of_teaching(linter: Linter, text: str) -> None:
    assert found(linter, "education-generic", text)


def test_what_the_learner_then_did_is_a_result_of_teaching(linter: Linter) -> None:
    text = "Went over sock aid with wife, she set it up herself twice."
    assert not found(linter, "education-generic", text)


def test_a_note_in_small_letters_has_sections_and_lines(linter: Linter) -> None:
    text = "s: same\no: rows 3x10 15 lb\na: doing good\np: keep going 1x wk\nw. trost pt 9/4/25"
    assert found(linter, "continue-poc-only", text) == ["keep going"]
    assert found(linter, "filler-subjective", text) == ["same"]
    assert found(linter, "vague-progress-adjective", text) == ["doing good"]


def test_a_pulse_in_small_letters_heads_no_plan(linter: Linter) -> None:
    assert not found(linter, "continue-poc-only", "rows 3x10 for lifting\np: 72 before, 88 after")


def test_each_claim_of_progress_is_told_and_a_dose_supports_none(linter: Linter) -> None:
    text = "A: Doing good. Motion way better than it was."
    assert len(found(linter, "vague-progress-adjective", text)) == 2
    assert found(linter, "vague-progress-adjective", "Rows 3x10. Looked pretty good today.")


def test_two_numbers_compared_support_a_claim_of_progress(linter: Linter) -> None:
    assert not found(linter, "vague-progress-adjective", "A: motion better, flex 95 was 88.")


def test_pain_on_arrival_is_no_response_to_the_session(linter: Linter) -> None:
    text = "Feels foggy 3/10 this morning.\nRows 3x12 for lifting at work.\npt did good"
    assert found(linter, "tolerated-well-only", text) == ["did good"]


def test_a_value_before_same_as_last_visit_is_compared(linter: Linter) -> None:
    assert not found(linter, "as-above-reference", "O: grip 40 lb, same as last visit.")
    assert found(linter, "as-above-reference", "O: grip work, all as in previous visit.")


def test_another_item_of_the_sentence_describes_nothing(linter: Linter) -> None:
    text = "We did her exercises and some reading aloud."
    assert found(linter, "generic-activity-phrase", text) == ["did her exercises"]


def test_a_dose_beside_another_item_leaves_the_phrase_alone(linter: Linter) -> None:
    text = "Leg exercises and bridges 3x10 for bed mobility."
    assert not found(linter, "generic-activity-phrase", text)


def test_a_region_with_exercise_and_minutes_is_a_label(linter: Linter) -> None:
    assert found(linter, "bare-intervention-label", "O: CERVICAL EX X 15 MIN.") == ["CERVICAL EX"]
    assert not found(
        linter, "bare-intervention-label", "O: Cervical ex 15 min: chin tucks x 10, 5 s hold."
    )


def test_a_plan_at_the_end_of_a_sentence_is_read(linter: Linter) -> None:
    text = "She had no trouble and should keep on with therapy two times a week."
    assert found(linter, "continue-poc-only", text) == [
        "should keep on with therapy two times a week"
    ]


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(["2/10", "4/7/26", "10/10 pain", "1/2026"]),
    st.sampled_from(["HEP given.", "Reviewed home exercises.", "Pt educated."]),
)
def test_no_number_after_a_bare_claim_of_teaching_confirms_it(number: str, claim: str) -> None:
    linter = Linter(Settings(preview=True))
    assert found(linter, "education-generic", f"Rows 3x10 for lifting.\n{claim}\nKnee {number}.")


@pytest.mark.parametrize(
    "text",
    [
        "O: Brushed teeth SBA, washed face setup. Completed all self care tasks seated.",
        "O: STG 2 not met, 16; within normal for function, no further tx for this.",
        "O: Did a good job with the tasks that were presented.",
        "97129 15 min. Alternating attention for work order errors, 5 lists, errors 4 to 1.",
    ],
)
def test_what_is_summed_up_praised_or_denied_is_no_generic_phrase(
    linter: Linter, text: str
) -> None:
    assert found(linter, "generic-activity-phrase", text) == []
