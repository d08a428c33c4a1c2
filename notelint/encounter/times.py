"""Reads every statement of treatment time and units of a note (catalogue §2.2, real_notes §4).

Totals, minutes of services, clock times, billing grids and the record's own totals and charges
come together here. Nothing is copied from one place to another: a service's minutes are those
written for it, and the record's stand beside the text's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from notelint.encounter.anchors import (
    Anchor,
    before,
    every_anchor,
    heads_box,
    is_elsewhere,
)
from notelint.encounter.barenumbers import NumbersReader
from notelint.encounter.clocks import ClockSpan, range_at, visit_spans
from notelint.encounter.encounter import Service, TimeRole, TimeStatement, UnitCount, Value
from notelint.encounter.grids import grids_of
from notelint.encounter.parts import PartsReader
from notelint.encounter.recordedtimes import recorded_times
from notelint.encounter.totals import TotalRead, sum_results, totals_of
from notelint.encounter.unitcounts import modifiers_after, unit_counts
from notelint.language.loose import loose
from notelint.language.reading import Certainty, Reading, Span
from notelint.note import Note

_ALL_TIMED = loose(
    r"[\s,;(–—-]*(?:minutes?|mins?|min)?[\s,;(–—-]*(?:with |which (?:was|were|is) |and )?(?:all|entirely|fully|only)(?: of (?:it|which|them))?(?: (?:minutes|time|services|codes))?(?: (?:was|were|is|are|being))? ?timed\b"
)
_TIMED_LIST = loose(r"\b(?:timed|ttm)\b[^\n.=]{0,24}$")
_TIME_COLON = loose(
    r"(?:\b(?:time|duration)\s?[:=]|(?:^|[.;])[ \t]*(?:units?\s?[:=]\s?\d[ \t,;|]+)?(?:min|mins|minutes)\b\.?\s?[:=]?)\s?(?P<value>\d{1,3})(?=\s?(?:minutes?|mins?|min)?\s?(?:$|[,;.|)\n\r]|[ \t]*units?\b))",
    re.M,
)
_RANGE_HEAD = loose(
    r"(?:^|[\n|;,.]|\b(?:time|session|treatment|tx|visit|seen|appt|appointment|min|total|pt|dos|from|delivered \d{1,3}|provided|direct)\b)[\s:@(-]*$"
)


@dataclass(frozen=True, slots=True)
class Clockwork:
    """What a note says of time and units."""

    times: tuple[TimeStatement, ...]
    units: tuple[UnitCount, ...]
    minutes: Mapping[str, Value[float]]
    services: tuple[Service, ...]


def clockwork_of(note: Note, reading: Reading, services: Sequence[Service]) -> Clockwork:
    """Returns times, units, and the services with what was written for them."""
    every = every_anchor(reading, services)
    anchors = tuple(a for a in every if not is_elsewhere(reading, a.start))
    starts = [a.start for a in anchors]
    grids = tuple(grids_of(reading, every))
    rows = tuple(g.place for g in grids)
    totals = tuple(t for t in totals_of(reading) if not _hidden(reading, t, rows))
    found = [*_totals(reading, totals), *_clocks(reading, anchors, starts, rows)]
    taken: set[int] = set()
    parts = list(PartsReader(reading, anchors, starts, totals, rows).parts(taken))
    parts += NumbersReader(reading, anchors, starts, totals, rows).numbers(taken)
    named = tuple(_named_time(reading, totals, anchors, parts))
    boxed = [t.place for t in named if t.role == "service" and t.place]
    parts = [t for t in parts if t.place is None or not any(map(t.place.overlaps, boxed))]
    found += [
        *parts,
        *_unlabelled(reading, totals, parts),
        *named,
        *_alone(reading, parts),
        *_visit_time(reading),
    ]
    found += [t for g in grids for t in g.times]
    found.sort(key=lambda t: t.place.start if t.place else -1)
    units = [*unit_counts(reading, anchors, rows), *(u for g in grids for u in g.units)]
    written = tuple(found)
    times = (*recorded_times(note), *written)
    coded = {a.code for a in every if a.written}
    known = [*services, *_gridded(services, written, units, coded)]
    minutes = minutes_by_code(written)
    filled = tuple(_filled(reading, known, written, units, minutes))
    return Clockwork(times, tuple(units), minutes, filled)


def minutes_by_code(times: Sequence[TimeStatement]) -> dict[str, Value[float]]:
    """Returns the minutes the text states for each code.

    Several statements of one code: the same number twice is one statement repeated, a number that
    is the sum of the others is their sum; else the sum is ambiguous. Clock intervals count where
    no minutes stand beside them.
    """
    stated: dict[str, list[TimeStatement]] = {}
    for time in times:
        if time.code and time.origin == "text" and time.role in ("service", "evaluation"):
            stated.setdefault(time.code, []).append(time)
    return {code: value for code, own in stated.items() if (value := _joined(own)) is not None}


def _joined(own: Sequence[TimeStatement]) -> Value[float] | None:
    written = [t for t in own if t.start_clock is None and t.minutes is not None]
    clocks = [t for t in own if t.start_clock is not None and t.minutes is not None]
    if not written:
        distinct = {(t.start_clock, t.end_clock): t for t in clocks}
        if not distinct:
            return None
        total = sum(t.minutes or 0 for t in distinct.values())
        return Value(total, next(iter(distinct.values())).place)
    values = [t.minutes or 0 for t in written]
    first = written[0]
    sure = all(t.sure for t in written)
    if len(written) == 1:
        return Value(values[0], first.place, certainty=first.certainty)
    largest = max(values)
    rest = list(values)
    rest.remove(largest)
    if sum(rest) == largest and len(rest) > 1:
        at = values.index(largest)
        return Value(largest, written[at].place, certainty="stated" if sure else "ambiguous")
    if len(set(values)) == 1:
        gridded = [t for t in written if t.label == "grid"]
        repeated = sure and len(written) == 2 and len(gridded) == 1
        return Value(
            largest, (gridded or written)[0].place, certainty="stated" if repeated else "ambiguous"
        )
    rows = sure and all(t.label == "grid" for t in written)  # rows of one grid add up
    return Value(sum(values), first.place, certainty="stated" if rows else "ambiguous")


def _hidden(reading: Reading, total: TotalRead, rows: Sequence[Span]) -> bool:
    """Whether a total stands in a grid's row, or among planned or goal words."""
    return any(r.start <= total.place.start < r.end for r in rows) or is_elsewhere(
        reading, total.place.start
    )


