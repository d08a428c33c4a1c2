"""Which five digits are codes of the visit."""

from __future__ import annotations

from functools import lru_cache

import pytest

from notelint.encounter.codes import codes_in
from notelint.engine import Linter
from notelint.note import Note


@lru_cache(maxsize=1)
def linter() -> Linter:
    return Linter()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("97110 15 min, 97530 8 min", ["97110", "97530"]),
        ("Forest Grove OR 97116\n97110 15 min: SLR 3x10", ["97110"]),
        ("Portland, OR 97212. TA 97530 15 min", ["97530"]),
        ("[x] 97110 15 min\n[ ] 97535 ___", ["97110"]),
        ("MT 97140 8 min", ["97140"]),
    ],
)
def test_postal_codes_and_empty_boxes_are_no_codes_of_the_visit(
    text: str, codes: list[str]
) -> None:
    reading = linter().encounter(Note(text, note_type="daily", discipline="PT")).reading
    assert [q.text[:5] for q in codes_in(reading, 0, len(text))] == codes


@pytest.mark.parametrize("words", ["coord tasks", "gross motor", "xerosis care", "copying shapes"])
def test_words_behind_a_dash_are_no_modifiers(words: str) -> None:
    text = f"97112 - {words}"
    reading = linter().encounter(Note(text, note_type="daily", discipline="OT")).reading
    assert [q.text for q in codes_in(reading, 0, len(text))] == ["97112"]
