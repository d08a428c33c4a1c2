"""An estimate in words, for a terminal and for the page it is signed on."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.audit.agreement import Agreement
from notelint.audit.estimate import NOT_ENOUGH, Estimate, RuleRates
from notelint.audit.intervals import ENOUGH, Combined, Interval

#: Below this AC1 an item is due for a talk among the reviewers (Liddy 2011).
TALK = 0.70


def percent(share: float) -> str:
    """A share as ``20.0 %``."""
    return f"{100 * share:.1f} %"


def level(confidence: float) -> str:
    """A confidence as ``95 %`` or ``99.5 %``."""
    return f"{100 * confidence:g} %"


def rate_words(rate: Interval | Combined | None) -> str:
    """``20.0 % (7.7 % to 38.6 %)``; below twenty the counts and the interval, and no rate."""
    if rate is None:
        return f"{NOT_ENOUGH} (0)"
    between = f"{percent(rate.low)} to {percent(rate.high)}"
    if rate.n < ENOUGH:
        count = f"{rate.count} of {rate.n}; " if isinstance(rate, Interval) else f"n = {rate.n}; "
        return f"{NOT_ENOUGH} ({count}{between})"
    return f"{percent(rate.point)} ({between})"


def calculator_lines(found: Interval) -> Iterator[str]:
    """The bare calculator's answer."""
    of = f" from a population of {found.population:,}" if found.population else ""
    yield f"{found.count} of {found.n}{of}: {percent(found.point)}"
    if found.one_sided:
        yield f"  at least {percent(found.low)}, or at most {percent(found.high)} (use one of them)"
    else:
        yield f"  between {percent(found.low)} and {percent(found.high)}"
    if found.low_count is not None:
        yield f"  that is {found.low_count:,} to {found.high_count:,} of {found.population:,}"
    yield f"  Method: {found.method}."


def estimate_lines(found: Estimate) -> Iterator[str]:
    """The whole estimate, line by line."""
    manifest = found.readings.manifest
    unit = manifest.unit
    yield (
        f"Sample of {len(manifest.sample):,} of {manifest.frame_size:,} {unit}s "
        f"({manifest.design.kind}, seed '{manifest.design.seed}'); {found.reviewed:,} reviewed."
    )
    yield ""
    yield f"{unit.capitalize()}s that need work"
    if found.overall is None:
        yield f"  overall: {NOT_ENOUGH}; every group needs at least one reading."
    elif isinstance(found.overall, Interval):
        counted = f"{found.overall.count} of {found.overall.n} reviewed"
        yield f"  overall: {counted}, {rate_words(found.overall)}"
        if found.overall.low_count is not None and found.overall.enough:
            low, high = found.overall.low_count, found.overall.high_count
            yield f"           that is {low:,} to {high:,} of the {found.overall.population:,}"
    else:
        yield f"  overall: {rate_words(found.overall)}, n = {found.overall.n}"
        near = f"{percent(found.overall.near_low)} to {percent(found.overall.near_high)}"
        yield f"           approximately {near}"
    if found.overall is not None:
        yield f"  Method: {found.overall.method}."
    if manifest.design.systematic:
        yield "  A systematic sample is treated as a random one."
    yield from _strata(found)
    yield from _certainty(found)
    yield from _rules(found)
    yield from _agreement(found.agreement)
    for cause, count in found.readings.stale.items():
        yield f"Not counted: {count} {cause}."
    if found.seconds:
        yield f"Median reading time: {found.seconds / 60:.1f} minutes a {unit}."
    yield f"Log: {found.readings.events} events, last hash {found.readings.head}"


def _strata(found: Estimate) -> Iterator[str]:
    if len(found.strata) > 1:
        width = max(len(stratum.label) for stratum in found.strata)
        for stratum in found.strata:
            yield f"  {stratum.label:<{width}}  {stratum.size:>6,} in all  {rate_words(stratum.interval)}"
    left = sum(stratum.not_applicable for stratum in found.strata)
    if left:
        yield f"  {left} reviewed to which the question does not apply are in no denominator."


def _certainty(found: Estimate) -> Iterator[str]:
    errors, reviewed, size = found.certainty
    if size:
        yield f"  Taken with certainty, apart from the estimate: {errors} of {reviewed} reviewed need work, {size} in all."


def _rules(found: Estimate) -> Iterator[str]:
    yield ""
    yield "How often the findings were right"
    if not found.rules:
        yield "  No finding has a verdict yet."
        return
    yield f"  all rules  precision {rate_words(found.precision)}"
    if found.readings.blind or found.recall is not None:
        yield f"             recall    {rate_words(found.recall)}, from problems marked blind"
    else:
        yield "             recall    not measured; it needs a blind review"
    width = max(len(rule.rule) for rule in found.rules)
    counted = max(len(_counts(rule)) for rule in found.rules)
    for rule in found.rules:
        head = f"  {rule.code:<6} {rule.rule:<{width}}  {_counts(rule):<{counted}}"
        yield f"{head}  precision {_short(rule.precision)}"
        if rule.recall is not None:
            yield f"  {'':<6} {'':<{width}}  {'':<{counted}}  recall {_short(rule.recall)}"
    yield "  precision = correct / (correct + wrong); 'not useful' and 'unsure' are in neither."


def _short(rate: Interval | None) -> str:
    return rate_words(rate) if rate and rate.enough else NOT_ENOUGH


def _counts(rule: RuleRates) -> str:
    shown = [f"{count} {name.replace('-', ' ')}" for name, count in rule.verdicts.items() if count]
    if rule.missed:
        shown.append(f"{rule.missed} missed")
    return ", ".join(shown) or "no verdict"


def _agreement(items: tuple[Agreement, ...]) -> Iterator[str]:
    if not items:
        return
    yield ""
    yield "How well two readers agree"
    for item in items:
        kappa = "undefined" if item.kappa is None else f"{item.kappa:.2f}"
        ac1 = "undefined" if item.ac1 is None else f"{item.ac1:.2f}"
        few = f"; {NOT_ENOUGH}" if item.n < ENOUGH else ""
        talk = "; talk it over" if item.ac1 is not None and item.ac1 < TALK and not few else ""
        yield f"  {item.item}: {percent(item.percent or 0)} of {item.n}, kappa {kappa}, AC1 {ac1}{few}{talk}"
        width = max(len(name) for name in item.categories)
        yield f"    {'first ↓ second →':<{width}}  " + "  ".join(item.categories)
        for name, row in zip(item.categories, item.table, strict=True):
            cells = "  ".join(f"{n:>{len(c)}}" for n, c in zip(row, item.categories, strict=True))
            yield f"    {name:<{max(width, 16)}}  {cells}"
