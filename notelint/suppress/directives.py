"""Directives inside a text: ``[notelint: ignore CODE "reason"]``.

They are for corpora and drafts. A note is a legal record, so they count only in files that the
config names; anywhere else they are a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from notelint.source import LineIndex

_ANY = re.compile(r"\[notelint:[^\]\n\r]{0,500}\]", re.IGNORECASE)
_IGNORE = re.compile(
    r"\[notelint:\s*(?P<verb>ignore-file|ignore)\s+(?P<rules>[\w-]+(?:\s*,\s*[\w-]+)*)"
    r"\s+[\"“](?P<reason>[^\"”]*\S[^\"”]*)[\"”]\s*\]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Directive:
    """One directive of a text. ``rules`` is empty when it cannot be read (no rule, no reason).

    ``covers`` is the stretch of text it speaks for: its own line, the next line if it stands
    alone, or None for the whole note.
    """

    start: int
    end: int
    rules: tuple[str, ...] = ()
    reason: str = ""
    covers: tuple[int, int] | None = None

    def answers(self, start: int | None, end: int | None) -> bool:
        """Whether it speaks for a finding there; one without a place needs ``ignore-file``."""
        if self.covers is None:
            return True
        if start is None or end is None:
            return False
        return start < self.covers[1] and max(end, start + 1) > self.covers[0]


def directives(text: str) -> Iterator[Directive]:
    """Yields the directives of a text in order, unreadable ones too."""
    if "[notelint:" not in text.lower():
        return
    lines = LineIndex.of(text)
    for found in _ANY.finditer(text):
        read = _IGNORE.fullmatch(found[0])
        if read is None:
            yield Directive(found.start(), found.end())
            continue
        rules = tuple(rule.strip() for rule in read["rules"].split(","))
        covers = None
        if read["verb"].lower() == "ignore":
            covers = _line_of(text, lines, found.start(), found.end())
        yield Directive(found.start(), found.end(), rules, read["reason"].strip(), covers)


def _line_of(text: str, lines: LineIndex, start: int, end: int) -> tuple[int, int]:
    number, _ = lines.position(start)
    low, high = _bounds(lines, number)
    alone = not (text[low:start] + text[end:high]).strip(" \t\r\n-*•")
    while alone and number < len(lines.starts):
        number += 1
        low, high = _bounds(lines, number)
        if text[low:high].strip():
            break
    return low, high


def _bounds(lines: LineIndex, number: int) -> tuple[int, int]:
    low = lines.starts[number - 1]
    return low, lines.starts[number] if number < len(lines.starts) else lines.length
