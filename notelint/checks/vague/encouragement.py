"""Encouragement stands for the intervention (E6)."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.encounter.encounter import Encounter
from notelint.rulebook.rule import Hit

_ROLES = frozenset({"treatment", "other", "response", "assessment", "subjective"})
_SKIP = frozenset({"quoted", "planned", "historical", "home", "goal", "negated", "family"})
_TAG = "encouragement"


def vague(encounter: Encounter) -> Iterator[Hit]:
    """Yields the first encouragement of a note that shows no skill and no strategy."""
    if encounter.skills:
        return
    reading = encounter.reading
    for statement in reading.statements:
        if statement.role not in _ROLES or statement.contexts & _SKIP:
            continue
        for mention in reading.mentions_in(statement.start, statement.end, "phrase"):
            if (
                not mention.has_tag(_TAG)
                or mention.certainty != "stated"
                or reading.context_at(mention.start) & _SKIP
            ):
                continue
            after = reading.lower[mention.end : mention.end + 26].lstrip()
            if after.startswith(
                (
                    "to drink",
                    "fluids",
                    "to call",
                    "to continue",
                    "to cont",
                    "to follow",
                    "hep",
                    "to perform hep",
                    "w/",
                    "with",
                )
            ):
                continue
            yield Hit("words", mention.start, mention.end)
            return
