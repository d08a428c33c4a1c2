"""The wire formats: JSON and JSON lines, and the schema that documents them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from notelint.finding import SCHEMA_VERSION
from notelint.reports import Entry

Write = Callable[..., str]
ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs/schema/report.schema.json").read_text("utf-8"))


def test_json_is_one_object_that_its_schema_admits(entries: list[Entry], written: Write) -> None:
    data = json.loads(written("json", entries))
    Draft202012Validator(SCHEMA).validate(data)
    assert [f["code"] for f in data["findings"]] == [
        "GEN101", "TIM104", "GEN101", "POC103", "GEN101",
    ]  # fmt: skip
    assert data["problems"][0]["file"] == "notes/bad.csv"


def test_the_schema_refuses_a_field_that_nobody_documented(
    entries: list[Entry], written: Write
) -> None:
    data = json.loads(written("json", entries))
    data["findings"][0]["surprise"] = 1
    assert not Draft202012Validator(SCHEMA).is_valid(data)


def test_the_schema_has_the_version_that_is_written() -> None:
    assert SCHEMA["properties"]["schema_version"]["const"] == SCHEMA_VERSION
    page = (ROOT / "docs/wire-schema.md").read_text("utf-8")
    assert f"Version {SCHEMA_VERSION}" in page


def test_every_field_of_a_finding_is_explained_on_the_page() -> None:
    page = (ROOT / "docs/wire-schema.md").read_text("utf-8")
    for field in SCHEMA["$defs"]["finding"]["properties"]:
        assert f"`{field}`" in page, field


def test_jsonl_is_a_finding_a_line_and_the_summary_last(
    entries: list[Entry], written: Write
) -> None:
    lines = [json.loads(line) for line in written("jsonl", entries).splitlines()]
    whole = json.loads(written("json", entries))
    assert lines[:-1] == whole["findings"]
    assert lines[-1] == {key: whole[key] for key in whole if key != "findings"}


def test_suppressed_findings_stay_with_their_reason(entries: list[Entry], written: Write) -> None:
    findings = json.loads(written("json", entries))["findings"]
    assert findings[-1]["suppressed"] == {
        "by": "sidecar", "reason": "known", "who": "RS", "when": "2026-01-02",
    }  # fmt: skip


@pytest.mark.parametrize("chosen", ["json", "jsonl"])
def test_min_severity_narrows_machine_formats_when_it_is_asked_for(
    chosen: str, entries: list[Entry], written: Write
) -> None:
    assert '"severity": "warning"' in written(chosen, entries)
    narrow = written(chosen, entries, min_severity="error")
    assert narrow.count('"places"') == 1


def test_an_empty_run_is_still_one_valid_object(entries: list[Entry], written: Write) -> None:
    data = json.loads(written("json", entries[3:]))
    Draft202012Validator(SCHEMA).validate(data)
    assert data["findings"] == []
