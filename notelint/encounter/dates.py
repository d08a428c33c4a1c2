"""Finds the dates of a note and what each one dates: the service, a signature, a birth, an event.

A date without year counts only where a label says that it is one (``3/10`` is also a score); its
year is the one nearest to a day the record knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from notelint.encounter.wording import wording
from notelint.language.reading import Quantity, Reading, Span

DateLabel = Literal["service", "today", "header", "signature", "entry", "birth", "event", "none"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<{0}>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    r"(?<![\d/.-])(?:(?P<y>(?:19|20)\d\d)[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})"
    r"|(?P<m2>\d{1,2})(?P<sep>[/.-])(?P<d2>\d{1,2})(?P=sep)(?P<y2>(?:19|20)?\d\d)"
    rf"|{_MONTH.format('mon')}\s(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s(?P<y3>(?:19|20)\d\d))?"
    rf"|(?P<d4>\d{{1,2}})\s{_MONTH.format('mon2')}\s(?P<y4>(?:19|20)\d\d)"
    r"|(?P<m5>1[0-2]|0?[1-9])/(?P<d5>3[01]|[12]\d|0?[1-9]))(?![\d/]|\.\d|-\d|\s?(?:lb|#|reps|trials|pain))"
)
# Where a date can begin at all: the grammar above is tried only there.
_CANDIDATE = re.compile(
    r"\d{1,4}(?=[/.-]\d|\s[adfjmnos][a-z]{2})|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?=[a-z]{0,6}\.?\s\d)"
)
# Words near a date without year that can make it one; most such numbers are scores.
_HINT = re.compile(
    r"dos|d\.o\.s|dat|seen|visit|today|sign|treat|entr|entere|addend|service|session|dictat|written|amend|authent"
)
_SERVICE = re.compile(
    r"(?:\bd\.?o\.?s\.?|\bdate of (?:service|visit|treatment|session|tx|encounter|care)|\b(?:treatment|tx|visit|session|service|encounter|note|tx note) date"
    r"|\bdate seen|\bseen (?:on )?|\btreated (?:on )?|\btreatment (?:on|of)|\bvisit (?:on|of)|\bservice|\bvisit made[a-z' ]{0,18})\W{0,4}$"
)
_TODAY = re.compile(r"\btoday(?:'s|s)?(?:\s?(?:is|date|on))?[\s,:(–-]{0,3}$")
# Without a year "today 4/10" is a score; a bracket or a verb makes it a date.
_TODAY_BARE = re.compile(r"\btoday(?:'s|s)?\s?(?:\(|is\s|date[:\s]{1,2}|,?\son\s)$")
_DATE_LINE = re.compile(r"(?:^|[|;\t]|\s{2})\W*date\W{0,3}$")
_ENTRY = re.compile(
    r"\b(?:addendum|late entry|entered|amended|entry(?: date)?|written|dictated|transcribed)\s?(?:on|at|date|made|entered|dated)?\W{0,3}$"
)
_BIRTH = re.compile(r"\b(?:d\.?o\.?b\.?|date of birth|birth ?date|birthday|born(?: on)?)\W{0,4}$")
_EVENT = re.compile(
    r"\b(?:surgery|sx|surg|s/p|status post|onset|doi|d\.o\.i|injury|injured|fell|fall|eval|evaluation|ie|soc|start of care|re-?cert\w*|cert\w*|next|appt|appointment|"
    r"rtc|rtd|f/u|follow[- ]?up|order\w*|referr\w*|last|since|thru|through|until|till|from|to|by|goal|prior|previous\w*|on|admit\w*|admission|adm|discharge\w*|d/c|cva|tka|tha|"
    r"orif|repair|fx|fracture|stroke|exp\w*|due|faxed|sent|returned|after|before|report|period|dated|re|for|mri|x-?ray|seen by|visit with|at|injection|replacement|acl\w*|rtc repair|was|(?<=[a-z])\)|"
    r"sch\w*|in|the|thumb|knee|hip|shoulder|week of|wk of|[–-])\W{0,4}(?:date\W{0,3})?$"
)
_SIGNED = re.compile(
    r"\b(?:signed|signature|sign(?:ed)? (?:on|date)|e-?signed|electronically|authenticated|co-?signed)\b"
)
_RANGE = re.compile(r"\s*(?:-|–|—|to|thru|through)\s*\d{1,2}/")
_HEADER_END = 60
# What may stand before the date of a header line: the kind of the note and its number.
#: A date that ends a note has no more than this behind it, blank lines included.
_MOST_AFTER = 400
_HEADING = re.compile(
    r"\W*+(?:(?:pt|ot|slp|st|speech|eval\w*|re-?eval\w*|note|daily|visit|progress|tx|treatment|session|\d{1,2}(?:th|st|nd|rd)?|physical|occupational|therapy|"
    r"initial|re-?cert\w*|discharge|summary|d/c|missed|report|entry|hand|clinical|swallow|quarterly|monthly|no show|cancel\w*|phone|call|telephone|vestibular)\W++)*+$"
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as written: the day (with the year assumed where none is written) and its label."""

    day: date
    place: Span
    label: DateLabel
    has_year: bool


