"""What a claim of progress rests on: a value, a comparison, a level of help (A6)."""

from __future__ import annotations

import re

from notelint.encounter.dates import is_day
from notelint.encounter.wording import wording
from notelint.language.reading import Reading, Statement

VALUES = frozenset(
    {
        "score",
        "grade",
        "scale",
        "rom",
        "percent",
        "distance",
        "seconds",
        "count",
        "speed",
        "vitals",
        "rpe",
        "load",
        "dose",
        "level",
        "height",
        "reps",
    }
)
#: Words that set what is claimed against something; "from the start of care" and "than before" give no
#: value, and one benefits "from" therapy.
_AGAINST = (
    r"(?<!benefit )(?<!benefits )(?<!benefiting )(?<!benefitting )(?<!benefited )from(?! (?:the )?(?:start|soc|eval|initial|admission|baseline|before|last|previous|prior))"
    r"|than(?! (?:it was |she was |he was |they were )?(?:before|previously|at first|prior)\b(?![^.;\n]{0,30}\d))|was|vs\.?|compared|no longer|able to|instead|fewer|last (?:visit|session|week|time)"
)
_COMPARES = re.compile(rf"\b(?:{_AGAINST}|to|since|now|down|up|only|less)\b|->|→")
COMPARES_PLAINLY = re.compile(rf"\b(?:{_AGAINST}|today only|as above|(?:one|two) levels?)\b|->|→")
#: What begins the value that a goal stands at.
_STANDS_AT = re.compile(r"\b(?:current(?:ly)?|now|today|present(?:ly)?)\b")
#: Cells of values in a row, apart from the goal's own.
_LEAST_CELLS = 2


def stated_before(reading: Reading, statement: Statement, low: int) -> bool:
    """Whether a value that the goal stands at is told before its status, on the line or in the row."""
    above = reading.statements[max(0, statement.index - 2)].start
    begin = max(reading.text.rfind("\n", 0, statement.start) + 1, min(above, statement.start))
    row = reading.text[begin:low]
    if row.count("|") > _LEAST_CELLS:
        cells = row.strip(" |").split("|")[_LEAST_CELLS:]
        return any(any(c.isdigit() for c in cell) for cell in cells) or _valued_cell(
            reading, begin, low
        )
    at = _STANDS_AT.search(reading.lower, begin, low)
    if at is None:
        return False
    return reading.has_quantity(at.end(), low) or reading.has_mention(
        at.end(), low, "assist", "cue"
    )


def _valued_cell(reading: Reading, begin: int, low: int) -> bool:
    """Whether the cell of the status itself opens with a value ("| 65 dB, mod visual cue. Progressing |")."""
    cell = reading.text.rfind("|", begin, low) + 1
    return any(c.isdigit() for c in reading.text[cell:low])


#: "Flex 95 was 88", "improved to 66": two numbers compared, or where a change has led.
_TWO = wording(
    r"\b(?:improv|increas|progress)\w+ (?:\w+ )?to \d|\d\S* (?:was|from|vs\.?|up from|down from|previously) \d|\d ?(?:->|→|to|=>) ?\d"
)
#: "Feels 80 % better" is a claim itself.
_FEELS = wording(r"\s?(?:better|improved|improvement|back to normal|recovered)\b")


def _valued(reading: Reading, low: int, high: int) -> bool:
    """Whether a stretch holds a result: a score, a range, a rate, or two numbers compared."""
    if any(
        not is_day(reading, q) and not _FEELS.match(reading.lower, q.end)
        for q in reading.quantities_in(low, high, *_RESULTS)
    ):
        return True
    return bool(_TWO.search(reading.lower, low, high))


#: "Improving: sup +11 in two weeks".
_COLON_VALUE = wording(r"(?:better|improv\w+|progress\w*|gains?): [^.;\n]{0,40}\d")
_RANGE = wording(r" to |->|→|/")


def _told_next(reading: Reading, statement: Statement) -> bool:
    """Whether the next sentence compares levels of help ("Last visit min A, today SBA")."""
    for other in reading.statements[statement.index + 1 : statement.index + 2]:
        levels = sum(1 for _ in reading.mentions_in(other.start, other.end, "assist", "cue"))
        if levels and COMPARES_PLAINLY.search(reading.lower, other.start, other.end):
            return True
    return False


