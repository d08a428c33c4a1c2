"""From a record in hand to a note: mapping, sidecar, checks, and what to say when it fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from notelint.errors import InputError
from notelint.finding import Problem
from notelint.note import Note
from notelint.readers import sidecar, values
from notelint.readers.inputs import Input
from notelint.readers.mapping import Mapping as SourceMapping
from notelint.readers.native import note_from_record
from notelint.readers.notices import Notices
from notelint.readers.options import ReadOptions
from notelint.readers.problems import problem_of
from notelint.readers.translate import MISSING, Translator
from notelint.source import SourceMap

EMPTY = "the note has no text."
EMPTY_REMEDY = "Fill it or leave it out of the export."

TEXTLESS = "{n} records have no note text and were left out."

#: Makes the source map of the strings at some paths of a record, glued in order.
Mapper = Callable[[Sequence[Sequence[str | int]]], tuple[str, SourceMap]]


def note_of(
    record: Mapping[str, Any],
    source: Input,
    options: ReadOptions,
    *,
    line: int | None,
    place: str,
    facts: sidecar.Sidecar | None,
    map_of: Mapper,
) -> Note | Problem | None:
    """Makes the note of one native or mapped JSON record, or says why it cannot.

    A record of a mapped export without text gives None and is counted.

    Args:
        line: the record's line, for problems.
        place: the record's place in words; the id of a note without one.
        facts: the sidecar of the file.
        map_of: gives the text at paths of the record and the way back.
    """
    try:
        if not isinstance(record, Mapping):
            raise InputError(f"a record must be an object, not {values.shown(record)}.")
        mapping = options.mapping_for(source)
        carried: set[str] | None = None
        if mapping is None:
            native = dict(record)
            paths: Sequence[Sequence[str | int]] = (("text",),)
        else:
            native, carried = mapped_record(record, mapping, source.name, options.notices)
            paths = [column.split(".") for column in mapping.text]
        note_map = None
        if mapping is not None or isinstance(native.get("text"), str):
            native["text"], note_map = map_of(paths)
        native = with_sidecar(native, facts, place)
        if carried is not None and facts:
            carried |= facts.as_record().keys()
        note = note_from_record(
            native, source=note_map, where=place, carried=carried, default_id=place
        )
    except InputError as error:
        return problem_of(error, file=source.name, line=line, note_id=id_of(record))
    if not note.text.strip() and mapping is not None:
        options.notices.count(source.name, TEXTLESS)
        return None
    if not note.text.strip():
        return Problem(EMPTY, source.name, line, note_id=note.id, remedy=EMPTY_REMEDY)
    if mapping is None:
        options.notices.unknown_fields(note.extra, source.name)
    return note


def mapped_record(
    record: Mapping[str, Any], mapping: SourceMapping, file: str, notices: Notices
) -> tuple[dict[str, Any], set[str]]:
    """Returns the native fields of an export's JSON record and what they carry, without text."""
    translator = Translator(mapping, file, notices)
    native, carried = translator.facts(partial(pick, record))
    place = mapping.charges.get("rows")
    if place:
        rows = pick(record, place[0])
        if isinstance(rows, list):
            lookups = [partial(pick, row) for row in rows if isinstance(row, Mapping)]
            native["charges"], more = translator.charges(lookups)
            native.update(translator.charge_facts(lookups))
            carried |= more
    return native, carried


def pick(record: Mapping[str, Any], column: str) -> object:
    """Returns the value of a dotted column of a JSON record, or ``MISSING``."""
    value: object = record
    for step in column.split("."):
        if not isinstance(value, Mapping) or step not in value:
            return MISSING
        value = value[step]
    return value


def with_sidecar(
    record: Mapping[str, Any], facts: sidecar.Sidecar | None, where: str
) -> dict[str, Any]:
    """Returns a record with what its sidecar adds. Raises ``InputError`` if they contradict."""
    if facts is None:
        return dict(record)
    return sidecar.merged(record, facts.as_record(), names=("record", "sidecar"), where=where)


def id_of(record: object) -> str:
    """Returns a record's id if it is one, for a problem about it."""
    if not isinstance(record, Mapping):
        return ""
    found = record.get("id", record.get("visit_id"))
    if isinstance(found, str | int) and len(str(found)) <= values.SHOWN * 2:
        return str(found)
    return ""
