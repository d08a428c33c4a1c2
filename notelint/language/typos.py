"""A second look at a word that no list knows, for typing slips (DESIGN §3).

A retry needs six letters or more, distance one, the same first letter, and a word that stands in
no lexicon; the hit is ``ambiguous``: it may satisfy a rule and may never fire one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

MIN_LETTERS = 6


class TypoFinder:
    """Finds the lexicon word one slip away from an unknown word."""

    def __init__(self, trie: Mapping[str, Any]) -> None:
        self._trie = trie
        self._by_first: dict[str, tuple[str, ...]] | None = None

    def nearest(self, word: str) -> str | None:
        """Returns the known single word at distance one, or None if there is none or several."""
        if len(word) < MIN_LETTERS or not word.isalpha() or word in self._trie:
            return None
        from rapidfuzz.distance import OSA

        candidates = self._words().get(word[0], ())
        close = [
            known
            for known in candidates
            if abs(len(known) - len(word)) <= 1 and OSA.distance(word, known, score_cutoff=1) <= 1
        ]
        return close[0] if len(close) == 1 else None

    def _words(self) -> dict[str, tuple[str, ...]]:
        if self._by_first is None:
            grouped: dict[str, list[str]] = {}
            for word in self._trie:
                if len(word) >= MIN_LETTERS - 1 and word.isalpha():
                    grouped.setdefault(word[0], []).append(word)
            self._by_first = {first: tuple(words) for first, words in grouped.items()}
        return self._by_first
