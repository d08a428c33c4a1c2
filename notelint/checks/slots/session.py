"""What a whole treatment session lacks: evidence of skill (E1), any response (F3)."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.checks.documented import only_goes_on
from notelint.checks.label_only import bare_labels
from notelint.encounter.encounter import Activity, Encounter
from notelint.encounter.fares import tells_how_it_went
from notelint.encounter.unlisted import mostly_unlisted
from notelint.encounter.wording import wording
from notelint.rulebook.params import SlotMissing
from notelint.rulebook.rule import Hit

_TREATS = frozenset({"treatment", "education"})

_REEXAMINES = frozenset({"recert", "reeval"})
#: Empty claims of the session that are A3's own finding; "no complaints" and praise are not.
_CLAIM = wording(
    r"tol|handl|manag|respon|adverse|untoward|negative|effects?\b|coped|thr(?:ough|u)\b|without|w/o|trouble|difficult|issue|problem|incident|complication|did (?:fine|ok|well)"
)


def missing_skill(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """One hit of note scope when no item of the session shows technique, decision or progression.

    A note told mostly in words that no list knows is let be.
    """
    del params
    if encounter.skills or not _treated(encounter):
        return
    if mostly_unlisted(encounter.reading) and not only_goes_on(encounter):
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
    if _may_tell(encounter) and not only_goes_on(encounter):
        return
    yield Hit("note")


def _may_tell(encounter: Encounter) -> bool:
    """Whether a note told mostly in words of no list may say in them how it went."""
    reading = encounter.reading
    return mostly_unlisted(reading) and tells_how_it_went(reading)


def _treated(encounter: Encounter) -> bool:
    """Whether the text or the charges show a treatment at all; in a note that certifies or evaluates
    anew a distance may be a finding; a dose, the code of a treatment, or a list of the services that
    were given shows one."""
    if encounter.facts.note_type in _REEXAMINES:
        return bool(bare_labels(encounter)) or any(
            (a.dose is not None and not a.functional) or _is_of_code(encounter, a)
            for a in encounter.activities
        )
    if encounter.activities or encounter.facts.billed_codes:
        return True
    return any(s.role in _TREATS for s in encounter.reading.statements)


#: The codes of examinations begin so.
_EXAMINATIONS = ("9716", "9717", "9252", "9610", "9612")


def _is_of_code(encounter: Encounter, activity: Activity) -> bool:
    """Whether an activity stands under the code of a treatment."""
    service = encounter.services[activity.service] if activity.service >= 0 else None
    code = (service.stated_code or "") if service is not None else ""
    return bool(code) and not code.startswith(_EXAMINATIONS)
