"""Gait and stairs without two of distance, device and surface (F9)."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.encounter.activities import NOT_TODAY
from notelint.encounter.encounter import Activity, Encounter, Service
from notelint.language.reading import Reading, Statement
from notelint.rulebook.params import SlotMissing
from notelint.rulebook.rule import Hit

_WALKS = frozenset({"gait", "stairs"})
_MACHINES = ("treadmill", "tm ", "bwstt", "elliptical")
_LEAST = 2


def missing_details(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """One hit for the gait or stair item of a service that names fewer than two of the three."""
    del params
    reading = encounter.reading
    told: set[int] = set()
    for activity in encounter.activities:
        if activity.role != "treatment" or activity.service in told:
            continue
        if activity.service >= 0 and not _may_walk(encounter.services[activity.service]):
            continue
        place = _walk(reading, activity)
        if place is None:
            continue
        statement = reading.statements[activity.statement]
        if _details(encounter, activity, statement) >= _LEAST:
            continue
        if activity.service >= 0:
            told.add(activity.service)
        service = encounter.services[activity.service] if activity.service >= 0 else None
        code = service.stated_code if service else None
        yield Hit(
            "words", place[0], place[1],
            fields={"task": reading.text[place[0] : place[1]]}, facts={"code": code or ""},
        )  # fmt: skip


def _may_walk(service: Service) -> bool:
    """Whether walking under a service is gait: not propulsion, not water."""
    return service.code is None or service.code.value not in ("97542", "97113", "97150")


def _walk(reading: Reading, activity: Activity) -> tuple[int, int] | None:
    """The place of a gait or stair task that was done and described beyond its label."""
    for head in activity.heads:
        if (
            head.place is None
            or not head.sure
            or reading.context_at(head.place.start) & (NOT_TODAY | {"negated"})
        ):
            continue
        for mention in reading.mentions_in(head.place.start, head.place.end, "task"):
            if mention.is_a("surface") and not mention.has_tag("stairs"):
                continue
            if not any(mention.has_tag(tag) for tag in _WALKS):
                continue
            if mention.is_a("service_label") and not (
                activity.cues or activity.assist or activity.device
            ):
                continue
            if (
                activity.purpose
                and activity.purpose.place
                and activity.purpose.place.start <= mention.start < activity.purpose.place.end
            ):
                continue
            return mention.start, mention.end
    return None


def _details(encounter: Encounter, activity: Activity, statement: Statement) -> int:
    """Counts distance, device and surface in the words of the service, or of the statement."""
    reading = encounter.reading
    spans = [(statement.start, statement.end)]
    if activity.service >= 0:
        spans += [(s.start, s.end) for s in encounter.services[activity.service].body]
    else:
        spans += [
            (other.start, other.end)
            for other in reading.statements[max(0, statement.index - 1) : statement.index + 3]
            if other.section == statement.section
        ]
    if any(machine in reading.lower[a:b] for a, b in spans for machine in _MACHINES):
        return _LEAST
    distance = any(_distance(reading, a, b) for a, b in spans) or reading.has_quantity(
        statement.start, statement.end, "reps", "count", "minutes"
    )
    device = any(True for a, b in spans for _ in reading.mentions_in(a, b, "device"))
    surface = "stairs" in activity.domains or any(
        True
        for a, b in spans
        for found in (reading.mentions_in(a, b, "surface"), reading.quantities_in(a, b, "height"))
        for _ in found
    )
    return distance + device + surface


def _distance(reading: Reading, start: int, end: int) -> bool:
    return any(
        q.kind == "distance" or (q.kind == "dose" and q.unit == "distance")
        for q in reading.quantities_in(start, end, "distance", "dose")
    )
