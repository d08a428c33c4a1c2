"""Help with a task: a level, cues, a device doing the work, or none, in any words (catalogue §2.7).

"CGA", "by himself using the rail", "100 % of it herself", "nobody touching", "CGA for all" two
lines below: each says what the task needed.
"""

from __future__ import annotations

from notelint.encounter.wording import wording
from notelint.language.boxes import in_empty_box
from notelint.language.reading import Reading, Statement

_LEVELS = ("assist", "assist_unspecified", "cue")
_CONTENT = ("exercise", "task", "technique", "modality")
_AIMS = ("to ", "for ", "so ")
_NOT_TODAY = frozenset(
    {"plan", "goal", "subjective", "history", "caregiver_report", "hep", "header", "signature"}
)
_WHO = r"(?:therapist|pta?|cota|ota|otr?|clinician|writer|staff|nobody|no ?one|i|we)"

#: Help or its absence in words that no level names.
_HELP = wording(
    r"(?<=,\s)s(?=[,.;)])|\b(?:cga|sba|(?:min|mod|max)[ -]?a\b|(?:needs?|needed|requires?|required) a\b(?= (?:at|for|w/|with|to|x)\b|[.,;])|a at (?:the )?(?:belt|trunk|hips?)|guard(?:ed|ing|s)?|spott(?:ed|ing)|stead(?:ied|ying)|by (?:him|her|them)sel(?:f|ves)|on (?:his|her|their|my) own|alone|solo|unaided|unassisted|self[- ]suffic\w+"
    r"|hand(?:-| |)h[eo]ld(?!(?:-| )(?:shower|sprayer|sh\b|hose|nozzle|mirror|massager|dyn\w*|device|fan|urinal))|hands? (?:hover\w*|off|ready|held(?!(?:-| )(?:shower|sprayer|hose|mirror))|in|(?:on|at|under|behind|near) (?:(?:the|his|her|their|r|l|gait|low|pt'?s) )*(?:belt|back|trunk|hips?|pelvis|waist|elbow|shoulders?|arm|knee|ribs?|sternum|him|her|pt))|gait belt|on (?:the )?belt|belt (?:only|on|held)|close by|within reach|arm'?s length|at (?:his|her|the|l|r|their) (?:\w+ )?(?:side|elbow|hip)|beside|standing by|stood by|right behind|behind (?:him|her|pt|them)|next to (?:him|her|pt)"
    r"|(?:w/o|without|no|needed no|zero) (?:any |more |extra )?(?:help|hands|ue|ues|physical|support|assist\w*|touch\w*|contact|hold\w*|cue\w*|remind\w*|prompt\w*|boost)"
    rf"|{_WHO} (?:\w+ )?(?:gave|held|holds|holding|lifted|steadied|supported|supporting|helped|helps|blocked|blocking|moved|lowered|guided|guiding|boosted|touched|touching|stood|standing|pulled|pushed|stabili[sz]ed|cued|talked|kept|had to)"
    r"|nobody (?:helping|touching|near|with|holding)\w*|no hands (?:from|on)\b|(?:two|three|both|1|2|3) of us\b|(?:half|most|all|part|some|third|rest|quarter) of (?:it|that|this|them|the work|the lift|the task) (?:was|is|by|from|done by) (?:me|us|pta?|ot|therapist|staff)\b|(?:light |small |slight |gentle )?(?:boost|lift|nudge|push|pull|assit|asst)\b(?= (?:\(|first|last|each|on|at|from|for|only|to))|within earshot|from the (?:hall\w*|next room|doorway|door)\b|within (?:sight|view)|opened for (?:him|her|them|pt)|(?:handed|laid out|set out|threaded) (?:to|for|by) (?:him|her|them|me|pt)|i (?:threaded|opened|placed|donned|started|fastened|pulled|did|finished|washed)"
    r"|gg0(?:130|170)[a-z]{0,2}\d?\s?[:=]?\s?[0-6]"
    r"|not touch\w*|(?:not|never) (?:needed|required)|nothing (?:needed|required)|needed (?:\w+ ){0,3}(?:hand|boost|lift|push|nudge|pull|steadying|reminder|help|me|us|person|people)|without me|let go"
    r"|(?:held|holding|supporting|steadying) (?:on )?(?:to )?(?:her|his|their|the) (?:\w+ )?(?:trunk|hips?|belt|arm|knee|waist|elbow|foot|leg|shoulder|hand)"
    r"|\d{1,3} ?%(?: of)? (?:it|the|help|assist\w*|effort|work|lift|task|him|her|by|self)|\d{1,3} ?% (?:\w+ ){0,3}(?:him|her|them)sel(?:f|ves)|(?:all|most|half|rest|none|part) of (?:it|the \w+|them|each) (?:him|her|them)sel(?:f|ves)|(?:all|it|that|them|everything|each|both) (?:him|her|them)sel(?:f|ves)|(?:him|her|them)sel(?:f|ves) (?:w/|with|using|via|from|after|by)"
    r"|(?:min|mod|max|help|lift|push) from (?:me|us|pta?|ot|therapist|staff|1|2|one|two)\b|(?:with|w/) (?:min|mod|max)\b|lift assist|(?:fim|gg|level|lvl|loa)[: ]{1,2}(?:of )?[0-7]\b|(?:one|two|1|2)[- ](?:person|people|man|hand(?:ed)? help)|(?:no|w/o|without) (?:an? )?(?:device|ad|a/d|assistive device|walker|cane)|manages|managed (?:it|all|both|each)|instructed to|coached|talked through|extra time|takes? (?:his|her) time|verbal(?:s|ly)?\b|shown how|showed|demonstrat\w+|hand over)\b"
)
#: The next sentence of the line begins with the cues that the task took ("vc to back up till …").
_CUED = wording(
    r"\W*(?:(?:min|mod|max|verbal|tactile|visual) )?(?:vc|tc|vcs|tcs|v/c|cue[sd]?|cueing) (?:to|for|on)\b(?! safety\b)"
)
_WISHED = wording(
    r"(?:\bfor|\bto|\bimprove|\bincrease|\bmore|\bpromote|\bmaximi[sz]e|\btoward) (?:\w+ ){0,2}$"
)
#: Where the verb before a word of help begins, at most.
_BEFORE = 10
#: How near a level the word for the whole session stands, in characters.
_NEAR = 26
_ALL = wording(
    r"\b(?:all(?! \d)|throughout|thru-?out|t/o|these|those|above|overall|everything|the rest|for (?:transfers|mobility|gait|stairs|adls?|tasks)|level of (?:assist\w*|help)|assist(?:ance)? levels?|loa)\b"
)


