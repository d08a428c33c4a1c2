"""The parts of the compiled pack."""

from __future__ import annotations

import subprocess
import sys

import pytest

from notelint.rulebook.pack import load_pack
from notelint.rulebook.packfile import RULES, WORDS, load_rules, parts_of, read_part


@pytest.mark.parametrize("key", ["GEN101", "gen101", "generic-activity-phrase"])
def test_one_rule_is_loaded_by_code_or_name(key: str) -> None:
    (rule,) = load_rules(key)
    assert rule == load_pack().rule("GEN101")


def test_all_rules_are_those_of_the_pack_and_an_unknown_key_is_none() -> None:
    assert load_rules() == load_pack().rules
    assert load_rules("no-such-rule") == ()


def test_the_words_stand_apart_from_the_rules() -> None:
    assert "lexicons" not in read_part(RULES)
    assert set(read_part(WORDS)) == {"trie", "senses", "headings"}
    parts = parts_of({"rules": [], "lexicons": {"trie": {}}}, {"a": {}})
    assert parts[RULES] == {"rules": []}
    assert parts[WORDS] == {"trie": {}}


def test_the_rule_command_imports_no_reader_and_no_spacy() -> None:
    script = (
        "import sys; sys.argv = ['notelint', 'rule', 'GEN101']\n"
        "from notelint.cli.app import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'spacy', 'numpy', 'ruamel', 'notelint.language.pipeline', 'notelint.engine'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert told[0].startswith("GEN101 generic-activity-phrase")
    assert told[-1] == "[]"
