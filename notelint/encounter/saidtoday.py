"""Tells today's data from goals, plans and history where a heading hides the difference.

"Goal 1: /k/ initial words. 34/40 with a visual cue" stands under a goal heading and is what was
done today; "Pt will name 8/10" is not. "S:" is over once an exercise is dosed, whether or not a
heading says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from notelint.encounter.arrival import is_arrival
from notelint.encounter.wording import wording
from notelint.language.reading import Reading, Statement

#: Contexts that take a whole statement out of today's session.
SKIPPED = frozenset({"planned", "historical", "home", "quoted", "hypothetical"})

_WISH = wording(
    r"\b(?:will|to be able|by (?:discharge|d/c|\d|week|visit)|within \d|in \d+ (?:weeks?|wks?|visits?|months?)|target|for \d+ (?:consecutive )?(?:sessions|visits)|x \d+ sessions"
    r"|stg|ltg|short[- ]term|long[- ]term|≥|>=|at least)\b|[≥]"
)
#: "Goal 2 (heel strike 7/10 steps): 3/10 steps today": the goal, and what came of it.
_NOW = wording(r": ?\d[^:\n]{0,30}\btoday\b")
_DATA = ("count", "score", "percent", "scale", "grade", "seconds", "dose")


def said_as_data(reading: Reading, statement: Statement) -> bool:
    """Whether a statement under a goal heading reports data instead of stating a goal."""
    if statement.role != "goal" or _WISH.search(reading.lower, statement.start, statement.end):
        return False
    if reading.section_of(statement).kind != "goals" and not _NOW.search(
        reading.lower, statement.start, statement.end
    ):
        return False
    if reading.has_quantity(statement.start, statement.end, *_DATA):
        return True
    return reading.has_mention(statement.start, statement.end, "cue")


#: Roles that speak of the session wherever they stand.
_OPEN = frozenset({
    "treatment", "response", "assessment", "measure", "other", "education", "precaution",
    "heading", "header",
})  # fmt: skip
#: "One stumble in the hallway Monday, caught herself": told of another day.
_OTHER_DAY = wording(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|last (?:night|week|visit)|over the weekend|since)\b"
)
_CLOSED = frozenset({"plan", "goal", "history"})
_AWAY = frozenset({"planned", "home", "hypothetical"})
_DOSED = ("dose", "reps", "sets", "hold", "load", "code", "minutes", "distance")
_LABELS = ("service_label", "generic_modifier", "circular")
_DONE = ("exercise", "task", "technique", "modality", "cue", "skill", "device")


def told_today(reading: Reading) -> Iterator[Statement]:
    """Yields the statements that may tell of the session, in whatever role they were read.

    What the patient reports and what stands under a heading of codes counts from the first
    statement on that doses a treatment; plans, goals and history never do.
    """
    begun = False
    for statement in reading.statements:
        if statement.role in _CLOSED:
            if reading.answer(said_as_data, statement):
                yield statement
            continue
        if statement.contexts & _AWAY and statement.role not in ("hep", "treatment"):
            continue
        if is_arrival(reading, statement) and (
            statement.role != "treatment"
            or _OTHER_DAY.search(reading.lower, statement.start, statement.end)
        ):
            continue
        begun = begun or reading.answer(_treats, statement)
        if begun or statement.role in _OPEN:
            yield statement


def _treats(reading: Reading, statement: Statement) -> bool:
    """Whether a statement names something done, and is treatment or gives it a dose or a code."""
    if statement.role in ("caregiver_report", "signature") or "report" in statement.contexts:
        return False
    start, end = statement.start, statement.end
    if not any(not m.is_a(*_LABELS) for m in reading.mentions_in(start, end, *_DONE)):
        return False
    return statement.role == "treatment" or reading.has_quantity(start, end, *_DOSED)
