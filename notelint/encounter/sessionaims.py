"""What a whole session was for: a sentence that gives all of its work a purpose.

It may stand over the work ("Aim: …"), behind it ("All exercises are for stair descent"), or in what
the patient said ("wants to fasten her own bra, and that is what today's overhead work was about").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from notelint.encounter.encounter import Purpose, Service
from notelint.encounter.life import HOME, IN_LIFE
from notelint.encounter.purposes import FUNCTIONAL, goal_refs_in, purposes_in
from notelint.language.loose import loose
from notelint.language.reading import Reading, Statement

_SESSION = re.compile(
    r"\b(?:(?:purpose|aim|target|focus|goal|reason|why|rationale|emphasis|problem)(?: (?:of|for))?(?: all)?(?: (?:the|this|today['’]?s?))?(?: (?:session|treatment|tx|visit|therapy|exercises|interventions|activities|today))"
    r"|all (?:activities|exercises|interventions|exs?|tasks|of (?:it|them|this|these|the above))"
    r"|(?:(?:the |this |today['’]?s )?(?:session|treatment|tx|visit)|interventions|exercises|activities|program) (?:[\w()]+ ){0,3}?(?:was|were|is|are|focus\w*|address\w*|target\w*|work\w*|directed|aimed|designed|for|chosen|to)"
    r"|^\W*(?:(?:pt|patient|client|resident|he|she) )?(?:(?:was|is|being) )?(?:tx['’]?d|rx['’]?d|treated|seen) (?:today )?(?:for|d/t|due to)"
    r"|(?:these|above) (?:exercises|activities|interventions|tasks)|(?:are|were|is|was) all (?:toward|towards|for|aimed|directed|meant|about|to)|(?:treatment|tx|therapy) (?:of|at|s/p)|today all|(?:worked|focused|focusing|working) (?:today )?on)\b"
)
_ALL_OF_IT = re.compile(
    r"\b(?:all (?:activities|exercises|exs?|interventions|tasks|of|the|toward|towards|for|aimed|directed|meant)|these|above|(?:the |this |today['’]s )session|today['’]s)\b"
)
#: "b, c and d are all toward the same thing, LTG 2".
_TOWARD = re.compile(r"\ball (?:toward|towards|for|aimed|directed|meant|of (?:it|this|them))\b")


def _heads_one(reading: Reading, statement: Statement) -> bool:
    """Whether a statement is about the words under one code of several."""
    codes = {q.text[:5] for q in reading.quantities_in(0, len(reading.text), "code")}
    own = reading.has_quantity(statement.start, statement.end, "code")
    return own and len(codes) > 1


#: "Aim: see the blind spot …", "aim is to keep the transfer at one person": stands over what was done.
_AIM = re.compile(
    r"\W*(?:(?:today['’]?s|session|visit|tx|treatment|functional|main|our|the) )*(?:aim|purpose|working on|focus|why|target|goal)(?: (?:for )?(?:today|this (?:visit|session)|of (?:the |this )?(?:session|visit|tx)))?\s?[:=]\s?(?=[^\s\d])"
    r"|[^.;]*\b(?:aim|purpose)(?: today| here)? is to (?=[a-z])|[^.;]*\bwhat (?:she|he|pt|patient|we|i)(?: is| are|['’]re|['’]s| am) after\b[^.;]{0,40}? is\b|[^.;]*\b(?:everything|all)(?: (?:work|of it|of this|that follows|below|today|we did|done))+ (?:is |was |were )?(?:aimed at|chosen|meant|done (?:for|so)|for|so)\b"
)
_LEAST_WORDS = 4


def session_purpose_of(reading: Reading, services: Sequence[Service]) -> Purpose | None:
    """A sentence that gives the whole session its purpose ("All exercises are for stair descent")."""
    first = min((s.place.start for s in services if s.place), default=-1)
    for statement in reading.where(_is_aim):
        if statement.end <= first:
            words = reading.slice(statement.span)
            return Purpose("functional", statement.span, words, "session")
    for statement in reading.where(_ties_work):
        return Purpose("functional", statement.span, reading.slice(statement.span), "session")
    for statement in reading.where(_tells_session):
        if _heads_one(reading, statement):
            continue  # what one of the services is for
        for purpose in purposes_in(reading, statement.start, statement.end):
            if purpose.kind == "functional":
                return Purpose("functional", purpose.place, purpose.words, "session")
        if _TOWARD.search(reading.lower, statement.start, statement.end) and goal_refs_in(
            reading, statement.start, statement.end
        ):
            words = reading.slice(statement.span)
            return Purpose("functional", statement.span, words, "session")
    return None


def _is_aim(reading: Reading, statement: Statement) -> bool:
    """Whether a line above the treatment says what all of it is for."""
    if statement.role in ("plan", "history", "header", "signature"):
        return False
    words = reading.lower[statement.start : statement.end]
    line = reading.lower[reading.lower.rfind("\n", 0, statement.start) + 1 : statement.end]
    return (_AIM.match(words) or _AIM.match(line)) is not None and len(
        words.split()
    ) >= _LEAST_WORDS


def _tells_session(reading: Reading, statement: Statement) -> bool:
    """Whether a statement tells what the session was for."""
    if statement.role not in ("treatment", "other", "heading", "response", "assessment"):
        return False
    words = reading.lower[statement.start : statement.end]
    if not _SESSION.search(words):
        return False
    # What was done and why is a purpose of its own, not of the session.
    return _ALL_OF_IT.search(words) is not None or not reading.has_quantity(
        statement.start, statement.end, "dose", "reps", "load"
    )


#: The work of the session as a whole, or of one kind, not one exercise.
_WORK = loose(
    r"\b(?:everything|all (?:of (?:it|this|these|them|the above)|(?:the )?(?:rows|training|work|items|exercises?|exs?|tx|treatment|activities|tasks|drills)|above|today|below)"
    r"|(?:today['’]?s|this|these|the|our|her|his|session['’]?s) (?:(?:[\w/-]+) (?:(?:and|or|&|\+) )?){0,3}?(?:work|program(?:me)?|practice|training|drills?|exercises?|exs|ex|stuff|loading|mobs|strengthening|stretching|tasks|activities)"
    r"|(?:today['’]?s|this|our) (?:session|therapy|tx|block|set)"
    r"|(?:arm|leg|core|hand|balance|trunk|strength|grip|pinch|standing|gait|shoulder|hip|knee|postural|ue|le|rom) (?:work|program(?:me)?|practice|training|strengthening|exercises?)(?: (?:today|this (?:session|visit))|(?= (?:\w+ ){0,3}(?:goes?|ties?|is|are|was|were|meant|aimed)))"
    r"|(?:this|that|these) (?:is|are) (?:all )?(?:what|why|for|to)|(?:this much|that much|this kind of) \w+|what we(?:['’]re| are)? (?:\w+ ){0,2}(?:work(?:ing|ed)?|do(?:ing)?|did|train\w*) (?:on|toward|for|this for)?|did the following|following (?:today|exercises|was done)|whole (?:session|visit)|(?:train|treat|work)(?:ing|ed)? (?:\w+ ){0,2}(?:directed|aimed|geared)|building blocks?)\b"
)
#: What ties it to a purpose.
_TIE = loose(
    r"\b(?:(?:is|are|was|were|that['’]?s) (?:why|for|about|what|all about|aimed|meant|there for|after|toward|so|to)|go(?:es)? (?:after|toward)|for|toward|towards|so|hence|thus|bc|b/c|because|since|tie[sd]? (?:in|in to|to|into|in with)|until|till|aims? (?:of|is|at|for)|aimed|purpose|in prep\w*|prep(?:ares?|aring)? for|directed (?:at|to|toward)|geared|meant (?:for|to)|needs?|needed|required|back to|relates? to|carr(?:y|ies) ?over|transfers? to|helps?|as building blocks?)\b|="
)
#: A line that names the function that the session works for.
_NAMED = loose(
    r"\W*(?:(?:today['’]?s|the|main|primary|underlying|functional|session|fxl|fxnl|target(?:ed)?|adl) )*(?:(?:deficit|limitation|problem|task|function|activity|occupation|goal|adl|skill|performance area)s?(?: (?:today|treated|addressed|targeted|trained|worked on|worked toward|of focus|focus))*|(?:why|purpose|reason|aim|focus|rationale)(?:, (?:all|every)\b[^:\n]{0,16}| (?:of|for) [^:\n]{0,24})?)\s?[:=–-]\s?"
)
_FOR_ALL = frozenset({"goal", "history", "header", "signature", "hep", "education"})


def _ties_work(reading: Reading, statement: Statement) -> bool:
    """Whether a sentence ties the session's work to a function ("Arm work this session ties to pulling
    pants over the hips", "Deficit treated: LB dressing")."""
    start, end = statement.start, statement.end
    if statement.role in _FOR_ALL:
        return False
    named = _NAMED.match(reading.lower, start, end)
    if named is not None and named.end() < end and _names_function(reading, named.end(), end):
        return True
    if not _WORK.search(reading.lower, start, end) or not _TIE.search(reading.lower, start, end):
        return False
    if reading.has_quantity(start, end, "dose", "load", "distance", "minutes", "reps", "code"):
        return False  # what was done, and how much
    return _names_function(reading, start, end)


def _names_function(reading: Reading, start: int, end: int) -> bool:
    """Whether a stretch names a task of life, or a place where one is done."""
    return any(
        m.is_a(*FUNCTIONAL)
        and not m.is_a("exercise", "generic_modifier", "service_label", "impairment")
        for m in reading.mentions_in(start, end, "task")
    ) or any(words.search(reading.lower, start, end) for words in (IN_LIFE, HOME))
