"""Pain without scale, site or activity (F8)."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.encounter.encounter import Encounter
from notelint.encounter.wording import wording
from notelint.language.reading import Mention, Reading, Statement
from notelint.rulebook.rule import Hit

_ROLES = frozenset({"subjective", "treatment", "response", "other", "measure"})
_SKIP = frozenset({"negated", "historical", "planned", "goal", "hypothetical", "family", "quoted"})
_VALUES = ("scale", "score", "rom", "grade")
_ABSENT = wording(
    r"\b(?:no|not|denies|denied|denying|without|w/o|free of|neg(?:ative)? for|non|less|decreased?|reduced?|minimal|nor|for|to|low back|back|neck|hip|foot|heel)\W+(?:\w+\W+){0,2}$"
)
_OTHER = wording(
    r"^\W?(?:free|management|relief|control|scale|level|meds?|pump|science|diagram|neuroscience|provoking)\b|^\s?[=:]?\s?\d"
)
_SITES = wording(
    r"\b(?:lbp|ha|headache|heel|toe|rib|jaw|head|buttock|groin|incision|scar|calf|chest|abdom\w*|thumb|finger|leg|arm|joint|stump|residual limb)\b"
)
_ACTIVITY = wording(
    r"\b(?:with|during|when|after|on|while|getting|going|reaching|lifting|turning|sitting|standing|lying|sleep\w*|walk\w*|stairs|rest|am|morning|night|overhead|flexion|extension|rotation|step\w*)\b\s?\w*"
)

#: "Pain with exercise" names no activity of the person's own.
_TREATED = wording(
    r"\b(?:with|during|after|on) (?:the )?(?:ex\w*|activit\w*|movement|therapy|tx|treatment)"
)


def vague(encounter: Encounter) -> Iterator[Hit]:
    """Yields the first pain of a note whose section gives neither number, site nor activity."""
    reading = encounter.reading
    for statement in reading.holding("pain"):
        if statement.role not in _ROLES or statement.contexts & _SKIP:
            continue
        for mention in reading.mentions_in(statement.start, statement.end, "pain"):
            if _is_complaint(reading, mention, statement) and not _located(reading, statement):
                yield Hit("words", mention.start, mention.end)
                return


def _is_complaint(reading: Reading, mention: Mention, statement: Statement) -> bool:
    if reading.context_at(mention.start) & _SKIP:
        return False
    if _ABSENT.search(reading.lower, statement.start, mention.start):
        return False
    return not _OTHER.match(reading.lower[mention.end : mention.end + 16])


def _located(reading: Reading, statement: Statement) -> bool:
    """Whether the section, or the neighbours in a note without sections, say where and how much."""
    section = reading.section_of(statement)
    low, high = section.body_start, section.end
    if section.kind == "body":
        last = len(reading.statements) - 1
        low = reading.statements[max(0, statement.index - 1)].start
        high = reading.statements[min(last, statement.index + 1)].end
    if reading.has_quantity(low, high, *_VALUES) or _SITES.search(reading.lower, low, high):
        return True
    if any(m.is_a("body", "task") for m in reading.mentions_in(low, high)):
        return True
    activity = _ACTIVITY.search(reading.lower, statement.start, statement.end)
    if activity is None:
        return False
    return not _TREATED.match(reading.lower, activity.start())
