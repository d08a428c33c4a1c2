""" "Tolerated well" and nothing else (A3): keep the phrase, ask for the datum."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.encounter.encounter import Encounter, Response
from notelint.language.reading import Statement
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
    claims = [r.place for r in encounter.responses if r.empty]
    for response in encounter.responses:
        if response.empty or any(c.start <= response.place.start < c.end for c in claims):
            continue
        if not _before(encounter, response.place.start) and not _examined(encounter, response):
            return
    reading = encounter.reading
    # The plain claim leads over its cousins ("no difficulty").
    empty = [r for r in encounter.responses if r.empty]
    for response in sorted(empty, key=lambda r: "tol" not in r.words.lower()):
        statement = reading.statement_at(response.place.start)
        if statement is None or statement.contexts & {"quoted", "planned", "historical", "home"}:
            continue
        if response.words.lower().startswith("doing"):
            continue  # "doing well" is how the patient is, not how the treatment went
        if "tol" not in response.words.lower() and _opens(encounter, statement):
            continue
        if "negated" in reading.context_at(response.place.start):
            continue
        if encounter.facts.note_type == "discharge" and "tol" not in response.words.lower():
            continue  # "responded well" sums up an episode
        if reading.lower.startswith(" motor", response.place.end):
            continue  # "then did fine motor activities"
        after = reading.quantities_in(
            response.place.end, min(statement.end, response.place.end + 24), *_QUANTIFIED
        )
        if any(True for _ in after):
            continue
        yield Hit("words", response.place.start, response.place.end)
        return


def _examined(encounter: Encounter, response: Response) -> bool:
    """Whether a value was taken before anything was done: in what stands above all treatment."""
    first = _treatment_start(encounter)
    if response.kind != "measure" or first is None or response.place.start > first:
        return False
    reading = encounter.reading
    statement = reading.statement_at(response.place.start)
    return statement is not None and not _CHANGED.search(
        reading.lower, statement.start, statement.end
    )


def _treatment_start(encounter: Encounter) -> int | None:
    """Where what was done begins: the part that is headed so, else the first activity."""
    headed = [s.start for s in encounter.reading.sections if s.kind == "treatment"]
    first = next((a.place.start for a in encounter.activities), None)
    return headed[0] if headed else first


_CHANGED = re.compile(
    r"\b(?:was|from|now|since|last|prev\w*|up|down|after|post|improv\w*|better|less|more|today)\b|->|→|\(\d"
)


def _opens(encounter: Encounter, statement: Statement) -> bool:
    """Whether a statement stands above all treatment in a note that reports and treats below."""
    reading = encounter.reading
    if reading.section_of(statement).kind != "body":
        return False
    above, below = reading.statements[: statement.index + 1], reading.statements[statement.index :]
    treats = [s.role == "treatment" for s in above], [s.role == "treatment" for s in below]
    return not any(treats[0]) and any(treats[1])


_ARRIVED = re.compile(
    r"\b(?:feels|feeling|felt|reports?|reported|says|said|states?|c/o|slept|woke|f/u)\b"
)


def _before(encounter: Encounter, at: int) -> bool:
    """Whether a place stands in what the patient brought, above the treatment of an unheaded note."""
    reading = encounter.reading
    statement = reading.statement_at(at)
    if statement is None or reading.section_of(statement).kind != "body":
        return False
    if any(s.role == "treatment" for s in reading.statements[: statement.index]):
        return False
    if statement.role == "treatment" and reading.has_quantity(
        statement.start, statement.end, "dose", "distance"
    ):
        return False
    return bool(_ARRIVED.search(reading.lower, statement.start, statement.end))
