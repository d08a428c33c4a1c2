"""Compiles the small grammars over a note's words: a blank in a pattern is any white space.

Notes hold double spaces and wrapped lines; a pattern is written as one would read it.
"""

from __future__ import annotations

import re


def wording(pattern: str) -> re.Pattern[str]:
    """Compiles a pattern over lower-cased text, in which a blank stands for white space."""
    return re.compile(pattern.replace(" ", r"\s+"))
