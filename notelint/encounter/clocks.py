"""Clock times of a visit: ranges, time in and time out, and how sure the half of the day is.

Notes write ``9:00-9:52``, ``0702 … 0742``, ``In 12:45 Out 1:15``. Clocks without am, pm or a
24-hour hour are known only to the half day; a range may cross noon (``billing.intervals.span``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from notelint.billing.intervals import LONGEST_MINUTES, span
from notelint.language.loose import loose
from notelint.language.reading import Reading, Span

_HALF = r"(?:\s?[ap]\.?\s?m\b\.?|\s?[ap](?![a-z]))"
_COLON = r"(?:[01]?\d|2[0-3]):[0-5]\d"
_MILITARY = r"(?:[01]\d|2[0-3])[0-5]\d(?![\d:])"
_HOUR = r"(?:1[0-2]|[1-9])\s?[ap]\.?\s?m\b\.?"
CLOCK = rf"(?:{_COLON}{_HALF}?|{_HOUR}|{_MILITARY}(?:\s?h(?:rs?)?\b)?{_HALF}?)"

_SIGN = r"\s?[:=@–—-]?\s?(?:of\s|at\s|was\s|is\s)?\s?"
_IN = loose(
    rf"\b(?=time|tm|in|from|ses|tx|tre|vis|start|beg|clock|check|arr)(?:(?P<clear>(?:time|tm)(?:\s|-)?in|in(?:\s|-)?time|(?:session |tx |treatment |visit )?(?:start|begin)(?:ed|ning|s)?(?: time)?|began|clock(?:ed)? in|check(?:ed)? in|arrival)|in|from)"
    rf"{_SIGN}(?P<clock>{CLOCK})"
)
_OUT = loose(
    rf"\b(?=time|tm|out|to|until|ses|tx|tre|vis|stop|end|fin|clock|check|dep)(?:(?P<clear>(?:time|tm)(?:\s|-)?out|out(?:\s|-)?time|(?:session |tx |treatment |visit )?(?:stop|end|finish)(?:ped|ed|ing|s)?(?: time)?|clock(?:ed)? out|check(?:ed)? out|departure)|out|to|until)"
    rf"{_SIGN}(?P<clock>{CLOCK})"
)
_IN_OUT = loose(
    rf"\b(?:time )?in\s?/\s?(?:time )?out\s?(?:times?)?\s?[:=-]?\s?(?P<from>{CLOCK})\s?(?:/|-|–|—|to|,)\s?(?P<to>{CLOCK})"
)
_BETWEEN = loose(r"[\s,;/|&.–—-]*+(?:and|then)?\s*+(?:time)?[\s,;/|&.–—-]*+$")
_PARTS = loose(r"(\d{1,2}):?(\d\d)?\s?(?:h(?:rs?)?\b)?\s?([ap])?")

_CLOCK = loose(r"\d:\d\d|\b[012]\d[0-5]\d\b|\d\s?[ap]\.?m")
#: Between time in and time out stand at most so many characters.
_NEAR = 40


@dataclass(frozen=True, slots=True)
class ClockSpan:
    """One visit span as written. ``start``/``end`` are minutes after midnight, None where not
    written; ``minutes`` is the length, None where one end is missing or the end is not after the
    start. ``range_only`` marks a range that stands without in, out or start."""

    place: Span
    start: int | None
    end: int | None
    minutes: float | None
    half_day_known: bool
    range_only: bool = False


def clock_of(words: str) -> tuple[int, bool, str] | None:
    """Returns minutes after midnight, whether the half day is known, and the half as written."""
    match = _PARTS.search(words)
    if match is None:
        return None
    digits = match[1] + (match[2] or "")
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3] or ""
    if half == "p" and hour < 12:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    military = ":" not in match[0] and len(digits) == 4
    known = bool(half) or hour >= 13 or hour == 0 or (military and hour < 10)
    return hour * 60 + minute, known, half


def spanned(
    start_words: str, end_words: str, place: Span, *, range_only: bool = False
) -> ClockSpan | None:
    """Joins two clocks as written into a span; am or pm of one end may serve both."""
    start, end = clock_of(start_words), clock_of(end_words)
    if start is None or end is None:
        return None
    begin, stop = start[0], end[0]
    known = start[1] and end[1]
    if start[2] != end[2] and not (start[2] and end[2]):
        begin, stop, known = _shared_half(start, end)
    if _is_years(start_words) and _is_years(end_words):
        return None
    fitted = span(begin, stop, half_day_known=known)
    if fitted is None:
        return ClockSpan(place, begin, stop, None, known, range_only)
    return ClockSpan(place, fitted[0], fitted[1], float(fitted[1] - fitted[0]), known, range_only)


def _is_years(words: str) -> bool:
    """``2019`` and ``2020`` are years before they are clocks."""
    return len(words.strip()) == 4 and words.strip()[:2] in ("19", "20")


def _shared_half(start: tuple[int, bool, str], end: tuple[int, bool, str]) -> tuple[int, int, bool]:
    """One end says am or pm: the other is taken in the half that makes a visit of it."""
    fixed, loose = (start, end) if start[2] else (end, start)
    if loose[1]:
        return start[0], end[0], True
    for moved in (loose[0] % 720, loose[0] % 720 + 720):
        pair = (fixed[0], moved) if start[2] else (moved, fixed[0])
        if 0 < pair[1] - pair[0] <= LONGEST_MINUTES:
            return pair[0], pair[1], True
    return start[0], end[0], False


def visit_spans(reading: Reading) -> Iterator[ClockSpan]:
    """Yields spans told by words: time in and out, start and end, from and to."""
    lower = reading.lower
    if not reading.holds(_CLOCK):
        return
    for both in reading.matches(_IN_OUT):
        found = spanned(both["from"], both["to"], Span(both.start(), both.end()))
        if found is not None:
            yield found
    outs = list(reading.matches(_OUT))
    used: set[int] = set()
    for begin in reading.matches(_IN):
        stop = next(
            (
                o
                for o in outs
                if begin.end() <= o.start() <= begin.end() + _NEAR and o.start() not in used
            ),
            None,
        )
        if stop is not None and _BETWEEN.match(lower[begin.end() : stop.start()]):
            used.add(stop.start())
            found = spanned(begin["clock"], stop["clock"], Span(begin.start(), stop.end()))
            if found is not None:
                yield found
            continue
        if begin["clear"] and "in" in begin["clear"].split() + begin["clear"].split("-"):
            lone = clock_of(begin["clock"])
            if lone is not None:
                yield ClockSpan(Span(begin.start(), begin.end()), lone[0], None, None, lone[1])
    for stop in outs:
        if stop.start() not in used and stop["clear"] and "out" in stop["clear"]:
            lone = clock_of(stop["clock"])
            if lone is not None:
                yield ClockSpan(Span(stop.start(), stop.end()), None, lone[0], None, lone[1])


_RANGE = loose(rf"(?P<from>{CLOCK})\s?(?:-|–|—|to|until|thru|through|->|→)\s?(?P<to>{CLOCK})")


def range_at(lower: str, start: int, end: int) -> ClockSpan | None:
    """Reads a clock range that begins at ``start`` (a quantity the scanner found)."""
    match = _RANGE.match(lower, start, min(len(lower), end + 6))
    if match is None:
        return None
    return spanned(match["from"], match["to"], Span(match.start(), match.end()), range_only=True)
