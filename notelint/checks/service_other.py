"""``service-other``: the words of a service describe something else, or nothing (D1, D8-D10, D14,
D16-D18). One module a contrast in ``checks/services/``; this module only chooses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from notelint.checks.services import caregiver, group, pairs, passive, reeval, unmatched
from notelint.encounter.cuebook import CueBook
from notelint.encounter.encounter import Encounter
from notelint.rulebook.params import ServiceOther
from notelint.rulebook.rule import Hit, Rule

if TYPE_CHECKING:
    from notelint.rulebook.pack import Pack

_TESTS: Mapping[str, Callable[[Encounter, frozenset[str], CueBook], Iterator[Hit]]] = {
    "absent-patient": caregiver.absent_patient,
    "group-elements": group.elements,
    "group-language": group.language,
    "only-passive": passive.only_passive,
    "routine-reeval": reeval.routine,
    "stairs-twice": pairs.stairs_twice,
    "teaching-or-performing": pairs.teaching_or_performing,
    "unmatched": unmatched.unmatched,
}


def check(encounter: Encounter, rule: Rule, pack: Pack) -> Iterator[Hit]:
    """Yields the hits of the rule's contrast."""
    params: ServiceOther = rule.params
    return _TESTS[params.test](encounter, params.codes, pack.cues)
