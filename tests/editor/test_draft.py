from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from notelint.editor.checker import Checked
from notelint.editor.convert import Change
from notelint.editor.draft import Shown, being_typed, sort_out
from notelint.editor.session import Session
from notelint.finding import Finding, Suppression
from notelint.language.reading import Span
from notelint.note import Note


def load() -> Any:
    path = Path(__file__).with_name("fake_checks.py")
    spec = importlib.util.spec_from_file_location("fake_checks", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["fake_checks"] = module
    spec.loader.exec_module(module)
    return module


FAKE = load()
TEXT = "O: Balance activities performed x 15 min.\nA: ther ex done"


def checked(text: str = TEXT, **facts: Any) -> Checked:
    result: Checked = FAKE.FakeChecks().check(Note(text, **facts))
    return result


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


def test_a_draft_keeps_the_whole_note_for_the_signature() -> None:
    shown = sort_out(checked())
    assert codes(shown.now) == ["GEN101", "GEN101"]
    assert codes(shown.waiting) == ["TIM103"]
    assert shown.at_info == 1


@pytest.mark.parametrize(
    "facts", [{"status": "final"}, {"status": "amended"}, {"signed_at": "2026-10-01"}]
)
def test_a_note_that_is_final_shows_everything(facts: dict[str, str]) -> None:
    shown = sort_out(checked(**facts))
    assert codes(shown.now) == ["GEN101", "GEN101", "TIM103"]
    assert shown.waiting == ()


def test_rules_for_the_signature_wait_although_they_have_words() -> None:
    note = Note("Signed text with [specific activity].")
    residue = FAKE.make(note, "CON105", "template-residue", 17, 36)
    found = Checked(note, findings=(residue,), waiting=frozenset({"template-residue"}))
    assert codes(sort_out(found).waiting) == ["CON105"]
    assert codes(sort_out(found, signing=True).now) == ["CON105"]


def test_what_is_suppressed_is_counted_and_hides_nobody_else() -> None:
    found = checked()
    answered = replace(found.findings[0], suppressed=Suppression("sidecar", "x"), group=1)
    follower = replace(found.findings[1], group=1, lead=False)
    shown = sort_out(replace(found, findings=(answered, follower)))
    assert shown.now == (follower,)
    assert shown.suppressed == 1


def test_a_lead_speaks_for_its_group() -> None:
    found = checked()
    lead = replace(found.findings[0], group=1, lead=True)
    other = replace(found.findings[1], group=1, lead=False)
    shown = sort_out(replace(found, findings=(other, lead)))
    assert shown.now == (lead,)
    assert shown.also == ((other,),)


def test_only_so_many_are_shown_the_gravest_first_and_in_text_order() -> None:
    note = Note("ther ex done. " * 12)
    many = tuple(
        FAKE.make(note, "GEN101", "generic-activity-phrase", 14 * i, 14 * i + 12) for i in range(12)
    )
    grave = replace(many[11], severity="error")
    shown = sort_out(Checked(note, findings=(*many[:11], grave)))
    assert len(shown.now) == 8
    assert shown.beyond == 4
    assert shown.now[-1] == grave
    assert list(shown.now) == sorted(shown.now, key=lambda f: f.start or 0)


@pytest.mark.parametrize(
    ("text", "caret", "held"),
    [
        ("O: ther ex done", 15, True),
        ("O: ther ex done  ", 17, True),
        ("O: ther ex done.", 16, True),
        ("O: ther ex done. ", 17, False),
        ("O: ther ex done\n", 16, False),
        ("O: ther ex done", 5, True),
    ],
)
def test_the_statement_under_the_caret_is_the_one_being_typed(
    text: str, caret: int, held: bool
) -> None:
    assert (being_typed(checked(text), caret) is not None) is held
    assert bool(sort_out(checked(text), caret=caret).held) is held


def test_before_the_first_statement_nothing_is_being_typed() -> None:
    found = Checked(Note("\n\nO: x"), statements=(Span(2, 6),))
    assert being_typed(found, 0) is None


def session(text: str = "O: \n") -> Session:
    return Session("untitled:n", "rehab-note", 1, text)


def take(open_note: Session) -> Shown:
    assert open_note.take(checked(open_note.text), open_note.ticket)
    return open_note.shown(open_note.typed_at)


def test_typing_holds_a_finding_until_a_pause_or_a_move() -> None:
    note = session()
    take(note)
    note.change(2, [Change("ther ex done", (0, 3), (0, 3))], now=100.0)
    assert codes(take(note).held) == ["GEN101"]
    assert codes(note.shown(101.9).held) == ["GEN101"]
    assert codes(note.shown(102.1).now) == ["GEN101"]
    note.move(0)
    note.move(len(note.text))
    assert codes(note.shown(100.5).now) == ["GEN101"]


def test_a_result_for_another_text_or_another_configuration_is_dropped() -> None:
    note = session(TEXT)
    old = note.ticket
    note.change(2, [Change("x", (0, 0), (0, 0))], now=0.0)
    assert not note.take(checked(), old)
    assert not note.fresh
    now = note.ticket
    note.forget()
    assert not note.take(checked(note.text), now)
    assert note.take(checked(note.text), note.ticket)
    assert note.fresh


def test_an_edit_ends_the_check_before_signing() -> None:
    note = session(TEXT)
    take(note)
    note.signing = True
    assert "TIM103" in codes(note.shown(0.0).now)
    note.change(2, [Change("\n", (0, 0), (0, 0))], now=0.0)
    assert not note.signing


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        (TEXT, "x 15 min."),
        ("O: ther ex done", "ther ex done"),
        ("O: ther ex done (“ther ex done”).", "ther ex done (“ther ex done”)."),
        ("O: ther ex done  \nA: x", "ther ex done"),
    ],
)
def test_a_rewrite_goes_behind_the_statement_and_its_closing_mark(text: str, behind: str) -> None:
    note = session(text)
    take(note)
    first = note.shown(0.0).now[0]
    at = note.insertion(first)
    assert at is not None
    assert note.text[:at].endswith(behind)


def test_a_finding_without_words_stands_on_the_first_line_that_is_not_blank() -> None:
    note = session("\n\n  O: well\nA: x")
    take(note)
    assert note.text[slice(*note.first_line())] == "O: well"
    assert session("").first_line() == (0, 0)