def _totals(reading: Reading, totals: Sequence[TotalRead]) -> Iterator[TimeStatement]:
    for total in totals:
        if total.role in ("total_treatment", "total") and _ALL_TIMED.match(
            reading.lower, total.place.end
        ):
            yield TimeStatement("total_timed", total.minutes, total.place)
        yield TimeStatement(
            total.role,
            total.minutes,
            total.place,
            certainty="inferred" if total.summed else "stated",
        )


def _clocks(
    reading: Reading, anchors: Sequence[Anchor], starts: Sequence[int], rows: Sequence[Span]
) -> Iterator[TimeStatement]:
    told = [c for c in visit_spans(reading) if not is_elsewhere(reading, c.place.start)]
    for clock in told:
        yield _clocked(clock, "session", None)
    for quantity in reading.quantities:
        if quantity.kind != "clock_range":
            continue
        if any(c.place.start <= quantity.start < c.place.end for c in told):
            continue
        if any(r.start <= quantity.start < r.end for r in rows) or is_elsewhere(
            reading, quantity.start
        ):
            continue
        found = range_at(reading.lower, quantity.start, quantity.end)
        if found is not None:
            yield from _ranged(reading, found, anchors, starts)


def _ranged(
    reading: Reading, clock: ClockSpan, anchors: Sequence[Anchor], starts: Sequence[int]
) -> Iterator[TimeStatement]:
    """A range belongs to the codes before it, to the code right after it, or to the visit."""
    lower = reading.lower
    owners: list[Anchor] = []
    at = clock.place.start
    anchor = before(anchors, at, starts)
    while anchor is not None and at - anchor.end <= 40 and _joins(lower[anchor.end : at]):
        owners.insert(0, anchor)
        at = anchor.start
        anchor = before(anchors, at, starts)
    codes = list(dict.fromkeys(a.code for a in owners if a.code))
    if len(codes) > 1:
        yield replace(_clocked(clock, "group", None), label="+".join(codes))
    elif owners:
        named = next((a for a in owners if a.code), owners[-1])
        yield _clocked(clock, "evaluation" if named.evaluation else "service", named)
    elif _RANGE_HEAD.search(lower[max(0, clock.place.start - 30) : clock.place.start]):
        after = next((a for a in anchors if 0 <= a.start - clock.place.end <= 12), None)
        alone = after is not None and not lower[clock.place.end : after.start].strip(" :-–—|\t(")
        yield _clocked(clock, "service" if alone else "session", after if alone else None)
    elif _has_length(reading, clock):
        yield _clocked(clock, "session", None)
    elif _heads_note(reading, clock):
        yield replace(_clocked(clock, "session", None), certainty="inferred")


