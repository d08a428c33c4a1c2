"""Dates of a note and what each one dates."""

from __future__ import annotations

from datetime import date

import pytest

from notelint.encounter.dates import dates_in, is_day
from notelint.language.pipeline import Reader
from notelint.language.reading import Span
from notelint.rulebook.pack import load_pack

READER = Reader(load_pack().lexicons)


def labels(text: str, near: date | None = None) -> list[tuple[date, str]]:
    return [(d.day, d.label) for d in dates_in(READER.read(text, known_therapy=True), (), near)]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("DOS 03/10/2026. Gait.", "service"),
        ("Treatment date 2026-03-10, visit 4.", "service"),
        ("03/10/26 visit 4\nGait.", "header"),
        ("PT EVAL 3/10/26\nGait.", "header"),
        ("Seen for gait and balance after a fall in the yard. Today, March 10, 2026, better.", "today"),
        ("DOB 03/10/2026. Gait.", "birth"),
        ("Gait with cane, much better since surgery 3/10/26, no falls.", "event"),
        ("Addendum 03/10/2026: TUG 14 s.", "entry"),
        ("Gait with a cane for stairs.\nElectronically signed 3/10/2026", "signature"),
    ],
)  # fmt: skip
def test_a_label_says_what_a_date_dates(text: str, label: str) -> None:
    assert labels(text) == [(date(2026, 3, 10), label)]


def test_a_score_is_no_date() -> None:
    assert labels("Pain 3/10 now, 4/10 today, MMT 4/5, 6/12 correct.", date(2026, 3, 10)) == []


def test_a_year_that_is_not_written_is_the_nearest_one() -> None:
    assert labels("DOS 12/30. Gait.", date(2026, 1, 2)) == [(date(2025, 12, 30), "service")]


def test_a_date_behind_a_signature_is_its_date() -> None:
    text = "Gait with cane. J. Harlan, PT 03/10/2026"
    reading = READER.read(text, known_therapy=True)
    place = Span(text.index("J."), text.index("PT") + 2)
    assert [d.label for d in dates_in(reading, (place,))] == ["signature"]


def test_a_day_that_does_not_exist_is_left_out() -> None:
    assert labels("DOS 02/30/2026 and 13/13/2026.") == []


def test_the_first_day_of_a_period_is_no_header() -> None:
    first, *_ = labels("OT PROGRESS REPORT 09/23/25 - 10/30/25\nGait.")
    assert first[1] == "none"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Back to work 10/3.", True),
        ("MRI 2/2 shows a small tear.", True),
        ("Improving since 10/22.", True),
        ("Pain 4/10 at the end.", False),
        ("Cleared 8/10 thresholds.", False),
        ("Strength now 5/5.", False),
        ("Repeated 45/30 words.", False),
    ],
)
def test_two_numbers_are_a_day_only_behind_a_word_of_one_or_above_any_score(
    text: str, expected: bool
) -> None:
    reading = READER.read(text, known_therapy=True)
    quantities = list(reading.quantities_in(0, len(text), "score", "grade", "scale"))
    assert any(is_day(reading, quantity) for quantity in quantities) is expected


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Fell in her room 08/29 again.", True),
        ("Recalled words 4/09.", True),
        ("Recalled words 4/9.", False),
    ],
)
def test_no_score_is_written_with_a_nought_before_it(text: str, day: bool) -> None:
    reading = READER.read(text, known_therapy=True)
    found = list(reading.quantities_in(0, len(text), "score"))
    assert [is_day(reading, q) for q in found] == [day]
