"""Finds services whose words only recall items that are told elsewhere in the note.

"97110 25 min (bike, SLR, bridges), 97530 13 min (step ups)" below the items with their doses: the
bracket names them again, so that a biller knows which went where. What was done stands above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from notelint.encounter.encounter import Service
from notelint.encounter.headings import label_code, names
from notelint.encounter.totals import adds_minutes
from notelint.language.reading import Reading, Span, Statement

_TOLD = frozenset({"treatment", "education", "measure", "response", "other"})
_AWAY = frozenset({"planned", "historical", "home", "hypothetical", "goal"})
_NAMES = ("exercise", "task", "technique", "modality", "speech_task", "adl_equipment", "object")
#: What tells an item, beyond its name.
_AMOUNTS = (
    "dose",
    "reps",
    "sets",
    "load",
    "distance",
    "hold",
    "count",
    "level",
    "scale",
    "percent",
    "rom",
)
_TIMES = ("minutes", "seconds", "speed", "rpe", "height")
_HELPS = ("assist", "cue", "response", "skill", "gait_deviation", "neuro_deficit")
#: What a mere name does not hold.
_SAID = ("assist", "cue", "response")
#: What parts the names of a list.
_PARTED = re.compile(r"[,;/+&()\[\]|:]|\band\b|\s[-–—]\s")
#: So much of a word must be the same ("pogo hops" and "pogos").
_STEM = 4
#: A list of names is not longer than this.
_LONGEST = 160


def recalling(services: Sequence[Service], reading: Reading) -> list[Service]:
    """Returns the services; those that only recall items also hold the words that tell them."""
    listed = [list(_names(reading, service)) for service in services]
    told = _told(reading, services) if any(listed) else []
    if not told:
        return list(services)
    return [
        _recalling(service, own, reading, told)
        for service, own in zip(services, listed, strict=True)
    ]


def _recalling(
    service: Service, listed: Sequence[Span], reading: Reading, told: Sequence[Statement]
) -> Service:
    if not listed:
        return service
    found: list[Statement] = []
    for name in listed:
        tellers = [s for s in told if _tells_of(reading, s, name)]
        if not tellers:
            return service
        found += [s for s in tellers if s.role == "treatment"] or tellers
    spans = sorted({(s.start, s.end) for s in found})
    return replace(
        service,
        body=(*service.body, *(Span(start, end) for start, end in spans)),
        recalled=service.body,
    )


def _told(reading: Reading, services: Sequence[Service]) -> list[Statement]:
    """The statements outside all services that tell an item: its amount, help, cue or result."""
    taken = [span for service in services for span in service.body]
    places = [service.place for service in services if service.place]
    return [
        statement
        for statement in reading.where(_is_telling)
        if not any(span.overlaps(statement.span) for span in taken)
        and not any(statement.span.covers(place) for place in places)
    ]


def _is_telling(reading: Reading, statement: Statement) -> bool:
    if statement.role not in _TOLD or statement.contexts & _AWAY:
        return False
    start, end = statement.start, statement.end
    return reading.has_quantity(start, end, *_AMOUNTS, *_TIMES) or reading.has_mention(
        start, end, *_HELPS
    )


def _names(reading: Reading, service: Service) -> Iterator[Span]:
    """Yields the names that a service lists, or nothing where its words say more than names."""
    if not service.body or service.code is None:
        return
    found: list[Span] = []
    for span in service.body:
        listed = reading.once(_listed, span.start, span.end)
        if listed is None:
            return
        found += [Span(span.start + start, span.start + end) for start, end in listed]
    yield from found


def _listed(reading: Reading, start: int, end: int) -> tuple[tuple[int, int], ...] | None:
    """The names of a stretch by their offsets in it; None where it says more than names."""
    parts = list(_parts(reading, Span(start, end)))
    if parts and (
        end - start > _LONGEST
        or any(reading.has_quantity(n.start, n.end, *_AMOUNTS) for n in parts)
        or any(reading.has_mention(n.start, n.end, *_SAID) for n in parts)
        or adds_minutes(reading, start, end)
    ):
        return None
    return tuple([(n.start - start, n.end - start) for n in parts])


def _parts(reading: Reading, span: Span) -> Iterator[Span]:
    """Yields the parts of a list that name something; the name of a service is no item."""
    labels = [
        m
        for m in reading.mentions_in(span.start, span.end, "service_label")
        if label_code(m) is not None
    ]
    at = span.start
    for cut in [*_PARTED.finditer(reading.lower, span.start, span.end), None]:
        end = cut.start() if cut else span.end
        if any(
            _counts(reading, word) and not any(m.start <= word.start < m.end for m in labels)
            for word in reading.words_in(at, end)
        ):
            yield Span(at, end)
        at = cut.end() if cut else end


def _counts(reading: Reading, word: Span) -> bool:
    """Whether a word is part of a name, and none that leads a list ("includes the items above")."""
    if any(m.is_a("body") for m in reading.mentions_in(word.start, word.start + 1)):
        return False  # a region alone is no item
    return names(reading, word) and reading.lower[word.start : word.end] not in _LEADS


_LEADS = frozenset({"untimed", "includes", "included", "including", "incl", "items", "above"})


def _tells_of(reading: Reading, statement: Statement, name: Span) -> bool:
    """Whether a statement speaks of what a name names: the same term, or all of its words."""
    terms = set(_terms(reading, name.start, name.end))
    if terms and not terms.isdisjoint(_terms(reading, statement.start, statement.end)):
        return True
    words = [w for w in reading.words_in(name.start, name.end) if _counts(reading, w)]
    there = [
        reading.lower[w.start : w.end] for w in reading.words_in(statement.start, statement.end)
    ]
    return all(
        any(other.startswith(reading.lower[w.start : w.end][:_STEM]) for other in there)
        for w in words
    )


def _terms(reading: Reading, start: int, end: int) -> Iterator[tuple[str, str]]:
    for mention in reading.mentions_in(start, end, *_NAMES):
        for lexicon in _NAMES:
            sense = mention.sense(lexicon)
            if sense is not None:
                yield lexicon, sense.term
