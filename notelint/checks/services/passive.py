"""Passive or active: a modality or massage as the only content of an active code (D16)."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.checks.services.words import place_of, unknown_words
from notelint.encounter.cuebook import CueBook
from notelint.encounter.encounter import Encounter
from notelint.encounter.intent import NOT_TODAY, intent_of
from notelint.language.reading import Reading, Span
from notelint.rulebook.rule import Hit

_MOST_UNKNOWN = 3
_ACTIVE = (
    "exercise",
    "task",
    "speech_task",
    "neuro_deficit",
    "gait_deviation",
    "object",
    "adl_equipment",
    "generic_head",
    "teaching",
)
_ACTIVE_QUANTITIES = ("dose", "reps", "sets", "hold", "load", "distance", "rom")


def only_passive(encounter: Encounter, codes: frozenset[str], book: CueBook) -> Iterator[Hit]:
    """Yields a hit for an active code whose own words hold nothing but passive treatment."""
    reading = encounter.reading
    if not any(True for _ in _passive(reading, Span(0, len(reading.text)))):
        return
    for service in encounter.services_with(*sorted(codes)):
        intent = intent_of(encounter, service, book)
        if not intent.attributed:
            continue
        seen = [m for span in intent.spans for m in _passive(reading, span)]
        if not seen or any(_active(reading, span) for span in intent.spans):
            continue
        if sum(unknown_words(reading, span) for span in intent.spans) > _MOST_UNKNOWN:
            continue
        place = place_of(encounter, service, intent)
        words = ", ".join(dict.fromkeys(reading.slice(s) for s in seen))
        yield Hit(
            "statement" if place else "note",
            place.start if place else None,
            place.end if place else None,
            fields={"code": service.stated_code or "", "seen": words},
            facts={"code": service.stated_code or ""},
        )


def _passive(reading: Reading, span: Span) -> Iterator[Span]:
    for mention in reading.mentions_in(span.start, span.end, "modality", "technique"):
        passive = mention.is_a("modality") or (
            mention.is_a("technique") and mention.has_tag("97124")
        )
        if passive and not reading.context_at(mention.start) & NOT_TODAY:
            yield Span(mention.start, mention.end)


def _active(reading: Reading, span: Span) -> bool:
    for mention in reading.mentions_in(span.start, span.end):
        if mention.is_a("modality"):
            continue
        if mention.is_a(*_ACTIVE) or (mention.is_a("technique") and not mention.has_tag("97124")):
            return True
    return reading.has_quantity(span.start, span.end, *_ACTIVE_QUANTITIES)
