"""Finds the criterion of a goal: a number, level, scale, diet or "without …" (catalogue B4)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from notelint.encounter.encounter import Value
from notelint.language.loose import loose
from notelint.language.reading import Reading, Span, Statement
from notelint.language.roles import TAKEN_TO

GOAL_ID = loose(
    r"^\W*+(?:new |updated |revised )?(?:(?P<h>ltg|stg|lto|sto|goal|long[- ]term goal|short[- ]term goal)s?\s{0,9}(?:#|no\.?\s)?\s{0,9}(?P<n>\d{1,2}[a-z]?|[a-h](?=\s?[:.),(]|\s(?:by|in|within)\s))?\s{0,9}(?:[:.)=-]|\b)|(?:#|no\.?\s)?\s{0,9}(?P<m>\d{1,2}[a-z]?)\s{0,9}[:.)](?!\d)|)"
)
GOAL_WHO = loose(
    r"\b(?:(?:pt|patient|client|resident|caregiver|he|she|student|child|wife|husband|family|they) (?:will|to(?! "
    + TAKEN_TO
    + r"))|[a-z]+ will|"
    r"[a-z]{3,} to (?:be|have|improve|increase|decrease|reduce|demonstrate|perform|complete|ambulate|walk|transfer|tolerate|return|maintain|use|safely|independently|stand|sit|climb|dress|don|doff|bathe|eat|drink|swallow|say|name|produce|follow|answer|express|communicate|recall|attend|participate|reach|lift|carry|verbalize|identify|manage|feed|propel|roll|bring|achieve|report|negotiate|ascend|get|sleep|wear|write|hold))\b"
)
_MEASURE_KINDS = frozenset(
    {
        "dose",
        "reps",
        "distance",
        "height",
        "load",
        "score",
        "percent",
        "scale",
        "grade",
        "rom",
        "speed",
        "count",
        "hold",
        "seconds",
        "minutes",
        "rpe",
        "level",
        "vitals",
        "people",
        "sets",
        "range",
        "number",
        "units",
    }
)
_MEASURE_WORDS = loose(
    r"(?:\[x\] ?(?:i|ind\w*|s|sup\w*|mod i|sba|cga|min|mod|max|setup)\b|^\W*(?:\d{1,2}[.)]?\s)?i\b(?= (?:w/|with|in) )|\b(?:(?:be|is|become|to|with|w/) [is]\b(?!/)|independent(?:ly)?(?! as (?:possible|able|can be))|indep(?! as possible)|ind\b(?! as possible)|independence|mod(?:ified)? i\w*|supervis\w+|sup\b|sba|cga|min(?:imal)? a\w*|mod(?:erate)? a\w*|max(?:imal)? a\w*|(?:without|w/o|w/out) (?:assist|help|cues?|lob|loss|pain|difficult|device|ad\b|rest|fall|compensat|stopping|handrail|rail|ue|s/s|sign|aspirat|trendel|deviation|antalgic|limitation|increase|symptom|verbal)|no (?:assist|help|cues?|lob|loss|pain|device|ad\b|rest|falls?|compensat|rail|s/s|sign|more|verbal|deviation|increase|symptoms?|errors?|limitation)|zero|pain[- ]free|regular (?:diet|solids|texture)|thin liquids?|iddsi|set-?up|reciprocal\w*|age[- ]appropriate|within normal limits for age|normal for age|every time|all day|full (?:shift|duty|day|night|workday|rom|extension|weight)|through the night|whole (?:shift|meal|day)|entire (?:meal|shift|day)|safely 100|return demo\w*|intelligib\w+ (?:to|by)|mechanical soft|puree|nectar|honey)\b)"
)

_NUMBER_WORD = r"(?:once|twice|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)"
#: Criteria written in words: how often, alone, at a stretch, with which tool or whom.
_HOW_OFTEN = loose(
    r"\b(?:(?:every|each) (?:time|meal|morning|night|day|evening|visit|trip|transfer|attempt|step|class|shift|bathroom)|"
    r"(?:by|all by) (?:herself|himself|themselves|themself|self)|on (?:her|his|their) own|alone|unassisted|unaided|nobody|no one|"
    r"(?:without|w/o|w/out) (?:any|anyone|someone|being|sitting|resting|rests?|a (?:rest|break|seat|fall)|breaks?|remind\w*|prompt\w*|holding|hands?|arms?|using|leaving|"
    r"chok\w*|cough\w*|drop\w*|spill\w*|wak\w*|aid|support|physical|supervision|touching|push\w*|her|his|walker|cane|wheelchair|brace|loss|set-?up)|"
    r"no (?:hands|ue|rests?|breaks?|stops?|cough\w*|chok\w*|walker|cane|device|reminders?|prompts?|chair|hand hold|spills?|drops?|waking)|"
    r"on (?:the )?(?:first|1st) (?:try|attempt|trial)|(?:in|with) (?:a single|one) (?:trip|try|go|attempt|hand)|(?:the )?first time|(?:composite|full) (?:fist|grip)|(?:to|from) (?:the )?(?:dpc|distal palmar crease|palmar crease)|"
    rf"{_NUMBER_WORD} (?:in|out of|of|per|for) (?:every )?(?:{_NUMBER_WORD}|\d{{1,3}})|(?:at (?:the )?(?:most|least)|no (?:more|fewer|less) than|not more than|up to|never (?:more|less) than) (?:{_NUMBER_WORD}|an?)|"
    r"daily(?=\W*$|\W*[,.;:)]|\s(?:w/|with|for|by|in|at|x|as|to|and|or|w/o|without|using|from|on|per|after|before)(?!\w))|nightly|twice|once (?:a|per)|from memory|hands[- ]free|step over step|step[- ]through"
    r")\b"
)
#: A named tool or helper is a criterion where the goal does not merely aim at more.
_WITH_TOOL = loose(
    r"\b(?:(?:with|using|w/) (?:a |the |her |his |an )?(?:\w+ )?(?:reacher|sock aid|long[- ]handled?\w*|walker|rw|fww|rollator|cane|spc|quad cane|crutch\w*|wheelchair|w/c|hoyer|gait belt|"
    r"gait trainer|sliding board|slide board|grab bars?|rails?|handrail|hand rail|afo|prosthesis|splint|built[- ]up|adaptive|one (?:rail|hand)|both hands|tub bench|caregiver|wife|husband|aide|staff))\b"
)
_MORE = loose(
    r"\b(?:improv\w*|increas\w*|better|more|safer|enhanc\w*|decreas\w*|less|maximi\w*|greater)\b"
)
_IN_WORDS = loose(
    r"\b(?:\d{1,3}k\b|(?:first|second|third|top|bottom|middle|overhead|high) (?:shelf|cabinet|drawer|rack|rod)|(?:one|two|three|four|five|six|eight|ten|fifteen|twenty)[- ](?:pounds?|lbs?|feet|foot|inch\w*)|(?:whole|entire) \w+|full (?:meal|class|game|round|hour|rehearsal|week|time|gallon|cup|glass|load|basket|bag|plate|bowl|pitcher|bucket|tray|kettle|page|set|row|lap|song|service|movie)|(?:one|two|three|four|five|six|eight|ten|twelve|half an?|an?) (?:hours?|blocks?|miles?|flights?|laps?|minutes?|days?|nights?|steps?|stairs|times|items?|words?|sentences?)|"
    r"around the block|to (?:and from )?(?:the )?mailbox|end of (?:the )?(?:driveway|hall|shift)|minced (?:and|&) moist|soft (?:and|&) bite|ground diet|slightly thick|mildly thick|moderately thick|npo|"
    r"understood by|with no (?:more|help|assist\w*|cues?|pain|rest)|full duty|light duty|normal limits)\b"
)
#: "Increase independence" is an aim, not a level.
_VALUE = loose(
    r"\b(?:1/2|half(?: an?)?|one|a full|full|\d) (?:mmt )?grades?\b|(?<![\w/.-])\d{1,3} ?\+(?! ?\d)|\b(?:neg(?:ative)?|clear(?:ed)?) (?:bilat\w*|b/l|x ?\d|(?:on|for|over) (?:\d|two|three))|\b(?:hallpike|d-h|roll test|spurling\w*|slr|slump|cozen\w*|neer|hawkins|phalen\w*|tinel\w*|finkelstein\w*|test) (?:\w+ )?(?:negative|neg)\b"
    r"|(?<![\w/.-])\d{1,2}(?: ?[-–] ?\d{1,2})? ?(?:x|times|days?|nights?)? ?(?:/|a|per|each|out of|of) ?(?:the )?(?:wk|week|day|night|meal|month|mo|hr|hour|7|seven)\b"
    r"|(?<![\w/.-])[-+]?\d{1,3} (?:or|and) (?:better|less|more|fewer|greater|under|over|higher|lower|above|below)\b|(?:≤|≥|<|>|at least|at most|no more than|less than|more than|up to) ?[-+]?\d"
)
_AIMED = loose(
    r"\b(?:increas\w*|improv\w*|maximi[sz]\w*|promot\w*|more|greater|become|enhanc\w*|max|highest)(?: \w+){0,2}\s*$"
)


def value_of(match: re.Match[str] | None, shift: int) -> Value[str] | None:
    return Value(match.group(), Span(shift + match.start(), shift + match.end())) if match else None


def measure_of(
    reading: Reading, statement: Statement, words: str, when: re.Match[str] | None
) -> Value[str] | None:
    """Returns the first criterion of a goal; the words of its date (``when``) are none."""
    for spoken in _MEASURE_WORDS.finditer(words):
        if not _AIMED.search(words, 0, spoken.start()):
            return value_of(spoken, statement.start)
    told = _VALUE.search(words) or _HOW_OFTEN.search(words) or _IN_WORDS.search(words)
    if told is None and not _MORE.search(words):
        told = _WITH_TOOL.search(words)
    if told and not (when and when.start() <= told.start() < when.end()):
        return value_of(told, statement.start)
    barred = (statement.start + when.start(), statement.start + when.end()) if when else (-1, -1)
    head = GOAL_ID.match(words)
    after = statement.start + (head.end() if head else 0)
    for quantity in reading.quantities_in(after, statement.end):
        if quantity.kind not in _MEASURE_KINDS or barred[0] <= quantity.start < barred[1]:
            continue
        if quantity.kind == "number" and quantity.start == statement.start:
            continue  # the number of the goal
        compared = reading.lower[max(0, quantity.start - 2) : quantity.start].strip()[-1:]
        if (
            quantity.kind == "number"
            and compared not in ("<", ">", "=", "≤", "≥")
            and not _counted(reading, quantity.end)
            and not _scored(reading, quantity.start)
            and not _ends_range(reading, statement, quantity.start)
        ):
            continue
        return Value(quantity.text, Span(quantity.start, quantity.end))
    return _follows_on(reading, statement)


def _scored(reading: Reading, at: int) -> bool:
    """Whether a bare number stands right behind the name of a measure ("QuickDASH 20")."""
    return any(m.end == at - 1 for m in reading.mentions_in(reading.back(at, 24), at, "measure"))


#: A number that is no span of time and no number of a goal ("in 4 wks", "STG 2").
_FIGURE = re.compile(
    r"(?<![\d/.-])(?<!ltg )(?<!stg )(?<!goal )\d+(?:\.\d+)?(?![\d.])(?!\s?(?:wks?|weeks?|w\b|mos?\b|months?|visits?|sessions?|days? *(?:$|[.,;])|[.):]))"
)
_BY_DATE = re.compile(
    r"\b(?:by|until|thru|through|before)\s(?:[a-z]+\.?\s)?\d[\d/-]*(?:,?\s\d{4})?|\b(?:in|within)\s\d{1,2}\s?(?:wks?|weeks?|months?|mos?|visits?|sessions?|days?)\b",
    re.I,
)


def worded_measure(text: str) -> Value[str] | None:
    """Returns the criterion of a goal that stands in the record, as written; leniently, since what is
    doubtful counts."""
    words = _BY_DATE.sub(lambda m: " " * len(m.group()), text.lower())
    for pattern in (_MEASURE_WORDS, _VALUE, _HOW_OFTEN, _IN_WORDS, _FIGURE):
        for found in pattern.finditer(words):
            if pattern is _MEASURE_WORDS and _AIMED.search(words, 0, found.start()):
                continue
            return Value(text[found.start() : found.end()], None, "metadata")
    if not _MORE.search(words) and (tool := _WITH_TOOL.search(words)):
        return Value(text[tool.start() : tool.end()], None, "metadata")
    return None


#: "Increase shoulder flexion to 165": a range of motion in degrees that are not written.
_MOTION = loose(r"\b(?:flex\w*|ext\w*|abd\w*|add\w*|rotation|er|ir|sup\w*|pron\w*|df|pf|rom|tam)\b")

_AT_MOTION = loose(
    r"\b(?:flex\w*|ext\w*|abd\w*|add\w*|rot\w*|er|ir|sup\w*|pron\w*|df|pf|rd|ud|inv\w*|ev\w*|[ap]?rom|tam)(?: (?:of|[lrb]|≥|≤|>|<|at least))? ?$"
)
#: So far before its number the name of a motion may begin.
_NEAR_MOTION = 24


def _ends_range(reading: Reading, statement: Statement, at: int) -> bool:
    """Whether a bare number is where a motion is to get to ("flexion to 165", "R ER 60")."""
    if reading.lower.endswith(" to ", 0, at):
        return _MOTION.search(reading.lower, statement.start, at) is not None
    return _AT_MOTION.search(reading.lower, max(statement.start, at - _NEAR_MOTION), at) is not None


def _counted(reading: Reading, at: int) -> bool:
    return bool(re.match(r"\s?(?:[a-z]|/|%|or|times|of|out)", reading.lower[at : at + 8]))


def _follows_on(reading: Reading, statement: Statement) -> Value[str] | None:
    """A goal split over two lines keeps its criterion on the second."""
    index = statement.index + 1
    if index >= len(reading.statements):
        return None
    below: Sequence[Statement] = reading.statements[index : index + 1]
    for other in below:
        if (
            other.section != statement.section
            or other.bullet
            or GOAL_WHO.search(reading.lower[other.start : other.end])
        ):
            return None
        if not re.match(
            r"^\W*(?:target|criteri|as measured|measured|as evidenced|aeb|level|with|at|to)\b",
            reading.lower[other.start : other.end],
        ):
            return None
        for quantity in reading.quantities_in(other.start, other.end):
            if quantity.kind in _MEASURE_KINDS:
                return Value(quantity.text, Span(quantity.start, quantity.end))
        spoken = _MEASURE_WORDS.search(reading.lower, other.start, other.end)
        if spoken:
            return value_of(spoken, 0)
    return None
