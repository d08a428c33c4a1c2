"""Where a finding stands in its file, in the forms that other tools read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from notelint.finding import Finding, Place
from notelint.note import Note


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of a file; lines and columns count from 1 in code points, the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def is_one_line(self) -> bool:
        return self.line == self.end_line


def region_of(finding: Finding, note: Note | None, place: Place | None = None) -> Region | None:
    """Returns where a place stands in the file; None where the file has no such place.

    Findings of scope ``note`` and findings in base64 or spreadsheet cells have none.
    """
    place = place or finding.main
    if place.target != "text" or place.start is None or place.end is None:
        return None
    if finding.scope in ("note", "episode") and place is finding.main:
        return None
    if note is not None and note.source is not None:
        span = note.source.span(place.start, place.end)
        lines = note.source.lines
        if span.start is None or span.end is None or lines is None:
            return None
        return Region(*lines.position(span.start), *lines.position(span.end))
    if place.source is not None and place.source.start is None:
        return None
    if place is finding.main and finding.line and finding.column:
        end_line = finding.end_line or finding.line
        return Region(finding.line, finding.column, end_line, finding.end_column or finding.column)
    return None


def row_of(finding: Finding, note: Note | None) -> int | None:
    """Returns the line on which a note begins in a file of many; None if the file is the note."""
    if note is None or note.source is None or finding.main.target == "sidecar":
        return None
    source = note.source
    whole = (
        source.copied == (True,) and source.lines and source.file_ends[-1] == source.lines.length
    )
    return None if whole else source.span(0, 0).line


def lines_before(note: Note) -> int:
    """Returns how many lines of the file stand before a note that is there in one piece."""
    source = note.source
    if source is None or source.copied != (True,) or source.lines is None:
        return 0
    return source.lines.position(source.file_starts[0])[0] - 1


def relative_path(file: str, root: Path) -> str:
    """Returns a file as a POSIX path from ``root``, without ``./``; full if it is outside."""
    name, bang, member = file.partition("!")
    path = Path(name)
    try:
        shown = path.resolve().relative_to(root).as_posix() if not name.startswith("<") else name
    except (ValueError, OSError):
        shown = path.as_posix()
    return shown + bang + member


def relative_uri(file: str, root: Path) -> str:
    """Returns ``relative_path`` percent-encoded; code scanning reads no other form."""
    return quote(relative_path(file, root), safe="/!.-_~")


def repository_root(start: Path) -> Path:
    """Returns the nearest folder above ``start`` that holds ``.git``, else ``start`` itself."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / ".git").exists():
            return folder
    return start
