"""The CMS total-time rule: all timed minutes make the units, remainders say where they belong.

MCPM ch. 5 §20.2: the units of the day come from the total; a service of at least 15 minutes is
billed for at least one unit, of at least 30 for at least two; what is left goes to the services
with the most remaining minutes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from notelint.billing.codes import UNIT_MINUTES
from notelint.billing.units import units


@dataclass(frozen=True, slots=True)
class Allocation:
    """Units by code with the steps that led there; minutes throughout, in the order given.

    ``extra`` is how many units the remainders make together. ``ties`` holds the group of codes
    with equal remainders of which only some received one: the clinician chooses; ``units_by_code``
    follows the order in which the codes were given.
    """

    total_minutes: float
    units: int
    units_by_code: Mapping[str, int]
    base: Mapping[str, int]
    remainders: Mapping[str, float]
    extra: int
    ties: tuple[tuple[str, ...], ...] = ()

    def allows(self, billed: Mapping[str, int]) -> bool:
        """Says whether ``billed`` is this allocation or another choice among the tied codes."""
        tied = {code for group in self.ties for code in group}
        if any(code not in self.units_by_code for code, count in billed.items() if count):
            return False
        for code, count in self.units_by_code.items():
            given = billed.get(code, 0)
            choices = (self.base[code], self.base[code] + 1) if code in tied else (count,)
            if given not in choices:
                return False
        return sum(billed.values()) == self.units


def allocate(minutes: Mapping[str, float]) -> Allocation:
    """Allocates the units of one discipline's timed minutes of one day.

    Args:
        minutes: minutes by 15-minute code, in the order in which a tie is to be broken.
    """
    total = sum(minutes.values())
    count = units(total)
    base = {code: int(spent // UNIT_MINUTES) for code, spent in minutes.items()}
    remainders = {code: spent % UNIT_MINUTES for code, spent in minutes.items()}
    extra = count - sum(base.values())
    # sorted() is stable: codes with equal remainders keep the order they were given in
    ranked = sorted((c for c in minutes if remainders[c] > 0), key=lambda c: -remainders[c])
    chosen = frozenset(ranked[:extra])
    return Allocation(
        total_minutes=total,
        units=count,
        units_by_code={code: base[code] + (code in chosen) for code in minutes},
        base=base,
        remainders=remainders,
        extra=extra,
        ties=_ties(ranked, remainders, extra),
    )


def _ties(
    ranked: list[str], remainders: Mapping[str, float], extra: int
) -> tuple[tuple[str, ...], ...]:
    if not 0 < extra < len(ranked) or remainders[ranked[extra - 1]] != remainders[ranked[extra]]:
        return ()
    cut = remainders[ranked[extra]]
    return (tuple(code for code in ranked if remainders[code] == cut),)
