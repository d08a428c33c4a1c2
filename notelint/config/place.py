"""Where a key stands in a TOML file: the parser gives values without positions."""

from __future__ import annotations

import re

_PART = r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)"""
_DOTTED = rf"{_PART}(?:\s*\.\s*{_PART})*"
_HEADER = re.compile(rf"\s*\[\[?\s*(?P<key>{_DOTTED})\s*\]")
_KEY = re.compile(rf"\s*(?P<key>{_DOTTED})\s*=")
_PARTS = re.compile(_PART)


def key_position(text: str, path: tuple[str, ...]) -> tuple[int, int]:
    """Returns the 1-based line and column of a key, or of the nearest key above it.

    A key inside an inline table has the position of the key that holds the table.
    """
    best, depth = (1, 1), 0
    table: tuple[str, ...] = ()
    fence = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if fence:
            fence = "" if fence in line else fence
            continue
        header = _HEADER.match(line)
        found = header or _KEY.match(line)
        if found:
            parts = tuple(part.strip("\"'") for part in _PARTS.findall(found["key"]))
            full = parts if header else table + parts
            table = parts if header else table
            common = len(full) if full == path[: len(full)] else 0
            if common > depth:
                best, depth = (number, found.start("key") + 1), common
        for quotes in ('"""', "'''"):
            if line.count(quotes) % 2:
                fence = quotes
    return best
