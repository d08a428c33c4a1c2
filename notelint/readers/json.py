"""JSON files: an array of records, an object that holds one, a single record, or FHIR."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from notelint.errors import InputError
from notelint.finding import Problem
from notelint.note import Note
from notelint.readers import sidecar
from notelint.readers.decode import decode
from notelint.readers.inputs import Input
from notelint.readers.jsonl import json_mapper, skipped
from notelint.readers.jsontext import JsonError, elements, loads, locate, skip_space
from notelint.readers.options import ReadOptions
from notelint.readers.problems import ReadError, problem_of
from notelint.readers.records import note_of
from notelint.source import LineIndex

#: Keys under which an object may hold its records.
RECORD_KEYS = ("notes", "records", "visits", "documents", "items", "data")


def read(source: Input, options: ReadOptions) -> Iterator[Note | Problem]:
    """Yields the notes of a JSON file; an array that breaks gives the records before the break."""
    try:
        text = decode(source.read(), source.name, options.encoding)
        lines = LineIndex.of(text)
        try:
            yield from _read(source, options, text, lines)
        except JsonError as error:
            line, column = (None, None) if error.offset is None else lines.position(error.offset)
            raise ReadError(
                error.what, file=source.name, line=line, column=column, remedy="Export it again."
            ) from None
    except InputError as error:
        yield problem_of(error, file=source.name)


def _read(
    source: Input, options: ReadOptions, text: str, lines: LineIndex
) -> Iterator[Note | Problem]:
    start = skip_space(text, 0)
    if text.startswith("[", start):
        found = ((f"/{i}", at, value) for i, at, value in elements(text, start))
        yield from _notes(source, options, text, lines, found)
        return
    root = loads(text)
    if not isinstance(root, dict):
        raise ReadError("it holds neither a record nor a list of records.", file=source.name)
    if isinstance(root.get("resourceType"), str):
        from notelint.readers import fhir

        yield from fhir.read_document(source, options, root)
        return
    key = next((key for key in RECORD_KEYS if isinstance(root.get(key), list)), None)
    if "text" in root or key is None:
        yield from _notes(source, options, text, lines, iter((("", start, root),)))
        return
    at = locate(text, (key,))
    if at is not None:
        found = ((f"/{key}/{i}", place, value) for i, place, value in elements(text, at))
        yield from _notes(source, options, text, lines, found)


def _notes(
    source: Input,
    options: ReadOptions,
    text: str,
    lines: LineIndex,
    found: Iterator[tuple[str, int, Any]],
) -> Iterator[Note | Problem]:
    facts = sidecar.sidecar_of(source.path)
    mapped = options.mapping_for(source) is not None
    textless = notes = 0
    for pointer, at, record in found:
        if not mapped and isinstance(record, dict) and "text" not in record and not notes:
            textless += 1
            continue
        notes += 1
        result = note_of(
            record,
            source,
            options,
            line=lines.position(at)[0],
            place=f"{source.name}#{pointer}" if pointer else source.name,
            facts=facts,
            map_of=json_mapper(source.name, text, lines, start=at, pointer=pointer),
        )
        if result is not None:
            yield result
    if textless and not notes:
        yield skipped(source, textless)
    elif textless:
        yield Problem(f"{textless} records have no 'text'.", source.name)
