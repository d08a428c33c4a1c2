"""The sentences that end a report. They never say clean, passed or compliant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from notelint.finding import Finding, NotApplied, Report


def counted(number: int, noun: str, plural: str = "") -> str:
    """Returns ``1 note`` or ``1,200 notes``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def summary_line(report: Report) -> str:
    """Returns what the run found, on how much, and what it did not look for."""
    summary = report.summary
    notes = int(summary.get("notes", 0))
    rules = int(summary.get("rules", 0))
    by_severity: Mapping[str, int] = summary.get("findings", {})
    total = sum(by_severity.values())
    if not total:
        head = f"No findings from {counted(rules, 'rule')} on {counted(notes, 'note')}"
    else:
        parts = [
            counted(number, name) if name != "info" else f"{number:,} info"
            for name in ("error", "warning", "info")
            if (number := by_severity.get(name, 0))
        ]
        head = (
            f"{counted(total, 'finding')} ({', '.join(parts)}) in "
            f"{summary.get('notes_with_findings', 0):,} of {counted(notes, 'note')} "
            f"from {counted(rules, 'rule')}"
        )
    missing = not_applied_clause(report.not_applied, notes)
    return f"{head}; {missing}." if missing else f"{head}."


def not_applied_clause(not_applied: Iterable[NotApplied], notes: int) -> str:
    """Returns ``40 rules not applied (25: no charges; 15: kind not stated)``.

    A rule counts under its most frequent reason. Rules that ran on some notes are told apart.
    """
    reasons: dict[str, Counter[str]] = {}
    for item in not_applied:
        reasons.setdefault(item.rule, Counter())[item.reason] += item.notes
    never: Counter[str] = Counter()
    partly = 0
    for counts in reasons.values():
        if counts.total() >= notes:
            never[min(counts, key=lambda reason: (-counts[reason], reason))] += 1
        else:
            partly += 1
    parts: list[str] = []
    if never:
        why = "; ".join(f"{n}: {reason}" for reason, n in never.most_common())
        parts.append(f"{counted(never.total(), 'rule')} not applied ({why})")
    if partly:
        parts.append(f"{counted(partly, 'rule')} not applied on some notes")
    return "; ".join(parts)


def closing_lines(report: Report) -> Iterator[str]:
    """Yields the lines under a report: what was held back, settings, and what silence means."""
    summary = report.summary
    suppressed = int(summary.get("suppressed", 0))
    if suppressed:
        yield f"{counted(suppressed, 'finding')} suppressed, with reasons in the JSON and HTML."
    skipped = int(summary.get("skipped_before", 0))
    if skipped:
        yield f"{counted(skipped, 'note')} before {summary.get('since')} not reported."
    left = int(summary.get("left_alone", 0))
    if left:
        yield f"{counted(left, 'note')} left alone as not a therapy note (--no-scope-gate)."
    used = summary.get("config") or ()
    files = ", ".join(used) if used else "none, defaults"
    yield (
        f"Rules {summary.get('pack', '?')} ({str(summary.get('pack_hash', ''))[:12]}), "
        f"data as of {summary.get('as_of', '?')}. "
        f"Config: {files}; settings {summary.get('settings_hash', '?')}."
    )
    yield str(summary.get("disclaimer", ""))


def statistics_rows(summary: Mapping[str, Any]) -> list[tuple[int, str, str, str]]:
    """Returns count, severity, code and name of each rule that led, most frequent first."""
    return [
        (row["count"], row["severity"], row["code"], row["name"])
        for row in summary.get("statistics", ())
    ]


def also(findings: Iterable[Finding]) -> str:
    """Returns the companions of a lead in one line, each rule once."""
    seen = dict.fromkeys(f"{f.code} {f.name} ({f.severity})" for f in findings)
    return ", ".join(seen)
