"""Sentences about a note, kept without the note's words.

A message quotes the note. On disk every word that the note contains is replaced by the place
where it stands there; whoever has the same note gets the same sentence back, and nobody else
gets a word of it. What is left are the rule's own words and punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property

_TOKEN = re.compile(r"\w+|\W+")
_WORD = re.compile(r"\w+")

_FORMS: Mapping[str, Callable[[str], str]] = {
    "l": str.lower, "u": str.upper, "c": str.capitalize, "t": str.title, "f": str.casefold,
}  # fmt: skip

#: A sentence in pieces: rule's words, or start, length and form of words of the note.
Pieces = list[str | list[int | str]]


class Unkept(ValueError):
    """A sentence that cannot be kept without a word of the note."""


class Words:
    """The words of one note and where they first stand in it."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _exact(self) -> dict[str, int]:
        places: dict[str, int] = {}
        for found in _WORD.finditer(self.text):
            places.setdefault(found[0], found.start())
        return places

    @cached_property
    def _folded(self) -> dict[str, list[str]]:
        spellings: dict[str, list[str]] = {}
        for word in self._exact:
            spellings.setdefault(word.casefold(), []).append(word)
        return spellings

    def kept(self, sentence: str) -> Pieces:
        """Returns a sentence in pieces without any word of the note.

        Raises:
            Unkept: a word of the note stands in it in a form that cannot be referred to.
        """
        pieces: Pieces = []
        at = 0
        while at < len(sentence):
            token = _token(sentence, at)
            spellings = self._folded.get(token.casefold())
            if spellings is None:
                if pieces and isinstance(pieces[-1], str):
                    pieces[-1] += token
                else:
                    pieces.append(token)
                at += len(token)
                continue
            reference = self._reference(token, spellings)
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

    def _reference(self, token: str, spellings: list[str]) -> list[int | str]:
        if token in self._exact:
            return [self._exact[token], len(token)]
        for spelling in spellings:
            for form, change in _FORMS.items():
                if len(spelling) == len(token) and change(spelling) == token:
                    return [self._exact[spelling], len(token), form]
        raise Unkept

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
