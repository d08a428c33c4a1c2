"""``conflict``: two places of one note that cannot both be so (K2, K6, K7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from notelint.checks.conflicts.bearing import contradicting_bearing
from notelint.checks.conflicts.copieddate import copied_date
from notelint.checks.conflicts.levels import contradicting_levels
from notelint.checks.conflicts.sides import opposite_side
from notelint.checks.conflicts.symptoms import contradicting_symptoms
from notelint.encounter.encounter import Encounter
from notelint.rulebook.rule import Hit, Rule

if TYPE_CHECKING:
    from notelint.rulebook.pack import Pack


def _values(encounter: Encounter) -> Iterator[Hit]:
    yield from contradicting_levels(encounter)
    yield from contradicting_bearing(encounter)
    yield from contradicting_symptoms(encounter)


_TESTS: Mapping[str, Callable[[Encounter], Iterator[Hit]]] = {
    "values": _values,
    "date": copied_date,
    "side": opposite_side,
}


def check(encounter: Encounter, rule: Rule, pack: Pack) -> Iterator[Hit]:
    """Yields a hit for each contradiction, on its later place."""
    del pack
    return _TESTS[rule.params.test](encounter)
