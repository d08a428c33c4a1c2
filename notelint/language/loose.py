"""Patterns over notes as they are typed: one space in a pattern is any white space in the note.

Double spaces, tabs and wrapped lines are common and mean nothing. ``loose`` compiles a pattern in
which every space and ``\\s`` outside a character class stands for a run of white space, and every
optional one for a run that may be empty. A run is taken whole or not at all: what follows it never
begins with white space.
"""

from __future__ import annotations

import re

from notelint.language.late import late

#: The longest run of white space within one phrase; without a bound a long run is tried at each place.
_LONGEST = 40


def loose(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Compiles a pattern, when it is first used, with its spaces made loose. Lookbehinds must hold
    no space."""
    return late(lambda: re.compile(_loosened(pattern), flags))


def _loosened(pattern: str) -> str:
    out: list[str] = []
    at = 0
    in_class = False
    while at < len(pattern):
        sign = pattern[at]
        step = 2 if sign == "\\" else 1
        token = pattern[at : at + step]
        at += step
        if in_class:
            in_class = token != "]"
        elif token == "[":
            in_class = True
            if pattern[at : at + 1] == "]":  # a bracket that comes first is itself
                token += "]"
                at += 1
        elif token in (" ", "\\s"):
            following = pattern[at : at + 1]
            if following == "?":
                token, at = rf"\s{{0,{_LONGEST}}}+", at + 1
            elif following not in ("*", "+", "{"):
                token = rf"\s{{1,{_LONGEST}}}+"
        out.append(token)
    return "".join(out)
