"""Notes and findings made by hand, so that reports are tested without an engine."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from notelint.finding import Finding, NotApplied, Place, Problem, Report, Suggestion, Suppression
from notelint.gate import Gate
from notelint.note import Charge, Note
from notelint.placing import placed
from notelint.reports import Entry, ReportOptions, writer
from notelint.rulebook.rule import Authority, Rule, SeverityCase
from notelint.source import SourceMap

TEXT = (
    "S: Pt 👩‍⚕️ reports less pain.\r\n"
    "O:\t日本 Balance activities performed x 15 min.\r\n"
    "P: Cont POC.\r\n"
)

RULE = Rule(
    "GEN101", "generic-activity-phrase", "vague-statement", "judgement",
    "An activity is named without task, help or purpose.", "{match} says little.",
    "Which activity, with what help, for what task?", (SeverityCase({}, "warning"),), None,
    authority=(Authority("CMS Pub. 100-02", "ch. 15 §220.3", "verified"),),
    why="A reviewer cannot see what was done.",
)  # fmt: skip

SUMMARY: dict[str, Any] = {
    "notes": 2, "left_alone": 0, "rules": 71, "rules_not_applied": 2, "pack": "1",
    "pack_hash": "0123456789abcdef", "as_of": "2026-01-01",
    "disclaimer": "Silence is no evidence of compliance.",
}  # fmt: skip


def note_of(text: str = TEXT, file: str = "notes/knee.txt", id: str = "n1") -> Note:
    return Note(text, id=id, source=SourceMap.identity(file, text), charges=(Charge("97530", 2),))


def about(note: Note, words: str, **changes: Any) -> Finding:
    """A finding about words of a note, placed as the engine places it."""
    start = note.text.index(words)
    finding = Finding(
        RULE.code, RULE.name, "warning", "judgement", "words", RULE.summary,
        f"“{words}” does not say which activity was done.",
        (Place("main", "text", start, start + len(words), note_id=note.id),),
        Suggestion(RULE.ask, f"[specific activity] {words}"), ("CMS (verified)",),
        "https://example.org/rules/generic-activity-phrase/", section="objective",
        fingerprint="00112233aabbccdd",
    )  # fmt: skip
    return placed(replace(finding, **changes), note)


def of_note(note: Note, **changes: Any) -> Finding:
    """A finding about a note as a whole."""
    finding = Finding(
        "POC103", "no-plan", "error", "explicit", "note", "There is no plan.",
        "No plan was found in this text.", (Place("main", "text", note_id=note.id),),
        Suggestion("What is planned next?"),
    )  # fmt: skip
    return placed(replace(finding, **changes), note)


@pytest.fixture
def note() -> Note:
    return note_of()


@pytest.fixture
def entries(note: Note) -> list[Entry]:
    """A run of two notes: a group of two, a note finding, an info, a suppressed one, a problem."""
    other = note_of("O: Gait training.", "notes/gait.txt", "n2")
    findings = (
        about(note, "Balance activities", group=1),
        about(note, "Balance", code="TIM104", name="no-minutes", group=1, lead=False),
        about(note, "Cont POC", severity="info"),
        of_note(note),
        about(note, "less pain", suppressed=Suppression("sidecar", "known", "RS", "2026-01-02")),
    )
    problem = Problem("the file ends too early.", "notes/bad.csv", 7, remedy="Export it again.")
    return [
        Entry(Report(findings), note, "daily"),
        Entry(Report(), other, "daily"),
        Entry(Report(problems=(problem,))),
        Entry(
            Report(
                (), (NotApplied("a", "no charges", 2), NotApplied("b", "no units", 1)), (), SUMMARY
            )
        ),
    ]


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., str]:
    """Writes entries in a format and returns the text."""

    def write(chosen: str, entries: Iterable[Entry], **choices: Any) -> str:
        out = io.StringIO()
        choices.setdefault("min_severity", "info" if chosen in ("json", "jsonl") else "warning")
        options = ReportOptions.for_rules((RULE,), root=Path.cwd(), version="0.1.0", **choices)
        extra = {"config": ["notelint.toml"], "settings_hash": "abc123abc123", "version": "0.1.0"}
        writer(chosen).write(Gate().watch(entries, extra), out, options)
        return out.getvalue()

    return write
