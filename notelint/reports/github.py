"""Annotations in GitHub Actions. They are published with the run, so they hold no note text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from notelint.finding import Finding
from notelint.note import Note
from notelint.reports.entry import Entry, ReportOptions
from notelint.reports.locate import region_of, relative_path, row_of

LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def write(entries: Iterable[Entry], out: TextIO, options: ReportOptions) -> None:
    """Writes a workflow command a lead and an unreadable input."""
    for entry in entries:
        for problem in entry.report.problems:
            level = "error" if problem.fatal else "warning"
            where: dict[str, object] = {
                "file": problem.file,
                "line": problem.line,
                "col": problem.column,
            }
            out.write(command(level, where, f"{problem.what} {problem.remedy}".strip()))
        for finding in options.leads(entry.report):
            out.write(
                command(
                    LEVELS[finding.severity],
                    {"title": f"notelint ({finding.code})", **_place(finding, entry.note, options)},
                    f"{finding.code} {finding.name}: {finding.summary}",
                )
            )


def command(level: str, properties: dict[str, object], message: str) -> str:
    """Returns one workflow command, escaped as the runner unescapes it."""
    told = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items() if value)
    return f"::{level} {told}::{_data(message)}\n"


def _place(finding: Finding, note: Note | None, options: ReportOptions) -> dict[str, object]:
    region = region_of(finding, note)
    file = relative_path(finding.file, options.root)
    if region is None:
        line = row_of(finding, note)
        return {"file": file, "line": line}
    place: dict[str, object] = {"file": file, "line": region.line}
    if region.is_one_line:  # the runner drops an annotation whose columns span lines
        place |= {"col": region.column, "endColumn": region.end_column}
    return {**place, "endLine": region.end_line}


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