#: "10th visit", "1 fall in her room" count no result.
_VISITS = re.compile(r"visit|session|\bfalls?\b", re.I)
_RESULTS = ("score", "grade", "scale", "rom", "percent", "speed", "vitals", "rpe")
#: "No longer buckles in standing": what has changed.
_NO_LONGER = wording(r"\bno longer [a-z]{3,}s\b")
#: What a claim speaks of, where it can be measured ("Flexion is coming along").
_SUBJECT = re.compile(
    r"(?:the |her |his |their )?(?:\w+ )?(?P<what>flexion|extension|rotation|abduction|supination|range|rom|motion|strength|swelling|edema|girth|speed|grip|pinch|intelligibility|accuracy|volume|loudness|naming) (?:is|are|has been|have been|looks?|continues? to|keeps?)\b"
)
#: "Has improved in motion and strength" below a table of findings then and now.
_IMPROVED_IN = wording(r"\b(?:improv\w+|gains?|progress\w*) in [a-z]{3,}")
_THEN_NOW = re.compile(
    r"\b(?:eval|initial|ie|soc|start|previous|prior|last|then|admission)\b[^\n.;:]{1,40}\b(?:today|now|current|present)\b[^\n\w]*\n[^\n]*\d"
)


def _measured_today(reading: Reading, statement: Statement) -> bool:
    """Whether what the claim speaks of is given its value and the one before elsewhere in the text."""
    if _IMPROVED_IN.search(reading.lower, statement.start, statement.end) and _THEN_NOW.search(
        reading.lower
    ):
        return True
    subject = _SUBJECT.match(reading.lower, statement.start, statement.end)
    if subject is None:
        return False
    return any(
        subject["what"] in reading.lower[other.start : other.end]
        and COMPARES_PLAINLY.search(reading.lower, other.start, other.end)
        and reading.has_quantity(other.start, other.end, *VALUES, "number")
        for other in reading.statements
        if other.index != statement.index and other.role not in ("plan", "goal", "history")
    )


#: "Goal 1 was that he name objects with 80% accuracy and he is progressing well": the goal, told.
_GOAL_TOLD = wording(
    r"\b(?:goal|ltg|stg)(?: ?#?(?:\d|one|two|three|four))?,? (?:was|is) (?:that|for|to)\b(?:[^.;]*\b(?:and|but|,) (?=(?:he|she|they|pt|patient|this) (?:is|has|are)\b))?"
)


def _behind_goal(reading: Reading, statement: Statement) -> int:
    """Where a statement goes on behind a goal that it tells first; its own start without one."""
    told = _GOAL_TOLD.search(reading.lower, statement.start, statement.end)
    return told.end() if told is not None else statement.start


def supported(reading: Reading, statement: Statement) -> bool:
    """Whether the claim's section, or its statement in a note without sections, holds a datum."""
    section = reading.section_of(statement)
    low, high = section.body_start, section.end
    if _COLON_VALUE.search(reading.lower, statement.start, statement.end):
        return True
    if section.kind == "body":
        # A dose beside the claim is today's work, a score beside it is what the claim rests on, and what
        # a goal asks for is neither.
        own = _behind_goal(reading, statement)
        if reading.has_quantity(own, statement.end, *VALUES):
            return True
        beside = [
            s
            for s in reading.statements[max(0, statement.index - 1) : statement.index + 2]
            if (s.role not in ("goal", "plan") and _behind_goal(reading, s) == s.start)
            or s.index == statement.index
        ]
        low, high = beside[0].start, beside[-1].end
        if own > statement.start:
            if _valued(reading, low, statement.start):
                return True
            low = own
    elif any(
        not _VISITS.search(q.text) and not is_day(reading, q)
        for q in reading.quantities_in(low, high, *VALUES)
    ):
        return True
    if _valued(reading, low, high) or _NO_LONGER.search(
        reading.lower, statement.start, statement.end
    ):
        return True
    if _measured_today(reading, statement):
        return True
    compares = _COMPARES
    if section.kind == "body":
        compares = COMPARES_PLAINLY
        low, high = statement.start, statement.end
    levels = [
        m for m in reading.mentions_in(low, high, "assist", "cue") if not m.is_a("generic_modifier")
    ]
    if section.kind == "body" and _told_next(reading, statement):
        return True
    if levels and COMPARES_PLAINLY.search(reading.lower, low, high):
        return True
    ranged = any(_RANGE.search(reading.lower, m.start, m.end) for m in levels)
    if ranged or (len(levels) > 1 and compares.search(reading.lower, low, high)):
        return True
    tasks = any(
        m.is_a("task", "gait_deviation", "neuro_deficit")
        and not m.is_a("generic_modifier", "impairment")
        for m in reading.mentions_in(low, high)
    )
    return tasks and bool(COMPARES_PLAINLY.search(reading.lower, low, high))
