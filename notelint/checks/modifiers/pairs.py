"""Code pairs and the modifiers that say their time was distinct (I4, I5)."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.billing.edits import EditPair, shows_distinct_time
from notelint.billing.intervals import Interval
from notelint.billing.modifiers import DISTINCT_MODIFIERS
from notelint.billing.tables import BillingTables
from notelint.checks.bills.bill import Bill, Line, bill_of
from notelint.encounter.encounter import Encounter
from notelint.rulebook.rule import Hit

#: Minutes of one activity from here on may be those of a service under another name.
_LEAST_UNIT = 8


def distinct_time(encounter: Encounter, tables: BillingTables) -> Iterator[Hit]:
    """A pair of the dated table on one day, without time of its own for each code (I4)."""
    bill = bill_of(encounter, tables.codes)
    billed = [x.code for x in bill.lines if x.units is None or x.units]
    day = encounter.facts.date_of_service
    for pair in tables.pairs_on(billed, day):
        if _distinct(encounter, bill, pair):
            continue
        first, second = _line(bill, pair.column1), _line(bill, pair.column2)
        found = [m for x in (first, second) for m in x.modifiers if m in DISTINCT_MODIFIERS]
        if not pair.verified:
            if found:
                yield _hit(
                    first,
                    second,
                    f"{pair.column1} and {pair.column2} are billed with {found[0]}, without separate minutes or clock times for each. No notice names this pair: check the current edits.",
                    "unverified",
                )
            continue
        if pair.indicator == "0":
            yield _hit(
                first,
                second,
                f"{pair.column1} and {pair.column2} are a pair that no modifier separates. Check the lines.",
                "never",
            )
        elif found:
            yield _hit(
                first,
                second,
                f"{pair.column1} and {pair.column2} are billed with {found[0]}; separate minutes or clock times for each are not found in this text.",
                "modifier",
            )
        else:
            yield _hit(
                first,
                second,
                f"{pair.column1} and {pair.column2} are a code pair; separate minutes or clock times for each are not found in this text.",
                "pair",
            )


def without_pair(encounter: Encounter, tables: BillingTables) -> Iterator[Hit]:
    """59 or its family on a line whose code is part of no pair that day (I5)."""
    bill = bill_of(encounter, tables.codes)
    billed = [x.code for x in bill.lines]
    paired = {
        c
        for p in tables.pairs_on(billed, encounter.facts.date_of_service)
        for c in (p.column1, p.column2)
    }
    for line in bill.lines:
        found = [m for m in line.modifiers if m in DISTINCT_MODIFIERS]
        if found and line.code in tables.codes and line.code not in paired:
            yield _hit(
                line,
                None,
                f"{line.code} carries {found[0]}, and no other code of this visit forms a pair with it.",
                "no-pair",
            )


def _distinct(encounter: Encounter, bill: Bill, pair: EditPair) -> bool:
    """Whether each code has time of its own, or minutes stand for as many services as lack it."""
    minutes = {code: value.value for code, value in encounter.code_minutes.items()}
    for line in bill.lines:
        if line.minutes:
            minutes.setdefault(line.code, line.minutes)
    tested = [
        t.minutes for t in encounter.times if t.role == "evaluation" and not t.code and t.minutes
    ]
    loose = sum(
        1
        for t in encounter.times
        if t.minutes and (t.role == "part" or (t.role == "activity" and t.minutes >= _LEAST_UNIT))
    )
    for code in (pair.column1, pair.column2):
        if code not in minutes and tested and bill.codes[code].evaluation:
            minutes[code] = tested[0]
    if _apart_by_totals(encounter, bill, pair):
        return True
    lacking = [c for c in (pair.column1, pair.column2) if c not in minutes]
    if loose and len(lacking) <= loose:
        return True
    intervals = [
        Interval(t.start_clock, t.end_clock, t.code, half_day_known=t.half_day_known)
        for t in encounter.times
        if t.code and t.minutes and t.start_clock is not None and t.end_clock is not None
    ]
    return shows_distinct_time(pair, minutes, intervals)


def _apart_by_totals(encounter: Encounter, bill: Bill, pair: EditPair) -> bool:
    """One code is timed and the other is not: totals that differ are time of its own for each."""
    kinds = {bill.codes[c].timed for c in (pair.column1, pair.column2)}
    timed = [t.minutes or 0 for t in encounter.times if t.role == "total_timed"]
    whole = [
        t.minutes or 0
        for t in encounter.times
        if t.role in ("total_treatment", "total", "total_untimed")
    ]
    return (
        len(kinds) == 2
        and bool(timed)
        and bool(whole)
        and max(whole) > 0
        and set(whole) != set(timed)
    )


def _line(bill: Bill, code: str) -> Line:
    return next(x for x in bill.lines if x.code == code)


def _hit(first: Line, second: Line | None, message: str, stage: str) -> Hit:
    place = first.as_place(first.code)
    return Hit(
        "charge" if place.target != "text" else "words",
        place.start,
        place.end,
        target=place.target,
        evidence=(second.as_place(second.code),) if second else (),
        facts={"stage": stage, "code": first.code},
        message=message,
    )
