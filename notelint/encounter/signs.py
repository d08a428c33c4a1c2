"""The four signs of documented care: a skill, a response, a next step, a function as a purpose.

What no list knows may be the detail that makes a phrase specific. In a note that shows care it
mostly is; in one that shows at most one of the four signs it hardly ever is (``CHANGELOG.md``).
So the signs are found from the reading alone, before anything asks for them.
"""

from __future__ import annotations

from dataclasses import dataclass

from notelint.encounter.encounter import PlanItem, Response, SkillEvidence
from notelint.encounter.plans import plan_items_of
from notelint.encounter.purposes import purposes_in
from notelint.encounter.responses import responses_of
from notelint.encounter.skills import skills_of
from notelint.language.reading import Reading, Statement

_FEW = 1


@dataclass(frozen=True, slots=True)
class Signs:
    """What a note tells of skill, response and plan, and whether it names a function as a purpose."""

    skills: tuple[SkillEvidence, ...]
    responses: tuple[Response, ...]
    plan_items: tuple[PlanItem, ...]
    names_function: bool

    @property
    def count(self) -> int:
        """How many of the four signs there are, 0 to 4."""
        return sum(
            (
                bool(self.skills),
                any(not response.empty for response in self.responses),
                any(item.has_next_step for item in self.plan_items),
                self.names_function,
            )
        )


def signs_of(reading: Reading) -> Signs:
    """Returns the signs of a note; found once a reading."""
    key = ("signs", -1)
    known: Signs | None = reading.memo.get(key)
    if known is None:
        known = reading.memo[key] = Signs(
            skills_of(reading),
            responses_of(reading),
            plan_items_of(reading),
            any(True for _ in reading.where(_names_function)),
        )
    return known


def shows_little(reading: Reading) -> bool:
    """Whether a note shows at most one of the four signs."""
    return signs_of(reading).count <= _FEW


def _names_function(reading: Reading, statement: Statement) -> bool:
    return any(p.kind == "functional" for p in purposes_in(reading, statement.start, statement.end))
