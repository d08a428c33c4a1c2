"""One note as the review page shows it: text, facts, charges, sections, findings, marks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from sqlite3 import Row
from typing import Any

from notelint.audit.examine import Examined
from notelint.finding import Finding
from notelint.note import Note

#: Controls, bidirectional marks and zero-width characters: never shown as themselves.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    "\ud800-\udfff]"
)


def shown(text: str) -> str:
    """The text with every unseen character as ``␦``, length for length; a lone CR ends a line."""
    text = re.sub("\r(?!\n)", "\n", text)
    return _UNSEEN.sub("␦", text)


def note_page(
    examined: Examined, judged: Mapping[str, Row], marks: Sequence[Row], *, revealed: bool
) -> dict[str, Any]:
    """Returns the page's JSON. Offsets are code points; without ``revealed`` no finding is in it.

    ``judged`` holds this reader's verdicts by fingerprint, ``marks`` the problems they marked.
    """
    note = examined.note
    findings = [_finding(f, judged.get(f.fingerprint)) for f in examined.findings]
    return {
        "note": note.id,
        "text": shown(note.text),
        "facts": _facts(note),
        "charges": [
            {
                "code": charge.code, "units": charge.units, "minutes": charge.minutes,
                "modifiers": " ".join(charge.modifiers),
                "time": f"{charge.start}–{charge.end}" if charge.start and charge.end else "",
            }
            for charge in note.charges
        ],
        "sections": [
            {"name": shown(name), "start": start, "end": end}
            for name, start, end in examined.sections
        ],
        "findings": findings if revealed else [],
        "marks": [
            {
                "id": mark["id"], "rule": mark["rule"], "category": mark["category"],
                "start": mark["start"], "end": mark["finish"], "blind": bool(mark["blind"]),
            }
            for mark in marks
        ],
    }  # fmt: skip


def _finding(finding: Finding, judged: Row | None) -> dict[str, Any]:
    return {
        "fingerprint": finding.fingerprint, "code": finding.code, "name": finding.name,
        "severity": finding.severity, "class": finding.rule_class, "scope": finding.scope,
        "message": shown(finding.message), "summary": finding.summary,
        "ask": shown(finding.suggestion.ask),
        "rewrite": shown(finding.suggestion.rewrite) if finding.suggestion.rewrite else None,
        "authority": list(finding.authority), "lead": finding.lead, "group": finding.group,
        "start": finding.start, "end": finding.end, "target": finding.main.target,
        "evidence": [
            {"start": p.start, "end": p.end, "label": shown(p.label), "target": p.target,
             "note": p.note_id}
            for p in finding.places[1:]
        ],
        "verdict": judged["verdict"] if judged else None,
        "reason": judged["reason"] if judged else "",
        "stale": judged["stale"] if judged else "",
    }  # fmt: skip


def _facts(note: Note) -> list[list[str]]:
    who = note.clinician_id or (note.author.name if note.author else "")
    credential = note.author.credential if note.author else ""
    pairs = (
        ("Kind", note.note_type.replace("_", " ")),
        ("Discipline", note.discipline),
        ("Payer", note.payer.replace("_", " ")),
        ("Setting", note.setting.replace("_", " ")),
        ("Date", note.date_of_service.isoformat() if note.date_of_service else ""),
        ("Author", " ".join(part for part in (who, credential) if part)),
        ("Status", note.status),
        ("Signed", note.signed_at or ""),
        ("Clinic", note.clinic_id or ""),
        ("Patient", note.patient_id or ""),
        ("Visit", note.visit_id or ""),
    )
    return [[name, shown(value)] for name, value in pairs if value and value != "unknown"]
