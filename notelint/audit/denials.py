"""A payer's names for findings: rules joined to denial reasons by ``denial_reasons.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from notelint.errors import RuleError


@dataclass(frozen=True, slots=True)
class DenialReason:
    """``group`` is medical necessity, documentation requirement or coding; ``adr`` the item of an
    additional documentation request; ``citation`` the manual."""

    group: str
    reason: str
    adr: str
    citation: str


@dataclass(frozen=True, slots=True)
class DenialReasons:
    """Rule code or name → the reason a reviewer would give."""

    by_category: Mapping[str, DenialReason]
    by_rule: Mapping[str, DenialReason]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> DenialReasons:
        """Reads the data file.

        Raises:
            RuleError: a row lacks a field or names an unknown group.
        """
        groups = data["groups"]
        return cls(
            {row["category"]: _reason(row, groups) for row in data["categories"]},
            {row["rule"]: _reason(row, groups) for row in data["rules"]},
        )

    def reason(self, rule: str, code: str) -> DenialReason:
        """The reason for a rule, by its name if it has one of its own, else by its category."""
        return self.by_rule.get(rule) or self.by_category.get(code[:3]) or OTHER


OTHER = DenialReason("Other", "Other", "", "")


def _reason(row: Mapping[str, str], groups: Mapping[str, str]) -> DenialReason:
    try:
        return DenialReason(groups[row["group"]], row["reason"], row["adr"], row["citation"])
    except KeyError as error:
        raise RuleError(
            f"a row lacks or does not know {error}.", where="rules/data/denial_reasons.yaml"
        ) from None
