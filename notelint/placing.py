"""Puts findings in their note's file: offsets become lines, columns and file positions, once."""

from __future__ import annotations

from dataclasses import replace

from notelint.finding import Finding, Place
from notelint.note import Note
from notelint.source import LineIndex, SourceMap


def placed(finding: Finding, note: Note, lines: LineIndex | None = None) -> Finding:
    """Returns a finding with everything that depends on where its note came from.

    Lines and columns are those of the file; where the file has none for single characters (a
    spreadsheet cell, base64), those of the note's text.

    Args:
        lines: the lines of the note's text, if the caller has them.
    """
    places = tuple(_placed(place, note) for place in finding.places)
    main = places[0]
    if main.target != "text" or main.start is None or main.end is None:
        return replace(finding, places=places, file=note.file, note_id=note.id)
    span = main.source
    if span is not None and span.start is not None and note.source and note.source.lines:
        index, low, high = note.source.lines, span.start, span.end or span.start
    else:
        index, low, high = lines or LineIndex.of(note.text), main.start, main.end
    line, column = index.position(low)
    end_line, end_column = index.position(high)
    return replace(
        finding, places=places, file=note.file, note_id=note.id, line=line, column=column,
        end_line=end_line, end_column=end_column,
    )  # fmt: skip


def without_file(note: Note) -> Note:
    """Returns a note as a worker needs it: the lines of its whole file stay behind."""
    if note.source is None:
        return note
    source = note.source
    return replace(
        note, source=SourceMap(source.file, source.length, row=source.row, pointer=source.pointer)
    )


def address(note: Note) -> str:
    """Returns where in its file a note can be read again: a pointer or a row; empty for all."""
    source = note.source
    if source is None:
        return ""
    return source.pointer or (f"row {source.row}" if source.row is not None else "")


def _placed(place: Place, note: Note) -> Place:
    if place.note_id not in ("", note.id):
        return place
    known = place.target == "text" and place.start is not None and place.end is not None
    if note.source is None:
        return replace(place, source=None)
    span = note.source.span(place.start or 0, place.end or 0) if known else None
    return replace(place, source=span)
