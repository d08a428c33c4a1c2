"""How far a note documents its care, which tells how sure a finding of missing words can be.

In notes by new voices that show three of skill, a response, a next step and a function as a purpose,
43 of 50 warnings about missing words (levels, purposes, elements of a code, bare names) stood where
nothing was missing; in the others 11 of 55 did (``corpora/REVEALED.md``, sixth round). So in a note
that documents its care such a finding is a hint.
"""

from __future__ import annotations

from notelint.encounter.encounter import Encounter
from notelint.encounter.purposes import purposes_in
from notelint.language.reading import Reading, Statement

#: Of the four signs so many make a note that documents its care.
_SIGNS = 3


def stage_of(encounter: Encounter) -> str:
    """Returns ``documented`` or ``thin``; found once an encounter. It is the ``stage`` of a severity case."""
    key = ("stage", -1)
    known: str | None = encounter.memo.get(key)
    if known is None:
        signs = (
            bool(encounter.skills),
            any(not response.empty for response in encounter.responses),
            any(item.has_next_step for item in encounter.plan_items),
            names_function(encounter),
        )
        known = encounter.memo[key] = "documented" if sum(signs) >= _SIGNS else "thin"
    return known


def only_goes_on(encounter: Encounter) -> bool:
    """Whether no plan does more than continue: then words that no list knows hide no great care."""
    return not any(item.has_next_step for item in encounter.plan_items)


def names_function(encounter: Encounter) -> bool:
    """Whether the note names a function as the purpose of anything at all."""
    return any(True for _ in encounter.reading.where(_names_function))


def _names_function(reading: Reading, statement: Statement) -> bool:
    return any(p.kind == "functional" for p in purposes_in(reading, statement.start, statement.end))
