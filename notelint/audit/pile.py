"""The pile of a review: the units, whose each one is, and who has read how many."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import Any

from notelint.audit.ledger import Ledger
from notelint.audit.manifest import Manifest
from notelint.audit.sampling import key_of


class Refused(Exception):
    """Something that this reviewer may not do now; ``str()`` says why, without note text."""


class Pile:
    """One pile for everybody: a unit is the reviewer's who opens it first.

    Args:
        manifest: the sample.
        ledger: the log, asked who has opened what.
        second_share: the share of the units (0 to 1) that a second reviewer reads too.
        spares: how many spares of each stratum are on the pile.
    """

    def __init__(
        self, manifest: Manifest, ledger: Ledger, *, second_share: float = 0.0, spares: int = 0
    ) -> None:
        self.units = units_of(manifest, spares)
        self.second = second_readings(manifest, self.units, second_share)
        self._ledger = ledger

    def role(self, who: str, unit: str) -> str:
        """``first`` or ``second`` (mine, or free for me), ``other`` (somebody else's)."""
        if unit not in self.units:
            raise Refused("There is no such unit in this sample.")
        rows = self._ledger.ask("SELECT who, role FROM opened WHERE unit = ?", unit)
        for row in rows:
            if row["who"] == who:
                return str(row["role"])
        if not rows:
            return "first"
        return "second" if unit in self.second and len(rows) == 1 else "other"

    def answers(self, unit: str) -> list[dict[str, Any]]:
        rows = self._ledger.ask("SELECT who, answer FROM answers WHERE unit = ? ORDER BY seq", unit)
        return [{"who": row["who"], "answer": row["answer"]} for row in rows]

    def disputed(self, unit: str) -> bool:
        """Whether two readers have finished with different answers and nobody has settled it."""
        if unit not in self.second:
            return False
        row = self._ledger.one(
            "SELECT COUNT(*) AS readers, COUNT(DISTINCT a.answer) AS answers FROM answers a"
            " JOIN done d ON d.unit = a.unit AND d.who = a.who WHERE a.unit = ?"
            " AND NOT EXISTS (SELECT 1 FROM settled s WHERE s.unit = a.unit)",
            unit,
        )
        return row is not None and row["readers"] > 1 and row["answers"] > 1

    def progress(self, reviewers: Sequence[str]) -> list[dict[str, Any]]:
        done = {
            row["who"]: row["n"]
            for row in self._ledger.ask("SELECT who, COUNT(*) AS n FROM done GROUP BY who")
        }
        return [{"who": who, "done": done.get(who, 0)} for who in reviewers]


def units_of(manifest: Manifest, spares: int = 0) -> tuple[str, ...]:
    """The units to read: the random sample in drawn order, spares, then the certainty part."""
    extra = [unit for stratum in manifest.strata for unit in stratum.spares[:spares]]
    return (*manifest.sample, *extra, *manifest.certainty)


def second_readings(manifest: Manifest, units: Collection[str], share: float) -> frozenset[str]:
    """The units that are read twice: a seeded share, rounded up, independent of the draw."""
    count = math.ceil(share * len(units))
    ranked = sorted(units, key=lambda unit: key_of(manifest.design.seed, "second:", unit))
    return frozenset(ranked[:count])
