"""Notes and findings for the filter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from notelint.finding import Finding, Place, Suggestion, fingerprint
from notelint.note import Charge, Note
from notelint.placing import placed
from notelint.source import SourceMap
from notelint.suppress.suppressor import Suppressor

RULES = {"GEN101": "generic-activity-phrase", "TIM104": "minutes-missing", "POC103": "no-plan"}
TEXT = "O: Balance activities performed.\nGait training performed.\nP: Continue.\n"

Make = Callable[..., Any]


@pytest.fixture
def note_in(tmp_path: Path) -> Make:
    """Makes a note in a file of its own."""

    def make(text: str = TEXT, name: str = "a.txt", id: str = "n1") -> Note:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        source = SourceMap.identity(str(path), text)
        return Note(text, id=id, source=source, charges=(Charge("97530"), Charge("97110")))

    return make


@pytest.fixture
def found() -> Make:
    """Makes a finding about words of a note, or about the note."""

    def make(
        note: Note, words: str | None, code: str = "GEN101", *, occurrence: int = 1, **changes: Any
    ) -> Finding:
        place = Place("main", changes.pop("target", "text"), note_id=note.id)
        if words is not None:
            start = -1
            for _ in range(occurrence):
                start = note.text.index(words, start + 1)
            place = Place("main", "text", start, start + len(words), note_id=note.id)
        finding = Finding(
            code, RULES[code], changes.pop("severity", "warning"), "judgement",
            changes.pop("scope", "words" if words else "note"), "summary", "message",
            (place,), Suggestion("?"),
            fingerprint=fingerprint(RULES[code], note.id, words or "", "", ""), **changes,
        )  # fmt: skip
        return placed(finding, note)

    return make


@pytest.fixture
def filter_with() -> Make:
    """Makes a filter that knows three rules, all of them running."""

    def make(**choices: Any) -> Suppressor:
        names = {key: name for code, name in RULES.items() for key in (code, name)}
        return Suppressor(names, frozenset(RULES.values()), **choices)

    return make
