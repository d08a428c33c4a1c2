"""A rewrite as text to insert behind a statement: plain, or as a snippet with tab stops."""

from __future__ import annotations

import re

#: A placeholder as rewrites write it: ``[specific activity]``.
_PLACEHOLDER = re.compile(r"\[[^\[\]\n]+\]")

_CLOSED = ".!?:;"


def joined(rewrite: str, before: str) -> str:
    """Returns the rewrite with what must stand between it and the words before it.

    The author's words stay as they are; a statement without a closing mark gets a full stop
    behind it so that two sentences do not run together.
    """
    end = before.rstrip(" \t")[-1:]
    if not end or end in "\r\n":
        return rewrite
    return f" {rewrite}" if end in _CLOSED else f". {rewrite}"


def as_snippet(text: str) -> str:
    """Returns a text as a snippet: each placeholder is a tab stop with its words selected."""
    parts: list[str] = []
    at = 0
    for number, match in enumerate(_PLACEHOLDER.finditer(text), start=1):
        parts.append(_escaped(text[at : match.start()]))
        parts.append(f"${{{number}:{_escaped(match[0])}}}")
        at = match.end()
    parts.append(_escaped(text[at:]))
    return "".join(parts) + "$0"


def placeholders(text: str) -> tuple[str, ...]:
    """Returns the placeholders of a text in order."""
    return tuple(_PLACEHOLDER.findall(text))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")
