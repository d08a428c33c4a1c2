"""``units``: billed units against minutes and code structure (C4, C6, C8, C9, C14, C15, TIM117).

The arithmetic is ``notelint.billing``'s; ``checks/unitrules/`` holds one group of tests a module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from notelint.billing.tables import BillingTables
from notelint.checks.billing_tables import tables_of
from notelint.checks.unitrules import over, rows, structure
from notelint.encounter.encounter import Encounter
from notelint.rulebook.rule import Hit, Rule

if TYPE_CHECKING:
    from notelint.rulebook.pack import Pack

_TESTS: Mapping[str, Callable[[Encounter, BillingTables], Iterator[Hit]]] = {
    "over-cms": over.over_cms,
    "under-eight": over.under_eight,
    "under": over.underbilled,
    "allocation": structure.allocation,
    "untimed-multiple": structure.untimed_multiple,
    "cognitive": structure.cognitive,
    "charge-text": rows.charge_text,
}


def check(encounter: Encounter, rule: Rule, pack: Pack) -> Iterator[Hit]:
    """Yields the contradictions between units and minutes that the rule's test finds."""
    return _TESTS[rule.params.test](encounter, tables_of(pack))
