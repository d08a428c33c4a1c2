"""Which words belong to which service: codes before, behind and above what they name."""

from __future__ import annotations

from functools import lru_cache

import pytest

from notelint.encounter.encounter import Encounter
from notelint.engine import Linter
from notelint.note import Note


@lru_cache(maxsize=1)
def linter() -> Linter:
    return Linter()


def read(text: str) -> Encounter:
    return linter().encounter(Note(text, note_type="daily", discipline="PT"))


def words(text: str) -> dict[str, str]:
    """The words of each service of a note by its code."""
    return {
        service.code.value: " ".join(
            " ".join(text[span.start : span.end].split()) for span in service.body
        )
        for service in read(text).services
        if service.code
    }


def test_a_code_at_the_end_of_a_bullet_owns_the_whole_bullet() -> None:
    found = words(
        "- Peroneal eversion with blue band 3x12. For rolling risk on uneven ground - 8 min  97110\n"
        "- Ladder climb, 10 ft, 25 lb vest. Planted the heel, told why, 3 of 4 ok - 10 min  97530"
    )
    assert "Peroneal eversion" in found["97110"]
    assert "uneven ground" in found["97110"]
    assert "Ladder climb" in found["97530"]
    assert "Peroneal" not in found["97530"]


def test_a_sentence_of_a_code_and_its_time_owns_what_was_told_before_it() -> None:
    found = words(
        "She did marching and ankle pumps, 2 sets of 15, and 10 stands from the chair. 97110 (15 min). "
        "We walked to the dining room and back with the walker. 97116 (25 min)."
    )
    assert "ankle pumps" in found["97110"]
    assert "dining room" in found["97116"]
    assert "dining room" not in found["97110"]


def test_a_code_that_opens_the_line_owns_what_follows() -> None:
    found = words(
        "97110 15 min. Bridges 3x10. SLR 2x10 on L.\n97530 10 min. Sit to stand x 8 from 18 in chair."
    )
    assert "SLR" in found["97110"]
    assert "Sit to stand" in found["97530"]


def test_a_short_label_with_its_code_titles_the_line() -> None:
    found = words(
        "Ex (97110) 10 min - for sit to stand from low couch. Bridging 2x10, LAQ 4 lb 2x12."
    )
    assert "Bridging" in found["97110"]


def test_a_bullet_of_a_service_below_the_report_is_treatment() -> None:
    encounter = read(
        "S: shoulder ok\n\n- TE rows 20 lb 3x10 - 20 min\n- NMR: tandem stance 3x30 s - 12 min"
    )
    roles = {
        s.role for s in encounter.reading.statements if "TE rows" in encounter.text[s.start : s.end]
    }
    assert roles == {"treatment"}


@pytest.mark.parametrize(
    ("text", "code", "minutes"),
    [
        ("The exercise was twenty minutes. Manual therapy was ten minutes, glides.", "97140", 10),
        (
            "27 minutes of therapeutic activities, code 97530, and 14 minutes of gait training, code 97116",
            "97116",
            14,
        ),
        ("Cognitive work (97129 first 15 min, 97130 x2 next 30 min).", "97130", 30),
    ],
)
def test_minutes_belong_to_the_service_of_their_own_clause(
    text: str, code: str, minutes: float
) -> None:
    owned = {t.code: t.minutes for t in read(text).times if t.role == "service"}
    assert owned.get(code) == minutes


def test_a_box_below_a_response_is_a_service_of_its_own() -> None:
    found = words(
        "S: sore\n\n97140 MANUAL THERAPY     15 min\n- GH glides grade III\nResponse: flexion 138 to 146.\n\n"
        "97112 NEUROMUSCULAR RE-ED     8 min\n- Rhythmic stabilization at 90, 4 x 20 sec\nResponse: hike at 112."
    )
    assert "Rhythmic stabilization" in found["97112"]
    assert "GH glides" in found["97140"]


def test_a_title_with_its_code_heads_its_paragraph_and_no_more() -> None:
    found = words(
        "no falls since last visit\n\nbed and chair transfers 18 min (97530)\n   for: getting up at night\nsit to stand x6, min a\n\n"
        "ex 12 min (97110)\nSLR 3x10\n\nafter: tired but steadier"
    )
    assert "sit to stand x6" in found["97530"]
    assert "SLR" in found["97110"]
    assert "tired" not in found["97110"]


def test_a_narrative_within_a_box_belongs_to_its_code() -> None:
    found = words(
        "OBJECTIVE\n97530 Therapeutic Activities   15 min   1 unit\n Narrative: Sit to stand from bed edge x 5. CGA."
    )
    assert "bed edge" in found["97530"]


