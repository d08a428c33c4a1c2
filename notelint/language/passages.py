"""A note's passages: stretches of text that are read each by itself, and read once.

An author changes one line at a time. The words, terms and numbers of the passages that stay as they
were need not be looked up again; nothing found in a passage depends on what stands outside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.language.statements import abbreviated

#: The ends of lines, with the blank lines that follow.
_LINE_END = re.compile(r"[\r\n](?:[^\S\r\n]*+[\r\n])*")


def passages_of(text: str) -> Iterator[tuple[int, int]]:
    """Yields the stretches of a text in order; together they are the whole text.

    One ends with a blank line, or with a line that ends a sentence: no term and no number goes on
    behind it.
    """
    start = 0
    for cut in _LINE_END.finditer(text):
        if not _is_blank(cut.group()) and not _ends_sentence(text, cut.start()):
            continue
        yield start, cut.end()
        start = cut.end()
    if start < len(text):
        yield start, len(text)


_BLANKS = " \t\xa0"


def _is_blank(gap: str) -> bool:
    return gap.count("\n") > 1 or gap.count("\r") > 1


def _ends_sentence(text: str, end: int) -> bool:
    while end > 0 and text[end - 1] in _BLANKS:
        end -= 1
    return end > 0 and text[end - 1] in ".!?" and not abbreviated(text, end - 1)
