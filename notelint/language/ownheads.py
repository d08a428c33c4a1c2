"""Finds the headings that a clinician made up, by the shape of those that are known.

"Next visit -", "My read -", "Did -": no list holds the second, but it is written as the first is.
A section whose heading is known must not go on below one that only its shape tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

#: A word or two with a dash, alone on their line.
_DASHED = re.compile(r"^[ \t]*(?P<label>[A-Z][A-Za-z' ]{1,30}?)[ \t]?[-–—]+[ \t]*\r?$", re.M)
#: Words in capitals that a full stop closes, at the start of a line.
_STOPPED = re.compile(
    r"^[ \t]*(?P<label>[A-Z][A-Z ,'/&-]{2,40}(?:\([^()\n]{0,30}\))?)\.(?=[ \t]+\S)", re.M
)
#: Words in capitals below a blank line, with a colon or alone on their line.
_PARTED = re.compile(
    r"(?:^|\n[ \t\r]*\n)[ \t]*(?P<label>[A-Z][A-Z '/&-]{2,40}[A-Z])(?::|[ \t]*\r?(?=\n))"
)
#: What a heading in capitals ends: what was told before the session. A plan has headings of its own.
_BEFORE_SESSION = frozenset({"subjective", "history", "header", "precautions"})

#: Labels of findings.
_FOUND = re.compile(
    r"\b(?:rom|arom|prom|mmt|strength|vitals?|sensation|tone|coordination|cognition|posture|palpation|status|function)\b",
    re.I,
)

Head = tuple[int, int, str, str]


def own_heads(text: str, heads: Sequence[Head]) -> Iterator[Head]:
    """Yields (start, body, kind, label) of headings that are none of the known ``heads``.

    Their kind is ``body``, so that what stands below is told by its own words, but for labels of
    findings.
    """
    if not heads:
        return
    known: Mapping[int, Head] = {head[0]: head for head in heads}
    for pattern, least in ((_DASHED, 1), (_STOPPED, 2), (_PARTED, 1)):
        found = list(pattern.finditer(text))
        if sum(match.start("label") in known for match in found) < least:
            continue
        for match in found:
            start = match.start("label")
            if start in known or (pattern is _PARTED and not _ends(heads, start)):
                continue
            yield start, match.end(), _kind_of(match["label"]), match["label"]


def _ends(heads: Sequence[Head], start: int) -> bool:
    """Whether what is told above a place was told before the session."""
    above = [head for head in heads if head[0] < start]
    return bool(above) and above[-1][2] in _BEFORE_SESSION


def _kind_of(label: str) -> str:
    return "measures" if _FOUND.search(label) else "body"
