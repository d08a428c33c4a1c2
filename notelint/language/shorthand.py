"""Words written without their vowels, as busy clinicians write them: ``prgrssng wll``, ``strngth``.

A vowelless word is read as the known word with the same consonants in the same order and the same
first letter, where there is just one: at the start of a form among all first words, within a form
among the words that may follow there ("tolerated" → "wll"). It is what was written and no guess: the
consonants are all there. Words that keep vowels are never changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: The key under which a trie node keeps the numbers of its senses.
END = ""

_VOWELS = frozenset("aeiou")
#: A first word needs this many letters; one that goes on a form may be shorter.
_LEAST_FIRST, _LEAST = 4, 2


class Shorthand:
    """Finds the word of a trie that a vowelless word stands for."""

    def __init__(self, trie: Mapping[str, Any]) -> None:
        self._trie = trie
        self._first: Mapping[str, str] | None = None
        self._known: dict[tuple[int, str], str | None] = {}

    def step(self, node: Mapping[str, Any], word: str) -> Mapping[str, Any] | None:
        """Returns the node below ``node`` that a word leads to, or None if it is no shorthand."""
        at_start = node is self._trie
        if not is_vowelless(word, _LEAST_FIRST if at_start else _LEAST):
            return None
        full = self._first_words().get(word) if at_start else self._following(node, word)
        return node[full] if full is not None else None

    def _first_words(self) -> Mapping[str, str]:
        if self._first is None:
            self._first = _by_consonants(self._trie)
        return self._first

    def _following(self, node: Mapping[str, Any], word: str) -> str | None:
        key = (id(node), word)
        if key not in self._known:
            self._known[key] = _by_consonants(node).get(word)
        return self._known[key]


def is_vowelless(word: str, least: int) -> bool:
    """Whether a word has letters only, and no vowel but perhaps its first letter."""
    return len(word) >= least and word.isalpha() and _VOWELS.isdisjoint(word[1:])


def consonants(word: str) -> str:
    """The first letter of a word and its consonants: ``strength`` → ``strngth``."""
    return word[:1] + "".join(c for c in word[1:] if c not in _VOWELS)


def _by_consonants(node: Mapping[str, Any]) -> dict[str, str]:
    """Consonants → the word of a node that has them: the only one, or one of those that mean the
    same (a word and its slips)."""
    found: dict[str, str] = {}
    doubtful: set[str] = set()
    for word in node:
        if not word.isalpha():
            continue
        short = consonants(word)
        if short == word:
            doubtful.add(short)  # that is a word itself
        elif _meaning(node[found.setdefault(short, word)]) != _meaning(node[word]):
            doubtful.add(short)
    return {short: word for short, word in found.items() if short not in doubtful}


def _meaning(node: Mapping[str, Any]) -> object:
    return node.get(END)
