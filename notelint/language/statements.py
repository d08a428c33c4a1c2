"""Cuts a note into statements: sentences, bullets and rows, by line and regex.

A wrapped line continues the statement above it. ``Pt.``, ``min.``, ``ft.``, ``Cont.`` end no
sentence. A statement under a label or a list opener knows its parent.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from notelint.language.reading import LONGEST_STATEMENT, Placed, Section, Span

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|$)")
_BULLET = re.compile(
    r"[ \t\xa0]*(?:[-*•·▪●◦>→➤–—]+[ \t]*|\d{1,2}[.)][ \t]+|[a-h][.)][ \t]+|\(\d\)[ \t]*|\[[ xX]?\][ \t]*)"
)
_LABEL = re.compile(r"[^\n:.;!?]{1,60}:(?=\s|$|,)")

# A full stop ends a sentence before a space and a capital, digit, quote or bracket, or at ``.,``
# of comma-joined transcripts; ``;`` and `` · `` part statements of their own only in rows.
_STOP = re.compile(
    r"(?<![.!?])[.!?]++[\"'”’)\]]*+(?=\s|,|$)|(?<=[a-z0-9)])\s+[·•]\s+|(?<=\s\s)[•·]\s*|(?<=\S)\s+//+(?=\s)(?!\s+[Bb][Aa][Rr])"
)
_NEVER = frozenset({
    "pt", "cont", "approx", "req", "amb", "no", "dec", "inc", "ex", "vs", "dr", "mr", "ms", "mrs",
    "y.o", "e.g", "i.e", "fig", "st", "ther", "eval", "ind", "indep", "ambul", "bil", "bilat",
    "ext", "flex", "abd", "add", "str", "mod", "max", "a.m", "p.m", "esp", "incl", "resp", "w",
    "gr", "hx", "h.o", "c.o", "s.p", "m.s", "ph.d", "jr", "ccc", "prog", "assist", "w/c", "avg",
    "lat", "alt", "equip", "recip", "approp", "ant", "post", "sup", "inf", "med", "diff", "perf", "comp", "min.a", "u",
})  # fmt: skip
_UNIT = frozenset({
    "min", "mins", "ft", "sec", "secs", "reps", "rep", "lb", "lbs", "in", "hr", "hrs", "wk", "wks",
    "mo", "deg", "yr", "yrs", "x", "temp", "kg", "r", "l", "b", "s",
})  # fmt: skip
_CLAUSE = re.compile(
    r"[,;]\s*(?!\d{3}\b)|\s[-–—]\s|\s(?:and then|then|but|while|however|although|followed by)\s|\s*\|\s*|\t|\s&\s|\s\+\s"
)
# A line that begins with a procedure code begins a service.
_CODE_HEAD = re.compile(r"\(?(?:cpt\s?:?\s?)?(?:9[27]\d{3}|[gG]0283|96125|95992)\b", re.I)
#: So does one that begins with the number of a goal ("LTG 2", "G2 (by 12/15)") or its label and date
#: ("STG, 3 wks:"), and one that says how often therapy will be ("Freq 2x/wk x 10 wks").
_GOAL_HEAD = re.compile(
    r"(?:ltg|stg|lto|sto|goal)s?[ \t]?#?\d|g\d{1,2}[ \t]?[(:.)–-]|(?:ltg|stg|lto|sto)s?(?:[ \t]?[,(][ \t]?|[ \t])(?:[a-h][ \t:]|by[ \t]|in[ \t]|within[ \t]|\d)"
    r"|(?:freq(?:uency)?|poc|plan|services?|tx|treatment|therapy|pt|ot|st|slp)\b[^\n.;]{0,20}?\b\d{1,2}[ \t]?(?:x|times)[ \t]?(?:/|a|per|wk|week|daily)",
    re.I,
)
_CONNECTS = re.compile(
    r"(?:(?<!\bmin )(?<!\bmod )(?<!\bmax )\ba|\b(?:with|for|to|and|of|in|on|the|an|w|or|from|at|by|x|her|his|their|during|while|after|per|as|is|was|were|be|that|which|than|under|into|over|via|due|because)|[,/&+(-]|w/)\s*$",
    re.I,
)

#: "Core  fair-", "strength 4+": a grade, and no word that goes on.
_GRADED = re.compile(r"(?:\b(?:fair|good|poor|normal|trace|[FGPN])|\d)[ \t]?[+-]$", re.I)
#: The words that join a line to the next, and abbreviations before a stop, are shorter than this.
_LAST_WORD = 16


class Piece(NamedTuple):
    """A raw statement: its span, whether it is a bullet or row, its indent, its section."""

    start: int
    end: int
    section: int
    bullet: bool
    indent: int
    line: int
    ends_with_colon: bool


#: How sentences begin in this note: dictation and shorthand may never use a capital.
_LOWER_START = re.compile(r"(?:[a-z]{3}|\bok)[.] +[a-z]")
_UPPER_START = re.compile(r"[a-z0-9)][.] +[A-Z]")


def pieces_of(
    text: str, sections: tuple[Section, ...], passages: Sequence[Placed] = ()
) -> list[Piece]:
    """Returns the raw statements of a note in order; a line's are remembered with its passage."""
    at = 0
    found: list[Piece] = []
    lines = _lines(text)
    line_ends = [end for _, end in lines]
    wrapped = frozenset(_hard_wrapped(text, lines))
    lower_case = len(_LOWER_START.findall(text)) > len(_UPPER_START.findall(text))
    lower_lines = _begins_lower(text, lines)
    widest = _margin(lines)
    longest = max((end - start for start, end in lines), default=0) if len(lines) > _PAIR else 0
    for number, section in enumerate(sections):
        first = bisect_left(line_ends, section.body_start)
        for start, end, bullet, indent, line in _logical_lines(
            text,
            section,
            lines,
            first,
            wrapped,
            lower_lines=lower_lines or (section.kind == "goals" and _lists(text, section)),
            widest=widest,
            longest=longest,
        ):
            while at < len(passages) and passages[at].end <= start:
                at += 1
            placed = passages[at] if at < len(passages) else None
            for a, b, colon in _told(text, start, end, placed, lower_case=lower_case):
                found.append(
                    Piece(start + a, start + b, number, bullet and not a, indent, line, colon)
                )
    return found


