"""A rule file loads whole or is refused with file, line, column and the nearest valid name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from notelint.errors import RuleError
from notelint.rulebook.rulefile import packed_rule, rule_of
from notelint.rulebook.yamlfile import parse_yaml

Load = Callable[..., Any]
NAME = "rules/generic-language/GEN199-test-rule.yaml"


def test_a_rule_is_what_its_file_says(load: Load) -> None:
    rule, examples = load()
    assert (rule.code, rule.name, rule.category) == ("GEN199", "test-rule", "generic-language")
    assert rule.needs == {"charges"}
    assert rule.applies.note.never == {"eval"}
    assert rule.params.subject == "activity"
    assert str(rule.authority[0]) == "MBPM ch. 15 §220.3.E (verified)"
    assert [e["text"] for e in examples["bad"]] == ["one", "two"]


@pytest.mark.parametrize(
    ("change", "place", "what", "remedy"),
    [
        (("summary:", "sumary:"), "11:1", "unknown key 'sumary'", "Did you mean 'summary'?"),
        (("check: vague-statement", "check: vague-statment"), "3:1", "not a check kind",
         "Did you mean 'vague-statement'?"),
        (("needs: [charges]", "needs: [charge]"), "8:1", "'charge' is not a need",
         "Did you mean 'charges'?"),
        (("strictness: minimum", "strictnes: minimum"), "6:", "not a severity key",
         "Did you mean 'strictness'?"),
        (("payer: [va, auto]", "payer: [medicare_a]"), "6:", "'medicare_a' is not a value of 'payer'",
         "Did you mean 'medicare_b'?"),
        (("strictness: minimum", "strictness: minimal"), "6:", "not a value of 'strictness'",
         "Did you mean 'minimum'?"),
        (("is: info", "is: infos"), "6:", "'infos'", "Did you mean 'info'?"),
        (("{note: {not: [eval]}", "{notes: {not: [eval]}"), "9:", "unknown key 'notes'",
         "Did you mean 'note'?"),
        (("{not: [eval]}", "{not: [evall]}"), "9:", "'evall' is not a value of 'note'",
         "Did you mean 'eval'?"),
        (("{subject: activity}", "{subjct: activity}"), "10:", "unknown key 'subjct'",
         "Did you mean 'subject'?"),
        (("{subject: activity}", "{subject: activty}"), "10:", "'activty'",
         "Did you mean 'activity'?"),
        (("{subject: activity}", "{}"), "10:", "'subject' is missing", ""),
        (("class: judgement", "class: judgment"), "4:1", "'judgment'", "Did you mean 'judgement'?"),
        (("code: GEN199", "code: GEN99"), "1:1", "'GEN99' is not a rule code", "from 101"),
        (("code: GEN199", "code: XYZ101"), "1:1", "not a rule code", "GEN101"),
        (("name: test-rule", "name: Test_Rule"), "2:1", "not kebab-case", ""),
        (("is: warning", "is: error"), "5:1", "a judgement rule is never an error", ""),
        (('    - {text: "two"}\n', ""), "16:1", "1 bad and 4 good examples", ""),
        (('    - {text: "six"}\n', ""), "16:1", "2 bad and 3 good examples", ""),
        (('{text: "two"}', '{txt: "two"}'), "19:", "needs 'text' or 'notes'", ""),
        (("  - {source: \"MBPM ch. 15\", section: \"§220.3.E\", grade: verified}\n", "  []\n"), "14:1",
         "needs an authority", ""),
        (('ask: "Which one?"\n', ""), "1:1", "'ask' is missing", ""),
        (("class: judgement", "class: judgement\nstatus: preview"), "5:1", "a preview rule says why", ""),
        (("severity:\n", "severity: none\nx:\n"), ":", "", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place_and_the_nearest_name(
    change: tuple[str, str], place: str, what: str, remedy: str, load: Load
) -> None:
    with pytest.raises(RuleError) as caught:
        load(change)
    error = caught.value
    assert error.where.startswith(f"{NAME}:{place}" if place != ":" else NAME), error.where
    assert what in error.what
    assert remedy in error.remedy


def test_an_explicit_rule_may_be_an_error(load: Load) -> None:
    rule, _ = load(("class: judgement", "class: explicit"), ("is: warning", "is: error"))
    assert rule.severity[-1].severity == "error"


@pytest.mark.parametrize(
    ("facts", "severity"),
    [
        ({"strictness": "minimum", "payer": "va"}, "info"),
        ({"strictness": "minimum", "payer": "auto"}, "info"),
        ({"strictness": "minimum", "payer": "medicaid"}, "warning"),
        ({"strictness": "audit", "payer": "va"}, "warning"),
        ({}, "warning"),
    ],
)
def test_the_first_case_whose_keys_all_match_gives_the_severity(
    facts: dict[str, str], severity: str, load: Load
) -> None:
    assert load()[0].severity_for(facts) == severity


def test_without_a_last_case_the_rule_is_off(load: Load) -> None:
    rule, _ = load(("  - {is: warning}\n", ""))
    assert rule.severity_for({}) == "off"


def test_a_packed_rule_is_the_loaded_rule(text: str) -> None:
    file = parse_yaml(text, NAME)
    rule, _ = rule_of(file)
    hot = {key: value for key, value in file.data.items() if key != "examples"}
    assert packed_rule(hot, NAME) == rule
