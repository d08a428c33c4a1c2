"""What a record as a whole lacks: any goal at all (B2)."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.checks.documented import stage_of
from notelint.encounter.encounter import Encounter
from notelint.language.loose import loose
from notelint.rulebook.params import SlotMissing
from notelint.rulebook.rule import Hit

_NONE = loose(r"^\W*(?:goals?\W*)?(?:see|per|refer|as (?:in|per)|n/?a|none|unchanged|\W*$)")


def missing_goal(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """One hit of note scope when neither text nor record holds a goal, an id or a functional aim."""
    del params
    if encounter.goals or encounter.goal_refs or encounter.note.goals or encounter.session_purpose:
        return
    if any(a.purpose and a.purpose.kind == "functional" for a in encounter.activities):
        return
    reading = encounter.reading
    for statement in reading.statements:
        if statement.role == "goal" and not _NONE.match(
            reading.lower[statement.start : statement.end]
        ):
            return
    yield Hit("note", facts={"stage": stage_of(encounter)})
