"""Frequency and certified days of a plan, by record and by text."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from notelint.encounter.planfacts import plan_dates, visits_per_week
from notelint.engine import Linter
from notelint.note import Note

LINTER = Linter()


def read(text: str, **facts: Any) -> Any:
    return LINTER.encounter(Note(text, **{"note_type": "eval", "discipline": "PT", **facts}))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Plan: PT 2x/wk x 8 wk.", (2.0, 2.0)),
        ("Plan: 2-3x/wk x 8-10 visits.", (2.0, 3.0)),
        ("Plan: 3w2, 2w4, 1w2.", (1.0, 3.0)),
        ("Plan: twice a week for 4 weeks.", (2.0, 2.0)),
        ("Plan: 3 times per week.", (3.0, 3.0)),
        ("Plan: gait and balance for 8 weeks.", None),
    ],
)
def test_a_plan_document_says_its_visits_a_week(
    words: str, expected: tuple[float, float] | None
) -> None:
    assert visits_per_week(read(words)) == expected


def test_the_record_says_it_for_any_note() -> None:
    assert visits_per_week(read("Gait.", note_type="daily", plan={"frequency": "2x/wk"})) == (
        2.0,
        2.0,
    )
    assert visits_per_week(read("Gait.", note_type="daily", plan={"visits_per_week": 3})) == (
        3.0,
        3.0,
    )


def test_a_daily_note_makes_no_plan() -> None:
    assert visits_per_week(read("Plan: PT 2x/wk x 8 wk.", note_type="daily")) is None


@pytest.mark.parametrize(
    "facts",
    [
        {"plan": {"certified_from": "2026-03-06", "certified_to": "2026-06-03"}, "text": "Gait."},
        {"plan": {"certification": {"start": "2026-03-06", "end": "2026-06-03"}}, "text": "Gait."},
        {"text": "RECERT, cert period 3/6/26 - 6/3/26. Dx R26.81."},
        {"text": "Certification period: 3/6 to 6/3. Gait.", "date_of_service": date(2026, 3, 6)},
    ],
)
def test_certified_days_are_read(facts: dict[str, Any]) -> None:
    text = facts.pop("text")
    assert plan_dates(read(text, **facts)) == {
        "certified_from": "2026-03-06",
        "certified_to": "2026-06-03",
    }


def test_a_date_that_is_none_in_the_record_is_left_out() -> None:
    assert plan_dates(read("Gait.", plan={"certified_to": "next spring"})) == {}
