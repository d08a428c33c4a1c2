"""Where the characters of a note came from.

A note's text is one immutable string and every offset in notelint is a code point in it. The
conversion to lines, columns, UTF-16 units or the characters of a CSV or JSON file happens here,
once, at the edge.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class LineIndex:
    """The line starts of a text. Lines end at ``\\n``, ``\\r\\n`` or a lone ``\\r``.

    A reader that streams indexes only the stretch in hand: ``starts`` then begins at the
    stretch's offset in the file, and ``first`` is the number of its first line.
    """

    starts: tuple[int, ...]
    length: int
    first: int = 1

    @classmethod
    def of(cls, text: str) -> LineIndex:
        starts = [0]
        if "\r" not in text:
            at = text.find("\n")
            while at >= 0:
                starts.append(at + 1)
                at = text.find("\n", at + 1)
        else:
            i, n = 0, len(text)
            while i < n:
                c = text[i]
                if c == "\r":
                    i += 2 if text.startswith("\n", i + 1) else 1
                    starts.append(i)
                    continue
                i += 1
                if c == "\n":
                    starts.append(i)
        return cls(tuple(starts), len(text))

    def position(self, offset: int) -> tuple[int, int]:
        """Returns the 1-based line and 1-based column (in code points) of an offset."""
        line = bisect_right(self.starts, offset)
        return line + self.first - 1, offset - self.starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """Returns the offset of a 1-based line and column, clamped to the text."""
        line = max(1, min(line - self.first + 1, len(self.starts)))
        return min(self.starts[line - 1] + max(0, column - 1), self.length)


@dataclass(frozen=True, slots=True)
class SourceSpan:
    """Where a stretch of a note stands in the file it came from.

    ``start``/``end`` are code points in the decoded file and are None where the container has no
    such place (base64, a spreadsheet cell); then ``row`` or ``pointer`` says where, and offsets
    count inside the decoded cell.
    """

    file: str
    start: int | None = None
    end: int | None = None
    line: int | None = None
    column: int | None = None
    row: int | None = None
    pointer: str | None = None

    def as_dict(self) -> dict[str, object]:
        return {
            "file": self.file, "start": self.start, "end": self.end, "line": self.line,
            "column": self.column, "row": self.row, "pointer": self.pointer,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class SourceMap:
    """A piecewise map from a note's text back to its file.

    Each piece starts at ``text_starts[i]`` in the note and covers
    ``file_starts[i]:file_ends[i]`` in the file. A *copied* piece is character for character the
    same; a replaced one (``\\n`` in JSON, ``""`` in CSV) stands for its whole file range. An empty
    map means that the container has no file offsets.
    """

    file: str
    length: int
    text_starts: tuple[int, ...] = ()
    file_starts: tuple[int, ...] = ()
    file_ends: tuple[int, ...] = ()
    copied: tuple[bool, ...] = ()
    lines: LineIndex | None = field(default=None, repr=False)
    row: int | None = None
    pointer: str | None = None

    @classmethod
    def identity(cls, file: str, text: str, *, shift: int = 0) -> SourceMap:
        """The map of a plain text file; ``shift`` is the length of a stripped prefix (a BOM)."""
        return cls(
            file, len(text), (0,), (shift,), (shift + len(text),), (True,),
            LineIndex.of(text) if not shift else LineIndex.of("\ufeff" * shift + text),
        )  # fmt: skip

    def span(self, start: int, end: int) -> SourceSpan:
        """Returns the smallest file range that covers ``text[start:end]``."""
        if not self.text_starts:
            return SourceSpan(self.file, None, None, None, None, self.row, self.pointer)
        low = self._file_offset(start, at_end=start >= self.length)
        high = self._file_offset(end, at_end=True) if end > start else low
        high = max(low, high)  # rows of one note may stand in the file in another order
        line, column = self.lines.position(low) if self.lines else (None, None)
        return SourceSpan(self.file, low, high, line, column, self.row, self.pointer)

    def _file_offset(self, offset: int, *, at_end: bool) -> int:
        probe = offset - 1 if at_end else offset
        piece = max(0, bisect_right(self.text_starts, probe) - 1)
        if self.copied[piece]:
            return self.file_starts[piece] + offset - self.text_starts[piece]
        return self.file_ends[piece] if at_end else self.file_starts[piece]


def utf16_length(text: str) -> int:
    """Returns the number of UTF-16 code units of a text."""
    return len(text) + sum(1 for c in text if ord(c) > 0xFFFF)
