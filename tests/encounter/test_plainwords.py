"""Skill and response in words that no list holds, and notes told in such words."""

from __future__ import annotations

import pytest

from notelint.encounter.fares import tells_how_it_went
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
        "Wrist stretch 5x20 s, ext 44 (38 last visit).",
        "Kegels 10x5 s. No leak during the session.",
        "Puree 3 oz by spoon. Voice went wet on one.",
        "Glue collage 10 min. He pulled back from the glue.",
        "Knee slides 2x10, gained 6 deg.",
    ],
)
def test_plain_words_of_response_are_seen(reader: Reader, text: str) -> None:
    assert list(plain_responses(reader.read(text, known_therapy=True)))


@pytest.mark.parametrize(
    "text",
    [
        "97110 (20 min): heel raise 2x15, step up 4 in 2x10.",
        "Lat pull down 50 lb 3x10.",
        "Bridges 2x10. Therapist pressed at the ribs and matched it to the breath.",
        "Stairs up and down 3 steps x2.",
    ],
)
def test_doses_and_acts_of_the_clinician_are_no_response(reader: Reader, text: str) -> None:
    assert not list(plain_responses(reader.read(text, known_therapy=True)))


@pytest.mark.parametrize(
    "text",
    [
        "She acted it out at the door.",
        "Didnt need the chair after.",
        "Kaye 60 ft, knees straighter on the way back.",
        "Crouches w/ knees in when rushed.",
        "Letters float off the line.",
    ],
)
def test_words_of_no_list_may_tell_how_it_went(reader: Reader, text: str) -> None:
    assert tells_how_it_went(reader.read(f"97530 15 min. {text}", known_therapy=True))


@pytest.mark.parametrize(
    "text",
    [
        "Dorsal splint checked, strap replaced. Pt keeps it on to sleep.",
        "Had her read each label so she could not repeat one.",
        "Patient participated in the program and washed her face.",
        "Oxygen tubing lengthened for the hallway, hand on abdomen.",
    ],
)
def test_what_was_ordered_and_habits_tell_nothing(reader: Reader, text: str) -> None:
    assert not tells_how_it_went(reader.read(f"97530 15 min. {text}", known_therapy=True))


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
