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
