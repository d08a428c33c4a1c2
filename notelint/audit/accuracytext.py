"""Accuracy in words: for a terminal, as Markdown, as JSON.

Rates stand with their n and 95 % interval; below twenty the counts stand alone. Misses and false
alarms are listed with their places, except for notes that are kept aside.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from notelint.audit.accuracy import PRECISION_BARS, Accuracy, Row
from notelint.audit.goldnotes import as_place
from notelint.audit.intervals import ENOUGH, Interval
from notelint.audit.scoring import NoteScore

METHOD = (
    "Exact (Clopper-Pearson) 95 % intervals; F1 with bounds joined from both. "
    f"No rate from fewer than {ENOUGH} places. A finding on a `may` counts for nobody."
)
KEPT = (
    "Kept aside (a folder named test): totals only. --reveal REASON lists them and is written down."
)


@dataclass(frozen=True, slots=True)
class Listing:
    """The scored notes whose misses and false alarms may be shown, with the file of each."""

    scores: tuple[tuple[str, NoteScore], ...] = ()
    hidden: int = 0


def text_report(found: Accuracy, listing: Listing, pack: str) -> Iterator[str]:
    """Yields the report for a terminal, line by line."""
    yield f"{found.notes} gold notes, rules {pack}."
    if found.left_alone:
        yield f"{found.left_alone} were not recognised as therapy notes and left alone."
    yield ""
    rows = [found.overall, *found.severities]
    yield from _aligned("findings", rows)
    yield ""
    yield _silence(found)
    for cut, table in found.tables.items():
        yield ""
        yield from _aligned(f"by {cut}", table)
    yield ""
    yield METHOD
    for rule, severity in found.under_bar:
        yield f"{rule}: its precision as {severity} lies wholly under {PRECISION_BARS[severity]:.2f}."
    yield from _listed(listing)


def markdown_report(found: Accuracy, pack: str, title: str = "Accuracy") -> Iterator[str]:
    """Yields the tables as Markdown. No place and no word of a note is in them."""
    yield f"## {title}"
    yield ""
    yield f"{found.notes} gold notes, rules {pack}. {METHOD}"
    yield ""
    yield from markdown_table("findings", [found.overall, *found.severities])
    yield ""
    yield _silence(found)
    for cut, table in found.tables.items():
        yield ""
        yield from markdown_table(f"by {cut}", table)


def json_report(found: Accuracy, listing: Listing, pack: str, files: Sequence[str]) -> str:
    """Returns the report as one JSON object."""
    shown = [entry for file, score in listing.scores for entry in _entries(file, score)]
    whole: dict[str, Any] = {
        "schema_version": "1.0", "pack": pack, "files": list(files), "confidence": 0.95,
        **found.as_dict(),
        "misses": [entry for kind, entry in shown if kind == "miss"],
        "false_alarms": [entry for kind, entry in shown if kind == "false alarm"],
        "unjudged": [entry for kind, entry in shown if kind == "unjudged"],
        "kept_aside": listing.hidden,
    }  # fmt: skip
    return json.dumps(whole, indent=2, ensure_ascii=False)


def markdown_table(title: str, rows: Sequence[Row]) -> Iterator[str]:
    """Yields a Markdown table of rates."""
    yield f"| {title} | precision | recall | F1 |"
    yield "|---|---|---|---|"
    for row in rows:
        name = row.name if not row.rules else f"{row.name} ({len(row.rules)})"
        yield f"| {name} | {rate_cell(row.precision)} | {rate_cell(row.recall)} | {f1_cell(row)} |"


def rate_cell(rate: Interval | None) -> str:
    """``0.94 (0.88–0.97), n 120``; under twenty ``3 of 4``; with nothing a dash."""
    if rate is None:
        return "–"
    if not rate.enough:
        return f"{rate.count} of {rate.n}"
    return f"{rate.point:.3f} ({rate.low:.3f}–{rate.high:.3f}), n {rate.n}"


def f1_cell(row: Row) -> str:
    """``0.91 (0.80–0.96)`` or a dash."""
    f1 = row.f1
    return "–" if f1 is None else f"{f1.point:.3f} ({f1.low:.3f}–{f1.high:.3f})"


def _aligned(title: str, rows: Sequence[Row]) -> Iterator[str]:
    table = [(title, "precision", "recall", "F1")]
    for row in rows:
        name = row.name if not row.rules else f"{row.name} ({len(row.rules)})"
        table.append((name, rate_cell(row.precision), rate_cell(row.recall), f1_cell(row)))
    widths = [max(len(line[i]) for line in table) for i in range(4)]
    for line in table:
        yield "  ".join(
            cell.ljust(width) for cell, width in zip(line, widths, strict=True)
        ).rstrip()


def _silence(found: Accuracy) -> str:
    count = f"{found.silent} of {found.well_documented} well documented notes (no must label)"
    beside = f"; {found.silent_beside_may} when findings on a may are not counted"
    rate = found.silence
    share = f": {rate_cell(rate)}" if rate is not None and rate.enough else ""
    return f"{count} have no warning and no error{share}{beside}."


def _listed(listing: Listing) -> Iterator[str]:
    shown: dict[str, list[dict[str, Any]]] = {}
    for file, score in listing.scores:
        for kind, entry in _entries(file, score):
            shown.setdefault(kind, []).append(entry)
    for kind, title in (("miss", "Missed"), ("false alarm", "False alarms")):
        if kind not in shown:
            continue
        yield ""
        yield f"{title} ({len(shown[kind])})"
        for entry in shown[kind]:
            words = f"  “{entry['words']}”" if entry["words"] else ""
            yield f"  {entry['file']}  {entry['note_id']} {entry['at']}  {entry['rule']}{words}"
    if "unjudged" in shown:
        counts = Counter(entry["rule"] for entry in shown["unjudged"])
        yield ""
        yield f"Unjudged findings ({counts.total()}), in no number; json has their places"
        for rule, count in counts.most_common():
            yield f"  {rule} {count}"
    if listing.hidden:
        yield ""
        yield KEPT


def _entries(file: str, score: NoteScore) -> Iterator[tuple[str, dict[str, Any]]]:
    note = score.gold.note
    for label, severity in score.missed:
        yield "miss", {
            "file": file, "note_id": note.id, "rule": label.rule, "severity": severity,
            **as_place(note.text, label.start, label.end),
        }  # fmt: skip
    for kind, findings in (("false alarm", score.wrong), ("unjudged", score.unjudged)):
        for finding in findings:
            yield kind, {
                "file": file, "note_id": note.id, "rule": finding.name,
                "severity": finding.severity, **as_place(note.text, finding.start, finding.end),
            }  # fmt: skip
