"""``phrase-without``: a phrase of a lexicon without what would make it content (A12, E, F, J, K)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from notelint.encounter.encounter import Encounter
from notelint.encounter.purposes import purposes_in
from notelint.encounter.skillclaims import skill_claim
from notelint.language.reading import Reading, Span, Statement
from notelint.rulebook.params import PhraseWithout
from notelint.rulebook.rule import Hit, Rule

if TYPE_CHECKING:
    from notelint.rulebook.pack import Pack

_ALWAYS_ELSEWHERE = frozenset({"quoted"})

_Grammar = Callable[[Reading, Statement], Span | None]
_GRAMMARS: Mapping[str, _Grammar] = {"skill_claim": skill_claim}


def check(encounter: Encounter, rule: Rule, pack: Pack) -> Iterator[Hit]:
    """Yields a hit for the phrase in each statement that nothing satisfies."""
    del pack
    params: PhraseWithout = rule.params
    reading = encounter.reading
    grammar = _GRAMMARS.get(params.grammar)
    statements = reading.holding(params.lexicon) if grammar is None else reading.statements
    skip = _ALWAYS_ELSEWHERE | params.not_contexts
    for statement in statements:
        if params.roles and statement.role not in params.roles:
            continue
        if statement.role in params.not_roles or statement.contexts & skip:
            continue
        for place in _phrases(reading, statement, params, grammar):
            if reading.context_at(place.start) & skip or _satisfied(
                encounter, params, statement, place
            ):
                continue
            if params.purpose and not _as_purpose(encounter, statement, place):
                continue
            yield Hit("words", place.start, place.end)
            break


def _phrases(
    reading: Reading, statement: Statement, params: PhraseWithout, grammar: _Grammar | None
) -> Iterator[Span]:
    """Yields the places of the phrase: what the lexicon holds, then what the grammar finds."""
    for mention in reading.mentions_in(statement.start, statement.end, params.lexicon):
        senses = (s for s in mention.senses if s.lexicon == params.lexicon)
        if any(not params.tag or params.tag in s.tags for s in senses):
            yield Span(mention.start, mention.end)
    worded = grammar(reading, statement) if grammar is not None else None
    if worded is not None:
        yield worded


def _satisfied(
    encounter: Encounter, params: PhraseWithout, statement: Statement, place: Span
) -> bool:
    reading = encounter.reading
    if params.skill_satisfies and encounter.skills:
        return True
    low, high = _window(encounter, params, statement)
    for other in reading.mentions_in(low, high, *params.without) if params.without else ():
        if other.start < place.end and place.start < other.end:
            if other.end - other.start > place.end - place.start:
                return True
            continue
        if not params.without_tags or any(other.has_tag(tag) for tag in params.without_tags):
            return True
    kinds = params.without_quantities
    return bool(kinds) and reading.has_quantity(low, high, *kinds)


def _window(encounter: Encounter, params: PhraseWithout, statement: Statement) -> tuple[int, int]:
    reading = encounter.reading
    if params.within == "note":
        return 0, len(reading.text)
    if params.within == "section":
        section = reading.section_of(statement)
        return section.body_start, section.end
    if params.within == "neighbours":
        last = len(reading.statements) - 1
        return (
            reading.statements[max(0, statement.index - 1)].start,
            reading.statements[min(last, statement.index + 1)].end,
        )
    return statement.start, statement.end


def _as_purpose(encounter: Encounter, statement: Statement, place: Span) -> bool:
    """Whether the phrase is the stated purpose of an activity or is a goal."""
    if statement.role == "goal":
        return True
    reading = encounter.reading
    for purpose in purposes_in(reading, statement.start, statement.end):
        if purpose.place and purpose.place.start <= place.start < purpose.place.end:
            return purpose.kind != "functional"
    before = reading.lower[max(statement.start, place.start - 12) : place.start].rstrip()
    return before.endswith(("for", "goal:", "goal is", "goal of", "to"))
