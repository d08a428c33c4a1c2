"""Statements: sentences, bullets and rows, with labels, wraps and parents."""

from __future__ import annotations

import pytest

from notelint.language.pipeline import Reader
from notelint.language.reading import LONGEST_STATEMENT


def statements(reader: Reader, text: str) -> list[str]:
    return [" ".join(text[s.start : s.end].split()) for s in reader.read(text).statements]


@pytest.mark.parametrize(
    "text",
    [
        "Pt. amb 150 ft. w/ RW and CGA",
        "Cont. POC 2x/wk",
        "Gait 15 min. with min. A for turns",
        "STS x 10 reps. from 18 in. box",
        "Seen by Dr. Lee for f/u",
        "Indep. w/ HEP",
        "Amb w/ approx. 50% WB",
    ],
)
def test_an_abbreviation_ends_no_sentence(reader: Reader, text: str) -> None:
    assert statements(reader, text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gait 15 min. Pt tired.", ["Gait 15 min.", "Pt tired."]),
        ("Cone taps R and L. Then stairs.", ["Cone taps R and L.", "Then stairs."]),
        ("LAQ 2x15 ea B. Returned to room.", ["LAQ 2x15 ea B.", "Returned to room."]),
        ("Walked 150 ft. Rested.", ["Walked 150 ft.", "Rested."]),
        ("STS with min A. Sat down.", ["STS with min A.", "Sat down."]),
        ("Tolerated well.,Cont POC.", ["Tolerated well.", "Cont POC."]),
        ("Sore today! Better? Yes.", ["Sore today!", "Better?", "Yes."]),
        ("Wear orthosis w/ p! <=3/10 for keys", ["Wear orthosis w/ p! <=3/10 for keys"]),
        ("Pt seen in gym for PT. Gait 40 ft.", ["Pt seen in gym for PT.", "Gait 40 ft."]),
        (
            "97530    1   Volleyball in a circle with the\n               other pts",
            ["97530 1 Volleyball in a circle with the other pts"],
        ),
        (
            "Static sit if hold > 45s.\n39 timed, 42 tx min",
            ["Static sit if hold > 45s.", "39 timed, 42 tx min"],
        ),
        ("ROM 0.5 cm. No pain.", ["ROM 0.5 cm.", "No pain."]),
        ("- STS x10\n- gait 50 ft\n• stairs", ["STS x10", "gait 50 ft", "stairs"]),
        ("1. STS x10\n2) gait 50 ft", ["STS x10", "gait 50 ft"]),
    ],
)
def test_sentences_bullets_and_rows_part(reader: Reader, text: str, expected: list[str]) -> None:
    assert statements(reader, text) == expected


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_wrapped_line_continues_the_statement_above(reader: Reader, end: str) -> None:
    text = f"- STS from 18 in chair x10 with CGA for{end}  safe toilet transfers at home{end}- Gait 50 ft"
    assert statements(reader, text) == [
        "STS from 18 in chair x10 with CGA for safe toilet transfers at home",
        "Gait 50 ft",
    ]


def test_a_blank_line_ends_what_a_wrap_would_join(reader: Reader) -> None:
    assert statements(reader, "STS x10 with CGA for\n\ntoilet transfers") == [
        "STS x10 with CGA for",
        "toilet transfers",
    ]


def test_a_line_that_begins_with_a_code_begins_a_statement(reader: Reader) -> None:
    assert len(statements(reader, "97110 SLR 3x10 for\n97530 STS x10")) == 2


def test_bullets_know_the_line_that_opens_them(reader: Reader) -> None:
    text = "For stair descent at home:\n- SLR 3x10\n- squats 2x10\n\nTolerated well."
    opener, first, second, last = reader.read(text).statements
    assert opener.opens_list
    assert [first.parent, second.parent, last.parent] == [opener.index, opener.index, -1]
    assert (first.bullet, last.bullet) == (True, False)


def test_a_label_is_measured(reader: Reader) -> None:
    text = "Balance: tandem stance 4x20 s, CGA"
    (statement,) = reader.read(text).statements
    assert text[statement.start : statement.label_end] == "Balance:"
    clauses = [text[c.start : c.end] for c in statement.clauses]
    assert clauses == ["Balance: tandem stance 4x20 s", "CGA"]


def test_no_statement_is_longer_than_the_longest(reader: Reader) -> None:
    text = "step ups and squats and lunges " * 200
    found = reader.read(text).statements
    assert max(s.end - s.start for s in found) <= LONGEST_STATEMENT
    assert sum(s.end - s.start for s in found) > 0.98 * len(text)
    assert all(text[s.start : s.end].split()[0] in text.split() for s in found)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("O: STS x10 with CGA.", "treatment"),
        ("Pt reports soreness after gardening.", "subjective"),
        ("Next visit trial stairs.", "plan"),
        ("LTG 1: Pt will walk 300 ft with SPC in 6 weeks.", "goal"),
        ("Tolerated well.", "response"),
        ("PMH: CVA 2019, HTN.", "history"),
        ("Billing:\n97110 x 2 units", "time"),
        ("Total timed minutes: 38", "time"),
        ("Jane Brook, PT, DPT", "signature"),
    ],
)
def test_a_statement_says_what_it_is_about(reader: Reader, text: str, role: str) -> None:
    assert reader.read(text).statements[-1].role == role


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("son let us in. completed adls. done.", 3),
        ("no complaints. total tx 40 min. cont poc", 3),
        ("loud in hall // shirt on x2 // swing 6 min", 3),
        ("standing in // bars 3 x 30 sec", 1),
        ("Min   CPT   Details\n--------------------\nGait   15   97116   120 ft", 2),
        ("Plan: 2x/wk   Comment:", 1),
    ],
)
def test_sentences_rules_and_marks_part_statements(
    reader: Reader, text: str, expected: int
) -> None:
    assert len(reader.read(text).statements) == expected


def test_an_empty_field_for_remarks_is_no_part_of_its_line(reader: Reader) -> None:
    reading = reader.read("[x] continue POC   Comment:\nNext line.")
    assert "Comment" not in reading.slice(reading.statements[0].span)


@pytest.mark.parametrize(("last", "role"), [("Stairs", "plan"), ("Kirsten", "signature")])
def test_the_last_word_of_a_plan_signs_it_unless_it_is_a_word_of_therapy(
    reader: Reader, last: str, role: str
) -> None:
    reading = reader.read(f"O: Bridges 3x10.\nP: Cont POC.\n{last}")
    assert reading.statements[-1].role == role


def test_lines_in_small_letters_end_where_no_margin_wraps_them(reader: Reader) -> None:
    told = "te 25 min pulleys flex 3 min, wand er scap plane 2x12, sl er 2x10 cue elbow in for desk reach"
    lines = ["7 wk s/p r rcr", "p! 3/10 reach", told, "mt r sh 13 min"]
    assert statements(reader, "\n".join(lines)) == lines


def test_a_paragraph_in_small_letters_is_joined_where_a_margin_wraps_it(reader: Reader) -> None:
    wrapped = (
        "he stepped up on the six inch box ten times with each leg and kept\n"
        "the knee over the toes when i held the mirror in front of him and\n"
        "said when it fell in"
    )
    assert statements(reader, wrapped) == [" ".join(wrapped.split())]


def test_a_level_of_help_at_the_end_of_a_line_joins_no_next_line(reader: Reader) -> None:
    lines = ["lb drsg side to side max a", "socks and shoes eob"]
    assert statements(reader, "\n".join(lines)) == lines
