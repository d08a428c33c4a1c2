"""Reads the plan: which statements plan something and which only continue (catalogue A4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.encounter.encounter import PlanItem
from notelint.language.reading import Reading, Statement
from notelint.language.stopwords import is_content

_EMPTY_WORDS = frozenset(
    """plan poc care current established continue continued continuing cont cont'd con't contin per
    with toward towards goals goal therapy treatment tx skilled services pt ot st slp order orders
    ordered md physician prescribed outlined stated remaining visits visit progress progressing
    tolerated tolerate able appropriate needed indicated tolerance planned program same follow
    following address addressing functional deficits deficit maximize potential rehab improve
    increase function independence level levels prior plof work working toward reach achieve meet
    met maintain overall strength balance endurance mobility safety rom strengthening pain decrease
    reduce return focus current regimen exercises exercise ther ex therex activities activity
    training gait session sessions next scheduled schedule see keep going will patient benefit
    benefits from further weekly week daily month skilled intervention interventions unchanged
    ongoing remain remains as-is prn protocol frequency duration times physical occupational speech
    and the of to in for at on a an his her their this all these x wk w more cpoc upgrade advance
    gains independence functional tasks optimize restore promote quality life decline prevent
    towards established stg ltg stgs ltgs tue tues tuesday mon monday wed wednesday thu thur thurs
    thursday fri friday sat saturday sun sunday tomorrow appt appointment back again note notes along lines line before allowed tolerance able ordered keep allows allow protocol protocols should how feels feel go from there goes
    same act acts neuro re-ed reed nmr nmre manual adl adls iadl iadls te ta mt seen proceed indicated per as necessary needed possible times two three once twice a week attend attending am
    pm weeks wks days day monitor monitoring response status pts pt's patient's steady""".split()
)
_NEXT_STEP_KINDS = frozenset({"dose", "load", "height", "distance", "level", "percent", "hold", "seconds", "date", "score", "scale", "rom", "count", "grade"})
_STEP_LEXICONS = ("exercise", "technique", "surface", "object", "adl_equipment", "speech_task", "measure", "device", "gait_deviation", "modality")
_CRITERION = re.compile(r"\b(?:if|when|once|until|unless|provided|pending)\b")


def plan_items_of(reading: Reading) -> tuple[PlanItem, ...]:
    """Returns one item a plan statement."""
    return tuple(_items(reading))


def _items(reading: Reading) -> Iterator[PlanItem]:
    for statement in reading.statements:
        if statement.role not in ("plan", "hep"):
            continue
        if statement.role == "hep" and reading.section_of(statement).kind != "plan":
            continue
        yield _item(reading, statement)


def _item(reading: Reading, statement: Statement) -> PlanItem:
    frequency = any(True for _ in reading.quantities_in(statement.start, statement.end, "frequency"))
    step = _next_step(reading, statement)
    return PlanItem(statement.span, statement.index, not step, frequency, step)


def _next_step(reading: Reading, statement: Statement) -> bool:
    """Whether a plan statement says what, how, by which criterion, or with whom."""
    start, end = statement.start, statement.end
    if any(True for _ in reading.mentions_in(start, end, *_STEP_LEXICONS)):
        for mention in reading.mentions_in(start, end, *_STEP_LEXICONS):
            if not mention.is_a("generic_modifier", "generic_head", "plan_empty", "service_label", "context"):
                return True
    for mention in reading.mentions_in(start, end, "task"):
        if not mention.is_a("generic_modifier", "service_label", "impairment"):
            return True
    for quantity in reading.quantities_in(start, end):
        if quantity.kind in _NEXT_STEP_KINDS:
            return True
    if _CRITERION.search(reading.lower, start, end):
        return True
    covered = [(m.start, m.end) for m in reading.mentions_in(start, end, "plan_empty")]
    covered += [(q.start, q.end) for q in reading.quantities_in(start, end)]
    for word in reading.words_in(start, end):
        if any(a <= word.start < b for a, b in covered):
            continue
        text = reading.lower[word.start : word.end].strip("'’")
        if text not in _EMPTY_WORDS and is_content(text):
            return True
    return False
