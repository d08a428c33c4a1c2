"""Reviewdog's rdjson. It is posted to code reviews, so it holds no note text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TextIO

from notelint.finding import Finding
from notelint.note import Note
from notelint.reports.entry import Entry, ReportOptions
from notelint.reports.locate import Region, region_of, relative_path, row_of
from notelint.source import LineIndex

LEVELS = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}


def write(entries: Iterable[Entry], out: TextIO, options: ReportOptions) -> None:
    """Writes one object with a diagnostic a lead."""
    source = {"name": "notelint", "url": options.home}
    out.write(f'{{"source": {json.dumps(source)}, "diagnostics": [')
    lead = "\n  "
    for entry in entries:
        for finding in options.leads(entry.report):
            out.write(lead + json.dumps(_diagnostic(finding, entry.note, options)))
            lead = ",\n  "
    out.write("\n]}\n")


def _diagnostic(finding: Finding, note: Note | None, options: ReportOptions) -> dict[str, Any]:
    location: dict[str, Any] = {"path": relative_path(finding.file, options.root)}
    region = region_of(finding, note)
    if region is not None:
        location["range"] = _range(region, note)
    elif line := row_of(finding, note):
        location["range"] = {"start": {"line": line}}
    return {
        "message": finding.summary,
        "location": location,
        "severity": LEVELS[finding.severity],
        "code": {"value": finding.code, "url": finding.url or options.page(finding.name)},
    }


def _range(region: Region, note: Note | None) -> dict[str, Any]:
    """Columns of rdjson count UTF-8 bytes; without the file's own characters only lines stand."""
    if note is None or note.source is None or note.source.copied != (True,):
        return {"start": {"line": region.line}, "end": {"line": region.end_line}}
    shift = note.source.file_starts[0]
    lines = note.source.lines or LineIndex.of(note.text)

    def at(line: int, column: int) -> dict[str, int]:
        low = max(lines.offset(line, 1) - shift, 0)
        words = note.text[low : max(lines.offset(line, column) - shift, 0)]
        return {"line": line, "column": len(words.encode()) + 1}

    return {
        "start": at(region.line, region.column),
        "end": at(region.end_line, region.end_column),
    }
