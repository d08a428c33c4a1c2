"""One JSON object for the run (docs/wire-schema.md); written as it goes, so memory stays flat."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TextIO

from notelint.finding import SCHEMA_VERSION, NotApplied, Problem
from notelint.reports.entry import Entry, ReportOptions, at_least


def write(entries: Iterable[Entry], out: TextIO, options: ReportOptions) -> None:
    """Writes all findings, suppressed and not leading ones too."""
    not_applied: list[NotApplied] = []
    problems: list[Problem] = []
    summary: dict[str, object] = {}
    out.write(f'{{"schema_version": {json.dumps(SCHEMA_VERSION)}, "findings": [')
    lead = "\n  "
    for entry in entries:
        for finding in at_least(entry.report, options):
            out.write(lead + json.dumps(finding.as_dict(), ensure_ascii=False))
            lead = ",\n  "
        not_applied += entry.report.not_applied
        problems += entry.report.problems
        summary.update(entry.report.summary)
    out.write("\n],\n")
    rest = {
        "not_applied": [item.as_dict() for item in not_applied],
        "problems": [problem.as_dict() for problem in problems],
        "summary": summary,
    }
    out.write(json.dumps(rest, ensure_ascii=False, indent=2)[2:] + "\n")
