"""Meaning-preserving changes of an example: the verdict must hold under each (DESIGN §5).

Each change maps a text to another; spans move with it because a change is a list of edits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

#: name → text of the changed example, or None where the change does not apply.
Change = Callable[[str], str | None]

_SUBJECT = re.compile(r"(?<![\w\"“'])Pt (?=[a-z])")
_TIMES = re.compile(r"(?<=\d) ?x ?(?=\d)|\bx ?(?=\d)")


def _upper(text: str) -> str | None:
    return text.upper() if text.upper() != text and len(text.upper()) == len(text) else None


def _double_space(text: str) -> str | None:
    return re.sub(r"(?<=[a-z]) (?=[a-z])", "  ", text)


def _crlf(text: str) -> str | None:
    return text.replace("\n", "\r\n") if "\n" in text else None


def _bullet(text: str) -> str | None:
    return (
        f"- {text}"
        if "\n" not in text and not text.startswith(("-", "•")) and ":" not in text[:14]
        else None
    )


def _subject(text: str) -> str | None:
    return _SUBJECT.sub("", text) if _SUBJECT.search(text) else None


def _full_stop(text: str) -> str | None:
    if text.endswith("."):
        return text[:-1]
    return f"{text}." if text[-1:].isalnum() else None


def _times(text: str) -> str | None:
    return _TIMES.sub(lambda m: m.group().replace("x", "×"), text) if _TIMES.search(text) else None


def _wrapped(text: str) -> str | None:
    """Wraps one line at a space before a lower-case word, some way in."""
    if "\n" in text or len(text) < 60:
        return None
    for match in re.finditer(r" (?=[a-z]{3,} )", text):
        if match.start() > 30:
            return text[: match.start()] + "\n" + text[match.start() + 1 :]
    return None


def _neutral(text: str) -> str | None:
    """A neutral sentence before and after."""
    if "\n" in text or re.match(r"^\W*[A-Za-z][\w /&]{0,14}:", text):
        return None
    stop = "" if text.endswith((".", "!", "?", ":")) else "."
    return f"Arrived on time by car. {text}{stop} Left the clinic by car."


CHANGES: Mapping[str, Change] = {
    "upper case": _upper,
    "double spaces": _double_space,
    "CRLF": _crlf,
    "a bullet": _bullet,
    "no subject": _subject,
    "final period": _full_stop,
    "× for x": _times,
    "a wrapped line": _wrapped,
    "neutral sentences around": _neutral,
}


def changed(text: str) -> Iterator[tuple[str, str]]:
    """Yields (name of the change, changed text) for every change that applies."""
    for name, change in CHANGES.items():
        result = change(text)
        if result is not None and result != text:
            yield name, result
