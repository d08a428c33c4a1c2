"""Contexts: what was not done with this patient today, and where that ends."""

from __future__ import annotations

import pytest

from notelint.language.pipeline import Reader


def contexts(reader: Reader, text: str, word: str) -> frozenset[str]:
    return reader.read(text).context_at(text.index(word))


@pytest.mark.parametrize(
    ("text", "word", "context"),
    [
        ("Did not perform stairs today.", "stairs", "negated"),
        ("Unable to do squats.", "squats", "negated"),
        ("Next visit trial stairs with rail.", "stairs", "planned"),
        ("Will trial stairs next visit.", "stairs", "planned"),
        ("Last visit pt did squats x10.", "squats", "historical"),
        ("Previously did squats with CGA.", "squats", "historical"),
        ("At home pt does squats daily.", "squats", "home"),
        ('Pt says "I did my balance exercises every day".', "balance", "quoted"),
        ("Pt says “I did my balance exercises every day”.", "balance", "quoted"),
        ("Wife states squats go well.", "squats", "family"),
    ],
)
def test_a_cue_rules_its_words(reader: Reader, text: str, word: str, context: str) -> None:
    assert context in contexts(reader, text, word)


@pytest.mark.parametrize(
    "text",
    [
        "STS x10 with no LOB, tandem stance on foam",
        "STS x10 without assist, tandem stance on foam",
        "STS x10, no cues required, tandem stance on foam",
        "No assistance needed with tandem stance on foam",
        "No pain with tandem stance on foam",
        "Without device, tandem stance on foam",
    ],
)
def test_a_value_of_zero_negates_nothing(reader: Reader, text: str) -> None:
    assert contexts(reader, text, "tandem") == frozenset()


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("Did not do stairs but did squats x10", "stairs", "squats"),
        ("Did not do stairs. Did squats x10", "stairs", "squats"),
        ("Did not do stairs, did squats x10", "stairs", "squats"),
        ("Last visit pt did stairs\n- Squats x10 today", "stairs", "Squats"),
    ],
)
def test_a_scope_ends(reader: Reader, text: str, inside: str, outside: str) -> None:
    assert contexts(reader, text, inside)
    assert not contexts(reader, text, outside)


@pytest.mark.parametrize(
    "text",
    [
        'Step ups 6" box x10, then 8" box x10 with rail',
        'Reached to 54" shelf, then to 60" shelf',
        'Pt said "ok". Then squats and lunges "',
    ],
)
def test_an_inch_mark_opens_no_quotation(reader: Reader, text: str) -> None:
    assert all("quoted" not in reader.read(text).context_at(i) for i in range(len(text)) if i > 16)


def test_an_exercise_done_here_for_home_is_not_at_home(reader: Reader) -> None:
    assert "home" not in contexts(reader, "SLR 3x10 for HEP", "SLR")
    assert "home" in contexts(reader, "Issued SLR 3x10 for HEP", "SLR")


def test_marks_are_found_again_among_very_many(reader: Reader) -> None:
    text = "Did not do stairs.\nDid squats x10.\n" * 60
    reading = reader.read(text)
    assert len(reading.contexts) >= 60
    for at in (0, 30, 59):
        stairs, squats = (36 - 2) * at, 0
        start = at * len("Did not do stairs.\nDid squats x10.\n")
        stairs, squats = text.index("stairs", start), text.index("squats", start)
        assert "negated" in reading.context_at(stairs)
        assert reading.context_at(squats) == frozenset()
        slow = {m.kind for m in reading.contexts if m.start <= stairs < m.end}
        assert {m.kind for m in reading.marks_over(stairs, stairs + 1)} == slow


@pytest.mark.parametrize(
    "text",
    [
        "Walked with the walker in order to be able to walk to meals, cued to a longer step.",
        "Walked to the mailbox to be able to reach the bus, cued to a longer step.",
    ],
)
def test_to_be_able_behind_what_was_done_plans_nothing(reader: Reader, text: str) -> None:
    reading = reader.read(text)
    assert "planned" not in reading.context_at(text.index("longer"))


def test_a_patient_to_be_able_is_planned(reader: Reader) -> None:
    text = "Pt to be able to walk to the mailbox without a rest."
    reading = reader.read(text)
    assert reading.context_at(text.index("mailbox")) & {"planned", "goal"}
