"""Skill, response and help: what satisfies them in the voices of PT, OT and SLP."""

from __future__ import annotations

from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.engine import Linter
from notelint.finding import Finding
from notelint.note import Note
from notelint.settings import Settings

SKILL, RESPONSE, HELP = "no-skilled-intervention", "response-missing", "assist-level-missing"


@lru_cache(maxsize=1)
def linter() -> Linter:
    return Linter(Settings())


def findings(text: str, **facts: object) -> list[Finding]:
    note = Note(text, **{"note_type": "daily", "discipline": "PT", **facts})  # type: ignore[arg-type]
    return list(linter().lint(note).findings)


def names(text: str, **facts: object) -> set[str]:
    return {f.name for f in findings(text, **facts)}


@pytest.mark.parametrize(
    "words",
    [
        "Facilitated anterior weight shift at the pelvis.",
        "Dropped to 2# since the lag came back at rep 6.",
        "Progressed tandem stance from floor to foam.",
        "VC to keep the heel down.",
        "VC long step and heel contact.",
        "PA glide grade III to the talocrural joint.",
        "Therapist blocked the L knee in stance.",
        "Because /t/ was easier, moved pt to back vowels for the last 20.",
        "Naming pictures with phonemic cues.",
        "R Epley x1.",
        "Shown how to raise the monitor.",
    ],
)
def test_one_instance_of_skill_satisfies_the_whole_session(words: str) -> None:
    assert SKILL not in names(f"O: bridges 3x10. {words}")


@pytest.mark.parametrize(
    "words",
    [
        "Skilled PT provided.",
        "Masako x 10, effortful swallow x 20.",
        "Cues as needed.",
        "Walked 80 ft with contact guard assist.",
        "BP 124/70.",
        "Manual therapy 15 min, lumbar.",
        "Next visit progress to foam.",
    ],
)
def test_claims_doses_levels_and_lone_values_are_no_skill(words: str) -> None:
    assert SKILL in names(f"O: bridges 3x10.\n{words}")


def test_a_maintenance_visit_is_judged_by_the_same_ways_and_asked_for_no_improvement() -> None:
    text = "Hip stretches done 3x30 s each side. Length unchanged."
    found = [f for f in findings(text, programme="maintenance") if f.name == SKILL]
    assert found
    assert "improve" not in found[0].suggestion.ask.lower()


def test_skill_and_response_are_not_asked_of_a_fragment_nor_under_minimum() -> None:
    text = "SLR 3x10, bridges 3x10."
    assert not {SKILL, RESPONSE} & names(text, note_type="snippet")
    minimum = Linter(Settings(strictness="minimum"))
    found = {f.name for f in minimum.lint(Note(text, note_type="daily")).findings}
    assert not {SKILL, RESPONSE} & found


def test_tolerated_well_is_one_finding_and_not_two() -> None:
    found = names("O: SLR 3x10.\nA: Tolerated treatment well.")
    assert "tolerated-well-only" in found
    assert RESPONSE not in found


@pytest.mark.parametrize(
    ("words", "discipline"),
    [
        ("Pain 3/10 leaving.", "PT"),
        ("16/20 correct.", "SLP"),
        ("Needed 1 rest instead of 3.", "PT"),
        ("Sustained /a/ at 78 dB.", "SLP"),
        ("2 errors, both self-corrected.", "OT"),
        ("One buckle on the last lap.", "PT"),
        ("Flexion 118, ER 34.", "PT"),
        ("Skin intact after splint wear.", "OT"),
    ],
)
def test_any_datum_of_the_session_is_a_response(words: str, discipline: str) -> None:
    assert RESPONSE not in names(f"O: tasks at the table 20 min.\n{words}", discipline=discipline)


def test_the_morning_report_is_no_response() -> None:
    assert RESPONSE in names("S: 4/10 at rest this am.\nO: rows 3x12, pulleys 3 min.")


def test_a_goal_heading_over_todays_data_is_data() -> None:
    text = "Goal 1: /k/ initial words.\n34/40 with a visual cue on 6.\nNext: final /k/."
    assert not {SKILL, RESPONSE} & names(text, discipline="SLP")


