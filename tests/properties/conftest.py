"""The notes the laws are tried on: every example of every rule, and the corpus to learn from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from notelint.encounter.encounter import Encounter
from notelint.engine import Linter, NoteResult
from notelint.finding import Finding
from notelint.note import Note
from notelint.readers.native import note_from_record
from notelint.rulebook.pack import load_examples
from notelint.testing import notes_of


@dataclass(frozen=True)
class Case:
    """A note that was linted by all rules, with what was understood and found."""

    where: str
    encounter: Encounter
    result: NoteResult

    @property
    def note(self) -> Note:
        return self.encounter.note

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.result.findings


@pytest.fixture(scope="session")
def notes(train: list[dict[str, Any]]) -> list[tuple[str, Note]]:
    found = [
        (f"{rule} {kind}[{number}]", note)
        for rule, docs in load_examples().items()
        for kind in ("bad", "good")
        for number, example in enumerate(docs["examples"].get(kind, []))
        for note in notes_of(example)
    ]
    found += [(str(r["id"]), note_from_record(r, source=None, where="train")) for r in train]
    return found


@pytest.fixture(scope="session")
def cases(notes: list[tuple[str, Note]], linter: Linter) -> list[Case]:
    found = []
    for where, note in notes:
        encounter = linter.encounter(note)
        found.append(Case(where, encounter, linter.lint_encounter(encounter)))
    assert len(found) > 500
    assert sum(len(case.findings) for case in found) > 500
    return found


@pytest.fixture(scope="session")
def found(linter: Linter) -> Callable[[Note], list[tuple[str, str, int | None, int | None]]]:
    """Lints a note; gives (rule, severity, start, end) of each finding."""

    def run(note: Note) -> list[tuple[str, str, int | None, int | None]]:
        return [(f.name, f.severity, f.start, f.end) for f in linter.lint(note).findings]

    return run
