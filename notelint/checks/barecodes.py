"""Codes that stand on their line alone, where the other codes of the note have their words (A2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.encounter.encounter import Encounter, Service
from notelint.encounter.headings import words_in
from notelint.language.reading import Reading, Statement
from notelint.language.stopwords import is_content
from notelint.rulebook.rule import Hit


def bare_codes(encounter: Encounter) -> Iterator[Hit]:
    """A code or the head of a box that stands on its line alone, where the other codes of the note
    have words of their own below theirs."""
    reading = encounter.reading
    told = any(
        s.body and s.place and reading.answer(_is_head, _statement(reading, s))
        for s in encounter.services
    )
    if not any(service.body and service.stated_code for service in encounter.services):
        return
    for service in encounter.services:
        if service.place is None or any(words_in(reading, span) for span in service.body):
            continue
        statement = _statement(reading, service)
        section = reading.section_of(statement).kind
        alone = _CODE_ALONE.fullmatch(reading.slice(statement.span)) is not None
        bodiless = not service.body and (
            (alone and statement.role == "treatment")
            or (told and section in _BOXED and reading.answer(_is_head, statement))
        )
        if section == "billing" or not (bodiless or _has_told_neighbour(encounter, statement)):
            continue
        yield Hit(
            "words", statement.start, statement.end, fields={"label": reading.slice(statement.span)}
        )


def _has_told_neighbour(encounter: Encounter, statement: Statement) -> bool:
    """Whether a line holds a code with its minutes only, and the line of another code right above or
    below it goes on with what was done."""
    reading = encounter.reading
    if not _CODE_COUNTED.fullmatch(reading.slice(statement.span)) or not reading.ends_line(
        statement
    ):
        return False
    if statement.index:
        above = reading.statements[statement.index - 1]
        coded = reading.has_quantity(above.start, above.end, "code")
        if above.section == statement.section and not coded and above.role != "measure":
            return False  # it closes what stands above it
    for other in encounter.services:
        own = reading.statement_at(other.place.start) if other.place else None
        if own is None or own.section != statement.section or own.bullet != statement.bullet:
            continue
        last = reading.statement_at(other.body[-1].start) if other.body else None
        beside = own.index - statement.index == 1 or (
            last is not None and statement.index - last.index == 1
        )
        if beside and any(words_in(reading, span) > _MORE_THAN_NAMED for span in other.body):
            return True
    return False


_CODE_COUNTED = re.compile(
    r"\W*9\d{4}\W*(?:x?\s?\d{1,3}\s?(?:min(?:ute)?s?\b|units?\b|u\b|['’′])\W*){1,2}", re.I
)
_MORE_THAN_NAMED = 3
#: Sections in which boxes of codes stand.
_BOXED = frozenset({"treatment", "objective"})


def _statement(reading: Reading, service: Service) -> Statement:
    assert service.place is not None
    found = reading.statement_at(service.place.start)
    assert found is not None
    return found


def _is_head(reading: Reading, statement: Statement) -> bool:
    """Whether a line is the head of a box and nothing else: a code, its name, units and minutes."""
    start, end = statement.start, statement.end
    codes = [(q.start, q.end) for q in reading.quantities_in(start, end)]
    if sum(1 for _ in reading.quantities_in(start, end, "code")) != 1:
        return False
    names = [(m.start, m.end) for m in reading.mentions_in(start, end, "service_label")]
    if not names or not reading.ends_line(statement):
        return False
    return not any(
        is_content(reading.lower[word.start : word.end])
        and reading.lower[word.start : word.end] not in OF_BILLS
        and not any(a <= word.start < b for a, b in (*codes, *names))
        for word in reading.words_in(start, end)
    )


OF_BILLS = frozenset({"cpt", "code", "unit", "units", "min", "mins", "minutes", "timed", "untimed"})
_CODE_ALONE = re.compile(r"\W*9\d{4}\W*")
