"""Generic activity phrases (A1): the grammar is ``encounter.generic``."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.encounter.encounter import Encounter
from notelint.encounter.generic import generic_phrases
from notelint.rulebook.rule import Hit

_ROLES = frozenset({"treatment", "response", "other", "education", "subjective", "assessment"})
_SKIP = frozenset(
    {
        "planned",
        "historical",
        "home",
        "quoted",
        "goal",
        "hypothetical",
        "report",
        "family",
        "negated",
    }
)


def vague(encounter: Encounter) -> Iterator[Hit]:
    """Yields the generic phrases of today's treatment."""
    reading = encounter.reading
    for statement in reading.statements:
        if statement.role not in _ROLES or statement.contexts & _SKIP:
            continue
        if statement.role == "subjective" and reading.section_of(statement).kind != "body":
            continue
        for phrase in generic_phrases(reading, statement):
            if reading.context_at(phrase.span.start) & _SKIP:
                continue
            if statement.role in ("assessment", "subjective") and not _reports_work(
                reading.lower, phrase.span.start, phrase.span.end
            ):
                continue
            yield Hit("words", phrase.span.start, phrase.span.end)


def _reports_work(lower: str, start: int, end: int) -> bool:
    """In an assessment only a phrase with a verb of doing tells of today's work."""
    words = lower[start:end]
    return words.startswith(
        (
            "perform",
            "complet",
            "participat",
            "work",
            "practic",
            "engag",
            "address",
            "focus",
            "target",
            "did ",
        )
    ) or words.endswith(("performed", "completed", "done", "addressed", "practiced"))
