"""Text made fit for a terminal: colours that can be off, widths in cells, nothing that acts."""

from __future__ import annotations

import os
import textwrap
import unicodedata
from dataclasses import dataclass
from typing import TextIO

_CODES = {
    "bold": "1", "dim": "2", "error": "1;31", "warning": "1;33", "info": "1;36", "caret": "1;31",
    "code": "1", "accent": "34",
}  # fmt: skip

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Style:
    """Wraps words in ANSI colours, or in nothing."""

    on: bool = False

    def __call__(self, name: str, words: str) -> str:
        return f"\x1b[{_CODES[name]}m{words}\x1b[0m" if self.on and words else words


def wants_color(out: TextIO, choice: str = "auto") -> bool:
    """Decides on colour: --color, then NO_COLOR, FORCE_COLOR, TERM=dumb, then the terminal."""
    if choice != "auto":
        return choice == "always"
    if "NO_COLOR" in os.environ:
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return os.environ.get("TERM") != "dumb" and out.isatty()


def visible(text: str) -> str:
    """Returns text in which no character can act on a terminal or hide (tabs become a space).

    Controls, bidirectional marks, lone surrogates and other invisible characters appear as their
    code point. A zero-width joiner stays, or emoji would fall apart.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_visible_character, text))


def _visible_character(c: str) -> str:
    if c.isprintable() or c in "\u200d\ufe0f\u00a0":
        return c
    if c in "\t\n\r":
        return " "
    if c in _BIDI or unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}:
        return f"<U+{ord(c):04X}>"
    return c


def wrapped(text: str, width: int, *, first: str = "", rest: str = "") -> str:
    """Returns text wrapped to a width; ``first`` and ``rest`` lead the first and later lines."""
    filled = textwrap.fill(
        visible(text), width=max(width, 20), initial_indent=first, subsequent_indent=rest,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
    return filled or first