#: "Assist given as needed" says neither that it was needed nor how much.
_AS_NEEDED = wording(
    r" ?(?:was |were )?(?:given |provided |offered )?(?:as needed|prn|when needed|if needed|as necessary)\b"
)
#: "Required assist with dressing", "UB dressing: assist": help, and not how much.
_BARE = wording(
    r"(?:\b(?:requir(?:ed|es|ing)|need(?:ed|s)?|with|w/)|[:|,-]) ?(?:some )?assist(?:ance)?(?: (?:prn|as needed|with|w/|for|as|during)\b|\W*$)"
)
#: "Set up for breakfast" is how the patient was left.
_SET_FOR = wording(
    r"set ?-?up for (?:the |his |her )?(?:bkfst|breakfast|lunch|dinner|meal|supper|tv|nap)\b"
)
#: The set up of a place ("discussed the home set up") is no help; what was done in it may have taken
#: some ("groomed in bathroom set up").
_PLACE = wording(
    r"\b(?P<within>(?:in|at) (?:the |his |her |their )?)?(?:home|house|bathroom|kitchen|bedroom|apartment|room|work ?station|desk) $"
)
#: How far before the word its place begins, at most.
_TO_PLACE = 24


#: "Assist: ______": a field that nobody filled.
_UNFILLED = wording(r"(?: level)?\s*[:=]\s*(?:_{2,}|$)")
#: A note in the codes of section GG scores each task from 1 to 6 ("UB dressing 5, LB dressing 3").
_GG = wording(r"\bgg0(?:130|170)")
_GG_SCORE = wording(r"[a-z)]\s?[:=]?\s[0-6](?=\s?(?:$|[-–,;.(|]))")


