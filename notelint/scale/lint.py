"""Lints one note so that nothing it contains can stop a run."""

from __future__ import annotations

import traceback
from pathlib import Path

from notelint.engine import Linter, NoteResult
from notelint.finding import Problem
from notelint.note import Note


def lint_safely(linter: Linter, note: Note, index: int) -> NoteResult:
    """Lints a note; a fault in a check costs this note alone and is reported without its text."""
    try:
        return linter.lint(note, index=index)
    except Exception as error:
        return NoteResult(note, problems=(fault(note, error),))


def fault(note: Note, error: BaseException) -> Problem:
    """Describes an internal error by type and place; its message could quote the note."""
    frames = traceback.extract_tb(error.__traceback__)
    at = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return Problem(
        f"internal error {type(error).__name__}{at}; this note was not linted.",
        file=note.file,
        note_id=note.id,
        remedy="Please report it with the output of 'notelint doctor', without the note.",
    )


def lost(note: Note) -> Problem:
    """Describes a note whose process died."""
    return Problem(
        "the process that linted this note died; the note was not linted.",
        file=note.file,
        note_id=note.id,
        remedy="Run it alone with --jobs 1; if it is very long, there may be too little memory.",
    )
