"""Never steer: no band of minutes, no next unit, no better code, no number of its own (DESIGN §1.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from notelint.rulebook.pack import Pack

STEERS = re.compile(
    r"\d+\s*(?:-|–|to)\s*\d+\s*(?:min|minutes|units?)\b"
    r"|\d+\s+(?:more|additional|extra|further)\s+(?:min|minutes|units?)"
    r"|\b(?:needs?|requires?|at least|short of|reach(?:es)?)\s+\d+\s*(?:more\s+)?(?:min|minutes)\b"
    r"|\b(?:next|another|additional|extra) unit\b|\bmore (?:minutes|units)\b"
    r"|\b(?:could|can|may) (?:be )?bill|\bup-?cod|\bmaximi[sz]|\bhigher[- ]paying|\bbetter[- ]paid"
    r"|\bdocument (?:an )?improvement|\bshow (?:more )?(?:progress|improvement)",
    re.IGNORECASE,
)
CODE = re.compile(r"\b(?:9[27]\d{3}|96125|95992|G0283|G0515)\b")


def said(cases: list[Any]) -> Iterator[tuple[Any, Any, str]]:
    for case in cases:
        for finding in case.findings:
            yield case, finding, f"{finding.message} {finding.suggestion.ask}"


def test_no_text_of_a_rule_steers(pack: Pack) -> None:
    for rule in pack.rules:
        for text in (rule.summary, rule.message, rule.ask, rule.why, rule.rewrite or ""):
            assert not STEERS.search(text), (rule.name, STEERS.search(text))


def test_no_message_steers_but_in_the_notes_own_words(cases: list[Any]) -> None:
    for case, finding, words in said(cases):
        for match in STEERS.finditer(words):
            own = " ".join(case.note.text.split())
            assert match.group() in own, (case.where, finding.name, match.group())


def test_no_question_names_a_code_that_is_neither_billed_nor_written_nor_on_the_closed_list(
    cases: list[Any], pack: Pack
) -> None:
    listed = {
        code
        for row in pack.data["code_questions"]["questions"]
        for code in row["others"]
        if code.isdigit()
    }
    named = 0
    for case, finding, words in said(cases):
        own = set(CODE.findall(case.note.text.upper())) | {c.code for c in case.note.charges}
        own |= {t.code for t in case.encounter.times} | set(case.encounter.code_minutes)
        for code in CODE.findall(words):
            named += 1
            assert code in own | listed, (case.where, finding.name, code)
    assert named > 20


@pytest.mark.parametrize("names", [("97530", "97110"), ("97112", "97110"), ("97116", "97110")])
def test_the_closed_list_asks_from_the_dearer_code_to_the_plainer_and_never_back(
    names: tuple[str, str], pack: Pack
) -> None:
    billed, other = names
    pairs = {
        (row["code"], code)
        for row in pack.data["code_questions"]["questions"]
        for code in row["others"]
    }
    assert (billed, other) in pairs
    assert (other, billed) not in pairs
    assert not any((b, a) in pairs for a, b in pairs)


def test_an_ask_is_a_question_and_every_finding_has_one(cases: list[Any]) -> None:
    for case, finding, _ in said(cases):
        ask = finding.suggestion.ask
        assert ask.rstrip().endswith("?"), (case.where, finding.name, ask)
        assert "{" not in ask.replace(case.note.text, ""), (finding.name, ask)
        assert "!" not in ask
