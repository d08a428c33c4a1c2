"""Where a section ends that does not last until the next heading.

Most sections do. A bullet, a line, a paragraph or a list of goals within another section ends with
itself, and what stands below it belongs to the section around it.
"""

from __future__ import annotations

import re

#: An empty line, up to the line that follows it.
BLANK_LINE = re.compile(r"\n[ \t\r]*\n(?=[^\n])")
_BULLETED = re.compile(r"(?:^|\n)(?P<indent>[ \t\xa0]*)[-*•·▪●][ \t]*$")
_SAME_BULLET = re.compile(r"^(?P<indent>[ \t\xa0]*)[-*•·▪●][ \t]*\S", re.M)
_NUMBERED = re.compile(r"[ \t]*\(?\d{1,2}[.)][ \t]")
#: A table of what was done, below what the patient said.
_TABLE_BELOW = re.compile(r"\n[ \t\r]*\n(?=[ \t]*\|[^\n|]+\|[^\n]*\n[ \t]*\|)")
#: A list of exercises with their doses, which no heading parts from what the patient said.
_DOSED = r"[ \t]*[A-Za-z][^\n:]{2,60}?(?:\bx ?\d|\d ?x ?\d|\d ?#)[^\n]{0,24}\n"
_DOSED_BELOW = re.compile(rf"(?:[^\n]{{0,60}}\n)?{_DOSED}{_DOSED}", re.I)
#: The heading of one goal.
_ONE_GOAL = re.compile(r"(?:goal|[sl]t[go])(?:[ \t]?#?\d{1,2}[a-z]?)?", re.I)
#: The line above names a code, and the goal is what the words below it are for.
_CODE_ABOVE = re.compile(r"[^\n]*\b9\d{4}\b[^\n]*\n[ \t]*$")
_FULL_STOP = re.compile(r"[.;](?=[ \t]+[A-Z])")
#: A diagnosis rules its line where a blank line or another label follows.
_DIAGNOSED = re.compile(
    r"\W*(?:(?:medical|treatment|treating|primary|secondary|rehab|therapy|tx|med) )?(?:dx|diagnos[ei]s|icd(?:-?10)?|hx|history|pmhx?|social)\b",
    re.I,
)
#: Headings of history that stand above what was done, where nothing else does.
_ABOVE_DONE = re.compile(
    rf"{_DIAGNOSED.pattern}|\W*(?:(?:current|home|prior) )?(?:work|job|occupation|living|home|equipment|dme|meds|medications)\b",
    re.I,
)
#: What a person could do before rules its paragraph.
_BEFORE = re.compile(r"\W*(?:plof|prior level|prior function|baseline function)\b", re.I)
_LABELLED = re.compile(
    r"[ \t]*\r?(?:\n|(?:amb|ambulat\w+|xfers?|transfers?|bed mob\w*|gait|stairs|mobility)\b|(?!(?:pt|patient|client|resident|he|she|age|onset|injured|started|seen|s/p)\b)[A-Za-z][^\n:]{2,40}?[ \t](?:\d{1,2}[ \t]?(?:min|mins|minutes)\b|x[ \t]?\d{1,3}\b|\d[ \t]?x[ \t]?\d)|[A-Za-z][A-Za-z /&-]{2,40}:|[-*•][ \t]|9\d{4}\b|(?:stg|ltg|goal)s?[ \t]?#?\d)",
    re.I,
)
#: A line below that begins to tell the visit, or a label of its own.
_TOLD_BELOW = re.compile(
    r"[ \t]*(?:(?:pt|patient|resident|client|she|he|seen|rec'?d|received)\b|[A-Za-z][A-Za-z /&-]{2,40}:|\[[xX ]?\]|9\d{4}\b)",
    re.I,
)
#: Findings that a form gives one line each ("Pain: [x] None  [ ] Yes __/10").
_ONE_LINE = re.compile(
    r"\W*(?:pain(?: (?:level|scale|rating|score))?|falls?(?: since last visit)?|vitals?(?: signs)?|mental status|orientation|cognition|bp|consent|identity)\b(?![^:\n]*(?:report|subjective))",
    re.I,
)
#: What is in the way is told on one line of a form.
_OBSTACLES = re.compile(r"\W*(?:barriers?|in the way|what is in the way)\b", re.I)
#: "Time in: 10:02 AM   Time out: 10:39 AM" tells the time of the visit on one line.
_CLOCKED = re.compile(r"\W*time[ \t]?in\b[^\n]*\bout\b", re.I)
#: Goals that a session names on one line; what stands below was done for them.
_ADDRESSED = re.compile(
    r"\W*goals?(?:\(s\))?[ \t](?:addressed|targeted|worked|tx|treated|today|focus)", re.I
)
#: Kinds that a note tells in passing: one line within another section, or a paragraph of their own.
_PASSING = frozenset({"precautions", "hep", "education", "billing"})
#: A line that goes on with goals: a list, the name or number of a goal, or what will be so.
_MORE_GOALS = re.compile(
    r"[ \t]*(?:[#>*•·▪●→➤◦-]|\(?\d{1,2}[.)]|[a-h][.)]|\[[ xX]?\]|(?:ltg|stg|lto|sto|goal|long|short|lt|st)\b|[^\n]{0,60}\bwill\b)",
    re.I,
)
#: A line below goals that says how often therapy will be, or bills: "Freq 2x/wk x 10 wks", "POC 1x/wk …",
#: "OT 2x/wk, energy conserv", "2x/wk x 8 wks, gait", "97161". What follows it is the plan.
_OFTEN = r"(?:\d{1,2}|one|once|two|twice|three)[ \t]?(?:-[ \t]?\d[ \t]?)?(?:x|times?|visits?)?[ \t]?(?:/|a|per|each|every)?[ \t]?(?:wk|week|weekly|day|mo|month)\b"
_OFTEN_LINE = re.compile(
    r"\n[ \t]*(?=(?:freq(?:uency)?(?:/duration)?|poc|plan of care|services?|tx|treatment|skilled|therapy|school|duration|pt|ot|st|slp|speech|physical|occupational)\b[^\n.;]{0,30}?\b"
    + _OFTEN
    + "|"
    + _OFTEN
    + r"[^\n]{0,3}(?:x|for|,)[^\n]|9[27]\d{3}\b)",
    re.I,
)
#: A goal with its number, on a line of its own, and a label that has none.
_ITEM = re.compile(r"^[ \t]*\(?\d{1,2}[.)][ \t]+\S", re.M)
_LABEL_LINE = re.compile(r"\n(?=(?![ \t]*(?:LTG|STG|GOAL))[A-Z][A-Z /&-]{1,30}:[ \t])")


