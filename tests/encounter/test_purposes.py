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
