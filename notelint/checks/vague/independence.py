"""What the patient did alone, billed as a service (E2)."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.encounter.encounter import Encounter
from notelint.encounter.wording import wording
from notelint.language.reading import Reading, Statement
from notelint.rulebook.rule import Hit

_SKIP = frozenset({"quoted", "planned", "historical", "home", "goal", "hypothetical"})
_ROLES = frozenset({"treatment", "other"})
_ALONE = wording(
    r"\b(?:(?<!mod\s)(?<!modified\s)independent(?:ly)?|indep(?:ly)?|(?:without|w/o|w/out|with no|no) (?:any )?(?:cues?|vcs?|cueing|prompts?|reminders?|assist\w*|supervision|help|instruction)(?: (?:needed|required|or \w+))?"
    r"|on (?:his|her|their) own|on own|self[- ]directed|by (?:him|her|them)sel(?:f|ves)|unsupervised|same (?:program|routine|exercises)|hep routine|usual (?:gym )?(?:program|routine)|(?:ind|indep|independent|i) (?:w/|with) (?:all|his|her|ther ?ex\w*|exercises?|exs?|program|machines)\b|self[- ]sufficient|(?:does|did|doing) (?:his|her) own (?:thing|workout|routine)|ran through (?:it|them|(?:his|her) (?:program|routine)) (?:alone|by|on)|set(?:s|ting)? (?:him|her)self up|knows (?:his|her|the|their) (?:routine|program|exercises|exs?|stuff)|(?:has|have) (?:it|them|the (?:routine|program)) memori[sz]ed|needs? no (?:cue\w*|help|assist\w*|instruction)|runs? through (?:it|them|(?:his|her) (?:program|routine)) (?:alone|by|on))\b"
)
_ITEM = wording(
    r"\b(?:everything|all of it|stuff|program|routine|gym|machines?|circuit|hep|exercises?|exs?|workout|equipment)\b"
)
_TOWARD = wording(
    r"\b(?:to|for|toward|towards|improve|increase|promote|maximi[sz]e|become|became|now|is|goal|gain|return to|more)\s(?:\w+\s)?$"
)


def vague(encounter: Encounter) -> Iterator[Hit]:
    """Yields the first exercise item done alone, in a billed note that shows no skill at all."""
    if encounter.skills or not _billed(encounter):
        return
    reading = encounter.reading
    for statement in reading.statements:
        if statement.role not in _ROLES or statement.contexts & _SKIP:
            continue
        span = _alone(reading, statement)
        if span is None:
            continue
        yield Hit("words", *span)
        return


def _alone(reading: Reading, statement: Statement) -> tuple[int, int] | None:
    match = _ALONE.search(reading.lower, statement.start, statement.end)
    if match is None or _TOWARD.search(reading.lower, statement.start, match.start()):
        return None
    if reading.context_at(match.start()) & _SKIP:
        return None
    exercise = any(
        not m.is_a("task") for m in reading.mentions_in(statement.start, statement.end, "exercise")
    )
    task = any(
        m.has_tag("level") for m in reading.mentions_in(statement.start, statement.end, "task")
    )
    if task or not (exercise or _ITEM.search(reading.lower, statement.start, statement.end)):
        return None
    return match.start(), match.end()


def _billed(encounter: Encounter) -> bool:
    return bool(encounter.facts.billed_codes or encounter.times or encounter.services)
