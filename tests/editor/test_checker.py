"""The checker with the real rules behind it."""

from __future__ import annotations

from pathlib import Path

import pytest

from notelint.config import Config
from notelint.editor.build import Builder
from notelint.editor.checker import REMEMBER, Checker
from notelint.engine import Linter
from notelint.note import Charge, Note
from notelint.source import SourceMap

TEXT = "O: Balance activities performed x 15 min.\nP: Continue POC."


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Builder()(Config())


def test_it_finds_what_the_engine_finds_in_a_final_note(checker: Checker) -> None:
    note = Note(TEXT, status="final")
    wanted = checker.linter.lint(note).findings
    assert checker.check(note).findings == wanted
    assert wanted
    draft = checker.check(Note(TEXT))
    assert [f.fingerprint for f in draft.findings] == [f.fingerprint for f in wanted]
    assert not draft.final
    assert draft.note.status == "unknown"


def test_a_signature_in_the_text_or_the_record_makes_a_note_final(checker: Checker) -> None:
    assert checker.check(Note(TEXT, signed_at="2026-10-01")).final
    assert checker.check(Note(TEXT + "\nSigned by: Alex Bee, PT, DPT  10/01/2026\n")).final


def test_statements_and_sections_are_those_of_the_text(checker: Checker) -> None:
    found = checker.check(Note(TEXT))
    words = [TEXT[s.start : s.end] for s in found.statements]
    assert "Balance activities performed x 15 min." in words
    assert [mark.kind for mark in found.sections if mark.label] == ["objective", "plan"]


def test_a_suppression_beside_the_note_counts_and_a_new_one_at_the_next_check(
    checker: Checker, tmp_path: Path
) -> None:
    path = tmp_path / "n1.txt"
    note = Note(TEXT, source=SourceMap(str(path), len(TEXT)))
    assert all(f.suppressed is None for f in checker.check(note).findings)
    (tmp_path / "n1.txt.notelint.toml").write_text(
        '[[suppressions]]\nrule = "generic-activity-phrase"\nreason = "one reason"\n'
    )
    answered = [f for f in checker.check(note).findings if f.suppressed]
    assert [f.code for f in answered] == ["GEN101"]
    assert answered[0].suppressed is not None
    assert answered[0].suppressed.reason == "one reason"


class Forgetful(Linter):
    """Counts how often it is told to forget."""

    forgot = 0

    def forget_words(self) -> None:
        self.forgot += 1
        super().forget_words()


def test_words_of_earlier_notes_are_forgotten_now_and_then(checker: Checker) -> None:
    linter = Forgetful(checker.linter.settings, checker.linter.pack)
    mine = Checker(linter)
    for _ in range(REMEMBER):
        mine.check(Note("x"))
    assert linter.forgot == 1


def test_a_fault_of_a_check_costs_this_note_alone_and_shows_none_of_it(checker: Checker) -> None:
    class Broken(Linter):
        def encounter(self, note: Note) -> object:  # type: ignore[override]
            raise ValueError(note.text)

    broken = Checker(Broken(checker.linter.settings, checker.linter.pack))
    [problem] = broken.check(Note("Quetzalcoatl walked")).problems
    assert "internal error ValueError" in problem.what
    assert "Quetzalcoatl" not in str(problem)


@pytest.mark.parametrize(
    ("payer", "methods"),
    [
        ("medicare_b", {"CMS total-time rule": 2}),
        ("unknown", {"CMS total-time rule": 2, "CPT midpoint rule, each code alone": 3}),
    ],
)
def test_the_arithmetic_follows_the_payer(
    checker: Checker, payer: str, methods: dict[str, int]
) -> None:
    charges = (
        Charge("97530", 1, 12, ("GP",)),
        Charge("97112", 1, 15, ("GP",)),
        Charge("97116", 1, 10, ("GP",)),
    )
    [added] = checker.arithmetic(Note(TEXT, payer=payer, charges=charges))
    assert added.minutes == 37
    assert added.entered == 3
    assert dict(added.computed) == methods
    assert added.as_line().startswith("PT: 97530 12 + 97112 15 + 97116 10 = 37 min")


def test_the_arithmetic_counts_nothing_that_is_not_entered(checker: Checker) -> None:
    charges = (Charge("97530", 1, None), Charge("97112", None, 15), Charge("99999", 1, 15))
    [added] = checker.arithmetic(Note(TEXT, charges=charges))
    assert added.minutes is None
    assert added.entered is None
    assert added.computed == ()
    assert added.unknown == ("99999",)
    assert "minutes not entered" in added.as_line()


def test_what_was_understood_is_told_as_json(checker: Checker) -> None:
    told = checker.explain(Note(TEXT, payer="medicare_b", charges=(Charge("97112", 1, 15),)))
    assert told["facts"]["payer"] == "medicare_b"
    assert told["services"][0]["code"] == "97112"
    assert told["plan"]
