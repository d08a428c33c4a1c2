"""Patterns compiled at first use."""

from __future__ import annotations

import pickle
import re

import pytest

from notelint.language.late import late
from notelint.language.loose import loose


def test_a_pattern_is_compiled_when_it_is_first_used_and_only_then() -> None:
    made: list[str] = []

    def make() -> re.Pattern[str]:
        made.append("once")
        return re.compile("stairs?")

    pattern = late(make)
    assert not made
    assert pattern.search("to climb stairs")
    assert pattern.match("stair")
    assert pattern.fullmatch("stairs")
    assert not pattern.search("steps")
    assert made == ["once"]


def test_a_late_pattern_answers_like_the_pattern_itself() -> None:
    plain, pattern = re.compile(r"(?P<n>\d+) min"), late(lambda: re.compile(r"(?P<n>\d+) min"))
    text = "15 min, then 8 min"
    assert pattern.findall(text) == plain.findall(text)
    assert pattern.sub("x", text) == plain.sub("x", text)
    assert [m["n"] for m in pattern.finditer(text)] == ["15", "8"]
    assert pattern.pattern == plain.pattern


def test_a_late_pattern_goes_to_another_process() -> None:
    again = pickle.loads(pickle.dumps(loose("for stairs")))
    assert again.search("for  \n stairs")


def test_an_unknown_attribute_is_an_error_as_ever() -> None:
    with pytest.raises(AttributeError):
        getattr(late(lambda: re.compile("a")), "nothing")  # noqa: B009
