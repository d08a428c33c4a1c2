"""What the first working notelint had to do, as it was asked for."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from notelint import lint
from notelint.engine import Linter
from notelint.finding import SEVERITY_RANK, Finding
from notelint.readers.native import note_from_record
from notelint.rulebook.pack import Pack

ROOT = Path(__file__).parents[1]
PHRASE = "generic-activity-phrase"
LINKAGE = "activity-without-functional-link"
FACTS = {"note_type": "snippet", "discipline": "PT"}
DISHES = (
    "TA (97530) 24 min - stood at counter, unloaded 14 items from dishwasher rack to shelf at "
    '54" then 60" w/ L UE, CGA for post lean on the high shelf'
)
EXERCISES = "SLR 3x10, SAQ 3x10, LAQ 3x10, heel raises 2x15, mini squats 2x10, step ups 2x10, "
EXERCISES += "bridges 3x10, clams 2x15, hip abd 3x10, TKE 3x12"


def found(text: str, **facts: Any) -> dict[str, Finding]:
    return {f.name: f for f in lint(text, **{**FACTS, **facts}).findings}


def severity(text: str, rule: str = LINKAGE) -> str | None:
    finding = found(text).get(rule)
    return finding.severity if finding else None


def check(text: str, *options: str) -> dict[str, Any]:
    """``printf … | notelint check -`` as it is typed."""
    done = subprocess.run(
        [sys.executable, "-m", "notelint", "check", "-", "--output-format", "json", *options],
        input=text, capture_output=True, text=True, timeout=60, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    return dict(json.loads(done.stdout))


def test_the_first_command_of_the_readme_runs_and_finds() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "notelint", "check", "corpora/samples", "--exit-zero", "--no-cache"],
        capture_output=True, text=True, timeout=60, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "GEN" in done.stdout
    assert "Traceback" not in done.stderr


def test_balance_activities_performed_is_underlined_exactly() -> None:
    line = "O: Balance activities performed x 15 min.\n"
    report = check(line, "--note-type", "snippet")
    (finding,) = [f for f in report["findings"] if f["name"] == PHRASE]
    assert line[finding["start"] : finding["end"]] == "Balance activities performed"


def test_the_same_line_with_its_detail_below_is_silent() -> None:
    text = (
        "O: Balance activities performed x 15 min:\n"
        "- tandem stance on foam 3x20s CGA for safe shower entry\n"
    )
    report = check(text, "--note-type", "snippet")
    assert PHRASE not in {f["name"] for f in report["findings"]}


def test_a_task_with_its_purpose_has_no_linkage_finding() -> None:
    text = (
        "patient practiced sit-to-stand × 10 repetitions to improve independence with toilet "
        "transfers"
    )
    assert not {PHRASE, LINKAGE} & set(found(text))


def test_balance_activities_alone_gets_the_phrase_and_the_linkage_finding() -> None:
    assert {PHRASE, LINKAGE} <= set(found("patient performed balance activities"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("To get off the toilet without help, pt did STS x10", None),
        ("STS x10, CGA\n  for toilet transfers", None),
        ("STS x10 to improve functional performance", "warning"),
        ("STS x10 to increase LE strength", "info"),
        ("Squats x10, CGA for post lean", "warning"),
        ("SLR 3x10 for HEP", "warning"),
    ],
)
def test_a_purpose_is_understood_and_not_searched_for(text: str, expected: str | None) -> None:
    assert severity(text) == expected


def test_one_purpose_above_ten_exercises_is_enough_for_all() -> None:
    items = "\n".join(f"- {item}" for item in EXERCISES.split(", "))
    assert severity(f"For stair descent at home:\n{items}") is None
    assert "exercise-list-without-purpose" not in found(f"For stair descent at home:\n{items}")


def test_dishes_at_two_heights_give_nothing() -> None:
    assert found(DISHES) == {}
    assert found(DISHES, note_type="unknown") == {}


def test_a_flowsheet_pointer_gives_one_lead_and_no_claim_about_minutes() -> None:
    report = lint("O: ther ex per flow sheet x 25'", **FACTS)
    leads = [f for f in report.findings if f.lead and f.severity != "info"]
    assert [f.name for f in leads] == ["as-above-reference"]
    assert not [f for f in report.findings if f.code.startswith("TIM") and f.severity != "info"]
    for finding in report.findings:
        said = f"{finding.message} {finding.suggestion.ask} {finding.suggestion.rewrite}"
        assert "25 min" not in said


def loud(findings: Iterable[Finding]) -> list[Finding]:
    return [f for f in findings if SEVERITY_RANK[f.severity] >= SEVERITY_RANK["warning"]]


def test_a_poor_daily_note_has_few_leads_and_a_good_one_none(linter: Linter) -> None:
    """Over ``corpora/train``: poor is a note with a label that must be found."""
    poor, good = [], []
    for path in sorted((ROOT / "corpora/train").glob("*_daily.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            record = json.loads(line)
            labels = record.pop("labels")
            record = {k: v for k, v in record.items() if k not in ("judged", "voice")}
            findings = linter.lint(note_from_record(record, source=None, where="train")).findings
            leads = sum(f.lead for f in loud(findings))
            musts = [label for label in labels if label["verdict"] == "must"]
            (poor if len(musts) >= 2 else good if not musts else []).append(leads)
    assert len(poor) >= 20
    assert len(good) >= 20
    assert statistics.median(poor) <= 4
    assert statistics.median(good) == 0
    assert sum(leads == 0 for leads in good) >= 0.9 * len(good)


NOT_THERAPY = {
    "operative": "PREOPERATIVE DIAGNOSIS: Cataract. POSTOPERATIVE DIAGNOSIS: Same. ANESTHESIA: Local. "
    "ESTIMATED BLOOD LOSS: None. DESCRIPTION OF PROCEDURE: The eye was prepped and draped in the usual "
    "sterile fashion. " + "The lens was removed in pieces and the chamber was irrigated. " * 12,
    "radiology": "EXAM: CT of the abdomen with contrast. COMPARISON: None. INDICATION: Pain. FINDINGS: The "
    "liver and spleen are normal on axial images. Ultrasound of the gallbladder was reviewed. "
    + "No free fluid is seen. The bowel is of normal calibre. "
    * 14,
    "physician": "CHIEF COMPLAINT: Cough. HISTORY OF PRESENT ILLNESS: Three days of cough. REVIEW OF "
    "SYSTEMS: Negative. PAST MEDICAL HISTORY: Asthma. MEDICATIONS: Albuterol. ALLERGIES: None. PHYSICAL "
    "EXAMINATION: HEENT normal. LUNGS: Clear. HEART: Regular. ABDOMEN: Soft. PLAN: Refill albuterol. "
    + "The patient was advised to return if worse. "
    * 12,
}


@pytest.mark.parametrize("kind", NOT_THERAPY)
def test_a_note_that_is_no_rehab_note_is_left_alone(kind: str) -> None:
    report = lint(NOT_THERAPY[kind])
    assert loud(report.findings) == []
    assert report.summary["left_alone"] == 1


def test_all_rules_of_generic_language_and_of_goals_are_there(pack: Pack) -> None:
    counts = {
        prefix: sum(r.code.startswith(prefix) for r in pack.rules) for prefix in ("GEN", "GOL")
    }
    assert counts["GEN"] >= 12
    assert counts["GOL"] >= 10
