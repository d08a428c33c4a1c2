"""What a report is written from: one entry a note, and last one for the run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from notelint.finding import SEVERITY_RANK, Finding, Report
from notelint.note import Note
from notelint.rulebook.rule import Rule


@dataclass(frozen=True, slots=True)
class Entry:
    """A note's report with the note itself, whose text the formats for people show.

    ``note`` is None for a problem without a note and for the run's last entry, the only one whose
    report has a ``summary``. ``note_type`` is the kind as the run took it.
    """

    report: Report
    note: Note | None = None
    note_type: str = "unknown"

    @property
    def is_last(self) -> bool:
        return bool(self.report.summary)


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """How to write. ``width`` is in terminal cells; ``max_leads`` is per note; ``rules`` are the
    rules of the run (formats that describe rules take them from here). ``redact`` leaves out
    everything that a note says."""

    min_severity: str = "warning"
    color: bool = False
    width: int = 100
    max_leads: int = 8
    statistics: bool = False
    redact: bool = False
    version: str = ""
    docs_url: str = ""
    home: str = "https://pypi.org/project/notelint/"
    root: Path = field(default_factory=Path.cwd)
    rules: tuple[Rule, ...] = ()
    command: str = ""
    rule_of: Mapping[str, Rule] = field(default_factory=dict)

    @classmethod
    def for_rules(cls, rules: Sequence[Rule], **choices: object) -> ReportOptions:
        """Returns options that know the run's rules by name."""
        return cls(
            rules=tuple(sorted(rules, key=lambda r: r.code)),
            rule_of={rule.name: rule for rule in rules},
            **choices,  # type: ignore[arg-type]
        )

    def shows(self, finding: Finding) -> bool:
        """Whether a finding is a lead to be listed: not suppressed, at the severity asked for."""
        return (
            finding.lead
            and finding.suppressed is None
            and finding.rank >= SEVERITY_RANK[self.min_severity]
        )

    def page(self, rule: str) -> str:
        """Returns the address of a rule's page, or of the project where pages have no home."""
        return f"{self.docs_url.rstrip('/')}/{rule}/" if self.docs_url else self.home

    def leads(self, report: Report) -> list[Finding]:
        """Returns the leads to be listed, in the report's order."""
        return [finding for finding in report.findings if self.shows(finding)]


def companions(report: Report) -> dict[int, list[Finding]]:
    """Returns, for each group, the findings that follow its lead ("also: …")."""
    found: dict[int, list[Finding]] = {}
    for finding in report.findings:
        if finding.group is not None and not finding.lead and finding.suppressed is None:
            found.setdefault(finding.group, []).append(finding)
    return found


def position(finding: Finding) -> tuple[str, int | None, int | None]:
    """Returns file, line and column as a reader of the file counts them (both from 1)."""
    source = finding.main.source
    if source is not None and source.line is not None:
        return source.file, source.line, source.column
    return finding.file or (source.file if source else ""), finding.line, finding.column


def where(finding: Finding) -> str:
    """Returns ``file:line:column`` as far as it is known; never empty."""
    parts = [str(part) for part in position(finding) if part]
    return ":".join(parts) or finding.note_id or "<text>"


def at_least(report: Report, options: ReportOptions) -> list[Finding]:
    """Returns every finding at the severity asked for: leads, companions and suppressed ones."""
    floor = SEVERITY_RANK[options.min_severity]
    return [finding for finding in report.findings if finding.rank >= floor]
