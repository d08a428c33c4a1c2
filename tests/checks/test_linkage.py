"""B1: what links treatment to a function, what does not, and one finding a list."""

from __future__ import annotations

from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.engine import Linter
from notelint.finding import Finding
from notelint.note import Note, StatedGoal
from notelint.settings import Settings

LINK, GENERIC = "activity-without-functional-link", "generic-activity-phrase"


@lru_cache(maxsize=2)
def linter(strictness: str = "audit") -> Linter:
    return Linter(Settings(strictness=strictness))  # type: ignore[arg-type]


def found(text: str, **record: object) -> list[Finding]:
    note = Note(text, **{"note_type": "snippet", "discipline": "PT", **record})  # type: ignore[arg-type]
    return [f for f in linter().lint(note).findings if f.name == LINK]


@pytest.mark.parametrize(
    "text",
    [
        "patient practiced sit-to-stand × 10 repetitions to improve independence with toilet transfers",
        "To get off the toilet without help, pt did STS x10",
        "STS x10, CGA\n  for toilet transfers",
        "Bridges 3x10 needed for bed mobility.",
        "Heel raises 2x15 so pt can reach the top shelf.",
        "LAQ 3x10 w/ 3# to help w/ getting up from the couch",
        "SLR 3x10. Needs this to lift the leg into bed.",
        "Three sets of ten squats, all aimed at getting out of his low car.",
        "Goal addressed: LTG 1 (stairs). Step ups 6 in 2x10; VC knee over toe.",
        "Resisted walking 5 x 20 ft to handle the leash when walking the dog",
        'Sit to stand x10 from 17" toilet height, min A fading to CGA.',
        "TKE 3x10 → stairs",
        "SLR 2# 3x10 (bed mobility)",
        "Clams 3x10 ea (G2)",
        "Bridging 2x10, carryover to bed mob",
        "Squats x12 to a chair, like getting off her toilet",
        "Exercise | Dose | For\nLeg press | 60# 3x10 | basement stairs\nHeel raise | 2x15 | curb",
        "Yellow putty, tip pinch x20 ~ buttons",
        "Ball toss on foam x20 because she plays catch with her grandson",
        "Goal addressed: #2. Exercises: SLR 3x10, clams 3x10",
        'TA (97530) 24 min - stood at counter, unloaded 14 items from dishwasher rack to shelf at 54"'
        ' then 60" w/ L UE, CGA for post lean on the high shelf',
    ],
)
def test_a_functional_purpose_in_any_place_links(text: str) -> None:
    assert not found(text)


@pytest.mark.parametrize(
    "text",
    [
        "STS x10 to improve functional performance",
        "Squats x10, CGA for post lean",
        "SLR 3x10 for HEP",
        "lunges 2x8, VC to keep knee behind toes",
        "Ther ex to improve overall function: SLR 3x10, SAQ 3x10",
        "Stood in bars, heel raises x20, marching x20, to max functional independence",
        "Cone stacking L UE shoulder ht x20, 4 vc to avoid hike",
        "Graded clothespins yellow to blue, 10 ea, lateral pinch",
        "Tandem walk 4x20 ft, 3 LOB, CGA",
        "Hip machine 4 way 30 lb x 15 each",
        "He used theraputty.",
        "SLR 3x10, TKE 3x10.\nP: ask husband to bring her shoes",
    ],
)
def test_a_connector_alone_is_no_purpose(text: str) -> None:
    (finding,) = found(text)
    assert finding.severity == "warning"


def test_an_impairment_alone_is_info() -> None:
    (finding,) = found("STS x10 to increase LE strength")
    assert finding.severity == "info"


def test_balance_activities_give_both_rules() -> None:
    note = Note("patient performed balance activities", note_type="snippet", discipline="PT")
    names = {f.name for f in linter().lint(note).findings}
    assert {LINK, GENERIC} <= names


@given(st.integers(1, 12))
@settings(max_examples=12, deadline=None)
def test_a_run_of_exercises_is_one_finding(count: int) -> None:
    names = ("SLR", "bridges", "clams", "heel raises", "LAQ", "mini squats")
    lines = "\n".join(f"- {names[i % len(names)]} 3x10" for i in range(count))
    assert len(found(f"O:\n{lines}")) == 1
    assert not found(f"For stair descent at home:\n{lines}")


def test_goals_elsewhere_make_it_info() -> None:
    goals = (StatedGoal("LTG 1", "12 stairs with one rail, mod I"),)
    (finding,) = found("O: SLR 3x10, bridges 3x10.", note_type="daily", goals=goals)
    assert finding.severity == "info"


def test_minimum_strictness_says_nothing() -> None:
    note = Note("O: SLR 3x10, bridges 3x10.", note_type="daily", discipline="PT")
    assert LINK not in {f.name for f in linter("minimum").lint(note).findings}


def test_a_purpose_of_one_box_does_not_reach_into_the_next() -> None:
    text = (
        "TE: hooklying brace w/ march 2x12, side plank 3 x 20 sec.\n"
        "TA: box lift 15# floor to waist 3x6. So he can get back to loading feed sacks."
    )
    (finding,) = found(text)
    assert (
        text[finding.start : finding.end] == "hooklying brace w/ march 2x12, side plank 3 x 20 sec"
    )


def test_a_finding_tied_to_a_function_links_its_box() -> None:
    text = "97110 - Blocked FDP glides 3x10, hook fist 2x15. TAM 178, needs 200 to close on pliers."
    assert not found(text, discipline="OT")
