"""What may be cut off a chunk of characters: the one definition of a token in notelint.

spaCy's tokenizer is built on these in ``tokenizer.py``; ``tokens_of`` applies the same cuts
without spaCy, for compiling lexicon forms into the pack. Clinical shorthand stays whole:
``w/c``, ``s/p``, ``3x10``, ``97530-GP``, ``3+/5``, ``0-110``, ``min-A``, ``sit-to-stand``.
"""

from __future__ import annotations

import re

PREFIX = re.compile(
    r"""(?:[(\[{"'“‘«<>*•·▪●◦–—~=:;,.!?…|→↑↓+&\\]|-(?=[A-Za-z(])|#(?=[A-Za-z])|w/(?=[A-Za-z]{2,}))"""
)
SUFFIX = re.compile(r"""(?:[)\]}"'”’»<>*•·–—~=:;,.!?…|→↑↓&\\]|'s|’s|-)$""")

# A slash parts two words of two letters or more (strength/ROM, UE/LE); w/c, s/p and 4/5 stay.
INFIX = re.compile(
    r"""(?<=[A-Za-z]{2})/(?=[A-Za-z]{2})|(?<=[A-Za-z)])[,;:–—|](?=[A-Za-z(])"""
    r"""|(?<=[a-z])\.(?=[,A-Z])|(?<=[\d.]),(?=[A-Za-z])|\.{2,}|→|[()]"""
)

#: Slash forms that are one word although both sides have two letters or more.
WHOLE = re.compile(
    r"(?i)(?:ccc/slp|otr/l|cota/l|ota/l|don/doff|donning/doffing|doff/don|sit/stand|tub/shower"
    r"|in/out|up/down|on/off|er/ir|ir/er|min/mod|mod/max|cga/min|sba/cga|cga/sba|min/cga|s/sba"
    r"|vc/tc|vcs/tcs|and/or|adl/iadl|adls/iadls|sc/hm|ascend/descend|pronation/supination"
    r"|supervision/sba|cat/cow|wants/needs|yes/no|self-care/home|care/home|community/work"
    r"|speech/language|adl/self)$"
)

#: A run without a space that is longer than this is no word, and is not looked into: rules of
#: dashes, pictures in letters. The work on it would grow with the square of its length.
LONGEST_CHUNK = 200


def is_whole(chunk: str) -> bool:
    """Whether a chunk of characters is one token, whatever stands within it."""
    return len(chunk) > LONGEST_CHUNK or WHOLE.match(chunk) is not None


def tokens_of(text: str) -> list[str]:
    """Splits a short text exactly as the note tokenizer does."""
    found: list[str] = []
    for chunk in text.split():
        found.extend(_chunk(chunk))
    return found


def _chunk(chunk: str) -> list[str]:
    head: list[str] = []
    tail: list[str] = []
    while chunk and not is_whole(chunk):
        cut = PREFIX.match(chunk)
        if cut and cut.end():
            head.append(chunk[: cut.end()])
            chunk = chunk[cut.end() :]
            if not chunk or is_whole(chunk):
                break
        suffix = SUFFIX.search(chunk)
        if suffix and suffix.end() > suffix.start():
            tail.append(chunk[suffix.start() :])
            chunk = chunk[: suffix.start()]
        elif not cut:
            break
    middle = [chunk] if chunk and is_whole(chunk) else _infix(chunk)
    return head + middle + tail[::-1]


def _infix(chunk: str) -> list[str]:
    parts: list[str] = []
    at = 0
    for cut in INFIX.finditer(chunk):
        if cut.start() == 0:
            continue
        if cut.start() > at:
            parts.append(chunk[at : cut.start()])
        parts.append(cut.group())
        at = cut.end()
    if at < len(chunk):
        parts.append(chunk[at:])
    return parts
