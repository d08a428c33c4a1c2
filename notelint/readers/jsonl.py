"""JSON lines (and NDJSON): one record a line, read one line at a time.

A line that is broken is a problem of its own and the others are read. A file in which no record
has a text, such as a manifest, is skipped with one line unless it was named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from notelint.errors import InputError
from notelint.finding import Problem
from notelint.note import Note
from notelint.readers import sidecar
from notelint.readers.decode import Line, text_lines
from notelint.readers.inputs import Input
from notelint.readers.jsontext import JsonError, add_string, loads, locate
from notelint.readers.options import ReadOptions
from notelint.readers.pieces import MapBuilder, lines_of
from notelint.readers.problems import ReadError, problem_of
from notelint.readers.records import Mapper, note_of
from notelint.source import LineIndex, SourceMap

#: Records without text that are kept as problems until the first note shows up.
MAX_PENDING = 20


def read(source: Input, options: ReadOptions) -> Iterator[Note | Problem]:
    """Yields the notes of a JSONL file and a problem for each line that gives none."""
    try:
        yield from _read(source, options)
    except InputError as error:
        yield problem_of(error, file=source.name)


def _read(source: Input, options: ReadOptions) -> Iterator[Note | Problem]:
    facts = sidecar.sidecar_of(source.path)
    mapped = options.mapping_for(source) is not None
    pending: list[Problem] = []
    textless = 0
    notes = False
    for line, record in records(source, options.encoding):
        if isinstance(record, Problem):
            yield record
            continue
        if isinstance(record, dict) and isinstance(record.get("resourceType"), str):
            from notelint.readers import fhir

            yield from fhir.read_ndjson(source, options)
            return
        result = note_of(
            record,
            source,
            options,
            line=line.number,
            place=f"{source.name}:{line.number}",
            facts=facts,
            map_of=line_mapper(source.name, line),
        )
        if result is None:
            continue
        if not notes and not mapped and isinstance(record, dict) and "text" not in record:
            textless += 1
            if len(pending) < MAX_PENDING and isinstance(result, Problem):
                pending.append(result)
            continue
        if not notes:
            notes = True
            yield from _told(pending, textless, source.name)
        yield result
    if textless and not notes:
        yield skipped(source, textless)


def records(source: Input, encoding: str | None) -> Iterator[tuple[Line, Any]]:
    """Yields each line that is not blank with its JSON value, or with the problem of the line.

    Raises:
        ReadError: the input breaks off.
    """
    for line in text_lines(source, encoding):
        if line.error is not None:
            yield line, line.error.as_problem()
            continue
        if not line.text.strip():
            continue
        try:
            yield line, loads(line.text.rstrip("\r\n"))
        except JsonError as error:
            column = None if error.offset is None else error.offset + 1
            remedy = "Write one JSON object a line."
            broken = ReadError(
                error.what, file=source.name, line=line.number, column=column, remedy=remedy
            )
            yield line, broken.as_problem()


def line_mapper(file: str, line: Line) -> Mapper:
    """Returns what maps strings of a line's record back to the file."""
    lines = lines_of(line.text, offset=line.offset, first=line.number)
    return json_mapper(file, line.text, lines, shift=line.offset)


def json_mapper(
    file: str,
    src: str,
    lines: LineIndex,
    *,
    start: int = 0,
    shift: int = 0,
    pointer: str = "",
) -> Mapper:
    """Returns what gives the strings at paths of a JSON value, glued by newlines, with their map.

    Args:
        src: JSON text; the value begins at ``start``.
        lines: the lines of the file, or of the stretch of it that ``src`` is.
        shift: where ``src`` begins in the file, in code points.
        pointer: the JSON pointer of the value.
    """

    def map_of(paths: Sequence[Sequence[str | int]]) -> tuple[str, SourceMap]:
        builder = MapBuilder(shift)
        pointers = []
        for path in paths:
            at = locate(src, path, start)
            if at is None or not src.startswith('"', at):
                continue
            end = builder.file_end
            if end is not None:
                builder.replace("\n", end, max(at, end))
            add_string(builder, src, at)
            pointers.append(pointer + "".join(f"/{_escaped(step)}" for step in path))
        return builder.text, builder.map(file, lines, pointer=" ".join(pointers) or None)

    return map_of


def _escaped(step: str | int) -> str:
    return str(step).replace("~", "~0").replace("/", "~1")


def _told(pending: list[Problem], textless: int, file: str) -> Iterator[Problem]:
    """The problems of the first records, once it is clear that the file does hold notes."""
    yield from pending
    if textless > len(pending):
        yield Problem(f"{textless - len(pending)} more records have no 'text'.", file)


def skipped(source: Input, textless: int) -> Problem:
    """The one line about a file in which no record has a text; an error if it was named."""
    if textless == 1:
        many = "its one record has no 'text'"
    else:
        many = f"none of its {textless} records has a 'text'"
    return Problem(
        f"skipped: {many}.",
        source.name,
        remedy="Name the field that holds the note in a [tool.notelint.source] table."
        if source.named
        else "",
        fatal=source.named,
    )
