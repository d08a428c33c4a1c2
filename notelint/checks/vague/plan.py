"""A plan that only continues (A4): no next step, criterion, parameter or communication."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.encounter.encounter import Encounter
from notelint.rulebook.rule import Hit

_CONTINUES = re.compile(r"\b(?:cont\w*|con't|cont'd|keep|progress\w*|advance|poc|plan|same|proceed|carry|follow|see|return|resume|ongoing)\b")
_STAGE = {"progress": "report", "recert": "report", "discharge": "report"}


def vague(encounter: Encounter) -> Iterator[Hit]:
    """Yields the empty plan statement of a note none of whose plan statements plans anything."""
    items = encounter.plan_items
    if not items or any(item.has_next_step for item in items):
        return
    reading = encounter.reading
    for item in items:
        statement = reading.statements[item.statement]
        span = next(
            ((m.start, m.end) for m in reading.mentions_in(statement.start, statement.end, "plan_empty")),
            (statement.start, statement.end),
        )
        if reading.section_of(statement).kind == "body" and not _CONTINUES.search(reading.lower, statement.start, statement.end):
            continue
        stage = _STAGE.get(encounter.facts.note_type, "daily")
        yield Hit("words", span[0], max(span[1], span[0] + 1), facts={"stage": stage})
        return
