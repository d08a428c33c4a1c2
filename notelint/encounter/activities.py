"""Finds today's activities and fills their slots from the words of their statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from notelint.encounter.encounter import Activity, Purpose, Service, Value
from notelint.encounter.generic import generic_phrases
from notelint.encounter.purposes import goal_refs_in, purposes_in
from notelint.language.reading import Mention, Quantity, Reading, Span, Statement

#: Lexicons whose mentions are the head of an activity, most telling first.
HEADS = ("task", "exercise", "technique", "speech_task", "modality")
ACTIVE_ROLES = frozenset({"treatment", "education"})
NOT_TODAY = frozenset({"planned", "historical", "home", "quoted", "hypothetical", "goal", "report"})
_DOSES = frozenset({"dose", "reps", "sets", "distance", "load", "hold", "seconds", "count", "level", "percent"})


def activities_of(reading: Reading, services: Sequence[Service]) -> tuple[Activity, ...]:
    """Returns one activity a treatment statement, with all its heads, in text order."""
    found: list[Activity] = []
    for statement in reading.statements:
        if statement.role not in ACTIVE_ROLES or statement.contexts & NOT_TODAY:
            continue
        found.extend(_activity(reading, statement, services))
    return tuple(found)


def _activity(
    reading: Reading, statement: Statement, services: Sequence[Service]
) -> Iterator[Activity]:
    start, end = statement.start, statement.end
    purposes = purposes_in(reading, start, end)
    mentions = [m for m in reading.mentions_in(start, end) if not reading.context_at(m.start) & NOT_TODAY]
    heads = tuple(_heads(mentions, purposes))
    generic = next(generic_phrases(reading, statement), None)
    if not heads and generic is None and not any(m.is_a("service_label", "object", "adl_equipment", "surface") for m in mentions):
        return
    quantities = list(reading.quantities_in(start, end))
    refs = goal_refs_in(reading, start, end)
    yield Activity(
        place=statement.span,
        statement=statement.index,
        service=_service_at(start, end, services),
        heads=heads,
        generic=Value(generic.head, generic.span) if generic else None,
        functional=any(m.is_a("task") and not m.is_a("exercise") for m in mentions if not _in(m, purposes)),
        objects=tuple(_values(mentions, "object", "adl_equipment")),
        dose=_dose(quantities, reading),
        position=_first(mentions, "position"),
        surface=_first(mentions, "surface"),
        device=_first(mentions, "device"),
        assist=_first(mentions, "assist"),
        cues=_first(mentions, "cue"),
        technique=_first(mentions, "technique", "skill"),
        measure=_first(mentions, "measure"),
        purpose=_best(purposes),
        goal_ref=Value(refs[0][0], refs[0][1]) if refs else None,
        response=_first(mentions, "response"),
        codes=frozenset(t for m in mentions for s in m.senses for t in s.tags if t.isdigit()),
        domains=frozenset(
            t for m in mentions if m.is_a(*HEADS) for s in m.senses for t in s.tags if not t.isdigit()
        ),
        role=statement.role,
    )


def _heads(mentions: Sequence[Mention], purposes: Sequence[Purpose]) -> Iterator[Value[str]]:
    for mention in mentions:
        if _in(mention, purposes):
            continue
        for lexicon in HEADS:
            sense = mention.sense(lexicon)
            if sense is not None:
                yield Value(sense.term, Span(mention.start, mention.end), certainty=mention.certainty)
                break


def _in(mention: Mention, purposes: Sequence[Purpose]) -> bool:
    return any(p.place and p.place.start <= mention.start < p.place.end for p in purposes)


def _values(mentions: Sequence[Mention], *lexicons: str) -> Iterator[Value[str]]:
    for mention in mentions:
        for lexicon in lexicons:
            sense = mention.sense(lexicon)
            if sense:
                yield Value(sense.term, Span(mention.start, mention.end))
                break


def _first(mentions: Sequence[Mention], *lexicons: str) -> Value[str] | None:
    return next(_values(mentions, *lexicons), None)


def _dose(quantities: Sequence[Quantity], reading: Reading) -> Value[str] | None:
    for quantity in quantities:
        if quantity.kind in _DOSES or (quantity.kind == "minutes" and quantity.look_alike == "tolerance"):
            return Value(
                reading.text[quantity.start : quantity.end], Span(quantity.start, quantity.end),
                certainty=quantity.certainty,
            )  # fmt: skip
    return None


_RANK = {"functional": 3, "impairment": 2, "circular": 1, "none": 0}


def _best(purposes: Sequence[Purpose]) -> Purpose | None:
    return max(purposes, key=lambda p: _RANK[p.kind], default=None)


def _service_at(start: int, end: int, services: Sequence[Service]) -> int:
    best, size = -1, 0
    for service in services:
        for span in service.body:
            if span.start < end and start < span.end:
                overlap = min(end, span.end) - max(start, span.start)
                if overlap > size or (overlap == size and best < 0):
                    best, size = service.index, overlap
        if service.place and start <= service.place.start < end and best < 0:
            best = service.index
    return best
