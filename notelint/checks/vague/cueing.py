"""Cueing without type, target or count (A10)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.checks.documented import hint_stage_of
from notelint.encounter.encounter import Encounter
from notelint.encounter.wording import wording
from notelint.language.reading import Mention, Reading, Span, Statement
from notelint.rulebook.rule import Hit

_ROLES = frozenset({"treatment", "response", "assessment", "other", "education"})
_SKIP = frozenset({"quoted", "planned", "historical", "home", "goal", "negated"})
#: How often, said without a number; or that it was needed, and no more.
_AT_TIMES = (
    r"on\s+(?:and|&|/|n)\s+off|on/off|off\s+(?:and|&)\s+on|here\s+(?:and|&)\s+there|now\s+(?:and|&)\s+(?:then|again)|from\s+time\s+to\s+time|periodically|occasionally|frequently|often|repeatedly|consistently|constantly|sporadically"
    r"|(?:as|when|whenever|where|if)\s+(?:appropriate|approp|apprpr\w*|required|req['’]?d|needed|necessary|indicated|able|warranted)\b|throughout|thru-?out|req['’]?d\b|rqd\b|req\b|ndd\b|rendered|delivered|supplied"
)
_VAGUE_TARGET = re.compile(
    rf"\s*+(?:(?:were |was )?(?:{_AT_TIMES}|given|provided|used|required|needed|offered|necessary|prn|as needed|throughout|at times|intermittently|as indicated|throughout (?:the )?(?:meal|session|task|tx|treatment|activity)|during (?:session|tx|treatment)|utilized)\s*+)*+(?:(?:for|to (?:ensure|increase|improve|maintain))\s+(?:(?:safety|technique|proper technique|proper body mechanics|good body mechanics|body mechanics|form|proper form|correct form|good form|performance|completion|participation|quality|accuracy|correct technique|sequencing|safe technique|task|follow through|carryover|attention|recall|memory|safety awareness|task completion)(?:\s(?:and|&)\s(?:safety|technique|form|sequencing|proper form|recall|attention|memory))?))?\s*+(?:throughout|thru-?out|prn|as needed|as necessary|during (?:these|this|those|all|both|the above)(?=$|[.,;])|during (?:the )?(?:session|tx|treatment|task|activity|transfers?|toilet transfers?|exercises?|gait|ambulation|dressing|worksheet|game|\w+ transfers?)|to (?:finish|complete|participate|perform)(?: (?:the |all )?(?:tasks?|activit(?:y|ies)|exercises?|session))?|today)?\s*+(?:(?=$|[.,;)&]|and\b(?![^.;]{{0,40}}\b(?:for|to|on|at)\b)|(?:w/|with\b)(?![^.;]{{0,40}}\b(?:for|to)\b))|(?<=\n))"
)
#: What was needed at first, and what later ("mod verbal cues, min by the last set").
_FADES = re.compile(
    r"\s*,\s*(?:then |but |and )?(?:none|min(?:imal)?|mod|fewer|less|faded|fading|down to|only|independent\w*|one|two|\d)\b(?! ?(?:a\b|assist))"
)
#: Cueing that is spoken of and was not given so: denied, counted by sessions, to be faded.
_SPOKEN_OF = re.compile(
    r"(?:\b(?:without|w/o|w/out|less|fewer|no|more|over|sessions? of|weeks? of|faded?(?: \w+)?|fading|need(?:s|ed)? for|despite|before|between|independent of|needs?|the|his|her|these|those|this|that|so|each|every|any|when|if|once|until|after|response to|respon\w+ to|grade[sd]?|graded|grading|(?:grad|var|adjust|select|fad)\w+ \w+ (?:and|&)|var(?:y|ied|ying)|select(?:s|ed|ing)?|cho(?:o?se|osing)|(?:better|rather|more|faster) than|instead of|fade|adjust(?:ed|ing)?|provid(?:e|ing)|(?:level|amount|type|kind|frequency) of|repeated|skilled(?: \w+)? of|train(?:ed|ing)? (?:\w+ )?in)[\s-]+(?:\w+\s){0,1}|over-|\b(?:when|than when|at (?:visit|eval|ie|soc)\b[^.;]{0,20}) (?:he|she|pt|they|patient) (?:required|needed|had)\s(?:\w+\s)?)$"
)
#: A thing that cues ("a tape line as an external visual cue"), who cues ("under SLP cueing"), all
#: that was left of it ("with just a reminder").
_AS_AID = wording(
    r"\b(?:as an?|external|environmental|under|just an?|only an?|with one) (?:(?:external|slp|pt|ot|therapist|staff|clinician|\w+al) )?$"
)
#: "Cueing with the tape": what cued.
_BY_MEANS = wording(
    r" (?:with|w/|from|by) (?:the |a |his |her )?(?:tape|mirror|metronome|card|picture|photo|timer|alarm|sign|line|hand|touch|count\w*|map|list|calendar|written|gesture\w*|first|initial)\b"
)
#: "Forgot L brake twice, cued, then did it": what went wrong is what the cue was for.
_ERRED = wording(
    r"\b(?:forgot|forgets|forgetting|missed|misses|skipped|skips|omitted|left out|dropped) [^.;|]{2,44},? (?:and |then |was )*$"
)
_COUNT = frozenset({"count", "score", "percent", "grade"})


def vague(encounter: Encounter) -> Iterator[Hit]:
    """Yields each cue statement that names neither type with target nor a count."""
    reading = encounter.reading
    for statement in reading.statements:
        if statement.role not in _ROLES or statement.contexts & _SKIP:
            continue
        place = _vague_cue(reading, statement) or _vague_input(reading, statement)
        if place is not None:
            yield Hit("words", place.start, place.end, facts={"stage": hint_stage_of(encounter)})


def _vague_cue(reading: Reading, statement: Statement) -> Span | None:
    """The first cue of the lists that says neither what for nor how often."""
    for mention in reading.mentions_in(statement.start, statement.end, "cue"):
        if reading.context_at(mention.start) & _SKIP or not _is_vague(reading, mention, statement):
            continue
        return Span(mention.start, _claim_end(reading, statement, mention.end))
    return None


def _claim_end(reading: Reading, statement: Statement, end: int) -> int:
    match = _VAGUE_TARGET.match(reading.lower, end, min(statement.end, end + _FAR))
    return end + len(match.group().rstrip()) if match else end


#: How far behind the cue its frequency and target stand.
_FAR = 60
#: A cue under another name: "verbal/tactile input was provided", "tactile guidance given".
_INPUT = wording(
    r"\b(?:verbal|tactile|visual|manual|gestural|multi-?modal|multi-?sensory)(?:(?: ?[/,&+] ?| and | or )(?:verbal|tactile|visual|manual|gestural))* (?:input|guidance|feedback|direction|assistance|hints?|nudges?|redirection|reinforcement)\b"
)


#: "Graded removal of visual input", "on screen for visual feedback": what the task holds.
_OF_TASK = wording(
    r"\b(?:for|of|as|without|no|from|to|using|more|less|reduced?|remov\w+|block\w*) (?:the |an? |\w+ )?$"
)


def _vague_input(reading: Reading, statement: Statement) -> Span | None:
    """Input that says neither what for nor how often."""
    match = reading.search(_INPUT, statement.start, statement.end)
    if match is None or reading.context_at(match.start()) & _SKIP:
        return None
    low = max(statement.start, match.start() - 28)
    if _OF_TASK.search(reading.lower, low, match.start()):
        return None
    if _SPOKEN_OF.search(reading.lower, low, match.start()) or _shown_next(reading, statement):
        return None
    if _counted(reading, statement, match.start()) or _BY_MEANS.match(reading.lower, match.end()):
        return None
    if not _VAGUE_TARGET.match(reading.lower, match.end(), min(statement.end, match.end() + _FAR)):
        return None
    return Span(match.start(), _claim_end(reading, statement, match.end()))


#: Types that name no more than the sense they use.
_GENERAL = ("verbal", "v", "tactile", "tac", "t", "visual", "manual", "verb")
_TOLD = re.compile(
    r"\W*(?:instructed|told|cued|reminded|asked|taught|coached|vcs?|cues?|directed)\s(?:to|for|pt|him|her|on|re)\b"
)


def _shown_next(reading: Reading, statement: Statement) -> bool:
    """Whether the next sentence says what the cues were for."""
    after = reading.statements[statement.index + 1 : statement.index + 3]
    return any(s.line == statement.line and _TOLD.match(reading.lower, s.start) for s in after)


#: A word before it says what kind of cue it was ("stepwise cue", "written prompt", "maximum effort cue").
_TYPED = re.compile(
    r"\b(?:written|picture|effort|stepwise|gestur\w+|rhythm\w*|auditory|letter|sentence|semantic|phonemic|orthographic|color|colou?red|hand|name|sign|card|phrase|initial|timer|alarm|metronome|mirror|tape|floor|line|tap|touch|pressure|breath|pacing|volume|loudness|tuck|swallow|posture|stance|placement|start|stop|word|sound|syllable|number|symbol|arrow|alphabet|face|video|text|phone|watch|first[- ]\w+)\s$"
)
_NUMBERED = re.compile(r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\s(?:\w+\s)?$")


def _low(statement: Statement, mention: Mention) -> int:
    return max(statement.start, mention.start - 22)


#: Cells of a line set apart by blanks alone.
_CELLS = re.compile(r"\S(?:[^\S\n]{3,}|\t)(?=\S)")


def _is_head(reading: Reading, mention: Mention) -> bool:
    """Whether a word is a column's name: "target      trials   right   cue"."""
    text = reading.text
    low = text.rfind("\n", 0, mention.start) + 1
    high = text.find("\n", mention.end)
    line = text[low : high if high >= 0 else len(text)]
    return len(_CELLS.findall(line)) > 1 and not any(c.isdigit() for c in line)


