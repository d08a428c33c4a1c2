"""How far a note documents its care, which tells how sure a finding of missing words can be.

In notes by new voices that show three of skill, a response, a next step and a function as a purpose,
43 of 50 warnings about missing words (levels, purposes, elements of a code, bare names) stood where
nothing was missing; in the others 11 of 55 did (``corpora/REVEALED.md``, sixth round). So in a note
that documents its care such a finding is a hint.
"""

from __future__ import annotations

from notelint.encounter.encounter import Encounter
from notelint.encounter.signs import signs_of

#: Of the four signs so many make a note that documents its care.
_SIGNS = 3
_ALL_SIGNS = 4


def stage_of(encounter: Encounter) -> str:
    """Returns ``documented`` or ``thin``. It is the ``stage`` of a severity case."""
    return "documented" if signs_of(encounter.reading).count >= _SIGNS else "thin"


def hint_stage_of(encounter: Encounter) -> str:
    """Returns ``complete`` for a note that shows all four signs, else what ``stage_of`` says: there
    51 of 151 judged hints about one purpose or one cue more were right in the train notes."""
    return "complete" if signs_of(encounter.reading).count == _ALL_SIGNS else stage_of(encounter)


def only_goes_on(encounter: Encounter) -> bool:
    """Whether no plan does more than continue: then words that no list knows hide no great care."""
    return not any(item.has_next_step for item in encounter.plan_items)


def names_function(encounter: Encounter) -> bool:
    """Whether the note names a function as the purpose of anything at all."""
    return signs_of(encounter.reading).names_function
