"""A stated precaution, exertion, and neither a monitored value nor its observance (F11)."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.encounter.encounter import Encounter
from notelint.encounter.wording import wording
from notelint.language.reading import Mention
from notelint.rulebook.params import SlotMissing
from notelint.rulebook.rule import Hit

_ROLES = frozenset(
    {"precaution", "subjective", "treatment", "other", "header", "heading", "assessment", "measure"}
)
_SKIP = frozenset({"negated", "historical", "planned", "hypothetical", "goal", "quoted"})
_LIFTED = wording(
    r"\b(?:lifted|cleared|discontinued|d/c'?d|no longer|resolved|removed|expired|until|was|prior|hx|pmh|history)\b"
)
_KEPT = wording(
    r"\b(?:maintain\w*|kept|keeps?|keeping|compl\w+|follow\w*|adher\w*|observ\w*|respect\w*|held|cue\w*|vc\w*|recall\w*|verbaliz\w*|remind\w*|review\w*|educat\w*|within|without (?:breaking|violat\w+)|no (?:breaks?|violations?)|scale|asymptomatic|monitor\w*|per precautions|with precautions|w/ precautions|in (?:brace|sling))\b"
)


def missing_monitoring(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """One hit at the first precaution of a note that treats and monitors nothing."""
    del params
    reading = encounter.reading
    if not any(a.dose is not None and a.heads for a in encounter.activities):
        return
    if reading.has_quantity(0, len(reading.text), "vitals", "rpe"):
        return
    mention = _stated(encounter)
    if mention is None or _KEPT.search(reading.lower):
        return
    yield Hit(
        "words", mention.start, mention.end,
        fields={"precaution": reading.text[mention.start : mention.end]},
    )  # fmt: skip


def _stated(encounter: Encounter) -> Mention | None:
    """The first precaution that holds today."""
    reading = encounter.reading
    for mention in reading.mentions_in(0, len(reading.text), "precaution"):
        statement = reading.statement_at(mention.start)
        if statement is None or statement.role not in _ROLES:
            continue
        if reading.context_at(mention.start) & _SKIP or statement.contexts & _SKIP:
            continue
        if _LIFTED.search(reading.lower, statement.start, statement.end):
            continue
        return mention
    return None
