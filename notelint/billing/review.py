"""Billed units held against minutes: what contradicts what, by the payer's method.

Every function yields ``UnitIssue``s and never proposes minutes or units. Minutes that are not
complete yield nothing: what is not known accuses nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from notelint.billing.allocation import allocate
from notelint.billing.codes import Code
from notelint.billing.midpoint import count_midpoint
from notelint.billing.units import LEAST_MINUTES, block_units, units
from notelint.billing.visit import join_families

Method = Literal["cms", "midpoint", "both"]

UnitIssueKind = Literal[
    "over",  # more timed units than the minutes support
    "under",  # fewer timed units than the minutes support
    "under_eight",  # a unit billed although its minutes are under 8
    "below_base",  # a code billed fewer units than its full 15-minute blocks
    "smaller_remainder",  # a unit on a code while another has more minutes left over
    "concentrated",  # a code billed more units than its minutes reach
    "untimed_multiple",  # more than one unit of an untimed code
    "first_repeated",  # more than one first block of a family
    "further_alone",  # a further block without the first
    "further_short",  # more blocks of a family than its minutes support
]


@dataclass(frozen=True, slots=True)
class UnitIssue:
    """One contradiction. ``code`` is empty when it concerns the whole visit.

    ``supported`` are the units that the minutes support (for method ``both``: the larger of the
    two); ``other`` names the second code where two are compared.
    """

    kind: UnitIssueKind
    code: str
    billed: int
    supported: int
    minutes: float | None = None
    other: str = ""
    method: Method = "cms"


def review(
    method: Method,
    billed: Mapping[str, int],
    minutes: Mapping[str, float],
    codes: Mapping[str, Code],
) -> Iterator[UnitIssue]:
    """Reviews pooled codes by ``method``; ``both`` yields only what is wrong by either rule.

    Args:
        billed: units by code of one discipline and day.
        minutes: minutes by code; codes that are billed and have none make the review silent.
        codes: the known codes.
    """
    pooled = _pooled(minutes, codes)
    counted = {c: n for c, n in join_families(billed, codes).items() if n and _is_pooled(c, codes)}
    if not counted or not counted.keys() <= pooled.keys():
        return
    if method == "cms":
        yield from _by_cms(counted, pooled)
    elif method == "midpoint":
        yield from _by_midpoint(counted, pooled)
    else:
        yield from _by_either(counted, pooled)


def review_totals(
    billed: Mapping[str, int], timed_total: float, codes: Mapping[str, Code]
) -> Iterator[UnitIssue]:
    """Reviews by the CMS rule when only the total of timed minutes is stated (totals-only mode)."""
    given = sum(n for c, n in billed.items() if _is_pooled(c, codes))
    yield from _totals(given, timed_total)


def review_structure(
    billed: Mapping[str, int], minutes: Mapping[str, float] | None, codes: Mapping[str, Code]
) -> Iterator[UnitIssue]:
    """Reviews what holds for every payer: untimed codes and families of first and further blocks.

    Args:
        billed: units by code of one discipline and day.
        minutes: minutes by code where stated; without them lengths are not judged.
        codes: the known codes; others are passed over.
    """
    for name, count in billed.items():
        code = codes.get(name)
        if code is None or count < 1:
            continue
        if code.kind == "untimed" and count > 1:
            yield UnitIssue("untimed_multiple", name, count, 1)
        elif code.kind == "first" and count > 1:
            yield UnitIssue("first_repeated", name, count, 1)
        elif code.kind == "additional":
            if not billed.get(code.partner):
                yield UnitIssue("further_alone", name, count, 0, other=code.partner)
            yield from _family_length(code, count, minutes or {}, codes)


def _family_length(
    code: Code, count: int, minutes: Mapping[str, float], codes: Mapping[str, Code]
) -> Iterator[UnitIssue]:
    stated = [minutes[c] for c in (code.partner, code.code) if c in minutes]
    first = codes.get(code.partner)
    if not stated or first is None:
        return
    _, supported = block_units(sum(stated), first.minutes, code.minutes)
    if count > supported:
        yield UnitIssue(
            "further_short", code.code, count, supported, sum(stated), other=code.partner
        )


def _by_cms(billed: Mapping[str, int], minutes: Mapping[str, float]) -> Iterator[UnitIssue]:
    right = allocate(minutes)
    yield from _totals(sum(billed.values()), right.total_minutes)
    if right.total_minutes < LEAST_MINUTES:
        return
    for code, spent in minutes.items():
        given, base = billed.get(code, 0), right.base[code]
        if given < base:
            yield UnitIssue("below_base", code, given, base, spent)
        elif given > base + (right.remainders[code] > 0):
            yield UnitIssue("concentrated", code, given, right.units_by_code[code], spent)
        elif given > base:
            larger = _unbilled_larger(code, billed, right.base, right.remainders)
            if larger:
                yield UnitIssue("smaller_remainder", code, given, base, spent, other=larger)


def _unbilled_larger(
    code: str,
    billed: Mapping[str, int],
    base: Mapping[str, int],
    remainders: Mapping[str, float],
) -> str:
    waiting = [
        other
        for other in remainders
        if remainders[other] > remainders[code] and billed.get(other, 0) <= base[other]
    ]
    return max(waiting, key=lambda other: remainders[other], default="")


def _by_midpoint(billed: Mapping[str, int], minutes: Mapping[str, float]) -> Iterator[UnitIssue]:
    for code, given in billed.items():
        spent = minutes[code]
        supported = units(spent)
        if supported == 0:
            yield UnitIssue("under_eight", code, given, 0, spent, method="midpoint")
        elif given > supported:
            yield UnitIssue("over", code, given, supported, spent, method="midpoint")
    for code, spent in minutes.items():
        given, supported = billed.get(code, 0), units(spent)
        if given < supported:
            yield UnitIssue("under", code, given, supported, spent, method="midpoint")


def _by_either(billed: Mapping[str, int], minutes: Mapping[str, float]) -> Iterator[UnitIssue]:
    given = sum(billed.values())
    counts = units(sum(minutes.values())), count_midpoint(minutes).units
    total = sum(minutes.values())
    if given > max(counts):
        kind: UnitIssueKind = "under_eight" if total < LEAST_MINUTES else "over"
        yield UnitIssue(kind, "", given, max(counts), total, method="both")
    elif given < min(counts):
        yield UnitIssue("under", "", given, min(counts), total, method="both")


def _totals(given: int, total: float) -> Iterator[UnitIssue]:
    supported = units(total)
    if given and total < LEAST_MINUTES:
        yield UnitIssue("under_eight", "", given, 0, total)
    elif given > supported:
        yield UnitIssue("over", "", given, supported, total)
    elif given < supported:
        yield UnitIssue("under", "", given, supported, total)


def _is_pooled(name: str, codes: Mapping[str, Code]) -> bool:
    code = codes.get(name)
    return code is not None and code.pooled


def _pooled(minutes: Mapping[str, float], codes: Mapping[str, Code]) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, spent in minutes.items():
        code = codes.get(name)
        if code is None or not code.pooled:
            continue
        lead = code.partner if code.kind == "additional" else name
        found[lead] = found.get(lead, 0) + spent
    return found
