"""SARIF 2.1.0, as code scanning reads it. It leaves the machine, so it holds no note text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TextIO

from notelint.finding import Finding, Problem
from notelint.note import Note
from notelint.reports.entry import Entry, ReportOptions
from notelint.reports.locate import Region, region_of, relative_uri, row_of
from notelint.rulebook.rule import Rule

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
LEVELS = {"error": "error", "warning": "warning", "info": "note", "off": "none"}


def write(entries: Iterable[Entry], out: TextIO, options: ReportOptions) -> None:
    """Writes one run. Leads only; suppressed ones with their suppression."""
    index = {rule.name: at for at, rule in enumerate(options.rules)}
    problems: list[Problem] = []
    summary: Mapping[str, Any] = {}
    head = {"$schema": SCHEMA, "version": "2.1.0"}
    out.write(json.dumps(head)[:-1] + ', "runs": [{"results": [')
    lead = "\n  "
    for entry in entries:
        for result in _results(entry, options, index):
            out.write(lead + json.dumps(result))
            lead = ",\n  "
        problems += entry.report.problems
        summary = entry.report.summary or summary
    run = {
        "tool": {"driver": _driver(options, summary)},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not any(problem.fatal for problem in problems),
                "toolExecutionNotifications": [_notification(p, options) for p in problems],
            }
        ],
        "properties": {"notApplied": summary.get("rules_not_applied", 0)},
    }
    out.write("\n],\n" + json.dumps(run, indent=1)[2:-2] + "\n}]}\n")


def _driver(options: ReportOptions, summary: Mapping[str, Any]) -> dict[str, Any]:
    version = str(summary.get("version", options.version))
    return {
        "name": "notelint",
        "version": version,
        "semanticVersion": version,
        "informationUri": options.home,
        "rules": [_rule(rule, options) for rule in options.rules],
    }


def _rule(rule: Rule, options: ReportOptions) -> dict[str, Any]:
    severity = rule.severity[-1].severity if rule.severity else "warning"
    help_text = f"{rule.summary} {rule.ask}".strip()
    authority = "".join(f"\n- {source}" for source in rule.authority)
    return {
        "id": rule.code,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.why or rule.summary},
        "help": {
            "text": help_text,
            "markdown": f"**{rule.name}**: {rule.summary}\n\n{rule.ask}\n{authority}".strip(),
        },
        "helpUri": options.page(rule.name),
        "defaultConfiguration": {"level": LEVELS[severity], "enabled": severity != "off"},
        "properties": {
            "tags": [rule.category, rule.rule_class],
            "problem.severity": {"error": "error", "warning": "warning"}.get(
                severity, "recommendation"
            ),
        },
    }


def _results(
    entry: Entry, options: ReportOptions, index: Mapping[str, int]
) -> Iterator[dict[str, Any]]:
    for finding in entry.report.findings:
        if finding.suppressed is None and not options.shows(finding):
            continue
        result: dict[str, Any] = {
            "ruleId": finding.code,
            "level": LEVELS[finding.severity],
            "message": {"text": finding.summary},
            "locations": [_location(finding, entry.note, options)],
            "partialFingerprints": {"notelint/v1": finding.fingerprint or finding.code},
            "properties": {"class": finding.rule_class, "scope": finding.scope},
        }
        if finding.name in index:
            result["ruleIndex"] = index[finding.name]
        related = list(_related(finding, entry.note, options))
        if related:
            result["relatedLocations"] = related
        if finding.suppressed is not None:
            kind = "inSource" if finding.suppressed.by == "directive" else "external"
            result["suppressions"] = [{"kind": kind, "justification": finding.suppressed.by}]
        yield result


def _location(finding: Finding, note: Note | None, options: ReportOptions) -> dict[str, Any]:
    physical: dict[str, Any] = {
        "artifactLocation": {"uri": relative_uri(finding.file or "<text>", options.root)}
    }
    region = region_of(finding, note)
    if region is not None:
        physical["region"] = _region(region)
    elif line := row_of(finding, note):
        physical["region"] = {"startLine": line}
    return {"physicalLocation": physical}


def _related(
    finding: Finding, note: Note | None, options: ReportOptions
) -> Iterator[dict[str, Any]]:
    for place in finding.places[1:]:
        region = region_of(finding, note, place)
        if region is not None and place.note_id in ("", finding.note_id):
            location = _location(finding, note, options)
            location["physicalLocation"]["region"] = _region(region)
            location["message"] = {"text": "Read together with this."}
            yield location


def _region(region: Region) -> dict[str, int]:
    return {
        "startLine": region.line,
        "startColumn": region.column,
        "endLine": region.end_line,
        "endColumn": region.end_column,
    }


def _notification(problem: Problem, options: ReportOptions) -> dict[str, Any]:
    found: dict[str, Any] = {
        "level": "error" if problem.fatal else "warning",
        "message": {"text": f"{problem.what} {problem.remedy}".strip()},
    }
    if problem.file:
        physical: dict[str, Any] = {
            "artifactLocation": {"uri": relative_uri(problem.file, options.root)}
        }
        if problem.line:
            physical["region"] = {"startLine": problem.line}
        found["locations"] = [{"physicalLocation": physical}]
    return found
