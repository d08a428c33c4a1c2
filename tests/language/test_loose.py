"""Loose patterns: a space in a pattern is any white space in a note."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.language.loose import loose


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("time in", "time  in", True),
        ("time in", "time\r\nin", True),
        ("time in", "timein", False),
        (r"x\s?2", "x   2", True),
        (r"x ?2", "x2", True),
        (r"a\s+b", "a \t b", True),
        (r"a\s*b", "ab", True),
        (r"a\s{2}b", "a  b", True),
        (r"[ -]a", "-a", True),
        (r"[ -]a", "  a", False),
        (r"[] ]a", "]a", True),
        (r"\[ a", "[  a", True),
        (r"\\ a", "\\  a", True),
    ],
)
def test_spaces_outside_classes_are_loose(pattern: str, text: str, matches: bool) -> None:
    assert bool(loose(pattern).fullmatch(text)) == matches


WORD = st.text("abc", min_size=1, max_size=4)
SPACE = st.text(" \t\n", min_size=1, max_size=3)


@given(st.lists(WORD, min_size=2, max_size=4), st.data())
def test_any_white_space_between_words_matches(words: list[str], data: st.DataObject) -> None:
    text = words[0] + "".join(data.draw(SPACE) + w for w in words[1:])
    assert loose(" ".join(words)).fullmatch(text)
