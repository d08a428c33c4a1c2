"""CSV and TSV exports: rows to notes, with the charges that a second file holds for them.

Rows of one note are glued in order, rows of a nightly delta replace and remove each other, and
each character of the text keeps its place in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from notelint.errors import InputError, nearest
from notelint.finding import Problem
from notelint.note import Note
from notelint.readers import sidecar
from notelint.readers.decode import checked_encoding, decode
from notelint.readers.inputs import Input
from notelint.readers.join import Joined, joined_file
from notelint.readers.mapping import Mapping, preset_for, presets
from notelint.readers.native import note_from_record
from notelint.readers.options import ReadOptions
from notelint.readers.pieces import MapBuilder
from notelint.readers.problems import ReadError, problem_of
from notelint.readers.records import TEXTLESS, with_sidecar
from notelint.readers.table import Row, Table
from notelint.readers.translate import MISSING, Translator
from notelint.source import LineIndex, SourceMap

REMOVED = "3"
REMEDY_QUOTES = "Quote every text cell and double the quotes inside it."


def read(source: Input, options: ReadOptions) -> Iterator[Note | Problem]:
    """Yields the notes of a delimited file, and a problem for each row that gives none."""
    if any(m.is_beside(source.name) for m in options.mappings):
        return
    try:
        mapping = options.mapping_for(source)
        encoding = (mapping and checked_encoding(mapping.encoding)) or options.encoding
        text = decode(source.read(), source.name, encoding)
        table = open_table(text, source, mapping)
        mapping = mapping or preset_for(table.header)
        if mapping is None:
            yield _no_text_column(source, table)
            return
        _check_columns(table, mapping, source.name)
        yield from _Export(source, options, table, mapping).notes()
    except InputError as error:
        yield problem_of(error, file=source.name)


def open_table(text: str, source: Input, mapping: Mapping | None) -> Table:
    """Returns the table of a file's text. Raises ``ReadError`` if it has no readable header."""
    table = Table(text, mapping.delimiter if mapping else None)
    if table.header_error:
        raise ReadError(
            f"the header cannot be read: {table.header_error}",
            file=source.name,
            line=1,
            remedy=REMEDY_QUOTES,
        )
    if not table.header:
        raise ReadError("the file is empty.", file=source.name, remedy="Export it again.")
    return table


