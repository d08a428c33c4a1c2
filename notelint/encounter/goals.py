"""Reads goals and their slots: who, what, how much, by when (catalogue B)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from notelint.encounter.encounter import Goal, Value
from notelint.language.reading import Reading, Span, Statement
from notelint.note import Note

_ID = re.compile(r"^\W*(?:new |updated |revised )?(?:(?P<h>ltg|stg|lto|sto|goal|long[- ]term goal|short[- ]term goal)s?)?\s*(?:#|no\.?\s)?\s*(?P<n>\d{1,2}[a-z]?)?\s*(?:[:.)=-]|\b)")
_WHO = re.compile(r"\b(?:pt|patient|client|resident|caregiver|he|she|student|child|wife|husband|family|they|[a-z]+) (?:will|to)\b")
_LONG = re.compile(r"\b(?:ltgs?|ltos?|long[- ]term)\b")
_SHORT = re.compile(r"\b(?:stgs?|stos?|short[- ]term)\b")
_BY = re.compile(
    r"\b(?:by|in|within|x|over|after|at)\s+(?:the\s)?(?:\d{1,2}(?:\s?(?:-|–|to)\s?\d{1,2})?\s?(?:\w+\s)?(?:weeks?|wks?|wk|w|days?|months?|mos?|visits?|sessions?|treatments?|tx)\b|\d{1,2}/\d{1,2}(?:/\d{2,4})?|discharge|d/c|dc|end of|one week|two weeks|three weeks|four weeks|six weeks|eight weeks|one month|january|february|march|april|may \d|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|next (?:visit|week|report|pn|recert)|visit|recert)"
    r"|\b\d{1,2}\s?(?:-|–|to)?\s?\d{0,2}\s?(?:weeks?|wks?|wk|visits?|months?|sessions?)\b|\(\s*\d{1,2}\s?(?:w|wks?|weeks?|v|visits?)\s*\)|\b\d{4}-\d\d-\d\d\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b|target date|\bby \d{1,2}/\d{1,2}\b"
)
_STATUS = re.compile(r"\b(?:goal met|met|not met|partially met|achieved|ongoing|in progress|progressing|discontinued|d/c'd|revised|upgraded|new|continue goal|unmet|unchanged)\b")
_MEASURE_KINDS = frozenset({"dose", "reps", "distance", "height", "load", "score", "percent", "scale", "grade", "rom", "speed", "count", "hold", "seconds", "minutes", "rpe", "level", "vitals", "people", "sets", "range", "number", "units"})
_MEASURE_WORDS = re.compile(r"\b(?:independen\w*|indep|ind\b|mod(?:ified)? i\w*|supervision|sup\b|sba|cga|min(?:imal)? a\w*|mod(?:erate)? a\w*|max(?:imal)? a\w*|without (?:assist|help|cues?|lob|loss|pain|difficult|device|ad\b|rest|fall|compensat|stopping|handrail|rail|ue|s/s|sign|aspirat|trendel|deviation|antalgic|limitation|increase|symptom|verbal)|no (?:assist|help|cues?|lob|loss|pain|device|ad\b|rest|falls?|compensat|rail|s/s|sign|more|verbal|deviation|increase|symptoms?|errors?|limitation)|zero|pain[- ]free|regular (?:diet|solids|texture)|thin liquids?|iddsi|set-?up|reciprocal\w*|age[- ]appropriate|within normal limits for age|normal for age|every time|all day|full (?:shift|duty|day|night|workday|rom|extension|weight)|through the night|whole (?:shift|meal|day)|entire (?:meal|shift|day)|safely 100|return demo\w*|intelligib\w+ (?:to|by)|mechanical soft|puree|nectar|honey)\b")
_PARTICIPATION = re.compile(r"\b(?:will|to) (?:actively |fully )?(?:participate in|attend|tolerate|comply with|be compliant|be educated|receive|cooperate|engage in|be seen)\b(?!\s(?:\w+\s){0,4}(?:min|conversation|church|community|school|circle|class|work|sitting|standing|upright|walking|meal|regular|thin|solid|diet|po\b|family|play|bathing|dressing|self|\d))|^\W*therapist (?:will|to)\b|\btherapist will\b")
_FROM = re.compile(r"\b(?:from|baseline|currently|current(?:ly)?:?|initial(?:ly)?|was|at eval|now|today|prior|prev\w*)\b|->|→")


def goals_of(note: Note, reading: Reading) -> tuple[Goal, ...]:
    """Returns the goals of the text, then those supplied beside it."""
    return tuple(_text_goals(reading)) + tuple(_supplied(note))


def _supplied(note: Note) -> Iterator[Goal]:
    for goal in note.goals:
        upper = goal.id.upper()
        horizon = "long" if "LTG" in upper else "short" if "STG" in upper else "unknown"
        status = Value(goal.status, None, "metadata") if goal.status else None
        yield Goal(None, goal.id, horizon, goal.text, status=status, origin="metadata")  # type: ignore[arg-type]


def _text_goals(reading: Reading) -> Iterator[Goal]:
    rows = [s for s in reading.statements if s.role == "goal" and not _only_heading(reading, s)]
    for statement in rows:
        words = reading.lower[statement.start : statement.end]
        if not _is_goal(reading, statement, words):
            continue
        yield _goal(reading, statement, words)


def _only_heading(reading: Reading, statement: Statement) -> bool:
    return statement.opens_list or len(reading.text[statement.start : statement.end].split()) < 2


def _is_goal(reading: Reading, statement: Statement, words: str) -> bool:
    """A statement of a goals section that is a goal, not a status line or a remark."""
    if re.match(r"^\W*(?:see|per|reviewed|no change|unchanged|ongoing|continue|none|goals? (?:reviewed|remain|discussed|met|unchanged|ongoing)|all goals|pt (?:agrees|is in agreement)|patient (?:agrees|participated)|progress(?:ing)? (?:toward|with))", words):
        return False
    if _WHO.search(words):
        return True
    content = any(True for _ in reading.mentions_in(statement.start, statement.end, "task", "impairment", "measure", "assist", "exercise", "speech_task", "gait_deviation", "body", "purpose", "generic_modifier"))
    return content and len(words.split()) >= 3


def _goal(reading: Reading, statement: Statement, words: str) -> Goal:
    start, end = statement.start, statement.end
    identity = _ID.match(words)
    horizon = _horizon(reading, statement, words)
    number = (identity["n"] or "") if identity else ""
    prefix = {"long": "LTG", "short": "STG"}.get(horizon, "GOAL")
    who = _WHO.search(words)
    when = _BY.search(words)
    section_when = _section_time(reading, statement)
    status = _STATUS.search(words)
    return Goal(
        place=statement.span,
        id=f"{prefix} {number}".strip() if number else prefix,
        horizon=horizon,  # type: ignore[arg-type]
        text=reading.text[start:end],
        who=_value(who, start),
        what=_what(reading, start, end),
        kind=_kind(reading, statement, words),  # type: ignore[arg-type]
        measure=_measure(reading, statement, words, when),
        baseline=_value(_FROM.search(words), start),
        by_when=_value(when, start) or section_when,
        status=_value(status, start),
    )


def _value(match: re.Match[str] | None, shift: int) -> Value[str] | None:
    return Value(match.group(), Span(shift + match.start(), shift + match.end())) if match else None


def _horizon(reading: Reading, statement: Statement, words: str) -> str:
    head = words[:40]
    if _LONG.search(head):
        return "long"
    if _SHORT.search(head):
        return "short"
    above = [reading.statements[statement.parent]] if statement.parent >= 0 else []
    label = reading.section_of(statement).label.lower()
    for text in [*(reading.lower[s.start : s.end] for s in above), label]:
        if _LONG.search(text):
            return "long"
        if _SHORT.search(text):
            return "short"
    for other in reversed(reading.statements[max(0, statement.index - 12) : statement.index]):
        if other.section != statement.section:
            break
        text = reading.lower[other.start : other.end]
        if other.opens_list or len(text.split()) <= 6:
            if _LONG.search(text):
                return "long"
            if _SHORT.search(text):
                return "short"
    return "unknown"


def _section_time(reading: Reading, statement: Statement) -> Value[str] | None:
    """A time in the heading ("STG (2 weeks)") counts for every goal below it."""
    section = reading.section_of(statement)
    heading = reading.lower[section.start : section.body_start]
    found = _BY.search(heading)
    if found:
        return _value(found, section.start)
    if statement.parent >= 0:
        parent = reading.statements[statement.parent]
        return _value(_BY.search(reading.lower[parent.start : parent.end]), parent.start)
    for other in reversed(reading.statements[max(0, statement.index - 12) : statement.index]):
        if other.section != statement.section:
            break
        text = reading.lower[other.start : other.end]
        if other.opens_list or (len(text.split()) <= 8 and (_LONG.search(text) or _SHORT.search(text)) and not _WHO.search(text)):
            found = _BY.search(text)
            return _value(found, other.start) if found else None
    return None


def _what(reading: Reading, start: int, end: int) -> Value[str] | None:
    for mention in reading.mentions_in(start, end, "task", "speech_task", "impairment"):
        return Value(reading.lower[mention.start : mention.end], Span(mention.start, mention.end))
    return None


_FUNCTION_WORDS = re.compile(r"\b(?:return to|resume|participate in|able to|perform|complete|manage|access|navigate|tolerate (?:regular|thin|upright|\d)|communicate|communication|conversation|intelligib\w*|swallow|eat|drink|sleep|work|school|home|church|community|diet|meal\w*|solids|liquids|name|express|answer|follow|recall|remember|read|write|say|produce|use|carry|lift|reach|play|sit|stand|walk|hold|wear|self[- ]\w+|retrieve|open|sort|locate|identify|initiate|request|order|shop|drive|care|position|turn|get|put|take|make|help|swim|run|hike|garden|knit|golf|caregiver|family|transfer\w*|ambulat\w*|stairs?|steps?|don|doff|dress\w*|bath\w*|groom\w*|toilet\w*|feed\w*|cook\w*|clean\w*)\b")


def _kind(reading: Reading, statement: Statement, words: str) -> str:
    if _PARTICIPATION.search(words):
        return "participation"
    start, end = statement.start, statement.end
    tasks = [m for m in reading.mentions_in(start, end, "task", "speech_task") if not m.is_a("impairment", "generic_modifier")]
    if tasks:
        return "functional"
    lead = words[(m.end() if (m := _WHO.search(words)) else 0) :]
    impairment = any(True for _ in reading.mentions_in(start, end, "impairment", "neuro_deficit", "gait_deviation", "body", "measure"))
    if impairment and not _FUNCTION_WORDS.search(lead):
        return "impairment"
    if _FUNCTION_WORDS.search(lead):
        return "functional"
    return "impairment" if impairment else "unclear"


def _measure(
    reading: Reading, statement: Statement, words: str, when: re.Match[str] | None
) -> Value[str] | None:
    spoken = _MEASURE_WORDS.search(words)
    if spoken:
        return _value(spoken, statement.start)
    barred = (statement.start + when.start(), statement.start + when.end()) if when else (-1, -1)
    head = _ID.match(words)
    after = statement.start + (head.end() if head else 0)
    for quantity in reading.quantities_in(after, statement.end):
        if quantity.kind not in _MEASURE_KINDS or barred[0] <= quantity.start < barred[1]:
            continue
        if quantity.kind == "number" and not _counted(reading, quantity.end):
            continue
        return Value(quantity.text, Span(quantity.start, quantity.end))
    return _follows_on(reading, statement)


def _counted(reading: Reading, at: int) -> bool:
    return bool(re.match(r"\s?(?:[a-z]|/|%|or|times|of|out)", reading.lower[at : at + 8]))


def _follows_on(reading: Reading, statement: Statement) -> Value[str] | None:
    """A goal split over two lines keeps its criterion on the second."""
    index = statement.index + 1
    if index >= len(reading.statements):
        return None
    below: Sequence[Statement] = reading.statements[index : index + 1]
    for other in below:
        if other.section != statement.section or other.bullet or _WHO.search(reading.lower[other.start : other.end]):
            return None
        if not re.match(r"^\W*(?:current|target|criteri|as measured|measured|as evidenced|aeb|baseline|level|with|at|to)\b", reading.lower[other.start : other.end]):
            return None
        for quantity in reading.quantities_in(other.start, other.end):
            if quantity.kind in _MEASURE_KINDS:
                return Value(quantity.text, Span(quantity.start, quantity.end))
        spoken = _MEASURE_WORDS.search(reading.lower, other.start, other.end)
        if spoken:
            return _value(spoken, 0)
    return None
