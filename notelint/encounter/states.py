"""Names the states of a note that the episode rules ask for, as the flags of its digest."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.encounter.credentials import signed_by
from notelint.encounter.encounter import Encounter
from notelint.language.loose import loose

EVALUATION_CODES = frozenset({
    "97161", "97162", "97163", "97165", "97166", "97167", "92521", "92522", "92523", "92524",
    "92610", "92597", "92607",
})  # fmt: skip
REEVALUATION_CODES = frozenset({"97164", "97168"})

_REPORT = loose(
    r"^\W*(?:(?:pt|ot|st|slp|therapy|physical|occupational|speech|\d(?:[\d/.-]*\d)?+|quarterly|monthly|10th|tenth|visit)\W++){0,4}"
    r"progress (?:report|summary|note)\b|\bprogress (?:report|summary|note)\s*(?:for|period|[:–—-]|\d|,)|\breporting period\b"
)
_MAINTENANCE = loose(
    r"\b(?:skilled maintenance|maintenance (?:program\w*|plan|poc|therapy|goals?|episode)|"
    r"set up to hold|slow (?:the )?(?:decline|deterioration)|decline (?:is )?expected|"
    r"no expectation of (?:gain|improvement)|prevent (?:further )?(?:decline|deterioration)|"
    r"jimmo|maintain(?:ing)? (?:current|present) (?:level|function|status))\b"
)
_MAINTAINED = ("maint", "declin", "deterior", "to hold", "expectation", "jimmo")
_HELD = loose(
    r"\b(?:held|withheld|deferred|reduced|regressed|decreased|downgraded|stopped|modified|shortened|cut short|"
    r"kept|stayed at|not progressed|no progression|not advanced|unchanged)\b[^.;\n]{0,60}"
    r"(?:\b(?:because|due to|secondary to|since|after|given|as (?:pt|pain|bp|hr|she|he))\b|d/t|2/2|b/c)"
)
_EXTRA = loose(
    r"\b(?:make-?\s?up (?:visit|session|appt|for)?|(?:extra|additional|added) (?:visit|session|appt)|acute flare|flare[- ]?up|new order|"
    r"order\w* (?:for|to) (?:increase|add)|frequency (?:increased|changed|raised|up)|increas\w+ (?:the )?frequency|plan (?:changed|revised|updated) to|"
    r"moved from|resched\w*|holiday|snow day|missed (?:visit|session) last)\b"
)

_EXTRAS = (
    "make", "extra", "additional", "added", "flare", "new order", "order", "frequency", "plan ", "moved",
    "resched", "holiday", "snow", "missed",
)  # fmt: skip


def is_maintenance(encounter: Encounter) -> bool:
    """Whether the programme is skilled maintenance, by record or by the note's own words."""
    if encounter.facts.programme != "unknown":
        return encounter.facts.programme == "maintenance"
    lower = encounter.reading.lower
    return any(word in lower for word in _MAINTAINED) and bool(_MAINTENANCE.search(lower))


def flags_of(encounter: Encounter) -> frozenset[str]:
    """Returns the named states of a note (see ``Digest.flags``)."""
    return frozenset(_flags(encounter))


def _flags(encounter: Encounter) -> Iterator[str]:
    facts, lower = encounter.facts, encounter.reading.lower
    kind = facts.note_type
    if kind == "progress" or (kind == "daily" and _REPORT.search(lower, 0, 400)):
        yield "progress_report"
    if kind == "eval" or facts.billed_codes & EVALUATION_CODES:
        yield "evaluation"
    if kind == "reeval" or facts.billed_codes & REEVALUATION_CODES:
        yield "reevaluation"
    if kind in ("recert", "discharge"):
        yield kind
    if signed_by(encounter.signatures, "assistant"):
        yield "signed_by_assistant"
    if signed_by(encounter.signatures, "therapist"):
        yield "signed_by_therapist"
    if not facts.therapy:
        yield "not_therapy"
    if any(stem in lower for stem in _EXTRAS) and _EXTRA.search(lower):
        yield "extra_visit"
    families = {evidence.family for evidence in encounter.skills}
    progression = "progression" in families
    reason = "decision" in families or bool(_HELD.search(lower))
    if progression:
        yield "progression"
    if reason:
        yield "reason"
    if progression or reason:
        yield "skilled_change"
    if is_maintenance(encounter):
        yield "maintenance"
