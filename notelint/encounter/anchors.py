"""What minutes and units can belong to: every code and service name of a note, where it stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from notelint.encounter.codes import codes_in
from notelint.encounter.encounter import Service
from notelint.encounter.purposes import purposes_in
from notelint.language.loose import loose
from notelint.language.reading import Mention, Reading, Statement

_CODE = loose(r"9\d{4}|g\d{4}")
#: Evaluation and re-evaluation codes of the three disciplines.
EVALUATION_CODES = frozenset({
    "97161", "97162", "97163", "97164", "97165", "97166", "97167", "97168",
    "92521", "92522", "92523", "92524", "92610", "92597", "92607",
})  # fmt: skip
_EVALUATION = loose(
    r"\b(?:(?:initial |pt |ot |slp |st )?(?:re-?)?eval(?:uation)?|re-?assessment)\b"
)
#: "Exercise, 27 min", "exercise today for twenty two minutes": what the minutes were spent on.
_EXERCISE = re.compile(
    r"(?:^|(?<=[.;:|•,-])|(?<=[\n.;:|•,-] )|(?<=\bwith )|(?<=\bthen )|(?<=\band )|(?<=\bminutes of )|(?<=\bmin of ))(?:exercises?|exer|^exs?)"
    r"(?:(?<=of exercise)|(?<=of exercises)|(?=[ ,(:x–-]{1,4}(?:(?:today|was|were|took|portion|for|x|about) ){0,3}(?:\d{1,2}|(?:ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?)[ -]?(?:min|['’′])))\b",
    re.M,
)
#: "Treatment after eval (97535, 15 min)", "up from the evaluation": when it was, not what was done.
_NO_SERVICE = loose(
    r"\b(?:after|following|post|since|before|prior to|from|at|than|vs|per|until|with)\s(?:the |his |her |initial )*$"
)
#: After a two-letter name in lower case only a number makes it one ("te 15", not "te").
_NUMBERED = loose(r"\s?[:x=(-]?\s?(?:\d{2,3}\b|\d\s?min)")
_TOTALS = loose(
    r"\b(?:ttm|ttt|timed|total|ttl|tmd)\b[^.\n]{0,24}\d|\b(?:(?:tx|treatment|treated|session|visit|seen) today|today'?s (?:tx|treatment|session|visit))\b[: ]{1,3}(?:x |for |was )?\d{1,3}\s?m|\b(?:(?:time|tm) )?in\b[ :]{0,3}\d{1,2}:\d\d[^.\n]{0,24}\bout\b|\d{1,3}\s?(?:min\w*\s)?(?:timed|total)\b"
)
_SEEN = loose(r"\b(?:seen|treated|received|participated|treatment|session|tx)\b")
_NOT_BILLED = frozenset({"planned", "hypothetical", "goal", "quoted"})
_FUTURE = loose(
    r"\b(?:next|nxt|will|plan(?:ned)?|continue|cont|to include|include|progress|trial|recommend\w*|weeks?|wks?|visits?)\b|\dx/|x/wk|/wk|/week|\d\s?[wx]\s?\d\s?w"
)
_SKIPPED = frozenset(
    {"planned", "historical", "home", "quoted", "hypothetical", "goal", "report", "negated"}
)
#: Roles of statements in which neither minutes nor units of today's treatment stand.
_ELSEWHERE = frozenset({"goal", "history", "hep", "subjective", "caregiver_report"})


@dataclass(frozen=True, slots=True)
class Anchor:
    """A code or name that minutes or units may belong to.

    ``code`` is empty for a name of no one code ("balance training"). ``service`` is an index into
    the note's services, or -1. ``written`` is true where the code itself stands in the text.
    """

    start: int
    end: int
    code: str
    label: str
    service: int
    written: bool
    evaluation: bool = False


def every_anchor(reading: Reading, services: Sequence[Service]) -> tuple[Anchor, ...]:
    """Returns the anchors of a note in text order, of overlapping ones the longest.

    Those in planned and reported words are among them: ask ``is_elsewhere``.
    """
    by_code = {s.code.value: s.index for s in reversed(services) if s.code}
    by_label = {s.label.value: s.index for s in reversed(services) if s.label}
    found: list[Anchor] = []
    for quantity in codes_in(reading, 0, len(reading.text)):
        code = quantity.text[:5].upper()
        index = by_code.get(code, -1)
        found.append(
            Anchor(quantity.start, quantity.end, code, "", index, True, code in EVALUATION_CODES)
        )
    for mention in reading.mentions_in(0, len(reading.text), "service_label"):
        named = _label(reading, mention)
        if named is None:
            continue
        words = reading.lower[mention.start : mention.end]
        index = by_code.get(named, -1) if named else by_label.get(words, -1)
        found.append(
            Anchor(
                mention.start, mention.end, named, words, index, False, named in EVALUATION_CODES
            )
        )
    for match in reading.matches(_EVALUATION):
        if _NO_SERVICE.search(reading.lower, reading.back(match.start(), 20), match.start()):
            continue
        if not any(a.start <= match.start() < a.end for a in found):
            found.append(Anchor(match.start(), match.end(), "", match.group(), -1, False, True))
    for match in reading.matches(_EXERCISE):
        code = "97110" if "97110" in by_code else ""
        index = by_code.get(code, -1)
        found.append(Anchor(match.start(), match.end(), code, match.group(), index, False))
    found.sort(key=lambda a: (a.start, -a.end))
    kept = [
        a
        for i, a in enumerate(found)
        if not any(
            b.start <= a.start and a.end <= b.end and b is not a for b in found[max(0, i - 2) : i]
        )
    ]
    return tuple(a for i, a in enumerate(kept) if not _is_aim(reading, kept, i))


def _is_aim(reading: Reading, anchors: Sequence[Anchor], at: int) -> bool:
    """Whether a name only says what the service before it in its sentence is for ("97110: … for ADLs x15
    min")."""
    anchor = anchors[at]
    if anchor.written or anchor.evaluation or not at:
        return False
    statement = reading.statement_at(anchor.start)
    if statement is None or anchors[at - 1].start < statement.start:
        return False
    return any(
        p.place is not None and p.place.start < anchor.start and anchor.end <= p.place.end
        for p in purposes_in(reading, statement.start, statement.end)
    )


def _label(reading: Reading, mention: Mention) -> str | None:
    """The code of a service name ("" for a name of no one code), None where it is no name here."""
    sense = mention.sense("service_label")
    if sense is None:
        return None
    words = reading.text[mention.start : mention.end]
    if len(words) <= 2 and words.islower() and not _NUMBERED.match(reading.lower, mention.end):
        return None
    if reading.text[mention.end : mention.end + 1] in ("/", "'"):
        return None
    ahead = reading.text[max(0, mention.start - 2) : mention.start]
    if ahead.endswith("/") and ahead[:1].isalpha():  # one word of two: "self care/ADL"
        return None
    return next((t for t in sorted(sense.tags) if _CODE.fullmatch(t.lower())), "")


def is_elsewhere(reading: Reading, offset: int) -> bool:
    """Whether an offset stands among planned, historical, home or goal words.

    A statement with a code in it states what was billed, whatever part of the note it stands in,
    unless its words are of the future or the past.
    """
    return reading.once(_is_elsewhere, offset, offset)


def _is_elsewhere(reading: Reading, offset: int, _: int) -> bool:
    statement = reading.statement_at(offset)
    if statement is None:
        return False
    start, end = statement.start, statement.end
    future = statement.role in ("plan", "goal") and bool(reading.search(_FUTURE, start, end))
    if reading.has_quantity(start, end, "code"):
        return future or _not_billed(reading, offset)
    if statement.role == "subjective" and _tells_visit(reading, statement):
        return bool(reading.context_at(offset) & _SKIPPED)
    if statement.role in _ELSEWHERE or statement.role == "plan":
        return future or not _tells_time(reading, start, end)
    if statement.contexts & _SKIPPED - {"home"}:
        return True
    return bool(reading.context_at(offset) & _SKIPPED) and not _before_purpose(reading, offset)


#: Opens what the minutes were for: "10 minutes for getting up from his recliner at home".
_FOR = re.compile(r"\b(?:for|to|so|since|because)\b")


def _before_purpose(reading: Reading, offset: int) -> bool:
    """Whether the words of home that rule an offset stand in the purpose of what it tells."""
    marks = [m for m in reading.contexts if m.kind in _SKIPPED and m.start <= offset < m.end]
    return all(
        m.kind == "home" and m.cue_start > offset
        and _FOR.search(reading.lower, offset, m.cue_start)
        for m in marks
    )  # fmt: skip


def _not_billed(reading: Reading, offset: int) -> bool:
    """Whether a code stands after a word of the past, or among planned, quoted or goal words."""
    return any(
        mark.start <= offset < mark.end
        and (mark.kind in _NOT_BILLED or (mark.kind == "historical" and mark.cue_start < offset))
        for mark in reading.contexts
    )


def _tells_time(reading: Reading, start: int, end: int) -> bool:
    """A statement that states today's time in another part of the note ("P: cont. TTM 38")."""
    if _TOTALS.search(reading.lower, start, end):
        return True
    return any(
        _NUMBERED.match(reading.lower, m.end)
        for m in reading.mentions_in(start, end, "service_label")
    )


def _tells_visit(reading: Reading, statement: Statement) -> bool:
    """ "Pt was seen for gait training, 30 minutes": it begins like a report and tells the visit."""
    if reading.section_of(statement).kind == "subjective":
        return False
    return bool(_SEEN.search(reading.lower, statement.start, statement.end))


def before(anchors: Sequence[Anchor], offset: int, starts: Sequence[int]) -> Anchor | None:
    """Returns the last anchor that ends at or before an offset."""
    at = bisect_left(starts, offset) - 1
    return anchors[at] if at >= 0 and anchors[at].end <= offset else None


def following(anchors: Sequence[Anchor], offset: int, starts: Sequence[int]) -> Anchor | None:
    """Returns the first anchor that begins at or after an offset."""
    at = bisect_left(starts, offset)
    return anchors[at] if at < len(anchors) else None


def heads_box(reading: Reading, anchor: Anchor) -> bool:
    """Whether a code opens its line, or stands there behind its name ("GAIT TRAINING (97116)"), or
    a name is its whole line."""
    lower = reading.lower
    line = lower.rfind("\n", 0, anchor.start) + 1
    ahead = lower[line : anchor.start]
    if not anchor.written:
        stop = lower.find("\n", anchor.end)
        behind = lower[anchor.end : stop if stop >= 0 else len(lower)]
        return not any(c.isalnum() for c in _CODE.sub("", ahead + behind))
    if not any(c.isalnum() for c in ahead):
        return True
    named = next(reading.mentions_in(line, anchor.start, "service_label"), None)
    return (
        named is not None
        and not any(c.isalnum() for c in lower[line : named.start])
        and _NAMED.fullmatch(lower, named.end, anchor.start) is not None
    )


#: Between a name and the code behind it.
_NAMED = re.compile(r"[a-z/&, ]{0,30}[\s(\[:–—-]{1,4}(?:cpt:? ?)?")
