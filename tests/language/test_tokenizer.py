"""Tokens: the same with and without spaCy, shorthand whole, and each chunk looked at once."""

from __future__ import annotations

from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.lang.en import English
from spacy.tokenizer import Tokenizer
from spacy.vocab import create_vocab

from notelint.language.affixes import LONGEST_CHUNK, PREFIX, tokens_of
from notelint.language.tokenizer import build_tokenizer

TOKENIZER = build_tokenizer(create_vocab("en", English.Defaults))
PIECES = st.sampled_from(
    "w/c s/p c/o 3x10 97530-GP 3+/5 0-110 min-A EOB Pt. ft. strength/ROM UE/LE sit-to-stand 25' 5\" x "
    "(L) [x] “no” – — - • → .., 4-/5 1:1 don/doff pt's L/R T'd ↑ 😀 İstanbul Ã© \xa0 \t \n \r\n  ".split(
        " "
    )
)


def words(text: str, tokenizer: Tokenizer = TOKENIZER) -> list[str]:
    return [token.text for token in tokenizer(text) if not token.is_space]


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=4), max_size=24).map("".join))
def test_the_tokenizer_and_the_compiler_of_lexicons_cut_alike(text: str) -> None:
    assert words(text) == tokens_of(text)


def test_they_cut_alike_on_every_note_of_the_corpus(train: list[dict[str, Any]]) -> None:
    assert len(train) > 100
    for record in train:
        assert words(record["text"]) == tokens_of(record["text"]), record["id"]


@pytest.mark.parametrize(
    "shorthand",
    "w/c s/p c/o h/o d/c 3x10 3×10 97530-GP 3+/5 4-/5 0-110 min-A EOB sit-to-stand stand-pivot "
    "otr/l ccc/slp don/doff 1:1 2/10 10/12/2026 09:15 0.8 L2-3 f/u b/l".split(),
)
def test_shorthand_stays_whole(shorthand: str) -> None:
    assert words(f"Pt did {shorthand} today") == ["Pt", "did", shorthand, "today"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("strength/ROM", ["strength", "/", "ROM"]),
        ("UE/LE", ["UE", "/", "LE"]),
        ("(STS)", ["(", "STS", ")"]),
        ("STS,CGA", ["STS", ",", "CGA"]),
        ("well.,P: cont", ["well", ".", ",", "P", ":", "cont"]),
        ("pt's", ["pt", "'s"]),
        ("w/cues", ["w/", "cues"]),
        ("-squats", ["-", "squats"]),
        ("well.Pt", ["well", ".", "Pt"]),
    ],
)
def test_what_is_glued_comes_apart(text: str, parts: list[str]) -> None:
    assert words(text) == parts


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=24).map("".join))
def test_nothing_merges_across_a_line_and_no_character_is_lost(text: str) -> None:
    doc = TOKENIZER(text)
    assert doc.text == text
    for token in doc:
        assert text[token.idx : token.idx + len(token)] == token.text
        assert token.is_space or not set("\r\n\t \xa0") & set(token.text)


def test_a_chunk_is_cut_once_however_many_lines_follow() -> None:
    """spaCy's white space cases end its cache at the first newline (explosion/spaCy#13950)."""
    tokenizer = build_tokenizer(create_vocab("en", English.Defaults))
    seen: list[str] = []

    def prefix(chunk: str) -> Any:
        seen.append(chunk)
        return PREFIX.match(chunk)

    tokenizer.prefix_search = prefix
    tokenizer("Balance\n(walking)\r\n" * 400)
    assert tokenizer.rules == {}
    assert len(seen) < 20


def test_without_white_space_cases_the_stock_tokenizer_says_the_same() -> None:
    text = "Pt amb 150' w/ RW.\n  Can't go.\r\n\t- STS 3x10, e.g. at p.m.\n\n\nA: fine :)\n"
    stock, tuned = spacy.blank("en").tokenizer, spacy.blank("en").tokenizer
    tuned.rules = {key: value for key, value in tuned.rules.items() if key.strip()}
    first, second = stock(text), tuned(text)
    assert [(t.text, t.norm_, t.idx) for t in first] == [(t.text, t.norm_, t.idx) for t in second]


def test_a_run_too_long_for_a_word_is_left_whole() -> None:
    rule = "-" * (LONGEST_CHUNK + 1)
    assert words(f"S: fine\n{rule}\nO: gait") == ["S", ":", "fine", rule, "O", ":", "gait"]
    assert tokens_of(rule) == [rule]
    assert len(words("(" * LONGEST_CHUNK)) == LONGEST_CHUNK
