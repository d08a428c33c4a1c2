"""Progress claimed by an adjective, without value, comparison or regained function (A6)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.encounter.encounter import Encounter
from notelint.encounter.wording import wording
from notelint.language.reading import Mention, Reading, Statement
from notelint.rulebook.rule import Hit

_ROLES = frozenset({"assessment", "response", "other", "treatment", "subjective", "plan"})
_SKIP = frozenset({"quoted", "planned", "historical", "goal", "hypothetical"})
_VALUES = frozenset(
    {
        "score",
        "grade",
        "scale",
        "rom",
        "percent",
        "distance",
        "seconds",
        "count",
        "speed",
        "vitals",
        "rpe",
        "load",
        "dose",
        "level",
        "height",
        "reps",
    }
)
_COMPARES = re.compile(
    r"\b(?:from|to|than|was|vs\.?|compared|since|now|down|up|only|no longer|able to|instead|fewer|less|last (?:visit|session|week|time))\b|->|→"
)


def vague(encounter: Encounter) -> Iterator[Hit]:
    """Yields the first progress claim of a section that holds no metric and no comparison."""
    reading = encounter.reading
    told: set[int] = set()
    for statement in reading.statements:
        if statement.role not in _ROLES or statement.contexts & _SKIP or statement.section in told:
            continue
        if (
            statement.role in ("subjective", "plan")
            and reading.section_of(statement).kind != "body"
        ):
            continue
        for mention in reading.mentions_in(statement.start, statement.end, "progress_vague"):
            if reading.context_at(mention.start) & (_SKIP | {"negated"}) or not _claims(
                reading, mention, statement
            ):
                continue
            if _supported(reading, statement):
                continue
            told.add(statement.section)
            yield Hit("words", mention.start, mention.end)
            break
        else:
            match = _WORDED.search(reading.lower, statement.start, statement.end)
            if (
                match
                and not reading.context_at(match.start()) & (_SKIP | {"negated"})
                and not _supported(reading, statement)
            ):
                told.add(statement.section)
                yield Hit("words", match.start(), match.end())


_WORDED = wording(
    r"\b(?:continues? to|is|are|seems?|appears?|looks?|looking|has|have|overall|showing|shows|shown|demonstrat\w+|making|getting|feels?) (?:(?:a lot|much|so much|doing|definitely|slowly|steadily|overall|greatly|very|really|quite|some|nice|good|great|steady|continued|an|well|to|be) ){0,2}?"
    r"(?:get(?:ting)? better|better|improved?(?: (?:performance|function|overall|greatly|a lot|nicely|significantly|quality))?|improving|improvements?|progress(?:ing|ed)?|stronger|gains?|good|great|moving (?:along|in the right direction)|advancing)\b"
    r"|\b(?:moving|heading|going) in the right direction\b|\b(?:advancing|progressing|improving) (?:well|nicely|steadily|slowly)\b|\bgreat(?:ly)? improved\b"
)


_WEAK_ALONE = frozenset(
    {
        "improved",
        "improving",
        "improvement",
        "better",
        "progressing",
        "motivated",
        "cooperative",
        "pleasant",
        "stronger",
        "ongoing",
    }
)


def _claims(reading: Reading, mention: Mention, statement: Statement) -> bool:
    """A bare "improved" is a claim only in an assessment; longer phrases anywhere."""
    words = reading.lower[mention.start : mention.end]
    if words in ("motivated", "cooperative", "pleasant", "pleasant and cooperative"):
        return False
    if words not in _WEAK_ALONE:
        return statement.role != "treatment" or len(words.split()) > 2
    if statement.role != "assessment":
        return False
    after = reading.lower[mention.end : mention.end + 2]
    return not after.startswith("-")


def _supported(reading: Reading, statement: Statement) -> bool:
    """Whether the claim's section, or its statement in a note without sections, holds a datum."""
    section = reading.section_of(statement)
    low, high = (
        (statement.start, statement.end)
        if section.kind == "body"
        else (section.body_start, section.end)
    )
    if section.kind == "body":
        above = reading.statements[max(0, statement.index - 1)]
        below = reading.statements[min(len(reading.statements) - 1, statement.index + 1)]
        low, high = above.start, below.end
    if any(True for _ in reading.quantities_in(low, high, *_VALUES)):
        return True
    levels = [
        m for m in reading.mentions_in(low, high, "assist", "cue") if not m.is_a("generic_modifier")
    ]
    if levels and _COMPARES.search(reading.lower, low, high):
        return True
    tasks = any(
        m.is_a("task", "gait_deviation", "neuro_deficit")
        and not m.is_a("generic_modifier", "impairment")
        for m in reading.mentions_in(low, high)
    )
    return tasks and bool(_COMPARES.search(reading.lower, low, high))
