"""Timed minutes of a visit by every source that states them: record, text, totals.

A source that is complete can be held against the units. Where sources differ, nobody is accused
unless all of them agree that the units are too many.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from notelint.checks.bills.bill import Bill
from notelint.encounter.encounter import Encounter, TimeStatement, Value
from notelint.finding import Place

Source = Literal["record", "text", "mixed", "total", "bound"]


@dataclass(frozen=True, slots=True)
class Spent:
    """Timed minutes by one source. ``terms`` are code and minutes where stated for each code;
    ``sure`` is false where a term is ambiguous: it may then excuse and never accuse. A ``bound`` is
    time that holds the timed minutes and perhaps more (total treatment time, the visit's span).
    """

    source: Source
    minutes: float
    terms: tuple[tuple[str, float], ...] = ()
    places: tuple[Place, ...] = ()
    sure: bool = True

    @property
    def by_code(self) -> dict[str, float]:
        found: dict[str, float] = {}
        for code, spent in self.terms:
            found[code] = found.get(code, 0) + spent
        return found

    def __str__(self) -> str:
        if self.terms:
            added = " + ".join(f"{code} {number(spent)}" for code, spent in self.by_code.items())
            return (
                f"{added} = {number(self.minutes)} min" if len(self.by_code) > 1 else f"{added} min"
            )
        return f"{number(self.minutes)} min"


def number(value: float) -> str:
    """A number as people write it: ``23``, ``8.5``."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def spent_on(encounter: Encounter, bill: Bill) -> list[Spent]:
    """Returns the timed minutes of a bill by every source that is complete for its timed codes."""
    found = [s for s in (_recorded(bill), _written(encounter, bill), _mixed(encounter, bill)) if s]
    found += _totals(encounter, bill)
    return found


def bounds_of(encounter: Encounter) -> list[Spent]:
    """Returns what the timed minutes cannot exceed: treatment totals and the visit's span."""
    return [
        Spent("bound", t.minutes, (), places_of(t, "time stated"), t.sure)
        for t in encounter.times
        if t.minutes is not None and t.role in ("total_treatment", "total", "session")
    ]


def places_of(time: TimeStatement, label: str) -> tuple[Place, ...]:
    """The place of a statement of time in text or record."""
    if time.place is None:
        return (Place("evidence", time.label or "totals", label=label),)
    return (Place("evidence", "text", time.place.start, time.place.end, label),)


def _recorded(bill: Bill) -> Spent | None:
    if not bill.recorded or not bill.timed or any(x.minutes is None for x in bill.timed):
        return None
    terms = tuple((x.code, x.minutes or 0) for x in bill.timed)
    places = tuple(x.as_place("minutes recorded") for x in bill.timed)
    return Spent("record", sum(m for _, m in terms), terms, places)


def _written(encounter: Encounter, bill: Bill) -> Spent | None:
    stated = encounter.code_minutes
    codes = list(dict.fromkeys(x.code for x in bill.timed))
    if not codes or any(c not in stated for c in codes):
        return None
    more = [c for c in stated if c in bill.codes and bill.codes[c].pooled and c not in codes]
    # a name without its code may be an exercise of a billed service: then the sum is in doubt
    lower = encounter.reading.lower
    named = [c for c in more if c.lower() not in lower]
    coded = bill.recorded or any(c.lower() in lower for c in codes)
    return _joined("text", codes + more, stated, doubt=bool(named) and coded)


def _joined(
    source: Source, codes: Sequence[str], stated: Mapping[str, Value[float]], *, doubt: bool
) -> Spent:
    terms = tuple((c, stated[c].value) for c in codes)
    places = tuple(
        Place("evidence", "text", v.place.start, v.place.end, "minutes")
        for v in (stated[c] for c in codes)
        if v.place
    )
    sure = not doubt and all(stated[c].sure for c in codes)
    return Spent(source, sum(m for _, m in terms), terms, places, sure)


def _mixed(encounter: Encounter, bill: Bill) -> Spent | None:
    """Some minutes in the rows and the others in the text: complete only together."""
    if not bill.recorded or all(x.minutes is not None for x in bill.timed):
        return None
    stated = encounter.code_minutes
    rows: dict[str, float] = {}
    for line in bill.timed:
        if line.minutes is not None:
            rows[line.code] = rows.get(line.code, 0) + line.minutes
    if not rows or any(x.code not in rows and x.code not in stated for x in bill.timed):
        return None
    codes = list(dict.fromkeys(x.code for x in bill.timed))
    terms = tuple((c, rows.get(c, stated[c].value if c in stated else 0)) for c in codes)
    sure = all(c in rows or stated[c].sure for c in codes)
    return Spent("mixed", sum(m for _, m in terms), terms, (), sure)


def _totals(encounter: Encounter, bill: Bill) -> Iterator[Spent]:
    for time in encounter.times:
        if time.minutes is None:
            continue
        if time.role == "total_timed" or (
            time.role == "total" and bill.only_timed and not has_timed_total(encounter)
        ):
            yield Spent(
                "total",
                time.minutes,
                (),
                places_of(time, "timed minutes stated"),
                time.certainty != "ambiguous",
            )


def has_timed_total(encounter: Encounter) -> bool:
    return any(t.role == "total_timed" for t in encounter.times)


def most(spent: Sequence[Spent]) -> Spent | None:
    """The source with the most minutes: the one that excuses most."""
    return max(spent, key=lambda s: (s.minutes, s.sure), default=None)
