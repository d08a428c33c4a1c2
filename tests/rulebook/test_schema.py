"""The JSON Schema says of a rule file what the loader says."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from notelint.rulebook.compiling import rule_paths
from notelint.rulebook.schema import rule_schema
from notelint.rulebook.yamlfile import parse_yaml, read_yaml

ROOT = Path(__file__).parents[2]
VALIDATOR = Draft202012Validator(rule_schema())


def test_it_is_a_schema_and_every_shipped_rule_is_valid() -> None:
    Draft202012Validator.check_schema(rule_schema())
    paths = list(rule_paths(ROOT / "rules"))
    assert len(paths) >= 50
    for path in paths:
        assert [e.message for e in VALIDATOR.iter_errors(read_yaml(path).data)] == [], path.name


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("summary:", "sumary:"),
        ("check: vague-statement", "check: vague"),
        ("needs: [charges]", "needs: [charge]"),
        ("is: info", "is: infos"),
        ("{subject: activity}", "{subjct: activity}"),
        ("{subject: activity}", "{subject: activty}"),
        ("class: judgement", "class: opinion"),
        ('{text: "two"}', '{txt: "two"}'),
        ('ask: "Which one?"\n', ""),
        ('    - {text: "six"}\n', ""),
    ],
)
def test_what_the_loader_refuses_is_invalid(old: str, new: str, text: str) -> None:
    assert VALIDATOR.is_valid(parse_yaml(text, "x").data)
    assert old in text
    assert not VALIDATOR.is_valid(parse_yaml(text.replace(old, new), "x").data)
