"""More units than the minutes make, or fewer (C4, C9, C14)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from notelint.billing.midpoint import count_midpoint
from notelint.billing.payers import PayerFacts
from notelint.billing.tables import BillingTables
from notelint.billing.units import LEAST_MINUTES, units
from notelint.checks.bills.bill import Bill, bill_of
from notelint.checks.bills.spent import Spent, bounds_of, most, number, spent_on
from notelint.checks.bills.wording import CMS, MIDPOINT, billed_word, units_word
from notelint.encounter.encounter import Encounter, UnitCount
from notelint.finding import Place
from notelint.rulebook.rule import Hit


def over_cms(encounter: Encounter, tables: BillingTables) -> Iterator[Hit]:
    """Billed units above what the timed minutes of the visit make by the CMS rule (C4).

    Where the payer's rule is not known, both rules are stated and neither accuses.
    """
    payer = tables.payer(encounter.facts.payer)
    if payer.units == "midpoint":
        return
    for bill, billed, stated, spent in _counted(encounter, tables):
        supported = units(spent.minutes)
        if billed <= supported:
            continue
        yield _hit(bill, stated, spent, _over_message(payer, spent, supported, billed))


def _over_message(payer: PayerFacts, spent: Spent, supported: int, billed: int) -> str:
    lead = _lead(spent)
    if payer.units == "cms":
        return (
            f"{lead}: {units_word(supported)} by {CMS}; {billed_word(billed)}. "
            "Correct whichever was recorded wrongly."
        )
    if spent.terms:
        alone = count_midpoint(spent.by_code).units
        counts = f"{units_word(supported)} by {CMS}, {units_word(alone)} by {MIDPOINT}"
    else:
        counts = f"{units_word(supported)} by {CMS}; {MIDPOINT} needs minutes for each code"
    whose = (
        "The payer is not known" if payer.payer == "unknown" else "The payer's rule is not known"
    )
    return f"{lead}: {counts}; {billed_word(billed)}. {whose}: check which rule holds."


def _lead(spent: Spent) -> str:
    if spent.terms:
        return str(spent)
    if spent.source == "bound":
        return f"{number(spent.minutes)} min of treatment in all"
    return f"{number(spent.minutes)} timed min stated"


def under_eight(encounter: Encounter, tables: BillingTables) -> Iterator[Hit]:
    """A unit for a service under eight minutes: the day's only timed minutes (CMS), or the code's
    own (midpoint) (C9)."""
    payer = tables.payer(encounter.facts.payer)
    for bill, billed, stated, spent in _counted(encounter, tables, bounded=False):
        if payer.units != "midpoint" and spent.minutes < LEAST_MINUTES and billed:
            yield _hit(
                bill, stated, spent,
                f"{_lead(spent)} are the only timed minutes of the day; {billed_word(billed)}. "
                f"They make no unit by {CMS}. Correct whichever was recorded wrongly.",
            )  # fmt: skip
        elif payer.units == "midpoint" and spent.terms:
            yield from _short_codes(bill, spent)


def _short_codes(bill: Bill, spent: Spent) -> Iterator[Hit]:
    for code, minutes in spent.by_code.items():
        lines = [x for x in bill.timed if x.code == code]
        billed = sum(x.units or 0 for x in lines)
        if billed and minutes < LEAST_MINUTES and bill.codes[code].kind == "timed":
            hit = _hit(
                replace(bill, lines=tuple(lines)), None, spent,
                f"{code} {number(minutes)} min: no unit by {MIDPOINT}; {billed_word(billed)}. "
                "Correct whichever was recorded wrongly.",
            )  # fmt: skip
            yield hit


def underbilled(encounter: Encounter, tables: BillingTables) -> Iterator[Hit]:
    """Minutes and units that differ the other way: neutral, and off unless asked for (C14)."""
    payer = tables.payer(encounter.facts.payer)
    for bill, billed, stated, spent in _counted(encounter, tables, bounded=False):
        counts = [units(spent.minutes)]
        if payer.units != "cms":
            if not spent.terms:
                continue
            alone = count_midpoint(spent.by_code).units
            counts = [alone] if payer.units == "midpoint" else [counts[0], alone]
        if billed < min(counts):
            yield _hit(
                bill, stated, spent,
                f"Minutes and units differ: {_lead(spent)}; {billed_word(billed)}. "
                "Check that both record what was done.",
            )  # fmt: skip


def _counted(
    encounter: Encounter, tables: BillingTables, *, bounded: bool = True
) -> Iterator[tuple[Bill, int, UnitCount | None, Spent]]:
    """Yields each discipline's bill with its timed units and the minutes that excuse most."""
    bill = bill_of(encounter, tables.codes)
    pools = bill.pools()
    for _, pool in pools:
        counted = pool.timed_units()
        if counted is None or not pool.timed:
            continue
        sources = spent_on(encounter, pool)
        if len(pools) > 1:
            sources = [s for s in sources if s.terms]
        if not sources and bounded and len(pools) == 1:
            sources = _tightest(encounter)
        best = most(sources)
        if best is not None and best.sure:
            yield pool, counted[0], counted[1], best


def _tightest(encounter: Encounter) -> list[Spent]:
    """Without timed minutes: the time that surely holds them. All of it must be sure."""
    found = bounds_of(encounter)
    return found if all(b.sure for b in found) else []


def _hit(bill: Bill, stated: UnitCount | None, spent: Spent, message: str) -> Hit:
    lines = [
        x.as_place(f"{x.code}: {units_word(x.units)}") for x in bill.timed if x.units is not None
    ]
    if stated is not None:
        main = Place("main", "text", stated.place.start, stated.place.end)
        lines = []
    elif lines:
        main = lines[0]
    else:
        return Hit("note", message=message, evidence=spent.places)
    fields: Mapping[str, str] = {"minutes": number(spent.minutes)}
    scope = "charge" if main.target != "text" else "words"
    return Hit(
        scope,  # type: ignore[arg-type]
        main.start,
        main.end,
        target=main.target,
        fields=fields,
        evidence=(*lines[1:], *_apart(spent.places, main)),
        message=message,
    )


def _apart(places: tuple[Place, ...], main: Place) -> Iterator[Place]:
    """Evidence that is not the main place again."""
    for place in places:
        if (place.target, place.start, place.end) != (main.target, main.start, main.end):
            yield place
