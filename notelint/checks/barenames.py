"""Sentences that are nothing but the names of work, as the whole account of a session (A2)."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.checks.described import SKIPPED, TELLING
from notelint.encounter.encounter import Encounter
from notelint.language.loose import loose
from notelint.language.reading import Reading, Statement
from notelint.rulebook.rule import Hit

#: A sentence that is the name of a kind of work, with a device or a place at most.
_NAME_ONLY = loose(
    r"(?:gait|ambulation|walking|amb|transfers?|xfers?|balance|stairs|stair climbing|bed mobility|strengthening|stretching|endurance|rom|exercises?|ther ?ex|adls?|self[- ]care|mobility|posture|coordination)"
    r"(?: (?:training|trng|work|practice))?(?: (?:in|around|at|on) (?:the )?(?:home|house|apartment|room|hall\w*|gym|clinic|level surfaces?))?(?: (?:w/|with|using|w) (?:an? |the )?(?:rw|fww|2ww|4ww|sw|spc|lbqc|cane|walker|rollator|device|ad))?\W*"
)
#: So many such names in one note are its account of the session.
_NAMES_TOLD = 2


def bare_names(encounter: Encounter) -> Iterator[Hit]:
    """Sentences that are nothing but names of work ("Gait in home w/ FWW. Transfers. Balance."), in a
    note that gives no distance, dose or level anywhere."""
    reading = encounter.reading
    named = list(reading.where(_is_name_only))
    if len(named) < _NAMES_TOLD or any(
        reading.has_mention(s.start, s.end, "assist")
        or reading.has_quantity(s.start, s.end, "distance", "dose", "reps", "load")
        for s in reading.statements
        if s.role in TELLING
    ):
        return
    for statement in named:
        words = reading.slice(statement.span).rstrip(" .,;")
        yield Hit("words", statement.start, statement.start + len(words), fields={"label": words})


def _is_name_only(reading: Reading, statement: Statement) -> bool:
    return (
        statement.role in ("treatment", "other")
        and not statement.contexts & (SKIPPED - {"home"})
        and _NAME_ONLY.fullmatch(reading.lower, statement.start, statement.end) is not None
    )
