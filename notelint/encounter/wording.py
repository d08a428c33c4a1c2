"""Compiles the small grammars over a note's words: a blank in a pattern is any white space.

Notes hold double spaces and wrapped lines; a pattern is written as one would read it. A run of white
space is taken whole and has a longest length, so that no text makes a pattern try its places twice.
"""

from __future__ import annotations

import re

from notelint.language.late import late

_BLANK = re.compile(r" (?P<count>[?*]|\{\d*,?\d*\})?")


def wording(pattern: str) -> re.Pattern[str]:
    """Compiles a pattern, when it is first used, in which a blank is white space, and ``" ?"`` white
    space or none."""
    return late(lambda: re.compile(_BLANK.sub(_white, pattern)))


def _white(blank: re.Match[str]) -> str:
    count = blank["count"]
    if count is None:
        return r"\s{1,40}+"
    return r"\s{0,40}+" if count in "?*" else r"\s" + count
