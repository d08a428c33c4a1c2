"""Headings that a clinician made up, told by the shape of those that are known."""

from __future__ import annotations

from functools import lru_cache

import pytest

from notelint.engine import Linter
from notelint.language.ownheads import own_heads
from notelint.language.reading import Reading
from notelint.note import Note


@lru_cache(maxsize=1)
def linter() -> Linter:
    return Linter()


def kinds(text: str) -> list[str]:
    """The kinds of a text's sections that hold words."""
    reading: Reading = linter().encounter(Note(text)).reading
    return [s.kind for s in reading.sections if text[s.body_start : s.end].strip()]


def test_a_word_with_a_dash_alone_on_its_line_is_a_heading_where_another_is() -> None:
    text = "Next visit -\n  ramp with cane\nOdds -\n  ball toss 3x10, CGA\nPlan -\n  2x/wk"
    assert kinds(text) == ["plan", "body", "plan"]


def test_such_a_line_is_none_where_no_heading_is_written_so() -> None:
    text = "O: Bridges 3x10\nOdds -\nball toss 3x10\nP: 2x/wk"
    assert kinds(text) == ["objective", "plan"]


def test_capitals_below_a_blank_line_end_what_was_told_before_the_session() -> None:
    text = "OCCUPATION: lunch cook\n\nTHE JOB ITSELF\nTaught three stations, min A.\n\nNEXT TIME: hot pans"
    assert kinds(text) == ["history", "body", "plan"]


def test_capitals_below_a_blank_line_do_not_end_a_plan() -> None:
    text = "PLAN: 2x/wk\n\nEQUIPMENT NEEDS: rolling walker"
    assert kinds(text) == ["plan"]


def test_labels_of_findings_head_measures() -> None:
    text = "HX: stroke 2019\n\nUE ROM: WFL\n\nPLAN: OT 2x/wk"
    assert kinds(text) == ["history", "measures", "plan"]


@pytest.mark.parametrize("text", ["", "no heading at all", "Did -\nbridges"])
def test_without_a_known_heading_there_is_none_of_ones_own(text: str) -> None:
    assert list(own_heads(text, [])) == []


def test_words_that_a_full_stop_closes_are_headings_in_capitals() -> None:
    text = "ASSESSMENT. Steadier.\n\nTODAY. 97116, 15 min: 80 ft CGA.\n\nPLAN. 2x/wk to 3/6."
    assert kinds(text) == ["assessment", "body", "plan"]


def test_goals_with_numbers_end_at_a_label_in_capitals() -> None:
    text = "GOALS:\n 1. WALK 50 FT\n 2. STAND 5 MIN\nEX: NUSTEP L2\nPLAN: 3X/WK"
    assert kinds(text) == ["goals", "body", "plan"]


def test_rows_of_a_table_below_the_report_are_no_report() -> None:
    text = "SHE SAYS: nothing new.\n\n| naming | 8/10 | first sound |\n| reading | 4/6 | choral |"
    assert kinds(text) == ["subjective", "body"]


def test_first_cells_of_rows_are_headings_where_two_kinds_are_told_so() -> None:
    text = "23 | 97535 | bath\nRESPONSE | tired\nNEXT | tub bench"
    assert kinds(text) == ["body", "assessment", "plan"]
