"""Compiles ``rules/`` into one pack: rules, lexicon trie, headings and dated data.

Runs when the wheel is built and, in an editable install, when a file under ``rules/`` changed.
The result is plain JSON; examples and pages go to a second file that only ``rule``, ``test`` and
the docs read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from notelint.errors import RuleError
from notelint.language.affixes import tokens_of
from notelint.rulebook.decode import decode
from notelint.rulebook.lexicon import Lexicon, form_table, trie_of
from notelint.rulebook.rule import Rule
from notelint.rulebook.rulefile import rule_of
from notelint.rulebook.yamlfile import YamlFile, read_yaml

_NOT_RULES = frozenset({"lexicon", "data"})
_HEADINGS = "section"
_CONNECTORS = "connectors"


def compile_pack(root: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Compiles a rules folder; returns the pack and its documentation part.

    Raises:
        RuleError: the first file that does not load, with its place.
    """
    files = [
        read_yaml(path, name=f"{root.name}/{path.relative_to(root)}") for path in rule_paths(root)
    ]
    rules = [rule_of(file) for file in files]
    _check_unique([rule for rule, _ in rules], files)
    lexicons = list(_lexicons(root))
    words = [lex for lex in lexicons if lex.lexicon != _HEADINGS]
    headings = {
        form: tags[0]
        for lex in lexicons
        if lex.lexicon == _HEADINGS
        for form, _, tags in lex.forms()
    }
    trie, senses = trie_of(form_table(words), tokens_of)
    data = {
        path.stem: read_yaml(path, name=f"rules/data/{path.name}").data
        for path in sorted((root / "data").glob("*.yaml"))
    }
    pack = {
        "version": "1",
        "date": str(data.get("pack", {}).get("date", "2026-01-01")),
        "rules": [_hot(file.data) for file in files],
        "files": [file.path for file in files],
        "lexicons": {"trie": trie, "senses": senses, "headings": headings},
        "connectors": _connectors(root),
        "data": data,
    }
    body = json.dumps(pack, sort_keys=True, ensure_ascii=False)
    pack["hash"] = hashlib.blake2b(body.encode(), digest_size=8).hexdigest()
    docs = {rule.name: {"examples": examples} for rule, examples in rules}
    return pack, docs


def rule_paths(root: Path) -> Iterator[Path]:
    """Yields the rule files of a rules folder in order of their codes."""
    yield from sorted(
        (
            path
            for path in root.rglob("*.yaml")
            if path.relative_to(root).parts[0] not in _NOT_RULES
        ),
        key=lambda path: path.name,
    )


def _hot(data: Mapping[str, Any]) -> dict[str, Any]:
    """Drops what the hot pack does not need: examples load only for ``rule`` and ``test``."""
    return {key: value for key, value in data.items() if key != "examples"}


def _check_unique(rules: list[Rule], files: list[YamlFile]) -> None:
    seen: dict[str, str] = {}
    names = {rule.name for rule in rules}
    for rule, file in zip(rules, files, strict=True):
        for key in (rule.code, rule.name):
            if key in seen:
                raise RuleError(f"'{key}' is also in {seen[key]}.", where=file.where(("code",)))
            seen[key] = file.path
        expected = f"{rule.code}-{rule.name}.yaml"
        if Path(file.path).name != expected:
            raise RuleError(f"the file should be named '{expected}'.", where=file.path)
        for other in rule.yields_to:
            if other not in names:
                raise RuleError(f"'{other}' is no rule.", where=file.where(("yields_to",)))


def _lexicons(root: Path) -> Iterator[Lexicon]:
    for path in sorted((root / "lexicon").glob("*.yaml")):
        if path.stem == _CONNECTORS:
            continue
        file = read_yaml(path, name=f"rules/lexicon/{path.name}")
        yield decode(Lexicon, file.data, file)


def _connectors(root: Path) -> list[str]:
    path = root / "lexicon" / f"{_CONNECTORS}.yaml"
    if not path.exists():
        return []
    file = read_yaml(path, name="rules/lexicon/connectors.yaml")
    words = file.data.get("words", [])
    if not isinstance(words, list):
        raise RuleError("'words' must be a list.", where=file.where(("words",)))
    return sorted({w.lower() for phrase in words for w in phrase.split()})