#: A date or a wide blank before a range in the head of a note ("OT log   3/3/26   9:10-9:40"), and its
#: length behind it ("9:10-9:40 (30 min)").
_APART = re.compile(r"(?:\d{1,2}/\d{1,2}(?:/\d{2,4})?[\s,;|·–-]{1,6}|[ \t]{2,}|\|[ \t]*)$")
_LENGTH = re.compile(r"[ \t]?\(?[ \t]?(?P<minutes>\d{1,3})[ \t]?min")
#: The head of a note is not longer than so many lines.
_HEAD_LINES = 3


def _has_length(reading: Reading, clock: ClockSpan) -> bool:
    """Whether the length of a range stands behind it, as of a visit."""
    length = _LENGTH.match(reading.lower, clock.place.end)
    return length is not None and clock.minutes == float(length["minutes"])


def _heads_note(reading: Reading, clock: ClockSpan) -> bool:
    """Whether a range in the head of a note, with no word of what it is, may be the visit's."""
    if reading.lower.count("\n", 0, clock.place.start) > _HEAD_LINES:
        return False
    line = reading.lower.rfind("\n", 0, clock.place.start) + 1
    return _APART.search(reading.lower, line, clock.place.start) is not None


_JOIN = loose(
    r"(?:[\s:(\[,)\]–—=@x/+&|-]|\b(?:for|and|from|at|tx|therapy|training|time|treatment|provided|techniques?|activit(?:y|ies)|exercises?|\d{1,3}\s?min(?:utes|s)?|units?|g[pon]|c[qo]|kx|59|\d\s?u)\b|[x×]\s?\d\b)*"
)


def _joins(gap: str) -> bool:
    return "\n" not in gap and bool(_JOIN.fullmatch(gap))


def _clocked(clock: ClockSpan, role: TimeRole, owner: Anchor | None) -> TimeStatement:
    return TimeStatement(
        role,
        clock.minutes,
        clock.place,
        service=owner.service if owner else -1,
        start_clock=clock.start,
        end_clock=clock.end,
        code=owner.code if owner else "",
        half_day_known=clock.half_day_known,
    )


def _unlabelled(
    reading: Reading, totals: Sequence[TotalRead], parts: Sequence[TimeStatement]
) -> Iterator[TimeStatement]:
    """Totals that only a sum shows: "TE 15 + TA 23 = 38", "Timed minutes: TE 15 TA 23"."""
    for value, place, added in sum_results(reading):
        if any(t.place.start <= place.start < t.place.end for t in totals) or is_elsewhere(
            reading, place.start
        ):
            continue
        statement = reading.statement_at(place.start)
        own = [
            p
            for p in parts
            if p.place and statement and statement.start <= p.place.start < place.start
        ]
        if len(own) > 1 and (added or sum(p.minutes or 0 for p in own) == value):
            yield TimeStatement("total", value, place)
    lines: dict[int, list[TimeStatement]] = {}
    for part in parts:
        statement = reading.statement_at(part.place.start) if part.place else None
        if statement is not None and part.role == "service":
            lines.setdefault(statement.index, []).append(part)
    for index, own in lines.items():
        statement = reading.statements[index]
        first = own[0].place
        if first is None or any(statement.start <= t.place.start < statement.end for t in totals):
            continue
        if _TIMED_LIST.search(reading.lower[statement.start : first.start]):
            total = sum(p.minutes or 0 for p in own)
            yield TimeStatement("total_timed", total, statement.span, certainty="inferred")


#: A line that begins with minutes only: "45 minutes." below or above a note is how long the visit was.
_ALONE = loose(
    r"^[^\S\n]*+(?:(?:[soap][:.)–-]|[-*•])[^\S\n]*+)?(?P<value>\d{2,3})\s?(?:minutes?|mins?|(?P<prime>['’′]))[^\S\n]*+(?:\.(?=\s|$)|\r?\n|$)",
    re.M,
)


def _alone(reading: Reading, parts: Sequence[TimeStatement]) -> Iterator[TimeStatement]:
    """Minutes that are a statement by themselves, whatever the section above them; not those of a
    service on the line above."""
    served = {t.place.start for t in parts if t.place and t.role == "service"}
    for match in reading.matches(_ALONE):
        if match.start("value") in served:
            continue
        statement = reading.statement_at(match.start("value"))
        if statement is not None and statement.role not in ("goal", "hep", "history"):
            place = Span(match.start("value"), match.end("value"))
            certainty: Certainty = "ambiguous" if match["prime"] else "inferred"
            yield TimeStatement("total", float(match["value"]), place, certainty=certainty)


