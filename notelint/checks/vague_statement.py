"""``vague-statement``: something is said to be so and nothing specific is said (A1, A3-A7, A9-A11).

One grammar a subject, in ``checks/vague/``; this module only chooses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from notelint.checks.vague import (
    activity,
    cueing,
    education,
    encouragement,
    independence,
    pain,
    plan,
    pointer,
    progress,
    quantity,
    refusal,
    response,
    role,
    subjective,
)
from notelint.encounter.encounter import Encounter
from notelint.rulebook.rule import Hit, Rule

if TYPE_CHECKING:
    from notelint.rulebook.pack import Pack

_SUBJECTS: Mapping[str, Callable[[Encounter], Iterator[Hit]]] = {
    "activity": activity.vague,
    "response": response.vague,
    "plan": plan.vague,
    "pointer": pointer.vague,
    "progress": progress.vague,
    "quantity": quantity.vague,
    "subjective": subjective.vague,
    "cueing": cueing.vague,
    "education": education.vague,
    "encouragement": encouragement.vague,
    "independence": independence.vague,
    "pain": pain.vague,
    "refusal": refusal.vague,
    "role": role.vague,
}


def check(encounter: Encounter, rule: Rule, pack: Pack) -> Iterator[Hit]:
    """Yields a hit for each vague statement of the rule's subject."""
    del pack
    return _SUBJECTS[rule.params.subject](encounter)
