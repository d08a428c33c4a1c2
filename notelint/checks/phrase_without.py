"""``phrase-without``: a phrase of a lexicon without what would make it content (A12, E, F, J, K)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from notelint.encounter.encounter import Encounter
from notelint.encounter.purposes import purposes_in
from notelint.language.reading import Mention, Statement
from notelint.rulebook.params import PhraseWithout
from notelint.rulebook.rule import Hit, Rule

if TYPE_CHECKING:
    from notelint.rulebook.pack import Pack

_ALWAYS_ELSEWHERE = frozenset({"quoted"})


def check(encounter: Encounter, rule: Rule, pack: Pack) -> Iterator[Hit]:
    """Yields a hit for the phrase in each statement that nothing satisfies."""
    del pack
    params: PhraseWithout = rule.params
    reading = encounter.reading
    skip = _ALWAYS_ELSEWHERE | params.not_contexts
    for statement in reading.holding(params.lexicon):
        if params.roles and statement.role not in params.roles:
            continue
        if statement.role in params.not_roles or statement.contexts & skip:
            continue
        for mention in reading.mentions_in(statement.start, statement.end, params.lexicon):
            senses = (s for s in mention.senses if s.lexicon == params.lexicon)
            if not any(not params.tag or params.tag in s.tags for s in senses):
                continue
            if reading.context_at(mention.start) & skip or _satisfied(
                encounter, params, statement, mention
            ):
                continue
            if params.purpose and not _as_purpose(encounter, statement, mention):
                continue
            yield Hit("words", mention.start, mention.end)
            break


def _satisfied(
    encounter: Encounter, params: PhraseWithout, statement: Statement, mention: Mention
) -> bool:
    reading = encounter.reading
    if params.skill_satisfies and encounter.skills:
        return True
    low, high = _window(encounter, params, statement)
    for other in reading.mentions_in(low, high, *params.without) if params.without else ():
        if other.start < mention.end and mention.start < other.end:
            if other.end - other.start > mention.end - mention.start:
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


def _as_purpose(encounter: Encounter, statement: Statement, mention: Mention) -> bool:
    """Whether the phrase is the stated purpose of an activity or is a goal."""
    if statement.role == "goal":
        return True
    reading = encounter.reading
    for purpose in purposes_in(reading, statement.start, statement.end):
        if purpose.place and purpose.place.start <= mention.start < purpose.place.end:
            return purpose.kind != "functional"
    before = reading.lower[max(statement.start, mention.start - 12) : mention.start].rstrip()
    return before.endswith(("for", "goal:", "goal is", "goal of", "to"))
