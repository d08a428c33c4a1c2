"""Precision, recall and F1 over scored gold notes, with exact intervals, in the wanted cuts.

A number is given only from twenty places on (``ENOUGH``). A rule with fewer joins the others of
its category in one row. Precision's n is the findings that count, recall's n the ``must`` labels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from notelint.audit.intervals import ENOUGH, Interval, exact_interval
from notelint.audit.scoring import Cell, Counts, NoteScore, cells

if TYPE_CHECKING:
    from notelint.rulebook.pack import Pack

CONFIDENCE = 0.95
#: What a table may be cut by.
CUTS = ("rule", "kind", "discipline", "payer")
SEVERITIES = ("error", "warning", "info", "off")
#: The precision that findings of a severity must have (DESIGN §8).
PRECISION_BARS: Mapping[str, float] = {"error": 0.97, "warning": 0.90}


@dataclass(frozen=True, slots=True)
class F1:
    """The harmonic mean of precision and recall. Its bounds are those of the two, each at the
    confidence that makes 95 % hold together, so they are conservative."""

    point: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table. ``rules`` names the rules that were pooled, empty for other rows.

    ``precision`` and ``recall`` take their own counts: a rule may have enough for one of them.
    """

    name: str
    counts: Counts
    rules: tuple[str, ...] = ()

    @property
    def precision(self) -> Interval | None:
        return _rate(self.counts.right, self.counts.judged)

    @property
    def recall(self) -> Interval | None:
        return _rate(self.counts.found, self.counts.must)

    @property
    def f1(self) -> F1 | None:
        counts = self.counts
        if counts.judged < ENOUGH or counts.must < ENOUGH:
            return None
        each = 1 - (1 - CONFIDENCE) / 2
        precision = exact_interval(counts.right, counts.judged, confidence=each)
        recall = exact_interval(counts.found, counts.must, confidence=each)
        return F1(
            _harmonic(precision.point, recall.point),
            _harmonic(precision.low, recall.low),
            _harmonic(precision.high, recall.high),
        )

    def as_dict(self) -> dict[str, Any]:
        f1 = self.f1
        return {
            "name": self.name,
            **({"rules": list(self.rules)} if self.rules else {}),
            "findings": {
                "right": self.counts.right, "wrong": self.counts.wrong, "may": self.counts.may,
                "unjudged": self.counts.unjudged,
            },
            "labels": {"found": self.counts.found, "must": self.counts.must},
            "precision": rate_dict(self.precision),
            "recall": rate_dict(self.recall),
            "f1": None if f1 is None else {"value": f1.point, "interval": [f1.low, f1.high]},
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Everything measured on some gold notes.

    ``silent`` of the ``well_documented`` notes have no warning or error; ``silent_beside_may`` do
    not count those on a ``may``. ``rules`` has every rule by name, whatever its n;
    ``under_bar`` has rule and severity where the whole interval of precision is under the bar.
    """

    notes: int
    left_alone: int
    overall: Row
    severities: tuple[Row, ...]
    tables: Mapping[str, tuple[Row, ...]]
    well_documented: int
    silent: int
    silent_beside_may: int
    rules: Mapping[str, Row] = field(default_factory=dict)
    under_bar: tuple[tuple[str, str], ...] = ()

    @property
    def silence(self) -> Interval | None:
        return _rate(self.silent, self.well_documented)

    def as_dict(self) -> dict[str, Any]:
        return {
            "notes": self.notes, "left_alone": self.left_alone,
            "overall": self.overall.as_dict(),
            "severities": [row.as_dict() for row in self.severities],
            "well_documented": {
                "notes": self.well_documented, "silent": self.silent,
                "silent_beside_may": self.silent_beside_may, "share": rate_dict(self.silence),
            },
            "under_bar": [
                {"rule": rule, "severity": severity, "bar": PRECISION_BARS[severity]}
                for rule, severity in self.under_bar
            ],
            "by": {cut: [row.as_dict() for row in rows] for cut, rows in self.tables.items()},
        }  # fmt: skip


def accuracy(scores: Sequence[NoteScore], pack: Pack, cuts: Iterable[str] = ("rule",)) -> Accuracy:
    """Returns what gold notes say about the rules.

    Args:
        scores: the scored notes.
        pack: the rules, for their categories and order.
        cuts: the tables to make, of ``CUTS``.
    """
    by_rule = _sums(scores, lambda cell: cell.rule)
    good = [score for score in scores if score.gold.well_documented]
    order = [rule.name for rule in pack.rules if rule.name in by_rule]
    levels = _sums(scores, lambda cell: cell.severity)
    return Accuracy(
        notes=len(scores),
        left_alone=sum(score.left_alone for score in scores),
        overall=Row("all", sum(by_rule.values(), Counts())),
        severities=tuple(Row(name, levels[name]) for name in SEVERITIES if name in levels),
        tables={cut: _table(cut, scores, by_rule, pack) for cut in cuts},
        well_documented=len(good),
        silent=sum(not score.warned for score in good),
        silent_beside_may=sum(not score.warned_beside_may for score in good),
        rules={name: Row(name, by_rule[name]) for name in order},
        under_bar=tuple(_under_bar(scores, order)),
    )


def _under_bar(scores: Sequence[NoteScore], rules: Iterable[str]) -> Iterator[tuple[str, str]]:
    sums: dict[tuple[str, str], Counts] = {}
    for score in scores:
        for cell, counts in cells(score):
            key = cell.rule, cell.severity
            sums[key] = sums.get(key, Counts()) + counts
    for rule in rules:
        for severity, bar in PRECISION_BARS.items():
            rate = Row(rule, sums.get((rule, severity), Counts())).precision
            if rate is not None and rate.enough and rate.high < bar:
                yield rule, severity


def rate_dict(rate: Interval | None) -> dict[str, Any] | None:
    """Returns a rate for JSON, None below twenty: no rate is given then."""
    if rate is None or not rate.enough:
        return None
    return {"value": rate.point, "n": rate.n, "interval": [rate.low, rate.high]}


def _table(
    cut: str, scores: Sequence[NoteScore], by_rule: Mapping[str, Counts], pack: Pack
) -> tuple[Row, ...]:
    if cut == "rule":
        return _rule_rows(by_rule, pack)
    facts: Mapping[str, Callable[[Cell], str]] = {
        "kind": lambda cell: cell.note.note_type,
        "discipline": lambda cell: cell.note.discipline,
        "payer": lambda cell: cell.note.payer,
    }
    sums = _sums(scores, facts[cut])
    return tuple(Row(name, sums[name]) for name in sorted(sums))


def _rule_rows(by_rule: Mapping[str, Counts], pack: Pack) -> tuple[Row, ...]:
    """Rules with enough places, by code; then what is left of each category, in one row each."""
    rows: list[Row] = []
    pooled: dict[str, dict[str, Counts]] = {}
    for rule in pack.rules:
        counts = by_rule.get(rule.name)
        if counts is None:
            continue
        few = Counts(
            counts.right if counts.judged < ENOUGH else 0,
            counts.wrong if counts.judged < ENOUGH else 0,
            found=counts.found if counts.must < ENOUGH else 0,
            must=counts.must if counts.must < ENOUGH else 0,
        )
        if few.judged or few.must:
            pooled.setdefault(rule.category, {})[rule.name] = few
        if counts.judged >= ENOUGH or counts.must >= ENOUGH:
            rows.append(Row(rule.name, counts))
    for category, rules in pooled.items():
        name = f"{category}: rules with fewer than {ENOUGH}"
        rows.append(Row(name, sum(rules.values(), Counts()), tuple(rules)))
    return tuple(rows)


def _sums(scores: Iterable[NoteScore], key: Callable[[Cell], str]) -> dict[str, Counts]:
    found: dict[str, Counts] = {}
    for score in scores:
        for cell, counts in cells(score):
            name = key(cell)
            found[name] = found.get(name, Counts()) + counts
    return found


def _rate(count: int, n: int) -> Interval | None:
    return exact_interval(count, n, confidence=CONFIDENCE) if n else None


def _harmonic(a: float, b: float) -> float:
    return 2 * a * b / (a + b) if a + b else 0.0
