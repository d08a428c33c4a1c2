"""A visit's units by both methods, whatever kinds of codes it holds.

Codes of a family (97129 with 97130) are one service: their minutes join, and the units are split
into the first block and further blocks. Codes counted in other blocks (97550, 97545, 96125) stay
out of the pool. Untimed codes are one unit and bring no minutes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from notelint.billing.allocation import Allocation, allocate
from notelint.billing.codes import Code
from notelint.billing.midpoint import MidpointCount, count_midpoint
from notelint.billing.units import block_units


@dataclass(frozen=True, slots=True)
class VisitCount:
    """What the minutes of one discipline and day make.

    ``pooled``: minutes by 15-minute service (a family under its first code). ``apart``: units of
    codes with blocks of their own. ``untimed``: codes of one unit. ``cms`` and ``midpoint`` cover
    ``pooled`` only; ``whole(...)`` gives every code.
    """

    entered: tuple[str, ...]
    pooled: Mapping[str, float]
    apart: Mapping[str, int]
    untimed: tuple[str, ...]
    cms: Allocation
    midpoint: MidpointCount

    def whole(self, by_code: Mapping[str, int]) -> dict[str, int]:
        """Returns units of all codes in the order entered; families' further blocks follow."""
        merged = {**by_code, **self.apart, **dict.fromkeys(self.untimed, 1)}
        ordered = {code: merged.get(code, 0) for code in self.entered}
        return ordered | {code: count for code, count in merged.items() if code not in ordered}


def count_visit(minutes: Mapping[str, float], codes: Mapping[str, Code]) -> VisitCount:
    """Counts a visit.

    Args:
        minutes: minutes by code, in the order in which a tie is to be broken.
        codes: the known codes; a code that is not known raises KeyError.
    """
    pooled: dict[str, float] = {}
    blocks: dict[str, float] = {}
    untimed: list[str] = []
    for name, spent in minutes.items():
        code = codes[name]
        lead = code.partner if code.kind == "additional" else name
        if not code.timed:
            untimed.append(name)
            continue
        target = pooled if code.pooled else blocks
        target[lead] = target.get(lead, 0) + spent
    apart: dict[str, int] = {}
    for lead, spent in blocks.items():
        apart |= _in_blocks(spent, codes[lead], codes)
    cms = allocate(pooled)
    midpoint = count_midpoint(pooled)
    return VisitCount(
        entered=tuple(minutes),
        pooled=pooled,
        apart=apart,
        untimed=tuple(untimed),
        cms=replace(
            cms,
            units_by_code=split_families(cms.units_by_code, codes),
            base=split_families(cms.base, codes),
            ties=tuple(tuple(_next_unit(c, cms.base[c], codes) for c in g) for g in cms.ties),
        ),
        midpoint=replace(midpoint, units_by_code=split_families(midpoint.units_by_code, codes)),
    )


def join_families(counts: Mapping[str, int], codes: Mapping[str, Code]) -> dict[str, int]:
    """Returns units with further blocks added to their family's first code."""
    joined: dict[str, int] = {}
    for name, count in counts.items():
        code = codes.get(name)
        lead = code.partner if code and code.kind == "additional" else name
        joined[lead] = joined.get(lead, 0) + count
    return joined


def split_families(counts: Mapping[str, int], codes: Mapping[str, Code]) -> dict[str, int]:
    """Returns units with everything past a family's first block under its further code."""
    split: dict[str, int] = {}
    for name, count in counts.items():
        code = codes.get(name)
        if code is None or code.kind != "first":
            split[name] = count
            continue
        split[name] = min(count, 1)
        if count > 1:
            split[code.partner] = count - 1
    return split


def _in_blocks(spent: float, lead: Code, codes: Mapping[str, Code]) -> dict[str, int]:
    if lead.kind == "block":
        return {lead.code: sum(block_units(spent, lead.minutes, lead.minutes))}
    first, further = block_units(spent, lead.minutes, codes[lead.partner].minutes)
    return {lead.code: first} | ({lead.partner: further} if further else {})


def _next_unit(name: str, held: int, codes: Mapping[str, Code]) -> str:
    code = codes[name]
    return code.partner if code.kind == "first" and held else name
