"""``notelint rule``: what a rule says, from the compiled pack."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from notelint.rulebook.pack import Pack

Run = Callable[..., Any]
ROOT = Path(__file__).parents[2]
HEAVY = (
    "spacy",
    "numpy",
    "yaml",
    "scipy",
    "matplotlib",
    "starlette",
    "pygls",
    "thinc",
    "rapidfuzz",
)
PROBE = f"""
import sys
from notelint.cli.app import main
sys.argv = ["notelint", *sys.argv[1:]]
try:
    main()
finally:
    print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)
"""


def test_a_rule_is_told_with_reason_authority_and_examples(notelint: Run) -> None:
    out = notelint("rule", "GEN101").out
    assert out.startswith("GEN101 generic-activity-phrase  [generic-language, judgement, stable]")
    for part in ("Severity", "Ask: ", "Rewrite: {match}", "Authority", "Fires", "Silent"):
        assert part in out
    assert "Medicare Benefit Policy Manual" in out
    assert "Balance activities performed x 15 min." in out


@pytest.mark.parametrize("name", ["gen101", "GEN101", "generic-activity-phrase"])
def test_code_and_name_are_one_rule(name: str, notelint: Run) -> None:
    assert notelint("rule", name).out == notelint("rule", "GEN101").out


def test_json_is_the_whole_rule(notelint: Run) -> None:
    rule = json.loads(notelint("rule", "GEN101", "--output-format", "json").out)
    assert rule["code"] == "GEN101"
    assert rule["url"] == "notelint:rule/generic-activity-phrase"
    assert rule["severity"][-1] == {"when": {}, "is": "warning"}
    assert len(rule["examples"]["bad"]) >= 3
    assert rule["authority"]


def test_all_lists_every_rule_once_in_both_formats(notelint: Run, pack: Pack) -> None:
    lines = notelint("rule", "--all").out.splitlines()
    assert [line.split()[0] for line in lines] == [r.code for r in pack.rules]
    rows = json.loads(notelint("rule", "--all", "--output-format", "json").out)
    assert [row["name"] for row in rows] == [r.name for r in pack.rules]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("generic-activity-phrases",), "Did you mean 'generic-activity-phrase'?"),
        (("GEN999",), "unknown rule 'GEN999'"),
        ((), "name a rule, or use --all"),
        (("GEN101", "--output-format", "xml"), "Use text or json"),
    ],
)
def test_wrong_usage_gives_status_2_and_says_what_to_do(
    arguments: tuple[str, ...], said: str, notelint: Run
) -> None:
    result = notelint("rule", *arguments)
    assert (result.status, result.out) == (2, "")
    assert said in result.err


@pytest.mark.parametrize(
    "arguments",
    [("--help",), ("--version",), ("rule", "GEN101"), ("rule", "--all"), ("test", "--list"),
     ("test", "GEN101", "--list"), ("config",), ("init", "--help"), ("units", "97110=23")],
)  # fmt: skip
def test_what_needs_no_note_loads_no_heavy_library(
    arguments: tuple[str, ...], tmp_path: Path, pack: Pack
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments],
        cwd=tmp_path, capture_output=True, text=True, timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.stdout
    assert done.stderr.splitlines()[-1] == "[]"
