"""The clinician's only part was to watch, supervise or encourage (E3)."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.encounter.encounter import Encounter
from notelint.encounter.wording import wording
from notelint.rulebook.rule import Hit

_ROLES = frozenset({"treatment", "other", "response", "assessment"})
_SKIP = frozenset({"quoted", "planned", "historical", "home", "goal", "negated"})
_CLINICIAN = r"(?:therapist|this (?:therapist|clinician|writer)|treating (?:pta?|ota?|therapist)|clinician|slp|otr?|cota|pta|i|we)"
_VERB = r"(?:observed|supervised|monitored|watched|oversaw|encouraged|stood by|looked on|kept an eye on|provided supervision|assisted as needed)"
_OBJECT = r"(?:pt|patient|client|resident|student|him|her|them|gait|exercis\w*|ex\b|exs|session|treatment|tx|all|while|during|as|from|pt's|the (?:pt|patient|group|session|exercises?)|his|ambulation|walking|transfers?|stairs|performance|program|activit\w+|on|for|with)"
_PASSIVE = wording(
    rf"(?i:(?:^|[.;,]\s|\b(?:and|then)\s)\W*(?P<act>(?:{_CLINICIAN} (?:\w+ly )?{_VERB}|(?:PTA? )?{_VERB} {_OBJECT}))\b)"
)
_BY_PT = wording(r"\bPTA? (?:observed|supervised|monitored|watched|oversaw)\b")


def vague(encounter: Encounter) -> Iterator[Hit]:
    """Yields the first statement in which the clinician only watched, in a note that shows no skill."""
    if encounter.skills:
        return
    reading = encounter.reading
    for statement in reading.statements:
        if statement.role not in _ROLES or statement.contexts & _SKIP:
            continue
        if reading.has_quantity(statement.start, statement.end, "vitals", "rpe"):
            continue
        words = reading.text[statement.start : statement.end]
        match = _PASSIVE.search(words)
        span = match.span("act") if match else None
        if span is None:
            by_pt = _BY_PT.search(words)
            span = by_pt.span() if by_pt else None
        if span is None:
            continue
        yield Hit("words", statement.start + span[0], statement.start + span[1])
        return