class _Export:
    """One file on its way to notes."""

    def __init__(self, source: Input, options: ReadOptions, table: Table, mapping: Mapping) -> None:
        self._source = source
        self._file = source.name
        self._notices = options.notices
        self._table = table
        self._mapping = mapping
        self._lines = LineIndex.of(table.text)
        self._translator = Translator(mapping, source.name, options.notices)
        self._facts = sidecar.sidecar_of(source.path)
        self._charges = Joined()
        self._info = Joined()
        self._ids: dict[str, int] = {}

    def notes(self) -> Iterator[Note | Problem]:
        mapping = self._mapping
        if mapping.join:
            self._charges = joined_file(self._source, mapping, mapping.join, self._notices)
            yield from self._charges.problems
        if mapping.info:
            self._info = joined_file(self._source, mapping, mapping.info, self._notices)
            yield from self._info.problems
        if not mapping.order and not mapping.flag:
            for row in self._table.rows():
                yield from self._row_note(row)
            return
        groups: dict[str, list[Row]] = {}
        for row in self._table.rows():
            problem = self._broken(row)
            if problem:
                yield problem
            else:
                self._collect(groups, row)
        for rows in groups.values():
            yield from self._made(self._in_order(rows))

    def _row_note(self, row: Row) -> Iterator[Note | Problem]:
        problem = self._broken(row)
        if problem:
            yield problem
        else:
            yield from self._made([row])

    def _collect(self, groups: dict[str, list[Row]], row: Row) -> None:
        """Adds a row to its note; a later row of a delta replaces or removes the note."""
        mapping = self._mapping
        key = str(self._get(row, mapping.fields.get("id", ""))).strip()
        if mapping.flag:
            flag = str(self._get(row, mapping.flag)).strip()
            if flag == REMOVED:
                groups.pop(key, None)
                self._notices.count(self._file, "{n} rows are marked as removed and left out.")
                return
            if key in groups and not mapping.order:
                del groups[key]
                self._notices.count(self._file, "{n} rows were replaced by a later one.")
        groups.setdefault(key, []).append(row)

    def _in_order(self, rows: list[Row]) -> list[Row]:
        if not self._mapping.order or len(rows) < 2:
            return rows
        column = self._mapping.order

        def rank(row: Row) -> tuple[float, str]:
            value = str(self._get(row, column)).strip()
            try:
                return float(value), ""
            except ValueError:
                return float("inf"), value

        return sorted(rows, key=rank)

    def _made(self, rows: list[Row]) -> Iterator[Note | Problem]:
        first = rows[0]
        line = self._lines.position(first.start)[0]
        place = f"{self._file}:{line}"
        note_id = ""
        try:
            record, carried = self._record(rows, place)
            note_id = str(record.get("id") or record.get("visit_id") or "")
            text, note_map = self._text(rows)
            if not text.strip():
                self._textless(record)
                return
            record["text"] = text
            record["id"] = self._unique(note_id or place)
            yield note_from_record(
                record, source=note_map, where=place, carried=carried, default_id=place
            )
        except InputError as error:
            yield problem_of(error, file=self._file, line=line, note_id=note_id)

    def _record(self, rows: list[Row], place: str) -> tuple[dict[str, Any], set[str]]:
        """Returns the native fields of a note without its text, and what the export carries."""
        get = partial(self._get_any, rows)
        record, carried = self._translator.facts(get)
        join = self._mapping.join
        if join and self._charges.found:
            lookups = self._charges.rows_of(get(join.on))
            record["charges"], more = self._translator.charges(lookups)
            record.update(self._translator.charge_facts(lookups))
            carried |= more | self._charges.carried
        elif self._mapping.charges:
            charges, more = self._translator.own_charges(get)
            if more:
                record["charges"] = charges
                carried |= more
        if self._facts:
            carried |= self._facts.as_record().keys()
        return with_sidecar(record, self._facts, place), carried

    def _text(self, rows: list[Row]) -> tuple[str, SourceMap]:
        builder = MapBuilder()
        columns = [self._table.column(name) for name in self._mapping.text]
        for row in rows:
            for column in columns:
                if column is None:
                    continue
                cell = row.cells[column]
                if cell[0] == cell[1]:
                    continue
                end = builder.file_end
                if end is not None:
                    builder.replace(self._mapping.glue, end, max(end, cell[0]))
                self._table.add_cell(builder, cell)
        note_map = builder.map(self._file, self._lines, row=rows[0].number)
        return builder.text, note_map

    def _get(self, row: Row, column: str) -> object:
        index = self._table.column(column)
        return MISSING if index is None else self._table.value(row.cells[index])

    def _get_any(self, rows: list[Row], column: str) -> object:
        """Returns what the first row of a note says in a column, or its row in the info file."""
        found: object = MISSING
        for row in rows:
            found = self._get(row, column)
            if found is MISSING or found != "":
                break
        info = self._mapping.info
        if found is not MISSING or info is None or not self._info.found:
            return found
        key = self._get(rows[0], info.on)
        for get in self._info.rows_of(key):
            return get(column)
        return "" if column.casefold() in self._info.columns else MISSING

    def _broken(self, row: Row) -> Problem | None:
        what = row.error or self._table.misfit(row)
        if not what:
            return None
        line, column = self._lines.position(row.error_at if row.error else row.start)
        return Problem(what, self._file, line, column, remedy=REMEDY_QUOTES)

    def _unique(self, note_id: str) -> str:
        """Returns an id of its own for a note whose id another note of the file has."""
        count = self._ids.get(note_id, 0) + 1
        self._ids[note_id] = count
        if count == 1:
            return note_id
        self._notices.count(
            self._file, "{n} notes have the id of another one.", "Map `id` to a column of its own."
        )
        return f"{note_id}#{count}"

    def _textless(self, record: dict[str, Any]) -> None:
        self._notices.count(self._file, TEXTLESS)
        if record.get("charges"):
            self._notices.count(self._file, "{n} records without note text have charges.")


def _check_columns(table: Table, mapping: Mapping, file: str) -> None:
    """Raises ``ReadError`` if the text column is not there or a mapped column is there twice."""
    header = [name.casefold() for name in table.header]
    if all(table.column(name) is None for name in mapping.text):
        close = nearest(mapping.text[0], header)
        raise ReadError(
            f"the column '{mapping.text[0]}' of the mapping '{mapping.name}' is not in the header.",
            file=file,
            line=1,
            remedy=f"Did you mean '{close}'?"
            if close
            else "See `notelint inspect` for the columns.",
        )
    needed: Iterable[str] = mapping.columns
    if mapping.order:
        needed = (*needed, mapping.order)
    for name in needed:
        if table.is_doubled(name):
            raise ReadError(
                f"the header has the column '{name}' twice.",
                file=file,
                line=1,
                remedy="Rename one of them.",
            )


def _no_text_column(source: Input, table: Table) -> Problem:
    """The one line about a file without notes; an error if it was named and is no charges file."""
    what = f"no column of the {len(table.header)} is known to hold note text."
    if not source.named or any(m.is_beside(source.name) for m in presets().values()):
        return Problem(f"skipped: {what}", source.name, fatal=False)
    remedy = "Run `notelint inspect` on it and name the column in a [tool.notelint.source] table."
    return Problem(what, source.name, remedy=remedy)
