"""The public way in: lint a text, or a stream of records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from notelint.engine import lint_notes
from notelint.errors import InputError
from notelint.finding import Finding, NotApplied, Problem, Report
from notelint.note import Note
from notelint.placing import placed
from notelint.readers.native import note_from_record
from notelint.settings import Settings


def lint(
    text: str,
    *,
    note_type: str = "unknown",
    payer: str = "unknown",
    charges: Sequence[Mapping[str, Any]] = (),
    config: Settings | None = None,
    **facts: Any,
) -> Report:
    """Lints one note.

    Args:
        text: the note's text; offsets of the findings are code points in it.
        note_type, payer: values of ``notelint.note``'s vocabularies.
        charges: charge rows as mappings (``code``, ``units``, ``minutes``, ``modifiers`` …).
        config: the run's choices; the defaults if None.
        facts: any other field of the native record (DESIGN §6).

    Returns:
        A report with findings, what was not applied, and the summary.

    Raises:
        InputError: a fact is not of its vocabulary or type; the message names the nearest value.
    """
    record = {"text": text, "note_type": note_type, "payer": payer, **facts}
    if charges:
        record["charges"] = list(charges)
    note = note_from_record(record, source=None, where="lint()")
    return joined(_reports([note], config))


def lint_records(
    records: Iterable[Mapping[str, Any] | Note], config: Settings | None = None
) -> Iterator[Report]:
    """Lints a stream of native records: a report a note, and last one for the run.

    A record that does not load becomes a report with a problem; the rest is linted.
    """
    yield from _reports(_notes(records), config)


def joined(reports: Iterable[Report]) -> Report:
    """Joins the reports of a run into one."""
    findings: list[Finding] = []
    not_applied: list[NotApplied] = []
    problems: list[Problem] = []
    summary: Mapping[str, Any] = {}
    for report in reports:
        findings.extend(report.findings)
        not_applied.extend(report.not_applied)
        problems.extend(report.problems)
        summary = report.summary or summary
    return Report(tuple(findings), tuple(not_applied), tuple(problems), summary)


def _notes(records: Iterable[Mapping[str, Any] | Note]) -> Iterator[Note | Problem]:
    for number, record in enumerate(records, start=1):
        if isinstance(record, Note):
            yield record
            continue
        try:
            yield note_from_record(record, source=None, where=f"record {number}")
        except InputError as error:
            yield Problem(error.what, file=error.where, remedy=error.remedy)


def _reports(notes: Iterable[Note | Problem], config: Settings | None) -> Iterator[Report]:
    seen: dict[str, Note] = {}

    def watched() -> Iterator[Note | Problem]:
        for note in notes:
            if isinstance(note, Note):
                seen[note.id] = note
            yield note

    for report in lint_notes(watched(), config):
        findings = tuple(
            placed(f, seen[f.note_id]) if f.note_id in seen else f for f in report.findings
        )
        if not report.summary:
            seen.clear()
        yield Report(findings, report.not_applied, report.problems, report.summary)
