"""A subjective part that reports nothing (A9)."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.encounter.encounter import Encounter
from notelint.language.reading import Reading, Statement
from notelint.language.stopwords import is_content
from notelint.rulebook.rule import Hit

_NOTHING = frozenset(
    """
    reports report reported states stated says feels feeling felt today therapy tx treatment complaints
    complaint new c/o agreeable ready session noted denies offers voices voiced visit ok okay
    fine good well pleasant cooperative seen arrived time continues overall pretty alright morning afternoon
    participate willing nothing bothering mood usual happy here much without day consents consent mom
    had being spirits issue issues concerns concern offered change changes problem problems update updates
    different same about go work he's she's he she great decent stable unremarkable upbeat
    nice friendly smiling smiled awake alert oriented agrees agreed doing going everything all around
    better normal typical baseline status quo wants eager pt's home earlier again voice dad
    caregiver wife husband daughter son per
    """.split()
)  # fmt: skip


def vague(encounter: Encounter) -> Iterator[Hit]:
    """Yields the filler of a subjective section whose every statement is filler."""
    reading = encounter.reading
    for number, section in enumerate(reading.sections):
        if section.kind != "subjective":
            continue
        statements = [s for s in reading.statements if s.section == number]
        if not statements or not all(_empty(reading, s) for s in statements):
            continue
        fillers = [
            m for s in statements for m in reading.mentions_in(s.start, s.end, "subjective_filler")
        ]
        if fillers:
            yield Hit("words", fillers[0].start, fillers[0].end)
        else:
            yield Hit("words", statements[0].start, statements[-1].end)


def _empty(reading: Reading, statement: Statement) -> bool:
    covered = [
        (m.start, m.end)
        for m in reading.mentions_in(statement.start, statement.end, "subjective_filler", "subject")
    ]
    if any(True for _ in reading.quantities_in(statement.start, statement.end)):
        return False
    for word in reading.words_in(statement.start, statement.end):
        if any(a <= word.start < b for a, b in covered):
            continue
        text = reading.lower[word.start : word.end]
        if is_content(text) and text not in _NOTHING:
            return False
    return True
