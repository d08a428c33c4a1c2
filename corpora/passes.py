"""Two blind labelling passes over the same notes, and where they speak of the same place.

A *place* joins the labels of one rule on one note that overlap, from either pass; a label without
an anchor is about the whole note and overlaps all. The verdict of a pass on a place is ``must``,
``may`` or ``none`` (no label, or ``mustnot``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SPLITS = ("train", "test")
PASSES = ("pass1", "pass2")
Record = dict[str, Any]
Span = tuple[int, int] | None


def note_files() -> Iterator[tuple[str, Path]]:
    """Yields the name of each file of notes (``train_pt_daily``) and its path."""
    for split in SPLITS:
        for path in sorted((HERE / split).glob("*.jsonl")):
            yield f"{split}_{path.stem}", path


def pass_file(name: str, which: str) -> Path:
    return HERE / "labelling" / which / f"{name}.jsonl"


def read_lines(path: Path) -> list[Record]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def write_lines(path: Path, records: Sequence[Mapping[str, Any]]) -> None:
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    path.write_text("".join(lines), "utf-8")


def span_of(text: str, label: Mapping[str, Any]) -> Span:
    """Returns the offsets of a label's anchor, None for the whole note.

    Raises:
        ValueError: the anchor, or that occurrence of it, is not in the text.
    """
    anchor = label.get("anchor")
    if anchor is None:
        return None
    at = -1
    for _ in range(label.get("occurrence") or 1):
        at = text.find(anchor, at + 1)
        if at < 0:
            raise ValueError(f"{label['rule']}: the anchor is not in the text that many times")
    return at, at + len(anchor)


def overlap(a: Span, b: Span) -> bool:
    return a is None or b is None or (a[0] < b[1] and b[0] < a[1])


@dataclass(frozen=True, slots=True)
class Place:
    """The labels of one rule at one place, a tuple for each pass (without ``mustnot``)."""

    rule: str
    labels: tuple[tuple[Record, ...], tuple[Record, ...]]

    @property
    def verdicts(self) -> tuple[str, str]:
        return _verdict(self.labels[0]), _verdict(self.labels[1])

    @property
    def widest(self) -> tuple[Record, ...]:
        """The labels of the pass that sees fewer, longer places here: a list as one item."""
        present = [labels for labels in self.labels if labels]
        return min(present, key=lambda labels: (len(labels), -_length(labels)))


def places(text: str, rule: str, first: Sequence[Record], second: Sequence[Record]) -> list[Place]:
    """Returns the places of a rule on a note, in the order in which they are labelled."""
    marked = [
        (which, label, span_of(text, label))
        for which, labels in enumerate((first, second))
        for label in labels
        if label["rule"] == rule and label["verdict"] != "mustnot"
    ]
    groups: list[list[tuple[int, Record, Span]]] = []
    for item in marked:
        touching = [g for g in groups if any(overlap(item[2], other[2]) for other in g)]
        groups = [g for g in groups if g not in touching]
        groups.append([*(other for g in touching for other in g), item])
    return [
        Place(
            rule,
            (
                tuple(label for which, label, _ in group if which == 0),
                tuple(label for which, label, _ in group if which == 1),
            ),
        )
        for group in groups
    ]


def _verdict(labels: Sequence[Record]) -> str:
    found = {label["verdict"] for label in labels}
    return "must" if "must" in found else "may" if found else "none"


def _length(labels: Sequence[Record]) -> int:
    return sum(len(label.get("anchor") or " " * 10_000) for label in labels)
