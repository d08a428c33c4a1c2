"""Finds today's activities and fills their slots from the words of their statement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from notelint.encounter.encounter import Activity, Purpose, Service, Value
from notelint.encounter.generic import generic_phrases
from notelint.encounter.purposes import goal_refs_in, purposes_in
from notelint.language.reading import Mention, Quantity, Reading, Span, Statement

#: Lexicons whose mentions are the head of an activity, most telling first.
HEADS = ("task", "exercise", "technique", "speech_task", "modality")
#: What stands with an activity even where no word names one.
_THINGS = frozenset({"service_label", "object", "adl_equipment", "surface"})
ACTIVE_ROLES = frozenset({"treatment", "education"})
NOT_TODAY = frozenset({"planned", "historical", "home", "quoted", "hypothetical", "goal", "report"})
_DOSES = frozenset(
    {"dose", "reps", "sets", "distance", "load", "hold", "seconds", "count", "level", "percent"}
)


def activities_of(reading: Reading, services: Sequence[Service]) -> tuple[Activity, ...]:
    """Returns one activity a treatment statement, with all its heads, in text order."""
    found: list[Activity] = []
    recalls = any(service.recalled for service in services)
    for statement in reading.statements:
        if statement.role not in ACTIVE_ROLES or statement.contexts & NOT_TODAY:
            continue
        if reading.text[statement.end - 1] == "?":
            continue  # what is asked was not done
        if recalls and _only_recalls(statement, services):
            continue  # told elsewhere
        found.extend(_activity(reading, statement, services))
    return tuple(found)


def _only_recalls(statement: Statement, services: Sequence[Service]) -> bool:
    """Whether a statement only names again, for the services it lists, what others tell."""
    listed = [s for s in services if any(b.overlaps(statement.span) for b in s.body)]
    return bool(listed) and all(any(b.overlaps(statement.span) for b in s.recalled) for s in listed)


def _activity(
    reading: Reading, statement: Statement, services: Sequence[Service]
) -> Iterator[Activity]:
    known = reading.known[statement.index]
    read: _Read | None = known.get(_SLOTS)
    if read is None:
        read = known[_SLOTS] = _read(reading, statement)
    generic = next(generic_phrases(reading, statement), None)
    if not read.names and generic is None:
        return
    yield _placed(
        read.activity,
        statement,
        _service_at(statement.start, statement.end, services),
        Value(generic.head, generic.span) if generic else None,
    )


class _Read(NamedTuple):
    """The slots that a statement fills by its own words, and whether they name anything done."""

    activity: Activity
    names: bool


_SLOTS = "activity"


def _placed(
    known: Activity, statement: Statement, service: int, generic: Value[str] | None
) -> Activity:
    """An activity that was read before, where it stands now."""
    by = statement.start - known.place.start
    slots = Activity(*[_moved(slot, by) for slot in known]) if by else known
    return slots._replace(statement=statement.index, service=service, generic=generic)


def _moved(slot: Any, by: int) -> Any:
    """What a slot holds, ``by`` characters further on."""
    if isinstance(slot, Span):
        return Span(slot.start + by, slot.end + by)
    if isinstance(slot, Value):
        return Value(slot.value, _moved(slot.place, by), slot.origin, slot.certainty)
    if isinstance(slot, Purpose):
        return Purpose(slot.kind, _moved(slot.place, by), slot.words, slot.source)
    if isinstance(slot, tuple):
        return tuple([_moved(part, by) for part in slot])
    return slot


def _read(reading: Reading, statement: Statement) -> _Read:
    start, end = statement.start, statement.end
    purposes = purposes_in(reading, start, end)
    mentions = _today(reading, start, end)
    apart = [m for m in mentions if not _in(m, purposes)] if purposes else mentions
    heads = tuple(_heads(apart))
    first = _first_of_each(mentions)
    quantities = list(reading.quantities_in(start, end))
    refs = goal_refs_in(reading, start, end)
    activity = Activity(
        place=statement.span,
        statement=statement.index,
        heads=heads,
        functional=any(m.is_a("task") and not m.is_a("exercise") for m in apart),
        objects=tuple(_values(mentions, "object", "adl_equipment")),
        dose=_dose(quantities, reading),
        position=_value(first, "position"),
        surface=_value(first, "surface"),
        device=_value(first, "device"),
        assist=_value(first, "assist"),
        cues=_value(first, "cue"),
        technique=_value(first, "technique", "skill"),
        measure=_value(first, "measure"),
        purpose=_best(purposes),
        goal_ref=Value(refs[0][0], refs[0][1]) if refs else None,
        response=_value(first, "response"),
        codes=frozenset([t for m in mentions for t in m.tags if t.isdigit()]),
        domains=frozenset(
            [t for m in mentions if m.is_a(*HEADS) for t in m.tags if not t.isdigit()]
        ),
        role=statement.role,
    )
    return _Read(activity, bool(heads) or not first.keys().isdisjoint(_THINGS))


def _today(reading: Reading, start: int, end: int) -> list[Mention]:
    """The mentions of a stretch that no context takes out of the day."""
    mentions = list(reading.mentions_in(start, end))
    if not any(mark.kind in NOT_TODAY for mark in reading.marks_over(start, end)):
        return mentions
    return [m for m in mentions if not reading.context_at(m.start) & NOT_TODAY]


def _first_of_each(mentions: Sequence[Mention]) -> dict[str, tuple[int, Mention]]:
    """The first mention of each lexicon with its place in the sequence."""
    first: dict[str, tuple[int, Mention]] = {}
    for at, mention in enumerate(mentions):
        for lexicon in mention.lexicons:
            if lexicon not in first:
                first[lexicon] = (at, mention)
    return first


def _heads(mentions: Sequence[Mention]) -> Iterator[Value[str]]:
    for mention in mentions:
        if mention.lexicons.isdisjoint(HEADS):
            continue
        for lexicon in HEADS:
            sense = mention.sense(lexicon)
            if sense is not None:
                yield Value(
                    sense.term, Span(mention.start, mention.end), certainty=mention.certainty
                )
                break


def _in(mention: Mention, purposes: Sequence[Purpose]) -> bool:
    return any(p.place and p.place.start <= mention.start < p.place.end for p in purposes)


def _values(mentions: Sequence[Mention], *lexicons: str) -> Iterator[Value[str]]:
    for mention in mentions:
        if mention.lexicons.isdisjoint(lexicons):
            continue
        for lexicon in lexicons:
            sense = mention.sense(lexicon)
            if sense:
                yield Value(sense.term, Span(mention.start, mention.end))
                break


def _value(first: Mapping[str, tuple[int, Mention]], *lexicons: str) -> Value[str] | None:
    """The term of the first mention of the lexicons; of one mention's senses, the first named."""
    best: tuple[int, Mention] | None = None
    chosen = ""
    for lexicon in lexicons:
        found = first.get(lexicon)
        if found is not None and (best is None or found[0] < best[0]):
            best, chosen = found, lexicon
    sense = best[1].sense(chosen) if best else None
    return Value(sense.term, Span(best[1].start, best[1].end)) if best and sense else None


def _dose(quantities: Sequence[Quantity], reading: Reading) -> Value[str] | None:
    for quantity in quantities:
        if quantity.kind in _DOSES or (
            quantity.kind == "minutes" and quantity.look_alike == "tolerance"
        ):
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
