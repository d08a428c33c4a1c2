"""Two weight-bearing states of one limb in one session (K2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.checks.conflicts.places import apart, conflict
from notelint.encounter.encounter import Encounter
from notelint.encounter.wording import wording
from notelint.language.reading import Span
from notelint.rulebook.rule import Hit

_STATE = wording(
    r"\b(?:(?P<none>nwb|non[- ]?weight[- ]?bearing)|(?P<touch>ttwb|tdwb|toe[- ]touch(?: weight[- ]?bearing)?|touch[- ]?down weight[- ]?bearing)|"
    r"(?P<part>pwb|partial weight[- ]?bearing)|(?P<free>wbat|fwb|weight[- ]?bearing as tolerated|full weight[- ]?bearing))\b"
)
_SIDE = re.compile(r"\b(?:(?P<left>l|left|lle|lue)|(?P<right>r|right|rle|rue))\b")
_LIMB = re.compile(
    r"\b(?:(?P<upper>ue|lue|rue|arm|hand|wrist|shoulder|elbow|humerus|forearm)|(?P<lower>le|lle|rle|leg|foot|ankle|knee|hip|tibia|femur|heel))\b"
)
_ELSEWHEN = frozenset(
    {"planned", "historical", "quoted", "hypothetical", "goal", "home", "negated"}
)
_ROLES = frozenset({"plan", "goal", "history", "hep", "subjective"})
_CHANGES = wording(
    r"\b(?:md|surgeon|physician|ortho|order\w*|upgrad\w*|clear\w*|lift\w*|week|wk|wks|weeks|visit|x-?ray|until|thru|through|next|simulat\w*|maintain\w*|compliant|adher\w*|status|education|educated|other)\b"
)


def contradicting_bearing(encounter: Encounter) -> Iterator[Hit]:
    """Yields a hit where non-weight-bearing and another state stand for the same limb today."""
    reading = encounter.reading
    if "w" not in reading.lower:
        return
    found: list[tuple[str, str, str, Span]] = []
    for match in reading.matches(_STATE):
        statement = reading.statement_at(match.start())
        if statement is None or statement.role in _ROLES or statement.contexts & _ELSEWHEN:
            continue
        if "negated" in reading.context_at(match.start()):
            continue  # the box before it is empty
        if apart(reading, statement.start, statement.end) or _CHANGES.search(
            reading.lower, statement.start, statement.end
        ):
            continue
        near = reading.lower[
            max(statement.start, match.start() - 18) : min(statement.end, match.end() + 14)
        ]
        state = next(name for name, value in match.groupdict().items() if value)
        found.append((state, _of(_SIDE, near), _of(_LIMB, near), Span(match.start(), match.end())))
    for i, (state, side, limb, place) in enumerate(found):
        for other, other_side, other_limb, other_place in found[:i]:
            if "none" not in (state, other) or state == other:
                continue
            if _differ(side, other_side) or _differ(limb, other_limb):
                continue
            yield conflict(encounter, other_place, place)
            return


def _of(pattern: re.Pattern[str], words: str) -> str:
    names = {
        name
        for match in pattern.finditer(words)
        for name, value in match.groupdict().items()
        if value
    }
    return names.pop() if len(names) == 1 else ("many" if names else "")


def _differ(one: str, other: str) -> bool:
    return "many" in (one, other) or bool(one and other and one != other)
