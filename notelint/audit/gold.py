"""Reviewed notes as gold: native records whose labels are the reviewers' verdicts.

``notelint eval`` takes them. A finding judged correct is a ``must``, one that is true and not
useful a ``may``, one judged wrong a ``mustnot``; a missed problem of a rule is a ``must``. Unsure
and stale verdicts give no label.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from notelint.audit.frame import text_hash
from notelint.audit.ledger import Ledger
from notelint.note import Author, Charge, Note

VERDICT_LABELS = {"correct": "must", "not-useful": "may", "wrong": "mustnot"}


def gold_lines(notes: Iterable[Note], ledger: Ledger) -> Iterator[str]:
    """Yields one native JSON record for each note that a reviewer has finished, with its text.

    ``judged`` names the rules that ran on the note: on those, no label means no error.
    """
    read = {
        row["note"]: row
        for row in ledger.ask(
            "SELECT n.note, n.who, n.text, n.applied FROM notes n JOIN done d"
            " ON d.unit = n.unit AND d.who = n.who JOIN opened o"
            " ON o.unit = n.unit AND o.who = n.who ORDER BY o.role = 'first'"
        )  # the first reader's row is last and stays
    }
    for note in notes:
        row = read.get(note.id)
        if row is None or row["text"] != text_hash(note.text):
            continue
        labels = [*_verdicts(note, row["who"], ledger), *_missed(note, row["who"], ledger)]
        record = {
            **record_of(note),
            "labels": [dict(label) for label in dict.fromkeys(labels)],
            "judged": json.loads(row["applied"]),
        }
        yield json.dumps(record, ensure_ascii=False)


Label = tuple[tuple[str, Any], ...]


def _verdicts(note: Note, who: str, ledger: Ledger) -> Iterator[Label]:
    rows = ledger.ask(
        "SELECT j.rule, j.verdict, s.start, s.finish FROM judged j JOIN shown s"
        " ON s.note = j.note AND s.who = j.who AND s.fingerprint = j.fingerprint"
        " WHERE j.note = ? AND j.who = ? AND j.stale = '' ORDER BY j.seq",
        note.id, who,
    )  # fmt: skip
    for row in rows:
        if row["verdict"] in VERDICT_LABELS:
            yield _label(
                note.text, row["rule"], VERDICT_LABELS[row["verdict"]], row["start"], row["finish"]
            )


def _missed(note: Note, who: str, ledger: Ledger) -> Iterator[Label]:
    rows = ledger.ask(
        "SELECT rule, start, finish FROM marks WHERE note = ? AND who = ? AND withdrawn = 0"
        " AND rule <> '' AND text = ? ORDER BY seq",
        note.id, who, text_hash(note.text),
    )  # fmt: skip
    for row in rows:
        yield _label(note.text, row["rule"], "must", row["start"], row["finish"])


def _label(text: str, rule: str, verdict: str, start: int | None, end: int | None) -> Label:
    """A label anchored to words, counted among their occurrences; None is the whole note."""
    if start is None or end is None or end <= start:
        return (("rule", rule), ("verdict", verdict), ("anchor", None))
    anchor = text[start:end]
    occurrence, at = 0, -1
    while at < start:
        at = text.find(anchor, at + 1)
        occurrence += 1
    return (("rule", rule), ("verdict", verdict), ("anchor", anchor), ("occurrence", occurrence))


def record_of(note: Note) -> dict[str, Any]:
    """Returns the native record of a note (DESIGN §6) without labels; empty fields are left out."""
    record: dict[str, Any] = {
        "id": note.id, "text": note.text, "note_type": note.note_type,
        "discipline": note.discipline, "payer": note.payer, "setting": note.setting,
        "programme": note.programme, "status": note.status,
        "date_of_service": note.date_of_service.isoformat() if note.date_of_service else None,
        "signed_at": note.signed_at, "author": _author(note.author) if note.author else None,
        "authors": [_author(author) for author in note.authors],
        "charges": [_charge(charge) for charge in note.charges],
        "goals": [
            {"id": goal.id, "text": goal.text, "status": goal.status, "date": goal.date}
            for goal in note.goals
        ],
        "plan": dict(note.plan), "flowsheet": note.flowsheet, "totals": dict(note.totals),
        "patient_id": note.patient_id, "episode_id": note.episode_id, "visit_id": note.visit_id,
        "clinician_id": note.clinician_id, "clinic_id": note.clinic_id,
    }  # fmt: skip
    return {key: value for key, value in record.items() if value not in (None, [], {}, "unknown")}


def _author(author: Author) -> Mapping[str, Any]:
    fields = {
        "name": author.name, "credential": author.credential, "role": author.role,
        "minutes": author.minutes,
    }  # fmt: skip
    return {key: value for key, value in fields.items() if value not in ("", None)}


def _charge(charge: Charge) -> Mapping[str, Any]:
    fields = {
        "code": charge.code, "units": charge.units, "minutes": charge.minutes,
        "modifiers": list(charge.modifiers), "start": charge.start, "end": charge.end,
        "discipline": charge.discipline,
    }  # fmt: skip
    return {key: value for key, value in fields.items() if value not in (None, [])}
