"""How well two readers agree: percent, Cohen's kappa and Gwet's AC1, with the table itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two readers' answers on the same items.

    ``table[i][j]`` counts the items that the first reader put in category i and the second in j.
    ``kappa`` is None ("undefined") when chance alone explains everything, as when both readers
    used one category only.
    """

    item: str
    categories: tuple[str, ...]
    table: tuple[tuple[int, ...], ...]
    n: int
    percent: float | None
    kappa: float | None
    ac1: float | None

    def as_dict(self) -> dict[str, Any]:
        return {
            "item": self.item, "categories": list(self.categories),
            "table": [list(row) for row in self.table], "n": self.n, "percent": self.percent,
            "kappa": "undefined" if self.kappa is None else self.kappa,
            "ac1": "undefined" if self.ac1 is None else self.ac1,
        }  # fmt: skip


def agreement(item: str, pairs: Iterable[tuple[str, str]], categories: Sequence[str]) -> Agreement:
    """Returns the agreement over pairs of answers, each one of ``categories`` (two or more)."""
    counts = Counter(pairs)
    table = tuple(tuple(counts[a, b] for b in categories) for a in categories)
    n = sum(map(sum, table))
    if not n:
        return Agreement(item, tuple(categories), table, 0, None, None, None)
    observed = sum(table[i][i] for i in range(len(table))) / n
    first = [sum(row) / n for row in table]
    second = [sum(column) / n for column in zip(*table, strict=True)]
    by_margins = sum(a * b for a, b in zip(first, second, strict=True))
    mean = [(a + b) / 2 for a, b in zip(first, second, strict=True)]
    by_chance = sum(p * (1 - p) for p in mean) / (len(categories) - 1)
    return Agreement(
        item, tuple(categories), table, n, observed,
        _beyond(observed, by_margins), _beyond(observed, by_chance),
    )  # fmt: skip


def _beyond(observed: float, expected: float) -> float | None:
    if 1 - expected < 1e-12:
        return None
    return (observed - expected) / (1 - expected)
