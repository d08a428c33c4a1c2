"""The files of the compiled pack: rules with their data, the words, and the examples.

The shipped files are in ``notelint/_pack``. In a checkout they are compiled again when a file under
``rules/`` changed. Each is read only by what needs it: ``rule`` reads no words, a run no examples.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from notelint.errors import RuleError
from notelint.rulebook.rule import Rule

_HERE = Path(__file__).resolve().parent.parent
_FOLDER = _HERE / "_pack"
_SOURCE = _HERE.parent / "rules"
#: The part of a pack → the file that holds it.
RULES, WORDS, DOCS = "pack.json", "pack-words.json", "pack-docs.json"


def load_rules(key: str = "") -> tuple[Rule, ...]:
    """Returns the rule of a code or name, or all rules, without words and data.

    Raises:
        RuleError: a rule file does not load, or the installation holds no pack.
    """
    from notelint.rulebook.rulefile import packed_rule

    plain = read_part(RULES)
    return tuple(
        packed_rule(data, name)
        for data, name in zip(plain["rules"], plain["files"], strict=True)
        if not key or key in (data["code"], data["name"]) or key.upper() == data["code"]
    )


def load_examples() -> Mapping[str, Any]:
    """Returns rule name → its examples. Slow; only for ``rule``, ``test`` and the docs."""
    return read_part(DOCS)


def read_part(name: str) -> Mapping[str, Any]:
    """Returns one part of the pack (``RULES``, ``WORDS`` or ``DOCS``) as plain data.

    Raises:
        RuleError: a rule file does not load, or the installation holds no pack.
    """
    stamp = _stamp()
    path = _FOLDER / name
    if path.exists():
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if stamp is None or found.pop("stamp", None) == stamp:
            return found
    if stamp is None:
        raise RuleError("the installation holds no rules.", remedy="Install notelint again.")
    return _compiled(stamp)[name]


def parts_of(pack: Mapping[str, Any], docs: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Divides a compiled pack into its files."""
    rules = {key: value for key, value in pack.items() if key != "lexicons"}
    return {RULES: rules, WORDS: dict(pack["lexicons"]), DOCS: dict(docs)}


def _stamp() -> str | None:
    """The stamp of the checkout's rules; None where the package stands alone."""
    if not (_SOURCE / "lexicon").is_dir():
        return None
    from notelint.rulebook.stamp import stamp_of

    return stamp_of(_SOURCE)


def _compiled(stamp: str) -> dict[str, dict[str, Any]]:
    from notelint.rulebook.compiling import compile_pack

    parts = parts_of(*compile_pack(_SOURCE))
    for name, content in parts.items():
        _write(_FOLDER / name, {**content, "stamp": stamp})
    return parts


def _write(path: Path, content: Mapping[str, Any]) -> None:
    """Writes atomically; a read-only installation compiles in memory each time."""
    try:
        path.parent.mkdir(exist_ok=True)
        scratch = path.with_suffix(f".{os.getpid()}.tmp")
        scratch.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
        scratch.replace(path)
    except OSError:
        return
