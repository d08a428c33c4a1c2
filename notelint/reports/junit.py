"""JUnit XML for build servers: a suite a file, a case a finding. No note text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO
from xml.etree.ElementTree import Element, SubElement, tostring

from notelint.finding import Finding, Problem
from notelint.note import Note
from notelint.reports.entry import Entry, ReportOptions
from notelint.reports.locate import region_of
from notelint.reports.style import visible


def write(entries: Iterable[Entry], out: TextIO, options: ReportOptions) -> None:
    """Writes suites in the order of their files; one passing case where there is nothing."""
    suites: dict[str, list[Element]] = {}
    for entry in entries:
        for problem in entry.report.problems:
            if problem.fatal:
                suites.setdefault(problem.file, []).append(_error(problem))
        for finding in options.leads(entry.report):
            suites.setdefault(finding.file, []).append(_failure(finding, entry.note))
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="notelint">\n')
    for suite in _suites(suites):
        out.write(tostring(suite, encoding="unicode") + "\n")
    out.write("</testsuites>\n")


def _suites(found: dict[str, list[Element]]) -> Iterator[Element]:
    if not found:
        suite = Element("testsuite", name="notelint", tests="1", failures="0", errors="0")
        SubElement(suite, "testcase", name="no findings", classname="org.notelint")
        yield suite
    for file, cases in found.items():
        errors = sum(case.find("error") is not None for case in cases)
        suite = Element(
            "testsuite", name=visible(file), tests=str(len(cases)),
            failures=str(len(cases) - errors), errors=str(errors),
        )  # fmt: skip
        suite.extend(cases)
        yield suite


def _failure(finding: Finding, note: Note | None) -> Element:
    case = Element("testcase", name=f"org.notelint.{finding.code}", classname=visible(finding.file))
    region = region_of(finding, note)
    where = ""
    if region is not None:
        case.set("line", str(region.line))
        case.set("column", str(region.column))
        where = f"line {region.line}, col {region.column}, "
    failure = SubElement(
        case, "failure", message=f"{finding.code} {finding.name}", type=finding.severity
    )
    failure.text = f"{where}{finding.summary}"
    return case


def _error(problem: Problem) -> Element:
    case = Element("testcase", name="org.notelint.input", classname=visible(problem.file))
    error = SubElement(case, "error", message=visible(problem.what), type="input")
    error.text = visible(str(problem))
    return case
