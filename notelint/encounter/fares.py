"""Tells a note that says, in words of no list, how somebody fared: a patient with a verb, a part of
the body that did something, one thing compared with another.

Asked only of a note in which no response was found and that speaks mostly in words no list knows:
there the unlisted words may hold the response. Where nobody does anything but what was ordered
("Dorsal blocking splint checked, strap replaced"), they hold none.
"""

from __future__ import annotations

import re

from notelint.encounter.saidtoday import told_today
from notelint.encounter.wording import wording
from notelint.language.reading import Reading, Statement

_WHO = r"(?:he|she|they|pt|patient|resident|child|kid|client|student|infant|baby|m(?:r|rs|s)\.? [a-z]+)"
_BETWEEN = r"(?:(?:then|also|still|just|only|now|even|never|always|almost|nearly|again|[a-z]+ly) )?"
#: Verbs of taking part, of habit and of what is to be: they tell nothing of how it went.
_TAKES_PART = (
    r"(?:complet|perform|participat|work|walk|ambulat|practi[cs]|us(?:ed|es|ing)|receiv|tolerat|arriv|present|attend|report|stat|agree|review|engag|enjoy|start|continu|finish|educat|instruct|verbali"
    r"|transport|position|return|transfer|exercis|exhibit|demonstrat|benefit|discuss|train|treat|play|seated|need|requir|want|lik|liv|keep|wear|driv|sleep|eats|goes|sees|takes|works|plans|hopes|says|has\b|does\b|is\b|was\b|denie|deni|bring|brought"
    r"|progress|improv|wash|bath|donn|doff|comb|brush|toilet|dress|groom|shav|feed|fed|ask|watch|join|copi|sort|remain|motivat|miss|carr|lift|fold|climb|cook|push|toss|stack|fill|remov|chang|pedal|rode|complain|understand|consent|attempt|tri(?:ed|es)|learn|assist|provid|educ|rests|rested|select|chose|choos|greet)"
)
_PAST = r"(?:held|kept|lost|fell|gave|let|hit|tore|drew|said|told|knew|found|forgot|caught|slid|swung|bent|spun|spat|drank|bit|cried|hid|hung|hurt|shook|broke|froze|began|stuck|stood up|sat down|lay|leant|swam|threw|flew|grew|felt|thought|left out|ran out)"
_FARES = wording(
    rf"(?<!had\s)(?<!so\s)(?<!have\s)(?<!has\s)(?<!let\s)\b{_WHO} {_BETWEEN}(?!{_TAKES_PART})(?:[a-z]{{2,}}(?:ed|[^su\W]s)|{_PAST})\b"
    r"|(?<!he\s)(?<!she\s)(?<!they\s)(?<!pt\s)\b(?:didn['’]?t|did not|wouldn['’]?t|would not|couldn['’]?t|could not|won['’]?t|can['’]?t|never) (?:[a-z]+ )?[a-z]{3,}"
    rf"|(?<!so\s)\b{_WHO} (?:didn['’]?t|did not|wouldn['’]?t|would not|couldn['’]?t|could not|won['’]?t|can['’]?t|never) [a-z]{{3,}}"
    # one thing compared with another
    r"|\b(?:straighter|longer|taller|louder|quieter|calmer|flatter|softer|warmer|steadier|deeper|wider|cleaner|smoother|tighter|looser|quicker|faster|slower|clearer|crisper|stiffer|weaker|stronger|sharper|neater|closer|shorter|lower|higher|further|farther|sooner|brighter|redder|paler|drier|wetter|thinner|thicker|bigger|smaller|worse|better|easier|harder|lighter|heavier)\b(?! (?:\w+ )?(?:by|in|within) \d)"
    r"|\b(?:\d(?:st|nd|rd|th)|second|third|fourth|fifth|last|final) (?:(?:and|&) \w+ )?(?:pass|lap|try|attempt|trip|go|round)\b"
    # what a thing did: "letters float off the line", "grip slips"
    r"|\b(?:float|slip|drift|wander|tremble|poke|drag|buckle|wobble|collapse|droop|drool|hitch|lag|tilt|fade|squeak|stall|freeze|slump|sag|splay|veer|sway)s\b|\b[a-z]{2,}s (?:float|slip|drift|wander|tremble|drag|buckle|wobble|collapse|droop|tilt|fade|slump|sag|splay|veer|sway)\b"
    # how it is done: "crouches w/ knees in when rushed"
    r"|(?:(?<=[.;,:–-]\s)|(?<=[.;,:\n])|(?<=\s\s)|^)[a-z]{3,}(?<!s)s (?:[\w/]+ ){0,4}?(?:when|if|once|until|unless) "
)
#: What follows the name of a part of the body: what it did or how it was ("chin pokes", "lips closed").
_DID = re.compile(
    r"\s(?!(?:press|rolls?|circles?|pumps?|slides?|squeezes?|raises?|curls?|stretch\w*|exercises?|releases?)\b)[a-z]{3,}(?:(?<!s)s|ed)\b"
)
_NEXT = 3
_AWAY = frozenset({"planned", "home", "hypothetical", "historical"})
_QUIET = frozenset(
    {"signature", "header", "heading", "time", "billing", "subjective", "caregiver_report"}
)


def tells_how_it_went(reading: Reading) -> bool:
    """Returns whether any statement of the session says that somebody did or did not do something,
    or how a part of the body behaved."""
    return any(
        _tells(reading, statement)
        for statement in told_today(reading)
        if statement.role not in _QUIET and not statement.contexts & _AWAY
    )


def _tells(reading: Reading, statement: Statement) -> bool:
    start, end = statement.start, statement.end
    if reading.search(_FARES, start, end):
        return True
    return any(
        _DID.match(reading.lower, part.end, end)
        and not reading.has_mention(part.end, min(end, part.end + _NEXT))
        for part in reading.mentions_in(start, end, "body")
    )
