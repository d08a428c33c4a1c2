"""A linter that finds the word ``bad`` and can be made to fail, so that runs are tested alone."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from notelint.encounter.digest import Digest
from notelint.engine import NoteResult
from notelint.finding import Finding, NotApplied, Place, Suggestion
from notelint.note import Note
from notelint.rulebook.rule import Rule, SeverityCase
from notelint.settings import Settings
from notelint.source import SourceMap
from notelint.suppress.suppressor import Suppressor


def rule(code: str, name: str, *needs: str) -> Rule:
    return Rule(
        code, name, "vague-statement", "judgement", "summary", "message", "ask",
        (SeverityCase({}, "warning"),), None, needs=frozenset(needs),
    )  # fmt: skip


class FakeLinter:
    """Stands in for ``Linter``: finds ``bad``, dies at ``crash``, raises at ``raise``."""

    def __init__(self, *, episodes: bool = False) -> None:
        self.settings = Settings()
        self.pack = SimpleNamespace(version="1", hash="h" * 16, date=date(2026, 1, 1))
        self.rules = (rule("GEN101", "bad-word"),)
        if episodes:
            self.rules += (rule("PRG101", "episode-rule", "episode"),)
        self.sees_episodes = episodes
        self.calls: list[str] = []
        self.reader = object()

    def lint(self, note: Note, *, index: int = 0) -> NoteResult:
        self.calls.append(note.id)
        if "crash" in note.text:
            os._exit(9)
        if "raise" in note.text:
            raise ValueError(note.text)
        if "slow" in note.text:
            time.sleep(0.05)
        findings = []
        at = note.text.find("bad")
        if at >= 0:
            findings.append(
                Finding(
                    "GEN101",
                    "bad-word",
                    "warning",
                    "judgement",
                    "words",
                    "summary",
                    f"“{note.text[at : at + 3]}” in {note.text[:at].strip()}",
                    (Place("main", "text", at, at + 3, note_id=note.id),),
                    Suggestion("?"),
                    file=note.file,
                    note_id=note.id,
                    fingerprint="0" * 16,
                )
            )
        digest = Digest(
            index, note.id, note.file, date_of_service=note.date_of_service, note_type="daily"
        )
        return NoteResult(note, tuple(findings), (("other-rule", "no charges"),), (), digest)

    def lint_digests(self, digests: Iterable[Digest]) -> tuple[list[Finding], list[NotApplied]]:
        if len(self.rules) == 1:
            return [], []
        found = [
            Finding(
                "PRG101",
                "episode-rule",
                "error",
                "judgement",
                "episode",
                "summary",
                "episode",
                (Place("main", "text", note_id=digest.note_id),),
                Suggestion("?"),
                file=digest.file,
                note_id=digest.note_id,
            )
            for digest in digests
        ]
        return found, []


@pytest.fixture
def linter() -> FakeLinter:
    return FakeLinter()


@pytest.fixture
def suppress() -> Suppressor:
    return Suppressor({"GEN101": "bad-word", "bad-word": "bad-word"}, frozenset({"bad-word"}))


@pytest.fixture
def notes() -> Any:
    """Makes notes of one file from texts."""

    def make(*texts: str, **facts: Any) -> Iterator[Note]:
        for number, text in enumerate(texts):
            source = SourceMap("export.csv", len(text), row=number)
            yield replace(Note(text, id=f"n{number}", source=source), **facts)

    return make