#: "8 trials with occasional prompting": what was done is counted, not what was prompted.
_TRIES = re.compile(
    r"(?:trials?|reps?|repetitions?|times|bouts?|sets?|items?|objects?|rings?|pegs?|cones?)$"
)


def _counted(reading: Reading, statement: Statement, at: int) -> bool:
    """Whether a statement counts what was cued: anything but the tries before the cue."""
    return any(
        q.kind in _COUNT and not (q.kind == "count" and q.end < at and _TRIES.search(q.text))
        for q in reading.quantities_in(statement.start, statement.end)
    )


def _is_vague(reading: Reading, mention: Mention, statement: Statement) -> bool:
    words = reading.lower[mention.start : mention.end]
    if (
        words.startswith(("no ", "0 ", "without", "w/o"))
        or mention.is_a("speech_task")
        or words in ("model", "models")
    ):
        return False
    if reading.text[mention.start - 2 : mention.start].rstrip()[-1:] in ('"', "”"):
        return False  # 'reduced with a verbal "stop and read" prompt'
    if _TYPED.search(reading.lower, max(statement.start, mention.start - 24), mention.start):
        return False
    if _SPOKEN_OF.search(reading.lower, max(statement.start, mention.start - 28), mention.start):
        return False
    if _AS_AID.search(reading.lower, max(statement.start, mention.start - 28), mention.start):
        return False
    if _BY_MEANS.match(reading.lower, mention.end):
        return False
    if _ERRED.search(reading.lower, max(statement.start, mention.start - 64), mention.start):
        return False
    if _counted(reading, statement, mention.start):
        return False
    if mention.has_tag("typed") and not words.startswith(_GENERAL):
        return False  # "first-sound cue" says which
    if reading.text.count("|", statement.start, statement.end) > 1 and not any(
        c.isdigit() for c in reading.text[statement.start : statement.end]
    ):
        return False  # the head of a table
    if _is_head(reading, mention) or _FADES.match(reading.lower, mention.end):
        return False
    if _NUMBERED.search(reading.lower, _low(statement, mention), mention.start):
        return False
    if _shown_next(reading, statement):
        return False
    low = _low(statement, mention)
    if any(
        q.kind in ("number", "count") and mention.start - q.end <= 2
        for q in reading.quantities_in(low, mention.start)
    ):
        return False
    return bool(
        _VAGUE_TARGET.match(reading.lower, mention.end, min(statement.end, mention.end + _FAR))
    )
