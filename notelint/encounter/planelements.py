"""Finds the elements of a plan of care and of an evaluation wherever they stand (catalogue G).

MBPM ch. 15 §220.1.2 asks of a plan: diagnoses, long-term goals, type, amount, duration and
frequency. §220.3.C asks of an evaluation the prior level and the onset. Labels are optional, so
each element is looked for in any wording; the record's ``plan`` fields count like text.
"""

from __future__ import annotations

from collections.abc import Iterator

from notelint.encounter.encounter import Encounter
from notelint.language.loose import loose
from notelint.language.reading import Reading, Statement

#: The elements a message names, in this order, with the words it names them by.
PLAN_ELEMENTS = {
    "diagnosis": "diagnosis",
    "long_term_goal": "long-term goal",
    "type": "type of therapy",
    "frequency": "frequency",
    "duration": "duration",
}

_ICD = loose(r"\b[a-tv-z]\d\d(?:\.[0-9a-z]{1,4})?\b")
_CONDITION = loose(
    r"\b(?:s/p|status post|post[- ]?op\w*|dx|diagnos\w+|fx|fractures?|sprain|strain|tear|repair|arthroplast\w+|tk[ar]|th[ar]|tsa|rtsa|"
    r"acl|orif|cva|stroke|infarct|hemipar\w+|hemipleg\w+|tbi|concussion|parkinson\w*|multiple sclerosis|ms\b(?=[,;. ])|als\b|"
    r"dementia|alzheimer\w*|copd|chf|arthritis|oa\b|ra\b|stenosis|radiculopathy|sciatica|herniat\w+|spondyl\w+|scoliosis|tendin\w+|"
    r"tendon\w+|bursitis|impingement|capsulitis|neuropathy|amputat\w+|bka|aka|sci\b|dysphagia|aphasia|apraxia|dysarthria|stutter\w*|"
    r"articulation disorder|phonological disorder|language disorder|language delay|speech delay|autism|asd\b|cerebral palsy|down syndrome|"
    r"developmental delay|bppv|vertigo|hypofunction|lymphedema|carpal tunnel|cts\b|trigger finger|mallet|dupuytren\w*|lbp|low back pain|neck pain|"
    r"(?:knee|hip|shoulder|ankle|wrist|elbow|foot|back|hand|thumb|heel|pelvic) pain|muscle weakness|gait abnormality|abnormality of gait|unsteadiness|"
    r"abnormal gait|incontinence|prolapse|diastasis|plantar fasci\w+|epicondyl\w+|meniscus|meniscal|labral|rotator cuff|pneumonia|sepsis|"
    r"guillain|myelopathy|encephalopathy|cancer|mastectomy|macular degeneration|amd\b|low vision|burn\b|laceration|crush|torticollis|plagiocephaly)\b"
)
_TYPE = loose(
    r"\b(?:p\.?t\.?|o\.?t\.?|s\.?t\.?|slp|physical therapy|occupational therapy|speech(?:[- ]language)?(?: therapy| pathology)?|therapy|"
    r"ther(?:apeutic)? ?ex\w*|therex|gait|manual|neuro|nmr|adl|self[- ]care|orthotic|tx|treatment|9[27]\d{3})\b"
)
_LONG_GOAL = loose(
    r"\b(?:ltgs?|ltos?|long(?: |-)?term(?=,|:)|long[- ]?term (?:functional )?(?:goals?|objectives?)|goals? to be (?:met|achieved) (?:in|by)|functional goals?|discharge goals?|d/c goals?|goals?\s?(?:\([^)]*\))?\s*(?:by|for|thru|through|:|–|-|$|\d))"
)
_FREQUENCY = loose(
    r"\b(?:(?:once|twice|thrice)\s?(?:/|a|per|each|every)?\s?(?:day|week|wk|weekly|month|mo|fortnight)\b"
    r"|(?:one|two|three|four|five|\d)\s?(?:(?:x|×|times?|visits?|sessions?|days?|treatments?)\s?(?:/|a|per|each|every)?|/|a|per|each|every)\s?(?:day|week|wk|weekly|month|mo|fortnight)\b"
    r"|(?:every (?:other |second |third |\d )?(?:day|week|wk|month)s?|daily|weekly|biweekly|bi-weekly|monthly|fortnightly|mwf|m/w/f|t/th|tu/th)\b"
    r"|\d\s?(?:w|wk)\s?\d{1,2}\b|\d{1,2}\s?(?:[-–]|to)?\s?\d{0,2}\s?(?:x|×)\s?/?\s?(?:w(?:ee)?k|w|mo|month)\b)"
    r"|\bfreq(?:uency)?\s*[:=]?\s*\d|\b\d{1,2} (?:visits|sessions|treatments) (?:over|in|within|during)\b"
)
_DURATION = loose(
    r"(?:\bx|×|\bfor|\bover|\bduration\s*[:=]?|\bnext|,|/|\bwk\s|\bweek\s)\s*(?:the next |about |up to |a total of )?(?:\d{1,3}(?:\s?(?:[-–]|to)\s?\d{1,3})?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|sixteen)\s?-?\s?(?:weeks?|wks?|w\b|months?|mos?\b|days?|visits?|sessions?|treatments?)(?!\s(?:post\w*|s/p|ago|old|out\b|since|status|prior|p/o|after|from))"
    r"|\b\d\s?w(?:k)?\s?\d{1,2}\b|\bcert(?:ification)?\.?\s*(?:period|dates?|from|interval)?\b[^\n.;]{0,12}\d[\d/]*\s?(?:-|–|to|thru|through)\s?\d|\b(?:through|thru|until|to)\s\d{1,2}/\d{1,2}(?:/\d{2,4})?"
    r"|\(?\d{1,2}\s?(?:total )?(?:visits|sessions|treatments)\)?|\bpoc (?:dates?|period)|\bend of (?:therapy|care|plan)\b"
    r"|\bdur(?:ation)?\.?\s*[:=]?\s*\d{1,3}\s?(?:d|days?|w|wks?|weeks?|mos?|months?)\b"
    r"|\b(?:x|×)\s?\d{1,2}(?:\s?-\s?\d{1,2})?\s?(?:w(?:ee)?ks?|w\b|v\b|visits)|\bfor \d{1,3} days\b"
)
_NUMBER = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|sixteen|a)"
_LENGTH = loose(
    rf"\b{_NUMBER} ?-?(?:more )?(?:weeks?|wks?|w\b|visits?|sessions?|treatments?|months?|mos?\b|days?|years?)\b|\b\d ?w(?:k)? ?\d{{1,2}}\b"
    r"|\bschool year\b|\b(?:anticipated|expected|estimated|est\.?|planned|projected) (?:d/c|discharge|los|length|end|duration)"
    r"|\d{1,2}/\d{1,2}(?:/\d{2,4})? ?(?:-|–|—|to|through|thru) ?\d{1,2}/\d{1,2}|\b(?:by|until|through|thru|to) \d{1,2}/\d{1,2}"
)
_PRIOR = loose(
    r"\b(?:plof|prior (?:level|function\w*|living|status|to)|previous(?:ly)?|premorbid\w*|pre-?(?:morbid|injury|op|surgical) (?:level|function|status)?|"
    r"before (?:pregnancy|delivery|giving birth|birth|diagnosis|chemo\w*|symptoms?|retir\w+|the|this|that|his|her|surgery|injury|onset|hospital\w*|admission|fall|stroke|accident|(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|(?:19|20)\d\d)(?=\W))|baseline (?:function|level|mobility|status|diet)|"
    r"used to|was (?:fully |completely |previously )?(?:independent|able|walking|driving|working|living)|had been|"
    r"formerly|up until|until (?:the|this|his|her|\d|january|february|march|april|may|june|july|august|september|october|november|december)|"
    r"never (?:walked|talked|spoke|sat|had|been)|always (?:walked|needed|had)|usual (?:level|function|activities)|(?:pta|b/l)\b(?=\s?:)|"
    r"no (?:prior|previous) (?:difficult\w*|problem\w*|limit\w*|issues?|swallow\w*|speech)|clof\b|at (?:his|her) baseline|lifelong|congenital|since birth)\b"
)
_CHILD = loose(
    r"\b(?:\d{1,2};\d{1,2}\b|\d{1,2} years?,? \d{1,2} months?|\d{1,2}[- ](?:month|mo)[- ]old|(?:[0-9]|1[0-7])[- ]?(?:y/?o|yo|yrs?|years?)(?:[- ]old)?\b|"
    r"child|kid|infant|toddler|pediatric\w*|preschool|kindergarten|(?:1st|2nd|3rd|[4-9]th|first|second|third|fourth|fifth) grade|"
    r"born at|gestation|milestones?|iep\b|early intervention)"
)
_ONE_VISIT = loose(
    r"\b(?:one[- ]time (?:visit|eval\w*|consult\w*)|eval(?:uation)? only|single visit|no (?:further|additional|skilled) (?:pt|ot|st|slp|therapy|skilled|treatment|need)|"
    r"(?:therapy|pt|ot|slp|skilled (?:services|therapy)) (?:is |are )?not (?:indicated|needed|warranted|recommended)|does not (?:need|require) (?:skilled|further|pt|ot|st|slp|therapy)|"
    r"discharge(?:d)? (?:at|after|from) (?:eval|this|today)|screen(?:ing)? only|no plan of care)\b"
)


