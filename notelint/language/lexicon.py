"""Finds lexicon forms in a token sequence, with all their senses.

The pack holds the forms as a word trie. A walk from each token finds every form that begins
there; of forms from one lexicon only the longest stays, while forms of different lexicons may
overlap ("balance activities" holds a head and its domain). spaCy's ``PhraseMatcher`` finds the
same forms, but takes 0.3 s to build for 13,000 of them, which is half a cold start; the trie is
part of the pack.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from notelint.language.reading import Mention, Sense
from notelint.language.shorthand import END, Shorthand

#: Lexicons of this prefix hold words that only show a code's intent. They are kept apart: elsewhere a
#: word that no list knows may be content, and that silences.
CUES = "cues_"

#: The tag of forms that mean what they mean only in capitals.
CAPITALS = "capitals"


@dataclass(frozen=True, slots=True)
class LexiconData:
    """The language part of a pack: the word trie, the senses its leaves number, headings."""

    trie: Mapping[str, Any]
    senses: Sequence[Sequence[Any]]
    headings: Mapping[str, str]


_UNSEEN: Any = object()
_HYPHENATED: Any = object()
#: So many different words are remembered.
_MOST_ROOTS = 50_000


class LexiconIndex:
    """A word trie over all lexicon forms. Of a text only single words stay in it, for a while.

    Args:
        trie: nested mappings word → node; ``END`` → numbers into ``senses``.
        senses: (lexicon, canonical term, tags) by number.
    """

    def __init__(self, trie: Mapping[str, Any], senses: Sequence[Sequence[Any]]) -> None:
        self._trie = trie
        self._shorthand = Shorthand(trie)
        #: Word → the node it leads to, also as shorthand; kept, as notes are made of the same words.
        self._roots: dict[str, Any] = {}
        self._senses = tuple(Sense(lex, term, frozenset(tags)) for lex, term, tags in senses)
        # Each set of senses is put together once: a form's senses are the same wherever it stands.
        self._meanings: dict[
            tuple[int, ...], tuple[tuple[Sense, ...], frozenset[str], frozenset[str]]
        ] = {}
        self._cue = tuple(sense.lexicon.startswith(CUES) for sense in self._senses)

    def find(
        self, words: Sequence[str], starts: Sequence[int], ends: Sequence[int]
    ) -> tuple[list[Mention], list[Mention]]:
        """Returns the mentions and, apart from them, the cues of codes, each in text order.

        Args:
            words: lower-case tokens.
            starts, ends: their offsets in the text.
        """
        senses, shorthand, roots = self._senses, self._shorthand, self._roots
        covered: dict[str, int] = {}
        found: list[Mention] = []
        cues: list[Mention] = []
        count = len(words)
        for i, word in enumerate(words):
            node = roots.get(word, _UNSEEN)
            if node is _UNSEEN:
                node = self._root(word)
            if node is None:
                continue
            if node is _HYPHENATED:
                hits = self._hyphenated(word, i, words, count)
            else:
                hits = []
                j = i + 1
                while True:
                    if END in node:
                        hits.append((j, node[END]))
                    if j == count:
                        break
                    step = node.get(words[j])
                    if step is None:
                        if "-" in words[j]:
                            step = _walk(node, words[j].split("-"))
                        else:
                            step = shorthand.step(node, words[j])
                        if step is None:
                            break
                    node = step
                    j += 1
            for j, numbers in reversed(hits):
                kept: list[int] = []
                shown: list[int] = []
                for number in numbers:
                    lexicon = senses[number].lexicon
                    if covered.get(lexicon, 0) < j:
                        covered[lexicon] = j
                        (shown if self._cue[number] else kept).append(number)
                if kept:
                    found.append(Mention(starts[i], ends[j - 1], *self._meaning(kept)))
                if shown:
                    cues.append(Mention(starts[i], ends[j - 1], *self._meaning(shown)))
        found.sort(key=_place)
        cues.sort(key=_place)
        return found, cues

    def _root(self, word: str) -> Any:
        """The node that forms beginning with a word hang from, None where there is none."""
        node: Any = self._trie.get(word)
        if node is None:
            node = self._shorthand.step(self._trie, word)
        if node is None and "-" in word:
            node = _HYPHENATED
        if len(self._roots) >= _MOST_ROOTS:
            self._roots.clear()
        self._roots[word] = node
        return node

    def names_service(self, label: str) -> bool:
        """Whether a label in lower case is, as a whole, the name of a service."""
        words = label.split()
        starts = [0]
        for word in words[:-1]:
            starts.append(starts[-1] + len(word) + 1)
        ends = [start + len(word) for start, word in zip(starts, words, strict=False)]
        found, _ = self.find(words, starts, ends)
        return any(
            m.start == 0 and m.end == ends[-1] and "service_label" in m.lexicons for m in found
        )

    def _meaning(
        self, numbers: list[int]
    ) -> tuple[tuple[Sense, ...], frozenset[str], frozenset[str]]:
        """Returns the senses of a mention with their lexicons and tags."""
        key = tuple(numbers)
        found = self._meanings.get(key)
        if found is None:
            senses = tuple(self._senses[n] for n in numbers)
            found = self._meanings[key] = (
                senses,
                frozenset(s.lexicon for s in senses),
                frozenset(t for s in senses for t in s.tags),
            )
        return found

    def _hyphenated(
        self, word: str, i: int, words: Sequence[str], count: int
    ) -> list[tuple[int, Sequence[int]]]:
        """Walks a hyphenated token as its parts (``sit-to-stand``, ``stand-pivot transfer``)."""
        node = _walk(self._trie, word.split("-"))
        hits: list[tuple[int, Sequence[int]]] = []
        j = i + 1
        while node is not None:
            if END in node:
                hits.append((j, node[END]))
            if j == count:
                break
            node = node.get(words[j])
            j += 1
        return hits


def _walk(node: Mapping[str, Any] | None, parts: Sequence[str]) -> Mapping[str, Any] | None:
    for part in parts:
        if node is None or not part:
            return None
        node = node.get(part)
    return node


def _place(mention: Mention) -> tuple[int, int]:
    return mention.start, -mention.end
