"""Progress reports, changes of treatment and discharge: what has to be said (H)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.encounter.credentials import rank_of, signed_by
from notelint.encounter.dischargeelements import DISCHARGE_ELEMENTS, missing_discharge_elements
from notelint.encounter.encounter import Encounter
from notelint.encounter.reportelements import REPORT_ELEMENTS, report_elements
from notelint.encounter.states import is_maintenance
from notelint.language.loose import loose
from notelint.language.reading import Reading, Statement
from notelint.rulebook.params import SlotMissing
from notelint.rulebook.rule import Hit

_NAMES = {
    "period": "reporting period",
    "goal_status": "status of each goal",
    "measure": "objective measure",
    "plan": "plan",
    "goal_changes": "goal changes or none",
    "clinician_signature": "therapist's signature",
}


def missing_elements(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """One hit of note scope that names every element of the report not found (H2)."""
    del params
    present = report_elements(encounter)
    missing = [element for element in REPORT_ELEMENTS if element not in present]
    if "clinician_signature" in missing and encounter.supply("author") == "not_supplied":
        missing.remove("clinician_signature")
    if missing == ["goal_changes"]:
        return  # each goal's status says that it goes on
    if missing:
        yield Hit("note", fields={"missing": ", ".join(_NAMES[element] for element in missing)})


def missing_therapist(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """A progress report that only assistants signed (H3)."""
    del params
    signatures = encounter.signatures
    if not signed_by(signatures, "assistant") or signed_by(signatures, "therapist"):
        return
    if any(rank_of(author.credential) == "therapist" for author in encounter.note.all_authors):
        return
    place = next(
        (s.place for s in signatures if rank_of(s.credential) == "assistant" and s.place), None
    )
    if place is None:
        yield Hit("note")
    else:
        yield Hit("words", place.start, place.end)


_PLATEAU = loose(
    r"\b(?:plateau(?:ed|ing|s)?|(?:no|little|minimal|without)\s(?:further |significant |measurable |functional |much |notable )*(?:progress|improvement|gains?)\b"
    r"(?!\s(?:note|report|due))|not (?:progress(?:ing|ed)|improv(?:ing|ed))|has not (?:progressed|improved)|lack of progress|no (?:functional )?change (?:in function|since|from|over|x\s?\d|for \d))"
)
_DENIED = loose(
    r"\b(?:not|no|never|hasn'?t|isn'?t|n't|without(?: a)?|no sign of)\s(?:yet |at a |a )?$"
)
_REASON = loose(
    r"\b(?:because|due to|secondary to|limited by|b/c|given|owing|since (?:pt|patient|he|she|the|her|his)|caused by|related to|attribut\w+|explain\w*|result of)\b|d/t|2/2"
)
_CHANGE = loose(
    r"\b(?:switch\w*|chang(?:ed?|ing) (?:to|the|treatment|tx|approach|program|poc|plan)|trial\w*|modif\w+|revis\w+|add(?:ed|ing)?|re-?test\w*|adjust\w*|"
    r"instead|new (?:approach|plan|goal|tx|treatment|strategy|program)|refer\w*|consult\w*|called|hold\b|on hold|discharg\w*|d/c\w*|maint\w*|"
    r"upgrad\w+|downgrad\w+|reduc(?:e|ed|ing) (?:to|freq)|taper\w*|wean\w*|expected|injection|surg\w+|replac\w+)\b"
)


def missing_plateau_reason(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """A plateau without reason, change, maintenance or end (H4)."""
    del params
    if is_maintenance(encounter):
        return
    reading = encounter.reading
    for statement in reading.statements:
        if statement.role in ("history", "subjective") or statement.contexts & {
            "historical",
            "quoted",
            "home",
        }:
            continue
        match = _PLATEAU.search(reading.lower, statement.start, statement.end)
        if match is None or _explained(reading, statement):
            continue
        if _DENIED.search(reading.lower, max(statement.start, match.start() - 16), match.start()):
            continue
        yield Hit("statement", statement.start, statement.end)
        return


def _explained(reading: Reading, statement: Statement) -> bool:
    """A reason beside the plateau, or a change in what follows it or in the plan."""
    near = reading.statements[max(0, statement.index - 1) : statement.index + 3]
    if any(_REASON.search(reading.lower, s.start, s.end) for s in near):
        return True
    if any(_CHANGE.search(reading.lower, s.start, s.end) for s in near):
        return True
    return any(
        _CHANGE.search(reading.lower, s.start, s.end)
        for s in reading.statements
        if s.role == "plan"
    )


_NEW = loose(
    r"\b(?:added|started|initiated|began|introduced|switched to|changed to|changed from|trial(?:ed)? of|new(?:ly)?)\b\W{1,3}"
)
_WHY = loose(
    r"\b(?:because|due|since|for|to|so|as|given|after|per|secondary|when|with|in response|b/c|until|if|w/|from)\b|d/t|2/2|[:;–→]|->|\(\w"
)


def unjustified_change(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """A new technique, modality or code with no finding or reason beside it (H5)."""
    del params
    reading = encounter.reading
    for statement in reading.where(_begins):
        begun = _NEW.search(reading.lower, statement.start, statement.end)
        assert begun is not None
        if _WHY.search(reading.lower, begun.end(), statement.end) or _found_something(
            reading, statement
        ):
            continue
        what = [
            m for m in reading.mentions_in(begun.end(), min(statement.end, begun.end() + 28), "technique", "modality", "service_label")
            if not m.is_a("exercise")
        ]  # fmt: skip
        codes = list(reading.quantities_in(begun.end(), statement.end, "code"))
        if (what or codes) and not _reason_next(reading, statement):
            yield Hit("statement", statement.start, statement.end)


def _begins(reading: Reading, statement: Statement) -> bool:
    """Whether a statement of today opens with something new."""
    if statement.role not in ("treatment", "assessment", "other", "response", "measure"):
        return False
    if statement.contexts & {"planned", "historical", "home", "quoted", "hypothetical"}:
        return False
    begun = _NEW.search(reading.lower, statement.start, statement.end)
    return begun is not None and begun.start() - statement.start <= 24


def _found_something(reading: Reading, statement: Statement) -> bool:
    kinds = (
        "rom",
        "grade",
        "scale",
        "score",
        "percent",
        "vitals",
        "dose",
        "level",
        "rpe",
        "hold",
        "seconds",
    )
    return reading.has_quantity(statement.start, statement.end, *kinds)


def _reason_next(reading: Reading, statement: Statement) -> bool:
    for other in reading.statements[max(0, statement.index - 1) : statement.index + 2]:
        if other is not statement and _REASON.search(reading.lower, other.start, other.end):
            return True
    return False


def missing_discharge(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """One hit of note scope that names every element of the discharge not found (H6)."""
    del params
    missing = list(missing_discharge_elements(encounter))
    if missing:
        yield Hit(
            "note",
            fields={"missing": ", ".join(DISCHARGE_ELEMENTS[element] for element in missing)},
        )


_PROPOSED = loose(
    r"\b(?:(?:will |would |could |may |should |can )?(?:continues? to |cont\w* to |still |further )?(?:benefit|require|need)s?\b[^.;\n]{0,30}?(?:skilled|continued?|cont|further|more|additional|ongoing)\s*"
    r"(?:skilled |physical |occupational |speech |outpatient )*(?:p\.?t\b|o\.?t\b|s\.?t\b|slp|therapy|services|visits|intervention\w*|treatment)"
    r"|(?:continues?|cont\w*) to (?:benefit from|require|need)\s(?:skilled\s)?(?:p\.?t\b|o\.?t\b|s\.?t\b|slp|therapy|services|physical|occupational|speech)"
    r"|needs more (?:p\.?t|o\.?t|s\.?t|therapy|visits)|extend(?:ing)?\s(?:by\s|x\s?)?\d{1,2}\s(?:more\s)?(?:visits|weeks|wks)|request(?:ing)? (?:\d{1,2}|additional|more) (?:additional |more )?visits)"
)
_EMPTY_AIM = loose(
    r"\b(?:to )?(?:address|improve|maximi[sz]e|increase|progress|further|promote|restore|meet|achieve|reach|return to)?\s*(?:(?:all|the|her|his|their|these|current|remaining|further|functional|stated|max|maximum)\s)*"
    r"(?:deficits?|impairments?|goals?|function|independence|progress|potential|plof|prior level(?: of function)?|safety|strength|mobility|balance|endurance|performance|outcomes?|qol|quality of life|limitations?|needs)\b"
)


_NUM = r"(?:\d{1,2}|one|two|three|four|five|six|eight|ten|twelve|an?|a few|several|some)"
_MORE = r"(?:more|additional|further|extra|another|add'?l|addtl)"
_UNITS = r"(?:visits?|sessions?|weeks?|wks?|months?|mos?|days|treatments?|appts?|appointments?|v)"
_COUNT = rf"(?:{_NUM} {_MORE} {_UNITS}|{_MORE} (?:{_NUM} )?{_UNITS})"
_CARE = r"(?:(?:skilled|physical|occupational|speech(?:[- ]language)?|outpatient|outpt|op|weekly|the|her|his) )*(?:p\.?t\b|o\.?t\b|s\.?t\b|slp|therapy|services|treatment|tx|rehab)"
_GO_ON = r"(?:go(?:es|ing)? on|continu\w*|cont|keep\w*|stay\w*|carry(?:ing)? on|carries on|extend\w*|extension|renew\w*|proceed\w*|remain\w*)"
#: More therapy as it is ordered or asked for: "asking insurance for 8 additional visits", "recommend that
#: she go on with PT", "keep her at 2x/wk x 5 wks", "two more weeks of OT", "continue ST another 60 days".
_ORDERED = loose(
    rf"\b(?:(?:ask|request|seek|submit|appl[yi]|petition)\w*|put(?:ting)? in|req|(?:i|we)(?:'d)? (?:want|like|hope)|need\w*|recommend\w*|rec|hoping|(?:will|to) (?:be )?(?:see|seen|treat))\b[^.;\n]{{0,40}}?\b{_COUNT}"
    rf"|\b(?:ask|request|seek)(?:s|ed|ing)? (?:[a-z]+ ){{0,3}}?(?:for )?(?:an? )?(?:{_NUM} {_UNITS}\b|extension|(?:re-?)?auth\w* (?:for|of|x) {_NUM})"
    rf"|\b(?:authori[sz]e|approve|grant|sent|submitted|pending|await\w*)\b[^.;\n]{{0,24}}\b{_COUNT}|^\W*(?:(?:p|plan|rec)\W+)?{_COUNT}\b|\b{_COUNT}[^.;\n]{{0,24}}\b(?:sent|submitted|requested|pending|to (?:ins|insurance|payer|auth\w*))\b|\bre-?up (?:for|x|on)\b|\b{_MORE} {_NUM} {_UNITS}"
    rf"|\b{_CARE} (?:should|ought to|to|will|needs? to) (?:go on|continue|stay|keep|run|extend|carry on|be (?:continued|extended|kept))\b|\b(?:staying|stay|kept|keeping|remaining|remain|going|carrying) (?:on (?:in|with|for|at|caseload|service|program)\b|on(?=\W*$))|\b(?:remains? (?:an? )?(?:good |appropriate )?(?:candidate|appropriate) for|appropriate for (?:this |the |continued |ongoing )*(?:service|services|{_CARE}))"
    rf"|\bkeep(?:ing)? (?:him|her|them|pt|patient) (?:on |at )?\d ?(?:[x×]|times)? ?/? ?(?:wk|week)[a-z]* (?:another|for|[x×])"
    rf"|\b(?:rec|recommend\w*|advis\w+|propos\w+|suggest\w*):? (?:for )?(?:ongoing|further|continued|cont'd|more|additional|another) {_CARE}|\brenew(?:ing)? (?:it |this |the cert |cert |poc |the poc )?(?:for|[x×]) {_NUM} {_UNITS}"
    rf"|\b(?:recommend\w*|rec|advis\w+|propos\w+|suggest\w*|plan(?:ning)?(?: is)?|would like|want)\b:? (?:that )?(?:to )?(?:(?:she|he|they|pt|patient|client|resident|we|i) )?(?:to )?(?:be )?{_GO_ON} (?:with |w/ |in |on |for |of |to (?:have|receive|get|attend|be seen in) )?{_CARE}"
    rf"|\b(?:keep|hold|leave|see|seeing|keeping) (?:her|him|them|pt|patient|the (?:pt|patient|child)|[A-Za-z]\.) (?:on |going )?(?:in {_CARE}|(?:at |for )?\d ?(?:[x×]|times) ?(?:/|a |per )? ?(?:wk|week)[a-z]* (?:[x×]|for) ?\d)"
    rf"|\b{_COUNT} (?:of |in )?{_CARE}"
    rf"|\b{_GO_ON} (?:with |w/ |in )?{_CARE}[^.;\n]{{0,16}}? (?:for |[x×] )?(?:{_COUNT}|{_NUM} {_UNITS})|\b{_GO_ON} (?:(?:at |w/ |with )?\d ?(?:-\d)? ?(?:[x×]|times)? ?(?:/|a |per )? ?(?:wk|week)[a-z]* )?(?:for |[x×] )?(?:an? )?{_COUNT}"
    rf"|\bextend(?:ing)? (?:the )?(?:{_CARE}|cert(?:ification)?|poc|plan of care)(?: (?:for|by|[x×]|thru|through|to)(?!\w)|,? \d)"
)
#: What argues for it anywhere in the note: what remains, what is at risk, what only a therapist does.
_REASONED = loose(
    r"\btherapist|\bskilled (?!(?:pt|ot|st|slp|physical|occupational|speech|nursing|therapy|services?|care|treatment|tx|interventions?|facility|need)\b)|\bskilled (?:\w+ ){1,3}(?:to|for) (?!(?:the |her |his |all |any |continued |further )*(?:address|improv|increas|maxim|reach|return|restor|meet|progress toward|achiev|promot|above|deficit|goal|strength|balance|function)\w*)|\bclinical judg|\b(?:has|have|needs?|must|got) to be (?:set|graded|adjusted|changed|re-?tested|judged|dosed|faded|watched)\b"
    r"|\b(?:needs?|requires?|takes) (?:an? |the )?(?:eyes|somebody|someone|me\b|us\b|trained)|\b(?:pt|ot|slp|cht) (?:has|must|needs?) to\b|\b(?:isn't|not|aren't|never) (?:yet )?(?:safe|ready|able|something|there yet)"
    r"|\bun(?:safe|able)\b|\bfall(?:s|ing)? (?:risk|likely|again|w/|with|when|if)|\b(?:likely|another|would|could|will|may|might|near) (?:a )?fall\b|\b(?:had an?|another|one more|of|develop\w*) pneumonia|\baspirat\w+ (?:risk|if|pna)|\bcontractur|\bruptur|\bre-?(?:injur|tear|admi|hospital)|\bregress|\bdeclin"
    r"|\blos(?:e|es|t|ing) (?:\d|ground|what|the|range|rom|it)\b|\bset ?back\b|\bif (?:she|he|it|left|they|not|this|we|pt|the)\b|\bwithout (?:skilled|therapy|pt|ot|st|it|this|us)\b|\bwould (?:lose|decline|regress|fall|be on|need|end)\b"
    r"|\bstill (?!(?:presents?|demonstrates?|has|have|shows?|exhibits?)(?: with)? (?:\w+ )?(?:deficits?|impairments?|limitations?|difficulty|weakness)\b|on\b|at\b|in\b|working\b|same\b|ongoing\b)[a-z]|\bremain(?:s|ing)\b (?!the same|unchanged|as|appropriate)|\bpersist|\blimited by\b|\bcontinues to (?:have|show|lack|fall|lose|need|require|drop|miss|forget|struggle)|\bbarrier|\bnot yet\b|\b(?:since|as|because|so that|due to|given that) (?:she|he|they|the|her|his|pt|patient)\b(?! (?:is |are |remains? |has been |very )*(?:motivated|cooperative|compliant|pleasant|enjoy\w*|likes?|wants?|would like|making|progressing|improving|tolerat\w*|doing|family (?:would|wants|likes)))"
)


def _ordered(reading: Reading) -> tuple[Statement, re.Match[str]] | None:
    """More therapy ordered or asked for, in a note that argues nowhere why."""
    found = None
    for statement in reading.statements:
        if statement.role in ("header", "signature", "history"):
            continue
        if found is None and statement.role not in ("subjective", "goal"):
            match = _ORDERED.search(reading.lower, statement.start, statement.end)
            found = (statement, match) if match is not None else None
        if _aims(reading, statement):
            continue
        if _REASONED.search(reading.lower, statement.start, statement.end) or _ARGUED.search(
            reading.lower, statement.start, statement.end
        ):
            return None
    return found


def _aims(reading: Reading, statement: Statement) -> bool:
    """Whether a statement sets a goal: that it will "decrease fall risk" argues for nothing."""
    return statement.role == "goal" and " will " in reading.lower[statement.start : statement.end]


def missing_need(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """More therapy proposed in words that name neither deficit, risk nor the therapist's part (H7)."""
    del params
    reading = encounter.reading
    for statement in reading.statements:
        if statement.role in ("subjective", "goal") or statement.contexts & {"quoted"}:
            continue
        match = _PROPOSED.search(reading.lower, statement.start, statement.end)
        if match is None or _argued(reading, statement, match.start(), match.end()):
            continue
        yield Hit("words", _line_start(reading, statement, match.start()), statement.end)
        return
    ordered = _ordered(reading)
    if ordered is not None:
        statement, match = ordered
        yield Hit("words", match.start(), statement.end)


