"""Who furnished the session: aides (J3), students (J4), two disciplines or patients at once (J5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.encounter.encounter import Encounter
from notelint.encounter.wording import wording
from notelint.language.reading import Reading, Statement
from notelint.rulebook.params import SlotMissing
from notelint.rulebook.rule import Hit

_NOT_TODAY = frozenset({"planned", "historical", "home", "quoted", "hypothetical", "negated"})
_NOT_ROLES = frozenset(
    {"subjective", "plan", "goal", "history", "education", "hep", "caregiver_report", "precaution"}
)

_OURS = r"(?:rehab(?:ilitation)?|therapy|pt|ot|pool|gym|clinic|restorative|physical therapy|occupational therapy)"
_AIDE = rf"(?:{_OURS} (?:aides?|techs?|technicians?)|techs?|technicians?|aides?|volunteers?)"
_DID = (
    r"(?:performed|performs|completed|completes|ran|runs|led|leads|walked|walks|ambulated|took|takes|did|does|treated|treats|exercised|"
    r"stretched|supervised|supervises|instructed(?! (?:to|in|on|how|about|re|regarding|w/|with)\b)|guided|provided|provides|progressed|administered|carried out|conducted|finished|"
    r"continued|oversaw|directed|had|counted|assisted (?:pt |patient |him |her )?(?:with|through|in) (?:all |the |his |her )?(?:ther|ex|hep|strength|program|balance)|"
    r"worked (?:with|on)|gave)"
)
_ACTIVE = wording(rf"(?<![\w'-])(?P<aide>{_AIDE}) (?:(?:then|also|and|has|was|had) )?{_DID}\b")
_PASSIVE = wording(
    rf"\b(?:performed|completed|done|led|supervised|furnished|provided|given|walked|exercised|ran|run|conducted|delivered|treated|ambulated|overseen|directed|carried out|finished)"
    rf" (?:[\w.'#/%-]+ ){{0,6}}?by (?:the |a |our )?(?P<aide>{_AIDE})\b"
    rf"|\b(?:under|w/|with) (?:the |a )?(?:supervision (?:of|by) (?:the |a )?)?(?P<aide2>{_OURS} (?:aide|tech|technician)|tech|technician|aide)\b(?P<sup> supervision)?"
)
_OTHER_AIDE = wording(
    r"\b(?:hearing|first|teacher'?s?|classroom|school|home health|home|health|personal|live-in|hired|private|hospice|night|day|shower|bath|nurse'?s?|nursing|certified|hha|her|his|their|weekend|one-on-one|1:1|the|radiology|x-?ray|lab|vet|info\w*|high|low|assistive) $"
)
_HELPS = wording(
    r"\b(?:set[- ]?up|sets up|cleaned|transport\w*|brought|second person|2nd person|for safety|stand\s*by|spott?\w*|follow\w*|iv pole|o2|line management|guard(?:ed|ing)?|"
    r"x\s*2|assist of 2|assist x 2|\+2|2 person|two person|w/c (?:behind|follow)|observ\w*|train\w*|educat\w*|taught|shown|told|reports?|reported|states?|per|clean\w*|fetched|handed|held)\b"
)
_THERAPIST = wording(
    r"\b(?:pta|cota|otr|slpa?|therapist|clinician|pt (?:treated|led|directed|provided|performed|cued|97\d{3}|and)|ot (?:treated|led|directed|provided|performed|cued|97\d{3}|and)|by (?:pt|ot)|one[- ]on[- ]one|1:1|while (?:pt|ot|therapist))\b"
)
_BILLED = frozenset({"minutes", "code", "units", "dose", "sets", "reps"})

_STUDENT = wording(
    r"\b(?:(?:pt|ot|slp|st|pta|ota|therapy|physical therapy|occupational therapy|speech(?: therapy)?|physical therapist|occupational therapist)[- ](?:students?|interns?|externs?)"
    r"|student[- ](?:pt|pta|ot|ota|slp|therapist|clinician|physical therapist\w*|occupational therapist\w*)"
    r"|graduate (?:clinician|student clinician)|(?P<letters>spta?|sota?|otas|ots|otds?|ptas))\b"
)
_STUDENT_DOES = wording(
    r"\W{0,3}+\s*+(?:treated|led|provided|observ\w+|under|assisted|instructed|cued|signed|present|guided|delivered|administered|ran|performed|completed|documented|with (?:pt|ot|cota|pta) present|and (?:pt|ot))\b|[^\S\n]*+(?:[,.][^\S\n]*+)?+(?:\n|\d{1,2}/\d|$)"
)
_TRANSFER = wording(
    r"\b(?:transfers?|xfers?|bed|w/c|wheelchair|toilet|chair|commode|bsc|mat|min a|mod a|max a|cga|sba|pivot)\b"
)
_SUPERVISED = wording(
    r"\b(?:present (?:throughout|during|for|in|and|at|the)|(?:in|within) (?:the )?(?:room|line[- ]of[- ]sight|sight)|line[- ]of[- ]sight|direct(?:ing|ed|s|ly)?\s*(?:supervis\w+|the|service|care|all|each)?|supervis\w+|"
    r"no other (?:pt|pts|patient|patients)|not treating|under (?:the )?(?:direct|direction|guidance)|observ(?:ed|ing|ation|es|er)|100%|present)\b"
)

_TOGETHER = wording(
    r"\bco-?\s*(?:treat(?:ed|ment|ing|s)?|tx'?d?)\b|\bconcurrent(?:ly)?\b|\b(?:joint(?:ly)?|dual|seen|treated|session|tx|treatment) (?:session |treatment |tx )?(?:with|w/|alongside)\s*(?:pt|ot|slp|st|speech|physical therapy|occupational therapy)\b|\bdual (?:session|treatment|discipline)\b|\bdovetail\w*\b"
)
_WHY = wording(
    r"\b(?:because|b/c|due to|d/t|2/2|secondary to|since|need(?:s|ed|ing)?|require[sd]?|for (?:safe\w*|the safety|two|2|pt safety|patient safety|trunk|postur\w+|max\w*|his|her|behavior\w*|behaviou?r)|so that|"
    r"in order to|to (?:allow|safely|address|maximize|maximise|combine|work|manage|support|integrate|facilitate)|allow(?:s|ed|ing)?|unable|complex\w*|2 (?:for|skilled|clinicians|therapists|people|sets)|two (?:for|skilled|clinicians|therapists|people|sets)|while (?:pt|ot|slp|st))\b"
)
_SHARE = wording(r"\b(?P<who>pt|ot|slp|st|speech)\b[^.;\n]{0,24}?\d{1,2}\s*(?:min|units?)")
_EACH = wording(r"\b\d{1,2}\s*(?:min\w*)?\s*(?:each|apiece)\b|\beach (?:billed )?\d{1,2}\b")
_TASKS = wording(
    r"\b(?:pt|ot|slp) (?:for |on |addressed |worked on )?(?!\d)[a-z][\w, /-]{3,60}?[,;/]\s*(?:while )?(?:pt|ot|slp) (?:for |on )?(?!\d)[a-z]\w+"
)
_CODE_WORD = wording(
    r"\bconcurrent\s+(?:medical|illness|diagnos|condition|pain|use|injur|validity|review|dx|documentation|auth)|\bnon-?concurrent"
)


def aide_furnished(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """Treatment that an aide or technician carried out: who delivered it is not a therapist."""
    del params
    reading = encounter.reading
    lower = reading.lower
    if not any(word in lower for word in ("aide", "tech", "volunteer")):
        return
    for statement in reading.statements:
        if statement.role in _NOT_ROLES or statement.contexts & (_NOT_TODAY - {"negated"}):
            continue
        for pattern in (_ACTIVE, _PASSIVE):
            match = pattern.search(lower, statement.start, statement.end)
            if match is not None and _is_treatment(reading, statement, match):
                yield Hit("words", match.start(), match.end())
                break


def _is_treatment(reading: Reading, statement: Statement, match: re.Match[str]) -> bool:
    lower = reading.lower
    group = "aide" if match["aide"] else "aide2"
    aide, at = match[group], match.start(group)
    words = lower[statement.start : statement.end]
    before = lower[max(statement.start, at - 18) : at]
    if _OTHER_AIDE.search(before) and not (before.endswith("the ") and "by the" in before):
        return False
    if reading.context_at(match.start()) & {"negated"} or before.rstrip().endswith(
        ("w/o", "without", "no")
    ):
        return False
    if _THERAPIST.search(words) or _HELPS.search(words):
        return False
    sure = aide not in ("aide", "aides") or bool(match.groupdict().get("sup"))
    billed = reading.has_quantity(statement.start, statement.end, *_BILLED) or reading.has_mention(
        statement.start, statement.end, "exercise", "service_label"
    )
    if group == "aide2":
        return billed and (aide != "aide" or bool(match["sup"]))
    return sure or billed


def unsupervised_student(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """A student in the session and no word on who was present and directing."""
    del params
    reading = encounter.reading
    for match in reading.matches(_STUDENT):
        if not _is_student(reading, match) or reading.context_at(match.start()) & _NOT_TODAY:
            continue
        if _SUPERVISED.search(reading.lower):
            return
        yield Hit("words", match.start(), match.end())
        return


def _is_student(reading: Reading, match: re.Match[str]) -> bool:
    """``SPT`` is also a stand-pivot transfer and ``OTs`` a plural: letters need a person's place."""
    if match["letters"] is None:
        return True
    text = reading.text
    if not text[match.start() : match.end()].isupper():
        return False
    after = reading.lower[match.end() : match.end() + 40]
    named = re.search(
        r"(?:[A-Z][a-z]+|[A-Z]\.),?\s$", text[max(0, match.start() - 20) : match.start()]
    )
    line = reading.lower[max(0, match.start() - 40) : match.end() + 40]
    if match["letters"].startswith("spt") and _TRANSFER.search(line):
        return bool(named and re.match(r"\s*[,.]?\s*(?:\d|$|\n|/)", after))
    by = re.search(
        r"\b(?:by|with|and|w/|student|per|supervised)\s$",
        reading.lower[max(0, match.start() - 14) : match.start()],
    )
    return bool(named or by or _STUDENT_DOES.match(after))


def unreasoned_cotreatment(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """Co-treatment or concurrent treatment without its reason or each discipline's minutes."""
    del params
    reading = encounter.reading
    for match in reading.matches(_TOGETHER):
        statement = reading.statement_at(match.start())
        if (
            statement is None
            or statement.role in _NOT_ROLES
            or statement.contexts & {"planned", "historical", "quoted"}
        ):
            continue
        if reading.context_at(match.start()) & {"planned", "negated", "historical", "hypothetical"}:
            continue
        if _CODE_WORD.match(reading.lower, match.start()) or _explained(reading, statement):
            continue
        yield Hit("words", match.start(), match.end())
        return


def _explained(reading: Reading, statement: Statement) -> bool:
    last = min(len(reading.statements) - 1, statement.index + 2)
    low = reading.statements[max(0, statement.index - 1)].start
    words = reading.lower[low : reading.statements[last].end]
    shares = {share["who"] for share in _SHARE.finditer(words)}
    return len(shares) > 1 or bool(
        _WHY.search(words) or _EACH.search(words) or _TASKS.search(words)
    )
