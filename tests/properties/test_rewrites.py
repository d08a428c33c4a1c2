"""Never invent a clinical fact: the laws of ``rewrite`` (DESIGN §1.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from notelint.engine import Linter
from notelint.finding import Finding
from notelint.rulebook.pack import Pack
from notelint.suggest import fill

PLACEHOLDER = re.compile(r"\[[^\[\]]+\]")
WORD = re.compile(r"[^\W_]+(?:[-'’/.+][^\W_]+)*")
NO_REWRITE = {
    "time-units", "code-intent", "modifiers-edits", "authorship-delivery", "plan-certification",
    "consistency-hygiene",
}  # fmt: skip
CLAIMS = {
    "improved", "demonstrated", "tolerated", "instructed", "educated", "present", "attended",
    "supervised", "consented", "agreed", "necessary", "required", "independent", "safely",
    "one-on-one", "skilled", "decreased", "increased", "min", "minutes", "units",
}  # fmt: skip


def squeezed(words: str) -> str:
    return " ".join(words.split())


def rewrites(cases: list[Any]) -> Iterator[tuple[Any, Finding, str]]:
    for case in cases:
        for finding in case.findings:
            if finding.suggestion.rewrite:
                yield case, finding, finding.suggestion.rewrite


def test_rules_about_money_time_and_signatures_only_ask(pack: Pack) -> None:
    assert [r.name for r in pack.rules if r.rewrite and r.category in NO_REWRITE] == []
    assert sum(bool(r.rewrite) for r in pack.rules) >= 15


def test_no_connector_is_a_clinical_claim(pack: Pack) -> None:
    assert pack.connectors.isdisjoint(CLAIMS)


def test_a_rewrite_holds_no_word_that_is_neither_the_notes_nor_a_connector(
    cases: list[Any], pack: Pack
) -> None:
    tried = 0
    for case, finding, rewrite in rewrites(cases):
        written = [word.lower() for word in WORD.findall(case.note.text)]
        own = {part for word in written for part in (word, *word.split("/"))}
        for word in WORD.findall(PLACEHOLDER.sub(" ", rewrite)):
            assert word.lower() in own | pack.connectors, (case.where, finding.name, word)
            tried += 1
    assert tried > 1000


def test_every_word_number_and_mention_that_it_replaces_is_still_in_it(cases: list[Any]) -> None:
    tried = 0
    for case, finding, rewrite in rewrites(cases):
        start, end, text = finding.start, finding.end, case.note.text
        assert start is not None
        assert end is not None
        kept = squeezed(rewrite)
        reading = case.encounter.reading
        for part in (*reading.mentions_in(start, end), *reading.quantities_in(start, end)):
            if part.end <= end:
                assert squeezed(text[part.start : part.end]) in kept, (case.where, finding.name)
                tried += 1
        assert squeezed(text[start:end]) in kept, (case.where, finding.name)
    assert tried > 500


def test_what_is_not_known_stands_in_brackets_and_nothing_is_left_unfilled(
    cases: list[Any],
) -> None:
    for case, finding, rewrite in rewrites(cases):
        assert PLACEHOLDER.search(rewrite), (case.where, finding.name)
        assert "{" not in PLACEHOLDER.sub("", rewrite).replace(case.note.text, "")


def test_an_unfilled_placeholder_in_a_final_note_is_itself_a_finding(
    cases: list[Any], linter: Linter
) -> None:
    tried: dict[str, int] = {}
    for case, finding, rewrite in rewrites(cases):
        if tried.get(finding.name, 0) >= 3:
            continue
        text = case.note.text
        applied = text[: finding.start] + rewrite + text[finding.end :]
        result = linter.lint(replace(case.note, text=applied, status="final"))
        if result.left_alone:
            continue
        names = {f.name for f in result.findings}
        assert "template-residue" in names, (case.where, finding.name, rewrite)
        tried[finding.name] = tried.get(finding.name, 0) + 1
    assert len(tried) >= 15


@pytest.mark.parametrize("words", ["{match}", "{note}", "{0.__class__}", "%s", "\\1", "{}"])
def test_a_note_that_holds_template_signs_fills_nothing(words: str) -> None:
    fields = {"match": words, "note": "secret"}
    assert fill("“{match}”: [task] {other} {}", fields) == f"“{words}”: [task] {{other}} {{}}"