@pytest.mark.parametrize(
    "text",
    [
        "O: Sit to stand x 10, SBA.",
        "O: bed<>chair, toilet and tub transfers, all with CGA.",
        "O: Stairs x 12, no assistance needed.",
        "O: Ambulated 200 ft, 2 vc for step length.",
        "TRANSFERS, MIN A:\n- bed to chair\n- toilet",
        "We did gait training with a cane. He walked 200 feet, standby assist.",
        "O: Stairs were not attempted.",
        "O: Fastened 4 of 6 buttons.",
        "97110: LAQ 3x10, sit to stand 3x10.",
        "O: LAQ 3x10, sit to stand 3x10, marching 2x20.",
    ],
)
def test_a_level_anywhere_beside_the_task_satisfies(text: str) -> None:
    assert HELP not in names(text)


@pytest.mark.parametrize(
    ("text", "discipline"),
    [
        ("O: Sit to stand x 10.", "PT"),
        ("O: WC to mat transfer x4.", "PT"),
        ("O: Donned socks and shoes at EOB.", "OT"),
        ("O: Amb in home with cane.", "PT"),
        ("O: Skilled PT provided for gait training 100 ft with RW.", "PT"),
    ],
)
def test_a_task_without_level_is_named_exactly(text: str, discipline: str) -> None:
    found = [f for f in findings(text, discipline=discipline) if f.name == HELP]
    assert len(found) == 1
    assert found[0].start is not None
    assert text[found[0].start : found[0].end].strip()


def test_speech_therapy_is_never_asked_for_a_level_of_help() -> None:
    assert HELP not in names(
        "O: Sequenced the steps of dressing, walked to the kitchen.", discipline="SLP"
    )


LEVELS = ["CGA", "SBA", "min A", "Mod A x1", "supervision", "independent", "mod I", "2 VC"]
TASKS = ["Toilet transfer x3", "Stairs x 8", "Ambulated 150 ft", "Donned shirt", "Supine to sit x5"]


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(TASKS), st.sampled_from(LEVELS), st.booleans())
def test_every_level_satisfies_every_task_before_or_after_it(
    task: str, level: str, first: bool
) -> None:
    text = f"O: {level} for {task[0].lower()}{task[1:]}." if first else f"O: {task}, {level}."
    assert HELP not in names(text)


@pytest.mark.parametrize(
    "words",
    [
        "Washed up at the sink and changed her top.",
        "Went up and down the practice steps.",
        "Needed some cues at times.",
        "Told her keep up with the exercises.",
        "AROM wrist, tendon glides, putty, pegs.",
        "CUES:  VC X__%",
        "VITALS: bp 144/82  hr 76  spo2 96% ra",
    ],
)
def test_clothes_climbs_and_blanks_show_no_skill(words: str) -> None:
    assert SKILL in names(f"O: bridges 3x10. {words}")


def test_a_cue_that_prevented_something_shows_skill() -> None:
    assert SKILL not in names(
        "O: Opened 3 caps, no collapse at the thumb after cue to use the palm."
    )


@pytest.mark.parametrize(
    "words",
    [
        "She did fine motor activities at the table.",
        "Response:  [ ] tolerated well  [ ] fatigued   Pain:  [x] denies",
        "AROM and ball toss w/ 3 peers.",
        "Compared to last visit: same",
    ],
)
def test_fine_motor_empty_boxes_and_company_are_no_response(words: str) -> None:
    assert RESPONSE in names(f"O: bridges 3x10.\n{words}")


@pytest.mark.parametrize(
    "words",
    [
        "97116 15 min: FWW 120 ft, front porch and back",
        "Pt transferred to tub bench.\nLevel: [ ] SBA [ ] Min A [ ] Mod A   Pain: [x] none",
        "She walked 140 feet.",
    ],
)
def test_a_walk_or_transfer_without_a_level_is_asked_about(words: str) -> None:
    assert HELP in names(f"O: {words}")


@pytest.mark.parametrize(
    "words",
    [
        "Knee pain 5/10 going down steps.",
        "Extension now holds back her gait.",
        "97116 15 min: FWW 120 ft, CGA",
        "Transfers to L unchanged d/t knee hyperextension.",
        "Taped strips across the threshold.",
    ],
)
def test_what_hurts_or_holds_back_asks_for_no_level(words: str) -> None:
    assert HELP not in names(f"O: {words}")
