"""Totals of treatment time as notes write them: number first or last, labelled or not, summed.

"Total timed code minutes: 38", "TTM 38", "30 Total timed code minutes", "Timed 23 + 15 = 38",
"53 min total". A total says which one it is (timed, treatment, untimed, billed) or does not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from notelint.encounter.rows import cells_of
from notelint.language.loose import loose
from notelint.language.quantities import SPELLED, spelled
from notelint.language.reading import Quantity, Reading, Span

TotalRole = Literal["total_timed", "total_treatment", "total_untimed", "total", "billed"]

_MIN = r"(?:minutes?|mins?|min)"
_KIND = r"(?:code|codes|cpt|treatment|tx|rx|therapy|cognitive|skilled|service|services|direct|billable|contact|session|visit|one[- ]on[- ]one|1:1)"
_TAIL = rf"(?:\s(?:{_MIN}|time|total|duration|length))*"
_CUE = loose(
    r"\b(?=tot|in all|ttl|t[tcd]|tmd|tim|tre|tx|un-?t|non-?t|bill|min|rx|len|dur|the|dire|one[- ]|1:1|ses|vis)"
    rf"(?:(?P<untimed>(?:total\s)?(?:un-?timed|non-?timed)(?:\s{_KIND})*(?:\s(?:{_MIN}|time|total))+|total un-?timed)"
    rf"|(?P<billed>(?:total\s)?bill(?:ed|able)\s(?:time|{_MIN})|(?:time|{_MIN})\sbilled)"
    rf"|(?P<timed>ttm\b|(?:ttl|tot)\stmd\b|tmd\b(?= ?:? ?\d)|tctm?\b|tcm\b|tctt\b|ttcm\b|tdt\b|(?:total\s(?:of\s)?|ttl\s|tot\s)?(?:timed|time-based)(?:[-/\s]{_KIND})*{_TAIL}|total\s(?:code|direct|one[- ]on[- ]one|1:1|billable|skilled)(?:\s{_KIND})*\s(?:{_MIN}|time)|(?:direct|one[- ]on[- ]one|1:1)(?:\s{_KIND})*\s(?:{_MIN}|time))"
    rf"|(?P<treatment>ttt\b|tttm?\b|(?:total|ttl|tot)\s(?:time\s(?:of\s|in\s|for\s)?)?(?:treatment|tx|rx|therapy|session|visit|contact|encounter|intervention|appointment|appt|clinic|department|dept)(?:\s{_KIND})*{_TAIL}|(?:treatment|tx|rx|therapy|session|visit)\s(?:time|{_MIN}|total|length|duration)(?:\s(?:time|{_MIN}|total))*|(?:length|duration)\sof\s(?:session|visit|treatment|tx|therapy))"
    rf"|(?P<total>in all\b|(?:total|ttl|tot)(?:\s(?:time|{_MIN}|minutes))*))(?!\w)"
)
# What may stand between the cue and its number.
_GAP = loose(
    r"(?:\s?\((?:calculated|documented|min(?:ute)?s?|in minutes|timed codes?)\))?[\s.:=~>→–—-]*(?:(?:today|was|were|is|are|of|equals?|(?:come|comes|came|adds? up|added up|adding up) to|for (?:this|the|today'?s) (?:session|visit|treatment)|this (?:session|visit)|about|approx\.?|approximately|\(min(?:ute)?s?\)|in minutes|spent)\s?[\s:=~–—-]*){0,3}"
)
_NUMBER = loose(r"(?<![\d.])(\d{1,3})(?:\.0)?(?![\d])")
_BEFORE = loose(
    rf"(?<![\d.:/#$-])(?<!(?<![x×])\d[ ])\b(?P<value>\d{{1,3}})\s?(?P<unit>{_MIN}\.?|')?\s?(?:of\s)?$"
)
#: "Timed minutes come to forty one", "forty-five minutes total treatment time".
_SPELLED = loose(rf"(?P<value>{SPELLED})(?P<unit>\s?{_MIN}\b)?(?![\w-])")
_SPELLED_BEFORE = loose(rf"\b(?P<value>{SPELLED})[\s-](?P<unit>{_MIN})\s(?:of\s)?$")
# A bare number that is something else than minutes.
_OTHER_UNIT = loose(
    r"\s?(?:/(?!\s?(?:total|tot\b|ttl|ttt|ttm|tx|treatment|timed|un-?timed|\d{1,3}(?!\d)\s*(?:$|\n|[.,;]|min)))|x\b|x\d|%|°|'|\"|:\d|\.\d|-\s?(?:foot|ft|feet|m\b|minute walk|second|sec|rep|step)|ft\b|feet|foot|reps?\b|sec|s\b|lbs?\b|#|units?\b|u\b|visits?\b|times?\b|trials?\b|cues?\b|errors?\b|steps?\b|lobs?\b|meters?\b|m\b|yards?\b|sets?\b|laps?\b|deg|degrees|hours?\b|hrs?\b|weeks?\b|days?\b|wks?\b|codes?\b|charges?\b|up and go|\+(?!\s?\d)|of \d)"
)
_WEAK_NEXT = loose(
    rf"\s*(?:{_MIN}\b|$|[,;.|()\]/\n\r=+&·•]|-\s|–|—|(?:and\s|plus\s)?(?:total|ttt|ttm|timed|untimed|tx|treatment|direct|billed|in\b|out\b|units?|all\b|incl\w*)|\s{{2,}})"
)
_NEXT_SENTENCE = re.compile(r"\s+[A-Z][a-z]+\b")
_NOT_CUE = loose(
    r"\s?(?:units?\b|up (?:and|&) go|assist|a\b|hip|knee|shoulder|joint|reverse|care|body|arthroplast|dependen|gym|contact cast|score|distance|reps?\b|visits?\b|trials?|knee|walk|test|stand|cues?|errors?|of \d+ (?:reps?|trials?))"
)
_SUM = loose(r"(?:=|(?<=\d),(?=\s\d{1,3}\s?min))\s?(\d{1,3})(?!\d)")
#: The sentence before tells the timed minutes.
_TIMED = re.compile(r"\btimed\b")
#: A blank that nobody filled.
_UNFILLED = re.compile(r"[ \t.:=]*_{2,}")
_PLUS = loose(
    r"\d\s?(?:minutes?|mins?|min)?\.?\s?(?:\+|and|&|plus)\s?(?!(?:total|ttt|treatment|tx|un-?timed|timed)\b)(?=[a-z (]{0,24}\d)"
)
_EVIDENCE = loose(rf"\b(?:{_MIN}|time|timed|eval\w*|tx|ttm|ttt|9[27]\d{{3}})\b|→|=|\d\s?plus \d")


_PRIMES = "'’′"
_PRIMED = frozenset(_PRIMES)


@dataclass(frozen=True, slots=True)
class TotalRead:
    """One total: its role, minutes, its words, the place of the number in them, and whether it was added up here
    (``summed``: the text gives no result, or marks its minutes with a prime: never quite sure)."""

    role: TotalRole
    minutes: float
    place: Span
    number: Span
    summed: bool = False
    strong: bool = True


def totals_of(reading: Reading) -> Iterator[TotalRead]:
    """Yields the totals of a note in text order."""
    lower = reading.lower
    cues = [m for m in reading.matches(_CUE) if not _NOT_CUE.match(lower, m.end())]
    told = [read for group in _chains(reading, cues) for read in _chain(reading, group)]
    yield from told
    yield from _tabled(reading, cues, told)


_RULE = re.compile(r"[\s|:+=-]*")
_CELL_VALUE = loose(rf"[\s*_]*(?P<value>\d{{1,3}})\s?(?:{_MIN}\.?)?[\s*_]*")
#: "Treatment total (incl. foot check)": what the bracket remarks is no part of the name.
_REMARK = re.compile(r"\([^()]*\)")


def _tabled(
    reading: Reading, cues: Sequence[re.Match[str]], told: Sequence[TotalRead]
) -> Iterator[TotalRead]:
    """Totals in a row of their own below their names ("| Timed min | Total tx min |\\n| 40 | 48 |"), or
    in the same row: before the name ("38 | TIMED TOTAL"), or behind one with a remark ("| Treatment
    total (incl. foot check) | | 56 |")."""
    lower = reading.lower
    for cue in cues:
        start = lower.rfind("\n", 0, cue.start()) + 1
        end = _line_stop(lower, cue.end())
        sign = next((sign for sign in "|\t" if sign in lower[start:end]), "")
        if not sign:
            continue
        names = cells_of(lower, start, end, sign)
        column = next(
            (i for i, name in enumerate(names) if name.start <= cue.start() < name.end), -1
        )
        if column < 0:
            continue
        named = _REMARK.sub("", names[column].words).strip(" .:*_\r")
        if named != cue.group():
            continue
        before = _CELL_VALUE.fullmatch(names[column - 1].words) if column else None
        if before is not None and column == len(names) - 1:
            at = names[column - 1].start
            place = Span(at + before.start("value"), at + before.end("value"))
            yield TotalRead(_role(cue), float(before["value"]), place, place)
            continue
        others = [cell for cell in names if cell is not names[column] and cell.words.strip()]
        beside = _CELL_VALUE.fullmatch(others[0].words) if len(others) == 1 else None
        if beside is not None and others[0].start > names[column].start:
            at = others[0].start
            place = Span(at + beside.start("value"), at + beside.end("value"))
            if place.start not in {read.number.start for read in told}:
                yield TotalRead(_role(cue), float(beside["value"]), place, place)
            continue
        if "(" in names[column].words:
            continue
        at, stop = end + 1, _line_stop(lower, end + 1)
        if at < stop and _RULE.fullmatch(lower, at, stop):
            at, stop = stop + 1, _line_stop(lower, stop + 1)
        values = cells_of(lower, at, stop, sign)
        value = _CELL_VALUE.fullmatch(values[column].words) if column < len(values) else None
        if value is not None:
            at = values[column].start
            number = Span(at + value.start("value"), at + value.end("value"))
            yield TotalRead(_role(cue), float(value["value"]), number, number)


def _line_stop(lower: str, at: int) -> int:
    end = lower.find("\n", at)
    return len(lower) if end < 0 else end


def _chains(reading: Reading, cues: Sequence[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """Groups the cues of one statement: they share the order of number and cue."""
    group: list[re.Match[str]] = []
    at = -1
    for cue in cues:
        index = bisect_right(reading.statement_starts, cue.start())
        if group and index != at:
            yield group
            group = []
        at = index
        group.append(cue)
    if group:
        yield group


def _chain(reading: Reading, cues: list[re.Match[str]]) -> Iterator[TotalRead]:
    paired = _paired(reading, cues)
    if paired:
        yield from paired
        return
    after = [_after(reading, cue, cues) for cue in cues]
    before = [_before(reading, cue) for cue in cues]
    number_first = after[-1] is None and before[0] is not None and len(cues) > 1
    found: list[TotalRead] = []
    for i, cue in enumerate(cues):
        numbered = before[i] if number_first and before[i] else after[i] or before[i]
        behind, ahead = after[i], before[i]
        if _UNFILLED.match(reading.lower, cue.end()):
            continue  # "Total treatment min: 45   Timed min: ___"
        if behind and ahead and "\n" in reading.text[cue.end() : behind[1][0]]:
            numbered = ahead  # "31 total timed minutes" with the next number on the next line
        if numbered is None:
            continue
        value, at, summed = numbered
        start, stop = min(cue.start(), at[0]), max(cue.end(), at[1])
        weak = _is_weak(cue)
        primed = reading.text[at[1] - 1] in _PRIMES  # minutes or feet: it may satisfy, never accuse
        if weak and not primed and not _evident(reading, start, stop, cues):
            continue
        if weak and stop == cue.end() and not _WEAK_NEXT.match(reading.lower, stop):
            continue
        found.append(TotalRead(_role(cue), value, Span(start, stop), Span(*at), summed, not weak))
    for read in found:  # "total 38 timed" is one number: the word that says more names it
        if read.role == "total" and any(
            o.role != "total" and o.number.overlaps(read.number) for o in found
        ):
            continue
        yield read


def _role(cue: re.Match[str]) -> TotalRole:
    names: dict[str, TotalRole] = {
        "timed": "total_timed", "treatment": "total_treatment", "untimed": "total_untimed",
        "billed": "billed", "total": "total",
    }  # fmt: skip
    return names[str(cue.lastgroup)]


def _is_weak(cue: re.Match[str]) -> bool:
    """A cue that is a plain word of other senses: its number needs evidence of being minutes."""
    return cue.group() in (
        "total",
        "in all",
        "ttl",
        "tot",
        "timed",
        "total treatment",
        "total tx",
        "total therapy",
        "total visit",
        "total session",
    )


def _evident(reading: Reading, start: int, stop: int, cues: Sequence[re.Match[str]]) -> bool:
    """Whether a weak cue's number is minutes: a unit, another cue, or nothing else in sight."""
    lower = reading.lower
    words = lower[start:stop]
    if re.search(r"\bmin", words) or re.match(rf"\s?{_MIN}\b", lower[stop : stop + 9]):
        return True
    kinds = {cue.lastgroup for cue in cues}
    if len(kinds) > 1:
        return True
    statement = reading.statement_at(start)
    if statement is None:
        return False
    if start == statement.start and _NEXT_SENTENCE.match(reading.text, stop):
        return cues[0].lastgroup == "timed"
    rest = lower[statement.start : start] + " " + lower[stop : statement.end]
    if statement.role == "billing" or _EVIDENCE.search(rest):
        return True
    if reading.has_mention(statement.start, statement.end, "service_label"):
        return True
    if statement.index:  # "… = 38 timed. Total 56 incl. retest."
        above = reading.statements[statement.index - 1]
        if above.line == statement.line and _TIMED.search(lower, above.start, above.end):
            return True
    return not any(c.isalnum() for c in rest)


def _after(
    reading: Reading, cue: re.Match[str], cues: list[re.Match[str]]
) -> tuple[float, tuple[int, int], bool] | None:
    lower = reading.lower
    gap = _GAP.match(lower, cue.end())
    at = gap.end() if gap else cue.end()
    row = lower[lower.rfind("\n", 0, cue.start()) + 1 : cue.start()]
    if "|" in row and "\n" in lower[cue.end() : at]:
        return None  # the next row of a table tells something else
    limit = min(
        (c.start() for c in cues if c.start() >= cue.end()), default=_line_end(reading, cue.end())
    )
    quantity = next(reading.quantities_in(at, at + 1, "minutes"), None)
    if quantity is not None and len(quantity.values) == 1:
        if quantity.unit == "'":
            return quantity.values[0], (at, quantity.end), True
        return _summed(reading, quantity.values[0], at, quantity.end, limit)
    match = _NUMBER.match(lower, at)
    if match:
        if reading.text[match.end() : match.end() + 1] in _PRIMED and not _is_weak(cue):
            return float(match[1]), (at, match.end() + 1), True
        weak = _is_weak(cue) and not _WEAK_NEXT.match(lower, match.end())
        if _OTHER_UNIT.match(lower, match.end()) or (
            weak and not _NEXT_SENTENCE.match(reading.text, match.end())
        ):
            return None
        unit = re.match(rf"\s?{_MIN}\b", lower[match.end() : match.end() + 9])
        if not unit and reading.has_mention(match.end(), match.end() + _AT_ONCE, "service_label"):
            return None  # "timed minutes are 15 manual therapy, 23 …": a part, no total
        end = match.end() + (unit.end() if unit else 0)
        return _summed(reading, float(match[1]), at, end, limit)
    told = _SPELLED.match(lower, at)
    if told and (told["unit"] or not _is_weak(cue)):
        return spelled(told["value"]), (at, told.end()), False
    result = _SUM.search(lower, at, limit)
    if result and "+" in lower[at : result.start()]:
        return float(result[1]), (result.start(1), result.end(1)), False
    return None


#: How near behind its minutes a service's name stands.
_AT_ONCE = 2


def _line_end(reading: Reading, at: int) -> int:
    statement = reading.statement_at(at - 1)
    return statement.end if statement else at


def _summed(
    reading: Reading, value: float, start: int, end: int, limit: int
) -> tuple[float, tuple[int, int], bool]:
    """``23 + 15 = 38``: the result counts; without a result the parts are added up."""
    lower = reading.lower
    if not _PLUS.match(lower, _last_digits(lower, start, end)):
        return value, (start, end), False
    result = _SUM.search(lower, end, limit)
    if result:
        return float(result[1]), (start, result.end()), False
    numbers = [float(n) for n in _NUMBER.findall(lower[start:limit])]
    return sum(numbers), (start, limit), True


def _last_digits(lower: str, start: int, end: int) -> int:
    for at in range(end - 1, start - 1, -1):
        if lower[at].isdigit():
            return at
    return end


def _before(reading: Reading, cue: re.Match[str]) -> tuple[float, tuple[int, int], bool] | None:
    lower = reading.lower
    match = _BEFORE.search(lower, max(0, cue.start() - 16), cue.start())
    if match is None:
        told = _SPELLED_BEFORE.search(lower, max(0, cue.start() - _SPELLED_LENGTH), cue.start())
        return (spelled(told["value"]), (told.start(), cue.end()), False) if told else None
    if "\n" in lower[match.end("value") : cue.start()]:
        return None
    return float(match["value"]), (match.start(), cue.end()), match["unit"] == "'"


#: "Twenty-seven minutes of " is about as long as a number in words gets.
_SPELLED_LENGTH = 28
_PAIR = loose(rf"[\s:=–—-]*(\d{{1,3}})\s?{_MIN}?\s?[/,&|]\s?(\d{{1,3}})(?!\d|\s?%|/)\s?{_MIN}?")


def _paired(reading: Reading, cues: list[re.Match[str]]) -> list[TotalRead]:
    """``TTM/TTT 38/42``: two cues joined by a stroke, then two numbers."""
    if len(cues) != 2:
        return []
    lower = reading.lower
    if not re.fullmatch(r"\s?(?:/|&|and|\|)\s?", lower[cues[0].end() : cues[1].start()]):
        return []
    match = _PAIR.match(lower, cues[1].end())
    if match is None:
        return []
    return [
        TotalRead(
            _role(cue),
            float(match[i + 1]),
            Span(cue.start(), match.end(i + 1)),
            Span(match.start(i + 1), match.end(i + 1)),
        )
        for i, cue in enumerate(cues)
    ]


def sum_results(reading: Reading) -> Iterator[tuple[float, Span, bool]]:
    """Yields results of sums that no total cue introduces, and whether a plus sign shows the sum:
    "TE 15 + TA 23 = 38", "TE 15/NMR 23 = 38"."""
    for match in reading.matches(_SUM):
        before = reading.lower[max(0, match.start() - 40) : match.start()]
        if re.search(r"\d\s?(?:minutes?|mins?|min|['’′])?\.?[ \t]*$", before):
            yield float(match[1]), Span(match.start(1), match.end(1)), "+" in before


#: "Manual 10 + exercise 18 + activities 15 = 43".
_ADDED = re.compile(r"\d\s{0,2}\+[^=;\n]{1,60}\d\s{0,2}=\s{0,2}\d")


def adds_minutes(reading: Reading, start: int, end: int) -> bool:
    """Whether a stretch adds up minutes: what it names it does not describe."""
    return _ADDED.search(reading.lower, start, end) is not None


def covers(totals: Sequence[TotalRead], quantity: Quantity) -> bool:
    """Whether a quantity of minutes is the number of a total."""
    return any(t.number.start <= quantity.start < t.number.end for t in totals)
