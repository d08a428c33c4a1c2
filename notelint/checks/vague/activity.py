"""Generic activity phrases (A1): the grammar is ``encounter.generic``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.encounter.emptyresponse import empty_responses
from notelint.encounter.encounter import Encounter
from notelint.encounter.generic import GenericPhrase, generic_phrases
from notelint.encounter.wording import wording
from notelint.language.reading import Reading, Statement
from notelint.rulebook.rule import Hit

_ROLES = frozenset(
    {"treatment", "response", "other", "education", "subjective", "assessment", "pointer"}
)
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
            if _told_by_others(reading, statement) or _is_verdict(reading, statement, phrase):
                continue
            start, end = phrase.span.start, phrase.span.end
            if _THAT_ONE.search(reading.lower, max(statement.start, start - _BEFORE), start):
                continue  # "she fatigued after the table task": one that was told
            if _REPORTED.fullmatch(reading.lower, statement.start, start):
                continue  # "has been doing her exercises"
            if _POINTED.match(reading.lower, end) and reading.has_mention(
                end, end + _AT_ONCE, "pointer"
            ):
                continue  # "thumb ex same as last visit": the pointer is the finding
            if _DEFICITS.search(reading.lower, start, end) and reading.lower.endswith(
                "to ", 0, start
            ):
                continue  # "services provided to address strength and balance deficits"
            if encounter.facts.note_type == "eval" and not _today(reading, statement, phrase):
                continue
            if statement.role in ("assessment", "subjective") and not _reports_work(
                reading.lower, phrase.span.start, phrase.span.end
            ):
                continue
            yield Hit("words", phrase.span.start, phrase.span.end)


_THAT_ONE = re.compile(
    r"\b(?:after|during|before|following|between|throughout)\s+(?:the|this|that|these|those|both|each)\s+$"
)
_BEFORE = 24
#: What the patient has been doing is told of another day.
_REPORTED = wording(r"(?:(?:pt|patient|she|he|client|resident) )?(?:has|have) been ")
#: How near behind a phrase its pointer stands.
_AT_ONCE = 8
_POINTED = re.compile(r"[\s(:-]{1,3}[a-z]")
_DEFICITS = re.compile(r"\b(?:deficits?|impairments?|limitations?)$")


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
            "seen for",
        )
    ) or words.endswith(("performed", "completed", "done", "addressed", "practiced"))


_BY = wording(
    r"\b(?:per|according to) (?:the |his |her )?(?:pt|patient|wife|husband|mom|mother|dad|father|daughter|son|family|caregiver|spouse|staff|nursing|teacher)\b"
)


def _told_by_others(reading: Reading, statement: Statement) -> bool:
    """Whether a statement repeats what somebody says was done elsewhere."""
    return bool(_BY.search(reading.lower, statement.start, statement.end))


def _is_verdict(reading: Reading, statement: Statement, phrase: GenericPhrase) -> bool:
    """Whether a phrase without a domain only carries a verdict ("did all exercises without difficulty")."""
    if phrase.domains:
        return False
    return reading.has_mention(phrase.span.end, statement.end, "response_empty") or any(
        True for _ in empty_responses(reading.lower, phrase.span.start, statement.end)
    )


def _today(reading: Reading, statement: Statement, phrase: GenericPhrase) -> bool:
    """Whether a phrase of an evaluation tells of today: by a verb or minutes, else it is planned."""
    start, end = statement.start, statement.end
    if reading.has_quantity(start, end, "minutes"):
        return True
    return any(
        reading.lower[m.start : m.end].endswith(("ed", "did", "done"))
        for m in reading.mentions_in(phrase.span.start, end, "weak_verb")
    )
