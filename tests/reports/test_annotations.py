"""GitHub annotations, JUnit and rdjson: what build servers and reviewers read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from notelint.finding import Place, Report
from notelint.reports import Entry
from notelint.reports.github import command

Write = Callable[..., str]

_COMMAND = re.compile(r"::(?P<level>\w+) (?P<properties>[^:]*)::(?P<message>.*)")


def understood(line: str) -> tuple[str, dict[str, str], str]:
    """Reads a workflow command as the runner does."""
    found = _COMMAND.fullmatch(line)
    assert found, line

    def plain(text: str) -> str:
        for escape, character in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r")):
            text = text.replace(escape, character)
        return text.replace("%25", "%")

    pairs = (pair.partition("=") for pair in found["properties"].split(","))
    return found["level"], {key: plain(value) for key, _, value in pairs}, plain(found["message"])


def test_github_writes_one_command_a_lead_and_a_problem(
    entries: list[Entry], written: Write
) -> None:
    lines = [understood(line) for line in written("github", entries).splitlines()]
    level, properties, message = lines[0]
    assert (level, message) == (
        "warning",
        "GEN101 generic-activity-phrase: An activity is named without task, help or purpose.",
    )
    assert properties == {
        "title": "notelint (GEN101)", "file": "notes/knee.txt", "line": "2", "col": "7",
        "endColumn": "25", "endLine": "2",
    }  # fmt: skip
    assert [line[0] for line in lines] == ["warning", "error", "error"]


def test_columns_are_left_out_where_a_finding_spans_lines(
    entries: list[Entry], written: Write
) -> None:
    entry = entries[0]
    finding = replace(
        entry.report.findings[0], places=(Place("main", "text", 0, 60, note_id="n1"),)
    )
    text = written("github", [replace(entry, report=Report((finding,))), *entries[3:]])
    _, properties, _ = understood(text.splitlines()[0])
    assert "col" not in properties
    assert properties["endLine"] == "2"


@pytest.mark.parametrize("text", ["50% of: a,b\r\nnext", "%0A", "::error::x"])
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    line = command("error", {"file": text, "line": 3}, text)
    assert line.endswith("\n")
    assert "\n" not in line[:-1]
    level, properties, message = understood(line[:-1])
    assert (level, properties["file"], message) == ("error", text, text)


def test_junit_is_read_by_a_junit_parser(
    entries: list[Entry], written: Write, tmp_path: Path
) -> None:
    junitparser = pytest.importorskip("junitparser")
    path = tmp_path / "report.xml"
    path.write_text(written("junit", entries), "utf-8")
    suites = {suite.name: suite for suite in junitparser.JUnitXml.fromfile(str(path))}
    assert suites["notes/knee.txt"].failures == 2
    assert suites["notes/bad.csv"].errors == 1
    case = next(iter(suites["notes/knee.txt"]))
    assert case.result[0].type == "warning"
    assert "line 2, col 7" in case.result[0].text


def test_junit_has_one_passing_case_when_there_is_nothing(
    entries: list[Entry], written: Write
) -> None:
    text = written("junit", entries[1:2] + entries[3:])
    assert 'tests="1" failures="0"' in text
    assert text.count("<testcase") == 1


def test_rdjson_counts_columns_in_bytes(entries: list[Entry], written: Write) -> None:
    first = json.loads(written("rdjson", entries))["diagnostics"][0]
    line = "O:\t日本 Balance activities performed x 15 min."
    start = len(line[: line.index("Balance")].encode()) + 1
    assert first["location"] == {
        "path": "notes/knee.txt",
        "range": {
            "start": {"line": 2, "column": start},
            "end": {"line": 2, "column": start + len("Balance activities")},
        },
    }
    assert first["severity"] == "WARNING"
    assert first["code"]["value"] == "GEN101"