def helped(reading: Reading, statement: Statement) -> bool:
    """Whether a statement names a level of help, cues, or help in other words."""
    for mention in reading.mentions_in(statement.start, statement.end, *_LEVELS):
        if in_empty_box(reading, mention.start):
            continue
        if not mention.is_a("assist", "cue") and _BARE.search(
            reading.lower, max(statement.start, mention.start - _BEFORE), statement.end
        ):
            continue
        if _UNFILLED.match(reading.lower, mention.end):
            continue
        if _AS_NEEDED.match(reading.lower, mention.end) or _SET_FOR.match(
            reading.lower, mention.start
        ):
            continue
        place = _PLACE.search(
            reading.lower, max(statement.start, mention.start - _TO_PLACE), mention.start
        )
        if place is not None and not place["within"]:
            continue
        sense = mention.sense("assist")
        wished = sense is not None and sense.tags & {"independent", "modified_independent"}
        if not wished or not _WISHED.search(reading.lower, statement.start, mention.start):
            return True
    if reading.holds(_GG) and _GG_SCORE.search(reading.lower, statement.start, statement.end):
        return True
    return any(
        not in_empty_box(reading, told.start())
        for told in _HELP.finditer(reading.lower, statement.start, statement.end)
    )


def last_help(reading: Reading, statement: Statement) -> int:
    """Where the last words of help of a statement begin; -1 where there are none."""
    places = [m.start for m in reading.mentions_in(statement.start, statement.end, *_LEVELS)] + [
        m.start() for m in _HELP.finditer(reading.lower, statement.start, statement.end)
    ]
    return max(places, default=-1)


def helped_beside(reading: Reading, statement: Statement) -> bool:
    """Whether the heading, the list's opener, a statement of help alone next to it, or a sentence
    for the whole session ("CGA for all") gives the level."""
    statements = reading.statements
    section = reading.section_of(statement)
    if reading.has_mention(section.start, section.body_start, "assist"):
        return True
    if statement.parent >= 0 and levels(reading, statements[statement.parent]):
        return True
    following = statements[statement.index + 1 : statement.index + 2]
    if any(_tells_help(reading, statement, other) for other in following):
        return True
    if any(
        other.line == statement.line and _CUED.match(reading.lower, other.start)
        for other in following
    ):
        return True
    below = statements[statement.index + 1 : statement.index + 5]
    if (
        not statement.bullet
        and below
        and below[0].bullet
        and any(other.section == statement.section and levels(reading, other) for other in below)
    ):
        return True  # the items of the list below give it
    between = False
    for other in statements[statement.index + 1 : statement.index + 6]:
        if other.section != statement.section:
            break
        if levels(reading, other) and (
            other.parent == statement.index
            or (
                not between
                and not _names_task(reading, other)
                and not is_own_item(reading, statement, other)
            )
        ):
            return True
        between = between or _needs_level(reading, other)
    if _level_for_all(reading) or any(
        _LEVEL_LINE.match(reading.lower, above.start, above.label_end) and levels(reading, above)
        for above in statements[max(0, statement.index - 4) : statement.index]
    ):
        return True
    if not statement.index or statements[statement.index - 1].section != statement.section:
        return False
    above = statements[statement.index - 1]
    return (
        levels(reading, above)
        and not _has_task(reading, above)
        and not _POSTURE.match(reading.lower, above.start)
        and not is_own_item(reading, statement, above)
    )


#: A posture that was held is an item of its own ("Static sit EOB 6 min CGA").
_POSTURE = wording(
    r"\W*(?:(?:static|dynamic|seated|edge of bed|eob) )*(?:sit|sat|sitting|stand|stood|standing)\b"
)
#: A line that is about the one above it ("Pt needed min A to pull up"; "CGA for safety").
_GOES_ON = wording(
    r"\W*(?:(?:pt|patient|resident|client|she|he|they|this|these|it|each|all|both|required|requires|needed|needs|need|with|w/|without|no|only|assist\w*|help\w*|level|loa|cues?|vcs?|tcs?|verbal|tactile|cga|sba|close|contact|stand-?by|supervis\w*|independent\w*|indep|mod i|min|mod|max|total|set-?up|hands?|gait belt|due|d/t|for|to|because|rest|performed|completed|did|1|2|one|two|\d+ ?%)\b)"
)


