"""What the reviewers of a sample found, unit by unit and finding by finding.

Only finished readings count, only current ones (neither the text nor the rule has changed since),
and of a unit that two have read the first reading, or what was settled.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from notelint.audit.frame import Unit
from notelint.audit.ledger import Ledger
from notelint.audit.manifest import Manifest


@dataclass(frozen=True, slots=True)
class UnitReading:
    """The answer that stands for a unit: ``meets``, ``needs-work`` or ``na``."""

    unit: Unit
    stratum: str
    answer: str
    seconds: float = 0.0
    applied: frozenset[str] = frozenset()
    #: Rules found broken: a finding judged correct, or a problem that the reader marked.
    broken: frozenset[str] = frozenset()

    @property
    def in_error(self) -> bool:
        return self.answer == "needs-work"

    @property
    def counts(self) -> bool:
        """Whether the question applied; if not, the unit is in no denominator."""
        return self.answer != "na"


@dataclass(frozen=True, slots=True)
class Mark:
    """A problem that a reader marked; ``found`` says whether a finding says the same."""

    unit: str
    rule: str
    category: str
    blind: bool
    found: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """One finding with its standing verdict."""

    unit: str
    note: str
    rule: str
    version: str
    verdict: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Readings:
    """All that was read of a sample. ``stale`` counts what no longer counts, by cause."""

    manifest: Manifest
    units: tuple[UnitReading, ...]
    certain: tuple[UnitReading, ...]
    verdicts: tuple[Judged, ...]
    marks: tuple[Mark, ...]
    stale: Mapping[str, int]
    rules: Mapping[str, str]
    #: Rule → its code.
    codes: Mapping[str, str]
    blind: bool
    events: int
    head: str

    @property
    def random_units(self) -> frozenset[str]:
        return frozenset(reading.unit.id for reading in self.units)


def readings(manifest: Manifest, ledger: Ledger) -> Readings:
    """Returns what the log says about a sample."""
    strata = {
        unit: stratum.label
        for stratum in manifest.strata
        for unit in (*stratum.sample, *stratum.spares)
    }
    certain = set(manifest.certainty)
    random_part: list[UnitReading] = []
    certain_part: list[UnitReading] = []
    for reading in _units(manifest, ledger, strata):
        (certain_part if reading.unit.id in certain else random_part).append(reading)
    drawn = {reading.unit.id for reading in random_part}
    verdicts = tuple(judged for judged in _verdicts(ledger) if judged.unit in drawn)
    rules = ledger.ask("SELECT name, version, code FROM rules")
    return Readings(
        manifest, tuple(random_part), tuple(certain_part), verdicts,
        tuple(mark for mark in _marks(ledger) if mark.unit in drawn), _stale(ledger),
        {row["name"]: row["version"] for row in rules},
        {row["name"]: row["code"] for row in rules},
        bool(ledger.session.get("blind")), ledger.head.events, ledger.head.hash,
    )  # fmt: skip


def _units(manifest: Manifest, ledger: Ledger, strata: Mapping[str, str]) -> Iterator[UnitReading]:
    rows = ledger.ask(
        "SELECT a.unit, COALESCE(s.answer, a.answer) AS answer, d.seconds, a.who FROM answered a"
        " JOIN done d ON d.unit = a.unit AND d.who = a.who"
        " LEFT JOIN settled s ON s.unit = a.unit"
        " WHERE a.role = 'first' AND a.stale = '' ORDER BY a.unit"
    )
    for row in rows:
        if row["unit"] not in manifest.units:
            continue
        applied = _applied(ledger, row["unit"], row["who"])
        yield UnitReading(
            manifest.units[row["unit"]], strata.get(row["unit"], ""), row["answer"],
            row["seconds"], applied, _broken(ledger, row["unit"], row["who"]),
        )  # fmt: skip


def _applied(ledger: Ledger, unit: str, who: str) -> frozenset[str]:
    rows = ledger.ask("SELECT applied FROM notes WHERE unit = ? AND who = ?", unit, who)
    return frozenset(rule for row in rows for rule in json.loads(row["applied"]))


def _broken(ledger: Ledger, unit: str, who: str) -> frozenset[str]:
    rows = ledger.ask(
        "SELECT rule FROM judged WHERE unit = ? AND who = ? AND verdict = 'correct' AND stale = ''"
        " UNION SELECT rule FROM marks WHERE unit = ? AND who = ? AND withdrawn = 0 AND rule <> ''",
        unit, who, unit, who,
    )  # fmt: skip
    return frozenset(row["rule"] for row in rows)


def _verdicts(ledger: Ledger) -> Iterator[Judged]:
    rows = ledger.ask(
        "SELECT j.* FROM judged j JOIN opened o ON o.unit = j.unit AND o.who = j.who"
        " JOIN done d ON d.unit = j.unit AND d.who = j.who"
        " JOIN shown s ON s.note = j.note AND s.who = j.who AND s.fingerprint = j.fingerprint"
        " WHERE o.role = 'first' AND j.stale = '' ORDER BY j.seq"
    )
    for row in rows:
        yield Judged(
            row["unit"], row["note"], row["rule"], row["version"], row["verdict"], row["reason"]
        )


def _marks(ledger: Ledger) -> Iterator[Mark]:
    rows = ledger.ask(
        "SELECT m.* FROM marks m JOIN opened o ON o.unit = m.unit AND o.who = m.who"
        " JOIN done d ON d.unit = m.unit AND d.who = m.who"
        " JOIN notes n ON n.note = m.note AND n.who = m.who AND n.text = m.text"
        " WHERE o.role = 'first' AND m.withdrawn = 0 ORDER BY m.seq"
    )
    for row in rows:
        yield Mark(
            row["unit"], row["rule"], row["category"], bool(row["blind"]), _found(ledger, row)
        )


def _found(ledger: Ledger, mark: Any) -> bool:
    """Whether a finding that was not judged wrong says what the reader marked.

    It is of the same rule (any rule, for a mark without one) and shares a character with the
    marked words; a mark or a finding without words matches by rule alone.
    """
    shown = ledger.ask(
        "SELECT s.rule, s.start, s.finish FROM shown s LEFT JOIN verdicts v"
        " ON v.note = s.note AND v.who = s.who AND v.fingerprint = s.fingerprint"
        " WHERE s.note = ? AND s.who = ? AND COALESCE(v.verdict, '') <> 'wrong'",
        mark["note"], mark["who"],
    )  # fmt: skip
    for finding in shown:
        if mark["rule"] and finding["rule"] != mark["rule"]:
            continue
        if mark["start"] is None or finding["start"] is None:
            if mark["rule"]:
                return True
            continue
        if finding["start"] < mark["finish"] and mark["start"] < finding["finish"]:
            return True
    return False


def _stale(ledger: Ledger) -> dict[str, int]:
    causes = Counter(
        f"verdicts on a {row['stale']} that has changed"
        for row in ledger.ask("SELECT stale FROM judged WHERE stale <> ''")
    )
    causes.update(
        "answers about a text that has changed"
        for _ in ledger.ask("SELECT 1 FROM answered WHERE stale <> ''")
    )
    return dict(causes)
