"""``value-range``: a measure's value against its instrument (F6, F7).

Ranges, denominators and directions are ``rules/data/measures.yaml``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from notelint.checks.ranges import direction, limits
from notelint.checks.ranges.instrument import Instrument, instruments_of
from notelint.encounter.encounter import Encounter
from notelint.rulebook.rule import Hit, Rule

if TYPE_CHECKING:
    from notelint.rulebook.pack import Pack

_TESTS: Mapping[str, Callable[[Encounter, Mapping[str, Instrument]], Iterator[Hit]]] = {
    "range": limits.outside,
    "direction": direction.against,
}


def check(encounter: Encounter, rule: Rule, pack: Pack) -> Iterator[Hit]:
    """Yields a hit for each value that its instrument does not allow."""
    if not encounter.measures:
        return iter(())
    return _TESTS[rule.params.test](encounter, instruments_of(pack))