#: "The visit ran 50 minutes.", "Session 30 min."
_VISIT = loose(
    r"\b(?:visit|session|appointment|encounter|appt)\s(?:was |lasted |ran |took |of |time |length |today )*(?:about )?(?P<value>\d{2,3})\s?(?:minutes?|mins?|min)\b(?! (?:of|in|for) (?!all|total))"
)


def _visit_time(reading: Reading) -> Iterator[TimeStatement]:
    """How long the visit was, told in a sentence."""
    for match in reading.matches(_VISIT):
        if not is_elsewhere(reading, match.start()):
            yield TimeStatement(
                "total_treatment",
                float(match["value"]),
                Span(match.start(), match.end()),
                certainty="inferred",
            )


def _named_time(
    reading: Reading,
    totals: Sequence[TotalRead],
    anchors: Sequence[Anchor],
    parts: Sequence[TimeStatement],
) -> Iterator[TimeStatement]:
    """ "Time: 45." — the length of the visit under a bare head, or a code's at the end of its box."""
    matches = list(reading.matches(_TIME_COLON))
    marks = [a for a in anchors if a.written or heads_box(reading, a)] if matches else []
    opened = [a.start for a in marks]
    for match in matches:
        if any(t.place.start <= match.start("value") < t.place.end for t in totals):
            continue
        place = Span(match.start(), match.end("value"))
        if any(t.place and t.place.overlaps(place) and t.role in _OWNED for t in parts):
            continue
        owner = before(marks, match.start(), opened)
        if (
            owner is not None
            and heads_box(reading, owner)
            and _closes_box(reading, owner, match.start())
        ):
            yield TimeStatement(
                "service", float(match["value"]), place, service=owner.service, code=owner.code
            )
        elif len(match["value"]) > 1 and not is_elsewhere(reading, match.start()):
            yield TimeStatement("total", float(match["value"]), place, certainty="inferred")


_OWNED = frozenset({"service", "evaluation", "group"})


def _closes_box(reading: Reading, owner: Anchor, at: int) -> bool:
    """Whether minutes on a line of their own stand below a head and its words, no blank line between."""
    above = reading.lower[owner.end : at].replace("\r", "")
    return "\n" in above and "\n\n" not in above.rstrip("\n")


def _gridded(
    services: Sequence[Service],
    times: Sequence[TimeStatement],
    units: Sequence[UnitCount],
    coded: set[str],
) -> Iterator[Service]:
    """Codes with minutes or units that no service was opened for: rows of a billing grid."""
    seen = {s.code.value for s in services if s.code}
    index = len(services)
    items: tuple[TimeStatement | UnitCount, ...] = (*times, *units)
    for item in items:
        if item.code in coded and item.code not in seen:
            seen.add(item.code)
            yield Service(index, item.place, Value(item.code, item.place))
            index += 1


def _filled(
    reading: Reading,
    services: Sequence[Service],
    times: Sequence[TimeStatement],
    units: Sequence[UnitCount],
    minutes: Mapping[str, Value[float]],
) -> Iterator[Service]:
    """Puts minutes, units, interval and modifiers into the services that were read for them."""
    for service in services:
        code = service.code.value if service.code else ""
        own = next((u for u in units if u.code == code and code), None)
        clock = next(
            (
                t
                for t in times
                if t.service == service.index
                and t.start_clock is not None
                and t.end_clock is not None
                and t.minutes
            ),
            None,
        )
        labelled = [
            t
            for t in times
            if t.service == service.index
            and not t.code
            and t.minutes is not None
            and t.role == "service"
        ]
        spent = minutes.get(code) or (
            Value(labelled[0].minutes or 0, labelled[0].place, certainty=labelled[0].certainty)
            if labelled
            else None
        )
        modifiers = service.modifiers
        if service.place is not None and service.code and service.code.place:
            after, _ = modifiers_after(reading.lower, service.code.place.end)
            modifiers = tuple(dict.fromkeys((*modifiers, *after, *(own.modifiers if own else ()))))
        yield replace(
            service,
            minutes=service.minutes or spent,
            units=service.units
            or (Value(own.units, own.place, certainty=own.certainty) if own else None),
            interval=Value((clock.start_clock or 0, clock.end_clock or 0), clock.place)
            if clock
            else None,
            modifiers=modifiers,
        )
