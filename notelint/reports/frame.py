"""The lines of a note around a finding, with carets under the exact words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rich.cells import cell_len

from notelint.reports.style import Style, visible
from notelint.source import LineIndex

TAB = 4
MAX_LINES = 3


@dataclass(frozen=True, slots=True)
class Frame:
    """Draws ``text[start:end]`` with its lines.

    Args:
        text: the note's text.
        width: the widest line to print, in cells.
        skipped: lines of the file before the note (a front matter), for the numbers.
    """

    text: str
    lines: LineIndex
    width: int = 100
    style: Style = field(default_factory=Style)
    skipped: int = 0

    @classmethod
    def of(cls, text: str, width: int = 100, style: Style | None = None, skipped: int = 0) -> Frame:
        return cls(text, LineIndex.of(text), width, style or Style(), skipped)

    def draw(self, start: int, end: int, label: str = "") -> Iterator[str]:
        """Yields the lines of the frame; spans over more than three lines are cut short."""
        first, _ = self.lines.position(start)
        last, _ = self.lines.position(max(start, end - 1))
        numbers = range(first, last + 1)
        cut = len(numbers) > MAX_LINES
        gutter = max(len(str(last + self.skipped)), 2)
        for number in numbers[:MAX_LINES]:
            line, carets = self._row(number, start, end, self.width - gutter - 4)
            yield f" {self.style('dim', f'{number + self.skipped:>{gutter}} │')} {line}"
            tail = f" {label}" if label and number == first else ""
            marked = self.style("caret", carets.lstrip() + tail)
            pad = carets[: len(carets) - len(carets.lstrip())]
            yield f" {' ' * gutter} {self.style('dim', '│')} {pad}{marked}"
        if cut:
            yield f" {' ' * gutter} {self.style('dim', '│')} … to line {last + self.skipped}"

    def _row(self, number: int, start: int, end: int, room: int) -> tuple[str, str]:
        low = self.lines.starts[number - 1]
        high = self.lines.starts[number] if number < len(self.lines.starts) else len(self.text)
        body = self.text[low:high].rstrip("\r\n")
        at = min(max(start - low, 0), len(body))
        to = min(max(end - low, at), len(body))
        before, words, after = _columns(body, at, to)
        before, words, after = _fitted(before, words, after, max(room, 24))
        underline = "^" * max(cell_len(words), 1)
        return (before + words + after).rstrip(), " " * cell_len(before) + underline


def _columns(body: str, at: int, to: int) -> tuple[str, str, str]:
    """Splits a line in three and replaces each tab by the spaces it stands for."""
    parts: list[str] = []
    column = 0
    for part in (body[:at], body[at:to], body[to:]):
        shown = ""
        for piece_at, piece in enumerate(part.split("\t")):
            if piece_at:
                gap = TAB - column % TAB
                shown += " " * gap
                column += gap
            piece = visible(piece)
            shown += piece
            column += cell_len(piece)
        parts.append(shown)
    return parts[0], parts[1], parts[2]


def _fitted(before: str, words: str, after: str, room: int) -> tuple[str, str, str]:
    """Cuts what stands around the words, then the words, so that a line fits the terminal."""
    if cell_len(before) + cell_len(words) + cell_len(after) <= room:
        return before, words, after
    if cell_len(words) > room - 2:
        return ("…" if before else ""), _head(words, room - 3) + "…", ""
    spare = room - cell_len(words)
    left = min(cell_len(before), max(spare // 2, spare - cell_len(after)))
    if left < cell_len(before):
        before = "…" + _tail(before, left - 1)
    right = spare - cell_len(before)
    if right < cell_len(after):
        after = _head(after, right - 1) + "…"
    return before, words, after


def _head(text: str, room: int) -> str:
    """Returns the longest beginning that fits; wide characters are never halved."""
    if text.isascii():
        return text[: max(room, 0)]
    used = 0
    for at, character in enumerate(text):
        used += cell_len(character)
        if used > room:
            return text[:at]
    return text


def _tail(text: str, room: int) -> str:
    return _head(text[::-1], room)[::-1]
