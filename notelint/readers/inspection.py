"""What a file is, as a reader sees it: kind, encoding, columns, mapping, notes. Text is masked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from notelint.errors import InputError
from notelint.finding import Problem
from notelint.note import Note
from notelint.readers.decode import decode, sniff
from notelint.readers.inputs import Input
from notelint.readers.jsonl import records
from notelint.readers.jsontext import JsonError, loads
from notelint.readers.mapping import Mapping as SourceMapping
from notelint.readers.mapping import preset_for
from notelint.readers.native import CHARGE_FIELDS, FIELDS
from notelint.readers.open import read_input
from notelint.readers.options import ReadOptions
from notelint.readers.registry import READERS
from notelint.readers.table import Table

SAMPLE = 32
MAX_COLUMNS = 200
_DELIMITERS = {",": "comma", "\t": "tab", ";": "semicolon", "|": "bar"}
_NATIVE = frozenset((*FIELDS, *(f"charges.{name}" for name in CHARGE_FIELDS)))
_DATA = re.compile(r"\d+([./-]\d+)*")


@dataclass(slots=True)
class Column:
    """A column or JSON field: how often it says something, how long, and a masked sample."""

    name: str
    field: str = ""
    filled: int = 0
    characters: int = 0
    sample: str = ""

    def see(self, value: object) -> None:
        """Counts one value."""
        words = value if isinstance(value, str) else "" if value in (None, [], {}) else str(value)
        if words.strip():
            self.filled += 1
            self.characters += len(words)
            self.sample = self.sample or masked(words)


@dataclass(slots=True)
class Inspection:
    """The answer of ``notelint inspect``. Holds no text of a note.

    ``filled`` counts the notes whose record says something, by native field; ``carried`` those
    whose source has the field at all.
    """

    file: str
    kind: str
    encoding: str = ""
    dialect: str = ""
    headless: bool = False
    mapping: str = ""
    rows: int = 0
    notes: int = 0
    columns: list[Column] = field(default_factory=list)
    filled: Counter[str] = field(default_factory=Counter)
    carried: Counter[str] = field(default_factory=Counter)
    note_types: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)


def masked(words: str, limit: int = SAMPLE) -> str:
    """Returns the shape of a text: letters as x, digits as 9, line ends as ``/``."""
    short = words[: limit + 1]
    shape = "".join("x" if c.isalpha() else "9" if c.isdigit() else c for c in short)
    shape = re.sub(r"[\r\n]+", " / ", shape)
    shape = "".join(c if c.isprintable() else "?" for c in shape)
    return shape if len(words) <= limit else f"{shape[:limit]}…"


def inspected(source: Input, options: ReadOptions) -> Iterator[Inspection | Note]:
    """Yields the notes of an input one by one, and last what was seen."""
    seen = Inspection(source.name, READERS.get(source.suffix, "unknown"))
    mapping = options.mapping_for(source)
    try:
        _look(source, options, mapping, seen)
    except (InputError, JsonError):
        seen.columns.clear()  # the reader below says what is wrong, and where
    for item in read_input(source, options):
        if isinstance(item, Problem):
            seen.problems.append(item)
            continue
        seen.notes += 1
        seen.note_types[item.note_type] += 1
        seen.carried.update(item.carried)
        seen.filled.update(_says(item))
        yield item
    seen.problems += options.notices.problems()
    yield seen


def _look(
    source: Input, options: ReadOptions, mapping: SourceMapping | None, seen: Inspection
) -> None:
    encoding = (mapping and mapping.encoding) or options.encoding
    with source.open() as stream:
        seen.encoding = sniff(stream.read(4), encoding)[0]
    if seen.kind == "csv":
        _look_at_table(decode(source.read(), source.name, encoding), mapping, seen)
    elif seen.kind == "jsonl":
        found = (record for _, record in records(source, encoding))
        _look_at_records(found, mapping, seen)
    elif seen.kind == "json":
        root = loads(decode(source.read(), source.name, encoding))
        if isinstance(root, dict) and "resourceType" not in root:
            root = next((v for v in root.values() if isinstance(v, list)), root)
        _look_at_records(iter(root if isinstance(root, list) else [root]), mapping, seen)


def _look_at_table(text: str, mapping: SourceMapping | None, seen: Inspection) -> None:
    table = Table(text, mapping.delimiter if mapping else None)
    seen.dialect = _DELIMITERS.get(table.delimiter, repr(table.delimiter))
    mapping = mapping or preset_for(table.header)
    seen.mapping = mapping.name if mapping else ""
    seen.headless = mapping is None and any(_DATA.fullmatch(name) for name in table.header)
    fields = _fields_of(mapping)
    seen.columns = [
        Column(masked(name) if seen.headless else name, fields.get(name.casefold(), ""))
        for name in table.header
    ]
    for row in table.rows():
        if row.error or table.misfit(row):
            continue
        seen.rows += 1
        for column, cell in zip(seen.columns, row.cells, strict=False):
            column.see(table.value(cell))


def _look_at_records(found: Iterator[Any], mapping: SourceMapping | None, seen: Inspection) -> None:
    columns: dict[str, Column] = {}
    fields = _fields_of(mapping)
    for record in found:
        if not isinstance(record, Mapping):
            continue
        seen.rows += 1
        kind = record.get("resourceType")
        if isinstance(kind, str):
            seen.kind = "fhir"
            columns.setdefault(kind, Column(kind)).filled += 1
            continue
        for name, value in _flat(record, ""):
            native = fields.get(name.casefold(), "")
            if mapping is None and name in _NATIVE:
                native = name
            if name in columns or len(columns) < MAX_COLUMNS:
                columns.setdefault(name, Column(name, native)).see(value)
    seen.columns = list(columns.values())
    if mapping is not None:
        seen.mapping = mapping.name
    elif seen.kind == "fhir":
        seen.mapping = "fhir"
    elif "text" in columns:
        seen.mapping = "native record"


def _flat(record: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, object]]:
    """Yields the leaves of a record by dotted name; a list of objects gives those of its first."""
    for key, value in record.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            yield from _flat(value, f"{name}.")
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            yield name, "…"
            yield from _flat(value[0], f"{name}.")
        else:
            yield name, value


def _fields_of(mapping: SourceMapping | None) -> dict[str, str]:
    """Returns the native field of each column that a mapping reads."""
    if mapping is None:
        return {}
    found = {column.casefold(): name for name, column in mapping.fields.items()}
    found |= {column.casefold(): "text" for column in mapping.text}
    for name, column in (("(order)", mapping.order), ("(delta flag)", mapping.flag)):
        if column:
            found[column.casefold()] = name
    return found


def _says(note: Note) -> Iterator[str]:
    """Yields the native fields in which a note's record says something."""
    for name in FIELDS:
        if name not in ("id", "text") and getattr(note, name) not in (None, "unknown", (), {}):
            yield name
    for name in ("units", "minutes", "modifiers"):
        if any(getattr(charge, name) not in (None, ()) for charge in note.charges):
            yield f"charges.{name}"