def is_one_visit(encounter: Encounter) -> bool:
    """Whether an evaluation ends with itself: no treatment is planned."""
    return bool(_ONE_VISIT.search(encounter.reading.lower))


def is_childs(reading: Reading) -> bool:
    """Whether the patient is a child: a prior level is then no fair question."""
    return bool(_CHILD.search(reading.lower))


def has_prior_level(reading: Reading) -> bool:
    return bool(_PRIOR.search(reading.lower)) or any(
        mention.has_tag("prior_level")
        for mention in reading.mentions_in(0, len(reading.text), "certainty_word")
    )


def missing_plan_elements(encounter: Encounter) -> Iterator[str]:
    """Yields the keys of ``PLAN_ELEMENTS`` that neither text nor record holds."""
    reading, plan = encounter.reading, encounter.note.plan
    present = {
        "diagnosis": _has_diagnosis(reading),
        "long_term_goal": _has_long_goal(encounter),
        "type": encounter.facts.discipline != "unknown" or bool(_TYPE.search(reading.lower)),
        "frequency": _has_frequency(reading),
        "duration": _has_duration(reading, recert=encounter.facts.note_type == "recert"),
    }
    for element in PLAN_ELEMENTS:
        if not present[element] and not plan.get(element):
            yield element


def _has_diagnosis(reading: Reading) -> bool:
    return bool(_CONDITION.search(reading.lower) or _ICD.search(reading.lower))


