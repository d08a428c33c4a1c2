"""Drawing a sample that anybody can draw again.

Each unit gets the key ``HMAC-SHA256(seed, frame_id || unit_id)`` and the units with the smallest
keys are the sample. The key of a unit depends on nothing but the seed and its id: the order of the
rows, the machine and the language's random numbers do not matter, and one unit more displaces at
most one pick of its stratum.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from notelint.audit.frame import Frame, Unit, condition
from notelint.errors import UsageError, did_you_mean

ALGORITHM = (
    "hmac-sha256-rank/1: sort by HMAC-SHA256(key=seed, message=frame_id+unit_id), take the first n"
)
SYSTEMATIC = (
    "systematic/1: sort by date and id; start = HMAC-SHA256(key=seed, message=frame_id+'start') "
    "mod N; take floor((start + i*N) / n) mod N for i in 0..n-1"
)

Allocation = Literal["proportional", "equal", "fixed"]
ALLOCATIONS = ("proportional", "equal", "fixed")


@dataclass(frozen=True, slots=True)
class Design:
    """How to draw.

    ``n`` is the sample in all; with ``allocation`` fixed, ``per_stratum`` is the number in each
    stratum and ``sizes`` overrides it by stratum label. ``by`` names the facts that make strata.
    Units that meet a ``certainty`` condition are all taken, outside the random part.
    """

    seed: str
    n: int | None = None
    by: tuple[str, ...] = ()
    allocation: Allocation = "proportional"
    per_stratum: int | None = None
    sizes: Mapping[str, int] = field(default_factory=dict)
    systematic: bool = False
    certainty: tuple[str, ...] = ()
    spares: int = 5

    @property
    def kind(self) -> str:
        if self.systematic:
            return "systematic"
        return "stratified" if self.by else "simple"

    def as_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind, "n": self.n, "by": list(self.by),
            "allocation": self.allocation if self.by else None, "per_stratum": self.per_stratum,
            "sizes": dict(self.sizes), "certainty": list(self.certainty), "spares": self.spares,
        }  # fmt: skip

    @classmethod
    def from_dict(cls, seed: str, data: Mapping[str, Any]) -> Design:
        return cls(
            seed, data["n"], tuple(data["by"]), data["allocation"] or "proportional",
            data["per_stratum"], dict(data["sizes"]), data["kind"] == "systematic",
            tuple(data["certainty"]), data["spares"],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stratum:
    """One stratum: ``size`` units in the frame, those drawn and the spares, in key order."""

    label: str
    facts: Mapping[str, str]
    size: int
    sample: tuple[str, ...]
    spares: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        return {
            "label": self.label, "facts": dict(self.facts), "size": self.size,
            "n": len(self.sample), "sample": list(self.sample), "spares": list(self.spares),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draw:
    """The drawn sample: ``sample`` in random (key) order, and what was taken with certainty."""

    strata: tuple[Stratum, ...]
    certainty: tuple[str, ...]
    sample: tuple[str, ...]


def frame_id(frame: Frame) -> str:
    """The name that separates samples of notes from samples of visits with the same ids."""
    return f"{frame.unit}:"


def key_of(seed: str, frame_name: str, unit_id: str) -> bytes:
    """The selection key of a unit: 32 bytes."""
    message = (frame_name + unit_id).encode("utf-8", "surrogatepass")
    return hmac.new(seed.encode(), message, hashlib.sha256).digest()


def draw(
    frame: Frame, design: Design, *, fired: Mapping[str, frozenset[str]] | None = None
) -> Draw:
    """Draws a sample.

    Args:
        frame: every unit that could be drawn.
        design: how to draw.
        fired: rule name → units on which it fired, for ``rule=…`` certainty conditions.

    Raises:
        UsageError: the design does not fit the frame.
    """
    certain = _certain(frame, design.certainty, fired or {})
    rest = [unit for unit in frame.units if unit.id not in certain]
    if not rest:
        raise UsageError("The certainty conditions take every unit.", remedy="Narrow them.")
    name = frame_id(frame)
    groups = _strata(rest, design.by)
    sizes = _allocate({label: len(units) for label, units in groups.items()}, design)
    strata = []
    for label, units in groups.items():
        n = sizes[label]
        if design.systematic:
            drawn, spares = _every_kth(units, n, design, name)
        else:
            ranked = _ranked(units, design.seed, name)
            drawn, spares = ranked[:n], ranked[n : n + design.spares]
        facts = {fact: units[0].facts[fact] for fact in design.by}
        strata.append(Stratum(label, facts, len(units), tuple(drawn), tuple(spares)))
    picked = [unit for stratum in strata for unit in stratum.sample]
    picked.sort(key=lambda unit: key_of(design.seed, name, unit))
    return Draw(tuple(strata), tuple(sorted(certain)), tuple(picked))


def _ranked(units: Iterable[Unit], seed: str, name: str) -> list[str]:
    return sorted((unit.id for unit in units), key=lambda unit: key_of(seed, name, unit))


def _every_kth(
    units: Sequence[Unit], n: int, design: Design, name: str
) -> tuple[list[str], list[str]]:
    ordered = [unit.id for unit in sorted(units, key=lambda u: (u.date, u.id))]
    total = len(ordered)
    start = int.from_bytes(key_of(design.seed, name, "start"), "big") % total
    drawn = [ordered[((start + i * total) // n) % total] for i in range(n)]
    taken = set(drawn)
    others = [unit for unit in _ranked(units, design.seed, name) if unit not in taken]
    return drawn, others[: design.spares]


def _certain(
    frame: Frame, conditions: Sequence[str], fired: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    found: set[str] = set()
    for text in conditions:
        name, _, value = text.partition("=")
        if name == "rule":
            found |= fired.get(value, frozenset())
            continue
        meets = condition(text)
        found.update(unit.id for unit in frame.units if meets(unit))
    return frozenset(found & {unit.id for unit in frame.units})


def _strata(units: Sequence[Unit], by: Sequence[str]) -> dict[str, list[Unit]]:
    groups: dict[str, list[Unit]] = {}
    for unit in units:
        groups.setdefault(stratum_label(unit, by), []).append(unit)
    return dict(sorted(groups.items()))


def stratum_label(unit: Unit, by: Sequence[str]) -> str:
    """The label of a unit's stratum: its facts in order, or ``all``.

    Raises:
        UsageError: a fact is not known.
    """
    for fact in by:
        if fact not in unit.facts:
            raise UsageError(
                f"'{fact}' is no fact of a unit.", remedy=did_you_mean(fact, unit.facts)
            )
    return " / ".join(unit.facts[fact] for fact in by) or "all"


def _allocate(available: Mapping[str, int], design: Design) -> dict[str, int]:
    """How many to draw in each stratum; never more than it holds, never none."""
    if design.sizes or design.per_stratum is not None:
        for label in design.sizes:
            if label not in available:
                raise UsageError(
                    f"There is no stratum '{label}'.", remedy=did_you_mean(label, available)
                )
        default = design.per_stratum
        if default is None and (missing := sorted(set(available) - set(design.sizes))):
            raise UsageError(
                f"No size is given for stratum '{missing[0]}'.",
                remedy="Add --size for it, or --per-stratum for all the others.",
            )
        wanted = {label: design.sizes.get(label, default or 0) for label in available}
        if min(wanted.values()) < 1:
            raise UsageError("A stratum needs at least one unit.")
        return {label: min(n, available[label]) for label, n in wanted.items()}
    if design.n is None or design.n < 1:
        raise UsageError("How many units to draw?", remedy="Give --n, such as --n 30.")
    n = min(design.n, sum(available.values()))
    if n < len(available):
        raise UsageError(
            f"{n} units cannot cover {len(available)} strata.",
            remedy="Draw more, or stratify by fewer facts.",
        )
    weights = dict.fromkeys(available, 1) if design.allocation == "equal" else available
    return _shares(n, weights, available)


def _shares(n: int, weights: Mapping[str, int], available: Mapping[str, int]) -> dict[str, int]:
    """Hands out ``n`` one at a time to the stratum furthest below its share (Sainte-Laguë).

    Every stratum gets one first. Ties go by label, so the result does not depend on order.
    """
    given = dict.fromkeys(sorted(available), 1)
    for _ in range(n - len(given)):
        open_ones = [label for label in given if given[label] < available[label]]
        best = max(open_ones, key=lambda label: weights[label] / (2 * given[label] + 1))
        given[best] += 1
    return given
