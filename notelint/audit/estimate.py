"""What a reviewed sample says about all the notes it was drawn from, and about the rules.

Every rate comes with its count, its n and an exact interval; below twenty no rate is given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from notelint.audit.agreement import Agreement, agreement
from notelint.audit.intervals import ENOUGH, Combined, Interval, Part, combine, exact_interval
from notelint.audit.ledger import Ledger
from notelint.audit.reading import Readings, UnitReading, readings
from notelint.audit.verdict import ANSWERS, VERDICTS

NOT_ENOUGH = "not enough reviewed"


@dataclass(frozen=True, slots=True)
class StratumRate:
    """The reviewed part of one stratum. ``not_applicable`` units are in no denominator."""

    label: str
    size: int
    drawn: int
    not_applicable: int
    interval: Interval | None

    def as_dict(self) -> dict[str, Any]:
        return {
            "stratum": self.label, "size": self.size, "drawn": self.drawn,
            "not_applicable": self.not_applicable, "rate": rate_dict(self.interval),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class RuleRates:
    """One rule: how its findings were judged, and how many marked problems it had found."""

    rule: str
    code: str
    version: str
    verdicts: Mapping[str, int]
    precision: Interval | None
    recall: Interval | None
    missed: int

    def as_dict(self) -> dict[str, Any]:
        return {
            "rule": self.rule, "code": self.code, "version": self.version,
            "verdicts": {name: self.verdicts.get(name, 0) for name in VERDICTS},
            "precision": rate_dict(self.precision), "recall": rate_dict(self.recall),
            "missed": self.missed,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Estimate:
    """Everything ``notelint estimate`` says. ``overall`` is None while a stratum has no reading."""

    readings: Readings
    confidence: float
    one_sided: bool
    strata: tuple[StratumRate, ...]
    overall: Interval | Combined | None
    certainty: tuple[int, int, int]
    rules: tuple[RuleRates, ...]
    precision: Interval | None
    recall: Interval | None
    agreement: tuple[Agreement, ...]
    disputed: tuple[str, ...]

    @property
    def reviewed(self) -> int:
        return len(self.readings.units)

    @property
    def seconds(self) -> float | None:
        """The median reading time of a unit, in seconds."""
        times = [reading.seconds for reading in self.readings.units if reading.seconds]
        return median(times) if times else None

    def as_dict(self) -> dict[str, Any]:
        manifest = self.readings.manifest
        errors, reviewed, size = self.certainty
        return {
            "schema": "notelint.estimate/1",
            "sample": {
                "unit": manifest.unit, "seed": manifest.design.seed,
                "seal": manifest.as_dict()["seal"], "frame": manifest.frame_size,
                "drawn": len(manifest.sample), "reviewed": self.reviewed,
                "design": manifest.design.kind,
            },
            "question": "needs work",
            "confidence": self.confidence, "one_sided": self.one_sided,
            "overall": rate_dict(self.overall),
            "strata": [stratum.as_dict() for stratum in self.strata],
            "certainty": {"count": errors, "reviewed": reviewed, "size": size},
            "precision": rate_dict(self.precision), "recall": rate_dict(self.recall),
            "rules": [rule.as_dict() for rule in self.rules],
            "agreement": [item.as_dict() for item in self.agreement],
            "disputed": list(self.disputed),
            "stale": dict(self.readings.stale),
            "median_seconds": self.seconds,
            "log": {"events": self.readings.events, "head": self.readings.head},
        }  # fmt: skip


def rate_dict(rate: Interval | Combined | None) -> dict[str, Any]:
    """A rate as JSON: without a point, and saying so, when too little was reviewed."""
    if rate is None:
        return {"n": 0, "point": None, "note": NOT_ENOUGH}
    found = rate.as_dict()
    if rate.n < ENOUGH:
        found |= {"point": None, "note": NOT_ENOUGH}
    return found


def estimate(
    found: Readings, ledger: Ledger, *, confidence: float = 0.95, one_sided: bool = False
) -> Estimate:
    """Returns the estimate from what was read."""
    strata = tuple(_strata(found, confidence, one_sided))
    blind = [mark for mark in found.marks if mark.blind]
    judged = Counter(v.verdict for v in found.verdicts)
    errors = sum(reading.in_error for reading in found.certain)
    counted = sum(reading.counts for reading in found.certain)
    pairs = list(_pairs(ledger))
    return Estimate(
        found, confidence, one_sided, strata, _overall(strata, confidence, one_sided),
        (errors, counted, len(found.manifest.certainty)),
        tuple(_rules(found, confidence)),
        _rate(judged["correct"], judged["correct"] + judged["wrong"], confidence),
        _rate(sum(mark.found for mark in blind), len(blind), confidence),
        tuple(_agreements(ledger)), tuple(unit for unit, a, b in pairs if a != b),
    )  # fmt: skip


def estimate_of(
    manifest: Any, ledger: Ledger, *, confidence: float = 0.95, one_sided: bool = False
) -> Estimate:
    """Reads the log for a sample and estimates."""
    return estimate(readings(manifest, ledger), ledger, confidence=confidence, one_sided=one_sided)


def stratum_interval(
    units: Sequence[UnitReading], size: int, confidence: float, one_sided: bool = False
) -> Interval | None:
    """The exact interval of a stratum of ``size`` units, of which ``units`` were read.

    Units found not to apply leave the denominator and the population.
    """
    counted = [reading for reading in units if reading.counts]
    if not counted:
        return None
    population = max(len(counted), size - (len(units) - len(counted)))
    errors = sum(reading.in_error for reading in counted)
    return exact_interval(
        errors, len(counted), confidence=confidence, population=population, one_sided=one_sided
    )


def _strata(found: Readings, confidence: float, one_sided: bool) -> Iterator[StratumRate]:
    for stratum in found.manifest.strata:
        units = [reading for reading in found.units if reading.stratum == stratum.label]
        yield StratumRate(
            stratum.label, stratum.size, len(stratum.sample),
            sum(not reading.counts for reading in units),
            stratum_interval(units, stratum.size, confidence, one_sided),
        )  # fmt: skip


def _overall(
    strata: Sequence[StratumRate], confidence: float, one_sided: bool
) -> Interval | Combined | None:
    if len(strata) == 1:
        return strata[0].interval
    if any(stratum.interval is None for stratum in strata):
        return None
    parts = [
        Part(s.label, s.interval.count, s.interval.n, s.interval.population or s.size)
        for s in strata
        if s.interval is not None
    ]
    return combine(parts, confidence=confidence, one_sided=one_sided)


def _rules(found: Readings, confidence: float) -> Iterator[RuleRates]:
    verdicts: dict[str, Counter[str]] = {}
    for judged in found.verdicts:
        verdicts.setdefault(judged.rule, Counter())[judged.verdict] += 1
    marked = {mark.rule for mark in found.marks if mark.rule}
    order = sorted(verdicts.keys() | marked, key=lambda name: found.codes.get(name, name))
    for name in order:
        counts = verdicts.get(name, Counter())
        blind = [mark for mark in found.marks if mark.rule == name and mark.blind]
        yield RuleRates(
            name, found.codes.get(name, ""), found.rules.get(name, ""), counts,
            _rate(counts["correct"], counts["correct"] + counts["wrong"], confidence),
            _rate(sum(mark.found for mark in blind), len(blind), confidence),
            sum(mark.rule == name and not mark.found for mark in found.marks),
        )  # fmt: skip


def _rate(count: int, n: int, confidence: float) -> Interval | None:
    return exact_interval(count, n, confidence=confidence) if n else None


def _pairs(ledger: Ledger) -> Iterator[tuple[str, str, str]]:
    rows = ledger.ask(
        "SELECT a.unit, a.answer AS first, b.answer AS second FROM answered a"
        " JOIN answered b ON b.unit = a.unit AND a.role = 'first' AND b.role = 'second'"
        " JOIN done d ON d.unit = a.unit AND d.who = a.who"
        " JOIN done e ON e.unit = b.unit AND e.who = b.who ORDER BY a.unit"
    )
    yield from ((row["unit"], row["first"], row["second"]) for row in rows)


def _agreements(ledger: Ledger) -> Iterator[Agreement]:
    answers = [(first, second) for _, first, second in _pairs(ledger)]
    if not answers:
        return
    yield agreement("the answer for the note", answers, _used(answers, ANSWERS))
    rows = ledger.ask(
        "SELECT a.rule, a.verdict AS first, b.verdict AS second FROM judged a JOIN judged b"
        " ON b.note = a.note AND b.fingerprint = a.fingerprint JOIN opened o"
        " ON o.unit = a.unit AND o.who = a.who AND o.role = 'first' JOIN opened p"
        " ON p.unit = b.unit AND p.who = b.who AND p.role = 'second'"
        " WHERE a.stale = '' AND b.stale = '' ORDER BY a.rule"
    )
    if not rows:
        return
    every = [(row["first"], row["second"]) for row in rows]
    yield agreement("all findings", every, _used(every, VERDICTS))
    for rule in dict.fromkeys(row["rule"] for row in rows):
        pairs = [(row["first"], row["second"]) for row in rows if row["rule"] == rule]
        yield agreement(rule, pairs, _used(pairs, VERDICTS))


def _used(pairs: Iterable[tuple[str, str]], categories: Sequence[str]) -> tuple[str, ...]:
    """The categories of the table: the first two always, the others where somebody used them."""
    used = {answer for pair in pairs for answer in pair}
    return tuple(name for i, name in enumerate(categories) if i < 2 or name in used)
