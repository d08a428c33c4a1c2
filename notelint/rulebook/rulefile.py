"""One YAML file, one rule: its schema, its checks, and the rule made from it (DESIGN §5)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from notelint.errors import RuleError, did_you_mean
from notelint.note import NOTE_TYPES, PAYERS, SETTINGS
from notelint.rulebook.decode import decode
from notelint.rulebook.params import KINDS
from notelint.rulebook.rule import (
    CATEGORIES,
    SEVERITY_KEYS,
    Applies,
    Authority,
    Filter,
    Rule,
    SeverityCase,
)
from notelint.rulebook.yamlfile import YamlFile

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*$")
_CODE = re.compile(r"[A-Z]{3}1\d\d$")
LEAST_BAD, LEAST_GOOD = 2, 4

_VALUES: Mapping[str, Sequence[str]] = {
    "payer": PAYERS,
    "setting": SETTINGS,
    "note": NOTE_TYPES,
    "strictness": ("audit", "minimum"),
    "discipline": ("PT", "OT", "SLP", "unknown"),
    "programme": ("restorative", "maintenance", "unknown"),
}


@dataclass(frozen=True, slots=True)
class SeverityEntry:
    """``{when: {key: value or list}, is: severity}``."""

    level: Literal["off", "info", "warning", "error"] = field(metadata={"key": "is"})
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RuleFile:
    """The keys of a rule file in the order of DESIGN §5."""

    code: str
    name: str
    check: str
    rule_class: Literal["explicit", "judgement"] = field(metadata={"key": "class"})
    severity: tuple[SeverityEntry, ...]
    summary: str
    message: str
    ask: str
    authority: tuple[Authority, ...]
    params: Mapping[str, Any] = field(default_factory=dict)
    needs: frozenset[str] = frozenset()
    applies: Mapping[str, Any] = field(default_factory=dict)
    yields_to: tuple[str, ...] = ()
    rewrite: str | None = None
    why: str = ""
    since: str = "0.1"
    status: Literal["preview", "stable", "by_name", "deprecated"] = "stable"
    preview_reason: str = ""
    examples: Mapping[str, Any] = field(default_factory=dict)


def rule_of(file: YamlFile) -> tuple[Rule, Mapping[str, Any]]:
    """Builds the rule of a file; returns it with its examples.

    Raises:
        RuleError: with file, line, column and the nearest valid name.
    """
    parsed = decode(RuleFile, file.data, file)
    _check_names(parsed, file)
    rule = _rule(parsed, file)
    if rule.rule_class == "judgement" and any(c.severity == "error" for c in rule.severity):
        raise RuleError("a judgement rule is never an error.", where=file.where(("severity",)))
    if rule.status == "preview" and not parsed.preview_reason:
        raise RuleError("a preview rule says why.", where=file.where(("status",)))
    _check_examples(parsed.examples, file)
    return rule, parsed.examples


def packed_rule(data: Mapping[str, Any], name: str) -> Rule:
    """Builds a rule from the pack, where it was checked when the pack was compiled."""
    file = YamlFile(name, data)
    return _rule(decode(RuleFile, data, file), file)


def _rule(parsed: RuleFile, file: YamlFile) -> Rule:
    return Rule(
        code=parsed.code,
        name=parsed.name,
        check=parsed.check,
        rule_class=parsed.rule_class,
        summary=parsed.summary.strip(),
        message=parsed.message.strip(),
        ask=parsed.ask.strip(),
        severity=tuple(_case(entry, i, file) for i, entry in enumerate(parsed.severity)),
        params=decode(KINDS[parsed.check], parsed.params, file, ("params",)),
        rewrite=parsed.rewrite.strip() if parsed.rewrite else None,
        needs=parsed.needs,
        applies=_applies(parsed.applies, file),
        yields_to=parsed.yields_to,
        authority=parsed.authority,
        since=parsed.since,
        status=parsed.status,
        why=parsed.why.strip(),
    )


def _check_names(parsed: RuleFile, file: YamlFile) -> None:
    if not _CODE.match(parsed.code) or parsed.code[:3] not in CATEGORIES:
        raise RuleError(
            f"'{parsed.code}' is not a rule code.",
            where=file.where(("code",)),
            remedy="Three letters of a category and a number from 101: GEN101.",
        )
    if not _NAME.match(parsed.name):
        raise RuleError(f"'{parsed.name}' is not kebab-case.", where=file.where(("name",)))
    from notelint.encounter.encounter import NEEDS  # heavy; a packed rule is checked already

    if parsed.check not in KINDS:
        raise RuleError(
            f"'{parsed.check}' is not a check kind.",
            where=file.where(("check",)),
            remedy=did_you_mean(parsed.check, KINDS),
        )
    for need in parsed.needs:
        if need not in NEEDS:
            raise RuleError(
                f"'{need}' is not a need.", where=file.where(("needs",)),
                remedy=did_you_mean(need, NEEDS),
            )  # fmt: skip
    if not parsed.authority:
        raise RuleError("a rule needs an authority.", where=file.where(("authority",)))


def _case(entry: SeverityEntry, index: int, file: YamlFile) -> SeverityCase:
    for key, values in entry.when.items():
        where = file.where(("severity", index, "when", key))
        if key not in SEVERITY_KEYS:
            raise RuleError(
                f"'{key}' is not a severity key.", where=where,
                remedy=did_you_mean(key, SEVERITY_KEYS),
            )  # fmt: skip
        for value in values:
            if key in _VALUES and value not in _VALUES[key]:
                raise RuleError(
                    f"'{value}' is not a value of '{key}'.", where=where,
                    remedy=did_you_mean(value, _VALUES[key]),
                )  # fmt: skip
    return SeverityCase({k: frozenset(v) for k, v in entry.when.items()}, entry.level)


def _applies(data: Mapping[str, Any], file: YamlFile) -> Applies:
    filters: dict[str, Filter] = {}
    fields = ("note", "sections", "discipline", "payer", "setting", "programme", "status")
    for key, value in data.items():
        where = file.where(("applies", key))
        if key not in fields:
            raise RuleError(f"unknown key '{key}'.", where=where, remedy=did_you_mean(key, fields))
        only, never = (), value.get("not", ()) if isinstance(value, Mapping) else ()
        if not isinstance(value, Mapping):
            only = value
        for item in [*_listed(only), *_listed(never)]:
            if key in _VALUES and item not in _VALUES[key]:
                raise RuleError(
                    f"'{item}' is not a value of '{key}'.", where=where,
                    remedy=did_you_mean(item, _VALUES[key]),
                )  # fmt: skip
        filters[key] = Filter(frozenset(_listed(only)), frozenset(_listed(never)))
    return Applies(**filters)


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _check_examples(examples: Mapping[str, Any], file: YamlFile) -> None:
    bad, good = examples.get("bad", []), examples.get("good", [])
    if len(bad) < LEAST_BAD or len(good) < LEAST_GOOD:
        raise RuleError(
            f"{len(bad)} bad and {len(good)} good examples; "
            f"a rule needs at least {LEAST_BAD} and {LEAST_GOOD}.",
            where=file.where(("examples",)),
        )
    for kind in ("bad", "good"):
        for i, example in enumerate(examples.get(kind, [])):
            if not isinstance(example, Mapping) or not ("text" in example or "notes" in example):
                raise RuleError(
                    "an example needs 'text' or 'notes'.", where=file.where(("examples", kind, i))
                )
