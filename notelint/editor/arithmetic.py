"""The arithmetic of the charges entered: totals and the units that the minutes make.

Shown at the check before signing, on the author's own numbers. It holds no band of minutes, no
distance to another unit and no proposal: what is entered stands beside what it adds up to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from notelint.billing.tables import BillingTables
from notelint.billing.units import minutes_by_code, pools, units_by_code
from notelint.billing.visit import VisitCount, count_visit
from notelint.note import Note

_METHODS = {"cms": "CMS total-time rule", "midpoint": "CPT midpoint rule, each code alone"}


@dataclass(frozen=True, slots=True)
class Sum:
    """One discipline's charges added up.

    ``minutes`` are the timed minutes, None where a timed code has none entered. ``entered`` are
    the units entered, None where a row has none. ``computed`` pairs a method's name with the units
    that the minutes make by it.
    """

    discipline: str
    terms: tuple[tuple[str, float], ...] = ()
    minutes: float | None = None
    entered: int | None = None
    computed: tuple[tuple[str, int], ...] = ()
    unknown: tuple[str, ...] = ()

    def as_line(self) -> str:
        """Returns "97110 23 + 97112 24 = 47 min; 3 units by the …; entered: 4"."""
        parts = [f"not counted: {', '.join(self.unknown)}"] if self.unknown else []
        if self.minutes is None:
            parts.append("minutes not entered for every timed code")
        else:
            terms = " + ".join(f"{code} {_number(spent)}" for code, spent in self.terms)
            parts.append(f"{terms} = {_number(self.minutes)} min" if terms else "no timed minutes")
        parts += [f"{count} {_noun(count)} by the {method}" for method, count in self.computed]
        if self.entered is not None:
            parts.append(f"entered: {self.entered}")
        head = "" if self.discipline == "unknown" else f"{self.discipline}: "
        return head + "; ".join(parts)

    def as_dict(self) -> dict[str, Any]:
        return {
            "discipline": self.discipline,
            "terms": [{"code": code, "minutes": spent} for code, spent in self.terms],
            "minutes": self.minutes,
            "entered": self.entered,
            "computed": [{"method": method, "units": count} for method, count in self.computed],
            "unknown_codes": list(self.unknown),
        }


def sums(note: Note, tables: BillingTables) -> Iterator[Sum]:
    """Yields the sums of a note's charges, one for each discipline that has any.

    The method follows the payer; for an unknown one both are given and neither is preferred.
    """
    for discipline, lines in pools(note.charges, default=note.discipline):
        unknown = tuple(dict.fromkeys(x.code for x in lines if x.code not in tables.codes))
        known = [x for x in lines if x.code in tables.codes]
        minutes = minutes_by_code(known, tables.codes)
        by_code = units_by_code(known)
        entered = None
        if by_code is not None:
            entered = sum(count for code, count in by_code.items() if tables.codes[code].timed)
        if minutes is None:
            yield Sum(discipline, entered=entered, unknown=unknown)
            continue
        yield Sum(
            discipline,
            terms=tuple(minutes.items()),
            minutes=sum(minutes.values()),
            entered=entered,
            computed=tuple(_computed(count_visit(minutes, tables.codes), note, tables)),
            unknown=unknown,
        )


def _computed(count: VisitCount, note: Note, tables: BillingTables) -> Iterator[tuple[str, int]]:
    payer = tables.payers.get(note.payer)
    method = payer.units if payer else "both"
    apart = sum(count.apart.values())
    if not count.pooled and not apart:
        return
    if method in ("cms", "both"):
        yield _METHODS["cms"], count.cms.units + apart
    if method in ("midpoint", "both"):
        yield _METHODS["midpoint"], count.midpoint.units + apart


def _number(value: float) -> str:
    return f"{value:g}"


def _noun(count: int) -> str:
    return "unit" if count == 1 else "units"
