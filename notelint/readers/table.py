"""Rows of a delimited text with the place of every cell: RFC 4180 as spreadsheets write it.

A quoted cell may hold line ends and doubled quotes. What the standard library would swallow, an
unbalanced quote for one, is reported with its line, and reading goes on at the next line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from notelint.readers.pieces import MapBuilder

DELIMITERS = ",\t;|"

_SEP = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*(?:""[^"]*)*"')
_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number (the header is 1), its offset, and the stretches of its cells.

    A stretch includes the quotes of a quoted cell. ``error`` says why the row has no cells, with
    the offset of the trouble.
    """

    number: int
    start: int
    cells: tuple[tuple[int, int], ...] = ()
    error: str = ""
    error_at: int = 0

    def is_blank(self) -> bool:
        return not self.error and (not self.cells or self.cells == ((self.start, self.start),))


class Table:
    """A delimited text, its delimiter and its header. Cells are read from it by their stretch."""

    def __init__(self, text: str, delimiter: str | None = None) -> None:
        self.text = text
        separator = _SEP.match(text)
        self._begin = separator.end() if separator else 0
        self.delimiter = delimiter or (separator[1] if separator else _sniffed(text, self._begin))
        self._plain = re.compile(rf"[^{re.escape(self.delimiter)}\r\n]*")
        self._rows = self._scan()
        head = next((row for row in self._rows if not row.is_blank()), Row(1, 0))
        self.header_error = head.error
        self.header = tuple(self.value(cell).strip() for cell in head.cells)
        self._index: dict[str, int] = {}
        for i, name in enumerate(self.header):
            self._index.setdefault(name.casefold(), i)

    def rows(self) -> Iterator[Row]:
        """Yields the rows after the header that are not blank. May be iterated once."""
        return (row for row in self._rows if not row.is_blank())

    def column(self, name: str) -> int | None:
        """Returns the index of a column by its name in any case."""
        return self._index.get(name.strip().casefold())

    def is_doubled(self, name: str) -> bool:
        """Whether the header has a name twice, so that it says nothing."""
        wanted = name.strip().casefold()
        return sum(1 for column in self.header if column.casefold() == wanted) > 1

    def misfit(self, row: Row) -> str:
        """Says what is wrong with the number of cells of a row; empty cells at its end are fine."""
        surplus = len(row.cells) - len(self.header)
        if surplus < 0 or any(start < end for start, end in row.cells[len(self.header) :]):
            return f"the row has {len(row.cells)} cells and the header {len(self.header)}."
        return ""

    def value(self, cell: tuple[int, int]) -> str:
        """Returns the characters that a cell stands for."""
        start, end = cell
        raw = self.text[start:end]
        return raw[1:-1].replace('""', '"') if raw.startswith('"') else raw

    def add_cell(self, builder: MapBuilder, cell: tuple[int, int]) -> None:
        """Adds a cell to a builder; a doubled quote is one piece."""
        at, end = cell
        if not self.text.startswith('"', at, end):
            builder.copy(self.text[at:end], at)
            return
        at, end = at + 1, end - 1
        while (quote := self.text.find('""', at, end)) >= 0:
            builder.copy(self.text[at:quote], at)
            builder.replace('"', quote, quote + 2)
            at = quote + 2
        builder.copy(self.text[at:end], at)

    def _scan(self) -> Iterator[Row]:
        text, end = self.text, len(self.text)
        at, number = self._begin, 0
        while at < end:
            number += 1
            start = at
            cells: list[tuple[int, int]] = []
            while True:
                stop = self._cell_end(at)
                if stop < 0:
                    yield Row(number, start, (), "a quote is not closed, or not doubled.", at)
                    at = self._after_line(at)
                    break
                cells.append((at, stop))
                stop = self._after_spaces(at, stop)
                if text.startswith(self.delimiter, stop):
                    at = stop + 1
                    continue
                yield Row(number, start, tuple(cells))
                at = self._after_line(stop)
                break

    def _cell_end(self, at: int) -> int:
        """Returns the offset after the cell that begins at ``at``; -1 for an unbalanced quote."""
        if not self.text.startswith('"', at):
            plain = self._plain.match(self.text, at)
            return plain.end() if plain else at
        quoted = _QUOTED.match(self.text, at)
        if quoted is None:
            return -1
        after = self._after_spaces(at, quoted.end())
        if after == len(self.text) or self.text[after] in (self.delimiter, "\r", "\n"):
            return quoted.end()
        return -1

    def _after_spaces(self, start: int, at: int) -> int:
        """Skips spaces between a closing quote and the delimiter."""
        if self.text.startswith('"', start):
            while self.text.startswith(" ", at):
                at += 1
        return at

    def _after_line(self, at: int) -> int:
        found = _LINE_END.search(self.text, at)
        return found.end() if found else len(self.text)


def _sniffed(text: str, begin: int) -> str:
    """Returns the delimiter that the header uses most, not counting inside quotes."""
    found = _LINE_END.search(text, begin)
    head = _QUOTED.sub("", text[begin : found.start() if found else len(text)])
    return max(DELIMITERS, key=lambda delimiter: (head.count(delimiter), delimiter == ","))
