"""One run: notes in, an entry a note out, and last an entry for the run.

This is where the engine meets the cache, the jobs and the suppressions. It reads no files and
prints nothing.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from notelint.engine import Linter, NoteResult, Tally, summary_of
from notelint.finding import Problem, Report
from notelint.note import Note
from notelint.reports.entry import Entry

if TYPE_CHECKING:
    from notelint.encounter.digest import Digest


def run(notes: Iterable[Note | Problem], linter: Linter) -> Iterator[Entry]:
    """Lints a stream of notes; a problem in the stream becomes an entry of its own."""
    tally = Tally()
    digests: list[Digest] = []
    for item in notes:
        if isinstance(item, Problem):
            yield Entry(Report(problems=(item,)))
            continue
        result = lint_safely(linter, item, len(digests))
        tally.add(result)
        if result.digest is not None:
            digests.append(result.digest)
        yield Entry(Report(result.findings, (), result.problems), result.note)
    findings, skipped = linter.lint_digests(digests)
    not_applied = tally.as_not_applied() + tuple(skipped)
    yield Entry(Report(tuple(findings), not_applied, (), summary_of(linter, tally)))


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
