"""One note's way through a run: what is to be done, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from notelint.engine import NoteResult
from notelint.finding import Problem
from notelint.note import Note


@dataclass(slots=True)
class Step:
    """A note to lint by one of the run's linters, or something that passes through.

    ``result`` is None until the note is linted; ``index`` counts the notes of its linter; ``key``
    is where the cache keeps it; ``silent`` notes are read for their episode only. A step with a
    ``problem`` and no note is an input that could not be read.
    """

    note: Note | None = None
    lane: int = 0
    index: int = 0
    key: bytes | None = None
    result: NoteResult | None = None
    cached: bool = False
    silent: bool = False
    problem: Problem | None = None

    @property
    def is_done(self) -> bool:
        return self.note is None or self.result is not None