def test_names_of_services_in_a_sentence_head_what_follows_them() -> None:
    found = words(
        "O: seen for ther act with pulleys and arm bike, then ther ex for BUE all planes."
    )
    assert "pulleys" in found["97530"]
    assert "BUE" in found["97110"]
    assert "BUE" not in found["97530"]


def test_an_add_on_shares_the_words_of_its_code() -> None:
    text = "ST DAILY NOTE\nCode: 97129 / 97130\nTx:\n- Sorted 7 pills, 6/7, min cues."
    note = Note(text, note_type="daily", discipline="SLP")
    bodies = {s.code.value: s.body for s in linter().encounter(note).services if s.code}
    assert bodies["97130"]


@pytest.mark.parametrize(
    ("text", "code", "minutes"),
    [
        ("97112 NEUROMUSC RE-ED 25 MIN - rows 3x15", "97112", 25),
        ("97110 Therapeutic Exercise\nSLR 3x10 2 lb.\nMinutes: 12", "97110", 12),
        ("97129, cognition, first 15 minutes: 15 minutes, 1 unit", "97129", 15),
        ("97130, each additional 15 minutes: 25 minutes, 2 units", "97130", 25),
        ("20' TE - SLR 3x10\n10' MT - STM UT", "97110", 20),
    ],
)
def test_minutes_of_titles_and_boxes_belong_to_their_code(
    text: str, code: str, minutes: float
) -> None:
    owned = {t.code: t.minutes for t in read(text).times if t.role == "service"}
    assert owned.get(code) == minutes


def test_minutes_end_where_the_next_heading_begins() -> None:
    assert [t.minutes for t in read("97110 x2, 97112 x1   40 min\nA: tol well").times] == [40]


def test_a_name_and_its_code_head_what_stands_below_them() -> None:
    found = words(
        "S: sore\nTHERAPEUTIC EXERCISE 97110 – 25 min\nBridges 2x10 for stairs\n"
        "GAIT TRAINING 97116 – 12 min\n150 ft with SPC"
    )
    assert "Bridges 2x10 for stairs" in found["97110"]
    assert "150 ft" not in found["97110"]
    assert "150 ft with SPC" in found["97116"]


@pytest.mark.parametrize("between", [" - 13 min: ", " (13 min): ", ": ", " x 13 min – "])
def test_the_name_of_another_service_that_opens_the_words_of_a_code_takes_none(
    between: str,
) -> None:
    found = words(
        "97110 Therapeutic exercise - 25 min: leg press 90 lb 3x10.\n"
        f"97530 Therapeutic activities{between}stair training 12 steps x 3 with a laundry crate."
    )
    assert "laundry crate" in found["97530"]
    assert "97116" not in found


def test_bullets_that_open_with_names_of_services_are_items_of_the_code_above_them() -> None:
    found = words(
        "O: 97530 Therapeutic Activities (23 min)\n"
        "- stair training 12 steps x 3, SBA\n- transfer training bed to chair x 5, min A"
    )
    assert set(found) == {"97530"}
    assert "12 steps" in found["97530"]
    assert "bed to chair" in found["97530"]


def test_a_bullet_with_minutes_of_its_own_is_a_service_of_its_own() -> None:
    found = words("97530 (10 min)\n- box lifts 20 lb x 8\n- stair training 15 min, 12 steps x 3")
    assert "12 steps" not in found["97530"]
    assert "12 steps" in found["97116"]


def test_a_name_with_minutes_of_its_own_behind_the_title_of_a_code_is_another_service() -> None:
    found = words("97530 Therapeutic Activities - 10 min: stair training 15 min, 12 steps x 3.")
    assert "12 steps" in found["97116"]


def test_words_below_the_counted_title_of_a_ticked_box_are_the_codes() -> None:
    found = words(
        "[X] THER EX 97110  15 MIN\nSEATED MARCH 2X10 FOR TRANSFERS.\n"
        "[X] SELF CARE 97535  10 MIN\nTAUGHT PACING FOR THE SPONGE BATH."
    )
    assert "SEATED MARCH" in found["97110"]
    assert "SPONGE BATH" in found["97535"]


def test_minutes_on_the_line_below_a_code_end_no_section() -> None:
    found = words(
        "97110 Therapeutic Exercise\nMinutes: 25   Units: 2\nLeg press 40 lb 2x12.\n\n"
        "97116 Gait Training\nMinutes: 16   Units: 1\nSPC, 2 x 200 ft, CGA."
    )
    assert "Leg press" in found["97110"]
    assert "200 ft" in found["97116"]


def test_a_name_with_minutes_behind_a_dash_closes_its_item() -> None:
    found = words(
        "• SLR 3x10, no lag on set 3 – ther ex, 8 min\n• Stairs 12 steps – gait training, 14 min"
    )
    assert "SLR 3x10" in found["97110"]
    assert "12 steps" in found["97116"]


