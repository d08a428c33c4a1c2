"""Offsets and editor positions: the one conversion between them.

notelint counts code points. A language client counts lines and, within a line, code units of the
encoding it agreed on (UTF-16 unless it said otherwise). Lines end at ``\\n``, ``\\r\\n`` or a lone
``\\r`` and nowhere else: a form feed or U+2028 is text, as the protocol says and as
``str.splitlines`` does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from notelint.source import LineIndex

Encoding = Literal["utf-8", "utf-16", "utf-32"]
ENCODINGS: tuple[Encoding, ...] = ("utf-8", "utf-16", "utf-32")


def units(text: str, encoding: Encoding) -> int:
    """Returns the length of a text in code units. A lone surrogate counts as one character."""
    if encoding == "utf-32" or text.isascii():
        return len(text)
    if encoding == "utf-16":
        return len(text) + sum(1 for c in text if c > "\uffff")
    return len(text.encode("utf-8", "surrogatepass"))


def offset_of_units(text: str, count: int, encoding: Encoding) -> int:
    """Returns the code points that ``count`` code units cover.

    A count that ends inside a character gives the character's start; a count past the text gives
    its end.
    """
    if encoding == "utf-32" or text.isascii():
        return max(0, min(count, len(text)))
    seen = 0
    for at, char in enumerate(text):
        seen += units(char, encoding)
        if seen > count:
            return at
    return len(text)


@dataclass(frozen=True, slots=True)
class Positions:
    """The line and character positions of one text under one encoding (both from 0)."""

    text: str
    encoding: Encoding
    lines: LineIndex

    @classmethod
    def of(cls, text: str, encoding: Encoding = "utf-16") -> Positions:
        return cls(text, encoding, LineIndex.of(text))

    def position(self, offset: int) -> tuple[int, int]:
        """Returns line and character of an offset in code points, clamped to the text.

        Inside a line ending the position is that of the line's last character.
        """
        offset = max(0, min(offset, len(self.text)))
        line, _ = self.lines.position(offset)
        start, end = self._line(line - 1)
        return line - 1, units(self.text[start : min(offset, end)], self.encoding)

    def offset(self, line: int, character: int) -> int:
        """Returns the offset of a position; past a line's end it is the line's end."""
        if line < 0:
            return 0
        if line >= len(self.lines.starts):
            return len(self.text)
        start, end = self._line(line)
        return start + offset_of_units(self.text[start:end], max(0, character), self.encoding)

    def _line(self, line: int) -> tuple[int, int]:
        """The offsets of a line's text, without its line ending."""
        starts = self.lines.starts
        start = starts[line]
        if line + 1 == len(starts):
            return start, len(self.text)
        end = starts[line + 1] - 1
        if end > start and self.text[end] == "\n" and self.text[end - 1] == "\r":
            end -= 1
        return start, end


@dataclass(frozen=True, slots=True)
class Change:
    """An edit as a client sends it: ``start`` and ``end`` are positions; None replaces all."""

    text: str
    start: tuple[int, int] | None = None
    end: tuple[int, int] | None = None


def apply_changes(
    text: str, changes: Iterable[Change], encoding: Encoding = "utf-16"
) -> tuple[str, int | None]:
    """Applies edits one after another.

    Returns the new text and the offset just behind the last edit (where the caret is likely to
    stand), or None if the whole text was replaced.
    """
    caret: int | None = None
    for change in changes:
        if change.start is None or change.end is None:
            text, caret = change.text, None
            continue
        positions = Positions.of(text, encoding)
        start = positions.offset(*change.start)
        end = max(start, positions.offset(*change.end))
        text = text[:start] + change.text + text[end:]
        caret = start + len(change.text)
    return text, caret
