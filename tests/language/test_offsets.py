"""Offsets are code points of the text itself, whatever the text holds."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notelint.language.pipeline import Reader, lower_same_length
from notelint.language.reading import LONGEST_STATEMENT, Reading

PIECES = st.sampled_from(
    [
        "S: ", "O: ", "P: ", "Goals:", "Objective", "\n", "\r\n", "\r", "\n\n", "\t", "\xa0", "  ", " ",
        "Balance activities performed", "STS x10", "3x10", "97110-GP", "x 15 min", "25'", '6" step',
        "CGA", "no LOB", "w/ RW", "Pt. amb 150 ft.", "“I did it”", "to improve", "for safe toilet transfers",
        "😀", "👩🏽‍⚕️", "İstanbul", "ẞ", "ﬁt", "Γ—", "Ã—", "â€œ", "- ", "• ", "1. ", ":", ".", ".,", ",", "(", ")",
        "Total: 38 min", "Jane Brook, PT", "10/01/2026", "9:00-9:23", "LTG 1", "will", "yesterday", "e\u0301",
    ]
)  # fmt: skip


def check(text: str, reading: Reading) -> None:
    assert reading.text == text
    assert len(reading.lower) == len(text)
    size = len(text)
    end = 0
    for statement in reading.statements:
        assert end <= statement.start < statement.end <= size
        assert statement.start <= statement.label_end <= statement.end
        assert len(statement.span) <= LONGEST_STATEMENT
        assert all(statement.start <= c.start < c.end <= statement.end for c in statement.clauses)
        assert -1 <= statement.parent < statement.index
        assert any(c.isalnum() for c in text[statement.start : statement.end])
        end = statement.end
    for section in reading.sections:
        assert 0 <= section.start <= section.body_start <= section.end <= size
    for mention in (*reading.mentions, *reading.cues):
        assert 0 <= mention.start < mention.end <= size
        form = text[mention.start : mention.end]
        assert form == form.strip()
        assert mention.senses
    end = 0
    for quantity in reading.quantities:
        assert end <= quantity.start < quantity.end <= size
        assert reading.lower[quantity.start : quantity.end] == quantity.text
        end = quantity.end
    for mark in reading.contexts:
        assert 0 <= mark.start <= mark.cue_start <= mark.cue_end <= mark.end <= size
    assert list(reading.statement_starts) == [s.start for s in reading.statements]
    assert list(reading.mention_starts) == sorted(reading.mention_starts)
    for statement in reading.statements:
        assert reading.statement_at(statement.start) is statement


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(PIECES | st.text(max_size=3), max_size=30).map(" ".join))
def test_every_span_lies_in_the_text_and_holds_its_words(reader: Reader, text: str) -> None:
    check(text, reader.read(text))


def test_so_do_those_of_every_note_of_the_corpus(
    reader: Reader, train: list[dict[str, Any]]
) -> None:
    for record in train:
        check(record["text"], reader.read(record["text"]))
        turned = record["text"].replace("\n", "\r\n").replace(" x ", " × ")
        check(turned, reader.read(turned))


def test_lower_case_keeps_the_length() -> None:
    text = "İ ẞ İSTANBUL CGA"
    assert len(text.lower()) > len(text)
    lower = lower_same_length(text)
    assert len(lower) == len(text)
    assert lower.endswith("cga")


def test_an_emoji_is_one_place(reader: Reader) -> None:
    text = "😀 STS x10"
    (dose,) = reader.read(text).quantities
    assert text[dose.start : dose.end] == "x10"
