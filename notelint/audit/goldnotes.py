"""Gold notes: native records whose labels say where the linter should speak and where not.

``corpora/LABELLING.md`` says what the verdicts mean; ``notelint.audit.gold`` writes such records
from reviewed samples.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from notelint.errors import InputError, did_you_mean
from notelint.finding import Problem
from notelint.note import Label, Note, Verdict
from notelint.readers.inputs import file_input
from notelint.readers.jsonl import records
from notelint.readers.native import note_from_record

#: A folder of this name holds notes that nobody who works on rules reads.
KEPT_ASIDE = "test"


@dataclass(frozen=True, slots=True)
class GoldLabel:
    """A verdict on a place; ``start``/``end`` are None for the whole note."""

    rule: str
    verdict: Verdict
    start: int | None = None
    end: int | None = None

    def meets(self, start: int | None, end: int | None) -> bool:
        """Whether a place overlaps this one; the whole note, on either side, meets all places."""
        if self.start is None or self.end is None or start is None or end is None:
            return True
        return self.start < end and start < self.end


@dataclass(frozen=True, slots=True)
class GoldNote:
    """A note, its labels with their places found, and the rules judged on it."""

    note: Note
    labels: tuple[GoldLabel, ...]
    judged: frozenset[str]

    @property
    def well_documented(self) -> bool:
        """Whether somebody judged the note and no rule must fire on it."""
        return bool(self.judged) and all(label.verdict != "must" for label in self.labels)


@dataclass(frozen=True, slots=True)
class GoldFile:
    """The notes of one file: one run, with its episodes and batches."""

    path: Path
    notes: tuple[GoldNote, ...]

    @property
    def kept_aside(self) -> bool:
        """Whether the file lies in a folder named ``test``: only totals are shown of it."""
        return self.aside_folder is not None

    @property
    def aside_folder(self) -> Path | None:
        """The ``test`` folder among the folders that were named, or the file's own."""
        own = self.path.resolve().parent
        if own.name == KEPT_ASIDE:
            return own
        named = (folder.resolve() for folder in self.path.parents if folder.name == KEPT_ASIDE)
        return next(named, None)


def read_gold(paths: Sequence[Path], rules: Collection[str]) -> list[GoldFile]:
    """Reads gold files; a folder stands for the ``.jsonl`` files in it.

    Args:
        paths: files and folders.
        rules: the names that a label may use.

    Raises:
        InputError: a file cannot be read or has no gold; an anchor is not in its note that many
            times; a rule is not known (the nearest is named); two notes of a file have one id.
    """
    return [_gold_file(path, rules) for path in _files(paths)]


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = sorted(path.glob("**/*.jsonl"))
        if not found:
            raise InputError(
                "no .jsonl file is in the folder.", where=str(path), remedy="Name gold files."
            )
        yield from found


def _gold_file(path: Path, rules: Collection[str]) -> GoldFile:
    notes: list[GoldNote] = []
    seen: set[str] = set()
    if not path.exists():
        raise InputError("the file does not exist.", where=str(path), remedy="Name a gold file.")
    for line, record in records(file_input(path), None):
        where = f"{path}:{line.number}"
        if isinstance(record, Problem):
            raise InputError(record.what, where=record.where or where, remedy=record.remedy)
        note = note_from_record(record, where=where, default_id=f"{path.stem}:{line.number}")
        if note.id in seen:
            raise InputError(
                f"a second note has the id '{note.id}'.", where=where, remedy="Give each its own."
            )
        seen.add(note.id)
        notes.append(_gold_note(note, where, rules))
    if not any(gold.judged or gold.labels for gold in notes):
        raise InputError(
            "no note has 'judged' or 'labels'.",
            where=str(path),
            remedy="Gold notes are native records with both; see corpora/LABELLING.md.",
        )
    return GoldFile(path, tuple(notes))


def _gold_note(note: Note, where: str, rules: Collection[str]) -> GoldNote:
    for name in (*note.judged, *(label.rule for label in note.labels)):
        if name not in rules:
            raise InputError(
                f"unknown rule '{name}'.", where=where, remedy=did_you_mean(name, rules)
            )
    labels = tuple(_placed(note, label, i, where) for i, label in enumerate(note.labels))
    return GoldNote(note, labels, frozenset(note.judged))


def _placed(note: Note, label: Label, number: int, where: str) -> GoldLabel:
    if label.anchor is None:
        return GoldLabel(label.rule, label.verdict)
    at = -1
    for _ in range(label.occurrence):
        at = note.text.find(label.anchor, at + 1) if label.anchor else -1
        if at < 0:
            times = "" if label.occurrence == 1 else f" {label.occurrence} times"
            raise InputError(
                f"labels[{number}] ({label.rule}): its anchor is not in the note{times}.",
                where=where,
                remedy="Copy the characters of the note, with their case and spaces.",
            )
    return GoldLabel(label.rule, label.verdict, at, at + len(label.anchor))


def line_and_column(text: str, at: int | None) -> str:
    """Returns a place in a note's text as ``line:column``, or ``note`` for the whole of it."""
    if at is None:
        return "note"
    return f"{text.count(chr(10), 0, at) + 1}:{at - text.rfind(chr(10), 0, at)}"


def words_at(text: str, start: int | None, end: int | None, most: int = 60) -> str:
    """Returns the words of a place on one line, shortened; empty for the whole note."""
    if start is None or end is None:
        return ""
    words = " ".join(text[start:end].split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def as_place(text: str, start: int | None, end: int | None) -> dict[str, Any]:
    """Returns a place for JSON: offsets in code points, the line and column, and the words."""
    return {
        "start": start, "end": end, "at": line_and_column(text, start),
        "words": words_at(text, start, end),
    }  # fmt: skip
