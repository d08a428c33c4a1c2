"""The plan of care and the evaluation: required elements, frequency, prior level, tiers (G)."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.encounter.encounter import Encounter
from notelint.encounter.planelements import (
    PLAN_ELEMENTS,
    has_prior_level,
    is_childs,
    is_one_visit,
    missing_plan_elements,
)
from notelint.language.loose import loose
from notelint.language.reading import Reading, Statement
from notelint.rulebook.params import SlotMissing
from notelint.rulebook.rule import Hit

_THERAPY = r"(?:p\.?t\.?|o\.?t\.?|s\.?t\.?|slp|(?:physical|occupational|speech|skilled) therapy|therapy|visits?|treatment|services|see (?:pt|patient)|freq(?:uency)?)"
_OPEN = r"(?:prn|as needed|as tolerated|until (?:all )?goals (?:are )?met|until (?:pt|patient) (?:is )?(?:better|ready)|indefinite\w*|ongoing|as (?:pt|patient|schedule) (?:can|able|allows)|tbd|as able)"
_VAGUE = loose(
    rf"\b{_THERAPY}\s*[:,-]?\s*(?:services |treatment |visits? |will be |to be |is |seen |provided |continue[sd]? ){{0,3}}{_OPEN}\b|\bfrequency\s*[:=-]\s*(?:prn|as needed|tbd|varies)"
)
_RANGED = loose(
    r"\b\d\s?(?:-|–|to)\s?\d\s?(?:x|×|times|visits|days)\s?(?:/|a|per|each)?\s?(?:wk|week|month)\b|\b\d\s?(?:-|–|to)\s?\d\s?x?\s?weekly\b"
)
_NUMBERED = loose(r"\d\s?(?:x|×|w|/)|\bonce|twice|weekly|\d (?:times|visits|weeks|wks)")


def missing_elements(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """One hit of note scope that names every element of the plan not found (G1)."""
    del params
    if encounter.facts.note_type == "eval" and is_one_visit(encounter):
        return
    missing = list(missing_plan_elements(encounter))
    if not missing:
        return
    stage = "frequency" if missing == ["frequency"] else "several"
    names = ", ".join(PLAN_ELEMENTS[element] for element in missing)
    yield Hit("note", fields={"missing": names}, facts={"stage": stage})


def vague_frequency(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """A frequency without a number, or a range of visits without a length (G2)."""
    del params
    reading = encounter.reading
    if encounter.note.plan.get("frequency"):
        return
    endless = "duration" in set(missing_plan_elements(encounter))
    for statement in reading.statements:
        if statement.role in (
            "goal",
            "history",
            "hep",
            "education",
            "subjective",
            "caregiver_report",
        ):
            continue
        vague = _VAGUE.search(reading.lower, statement.start, statement.end)
        if vague and not _NUMBERED.search(reading.lower, statement.start, statement.end):
            yield Hit("words", vague.start(), vague.end())
            return
        ranged = _RANGED.search(reading.lower, statement.start, statement.end) if endless else None
        if ranged:
            yield Hit("words", ranged.start(), ranged.end())
            return


def missing_prior_level(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """An evaluation of an adult without any word of how the patient was before (G5)."""
    del params
    reading = encounter.reading
    if has_prior_level(reading) or is_childs(reading) or encounter.facts.setting == "school":
        return
    yield Hit("note")


_PRESENTATION = loose(
    r"\b(?:stable|unstable|evolving|changing|unpredictable|uncomplicated|complicat\w+|complex\w*|low complexity|mod(?:erate)? complex\w*|high complex\w*|"
    r"personal factors?|comorbid\w*|comorbs?|co-morbid\w*|brief|expanded|extensive|occupational profile|decision[- ]making|progressive|fluctuat\w+)\b"
)
_HISTORY = loose(
    r"\b(?:pmh\w*|medical history|history|hx|comorbid\w*|comorbs?|profile|lives|plof|prior|social|occupation|referr\w+)\b"
)
_TIERS = {
    "97161": "low",
    "97165": "low",
    "97162": "middle",
    "97166": "middle",
    "97163": "high",
    "97167": "high",
}


def unsupported_complexity(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """A middle or high tier without a word of presentation or factors; a low one without any history (G6)."""
    del params
    tiers = {_TIERS[code] for code in encounter.facts.billed_codes if code in _TIERS}
    lower = encounter.reading.lower
    if tiers & {"middle", "high"} and not _PRESENTATION.search(lower):
        yield Hit("note", fields={"missing": "presentation, factors or decision making"})
    elif tiers == {"low"} and not _HISTORY.search(lower) and not _PRESENTATION.search(lower):
        yield Hit("note", fields={"missing": "history or profile"})


_SYMPTOM = loose(
    r"\b(?:muscle weakness|(?:generali[sz]ed )?weakness|gait (?:abnormality|instability|dysfunction|abnl)|abnormal(?:ity of)? gait|unsteadiness|difficulty walking|"
    r"lbp|low back pain|back pain|neck pain|(?:knee|hip|shoulder|ankle|wrist|elbow|foot|hand) pain|pain|stiffness|balance (?:deficit|disorder|problem)s?|"
    r"decondition\w+|debility|lack of coordination|falls?|m62\.81|r26\.?\d*|r29\.?\d*|r53\.?\d*|m54\.?\d*|m25\.?\d*|z74\.?\d*)\b"
)
_CAUSE = loose(
    r"\b(?:cva|stroke|tbi|traumatic brain|multiple sclerosis|parkinson\w*|spinal cord|fusion|arthroplasty|tka|tha|tkr|thr|orif|fractures?|fx|"
    r"amputat\w+|guillain|als|hemipar\w+|hemipleg\w+|rotator cuff repair|laminectomy|discectomy|acl repair|acl reconstruction)\b"
)
_NOT_HIS = loose(
    r"\b(?:no|neg|denies|mother|father|family|fh|brother|sister|r/o|rule out|without)\b[^.;\n]{0,30}$"
)
_DX_LABEL = loose(
    r"^\W*(?:(?:medical|treatment|tx|therapy|pt|ot|rehab|primary)\s*)?(?:dx|diagnos[ie]s)\b"
)


def symptom_only(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """A diagnosis of symptoms only, where the text elsewhere states their cause (G7)."""
    del params
    reading = encounter.reading
    diagnoses = [s for s in reading.statements if _is_diagnosis(reading, s)]
    if not diagnoses:
        return
    for statement in diagnoses:
        if not _SYMPTOM.search(reading.lower, statement.start, statement.end):
            return
        if _names_disease(reading, statement):
            return
    for match in _CAUSE.finditer(reading.lower):
        if any(s.start <= match.start() < s.end for s in diagnoses):
            continue
        if _NOT_HIS.search(reading.lower, max(0, match.start() - 40), match.start()):
            continue
        yield Hit("statement", diagnoses[0].start, diagnoses[0].end)
        return


def _is_diagnosis(reading: Reading, statement: Statement) -> bool:
    label = reading.section_of(statement).label.lower()
    first = statement.start <= reading.section_of(statement).body_start + 2
    return bool(_DX_LABEL.match(reading.lower, statement.start, statement.end)) or (
        first and bool(_DX_LABEL.match(label))
    )


_DISEASE = loose(
    r"\b(?:s/p|after|following|post|due to|2/2|secondary|chf|ckd|copd|oa|osteoarthritis|stenosis|radiculopathy|[a-z]+(?:opathy|itis|osis|plegia|paresis|trophy|ectomy|plasty))\b"
)


def _names_disease(reading: Reading, statement: Statement) -> bool:
    words = reading.lower[statement.start : statement.end]
    return bool(_CAUSE.search(words) or _DISEASE.search(words))
