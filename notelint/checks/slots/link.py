"""Activities without a functional purpose (B1)."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.checks.linkage import linked_services, purpose_kind
from notelint.encounter.encounter import Activity, Encounter
from notelint.rulebook.params import SlotMissing
from notelint.rulebook.rule import Hit

_FUNCTION_IS_TASK = frozenset({"97530", "97535", "97537", "97542"})


def missing_purpose(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """One hit for each run of neighbouring activities that no functional purpose covers."""
    linked = linked_services(encounter)
    run: list[tuple[Activity, str]] = []
    for activity in encounter.activities:
        kind = _unlinked(encounter, activity, params, linked)
        if kind is None:
            yield from _hits(encounter, run)
            run = []
            continue
        if run and not _neighbours(encounter, run[-1][0], activity):
            yield from _hits(encounter, run)
            run = []
        run.append((activity, kind))
    yield from _hits(encounter, run)


def _unlinked(
    encounter: Encounter, activity: Activity, params: SlotMissing, linked: frozenset[int]
) -> str | None:
    """The purpose kind of an activity that lacks function, or None when it is linked or no item."""
    if not activity.heads and activity.generic is None:
        return None
    if activity.role == "education" or activity.service in linked:
        return None
    if _is_itself_function(encounter, activity):
        return None
    service = encounter.services[activity.service] if activity.service >= 0 else None
    code = service.code.value if service and service.code else ""
    if params.codes and code and code not in params.codes:
        return None
    kind = purpose_kind(encounter, activity)
    return None if kind == "functional" else kind


def _is_itself_function(encounter: Encounter, activity: Activity) -> bool:
    """A task that is the function, with a level, limitation or object (catalogue B1 d)."""
    if not activity.functional:
        return False
    detailed = activity.assist or activity.objects or activity.surface or activity.device or activity.cues or activity.technique
    return bool(detailed)


def _neighbours(encounter: Encounter, one: Activity, other: Activity) -> bool:
    statements = encounter.reading.statements
    return (
        other.statement - one.statement <= 2
        and statements[one.statement].section == statements[other.statement].section
        and one.service == other.service
    )


def _hits(encounter: Encounter, run: list[tuple[Activity, str]]) -> Iterator[Hit]:
    if not run:
        return
    order = {"none": 0, "circular": 1, "impairment": 2}
    weakest = min(run, key=lambda pair: order[pair[1]])[1]
    first, last = run[0][0], run[-1][0]
    start = _content_start(first)
    goals = "elsewhere" if encounter.goals or encounter.note.goals else "none"
    service = encounter.services[first.service] if first.service >= 0 else None
    code = service.stated_code if service else None
    yield Hit(
        "statement",
        start,
        last.place.end,
        facts={"purpose": weakest, "horizon": goals, "code": code or ""},
        fields={"activity": encounter.text[start : min(last.place.end, start + 60)]},
    )


def _content_start(activity: Activity) -> int:
    places = [h.place.start for h in activity.heads if h.place]
    if activity.generic and activity.generic.place:
        places.append(activity.generic.place.start)
    return min(places, default=activity.place.start)