def _told(
    text: str, start: int, end: int, placed: Placed | None, *, lower_case: bool
) -> tuple[tuple[int, int, bool], ...]:
    """The sentences of a line by offsets in it, and whether each ends with a colon or a dash."""
    within = placed is not None and placed.start <= start and end <= placed.end
    key = ("sentences", start - placed.start, end - placed.start, lower_case) if placed else ()
    if within and placed:
        known: tuple[tuple[int, int, bool], ...] | None = placed.passage.kept.get(key)
        if known is not None:
            return known
    found = tuple(
        [
            (a - start, b - start, text[a:b].rstrip().endswith((":", ":-", "–", " -")))
            for a, b in _sentences(text, start, end, lower_case=lower_case)
        ]
    )
    if within and placed:
        placed.passage.kept[key] = found
    return found


def clauses_of(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Returns the clauses of a statement: between commas, semicolons, dashes and conjunctions."""
    spans: list[Span] = []
    at = start
    for cut in _CLAUSE.finditer(text, start, end):
        if cut.start() > at:
            spans.append(Span(at, cut.start()))
        at = cut.end()
    if at < end:
        spans.append(Span(at, end))
    return tuple(spans) or (Span(start, end),)


def label_of(text: str, start: int, end: int) -> int:
    """Returns the end of a leading ``label:``, or ``start`` when there is none."""
    match = _LABEL.match(text, start, end)
    if match is None or len(text[start : match.end()].split()) > 7:
        return start
    return match.end()


def _lines(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for match in _LINE.finditer(text):
        if match.start() == match.end() == len(text) and found:
            break
        end = match.end()
        while end > match.start() and text[end - 1] in "\r\n":
            end -= 1
        found.append((match.start(), end))
    return found


#: Lines of this length and share are a paragraph that was wrapped at a margin.
_MARGIN = range(40, 111)
_LEAST_LINES, _LEAST_SHARE = 3, 0.75
#: A line of this length may go on below because it was full.
_FULL = 62
#: In a note of so many lines, one shorter than this was ended by its author.
_SHORT, _MANY = 36, 5
#: Of so few lines none shows the width of a margin.
_PAIR = 3
#: A line that fills less of the longest one's width than this was not wrapped there.
_ROOMY = 0.6
#: Words that go on with a sentence wherever its line was broken.
_JOINS = frozenset(
    """for with w/ and or to of in on at by from since because so that which who but as than then while
    when after before due secondary the a an her his their is are was were has had x s/p d/t & until if
    not no""".split()
)
#: Sections whose lines are items of the session.
_TREATED = frozenset({"objective", "treatment", "body"})


#: A note of so many lines may have a title.
_TITLED = 6


def _begins_lower(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether the author begins lines in lower case, so that a small letter joins no lines."""
    firsts = [text[start:end].lstrip()[:1] for start, end in lines]
    letters = [first for first in firsts if first.isalpha()]
    if len(letters) >= _TITLED and letters[0].isupper():
        letters = letters[1:]  # a title
    lower = sum(first.islower() for first in letters)
    return bool(letters) and letters[0].islower() and lower >= 0.7 * len(letters)


def _lists(text: str, section: Section) -> bool:
    """Whether a section of goals has one a line, all in small letters and none of a line's width."""
    lines = text[section.body_start : section.end].splitlines()
    written = [line.strip() for line in lines if any(c.isalnum() for c in line)]
    return len(written) > 1 and all(line[0].islower() and len(line) < _FULL for line in written)


def _hard_wrapped(text: str, lines: list[tuple[int, int]]) -> Iterator[int]:
    """Yields the numbers of lines that only go on because the line above was full.

    A paragraph is hard-wrapped when, at nearly every break, the next word would not have fitted.
    """
    paragraph: list[int] = []
    for number in [*range(len(lines)), -1]:
        if number >= 0 and text[lines[number][0] : lines[number][1]].strip():
            paragraph.append(number)
            continue
        if len(paragraph) >= _LEAST_LINES and _is_wrapped(text, [lines[n] for n in paragraph]):
            yield from paragraph[1:]
        paragraph = []


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    margin = max(end - start for start, end in lines)
    if margin not in _MARGIN:
        return False
    full = 0
    for (start, end), (below, below_end) in pairwise(lines):
        word = text[below:below_end].split(maxsplit=1)[0]
        full += end - start + 1 + len(word) > margin
    return full >= _LEAST_SHARE * (len(lines) - 1)


def _logical_lines(
    text: str,
    section: Section,
    lines: list[tuple[int, int]],
    first: int,
    wrapped: frozenset[int],
    *,
    lower_lines: bool,
    widest: int,
    longest: int,
) -> Iterator[tuple[int, int, bool, int, int]]:
    """Yields (start, end, bullet, indent, line) with wrapped lines joined, from line ``first`` on."""
    open_line: tuple[int, int, bool, int, int] | None = None
    for number in range(first, len(lines)):
        line_start, line_end = lines[number]
        if line_start > section.end:
            break
        a, b = max(line_start, section.body_start), min(line_end, section.end)
        if b <= a and not (line_start <= section.body_start <= line_end and b == a):
            if line_end > section.body_start and line_start < section.end and open_line:
                yield open_line
                open_line = None
            continue
        content = text[a:b]
        if not content.strip() or _RULE.fullmatch(content):
            if open_line:
                yield open_line
                open_line = None
            continue
        bullet = _BULLET.match(content)
        offset = bullet.end() if bullet else len(content) - len(content.lstrip())
        start = a + offset
        end = a + len(content.rstrip())
        field = _LAST_FIELD.search(text, start, end)
        if field is not None:
            end = field.start()
        if end <= start:
            continue
        indent = len(content) - len(content.lstrip())
        if (
            open_line
            and not bullet
            and (
                (number in wrapped and not _LABEL.match(text, start, end))
                or _continues(
                    text,
                    open_line,
                    start,
                    end,
                    lines[number - 1],
                    lower_lines=lower_lines,
                    many=len(lines) >= _MANY and section.kind in _TREATED,
                    widest=widest,
                    longest=longest,
                )
            )
        ):
            open_line = (open_line[0], end, open_line[2], open_line[3], open_line[4])
            continue
        if open_line:
            yield open_line
        open_line = (start, end, bullet is not None, indent, number)
    if open_line:
        yield open_line


#: A field for remarks that nobody filled, at the end of a line ("Plan: [x] continue POC   Comment:").
_LAST_FIELD = re.compile(
    r"(?<=\S)[ \t]{2,}(?:comments?|free text|other|notes?|explain|details|describe|specify)[ \t]?:[ \t_]*$",
    re.I,
)
#: A line of marks parts what stands above it from what stands below.
_RULE = re.compile(r"[ \t]*[-–—=_*~·.]{5,}[ \t-]*\r?")
#: A line that opens with a total of time is told by itself.
_TIME_HEAD = re.compile(
    r"(?:total|timed|untimed|ttl|tot|ttm|time in|time)\b[^\n\d]{0,44}\d|\d{1,3}[ \t]?(?:min(?:ute)?s?[ \t])?(?:timed|total)\b",
    re.IGNORECASE,
)


#: So is a name with a credential ("M. Delacroix, PTA").
_SIGNED = re.compile(
    r"(?:[-–—~/]+[ \t]?)?(?:[A-Z][\w'’.-]*,?[ \t]+){1,4}(?:L?PTA|D?PT|MPT|LPT|PT|COTA(?:/L)?|OTR(?:/L)?|OTD|OT|M\.?[AS]\.?,?[ \t]CCC[-/ ]SLP|CCC[-/ ]SLP|SLP)\b[^\n:;]{0,24}"
)


#: So is one that opens with its minutes and the letters of a service ("15' TE - …").
_TIMED_ITEM = re.compile(
    r"\d{1,3}[ \t]?(?:'|min(?:ute)?s?\b)[ \t]*(?:of[ \t]+)?[A-Z]{2,4}\b[ \t]*[-–:]"
)


#: A line that closes with a service and its minutes is whole ("LAQ, marching 2x15 - TA 15 min").
_CLOSED = re.compile(
    r"[-–—][ \t]?(?:9\d{4}|[A-Z]{2,4})[ \t,:x-]{0,3}\d{1,3}[ \t]?(?:min(?:ute)?s?|['’])\)?$"
)


#: How much further in a cell that was wrapped goes on, and what parts the cells of a row.
_WRAPPED = 10
_GAPS = re.compile(r"\S[ \t]{3,}(?=\S)")


def _continues(
    text: str,
    above: tuple[int, int, bool, int, int],
    start: int,
    end: int,
    previous: tuple[int, int],
    *,
    lower_lines: bool,
    many: bool,
    widest: int,
    longest: int,
) -> bool:
    """Whether a line goes on with the statement above it."""
    indent = start - text.rfind("\n", 0, start) - 1
    if indent - above[3] >= _WRAPPED and len(_GAPS.findall(text, above[0], previous[1])) > 1:
        return True  # the last cell of a row goes on below it
    last = text[above[1] - 1]
    if last in ".!?:;" and not abbreviated(text, above[1] - 1):
        return False
    first = text[start]
    if last == "." and first.isupper() and _word_before(text, above[1] - 1) not in _LEVEL_WORDS:
        return False
    if "\t" in text[start:end] or "|" in text[start:end]:
        return False
    if _CODE_HEAD.match(text, start, end) or _GOAL_HEAD.match(text, start, end):
        return False
    if _SIGNED.fullmatch(text, start, end):
        return False
    if _CLOSED.search(text, above[0], above[1]):
        return False
    if _TIME_HEAD.match(text, start, end) or _TIMED_ITEM.match(text, start, end):
        return False
    if (
        not above[2]
        and start - text.rfind("\n", 0, start) - 1 < above[3]
        and not text[text.rfind("\n", 0, above[0]) + 1 : above[0]].strip()
        and (previous[1] - previous[0] < _FULL or _LABEL.match(text, above[0], above[1]))
    ):
        return False  # a line of its own below what stands indented
    if start - text.rfind("\n", 0, start) - 1 > above[3] and _CODE_HEAD.match(text, above[0]):
        return False  # what stands indented below a code is an item of its own
    if _CONNECTS.search(text, max(above[0], above[1] - _LAST_WORD), above[1]) and not (
        _GRADED.search(text, max(above[0], above[1] - _LAST_WORD), above[1])
    ):
        return True
    label = _LABEL.match(text, start, end)
    if label and label.end() - start < 40:
        return False
    length = previous[1] - previous[0]
    word = len(text[start:end].split(maxsplit=1)[0])
    if (
        first.islower()
        and length < _FULL
        and length + 1 + word < _ROOMY * longest
        and text[start : start + word].lower().strip(",.") not in _JOINS
    ):
        return False  # a margin of the longest line had left room for the next word
    if first.islower() and not lower_lines and not (many and previous[1] - previous[0] < _SHORT):
        return not (len(text[start:end].split()) <= 2 and last.isdigit())
    if lower_lines and indent <= above[3] and length + 1 + word <= widest:
        return False  # the next word had found room
    return length >= _FULL and (first.isalnum() or first in "\"'(“") and length + 1 + word > widest


#: So near the longest line comes another where a margin wraps both.
_NEAR = 12


def _margin(lines: list[tuple[int, int]]) -> int:
    """The width at which a note may have been wrapped, or more than any where nothing shows one: its
    lines are longer than a margin, or the longest has none like it."""
    lengths = sorted(end - start for start, end in lines)
    if len(lengths) < 2 or lengths[-1] not in _MARGIN or lengths[-1] - lengths[-2] > _NEAR:
        return LONGEST_STATEMENT
    return lengths[-1]


#: Abbreviations that a capital goes on with on the next line ("min.\\nA", "Dr.\\nLee").
_LEVEL_WORDS = frozenset({"min", "mod", "max", "dr", "mr", "mrs", "ms", "vs", "st", "ther"})


def abbreviated(text: str, stop: int) -> bool:
    """Whether the full stop at an offset belongs to an abbreviation."""
    word = _word_before(text, stop)
    if word in _SIDES and _BOTH.search(text, max(0, stop - 8), stop - 1):
        return False  # "cone stacking R and L. Sit to stand …", "2x15 ea B. Returned to room"
    if word in _UNIT and _COUNTED_OFF.search(text, max(0, stop - len(word) - 6), stop - len(word)):
        return False
    return word in _NEVER or word in _UNIT


_SIDES = frozenset({"r", "l", "b"})
_BOTH = re.compile(r"(?:\band|&|/|\bto|\bea|\beach)\s?$", re.I)
#: "Will cont next wk.": no number stands before the unit, and the sentence is over.
_COUNTED_OFF = re.compile(r"\b(?:next|this|last|per|each|every|a)\s$", re.I)


def _word_before(text: str, stop: int) -> str:
    at, least = stop, max(0, stop - _LAST_WORD)
    while at > least and (text[at - 1].isalpha() or text[at - 1] in "./"):
        at -= 1
    return text[at:stop].lower().strip(".")


def _sentences(text: str, start: int, end: int, *, lower_case: bool) -> Iterator[tuple[int, int]]:
    at = start
    for stop in _STOP.finditer(text, start, end):
        after = stop.end()
        if stop.group() == "!" and _word_before(text, stop.start()) == "p":
            continue  # "p!" is pain
        if stop.group()[0] == "." and not _ends_sentence(text, stop, start, end, lower_case):
            continue
        piece_end = stop.end() if stop.group().strip() else stop.start()
        if stop.group().strip() in ("·", "•") or "//" in stop.group():
            piece_end = stop.start()
        yield from _trimmed(text, at, piece_end)
        at = after
        while at < end and text[at] in " \t\xa0,":
            at += 1
    yield from _trimmed(text, at, end)


def _ends_sentence(text: str, stop: re.Match[str], start: int, end: int, lower_case: bool) -> bool:
    at = stop.start()
    after = stop.end()
    rest = text[after : after + 3]
    word = _word_before(text, at)
    if rest.startswith(","):
        return word not in _DEGREES and word not in _UNIT
    follows = text[after:end].lstrip()[:1]
    if not follows:
        return True
    if text[at - 1].isdigit() and _ENUMERATES.search(text, max(start, at - 12), at):
        return False  # "… in 3 wks. 2. Walk …", "Goal 1. Walk …"
    if text[at - 1].isdigit() and follows.isdigit() and not rest.startswith((" ", "\n", "\r")):
        return False
    if word in _DISCIPLINES and _SKILLED.search(text, max(start, at - 24), at):
        return follows.isupper()
    if word in _ENDS_TOO:
        return follows.isupper()
    if word in _NEVER:
        return bool(_NEW_SUBJECT.match(text, after, end)) and word not in _TITLES
    if word in ("tx", "rx"):
        return follows.isupper()
    if follows.isdigit() and _NEXT_CODE.match(text, after, end):
        return True  # "…, 97530, 15 min. 97116 15 min: gait 150 ft"
    if follows.islower() and word not in _UNIT and _NEXT_TIME.match(text, after, end):
        return True  # "Cont w/ POC. total 45 min"
    if follows.islower() and _NEXT_ITEM.match(text, after, end):
        return word not in _UNIT or word in _ENDS_ITEM
    if word in _UNIT and not abbreviated(text, at):
        return True
    if word in _UNIT - _LEVELS:
        return follows.isupper()
    if word in _UNIT:
        before = text[max(0, at - len(word) - 2) : at - len(word)].rpartition("\n")[2]
        counted = any(c.isdigit() for c in before)
        if word == "in" and not counted and not before.endswith('"'):
            return follows.isupper() or lower_case  # "the aide came in. Completed …"
        if lower_case and counted and _NEXT_TOLD.match(text, after, end):
            return True
        return follows.isupper() and counted
    if len(word) == 1 and word.isalpha() and text[at - 1].isupper():
        return follows.isupper() and not _initial(text, at)
    if lower_case and follows.islower():
        return len(word) >= 2 or not word
    return not follows.islower() or text[at] in "!?" or len(word) > 5


#: What a line of items in small letters goes on with ("… minA R LE. sit>stand x2").
_NEXT_ITEM = re.compile(
    r"\s{1,3}(?:amb\b|gait\b|sit ?(?:<?-?>|to) ?st|stand ?(?:<?-?>|to) ?sit|sup(?:ine)? ?(?:<?-?>|to) ?sit|sts\b|stairs\b|(?:bed|toilet|w/?c|chair) ?(?:t/f|xfer|transf|mob)|t/f\b|xfers?\b)"
)
_NEXT_CODE = re.compile(r"\s{1,3}9\d{4}(?!\d)")
_NEXT_TIME = re.compile(r"\s{1,3}(?:total|timed|ttl|tx time|time in|time:)(?!\w)")
_ENDS_ITEM = frozenset({"l", "r", "b"})
_ENUMERATES = re.compile(
    r"(?:[.;:]\s{1,3}[1-9]|\S\s{2,}[1-9]|\b(?:goal|ltg|stg|lto|sto|#)\s?#?\d{1,2}[a-z]?)$", re.I
)
#: A stop after an abbreviation ends the sentence where a subject follows ("… contact guard assist. She also …").
_NEW_SUBJECT = re.compile(
    r"\s{1,3}(?:She|He|They|We|I|The|This|Pt|PT|Patient|Resident|Res|Client|It|Then|Also|Next|No|Her|His|After|Required|Needed)\b"
)
#: In a note without capitals these begin a sentence behind a time ("total 40 min. cont poc").
_NEXT_TOLD = re.compile(
    r"\s{1,3}(?:cont|continue|continued|plan|will|next|he|she|they|pt|patient|tolerated|tol|total|timed|no)\b"
)
#: Before a comma the stop of a degree ends nothing ("M.S., CCC-SLP").
_DEGREES = frozenset(
    {"m.s", "m.a", "ph.d", "ed.d", "m.ed", "b.s", "jr", "sr", "d.p.t", "o.t", "p.t"}
)
#: Abbreviations that end a sentence as often as not: a capital behind them begins the next.
_ENDS_TOO = frozenset({"assist", "w/c", "amb", "indep", "ind", "eval", "prog", "resp"})
#: Units whose letters also are a level or a side: "min. A" ends nothing.
_LEVELS = frozenset({"min", "mins", "in", "x", "r", "l", "b", "s", "temp"})
_DISCIPLINES = frozenset({"pt", "st"})
#: "Continued skilled PT. Cont POC": the therapy, not the patient.
_SKILLED = re.compile(
    r"\b(?:skilled|continued|further|more|ongoing|outpatient|from|by|in|with|of|to|for|and|home|requires?|needs?|attend|receive|d/c|discharge from)\s(?:pt|st)$",
    re.I,
)
_TITLES = frozenset({"dr", "mr", "ms", "mrs", "pt", "st", "vs", "no"})


def _initial(text: str, at: int) -> bool:
    """Whether the capital before a stop is an initial (``J. Smith``), not a level (``min A.``)."""
    before = text[max(0, at - 8) : at - 1].rstrip().lower()
    return not before.endswith(
        ("min", "mod", "max", "total", "cga", "hand", "vitamin", " mod", "grade")
    )


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start] in " \t\xa0\r\n,":
        start += 1
    while end > start and text[end - 1] in " \t\xa0\r\n,":
        end -= 1
    while end - start > LONGEST_STATEMENT:
        most = start + LONGEST_STATEMENT
        cut = max(text.rfind(" ", start + 1, most), text.rfind("\n", start + 1, most))
        cut = cut if cut > start else most
        yield from _trimmed(text, start, cut)
        start = cut
        while start < end and text[start] in " \t\xa0\r\n,":
            start += 1
    if start < end and any(c.isalnum() for c in text[start:end]):
        yield start, end
