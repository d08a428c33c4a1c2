"""Skill and response in words that no list holds, and notes told in such words."""

from __future__ import annotations

import pytest

from notelint.encounter.plainresponse import plain_responses
from notelint.encounter.plainskill import plain_skills
from notelint.encounter.saidtoday import told_today
from notelint.encounter.unlisted import mostly_unlisted
from notelint.language.pipeline import Reader
from notelint.rulebook.pack import load_pack


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_pack().lexicons)


@pytest.mark.parametrize(
    "text",
    [
        "Steps 10. I had her lengthen the left step.",
        "Clams 2x12, palm on the ilium.",
        "Rows 3x10. Slid a towel under the arm.",
        "Leg press 7 lb, up from 5 lb.",
        "Pills 12/14. 3 verbal cues then none.",
        'Gait 60 ft. "Big step" at the door.',
    ],
)
def test_plain_words_of_skill_are_seen(reader: Reader, text: str) -> None:
    assert list(plain_skills(reader.read(text, known_therapy=True)))


@pytest.mark.parametrize(
    "text",
    [
        "Rec bike 10 min, mini squats 3x10. Pain 4/10 to 3/10.",
        "I provided exercises and reviewed the program.",
        "LAQ 3x10. Told him to call the doctor.",
        "LAQ 3x10.\nPlan: I will have her lengthen the step next time.",
    ],
)
def test_reports_of_a_session_show_no_skill(reader: Reader, text: str) -> None:
    assert not list(plain_skills(reader.read(text, known_therapy=True)))


@pytest.mark.parametrize(
    "text",
    [
        "Hall 2 laps, step evened out by the second lap.",
        "Rows 3x10. Flexion 14 in before, 10 in after.",
        "Stairs x 12. Had to sit twice.",
        "Bridges 2x10. She said it pulled less.",
    ],
)
def test_plain_words_of_response_are_seen(reader: Reader, text: str) -> None:
    assert list(plain_responses(reader.read(text, known_therapy=True)))


def test_a_report_before_the_treatment_is_no_response(reader: Reader) -> None:
    reading = reader.read("Patient says the knee is sore.\nSLR 3x10.", known_therapy=True)
    assert not list(plain_responses(reading))


def test_a_dosed_exercise_ends_the_report_under_a_subjective_heading(reader: Reader) -> None:
    text = "S: sore 3/10.\n97110 (20 min): ER red band 3x10."
    told = list(told_today(reader.read(text, known_therapy=True)))
    assert [text[s.start :].startswith("97110") for s in told] == [True]


def test_a_note_in_words_of_no_list_is_mostly_unlisted(reader: Reader) -> None:
    text = "Letters float off the line. Rubber sleeve on, grip slips, paper tilted, elbow planted."
    assert mostly_unlisted(reader.read(text, known_therapy=True))


def test_a_list_of_doses_is_not_mostly_unlisted(reader: Reader) -> None:
    text = "LAQ, SLR, ankle pumps 3x10. NuStep 10 min level 4. Tolerated treatment well."
    assert not mostly_unlisted(reader.read(text, known_therapy=True))
