"""Words without their vowels are read as the one known word that has their consonants."""

from __future__ import annotations

import pytest

from notelint.language.pipeline import Reader
from notelint.language.shorthand import Shorthand, consonants, is_vowelless

TRIE = {
    "strength": {"": (1,)},
    "tolerated": {"well": {"": (2,)}, "wall": {"": (3,)}, "poorly": {"": (4,)}},
    "balance": {"": (5,)},
    "bilance": {"": (6,)},
}


def test_consonants_keep_the_first_letter_whatever_it_is() -> None:
    assert consonants("strength") == "strngth"
    assert consonants("exercise") == "exrcs"


@pytest.mark.parametrize(
    ("word", "least", "clipped"),
    [
        ("strngth", 4, True),
        ("strength", 4, False),
        ("wl", 4, False),
        ("wl", 2, True),
        ("x10", 2, False),
    ],
)
def test_a_vowelless_word_has_letters_only_and_enough_of_them(
    word: str, least: int, clipped: bool
) -> None:
    assert is_vowelless(word, least) is clipped


def test_a_clipped_word_stands_for_the_only_word_with_its_consonants() -> None:
    assert Shorthand(TRIE).step(TRIE, "strngth") is TRIE["strength"]


def test_two_words_with_the_same_consonants_leave_it_open() -> None:
    shorthand = Shorthand(TRIE)
    assert shorthand.step(TRIE, "blnc") is None
    assert shorthand.step(TRIE["tolerated"], "wll") is None


def test_a_word_with_its_vowels_is_no_shorthand() -> None:
    assert Shorthand(TRIE).step(TRIE, "strengh") is None


def test_a_clipped_phrase_is_found_in_a_note(reader: Reader) -> None:
    reading = reader.read("Pt prgrssng wll.")
    assert any(m.is_a("progress_vague") for m in reading.mentions)
