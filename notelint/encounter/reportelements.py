"""Finds the elements of a progress report wherever they stand (catalogue H2, MBPM §220.3.D).

The elements may be spread over the treatment notes of a period, so every note has them looked
for. Each test is lenient: an element that is there in any wording counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.encounter.credentials import signed_by
from notelint.encounter.dates import is_day
from notelint.encounter.encounter import Encounter
from notelint.language.loose import loose
from notelint.language.reading import Reading, Span, Statement

#: Elements of a progress report in the order in which a message names what is missing.
REPORT_ELEMENTS = (
    "period",
    "goal_status",
    "measure",
    "plan",
    "goal_changes",
    "clinician_signature",
)

_UNTIL = r"\s*(?:-|–|—|up to(?: and incl\w*)?|to|through|thru|until|→|->|and)\s*"
#: A period by its two dates. Months in words are looked for only where one is named.
_RANGE = loose(
    rf"\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?{_UNTIL}(?:\d{{1,2}}/\d|today|present|now)"
    rf"|\d{{4}}-\d\d-\d\d{_UNTIL}(?:\d{{4}}-\d\d-\d\d|today|present|now)"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_IN_WORDS = loose(
    rf"\b(?:{'|'.join(_MONTHS)})[a-z]*\.? \d{{1,2}}(?:,? \d{{4}})?{_UNTIL}(?:(?:{'|'.join(_MONTHS)})[a-z]*\.? \d|today|present|now)"
)
_NAMED = loose(
    r"\b(?:reporting period|report period|period (?:covered|of|from|:)|dates of service\s*:?\s*\d)|\bperiod\W{0,3}\d"
    r"|\bsince (?:the )?(?:eval\w*|initial|last (?:report|pn|progress)|soc|start of care)|(?:(?:seen|visits?|sessions?|treated|progress|changes?|report\w*|gains?|period|tx|attended)\b[^.\n]{0,30}|^|\n|[.;:] )since \d{1,2}/\d"
    r"|\bvisits? (?:#\s?)?1\s?(?:-|–|to|through|thru)\s?\d{1,2}\b"
)
_GOAL = loose(r"\b(?:ltg|stg|lto|sto|goal)(?P<many>s?)(?![a-rt-z])\s*#?\s*(?P<n>\d{1,2}[a-z]?)?")
_GOAL_STEMS = ("goal", "ltg", "stg", "lto", "sto")
_STATUS = loose(
    r"\b(?:met|not met|unmet|partial\w*|partly|achieved|exceeded|progressing|progress|improv\w+|"
    r"declin\w+|regress\w+|no change|unchanged|maintain\w*|ongoing|nearly|plateau\w*|on hold|"
    r"deferred|suspended|discontinued|short of|closed|retired|d/c'?d?|now|today|current\w*|was|were|"
    r"slow\w*|emerging|same)\b|→|->|>>|=>"
)
_CHANGES = loose(
    r"\b(?:goal changes?|changes? (?:to|in|of) (?:the )?goals?|goals? (?:\w+ ){0,3}(?:unchanged|same|continue\w*|ongoing|"
    r"remain\w*|stays?|stand|stands|revised|updated|upgraded|modified|changed|carried|retained|appropriate)|no (?:goal )?changes?(?: (?:to|in) goals?)?|"
    r"no goals? changed|new (?:ltg|stg|goal|short|long)|(?:ltg|stg|goal)s?\s*#?\d{0,2}\w?\s(?:\w+ ){0,2}(?:retired|closed|"
    r"discontinued|d/c'?d?|revised|changed|lowered|raised|extended|added|upgraded|downgraded|dropped|deferred|on hold|replaced)|(?:revise|update|upgrade|modify|"
    r"add|continue|cont|keep|same|leav(?:e|ing)|left) (?:\w+ ){0,2}(?:goals?|ltgs?|stgs?)|no (?:new|added|other|further) (?:goals?|ltgs?|stgs?)|goals? (?:\w+ ){0,3}(?:kept|left|held)|updated goals?|revised goals?|goals? (?:met|achieved))\b"
)
_CHANGED = ("goal", "ltg", "stg", "new")
_PLANNED = loose(
    r"\b(?:discharge\w*|d/c|continue|cont|plan\b|recommend\w*|hold\b|reduce to|extend|taper|wean|"
    r"next (?:visit|week|period)|transition|begin|trial|add|advance|progress to|end of therapy)"
)
#: "From here: same 2x/wk thru 12/19, drop to 1x/wk after": what goes on, without a word of plans.
_FORWARD = loose(
    r"\b(?:from here|going forward|going on|go on|goes on|from now|the way (?:ahead|forward)|thru|until|till|drop(?:ping)? to|down to|cut(?:ting)? (?:back )?to|go(?:ing)? to|mov(?:e|ing) to|stay(?:ing)? (?:at|with|on)|keep\w*|same \d|then|another|more|remaining|up next|rec)\b"
)
_OFTEN = loose(r"\b(?:weekly|monthly|daily|every (?:other |\d )?(?:week|day|month)|once|twice)\b")
_VALUES = frozenset(
    {"score", "grade", "percent", "rom", "speed", "scale", "rpe", "vitals", "distance"}
)


def report_elements(encounter: Encounter) -> frozenset[str]:
    """Returns the elements of ``REPORT_ELEMENTS`` that the note holds."""
    return frozenset(_found(encounter))


def _found(encounter: Encounter) -> Iterator[str]:
    reading = encounter.reading
    if _has_period(reading.lower):
        yield "period"
    if any(True for _ in goal_statuses(reading)):
        yield "goal_status"
    if _measured(encounter):
        yield "measure"
    if _planned(encounter):
        yield "plan"
    if any(stem in reading.lower for stem in _CHANGED) and _CHANGES.search(reading.lower):
        yield "goal_changes"
    if signed_by(encounter.signatures, "therapist"):
        yield "clinician_signature"


def _has_period(lower: str) -> bool:
    if _RANGE.search(lower):
        return True
    if any(word in lower for word in ("period", "since", "visit", "dates of")) and _NAMED.search(
        lower
    ):
        return True
    return any(f" {month}" in lower for month in _MONTHS) and bool(_IN_WORDS.search(lower))


def goal_statuses(reading: Reading) -> Iterator[Span]:
    """Yields the statements that say of one goal how it stands.

    "Progressing nicely toward all goals" and "goals ongoing" speak of none in particular.
    """
    named = any(stem in reading.lower for stem in _GOAL_STEMS)
    yield from _tabled(reading)
    for statement in reading.statements:
        listed = statement.role == "goal" or reading.section_of(statement).kind == "goals"
        if (named or listed) and (
            _tells_status(reading, statement) or _follows_goal(reading, statement)
        ):
            yield statement.span


#: The head of a table of goals with a column for how each stands.
_STATUS_TABLE = re.compile(
    r"^[^\n]*\b(?:goals?|ltgs?|stgs?)\b[^\n|]*\|[^\n]*\b(?:now|current\w*|status|today|progress|\d{1,2}/\d{1,2})\b[^\n]*\n(?:[ \t|:-]+\n)?(?P<rows>(?:[^\n|]*\|[^\n]*(?:\n|$))+)",
    re.M,
)
_LAST_CELL = re.compile(r"\|[ \t]*(?P<cell>[^|\n]*?)[ \t]*\|?[ \t]*$")


def _tabled(reading: Reading) -> Iterator[Span]:
    """Yields the rows of a table of goals whose last cell says how the goal stands."""
    if "|" not in reading.text:
        return
    for table in _STATUS_TABLE.finditer(reading.lower):
        at = table.start("rows")
        for row in table["rows"].splitlines(keepends=True):
            last = _LAST_CELL.search(row.rstrip("\n"))
            if last is not None and last["cell"]:
                yield Span(at, at + len(row.rstrip("\n")))
            at += len(row)


#: So many sentences of a line may stand between a goal and its status.
_NEAR_GOAL = 4


def _follows_goal(reading: Reading, statement: Statement) -> bool:
    """Whether a goal on the same line is told to stand so ("LTG 2. Walk 300 ft. Now 260 ft. Not met.")."""
    if not _STATUS.search(reading.lower, statement.start, statement.end):
        return False
    above = reading.statements[max(0, statement.index - _NEAR_GOAL) : statement.index]
    return any(s.role == "goal" and s.line == statement.line for s in above)


#: What stands below goals and is none: "Today: treadmill …".
_NO_GOAL = frozenset({"treatment", "time", "billing", "plan", "signature", "other"})


def _tells_status(reading: Reading, statement: Statement) -> bool:
    start, end = statement.start, statement.end
    named = False
    for match in _GOAL.finditer(reading.lower, start, end):
        if match["n"] or not match["many"]:
            named = True
            break
    section = reading.section_of(statement)
    if not named and statement.role in _NO_GOAL:
        return False
    if not named and section.kind != "goals" and statement.role != "goal":
        return False
    if statement.opens_list:
        return False
    if named and _stands_at(reading, start, end):
        return True
    if not _STATUS.search(reading.lower, start, end):
        return False
    return named or not _only_collective(reading, statement)


#: "Goal 1, recall of 3 appts w/ planner: recalls 3/3 …": a goal by its number and words, then where it is.
_VALUE_BEHIND = loose(
    r"\W*(?:(?:ltg|stg|lto|sto|goal)s?\s?#?|g)\d{1,2}[a-z]?(?:\s?[,(.–-]\s?|\s)[^:\n]{4,90}[^:\n\d]:\s"
)


def _stands_at(reading: Reading, start: int, end: int) -> bool:
    """Whether a value stands behind the colon that follows the words of a goal."""
    behind = _VALUE_BEHIND.match(reading.lower, start, end)
    if behind is None:
        return False
    levels = sum(1 for _ in reading.mentions_in(behind.end(), end, "assist"))
    return levels > 1 or any(
        q.kind not in ("number", "date", "frequency", "duration")
        for q in reading.quantities_in(behind.end(), end)
    )


def _only_collective(reading: Reading, statement: Statement) -> bool:
    """Whether a remark under a goals heading names no goal ("Goals ongoing, pt motivated")."""
    quantities = reading.has_quantity(statement.start, statement.end)
    return not quantities and bool(
        re.match(r"^\W*(?:all )?goals?\b", reading.lower[statement.start : statement.end])
    )


def _measured(encounter: Encounter) -> bool:
    if any(measure.value is not None for measure in encounter.measures):
        return True
    reading = encounter.reading
    for statement in reading.statements:
        if statement.role in ("signature", "billing", "time", "header"):
            continue
        for quantity in reading.quantities_in(statement.start, statement.end):
            if quantity.kind in _VALUES and quantity.certainty == "stated":
                if not is_day(reading, quantity):
                    return True
            elif quantity.kind == "count" and _OUT_OF.search(quantity.text):
                return True
        if reading.has_mention(statement.start, statement.end, "assist"):
            return True
    return False


#: "7 of 10": a rate that was counted.
_OUT_OF = re.compile(r"\d\s*(?:of|out of|/)\s*\d")


def _planned(encounter: Encounter) -> bool:
    """A plan to go on, change or end: a frequency, a step, or a word of ending."""
    if encounter.note.plan:
        return True
    reading = encounter.reading
    for item in encounter.plan_items:
        if not item.empty or item.has_frequency:
            return True
    for statement in reading.statements:
        if statement.role in ("history", "header"):
            continue
        start, end = statement.start, statement.end
        if reading.has_quantity(start, end, "frequency") and _FORWARD.search(
            reading.lower, start, end
        ):
            return True
        if (
            not _PLANNED.search(reading.lower, start, end)
            and reading.section_of(statement).kind != "plan"
        ):
            continue
        if reading.has_quantity(start, end, "frequency", "duration"):
            return True
        if _OFTEN.search(reading.lower, start, end):
            return True
    return False
