"""Plain text and Markdown: one file, one note, with facts in a front matter or a sidecar.

A front matter is a block of ``field: value`` lines between two ``---`` lines at the very top. A
note that merely begins with a ruler has no known field there and stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from notelint.errors import InputError
from notelint.finding import Problem
from notelint.note import Note
from notelint.readers import sidecar
from notelint.readers.decode import decode
from notelint.readers.inputs import Input
from notelint.readers.native import FIELDS, note_from_record
from notelint.readers.options import ReadOptions
from notelint.readers.problems import ReadError, problem_of
from notelint.readers.records import EMPTY, EMPTY_REMEDY
from notelint.source import LineIndex, SourceMap

_FRONT = re.compile(r"---[ \t]*\r?\n(.{0,8192}?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"([A-Za-z_-]+)[ \t]*:(?:\s|\Z)")


def read(source: Input, options: ReadOptions) -> Iterator[Note | Problem]:
    """Yields the note of a text file, or the problem with it."""
    try:
        text = decode(source.read(), source.name, options.encoding)
        front, body = front_matter(text, source.name)
        beside = sidecar.sidecar_of(source.path)
        if beside:
            names = ("sidecar", "front matter")
            front = sidecar.merged(beside.as_record(), front, names=names, where=source.name)
        note = note_from_record(
            {**front, "text": text[body:]},
            source=_map(source.name, text, body),
            where=source.name,
            default_id=source.name,
        )
    except InputError as error:
        yield problem_of(error, file=source.name)
        return
    if not note.text.strip():
        yield Problem(EMPTY, source.name, remedy=EMPTY_REMEDY)
        return
    options.notices.unknown_fields(note.extra, source.name)
    yield note


def front_matter(text: str, where: str) -> tuple[dict[str, Any], int]:
    """Returns the fields of a front matter and the offset at which the note begins.

    Raises:
        InputError: it has a known field, so it is meant as one, but cannot be read.
    """
    found = _FRONT.match(text)
    if not found:
        return {}, 0
    named = {match[1] for match in map(_FIELD.match, found[1].splitlines()) if match}
    if not named & (set(FIELDS) - {"text"}):
        return {}, 0
    return _fields(found[1], where), found.end()


def _fields(block: str, where: str) -> dict[str, Any]:
    """Reads the block as YAML without types, anchors or tags: every scalar is a string."""
    import yaml

    try:
        for event in yaml.parse(block, Loader=yaml.BaseLoader):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise ReadError("the front matter has an anchor or alias.", file=where)
        node = yaml.compose(block, Loader=yaml.BaseLoader)
        fields = yaml.load(block, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ReadError(
            "the front matter cannot be read.",
            file=where,
            line=mark.line + 2 if mark else None,
            remedy="Write one `field: value` a line between two lines of ---.",
        ) from None
    if not isinstance(fields, dict):
        raise ReadError("the front matter is no list of fields.", file=where)
    if isinstance(node, yaml.MappingNode) and len(node.value) > len(fields):
        raise ReadError("a field stands twice in the front matter.", file=where)
    if "text" in fields:
        raise ReadError("the front matter cannot hold the text.", file=where)
    return fields


def _map(file: str, text: str, body: int) -> SourceMap:
    if not body:
        return SourceMap.identity(file, text)
    length = len(text) - body
    lines = LineIndex.of(text)
    return SourceMap(file, length, (0,), (body,), (len(text),), (True,), lines)
