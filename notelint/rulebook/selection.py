"""Which rules run: selectors by code, prefix, name, category or ``ALL``.

Explicit beats implicit, the longest prefix wins, and at equal length ``ignore`` wins. Preview
rules run only with ``preview`` or when named by code or name; a rule of status ``by_name`` runs
only when it is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from notelint.errors import ConfigError, did_you_mean
from notelint.rulebook.rule import CATEGORIES, Rule
from notelint.settings import Settings


def select_rules(rules: Sequence[Rule], settings: Settings) -> tuple[Rule, ...]:
    """Returns the rules of a run in code order.

    Raises:
        ConfigError: a selector names nothing; the nearest valid name is given.
    """
    for selector in (*settings.select, *settings.extend_select, *settings.ignore):
        check_selector(selector, rules)
    chosen = (*(settings.select or ("ALL",)), *settings.extend_select)
    return tuple(rule for rule in rules if _selected(rule, chosen, settings))


def check_selector(selector: str, rules: Sequence[Rule]) -> None:
    """Raises ConfigError when a selector names no rule."""
    if any(strength(selector, rule) for rule in rules) or selector == "ALL":
        return
    names = [r.name for r in rules] + [r.code for r in rules] + list(CATEGORIES.values())
    raise ConfigError(f"unknown rule '{selector}'.", remedy=did_you_mean(selector, names))


def strength(selector: str, rule: Rule) -> int:
    """How closely a selector names a rule: 0 not at all, 1 ``ALL``, then by length of prefix."""
    if selector == "ALL":
        return 1
    if selector == rule.category:
        return 4
    if selector in (rule.name, rule.code):
        return 100
    upper = selector.upper()
    if upper == rule.code:
        return 100
    return (
        1 + len(upper) if len(upper) >= 1 and upper.isalnum() and rule.code.startswith(upper) else 0
    )


def _selected(rule: Rule, chosen: Iterable[str], settings: Settings) -> bool:
    yes = max((strength(s, rule) for s in chosen), default=0)
    no = max((strength(s, rule) for s in settings.ignore), default=0)
    if yes <= no or rule.status == "deprecated":
        return False
    if rule.status == "by_name":
        return yes == 100
    return rule.status == "stable" or settings.preview or yes == 100
