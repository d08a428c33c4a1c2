"""Clinician scorecards from reviewed notes of a random sample: rates with intervals, no ranking."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from statistics import median, quantiles

from notelint.audit.charts import funnel_plot, is_outside
from notelint.audit.intervals import exact_interval
from notelint.audit.reading import UnitReading
from notelint.audit.saying import level, percent
from notelint.audit.sheet import (
    RATE_COLUMNS,
    RATE_FROM,
    Card,
    Cell,
    Column,
    Figure,
    Section,
    Table,
)
from notelint.audit.view import Material, dot, errors, grouped, rate_row, rule_groups

GUARD = (
    "Rates come from reviewed notes of the random sample only, with exact intervals. Clinicians are "
    f"in order of their label, not of their rate, and no rate is given under {RATE_FROM} notes. "
    "Intervals that overlap do not show a difference. A starting point for a talk, not a judgement "
    "of competence."
)
MIN_PEERS = 3


def scorecard(material: Material) -> Section:
    """Returns one card a clinician, a table of all, and a funnel plot when there are several."""
    people = grouped(material.counted, _clinician(material))
    rows = tuple(_row(label, units, material) for label, units in people.items())
    columns = (Column("Clinician"), Column("Discipline"), *RATE_COLUMNS)
    cards = tuple(_card(label, units, people, material) for label, units in people.items())
    return Section(
        "scorecard", "Clinicians", GUARD, (Table("Clinicians", columns, rows, bar=True),),
        tuple(_funnel(material, people)), cards,
    )  # fmt: skip


def _clinician(material: Material) -> Callable[[UnitReading], tuple[str]]:
    return lambda reading: (material.privacy.person(reading.unit.facts["clinician"]),)


def _row(label: str, units: Sequence[UnitReading], material: Material) -> tuple[Cell, ...]:
    population = material.populations("clinician").get(label)
    name, *cells = rate_row(label, units, material, population)
    return (name, _discipline(units), *cells)


def _funnel(material: Material, people: dict[str, list[UnitReading]]) -> Iterator[Figure]:
    dots = [d for name, units in people.items() if (d := dot(name, units, material.confidence))]
    if len(dots) < MIN_PEERS:
        return
    centre = errors(material.counted) / len(material.counted)
    title = "Each clinician against what chance alone explains"
    yield funnel_plot(title, dots, centre, name="funnel")


def _card(
    label: str,
    units: Sequence[UnitReading],
    people: dict[str, list[UnitReading]],
    material: Material,
) -> Card:
    n, count = len(units), errors(units)
    lines = [("Reviewed", f"{n} {material.now.manifest.unit}s"), ("Need work", str(count))]
    population = material.populations("clinician").get(label)
    found = dot(label, units, material.confidence, population)
    if found is None:
        headline = f"{count} of {n}; too few for a rate"
    else:
        headline = f"{percent(found.point)} need work"
        between = f"{percent(found.low)} to {percent(found.high)}"
        lines.append((f"{level(material.confidence)} interval", between))
        lines.append(("Peers", _peers(label, units, people)))
        centre = errors(material.counted) / len(material.counted)
        outside = is_outside(found, centre)
        said = "outside" if outside else "within"
        lines.append(("Chance", f"{said} the 95 % limits around all clinicians together"))
    lines.extend(_trend(label, material))
    strengths, gaps = _strengths_and_gaps(units, material)
    return Card(
        label, _discipline(units), headline, tuple(lines), strengths, gaps,
        tuple(_examples(units, material)),
    )  # fmt: skip


def _discipline(units: Sequence[UnitReading]) -> str:
    found = {reading.unit.facts["discipline"] for reading in units}
    return found.pop() if len(found) == 1 else "several disciplines"


def _peers(label: str, units: Sequence[UnitReading], people: dict[str, list[UnitReading]]) -> str:
    """The middle of the peers' rates: same discipline, enough notes, without this clinician."""
    mine = _discipline(units)
    rates = [
        errors(others) / len(others)
        for name, others in people.items()
        if name != label and len(others) >= RATE_FROM and _discipline(others) == mine
    ]
    if len(rates) < MIN_PEERS:
        return f"fewer than {MIN_PEERS} of the same discipline with enough notes"
    middle = f"median of {len(rates)}: {percent(median(rates))}"
    if len(rates) < 4:
        return middle
    low, _, high = quantiles(rates, n=4, method="inclusive")
    return f"{middle}, middle half {percent(low)} to {percent(high)}"


def _trend(label: str, material: Material) -> Iterator[tuple[str, str]]:
    for readings in material.earlier[-2:]:
        units = [
            r for r in readings.units
            if r.counts and material.privacy.person(r.unit.facts["clinician"]) == label
        ]  # fmt: skip
        if not units:
            continue
        found = dot(label, units, material.confidence)
        words = (
            f"{percent(found.point)} ({percent(found.low)} to {percent(found.high)}), n = {found.n}"
            if found
            else f"{errors(units)} of {len(units)}"
        )
        yield material.period(readings), words


def _strengths_and_gaps(
    units: Sequence[UnitReading], material: Material
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Two groups of rules that hold best and two that hold worst, of those seen often enough."""
    groups = [
        (broken / n, title, broken, n)
        for title, broken, n in rule_groups(units, material.now)
        if n >= RATE_FROM
    ]
    groups.sort()
    strengths = [g for g in groups[:2] if g[0] <= 0.2]
    gaps = [g for g in reversed(groups[-2:]) if g[0] > 0.2 and g not in strengths]

    def words(group: tuple[float, str, int, int], what: str) -> str:
        _, title, broken, n = group
        found = exact_interval(broken, n, confidence=material.confidence)
        count = n - broken if what == "held" else broken
        bound = f"{percent(found.low)} to {percent(found.high)} broken"
        return f"{title.capitalize()}: {what} in {count} of {n} ({bound})"

    return tuple(words(g, "held") for g in strengths), tuple(words(g, "broken") for g in gaps)


def _examples(units: Sequence[UnitReading], material: Material) -> Iterator[str]:
    if not material.privacy.shows_text:
        return
    for reading in [u for u in units if u.in_error and u.broken][:3]:
        codes = sorted(material.now.codes.get(rule, rule) for rule in reading.broken)
        yield f"{reading.unit.id}: {', '.join(codes)}"
