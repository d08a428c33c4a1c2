from __future__ import annotations

from typing import Any

import pytest

from notelint.finding import Finding, Place, Problem, Report, Suggestion, Suppression
from notelint.gate import Gate
from notelint.note import Note
from notelint.reports.entry import Entry

NOTE = Note("O: Gait.")


def finding(severity: str, rule_class: str = "judgement", **changes: Any) -> Finding:
    return Finding(
        changes.pop("code", "GEN101"), "x", severity, rule_class, "words", "", "",  # type: ignore[arg-type]
        (Place("main", "text", 0, 1),), Suggestion(""), **changes,
    )  # fmt: skip


def after(gate: Gate, *findings: Finding, problem: Problem | None = None) -> Gate:
    entries = [
        Entry(Report(findings, problems=(problem,) if problem else ()), NOTE, "daily"),
        Entry(Report(summary={"notes": 1})),
    ]
    assert list(gate.watch(entries, {"x": 1}))[-1].report.summary["x"] == 1
    return gate


ANSWERED = Suppression("sidecar", "x")


@pytest.mark.parametrize(
    ("fail_on", "fail_on_class", "findings", "status"),
    [
        ("warning", "all", [], 0),
        ("warning", "all", [finding("info")], 0),
        ("warning", "all", [finding("warning")], 1),
        ("error", "all", [finding("warning")], 0),
        ("info", "all", [finding("info")], 1),
        ("never", "all", [finding("error")], 0),
        ("warning", "explicit", [finding("warning")], 0),
        ("warning", "explicit", [finding("warning", "explicit")], 1),
        ("warning", "all", [finding("error", suppressed=ANSWERED)], 0),
    ],
)
def test_the_status_follows_severity_class_and_suppression(
    fail_on: str, fail_on_class: str, findings: list[Finding], status: int
) -> None:
    assert after(Gate(fail_on, fail_on_class), *findings).status == status


def test_an_explicit_finding_cannot_hide_behind_the_judgement_that_leads_it() -> None:
    group = (
        finding("warning", group=1),
        finding("error", "explicit", group=1, lead=False),
    )
    gate = after(Gate("warning", "explicit"), *group)
    assert (gate.status, gate.failing) == (1, 1)


def test_a_group_counts_once() -> None:
    gate = after(
        Gate(), finding("error", group=1), finding("error", group=1, lead=False), finding("error")
    )
    assert gate.failing == 2
    assert gate.summary()["findings"] == {"error": 2, "warning": 0, "info": 0}


def test_unfinished_input_wins_over_findings_and_exit_zero() -> None:
    problem = Problem("the file ends too early.")
    assert after(Gate(), finding("error"), problem=problem).status == 2
    assert after(Gate(exit_zero=True), finding("error"), problem=problem).status == 2
    assert after(Gate(exit_zero=True), finding("error")).status == 0
    mild = Problem("the field 'x' is not used.", fatal=False)
    assert after(Gate(), problem=mild).status == 0


def test_statistics_count_leads_most_frequent_first() -> None:
    gate = after(
        Gate(),
        finding("warning"),
        finding("error", code="TIM104"),
        finding("error", code="TIM104"),
        finding("error", code="MOD101", lead=False, group=3),
    )
    assert [(row["code"], row["count"]) for row in gate.summary()["statistics"]] == [
        ("TIM104", 2),
        ("GEN101", 1),
    ]
    assert gate.summary()["by_note_type"] == {"daily": 3}
