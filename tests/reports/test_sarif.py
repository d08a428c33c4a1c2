from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from notelint.finding import Place, Report
from notelint.reports import Entry
from notelint.reports.locate import relative_uri

Write = Callable[..., str]
SCHEMA = json.loads((Path(__file__).parent / "schemas/sarif-2.1.0.json").read_text("utf-8"))


def test_sarif_is_valid_against_the_schema_of_its_version(
    entries: list[Entry], written: Write
) -> None:
    data = json.loads(written("sarif", entries))
    Draft7Validator(SCHEMA).validate(data)
    broken = json.loads(written("sarif", entries))
    broken["runs"][0]["columnKind"] = "characters"
    assert not Draft7Validator(SCHEMA).is_valid(broken)


def test_results_have_places_fingerprints_and_suppressions(
    entries: list[Entry], written: Write
) -> None:
    (run,) = json.loads(written("sarif", entries))["runs"]
    first, whole, suppressed = run["results"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "notes/knee.txt"},
        "region": {"startLine": 2, "startColumn": 7, "endLine": 2, "endColumn": 25},
    }
    assert first["partialFingerprints"] == {"notelint/v1": "00112233aabbccdd"}
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == "GEN101"
    assert "region" not in whole["locations"][0]["physicalLocation"]
    assert suppressed["suppressions"][0]["kind"] == "external"


def test_unreadable_input_is_a_notification_and_an_unsuccessful_run(
    entries: list[Entry], written: Write
) -> None:
    (run,) = json.loads(written("sarif", entries))["runs"]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    (told,) = invocation["toolExecutionNotifications"]
    assert told["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "notes/bad.csv"
    (fine,) = json.loads(written("sarif", entries[:2] + entries[3:]))["runs"]
    assert fine["invocations"][0]["executionSuccessful"] is True


def test_evidence_becomes_related_locations(entries: list[Entry], written: Write) -> None:
    entry = entries[0]
    lead = entry.report.findings[0]
    place = Place("evidence", "text", 0, 2, note_id="n1")
    finding = replace(lead, places=(*lead.places, place))
    text = written("sarif", [replace(entry, report=Report((finding,))), *entries[3:]])
    (run,) = json.loads(text)["runs"]
    (related,) = run["results"][0]["relatedLocations"]
    assert related["physicalLocation"]["region"]["startLine"] == 1
    Draft7Validator(SCHEMA).validate(json.loads(text))


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("notes/knee.txt", "notes/knee.txt"),
        ("./notes/a b.txt", "notes/a%20b.txt"),
        ("notes/=HYPERLINK(..).txt", "notes/%3DHYPERLINK%28..%29.txt"),
        ("notes/é#1.txt", "notes/%C3%A9%231.txt"),
        ("<stdin>", "%3Cstdin%3E"),
        ("export.zip!in/a.txt", "export.zip!in/a.txt"),
    ],
)
def test_uris_are_relative_posix_paths_without_a_dot(file: str, uri: str) -> None:
    assert relative_uri(file, Path.cwd()) == uri
