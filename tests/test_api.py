"""``lint`` and ``lint_records``: what the command line, editors and the audit all call."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import notelint
from notelint import Finding, Note, Report, lint, lint_records
from notelint.errors import InputError
from notelint.settings import Settings

ROOT = Path(__file__).parents[1]
TEXT = "S: ok\r\nO: 😀 Balance activities performed x 15 min.\r\nP: Cont POC."


def test_a_report_has_findings_what_was_not_applied_and_a_summary() -> None:
    report = lint(TEXT)
    assert isinstance(report, Report)
    finding = next(f for f in report.findings if f.code == "GEN101")
    assert isinstance(finding, Finding)
    assert TEXT[finding.start : finding.end] == "Balance activities performed"
    assert (finding.line, finding.column) == (2, 6)
    assert report.problems == ()
    assert {n.reason for n in report.not_applied} >= {"no charges", "no units"}
    assert report.summary["notes"] == 1
    assert "no evidence" in report.summary["disclaimer"]


def test_facts_decide_which_rules_apply() -> None:
    reasons = {n.rule: n.reason for n in lint(TEXT).not_applied}
    charged = lint(TEXT, note_type="daily", charges=[{"code": "97530", "units": 2, "minutes": 30}])
    assert set(reasons) - {n.rule for n in charged.not_applied}
    assert any(f.code.startswith("COD") for f in charged.findings)
    assert lint(TEXT, payer="medicare_b", note_type="daily").findings != lint(TEXT).findings


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"payer": "medicare"}, "medicare_b"),
        ({"note_type": "dayly"}, "daily"),
        ({"setting": "outpatent"}, "outpatient"),
        ({"charges": [{"code": "97530", "units": "two"}]}, "units"),
        ({"date_of_service": "yesterday"}, "date_of_service"),
    ],
)
def test_a_fact_that_is_not_of_its_vocabulary_is_refused(facts: dict[str, str], said: str) -> None:
    with pytest.raises(InputError) as caught:
        lint("Zebulon did STS x10.", **facts)  # type: ignore[arg-type]
    assert said in str(caught.value)
    assert "Zebulon" not in str(caught.value)


def test_settings_choose_the_rules() -> None:
    only = lint(TEXT, config=Settings(select=("GEN101",)))
    assert [f.code for f in only.findings] == ["GEN101"]
    assert only.summary["rules"] == 1
    assert lint(TEXT, config=Settings(ignore=("ALL",))).findings == ()


def test_records_stream_a_report_a_note_and_last_one_for_the_run() -> None:
    records = [
        {"id": "a", "text": TEXT},
        {"id": "b", "text": TEXT, "payer": "nobody"},
        Note("Rested.", id="c"),
    ]
    a, b, c, run = lint_records(records)
    assert {f.note_id for f in a.findings} == {"a"}
    assert "payer is 'nobody'" in b.problems[0].what
    assert c.findings == ()
    assert run.summary["notes"] == 2
    assert run.not_applied


def test_a_stream_is_read_as_it_is_asked_for() -> None:
    taken = []

    def records():  # type: ignore[no-untyped-def]
        for number in range(3):
            taken.append(number)
            yield {"id": str(number), "text": TEXT}

    reports = lint_records(records())
    next(reports)
    assert taken == [0]


def test_the_wire_form_is_json_and_names_its_version() -> None:
    told = json.loads(json.dumps(lint(TEXT).as_dict()))
    assert told["schema_version"] == "1.0"
    assert set(told) == {"schema_version", "findings", "not_applied", "problems", "summary"}
    (finding,) = [f for f in told["findings"] if f["code"] == "GEN101"]
    assert finding["url"] == "notelint:rule/generic-activity-phrase"
    assert finding["places"][0]["role"] == "main"
    assert (finding["start"], finding["end"]) == (
        finding["places"][0]["start"],
        finding["places"][0]["end"],
    )


def test_importing_the_package_costs_nothing_and_unknown_names_are_errors() -> None:
    code = "import sys, notelint; print(sorted(m for m in sys.modules if m.startswith('notelint')))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "['notelint']"
    assert set(notelint.__all__) >= {"lint", "lint_records", "Note", "Finding", "Report"}
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = notelint.no_such_name
