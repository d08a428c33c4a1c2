"""A sentence that gives the whole session its purpose, wherever it stands."""

from __future__ import annotations

import pytest

from notelint.encounter.sessionaims import session_purpose_of
from notelint.language.pipeline import Reader

WORK = "SLR 3x10, step ups 4 in 2x8."


def purpose(reader: Reader, text: str) -> str | None:
    found = session_purpose_of(reader.read(text, known_therapy=True), ())
    return found.words if found is not None else None


@pytest.mark.parametrize(
    "told",
    [
        "Purpose, all rows: the ferry ramp with a bag in one hand",
        "All exercises are for stair descent at home.",
        "Arm work this session ties to pulling up pants with both hands.",
    ],
)
def test_a_sentence_behind_the_work_says_what_it_was_for(reader: Reader, told: str) -> None:
    assert purpose(reader, f"O: {WORK}\n{told}") is not None


def test_what_the_patient_wants_is_the_purpose_where_it_is_tied_to_the_work(reader: Reader) -> None:
    wish = "Wants to hook her own bra, and that is what today's behind-the-back work was about."
    assert purpose(reader, f"S: {wish}\nO: {WORK}") is not None


@pytest.mark.parametrize(
    "told",
    ["Wants to go fishing again.", "All exercises are for strength.", "Session went well."],
)
def test_a_wish_a_capacity_or_praise_is_no_purpose_of_the_session(
    reader: Reader, told: str
) -> None:
    assert purpose(reader, f"O: {WORK}\n{told}") is None
