"""Words that point elsewhere instead of saying (A5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.encounter.dates import is_day
from notelint.encounter.encounter import Encounter
from notelint.encounter.wording import wording
from notelint.language.reading import Mention, Reading, Span, Statement
from notelint.rulebook.rule import Hit

_SKIP_ROLES = frozenset(
    {
        "history",
        "header",
        "goal",
        "subjective",
        "measure",
        "precaution",
        "signature",
        "plan",
        "caregiver_report",
    }
)
_DELTA = re.compile(
    r"\b(?:except|but|with the (?:addition|exception)|plus|added|other than|increased|raised|progress\w*(?!\s+(?:note|report|summary)\b)(?!\s+as\s+(?:tol|able|appropriate|indicated|needed))|rows?)\b|↑|\+"
)
_HARMLESS = re.compile(
    r"\b(?:pmh|history|medical|meds?|medications?|precautions?|allerg\w*|diagnos\w*|plof|pain|breathing|sleep\w*|appetite|mood|vision|hearing|dizz\w*|numb\w*|tingl\w*|stiff\w*|sore\w*|ach(?:e[sd]?|y|ing)|tired\w*|headaches?|sling|brace|boot|immobilizer|collar|weight bearing|symptom\w*|vitals?|skin|swelling|edema|status|goals?|in (?:pain|symptom|condition|status|function|meds))\b"
)
_LEADS_BACK = ("as above", "see above", "unchanged", "no change", "no changes", "ditto")


def vague(encounter: Encounter) -> Iterator[Hit]:
    """Yields each pointer that replaces the content of a statement or a section."""
    yield from _goals_elsewhere(encounter)
    yield from _found_elsewhere(encounter)
    reading = encounter.reading
    flowsheet = encounter.note.flowsheet is not None or any(
        s.kind == "flowsheet" and s.end - s.body_start > 40 for s in reading.sections
    )
    for statement in reading.where(_points_back):
        pointed = False
        for mention in reading.mentions_in(statement.start, statement.end, "pointer"):
            sense = mention.sense("pointer")
            if sense is None or ("flowsheet" in sense.tags and flowsheet):
                continue
            if reading.text.startswith(":", mention.end) or _WEIGHED.search(
                reading.lower, statement.start, mention.start
            ):
                continue  # "See table:", "Wt 168.4 this am per log"
            if reading.lower.startswith("did", mention.start) and _VARIES.match(
                reading.lower, mention.end
            ):
                continue
            if _says(encounter, statement, mention) or _follows(encounter, statement):
                continue
            pointed = True
            yield Hit("words", mention.start, mention.end)
        if not pointed:
            yield from _worded(encounter, statement, flowsheet=flowsheet)


#: A value that the patient wrote down at home.
_WEIGHED = wording(r"\b(?:wt|weight|weighs|bp|bg|glucose|sugars?|pain|steps)\b[^.;\n]{0,24}\d")
#: "No resistance, per protocol until week 8": a limit that a protocol sets.
_LIMITED = wording(
    r"\b(?:no|not|avoid(?:ed|ing)?|hold|held|without|limit(?:ed)?|deferred|restrict\w*|precautions?|until|wks?|weeks?|phase|stage) ?\d{0,2}\b(?:.{0,40}) per protocol|per protocol (?:until|through|for|at|till|wks?|weeks?|phase|stage|restrict\w*|precautions?|limits?)\b"
)
_OF_STATE = frozenset({"unchanged", "no change", "no changes"})
#: What stands before "unchanged" where it speaks of the work and of no finding.
_OF_WORK = wording(
    r"\W*(?:\w+:\s*)?(?:(?:all|the|her|his|pt|patient|ther|exercises?|exs?|program(?:me)?|tx|treatment|rx|routine|hep|remains?|is|are|therex)\W*)*"
)
#: "No change in RR": of what, and it is no treatment.
_OF_ELSE = wording(
    r"\s(?:\d{1,2} ?(?:min\w*|hrs?|hours?|days?) )?(?:after|post|later|following)\b|\s(?:in|of|from|to)\s(?!(?:the |his |her |current |today'?s )*(?:tx|treatment|program\w*|exercises?|exs?|routine|therex|plan|poc|rx|activit\w+|last|prior|previous)\b)\w"
)
_COMPARED = (
    "load",
    "distance",
    "dose",
    "score",
    "scale",
    "grade",
    "rom",
    "percent",
    "speed",
    "seconds",
    "hold",
)


#: "(figure 8 43.2 cm, same)": a value stands before it in the same brackets.
_BRACKETED = re.compile(r"\([^()\n]*\d[^()\n]*$")


#: "Will have CNA do same": somebody else is to do it.
_HAVE_DO = wording(
    r"\b(?:have|had|ask(?:ed)?|taught|instruct\w*|cna|aide|wife|husband|nursing|staff|caregiver|daughter|son|spouse) (?:\w+ ){0,3}?(?:to )?do (?:the )?same"
)


def _compares(reading: Reading, statement: Statement, at: int) -> bool:
    """Whether a value or a level of help stands before "same as last visit": it is compared, not pointed to."""
    if reading.has_quantity(_low(reading, statement, at), at, *_COMPARED):
        return True
    if _BRACKETED.search(reading.lower, statement.start, at):
        return True
    if _valued_before(reading, statement, at) or _GIRTH.search(reading.lower, statement.start, at):
        return True
    return reading.has_mention(statement.start, at, "assist")


def _low(reading: Reading, statement: Statement, at: int) -> int:
    """Where values begin that may be compared: in the clause where that names an exercise of its own
    ("mini squats 2x10, heel slides same as last visit"), else in the statement."""
    clause = next((c for c in statement.clauses if c.start <= at < c.end), statement.span)
    own = reading.has_mention(clause.start, at, "exercise", "task")
    return clause.start if own else statement.start


#: "41 cm as at the last visit".
_VALUE_BEFORE = re.compile(r"\d\s?(?:cm|mm|in|lbs?|#|kg|deg|degrees|°|%|sec|s|ft|/\d+)?\.?,?\s\(?$")
_JUST_BEFORE = 16
#: "Edema 17.1 cm at the wrist crease, same as last visit".
_GIRTH = re.compile(r"\d\s?(?:cm|mm|ml)\b")


def _valued_before(reading: Reading, statement: Statement, at: int) -> bool:
    """Whether a value ends right before the words."""
    return bool(_VALUE_BEFORE.search(reading.lower, max(statement.start, at - _JUST_BEFORE), at))


def _points_back(reading: Reading, statement: Statement) -> bool:
    """Whether a statement of the session holds a pointer, or other words that may be one."""
    if statement.contexts & {"quoted", "planned", "goal"} or not _may_point(reading, statement):
        return False
    start, end = statement.start, statement.end
    return reading.has_mention(start, end, "pointer") or any(
        reading.search(pattern, start, end) for pattern in (_SHEET, _BACK, _SAME_WORD)
    )


def _may_point(reading: Reading, statement: Statement) -> bool:
    """Whether a statement tells of the session; "same" under a heading of treatment does."""
    if statement.role not in _SKIP_ROLES:
        return True
    treats = reading.section_of(statement).kind in ("objective", "treatment", "interventions")
    return treats and statement.role in ("plan", "caregiver_report")


#: Reports say how each goal stands; "goals: see plan of care" does not.
_REPORTS = frozenset({"progress", "recert", "discharge", "reeval"})
_SEE_POC = wording(
    r"\W*(?:(?:all )?(?:goals?|ltgs?|stgs?):? )?(?:please )?(?:(?:met|ongoing|updated) as (?:previously|already) \w+|see (?:above|below)|(?:see|refer to|per|as per|as in|listed in) (?:the )?(?:poc|plan of care|eval(?:uation)?|ie|care plan|initial|chart|daily notes?|file)\b[^.;\n]{0,40}|(?:cont(?:inue)?|same) (?:w/ |with )?(?:all )?(?:ltgs?|stgs?|goals?) (?:from|per|as per|as in|on) (?:the )?(?:initial |last )?(?:eval(?:uation)?|ie|poc|plan of care|recert))\W*"
)


def _goals_elsewhere(encounter: Encounter) -> Iterator[Hit]:
    """A report whose goals are a pointer."""
    if encounter.facts.note_type not in _REPORTS:
        return
    reading = encounter.reading
    for statement in reading.statements:
        if _of_goals(reading, statement) and _SEE_POC.fullmatch(
            reading.lower, statement.start, statement.end
        ):
            yield Hit("words", statement.start, statement.end)


def _of_goals(reading: Reading, statement: Statement) -> bool:
    """Whether a statement is a goal, or stands among goals and only goes on ("cont LTGs from eval")."""
    return statement.role == "goal" or (
        statement.role == "plan" and reading.section_of(statement).kind == "goals"
    )


#: A field of a report whose value is said to stand elsewhere ("Sensation: see initial eval").
_ELSEWHERE = r"(?P<see>(?:pls |please )?(?:see|refer to|per|as per) (?:the )?(?:initial |original |last |previous |prior )?(?:eval(?:uation)?|ie|poc|plan of care|(?:goal )?grid|chart|(?:daily|tx|treatment|progress|visit) notes?|(?:full |test |eval )?report)\b(?: in (?:the )?(?:chart|emr|record))?(?: for \w+)?)\W*(?=$|\n)"
_SEE_ELSEWHERE = wording(rf"\W*{_ELSEWHERE}")
_SEE_BEHIND = wording(rf"(?:[:–-] ?|[.;,] ){_ELSEWHERE}")


def _found_elsewhere(encounter: Encounter) -> Iterator[Hit]:
    """The fields of a report that point to another document."""
    if encounter.facts.note_type not in _REPORTS:
        return
    reading = encounter.reading
    for statement in reading.statements:
        if statement.role in ("plan", "history", "signature", "hep"):
            continue
        if statement.role == "goal" and _SEE_POC.fullmatch(
            reading.lower, statement.start, statement.end
        ):
            continue
        seen = _SEE_ELSEWHERE.match(
            reading.lower, statement.start, statement.end
        ) or _SEE_BEHIND.search(reading.lower, statement.start, statement.end)
        pointed = reading.has_mention(statement.start, statement.end, "pointer")
        if seen is not None and (statement.role in _SKIP_ROLES or not pointed):
            yield Hit("words", *seen.span("see"))


#: The words that send the reader elsewhere.
_LOOK = r"(?:(?:pls |please )?(?:see|refer (?:back )?to|go (?:back )?to|look (?:back )?(?:at|to)|check|reference|consult|ref\.?)|per|as per)"
_WRITTEN = r"(?:listed|outlined|described|detailed|specified|spelled out|set out|laid out|given|documented|recorded|noted|found|charted|written|logged|kept|entered|tracked|itemi[sz]ed)"
_WHOSE = r"(?:the |attached |exercise |ex |tx |treatment |today's |daily |rehab |data |diet |score |progress |session |therapy |paper |written |printed |scanned |separate |clinic |gym )*"
_SHEET = wording(
    rf"\b(?:{_LOOK}|{_WRITTEN} (?:in|on)) {_WHOSE}(?:grid|log|flow ?sheets?|sheets?|chart|table|f/s|spreadsheet|checklist|clip ?board|notes? for (?:data|details|scores|results|exercises)|file|binder)\b(?: for \w+(?: \w+)?)?"
    rf"|\b{_WRITTEN} (?:in|on) {_WHOSE}cards?\b|\bfrom {_WHOSE}(?:grid|log|flow ?sheets?|f/s)\b"
    # "Pls refer to prior day entry", "see Monday's note"
    rf"|\b{_LOOK} (?:the |my |his |her |our )?(?:prior|previous|last|preceding|earlier|yesterday(?:['’]?s)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day(?:['’]?s)?|(?:mon|tue|wed|thu|thur|fri)(?:['’]s)?) (?:(?:day|week|wk|visit|session|date|tx|treatment|therapy|daily)(?:['’]?s)? )?(?:entry|entries|notes?|documentation|charting|record|visit|session|tx|treatment)\b"
    # "Documented elsewhere, not repeated here"
    r"|\b(?:(?:documented|charted|recorded|listed|written|noted|logged) (?:else\w+|separately)|not (?:repeated|re-?written|re-?listed|re-?typed|re-?entered|duplicated|listed|itemi[sz]ed) (?:here|again|in this (?:note|entry)|below))\b"
    r"|\b(?:data|scores?|results?|exercises?|details?|trials?) (?:(?:is|are|kept|logged|recorded|documented|noted) )?(?:in|on) (?:the |his |her )?(?:binder|log|chart|folder|data ?sheets?|emr)\b"
    r"|\b(?:see|refer to|per) (?:the |my |his |her )?\d{1,2}/\d{1,2}(?:/\d{2,4})? (?:note|entry|visit|eval|report|daily)\b|(?<=[:–-]\s)see (?:pt|ot|slp|st|nursing|nsg)(?: (?:notes?|eval))?\W*$"
    # "Techniques listed on the eval", "the ones in the previous SLP entry"
    rf"|\b(?:listed|outlined|described|detailed|specified|spelled out|set out|laid out|documented|recorded|charted) (?:in|on|at) (?:the |my |his |her |our |pt's )?(?:\w+ ){{0,2}}?(?:eval(?:uation)?|ie|poc|plan of care|care plan|protocol|entry|entries|note|notes|documentation|record|chart|emr)\b"
    # "See scanned handout", "accuracy on tally sheet"
    rf"|\b(?:see|refer to|look at|consult) {_WHOSE}(?:scanned |uploaded |linked |posted )?(?:handouts?|hand-?outs?|documents?|docs?|forms?|scans?|pages?|uploads?|media|photos?|image|pdf)\b"
    r"|\b(?:accuracy|data|scores?|trials?|results?|percent\w*|counts?|tally|tallies|levels?|numbers?|response|responses) (?:(?:is|are|kept|taken|tracked|marked|logged|recorded) )?(?:on|in|per) (?:the |his |her |my )?(?:tally|data|score|tracking|probe|therapy|progress|session|clip ?board|paper|graph)? ?(?:sheets?|log|form|notebook|binder|chart|graph|app|tracker|protocol)\b"
    # "Go back to my note of 10/18", "rpt of 10/29 session"
    rf"|\b{_LOOK} (?:my |the |our |his |her |pt's )?(?:\w+ )?(?:note|notes|entry|eval|documentation|charting) (?:of|from|dated|on) (?:\d{{1,2}}/\d{{1,2}}|last|previous|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|thur|fri)\b)"
    r"|\b(?:rpt|repeat|repetition|re-?run|copy|replica|duplicate|mirror) of (?:the |my |our )?(?:\d{1,2}/\d{1,2}|last|previous|prior|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|thur|fri)\b)[^.;\n]{0,12}"
    r"|\b(?:exactly |just |all |done |carried out |much |the same )+(?:like|as|as on|as per) (?:the )?(?:last|previous|prior|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|thur|fri)\b|\d{1,2}/\d{1,2})(?:['’]?s)?(?: (?:visit|session|time|tx|treatment|note))?"
    r"|\b(?:ones?|exercises?|exs|everything|all|items?|what(?:['’]s| is| was)?|those|program(?:me)?|moves|stretches) (?:(?:that )?(?:is|are|were|was) )?on (?:(?:the|her|his|their) (?:\w+ )?)?(?:sheets?|handouts?|list|card|page|papers?|print-?outs?)\b"
    r"|\bon (?:the )?(?:exercise |ex |tx |treatment |rehab )?(?:grid|log|flow ?sheets?|f/s|exercise sheet)\b"
)
_BACK = wording(
    r"\b(?:repeat(?:ed|ing|s)?|identical|ditto|same(?!-| (?:day|time|side|leg|arm|hand|week|hour))|unchanged|no (?:changes?|chg)|duplicate|copied|carried over|mirrors?|matches|similar|as(?! of\b)(?! [^.;\n]{0,24}?\b(?:is|are|fails?|needs?|gets?|goes|what|which)\b))\b[^.;\n]{0,40}?"
    r"\b(?:last|prior|previous|previously|yesterday'?s?|earlier|before|lv|ltv|pv|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri)(?:day)?(?:['’]s)?)\b(?: (?:visit|session|time|note|tx|treatment|date|entry|noted|documented|eval|day))?"
    r"|\b(?:did|does|do|done|completed?|performed|continued?(?: with)?|followed|ran|usual|did all) (?:all )?(?:the |her |his )?(?:same|usual|regular|normal) ?(?:stuff|things?|exercises?|exs?|tx|treatment|program(?:me)?|routine|rx|activities|tasks|workout|session|circuit)?\b(?: (?:as (?:before|usual|always|last \w+)))?"
    r"|\b(?:program(?:me)?|exercises?|exs?|tx|treatment|routine) (?:as (?:established|usual|listed|ordered|noted|on file|always)|on file|same)\b"
    r"|\bsee (?:the )?attach(?:ed|ment)\b|\bfrom last (?:time|visit|session|week)\b"
    r"|\b(?:last|prior|previous) (?:visit|session|time)(?:'s)? (?:exercises?|program(?:me)?|tx|treatment)\b"
    r"|\b(?:repeat(?:ed|s)?|identical|same|duplicate|copied|carried over|matches|as)\b(?: \w+){0,2}? (?:from|of|on|as|to|with|done|in) (?:\w+ ){0,3}?\d{1,2}/\d{1,2}(?:/\d{2,4})?\b"
    r"|\b(?:as )?per (?:the )?(?:previous|prior|last|usual|routine|program(?:me)?)\b(?: (?:visit|session|note|entry|tx))?"
    r"|\bidem\b|\bstatus quo\b|\bsame as (?:noted|documented|listed|above|usual)\b"
)
#: "Sensation and ankle power both same as yesterday", "Ankles trace pitting, same as last visit": findings.
_FOUND = wording(
    r"\b(?:sensation|power|reflex\w*|pitting|pulses?|tenderness|bruis\w*|incision|wound|colou?r|temperature|spasms?|orientation|affect|alertness|breath sounds)\b[^.;\n]{0,30}$"
)
_FINDING_NEAR = 44
#: Words that compare, and send nobody elsewhere ("see chart" does).
_IS_SAME = re.compile(
    r"same|unchanged|no chang|identical|as (?:at |on )?(?:last|before|prev|prior|yesterday)"
)
#: What the patient wrote on a log is work done.
_WROTE = re.compile(r"\b(?:wrote|writes|writing|filled|marked|checked off)\b")
_SAME = wording(
    r"\W*(?:all |the |her |his )?(?:same|ditto|usual|regular)(?: (?:stuff|things?|exercises?|exs?|tx|treatment|program|routine|rx))?\W*"
)
#: "Frequency is down from last week", "not carried over from last visit": how it compares.
_COMPARED_TO = wording(
    r"\b(?:down|up|less|more|better|worse|improved|reduced|increased|decreased|lower|higher|gained) (?:\w+ )?$|\bnot (?:carried over )?$"
)
_COMPARED_NEAR = 28
#: "Did the same with the lights turned down": what differs is said.
_VARIES = wording(
    r" ?(?:with|w/|on|but|while|without|in (?:the )?(?:dark|standing|sitting)|for) (?!no )\w"
)
_ABOUT = wording(r"\b(?:about|abt|much|roughly|pretty much|more or less) (?:the )?$")
_SAME_WORD = wording(r"\b(?:same|ditto|usual|regular)\b")
_CONTENT = ("exercise", "technique", "speech_task", "object", "adl_equipment", "measure")


def _worded(encounter: Encounter, statement: Statement, *, flowsheet: bool) -> Iterator[Hit]:
    """A pointer in other words, in a statement that holds nothing else."""
    reading = encounter.reading
    start, end = statement.start, statement.end
    if _DELTA.search(reading.lower, start, end) or _WROTE.search(reading.lower, start, end):
        return
    for clause in (statement.span, *statement.clauses):
        match = _points(encounter, clause, flowsheet=flowsheet)
        if match is None:
            continue
        if clause != statement.span and _compares(reading, statement, clause.start):
            return
        if _valued_before(reading, statement, match.start()) or _WEIGHED.search(
            reading.lower, statement.start, match.start()
        ):
            return
        if _HAVE_DO.search(reading.lower, statement.start, match.end()) or (
            _SAME.fullmatch(match.group())
            and any(c.isdigit() for c in reading.text[statement.start : clause.start])
        ):
            return
        if not _follows(encounter, statement) and not _LISTS.match(reading.lower, match.end()):
            yield Hit("words", match.start(), match.end())
        return


def _points(encounter: Encounter, clause: Span, *, flowsheet: bool) -> re.Match[str] | None:
    """The pointer of a statement or clause that holds nothing else."""
    reading = encounter.reading
    words = reading.lower[clause.start : clause.end]
    if len(words.split()) > 12 or _DELTA.search(words) or _HARMLESS.search(words):
        return None
    match = _SHEET.search(reading.lower, clause.start, clause.end)
    if match is None or flowsheet:
        match = _BACK.search(reading.lower, clause.start, clause.end)
    if match is None and _SAME.fullmatch(words):
        match = _SAME.match(reading.lower, clause.start, clause.end)
    if match is None or "[" in match.group():
        return None
    start, end = match.span()
    if _COMPARED_TO.search(reading.lower, max(0, start - _COMPARED_NEAR), start):
        return None
    if _IS_SAME.match(match.group()) and _FOUND.search(
        reading.lower, max(0, start - _FINDING_NEAR), start
    ):
        return None
    if match.group().startswith(("did", "do")) and _VARIES.match(reading.lower, end):
        return None
    if any(
        not is_day(reading, q)
        for q in reading.quantities_in(start, end, "score", "percent", "grade", "scale", "count")
    ):
        return None  # "No change in comprehension (yes/no 10/10, as before)"
    if _ABOUT.search(reading.lower, max(0, start - _JUST_BEFORE), start):
        return None  # "r shoulder about the same": how it is
    if any(
        m.end <= start or m.start >= end
        for m in reading.mentions_in(clause.start, clause.end, *_CONTENT)
    ):
        return None
    if any(
        q.end <= start or q.start >= end
        for q in reading.quantities_in(clause.start, clause.end, *_COMPARED)
    ):
        return None
    return match


def _follows(encounter: Encounter, statement: Statement) -> bool:
    """Whether the sheet that the words point to stands right below them."""
    reading = encounter.reading
    words = reading.lower[statement.start : statement.end]
    if "below" not in words and "following" not in words and not statement.opens_list:
        return False
    below = reading.statements[statement.index + 1 : statement.index + 3]
    return any(
        True
        for s in below
        for _ in reading.quantities_in(s.start, s.end, "dose", "reps", "load", "hold")
    )


#: "… the ones listed in the previous entry: small sip, double swallow".
_LISTS = re.compile(r"\s?[:(]\s?[a-z]")
_HEADS_LIST = re.compile(r"[^()\n]{0,60}\)\s?:\s?\S")


#: "Min A, needs rock x3. Unchanged vs 10/20.": how the sentence before it compares.
_AGAINST = wording(r" ?(?:vs\.?|versus|from|since|than|compared (?:to|with)|to|and|[.,;)]|$)")


def _compares_above(reading: Reading, statement: Statement, mention: Mention) -> bool:
    """Whether "unchanged" opens a sentence behind one of its line that holds a value or a level."""
    if not statement.index or not _AGAINST.match(reading.lower, mention.end):
        return False
    above = reading.statements[statement.index - 1]
    if above.line != statement.line or above.role == "subjective":
        return False
    return reading.has_mention(above.start, above.end, "assist") or reading.has_quantity(
        above.start, above.end, *_COMPARED
    )


def _says(encounter: Encounter, statement: Statement, mention: Mention) -> bool:
    """Whether the statement says what differs, points to history only, or is about something else."""
    reading = encounter.reading
    words = reading.lower[statement.start : statement.end]
    form = " ".join(reading.lower[mention.start : mention.end].split())
    if _IS_SAME.match(form) and _FOUND.search(reading.lower, statement.start, mention.start):
        return True
    if form == "per protocol" and _LIMITED.search(words):
        return True
    if _BRACKETED.search(reading.lower, statement.start, mention.start):
        return True
    if _HEADS_LIST.match(reading.lower, mention.end, statement.end):
        return True  # "what we did (same as last time at first): step-ups 10 each leg"
    if _HAVE_DO.search(reading.lower, statement.start, mention.end):
        return True
    if form == "same" and any(c.isdigit() for c in words[: mention.start - statement.start]):
        return True  # a value, and that it is the same
    if mention.has_tag("previous") and _compares(reading, statement, mention.start):
        return True
    if form in _OF_STATE and _OF_ELSE.match(words, mention.end - statement.start):
        return True
    if form in _OF_STATE and _compares_above(reading, statement, mention):
        return True
    if form in _OF_STATE and not _OF_WORK.fullmatch(words[: mention.start - statement.start]):
        return True
    if _DELTA.search(words) or (_HARMLESS.search(words) and "ex" not in form):
        return True
    if form in _LEADS_BACK and (
        len(words.split()) > 6 or statement.role in ("measure", "assessment")
    ):
        return True
    if (
        mention.has_tag("previous")
        and form.startswith(
            (
                "no change",
                "unchanged",
                "as before",
                "as prior",
                "see eval",
                "per eval",
                "per protocol",
                "same tx",
                "as previous",
            )
        )
        and _other_content(encounter, statement, mention)
    ):
        return True
    if "was" in words.split() and form.startswith("same"):
        return False
    return False


def _other_content(encounter: Encounter, statement: Statement, mention: Mention) -> bool:
    reading = encounter.reading
    named = any(
        m.is_a("exercise", "task", "technique", "speech_task", "measure")
        for m in reading.mentions_in(statement.start, statement.end)
        if m.start != mention.start
    )
    return named or len(reading.lower[statement.start : statement.end].split()) > 9
