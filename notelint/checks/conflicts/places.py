"""What every contradiction needs: statements of today, and words that tell two times apart."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.encounter.encounter import Encounter
from notelint.encounter.wording import wording
from notelint.finding import Place
from notelint.language.reading import Reading, Span, Statement
from notelint.rulebook.rule import Hit

_ROLES = frozenset(
    {"treatment", "response", "assessment", "measure", "other", "education", "precaution"}
)
_ELSEWHEN = frozenset(
    {"planned", "historical", "home", "quoted", "hypothetical", "family", "goal", "report"}
)
_APART = wording(
    r"\b(?:initial\w*|first|last|then|after|before|progress\w*|advanc\w*|from|start\w*|end|by end|now|later|again|improv\w*|trials?|attempts?|"
    r"when|if|unless|until|once|fatigue\w*|pre|post|previous\w*|prior|was|were|eval|baseline|plof|am|pm|morning|afternoon|occasional\w*|intermittent\w*|"
    r"mostly|sometimes|at times|versus|vs|second|third|rep|reps|round|set|new|novel|unfamiliar|goal|expected|will|wife|husband|daughter|son|cg|caregiver|facility|nursing)\b|->|→|=>|<"
)


def today(reading: Reading) -> Iterator[Statement]:
    """Yields the statements about today's session."""
    yield from reading.where(_is_today)


def _is_today(_: Reading, statement: Statement) -> bool:
    return statement.role in _ROLES and not statement.contexts & _ELSEWHEN


def apart(reading: Reading, start: int, end: int) -> bool:
    """Whether words speak of before and after, of several trials, or of other people."""
    return bool(_APART.search(reading.lower, start, end))


def conflict(encounter: Encounter, one: Span, other: Span) -> Hit:
    """A hit on the later place with the earlier one as evidence, and both in the message."""
    first, second = sorted((one, other), key=lambda span: span.start)
    text = encounter.text
    return Hit(
        "words", second.start, second.end,
        fields={"first": " ".join(text[first.start : first.end].split())},
        evidence=(Place("evidence", "text", first.start, first.end, "the other statement"),),
    )  # fmt: skip
