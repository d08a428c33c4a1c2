"""The date of service: in the record, in a header, behind a label, or with the signature (J2)."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.encounter.dates import dates_in
from notelint.encounter.encounter import Encounter
from notelint.finding import Place
from notelint.rulebook.params import SlotMissing
from notelint.rulebook.rule import Hit

_SATISFIES = frozenset({"service", "today", "header", "signature", "entry"})


def missing_date(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """A note without any date that could be the day of service, or with several that claim to be.

    A birth, surgery or appointment date is none. A full date without label may be one: silent.
    """
    del params
    if encounter.facts.date_of_service is not None or encounter.note.signed_at:
        return
    places = tuple(s.place for s in encounter.signatures if s.place)
    dates = dates_in(encounter.reading, places)
    labelled = [d for d in dates if d.label == "service" and d.has_year]
    if len({d.day for d in labelled}) > 1:
        first, other = labelled[0], next(d for d in labelled if d.day != labelled[0].day)
        yield Hit(
            "words", first.place.start, first.place.end,
            evidence=(Place("evidence", "text", other.place.start, other.place.end, "another date of service"),),
            message="Two dates are given as the date of service.",
        )  # fmt: skip
        return
    if any(d.label in _SATISFIES or (d.label == "none" and d.has_year) for d in dates):
        return
    yield Hit("note")
