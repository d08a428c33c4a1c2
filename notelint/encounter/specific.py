"""What makes a stretch of words specific: something named, dosed, measured, or known to no list."""

from __future__ import annotations

from notelint.encounter.signs import shows_little
from notelint.language.reading import Mention, Quantity, Reading, Span
from notelint.language.stopwords import is_content

SPECIFIC = (
    "exercise", "task", "technique", "object", "surface", "adl_equipment", "speech_task",
    "gait_deviation", "modality", "measure",
)  # fmt: skip


SPECIFIC_QUANTITIES = frozenset({
    "dose", "distance", "load", "height", "hold", "seconds", "percent", "score", "rom", "level",
    "grade", "speed", "sets",
})  # fmt: skip


#: So many words that no list knows make nothing specific in a note that shows little.
_STRAY = 1

#: Where and with what any session goes on.
_ANYWHERE = frozenset({
    "table", "tables", "tbl", "desk", "mat", "plinth", "mat table", "treatment table", "bedside",
    "edge of mat", "eom", "item", "items", "object", "objects", "target", "targets",
})  # fmt: skip


def specific_in(reading: Reading, start: int, end: int, phrase: Span, purposes: list[Span]) -> bool:
    """Whether a stretch holds something specific outside the phrase and the purpose clauses."""
    covered: list[tuple[int, int]] = [(phrase.start, phrase.end)]
    for mention in reading.mentions_in(start, end):
        if mention.start < phrase.end and mention.end > phrase.start:
            continue
        covered.append((mention.start, mention.end))
        if any(p.start <= mention.start < p.end for p in purposes):
            continue
        if mention.is_a(*SPECIFIC) and not _weakly(mention) and not _is_place(reading, mention):
            return True
    for quantity in reading.quantities_in(start, end):
        if any(p.start <= quantity.start < p.end for p in purposes):
            continue
        if counts(quantity):
            return True
        covered.append((quantity.start, quantity.end))
    unknown = 0
    for word in reading.words_in(start, end):
        if any(a <= word.start < b for a, b in covered):
            continue
        if any(p.start <= word.start < p.end for p in purposes):
            continue
        unknown += is_content(reading.lower[word.start : word.end])
    return unknown > (_STRAY if unknown and shows_little(reading) else 0)


def _is_place(reading: Reading, mention: Mention) -> bool:
    """Whether a mention only names a room ("swing room"), furniture ("at the table"), things of any
    kind ("small items") or a part of the body ("pelvic floor")."""
    if reading.lower[mention.start : mention.end] in _ANYWHERE:
        return True
    if reading.lower.startswith((" room", " area", " gym", " clinic"), mention.end):
        return True
    return any(
        m.start <= mention.start
        and m.end >= mention.end
        and m.end - m.start > mention.end - mention.start
        for m in reading.mentions_in(max(0, mention.start - 16), mention.end, "body")
    )


def _weakly(mention: Mention) -> bool:
    """A specific sense that is also an everyday or generic word does not save by itself."""
    if mention.is_a("generic_modifier", "generic_head"):
        return True
    return mention.is_a("filler", "context", "weak_verb") and mention.end - mention.start <= 14


def counts(quantity: Quantity) -> bool:
    """Whether a quantity is content: a dose, a distance, a value, but no minutes and no cue count."""
    if quantity.certainty != "stated" or (quantity.kind == "dose" and "min" in quantity.unit):
        return False
    if quantity.kind == "count":
        return "cue" not in quantity.text and "vc" not in quantity.text
    return quantity.kind in SPECIFIC_QUANTITIES or (
        quantity.kind == "reps" and quantity.unit == "reps"
    )
