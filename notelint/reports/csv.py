"""A table of findings that a spreadsheet can open without running anything. No note text."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import Any, TextIO

from notelint.finding import Finding
from notelint.note import Note
from notelint.reports.entry import Entry, ReportOptions, at_least
from notelint.reports.locate import region_of

COLUMNS = (
    "code", "name", "severity", "class", "scope", "lead", "suppressed", "file", "line", "column",
    "end_line", "end_column", "note_id", "target", "summary", "url", "fingerprint",
)  # fmt: skip

#: First characters that make a spreadsheet take a cell for a formula.
_TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def write(entries: Iterable[Entry], out: TextIO, options: ReportOptions) -> None:
    """Writes a row a finding, leading or not."""
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for entry in entries:
        for finding in at_least(entry.report, options):
            rows.writerow([safe_cell(value) for value in _row(finding, entry.note)])


def safe_cell(value: Any) -> Any:
    """Returns a cell that stays text: a leading apostrophe where a formula could begin."""
    if isinstance(value, str) and value.lstrip(" \u00a0\"'").startswith(_TRIGGERS):
        return f"'{value}"
    return value


def _row(finding: Finding, note: Note | None) -> list[Any]:
    region = region_of(finding, note)
    place = (
        (region.line, region.column, region.end_line, region.end_column)
        if region is not None
        else (None, None, None, None)
    )
    return [
        finding.code, finding.name, finding.severity, finding.rule_class, finding.scope,
        "yes" if finding.lead else "no", finding.suppressed.by if finding.suppressed else "",
        finding.file, *place, finding.note_id, finding.main.target, finding.summary, finding.url,
        finding.fingerprint,
    ]  # fmt: skip
