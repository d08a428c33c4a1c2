"""Finds why something was done: purpose clauses, goal tags, and tasks that are the function.

A connector alone is no purpose; what follows decides. "CGA for post lean" is the reason of the
help, "3x10 for HEP" a place, "to increase strength" an impairment, "to improve functional
performance" circular (catalogue §2.4, real_notes §5.8). Words that no list knows after a
connector count as functional: uncertainty silences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.encounter.encounter import Purpose, PurposeKind
from notelint.encounter.life import HOME, IN_LIFE, PLACES, handles_clinic_things
from notelint.language.loose import loose
from notelint.language.reading import Mention, Reading, Span
from notelint.language.stopwords import is_content

_STRONG = loose(
    r"\b(?:in order (?:to|for)|so (?:that|as to|(?:pt|patient|he|she|they|client|resident|i|student)\.? (?:can|could|may|might|will|would|is|are|does|has|gets|stays|no longer|(?:ca|wo|does|do|is|would|could)n['’]?t)|(?:the |his |her |their |l |r |left |right ){0,2}(?:knees?|legs?|arms?|hands?|foot|feet|shoulder|hips?|back|neck|ankle|wrist|thumb|fingers?|trunk)\.? (?:can|could|does|do|will|wo|would|stays?|holds?|is|are|ca)(?:n['’]?t)?)|"
    r"(?:which (?:is|are) )?(?:needed|required|necessary|prerequisite|pre-requisite|precursor|foundation\w*) (?:for|to|in|during|on|with|when)|as needed to|"
    r"(?:in )?prep(?:aration|aring|ared|are)? (?:for|to)|to prepare for|for (?:the )?purpose of|with (?:the |a )?(?:goal|aim) (?:of|to)|goal of|"
    r"simulat(?:ing|es?|ed|ion of)|to simulate|mimick?(?:ing|s)?|replicat(?:ing|es?)|carry-?\s?over (?:to|into)|"
    r"toward|towards|(?:aimed|directed|geared) (?:at|to|toward|towards)|targeting|(?:designed|intended|meant|chosen|selected|picked) (?:to|for)|"
    r"(?:as )?(?:it )?relat(?:es|ed|ing) to|r/t|"
    r"be able to|able to return to|return to|to get back to|"
    r"since (?:pt|patient|he|she)|because (?:pt|patient|he|she) (?:needs?|wants?|has to|must)|"
    r"(?:pt|patient|he|she) (?:needs?|must|wants?|has) (?:this |it )?(?:to|for)|"
    r"as (?:pt|patient|he|she) (?:does|needs?|must|has to|will)|"
    r"(?:because|bc|b/c|as|since) (?:pt|patient|he|she|they)(?= (?!is\b|was\b|has\b|feels\b|gets\b|reports\b|states\b|tends\b|loses\b|tires\b)[a-z]{3,}s\b)|"
    r"to get (?:through|up|in|out|on|off|down|back|into|onto|around|home|dressed|by|past)|"
    r"(?:long|far|strong|high|fast|quick\w*|wide|steady|well) enough (?:to|for)|(?:goal|aim|target|point|idea) is|to (?:last|make it|hold out|keep up|keep going) (?:through|until|to|for)|(?:job|work) (?:requires|demands?|needs|calls for|involves)|"
    r"needs? (?:~|≥|>|about |at least )?\d[\w°%.#/-]* ?(?:\w+ ){0,2}(?:to|for)|"
    r"in case (?:of|he|she|pt|they)|to (?:help|assist|aid) (?:with|w/|in)|to(?= (?:sit|stand|stnd) (?:at|for|through|in|on|with|long|longer)\b)|"
    r"to (?:let|allow|enable|help) (?:pt|patient|him|her|them|resident|client|student))(?=\s|$)"
    r"|(?<=[;.,])\s?aim(?:ed)?(?=\s(?:to|at|dec|inc|for|pull|full|more|less|better|improved?|reduced?)\b)"
    r"|(?:^|(?<=[\s.;(–-]))(?:purpose|rationale|reason|functional goal|function|why|aim|intent|focus|what for|(?:^|(?<=\n))for)(?: (?:for |of )?(?:today|session|tx|visit))?\s?[:=–-]"
)
#: A stretch without any of these holds no strong connector: cheaper to see than by the pattern.
_STEMS = (
    "order", "so", "need", "requir", "necess", "requis", "precurs", "foundat", "prep", "purpose",
    "goal", "aim", "enough", "point", "idea", "to last", "make it", "hold out", "to keep", "simul", "mimic", "replic", "carry", "toward", "relat", "r/t", "able", "return",
    "back", "since", "because", "must", "want", "has ", "does", "will", "help", "let",
    "to sit", "to stand", "to stnd", "in case", "allow", "enable", "assist", "aid", "direct", "gear", "target", "design", "intend", "meant",
    "chosen", "select", "pick", "rational", "reason", "function", "why", "intent", "because", "bc", "b/c",
    " get", "demand", "involv", "job", " as",
)  # fmt: skip
#: Connectors that open a purpose only where a function follows ("→ stairs", "like the bus step").
_LINK = loose(
    r"(?:→|-+>|=>)\s?|\bcarry-?\s?over\s?[:=–-]?\s?|"
    r"(?:\b(?:like|bc|b/c|because(?! of)|since|as(?= (?:the|his|her|their|there)\b)|(?:same|similar)(?: \w+)? (?:as|to)|match\w*|"
    r"address(?:es|ing|ed)?|supports?|supporting|works on|working on|relevant to|tied to|linked to|applies to|translates to|limits?|limiting)\s)|"
    r"\b(?:job|work|task|goal|target|function|adl|functional carry-?\s?over)\s?[:=]\s?"
)
_LINK_STEMS = (
    "→", "->", "=>", "carry", "like", "bc", "b/c", "because", "since", " as",
    "same", "similar", "match", "address", "support", "works", "working", "relevant", "tied", "linked",
    "applies", "translates", "limit", "job", "work", "task", "goal", "target", "function", "adl",
)  # fmt: skip
_TO = loose(r"\bto (?=[a-z])")
#: "For strength to climb": what a capacity is for is a function.
_CAPACITY = loose(
    r"\b(?:strength|endurance|control|power|stability|balance|range|motion|rom|mobility|tolerance|grip|pinch|flexion|extension|speed) "
    r"(?:needed |required |enough )?$"
)
_FOR = loose(
    r"\bfo?r (?!(?:about|around|approx\w*|roughly|nearly|over|up to|at least|a total of)\.? ~?\d)(?=[a-z(]|\d{1,2}[- ]?h(?:ou)?rs?\b)"
)
_DURING = loose(r"\b(?:during|with|w/|when|while|before) (?=[a-z])")
_SUBJECT = (
    r"\s(?:the )?(?:pt|patient|client|resident|veteran|student|he|she|they)\.?\s(?=(?:then |also |next |first )?"
    r"(?:\w+ed|did|was|were|took|sat|stood|went|has|had|is|began|put|made|held|rode|ran)\b)"
)
_CLAUSE_END = loose(
    _SUBJECT
    + r"|[.;:\n]|,\s*and (?:the|his|her|he|she|i|we|then|pt|patient|therapist)\s|,\s*(?:the )?(?:pt|patient|client|resident|student|he|she|they|therapist|cga|sba|min|mod|max|vc|vcs|w/|with|x\s?\d+|\d+)\b|\s[-–—]\s|\)"
)
_NOT_PURPOSE_FOR = loose(
    r"fo?r (?:a |the |an )?(?:about |approx\w* |up to |over |total of )?(?:\d|one\b|two\b|three\b|five\b|ten\b|hep\b|home exercise|lob\b|loss of|post\w*\b(?! office)|lean|lateral|anterior|posterior|stead\w*|stab\w*|balance\b|support\b|form\b|technique\b|proper|correct|upright|hand placement|sequenc|safety\b(?! (?:with|during|when|in|while))|weight shift|pacing|breath|posture\b|placement|alignment|control\b|initiation|each|all\b|both|last|first|set-?up|visual|verbal|tactile|part|most|remainder|rest\b|review|follow|this|today|next|eval\w*|reps|step length|foot|heel|knee|trunk|midline|attention|redirection|clearance|descent|ascent|lift|forward|eccentric|speed|errors?|cueing|cues?\b|assist\w*|l\b|r\b|left|right|wt\b|push|lock\w*|brake)"
)
_AFTER_TO_NOT_PURPOSE = loose(
    r"to (?:work (?:on|toward|towards|with|at)\b|rest\b|side\b|(?:w/?c|toilet|commode|bsc|recliner|eob|edge of bed|room)\b|the |a |an |(?:yellow|red|green|blue|black|gr[ae]y)\b|her |his |their |pt'?s? |l\b|r\b|left|right|b\b|bilat\w*|both|neck|back|knee|shoulder|hip|lumbar|cervical|tolerance|fatigue|mod\b|min\b|max\b|cga|sba|s\b|i\b|\d|end range|neutral|failure|prevent lob|avoid lob|maintain balance|maintain upright|correct|keep|remember|initiate|complete|perform|start|finish|continue|lock|use|shift|hold|not|cue|tuck|lead|look|slow|pause|breathe|push|lean|follow|attend|stay|stand tall|bring|place|advance|engage|squeeze|relax|and|be|have|do|see|monitor|assess|determine|address|include|provide|facilitate|inhibit|cervical|thoracic|manual|verbal|visual|light|therapist|clinic|gym|therapy|treatment|session|tx|mat|bars|sit\b(?! (?:at|for|through|in|on|with|longer|down to|long)\b)|supine|stand\b(?! (?:at|for|in|long|longer|while)\b))"
)
_GOAL_REF = loose(
    r"\b(?:(?P<horizon>ltg|stg|lto|sto)s?|(?:short|long)[- ]term goals?|iep (?:obj(?:ective)?s?|benchmarks?)|goals?(?: (?:addressed|targeted|worked on) ?:?)?)\s*(?:#|no\.?\s?)?\s*(?P<ids>\d{1,2}[a-z]?(?:\s*(?:,|/|&|and|-)\s*\d{1,2}[a-z]?)*)\b(?!\s*(?:%|/10|lb|min|ft|degrees|deg|°|wk|week|visit|x\b))"
)

_GOAL_STEMS = ("goal", "ltg", "stg", "lto", "sto", "iep")

#: "For holding a coffee pot level": an action no list knows, and no capacity beside it.
_GERUND = loose(
    r"(?:safely |easily |independently )?(?!(?:maintain|support|stabili[sz]|assist|cue|cue?|guard|block|monitor|hold(?=ing (?:l|r|left|right|trunk|knee|pelvis)\b)|keep|correct|posi|align|balanc|strengthen|stretch|warm|cool|increas|decreas|improv|reduc|strain|lean|sway|los|foot|weight|shift|clear|sequenc|pac|breath|brac|lock|advanc|plac|time|train|condition|warm|tim|schedul|document|monitor|remain|follow|dos|ic|rest|charg|bill)\w*ing\b|(?:cueing|cuing)\b)[a-z]{3,}ing(?:\s(?=\w)|(?=\s*(?:$|[.,;:)\n])))"
)

#: How near its bracket a task stands that is the purpose of what is before the bracket.
_AT_ONCE = 8

FUNCTIONAL = ("task",)
IMPAIRMENT = ("impairment", "neuro_deficit", "gait_deviation", "body", "exercise", "technique")


def goal_refs_in(reading: Reading, start: int, end: int) -> tuple[tuple[str, Span], ...]:
    """Returns (goal id as normalised, place) of every goal reference in a stretch; found once."""
    key = ("goal_refs", start, end)
    known: tuple[tuple[str, Span], ...] | None = reading.memo.get(key)
    if known is None:
        known = reading.memo[key] = tuple(_goal_refs(reading, start, end))
    return known


def purposes_in(reading: Reading, start: int, end: int) -> tuple[Purpose, ...]:
    """Returns the purpose clauses of a statement in text order, classified; found once."""
    key = ("purposes", start, end)
    known: tuple[Purpose, ...] | None = reading.memo.get(key)
    if known is None:
        known = reading.memo[key] = _remembered(reading, start, end)
    return known


def _remembered(reading: Reading, start: int, end: int) -> tuple[Purpose, ...]:
    """The purposes of a stretch, from the memory of its passage if its words were read before."""
    placed = reading.passage_of(start, end)
    if placed is None:
        return tuple(_purposes(reading, start, end))
    begin, kept = placed.start, placed.passage.kept
    key = ("purposes", start - begin, end - begin)
    known: tuple[int, tuple[Purpose, ...]] | None = kept.get(key)
    if known is None:
        known = kept[key] = (begin, tuple(_purposes(reading, start, end)))
    moved = begin - known[0]
    if not moved or not known[1]:
        return known[1]
    return tuple(
        [
            Purpose(p.kind, Span(p.place.start + moved, p.place.end + moved), p.words, p.source)
            if p.place
            else p
            for p in known[1]
        ]
    )


def _goal_refs(reading: Reading, start: int, end: int) -> Iterator[tuple[str, Span]]:
    words = reading.lower[start:end]
    if not any(stem in words for stem in _GOAL_STEMS):
        return
    for match in _GOAL_REF.finditer(reading.lower, start, end):
        horizon = (match["horizon"] or "goal")[:3]
        prefix = {"ltg": "LTG", "lto": "LTG", "stg": "STG", "sto": "STG"}.get(horizon, "GOAL")
        if match.group().startswith("long"):
            prefix = "LTG"
        elif match.group().startswith("short"):
            prefix = "STG"
        for number in re.findall(r"\d{1,2}[a-z]?", match["ids"]):
            yield f"{prefix} {number}", Span(match.start(), match.end())


def _stems_of(reading: Reading) -> tuple[list[str], list[str]]:
    """The stems of strong and loose connectors that the note holds at all: few of many."""
    known: tuple[list[str], list[str]] | None = reading.memo.get(_STEMS)
    if known is None:
        words = reading.lower
        known = reading.memo[_STEMS] = (
            [stem for stem in _STEMS if stem in words],
            [stem for stem in _LINK_STEMS if stem in words],
        )
    return known


def _purposes(reading: Reading, start: int, end: int) -> Iterator[Purpose]:
    lower = reading.lower
    stems, link_stems = _stems_of(reading)
    words = lower[start:end]
    strong_there = any(stem in words for stem in stems)
    at = start
    while at < end:
        found = _next_connector(reading, at, start, end, strong_there=strong_there)
        if found is None:
            break
        cue_start, words_start, strong = found
        if lower.startswith("simulat", cue_start) and not lower[start:cue_start].strip(" \t\n-•*("):
            at = words_start
            continue  # "simulated lifting of a 15 lb box" is what was done
        stop = _CLAUSE_END.search(lower, words_start, end)
        words_end = stop.start() if stop else end
        kind = classify(reading, words_start, words_end, strong=strong)
        if kind != "functional" and _RISES.search(lower, cue_start, words_end):
            kind = "functional"
        if kind in ("impairment", "circular"):
            inner = _next_connector(
                reading, words_start, start, words_end, strong_there=strong_there
            )
            if inner and (
                (inner[2] and _is_function(reading, inner[1], words_end))
                or _GERUND.match(lower, inner[1], words_end)
            ):
                kind = "functional"  # "for strength to climb …", "endurance for holding the arm up"
        if kind != "none":
            leading = not lower[start:cue_start].strip(" \t\n-•*(\"'“,")
            yield Purpose(
                kind, Span(cue_start, words_end), reading.text[cue_start:words_end],
                "leading" if leading else "trailing",
            )  # fmt: skip
            at = max(words_end, words_start + 1)
        else:
            at = words_start + 1
    if any(stem in words for stem in link_stems):
        yield from _links(reading, start, end)
    if "(" in words:
        yield from _bracketed(reading, start, end)
    if "[" in words:
        yield from _remarked(reading, start, end)
    if any(arrow in words for arrow in _ARROWS):
        yield from _pointed(reading, start, end)


def _bracketed(reading: Reading, start: int, end: int) -> Iterator[Purpose]:
    """A bracket that opens with a task ("SLR 2# 3x10 (stairs)")."""
    at = reading.lower.find("(", start, end) + 1
    while at:
        if reading.has_mention(at, min(at + _AT_ONCE, end), "task") and (
            _reaches_task(reading, at, end, False)
        ):
            stop = _CLAUSE_END.search(reading.lower, at, end)
            words_end = stop.start() if stop else end
            yield Purpose("functional", Span(at - 1, words_end), reading.text[at - 1 : words_end])
        elif _OF_LIFE.match(reading.lower, at, end):
            close = reading.lower.find(")", at, end)
            yield Purpose("functional", Span(at - 1, close), reading.text[at - 1 : close])
        at = reading.lower.find("(", at, end) + 1


#: "For desk tolerance", "for the garden": what follows at once is a place of life.
_PLACE_FIRST = loose(r"(?:(?:the|his|her|their|a) )?" + PLACES)
#: A bracket of a few words with a place of life ("(night bathroom trips)").
_OF_LIFE = loose(r"(?=[^()\d,;]{5,40}\))[^()]*\b" + PLACES + r"[^()]*\)")
#: A remark in square brackets that closes an item.
_REMARK = re.compile(r"\[(?P<words>[^\[\]\n]{6,80})\]")


def _remarked(reading: Reading, start: int, end: int) -> Iterator[Purpose]:
    """A remark in square brackets that says what an item is for ("[balance with the lights off]")."""
    for match in _REMARK.finditer(reading.lower, start, end):
        low, high = match.span("words")
        if reading.has_quantity(low, high):
            continue
        if classify(reading, low, high, strong=True) == "functional":
            yield Purpose(
                "functional", Span(*match.span()), reading.text[match.start() : match.end()]
            )


_ARROWS = ("→", "->", "=>")
#: An arrow behind words, not between two values or levels.
_ARROW = re.compile(
    r"(?<![\d%#\"'°])(?<!\bmin)(?<!\bmod)(?<!\bmax)(?<!cga)(?<!sba)(?<!\ba)\)?\s(?:→|-+>|=>)\s?(?![\d~<>=+]|(?:min|mod|max|cga|sba|ind\w*|sup\w*|sit|stand|supine|w/c|mat|bed|chair|toilet|r|l|no|less|more|better|worse|none|improved|decreased|increased|same|green|red|blue|black|yellow|level)\b)(?=[a-z])"
)


def _pointed(reading: Reading, start: int, end: int) -> Iterator[Purpose]:
    """What an item points to ("seated soleus raise 4x10 @ 70 lb -> uphill march")."""
    for match in _ARROW.finditer(reading.lower, start, end):
        at = match.end()
        stop = _CLAUSE_END.search(reading.lower, at, end)
        high = stop.start() if stop else end
        if not reading.has_mention(start, match.start(), "exercise", "technique", "task"):
            continue
        if classify(reading, at, high, strong=True) == "functional":
            yield Purpose(
                "functional", Span(match.start(), high), reading.text[match.start() : high]
            )


def _is_function(reading: Reading, start: int, end: int) -> bool:
    return classify(reading, start, end, strong=True) == "functional"


def _links(reading: Reading, start: int, end: int) -> Iterator[Purpose]:
    """Looser connectors: a purpose only where a task follows at once ("→ stairs", "like a curb")."""
    for match in _LINK.finditer(reading.lower, start, end):
        at = match.end()
        stop = _CLAUSE_END.search(reading.lower, at, end)
        words_end = stop.start() if stop else end
        if not _reaches_task(reading, at, end, False) and (
            classify(reading, at, words_end, strong=False) != "functional"
            and not HOME.search(reading.lower, at, words_end)
            and " home" not in reading.lower[at - 1 : words_end]
        ):
            continue
        place = Span(match.start(), words_end)
        yield Purpose("functional", place, reading.text[place.start : place.end])


def _next_connector(
    reading: Reading, at: int, start: int, end: int, *, strong_there: bool
) -> tuple[int, int, bool] | None:
    lower = reading.lower
    best: tuple[int, int, bool] | None = None
    strong = reading.search(_STRONG, at, end) if strong_there else None
    if strong:
        best = (strong.start(), strong.end(), True)
    for pattern, refuse in ((_TO, _AFTER_TO_NOT_PURPOSE), (_FOR, _NOT_PURPOSE_FOR)):
        for match in pattern.finditer(lower, at, end):
            if best and match.start() >= best[0]:
                break
            leading = not lower[start : match.start()].strip(" \t\n-•*(\"'“,")
            if _SEEN.search(lower, max(0, match.start() - 24), match.start()):
                continue  # "seen for ther act": what the visit was
            if pattern is _TO and _goes_there(lower, start, match.start()):
                continue
            if (
                refuse.match(lower, match.start(), end)
                and not _reaches_task(reading, match.end(), end, leading)
                and not (pattern is _FOR and _reaches_life(reading, match.end(), end))
                and not _OWN_SEAT.match(lower, match.end(), end)
                and not (pattern is _FOR and leading and _WHOLE.match(lower, match.end(), end))
            ):
                continue
            if _after_help(reading, start, match.start()) and not _reaches_task(
                reading, match.end(), end, False
            ):
                continue
            capacity = _CAPACITY.search(lower, max(start, match.start() - 24), match.start())
            opens = leading and (_OPENS if pattern is _TO else _WHOLE).match(
                lower, match.end(), end
            )
            best = (match.start(), match.end(), bool(capacity or opens))
            break
    return best


#: An infinitive that opens a sentence and a colon closes, or the subject ("To trust it on grass: …").
_OPENS = re.compile(
    r"[^.;:\n]{8,110}(?::|,\s(?:the\s)?(?:pt|patient|client|resident|student|he|she|we|i)\b)"
)
#: A sentence that is nothing but what the one before it was for ("For knee control coming down steps.").
_WHOLE = re.compile(
    r"(?!(?:\d|hep\b|home ex|next|this|today|the (?:next|first|last|rest)|all\b|each\b|both\b|about|approx|one|two|three|five|ten))[^.;:,\d]{12,70}\.?$"
)
#: "To stand from his low couch": a seat of the patient's own.
_OWN_SEAT = loose(
    r"(?:stand|rise|sit|get)(?: up| down)? (?:from|off|out of|in|on|onto|into) (?:the )?(?:(?:his|her|their|own|low|lower|deep|soft) )+(?:seat|chair|floor|couch|sofa|recliner|bed|toilet|commode|car|tub|ground|pew|bench|truck|van)\b"
)
#: "Transfers to the tub bench", "walked to the dining room": where to, not what for.
_MOVES = loose(
    r"\b(?:transfers?|transferr(?:ed|ing)|xfers?|xfrs?|walk(?:s|ed|ing)?|ambulat(?:ed|ing|ion)|amb|propel\w*|went|stepped|stepping|moved|pivot\w*|(?:returned|escorted|taken|brought|wheeled|transported|pushed)(?: back)?)\s$"
)
_THERE = loose(
    r"to (?:and from |/from )?(?:the|a|an|her|his|their|toilet|bed|chair|mat|tub|car|wc|w/c|wheelchair|commode|bsc|couch|recliner|shower|sink|bathroom|kitchen|dining|gym|hallway|room)\b"
)
#: How far before a place the verb that leads there begins, at most.
_TO_THERE = 18


def _goes_there(lower: str, start: int, at: int) -> bool:
    return bool(_MOVES.search(lower, max(start, at - _TO_THERE), at) and _THERE.match(lower, at))


def _reaches_task(reading: Reading, at: int, end: int, leading: bool) -> bool:
    """Whether a functional task follows a doubtful connector within a few words."""
    stop = _CLAUSE_END.search(reading.lower, at, end)
    limit = min(stop.start() if stop else end, at + (70 if leading else 34))
    return any(
        m.is_a(*FUNCTIONAL) and not m.is_a("exercise")
        for m in reading.mentions_in(at, limit, "task")
        if not reading.lower[at : m.start].strip().startswith(("sit", "stand"))
    )


_SEEN = loose(
    r"\b(?:seen|(?:brought|taken|came|went|wheeled|walked|escorted|transported) to (?:the )?(?:gym|clinic|room|table|department|dept|therapy|kitchen)) $"
)
#: How long or how often, which no place makes a purpose.
_AMOUNT = loose(
    r"(?:an?|one|two|three|four|five|ten|each|all|both|most|last|first|part|remainder|rest)\b"
)


def _reaches_life(reading: Reading, at: int, end: int) -> bool:
    """Whether a place of life follows "for" within a few words ("for L stance in kitchen turns")."""
    if _AMOUNT.match(reading.lower, at):
        return False
    stop = _CLAUSE_END.search(reading.lower, at, end)
    return bool(IN_LIFE.search(reading.lower, at, min(stop.start() if stop else end, at + 34)))


def _after_help(reading: Reading, start: int, at: int) -> bool:
    """Whether help or a cue stands right before ("CGA for …", "VC to …"): its reason, no purpose."""
    before = [m for m in reading.mentions_in(max(start, at - 32), at) if m.end <= at]
    return any(
        m.is_a("assist", "cue", "assist_unspecified")
        and not reading.text[m.end : at].strip(" x0123456789()")
        for m in before
    )


def classify(reading: Reading, start: int, end: int, *, strong: bool) -> PurposeKind:
    """Says what the words after a connector are about."""
    kinds = set()
    covered = [m for m in reading.mentions_in(start, end) if m.end <= end]
    practice = handles_clinic_things(covered)
    for mention in covered:
        if practice and mention.has_tag("lifting"):
            continue
        if mention.is_a("circular_purpose"):
            kinds.add("circular")
        elif (
            mention.is_a(*FUNCTIONAL)
            and not mention.is_a("impairment")
            and (_names(reading, mention) or (strong and _is_doing(reading, mention)))
        ) or (mention.is_a("object") and mention.has_tag("household")):
            kinds.add("functional")
        elif mention.is_a("impairment", "neuro_deficit", "gait_deviation"):
            kinds.add("impairment")
        elif mention.is_a("body", "exercise", "technique"):
            kinds.add("weak_impairment")
    if "functional" in kinds or (kinds and _within_task(reading, start, end)):
        return "functional"
    if (kinds or strong) and any(
        words.search(reading.lower, start, end) for words in (IN_LIFE, _POSTURES, _RISES)
    ):
        return "functional"
    if not kinds and _GERUND.match(reading.lower, start, end):
        return "functional"
    if not kinds and HOME.search(reading.lower, start, end):
        return "functional"
    if _OWN_SEAT.match(reading.lower, start, end) or _PLACE_FIRST.match(reading.lower, start, end):
        return "functional"
    unknown = _unknown_words(reading, start, end, covered)
    if unknown and (strong or _opens_with_verb(covered, start)):
        return "functional"
    if "impairment" in kinds or (
        "weak_impairment" in kinds and (strong or _opens_with_verb(covered, start))
    ):
        return "impairment"
    if "circular" in kinds:
        return "circular"
    if unknown and strong:
        return "functional"
    return "none"


#: "Trunk control on R with gait", "strength for standing and walking", "falls when turning": what the
#: capacity is used in.
_USED_IN = loose(
    r"\b(?:with|w/|during|in|on|for|when|while) (?:(?:standing|turning|bending|moving|sitting|stance|swing|sit|stand|walking|bed mobility) (?:and|or|&) |her |his |the |functional )?$"
)


#: How long somebody can sit, stand or walk is what a day is made of.
_POSTURES = loose(
    r"\b(?:sit|sitting|stand|standing|walk|walking|upright)(?: (?:and|or|&) (?:sitting|standing|walking))? (?:activity )?tol(?:erance)?\b"
)


#: "Strength to rise from a low seat", "power for getting out of the recliner".
_RISES = loose(
    r"\b(?:ris(?:e|es|ing)|(?:get|gets|getting|stand|stands|standing) (?:up|out|off))\b(?: and down)? (?:from|off|out of|of) (?:(?:a|an|the|his|her|their|low|lower|deep|soft) )*(?:seat|chair|floor|couch|sofa|recliner|bed|toilet|commode|car|tub|ground|pew|bench)\b"
)


def _within_task(reading: Reading, start: int, end: int) -> bool:
    """Whether a capacity is named with the task that it is used in."""
    return any(
        m.start > start and _USED_IN.search(reading.lower, start, m.start)
        for m in reading.mentions_in(start, end, "task")
        if not m.is_a("exercise")
    )


def _names(reading: Reading, mention: Mention) -> bool:
    """Whether a task names one ("bed mobility"), not a domain that only modifies ("gait")."""
    return not mention.is_a("generic_modifier") or " " in reading.lower[mention.start : mention.end]


#: Words that modify ("gait training") and, behind "needed for", are the function itself.
_DOINGS = frozenset(
    {
        "walking",
        "ambulation",
        "transfers",
        "transferring",
        "dressing",
        "bathing",
        "toileting",
        "stairs",
    }
)


def _is_doing(reading: Reading, mention: Mention) -> bool:
    return reading.lower[mention.start : mention.end] in _DOINGS


def _opens_with_verb(covered: list[Mention], start: int) -> bool:
    return any(m.is_a("purpose") and m.has_tag("verb") and m.start - start < 12 for m in covered)


def _unknown_words(reading: Reading, start: int, end: int, covered: list[Mention]) -> int:
    count = 0
    for word in reading.words_in(start, end):
        if any(m.start <= word.start < m.end for m in covered):
            continue
        told = reading.lower[word.start : word.end]
        if told not in _PLANS and is_content(told):
            count += 1
    return count


#: The document that holds the goals names none of them ("toward IEP goals").
_PLANS = frozenset({"iep", "ifsp", "poc"})
