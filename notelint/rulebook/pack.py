"""The compiled rules, loaded fast: no YAML, no examples, no spaCy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from notelint.encounter.cuebook import CueBook, cue_book
from notelint.errors import RuleError
from notelint.language.lexicon import LexiconData
from notelint.rulebook.packfile import RULES, WORDS, load_examples, read_part
from notelint.rulebook.rule import Rule

_HERE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Pack:
    """All rules with the data they read.

    ``data`` holds the files of ``rules/data`` as plain strings, lists and mappings.
    ``valid_through`` maps a rule to the last day its dated data speaks for.
    """

    rules: tuple[Rule, ...]
    lexicons: LexiconData
    data: Mapping[str, Any]
    version: str
    hash: str
    date: dt.date
    connectors: frozenset[str] = frozenset()
    valid_through: Mapping[str, dt.date] = field(default_factory=dict)
    cues: CueBook = field(default_factory=CueBook)

    def rule(self, key: str) -> Rule | None:
        """Returns the rule of a code or name, or None."""
        for rule in self.rules:
            if key in (rule.code, rule.name) or key.upper() == rule.code:
                return rule
        return None


@lru_cache(maxsize=1)
def load_pack() -> Pack:
    """Returns the shipped pack (or the one compiled from this checkout's ``rules/``).

    Raises:
        RuleError: a rule file does not load, or the installation holds no pack.
    """
    return pack_of({**read_part(RULES), "lexicons": read_part(WORDS)})


def pages_folder() -> Path:
    """Returns the folder of rule pages: in the wheel, or ``docs/rules`` of a checkout."""
    shipped = _HERE / "_pack" / "pages"
    return shipped if shipped.exists() else _HERE.parent / "docs" / "rules"


def pack_of(plain: Mapping[str, Any]) -> Pack:
    """Builds a pack from its JSON form."""
    from notelint.rulebook.rulefile import packed_rule

    rules = tuple(
        packed_rule(data, name) for data, name in zip(plain["rules"], plain["files"], strict=True)
    )
    lexicons = plain["lexicons"]
    return Pack(
        rules=rules,
        lexicons=LexiconData(lexicons["trie"], lexicons["senses"], lexicons["headings"]),
        data=plain["data"],
        version=plain["version"],
        hash=plain["hash"],
        date=dt.date.fromisoformat(plain["date"]),
        connectors=frozenset(plain["connectors"]),
        valid_through=_validity(rules, plain["data"]),
        cues=cue_book(plain["data"], lexicons["senses"]),
    )


def _validity(rules: tuple[Rule, ...], data: Mapping[str, Any]) -> dict[str, dt.date]:
    """Joins rules to the last day of the data files that ``rules/data/pack.yaml`` names for them."""
    found: dict[str, dt.date] = {}
    uses: Mapping[str, Any] = data.get("pack", {}).get("uses", {})
    names = {rule.name for rule in rules}
    for name, stems in uses.items():
        if name not in names:
            raise RuleError(f"'{name}' is no rule.", where="rules/data/pack.yaml")
        days = [
            dt.date.fromisoformat(data[stem]["valid_through"])
            for stem in ([stems] if isinstance(stems, str) else stems)
            if stem in data and data[stem].get("valid_through")
        ]
        if days:
            found[name] = min(days)
    return found


__all__ = ["Pack", "load_examples", "load_pack", "pack_of", "pages_folder"]
