"""The stage of a note: where care is documented, missing words are a hint and no warning."""

from __future__ import annotations

import pytest

from notelint.checks.documented import hint_stage_of, stage_of
from notelint.engine import Linter
from notelint.note import Note

LINTER = Linter()
THIN = "97116 15 min: 150 ft x2 with FWW, SBA.\nSit to stand x10.\nP: cont POC."
SIGNS = {
    "skill": "Cued to step past the L heel, tactile at the pelvis.",
    "response": "Pain 3/10 after.",
    "next step": "P: 200 ft next visit if SpO2 stays over 90.",
    "function": "Bridges 2x10 for bed mobility.",
}


def note(*signs: str, text: str = "Sit to stand x10.") -> Note:
    return Note(
        "\n".join([text, *(SIGNS[sign] for sign in signs)]), note_type="daily", discipline="PT"
    )


@pytest.mark.parametrize("left_out", SIGNS)
def test_three_of_four_signs_document_the_care(left_out: str) -> None:
    signs = [sign for sign in SIGNS if sign != left_out]
    assert stage_of(LINTER.encounter(note(*signs))) == "documented"


@pytest.mark.parametrize("one", SIGNS)
def test_two_signs_do_not(one: str) -> None:
    others = [sign for sign in SIGNS if sign != one]
    for other in others:
        assert stage_of(LINTER.encounter(note(one, other))) == "thin", (one, other)


def test_a_missing_level_is_a_warning_in_a_thin_note_and_a_hint_in_a_documented_one() -> None:
    def severity(text: Note) -> str:
        found = [f for f in LINTER.lint(text).findings if f.name == "assist-level-missing"]
        assert len(found) == 1
        return found[0].severity

    task = "Bed to chair transfer x3."
    assert severity(note(text=task)) == "warning"
    assert severity(note("skill", "response", "next step", text=task)) == "info"


def test_the_documented_stage_silences_no_finding() -> None:
    """It lowers a severity and nothing else: the same places are found."""
    task = "97110 Ther ex 15 min\n97530: 20 min"
    thin = {f.name for f in LINTER.lint(note(text=task)).findings}
    full = {
        f.name for f in LINTER.lint(note("response", "next step", "function", text=task)).findings
    }
    assert "bare-intervention-label" in thin & full


def test_a_note_with_all_four_signs_is_complete_and_gets_no_hint_about_one_purpose_more() -> None:
    """There two of three such hints stood where nothing was missing."""

    def found(text: Note) -> set[str]:
        return {f.name for f in LINTER.lint(text).findings}

    task = "Heel raises 3x15.\n\n97112: Tandem stance on foam 3x30 sec."
    complete, documented = note(*SIGNS, text=task), note(*list(SIGNS)[:3], text=task)
    assert hint_stage_of(LINTER.encounter(complete)) == "complete"
    assert hint_stage_of(LINTER.encounter(documented)) == "documented"
    assert "activity-without-functional-link" in found(documented) - found(complete)
