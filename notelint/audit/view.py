"""What every view of a report is made from, and the small sums that they share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from notelint.audit.charts import Dot
from notelint.audit.denials import DenialReasons
from notelint.audit.estimate import Estimate
from notelint.audit.examine import Examination
from notelint.audit.intervals import exact_interval
from notelint.audit.privacy import Privacy
from notelint.audit.reading import Readings, UnitReading
from notelint.audit.sheet import RATE_FROM, Cell, rate_cells
from notelint.rulebook.rule import CATEGORIES


@dataclass(frozen=True, slots=True)
class Material:
    """The evidence of a report.

    ``now`` is the sample reported on, ``earlier`` the ones before it, oldest first.
    ``everything`` is the whole frame examined again, or None when its notes are not at hand:
    then views that need raw findings say so.
    """

    estimate: Estimate
    earlier: tuple[Readings, ...]
    privacy: Privacy
    reasons: DenialReasons
    everything: Examination | None = None
    unreviewed: bool = False

    @property
    def now(self) -> Readings:
        return self.estimate.readings

    @property
    def confidence(self) -> float:
        return self.estimate.confidence

    @property
    def counted(self) -> tuple[UnitReading, ...]:
        """The read units of the random part to which the question applies."""
        return tuple(reading for reading in self.now.units if reading.counts)

    def populations(self, *by: str) -> dict[str, int]:
        """How many units in all each group of ``by`` holds, if those are the strata of the draw.

        Only then is the interval of a group that of a finite population.
        """
        if self.now.manifest.design.by != by:
            return {}
        return {
            self.stratum(s.label): s.interval.population
            for s in self.estimate.strata
            if s.interval is not None and s.interval.population is not None
        }

    def stratum(self, label: str) -> str:
        """A stratum's label with people and clinics as the profile shows them."""
        for stratum in self.now.manifest.strata:
            if stratum.label == label and stratum.facts:
                return " / ".join(self.privacy.fact(k, v) for k, v in stratum.facts.items())
        return label

    def period(self, readings: Readings) -> str:
        """The months that a sample's units come from, as far as the profile shows them."""
        days = sorted(u.date for u in readings.manifest.units.values() if u.date)
        if not days:
            return self.privacy.day(readings.manifest.drawn_at[:10])
        first, last = self.privacy.month(days[0]), self.privacy.month(days[-1])
        return first if first == last else f"{first} to {last}"


def grouped(
    units: Iterable[UnitReading], key: Callable[[UnitReading], Iterable[str]]
) -> dict[str, list[UnitReading]]:
    """Units by each of the values that ``key`` gives, values in order."""
    groups: dict[str, list[UnitReading]] = {}
    for reading in units:
        for value in key(reading):
            groups.setdefault(value, []).append(reading)
    return dict(sorted(groups.items()))


def errors(units: Iterable[UnitReading]) -> int:
    return sum(reading.in_error for reading in units)


def rate_row(
    label: str, units: Sequence[UnitReading], material: Material, population: int | None = None
) -> tuple[Cell, ...]:
    """A label and the guarded cells of its rate."""
    cells = rate_cells(errors(units), len(units), material.confidence, population=population)
    return (label, *cells)


def dot(
    label: str, units: Sequence[UnitReading], confidence: float, population: int | None = None
) -> Dot | None:
    """A plotted rate, or None where too few were read."""
    if len(units) < RATE_FROM:
        return None
    found = exact_interval(errors(units), len(units), confidence=confidence, population=population)
    return Dot(label, found.n, found.point, found.low, found.high)


def rule_groups(units: Sequence[UnitReading], codes: Readings) -> Iterator[tuple[str, int, int]]:
    """Yields category, units in which a rule of it was broken, units in which one applied.

    A unit in which no rule of the category ran (another payer, no charges) is in neither.
    """
    for prefix, title in CATEGORIES.items():
        names = {name for name, code in codes.codes.items() if code.startswith(prefix)}
        applied = [u for u in units if names & (u.applied | u.broken)]
        if applied:
            broken = sum(bool(names & u.broken) for u in applied)
            yield title.replace("-", " "), broken, len(applied)
