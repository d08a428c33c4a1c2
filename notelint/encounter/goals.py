"""Reads goals and their slots: who, what, how much, by when (catalogue B)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from notelint.encounter.encounter import Goal, Value
from notelint.encounter.goalmeasure import GOAL_ID, GOAL_WHO, measure_of, value_of, worded_measure
from notelint.language.boxes import blanked
from notelint.language.loose import loose
from notelint.language.reading import Reading, Section, Span, Statement
from notelint.note import Note

_LONG = loose(r"\b(?:ltgs?|ltos?|long[- ]term)\b")
_SHORT = loose(r"\b(?:stgs?|stos?|short[- ]term)\b")
_BY = loose(
    r"\b(?:by|in|within|inside|before|come|x|over|after|at|thru|through|until)\s+(?:the\s)?(?:next\s)?(?:\d{1,2}(?:\s?(?:-|–|to)\s?\d{1,2})?\s?(?:\w+\s)?(?:weeks?|wks?|wk|w|days?|months?|mos?|visits?|sessions?|treatments?|tx)\b|\d{1,2}/\d{1,2}(?:/\d{2,4})?(?![\d\s]{0,2}(?:(?:mmt )?grades?\b|inch|in\b|mile|cup|\"|mi\b|of\b|trials?|tries|try\b|days|nights|meals|attempts?|opp|reps|items|steps|times|sets))|(?:one|two|three|four|five|six|eight|ten|twelve|\d{1,2})\s(?:weeks?|wks?|months?|days?|d)\b|discharge|d/c|dc|end of|one week|two weeks|three weeks|four weeks|six weeks|eight weeks|one month|early (?=[a-z]{3})|mid[- ]|late (?=[a-z]{3})|the (?:same date|holidays|new year)|spring|summer|fall|winter|thanksgiving|christmas|easter|(?:(?:his|her|their|this|the|next|annual) ){0,2}(?:\w+ )?(?:iep|recert\w*|cert(?:ification)?|re-?eval\w*|follow[- ]up|school year|semester|poc)\b|january|february|march|april|may \d|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|next (?:visit|week|report|pn|recert)|visit|recert)"
    r"|\b\d{1,2}\s?(?:-|–|to)?\s?\d{0,2}\s?(?:weeks?|wks?|wk|visits?|months?|sessions?)\b|\(\s*\d{1,2}\s?(?:w|wks?|weeks?|v|visits?|mos?|m)\s*\)|\b(?:aimed|slated|set|meant|due|planned|targeted|timed) (?:for|by) (?:the )?(?:\d{1,2}/\d|[a-z]{3,9} \d)|\b(?:ahead of|prior to|in time for) (?:\w+ ){0,3}(?:d/c|discharge|surgery|move|return|wedding|trip|recert\w*|\d{1,2}/\d)|\b\d{4}-\d\d-\d\d\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b|target date|\btarget:? \d{1,2}/\d{1,2}|\b(?:by|thru|through|until) \d{1,2}-\d{1,2}\b(?!\s?(?:w|wk|week|visit|month|day|ft|min|sec|rep|%))|\b(?:wk|week|pod|visit)\s?#?\d{1,3}\b|\bby \d{1,2}/\d{1,2}\b(?!\s?(?:mmt )?grade)"
)
_STATUS = loose(
    r"\b(?:goal met|met|not met|partially met|achieved|ongoing|in progress|progressing|discontinued|d/c'd|revised|upgraded|new|continue goal|unmet|unchanged)\b"
)
_PARTICIPATION = loose(
    r"\b(?:will|to) (?:be able to )?(?:actively |fully |consistently )?(?:participate in|attend|tolerate|comply with|be compliant|be educated|"
    r"receive (?!(?:change|mail|calls?|coins|packages?|visitors|guests|objects?|items?|food|a )\b)|cooperate|engage in|be seen)\b|^\W*therapist (?:will|to)\b|\btherapist will\b"
)
#: What follows a word of participation and makes it life, not therapy.
_LIFE = loose(
    r"\b(?:conversation\w*|church|community|school|circle|class\w*|work|sitting|standing|upright|walking|meals?|regular|thin|solids?|"
    r"diet|po|family|play\w*|bath\w*|dress\w*|self[- ]\w+|home|leisure|sport\w*|job|social\w*|peers?|group|wear\w*|brush\w*|textures?|"
    r"weight|touch|noise|shoes|splint|brace|prosthe\w*)\b"
)
_WISH = loose(
    r"\b(?:(?:pt|patient|client|family|parent|caregiver|resident)(?:['’]?s)? (?:stated )?goals?|personal goals?)\b"
)
_FROM = loose(
    r"\b(?:from|baseline|currently|current(?:ly)?:?|initial(?:ly)?|was|at eval|now|today|prior|prev\w*)\b|->|→"
)


def goals_of(note: Note, reading: Reading) -> tuple[Goal, ...]:
    """Returns the goals of the text, then those supplied beside it."""
    told = tuple(_text_goals(reading))
    return told + tuple(_repeated(note, reading, told)) + tuple(_supplied(note))


#: The number or mark before a goal that is listed.
_LEAD = 6


def _repeated(note: Note, reading: Reading, told: tuple[Goal, ...]) -> Iterator[Goal]:
    """Goals of the record that open a statement of the text which no heading made a goal."""
    for supplied in note.goals:
        words = supplied.text.lower().strip(" .").split()
        found = re.search(r"\s+".join(map(re.escape, words)), reading.lower)
        at = found.start() if found is not None and len(words) > 1 else -1
        statement = reading.statement_at(at) if at >= 0 else None
        if statement is None or at - statement.start > _LEAD or statement.role == "plan":
            continue
        if any(g.place and g.place.start < statement.end and at < g.place.end for g in told):
            continue
        yield _goal(reading, statement, reading.lower[statement.start : statement.end])


def _supplied(note: Note) -> Iterator[Goal]:
    for goal in note.goals:
        upper = goal.id.upper()
        horizon = "long" if "LTG" in upper else "short" if "STG" in upper else "unknown"
        status = Value(goal.status, None, "metadata") if goal.status else None
        yield Goal(
            None, goal.id, horizon, goal.text,  # type: ignore[arg-type]
            measure=worded_measure(goal.text), status=status, origin="metadata",
        )  # fmt: skip


def _text_goals(reading: Reading) -> Iterator[Goal]:
    rows = [s for s in reading.statements if s.role == "goal" and not _only_heading(reading, s)]
    named = [row for row in rows if _NAMED.match(reading.lower, row.start)]
    sections = Counter(row.section for row in named)
    headed: set[int] = set()
    for row in rows:
        if _tells_on(reading, row, rows):
            continue
        told = (
            sections[row.section] > 1
            and row not in named
            and not _LABELLED_ROW.match(reading.lower, row.start)
        )
        if _NAMED.fullmatch(reading.section_of(row).label.lower()):
            told = row.section in headed and row not in named
            headed.add(row.section)
        if told and not _AIMS_AT.search(reading.lower, row.start, row.end):
            continue  # what is told below a numbered goal is how it stands
        yield from _goals_in(reading, row)


def _tells_on(reading: Reading, row: Statement, rows: list[Statement]) -> bool:
    """Whether a sentence goes on about the goal before it on its line, and states none itself."""
    if not row.index or _AIMS_AT.search(reading.lower, row.start, row.end):
        return False
    dated = any(
        above.line == row.line
        and above in rows
        and _DATED.search(reading.lower, above.start, above.end)
        for above in reading.statements[max(0, row.index - 2) : row.index]
    )
    return dated and not _BEGINS.match(reading.lower, row.start)


#: A goal that says by when is complete; what follows on its line says how it stands.
_DATED = loose(r"\b(?:by|in|within) (?:\d|discharge|d/c|end of)")
_BEGINS = loose(
    r"\W*(?:(?:ltg|stg|lto|sto|goal)s?\s?#?\d|\(?\d{1,2}[.)]\s|(?:improve|increase|decrease|reduce|return|be able)\b)"
)
_AIMS_AT = loose(r"\bwill\b|\b(?:pt|patient|client|resident|student|child) to\b")
#: "LTG (6 wks) full dressing …" among goals with numbers: one of them by its label and date.
_LABELLED_ROW = loose(r"\W*(?:ltg|stg|lto|sto)s?\s?(?:[a-h]\b|#?\d|[(,:–-]|(?:by|in|within)\b)")
_NAMED = loose(r"\W*(?:new |updated |revised )?(?:ltg|stg|lto|sto|goal)s?\s?#?\s?\d{1,2}[a-z]?\b")


def _goals_in(reading: Reading, row: Statement) -> Iterator[Goal]:
    """The goals of one statement; what its head says of time and horizon holds for all of them."""
    time: Value[str] | None = None
    horizon = "unknown"
    for statement in _split(reading, row):
        words = reading.lower[statement.start : statement.end]
        if statement.start == row.start and statement.end < row.end:
            head = words if _is_heading(words) else words[:_HEADING]
            horizon = _horizon(reading, statement, head)
            time = value_of(_BY.search(head), statement.start)
            if (
                len(words) < _HEADING
                and not GOAL_WHO.search(words)
                and (time or _LONG.search(words) or _SHORT.search(words))
            ):
                continue
        if not _is_goal(reading, statement, words):
            continue
        goal = _goal(reading, statement, words)
        known = goal.horizon if goal.horizon != "unknown" else horizon
        yield replace(goal, by_when=goal.by_when or time, horizon=known)  # type: ignore[arg-type]


#: Where one statement holds several goals: "1) … 2) …", "…, pt will …", "LTG 1 … LTG 2 …".
_NEXT = loose(
    r"(?:(?<=[\s.,;:])\(?[1-9][.)]\s+(?=[a-z↑↓≥≤<>]|\d+ [a-z])|(?<=[\s.,;:])(?:and )?(?:one|two|three|four|five|six|first|second|third|fourth)\s?[,:.]\s+(?=[a-z])|[,;.]\s+(?:and )?(?=(?:pt|patient|client|resident|student|child) will\b)"
    r"|(?<=[.;,])\s+(?=(?:ltg|stg)\s?#?\d\b)"
    r"|,\s+(?:and )?(?:for (?:the )?(?:patient|pt|him|her) )?(?=(?:to be (?:independent|able)|improve|increase|decrease|reduce|restore|maximi[sz]e|be independent|be able)\b))"
)
#: "1 inc bal  2 inc LE str  3 safe amb": numbers behind wide blanks.
_FIRST = re.compile(r"\W*1\s[a-z]")
_OTHERS = re.compile(r"[ \t]{2,}(?=[2-9]\s[a-z])")
_OPEN_BRACKET = re.compile(r"\([^()]*$")
_HEADING = 40
#: How many statements above a goal its heading may stand.
_BACK = 24


def _split(reading: Reading, row: Statement) -> Iterator[Statement]:
    at = row.start
    cuts = list(_NEXT.finditer(reading.lower, row.start, row.end))
    if _FIRST.match(reading.lower, row.start):
        cuts += _OTHERS.finditer(reading.lower, row.start, row.end)
    for cut in sorted(cuts, key=lambda match: match.start()):
        if _OPEN_BRACKET.search(reading.lower, at, cut.start()):
            continue  # "soft and bite sized (IDDSI 6) without …"
        if cut.start() > at:
            yield replace(row, start=at, end=cut.start())
        at = cut.end()
    if at == row.start:
        yield row
    elif at < row.end:
        yield replace(row, start=at, end=row.end)


def _only_heading(reading: Reading, statement: Statement) -> bool:
    if _is_heading(reading.lower[statement.start : statement.end]):
        return True
    return statement.opens_list or len(reading.text[statement.start : statement.end].split()) < 2


#: "LTG2: not met, improving" says how a goal stands.
_STANDS_SO = loose(
    r"^\W*(?:ltg|stg|lto|sto|goal)s?\s?#?\d{1,2}[a-z]?\W+(?:not met|partly met|partially met|met|ongoing|in progress|progressing|achieved|unmet|unchanged|discontinued)\b"
    r"|^(?:\W*(?:and )?(?:all )?(?:ltg|stg|lto|sto|goal)s?(?: are| is)?\W+(?:not met|partly met|partially met|met|ongoing|in progress|progressing|achieved|unmet|unchanged|continued?)\b)+\W*$"
)
#: "All three by 10/17" dates the goals above it.
_DATES_ALL = loose(
    r"\W*(?:all|both|each)(?: (?:two|three|four|five|\d|of (?:these|them|the above)|goals?|ltgs|stgs|of the goals)){0,2} (?:(?:are |is )?(?:due|set|to be met|to be reached) )?(?:by|in|within|for)\b"
)
_GOAL_LABEL = loose(
    r"^\W*(?:new |updated |revised |current |functional |treatment |therapy |annual |iep |measurable )*(?:ltg|stg|lto|sto|goals?|g\d|long|short|obj|patient|pt|caregiver|client|resident|"
    r"\d|[a-f][.:)]|will|mobility|transfers?|gait|ambulation|adls?|self|balance|strength|rom|pain|stairs?|bed|toilet|bath|dress|groom|feed|"
    r"speech|language|swallow|cogniti|articulation|expressive|receptive|pragmatic|fine|gross|visual)"
)


def _is_goal(reading: Reading, statement: Statement, words: str) -> bool:
    """A statement of a goals section that is a goal, not a status line or a remark."""
    if re.match(
        r"^\W*(?:(?:not |partially |partly )?met\W*(?:$|[(,.;])|what remains|(?:she|he|they|pt|patient)\.? (?:also |still )?needs\b|needs? therapist|we will\b|plan (?:for|is)\b|the plan\b|frequency\b|treatment\b|see|per|reviewed|no change|unchanged|ongoing|continue|none|goals? (?:reviewed|remain|discussed|met|unchanged|ongoing)|all goals|all (?:held|met|maintained|remain|kept|ongoing)\b|pt (?:agrees|is in agreement)|patient (?:agrees|participated)|progress(?:ing)? (?:toward|with)|making|no new|(?:st|pt|ot|slp)\b (?:as|is|for|eval|tx|to eval)|needs? more|needs? (?:skilled|further|cont)|(?:she|he|patient|pt) will (?:film|bring|send|order|buy|purchase|install|call|ask|contact|schedule|look into|talk to|pick up|check with|get (?:a|an|the|him|her)\b|return (?:for|on|next|in)|follow up|be seen)\b|cont\b)",
        words,
    ):
        return False
    if (
        statement.label_end > statement.start
        and not _GOAL_LABEL.match(words)
        and not _SETS.match(words)
    ):
        return False
    if _STANDS_SO.match(words) or _DATES_ALL.match(words) or _NOT_YET.match(words):
        return False
    if _GETS_ON.fullmatch(words) and not _CHANGE.match(words):
        return False
    section = reading.section_of(statement)
    if _WISH.search(section.label.lower()) or _WISH.search(words):
        return False
    if _COUNTS.match(words) and not _AIMS_AT.search(words):
        return False
    if section.kind == "plan" and _PARTICIPATION.search(words) and not GOAL_ID.match(words)["h"]:  # type: ignore[index]
        return False
    if _tells(words) or (_NOW.match(words) and not _AIMS_AT.search(words)):
        return False
    if GOAL_WHO.search(words) or _heads_alone(reading, statement) or _SETS.match(words):
        return True
    named = sum(
        1
        for _ in reading.mentions_in(
            statement.start, statement.end, "service_label", "education_generic"
        )
    )
    if named >= _SERVICES and not _CHANGE.match(words):
        return False  # "TE, NMR, gait, pt/spouse ed" is what will be done
    if _NUMBERED_STANDING.match(words) or (section.kind == "goals" and _TRAINS.match(words)):
        return True
    if _CHANGE.match(words) and len(words.split()) >= 2:
        return True
    content = reading.has_mention(
        statement.start,
        statement.end,
        "task",
        "impairment",
        "measure",
        "assist",
        "exercise",
        "speech_task",
        "gait_deviation",
        "body",
        "purpose",
        "generic_modifier",
    )
    if statement.bullet and measure_of(reading, statement, words, _BY.search(words)) is not None:
        return len(words.split()) > _FEW
    return content and len(words.split()) > _FEW


#: "She will NOT do steps with mom without us yet": what is not allowed, and no aim.
_NOT_YET = loose(
    r"\W*(?:she|he|they|pt|patient|client|resident)\.? (?:will not|won['’]t)\b[^.;]*\b(?:yet|until|till|unless)\b"
)
#: "Goal 1.3: 3 breakdowns came up", "11 opportunities.": what happened today under the goal.
_COUNTS = loose(
    r"\W*(?:(?:goal|obj\w*|ltg|stg)\s?#?[\d.]+\s?[:–-]\s?)?\d{1,3} (?:opportunit\w+|trials?|attempts?|breakdowns?|episodes?|occasions?|(?:\w+ )?(?:came up|occurred|were seen|were noted|arose))\b(?! (?:by|in \d))"
)
#: "Amb distance increasing.": how it goes.
_GETS_ON = loose(r"\W*[a-z][a-z /]{2,40} (?:is |are )?(?:increasing|improving|decreasing)\W*")
#: Fewer words behind the label of a goal tell no more than how it stands ("LTG 2: in progress").
_LEAST_TOLD = 5


def _heads_alone(reading: Reading, statement: Statement) -> bool:
    """Whether a statement is the first behind the number of a goal, with a date or level or not."""
    section = reading.section_of(statement)
    first = not any(c.isalnum() for c in reading.lower[section.body_start : statement.start])
    headed = first and _NAMED.match(section.label.lower()) is not None
    words = reading.lower[statement.start : statement.end]
    labelled = headed or _NUMBERED_LABEL.match(words) is not None
    return labelled and len(words.split()) >= _LEAST_TOLD and not _STATUS.search(blanked(words))


#: "Set new LTG today, target 4 wks: …" outside the list of goals.
_SETS = loose(
    r"\W*(?:(?:i |we )?(?:set|wrote|added|adding|made|established)|by [^,]{3,20} i want|(?:i|we) want)\b[^:]{0,40}?\b(?:ltg|stg|lto|sto|goal|him|her|them|pt|patient)s?\b"
)
_NUMBERED_LABEL = loose(
    r"\W*(?:g\d{1,2}\b|ltg|stg|lto|sto)s?(?:\s?#?\d|\s[a-h]\b|\s?[(,]|\s(?:by|in|within)\b)"
)
#: "Caregiver ed", "Five, family training, continue": who is to be taught, by no measure.
_TRAINS = loose(
    r"\W*(?:(?:one|two|three|four|five|six|\d)\W+)?(?:caregiver|cg|family|parent|spouse|wife|husband|staff|pt)(?:(?:/| and | & )(?:caregiver|cg|family|staff|spouse|wife|husband))? (?:training|trng|ed|education|instruction|teaching)\b(?! (?:complete|done|met|provided|given|completed))"
)
#: So many names of services in a line of goals list the treatment.
_SERVICES = 3
#: "STG 1  Name pictured objects using features - progressing": a goal by its number with how it stands.
_NUMBERED_STANDING = re.compile(
    r"\W*(?:ltg|stg|lto|sto|goal)s?\s?#?\d{1,2}[a-z]?\s[^|;\n]{12,90}?\s[-–—]\s*(?:ongoing|not met|partially met|partly met|progressing(?: \w+)?|in progress|continue[ds]?|cont|new)\W*$"
)
#: Fewer words name a goal and state none.
_FEW = 2


#: "Current 72%", "Now min A, freezes at doorway": where a goal stands, on a line or in a sentence of its own.
_NOW = loose(
    r"^\W*(?:now|current(?:ly)?|baseline|present(?:ly)?|status|prior|previous(?:ly)?|initial(?:ly)?|last (?:recert|report|visit|cert|period)|at (?:soc|eval|ie|start)|(?:was|were|used|needed|needs|did|does|switched|stopped|started|gave|took|made|tried|agreed|attended|completed|produced|imitated|requested|said|pointed|required)\b)(?! goals?)\W"
)
_TELLS = loose(
    r"^\W*(?:(?:still (?:uses?|needs?|has|requires?|drops?|misses|shows?)\b|(?:two|three|four|several|most|all|none)\b(?! by\b)|at this time|once again|however|again|currently|during|since|in the|overall|today|numerous|both|an?|the|this|these|his|her)\b[^.;:]{0,40}?|)"
    r"\b(?:(?:pt|patient|client|resident|she|he|they|i|we|it)\b[^.;:]{0,24}?)?"
    r"\b(?:was|were|has|have|had|is|are|continues|did|does|appears?|agreed|made|feels?|reports?|stated|presents?|denies|scored|received|participated|attended)\b"
)
_AHEAD = loose(
    r"\b(?:will(?! (?:benefit|continue|require|need|be seen|be re-?assessed))|(?:pt|patient|client|resident|student|child|he|she) to have|to (?:be|improve|increase|decrease|reduce|demonstrate|return|tolerate|perform|complete|ambulate|transfer|walk|use))\b"
)


def _tells(words: str) -> bool:
    """A sentence of a discharge or progress story in a goals section: it tells, it aims at nothing."""
    return bool(_TELLS.match(words)) and not _AHEAD.search(words)


_CHANGE = loose(
    r"^\W*(?:(?:ltg|stg|lto|sto|goal)s?\W*)?(?:\d{1,2}[a-z]?[.):]?\s*)?(?:will )?(?:less|more|better|improved?|increased?|decreased?|reduced?|"
    r"return to|restore|normali[sz]e|norm|minimi[sz]e|maximi[sz]e|eliminate|resolve|regain|maintain|achieve|demonstrate|be able|able to|rtw|rts|rtp|"
    r"prevent|avoid|expand|keep|develop|establish|promote|gain|build|learn|understand|transfer safely|walk safely|safe(?:ly)?|independent|max(?:imum)? (?:indep|independence|function)|no more|inc|dec|↑|↓)\b|^\W*[↑↓]"
)


def _goal(reading: Reading, statement: Statement, words: str) -> Goal:
    start, end = statement.start, statement.end
    identity = GOAL_ID.match(words)
    horizon = _horizon(reading, statement, words)
    number = (identity["n"] or identity["m"] or "") if identity else ""
    prefix = {"long": "LTG", "short": "STG"}.get(horizon, "GOAL")
    who = GOAL_WHO.search(words)
    when = _BY.search(words)
    section_when = _section_time(reading, statement)
    status = value_of(_STATUS.search(blanked(words)), start)
    behind = _behind(reading, statement)
    told = reading.lower[behind.start : behind.end]
    section_when = value_of(_BY.search(told), behind.start) or section_when
    section_when = section_when or _dated_on_line(reading, statement)
    status = status or value_of(_STANDS.match(told), behind.start)
    return Goal(
        place=statement.span,
        id=f"{prefix} {number}".strip() if number else prefix,
        horizon=horizon,  # type: ignore[arg-type]
        text=reading.text[start:end],
        who=value_of(who, start),
        what=_what(reading, start, end),
        kind=_kind(reading, statement, words),  # type: ignore[arg-type]
        measure=measure_of(reading, statement, words, when),
        baseline=value_of(_FROM.search(words), start),
        by_when=value_of(when, start) or section_when,
        status=status,
    )


#: How a goal stands, said right behind it ("… 3 of 4 trials. MET 01/27.").
_STANDS = re.compile(r"(?:met|achieved|not met|partially met|discontinued|ongoing|in progress)\b")
_TARGET = re.compile(
    r"(?:target|due|by|to be met|time ?frame|met|not met|achieved|in progress|ongoing"
    r"|partially met|discontinued|exp)\b[^.;]{0,40}"
)


def _behind(reading: Reading, statement: Statement) -> Span:
    """The sentence behind a goal on its line that dates it or says how it stands ("Target 03/16")."""
    following = statement.index + 1
    last = statement.end >= reading.statements[statement.index].end
    if last and following < len(reading.statements):
        other = reading.statements[following]
        if other.line == statement.line and _TARGET.match(reading.lower, other.start, other.end):
            return other.span
    return Span(statement.end, statement.end)


#: What is said of a goal further on its line may date it ("… Current 70%. [x] Not met, continue, 2 weeks").
_GOES_ON = re.compile(
    r"(?:not met|continue[sd]?|cont|extend(?:ed)?|revised?|target|due|new date)\b"
)


def _dated_on_line(reading: Reading, statement: Statement) -> Value[str] | None:
    row = reading.statement_at(statement.start)
    if row is None:
        return None
    for other in reading.statements[row.index + 1 : row.index + 4]:
        if other.line != row.line:
            return None
        going = _GOES_ON.search(reading.lower, other.start, other.end)
        when = _BY.search(reading.lower, going.end(), other.end) if going else None
        if when is not None:
            return Value(when.group(), Span(*when.span()))
    return None


_GOAL_HEADING = loose(
    r"^\W*(?:(?:short|long)[- ]?term|stgs?|ltgs?|stos?|ltos?|treatment|therapy|functional|patient)?\s*(?:goals?|objectives?)?\s*"
    r"(?:\([^)]*\)|(?:to be|will be)?\s*(?:met|achieved|completed|accomplished|reached|attained)?\s*(?:by|in|within|for)?[^:]{0,26})\s*[:\-–,]*\s*(?:1[.)])?\s*$"
)


def _is_heading(words: str) -> bool:
    """Whether a statement only heads goals ("Short-term goals to be met in 4 weeks:")."""
    return (
        len(words) < 76
        and bool(_LONG.search(words) or _SHORT.search(words))
        and bool(_GOAL_HEADING.match(words))
    )


def _horizon(reading: Reading, statement: Statement, words: str) -> str:
    head = words[:40]
    if _LONG.search(head):
        return "long"
    if _SHORT.search(head):
        return "short"
    above = [reading.statements[statement.parent]] if statement.parent >= 0 else []
    labels = [s.label.lower() for s in _headings_above(reading, statement.section)]
    for text in [*(reading.lower[s.start : s.end] for s in above), *labels]:
        if _LONG.search(text):
            return "long"
        if _SHORT.search(text):
            return "short"
    for other in reversed(reading.statements[max(0, statement.index - _BACK) : statement.index]):
        if other.section != statement.section:
            break
        text = reading.lower[other.start : other.end]
        if other.opens_list or _is_heading(text):
            if _LONG.search(text):
                return "long"
            if _SHORT.search(text):
                return "short"
    return "unknown"


def _section_time(reading: Reading, statement: Statement) -> Value[str] | None:
    """A time in the heading ("STG (2 weeks)") counts for every goal below it."""
    for above in _headings_above(reading, statement.section):
        found = _BY.search(reading.lower, above.start, above.body_start)
        if found:
            return value_of(found, 0)
    dated = _dated_line(reading, statement.section)
    if dated is not None:
        return dated
    if statement.parent >= 0:
        parent = reading.statements[statement.parent]
        return value_of(_BY.search(reading.lower[parent.start : parent.end]), parent.start)
    for other in reversed(reading.statements[max(0, statement.index - _BACK) : statement.index]):
        if other.section != statement.section:
            break
        text = reading.lower[other.start : other.end]
        head = _DATED_HEAD.match(text) or _DATED_START.match(text)
        if other.line == statement.line and head:
            found = _BY.search(head["when"])
            if found is not None:
                return value_of(found, other.start + head.start("when"))
        if other.opens_list or _is_heading(text):
            found = _BY.search(text)
            return value_of(found, other.start) if found else None
        if other.start - reading.sections[
            other.section
        ].body_start < _NEAR_HEAD and _ONLY_TIME.fullmatch(text):
            return value_of(_BY.search(text), other.start)
    return None


#: "By March 24: one, she will walk …" behind a heading of goals.
_DATED_START = loose(r"\W*(?P<when>(?:by|within|in)\b[^:;\n]{3,34}):")
#: A line of goals that its first words date: "STG, by 7/8/25 (4 wks): 1) … 2) …".
_DATED_HEAD = loose(
    r"\W*(?:stgs?|ltgs?|stos?|ltos?|(?:short|long)[- ](?:term|range)(?: goals?)?|goals?)\b(?P<when>[^:;\n]{3,44}):"
)
#: The rest of a heading that says by when: "(Long-term goals,) by January 6, 2026 (12 weeks)".
_ONLY_TIME = loose(
    r"\W*(?:all |each )?(?:to be (?:met|achieved) )?(?:by|in|within|over|target|due)\b[^.;:]{2,40}\W*"
)
_NEAR_HEAD = 4


#: "Goals, through 12/01/2025": a line of its own over goals by their numbers.
_DATED_GOALS = loose(
    r"\W*(?:new |updated |revised |current |functional )*(?:goals?|ltgs?|stgs?|objectives)[^\n]{0,6}?(?P<when>(?:through|thru|by|until|to be met by|due)\b[^\n]{3,24})\W*"
)


#: The number or term of a goal as the heading of its words ("LTG", "STG 1 (by 10/1)").
_OWN_HEAD = loose(r"\W*(?:ltg|stg|lto|sto|goal|long[- ]term|short[- ]term)s?\b")


def _dated_line(reading: Reading, index: int) -> Value[str] | None:
    """The time of a line that dates the goals headed by their numbers below it."""
    while index and _OWN_HEAD.match(reading.sections[index].label.lower()):
        index -= 1
    at = reading.sections[index].end
    above = next((s for s in reversed(reading.statements) if s.end <= at), None)
    if above is None or above.section != index:
        return None
    head = _DATED_GOALS.fullmatch(reading.lower, above.start, above.end)
    found = _BY.search(head["when"]) if head is not None else None
    return value_of(found, above.start + head.start("when")) if found and head else None


def _headings_above(reading: Reading, index: int) -> Iterator[Section]:
    """Yields the section of a goal and, where "LTG 1:" is its heading, the one that heads it."""
    section = reading.sections[index]
    yield section
    while index and _NAMED.match(section.label.lower()):
        index -= 1
        section = reading.sections[index]
        if section.kind != "goals":
            return
        if not _NAMED.match(section.label.lower()):
            yield section


def _what(reading: Reading, start: int, end: int) -> Value[str] | None:
    for mention in reading.mentions_in(start, end, "task", "speech_task", "impairment"):
        return Value(reading.lower[mention.start : mention.end], Span(mention.start, mention.end))
    return None


_FUNCTION_WORDS = loose(
    r"\b(?:return to|resume|participate in|able to|perform|complete|manage|access|navigate|tolerate (?:regular|thin|upright|\d)|communicate|communication|conversation|intelligib\w*|swallow|eats?|drinks?|sleeps?|taste|lick|bite|chew|foods?|adls?|iadls?|self[- ]?care|work|duty|duties|job|hobb\w*|wrap\w*|bandage|(?:throw|load|toss|feed|pick|climb|ride|push|pull|kneel|bend|crawl|mow|shovel|type|sew|jog|jump|pitch|catch|lead|teach|sing)(?:s|ing)?|school|home|church|community|diet|meal\w*|solids|liquids|name|express|answer|follow|recall|remember|read|write|say|produce|use|carry|lift|reach|play|find|(?:get|put|take|make|find|turn|use|carrie|lift|reache|play|sit|stand|walk|wear|open|pour|cut|hang|load|bring|dresse|button|fasten|zip|tie|push|step|call|drink|reade|read|write|tell|ask|say|name|answer|wake|sleep|drive|cook|shower|bathe|feed|hold|goe)s|sit|stand|walk|hold|wear|self[- ]\w+|retrieve|open|sort|locate|identify|initiate|request|order|shop|drive|care|position|turn|get|put|take|make|help|swim|run|hike|garden|knit|golf|leisure|gym|sports?|back to|grasp(?:s|ing)?|caregiver|family|recliner|couch|sofa|bed|car|tub|shower|kitchen|bathroom|porch|yard|driveway|store|laundry|transfer\w*|ambulat\w*|stairs?|steps?|don|doff|dress\w*|bath\w*|groom\w*|toilet\w*|feed\w*|cook\w*|clean\w*|wash\w*|cut|cuts|slice|peel|spread|stir|pour|fold|iron|vacuum|mop|sweep|button|zip|fasten|hair|shav\w*|brush\w*|comb\w*)\b"
)


def _in_life(reading: Reading, start: int, end: int, words: str, attends: re.Match[str]) -> bool:
    """Whether the patient takes part in life, not in therapy ("participate in circle time")."""
    if not " ".join(attends.group().split()).endswith(
        ("participate in", "attend", "tolerate", "engage in")
    ):
        return False
    if _LIFE.search(words, attends.end()):
        return True
    return any(
        not m.is_a("impairment", "generic_modifier")
        for m in reading.mentions_in(start + attends.end(), end, "task", "speech_task")
    )


#: A symptom that lessens is a capacity, also where no list knows its name ("less triggering").
_LESS = loose(
    r"^\W*(?:(?:ltg|stg|goal)s?\W*)?(?:\d{1,2}[a-z]?[.):]?\s*)?(?:pt will |patient will |will )?(?:have )?(?:less|decreased?|reduced?|eliminate|dec|↓)\s(?!.*(?:fall|burden|caregiver|assist))"
)


_HOME_PROGRAMME = loose(
    r"\b(?:ind\w*|i|mod i\w*|complian\w*|adheren\w*) (?:w/|with|in|for) (?:\w+ ){0,3}(?:hep|home (?:exercise )?program\w*|self[- ]management)\b|\b(?:program(?:me)?|hep|exercises|exs) (?:will be )?(?:done|performed|completed) (?:\d|daily|twice|per)"
)
#: A motion with its degrees, a grade, or pain on its scale: what changes in the body, in the shorthand of
#: findings ("passive rot L within 5 deg of R", "R DF 3+/5", "LBP 2/10").
_CAPACITY = loose(
    r"\b(?:(?:passive|active) (?:rot\w*|flex\w*|ext\w*|abd\w*|add\w*|er|ir|sup\w*|pron\w*|df|pf|motion|range)|[ap]a?rom|tam)\b"
    r"|\b(?:rot\w*|flex\w*|ext|extension|abd\w*|add\w*|er|ir|df|pf|sup|supination|pron\w*|inversion|eversion|hs|quads?|glutes?|glut med|rtc|delts?|mmt) (?:(?:[lrb]|to|of|at|is|≥|>|=|within|strength|rom|arom|prom|mmt|least|all|planes|bilat\w*) ?){0,4}\d(?:[+-]?\s?/\s?5|[-–]\d|\d{1,2}\b|\s?deg|°)"
    r"|\b(?:lbp|np|pain|ache|aching|soreness|nprs|vas|headache) (?:(?:of|at|to|max|worst|<|≤|under|below|no more than|w/|with|is|level|rating|rated) ?){0,3}\d{1,2}(?: ?[-–] ?\d)? ?/ ?10"
)
#: "AROM 100 deg for reaching the shelf": the capacity with what it is for.
_SERVES = loose(
    r"\bso (?:that|he|she|they|pt|patient|as to|an?|the|his|her|their|it|both|you|mom|dad|wife|husband|(?:\w+ ){1,3}(?:can|will|goes|fits|stays|gets|is|are|does))\b|\benough to [a-z]{3,}|\d\S{0,4} (?:deg\w* )?to (?!(?:increas|improv|decreas|reduc|restor|promot|maximi|enhanc|address|facilitat|wnl|wfl|neutral|full|end|the|her|his|match|within|maintain|strengthen|normal|be|palm|dpc|max|mod|min|sba|cga|supervis|indep)\w*\b)[a-z]{3,}|\b(?:while|when) (?:\w+ )?[a-z]{3,}ing\b(?! (?:weight|supine|prone)\b)|\b(?:needed|required|necessary) (?:for|to)\b|\bto (?:allow|enable|permit)\b|\bfor (?:\w+ ){0,2}?(?!(?:increas|improv|decreas|reduc|strengthen|stretch|train|condition|maintain|balanc|position|cue|pac|sequenc|progress)\w*ing\b)[a-z]{3,}ing\b(?! (?:strength|endurance|tolerance|balance|rom|control|stability)\b)"
)
_SOMEONE_WILL = loose(
    r"\b(?:pt|patient|client|resident|caregiver|he|she|student|child|wife|husband|family|they) (?:will|to)\b"
)


def _kind(reading: Reading, statement: Statement, words: str) -> str:
    start, end = statement.start, statement.end
    attends = _PARTICIPATION.search(words)
    if attends and not _in_life(reading, start, end, words, attends):
        return "participation"
    tasks = [
        m
        for m in reading.mentions_in(start, end, "task", "speech_task")
        if not m.is_a("impairment", "generic_modifier")
    ]
    if tasks:
        return "functional"
    if _SERVES.search(words):
        return "functional"
    if _HOME_PROGRAMME.search(words):
        return "functional"  # who trains alone has learnt something to use
    lead = words[(m.end() if (m := _SOMEONE_WILL.search(words)) else 0) :]
    if any(
        not m.has_tag("context") and not m.has_tag("pain")
        for m in reading.mentions_in(start, end, "measure")
    ):
        return "functional"
    if reading.has_quantity(start, end, "distance") and reading.has_mention(
        start, end, "assist", "device"
    ):
        return "functional"  # "90 ft min A": walking without the word
    impairment = (
        reading.has_mention(
            start, end, "impairment", "neuro_deficit", "gait_deviation", "body", "measure"
        )
        or _CAPACITY.search(words) is not None
    )
    if impairment and not _FUNCTION_WORDS.search(lead):
        return "impairment"
    if _FUNCTION_WORDS.search(lead):
        return "functional"
    return "impairment" if impairment or _LESS.match(words) else "unclear"
