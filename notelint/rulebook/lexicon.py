"""Lexicons: the field's words as data, with inflections, abbreviations and all senses.

A lexicon file lists groups; a group has tags and terms; a term is ``canonical | form | form``.
``inflect: noun`` adds plurals, ``inflect: verb`` adds -s, -ed, -ing on the first word; irregular
forms are written out. ``followed_by`` completes every form with each of its words ("wheelchair"
with "training | mgmt"); several groups share a list by its name in ``endings``. Forms tagged
``capitals`` are abbreviations that small letters turn into other words ("MET" and "met"): they hold
only as written in capitals. A hyphenated writing ("sit-to-stand") needs no form of its own: the
index walks its parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

#: form → senses, each (lexicon, canonical term, tags).
FormTable = Mapping[str, tuple[tuple[str, str, tuple[str, ...]], ...]]

_VOWELS = frozenset("aeiou")


@dataclass(frozen=True, slots=True)
class Group:
    """Terms that share tags and inflection."""

    terms: tuple[str, ...]
    tags: tuple[str, ...] = ()
    inflect: Literal["none", "noun", "verb"] = "none"
    followed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One file of ``rules/lexicon/``."""

    lexicon: str
    about: str
    groups: tuple[Group, ...] = field(default=())
    source: str = ""
    endings: Mapping[str, str] = field(default_factory=dict)

    def forms(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """Yields (form, canonical term, tags), inflected."""
        for group in self.groups:
            for term in group.terms:
                written = [" ".join(part.split()).lower() for part in term.split("|")]
                canonical = written[0]
                for form in written:
                    for inflected in inflections(form, group.inflect):
                        for whole in self._completed(group, inflected):
                            yield whole, canonical, group.tags

    def _completed(self, group: Group, form: str) -> Iterator[str]:
        """Yields a form with each of the words that may follow it, or as it is where none must."""
        if not group.followed_by:
            yield form
        for words in group.followed_by:
            for word in self.endings.get(words, words).split("|"):
                yield f"{form} {' '.join(word.split()).lower()}"


def inflections(form: str, how: str) -> Iterable[str]:
    """Returns the form with its inflections; abbreviations and non-words stay as they are."""
    if how == "noun":
        return dict.fromkeys((form, plural(form)))
    if how == "verb":
        first, _, rest = form.partition(" ")
        tail = f" {rest}" if rest else ""
        return dict.fromkeys(f"{verb}{tail}" for verb in verb_forms(first))
    return (form,)


def plural(form: str) -> str:
    """Returns the plural of a noun phrase (its last word)."""
    if not form[-1:].isalpha() or form.endswith("s"):
        return form
    if form.endswith(("x", "ch", "sh", "z")):
        return form + "es"
    if form.endswith("y") and form[-2:-1] not in _VOWELS:
        return form[:-1] + "ies"
    return form + "s"


def verb_forms(verb: str) -> tuple[str, ...]:
    """Returns base, -s, -ed and -ing of a regular verb given as its base form."""
    if not verb.isalpha():
        return (verb,)
    third = plural(verb)
    if verb.endswith("s") and not verb.endswith("es"):
        third = verb + "es"
    if verb.endswith("e"):
        return verb, third, verb + "d", (verb[:-1] if not verb.endswith("ee") else verb) + "ing"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb, third, verb[:-1] + "ied", verb + "ing"
    stem = verb + verb[-1] if _doubles(verb) else verb
    return verb, third, stem + "ed", stem + "ing"


def _doubles(verb: str) -> bool:
    """Whether a short verb doubles its last consonant (step → stepped)."""
    return (
        3 <= len(verb) <= 4
        and verb[-1] not in _VOWELS | frozenset("wxyh")
        and verb[-2] in _VOWELS
        and verb[-3] not in _VOWELS
    )


def form_table(
    lexicons: Iterable[Lexicon],
) -> dict[str, tuple[tuple[str, str, tuple[str, ...]], ...]]:
    """Joins lexicons into one table of forms with all their senses, in a stable order."""
    table: dict[str, dict[tuple[str, str], set[str]]] = {}
    for lexicon in lexicons:
        for form, canonical, tags in lexicon.forms():
            senses = table.setdefault(form, {})
            senses.setdefault((lexicon.lexicon, canonical), set()).update(tags)
    return {
        form: tuple((lex, term, tuple(sorted(tags))) for (lex, term), tags in senses.items())
        for form, senses in sorted(table.items())
    }


def trie_of(
    table: FormTable, tokenize: Callable[[str], Sequence[str]]
) -> tuple[dict[str, Any], list[Any]]:
    """Returns the word trie of a form table and the list of senses its leaves number.

    Args:
        table: all forms with their senses.
        tokenize: splits a form the way the note tokenizer does.
    """
    senses: list[Any] = []
    numbers: dict[tuple[str, str, tuple[str, ...]], int] = {}
    trie: dict[str, Any] = {}
    for form, meanings in table.items():
        node = trie
        for word in tokenize(form):
            node = node.setdefault(word, {})
        leaf = node.setdefault("", [])
        for meaning in meanings:
            number = numbers.get(meaning)
            if number is None:
                number = numbers[meaning] = len(senses)
                senses.append(list(meaning))
            if number not in leaf:
                leaf.append(number)
    return trie, senses
