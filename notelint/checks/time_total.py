"""``time-total``: a statement of time that is missing, contradictory or unclear (C1-C3, C5, C7, C10, C13).

``checks/times/`` holds one group of tests a module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from notelint.billing.tables import BillingTables
from notelint.checks.billing_tables import tables_of
from notelint.checks.times import ambiguous, mismatch, missing, nonbillable
from notelint.encounter.encounter import Encounter
from notelint.rulebook.rule import Hit, Rule

if TYPE_CHECKING:
    from notelint.rulebook.pack import Pack

_TESTS: Mapping[str, Callable[[Encounter, BillingTables], Iterator[Hit]]] = {
    "no-minutes": missing.no_minutes,
    "no-timed-total": missing.no_timed_total,
    "no-treatment-total": missing.no_treatment_total,
    "sums": mismatch.sums,
    "evaluation-timed": mismatch.evaluation,
    "nonbillable-counted": nonbillable.counted,
    "ambiguous-unit": ambiguous.units,
}


def check(encounter: Encounter, rule: Rule, pack: Pack) -> Iterator[Hit]:
    """Yields what the rule's test finds wrong with the note's statements of time."""
    return _TESTS[rule.params.test](encounter, tables_of(pack))
