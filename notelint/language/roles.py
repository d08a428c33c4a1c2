"""Decides what a statement is about: treatment, plan, goal, response, time, report or other.

The section decides first; in treatment sections and in text under no heading the statement's own
words decide (a goal, a plan or a report may stand anywhere).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from notelint.language.boxes import BOX
from notelint.language.loose import loose
from notelint.language.planwords import only_continues
from notelint.language.reading import Mention, Quantity, Section, Span

_SECTION_ROLE = {
    "subjective": "subjective", "plan": "plan", "goals": "goal", "history": "history",
    "billing": "billing", "education": "education", "hep": "hep", "precautions": "precaution",
    "header": "header", "signature": "signature", "assessment": "assessment",
    "measures": "measure",
}  # fmt: skip

#: "Pt to gym for PT": where somebody was taken, and no aim.
TAKEN_TO = (
    r"(?:the |therapy |rehab |pt |ot )?(?:gym|clinic|room|dept|department|mat|rehab|therapy)\b"
)
_GOAL = loose(
    r"^\W*(?:(?:(?:new|updated|revised|pt|ot|st|slp|annual|iep|functional|adl|mobility|gait|balance|pain|speech|swallow\w*|language) ){0,2}(?:ltg|stg|lto|sto|goal|long[- ]term goal|short[- ]term goal)s?\s*(?:#|no\.?)?\s*(?:\d{0,2}[a-z]?\s*(?:\([^)]*\))?|[-–(]?\s*\d{1,2}(?:\s?[-–]\s?\d{1,2})?\s?(?:wks?|weeks?|w|mos?|months?|visits?|days?)\)?)\s*[:=.|-](?!\d)|(?:ltg|stg|goal)s?\s?#?\d{1,2}[a-z]?\s?\)"
    r"|(?:ltg|stg|lto|sto|goal)s?\s?#?\d{1,2}[a-z]?\s+(?=(?:pt |patient |student |child )?will (?!be (?:addressed|updated|reviewed|met|continued|upgraded|revised)))"
    r"|(?:long|short)[- ](?:term|range)\s*[:–-]\s*(?=\S)|(?:lt|st)\s?#?\d{1,2}[a-z]?\s*[.:)]"
    r"|(?:ltg|stg|lto|sto|long[- ]term goal|short[- ]term goal)s?\s*(?:#|no\.?)?\s*\d{0,2}\)?\s+(?=(?:(?:pt|patient|client|resident|student|child) (?:will|to)\b|"
    r"will (?!be (?:addressed|updated|reviewed|met|continued|upgraded|revised))|"
    r"(?:improve|increase|incr|decrease|decr|reduce|less|enhance|maximi[sz]e|restore|normali[sz]e|demo|demonstrate|be able|able to|return to|maintain|develop)\b))"
    r"|(?:in the )?(?:long|short)[- ](?:term|range),? (?:the )?(?:pt|patient|client|resident|student|child|he|she|they) (?:will|to)\b"
    r"|(?:the )?(?:pt|patient|client|resident|student|child|caregiver|he|she) (?:will|to)\b(?!\s(?:"
    + TAKEN_TO
    + r"|continue|benefit|be seen|return|bring|call|cont|follow|try|need|require|work on|start|perform hep|do hep|(?:do|perform|complete|practice|keep up|continue) (?:\w+ ){0,2}?(?:exs?|exercises?|stretch\w*|program|homework|home)\b)))"
)
#: "STG 1." behind an item says what it was for.
_ONLY_REF = re.compile(
    r"\W*(?:ltg|stg|lto|sto|goal)s?\s?#?\d{1,2}[a-z]?(?:\s?[,/&+]\s?(?:(?:ltg|stg)\s?)?\d)*\W*"
)
#: Where habits are told: "she will drink milk from one cup only" aims at nothing there.
_TOLD = frozenset({"subjective", "history"})
_WONT = loose(r"^\W*(?:the )?(?:pt|patient|client|resident|student|child|he|she) (?:will|to)\b")
#: "LTG2 type 45 min so he can work half days": a goal by its number, with what will be so.
_NUMBERED_GOAL = loose(
    r"^\W*(?:(?:ltg|stg|lto|sto)s?\s?#?\d{1,2}[a-z]?,?|goal\s?#?\d{1,2},)\s+(?!(?:is|are|was|not|now|at|still|on|near\w*|n?m|pm|partial\w*|met|achieved|ongoing|progress\w*|addressed|continued?|cont|in progress|revised|upgraded|d/c\w*|discontinued|same|unchanged|improv\w+)\b)"
    r"(?=.*\b(?:will|by \d|by [a-z]{3,9} \d|in \d+ (?:wks?|weeks?|visits?)|so (?:can|that|pt|she|he)|to be able))",
    re.S,
)
_GOAL_DATE = (
    r"(?:\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?|\d{1,2}(?:\s?(?:-|–|to)\s?\d{1,2})?\s?(?:wks?|weeks?|w|mos?|months?|visits?|v|days?|d|sessions?)"
    r"|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d{1,2}(?:,? \d{4})?|d/c|discharge|end of [a-z]+(?: [a-z]+)?)"
)
#: How a goal stands, said right behind its label: the goal itself is told elsewhere.
_HOW_IT_STANDS = r"(?:partial\w*|partly|not|n?met|achieved|ongoing|progress\w*|in progress|continu\w*|cont|unchanged|same|improv\w+|discontinued|upgraded|revised|deferred|on hold)\b"
#: "LTG, by 1/12/26: sit down to dinner …", "STG, 3 wks: …", "LTG A by 1/2: …", "G2 (by 12/15) …": a goal
#: by its label and when it is due. A date alone says when it was looked at, if no bracket holds it.
_DUE_GOAL = loose(
    r"^\W*(?:(?:new|updated|revised|next|final) )?(?:(?:ltg|stg|lto|sto|goal|(?:long|short)[- ](?:term|range)(?: goal)?)s?\s?#?(?:\d{1,2}[a-z]?|[a-h])?|g\d)"
    rf"(?:(?:\s?[,–-])?\s?\(?(?:due|target|tgt|to be met)?\s?(?:by|in|within|inside|x|for|before|due|target:?|tgt:?)\s{_GOAL_DATE}\)?|\s?\({_GOAL_DATE}\)|\s?[,–-]\s(?=\d{{1,2}}[^/\d]){_GOAL_DATE})"
    rf"(?:\s?[:=|–-]|,?\s(?=[a-z0-9/]))\s?(?!{_HOW_IT_STANDS})(?=[^\s:][^:\n]{{9}})"
)
#: "New LTG set today, target 4 wks: …", "Added STG: …": a goal set in the words of the visit.
_SET_GOAL = loose(
    r"^\W*(?:(?:i |we )?(?:set|wrote|added|adding|made|established)(?: an?| the)? (?:(?:new|next|updated|revised|further|second|third) )?|(?:new|next|updated|revised) )(?:ltg|stg|lto|sto|(?:(?:long|short)[- ]term )?goal)s?\s?#?\d{0,2}[^:;.\n]{0,36}:\s(?=\S)"
)
#: "By 1/8 I want him turning round …", "We would like her to walk to church by May 3": a goal in prose.
_WISHED_GOAL = loose(
    rf"^\W*(?:(?:by|in|within|over|before) (?:the )?(?:next )?(?:{_GOAL_DATE}|(?:one|two|three|four|six|eight|ten|twelve) (?:weeks|months)|(?:the )?(?:end|next)\b[a-z ]{{2,24}}),? )?(?:i|we)(?:'d| would)? (?:want|like|expect|hope|aim|intend) (?:to (?:have|see|get) |for )?(?:him|her|them|pt|patient|the (?:patient|child|resident))\b(?! (?:back|in here|seen|to be (?:d/c|dis|seen|re|ready|done|finished)|to (?:try|see|bring|call|continue|cont|keep|follow|start|do|return|schedule|come)\b))"
)
_BY_WHEN = loose(
    rf"\b(?:by|in|within|before|inside) (?:the )?(?:next )?(?:{_GOAL_DATE}|(?:one|two|three|four|six|eight|ten|twelve) (?:weeks|months))"
)
#: "By 3/2 she will get dressed …": when, then who and what.
_DATED_WILL = loose(
    rf"^\W*(?:by|in|within) (?:the )?(?:next )?{_GOAL_DATE},? (?:the )?(?:pt|patient|client|resident|student|child|he|she|they) (?:will|should|is to|to)\b(?!\s(?:continue|benefit|be (?:seen|re\S+|dis\S+|d/c)|return to (?:clinic|md|dr)|bring|call|cont|follow|try|need|require|see|have (?:an?|his|her|new|another)|get (?:an?|his|her|new)|start|finish|run out|move))"
)
#: "GOAL 1  TRANSFERS SBA - ONGOING": a goal with how it stands.
_STANDING_GOAL = loose(
    r"^\W*(?:ltg|stg|lto|sto|goal)s?\s?#?\d{1,2}[a-z]?[:.)]?\s+(?!(?:met|not|ongoing|progress\w*|partial\w*|achieved|continue\w*)\b)[^|;\n]{6,90}?\s[-–—]\s*(?:ongoing|met|not met|partially met|partly met|progressing(?: \w+)?|in progress|achieved|continue[ds]?|cont|discontinued|upgraded|new)\b\W*(?:$|(?=\n))"
)
#: "Obj 1.1  produce /r/ in words": an objective below its annual goal.
_OBJECTIVE = loose(r"^\W*obj(?:ective)?\.?\s?#?\d{1,2}(?:\.\d|[a-e])?\s*[:.)–-]?\s+(?=[a-z])")
#: "Goals for therapy are to decrease pain, improve walking tolerance, …".
_TOLD_GOALS = loose(
    r"^\W*(?:our |my |the |his |her |their )?(?:therapy |treatment |rehab |pt |ot |st )?goals?(?: (?:for|of) (?:the |this |his |her )?(?:therapy|treatment|episode|pt|ot|st|slp|care|patient|skilled \w+|plan of care))? (?:are|is|include|includes|will be)(?: to)?:? (?:improv|increas|decreas|reduc|restor|return|maximi|regain|be able|have|normali)"
    r"|^\W*(?:our|my|his|her|their|treatment|therapy) goals of (?:improv|increas|decreas|reduc|restor|return|maximi|regain)"
)
_PLAN = re.compile(
    r"^\W*(?:[^.;:\n]{0,70}\bwill be (?:started|added|moved|introduced|tried|trialed|reviewed|progressed|increased|advanced|continued|reassessed|re-?checked|faded|raised|made|sent|issued)\b|(?:ongoing|continued|continuing|continuation of|further|more) (?:\w+ ){1,4}?(?:is|are|was|remains?) (?:still )?(?:recommended|indicated|warranted|needed|advised|necessary|appropriate)\b|(?:(?:we|i|pt|she|he|patient|ot|st)(?:'re| are| is|'s|'m| am)? )?(?:going to|gonna|we'll|we will|i'll|will just) (?:continue|keep|carry on|stay|proceed|stick)\b|(?:contin(?!uous|en|ued|ual)|contiue|cotinue)\w*|the plan (?:is|for|will)\b|carry on\b|keep (?:at|going|up|on|plugging|working)\b|(?:pt|ot|st|slp|patient|she|he|resident|client|therapy)?\s*(?:is |and )?(?:should|needs? to|to|is to|may|can|would)\s(?:keep|continue|cont|proceed|return|be seen)\b|plan\b(?!\s*of care (?:was|is) (?:established|reviewed))|next(?:\s?[:–]|,? (?:visit|session|tx|treatment|time|week|appt|mon|tue|wed|thu|fri))|nxt\b|nv\b|will (?:continue|cont|progress|add|trial|try|begin|start|reassess|re-assess|advance|focus|work|see|issue|plan|attempt|introduce|assess|increase|initiate|re-?check|monitor|address|bring|retest|repeat|do|upgrade|keep|move|fade|hold|send|call)|continue\b|cont\b|cont'd\b|con't\b|recommend|recommendations?|needs? (?:\S+ ){1,5}?(?:eval|evaluation|fitting|re-?check|order|referral|appt|appointment|follow[- ]up)\b|progress (?:as|to|per|toward|next|with)|advance (?:as|to)|tomorrow|(?:on )?(?:monday|tuesday|wednesday|thursday|friday)|f/u\b|follow[- ]up|rtc\b|return (?:to clinic|next|in)|to (?:begin|start|trial|try|progress|add|continue)\b|plan to|plan for|d/c (?:next|to|when|in|planned)|discharge (?:next|planned|to|when)|see (?:pt|patient|her|him|you|again|next))"
)
#: "Continues to improve", "cont w/ decreased ROM": how the patient is, not what will be done.
_STILL = loose(
    r"^\W*(?:(?:pt|patient|client|resident|she|he|they) )?(?:continues|continued) to (?!(?:receive|attend|be seen)\b)[a-z]"
    r"|^\W*(?:(?:pt|patient|client|resident|she|he|they) )?(?:cont|conts|cnt|cnts)\.? to (?:benefit|bene?f?t?|bnft|bnfit|ben|demo|present|require|req|need|have|show)\b"
    r"|^\W*(?:(?:pt|patient|client|resident|she|he|they) )?(?:cont|continues?)\.? (?:to have |to present )?(?:w/|with) (?:\w+ )?(?:↓|↑|decreas\w*|decr?\b|limit\w*|pain|weak\w*|deficits?|difficult\w*|impair\w*|poor|signs?|s/s|stiff\w*|dizz\w*|balance deficits?|reduced|swelling|edema)"
)
#: "Type: PT, with gait training, …" is an element of a plan of care.
_OFFERED = re.compile(
    r"^\W*(?:skilled )?(?:physical|occupational|speech(?:[ -]language)?) therapy (?:for )?(?:\d|one|once|two|twice|three|four|five) ?(?:x|times?|visits?|/|a|per)\b"
    r"|^\W*(?:tx |treatment |therapy )?type(?: of (?:therapy|service|treatment))?\s?:\s?(?:skilled )?(?:pt|ot|st|slp|physical|occupational|speech)\b"
)
_RESPONSE = re.compile(
    r"^\W*(?:response|resp|tolerance|tolerated|tol|pt tolerated|patient tolerated|tol'd|pt response|reports? (?:pain|fatigue|feeling)|post[- ]?(?:tx|treatment|session)|after (?:tx|treatment|session)|pain (?:after|post|now|at end|leaving))\b"
)
_REPORT = re.compile(
    r"^\W*(?:(?:pt|patient)\s+(?:sts|rpts?|sd)\b(?!\s*(?:x|\d))|(?:pt|patient|client|resident|he|she|student|veteran|mr|mrs|ms)\.?\s+(?:\w+\s){0,2}(?:reports?|reported|states?|stated|says|said|denies|denied|c/o|complain\w*|notes\b|feels|felt|describes?|mentions?|endorses?|verbalizes (?!understanding)|arrived|presents? (?:to|with|for)|was seen|seen (?:for|in|at|bedside)|agreeable|is (?:pleasant|agreeable|motivated|cooperative)|received (?:in|sitting|supine|seated|up)|found)|reports?\b|states\b|denies\b|c/o\b|per (?:pt|patient|wife|daughter|husband|son|mom|mother|nursing|spouse|caregiver|staff|teacher)|no new (?:complaints|c/o|issues|concerns))"
)
#: "Pt to do exercises daily": what is asked of the patient at home.
_AT_HOME = re.compile(
    r"^\W*(?:home\s?:|(?:pt|patient|resident|client|he|she)\.?\s(?:is )?to (?:do|perform|continue|complete|practice|keep)\s[^.;\n]{0,60}\b(?:daily|x ?/ ?(?:day|d|wk|week)|per day|a day|at home|on own|every (?:day|hour|night)|hep)\b)"
)
#: "Pt left in recliner with call light": how the session ended.
_LEFT = re.compile(
    r"^\W*(?:pt|patient|resident|client|he|she|res)\.?\s(?:was )?(?:left|returned to|transported|taken back|escorted|positioned|placed back|assisted back)\s(?:\w+\s){0,4}?(?:in|to|at|with|up|seated|supine|on)\b"
)
_SEEN_FOR = re.compile(
    r"^\W*\w+\.?\s+(?:\w+\s){0,2}?(?:was seen|seen|received)\s(?:\w+\s)?(?:for|with)?\b"
)
#: "Pt seen in rm and brought to gym, …, did arm bike, then …": all of the session in one sentence.
_SEEN_AND = re.compile(
    r"^\W*\w+\.?\s+(?:\w+\s){0,2}?(?:was seen|seen|received)\b.*?[,;]\s*(?:and |then |(?:pt|patient|he|she|resident) (?:then )?)*(?:did|performed|completed|participated|ambulated|walked|practi[cs]ed|engaged in|worked on)\b.*\b(?:then|and|also)\b",
    re.S,
)
_SIGNED = re.compile(
    r"(?:^\W*(?:(?:pt|ot|st|slp|therapist|clinician|provider|tx) )?sig(?:ned)?\s?:|electronically signed|e-?signed|signed by|digitally signed|signature|co-?signed|authenticated by|/s/|/es/|/e-s/)"
)
#: ``/s/`` is a sound before sound words; elsewhere it signs.
_SOUND = re.compile(
    r"/s/\s*(?:blend|sound|in\b|initial|medial|final|word|phoneme|production|target|and\b|,|-|\d|at\b|all\b)"
)
#: ``Pt cooperative.`` speaks of the patient; ``PT`` after a name signs.
_PATIENT_IS = re.compile(r"^\W*pt\.?\s+[a-z]")
#: "Forty four minutes in evaluation": the visit's time, said in a sentence of its own.
_SPENT = loose(
    r"\W*(?:total of |about )?(?:\d{1,3}|(?:twenty|thirty|forty|fifty|sixty|ninety|fifteen|ten|an?)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?)\s?(?:minutes?|mins?|min|hours?)\b"
    r"(?: (?:(?:were |was )?(?:spent|total|timed)|in|of|for|on|with (?:pt|patient)|today|the|this|evaluation|eval|treatment|session|therapy|visit|tx|one[- ]on[- ]one|1:1|direct|skilled))*\W*"
)
_TIME_WORDS = re.compile(
    r"\b(?:total|ttm|ttt|tct|tcm|timed|untimed|treatment time|tx time|time in|time out|units?|minutes?|mins?|min|billed|billing|charges?|cpt|code|codes|in|out|one[- ]on[- ]one|time|session|total treatment|of|and|x|for|the|were|was|spent|today|gp|go|gn|kx|cq|co|direct|contact|skilled|mins\.|therapy|service|services|ttl|tot|tx|treatment|eval|evaluation|re-eval|rest|excluded|not|unbilled|nonbillable|includes?|including|plus|each|unit)\b|[\d\W_]+"
)
_HISTORY = re.compile(
    r"^\W*(?:pmh|pmhx|hx|history|plof|prior level|premorbid|prior to (?:admission|onset|injury|surgery|this)|s/p|status post|dx|diagnosis|medical dx|pt is a \d|patient is a \d|\d{1,3}\s?(?:y/?o|yo|year[- ]old)|mr\.? \w+ is a|mrs\.? \w+ is a|ms\.? \w+ is a)\b"
)
#: "… pt has been seen for 97116, 97530 and 97112": codes of many visits.
_SEEN_SINCE = re.compile(
    r"[^.;\n]{0,110}\b(?:has|have) been (?:seen|treated|receiving|participating|working)\b"
)
#: "Skilled treatment this period: …": a summary of many visits, none of today.
_OF_PERIOD = re.compile(
    r"^\W*(?:skilled |the )?(?:treatments?|therapy|services?|interventions?|tx)\s(?:(?:has|have) (?:been|included|consisted|focused|addressed)\b|to date\b)|^\W*(?:[\w/]+ ){0,3}(?:training|exercises?|re-?education|retraining) (?:has|have) (?:been|included|consisted|focused|addressed)\b|^\W*(?:skilled |the )?(?:treatments?|therapy|services?|interventions?|tx)\s(?:provided |given |rendered |received )?(?:in|during|over|for|this|throughout)\s(?:the |this )?(?:\w+ )?(?:period|interval|course of care|month|episode)\b"
)
_HEADER = re.compile(
    r"\b(?:dos|date of service|visit(?: (?:no|number|type|date|#))?\s?#?\s?\d|payer|payor|insurance|patient(?: name)?:|pt name|mrn|dob|date of birth|referring|provider:|therapist:|clinic:|facility:|location:|room|discipline|(?:pt|ot|st|slp|physical therapy|occupational therapy|speech therapy) (?:daily|progress|treatment|visit|encounter) (?:note|record)|daily (?:note|treatment note)|treatment (?:note|encounter)|diagnosis:|dx:|age:|sex:|auth(?:orization)?(?: #)?:?|cert(?:ification)? (?:dates?|period))"
)
_EDUCATION = re.compile(
    r"^\W*(?:(?:pt|patient|caregiver|family|wife|husband|daughter|son|spouse|mom|mother|client)\.?\s+(?:was |were )?(?:educated|instructed (?:in|on) (?:hep|home)|ed\b)|educat\w+|education|hep\b|issued hep|reviewed hep|home program)"
)

#: "Age 4 y 2 m   Dx: idiopathic toe walking": what the patient has.
_DIAGNOSED = re.compile(
    r"\W*(?:[\w./,; ]{0,40}\s)?(?:(?:medical|med|treatment|treating|tx|rehab|primary|secondary|pt|ot|slp) )?(?:dx|diagnos[ie]s)\s?:"
)

#: Mentions that make a statement a treatment statement.
TREATMENT_LEXICONS = frozenset({
    "exercise", "task", "technique", "modality", "service_label", "speech_task", "object",
    "adl_equipment", "generic_head", "surface",
})  # fmt: skip


#: What stands below goals and is none: the therapy goes on, more of it is asked for.
_AFTER_GOALS = re.compile(
    r"^\W*(?:next (?:visit|session|time|tx|treatment|week)\b|(?:pt|patient|client)\s+)?(?:(?:is\s+)?to\s+|will\s+)?(?:cont(?:inue)?\.?\s+(?:same|as|pt|ot|st|therapy|poc|with\s+(?:poc|plan|therapy)|per|current|plan|skilled|tx)\b"
    r"|(?:pt|ot|st|slp)\s+(?:prn|as\s+(?:needed|indicated|ordered|tolerated)|\d|daily|weekly|to\s+(?:cont|see|follow))"
    r"|needs?\s+(?:more|continued|skilled|further)\s+(?:\w+\s+)?(?:therapy|pt|ot|st|tx|treatment|services)\b)"
)


#: What goes on is the therapy ("will keep on w/ dysphagia tx as ordered"), no aim.
_ONWARD = loose(
    r"\W*(?:(?:we|i|pt|patient|ot|st|slp|she|he|plan|to|will|should|is|are|going|going to) ){0,3}(?:cont\w*\.?|con't|keep (?:on|going|up|at|plugging|with|w/)|resume|proceed|carry on|stay|stick)(?=[\s/])"
)
#: A sentence behind a goal on its line that speaks of the visit ("Today's visit was necessary").
_OF_VISIT = loose(
    r"^\W*(?:today['’]?s|this|the) (?:visit|session|treatment|tx|therapy|service) (?:was|is|were)\b"
    r"|^\W*(?:skilled|skld) [^.;\n]{0,60}?\b(?:was|were|is|are|remains?|provided|delivered|rendered|needed|required|necessary|indicated|warranted)\b"
)


def early(span: Span) -> bool:
    """Whether a statement stands where the head of a note does."""
    return span.start < _HEAD_END


#: The title of a note stands first and names the discipline and the document.
_TITLE_AT = 40
_TITLE = re.compile(
    r"^\W*(?:(?:skilled|outpatient|inpatient|home health|rehab|therapy|hand|snf|school|pediatric|sports|ortho(?:pedic)?|neuro|vestibular|pelvic|aquatic|geriatric|early intervention|clinic|daily|acute) )*(?:physical|occupational|speech|speech[- ]language|rehab(?:ilitation)?|hand|pt\b|ot\b|st\b|slp\b|therapy\b)[^.:;\n]{0,60}?\b(?:notes?|evaluation|eval|re-?evaluation|summary|record|plan of care|encounter|recertification|recert|progress report|discharge|daily)\b(?![^\n]*\d ?min)[^.;\n]{0,60}$"
)
#: The head of a note (patient, dates, insurance) ends here at the latest.
_HEAD_END = 400


def role_of(
    lower: str,
    span: Span,
    section: Section,
    mentions: Sequence[Mention],
    quantities: Sequence[Quantity],
    contexts: frozenset[str],
    *,
    colon: bool,
) -> str:
    """Returns the role of one statement (see ``ROLES``)."""
    words = lower[span.start : span.end]
    if _is_signature(words, mentions, span.start) and not (
        section.kind == "plan" and only_continues(words)
    ):
        return "signature"
    if (
        early(span)
        and len(words) < 200
        and len(_HEADER.findall(words)) >= 2
        and not _has_dose(quantities)
    ):
        return "header"
    if (
        span.start < _TITLE_AT
        and "\n" not in lower[: span.start]
        and _TITLE.match(lower[: span.end])
        and not any(q.kind in ("dose", "reps", "hold", "load", "code") for q in quantities)
    ):
        return "header"
    fixed = _SECTION_ROLE.get(section.kind)
    if section.kind == "goals" and (
        _AFTER_GOALS.match(words) or (_ONWARD.match(words) and only_continues(words))
    ):
        return "plan"
    if section.kind == "goals" and _OF_VISIT.match(words):
        return "other"
    if section.kind != "goals" and _ONLY_REF.fullmatch(words):
        return "other"
    worked = _WORKED.match(words)
    if (
        worked
        and not _DUE_GOAL.match(words)
        and _does(words, worked, span.start, mentions, quantities)
    ):
        return "treatment"
    if section.kind == "goals" or (
        section.kind != "plan"
        and not only_continues(words)
        and (
            _GOAL.match(words)
            or _NUMBERED_GOAL.match(words)
            or _STANDING_GOAL.match(words)
            or _TOLD_GOALS.match(words)
            or _OBJECTIVE.match(words)
            or _sets_goal(words)
            or _stands_for_goal(words, mentions, quantities)
        )
        and not (section.kind in _TOLD and _WONT.match(words))
    ):
        return "goal"
    if _ticks(words, mentions, quantities):
        return "billing"
    if fixed == "billing" and _narrates(mentions, quantities):
        # One box a code: "97110: side lying hip abd 2# 3x12" below a heading of codes.
        fixed = None
    if fixed == "plan" and (
        (_bills(words, quantities) and not _goes_on(lower, span.start))
        or _ONLY_BILLS.fullmatch(words)
    ):
        return "time"
    if fixed == "billing" or (
        fixed in (None, "plan", "assessment", "signature", "header", "goal")
        and (_is_time(words, mentions, quantities) or _SPENT.fullmatch(words))
    ):
        return "time"
    if fixed == "assessment":
        if _tells_service(mentions, quantities):
            return "treatment"
        if _PLAN.match(words) and not _STILL.match(words):
            return "plan"
        return "assessment"
    if fixed == "measure" and _is_done(mentions, quantities) and not _differs(words):
        return "treatment"
    if fixed == "plan" and _goal_in_plan(words):
        return "goal"
    if fixed:
        return fixed
    if early(span) and _DIAGNOSED.match(words) and not _has_dose(quantities):
        return "history"
    if colon and not _treats(mentions, quantities):
        return "heading"
    if _PER_PLAN.fullmatch(words) and mentions and mentions[0].is_a("service_label"):
        return "treatment"
    if _STILL.match(words):
        return "assessment"
    if _OFFERED.match(words):
        return "plan"
    if _LEFT.match(words):
        return "other"
    if _AT_HOME.match(words):
        return "hep"
    if (
        (_PLAN.match(words) and not _opens_with_aim(words, quantities))
        or _is_plan_empty(mentions, span, words)
        or only_continues(words)
    ):
        return "plan"
    if _REPORT.match(words):
        if _SEEN_FOR.match(words) and (
            section.kind == "treatment"
            or (" for " in words and _times_service(mentions, quantities))
        ):
            return "treatment"  # a summary of treatment tells it as a report does
        if section.kind == "body" and _SEEN_AND.match(words) and _treats(mentions, quantities):
            return "treatment"
        return "subjective"
    if _HISTORY.match(words) or _OF_PERIOD.match(words):
        return "history"
    if _SEEN_SINCE.match(words) and not any(q.kind == "minutes" for q in quantities):
        return "history"
    if "report" in contexts or ("family" in contexts and not _trains_caregiver(words)):
        return "caregiver_report"
    if _EDUCATION.match(words):
        return "education"
    if _RESPONSE.match(words) or any(m.is_a("response_empty") for m in mentions):
        return "response" if not _specific(mentions) else "treatment"
    if _is_motion(mentions, quantities) or _compares(words, mentions):
        return "measure"
    if _treats(mentions, quantities):
        return "treatment"
    if any(m.is_a("pointer") for m in mentions):
        return "pointer"
    if any(m.is_a("measure") for m in mentions) or any(
        q.kind in ("grade", "rom", "scale", "score") for q in quantities
    ):
        return "measure"
    if any(m.is_a("response", "progress_vague") for m in mentions):
        return "response"
    return "other"


def _sets_goal(words: str) -> bool:
    """Whether a statement sets a goal by a label that dates it, as something new, or in prose."""
    if _DUE_GOAL.match(words) or _SET_GOAL.match(words) or _DATED_WILL.match(words):
        return True
    return _WISHED_GOAL.match(words) is not None and _BY_WHEN.search(words) is not None


#: "LTG 2  Into and out of pickup, no help, 4 of 5": behind the number of a goal, with no sign between,
#: stands the goal where no word tells how it stands, what was done today, or from where it came.
_BY_NUMBER = loose(r"^\W*(?:ltg|stg|lto|sto)s?\s?#?\d{1,2}[a-z]?,?\s(?=[a-z0-9↑][^:]{14,}$)")
_STANDS_OR_DONE = re.compile(
    r"->|→|=>|:|\s[-–—]\s|\b(?:n?met|not met|partial\w*|partly|achieved|ongoing|progress\w*|addressed|continu\w*|cont|in progress|revised|upgraded|d/c\w*|discontinued|same|unchanged"
    r"|improv\w+|was|were|is|are|has|had|now|from|today|currently|current|at eval|start|still|yet|since|needs|required|training|practic\w*|work\w*|targeted|focus\w*|[a-z]{3,}ed)\b"
)
_CRITERIA = frozenset({"count", "distance", "percent", "score", "rom", "grade", "speed"})
_OF_TODAY = frozenset({"dose", "reps", "sets", "hold", "minutes", "code", "units", "load"})


def _stands_for_goal(
    words: str, mentions: Sequence[Mention], quantities: Sequence[Quantity]
) -> bool:
    label = _BY_NUMBER.match(words)
    if label is None or _STANDS_OR_DONE.search(words, label.end()):
        return False
    kinds = {q.kind for q in quantities}
    if kinds & _OF_TODAY or any(m.is_a("service_label", "technique", "cue") for m in mentions):
        return False
    return bool(kinds & _CRITERIA) or any(m.is_a("assist") for m in mentions)


def _times_service(mentions: Sequence[Mention], quantities: Sequence[Quantity]) -> bool:
    """Whether words name a service and give its minutes ("… was seen for ther act x 15 minutes")."""
    return any(m.is_a("service_label") for m in mentions) and any(
        q.kind == "minutes" and not q.look_alike for q in quantities
    )


#: "Ther act per POC": a service of the day by its name and a pointer.
_PER_PLAN = loose(r"[a-z][a-z /&-]{1,30} per (?:poc|plan of care|protocol|plan)\.?")
#: So many boxes, and so many names of services among them, make a list to tick.
_LEAST_BOXES, _LEAST_NAMES = 3, 2


def _ticks(words: str, mentions: Sequence[Mention], quantities: Sequence[Quantity]) -> bool:
    """Whether a line ticks services and tells nothing of them ("[x] ADL  [x] Ther act  [ ] Ther ex")."""
    if sum(m.is_a("service_label") for m in mentions) < _LEAST_NAMES:
        return False
    if any(q.kind in ("minutes", "units", "dose", "code", "reps") for q in quantities):
        return False
    return len(BOX.findall(words)) >= _LEAST_BOXES - (words[:1] not in "[(☐☑☒")


def _opens_with_aim(words: str, quantities: Sequence[Quantity]) -> bool:
    """Whether a code behind "to start …," shows that it is what the work of today was for."""
    return words.startswith("to ") and any(q.kind == "code" for q in quantities)


#: "Goal 2 - lift for liquid swallow: Mendelsohn 3x6, hold 2 sec": what was worked on behind its goal.
_WORKED = loose(
    r"^\W*(?:ltg|stg|lto|sto|goal)s?\s?#?\d{1,2}[a-z]?\s*[-–:.)(,]\s*(?P<aim>[^:;.\n]{4,110}):\s(?=\S)"
)
_AIMED = re.compile(r"\b(?:will|by \d|in \d+ (?:wk|week|visit)|within|baseline|target|status)\b")
_STANDS = re.compile(
    r"\s*(?:met|not met|progress\w*|ongoing|partial\w*|improv\w*|emerging|continue|achieved|goal|baseline|current|status)\b"
)


def _does(
    words: str,
    worked: re.Match[str],
    start: int,
    mentions: Sequence[Mention],
    quantities: Sequence[Quantity],
) -> bool:
    if _AIMED.search(worked["aim"]) or _STANDS.match(words, worked.end()) or " will " in words:
        return False
    at = start + worked.end()
    told = any(
        m.start >= at and m.is_a("exercise", "speech_task", "technique", "task", "cue", "object")
        for m in mentions
    )
    return told and any(q.start >= at for q in quantities)


def _narrates(mentions: Sequence[Mention], quantities: Sequence[Quantity]) -> bool:
    """Whether a line under a billing heading tells what was done."""
    named = any(
        m.is_a("exercise", "technique", "speech_task", "object", "adl_equipment")
        and not m.is_a("service_label", "generic_modifier", "filler")
        for m in mentions
    )
    generic = any(
        m.is_a("generic_head")
        and not any(o.is_a("service_label") and o.start <= m.start < o.end for o in mentions)
        for m in mentions
    )
    return named or (generic and any(q.kind == "code" for q in quantities))


def _tells_service(mentions: Sequence[Mention], quantities: Sequence[Quantity]) -> bool:
    """Whether a sentence holds a code, its minutes or distance, and what was done: some write all of
    the session under A."""
    kinds = {q.kind for q in quantities}
    return (
        "code" in kinds
        and bool(kinds & {"minutes", "distance"})
        and any(m.is_a("exercise", "task", "technique", "speech_task") for m in mentions)
    )


def _has_dose(quantities: Sequence[Quantity]) -> bool:
    return any(q.kind in ("dose", "reps", "hold", "load") for q in quantities)


def _goal_in_plan(words: str) -> bool:
    return bool(_GOAL.match(words)) and " will " in f" {words} "


def _treats(mentions: Sequence[Mention], quantities: Sequence[Quantity]) -> bool:
    return any(m.lexicons & TREATMENT_LEXICONS for m in mentions) or any(
        q.kind in ("dose", "code") for q in quantities
    )


def _is_motion(mentions: Sequence[Mention], quantities: Sequence[Quantity]) -> bool:
    """Whether a statement gives joint motions with values ("L shld flex 118, ER 34") and no dose."""
    heads = [m for m in mentions if m.lexicons & TREATMENT_LEXICONS and not m.is_a("generic_head")]
    named = any(m.is_a("measure") and m.is_a("impairment") for m in mentions)  # "AROM"
    if not heads or any(
        not (m.is_a("exercise") and (named or _MOTION.search(_term(m)))) for m in heads
    ):
        return False
    kinds = {q.kind for q in quantities}
    if named and "rom" in kinds and any(_term(m, "impairment") == "grip" for m in mentions):
        kinds.discard("load")
    return bool(kinds & {"number", "rom", "grade"}) and not kinds & {
        "dose",
        "reps",
        "sets",
        "hold",
        "load",
        "minutes",
        "count",
    }


_ARROW = re.compile(r"\d[^;.\n]{0,10}?(?:->|→|=>|-->)\s?\d")
_TEST_BEFORE = re.compile(
    r"\W*(?:before (?:tx|treatment|therapy|session)|pre[- ]?(?:tx|treatment|test)|at (?:eval|start|arrival)|on arrival|initially)\b(?=.*\d)"
)


def _compares(words: str, mentions: Sequence[Mention]) -> bool:
    """Whether a statement lists tests with their old and new values ("6MWT 720 ft -> 1085 ft")."""
    if _TEST_BEFORE.match(words) or _differs(words):
        return True
    arrows = len(_ARROW.findall(words))
    return arrows > 1 or (arrows == 1 and any(m.is_a("measure") for m in mentions))


#: "Single leg heel raise R 14 reps, L 22 reps": what each side can do.
_SIDES = re.compile(
    r"\W*[a-z][a-z -]{2,44}?(?:\s?\([^)]*\))?[\s:–-]+(?P<one>r|right|rt|l|left|lt)\s?[:=]?\s?(?P<first>\d{1,3}(?:\.\d+)?)(?P<unit>\s?[a-z#°\"]{0,8})[,;/]\s?(?:vs\.?\s)?(?P<other>l|left|lt|r|right|rt)\s?[:=]?\s?(?P<second>\d{1,3}(?:\.\d+)?)(?P=unit)(?![\d/x×])"
)


#: The same with the side behind its number: "sls 4s R, 3s L".
_SIDES_AFTER = re.compile(
    r"\W*[a-z][a-z -]{1,44}?(?:\s?\([^)]*\))?[\s:–-]+(?P<first>\d{1,3}(?:\.\d+)?)(?P<unit>\s?[a-z#°\"]{0,5})\s(?P<one>r|right|rt|l|left|lt)[,;/]\s?(?P<second>\d{1,3}(?:\.\d+)?)(?P=unit)\s(?P<other>l|left|lt|r|right|rt)\b"
)


def _differs(words: str) -> bool:
    """Whether a statement gives one number for each side, and the sides differ."""
    sides = _SIDES.match(words) or _SIDES_AFTER.match(words)
    if sides is None or sides["one"][0] == sides["other"][0]:
        return False
    return sides["first"] != sides["second"]


def _is_done(mentions: Sequence[Mention], quantities: Sequence[Quantity]) -> bool:
    """Whether a statement below a heading of measures tells treatment: a dose, a code or a technique."""
    return any(q.kind in ("dose", "code", "load", "hold") for q in quantities) or any(
        m.is_a("technique", "modality", "service_label", "generic_head", "speech_task", "cue")
        for m in mentions
    )


_MOTION = re.compile(
    r"(?:hip abduction|shoulder external|table slide|heel slide|bicep curl|cervical rotation|ankle pump|wrist circumduction|long arc quad)"
)


def _term(mention: Mention, lexicon: str = "exercise") -> str:
    sense = mention.sense(lexicon)
    return sense.term if sense else ""


def _specific(mentions: Sequence[Mention]) -> bool:
    return any(m.is_a("exercise", "task", "technique", "speech_task") for m in mentions)


def _trains_caregiver(words: str) -> bool:
    return any(
        w in words for w in ("train", "educat", "instruct", "taught", "demo", "pt ", "patient")
    )


def _is_plan_empty(mentions: Sequence[Mention], span: Span, words: str) -> bool:
    for mention in mentions:
        leads = mention.start - span.start <= 6 or _TO_COME.match(words)
        if leads and mention.is_a("plan_empty") and mention.end - mention.start > 12:
            return len(words) < 2.2 * (mention.end - mention.start) + 24
    return False


#: "Counseled pt on posture", "advancing in OT": a verb or preposition before it takes it as its object.
_PATIENT_OF = re.compile(
    r"\b(?:[a-z]{3,}ed|with|w/|in|of|for|from|gave|taught|told|has|had|after|during|cont(?:inue)?)\s+(?:skilled\s+)?(?:pt|ot|st)\b(?!\s*[,/]\s*[a-z]{2,4}\b)"
)
#: "OT as ordered": the therapy, not who signs.
_THERAPY = re.compile(
    r"^\W*(?:pt|ot|st|slp)\s+(?:as|to|will|is|was|per|for|in|at|with|services|tx|treatment|again|daily|weekly|continues?|prn|until)\b"
)
#: "SLP 2x/wk x 4 wks" is a plan, not a signature.
_OFTEN = re.compile(
    r"\d\s?[x×]?\s?/\s?(?:wk|week|day|mo)|\bweekly\b|\d\s?w(?:k|eek)?\s?\d|(?:[x×]|for)\s?\d{1,2}\s?(?:wk|week|visit|mo)"
)


#: "Three more weeks of PT, then look again": the therapy that will go on.
_MUCH_OF = loose(
    r"\b(?:visits?|sessions?|weeks?|wks?|months?|days) (?:of |in )(?:skilled )?(?:pt|ot|st|slp)\b"
)
#: Two letters beside a credential are a surname ("Lorraine Vu, OTR/L").
_SURNAME = 2


#: "Requires the skills of a physical therapist", "needs a CHT's eye": one of a profession, no name.
_ANY_ONE = loose(
    r"\b(?:requires?|required|needs?|needed|calls? for|warrants?|skills?|expertise|judge?ment|knowledge|only)\b[^.;\n]{0,30}\b(?:an?|the) (?:\w+ )?(?:pt|ot|slp|cht|therapist|physical|occupational|speech)\b"
)


def _is_signature(words: str, mentions: Sequence[Mention], start: int) -> bool:
    if _SIGNED.search(words) and len(words) < 120 and not _SOUND.search(words):
        return True
    credentials = [m for m in mentions if m.is_a("credential")]
    if not credentials or len(words) > 90 or _PATIENT_IS.match(words) or _OFTEN.search(words):
        return False
    if (
        _PATIENT_OF.search(words)
        or _THERAPY.match(words)
        or _MUCH_OF.search(words)
        or _ANY_ONE.search(words)
    ):
        return False
    rest = [
        m for m in mentions
        if not m.is_a("credential", "subject", "filler", "section", "generic_modifier", "certainty_word", "context")
        and not (m.end - m.start == _SURNAME and words[m.end - start : m.end - start + 1] == ",")
    ]  # fmt: skip
    return not rest and len(words.split()) <= 9 and any(c.isalpha() for c in words)


def _is_time(words: str, mentions: Sequence[Mention], quantities: Sequence[Quantity]) -> bool:
    timed = any(
        q.kind in ("minutes", "units", "clock_range", "clock", "code") or q.kind == "number"
        for q in quantities
    )
    if not timed or not _TOTALS.search(words):
        return False
    labels = [m for m in mentions if m.is_a("service_label", *_CONTENT)]
    if any(not m.is_a("service_label") for m in labels):
        return False
    left = [w for w in _TIME_WORDS.sub(" ", words).split() if len(w) > 1]
    return len(left) <= 3 + 2 * len(labels)


def _bills(words: str, quantities: Sequence[Quantity]) -> bool:
    """Whether a line below a plan is the bill of the day ("97110 15 MIN   97530 15 MIN", "97168")."""
    if not _CODE_FIRST.match(words) or any(q.kind == "frequency" for q in quantities):
        return False
    alone = not any(c.isalpha() for c in words)
    counted = any(q.kind in ("minutes", "units") for q in quantities) or _TIMES.search(words)
    return bool(alone or counted)


#: Nothing but codes and how many ("97129 x1, 97130 x2.").
_ONLY_BILLS = re.compile(
    r"\W*(?:(?:cpt\W{0,3})?9\d{4}(?:[\s(:x×-]*\d{1,3}\s?(?:u|units?|min(?:ute)?s?|['’])?\)?)[\s,;/+&.]*)+"
)


def _goes_on(lower: str, start: int) -> bool:
    """Whether other words stand before a statement on its line."""
    return any(c.isalnum() for c in lower[lower.rfind("\n", 0, start) + 1 : start])


_CODE_FIRST = re.compile(r"\W*(?:cpt\W{0,3})?9\d{4}\b")
_TIMES = re.compile(r"\bmin(?:ute)?s?\s?[:=]\s?\d|\bx\s?\d\b(?!\s?(?:/|x|per|a\b|week|wk))")
_TO_COME = re.compile(r"(?:\w+\s){0,3}(?:will|should|to|plans?|would|needs?)\b")
_CONTENT = ("exercise", "task", "technique", "object", "surface", "measure")
_TOTALS = re.compile(
    r"^\W*time:?\s\d|\b(?:(?:re-?)?eval(?:uation)?|treatment|session|visit|tx) time\b|\b(?:total|ttm|ttt|tct|tcm|timed|time in|time out|units?|billed)\b"
)
