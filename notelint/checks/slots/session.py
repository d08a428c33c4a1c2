"""What a whole treatment session lacks: evidence of skill (E1), any response (F3)."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.encounter.encounter import Encounter
from notelint.rulebook.params import SlotMissing
from notelint.rulebook.rule import Hit

_TREATS = frozenset({"treatment", "education"})

#: "No complaints" reports that nothing was said; other empty phrases are A3's own finding.
_NO_REPORT = "no complaints voiced"


def missing_skill(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """One hit of note scope when no item of the session shows technique, decision or progression."""
    del params
    if encounter.skills or not _treated(encounter):
        return
    yield Hit("note")


def missing_response(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """One hit of note scope when nothing in the session says how the patient responded.

    Where an empty phrase ("tolerated well") stands, that phrase is the finding (A3), not this.
    """
    del params
    if not _treated(encounter):
        return
    for response in encounter.responses:
        if not response.empty:
            return
        mention = next(
            encounter.reading.mentions_in(response.place.start, response.place.end, "response_empty"),
            None,
        )
        sense = mention.sense("response_empty") if mention else None
        if sense is None or sense.term != _NO_REPORT:
            return
    yield Hit("note")


def _treated(encounter: Encounter) -> bool:
    """Whether the text or the charges show a treatment at all."""
    if encounter.activities or encounter.facts.billed_codes:
        return True
    return any(s.role in _TREATS for s in encounter.reading.statements)
