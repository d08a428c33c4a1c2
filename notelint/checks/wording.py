"""Patterns over a note's words: a blank in a pattern stands for any run of white space."""

from __future__ import annotations

import re

_BLANK = re.compile(r"\[[^\]]*\]|(?:\\s| )\?|(?:\\s| )(?![*+{])")


def worded(pattern: str) -> re.Pattern[str]:
    """Compiles a pattern whose blanks match double spaces and wrapped lines as well."""
    return re.compile(_BLANK.sub(_white, pattern))


def _white(match: re.Match[str]) -> str:
    if match[0].startswith("["):
        return match[0]
    return r"\s*" if match[0].endswith("?") else r"\s+"
