"""A text is read passage by passage, and what was read before is not read again, nor read otherwise."""

from __future__ import annotations

import random
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.engine import Linter
from notelint.language.passages import passages_of
from notelint.language.pipeline import Reader
from notelint.language.reading import Reading, Statement
from notelint.note import Note
from notelint.rulebook.pack import Pack

NOTE = """DAILY TREATMENT NOTE   PT   visit 7
S: pt rpts L knee 3/10, stairs easier. No falls.
O: 97110 15 min: SLR 2# 3x10, bridges 2x12 for getting up from a low couch. VC for full ext.
97116 12 min - 150 ft x 2 with SPC, CGA. L stance short, better after cue to push off.

[x] 97530   10 min
    Sit to stand from 17 in chair x8, SBA. Purpose: to rise from the couch alone.
[ ] 97535
Timed 37 min, total 40 min.
A: Pt tolerated treatment well. Quad lag 5 deg, was 10 on 3/1.
P: Continue per POC. Next visit: 6 in step.
J. Alvarado, PT
"""
EDITS = (
    "",
    " ",
    "\n",
    "min A",
    "x10",
    "97140 8 min: ",
    "and",
    "Goal 2: ",
    "\nA: ",
    "not ",
    "3/10",
    ".",
)


@given(st.text(alphabet="ab. \n\r\t!x1", max_size=80))
def test_passages_follow_each_other_and_are_the_whole_text(text: str) -> None:
    found = list(passages_of(text))
    assert "".join(text[a:b] for a, b in found) == text
    assert all(a < b for a, b in found)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("one line", 1),
        ("first.\nsecond", 2),
        ("first\nsecond", 1),  # a term may go on behind the line's end
        ("first\n\nsecond", 2),
        ("seen by Dr.\nLee", 1),
    ],
)
def test_a_passage_ends_with_a_sentence_or_a_blank_line(text: str, count: int) -> None:
    assert len(list(passages_of(text))) == count


@lru_cache(maxsize=1)
def _used() -> Linter:
    return Linter()


def _said(linter: Linter, text: str) -> list[tuple[str, int | None, int | None, str]]:
    note = Note(text, note_type="daily", discipline="PT", payer="medicare_b")
    return [(f.name, f.start, f.end, f.message) for f in linter.lint(note).findings]


@pytest.mark.parametrize("seed", range(6))
def test_a_reader_that_knows_an_earlier_draft_says_what_a_new_one_says(seed: int) -> None:
    chance = random.Random(seed)
    text = NOTE
    _said(_used(), text)
    for _ in range(12):
        at = chance.randrange(len(text) + 1)
        cut = chance.choice((0, 0, 1, 7))
        text = text[:at] + chance.choice(EDITS) + text[at + cut :]
        _said(_used(), text)
    assert _said(_used(), text) == _said(Linter(), text)


def test_an_activity_kept_from_an_earlier_draft_moves_with_its_words() -> None:
    linter = Linter()
    first = linter.encounter(Note(NOTE, note_type="daily", discipline="PT"))
    above = "Chart 4411.\n\n"
    later = linter.encounter(Note(above + NOTE, note_type="daily", discipline="PT"))
    assert [a.place.start + len(above) for a in first.activities] == [
        a.place.start for a in later.activities
    ]
    fresh = Linter().encounter(Note(above + NOTE, note_type="daily", discipline="PT"))
    assert later.activities == fresh.activities


def test_a_question_is_asked_again_of_a_changed_passage_only(pack: Pack) -> None:
    asked: list[str] = []

    def names_a_knee(reading: Reading, statement: Statement) -> bool:
        asked.append(reading.text[statement.start : statement.end])
        return "knee" in asked[-1]

    reader = Reader(pack.lexicons)
    text = "L knee bent to 90 deg.\n\nGait 150 ft x 2.\n"
    first = [s.start for s in reader.read(text).where(names_a_knee)]
    asked.clear()
    changed = text.replace("150", "160")
    assert [s.start for s in reader.read(changed).where(names_a_knee)] == first
    assert asked == ["Gait 160 ft x 2."]


def test_a_question_is_asked_again_where_a_heading_above_changed(pack: Pack) -> None:
    """The words stay, but what they are told as does not."""

    def is_planned(reading: Reading, statement: Statement) -> bool:
        return reading.sections[statement.section].kind == "plan"

    reader = Reader(pack.lexicons)
    body = "\n\nGait 150 ft x 2.\n"
    assert not list(reader.read("O: Seen." + body).where(is_planned))
    assert len(list(reader.read("P: Seen." + body).where(is_planned))) == 2
