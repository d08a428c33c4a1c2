"""What a connector leads to: a purpose, or how long and how much."""

from __future__ import annotations

import pytest

from notelint.encounter.purposes import purposes_in
from notelint.language.pipeline import Reader


def kinds(reader: Reader, text: str) -> list[str]:
    reading = reader.read(text)
    return [p.kind for s in reading.statements for p in purposes_in(reading, s.start, s.end)]


@pytest.mark.parametrize("about", ["", "approx ", "approx. ", "about ", "at least ", "up to "])
def test_how_long_is_no_purpose_whatever_task_follows(reader: Reader, about: str) -> None:
    text = f"Balance work in the bars for {about}25 minutes, followed by gait training x 150 feet."
    assert "functional" not in kinds(reader, text)


def test_a_task_behind_for_is_the_purpose(reader: Reader) -> None:
    assert "functional" in kinds(reader, "Tandem stance 3 x 30 s for stairs at home.")


@pytest.mark.parametrize(
    "text",
    [
        "for walking in stores w/ head turns and in dim light",
        "This is for L knee control in stance and transfers to L.",
        "For standing and walking tolerance.",
        "For hip stability on steps: standing hip abd 2x8",
        "L stance stability for turning in the kitchen",
        "Tendon glides 10x; aim dec lag for hook grasp",
    ],
)
def test_a_capacity_with_the_life_it_serves_is_a_function(reader: Reader, text: str) -> None:
    assert "functional" in kinds(reader, text)


@pytest.mark.parametrize(
    "text", ["seen for ther act with pulleys", "Rows 3x10 to increase strength"]
)
def test_what_a_visit_was_and_a_bare_capacity_are_no_function(reader: Reader, text: str) -> None:
    assert "functional" not in kinds(reader, text)


@pytest.mark.parametrize(
    "text",
    [
        "To trust the prosthesis on uneven ground and catch himself: weight shift onto scale x 15.",
        "Step down 6 in 3x8 so the knee doesnt dive in when he jogs",
        "Foam stance, for vestibular input when dark (night bathroom trips)",
        "Leg press 3x10 90# to stand from his low couch w/out hands.",
        "For knee control coming down steps.",
        "For safe standing at sink.",
        "ER stretch with scapula held down, for seat belt and reaching behind.",
        "Point is a readable road sign when he turns his head.",
        "Rows 2x10, to last through the bath w/o stopping",
        "Self-SNAG L rot x 10, for desk tolerance",
        "to hold single leg stance long enough to lower onto the next step.",
        "hip strength needed for walking",
        "LE strength to get up from chair without hands.",
        "Shifts side to side then stepping back x10 to help w/ backing up to the toilet",
    ],
)
def test_purposes_in_plain_words_are_functions(reader: Reader, text: str) -> None:
    assert "functional" in kinds(reader, text)


@pytest.mark.parametrize(
    "text",
    [
        "Brought to gym for standing task at table.",
        "For hip strength and endurance.",
        "To gym via w/c.",
        "Weight shifts side to side x10",
    ],
)
def test_where_one_went_and_what_is_strengthened_are_none(reader: Reader, text: str) -> None:
    assert "functional" not in kinds(reader, text)


@pytest.mark.parametrize(
    "text",
    [
        "Returned to room, in bed, alarm on.",
        "Escorted back to her room in w/c.",
        "Will continue to work towards IEP goals.",
    ],
)
def test_where_the_patient_was_left_and_a_document_of_goals_are_no_function(
    reader: Reader, text: str
) -> None:
    assert "functional" not in kinds(reader, text)
