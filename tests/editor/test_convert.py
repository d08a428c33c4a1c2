from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.editor.convert import (
    ENCODINGS,
    Change,
    Encoding,
    Positions,
    apply_changes,
    offset_of_units,
    units,
)

#: What notes and their copies hold: emoji, combining marks, every line ending, and characters
#: that Python calls line ends and the protocol does not.
PIECES = st.sampled_from(
    [
        "a",
        "min. ",
        "é",
        "e\u0301",
        "😋",
        "👩‍⚕️",
        "½",
        "\n",
        "\r\n",
        "\r",
        "\u2028",
        "\x0c",
        "\t",
        "×",
    ]
)
TEXTS = st.lists(PIECES, max_size=30).map("".join)
encodings = pytest.mark.parametrize("encoding", ENCODINGS)


def coded(text: str, encoding: Encoding) -> bytes:
    return text.encode({"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}[encoding])


WIDTH = {"utf-8": 1, "utf-16": 2, "utf-32": 4}


@encodings
@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_units_are_those_of_the_codec(encoding: Encoding, text: str) -> None:
    assert units(text, encoding) == len(coded(text, encoding)) // WIDTH[encoding]


@encodings
@settings(max_examples=100, deadline=None)
@given(text=TEXTS, data=st.data())
def test_an_offset_survives_the_way_to_a_position_and_back(
    encoding: Encoding, text: str, data: st.DataObject
) -> None:
    offset = data.draw(st.integers(0, len(text)))
    inside_ending = 0 < offset < len(text) and text[offset - 1 : offset + 1] == "\r\n"
    positions = Positions.of(text, encoding)
    back = positions.offset(*positions.position(offset))
    assert back == (offset - 1 if inside_ending else offset)


@encodings
@settings(max_examples=60, deadline=None)
@given(text=TEXTS, count=st.integers(-3, 80))
def test_units_inside_a_character_round_down_to_its_start(
    encoding: Encoding, text: str, count: int
) -> None:
    at = offset_of_units(text, count, encoding)
    assert units(text[:at], encoding) <= max(0, count)
    if at < len(text):
        assert units(text[: at + 1], encoding) > count


def test_a_position_counts_two_units_for_an_emoji_in_utf_16_and_four_in_utf_8() -> None:
    text = "S: naïve 😋\r\nA: 😋😋 Pt tolerated tx well.\n"
    at = text.index("tolerated")
    assert Positions.of(text, "utf-16").position(at) == (1, 11)
    assert Positions.of(text, "utf-8").position(at) == (1, 15)
    assert Positions.of(text, "utf-32").position(at) == (1, 9)


def test_a_form_feed_and_a_line_separator_end_no_line() -> None:
    text = "a\x0cb\u2028c\x85d\ne"
    assert Positions.of(text).position(text.index("d"))[0] == 0
    assert Positions.of(text).position(text.index("e")) == (1, 0)


def test_positions_past_the_text_are_clamped() -> None:
    positions = Positions.of("one\r\ntwo")
    assert positions.offset(0, 99) == 3
    assert positions.offset(9, 0) == 8
    assert positions.offset(-1, 5) == 0
    assert positions.position(99) == (1, 3)


@encodings
@settings(max_examples=100, deadline=None)
@given(text=TEXTS, new=TEXTS, data=st.data())
def test_an_edit_by_positions_is_the_edit_by_offsets(
    encoding: Encoding, text: str, new: str, data: st.DataObject
) -> None:
    positions = Positions.of(text, encoding)
    safe = [i for i in range(len(text) + 1) if text[i - 1 : i + 1] != "\r\n" or i == 0]
    start, end = sorted((data.draw(st.sampled_from(safe)), data.draw(st.sampled_from(safe))))
    change = Change(new, positions.position(start), positions.position(end))
    assert apply_changes(text, [change], encoding) == (
        text[:start] + new + text[end:],
        start + len(new),
    )


def test_edits_apply_one_after_another_and_a_whole_text_replaces_all() -> None:
    text, caret = apply_changes("abc", [Change("X", (0, 0), (0, 1)), Change("Y", (0, 3), (0, 3))])
    assert (text, caret) == ("XbcY", 4)
    assert apply_changes("abc", [Change("new")]) == ("new", None)


def test_an_edit_whose_end_stands_before_its_start_only_inserts() -> None:
    assert apply_changes("abc", [Change("X", (0, 2), (0, 1))])[0] == "abXc"
