"""One line a finding, under the title of its note."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from notelint.finding import Finding
from notelint.note import Note
from notelint.reports.entry import Entry, ReportOptions, companions, position
from notelint.reports.full import ending
from notelint.reports.style import Style, visible


def write(entries: Iterable[Entry], out: TextIO, options: ReportOptions) -> None:
    """Writes a block a note that has leads, then the summary."""
    style = Style(options.color)
    hidden = 0
    for entry in entries:
        report = entry.report
        leads = options.leads(report)
        hidden += sum(f.lead and f.suppressed is None for f in report.findings) - len(leads)
        if leads and not options.statistics:
            out.write(style("bold", visible(_title(leads[0], entry.note))) + "\n")
            groups = companions(report)
            for finding in leads:
                more = groups.get(finding.group, []) if finding.group is not None else []
                out.write(_row(finding, style) + "".join(f" (also {f.code})" for f in more) + "\n")
            out.write("\n")
        if entry.is_last:
            out.write(ending(entry, options, hidden))


def _title(finding: Finding, note: Note | None) -> str:
    file = finding.file or (note.file if note else "")
    if finding.scope == "episode":
        return f"{file}: episodes"
    name = finding.note_id
    if not name or name in (file, ""):
        return file
    day = f", {note.date_of_service}" if note and note.date_of_service else ""
    return f"{file}: note {name.removeprefix(file).lstrip(':')}{day}"


def _row(finding: Finding, style: Style) -> str:
    _, line, column = position(finding)
    place = f"{line or '-'}:{column or '-'}"
    return (
        f"  {place:>8}  {style(finding.severity, f'{finding.severity:7}')}  "
        f"{style('code', finding.code)} {finding.name}: "
        f"{visible(finding.message or finding.summary)}"
    )
