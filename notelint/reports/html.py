"""One page for people: self-contained, without scripts, printable, and redactable.

Everything that a note or a file name says is escaped. The page's policy forbids scripts, images
and every request.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from html import escape
from typing import TextIO

from notelint.finding import Finding, NotApplied, Problem, Report
from notelint.reports.entry import Entry, ReportOptions, companions, where
from notelint.reports.marks import marked
from notelint.reports.style import visible
from notelint.reports.stylesheet import CSS
from notelint.reports.wording import closing_lines, counted, statistics_rows, summary_line


def write(entries: Iterable[Entry], out: TextIO, options: ReportOptions) -> None:
    """Writes the page: summary, counts by rule, notes with findings, suppressions, the rest."""
    sections: list[str] = []
    suppressed: list[Finding] = []
    problems: list[Problem] = []
    last = Report()
    for entry in entries:
        report = entry.report
        problems += report.problems
        suppressed += [finding for finding in report.findings if finding.suppressed]
        if options.leads(report):
            sections.append("".join(_note(entry, len(sections) + 1, options)))
        if entry.is_last:
            last = report
    out.write(_head())
    out.writelines(_summary(last, options))
    out.writelines(_problems(problems))
    out.writelines(sections)
    out.writelines(_suppressed(suppressed, options))
    out.writelines(_not_applied(last.not_applied))
    out.writelines(_foot(last, options))


def _head() -> str:
    digest = b64encode(hashlib.sha256(CSS.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>notelint report</title>\n<style>{CSS}</style>\n</head>\n<body>\n<main>\n"
    )


def _summary(report: Report, options: ReportOptions) -> Iterator[str]:
    summary = report.summary
    yield f"<header><h1>Documentation findings</h1><p>{_text(summary_line(report))}</p></header>\n"
    counts = summary.get("findings", {})
    tiles = [
        *((counts.get(name, 0), label, name) for name, label in
          (("error", "errors"), ("warning", "warnings"), ("info", "info"))),
        (summary.get("notes_with_findings", 0), "notes with findings", "plain"),
        (summary.get("notes", 0), "notes", "plain"),
    ]  # fmt: skip
    yield '<ul class="tiles">'
    for number, label, kind in tiles:
        yield f'<li class="{kind}"><b>{number:,}</b> {label}</li>'
    yield "</ul>\n"
    rows = statistics_rows(summary)
    if rows:
        yield '<section><h2>By rule</h2><table><thead><tr><th class="n">Findings</th>'
        yield "<th>Severity</th><th>Rule</th><th>What it says</th></tr></thead><tbody>\n"
        for count, severity, code, name in rows:
            rule = options.rule_of.get(name)
            yield (
                f'<tr><td class="n">{count:,}</td><td>{_badge(severity)}</td>'
                f"<td><code>{_text(code)}</code> {_text(name)}</td>"
                f"<td>{_text(rule.summary if rule else '')}</td></tr>\n"
            )
        yield "</tbody></table></section>\n"


def _note(entry: Entry, number: int, options: ReportOptions) -> Iterator[str]:
    leads = options.leads(entry.report)
    note = entry.note
    yield f'<section class="note" id="note-{number}"><h2>{_title(entry, number, options)}</h2>\n'
    placed = [f for f in leads if f.start is not None and f.end is not None]
    numbers = {id(finding): at for at, finding in enumerate(leads, start=1)}
    if note is not None and not options.redact:
        spans = [(f.start or 0, f.end or 0, f.severity, numbers[id(f)]) for f in placed]
        yield f'<pre class="text">{marked(note.text, spans, f"note-{number}")}</pre>\n'
    groups = companions(entry.report)
    yield "<ol>\n"
    for at, finding in enumerate(leads, start=1):
        others = groups.get(finding.group, []) if finding.group is not None else []
        yield f'<li id="note-{number}-{at}">'
        yield from _finding(finding, others, options)
        yield "</li>\n"
    yield "</ol></section>\n"


def _title(entry: Entry, number: int, options: ReportOptions) -> str:
    if options.redact:
        return f"Note {number}"
    if entry.note is None:
        return "Episodes"
    note = entry.note
    name = "" if note.id.startswith(note.file) else f" · {note.id}"
    day = f" · {note.date_of_service}" if note.date_of_service else ""
    kind = f" · {note.note_type}" if note.note_type != "unknown" else ""
    return _text(f"{note.file}{name}{day}{kind}")


def _finding(finding: Finding, others: list[Finding], options: ReportOptions) -> Iterator[str]:
    name = _text(finding.name)
    if finding.url.startswith(("https://", "http://")):
        name = f'<a href="{escape(finding.url, quote=True)}" rel="noreferrer">{name}</a>'
    said = finding.summary if options.redact else finding.message or finding.summary
    place = "" if options.redact else f'<span class="where">{_text(where(finding))}</span>'
    yield (
        f"<p>{_badge(finding.severity)} <code>{_text(finding.code)}</code> {name} {place}</p>"
        f"<p>{_text(said)}</p><dl>"
    )
    rule = options.rule_of.get(finding.name)
    told = {
        "Why": rule.why if rule else "",
        "Ask": _ask(finding, options),
        "Rewrite": (finding.suggestion.rewrite or "") if not options.redact else "",
        "Authority": "; ".join(finding.authority),
        "Also": ", ".join(dict.fromkeys(f"{f.code} {f.name}" for f in others)),
    }
    for key, text in told.items():
        if text:
            yield f"<dt>{key}</dt><dd>{_text(text)}</dd>"
    yield "</dl>"


def _ask(finding: Finding, options: ReportOptions) -> str:
    rule = options.rule_of.get(finding.name)
    if not options.redact:
        return finding.suggestion.ask
    return rule.ask if rule and "{" not in rule.ask else ""


def _suppressed(findings: list[Finding], options: ReportOptions) -> Iterator[str]:
    if not findings:
        return
    yield f"<section><h2>{counted(len(findings), 'suppressed finding')}</h2><table><thead><tr>"
    yield "<th>Rule</th><th>Where</th><th>By</th><th>Reason</th><th>Who</th><th>When</th>"
    yield "</tr></thead><tbody>\n"
    for finding in findings:
        why = finding.suppressed
        if why is None:
            continue
        place = "" if options.redact else where(finding)
        reason = "" if options.redact else why.reason
        cells = (f"{finding.code} {finding.name}", place, why.by, reason, why.who, why.when)
        yield "<tr>" + "".join(f"<td>{_text(cell)}</td>" for cell in cells) + "</tr>\n"
    yield "</tbody></table></section>\n"


def _not_applied(items: Iterable[NotApplied]) -> Iterator[str]:
    rows = [
        f'<tr><td>{_text(item.rule)}</td><td>{_text(item.reason)}</td><td class="n">{item.notes:,}'
        "</td></tr>\n"
        for item in items
    ]
    if rows:
        yield "<section><details><summary>Rules that did not run, and why</summary><table><thead>"
        yield '<tr><th>Rule</th><th>Reason</th><th class="n">Notes</th></tr></thead><tbody>\n'
        yield from rows
        yield "</tbody></table></details></section>\n"


def _problems(problems: list[Problem]) -> Iterator[str]:
    if problems:
        yield '<section class="problems"><h2>Input that could not be used</h2><ul>\n'
        yield from (f"<li>{_text(str(problem))}</li>\n" for problem in problems)
        yield "</ul></section>\n"


def _foot(report: Report, options: ReportOptions) -> Iterator[str]:
    yield "<footer>\n"
    yield from (f"<p>{_text(line)}</p>\n" for line in closing_lines(report))
    made = f"notelint {options.version}".strip()
    yield f"<p>{_text(made)}{_text(': ' + options.command) if options.command else ''}</p>\n"
    yield "</footer>\n</main>\n</body>\n</html>\n"


def _badge(severity: str) -> str:
    return f'<span class="badge {severity}">{severity}</span>'


def _text(text: str) -> str:
    return escape(visible(text), quote=True)