def test_a_title_that_says_why_heads_what_follows_on_its_line() -> None:
    found = words(
        "Exercise for hip extensor and trunk endurance (97110, 15 min). Press-ups 2x10, bird dog x6."
    )
    assert "Press-ups" in found["97110"]


def test_codes_told_under_the_assessment_have_their_words() -> None:
    found = words(
        "S: sore.\nO: L knee flex 118.\nA: Therex 97110 20 min incl bike, SLR. "
        "MT 97140 8 min patellar mobs gr III, less pain after.\nP: cont."
    )
    assert "bike, SLR" in found["97110"]
    assert "patellar mobs" in found["97140"]


def test_codes_of_many_visits_are_none_of_today() -> None:
    text = "To get to the dining room pt has been seen for 97116, 97530 and 97112, w/ cues for step length."
    assert words(text) == {}


def test_names_with_minutes_that_close_a_paragraph_own_what_it_tells() -> None:
    found = words(
        "He went from the bed to the commode four times with the walker, min A at the turn twice. "
        "Therapeutic activities 23 minutes. After a rest he stood in half tandem at the counter and "
        "reached for the soap, lost balance backward twice. Neuromuscular re-education 15 minutes. "
        "No rise in hip pain."
    )
    assert "commode" in found["97530"]
    assert "half tandem" in found["97112"]
    assert "commode" not in found["97112"]


def test_names_with_minutes_that_open_sentences_own_what_follows() -> None:
    found = words(
        "Gait training 15 minutes. 120 ft x2 with rolling walker, CGA. "
        "Therapeutic exercise 10 minutes. SLR 3x10 with 2 lb."
    )
    assert "120 ft" in found["97116"]
    assert "SLR" in found["97110"]


def test_codes_in_brackets_stand_behind_their_words_also_where_more_is_told() -> None:
    found = words(
        "Today completed washing and dressing at the sink (97535) and lid turning at the table (97530) "
        "and arm ex with the dowel."
    )
    assert "dressing" in found["97535"]
    assert "lid turning" in found["97530"]


def test_a_line_that_ticks_services_heads_none_of_them() -> None:
    found = words(
        "Provided: [x] ADL  [x] Ther Act  [ ] Ther Ex  [ ] Neuro\n"
        "Comments: ther act with two-step pill sort.\n97530 15 min   97535 15 min"
    )
    assert "Neuro" not in " ".join(found.values())


RECALLED = "Bike L4 8 min for warm flexion. SLR 3x10 2#. Step ups 6 in 2x10 with R rail, SBA, for her porch.\n"


def test_a_list_that_names_items_again_holds_what_was_told_of_them() -> None:
    found = words(RECALLED + "97110 25 min (bike, SLR), 97530 13 min (step ups). Timed 38.")
    assert "3x10 2#" in found["97110"]
    assert "SBA" in found["97530"]
    assert "SBA" not in found["97110"]


def test_a_list_that_names_something_new_recalls_nothing() -> None:
    found = words(RECALLED + "97110 25 min (bike, rows), 97530 13 min (step ups). Timed 38.")
    assert "Bike L4" not in found["97110"]


def test_what_is_only_recalled_is_no_activity_of_its_own() -> None:
    note = read(RECALLED + "97110 25 min (bike, SLR), 97530 13 min (step ups). Timed 38.")
    told = [note.reading.slice(a.place) for a in note.activities]
    assert not any("97110" in words for words in told)


def test_minutes_told_by_service_recall_no_items() -> None:
    text = (
        "We began with 15 minutes of patellar glides, grade III, for flexion. "
        "She then did 23 minutes of therapeutic exercise to build quad strength: step ups 2 x 10 "
        "with one hand on the rail, and squats 2 x 12 with supervision. "
        "The last 15 minutes were gait training, 80 feet with a cane, because she keeps the knee "
        "straight in swing. Flexion is up, total arc 101 degrees. Next visit add the 6 inch step. "
        "Timed minutes are 15 manual therapy, 23 therapeutic exercise and 15 gait for a total of 53."
    )
    assert not any(service.recalled for service in read(text).services)


def test_a_code_in_the_brackets_of_a_label_heads_its_line() -> None:
    text = "Gait/stairs (97116, 22 min): back steps, R rail. Led with the wrong foot on descent."
    assert "wrong foot" in words(text)["97116"]


def test_codes_in_the_frame_of_a_note_own_no_words_of_it() -> None:
    text = "Weds 10/22, 0800-0845 room and bathroom (97535 x2 = 30, 97112 x1 = 15). Shirt, min A at the hem."
    assert all("bathroom" not in told for told in words(text).values())


def test_a_title_of_facts_names_no_service() -> None:
    text = "Cog tx · mild TBI 4/25 · TRICARE · v8/16\nPlanner: 6 appts, min cue on 2.\n97530 20 min: box lifts."
    assert "97129" not in words(text)
