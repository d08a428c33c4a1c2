"""Builds a note's text together with the map back to the characters it came from."""

from __future__ import annotations

from notelint.source import LineIndex, SourceMap


class MapBuilder:
    """Collects pieces in text order. ``shift`` is added to every place in the file."""

    def __init__(self, shift: int = 0) -> None:
        self._shift = shift
        self._parts: list[str] = []
        self._length = 0
        self._text_starts: list[int] = []
        self._file_starts: list[int] = []
        self._file_ends: list[int] = []
        self._copied: list[bool] = []

    @property
    def file_end(self) -> int | None:
        """Where the last piece ends in the file, before the shift; None without pieces."""
        return self._file_ends[-1] - self._shift if self._file_ends else None

    def copy(self, text: str, start: int) -> None:
        """Adds characters that stand in the file as they are, from ``start``."""
        if not text:
            return
        start += self._shift
        if self._copied and self._copied[-1] and self._file_ends[-1] == start:
            self._file_ends[-1] += len(text)
            self._parts.append(text)
            self._length += len(text)
            return
        self._add(text, start, start + len(text), copied=True)

    def replace(self, text: str, start: int, end: int) -> None:
        """Adds characters that ``start:end`` of the file stands for as one unit."""
        if text:
            self._add(text, start + self._shift, end + self._shift, copied=False)

    def _add(self, text: str, start: int, end: int, *, copied: bool) -> None:
        self._text_starts.append(self._length)
        self._file_starts.append(start)
        self._file_ends.append(end)
        self._copied.append(copied)
        self._parts.append(text)
        self._length += len(text)

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def map(
        self,
        file: str,
        lines: LineIndex | None = None,
        *,
        row: int | None = None,
        pointer: str | None = None,
    ) -> SourceMap:
        """Returns the map of all that was added."""
        return SourceMap(
            file,
            self._length,
            tuple(self._text_starts),
            tuple(self._file_starts),
            tuple(self._file_ends),
            tuple(self._copied),
            lines,
            row,
            pointer,
        )


def lines_of(text: str, *, offset: int = 0, first: int = 1) -> LineIndex:
    """Returns the line index of a stretch that begins at ``offset`` on line ``first``."""
    index = LineIndex.of(text)
    if not offset and first == 1:
        return index
    return LineIndex(tuple(at + offset for at in index.starts), offset + index.length, first)
