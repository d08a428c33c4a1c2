"""``notelint test``: the examples of rules, also under changes that keep their meaning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from notelint.rulebook.pack import Pack, load_examples
from notelint.rulebook.perturb import CHANGES, changed
from notelint.testing import ExampleRunner

Run = Callable[..., Any]


def test_the_examples_of_a_rule_pass_plain_and_changed(notelint: Run) -> None:
    plain = notelint("test", "GEN101", "--plain")
    assert plain.status == 0
    own = load_examples()["generic-activity-phrase"]["examples"]
    count = len(own["bad"]) + len(own["good"])
    assert plain.out == f"{count} of {count} example runs passed, 1 rules.\n"
    changed = notelint("test", "GEN101")
    assert changed.status == 0
    assert int(changed.out.split()[0]) > 3 * count


def test_rules_are_named_by_code_name_prefix_or_category(notelint: Run, pack: Pack) -> None:
    for selector in ("GEN101", "generic-activity-phrase"):
        assert notelint("test", selector, "--list").out.startswith("GEN101 generic-activity-phrase")
    generic = notelint("test", "GEN", "--list").out.splitlines()
    assert generic == notelint("test", "generic-language", "--list").out.splitlines()
    assert len(generic) == sum(r.category == "generic-language" for r in pack.rules)
    assert len(notelint("test", "--list").out.splitlines()) == len(pack.rules)


def test_an_unknown_rule_gives_status_2(notelint: Run) -> None:
    result = notelint("test", "generic-activity-phrases")
    assert (result.status, result.out) == (2, "")
    assert "Did you mean 'generic-activity-phrase'?" in result.err


GOOD = {"text": "Tandem stance on foam 3x20s CGA for safe shower entry."}
BAD = {"text": "O: Balance activities performed x 15 min.", "span": "Balance activities performed"}


@pytest.mark.parametrize(
    ("examples", "failure"),
    [
        ({"bad": [GOOD]}, "does not fire"),
        ({"good": [BAD]}, "fires: "),
        ({"bad": [{**BAD, "span": "performed"}]}, "not on 'performed'"),
        ({"bad": [{**BAD, "expect": {"severity": "error"}}]}, "severity is 'warning', not 'error'"),
        ({"bad": [{**BAD, "expect": {"scope": "note"}}]}, "scope is 'words', not 'note'"),
        ({"bad": [{**BAD, "expect": {"evidence": "97530"}}]}, "does not hold '97530'"),
        ({"good": [{"text": "P: Cont POC.", "complete": "true"}]}, "is complete and "),
    ],
)
def test_an_example_that_does_not_hold_is_told(
    examples: dict[str, Any], failure: str, pack: Pack
) -> None:
    rule = pack.rule("GEN101")
    assert rule is not None
    (outcome, *_) = ExampleRunner(pack).run(rule, examples, perturb=False)
    assert not outcome.passed
    assert failure in outcome.failure
    assert str(outcome).startswith("generic-activity-phrase ")


def test_a_failure_gives_status_1(notelint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "notelint.rulebook.pack.load_examples",
        lambda: {"generic-activity-phrase": {"examples": {"bad": [GOOD], "good": []}}},
    )
    result = notelint("test", "GEN101", "--plain")
    assert result.status == 1
    assert "generic-activity-phrase bad[0]: does not fire" in result.out
    assert "0 of 1 example runs passed" in result.out


def test_a_silent_check_fails_its_bad_examples_and_passes_its_good_ones(pack: Pack) -> None:
    """The runner can fail: a rule that is off fires nowhere."""
    rule = pack.rule("GEN101")
    assert rule is not None
    off = replace(rule, severity=())
    others = tuple(off if r is rule else r for r in pack.rules)
    own = load_examples()["generic-activity-phrase"]["examples"]
    outcomes = list(ExampleRunner(replace(pack, rules=others)).run(off, own, perturb=False))
    assert [o.passed for o in outcomes] == [o.kind == "good" for o in outcomes]


def letters(text: str) -> str:
    """The letters of a text without times signs and the subject, which changes may touch."""
    plain = text.lower().replace("×", "").replace("x", "").replace("pt ", "")
    return "".join(c for c in plain if c.isalpha())


@pytest.mark.parametrize(
    "text",
    [
        "O: Pt performed STS 3 x 10 with CGA\nP: again",
        "Pt did gait 50 ft x2 with rolling walker and CGA for errands at home",
    ],
)
def test_each_change_keeps_the_words_of_a_text(text: str) -> None:
    seen = dict(changed(text))
    assert len(seen) >= 4
    assert set(seen) <= set(CHANGES)
    for name, other in seen.items():
        assert other != text
        assert letters(text) in letters(other), name
