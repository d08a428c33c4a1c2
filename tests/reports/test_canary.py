"""Words planted in a note must not be found in anything that leaves the machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from notelint.finding import Place, Report, Suggestion, Suppression
from notelint.reports import HUMAN, OFF_SITE, Entry

Write = Callable[..., str]
CANARY = "Zyxwvut"


def planted(entries: list[Entry]) -> list[Entry]:
    """The same run with the canary in every part of a finding that may quote its note."""
    first = entries[0]
    findings = [
        replace(
            finding,
            message=f"“{CANARY}” says little.",
            suggestion=Suggestion(f"What is {CANARY}?", f"[activity] {CANARY}"),
            section=CANARY,
            places=(*finding.places, Place("evidence", "text", 0, 2, CANARY, "n1")),
            evidence={"match": CANARY},
            suppressed=Suppression("sidecar", f"{CANARY} is fine") if finding.suppressed else None,
        )
        for finding in first.report.findings
    ]
    assert first.note is not None
    note = replace(first.note, text=first.note.text + CANARY)
    return [replace(first, note=note, report=Report(tuple(findings))), *entries[1:]]


@pytest.mark.parametrize("chosen", sorted(OFF_SITE))
def test_off_site_formats_never_carry_note_text(
    chosen: str, entries: list[Entry], written: Write
) -> None:
    assert CANARY not in written(chosen, planted(entries), min_severity="info")


def test_the_redacted_page_carries_none_either(entries: list[Entry], written: Write) -> None:
    assert CANARY not in written("html", planted(entries), min_severity="info", redact=True)


@pytest.mark.parametrize("chosen", [*sorted(HUMAN), "json", "jsonl", "html"])
def test_the_canary_is_seen_where_text_belongs(
    chosen: str, entries: list[Entry], written: Write
) -> None:
    assert CANARY in written(chosen, planted(entries), min_severity="info")