_ARGUED = loose(
    r"\bwhy\b|\bneed\s*:|\b(?:needs?|requires?|needed) (?:a |the )?(?:pt|ot|slp|therapist)\b|\bbecause\b|\bcannot\b|\bcan't\b|\brisk\b|\bhands-on\b"
)


def _argued(reading: Reading, statement: Statement, start: int, end: int) -> bool:
    """Whether something concrete stands in the sentence, or the note argues the need elsewhere."""
    line = _line_start(reading, statement, start)
    if _concrete(reading, line, start) or _concrete(reading, end, statement.end):
        return True
    rest = _EMPTY_AIM.sub(" ", reading.lower[end : statement.end])
    if len([w for w in re.findall(r"[a-z]{4,}", rest) if w not in _EMPTY_WORDS]) > 2:
        return True
    return any(
        _ARGUED.search(reading.lower, other.start, other.end)
        for other in reading.statements
        if other is not statement and not _aims(reading, other)
    )


def _line_start(reading: Reading, statement: Statement, at: int) -> int:
    """Where the line of a place begins, unless it goes on with the line above it."""
    start = reading.text.rfind("\n", statement.start, at) + 1
    if start <= statement.start or reading.text[start : start + 1].islower():
        return statement.start
    return start


def _concrete(reading: Reading, start: int, end: int) -> bool:
    if reading.has_quantity(start, end, "score", "percent", "grade", "count"):
        return True
    return any(
        not m.is_a(
            "impairment",
            "generic_modifier",
            "generic_head",
            "circular_purpose",
            "service_label",
            "plan_empty",
            "filler",
        )
        for m in reading.mentions_in(start, end, *_CONCRETE)
    )


_CONCRETE = (
    "task",
    "gait_deviation",
    "neuro_deficit",
    "technique",
    "exercise",
    "cue",
    "assist",
    "measure",
    "device",
    "surface",
    "skill",
)
_EMPTY_WORDS = frozenset(
    "skilled therapy services physical occupational speech this that time with from order orders plan care continue continued current established further "
    "patient resident able more well toward towards level maximum functional overall activities daily living".split()
)
