"""Sentences about a note, kept without the note's words.

A message quotes the note. On disk every word that the note contains is replaced by the place
where it stands there; whoever has the same note gets the same sentence back, and nobody else
gets a word of it. What is left are the rule's own words and punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_TOKEN = re.compile(r"\w+|\W+")
_WORD = re.compile(r"\w")

_FORMS: Mapping[str, Callable[[str], str]] = {
    "l": str.lower, "u": str.upper, "c": str.capitalize, "t": str.title, "f": str.casefold,
}  # fmt: skip

#: A sentence in pieces: rule's words, or start, length and form of words of the note.
Pieces = list[str | list[int | str]]


class Unkept(ValueError):
    """A sentence that cannot be kept without a word of the note."""


class Words:
    """The words of one note, as places in it."""

    def __init__(self, text: str) -> None:
        self.text = text

    def kept(self, sentence: str) -> Pieces:
        """Returns a sentence in pieces, none of which is a word or part of a word of the note.

        Raises:
            Unkept: a word of the note stands in it in a form that cannot be referred to.
        """
        pieces: Pieces = []
        at = 0
        while at < len(sentence):
            token = _token(sentence, at)
            reference = self._reference(token) if _WORD.match(token) else None
            if reference is None:
                if pieces and isinstance(pieces[-1], str):
                    pieces[-1] += token
                else:
                    pieces.append(token)
                at += len(token)
                continue
            if len(reference) == 2:
                reference[1] = self._extended(sentence, at, *reference)
            pieces.append(reference)
            at += int(reference[1])
        return pieces

    def told(self, pieces: Pieces) -> str:
        """Returns the sentence again."""
        parts: list[str] = []
        for piece in pieces:
            if isinstance(piece, str):
                parts.append(piece)
                continue
            start, length = int(piece[0]), int(piece[1])
            words = self.text[start : start + length]
            parts.append(_FORMS[str(piece[2])](words) if len(piece) > 2 else words)
        return "".join(parts)

    def _reference(self, token: str) -> list[int | str] | None:
        at = self.text.find(token)
        if at >= 0:
            return [at, len(token)]
        found = None
        for found in re.finditer(re.escape(token), self.text, re.IGNORECASE):
            for form, change in _FORMS.items():
                if change(found[0]) == token and len(found[0]) == len(token):
                    return [found.start(), len(token), form]
        if found is not None:
            raise Unkept
        return None

    def _extended(self, sentence: str, at: int, start: int | str, length: int | str) -> int:
        """Lengthens a reference by whole tokens while the note goes on as the sentence does."""
        start, length = int(start), int(length)
        while at + length < len(sentence):
            token = _token(sentence, at + length)
            if not self.text.startswith(token, start + length):
                break
            length += len(token)
        return length


def _token(sentence: str, at: int) -> str:
    found = _TOKEN.match(sentence, at)
    assert found is not None  # every character is a word character or it is not
    return found[0]
