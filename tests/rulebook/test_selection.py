"""Explicit beats implicit, the longest prefix wins, and at equal length ``ignore`` wins."""

from __future__ import annotations

from dataclasses import replace

import pytest

from notelint.errors import ConfigError
from notelint.rulebook.pack import Pack
from notelint.rulebook.rule import Rule
from notelint.rulebook.selection import select_rules
from notelint.settings import Settings


@pytest.fixture(scope="module")
def rules(pack: Pack) -> tuple[Rule, ...]:
    """Seven rules: four stable, one preview, one by name, one deprecated."""
    model = pack.rules[0]
    rows = [
        ("GEN101", "one", "stable"),
        ("GEN102", "two", "stable"),
        ("GEN111", "three", "stable"),
        ("GOL101", "four", "stable"),
        ("GEN112", "soon", "preview"),
        ("TIM114", "named", "by_name"),
        ("TIM115", "gone", "deprecated"),
    ]
    return tuple(replace(model, code=c, name=n, status=s) for c, n, s in rows)


@pytest.mark.parametrize(
    ("settings", "chosen"),
    [
        (Settings(), "one two three four"),
        (Settings(select=("ALL",)), "one two three four"),
        (Settings(select=("GEN",)), "one two three"),
        (Settings(select=("gen10",)), "one two"),
        (Settings(select=("GEN101",)), "one"),
        (Settings(select=("gen101",)), "one"),
        (Settings(select=("one", "four")), "one four"),
        (Settings(select=("generic-language",)), "one two three"),
        (Settings(ignore=("GEN",)), "four"),
        (Settings(ignore=("generic-language",)), "four"),
        (Settings(ignore=("one",)), "two three four"),
        (Settings(ignore=("ALL",)), ""),
        (Settings(select=("GEN101",), ignore=("GEN",)), "one"),
        (Settings(select=("GEN10",), ignore=("GEN",)), "one two"),
        (Settings(select=("GEN",), ignore=("GEN10",)), "three"),
        (Settings(select=("GEN",), ignore=("GEN",)), ""),
        (Settings(select=("one",), ignore=("GEN101",)), ""),
        (Settings(select=("GEN101",), extend_select=("GOL",)), "one four"),
        (Settings(ignore=("GEN",), extend_select=("GEN111",)), "three four"),
        (Settings(preview=True), "one two three four soon"),
        (Settings(select=("soon",)), "soon"),
        (Settings(extend_select=("GEN112",)), "one two three four soon"),
        (Settings(select=("GEN11",)), "three"),
        (Settings(extend_select=("named",)), "one two three four named"),
        (Settings(select=("TIM",), preview=True), ""),
        (Settings(select=("gone",), preview=True), ""),
    ],
)
def test_the_table_of_selections(settings: Settings, chosen: str, rules: tuple[Rule, ...]) -> None:
    assert " ".join(r.name for r in select_rules(rules, settings)) == chosen


@pytest.mark.parametrize("field", ["select", "extend_select", "ignore"])
def test_a_selector_that_names_nothing_is_refused_with_the_nearest_name(
    field: str, rules: tuple[Rule, ...]
) -> None:
    with pytest.raises(ConfigError) as caught:
        select_rules(rules, Settings(**{field: ("thre",)}))
    assert "unknown rule 'thre'" in caught.value.what
    assert caught.value.remedy == "Did you mean 'three'?"


def test_every_shipped_rule_can_be_named_by_code_name_and_category(pack: Pack) -> None:
    for rule in pack.rules:
        if rule.status == "deprecated":
            continue
        for selector in (rule.code, rule.code.lower(), rule.name):
            chosen = select_rules(pack.rules, Settings(select=(selector,), preview=True))
            assert [r.name for r in chosen] == [rule.name]
        if rule.status == "stable":
            assert rule in select_rules(pack.rules, Settings(select=(rule.category,)))
