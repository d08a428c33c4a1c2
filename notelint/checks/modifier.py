"""``modifier``: modifiers, code pairs, thresholds and delivery of the billed lines (I1-I8).

``checks/modifiers/`` holds one group of tests a module; the logic of lines is ``notelint.billing``'s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from notelint.billing.tables import BillingTables
from notelint.checks.billing_tables import tables_of
from notelint.checks.modifiers import delivery, discipline, pairs, thresholds
from notelint.encounter.encounter import Encounter
from notelint.rulebook.rule import Hit, Rule

if TYPE_CHECKING:
    from notelint.rulebook.pack import Pack

_TESTS: Mapping[str, Callable[[Encounter, BillingTables], Iterator[Hit]]] = {
    "discipline": discipline.discipline,
    "assistant": discipline.assistant,
    "kx": thresholds.threshold,
    "abn": thresholds.notice,
    "pair": pairs.distinct_time,
    "distinct": pairs.without_pair,
    "telehealth": delivery.telehealth,
    "part-a": delivery.part_a,
}


def check(encounter: Encounter, rule: Rule, pack: Pack) -> Iterator[Hit]:
    """Yields what the rule's test finds on the billed lines."""
    return _TESTS[rule.params.test](encounter, tables_of(pack))
