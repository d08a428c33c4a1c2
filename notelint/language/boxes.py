"""Check boxes: what stands behind an empty one was not chosen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.language.reading import ContextMark, Reading

#: A box to tick, empty or not.
BOX = re.compile(r"\[[ xX_]?\]|\([ xX_]?\)|[☐☑☒]")
_TICKED = re.compile(r"[\[(][x✓✔][\])]|[☒☑]", re.IGNORECASE)
_TICKED_BEFORE = re.compile(rf"(?:{_TICKED.pattern})\s?$", re.IGNORECASE)
#: A box with the blank behind it is not longer.
_BOXED = 4
#: An empty box with its words: up to the next box, a gap, a cell's, the sentence's or the line's end.
_EMPTY = re.compile(
    r"(?P<box>\[[ _]{0,2}\]|\( \)|☐)[ \t]?(?:(?![\[☐☒☑|\t\n\r;]|\.[ \t]|[ \t]{2}|\([x ]\)).)*(?:[ \t]+_{2,}[^\[☐☒☑|\n\r]*)?",
    re.IGNORECASE,
)


def unchosen(text: str) -> Iterator[ContextMark]:
    """Yields the options of a note whose boxes are empty while others are ticked.

    A note without a ticked box may use the sign for its bullets.
    """
    if not _TICKED.search(text):
        return
    for match in _EMPTY.finditer(text):
        yield ContextMark("negated", match.start(), match.end(), match.start(), match.end("box"))


def in_empty_box(reading: Reading, at: int) -> bool:
    """Whether an offset stands in an option of a note whose box is empty while others are ticked."""
    return any(
        mark.kind == "negated" and reading.text[mark.start] in "[(☐"
        for mark in reading.marks_over(at, at + 1)
    )


def is_ticked(text: str, at: int, low: int = 0) -> bool:
    """Whether what stands at an offset has a ticked box right before it, not before ``low``."""
    return _TICKED_BEFORE.search(text, max(low, at - _BOXED), at) is not None


def none_ticked(words: str) -> bool:
    """Whether words hold boxes and none of them is ticked."""
    return BOX.search(words) is not None and _TICKED.search(words) is None


def empty_box(text: str, start: int, end: int) -> int:
    """Returns where the first empty box of a stretch begins, or -1."""
    box = _EMPTY.search(text, start, end)
    return box.start() if box is not None else -1


def blanked(words: str) -> str:
    """Returns words with blanks for the options whose boxes are empty, where others are ticked."""
    if not _TICKED.search(words):
        return words
    return _EMPTY.sub(lambda match: " " * len(match.group()), words)


def chosen(words: str) -> str:
    """Returns words without the options whose boxes are empty, where others are ticked or lead."""
    first = _EMPTY.search(words)
    if not _TICKED.search(words) and (first is None or not words[: first.start()].strip()):
        return words
    return _TICKED.sub(" ", _EMPTY.sub(" ", words))
