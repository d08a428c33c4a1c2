"""Finds how the patient responded, in any part of the note but plan, goals and history.

A measure, a symptom, a physiological value, a quality, an error rate, a change of help: anything
that could be compared tomorrow. "Tolerated well" is kept as empty. What the patient says counts
where it speaks of the session ("2/10 post"), not of the morning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.encounter.arrival import is_arrival
from notelint.encounter.dates import is_day
from notelint.encounter.emptyresponse import empty_responses
from notelint.encounter.encounter import Response
from notelint.encounter.plainresponse import plain_responses
from notelint.encounter.purposes import purposes_in
from notelint.encounter.saidtoday import said_as_data, told_today
from notelint.encounter.vitals import only_resting
from notelint.encounter.wording import wording
from notelint.language.boxes import in_empty_box
from notelint.language.reading import Mention, Quantity, Reading, Span, Statement

_SKIP = frozenset({"planned", "historical", "hypothetical"})
_TODAY = frozenset(
    {
        "treatment",
        "response",
        "assessment",
        "measure",
        "other",
        "education",
        "precaution",
        "heading",
        "header",
    }
)
#: Roles that hold responses only where the treatment has begun above them.
_HIDDEN = frozenset({"subjective", "time", "hep"})
_CLAIMS = _TODAY | {"pointer", "time"}
_MEASURED = frozenset({"scale", "grade", "rom", "percent", "vitals", "rpe", "speed", "score"})
_SCORED = (*sorted(_MEASURED), "seconds", "distance", "number", "count")
_COUNTED = wording(r"lob|error|\bof\b|out of|cue|vc|rest|stumble|prompt|sway|scuff|\bfor\b")
#: Words that place a report in or after the session.
_DURING = wording(
    r"\b(?:after|post|at (?:the )?end|leaving|by (?:the )?end|end of|during|throughout|now|following|than when|compared|by (?:the )?(?:last|second|third|set|lap|rep)|looser|on the way out|when done)\b|->|→"
)
_MOTION = wording(
    r"\b(?:a?rom|a?arom|prom|flex\w*|ext\w*|abd\w*|add\w*|rot\w*|df|pf|er|ir|strength|grip|pinch|mmt|slr|girth|reach)\b[^.;,\n]{0,16}$"
)
_GRADE_OF_HANDS = wording(r"gr(?:ade|\.)?\s?[iv1-5]+$")
_NOT_RESULT = wording(
    r"\s?(?:effort|weight|wb\b|1\s?rm|max\b|body ?weight|bwb|load|intensity|mvc|grade)"
)
#: Results in units no scale has, comparisons by arrow, what was needed, how it went.
_SEEN = wording(
    r"\b\d+(?:\.\d+)? ?(?:db|hz|uv|µv|mmhg|wpm|kpa)\b|\d ?(?:\w{1,5} )?(?:->|→|=>) ?\d|\((?:was|from|vs\.?|prev\w*) \d|\b(?:lacks?|lacking) \d"
    r"|\b(?:needed|required|requires|needs) (?:only )?(?:\d+|one|two|three|no|an?|less|fewer|more|min\w*|mod\w*|max\w*) (?:\w+ )?(?:cue|model|reminder|rest\b|prompt|vcs?\b|tcs?\b|repetition|redirect)\w*"
    r"|(?<!doing\s)(?<!feeling\s)(?<!getting\s)(?<!feels\s)\b(?:less|better|smoother|easier|steadier|clearer|looser) (?:on|by|after|with|w/|in|at|each|this|than)\b"
    r"|\b(?:bend|lag|drag|sway|lean|drift|tremor|guarding|hike|scuffs?|errors?|cueing|spasm|swelling|limp) (?:less|gone|better|reduced|resolved|down|absent)\b"
    r"|\b(?:girth|circumference|pinch|grip|edema|fig(?:ure)?[- ](?:of[- ])?8|volume)\b[^.;\n\d]{0,24}\d+(?:\.\d+)?(?: ?(?:cm|mm)?,? ?(?:to|->|→|-|from|vs\.?|was) ?\d+(?:\.\d+)?)? ?(?:lbs?|#|kg|cm|mm|psi|ml)"
    r"|(?<!\d\d\d)\d ?(?:cm|mm|lbs?|deg\w*|°|s|secs?|%|ft|min)?[ ,;]*(?:from|was|vs\.?|versus|compared (?:to|with)) (?:\w+ )?\d|\bfrom \d+(?:\.\d+)? ?\w{0,4} to \d"
    r"|[,;] (?:was|up from|down from) \d|\d to \d+(?:\.\d+)? ?(?:cm|mm|deg\w*|°|lbs?|#|sec|s|%)? ?(?:after|post)\b|\d ?(?:cm|mm|in|inch\w*) (?:closer|higher|lower|further|farther)\b"
    r"|\b(?:pain|sx|symptoms?|dizz\w*|soreness|nausea|fatigue)\b[^.;,\n\d]{0,16}\d|\b(?:swelling|effusion|edema)\b.{0,8}(?:\d\+|trace|mild|mod|down|less|same)"
    r"|\d ?s(?:ec)? ?\(?[rl]\b.{0,12}?\d ?s(?:ec)? ?\(?[rl]\b|\bno (?:limp|pressure (?:areas?|marks)|red (?:areas?|marks|spots)|marks|drop|lag|spill\w*|cough\w*)\b"
    r"|\b(?:un)?successful\b|\b(?:able|unable) to (?:\w+ )?(?:hold|maintain|clear|reach|lift|stand|keep|recall|name|produce|imitate|sustain|attend|tie|button|fasten|don|open|turn|swallow|identify|follow|balance|walk)\b"
    r"|\bfinger(?:tip)?s? (?:to|reach(?:es|ed)?) (?:the |his |her |mid[- ]?)?(?:knees?|floor|shins?|ankles?|toes?|thighs?|calf|patella)\b"
    r"|\bskin (?:\w+ ){0,3}(?:clear|intact|ok|unchanged|no red\w*)\b|\bno (?:new )?(?:redness|swelling|effusion)\b"
)
#: "Steady progress" is a claim of progress, no quality of movement.
_NO_QUALITY = (
    " over",
    " progress",
    " gains",
    " pace",
    " improvement",
    " strateg",
    " technique",
    " approach",
)
#: Words of change that also are plain verbs: they need a value or a level beside them.
_PLAIN = frozenset(
    {
        "was",
        "from",
        "now",
        "able to",
        "unable to",
        "previously",
        "prior session",
        "last session",
        "up to",
        "down to",
    }
)
#: Words of change that most often only join words: what they compare stands right beside them.
_JOINING = frozenset({"was", "from", "now"})
_NEAR, _BESIDE = 20, 4
#: "From 19 in chair" is where one stood up.
_HEIGHT = wording(r"\s*(?:an? )?\d{1,2}(?:\.\d)?\s?(?:in\b|inch\w*|\"|cm\b|''|[- ]?in\w* )")
#: A symptom of another time of the day is what the patient came with.
#: "No pain meds since Sunday", "some soreness expected": nothing that was felt.
_NO_SYMPTOM = wording(
    r" (?:meds?|medications?|pills?|killers?|management|scale)\b| (?:is |are |may be )?(?:expected|likely|possible)\b"
)
_ELSEWHEN = wording(
    r"[^.;,\n]{0,12}\b(?:at night|overnight|in the (?:morning|evening|night)|this (?:am|a\.m\.|morning)|at home|at work|over the weekend|yesterday|last night|since (?:last|yesterday|the weekend)|first thing|on waking|when (?:he|she|they) (?:wakes?|woke|gets? up|got up))\b"
)
_CAME_WITH = wording(
    r"\b(?:this (?:am|a\.m\.|morning)|last night|overnight|yesterday|over the weekend|on waking|at work|since (?:last|yesterday|the weekend))\b"
)
_COMPARABLE = ("assist", "cue", "gait_deviation", "neuro_deficit", "measure")


def responses_of(reading: Reading) -> tuple[Response, ...]:
    """Returns every response of the session in text order.

    Results in plain words and odd units are looked for only where nothing else answers.
    """
    found = [r for s in reading.where(_may_respond) for r in _responses(reading, s)]
    if all(r.empty for r in found):
        found += [r for s in reading.where(_may_be_seen) for r in _seen(reading, s)]
    if all(r.empty for r in found):
        hidden = (s for s in told_today(reading) if s.role in _HIDDEN)
        found += [r for s in hidden if not s.contexts & _SKIP for r in _shown(reading, s)]
        found += [
            Response(span, "quality", False, word)
            for span, word in plain_responses(reading)
            if not _SAME_AS.match(reading.lower, span.end)
            and not _MOTOR.match(reading.lower, span.end)
        ]
    found.sort(key=lambda r: r.place.start)
    return tuple(found)


def _may_respond(reading: Reading, statement: Statement) -> bool:
    """Whether a statement holds a response, or words that are one after others."""
    start, end = statement.start, statement.end
    if statement.contexts & _SKIP:
        return False
    if is_arrival(reading, statement):
        return False
    if _VERDICT.fullmatch(reading.lower, start, end) or any(
        True for _ in _empty(reading, start, end)
    ):
        return True
    if statement.role in _REPORTED:
        return any(True for _ in _reported(reading, statement))
    return _speaks(reading, statement) and any(True for _ in _shown(reading, statement))


def _may_be_seen(reading: Reading, statement: Statement) -> bool:
    """Whether a statement of the session tells a result in plain words or odd units."""
    return (
        not statement.contexts & _SKIP
        and not is_arrival(reading, statement)
        and _speaks(reading, statement)
        and _SEEN.search(reading.lower, statement.start, statement.end) is not None
    )


#: Roles of what the patient, or who is with them, says.
_REPORTED = frozenset({"subjective", "plan", "caregiver_report"})


def _speaks(reading: Reading, statement: Statement) -> bool:
    """Whether a statement may tell of the session."""
    return statement.role in _TODAY or said_as_data(reading, statement)


#: The skin under a hot pack or electrodes is looked at each time.
_SKIN = wording(r"skin\b")


def _seen(reading: Reading, statement: Statement) -> Iterator[Response]:
    heated = reading.has_mention(statement.start, statement.end, "modality")
    for seen in _SEEN.finditer(reading.lower, statement.start, statement.end):
        if heated and _SKIN.match(seen.group()):
            continue
        yield Response(Span(seen.start(), seen.end()), "quality", False, seen.group())


def _responses(reading: Reading, statement: Statement) -> Iterator[Response]:
    start, end = statement.start, statement.end
    if statement.role in _CLAIMS or _nothing_reported(reading, statement):
        for span in _empty(reading, start, end):
            yield Response(span, "claim", True, reading.slice(span))
    if _VERDICT.fullmatch(reading.lower, start, end) and _ASKED.search(
        reading.lower, max(0, start - 32), start
    ):
        yield Response(statement.span, "claim", True, reading.slice(statement.span))
    if statement.role in _REPORTED:
        yield from _reported(reading, statement)
        return
    if not _speaks(reading, statement):
        return
    yield from _shown(reading, statement)


#: A heading of response with a verdict below it and nothing else ("Tolerance: good").
_ASKED = wording(r"\b(?:tolerance|response|resp|tol)\b[^\n.;]{0,16}[:=–-]\s*$")
_VERDICT = wording(
    r"\W*(?:very |fairly )?(?:good|fair|favorable|positive|excellent|great|appropriate|wnl|wfl|ok(?:ay)?|as expected)\W*"
)


def _nothing_reported(reading: Reading, statement: Statement) -> bool:
    """Whether a line that reads as a report only denies, after the treatment ("no reported issues")."""
    if statement.role not in ("caregiver_report", "subjective"):
        return False
    if reading.section_of(statement).kind in ("subjective", "history"):
        return False
    if not any(s.role == "treatment" for s in reading.statements[: statement.index]):
        return False
    claim = next(empty_responses(reading.lower, statement.start, statement.end), None)
    return claim is not None and claim[1] - claim[0] >= 0.5 * (statement.end - statement.start)


#: "AROM and ball toss w/ 3 peers": the number belongs to something else.
_ADDED = re.compile(r"\band\b|\bw/|\bwith\b|[&+]")


def _shown(reading: Reading, statement: Statement) -> Iterator[Response]:
    """Yields signs, results and scores of a statement that tells of the session."""
    start, end = statement.start, statement.end
    if only_resting(reading, statement):
        return  # vital signs of the record answer nothing
    yield from _described(reading, statement)
    came_with = _CAME_WITH.search(reading.lower, start, end) is not None and not _DURING.search(
        reading.lower, start, end
    )
    for quantity in reading.quantities_in(start, end):
        if came_with and quantity.kind == "scale":
            continue  # "First steps this morning 5/10"
        if _is_response(reading, quantity):
            yield Response(Span(quantity.start, quantity.end), "measure", False, quantity.text)
    for mention in reading.mentions_in(start, end, "measure"):
        if any(
            _is_score(q) and not _ADDED.search(reading.lower, mention.end, q.start)
            for q in reading.quantities_in(mention.end, min(end, mention.end + 30), *_SCORED)
        ):
            yield Response(
                Span(mention.start, mention.end),
                "measure",
                False,
                reading.text[mention.start : mention.end],
            )


def _described(reading: Reading, statement: Statement) -> Iterator[Response]:
    """Yields the responses given in words: symptoms, qualities, changes. What a treatment is for
    ("so she has a steadier pinch") has not come about."""
    aims = [
        p.place
        for p in purposes_in(reading, statement.start, statement.end)
        if p.place is not None and p.kind != "none"
    ]
    for mention in reading.mentions_in(statement.start, statement.end, "response"):
        sense = mention.sense("response")
        if sense is None or reading.context_at(mention.start) & _SKIP:
            continue
        if in_empty_box(reading, mention.start) or _is_routine(reading, mention):
            continue
        if _WILLING.search(
            reading.lower, statement.start, statement.end
        ) and reading.lower.startswith("attentive", mention.start):
            continue  # "attentive and cooperative": how one took part
        if "change" in sense.tags and not _changes(reading, statement, mention):
            continue
        if "symptom" in sense.tags and (
            _ELSEWHEN.match(reading.lower, mention.end)
            or _NO_SYMPTOM.match(reading.lower, mention.end)
        ):
            continue
        if any(p.start <= mention.start < p.end for p in aims):
            continue
        if _REMAINS.match(reading.lower, mention.end):
            continue
        if reading.lower.startswith("increase", mention.start) and _DENIED.search(
            reading.lower, max(statement.start, mention.start - 16), mention.start
        ):
            continue  # "tolerated tx well without increased sx"
        if (
            reading.lower.startswith(_NO_QUALITY, mention.end)
            or "physiology" in sense.tags
            or mention.is_a("filler", "weak_verb", "generic_modifier")
        ):
            continue
        kind = next(iter(sorted(sense.tags)), "quality")
        yield Response(
            Span(mention.start, mention.end), kind, False, reading.text[mention.start : mention.end]
        )


_WILLING = wording(r"\b(?:cooperative|pleasant|agreeable|participat\w+|motivated|engaged)\b")
#: "Balance and freezing remain a problem": what the episode is about.
_REMAINS = wording(
    r" (?:still |cont\w* to )?(?:remain|be|is|are|persist)s? (?:an? |the |his |her |main |big\w* |still )*(?:problem|issue|concern|barrier|deficit|challenge|limitation|limiting|impaired)"
)
_DENIED = wording(r"\b(?:without|w/o|no|w/out) (?:any )?$")
#: "He missed last Thursday": a visit, no item. "Slow but steady": of progress, no quality.
_MISSED = wording(
    r"\s(?:(?:his|her|the|a|one|two|\d|last|this|some) )*(?:visits?|sessions?|appts?|appointments?|therapy|(?:mon|tues|wednes|thurs|fri)\w*|weeks?|days?)\b"
)
#: "Compared to last visit: same" compares nothing.
_SAME_AS = wording(
    r" (?:to|with) [^:\n]{0,24}:\s*(?:the )?(?:same|no change|unchanged|n/a|_+)?\W*(?:\n|$)"
)
_SLOW = wording(r"\bslow(?:ly)? (?:but|and|,) $")


def _is_routine(reading: Reading, mention: Mention) -> bool:
    """Whether a word of quality speaks of attendance, of progress as such or of a column."""
    words = reading.lower[mention.start : mention.end]
    if reading.lower.startswith("/trials", mention.end):
        return True  # the head of a column
    if words == "missed" and _MISSED.match(reading.lower, mention.end):
        return True
    return words == "steady" and bool(
        _SLOW.search(reading.lower, max(0, mention.start - 12), mention.start)
    )


def _reported(reading: Reading, statement: Statement) -> Iterator[Response]:
    """Yields what the patient reports of the session itself: a value or a symptom in or after it."""
    if statement.role == "plan" and "report" not in statement.contexts:
        return
    if not _DURING.search(reading.lower, statement.start, statement.end) or statement.contexts & {
        "home"
    }:
        return
    if reading.section_of(statement).kind == "subjective" and statement.role == "subjective":
        return
    for quantity in reading.quantities_in(
        statement.start, statement.end, "scale", "rpe", "rom", "percent", "number", "score"
    ):
        if quantity.kind != "number" or _MOTION.search(
            reading.lower, statement.start, quantity.start
        ):
            yield Response(Span(quantity.start, quantity.end), "measure", False, quantity.text)
    for mention in reading.mentions_in(statement.start, statement.end, "response"):
        if mention.has_tag("symptom"):
            yield Response(
                Span(mention.start, mention.end),
                "symptom",
                False,
                reading.text[mention.start : mention.end],
            )


#: "Did fine motor activities": no verdict.
_MOTOR = re.compile(r"\s{1,2}motor\b|-motor\b")


def _empty(reading: Reading, start: int, end: int) -> Iterator[Span]:
    """Yields the empty claims of a stretch: the fixed phrases, then the same in other words."""
    taken = -1
    fixed = [(m.start, m.end) for m in reading.mentions_in(start, end, "response_empty")]
    for low, high in sorted([*fixed, *empty_responses(reading.lower, start, end)]):
        if _MOTOR.match(reading.lower, high) or in_empty_box(reading, low):
            continue
        if low >= taken:
            yield Span(low, high)
            taken = high


#: "Visit 6 of 12" counts no result.
_VISIT = wording(
    r"\b(?:visits?|sessions?|tx|treatments?|day|week|wk|auth\w*)\s?(?:#|no\.?|number)?\s?:?\s?$"
)


#: "1/8 polyform", "1/2 in": the thickness of a thing.
_MATERIAL = wording(
    r"\W{0,2}(?:in\b|inch\w*|polyform|orthoplast|aquaplast|orfit|thermoplast\w*|neoprene|foam|plastazote|felt|perf\w*|thick|ply|heel|shim|lift)"
)


def _is_response(reading: Reading, quantity: Quantity) -> bool:
    """Whether a quantity is a result: a score, a rate, a range, a count of errors or cues."""
    lower = reading.lower
    if quantity.kind in ("rom", "number") and quantity.unit in ("range", "number"):
        return max(quantity.values, default=0) >= 10 and bool(
            _MOTION.search(lower, reading.back(quantity.start, 30), quantity.start)
        )
    if quantity.kind == "percent":
        return not _NOT_RESULT.match(lower, quantity.end)
    if quantity.kind == "score" and _MATERIAL.match(lower, quantity.end):
        return False
    if quantity.kind in _MEASURED:
        dated = is_day(reading, quantity)
        return _is_score(quantity) and not dated and not _is_setting(reading, quantity)
    if quantity.kind != "count" or _VISIT.search(
        lower, reading.back(quantity.start, 14), quantity.start
    ):
        return False
    return bool(_COUNTED.search(quantity.text))


#: What sets an exercise: "wall slide to 60 deg 2x8", "treadmill 1.4 mph".
_WEIGHTS = wording(r" ?(?:lbs?|#|kgs?)(?![a-z])")
#: Hip and knee at a right angle, shoulder and elbow too.
_POSITION = wording(r"90 ?/ ?90")
_SETTING = wording(r"\b(?:to|at|up to|past|from|limit\w*|block\w*|within|@)\s(?:about\s)?$")


def _is_setting(reading: Reading, quantity: Quantity) -> bool:
    """Whether a range, a speed, a pair of weights or a position sets the exercise that is dosed beside
    it ("crate 25 / 30 lb 2x8", "90/90 hip lift 2x10")."""
    weights = quantity.kind == "score" and _WEIGHTS.match(reading.lower, quantity.end)
    if quantity.kind == "score" and _POSITION.fullmatch(quantity.text):
        return True
    if not weights and quantity.kind not in ("rom", "speed"):
        return False
    statement = reading.statement_at(quantity.start)
    if statement is None or statement.role != "treatment":
        return False
    if quantity.kind == "rom" and not _SETTING.search(
        reading.lower, max(statement.start, quantity.start - 16), quantity.start
    ):
        return False
    return reading.has_quantity(
        statement.start, statement.end, "dose", "reps", "sets", "minutes", "hold"
    )


_MONTH_OF = wording(r"^(?:0?[1-9]|1[0-2])/(?:19|20)\d\d$")


def _is_score(quantity: Quantity) -> bool:
    """A grade of mobilisation is what was done, no result."""
    if quantity.kind == "score" and _MONTH_OF.search(quantity.text):
        return False  # "visits since 11/2025"
    return not (quantity.kind == "grade" and _GRADE_OF_HANDS.match(quantity.text))


def _changes(reading: Reading, statement: Statement, mention: Mention) -> bool:
    """Whether a word of change stands beside something that can change (a value, help, a task)."""
    words = reading.lower[mention.start : mention.end]
    if words in _JOINING:
        low = max(statement.start, mention.start - _NEAR) if words == "now" else mention.end
        high = min(statement.end, mention.end + (_BESIDE if words == "from" else _NEAR))
        if any(
            q.kind in _VALUED and not (words == "from" and _is_when(reading, q))
            for q in reading.quantities_in(low, high)
        ):
            return not _HEIGHT.match(reading.lower, mention.end)
        return reading.has_mention(low, high, "assist", "cue")
    kinds = _MEASURED if words in _PLAIN else _CHANGEABLE
    if any(
        q.kind in kinds and _is_score(q)
        for q in reading.quantities_in(statement.start, statement.end)
    ):
        return True
    plain = words in _PLAIN or words.endswith("end of session")
    lexicons = _COMPARABLE if plain else (*_COMPARABLE, "task")
    return reading.has_mention(statement.start, statement.end, *lexicons)


def _is_when(reading: Reading, quantity: Quantity) -> bool:
    """Whether what follows "from" is a clock or a day ("from 1:00 to 1:30", "from 2/2")."""
    after = reading.lower[quantity.end : quantity.end + 1]
    return (
        after == ":"
        or ":" in quantity.text
        or (quantity.kind == "score" and reading.lower[quantity.end : quantity.end + 4] != " to ")
    )


_CHANGEABLE = _MEASURED | {
    "dose",
    "reps",
    "distance",
    "load",
    "hold",
    "seconds",
    "count",
    "height",
    "level",
}
#: What "from", "was" and "now" may compare, right beside them.
_VALUED = _CHANGEABLE | {"number"}