def is_own_item(reading: Reading, statement: Statement, other: Statement) -> bool:
    """Whether a line near a statement tells something of its own: the lines of a list in which each
    has its help are short and open with what was done."""
    return (
        other.line != statement.line
        and not other.bullet
        and other.parent < 0
        and other.end - other.start < _LINE
        and statement.end - statement.start < _LINE
        and _GOES_ON.match(reading.lower, other.start) is None
    )


#: A line of a list is shorter than this.
_LINE = 100


#: "The first time she needed minimal assistance to lift the leg": how one of the tries went.
_OF_TRIES = wording(
    r"\W*(?:the )?(?:first|second|third|last|1st|2nd|3rd|each|all|both|every|other|\d{1,2}|two|three|four|five|six|eight|ten)(?: (?:two|three|few|\d))? (?:times?|ones?|reps?|trials?|try|tries|attempts?|sets?|trips?|laps?|pass(?:es)?|go|rounds?)\b"
)


def _tells_help(reading: Reading, statement: Statement, other: Statement) -> bool:
    """Whether the next sentence goes on about the task with the help it took, and names no other."""
    if other.section != statement.section or other.role in _NOT_TODAY:
        return False
    if is_own_item(reading, statement, other):
        return False
    if other.line == statement.line and _begins_with_level(reading, other):
        return True
    if _OF_TRIES.match(reading.lower, other.start) and levels(reading, other):
        return True
    if _has_task(reading, other):
        return False
    if levels(reading, other):
        return True
    vague = reading.mentions_in(other.start, other.end, "assist_unspecified")
    told = _HELP.search(reading.lower, other.start, other.end)
    if told is not None and in_empty_box(reading, told.start()):
        return False
    return told is not None and told.group() != "extra time" and not any(True for _ in vague)


#: A line of a form that gives the help ("Level: UB dressing SBA   LB dressing Min A").
_LEVEL_LINE = wording(r"\W*(?:levels?|loa|assist\w*|help|level of assist\w*)\W*$")
#: A level stands at most so far behind the start of a sentence that begins with it.
_AT_START = 8


def _begins_with_level(reading: Reading, statement: Statement) -> bool:
    """Whether a sentence begins with the help it took ("Min A to pull the shirt past the elbow")."""
    return statement.role not in _NOT_TODAY and any(
        m.start - statement.start < _AT_START
        for m in reading.mentions_in(statement.start, statement.start + _AT_START, "assist")
    )


def levels(reading: Reading, statement: Statement) -> bool:
    """Whether a statement of today's session names a level of help."""
    return statement.role not in _NOT_TODAY and any(
        not in_empty_box(reading, m.start)
        for m in reading.mentions_in(statement.start, statement.end, "assist")
    )


def _has_task(reading: Reading, statement: Statement) -> bool:
    return any(
        not m.is_a("device") for m in reading.mentions_in(statement.start, statement.end, *_CONTENT)
    )


def _names_task(reading: Reading, statement: Statement) -> bool:
    """Whether a statement is about a task of its own, and not about lifts and reaches within one."""
    if reading.lower.startswith(_AIMS, statement.start):
        return True
    devices = [
        (m.start, m.end) for m in reading.mentions_in(statement.start, statement.end, "device")
    ]
    return any(
        sense.tags - {"lifting", "level"}
        for m in reading.mentions_in(statement.start, statement.end, "task")
        if not any(start <= m.start and m.end <= end for start, end in devices)
        for sense in m.senses
        if sense.lexicon == "task"
    )


def _needs_level(reading: Reading, statement: Statement) -> bool:
    return any(
        m.has_tag("level") for m in reading.mentions_in(statement.start, statement.end, "task")
    )


def _level_for_all(reading: Reading) -> bool:
    """Whether any statement gives a level for the whole session; found once a note."""
    key = ("level for all",)
    known: bool | None = reading.memo.get(key)
    if known is None:
        known = reading.memo[key] = any(
            s.role != "education" and levels(reading, s) and _covers_all(reading, s)
            for s in reading.holding("assist")
        )
    return known


def _covers_all(reading: Reading, statement: Statement) -> bool:
    """Whether a level stands beside a word for the whole ("CGA for all", "all with SBA")."""
    return any(
        _ALL.search(
            reading.lower,
            max(statement.start, m.start - _NEAR),
            min(statement.end, m.end + _NEAR),
        )
        for m in reading.mentions_in(statement.start, statement.end, "assist")
    )
