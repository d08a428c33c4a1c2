from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.cache.words import Unkept, Words

NOTE = "O: Balance activities\nperformed x 25' w/ Gait Training. STRASSE"


@pytest.mark.parametrize(
    ("sentence", "literal"),
    [
        ("“Balance activities” says nothing.", "“” says nothing."),
        ("“Balance activities performed” is vague", None),
        ("“balance ACTIVITIES” is vague", None),
        ("[activity] x 25' gait training", None),
        ("“Balance activ…” is cut", None),
        ("It is 40 minutes.", None),
    ],
)
def test_a_sentence_comes_back_and_holds_no_word_of_the_note(
    sentence: str, literal: str | None
) -> None:
    words = Words(NOTE)
    pieces = words.kept(sentence)
    assert Words(NOTE).told(json.loads(json.dumps(pieces))) == sentence
    left = "".join(piece for piece in pieces if isinstance(piece, str))
    assert literal is None or left == literal
    for word in re.findall(r"\w+", left):
        assert word.lower() not in NOTE.lower()


def test_a_form_that_cannot_be_referred_to_is_not_kept() -> None:
    with pytest.raises(Unkept):
        Words("O: balance").kept("bAlAnCe")


ALPHABET = "abAB é日ßİ.\n'"


@given(st.text(alphabet=ALPHABET, max_size=40), st.text(alphabet=ALPHABET, max_size=40))
def test_no_literal_is_part_of_the_note(note: str, sentence: str) -> None:
    words = Words(note)
    try:
        pieces = words.kept(sentence)
    except Unkept:
        return
    assert words.told(pieces) == sentence
    for piece in pieces:
        if isinstance(piece, str):
            for word in re.findall(r"\w+", piece):
                assert word not in note
                assert not re.search(re.escape(word), note, re.IGNORECASE)