#: A line that tells what was done: a dose, minutes, a distance, a load, a level of help, a code.
_DONE = re.compile(
    r"\b\d{1,2} ?[x×] ?\d{1,3}\b|\b[x×] ?\d{1,3}\b|\b\d{1,3} ?(?:min(?:ute)?s?\b|reps?\b|sets?\b|sec\b|ft\b|feet\b|lbs?\b|#)|\d['’′](?!\d)|\b(?:cga|sba|(?:min|mod|max) ?a|s/u|vc|tc)\b|\b9[27]\d{3}\b",
    re.I,
)
#: A line that still reports what happened elsewhere.
_STILL_TOLD = re.compile(
    r"\b(?:reports?|reported|states?|stated|says|said|denies|denied|pain|hep|home|since|last|yesterday|ago|night|slept|week|wk|wks|weekend|md|meds?|goals?|wife|husband|mom|mother|dtr|daughter|son|nurse|nsg|rn|lives|prior|plof|hx|dx|surgery|s/p|age|y/?o)\b",
    re.I,
)


def _done_below(text: str, at: int, end: int) -> int | None:
    """Where the first line begins, behind the line that ends at ``at``, that tells what was done."""
    while 0 <= at < end:
        begin = at + 1
        at = text.find("\n", begin, end)
        stop = at if at >= 0 else end
        if _DONE.search(text, begin, stop) and not _STILL_TOLD.search(text, begin, stop):
            return begin
    return None


