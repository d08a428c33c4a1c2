"""One finding a line, and last a line with the run's summary (docs/wire-schema.md)."""

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
    for entry in entries:
        for finding in at_least(entry.report, options):
            out.write(json.dumps(finding.as_dict(), ensure_ascii=False) + "\n")
        not_applied += entry.report.not_applied
        problems += entry.report.problems
        if entry.is_last:
            last = {
                "schema_version": SCHEMA_VERSION,
                "summary": dict(entry.report.summary),
                "not_applied": [item.as_dict() for item in not_applied],
                "problems": [problem.as_dict() for problem in problems],
            }
            out.write(json.dumps(last, ensure_ascii=False) + "\n")
