"""Which views a note supplies, which are known to be absent, and which are simply not there.

An absence rule fires only on the first two (DESIGN §1.5). A view is known absent when the source
maps its field and it is empty, or when the note's kind was stated (or its own frame shows it)
and the text, which then is the whole note, does not hold it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from notelint.encounter.encounter import (
    Facts,
    Goal,
    Service,
    Signature,
    Supply,
    TimeStatement,
    UnitCount,
)
from notelint.language.reading import Reading
from notelint.note import Note


def supplies_of(
    note: Note,
    reading: Reading,
    facts: Facts,
    services: Sequence[Service],
    times: Sequence[TimeStatement],
    goals: Sequence[Goal],
    signatures: Sequence[Signature],
    unit_counts: Sequence[UnitCount] = (),
) -> Mapping[str, Supply]:
    """Returns the supply of every need but ``episode`` and ``batch``."""
    whole = note.kind_stated or (note.note_type == "unknown" and reading.kind.framed)

    def view(present: bool, *fields: str) -> Supply:
        if present:
            return "supplied"
        mapped = any(field in note.carried for field in fields)
        return "absent" if mapped or whole else "not_supplied"

    charged = bool(note.charges) or any(s.stated_code for s in services)
    units = (
        any(c.units is not None for c in note.charges)
        or any(s.units for s in services)
        or bool(unit_counts)
    )
    minutes = (
        any(c.minutes is not None for c in note.charges)
        or any(t.treats for t in times)
        or any(s.minutes for s in services)
    )
    flowsheet = note.flowsheet is not None or any(s.kind == "flowsheet" for s in reading.sections)
    plan = bool(note.plan) or any(s.role == "plan" for s in reading.statements)
    return {
        "whole_note": "supplied" if whole else "not_supplied",
        "charges": "supplied"
        if charged
        else ("absent" if "charges" in note.carried else "not_supplied"),
        "units": "supplied"
        if units
        else ("absent" if "charges" in note.carried else "not_supplied"),
        "minutes": view(minutes, "totals"),
        "payer": "supplied" if facts.payer != "unknown" else "not_supplied",
        "author": view(bool(signatures), "author", "authors"),
        "date": view(facts.date_of_service is not None, "date_of_service"),
        "goals": view(bool(goals), "goals"),
        "plan": view(plan, "plan"),
        "flowsheet": view(flowsheet, "flowsheet"),
    }
