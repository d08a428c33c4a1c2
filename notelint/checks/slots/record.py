"""What a record as a whole lacks: any goal at all (B2)."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.encounter.encounter import Encounter
from notelint.rulebook.params import SlotMissing
from notelint.rulebook.rule import Hit


def missing_goal(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """One hit of note scope when neither text nor record holds a goal, an id or a goal statement."""
    del params
    if encounter.goals or encounter.goal_refs or encounter.note.goals:
        return
    if any(s.role == "goal" for s in encounter.reading.statements):
        return
    yield Hit("note")
