"""Slots of goals: function, measure, baseline, time, and whose action it is (B3-B6, B10)."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.encounter.encounter import Encounter, Goal
from notelint.rulebook.params import SlotMissing
from notelint.rulebook.rule import Hit

_DONE = ("met", "achieved", "discontinued", "d/c'd")


def missing_function(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """Goals that name only an impairment. A short-term goal may serve a long-term one."""
    del params
    if encounter.facts.discipline == "SLP":
        return
    for goal in _active(encounter):
        if goal.kind == "impairment":
            yield _hit(goal)


def missing_measure(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """Goals without number, level, scale or criterion."""
    del params
    for goal in _active(encounter):
        if goal.measure is None and goal.kind != "participation":
            yield _hit(goal)


def missing_baseline(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """Goals with a target and no current level in the goal or among the note's measures."""
    del params
    if encounter.measures or encounter.facts.note_type == "eval":
        return
    for goal in _active(encounter):
        if goal.measure is not None and goal.baseline is None:
            yield _hit(goal)


def missing_time(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """Goals without date, weeks, visits or "by discharge" in the goal or its heading."""
    del params
    for goal in _active(encounter):
        if goal.by_when is None:
            yield _hit(goal)


def participation_only(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """Goals that are met by attending therapy, or whose subject is the therapist."""
    del params
    for goal in _active(encounter):
        if goal.kind == "participation":
            yield _hit(goal)


def _active(encounter: Encounter) -> Iterator[Goal]:
    for goal in encounter.goals:
        if goal.place is None or (goal.status and goal.status.value in _DONE):
            continue
        if encounter.reading.context_at(goal.place.start) & {"quoted"}:
            continue
        yield goal


def _hit(goal: Goal) -> Hit:
    assert goal.place is not None
    return Hit("statement", goal.place.start, goal.place.end, fields={"goal": goal.id}, facts={"horizon": goal.horizon})
