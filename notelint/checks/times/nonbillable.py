"""Rest, waiting, set-up or paperwork inside counted minutes (C10).

Three things show it: the words say that the minutes include it; the billed minutes are as long as
a clock span with such time in it; somebody worked alone and the minutes are listed all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from notelint.billing.tables import BillingTables
from notelint.billing.totals import CLOCK_TOLERANCE
from notelint.checks.bills.bill import bill_of
from notelint.checks.bills.spent import number, places_of, spent_on
from notelint.encounter.anchors import is_elsewhere
from notelint.encounter.encounter import Encounter, TimeStatement
from notelint.language.loose import loose
from notelint.language.reading import Statement
from notelint.rulebook.rule import Hit

_KIND = r"(?:seated |standing |supine |long )?(?:rests?(?: breaks?| periods?| time)?|bathroom(?: breaks?)?|restroom|toilet(?:ing)? break|wait(?:ing|ed)?(?: time)?|set[- ]?up|documentation|documenting|charting|note writing|paperwork|clean[- ]?up|sign-in|hot packs?|cold packs?|ice|mhp|moist heat|changing|phone calls?|travel)"
_INCLUDED = loose(
    rf"\b(?:incl(?:\.|udes?|uding|uded|usive of)?|counting)\s(?:of\s)?(?:the\s|a\s|an\s|some\s)?(?:\d{{1,3}}[- ]?(?:minutes?|mins?|min)?\s(?:of\s|for\s)?)?(?P<what>{_KIND})\b(?!\s(?:training|technique|position))"
)
_MODALITY = loose(r"(?:hot|cold) pack|ice|mhp|moist heat")
_WITHIN = loose(rf"\b(?P<what>{_KIND})\s(?:\w+\s){{0,3}}?included\b")
_NOT_IN = loose(
    r"\b(?:not|never|n't|without|excl\w*)\s(?:\w+\s){0,2}$|\bdoes not\b|\bnot (?:counted|billed|included|incl)\b"
)
_ALONE = loose(
    r"\b(?:nu ?-?step|bike|treadmill|ube|arm bike|ergometer|elliptical|warm[- ]?up|exercises?|ther ?ex|walking program)\b[^.;,\n]{0,24}\b(?:alone|unsupervised|unattended|by (?:him|her|them)self|on (?:his|her|their|pt'?s?) own|without (?:pt|therapist|supervision))\b"
)
_ALONE_WORDS = ("alone", "unsup", "unatt", "self", " own", "without")
_UNBILLED = loose(
    r"\b(?:not (?:counted|billed|timed|charged|included)|unbilled|no charge|excluded|non-?billable|not part of|before (?:tx|treatment|session)|prior to)\b"
)
_SHORTEST = 3


def counted(encounter: Encounter, tables: BillingTables) -> Iterator[Hit]:
    """Yields a hit for each stretch of time that is no treatment and is counted as if it were."""
    yield from _included(encounter)
    yield from _spanned(encounter, tables)
    yield from _alone(encounter)


def _included(encounter: Encounter) -> Iterator[Hit]:
    lower = encounter.reading.lower
    if "incl" not in lower and "counting" not in lower:
        return
    timed = [
        t for t in encounter.times if t.place is not None and (t.treats or t.role == "activity")
    ]
    for pattern in (_INCLUDED, _WITHIN):
        for match in pattern.finditer(lower):
            statement = encounter.reading.statement_at(match.start())
            if statement is None or is_elsewhere(encounter.reading, match.start()):
                continue
            if _NOT_IN.search(lower, statement.start, match.end() + 24):
                continue
            owner = _counting(timed, statement, match)
            if owner is None:
                continue
            if _MODALITY.match(match["what"]) and owner.role not in ("service", "total_timed"):
                continue  # a modality is treatment time, and never timed
            yield Hit(
                "words", match.start(), match.end(), evidence=places_of(owner, "minutes"),
                fields={"what": match["what"]},
            )  # fmt: skip


def _counting(
    timed: Sequence[TimeStatement], statement: Statement, match: re.Match[str]
) -> TimeStatement | None:
    """The minutes that are said to hold other time: those before the words, else those after."""
    placed = [t for t in timed if t.place and statement.start <= t.place.start < statement.end]
    ahead = [t for t in placed if t.place and t.place.end <= match.start()]
    after = [t for t in placed if t.place and t.place.start >= match.end() and t.treats]
    return ahead[-1] if ahead else next(iter(after), None)


def _spanned(encounter: Encounter, tables: BillingTables) -> Iterator[Hit]:
    """The minutes billed fill a clock span in which other time is stated and not taken out."""
    idle = [
        t
        for t in encounter.times
        if t.role == "nonbillable" and not t.excluded and t.sure and (t.minutes or 0) >= _SHORTEST
    ]
    spans = [
        t
        for t in encounter.times
        if t.start_clock is not None and t.minutes and t.role in ("session", "group", "service")
    ]
    if not idle or len(spans) != 1:
        return
    span = spans[0]
    bill = bill_of(encounter, tables.codes)
    sources = spent_on(encounter, bill)
    full = [
        s for s in sources if s.sure and abs(s.minutes - (span.minutes or 0)) <= CLOCK_TOLERANCE
    ]
    if not full or len(full) != len(sources):
        return
    for rest in idle:
        if rest.place is None:
            continue
        start = _clause_start(encounter, rest)
        yield Hit(
            "words", start, rest.place.end, evidence=places_of(span, "clock times"),
            fields={"what": encounter.text[start : rest.place.end]},
            message=(
                f"{number(rest.minutes or 0)} min here are no treatment, and {full[0]} fill the whole "
                "span of the clock. Check whether they were counted."
            ),
        )  # fmt: skip


def _clause_start(encounter: Encounter, rest: TimeStatement) -> int:
    assert rest.place is not None
    statement = encounter.reading.statement_at(rest.place.start)
    low = statement.start if statement else rest.place.start
    clause = max(encounter.text.rfind(sign, low, rest.place.start) for sign in ",;(")
    start = clause + 1 if clause >= low else low
    while start < rest.place.start and encounter.text[start].isspace():
        start += 1
    return start


def _alone(encounter: Encounter) -> Iterator[Hit]:
    """ "NuStep alone 10 min": minutes without a clinician, listed and not marked as left out."""
    lower = encounter.reading.lower
    if not any(word in lower for word in _ALONE_WORDS):
        return
    for match in _ALONE.finditer(lower):
        statement = encounter.reading.statement_at(match.start())
        if (
            statement is None
            or is_elsewhere(encounter.reading, match.start())
            or statement.role == "plan"
        ):
            continue
        if _UNBILLED.search(lower, statement.start, statement.end):
            continue
        minutes = next(
            (
                t
                for t in encounter.times
                if t.place
                and statement.start <= t.place.start < statement.end
                and abs(t.place.start - match.end()) < 34
                and t.role in ("activity", "service", "part")
            ),
            None,
        )
        if minutes is not None and minutes.place is not None:
            start, end = (
                min(match.start(), minutes.place.start),
                max(match.end(), minutes.place.end),
            )
            yield Hit(
                "words", start, end, fields={"what": encounter.text[match.start() : match.end()]}
            )