def dates_in(
    reading: Reading,
    signatures: tuple[Span, ...] = (),
    near: date | None = None,
    *,
    bare: bool = False,
) -> tuple[DateMention, ...]:
    """Returns the dates of a note in text order; found once.

    Args:
        reading: the note.
        signatures: places of signatures; a date that follows one closely is a signature date.
        near: a known day from which years are supplied; without it a yearless date is left out,
            unless its label needs no year (then the year is 1904, a leap year nobody treats in).
        bare: keep dates without year and label too, for callers that know they are dates.
    """
    key = ("dates", signatures, near, bare)
    known: tuple[DateMention, ...] | None = reading.memo.get(key)
    if known is None:
        known = reading.memo[key] = tuple(_dates(reading, signatures, near, bare=bare))
    return known


def _dates(
    reading: Reading, signatures: tuple[Span, ...], near: date | None, *, bare: bool
) -> Iterator[DateMention]:
    for match, label, has_year in _written(reading, signatures, bare=bare):
        day = _day(match, near)
        if day is not None:
            yield DateMention(day, Span(match.start(), match.end()), label, has_year)


def _written(
    reading: Reading, signatures: tuple[Span, ...], *, bare: bool
) -> tuple[tuple[re.Match[str], DateLabel, bool], ...]:
    """The dates as written with their labels, and whether each has a year; found once."""
    key = ("written dates", signatures, bare)
    known: tuple[tuple[re.Match[str], DateLabel, bool], ...] | None = reading.memo.get(key)
    if known is None:
        known = reading.memo[key] = tuple(_labelled(reading, signatures, bare=bare))
    return known


def _labelled(
    reading: Reading, signatures: tuple[Span, ...], *, bare: bool
) -> Iterator[tuple[re.Match[str], DateLabel, bool]]:
    lower, first = reading.lower, True
    at = 0
    for candidate in reading.matches(_CANDIDATE):
        if candidate.start() < at or (match := _DATE.match(lower, candidate.start())) is None:
            continue
        at = match.end()
        if match["m5"] and not bare and not _hinted(lower, match, signatures):
            first = False
            continue
        has_year = any(match[name] for name in ("y", "y2", "y3", "y4"))
        label = _label(reading, match, signatures, has_year=has_year, first=first)
        first = False
        if not has_year and not bare and label in ("none", "event"):
            continue
        yield match, label, has_year


def _hinted(lower: str, match: re.Match[str], signatures: tuple[Span, ...]) -> bool:
    """Whether a date without year can have a label that makes it one."""
    start = match.start()
    if start <= _HEADER_END or any(0 <= start - place.end <= 32 for place in signatures):
        return True
    return len(lower) - match.end() <= 12 or bool(_HINT.search(lower, max(0, start - 80), start))


_AHEAD = (
    ("birth", _BIRTH),
    ("today", _TODAY),
    ("bare today", _TODAY_BARE),
    ("entry", _ENTRY),
    ("service", _SERVICE),
    ("event", _EVENT),
)


def _ahead(reading: Reading, match: re.Match[str], before: str) -> frozenset[str]:
    """Which labels the words before a date give it; kept with the passage of the date, for an editor
    asks again and again."""
    placed = reading.passage_of(match.start(), match.start())
    kept = placed.passage.kept if placed is not None else {}
    key = ("before a date", before)
    known: frozenset[str] | None = kept.get(key)
    if known is None:
        known = kept[key] = frozenset(name for name, words in _AHEAD if words.search(before))
    return known


