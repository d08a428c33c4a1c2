"""Signatures: identification (J1) and timeliness (J6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from notelint.encounter.dates import DateMention, dates_in
from notelint.encounter.encounter import Encounter
from notelint.encounter.wording import wording
from notelint.language.reading import Reading, Statement
from notelint.rulebook.params import SlotMissing
from notelint.rulebook.rule import Hit

#: Calendar days after the service within which a signature asks for no explanation.
SIGNATURE_DAYS = 7

# A text that breaks off has lost its end, and with it, perhaps, its signature.
_CUT = re.compile(
    r"(?:…|\.\.\.+|\[(?:truncated|cut|cont\w*|more)\.*\]|\((?:cont\w*|more)\.*\)|[,/(&+]|\b(?:with|for|and|to|the|of|a|an|in|on|or|w/|by|from|at|as|is|was|then|her|his|due|because|patient|pt))\s*$"
)
#: So much of the end of a text shows whether it breaks off.
_END = 40
_ADDENDUM = wording(r"^\W*(?:addendum|addend|late entry|amendment|amended)\b")
_LATE = wording(
    r"\blate (?:entry|signature|signed)\b|\b(?:signed|documented|entered) late\b|\bdelay(?:ed)?\b[^.\n]{0,40}\b(?:sign|document|entr)"
)
_PENDING = wording(
    r"\bdictated (?:but |and )?not (?:read|reviewed|signed|edited|proofed)\b|\b(?:unsigned|not yet signed|awaiting (?:co-?)?signature|signature pending|pending (?:co-?)?signature|co-?signature pending)\b"
)


def missing_credential(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """One hit of note scope when neither text nor record names an author with a credential.

    An author or a signing time in the record stands for a signature outside the text; a text that
    breaks off may have had one.
    """
    del params
    note = encounter.note
    if (
        encounter.signatures
        or note.signed_at
        or any(a.name or a.credential for a in note.all_authors)
    ):
        return
    if _CUT.search(encounter.reading.lower.rstrip()[-_END:]):
        return
    yield Hit("note")


def missing_time(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """Entries signed long after the service, or added without date or author, or never signed."""
    del params
    reading = encounter.reading
    for match in reading.matches(_PENDING):
        yield Hit(
            "words",
            match.start(),
            match.end(),
            message="“{match}”: the entry is not authenticated.",
        )
    places = tuple(s.place for s in encounter.signatures if s.place)
    service = encounter.facts.date_of_service
    dates = dates_in(reading, places, service)
    added = _addition(encounter)
    if added is not None:
        yield from _undated(encounter, added, dates)
        return
    if not reading.holds(_LATE):
        yield from _late(encounter, dates, service)


def _addition(encounter: Encounter) -> Statement | None:
    """The statement that opens an addendum or a late entry."""
    lower = encounter.reading.lower
    kind = encounter.facts.note_type
    if kind != "addendum" and not any(w in lower for w in ("addend", "amend", "late")):
        return None
    opening = next(encounter.reading.where(_adds), None)
    if opening is not None:
        return opening
    if kind == "addendum" and encounter.reading.statements:
        return encounter.reading.statements[0]
    return None


def _adds(reading: Reading, statement: Statement) -> bool:
    """Whether a statement, or the line it stands on, begins by saying that it is added."""
    lower = reading.lower
    line = lower.rfind("\n", 0, statement.start) + 1
    return any(_ADDENDUM.match(lower[at : statement.end]) for at in (statement.start, line))


def _undated(
    encounter: Encounter, added: Statement, dates: tuple[DateMention, ...]
) -> Iterator[Hit]:
    note = encounter.note
    signed = any(a.name for a in note.all_authors) or any(
        s.place and s.place.start >= added.start for s in encounter.signatures
    )
    dated = bool(note.signed_at) or any(
        d.label in ("entry", "signature") and d.place.end > added.start - 24 for d in dates
    )
    lacks = " and ".join(word for word, there in (("date", dated), ("author", signed)) if not there)
    if lacks:
        yield Hit(
            "statement", added.start, added.end, fields={"lacks": lacks},
            message="An addition to the record without {lacks} of its own.",
        )  # fmt: skip


def _late(
    encounter: Encounter, dates: tuple[DateMention, ...], service: date | None
) -> Iterator[Hit]:
    if service is None:
        service = next(
            (d.day for d in dates if d.label in ("service", "header") and d.has_year), None
        )
    if service is None:
        return
    fields = {"service": service.isoformat(), "limit": str(SIGNATURE_DAYS)}
    for found in dates:
        if found.label != "signature" or not found.has_year:
            continue
        late = (found.day - service).days
        if SIGNATURE_DAYS < late < 400:
            yield Hit(
                "words", found.place.start, found.place.end, fields={**fields, "days": str(late)}
            )
            return
    signed = _iso(encounter.note.signed_at)
    if signed and (signed - service).days > SIGNATURE_DAYS:
        yield Hit(
            "field", target="signed_at", fields={**fields, "days": str((signed - service).days)}
        )


def _iso(stamp: str | None) -> date | None:
    try:
        return date.fromisoformat((stamp or "")[:10])
    except ValueError:
        return None
