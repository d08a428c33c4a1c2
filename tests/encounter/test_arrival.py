"""Where a treatment begins: what stands before it is how the patient came."""

from __future__ import annotations

import pytest

from notelint.encounter.arrival import arrival_end, is_arrival
from notelint.language.pipeline import Reader


def arrived(reader: Reader, text: str) -> list[str]:
    reading = reader.read(text)
    return [reading.slice(s.span) for s in reading.statements if is_arrival(reading, s)]


def test_what_stands_above_the_first_exercise_is_arrival(reader: Reader) -> None:
    text = "Knee 5/10 on waking, 3/10 now.\nHeel slides 2x15. SLR 3x10.\nTired after."
    assert arrived(reader, text) == ["Knee 5/10 on waking, 3/10 now."]


def test_a_value_set_against_the_work_is_no_arrival(reader: Reader) -> None:
    text = "Pain 5/10, 2/10 after.\nHeel slides 2x15. SLR 3x10.\nWent home."
    assert arrived(reader, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "PROGRESS REPORT\nPain 3/10, was 7/10.\nHeel slides 2x15 today.",
        "Pain 3/10 and sore.\nSlept badly again.\nWent to see the doctor.",
        "Pain 3/10 this morning, and he slept badly and was up twice with it. SLR 3x10.",
    ],
)
def test_where_the_treatment_begins_cannot_be_told_nothing_is_arrival(
    reader: Reader, text: str
) -> None:
    assert arrival_end(reader.read(text)) == 0
