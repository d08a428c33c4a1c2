"""A date that says "today" or stands at the head of the note and is not the day of service (K6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from notelint.encounter.dates import DateMention, dates_in
from notelint.encounter.encounter import Encounter
from notelint.encounter.wording import wording
from notelint.rulebook.rule import Hit

_OTHERWISE = wording(
    r"\b(?:late entry|addendum|amend\w*|corrected|dictated|copied|entered|unplanned|written)\b"
)
_CLAIMS = frozenset({"today", "service", "header"})


def copied_date(encounter: Encounter) -> Iterator[Hit]:
    """Yields a hit for each such date; a year that is not written is taken as the nearest."""
    reading = encounter.reading
    service = encounter.facts.date_of_service
    if encounter.facts.note_type == "addendum" or reading.holds(_OTHERWISE):
        return
    places = tuple(s.place for s in encounter.signatures if s.place)
    dates = [d for d in dates_in(reading, places, service) if d.label in _CLAIMS]
    if service is None:
        stated = next((d for d in dates if d.label == "service" and d.has_year), None)
        if stated is None:
            return
        service = stated.day
        dates = [
            d
            for d in dates_in(reading, places, service)
            if d.label in _CLAIMS and d.place != stated.place
        ]
    for found in dates:
        if found.day != service and not _explained(encounter, found):
            yield Hit(
                "words", found.place.start, found.place.end,
                fields={"service": service.isoformat(), "written": _written(encounter, found, service)},
            )  # fmt: skip


def _explained(encounter: Encounter, found: DateMention) -> bool:
    """A date inside a plan, a goal or a history names another day on purpose."""
    statement = encounter.reading.statement_at(found.place.start)
    if statement is None:
        return False
    if found.label != "today" and statement.role in ("plan", "goal", "history", "subjective"):
        return True
    return bool(statement.contexts & {"planned", "historical", "quoted"}) and found.label != "today"


def _written(encounter: Encounter, found: DateMention, service: date) -> str:
    del service
    return encounter.text[found.place.start : found.place.end]
