"""The words a reviewer answers with, and what a rule's version is."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from notelint.rulebook.rule import Rule

#: Of a finding. ``not-useful``: true, and not worth saying.
VERDICTS = ("correct", "wrong", "not-useful", "unsure")

#: Of a whole unit. ``na`` (the question does not apply to it) leaves every denominator.
ANSWERS = ("meets", "needs-work", "na")

#: Why a verdict is what it is; optional, and closed so that the log holds no text of a note.
REASONS = (
    "said-elsewhere", "wrong-place", "wrong-sense", "not-this-kind-of-note", "too-strict",
    "record-incomplete", "duplicate",
)  # fmt: skip

#: Kinds of a missed problem that no rule covers.
CATEGORIES = (
    "medical-necessity", "skill", "goals", "time-units", "code", "detail", "plan",
    "signature", "contradiction", "copied", "privacy", "other",
)  # fmt: skip

#: What a rule's version covers: what it looks for and where, not how it words it.
_LOGIC = ("check", "params", "needs", "applies", "severity", "yields_to")


def rule_version(rule: Rule) -> str:
    """Returns 12 hex digits that change when a rule looks for something else.

    Wording, authority and status do not count: a verdict stays good when a message is reworded.
    """
    logic = {name: _plain(getattr(rule, name)) for name in _LOGIC}
    text = json.dumps(logic, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()


def _plain(value: Any) -> Any:
    """The value as JSON, sets in order, so that the hash is the same in every process."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, frozenset | set):
        return sorted((_plain(item) for item in value), key=lambda x: json.dumps(x, sort_keys=True))
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(value)
