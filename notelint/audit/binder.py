"""The audit binder: one episode's notes in order, with findings, verdicts and citations."""

from __future__ import annotations

from notelint.audit.examine import Examined
from notelint.audit.ledger import Ledger
from notelint.audit.notepage import shown
from notelint.audit.sheet import NoteSheet, Section
from notelint.audit.view import Material
from notelint.errors import UsageError

GUARD = (
    "One episode as it stands in the record, with what notelint said and what reviewers answered. "
    "Silence is no evidence of compliance, payment or medical necessity."
)


def binder(material: Material, ledger: Ledger, episode: str) -> Section:
    """Returns the notes of an episode, patient, visit or note id.

    Raises:
        UsageError: the notes are not at hand, or none has that id.
    """
    if material.everything is None:
        raise UsageError("A binder needs the notes.", remedy="Name their files with --notes.")
    found = [
        examined
        for examined in material.everything.notes.values()
        if episode
        in (
            examined.note.episode_id, examined.note.patient_id, examined.note.visit_id,
            examined.note.id,
        )
    ]  # fmt: skip
    if not found:
        raise UsageError(
            f"No note has the episode, patient, visit or id '{episode}'.",
            remedy="Give an id as it stands in the record.",
        )
    found.sort(key=lambda e: (str(e.note.date_of_service or ""), e.note.id))
    sheets = tuple(_sheet(examined, material, ledger) for examined in found)
    return Section("binder", f"Binder {material.privacy.id(episode)}", GUARD, notes=sheets)


def _sheet(examined: Examined, material: Material, ledger: Ledger) -> NoteSheet:
    note, privacy = examined.note, material.privacy
    day = note.date_of_service.isoformat() if note.date_of_service else ""
    who = note.clinician_id or (note.author.name if note.author else "")
    facts = (
        ("Date", privacy.day(day)), ("Kind", note.note_type.replace("_", " ")),
        ("Discipline", note.discipline), ("Payer", note.payer.replace("_", " ")),
        ("Author", privacy.person(who)),
        ("Charges", ", ".join(f"{c.code} × {c.units}" if c.units else c.code for c in note.charges)),
    )  # fmt: skip
    verdicts = {
        row["fingerprint"]: f"{row['verdict']} ({privacy.reviewer(row['who'])})"
        for row in ledger.ask("SELECT * FROM judged WHERE note = ? AND stale = ''", note.id)
    }
    findings = tuple(
        (
            finding.code,
            shown(finding.message) if privacy.shows_text else finding.summary,
            verdicts.get(finding.fingerprint, "not reviewed"),
            finding.authority[0] if finding.authority else "",
        )
        for finding in examined.findings
        if finding.lead
    )
    pieces = _pieces(examined) if privacy.shows_text else ()
    return NoteSheet(
        privacy.id(note.id),
        tuple((k, v) for k, v in facts if v and v != "unknown"),
        pieces,
        findings,
    )


def _pieces(examined: Examined) -> tuple[tuple[str, bool], ...]:
    """The text cut where findings begin and end; overlapping findings are one marked stretch."""
    text = shown(examined.note.text)
    marked: list[list[int]] = []
    spans = sorted((f.start, f.end) for f in examined.findings if f.start is not None and f.end)
    for start, end in spans:
        if marked and start <= marked[-1][1]:
            marked[-1][1] = max(marked[-1][1], end)
        else:
            marked.append([start, end])
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in marked:
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    pieces.append((text[at:], False))
    return tuple(piece for piece in pieces if piece[0])
