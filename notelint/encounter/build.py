"""Builds the encounter of a note from its reading and its record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from notelint.encounter.activities import activities_of
from notelint.encounter.encounter import Elsewhere, Encounter, Facts, Purpose, Service, Value
from notelint.encounter.goals import goals_of
from notelint.encounter.measures import measures_of
from notelint.encounter.plans import plan_items_of
from notelint.encounter.purposes import goal_refs_in, purposes_in
from notelint.encounter.responses import responses_of
from notelint.encounter.services import services_of
from notelint.encounter.signatures import signatures_of
from notelint.encounter.skills import skills_of
from notelint.encounter.supplies import supplies_of
from notelint.encounter.times import clockwork_of
from notelint.language.reading import Reading, Span, Statement
from notelint.note import Note

if TYPE_CHECKING:
    from notelint.rulebook.pack import Pack

_SESSION = re.compile(
    r"\b(?:(?:purpose|aim|target|focus|goal|reason|why|rationale|emphasis|problem)(?: (?:of|for))?(?: all)?(?: (?:the|this|today['’]?s?))?(?: (?:session|treatment|tx|visit|therapy|exercises|interventions|activities|today))"
    r"|all (?:activities|exercises|interventions|exs?|tasks|of (?:it|them|this|these|the above))"
    r"|(?:(?:the |this |today['’]?s )?(?:session|treatment|tx|visit)|interventions|exercises|activities|program) (?:[\w()]+ ){0,3}?(?:was|were|is|are|focus\w*|address\w*|target\w*|work\w*|directed|aimed|designed|for|chosen|to)"
    r"|^\W*(?:(?:pt|patient|client|resident|he|she) )?(?:(?:was|is|being) )?(?:tx['’]?d|rx['’]?d|treated|seen) (?:today )?(?:for|d/t|due to)"
    r"|(?:these|above) (?:exercises|activities|interventions|tasks)|(?:are|were|is|was) all (?:toward|towards|for|aimed|directed|meant|about|to)|(?:treatment|tx|therapy) (?:of|at|s/p)|today all|(?:worked|focused|focusing|working) (?:today )?on)\b"
)
_ALL_OF_IT = re.compile(
    r"\b(?:all (?:activities|exercises|exs?|interventions|tasks|of|the|toward|towards|for|aimed|directed|meant)|these|above|(?:the |this |today['’]s )session|today['’]s)\b"
)
#: "b, c and d are all toward the same thing, LTG 2".
_TOWARD = re.compile(r"\ball (?:toward|towards|for|aimed|directed|meant|of (?:it|this|them))\b")
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
        responses=responses_of(reading),
        plan_items=plan_items_of(reading),
        skills=skills_of(reading),
        measures=measures_of(reading),
        signatures=signatures,
        elsewhere=tuple(_elsewhere(reading)),
        session_purpose=_session_purpose(reading, services),
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


def _heads_one(reading: Reading, statement: Statement) -> bool:
    """Whether a statement is about the words under one code of several."""
    codes = {q.text[:5] for q in reading.quantities_in(0, len(reading.text), "code")}
    own = reading.has_quantity(statement.start, statement.end, "code")
    return own and len(codes) > 1


#: "Aim: see the blind spot …", "aim is to keep the transfer at one person": stands over what was done.
_AIM = re.compile(
    r"\W*(?:(?:today['’]?s|session|visit|tx|treatment|functional|main|our|the) )*(?:aim|purpose|working on|focus|why|target|goal)(?: (?:for )?(?:today|this (?:visit|session)|of (?:the |this )?(?:session|visit|tx)))?\s?[:=]\s?(?=[^\s\d])"
    r"|[^.;]*\b(?:aim|purpose)(?: today| here)? is to (?=[a-z])|[^.;]*\bwhat (?:she|he|pt|patient|we|i)(?: is| are|['’]re|['’]s| am) after\b[^.;]{0,40}? is\b|[^.;]*\b(?:everything|all)(?: (?:work|of it|of this|that follows|below|today|we did|done))+ (?:is |was |were )?(?:aimed at|chosen|meant|done (?:for|so)|for|so)\b"
)
_LEAST_WORDS = 4


def _session_purpose(reading: Reading, services: Sequence[Service]) -> Purpose | None:
    """A sentence that gives the whole session its purpose ("All exercises are for stair descent")."""
    first = min((s.place.start for s in services if s.place), default=-1)
    for statement in reading.where(_is_aim):
        if statement.end <= first:
            words = reading.slice(statement.span)
            return Purpose("functional", statement.span, words, "session")
    for statement in reading.where(_tells_session):
        if _heads_one(reading, statement):
            continue  # what one of the services is for
        for purpose in purposes_in(reading, statement.start, statement.end):
            if purpose.kind == "functional":
                return Purpose("functional", purpose.place, purpose.words, "session")
        if _TOWARD.search(reading.lower, statement.start, statement.end) and goal_refs_in(
            reading, statement.start, statement.end
        ):
            words = reading.slice(statement.span)
            return Purpose("functional", statement.span, words, "session")
    return None


def _is_aim(reading: Reading, statement: Statement) -> bool:
    """Whether a line above the treatment says what all of it is for."""
    if statement.role in ("plan", "history", "header", "signature"):
        return False
    words = reading.lower[statement.start : statement.end]
    line = reading.lower[reading.lower.rfind("\n", 0, statement.start) + 1 : statement.end]
    return (_AIM.match(words) or _AIM.match(line)) is not None and len(
        words.split()
    ) >= _LEAST_WORDS


def _tells_session(reading: Reading, statement: Statement) -> bool:
    """Whether a statement tells what the session was for."""
    if statement.role not in ("treatment", "other", "heading", "response", "assessment"):
        return False
    words = reading.lower[statement.start : statement.end]
    if not _SESSION.search(words):
        return False
    # What was done and why is a purpose of its own, not of the session.
    return _ALL_OF_IT.search(words) is not None or not reading.has_quantity(
        statement.start, statement.end, "dose", "reps", "load"
    )
