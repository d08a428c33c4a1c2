"""Check boxes: what stands behind an empty one was not chosen, where others are ticked."""

from __future__ import annotations

import pytest

from notelint.language.boxes import blanked, chosen, in_empty_box, unchosen
from notelint.language.pipeline import Reader


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        ("[x] tolerated well  [ ] fatigue  [ ] pain", ["[ ] fatigue", "[ ] pain"]),
        ("☒ verbal ☐ tactile", ["☐ tactile"]),
        ("[X] 97530  20 min\n[ ] 97112  ___", ["[ ] 97112  ___"]),
        ("[ ] bread\n[ ] milk", []),  # nothing is ticked: the sign may be a bullet
        ("[x] Yes | [ ] No | other", ["[ ] No "]),
        ("[x] SBA [ ] CGA; reaches back. Tub bench x2 [x] CGA", ["[ ] CGA"]),
    ],
)
def test_options_with_an_empty_box_are_found_where_others_are_ticked(
    text: str, empty: list[str]
) -> None:
    assert [text[mark.start : mark.end] for mark in unchosen(text)] == empty


def test_a_place_behind_an_empty_box_is_unchosen(reader: Reader) -> None:
    text = "[x] 97110\n[ ] 97535"
    assert in_empty_box(reader.read(text), text.index("97535"))
    assert not in_empty_box(reader.read(text), text.index("97110"))
    assert not in_empty_box(reader.read("[ ] 97535"), 4)


def test_blanks_stand_for_the_empty_options() -> None:
    assert blanked("pain  [ ] met  [x] progressing") == "pain  " + " " * 7 + "  [x] progressing"
    assert blanked("[ ] bread") == "[ ] bread"


def test_words_without_the_empty_options_stay() -> None:
    assert chosen("[x] continue  [ ] modify").strip() == "continue"
    assert chosen("continue poc") == "continue poc"
