"""Writes every finding over ``corpora/train`` into ``corpora/snapshots/train.txt``.

A change to a rule shows its whole effect in the difference of that file. ``--check`` only
compares and prints the difference. The notes are synthetic, so their words may stand here.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from notelint.engine import Linter  # noqa: E402
from notelint.errors import InputError  # noqa: E402
from notelint.finding import Finding  # noqa: E402
from notelint.note import Note  # noqa: E402
from notelint.readers.open import read_paths  # noqa: E402
from notelint.settings import Settings  # noqa: E402

TRAIN = ROOT / "corpora" / "train"
SNAPSHOT = ROOT / "corpora" / "snapshots" / "train.txt"
HEAD = "# Every finding over corpora/train: note, rule, severity, offsets, words. By tools/snapshot.py."


def snapshot() -> str:
    """Returns the findings of all rules, preview rules too, one a line; each file is one run."""
    linter = Linter(Settings(preview=True))
    lines = [HEAD]
    for path in sorted(TRAIN.glob("*.jsonl")):
        lines.extend(_file_lines(linter, path))
    return "\n".join(lines) + "\n"


def _file_lines(linter: Linter, path: Path) -> Iterator[str]:
    notes: list[Note] = []
    for item in read_paths([path]):
        if isinstance(item, Note):
            notes.append(item)
        elif item.fatal:
            raise InputError(item.what, where=item.where, remedy=item.remedy)
    results = [linter.lint(note, index=i) for i, note in enumerate(notes)]
    later, _ = linter.lint_digests([r.digest for r in results if r.digest is not None])
    for note, result in zip(notes, results, strict=True):
        own = [finding for finding in later if finding.note_id == note.id]
        findings = sorted([*result.findings, *own], key=_order)
        if result.left_alone:
            yield f"{note.id}  left alone"
        for finding in findings:
            yield _line(note, finding)


def _order(finding: Finding) -> tuple[int, int, str]:
    start = finding.start
    return (-1, 0, finding.code) if start is None else (start, finding.end or 0, finding.code)


def _line(note: Note, finding: Finding) -> str:
    head = f"{note.id}  {finding.name}  {finding.severity}"
    if finding.start is None:
        return f"{head}  {finding.main.target if finding.main.target != 'text' else 'note'}"
    words = " ".join(note.text[finding.start : finding.end].split())
    return f"{head}  {finding.start}-{finding.end}  {words}"


def main() -> int:
    wanted = snapshot()
    present = SNAPSHOT.read_text("utf-8") if SNAPSHOT.exists() else ""
    if present == wanted:
        return 0
    if "--check" in sys.argv[1:]:
        old, new = present.splitlines(), wanted.splitlines()
        print("\n".join(difflib.unified_diff(old, new, "snapshot", "now", lineterm="", n=0)))
        return 1
    SNAPSHOT.parent.mkdir(exist_ok=True)
    SNAPSHOT.write_text(wanted, "utf-8")
    print(f"wrote {SNAPSHOT.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
