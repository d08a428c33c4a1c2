"""File patterns of a config: ``corpora/**``, ``*.txt``, relative to the config's folder."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patterns:
    """Matches file names.

    Args:
        expressions: one compiled pattern each.
        relative: how a file's name is seen from the config's folder.
    """

    expressions: tuple[re.Pattern[str], ...]
    relative: Callable[[str], str]

    @classmethod
    def of(cls, patterns: Iterable[str], relative: Callable[[str], str]) -> Patterns:
        return cls(tuple(re.compile(_expression(pattern)) for pattern in patterns), relative)

    def match(self, file: str) -> bool:
        """Whether any pattern matches the file or a folder above it."""
        if not self.expressions:
            return False
        name = self.relative(file)
        return any(expression.fullmatch(name) for expression in self.expressions)


def _expression(pattern: str) -> str:
    """Translates a pattern: ``*`` and ``?`` stay within a folder, ``**`` crosses folders.

    A pattern without a slash matches a name at any depth; one that names a folder matches all
    below it.
    """
    pattern = pattern.removeprefix("./").rstrip("/")
    anywhere = "" if "/" in pattern else "(?:.*/)?"
    parts: list[str] = []
    at = 0
    while at < len(pattern):
        if pattern.startswith("**/", at):
            parts.append("(?:.*/)?")
            at += 3
        elif pattern.startswith("**", at):
            parts.append(".*")
            at += 2
        else:
            character = pattern[at]
            parts.append({"*": "[^/]*", "?": "[^/]"}.get(character, re.escape(character)))
            at += 1
    return f"{anywhere}{''.join(parts)}(?:/.*)?"
