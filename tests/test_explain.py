"""What an explanation holds: services, cues, purposes, what was set aside, rules not applied."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError
from functools import lru_cache
from typing import Any

import pytest

from notelint.engine import Linter
from notelint.explain import Explanation, explain
from notelint.readers.native import note_from_record
from notelint.reports.explanation import told


@lru_cache(maxsize=1)
def _linter() -> Linter:
    return Linter()


def _explained(text: str, **facts: Any) -> Explanation:
    record = {"id": "n1", "text": text, "discipline": "PT", **facts}
    encounter = _linter().encounter(note_from_record(record, source=None, where="test"))
    return explain(encounter, _linter().lint_encounter(encounter))


_NOTE = (
    "S: Fell at home on Sunday.\n"
    "O: 97530 15 min - lifted 10 lb laundry basket floor to counter x10, CGA, for laundry (LTG 2)\n"
    "97110 10 min - SLR 3x10, bridges 2x10\n"
    "A: pain 2/10 after.\nP: Next visit carry on stairs."
)


def test_each_service_has_its_minutes_words_score_and_activities() -> None:
    found = _explained(_NOTE, note_type="daily", payer="medicare_b")
    tasks, exercise = found.services
    assert (tasks.code, tasks.code_is, tasks.own_words) == ("97530", "stated", True)
    assert tasks.minutes == 15
    assert tasks.fits[0].score > 0
    (activity,) = tasks.activities
    assert activity.purpose is not None
    assert activity.purpose.kind == "functional"
    assert activity.help == "CGA"
    assert exercise.code == "97110"
    assert "SLR" in {cue.words for cue in exercise.fits[0].cues_for}


def test_words_of_another_day_are_told_as_elsewhere() -> None:
    found = _explained(_NOTE, note_type="daily")
    assert any("carry on stairs" in words.words for words in found.elsewhere)


def test_rules_not_applied_come_with_their_reason() -> None:
    found = _explained("SLR 3x10")
    assert ("code-without-narrative", "no charges") in {
        (skipped.rule, skipped.reason) for skipped in found.not_applied
    } or ("code-without-narrative", "note kind not stated") in {
        (skipped.rule, skipped.reason) for skipped in found.not_applied
    }


def test_another_code_is_told_only_where_it_may_be_asked_about() -> None:
    exercise = _explained("97530: leg press 60# 3x10, SLR 3x10").services[0]
    task = _explained("97110: lifted laundry basket to shelf x8, CGA").services[0]
    assert [fit.code for fit in exercise.fits] == ["97530", "97110"]
    assert [fit.code for fit in task.fits] == ["97110"]


def test_the_tree_is_frozen_and_its_json_is_plain() -> None:
    found = _explained(_NOTE, note_type="daily")
    with pytest.raises(FrozenInstanceError):
        found.note_id = "x"  # type: ignore[misc]
    plain = found.as_dict()
    assert json.loads(json.dumps(plain)) == plain
    assert plain["services"][0]["fits"][0]["code"] == "97530"


def test_offsets_slice_back_to_the_words() -> None:
    found = _explained(_NOTE, note_type="daily")
    for service in found.services:
        for fit in service.fits:
            for cue in (*fit.cues_for, *fit.cues_against):
                assert " ".join(_NOTE[cue.start : cue.end].split()) == cue.words


def test_the_text_reads_service_by_service_within_its_width() -> None:
    lines = list(told(_explained(_NOTE, note_type="daily", payer="medicare_b"), 72))
    text = "\n".join(lines)
    assert lines[0].startswith("Note n1 · daily (as its record says) · PT · medicare b")
    assert "97530 · 15 min" in text
    assert "no purpose beside it" in text
    assert "Rules not applied:" in text
    assert max(len(line) for line in lines) <= 72


def test_a_note_without_anything_is_explained_too() -> None:
    found = _explained("")
    assert found.services == ()
    assert any("Findings:" in line for line in told(found))
