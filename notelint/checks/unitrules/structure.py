"""What a code's own structure allows: untimed codes, first and further blocks, and which service
holds the unit of the remaining minutes (C6, C8, C15)."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.billing.review import UnitIssue, review, review_structure
from notelint.billing.tables import BillingTables
from notelint.billing.units import units
from notelint.checks.bills.bill import Bill, Line, bill_of, list_units
from notelint.checks.bills.spent import number, spent_on
from notelint.checks.bills.wording import CMS, billed_word, units_word
from notelint.encounter.encounter import Encounter
from notelint.rulebook.rule import Hit

_COGNITIVE = frozenset({"97129", "97130"})
_ALLOCATION = frozenset({"below_base", "smaller_remainder", "concentrated"})


def untimed_multiple(encounter: Encounter, tables: BillingTables) -> Iterator[Hit]:
    """More than one unit of a code that is counted once a day (C8)."""
    for bill, issue in _structure(encounter, tables):
        if issue.kind == "untimed_multiple":
            yield _on(
                bill, issue.code,
                f"{issue.code} is not counted by time; {billed_word(issue.billed)}. "
                "Check the units of this line.",
            )  # fmt: skip


def cognitive(encounter: Encounter, tables: BillingTables) -> Iterator[Hit]:
    """97129 more than once, 97130 without it, or more blocks than the minutes make (C15)."""
    for bill, issue in _structure(encounter, tables):
        if issue.code not in _COGNITIVE:
            continue
        if issue.kind == "first_repeated":
            message = (
                f"97129 is the first block and stands once a day; {billed_word(issue.billed)}."
            )
        elif issue.kind == "further_alone":
            if any(line.code == issue.other for line in bill.lines):
                continue  # it is billed, and its units are not stated
            message = "97130 is a further block; its first block is not billed."
        elif issue.kind == "further_short":
            spent = number(issue.minutes or 0)
            message = f"{spent} min of cognitive intervention in all; {units_word(issue.billed)} of 97130, the further block, {'is' if issue.billed == 1 else 'are'} billed."
        else:
            continue
        yield _on(bill, issue.code, f"{message} Correct whichever was recorded wrongly.")


def _structure(encounter: Encounter, tables: BillingTables) -> Iterator[tuple[Bill, UnitIssue]]:
    whole = bill_of(encounter, tables.codes)
    for _, bill in whole.pools():
        counts: dict[str, int] = {}
        for line in bill.lines:
            if line.units is not None:
                counts[line.code] = counts.get(line.code, 0) + line.units
        minutes = _family_minutes(encounter, bill)
        yield from ((bill, issue) for issue in review_structure(counts, minutes, tables.codes))


def _family_minutes(encounter: Encounter, bill: Bill) -> dict[str, float] | None:
    """Minutes of the cognitive family, if both its codes (or the two together) state them."""
    lines = [x for x in bill.lines if x.code in _COGNITIVE]
    if not lines:
        return None
    written = encounter.code_minutes
    rows = [x.minutes for x in lines]
    recorded = 0.0 if None in rows else sum(m or 0 for m in rows)
    stated = [v.value for c, v in written.items() if c in _COGNITIVE and v.sure]
    groups = [
        t.minutes or 0 for t in encounter.times
        if t.role == "group" and set(t.label.split("+")) == _COGNITIVE and t.sure
    ]  # fmt: skip
    totals = [
        t.minutes or 0
        for t in encounter.times
        if t.role in ("total_timed", "total", "total_treatment", "session")
    ]
    known = [
        m
        for m in (
            recorded,
            sum(stated) if len(stated) == len({x.code for x in lines}) else 0,
            *groups,
        )
        if m
    ]
    if not known:
        return None
    return {"97129": max([*known, *totals])}


def allocation(encounter: Encounter, tables: BillingTables) -> Iterator[Hit]:
    """The number of units is right and they stand on other services than the minutes say (C6)."""
    if tables.payer(encounter.facts.payer).units != "cms":
        return
    whole = bill_of(encounter, tables.codes)
    for _, bill in whole.pools():
        billed = {c: n for c, n in (bill.units or {}).items() if c in tables.codes}
        sources = [s for s in spent_on(encounter, bill) if s.terms]
        if not billed or not sources or not all(s.sure for s in sources):
            continue
        wrong = [_misplaced(billed, s.by_code, tables) for s in sources]
        if not all(wrong):
            continue
        spent = sources[0]
        lines = [x.as_place(f"{x.code}: {units_word(x.units or 0)}") for x in bill.timed]
        yield Hit(
            "charge" if bill.recorded else "words",
            lines[0].start, lines[0].end, target=lines[0].target,
            evidence=(*lines[1:], *spent.places),
            fields={"minutes": number(spent.minutes)},
            message=(
                f"{spent}: {units_word(units(spent.minutes))} by {CMS}. They are billed as "
                f"{list_units(bill.timed)}, and the minutes of the services place them otherwise. "
                "Check minutes and units of each line."
            ),
        )  # fmt: skip


def _misplaced(billed: dict[str, int], minutes: dict[str, float], tables: BillingTables) -> bool:
    pooled = {c: n for c, n in billed.items() if tables.codes[c].pooled}
    if sum(pooled.values()) != units(sum(minutes.values())):
        return False
    return any(i.kind in _ALLOCATION for i in review("cms", pooled, minutes, tables.codes))


def _on(bill: Bill, code: str, message: str) -> Hit:
    lines: list[Line] = [x for x in bill.lines if x.code == code]
    places = [x.as_place(f"{x.code}: {units_word(x.units or 0)}") for x in lines]
    main = places[0]
    return Hit(
        "charge" if main.target != "text" else "words",
        main.start,
        main.end,
        target=main.target,
        evidence=tuple(places[1:]),
        facts={"code": code},
        message=message,
    )
