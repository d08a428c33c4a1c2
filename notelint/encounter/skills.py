"""Finds evidence of skill: described technique, a decision that day, progression (catalogue §2.5).

"Skilled" is a claim, not evidence; a lone measurement is neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.encounter.encounter import SkillEvidence
from notelint.language.reading import Mention, Reading, Span, Statement

_ROLES = frozenset({"treatment", "assessment", "response", "education", "other", "measure", "hep", "plan"})
_REASON = re.compile(r"\b(?:because|due to|d/t|secondary to|2/2|2°|after|in response to|when|since|as (?:pt|patient|he|she|pain|hr|bp)|for (?:pain|fatigue|safety|form)|b/c|given|if|until|once|so|to (?:avoid|prevent|protect|allow|reduce|keep)|at rep|at set|w/|with (?:pain|fatigue|inc)|per)\b")
_FROM_TO = re.compile(r"(?:\bfrom\b.{1,60}\bto\b|->|→|=>|\bto \d|\bto (?:foam|level|cga|sba|s\b|mod|min|green|blue|red|single|tandem|standing|next|\w+ (?:band|step|surface)))")
_TARGET = re.compile(r"^\W*(?:\(?[^).]{0,18}\)?\s*)?(?:for|to|at|on|re|with|of|\"|“|'|needed|x\d|\d)\b|^\s*[:\"“]")


def skills_of(reading: Reading) -> tuple[SkillEvidence, ...]:
    """Returns all evidence of skill in the session."""
    return tuple(
        evidence
        for statement in reading.statements
        if statement.role in _ROLES and not (statement.contexts & {"planned", "historical", "home", "quoted", "hypothetical"})
        and not (statement.role == "plan")
        for evidence in _evidence(reading, statement)
    )  # fmt: skip


def _evidence(reading: Reading, statement: Statement) -> Iterator[SkillEvidence]:
    lower = reading.lower
    for mention in reading.mentions_in(statement.start, statement.end, "skill", "cue", "technique", "teaching", "gait_deviation"):
        if reading.context_at(mention.start) & {"planned", "negated", "hypothetical", "home", "historical"}:
            continue
        family = _family(reading, mention, statement, lower)
        if family:
            yield SkillEvidence(family, Span(mention.start, mention.end), lower[mention.start : mention.end])  # type: ignore[arg-type]


def _family(reading: Reading, mention: Mention, statement: Statement, lower: str) -> str | None:
    skill = mention.sense("skill")
    tail = lower[mention.end : statement.end]
    if skill and "decision" in skill.tags and _REASON.search(lower, statement.start, statement.end):
        return "decision"
    if skill and "progression" in skill.tags and _progresses(reading, mention, statement):
        return "progression"
    if skill and "technique" in skill.tags and not _weak_technique(mention, lower, tail):
        return "technique"
    cue = mention.sense("cue")
    if cue and _TARGET.match(tail) and "no " not in lower[max(0, mention.start - 3) : mention.start]:
        return "technique"
    if mention.is_a("technique") and not mention.is_a("generic_modifier"):
        return "technique"
    teaching = mention.sense("teaching")
    if teaching and "confirm" in teaching.tags and _teaches(reading, mention, statement):
        return "instruction"
    if skill and "monitoring" in skill.tags and _monitors(reading, mention, statement):
        return "monitoring"
    return None


def _weak_technique(mention: Mention, lower: str, tail: str) -> bool:
    word = lower[mention.start : mention.end]
    if word in ("support", "supports", "supported", "position", "positions", "positioning", "positioned", "grade", "grades", "cue", "cues", "guide", "guides", "sequence", "sequencing", "sequences", "model", "models", "prompt", "prompts", "guard", "guards", "fit", "fits", "correct", "block", "blocks", "shape", "shapes", "chain", "chains", "handling", "pacing"):
        return not _TARGET.match(tail)
    return False


def _progresses(reading: Reading, mention: Mention, statement: Statement) -> bool:
    return bool(_FROM_TO.search(reading.lower, statement.start, statement.end)) or any(
        True
        for q in reading.quantities_in(mention.start, min(statement.end, mention.end + 60))
        if q.kind not in ("minutes", "units", "code", "frequency", "date")
    ) or any(
        m.is_a("surface", "exercise", "task", "assist", "device", "cue", "object")
        for m in reading.mentions_in(mention.end, min(statement.end, mention.end + 60))
    )


def _teaches(reading: Reading, mention: Mention, statement: Statement) -> bool:
    return any(
        m.is_a("adl_equipment", "exercise", "task", "technique") or m.has_tag("teach")
        for m in reading.mentions_in(statement.start, statement.end)
        if m is not mention
    ) or any(q.kind in ("score", "count", "grade", "scale") for q in reading.quantities_in(statement.start, statement.end))


def _monitors(reading: Reading, mention: Mention, statement: Statement) -> bool:
    """A monitored parameter counts with a decision or a comparison, not alone."""
    values = [q for q in reading.quantities_in(statement.start, statement.end) if q.kind in ("vitals", "score", "percent", "rpe", "scale", "rom", "number", "grade")]
    if not values and not mention.is_a("technique"):
        return bool(re.search(r"\b(?:and|then|so)\b.{1,30}\b(?:adjust|modif|reduc|stop|end|rest|held|chang|progress|add)", reading.lower[statement.start : statement.end]))
    return len(values) >= 2 or bool(_REASON.search(reading.lower, statement.start, statement.end)) or bool(re.search(r"->|→|\bto\b|\bafter\b|\bpre\b|\bpost\b|\bbefore\b", reading.lower[statement.start : statement.end]))
