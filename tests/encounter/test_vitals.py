"""Vital signs of the record answer nothing; those watched because of the work do."""

from __future__ import annotations

from functools import lru_cache

import pytest

from notelint.encounter.vitals import only_resting
from notelint.engine import Linter
from notelint.language.reading import Reading
from notelint.note import Note


@lru_cache(maxsize=1)
def linter() -> Linter:
    return Linter()


def read(text: str) -> Reading:
    return linter().encounter(Note(text, note_type="daily", discipline="PT")).reading


@pytest.mark.parametrize(
    ("text", "resting"),
    [
        ("BP 126/72  HR 76  SpO2 96%", True),
        ("Vitals: BP 126/72, HR 76, SpO2 97% at rest", True),
        ("SpO2 96% at rest, 91% after stairs", False),
        ("HR 76 -> 104", False),
        ("BP 126/72, gait 150 ft", False),
        ("Gait 150 ft", False),
    ],
)
def test_vital_signs_alone_are_of_the_record(text: str, resting: bool) -> None:
    reading = read(text)
    assert only_resting(reading, reading.statements[0]) is resting
