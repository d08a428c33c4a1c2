"""The triage list: which notes to read first. It is no sample, and says so."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.audit.examine import Examined
from notelint.audit.sheet import Cell, Column, Section, Table
from notelint.audit.view import Material

GUARD = (
    "NOT A RANDOM SAMPLE. The notes that are most worth reading first, by what notelint said of them; "
    "no rate of anything may be taken from this list, and a note that is not on it is not clean."
)
WEIGHTS = {"error": 3.0, "warning": 1.0, "info": 0.2}
#: What a rule's findings count for while it has too few verdicts.
UNKNOWN_PRECISION = 0.5
LONGEST = 100


def triage(material: Material) -> Section:
    """Returns the notes by expected harm: the sum of weight times the rule's measured precision."""
    rows = sorted(_rows(material), key=lambda row: (-float(row[-1] or 0), str(row[0])))
    columns = (
        Column("Note"), Column("Date"), Column("Units", "count"), Column("Errors", "count"),
        Column("Warnings", "count"), Column("Rules"), Column("Expected harm", "count"),
    )  # fmt: skip
    return Section(
        "triage", "Read these first", GUARD,
        (Table("Triage", columns, tuple(rows[:LONGEST])),), caution=True,
    )  # fmt: skip


def _rows(material: Material) -> Iterator[tuple[Cell, ...]]:
    if material.everything is None:
        return
    precision = {
        rule.rule: rule.precision.point
        for rule in material.estimate.rules
        if rule.precision and rule.precision.enough
    }
    read = {note for unit in material.now.units for note in unit.unit.notes}
    for examined in material.everything.notes.values():
        if examined.note.id in read or not examined.findings:
            continue
        yield _row(examined, precision, material)


def _row(examined: Examined, precision: dict[str, float], material: Material) -> tuple[Cell, ...]:
    note, privacy = examined.note, material.privacy
    leads = [finding for finding in examined.findings if finding.lead]
    harm = sum(WEIGHTS[f.severity] * precision.get(f.name, UNKNOWN_PRECISION) for f in leads)
    day = note.date_of_service.isoformat() if note.date_of_service else ""
    codes = sorted({finding.code for finding in leads})
    return (
        privacy.id(note.id), privacy.day(day), sum(charge.units or 0 for charge in note.charges),
        sum(f.severity == "error" for f in leads), sum(f.severity == "warning" for f in leads),
        ", ".join(codes[:8]) + (", …" if len(codes) > 8 else ""), round(harm, 2),
    )  # fmt: skip
