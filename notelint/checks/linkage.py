"""Which statements a functional purpose covers: its own, its list, its service, its session."""

from __future__ import annotations

from notelint.encounter.encounter import Activity, Encounter
from notelint.encounter.purposes import purposes_in
from notelint.language.reading import Statement


def purpose_kind(encounter: Encounter, activity: Activity) -> str:
    """Returns the best purpose kind that covers an activity: functional, impairment, circular, none."""
    best = activity.purpose.kind if activity.purpose else "none"
    if best == "functional":
        return best
    if activity.goal_ref is not None or linked_statement(encounter, activity.statement):
        return "functional"
    return best


def linked_statement(encounter: Encounter, index: int) -> bool:
    """Whether a list opener above, or a purpose-only statement beside, links a statement."""
    reading = encounter.reading
    statement = reading.statements[index]
    if statement.parent >= 0 and _functional(encounter, reading.statements[statement.parent]):
        return True
    if encounter.session_purpose is not None:
        return True
    for other in reading.statements[index + 1 : index + 3]:
        if other.section != statement.section:
            break
        if _only_purpose(encounter, other):
            return True
    if index and reading.statements[index - 1].section == statement.section:
        above = reading.statements[index - 1]
        if _only_purpose(encounter, above) or (above.parent == statement.parent and above.parent >= 0 and _only_purpose(encounter, above)):
            return True
    if statement.parent >= 0:
        return any(
            other.parent == statement.parent and _only_purpose(encounter, other)
            for other in reading.statements[statement.parent + 1 : statement.parent + 24]
        )
    return False


def linked_services(encounter: Encounter) -> frozenset[int]:
    """Returns the services whose attributed words hold a purpose-only statement or a goal tag."""
    found: set[int] = set()
    for activity in encounter.activities:
        if activity.service < 0:
            continue
        functional = activity.purpose is not None and activity.purpose.kind == "functional"
        if (functional and not activity.heads) or activity.goal_ref is not None:
            found.add(activity.service)
    for service in encounter.services:
        if service.index in found:
            continue
        for span in service.body:
            for statement in encounter.reading.statements:
                if statement.start < span.end and span.start < statement.end and _only_purpose(encounter, statement):
                    found.add(service.index)
    return frozenset(found)


def _functional(encounter: Encounter, statement: Statement) -> bool:
    reading = encounter.reading
    if any(p.kind == "functional" for p in purposes_in(reading, statement.start, statement.end)):
        return True
    words = reading.lower[statement.start : statement.end]
    return statement.opens_list and words.startswith("for ") and any(
        True for _ in reading.mentions_in(statement.start, statement.end, "task")
    )


def _only_purpose(encounter: Encounter, statement: Statement) -> bool:
    """A statement that is nothing but a purpose ("For terminal ext needed to descend stairs.")."""
    reading = encounter.reading
    for purpose in purposes_in(reading, statement.start, statement.end):
        if purpose.kind != "functional" or purpose.place is None:
            continue
        own = purpose.place.start - statement.start
        if own <= 34 and not any(
            m.end <= purpose.place.start for m in reading.mentions_in(statement.start, purpose.place.start, "exercise", "object", "surface")
        ) and not list(reading.quantities_in(statement.start, purpose.place.start, "dose", "distance")):
            tail = [a for a in reading.mentions_in(purpose.place.end, statement.end, "exercise", "task")]
            if not tail:
                return True
    return False