def _label(
    reading: Reading,
    match: re.Match[str],
    signatures: tuple[Span, ...],
    *,
    has_year: bool,
    first: bool,
) -> DateLabel:
    lower = reading.lower
    before = lower[max(0, match.start() - 32) : match.start()]
    ahead = _ahead(reading, match, before)
    if "birth" in ahead:
        return "birth"
    if ("today" if has_year else "bare today") in ahead or (
        has_year and re.match(r"\s?\(?today\b", lower[match.end() : match.end() + 8])
    ):
        return "today"
    if "entry" in ahead:
        return "entry"
    if any(
        0 <= match.start() - place.end <= 32 and "\n\n" not in lower[place.end : match.start()]
        for place in signatures
    ):
        return "signature"
    line = lower.rfind("\n", max(0, match.start() - 80), match.start()) + 1
    if _SIGNED.search(lower, max(line, match.start() - 80), match.start()):
        return "signature"
    if "service" in ahead or _DATE_LINE.search(lower, max(line, match.start() - 80), match.start()):
        return "service"
    if _RANGE.match(lower, match.end()):
        return "none"
    if first and match.start() <= _HEADER_END and _HEADING.match(lower[: match.start()]):
        return "header"
    if "event" in ahead:
        return "event"
    if len(lower) - match.end() > _MOST_AFTER:
        return "none"
    tail = lower[match.end() :].strip(" .)\n\r\t")
    return (
        "signature"
        if len(tail) <= 12
        and not any(c.isalpha() for c in tail.replace("am", "").replace("pm", ""))
        else "none"
    )


def _day(match: re.Match[str], near: date | None) -> date | None:
    month = match["m"] or match["m2"] or match["m5"]
    named = match["mon"] or match["mon2"]
    number = int(month) if month else _MONTHS.index(named) + 1
    day = int(match["d"] or match["d2"] or match["d3"] or match["d4"] or match["d5"])
    written = match["y"] or match["y2"] or match["y3"] or match["y4"]
    if written:
        year = int(written) + (2000 if len(written) == 2 else 0)
        return _valid(year, number, day)
    if near is None:
        return _valid(1904, number, day)
    found = [d for d in (_valid(near.year + shift, number, day) for shift in (-1, 0, 1)) if d]
    return min(found, key=lambda d: abs((d - near).days), default=None)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


#: "Bulletin from 2/2", "DOI 6/3", "if MD ok 11/11": words that make a day of two numbers that can be one.
_DAY_OF = wording(
    r"\b(?:from|on|since|as of|dated|dos|doi|doa|until|by|thru|through|visit|appt|appointment|out|due|inj\w*|surgery|sx|seen|see|back|return\w*|rtc|ret|eval|mri|x-?ray|ct|ekg"
    r"|onset|fall|fell|cva|stroke|tia|fx|fracture|orif|repair|recon\w*|tk[ar]|th[ar]|tsa|scope|infusion|botox|inject\w*|admit\w*|adm|discharge\w*|d/c|dc|deliver\w*|injur\w*"
    r"|(?:md|dr|surgeon|ortho|doctor|neuro\w*|rheum)(?: (?:ok\w*|f/u|visit|appt|recheck|clears|approves))?|mon|tues?|wed|thurs?|fri|sat|sun)\.?:? $"
)
_MONTH_COUNT, _DAY_COUNT = 12, 31
_NOUGHT = re.compile(r"0\d/|\d{1,2}/0\d")


def is_day(reading: Reading, quantity: Quantity) -> bool:
    """Whether what looks like a score is a day: it comes after a word of one ("back 10/3"), has a
    nought before a number ("08/29"), or would be more than all ("10/3")."""
    if quantity.kind != "score":
        return False
    first, second = (*quantity.values, 0.0, 0.0)[:2]
    if not (1 <= first <= _MONTH_COUNT and 1 <= second <= _DAY_COUNT):
        return False
    if first > second or _NOUGHT.match(quantity.text):
        return True
    return bool(_DAY_OF.search(reading.lower, reading.back(quantity.start, 20), quantity.start))
