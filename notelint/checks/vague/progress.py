"""Progress claimed by an adjective, without value, comparison or regained function (A6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from notelint.encounter.dates import is_day
from notelint.encounter.encounter import Encounter
from notelint.encounter.wording import wording
from notelint.language.boxes import is_ticked
from notelint.language.reading import Mention, Reading, Statement
from notelint.rulebook.rule import Hit

_ROLES = frozenset({"assessment", "response", "other", "treatment", "subjective", "plan"})
_SKIP = frozenset({"quoted", "planned", "historical", "goal", "hypothetical", "family"})
#: The most claims shown of a note: each is asked about, a cascade helps nobody.
_MOST = 3
#: A report says of each goal how it stands.
_MOST_OF_REPORT = 6
_VALUES = frozenset(
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
_COMPARES_PLAINLY = re.compile(rf"\b(?:{_AGAINST}|today only|as above|(?:one|two) levels?)\b|->|→")


def vague(encounter: Encounter) -> Iterator[Hit]:
    """Yields the progress claims, one a statement, of sections without metric and comparison."""
    reports = encounter.facts.note_type in _REPORTS
    yield from islice(_claimed(encounter), _MOST_OF_REPORT if reports else _MOST)
    yield from islice(_statuses(encounter), _MOST_OF_REPORT)


def _claimed(encounter: Encounter) -> Iterator[Hit]:
    reading = encounter.reading
    for statement in reading.where(_may_claim):
        for mention in reading.mentions_in(statement.start, statement.end, "progress_vague"):
            if _ruled(reading, mention.start) & (_SKIP | {"negated"}) or not _claims(
                reading, mention, statement
            ):
                continue
            if _told(reading, statement, mention.start):
                continue
            if _supported(reading, statement) or _stated_before(reading, statement, mention.start):
                continue
            if _VALUE_BEHIND.match(reading.lower, mention.end, statement.end) or _SHOWN.search(
                reading.lower, mention.end, statement.end
            ):
                continue
            said = _worded(reading, statement)
            whole = said is not None and said.start() <= mention.start and said.end() >= mention.end
            start, end = said.span() if said is not None and whole else (mention.start, mention.end)
            yield Hit("words", start, end)
            break
        else:
            match = _worded(reading, statement)
            if (
                match
                and not _supported(reading, statement)
                and not _VALUE_BEHIND.match(reading.lower, match.end(), statement.end)
                and not _SHOWN.search(reading.lower, match.end(), statement.end)
            ):
                yield Hit("words", match.start(), match.end())


def _ruled(reading: Reading, at: int) -> frozenset[str]:
    """The contexts of a place, without a plan or a time before that a later clause opens ("Making gains,
    will benefit from more PT", "Did great and is back to baseline")."""
    contexts = reading.context_at(at)
    for kind in _OPENED_LATER.keys() & contexts:
        marks = [m for m in reading.contexts if m.kind == kind and m.start <= at < m.end]
        opens = _OPENED_LATER[kind]
        if all(m.cue_start > at and opens.search(reading.lower, at, m.cue_start) for m in marks):
            contexts -= {kind}
    return contexts


#: What opens the clause that is planned, or was before; a comma may part what was before ("did great
#: with transfers, gait and stairs last week").
_OPENED_LATER = {
    "planned": wording(r",|;|(?:\band|&) (?:is|are|was|has|now)\b"),
    "historical": wording(r";|(?:\band|&) (?:is|are|has|now)\b"),
}


#: "… as evidenced by above", "as seen in the table": where the values are.
_SHOWN = wording(
    r"\b(?:as|aeb) ?(?:evidenced|seen|noted|shown|demonstrated|indicated|measured)?(?: (?:by|in|from))? (?:the |objective |these |those )*(?:above|below|table|measures?|values?|scores?|data|chart|findings)\b"
)


def _may_claim(reading: Reading, statement: Statement) -> bool:
    """Whether a statement holds words of progress at all, and stands where they would be a claim."""
    if statement.role not in _ROLES:
        return False
    if statement.role in ("subjective", "plan") and reading.section_of(statement).kind != "body":
        return False
    start, end = statement.start, statement.end
    return (
        reading.has_mention(start, end, "progress_vague") or _worded(reading, statement) is not None
    )


def _statuses(encounter: Encounter) -> Iterator[Hit]:
    """Yields the claims in what a report says of its goals."""
    if encounter.facts.note_type not in _REPORTS:
        return
    reading = encounter.reading
    for statement in reading.statements:
        if (said := _REMARK.fullmatch(reading.lower, statement.start, statement.end)) is not None:
            if _lacks_value(reading, statement):
                yield Hit("words", *said.span("said"))
        elif (statement.role == "goal" or _names_goal(reading, statement)) and not (
            _DASHED_STATUS.fullmatch(reading.lower, statement.start, statement.end)
        ):
            yield from _status(encounter, statement)
        elif said := _bare_status(reading, statement):
            named = next(n for n in ("said", "alone", "cell") if n in said.groupdict() and said[n])
            yield Hit("words", *said.span(named))


#: A status that is all there is: "Goal 1 Patient will improve memory. Progressing, continue.", "Transfers: improved".
_BARE_STATUS = wording(
    r"\W*(?P<said>(?:progressing|improving|improved|getting (?:better|closer|there)|making progress)(?: (?:well|nicely|slowly|steadily))?)(?:\W+(?:cont(?:inue)?(?: goal)?|ongoing|goal ongoing))?\W*"
)
_LABELLED_STATUS = wording(
    r"(?P<said>(?:[^:\n]{3,34}:\s*(?:much |slightly |greatly )?(?:improved|improving|increased|decreased|better|less|progressing)(?: well| nicely)?[\s,;]*){2,})\W*"
    r"|[^:\n]{3,34}:\s*(?:[^:\d\n]{2,30}, )?(?P<alone>(?:much |slightly |greatly )?(?:improved|improving|better|progressing)(?: well| nicely| since (?:adm\w*|soc|eval|start)|, variable)?)\W*"
    # the last cell of a row of findings, with the status of its goal behind it or not
    r"|[a-z][^:\n]{2,60}?(?:\s{3,}|\| ?)[^\n]{0,60}?(?<=[ |])(?P<cell>(?:much |slightly |somewhat |a little |greatly )?(?:improved|improving|better|stronger))(?:\s*\|)?(?:\s+(?:progressing|ongoing|not met|continue|p))?[ |.]*"
)
#: "1. Improve fluency - progressing": a goal without a number, and its status behind a dash.
_DASHED_STATUS = wording(
    r"[^\w\n]{0,4}(?:(?:ltg|stg|lto|sto|goal)s? ?#?\d{0,2}[a-z]?[.:)]? )?(?:\d{1,2}[.)])?[^\d\n]{3,60} [-–—]+ ?(?P<said>(?:much |slightly |greatly |slowly )?(?:improved|improving|better|progressing|getting (?:closer|there|better))(?: well| nicely| slowly|, variable)?)\W*"
)


#: "Comments: Progressing": the remark of a form below the values of a goal.
_REMARK = wording(
    r"\W*(?:comments?|status|progress|remarks?|outcome)\s?[:–-]+\s*(?P<said>(?:making (?:good |steady |slow |some )?)?(?:progress(?:ing)?|improv(?:ed|ing)|better)(?: (?:well|nicely|slowly|steadily))?)\W*"
)
#: A value that stands in the fields of the form ("Current (10/21): Min A").
_FIELD = wording(r"\b(?:current\w*|now|today|present)\b[^:\n]{0,16}:[^\n]{0,40}")


def _lacks_value(reading: Reading, statement: Statement) -> bool:
    """Whether the field above a remark that says how a goal stands holds no value."""
    above = reading.statements[max(0, statement.index - 3)].start
    fields = list(_FIELD.finditer(reading.lower, above, statement.start))
    if not fields:
        return not _stated_before(reading, statement, statement.start)
    last = fields[-1]
    return not any(c.isdigit() for c in last.group().split(":", 1)[1]) and not (
        reading.has_mention(last.start(), last.end(), "assist")
    )


_TOLD_BETTER = frozenset({"response", "other", "assessment", "measure", "treatment", "history"})
#: "Posture improved", "Core stronger", "Activity tolerance - improved": a whole sentence of a report.
_SUBJECT_BETTER = wording(
    r"\W*(?P<said>(?:(?:her|his|the) )?[a-z/ ]{3,32} (?:is |are |has |have |[-–] )?(?:much |slightly |greatly |overall )?(?:improved|improving|better|stronger)(?: overall)?)(?:, see [a-z ]{4,24}|, (?:[a-z]+ ){1,3}(?:farther|further|better|easier))?\W*"
)


def _bare_status(reading: Reading, statement: Statement) -> re.Match[str] | None:
    """The status that stands by itself behind its goal on one line, or behind the name of a function."""
    start, end = statement.start, statement.end
    for pattern in (_LABELLED_STATUS, _DASHED_STATUS):
        labelled = pattern.fullmatch(reading.lower, start, end)
        if labelled is not None:
            return labelled
    if statement.role in _TOLD_BETTER and not _supported(reading, statement):
        subject = _SUBJECT_BETTER.fullmatch(reading.lower, start, end)
        if subject is not None:
            return subject
    if not statement.index:
        return None
    above = reading.statements[statement.index - 1]
    if above.role != "goal" or above.line != statement.line:
        return None
    if reading.has_quantity(above.start, above.end, *_VALUES):
        return None
    return _BARE_STATUS.fullmatch(reading.lower, start, end)


#: Kinds of notes that say how each goal stands.
_REPORTS = frozenset({"progress", "recert", "discharge", "reeval"})
#: Where the status of a goal begins: behind its colon or in the next cell.
_AT_STATUS = re.compile(r"[:|]\s")
_AIM = 20


def _status(encounter: Encounter, statement: Statement) -> Iterator[Hit]:
    """The claim in what is said of a goal ("…, by 9/2026: he is doing well with this")."""
    reading = encounter.reading
    begins = [
        m.end()
        for m in _AT_STATUS.finditer(reading.text, statement.start, statement.end)
        if m.start() - statement.start > _AIM
    ]
    if not begins and statement.role != "goal":
        return
    stated = any(goal.place == statement.span for goal in encounter.goals)
    if not begins and (stated or not _of_goal_above(reading, statement)):
        return
    low = begins[-1 if "|" in reading.slice(statement.span) else 0] if begins else statement.start
    claim = next(
        (
            m
            for m in reading.mentions_in(low, statement.end, "progress_vague")
            if reading.lower[m.start : m.end] not in ("motivated", "cooperative", "pleasant")
        ),
        None,
    )
    said = _WORDED.search(reading.lower, low, statement.end)
    if claim is None and said is None:
        return
    if reading.has_quantity(low, statement.end, *_VALUES):
        return
    at = claim.start if claim is not None else low
    if _COMPARES_PLAINLY.search(reading.lower, low, statement.end) or _stated_before(
        reading, statement, at
    ):
        return
    if claim is not None and (said is None or claim.start < said.start()):
        yield Hit("words", claim.start, claim.end)
    elif said is not None:
        yield Hit("words", said.start(), said.end())


#: What begins the value that a goal stands at.
_STANDS_AT = re.compile(r"\b(?:current(?:ly)?|now|today|present(?:ly)?)\b")
#: Cells of values in a row, apart from the goal's own.
_LEAST_CELLS = 2


def _stated_before(reading: Reading, statement: Statement, low: int) -> bool:
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


_GOAL_ROW = re.compile(r"\W*(?:(?:ltg|stg|goal)s?\s?#?\d|\d{1,2}\s?\|)")


def _names_goal(reading: Reading, statement: Statement) -> bool:
    """Whether a line opens with the number of a goal ("Goal 2, T will …: doing well", "2 | …")."""
    return _GOAL_ROW.match(reading.lower, statement.start) is not None and bool(
        _BY_OR_WILL.search(reading.lower, statement.start, statement.end)
    )


_BY_OR_WILL = re.compile(r"\bwill\b|\bby \d|\bgoal\b")


#: What sets a goal, and does not only speak of "this goal".
_SETS_GOAL = re.compile(r"\bwill\b|\bby \d|(?<!this )(?<!the )(?<!term )\bgoal\b")


_STANDS_SO = re.compile(
    r"\W*(?:(?:ltg|stg|goal)s?\s?#?\d[a-z]?\W+)?(?:not met|partly met|partially met|met)\b"
)


def _of_goal_above(reading: Reading, statement: Statement) -> bool:
    """Whether a claim stands alone below the goal that it is said of."""
    if not statement.index:
        return False
    above = reading.statements[statement.index - 1]
    if _STANDS_SO.match(reading.lower, statement.start):
        return False  # a status is said, and what else there is to say is the goal's rule's matter
    if above.role != "goal" or _SETS_GOAL.search(
        " ".join(reading.lower[statement.start : statement.end].split())
    ):
        return False
    return not reading.has_quantity(statement.start, statement.end)


_DEGREE = r"(?:(?:a|an|lot|little|bit|much|so|way|very|real|really|quite|pretty|some|definitely|slowly|steadily|gradually|overall|greatly|nicely|right|somewhat|slightly|far|still|again|even|great|good|nice|excellent|to be) ){0,3}"
_BETTER = r"(?:better|easier|stronger|clearer|looser|smoother|steadier|freer|improv(?:ed|ing)|loosening up)"
_SINCE = r"(?: (?:today|overall|all around|nicely|well|this (?:week|visit|session|time|month|quarter|date)|(?:each|every) (?:time|visit|week|session|day)|than (?:it was|before|last \w+|previously|prior)|in general|with (?:therapy|pt|ot|st|tx|treatment)))?"
_GAIN = r"(?:gains?|progress?(?! (?:note|report|summary))|improvements?|strides|headway|advances)"
_GOOD = r"(?:good|great|nice|excellent|wonderful|awesome|gd|productive)"
_PRAISE = r"(?:tremendous|remarkable|phenomenal|amazing|fantastic|terrific|outstanding|impressive|incredible|huge|big|major|marked|dramatic|substantial|considerable|exceptional|fabulous|superb|stellar|marvelous|beautiful|lovely|super|solid|wonderful|awesome|good|great|nice|excellent)"
_WORDED = wording(
    r"\b(?:continues? to|is|are|seems?|appears?|looks?|looking|has|have|overall|showing|shows|shown|demonstrat\w+|making|getting|feels?) (?:(?:a lot|much|so much|doing|definitely|slowly|steadily|overall|greatly|very|really|quite|some|nice|good|great|steady|continued|an|well|to|be) ){0,2}?"
    r"(?:get(?:ting)? better|better|improved?(?: (?:performance|function|overall|greatly|a lot|nicely|significantly|quality))?|improving|improvements?|progress(?:ing|ed)?|stronger|gains?|(?<!\bis\s)(?<!\bare\s)(?:good|great)(?! (?:rehab\w*|potential|prognos\w*|family|social|support|strength|rom|range|balance|safety|insight|endurance|posture|alignment|understanding|candidate|sleep|appetite|days?|grip|control|awareness|attention))|moving (?:along|in the right direction)|advancing)\b"
    r"|\b(?:moving|heading|going) in the right direction\b|\b(?:advancing|progressing|improving) (?:well|nicely|steadily|slowly)\b|\bgreat(?:ly)? improved\b"
    rf"|\b(?:has|have|had) (?:gotten|got|grown|become) {_DEGREE}{_BETTER}\b{_SINCE}"
    rf"|\b(?:excellent|good|great|nice|steady|some|functional|continued|fair|slow|significant|noticeable|overall|real|gd) (?:\w+ )?{_GAIN}\b"
    rf"|\b(?:making|made|makes|showing|shows|shown|continues? to (?:make|show)) (?:\w+ ){{0,3}}?{_GAIN}\b(?: towards? (?:\w+ )?goals)?"
    r"|\bcont(?:inue[sd]?|inuing|\.)? to (?:do|perform|respond|improve|progress|gain|get better|get stronger)\b(?: (?:well|good|great|nicely))?"
    rf"|\bcom(?:ing|es?) (?:right |nicely |really )?along\b(?: (?:well|nicely|fine|great))?|\bwent (?:really |very |pretty )?(?:well|great)\b|\b{_GOOD} carry ?over\b(?: of \w+)?"
    rf"|\b(?:look|sound|seem)(?:s|ed|ing)? {_DEGREE}(?:{_GOOD}|well|{_BETTER})\b{_SINCE}"
    rf"|\b(?:moving|walking|doing|did|does|getting|motion|strength|balance|rom|gait|speech|talking|sounds?|swallow(?:ing)?|mobility|endurance|everything|all) (?:\w+ )?{_DEGREE}{_BETTER}\b{_SINCE}"
    r"|\bbenefit(?:s|t?ing|t?ed) from (?:skilled )?(?:pt|ot|st|slp|therapy|tx|treatment|services|sessions?)\b|\b(?:tx|therapy|treatment|pt|ot|st) (?:is|seems to be) (?:helping|working)\b|\bcoming (?:around|on well)\b"
    rf"|\bdoing {_DEGREE}(?:well|fine|nicely|ok(?:ay)?|alright)\b|\b(?:has|have) done {_DEGREE}(?:very |really |so )?(?:well|nicely|great)\b"
    r"|\b(?:is|are|has been) (?:responding|respond) (?:very )?(?:well|favorably|nicely)\b(?: to (?:therapy|treatment|tx|pt|ot|st))?"
    rf"|\bprog(?:ress)?\.? (?:is )?(?:well|nicely|slow(?:ly)?|steady|steadily|good|great|ok)(?: (?:but|and) (?:slow(?:ly)?|steady|steadily|sure))?\b(?: (?:tow?ards?|twd|w/|with) (?:all |his |her |the )?(?:goals|gls|poc))?"
    rf"|\b(?:did |does )?(?:a |such a )?{_DEGREE}{_GOOD} (?:job|participation|participant|session|visit|work|effort)\b"
)
#: Progress in figures of speech: how far, how fast, in which shape, and how glad one is to see it.
_FIGURES = wording(
    rf"\b(?:very |such |some |quite )?(?:a )?{_PRAISE} (?:(?:functional|overall|physical|clinical|language|speech|motor|early|recent) )?(?:{_GAIN}|turn ?around|transformation|recovery|strides|leaps|jump|change|difference|results)\b(?! (?:in (?:bp|hr|vitals|meds)|of|note|score))"
    r"|\b(?:light[- ]?years|miles|worlds|leagues|way|far|well|leaps and bounds) (?:ahead of|better than|beyond|above) (?:where|what|how) (?:he|she|they|we|it|pt|the)\b[^.;,\n]{0,24}|\b(?:by |in )?leaps and bounds\b|\bnight and day\b"
    r"|\b(?:com(?:e|ing)|came) (?:along|on|around) (?:just |very |really |quite |so )?(?:beautifully|wonderfully|great|fine|super|splendidly|swimmingly|fantastic(?:ally)?|terrifically|lovely|nicely|well)\b"
    r"|\b(?:come|came|gone) (?:such |quite |so |very |really |already )?(?:a )?(?:very |really |pretty )?(?:long way|far)(?= (?:with|in|since|from|this|already|and)\b|[.,;!]|$)"
    r"|\b(?:(?:has|have|is|are|really|truly|just) ){1,3}(?:taken off|taking off|took off)(?= (?:this|since|in the last|over|lately|recently|with her|with his|now)\b|[.,;!]|$)"
    r"|\b(?:blossom|flourish|thriv|bloom|soar|skyrocket)(?:s|es|ed|ing)\b(?: (?:with|in|at) (?:his|her|their|the) \w+)?|\b(?:hit|hitting|found) (?:his|her|their) stride\b|\bon a roll\b|\bon the (?:mend|up and up)\b|\bbounc(?:ed|ing) back\b"
    r"|\bturn(?:ed|ing) (?:a|the) (?:real |big )?corner(?! (?:with|w/|in|on|at|of|to|into|by|and))\b|\bturned (?:things|it) around\b|\b(?:crushing|killing|rocking|nailing) it\b"
    r"|\b(?:is|are|in|looks|looking) (?:such |really |very )?(?:in )?(?:great|good|excellent|fantastic|tip[- ]top|terrific|wonderful|super|fine) shape\b"
    r"|\bgoing (?:great|strong(?= (?:with|in|now)\b|[.,;!]|$)|beautifully|swimmingly|smoothly|really well|very well)\b|\blike (?:a|an) (?:whole )?(?:new|different) (?:person|man|woman|kid|child|guy|lady|knee|hip|shoulder)\b"
    r"|\b(?:so |very |really |extremely )?(?:pleased|thrilled|delighted|impressed) (?:with|by) (?:how|her|his|the|their) (?:\w+ )?(?:progress|gains|improvement|results|far|well|much)\b|\b(?:couldn't|could not) be (?:happier|more pleased)\b"
    r"|\b(?:wonderful|great|amazing|a joy|so nice|exciting|awesome) to see (?:him|her|them|pt|the|how)\b[^.;,\n]{0,24}|\b(?:heading|headed|moving|trending|going) (?:in )?the right (?:way|direction|path)\b|\b(?:stronger|better|looser|steadier|clearer) (?:and (?:stronger|better)|every (?:time|visit|day|week|session)|each (?:time|visit|day|week|session))\b"
)
#: What is in good shape without having got better.
_OF_THINGS = wording(
    r"\b(?:skin|incision|wound|scar|walker|cane|chair|wheelchair|brace|splint|orthos[ie]s|orthotics?|shoes?|equipment|cushion|tires|prosthe\w+|socket|liner|dentures?|teeth|device|tablet|floor|home|house)\b[^.;]{0,20}$"
)
#: In an assessment a bare comparative is the claim.
_BARE = wording(
    rf"\b{_DEGREE}{_BETTER}\b{_SINCE}|\b(?:happy|pleased) with (?:his |her |the )?progress\b|\bresponds? well\b|\bresponding (?:well|favorably|nicely)\b(?: to (?:therapy|treatment|tx|pt|ot|st))?"
)
#: "Intake was better than at breakfast" compares with something told.
_THAN = wording(r" than (?!(?:it was|before|last|previous\w*|prior)\b)\w")
#: What makes a comparative no claim: it is wanted, asked for, or names no change.
_WANTED = wording(
    r"(?: \w+)? (?:needed|required|if|when|with (?:cues?|vcs?|support)|on (?:the|his|her) (?:left|right))\b"
)


#: Somebody else's word for it, in a statement that is no assessment.
_SAID = wording(
    r"\b(?:teacher|mom|mother|dad|father|wife|husband|daughter|son|spouse|nurse|nursing|staff|parents?|family) (?:says?|said|reports?|reported|states?|stated|feels?|thinks?|notes?|noted)\b"
)


#: "… and says therapy is helping": the patient's word.
_SAYS = wording(
    r"\b(?:says|said|reports?|reported|states?|stated|tells|told (?:me|us)|thinks|feels|felt)\b[^.;,]*$"
)
_NEAR = 40
#: "The goals are to improve balance" tells what is wanted, "rehab potential is good" what is expected.
_AIMS = wording(r"(?:is|are|was|were) to\b")
_OUTLOOK = wording(
    r"\b(?:potential|prognosis|candidate|outlook|insight|safety|awareness|attendance|compliance|alignment|fit|tolerance|sensation|skin|rom|balance|strength)(?: (?:for|to|in|with) (?:\w+ ){0,3}?)? ?$"
)
_SINCE_LAST = wording(r"\bsince (?:the )?(?:last|eval\w*|soc|start|recert\w*|admission)\b")


def _worded(reading: Reading, statement: Statement) -> re.Match[str] | None:
    """The first claim of progress in other words, outside plans, quotations and denials."""
    patterns = (_WORDED, _FIGURES, _BARE) if statement.role == "assessment" else (_WORDED, _FIGURES)
    effort = None
    for pattern in patterns:
        if reading.search(pattern, statement.start, statement.end) is None:
            continue
        for match in pattern.finditer(reading.lower, statement.start, statement.end):
            contexts = _ruled(reading, match.start())
            if _SINCE_LAST.search(reading.lower, match.end(), statement.end):
                contexts -= {"historical"}  # what has come about since is how it is today
            if contexts & (_SKIP | {"negated"}):
                continue
            if _told(reading, statement, match.start()):
                continue
            if _AIMS.match(match.group()) or _OUTLOOK.search(
                reading.lower, max(statement.start, match.start() - _NEAR), match.start()
            ):
                continue
            if _THAN.match(reading.lower, match.end()):
                continue
            near = max(statement.start, match.start() - _NEAR)
            if pattern is _FIGURES and _OF_THINGS.search(reading.lower, near, match.start()):
                continue
            if _WANTED.match(reading.lower, match.end()):
                continue
            if not _EFFORT.search(match.group()):
                return match
            effort = effort or match  # a claim of progress further on is the one to tell
    return effort


_EFFORT = wording(r"\b(?:participa\w+|effort|job|work(?:ed|ing)? hard|session|visit)\b")


def _told(reading: Reading, statement: Statement, offset: int) -> bool:
    """Whether what stands here is the patient's word or, outside an assessment, somebody else's."""
    near = max(statement.start, offset - _NEAR)
    if is_ticked(reading.text, offset, statement.start):
        return True  # a box of the form
    if _SAYS.search(reading.lower, near, offset):
        return True
    return statement.role != "assessment" and bool(
        _SAID.search(reading.lower, statement.start, offset)
    )


_WEAK_ALONE = frozenset(
    {
        "improved",
        "improving",
        "improvement",
        "better",
        "progressing",
        "motivated",
        "cooperative",
        "pleasant",
        "stronger",
        "ongoing",
    }
)


def _claims(reading: Reading, mention: Mention, statement: Statement) -> bool:
    """A bare "improved" is a claim only in an assessment; longer phrases anywhere."""
    words = reading.lower[mention.start : mention.end]
    if words in ("motivated", "cooperative", "pleasant", "pleasant and cooperative"):
        return False
    if _WANTED.match(reading.lower, mention.end):
        return False
    if words not in _WEAK_ALONE:
        return statement.role != "treatment" or len(words.split()) > 2
    if not reading.lower[statement.start : statement.end].strip(" .!-*•").replace(words, "", 1):
        return True
    if statement.role != "assessment":
        return False
    return not reading.lower.startswith("-", mention.end)


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


#: "Amazing strides: Berg 38 on 9/2, 49 today": a claim and, behind a colon, two numbers.
_VALUE_BEHIND = re.compile(r"[^.;:\n]{0,48}:\s[^.;\n]{0,40}?\d[^.;\n]{0,40}?\d")
#: "Improving: sup +11 in two weeks".
_COLON_VALUE = wording(r"(?:better|improv\w+|progress\w*|gains?): [^.;\n]{0,40}\d")
_RANGE = wording(r" to |->|→|/")


def _told_next(reading: Reading, statement: Statement) -> bool:
    """Whether the next sentence compares levels of help ("Last visit min A, today SBA")."""
    for other in reading.statements[statement.index + 1 : statement.index + 2]:
        levels = sum(1 for _ in reading.mentions_in(other.start, other.end, "assist", "cue"))
        if levels and _COMPARES_PLAINLY.search(reading.lower, other.start, other.end):
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
        and _COMPARES_PLAINLY.search(reading.lower, other.start, other.end)
        and reading.has_quantity(other.start, other.end, *_VALUES, "number")
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


def _supported(reading: Reading, statement: Statement) -> bool:
    """Whether the claim's section, or its statement in a note without sections, holds a datum."""
    section = reading.section_of(statement)
    low, high = section.body_start, section.end
    if _COLON_VALUE.search(reading.lower, statement.start, statement.end):
        return True
    if section.kind == "body":
        # A dose beside the claim is today's work, a score beside it is what the claim rests on, and what
        # a goal asks for is neither.
        own = _behind_goal(reading, statement)
        if reading.has_quantity(own, statement.end, *_VALUES):
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
        for q in reading.quantities_in(low, high, *_VALUES)
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
        compares = _COMPARES_PLAINLY
        low, high = statement.start, statement.end
    levels = [
        m for m in reading.mentions_in(low, high, "assist", "cue") if not m.is_a("generic_modifier")
    ]
    if section.kind == "body" and _told_next(reading, statement):
        return True
    if levels and _COMPARES_PLAINLY.search(reading.lower, low, high):
        return True
    ranged = any(_RANGE.search(reading.lower, m.start, m.end) for m in levels)
    if ranged or (len(levels) > 1 and compares.search(reading.lower, low, high)):
        return True
    tasks = any(
        m.is_a("task", "gait_deviation", "neuro_deficit")
        and not m.is_a("generic_modifier", "impairment")
        for m in reading.mentions_in(low, high)
    )
    return tasks and bool(_COMPARES_PLAINLY.search(reading.lower, low, high))