def _has_long_goal(encounter: Encounter) -> bool:
    """A goal not called short-term; a plain list of goals counts as the plan's goals."""
    if encounter.note.goals or any(goal.horizon != "short" for goal in encounter.goals):
        return True
    return bool(_LONG_GOAL.search(encounter.reading.lower))


def _has_frequency(reading: Reading) -> bool:
    """How often therapy is planned: in a line of the plan, or beside a word for therapy."""
    return any(
        _FREQUENCY.search(reading.lower, s.start, s.end)
        or reading.has_quantity(s.start, s.end, "frequency")
        for s in _planning(reading)
    )


def _has_duration(reading: Reading, *, recert: bool) -> bool:
    """A length of the plan: beside the frequency anywhere, or by itself outside goals and history."""
    for statement in _planning(reading):
        start, end = statement.start, statement.end
        often = _FREQUENCY.search(reading.lower, start, end)
        if often is not None:
            rest = reading.lower[start : often.start()] + " " + reading.lower[often.end() : end]
            if _LENGTH.search(rest) or _WITHIN.search(often.group()):
                return True
            if _TIMES.match(reading.lower, often.end()):
                return True
        elif (recert and _OVER.search(reading.lower, start, end)) or (
            statement.role not in _PLANNERS and not _OF_PLAN.search(reading.lower, start, end)
        ):
            continue
        if _DURATION.search(reading.lower, start, end):
            return True
    return False


def _planning(reading: Reading) -> Iterator[Statement]:
    """Yields the statements that may say how often and how long therapy goes on: not what the patient
    does at home, did before, or aims at."""
    for statement in reading.statements:
        if statement.role in ("hep", "education") or _AT_HOME.match(reading.lower, statement.start):
            continue
        planned = statement.role == "plan"
        if "home" in statement.contexts and not planned:
            continue
        if _SO_FAR.search(reading.lower, statement.start, statement.end) and not planned:
            continue
        often = _FREQUENCY.search(reading.lower, statement.start, statement.end)
        if (
            planned
            or often is None
            or _TYPE.search(reading.lower, statement.start, statement.end)
            or _AMOUNT.search(reading.lower, statement.start, statement.end)
            or statement.role
            not in ("goal", "history", "subjective", "caregiver_report", "measure")
        ):
            yield statement


#: "Amount 1x/day, 2 days per week": a line of the plan by its own words, below goals.
_AMOUNT = loose(r"\b(?:amount|intensity|freq(?:uency)?|duration)\b")
#: Roles of statements that may hold the length of a plan without its frequency.
_PLANNERS = frozenset({"plan", "other", "heading", "header", "billing", "assessment"})
_OF_PLAN = loose(r"\b(?:(?:re)?cert\w*|duration|plan of care|poc|frequency|freq)\b")
_AT_HOME = loose(r"\W*(?:today\b|hep\b|home\b|issued|given|gave|homework|hw\b)")
_SO_FAR = loose(
    r"\b(?:(?:has|have|had) been|was|were) seen\b|\bseen (?:for )?\d|\bto date\b|\bsince (?:soc|eval|start|\d)|\battended\b|\bso far\b|\bcompleted \d"
)
#: "2w4", "12 visits over …": a frequency that holds its length.
_WITHIN = loose(r"\d\s?w(?:k)?\s?\d|\b(?:visits|sessions|treatments)\b")
#: "Cert thru 10/31/25, recert from 11/3/25": the end of the period that is over.
_OVER = loose(
    r"\b(?:cert\w*\.? (?:period |date )?(?:ends?|ended|ending|expires?|thru|through)|recert\w* from)\b"
)
#: "2x/wk x 8": the number right behind the frequency is the length.
_TIMES = loose(r"\s?(?:[x×,]|for)\s?\d{1,2}\b(?!\s?(?:min|reps?|sec|sets?|%|ft))")