def section_end(
    text: str, start: int, body: int, kind: str, end: int, *, headed: bool = True
) -> int:
    """Where a section ends that does not last until the next heading.

    ``headed`` says whether any heading of the note is over what was done; where none is, a line that
    tells it ends what the patient said and the diagnosis above.

    A heading within a bullet ("- Subj – ankle sore") rules its own bullet, unless it stands there
    alone over others; a record line ("DOS 01/27/26") rules its line; what is told in passing
    (precautions, a goal, the home programme) rules its line or paragraph.
    """
    line_end = text.find("\n", body, end)
    if line_end < 0:
        return end
    if _ONE_LINE.match(text, start, body) and text[body:line_end].strip():
        return line_end
    if kind == "subjective" and any(c.isdigit() for c in text[start:body]):
        return line_end  # "Pain 2/10"
    above = kind == "subjective" or (kind == "history" and _ABOVE_DONE.match(text, start, body))
    if not headed and above and text[body:line_end].strip():
        done = _done_below(text, line_end, end)
        if done is not None:
            return done
    if kind == "subjective":
        table = _TABLE_BELOW.search(text, line_end, end)
        if table is not None:
            return table.end()
        blank = BLANK_LINE.search(text, body, end)
        if (
            blank is not None
            and text[body:line_end].strip()
            and _DOSED_BELOW.match(text, blank.end())
        ):
            return blank.end()
    if kind == "history" and _OBSTACLES.match(text, start, body) and text[body:line_end].strip():
        return line_end
    if kind == "billing" and _CLOCKED.match(text, start, line_end):
        return line_end
    if (
        kind == "history"
        and _DIAGNOSED.match(text, start, body)
        and text[body:line_end].strip()
        and _LABELLED.match(text, line_end + 1)
    ):
        return line_end
    if (
        kind == "history"
        and (_BEFORE.match(text, start, body) or _DIAGNOSED.match(text, start, body))
        and text[body:line_end].strip()
    ):
        blank = BLANK_LINE.search(text, body, end)
        return blank.start() if blank is not None else end
    if (
        kind == "precautions"
        and text[body:line_end].strip()
        and _TOLD_BELOW.match(text, line_end + 1)
    ):
        return line_end
    if kind == "header" and any(c.isdigit() for c in text[start:line_end]):
        return line_end
    if kind == "goals" and _ONE_GOAL.fullmatch(text[start:body].strip(" :-–")):
        boxed = _boxed_goal(text, start, body, line_end)
        if boxed is not None:
            return boxed
        if (
            text[start:body].strip(" :-–").lower() == "goal"
            and text[body:line_end].strip()
            and text[line_end + 1 : line_end + 2].strip()
            and not _MORE_GOALS.match(text, line_end + 1)
        ):
            return line_end
    if (
        kind == "goals"
        and any(c.isdigit() for c in text[start:body])
        and text[body:line_end].strip()
        and _BULLETED.search(text, max(0, start - 8), start)
    ):
        return line_end  # one bullet of several names its goal
    if kind == "goals" and _ADDRESSED.match(text, start, body) and text[body:line_end].strip():
        return line_end
    if kind == "goals":
        stop = _goals_end(text, start, body, line_end, end)
        often = _OFTEN_LINE.search(text, body, stop)
        return often.end() if often is not None and text[body : often.start()].strip() else stop
    if not text[body:line_end].strip():
        return end
    opens = _BULLETED.search(text, max(0, start - 8), start)
    if opens is None:
        if kind not in _PASSING:
            return end
        if not opens_line(text, start):
            return line_end
        blank = BLANK_LINE.search(text, body, end)
        return blank.start() if blank is not None else end
    following = _SAME_BULLET.search(text, body, end)
    if following is None or len(following["indent"]) > len(opens["indent"]):
        return end
    return following.start("indent")


def says_how_often(text: str, at: int) -> bool:
    """Whether the line that begins at an offset says how often therapy will be: it opens a plan."""
    line = text.rfind("\n", 0, at)
    often = _OFTEN_LINE.match(text, line) if line >= 0 else None
    return often is not None and often.end() == at and text[at : at + 1] != "9"


def _boxed_goal(text: str, start: int, body: int, line_end: int) -> int | None:
    """Where the goal of a code's box ends: with its sentence ("97110 …\\nGoal: grip for buttons. Putty …")."""
    if not text[body:line_end].strip() or not _CODE_ABOVE.search(text, max(0, start - 160), start):
        return None
    stop = _FULL_STOP.search(text, body, line_end)
    return stop.end() if stop else line_end


def opens_line(text: str, start: int) -> bool:
    before = text[text.rfind("\n", 0, start) + 1 : start]
    return not any(c.isalnum() for c in before)


def _goals_end(text: str, start: int, body: int, line_end: int, end: int) -> int:
    """Goals named within a line rule it; under a heading of theirs they end where a paragraph of
    prose follows a blank line."""
    if not opens_line(text, start):
        numbered = _NUMBERED.search(text, body, line_end) and _NUMBERED.match(text, line_end + 1)
        return end if numbered else line_end
    at = body
    while True:
        blank = BLANK_LINE.search(text, at, end)
        if blank is None:
            return _listed_end(text, body, end)
        told = any(c.isalnum() for c in text[body : blank.start()])
        if told and not _MORE_GOALS.match(text, blank.end()):
            return min(_listed_end(text, body, blank.start()), blank.start())
        at = blank.end()


def _listed_end(text: str, body: int, end: int) -> int:
    """Where numbered goals end that another label in capitals follows ("2. WALK 50 FT\nEX: NUSTEP")."""
    label = _LABEL_LINE.search(text, body, end)
    if label is None:
        return end
    items = list(_ITEM.finditer(text, body, end))
    if not items or items[-1].start() > label.start():
        return end
    return label.start()
