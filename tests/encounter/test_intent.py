"""The words of a service and their scores for codes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.encounter.encounter import Encounter
from notelint.encounter.intent import intent_of, words_of
from notelint.engine import Linter
from notelint.readers.native import note_from_record


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter()


def _read(linter: Linter, text: str, *codes: str, **facts: Any) -> Encounter:
    record = {"text": text, "note_type": "daily", "discipline": "PT", **facts}
    if codes:
        record["charges"] = [{"code": code, "units": 1} for code in codes]
    return linter.encounter(note_from_record(record, source=None, where="test"))


def _words(encounter: Encounter, code: str) -> tuple[str, bool]:
    service = next(s for s in encounter.services if s.code and s.code.value == code)
    spans, own = words_of(encounter, service)
    return " ".join(encounter.reading.slice(span) for span in spans), own


def test_a_code_with_a_dash_owns_the_words_after_it(linter: Linter) -> None:
    found = _read(linter, "97110 - SLR 3x10\n97530 - sit to stand 17 in x10")
    assert _words(found, "97110") == (" - SLR 3x10", True)
    assert "sit to stand" in _words(found, "97530")[0]


def test_a_code_that_closes_a_bullet_owns_the_words_before_it(linter: Linter) -> None:
    found = _read(
        linter, "- Step downs 6 in 3x8 R, mirror – 97530 – 15 min\n- SLR 3x10 – 97110 – 10 min"
    )
    assert "Step downs" in _words(found, "97530")[0]
    assert "SLR" in _words(found, "97110")[0]
    assert "SLR" not in _words(found, "97530")[0]


def test_two_codes_in_brackets_own_what_stands_before_each(linter: Linter) -> None:
    found = _read(linter, "Leg press 60# 3x10 (97110), crate lift 10 lb x8 (97530).")
    assert "Leg press" in _words(found, "97110")[0]
    assert "crate" in _words(found, "97530")[0]
    assert "crate" not in _words(found, "97110")[0]


def test_a_heading_on_its_own_line_holds_its_box_past_a_report(linter: Linter) -> None:
    found = _read(
        linter,
        "97530 Therapeutic activities (30 min)\nReports 2/10 at rest.\nRed putty 3x15.\n"
        "97140 Manual (15 min)\nSTM volar forearm.",
    )
    assert "Red putty" in _words(found, "97530")[0]
    assert "STM" in _words(found, "97140")[0]


def test_a_list_of_codes_and_times_owns_no_words(linter: Linter) -> None:
    found = _read(linter, "97535 23 min, 97530 15 min. Toilet transfer, mod A, 4 trials.")
    for code in ("97535", "97530"):
        words, own = _words(found, code)
        assert not own
        assert "Toilet transfer" in words


def test_the_only_billed_code_owns_what_was_done(linter: Linter) -> None:
    found = _read(linter, "Squats 3x10.\nBridges 3x10.", "97110")
    assert _words(found, "97110") == ("Squats 3x10. Bridges 3x10.", True)


def test_a_task_within_a_longer_word_counts_for_the_task(linter: Linter) -> None:
    found = _read(linter, "97530: squat to lift laundry basket x10")
    evidence = intent_of(found, found.services[0], linter.pack.cues).evidence("97530")
    assert evidence.positive
    assert not evidence.negative


def test_an_exercise_that_holds_a_motion_word_is_no_task(linter: Linter) -> None:
    found = _read(linter, "97530: lat pull 30 lb 3x10")
    intent = intent_of(found, found.services[0], linter.pack.cues)
    assert "task" not in intent.elements("97530", linter.pack.cues)
    assert [c.says for c in intent.evidence("97530").negative] == ["strengthening"]


def test_an_element_is_joined_within_one_statement_only(linter: Linter) -> None:
    book = linter.pack.cues
    joined = _read(linter, "97530: reached to 60 in shelf x10")
    apart = _read(linter, "97530: reached x10. Seat height 17 in.")
    assert "task" in intent_of(joined, joined.services[0], book).elements("97530", book)
    assert "task" not in intent_of(apart, apart.services[0], book).elements("97530", book)


@pytest.mark.parametrize(
    "text",
    [
        "97112: rows 20 lb 3x12. No loss of balance.",
        "97112: rows 20 lb 3x12, without LOB",
        "97112: rows 20 lb 3x12. Next visit: tandem stance on foam.",
    ],
)
def test_denied_and_planned_words_show_nothing(linter: Linter, text: str) -> None:
    found = _read(linter, text)
    intent = intent_of(found, found.services[0], linter.pack.cues)
    assert "control" not in intent.elements("97112", linter.pack.cues)


def test_the_name_of_a_service_shows_nothing_of_its_content(linter: Linter) -> None:
    found = _read(linter, "Neuromuscular re-education 15 minutes provided.", "97112")
    intent = intent_of(found, found.services[0], linter.pack.cues)
    assert "control" not in intent.elements("97112", linter.pack.cues)


def test_a_score_is_worked_out_once_an_encounter(linter: Linter) -> None:
    found = _read(linter, "97530: squats 3x10")
    first = intent_of(found, found.services[0], linter.pack.cues)
    assert intent_of(found, found.services[0], linter.pack.cues) is first


_PHRASES = (
    "SLR 3x10", "tandem stance 30 s", "sit to stand x10", "sock aid 3 trials", "ice 10 min",
    "walked 200 ft RW", "STM L calf", "bike L3 8 min", "reached to 60 in shelf", "massage to back",
)  # fmt: skip


@given(
    code=st.sampled_from(("97530", "97112", "97116", "97140", "97535", "97110")),
    phrases=st.lists(st.sampled_from(_PHRASES), min_size=1, max_size=5),
)
@settings(max_examples=60, deadline=None)
def test_another_code_is_named_only_along_the_closed_list(code: str, phrases: list[str]) -> None:
    linter = _LINTER
    found = _read(linter, f"{code}: {', '.join(phrases)}")
    intent = intent_of(found, found.services[0], linter.pack.cues)
    other = intent.other(code, linter.pack.cues)
    assert other is None or other in linter.pack.cues.questions[code]


_LINTER = Linter()
