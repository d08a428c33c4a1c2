"""Measured limbs without a side, where the record carries sides for them (F10)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.encounter.encounter import Encounter
from notelint.encounter.wording import wording
from notelint.language.reading import Mention, Reading, Statement
from notelint.rulebook.params import SlotMissing
from notelint.rulebook.rule import Hit

_ROLES = frozenset({"treatment", "measure", "other"})
_SKIP = frozenset({"planned", "historical", "quoted", "negated", "home"})
_SIDE = wording(
    r"\b(?:[rlb]|rt|lt|right|left|bilat\w*|bil|b/l|both|each|sides?|bue|ble|rue|lue|rle|lle|uninvolved|unaffected|involved|affected|operat\w+|surgical|op|symptomatic|ipsi\w*|contra\w*|dominant)\b|\b(?:r|l|b)(?=\s?(?:shld|knee|hip|ankle|elbow|wrist|hand|foot))"
)
_SIDED = wording(r"\b(?:r|l|rt|lt|right|left)\s(?:\w+\s){0,2}$")
_LIMBS = frozenset({"knee", "hip", "ankle", "shoulder", "elbow", "wrist", "hand", "forearm"})
_VALUES = ("rom", "grade", "scale")


def missing_side(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """The first measured limb of a note whose statement and neighbours name no side."""
    del params
    reading = encounter.reading
    sided = _sided(encounter)
    if not sided:
        return
    for statement in reading.statements:
        if statement.role not in _ROLES or statement.contexts & _SKIP:
            continue
        mention = _unsided(reading, statement, sided)
        if mention is not None:
            yield Hit("words", mention.start, mention.end)
            return


def _sided(encounter: Encounter) -> frozenset[str]:
    """The limbs for which a goal, report, diagnosis or the record names right or left."""
    reading = encounter.reading
    found = set()
    for statement in reading.holding("body"):
        if statement.role in _ROLES:
            continue
        for mention in reading.mentions_in(statement.start, statement.end, "body"):
            sense = mention.sense("body")
            if (
                sense
                and sense.term in _LIMBS
                and _SIDED.search(reading.lower, statement.start, mention.start)
            ):
                found.add(sense.term)
    for goal in encounter.note.goals:
        words = goal.text.lower()
        found.update(
            limb for limb in _LIMBS if re.search(rf"\b(?:r|l|right|left)\s{limb}\b", words)
        )
    return frozenset(found)


def _unsided(reading: Reading, statement: Statement, sided: frozenset[str]) -> Mention | None:
    above = reading.statements[max(0, statement.index - 1)]
    low = above.start if above.section == statement.section else statement.start
    if not reading.has_quantity(statement.start, statement.end, *_VALUES):
        return None
    if _SIDE.search(reading.lower, low, statement.end):
        return None
    for mention in reading.mentions_in(statement.start, statement.end, "body", "exercise"):
        if any(limb in reading.lower[mention.start : mention.end] for limb in sided):
            return mention
    return None
