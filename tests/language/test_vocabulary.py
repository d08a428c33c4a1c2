"""A reader of many notes keeps no more words than its limit."""

from __future__ import annotations

import pytest

from notelint.language import pipeline
from notelint.language.pipeline import Reader
from notelint.rulebook.pack import load_pack


def test_a_full_vocabulary_gives_way_to_a_new_one_and_readings_stay_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reader = Reader(load_pack().lexicons)
    note = 'O: Sit to stand x 10 from 18" chair, CGA, for toilet transfers.'
    before = reader.read(note)
    monkeypatch.setattr(pipeline, "_MOST_WORDS", 60)
    sizes = []
    for number in range(20):
        reader.read(" ".join(f"word{number}x{i}" for i in range(25)))
        sizes.append(len(reader._tokenizer.vocab))
    assert max(sizes) <= 60 + 30
    assert reader.read(note) == before
