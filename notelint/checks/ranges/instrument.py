"""The instruments: what a score can be and which way is better (``rules/data/measures.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from notelint.rulebook.pack import Pack


@dataclass(frozen=True, slots=True)
class Instrument:
    """One instrument. ``highest`` is None where only the direction is known; ``item_highest`` is
    the top of a single item where the total goes further; ``better``: up, down or by unit."""

    name: str
    lowest: float
    highest: float | None
    item_highest: float | None
    unit: str
    denominators: frozenset[float]
    better: str

    def admits(self, value: float) -> bool:
        return value >= self.lowest and (self.highest is None or value <= self.highest)


def instruments_of(pack: Pack) -> Mapping[str, Instrument]:
    """Returns the instruments of a pack by name."""
    return _instruments(_Rows(pack.hash, tuple(pack.data["measures"]["measures"])))


class _Rows:
    """The rows of one pack, hashed by the pack they come from."""

    __slots__ = ("key", "rows")

    def __init__(self, key: str, rows: tuple[Mapping[str, Any], ...]) -> None:
        self.key, self.rows = key, rows

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Rows) and self.key == other.key


@lru_cache(maxsize=4)
def _instruments(source: _Rows) -> Mapping[str, Instrument]:
    return {row["measure"]: _instrument(row) for row in source.rows}


def _instrument(row: Mapping[str, Any]) -> Instrument:
    return Instrument(
        name=row["measure"],
        lowest=float(row["min"]),
        highest=_number(row.get("max")),
        item_highest=_number(row.get("item_max")),
        unit=row["unit"],
        denominators=frozenset(float(n) for n in row.get("denominators", ())),
        better=row["better"],
    )


def _number(value: str | None) -> float | None:
    return float(value) if value is not None else None
