"""Whether the patient was there: training of a caregiver alone under 97535 (D17)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from notelint.encounter.cuebook import CueBook
from notelint.encounter.encounter import Encounter
from notelint.encounter.intent import intent_of
from notelint.language.loose import loose
from notelint.language.reading import Reading, Span
from notelint.rulebook.rule import Hit

#: From this day caregiver training without the patient has codes of its own.
_OWN_CODES_FROM = date(2024, 1, 1)
_ABSENT = loose(
    r"\b(?:(?:pt|patient|client|resident|he|she)\s+(?:was\s+|is\s+)?(?:not (?:present|here|in (?:the )?(?:room|session))|absent|asleep|sleeping|at (?:school|dialysis|home)|slept)"
    r"|while (?:the )?(?:pt|patient|he|she|resident) (?:slept|was (?:asleep|sleeping|out|at|in)|napped|rested in bed)"
    r"|without (?:the )?(?:pt|patient|resident|client)(?: present)?\b"
    r"|(?:by|over the|via|per|on the) (?:tele)?phone\b|\bphone call (?:to|with)|\b(?:phoned|telephoned|called)\s+(?:the\s+|pt'?s\s+|his\s+|her\s+)?(?:son|daughter|dtr|wife|husband|spouse|mother|father|mom|dad|caregiver|family|sister|brother|niece|nephew|aide))"
)
#: News for the family is no training.
_TOLD = loose(
    r"\b(?:notified|informed|updated|reached|left a message|confirmed)\W*(?:\w+\W+){0,3}$"
)
#: What the patient tells of the night, and who was called that is no family.
_NIGHT = loose(r"\b(?:reports?|reported|states?|stated|says|said)(?: that)? $")
_SHOP = loose(r"\b(?:pharmacy|office|clinic|insurance|vendor|store|supplier)\W*(?:\w+\W+)?$")
_CAREGIVER = loose(
    r"\b(?:son|daughter|dtr|wife|husband|spouse|mother|father|mom|dad|caregiver|cg|family|sister|brother|niece|nephew|aide|hha|parents?|grandm\w+|grandp\w+|partner|staff)\b"
)


def absent_patient(encounter: Encounter, codes: frozenset[str], book: CueBook) -> Iterator[Hit]:
    """Yields a hit where the words say that the patient was not there."""
    day = encounter.facts.date_of_service
    if day is not None and day < _OWN_CODES_FROM:
        return
    reading = encounter.reading
    for service in encounter.services_with(*sorted(codes)):
        intent = intent_of(encounter, service, book)
        spans = list(intent.spans)
        heading = reading.statement_at(service.place.start) if service.place else None
        if heading is not None:
            spans.append(heading.span)
        places = (_absent_in(reading, span) for span in _runs(reading, spans))
        place = next((p for p in places if p), None)
        if place is None:
            continue
        yield Hit(
            "words", place.start, place.end,
            fields={"code": service.stated_code or ""}, facts={"code": service.stated_code or ""},
        )  # fmt: skip
        return


def _runs(reading: Reading, spans: Iterable[Span]) -> Iterator[Span]:
    """Joins spans that only white space parts: a line may be wrapped where a sentence is not."""
    run: Span | None = None
    for span in sorted(spans, key=lambda s: s.start):
        if run is not None and not reading.text[run.end : span.start].strip():
            run = Span(run.start, max(run.end, span.end))
            continue
        if run is not None:
            yield run
        run = span
    if run is not None:
        yield run


def _absent_in(reading: Reading, span: Span) -> Span | None:
    match = _ABSENT.search(reading.lower, span.start, span.end)
    if match is None or not _CAREGIVER.search(reading.lower, span.start, span.end):
        return None
    if reading.context_at(match.start()) & {"planned", "historical", "hypothetical"}:
        return None
    if _TOLD.search(reading.lower, span.start, match.start()):
        return None
    words = match.group()
    for kind, said in (("slept", _NIGHT), ("phone", _SHOP)):
        if words.endswith(kind) and said.search(reading.lower, span.start, match.start()):
            return None
    helped = sum(1 for _ in reading.mentions_in(span.start, span.end, "assist", "cue"))
    if "phone" in words and helped > 1:
        return None  # the patient was helped and cued; somebody else was called as well
    return Span(match.start(), match.end())
