""" "Tolerated well" and nothing else (A3): keep the phrase, ask for the datum."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.encounter.encounter import Encounter
from notelint.rulebook.rule import Hit

_QUANTIFIED = frozenset(
    {
        "dose",
        "distance",
        "minutes",
        "reps",
        "seconds",
        "score",
        "scale",
        "rpe",
        "count",
        "percent",
        "load",
    }
)


def vague(encounter: Encounter) -> Iterator[Hit]:
    """Yields the first empty response of a note that holds no other response."""
    if any(not r.empty for r in encounter.responses):
        return
    reading = encounter.reading
    # The plain claim leads over its cousins ("no difficulty").
    for response in sorted(encounter.responses, key=lambda r: "tol" not in r.words.lower()):
        statement = reading.statement_at(response.place.start)
        if statement is None or statement.contexts & {"quoted", "planned", "historical", "home"}:
            continue
        if "negated" in reading.context_at(response.place.start):
            continue
        after = reading.quantities_in(
            response.place.end, min(statement.end, response.place.end + 24), *_QUANTIFIED
        )
        if any(True for _ in after):
            continue
        yield Hit("words", response.place.start, response.place.end)
        return
