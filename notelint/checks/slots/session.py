"""What a whole treatment session lacks: evidence of skill (E1), any response (F3)."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.encounter.encounter import Encounter
from notelint.encounter.unlisted import mostly_unlisted
from notelint.encounter.wording import wording
from notelint.rulebook.params import SlotMissing
from notelint.rulebook.rule import Hit

_TREATS = frozenset({"treatment", "education"})

_REEXAMINES = frozenset({"recert", "reeval"})
#: Empty claims of the session that are A3's own finding; "no complaints" and praise are not.
_CLAIM = wording(
    r"tol|handl|manag|respon|adverse|without|w/o|trouble|difficult|issue|problem|incident|complication|did (?:fine|ok|well)"
)


def missing_skill(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """One hit of note scope when no item of the session shows technique, decision or progression.

    A note told mostly in words that no list knows is let be.
    """
    del params
    if encounter.skills or not _treated(encounter) or mostly_unlisted(encounter.reading):
        return
    yield Hit("note")


def missing_response(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """One hit of note scope when nothing in the session says how the patient responded.

    Where an empty phrase ("tolerated well") stands, that phrase is the finding (A3), not this.
    """
    del params
    if not _treated(encounter):
        return
    if any(not r.empty or _CLAIM.search(r.words.lower()) for r in encounter.responses):
        return
    if mostly_unlisted(encounter.reading):
        return
    yield Hit("note")


def _treated(encounter: Encounter) -> bool:
    """Whether the text or the charges show a treatment at all; in a note that certifies or evaluates
    anew, the text alone."""
    if encounter.activities:
        return True
    if encounter.facts.note_type in _REEXAMINES:
        return False
    if encounter.facts.billed_codes:
        return True
    return any(s.role in _TREATS for s in encounter.reading.statements)
