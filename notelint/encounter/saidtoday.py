"""Tells today's data from goals, plans and history where a heading hides the difference.

"Goal 1: /k/ initial words. 34/40 with a visual cue" stands under a goal heading and is what was
done today; "Pt will name 8/10" is not.
"""

from __future__ import annotations

from notelint.encounter.wording import wording
from notelint.language.reading import Reading, Statement

#: Contexts that take a whole statement out of today's session.
SKIPPED = frozenset({"planned", "historical", "home", "quoted", "hypothetical"})

_WISH = wording(
    r"\b(?:will|to be able|by (?:discharge|d/c|\d|week|visit)|within \d|in \d+ (?:weeks?|wks?|visits?|months?)|target|for \d+ (?:consecutive )?(?:sessions|visits)|x \d+ sessions"
    r"|stg|ltg|short[- ]term|long[- ]term|≥|>=|at least)\b|[≥]"
)
_DATA = ("count", "score", "percent", "scale", "grade", "seconds", "dose")


def said_as_data(reading: Reading, statement: Statement) -> bool:
    """Whether a statement under a goal heading reports data instead of stating a goal."""
    if statement.role != "goal" or _WISH.search(reading.lower, statement.start, statement.end):
        return False
    if reading.section_of(statement).kind != "goals":
        return False
    if any(True for _ in reading.quantities_in(statement.start, statement.end, *_DATA)):
        return True
    return any(True for _ in reading.mentions_in(statement.start, statement.end, "cue"))
