"""A plan that only continues (A4): no next step, criterion, parameter or communication."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.encounter.encounter import Encounter, PlanItem
from notelint.language.boxes import empty_box
from notelint.language.reading import Span
from notelint.rulebook.rule import Hit

_STAGE = {"progress": "report", "recert": "report", "discharge": "report"}


_GOES_ON = re.compile(r"\b(?:con'?t|cont\w*|poc|plan of care|same|ongoing)\b")


def vague(encounter: Encounter) -> Iterator[Hit]:
    """Yields the empty plan statement of a note none of whose plan statements plans anything."""
    items = encounter.plan_items
    if not items or any(item.has_next_step for item in items):
        return
    item = max(items, key=lambda item: _weight(encounter, item))
    span = _claim(encounter, item)
    if encounter.facts.note_type == "discharge" and not _GOES_ON.search(
        encounter.reading.lower, item.place.start, item.place.end
    ):
        return  # "f/u with MD as needed": what comes after therapy
    if span.start == span.end:
        if encounter.facts.note_type == "recert":
            return  # "OT 2x/week for 12 weeks. ADL training": the plan that is asked for
        span = items[-1].place
    stage = _STAGE.get(encounter.facts.note_type, "daily")
    yield Hit("words", span.start, span.end, facts={"stage": stage})


def _weight(encounter: Encounter, item: PlanItem) -> tuple[bool, bool, bool, int]:
    """How plainly an item is the plan: no "would benefit from" where another continues, under the
    heading of the plan, then length."""
    reading = encounter.reading
    span, words = _claim(encounter, item), reading.slice(item.place).lower()
    planned = reading.section_at(item.place.start).kind == "plan"
    says = span.end > span.start  # a frequency alone says less than "continue POC"
    return "benefit" not in words, says, planned, span.end - span.start


def _claim(encounter: Encounter, item: PlanItem) -> Span:
    """The words of an item that only continue: its longest fixed phrase, or an empty span."""
    phrases = encounter.reading.mentions_in(item.place.start, item.place.end, "plan_empty")
    longest = max(phrases, key=lambda m: m.end - m.start, default=None)
    if longest is None:
        return Span(item.place.start, item.place.start)
    if longest.end - longest.start < (item.place.end - item.place.start) / 4:
        # "Ongoing PT is recommended to …": the word alone would say less than the note.
        box = empty_box(encounter.reading.text, item.place.start, item.place.end)
        return Span(item.place.start, box) if box > item.place.start else item.place
    return Span(longest.start, longest.end)
