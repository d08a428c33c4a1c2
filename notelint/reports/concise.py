"""One line a finding: ``file:line:column: CODE name severity message``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from notelint.reports.entry import Entry, ReportOptions, companions, where
from notelint.reports.full import ending
from notelint.reports.style import Style, visible


def write(entries: Iterable[Entry], out: TextIO, options: ReportOptions) -> None:
    """Writes every lead on a line of its own, then the summary."""
    style = Style(options.color)
    hidden = 0
    for entry in entries:
        report = entry.report
        groups = companions(report)
        for finding in report.findings:
            if not options.shows(finding):
                hidden += finding.lead and finding.suppressed is None
                continue
            if options.statistics:
                continue
            others = groups.get(finding.group, []) if finding.group is not None else []
            more = "".join(f" (also {f.code})" for f in others)
            out.write(
                f"{style('bold', visible(where(finding)))}: {style('code', finding.code)} "
                f"{finding.name} {style(finding.severity, finding.severity)} "
                f"{visible(finding.message or finding.summary)}{more}\n"
            )
        if entry.is_last:
            out.write(ending(entry, options, hidden))
