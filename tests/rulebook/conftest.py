"""A rule file that loads, to be broken in one place at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from notelint.rulebook.rule import Rule
from notelint.rulebook.rulefile import rule_of
from notelint.rulebook.yamlfile import parse_yaml

NAME = "rules/generic-language/GEN199-test-rule.yaml"
RULE = """\
code: GEN199
name: test-rule
check: vague-statement
class: judgement
severity:
  - {when: {strictness: minimum, payer: [va, auto]}, is: info}
  - {is: warning}
needs: [charges]
applies: {note: {not: [eval]}, sections: {not: [plan]}}
params: {subject: activity}
summary: "A summary."
message: "“{match}” says little."
ask: "Which one?"
authority:
  - {source: "MBPM ch. 15", section: "§220.3.E", grade: verified}
examples:
  bad:
    - {text: "one"}
    - {text: "two"}
  good:
    - {text: "three"}
    - {text: "four"}
    - {text: "five"}
    - {text: "six"}
"""

Load = Callable[..., tuple[Rule, Mapping[str, Any]]]


@pytest.fixture
def text() -> str:
    return RULE


@pytest.fixture
def load() -> Load:
    """Loads the rule with some words replaced; each must stand in the file."""

    def run(*changes: tuple[str, str]) -> tuple[Rule, Mapping[str, Any]]:
        text = RULE
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        return rule_of(parse_yaml(text, NAME))

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A rules folder with that one rule and one lexicon."""
    root = tmp_path / "rules"
    for name in ("lexicon", "data", "generic-language"):
        (root / name).mkdir(parents=True)
    (root / "generic-language/GEN199-test-rule.yaml").write_text(RULE, "utf-8")
    (root / "lexicon/tasks.yaml").write_text(
        'lexicon: task\nabout: "Tasks."\ngroups:\n  - {terms: ["stair | stairs"], tags: [gait]}\n'
    )
    return root
