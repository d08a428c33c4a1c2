"""The gate: counts what a run found and decides its exit status. It prints nothing.

A *lead* is the finding shown for a group of overlapping ones. The gate counts groups: a group
fails the run when any of its findings that is not suppressed is at or above ``fail_on`` and of
the class asked for, so that an explicit error cannot hide behind a judgement that leads it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from notelint.finding import SEVERITY_RANK, Finding, Report
from notelint.reports.entry import Entry

FAIL_ON = ("error", "warning", "info", "never")
FAIL_ON_CLASS = ("all", "explicit")


@dataclass(slots=True)
class Gate:
    """Counts entries as they stream by.

    Args:
        fail_on: the lowest severity that fails a run, or ``never``.
        fail_on_class: ``all``, or ``explicit`` for findings that words and arithmetic alone prove.
        exit_zero: findings never fail the run; unreadable input still does.
    """

    fail_on: str = "warning"
    fail_on_class: str = "all"
    exit_zero: bool = False
    failing: int = 0
    unfinished: bool = False
    suppressed: int = 0
    notes_with_findings: int = 0
    severities: Counter[str] = field(default_factory=Counter)
    rules: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    note_types: Counter[str] = field(default_factory=Counter)

    @property
    def status(self) -> int:
        """0: nothing fails; 1: findings do; 2: input could not be read or finished (it wins)."""
        if self.unfinished:
            return 2
        return 1 if self.failing and not self.exit_zero else 0

    def watch(self, entries: Iterable[Entry], extra: Mapping[str, Any]) -> Iterator[Entry]:
        """Passes entries on and counts them; the last one gets the counts and ``extra``."""
        for entry in entries:
            self._count(entry)
            if not entry.is_last:
                yield entry
                continue
            summary = {**entry.report.summary, **self.summary(), **extra}
            yield replace(entry, report=replace(entry.report, summary=summary))

    def summary(self) -> dict[str, Any]:
        """Returns the counts as they go into the report's summary."""
        return {
            "findings": {name: self.severities[name] for name in ("error", "warning", "info")},
            "notes_with_findings": self.notes_with_findings,
            "suppressed": self.suppressed,
            "failing": self.failing,
            "fail_on": self.fail_on,
            "fail_on_class": self.fail_on_class,
            "statistics": [
                {"code": code, "name": name, "severity": severity, "count": count}
                for (code, name, severity), count in sorted(
                    self.rules.items(), key=lambda item: (-item[1], item[0])
                )
            ],
            "by_note_type": dict(sorted(self.note_types.items())),
        }

    def _count(self, entry: Entry) -> None:
        report = entry.report
        self.unfinished |= any(problem.fatal for problem in report.problems)
        leads = [f for f in report.findings if f.lead and f.suppressed is None]
        self.suppressed += sum(f.suppressed is not None for f in report.findings)
        self.notes_with_findings += bool(leads) and entry.note is not None
        self.failing += len(self._failing_groups(report))
        for lead in leads:
            self.severities[lead.severity] += 1
            self.rules[lead.code, lead.name, lead.severity] += 1
            self.note_types[entry.note_type if entry.note else "episode"] += 1

    def _failing_groups(self, report: Report) -> set[object]:
        if self.fail_on == "never":
            return set()
        return {
            finding.group if finding.group is not None else ("alone", at)
            for at, finding in enumerate(report.findings)
            if self._fails(finding)
        }

    def _fails(self, finding: Finding) -> bool:
        return (
            finding.suppressed is None
            and finding.rank >= SEVERITY_RANK[self.fail_on]
            and (self.fail_on_class == "all" or finding.rule_class == "explicit")
        )
