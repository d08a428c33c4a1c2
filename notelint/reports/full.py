"""For reading: each finding with its words underlined, the reason, a question, a suggestion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from notelint.finding import Finding
from notelint.note import Note
from notelint.reports.entry import Entry, ReportOptions, companions, where
from notelint.reports.frame import Frame
from notelint.reports.locate import lines_before
from notelint.reports.style import Style, visible, wrapped
from notelint.reports.wording import also, closing_lines, counted, statistics_rows, summary_line


def write(entries: Iterable[Entry], out: TextIO, options: ReportOptions) -> None:
    """Writes findings note by note, then the summary."""
    hidden = 0
    for entry in entries:
        report = entry.report
        hidden += sum(
            1 for f in report.findings if f.lead and not f.suppressed and not options.shows(f)
        )
        if not options.statistics:
            for block in blocks(entry, options):
                out.write(block + "\n\n")
        if entry.is_last:
            out.write(ending(entry, options, hidden))


def ending(entry: Entry, options: ReportOptions, hidden: int) -> str:
    """Returns the last lines of a report for people."""
    style = Style(options.color)
    lines: list[str] = []
    if options.statistics:
        lines += [
            f"{count:>6}  {style(severity, f'{severity:7}')}  {code}  {name}"
            for count, severity, code, name in statistics_rows(entry.report.summary)
        ]
    if hidden and not options.statistics:
        level = "info" if options.min_severity == "warning" else f"under {options.min_severity}"
        lines.append(f"{hidden:,} more at {level} (--min-severity info shows them).")
    lines.append(style("bold", summary_line(entry.report)))
    lines += [style("dim", line) for line in closing_lines(entry.report)]
    return "\n".join(wrapped_plain(line, options) for line in lines) + "\n"


def wrapped_plain(line: str, options: ReportOptions) -> str:
    """Wraps a line unless it carries colour codes, which a terminal wraps better than we can."""
    return line if options.color else wrapped(line, options.width)


def blocks(entry: Entry, options: ReportOptions) -> Iterator[str]:
    """Yields one block a lead, the gravest ``max_leads`` of a note, in text order."""
    leads = options.leads(entry.report)
    limit = len(leads) if entry.is_last else options.max_leads
    graver = sorted(range(len(leads)), key=lambda i: (-leads[i].rank, i))[:limit]
    groups = companions(entry.report)
    style = Style(options.color)
    note = entry.note
    frame = None
    if note is not None and leads:
        frame = Frame.of(note.text, options.width, style, lines_before(note))
    for at in sorted(graver):
        finding = leads[at]
        others = groups.get(finding.group, []) if finding.group is not None else []
        yield "\n".join(_block(finding, note, frame, others, options))
    if len(leads) > limit:
        title = note.id if note else "this note"
        yield f"{counted(len(leads) - limit, 'more finding')} in {visible(title)}."


def _block(
    finding: Finding, note: Note | None, frame: Frame | None, others: list[Finding],
    options: ReportOptions,
) -> Iterator[str]:  # fmt: skip
    style = Style(options.color)
    yield (
        f"{style('bold', visible(where(finding)))}  {style(finding.severity, finding.severity)}  "
        f"{style('code', finding.code)} {finding.name}{style('dim', _aside(finding, note))}"
    )
    yield wrapped(finding.message or finding.summary, options.width, first="  ", rest="  ")
    if frame is not None and finding.start is not None and finding.end is not None:
        yield from frame.draw(finding.start, finding.end)
        for place in finding.places[1:]:
            if place.note_id in ("", finding.note_id) and place.start is not None and place.end:
                yield from frame.draw(place.start, place.end, visible(place.label))
    for key, text in _details(finding, others, options):
        yield wrapped(text, options.width, first=f"   = {key}: ", rest=" " * (len(key) + 7))


def _aside(finding: Finding, note: Note | None) -> str:
    """Says which note and which part of it, where the line above does not."""
    parts: list[str] = []
    if finding.note_id and finding.note_id not in where(finding):
        parts.append(f"note {finding.note_id}")
    target = finding.main.target
    if target.startswith("charges["):
        parts.append(_charge(target, note))
    elif target not in ("text", ""):
        parts.append(f"field {target}")
    elif finding.scope in ("note", "episode"):
        parts.append("the whole episode" if finding.scope == "episode" else "the whole note")
    return f"  [{visible(', '.join(parts))}]" if parts else ""


def _charge(target: str, note: Note | None) -> str:
    index = int(target.removeprefix("charges[").rstrip("]") or 0)
    if note is None or index >= len(note.charges):
        return f"charge {index + 1}"
    return f"charge {index + 1}: {note.charges[index].code}"


def _details(
    finding: Finding, others: list[Finding], options: ReportOptions
) -> Iterator[tuple[str, str]]:
    rule = options.rule_of.get(finding.name)
    why = (rule.why if rule else "") or finding.summary
    if why:
        yield "why", why
    if finding.suggestion.ask:
        yield "ask", finding.suggestion.ask
    if finding.suggestion.rewrite:
        yield "rewrite", finding.suggestion.rewrite
    if finding.authority:
        yield "authority", "; ".join(finding.authority)
    for place in finding.places[1:]:
        if place.note_id and place.note_id != finding.note_id:
            yield "see", f"note {place.note_id} {place.label}".strip()
    if others:
        yield "also", also(others)
