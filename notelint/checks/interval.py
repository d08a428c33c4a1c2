"""``interval``: clock times that overlap, are one-sided, reversed, or asked for and absent (C11, C12)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from notelint.billing.intervals import LONGEST_MINUTES, Interval, Mode, exceeds_visit, overlaps
from notelint.billing.tables import BillingTables
from notelint.checks.billing_tables import tables_of
from notelint.checks.bills.bill import bill_of
from notelint.checks.bills.spent import number, places_of
from notelint.encounter.encounter import Encounter, TimeStatement
from notelint.rulebook.rule import Hit, Rule

if TYPE_CHECKING:
    from notelint.rulebook.pack import Pack

#: Payers whose programmes ask for clock times on every visit.
_ASKS_FOR_CLOCKS = frozenset({"workers_comp"})
_END = "Correct whichever was recorded wrongly."


def check(encounter: Encounter, rule: Rule, pack: Pack) -> Iterator[Hit]:
    """Yields the clock times that the rule's test finds wrong."""
    return _TESTS[rule.params.test](encounter, tables_of(pack))


def _overlap(encounter: Encounter, tables: BillingTables) -> Iterator[Hit]:
    """Two one-on-one services of one patient at one time, or more of them than the visit holds."""
    if _is_shared(encounter):
        return
    clocked: dict[Interval, TimeStatement] = {}
    for t in encounter.times:
        if not t.code or not t.minutes or t.start_clock is None or t.end_clock is None:
            continue
        if any((i.start, i.end, i.code) == (t.start_clock, t.end_clock, t.code) for i in clocked):
            continue  # one time, told twice: in the text and in the charge row
        key = Interval(
            t.start_clock, t.end_clock, t.code, "unknown", half_day_known=t.half_day_known
        )
        clocked[key] = t
    found = list(overlaps(clocked, tables.codes))
    for overlap in found:
        first, second = clocked[overlap.first], clocked[overlap.second]
        yield _between(
            encounter, second, first,
            f"{overlap.first.code} {_words(encounter, first)} and {overlap.second.code} {_words(encounter, second)} "
            f"overlap. {_END}",
        )  # fmt: skip
    if not found:
        yield from _longer_than_visit(encounter, clocked, tables)


def _longer_than_visit(
    encounter: Encounter, clocked: Mapping[Interval, TimeStatement], tables: BillingTables
) -> Iterator[Hit]:
    visits = [
        t
        for t in encounter.times
        if t.role == "session"
        and t.minutes
        and t.start_clock is not None
        and t.end_clock is not None
    ]
    if len(visits) != 1 or not clocked:
        return
    visit = visits[0]
    assert visit.start_clock is not None
    assert visit.end_clock is not None
    whole = Interval(visit.start_clock, visit.end_clock)
    if not any(i.start < whole.end and whole.start < i.end for i in clocked):
        return  # a stretch beside the services' is no visit that holds them
    if exceeds_visit(clocked, whole, tables.codes):
        total = sum(i.minutes for i in clocked)
        yield _between(
            encounter, visit, next(iter(clocked.values())),
            f"The services' clock times add up to {total} min; the visit's are {number(visit.minutes or 0)} min. {_END}",
        )  # fmt: skip


def _is_shared(encounter: Encounter) -> bool:
    """Whether two disciplines or a group share the time, so that it may coincide."""
    reading = encounter.reading
    modes: tuple[Mode, ...] = ("cotreat", "group", "concurrent")
    return any(
        m.has_tag(mode)
        for m in reading.mentions_in(0, len(reading.text), "delivery")
        for mode in modes
    )


def _consistency(encounter: Encounter, tables: BillingTables) -> Iterator[Hit]:
    """Start without end, end before start, a visit longer than any, or none where they are asked."""
    clocks = [t for t in encounter.times if t.start_clock is not None or t.end_clock is not None]
    visits = [t for t in clocks if t.start_clock is not None and t.end_clock is not None]
    for time in clocks:
        if time.place is None:
            continue
        words = _words(encounter, time)
        if time.start_clock is None or time.end_clock is None:
            if not _completed(time, clocks):
                other = "end" if time.end_clock is None else "start"
                yield _at(
                    time,
                    f"“{words}”: the {other} of the time is not found in this text.",
                    "one-sided",
                )
        elif time.minutes is None:
            yield _at(time, f"“{words}”: the end is not after the start. {_END}", "reversed")
        elif time.minutes > LONGEST_MINUTES:
            yield _at(
                time, f"“{words}” is {number(time.minutes)} min. Check both clock times.", "long"
            )
    if not visits and not clocks and encounter.facts.payer in _ASKS_FOR_CLOCKS:
        bill = bill_of(encounter, tables.codes)
        if bill.any_timed and encounter.supply("whole_note") == "supplied":
            yield Hit(
                "note",
                facts={"stage": "absent"},
                message="Start and stop times are not found in this text; workers' compensation programmes often ask for them.",
                ask="When did the treatment start and stop?",
            )


def _completed(time: TimeStatement, clocks: Sequence[TimeStatement]) -> bool:
    """Whether another statement gives the other end."""
    if time.end_clock is None:
        return any(c.end_clock is not None for c in clocks)
    return any(c.start_clock is not None for c in clocks)


def _at(time: TimeStatement, message: str, stage: str) -> Hit:
    assert time.place is not None
    return Hit("words", time.place.start, time.place.end, message=message, facts={"stage": stage})


def _between(encounter: Encounter, main: TimeStatement, other: TimeStatement, message: str) -> Hit:
    del encounter
    evidence = places_of(other, "clock times")
    if main.place is None:
        return Hit("charge", target=main.label, evidence=evidence, message=message)
    return Hit("words", main.place.start, main.place.end, evidence=evidence, message=message)


def _words(encounter: Encounter, time: TimeStatement) -> str:
    """The clock times as written, in text or in the charge row."""
    if time.place is not None:
        return " ".join(encounter.text[time.place.start : time.place.end].split())
    for number_, charge in enumerate(encounter.note.charges):
        if time.label == f"charges[{number_}]":
            return f"{charge.start}-{charge.end}"
    return ""


_TESTS: Mapping[str, Callable[[Encounter, BillingTables], Iterator[Hit]]] = {
    "overlap": _overlap,
    "consistency": _consistency,
}
