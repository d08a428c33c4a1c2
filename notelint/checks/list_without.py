"""``list-without``: three or more dosed exercises and no word for what they serve (A8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from notelint.checks.documented import stage_of
from notelint.checks.linkage import linked_services, linked_statement
from notelint.encounter.encounter import Activity, Encounter, Value
from notelint.encounter.purposes import purposes_in
from notelint.rulebook.rule import Hit, Rule

if TYPE_CHECKING:
    from notelint.rulebook.pack import Pack


def check(encounter: Encounter, rule: Rule, pack: Pack) -> Iterator[Hit]:
    """Yields a hit for each list of exercises without purpose, impairment value or goal."""
    del pack
    least = rule.params.least
    reading = encounter.reading
    linked = linked_services(encounter)
    for activity in encounter.activities:
        if len(activity.heads) < least or activity.purpose or activity.goal_ref:
            continue
        exercises = [h for h in activity.heads if h.place and _is_exercise(encounter, h)]
        if len({_words(encounter, h) for h in exercises}) < least:
            continue
        if activity.service in linked or linked_statement(encounter, activity.statement):
            continue
        if _opened_with_purpose(encounter, activity):
            continue
        if reading.has_quantity(activity.place.start, activity.place.end, "rom", "grade"):
            continue
        code = encounter.services[activity.service].stated_code if activity.service >= 0 else None
        first, last = exercises[0].place, exercises[-1].place
        assert first is not None
        assert last is not None
        end = _with_dose(encounter, last.end, activity.place.end)
        facts = {"code": code or "", "stage": stage_of(encounter)}
        yield Hit("statement", first.start, end, facts=facts)


def _opened_with_purpose(encounter: Encounter, activity: Activity) -> bool:
    """Whether the service's first sentence says which capacity all of it is for."""
    if activity.service < 0:
        return False
    reading = encounter.reading
    for span in encounter.services[activity.service].body:
        told = reading.statement_at(span.start)
        if told is None or told.index >= activity.statement:
            return False
        start = max(told.start, span.start)
        if any(p.kind != "none" for p in purposes_in(reading, start, told.end)):
            return True
        if reading.has_mention(start, told.end, "exercise", "task"):
            return False
    return False


def _with_dose(encounter: Encounter, end: int, limit: int) -> int:
    """The end of the last exercise together with the doses that follow it ("SLR 2# 3x10")."""
    reading = encounter.reading
    for quantity in reading.quantities_in(end, limit):
        if reading.lower[end : quantity.start].strip() not in ("", "x", "@", "for", "w/", "with"):
            break
        end = quantity.end
    return end


def _words(encounter: Encounter, head: Value[str]) -> str:
    """The head as written: one lexicon term may stand for several exercises of a joint."""
    return encounter.reading.lower[head.place.start : head.place.end] if head.place else head.value


def _is_exercise(encounter: Encounter, head: Value[str]) -> bool:
    """Whether a head is an exercise and no task of daily life ("sup to sit")."""
    assert head.place is not None
    mentions = encounter.reading.mentions_in(
        head.place.start, head.place.start + 1, "exercise", "technique"
    )
    return any(m.is_a("exercise") and not m.has_tag("bed") for m in mentions)
