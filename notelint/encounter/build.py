"""Builds the encounter of a note from its reading and its record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from notelint.encounter.activities import activities_of
from notelint.encounter.encounter import Elsewhere, Encounter, Facts, Service, Value
from notelint.encounter.goals import goals_of
from notelint.encounter.measures import measures_of
from notelint.encounter.purposes import goal_refs_in
from notelint.encounter.services import services_of
from notelint.encounter.sessionaims import session_purpose_of
from notelint.encounter.signatures import signatures_of
from notelint.encounter.signs import signs_of
from notelint.encounter.supplies import supplies_of
from notelint.encounter.times import clockwork_of
from notelint.language.reading import Reading, Span, Statement
from notelint.note import Note

if TYPE_CHECKING:
    from notelint.rulebook.pack import Pack

_ELSEWHERE = frozenset(
    {
        "historical",
        "home",
        "planned",
        "quoted",
        "family",
        "goal",
        "negated",
        "hypothetical",
        "report",
    }
)


def build_encounter(note: Note, reading: Reading, pack: Pack) -> Encounter:
    """Builds the encounter; ``pack`` supplies dated data, never rules."""
    del pack
    clockwork = clockwork_of(note, reading, services_of(note, reading))
    services, times = clockwork.services, clockwork.times
    facts = facts_of(note, reading, services)
    goals = goals_of(note, reading)
    signatures = signatures_of(note, reading)
    signs = signs_of(reading)
    return Encounter(
        note=note,
        reading=reading,
        facts=facts,
        services=services,
        activities=activities_of(reading, services),
        times=times,
        unit_counts=clockwork.units,
        code_minutes=clockwork.minutes,
        goals=goals,
        goal_refs=tuple(_goal_refs(reading)),
        responses=signs.responses,
        plan_items=signs.plan_items,
        skills=signs.skills,
        measures=measures_of(reading),
        signatures=signatures,
        elsewhere=tuple(_elsewhere(reading)),
        session_purpose=session_purpose_of(reading, services),
        supplies=supplies_of(
            note, reading, facts, services, times, goals, signatures, clockwork.units
        ),
    )


def facts_of(note: Note, reading: Reading, services: Sequence[Service]) -> Facts:
    """Resolves the facts of a note: the record first, then what the text itself shows."""
    kind, origin = note.note_type, "stated"
    if note.note_type == "unknown":
        kind = reading.kind.kind
        origin = "inferred" if kind != "unknown" else "unknown"
    elif note.note_type == "daily" and reading.kind.kind == "no_show" and not services:
        kind = "no_show"
    billed = {c.code for c in note.charges} or {s.stated_code for s in services if s.stated_code}
    return Facts(
        payer=note.payer,
        setting=note.setting,
        discipline=note.discipline,
        note_type=kind,
        kind_origin=origin,  # type: ignore[arg-type]
        programme=note.programme,
        date_of_service=note.date_of_service,
        therapy=reading.kind.therapy,
        billed_codes=frozenset(c for c in billed if c),
    )


def _goal_refs(reading: Reading) -> Iterator[Value[str]]:
    for statement in reading.where(_refers):
        for identity, place in goal_refs_in(reading, statement.start, statement.end):
            yield Value(identity, place)


def _refers(reading: Reading, statement: Statement) -> bool:
    """Whether a statement that is no goal itself refers to one."""
    if statement.role in ("goal", "history"):
        return False
    return bool(goal_refs_in(reading, statement.start, statement.end))


def _elsewhere(reading: Reading) -> Iterator[Elsewhere]:
    for mark in reading.contexts:
        if mark.kind in _ELSEWHERE:
            yield Elsewhere(Span(mark.start, mark.end), mark.kind)
