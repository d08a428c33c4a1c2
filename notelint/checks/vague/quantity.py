"""Quantities that count nothing, right before what could be counted (A7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.encounter.encounter import Encounter
from notelint.language.reading import Mention, Reading, Statement
from notelint.rulebook.rule import Hit

_ROLES = frozenset({"treatment", "response", "education", "other"})
_SKIP = frozenset({"quoted", "planned", "historical", "home", "goal", "report"})
_COUNTABLE = re.compile(
    r"^\s*(?:of\s|different\s|verbal\s|tactile\s|visual\s|standing\s|seated\s|functional\s|ue\s|le\s|more\s)*(?:reps?|repetitions?|sets?|trials?|cues?|vcs?|tcs?|prompts?|exercises?|rests?|rest breaks?|breaks?|attempts?|times|laps?|steps?|stairs|transfers?|sit[- ]to[- ]stands?|sts|squats?|tasks?|activities|lobs?|losses of balance|bites|sips|errors?|reminders|objects|items|bouts|redirections?)\b"
)
_COUNTS = frozenset(
    {
        "dose",
        "reps",
        "sets",
        "count",
        "distance",
        "seconds",
        "minutes",
        "score",
        "percent",
        "steps",
        "hold",
        "load",
    }
)


#: Nothing but an adjective or two between a quantity and what it counts.
_ADJACENT = re.compile(r"\s*(?:of\s+)?(?:[a-z-]+\s+){0,2}")
_COUNTED = ("exercise", "object", "speech_task", "cue")


def vague(encounter: Encounter) -> Iterator[Hit]:
    """Yields each vague quantity in a clause without a number."""
    reading = encounter.reading
    for statement in reading.holding("vague_quantity"):
        if statement.role not in _ROLES or statement.contexts & _SKIP:
            continue
        for mention in reading.mentions_in(statement.start, statement.end, "vague_quantity"):
            tail = reading.lower[mention.end : mention.end + 48]
            words = reading.lower[mention.start : mention.end]
            fatigue = (
                "tired" in words
                or " to tol" in f" {words}"
                or "fatigue" in words
                or "tolerat" in words
                or "failure" in words
                or "tolerance" in words
            )
            countable = _COUNTABLE.match(tail)
            counted = (
                next(reading.mentions_in(mention.end, mention.end + 24, *_COUNTED), None)
                if not countable
                else None
            )
            if counted is not None and not _ADJACENT.fullmatch(
                reading.lower[mention.end : counted.start]
            ):
                counted = None
            if not fatigue and not countable and counted is None:
                continue
            if _counted(reading, statement, mention, whole=fatigue):
                continue
            end = mention.end + (countable.end() if countable else 0)
            end = counted.end if counted is not None else end
            yield Hit("words", mention.start, end)


def _counted(reading: Reading, statement: Statement, mention: Mention, *, whole: bool) -> bool:
    """Whether the clause counts; for "to fatigue" the count reached may stand anywhere after it."""
    clause = next(
        (c for c in statement.clauses if c.start <= mention.start < c.end), statement.span
    )
    start, end = (clause.start, statement.end) if whole else (clause.start, clause.end)
    kinds = _COUNTS | {"rpe", "number"} if whole else _COUNTS
    return any(
        q.kind in kinds and not (q.kind == "minutes" and not q.look_alike)
        for q in reading.quantities_in(start, end)
    )
