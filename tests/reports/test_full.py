from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from notelint.finding import Report, Severity
from notelint.reports import Entry
from notelint.reports.style import wants_color

Write = Callable[..., str]


def test_a_finding_shows_place_words_reason_question_and_companions(
    entries: list[Entry], written: Write
) -> None:
    text = written("full", entries)
    assert (
        "notes/knee.txt:2:7  warning  GEN101 generic-activity-phrase  [note n1]\n"
        "  “Balance activities” does not say which activity was done.\n"
        "  2 │ O:  日本 Balance activities performed x 15 min.\n"
        "    │          ^^^^^^^^^^^^^^^^^^\n"
        "   = why: A reviewer cannot see what was done.\n"
        "   = ask: Which activity, with what help, for what task?\n"
        "   = rewrite: [specific activity] Balance activities\n"
        "   = authority: CMS (verified)\n"
        "   = also: TIM104 no-minutes (warning)\n"
    ) in text


def test_a_finding_about_the_whole_note_has_no_frame(entries: list[Entry], written: Write) -> None:
    text = written("full", entries)
    block = text[text.index("POC103") :].partition("\n\n")[0]
    assert "[note n1, the whole note]" in block
    assert "│" not in block


def test_what_is_hidden_and_suppressed_is_counted(entries: list[Entry], written: Write) -> None:
    text = written("full", entries)
    assert "less pain" not in text
    assert "1 more at info (--min-severity info shows them)." in text
    assert "1 finding suppressed" in text


def test_the_summary_names_findings_rules_notes_and_what_did_not_run(
    entries: list[Entry], written: Write
) -> None:
    text = " ".join(written("full", entries).split())
    assert (
        "3 findings (1 error, 1 warning, 1 info) in 1 of 2 notes from 71 rules; "
        "1 rule not applied (1: no charges); 1 rule not applied on some notes."
    ) in text
    assert "Config: notelint.toml; settings abc123abc123." in text
    assert "Silence is no evidence of compliance." in text


def test_a_run_without_findings_is_never_called_clean(entries: list[Entry], written: Write) -> None:
    text = written("full", entries[1:2] + entries[3:])
    assert text.startswith("No findings from 71 rules on 2 notes; ")
    assert not re.search(r"\b(clean|passed|compliant)\b", text)


def test_a_note_shows_its_eight_gravest_leads_and_counts_the_rest(
    entries: list[Entry], written: Write
) -> None:
    note = entries[0].note
    assert note is not None
    lead = entries[0].report.findings[0]
    severities: list[Severity] = [*["warning"] * 9, *["error"] * 3]  # type: ignore[list-item]
    many = tuple(replace(lead, group=n, severity=s) for n, s in enumerate(severities))
    text = written("full", [Entry(Report(many), note), *entries[3:]])
    assert text.count("  error  GEN101") == 3
    assert text.count("  warning  GEN101") == 5
    assert "4 more findings in n1." in text


def test_statistics_replace_the_findings(entries: list[Entry], written: Write) -> None:
    text = written("full", entries, statistics=True)
    assert "     1  warning  GEN101  generic-activity-phrase\n" in text
    assert "│" not in text


@pytest.mark.parametrize("chosen", ["full", "concise", "grouped"])
def test_colour_adds_codes_and_no_words(chosen: str, entries: list[Entry], written: Write) -> None:
    plain = written(chosen, entries, width=400)
    colored = written(chosen, entries, width=400, color=True)
    assert "\x1b[" in colored
    assert re.sub(r"\x1b\[[\d;]*m", "", colored) == plain


def test_no_color_wins_over_force_color(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal:
        def isatty(self) -> bool:
            return True

    out = Terminal()
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    assert wants_color(out)  # type: ignore[arg-type]
    monkeypatch.setenv("TERM", "dumb")
    assert not wants_color(out)  # type: ignore[arg-type]
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert wants_color(out)  # type: ignore[arg-type]
    monkeypatch.setenv("NO_COLOR", "1")
    assert not wants_color(out)  # type: ignore[arg-type]
    assert wants_color(out, "always")  # type: ignore[arg-type]
