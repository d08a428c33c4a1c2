"""Strict JSON, and where its strings stand.

The standard library decides what is valid, tightened: no duplicate keys, no NaN. It gives no
offsets, so the few strings that are note text are walked again here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, NoReturn

from notelint.readers.pieces import MapBuilder
from notelint.readers.values import shown

_SPACE = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_ATOM = re.compile(r"[^\s,\]}]+")
_STRUCTURE = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}]', re.DOTALL)
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u.{4}|.)", re.DOTALL
)
#: The escapes that notes are full of; the others are left to the standard library.
_SIMPLE = {r"\n": "\n", r"\"": '"', r"\t": "\t", r"\r": "\r", r"\\": "\\"}


class JsonError(ValueError):
    """Text that is not the JSON we accept. ``offset`` is None where the parser does not say."""

    def __init__(self, what: str, offset: int | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.offset = offset


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise JsonError(f"the field {shown(twice)} stands twice in one object.")
    return found


def _no_constant(name: str) -> NoReturn:
    raise JsonError(f"{name} is not a JSON number.")


_DECODER = json.JSONDecoder(object_pairs_hook=_no_duplicates, parse_constant=_no_constant)


def value_at(src: str, start: int = 0) -> tuple[Any, int]:
    """Returns the JSON value that begins at ``start`` (after spaces) and the offset after it.

    Raises:
        JsonError: what is wrong and where; no text of a string is shown.
    """
    start = skip_space(src, start)
    try:
        return _DECODER.raw_decode(src, start)
    except json.JSONDecodeError as error:
        what = error.msg.split(":")[0].removesuffix(" at")
        raise JsonError(f"this is not JSON: {what[:1].lower()}{what[1:]}.", error.pos) from None
    except RecursionError:
        raise JsonError("the JSON is nested too deep.", start) from None
    except JsonError:
        raise
    except ValueError:
        raise JsonError("a number has too many digits.", start) from None


def loads(src: str) -> Any:
    """Returns the one JSON value of a text. Raises ``JsonError``."""
    value, end = value_at(src)
    end = skip_space(src, end)
    if end < len(src):
        raise JsonError("this is not JSON: something stands after its end.", end)
    return value


def skip_space(src: str, at: int) -> int:
    found = _SPACE.match(src, at)
    return found.end() if found else at


def elements(src: str, start: int) -> Iterator[tuple[int, int, Any]]:
    """Yields ``(index, offset, value)`` of the array that begins at ``start``, one by one.

    Raises:
        JsonError: where the array breaks; the elements before it have been yielded.
    """
    at = skip_space(src, start + 1)
    index = 0
    if src.startswith("]", at):
        return
    while True:
        begin = at
        value, at = value_at(src, at)
        yield index, begin, value
        index += 1
        at = skip_space(src, at)
        if src.startswith(",", at):
            at = skip_space(src, at + 1)
        elif src.startswith("]", at):
            return
        else:
            raise JsonError("this is not JSON: a comma or ] is missing.", at)


def locate(src: str, path: Sequence[str | int], start: int = 0) -> int | None:
    """Returns the offset of the value at a path of keys and indexes in valid JSON, or None."""
    at = skip_space(src, start)
    for step in path:
        found = _member(src, at, step)
        if found is None:
            return None
        at = found
    return at


def _member(src: str, at: int, step: str | int) -> int | None:
    opening = "{" if isinstance(step, str) else "["
    if not src.startswith(opening, at):
        return None
    index = 0
    at = skip_space(src, at + 1)
    while at < len(src) and src[at] not in "]}":
        name: str | int = index
        if opening == "{":
            key = _STRING.match(src, at)
            if key is None:
                return None
            name = json.loads(key[0])
            at = skip_space(src, skip_space(src, key.end()) + 1)
        if name == step:
            return at
        at = skip_space(src, _end_of(src, at))
        if src.startswith(",", at):
            at = skip_space(src, at + 1)
        index += 1
    return None


def _end_of(src: str, at: int) -> int:
    """Returns the offset after the valid value that begins at ``at``."""
    if src[at] == '"':
        found = _STRING.match(src, at)
    elif src[at] not in "[{":
        found = _ATOM.match(src, at)
    else:
        depth = 0
        for token in _STRUCTURE.finditer(src, at):
            if token[0] in "[{":
                depth += 1
            elif token[0] in "]}":
                depth -= 1
                if not depth:
                    return token.end()
        found = None
    return found.end() if found else len(src)


def add_string(builder: MapBuilder, src: str, at: int) -> None:
    """Adds the string literal that begins at ``at`` to a builder; an escape is one piece."""
    literal = _STRING.match(src, at)
    if literal is None:
        return
    at += 1
    end = literal.end() - 1
    for escape in _ESCAPE.finditer(src, at, end):
        builder.copy(src[at : escape.start()], at)
        character = _SIMPLE.get(escape[0]) or json.loads(f'"{escape[0]}"')
        builder.replace(character, escape.start(), escape.end())
        at = escape.end()
    builder.copy(src[at:end], at)
