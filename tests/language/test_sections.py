"""Sections: letters, words, boxes, joins, or none at all."""

from __future__ import annotations

import itertools

import pytest

from notelint.language.pipeline import Reader


def sections(reader: Reader, text: str) -> list[tuple[str, str]]:
    """(kind, words of the body) of every section."""
    return [
        (s.kind, " ".join(text[s.body_start : s.end].strip(" .,:-\r\n").split()))
        for s in reader.read(text).sections
    ]


@pytest.mark.parametrize(
    "text",
    [
        "S: sore\nO: gait\nA: better\nP: again",
        "S - sore\r\nO - gait\r\nA - better\r\nP - again",
        "Subjective:\nsore\nObjective:\ngait\nAssessment:\nbetter\nPlan:\nagain",
        "SUBJECTIVE\nsore\n\nOBJECTIVE\ngait\n\nASSESSMENT\nbetter\n\nPLAN\nagain",
        "**Subjective:** sore\n**Objective:** gait\n**Assessment:** better\n**Plan:** again",
        "# Subjective\nsore\n# Objective\ngait\n# Assessment\nbetter\n# Plan\nagain",
        "S: sore. O: gait. A: better. P: again.",
        "Subjective: sore.,Objective: gait.,Assessment: better.,Plan: again.",
        "S) sore\nO) gait\nA) better\nP) again",
        "\tS:  sore\n\tO:  gait\n\tA:  better\n\tP:  again",
        "[SUBJECTIVE]\nsore\n[OBJECTIVE]\ngait\n[ASSESSMENT]\nbetter\n[PLAN]\nagain",
    ],
)
def test_the_four_parts_are_found_however_they_are_headed(reader: Reader, text: str) -> None:
    assert [(kind, words.strip("*#[ ")) for kind, words in sections(reader, text)] == [
        ("subjective", "sore"),
        ("objective", "gait"),
        ("assessment", "better"),
        ("plan", "again"),
    ]


def test_text_under_no_heading_is_one_body(reader: Reader) -> None:
    assert sections(reader, "Pt did STS x10. Tolerated well") == [
        ("body", "Pt did STS x10. Tolerated well")
    ]


def test_words_before_the_first_heading_are_a_body(reader: Reader) -> None:
    assert [kind for kind, _ in sections(reader, "Pt arrived late.\nO: gait")] == [
        "body",
        "objective",
    ]


def test_one_box_a_code_is_no_heading_of_another_section(reader: Reader) -> None:
    text = "O:\n97110 Therapeutic exercise: SLR 3x10\n97530 Therapeutic activity: STS x10\nP: next week"
    kinds = [kind for kind, _ in sections(reader, text)]
    assert kinds[0] == "objective"
    assert kinds[-1] == "plan"
    assert "body" not in kinds


def test_a_billing_grid_is_billing(reader: Reader) -> None:
    text = "O: gait\nBilling:\n97116 | 23 min | 2 units\nP: again"
    assert [kind for kind, _ in sections(reader, text)] == ["objective", "billing", "plan"]


@pytest.mark.parametrize(
    "text",
    [
        "Pt: Smith. P: 0/10 today",
        "min A: walker",
        "vitamin A: daily dose",
        "Pt c/o pain O/E",
    ],
)
def test_a_letter_that_heads_nothing_is_no_heading(reader: Reader, text: str) -> None:
    assert [kind for kind, _ in sections(reader, text)] == ["body"]


def test_sections_cover_the_text_in_order(reader: Reader) -> None:
    text = "x\nS: sore\n\nO: gait. A: better\nGoals:\nLTG 1: walk\nP: again\n--\nJ Doe, PT"
    found = reader.read(text).sections
    assert found[0].start == 0
    assert found[-1].end == len(text)
    assert all(a.end == b.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize(
    "line",
    [
        "Self-care – shaving at the sink, CGA",
        "Neuro re-ed: single leg stance on foam",
        "97530, 30 min – ladder task, 4 rungs",
        "- Therapeutic activities - floor transfer x5",
    ],
)
def test_a_line_named_by_a_service_ends_what_the_patient_told(reader: Reader, line: str) -> None:
    text = f"S - sore today\n{line}\nCues 6 to 2.\nPlan: again"
    assert [kind for kind, _ in sections(reader, text)] == ["subjective", "treatment", "plan"]


def test_a_service_told_of_below_a_bare_heading_stays_told(reader: Reader) -> None:
    text = "Subjective\nGait training - he says it helped\nObjective\nstairs"
    assert [kind for kind, _ in sections(reader, text)] == ["subjective", "objective"]


def test_a_dash_makes_headings_of_words_where_the_note_writes_its_soap_so(reader: Reader) -> None:
    text = "S – sore\nO – stairs x4\nResponse – no pain after\nTime – 38 min\nP – again"
    assert [kind for kind, _ in sections(reader, text)] == [
        "subjective",
        "objective",
        "assessment",
        "billing",
        "plan",
    ]
    alone = "Stairs x4\nTime – 38 min"
    assert [kind for kind, _ in sections(reader, alone)] == ["body"]


@pytest.mark.parametrize(
    "heading",
    [
        "OT goals",
        "st goals:",
        "Short range goals (3 wks):",
        "HOME HEALTH PT - goals",
        "Plan of care goals",
    ],
)
def test_a_line_of_its_own_that_names_goals_heads_them(reader: Reader, heading: str) -> None:
    text = f"Gait 40 ft RW.\n{heading}\n- toilet transfer SBA\n\nSeen at bedside."
    kinds = [kind for kind, _ in sections(reader, text)]
    assert kinds == ["body", "goals", "body"]


def test_a_table_of_goals_ends_with_its_rows(reader: Reader) -> None:
    text = "| # | Goal | Target |\n| 1 | Stairs mod I | 3 wks |\nGait 40 ft RW.\n"
    assert [kind for kind, _ in sections(reader, text)] == ["goals", "body"]


def test_dashed_letters_within_one_paragraph_are_headings(reader: Reader) -> None:
    found = sections(reader, "S- no c/o, hip sore. O- gait 150 ft. A- doing better. P- cont OT.")
    assert [kind for kind, _ in found] == ["subjective", "objective", "assessment", "plan"]


def test_a_plan_that_begins_with_how_often_is_a_plan(reader: Reader) -> None:
    found = sections(reader, "Gait 150 ft x 2.\n\nPlan 5x/wk. 12/04 fade the anchor.")
    assert found[-1][0] == "plan"


def test_times_of_a_visit_rule_their_line(reader: Reader) -> None:
    found = sections(
        reader, "Time in: 10:02   Time out: 10:39\n-----\nVOR x1 3 x 45 sec at 90 bpm."
    )
    assert found[-1] == ("body", "VOR x1 3 x 45 sec at 90 bpm")


def test_words_in_capitals_before_wide_blanks_are_headings(reader: Reader) -> None:
    found = sections(reader, "SUBJ    ankle sore\nASSESS  cue for trunk only\nPLAN    curb next")
    assert [kind for kind, _ in found] == ["subjective", "assessment", "plan"]


def test_capital_letters_before_wide_blanks_are_headings(reader: Reader) -> None:
    found = sections(reader, "Vst 5\nS  about the same\nTx\nputty x10\nP  cont 2x/w")
    assert [kind for kind, _ in found] == ["body", "subjective", "treatment", "plan"]


def test_minutes_below_a_code_are_no_heading(reader: Reader) -> None:
    text = "97140 Manual Therapy\nMinutes: 12   Units: 1\nPatellar mobs gr III"
    assert [kind for kind, _ in sections(reader, text)] == ["body"]


def test_the_session_is_told_under_the_assessment_where_the_objective_is_empty(
    reader: Reader,
) -> None:
    found = sections(reader, "S: no c/o\nO:\nA: LAQ 3# 2x10, gait 300 ft\nP: cont")
    assert [kind for kind, _ in found] == ["subjective", "objective", "body", "plan"]


def test_the_titled_box_of_a_code_ends_a_diagnosis(reader: Reader) -> None:
    found = sections(reader, "DX: COPD\nADULT SON HOME.\n[X] THER EX 97110  15 MIN\nMARCH 2X10")
    assert [kind for kind, _ in found] == ["history", "treatment"]


def test_what_a_person_could_do_before_rules_its_paragraph(reader: Reader) -> None:
    text = "PLOF: alone, drove.\n\nSLUMS 14/30, now 19/30\nTx today: pill box, 3 errors"
    assert sections(reader, text)[0] == ("history", "alone, drove")


def test_a_dosed_list_below_what_the_patient_said_is_not_said(reader: Reader) -> None:
    text = (
        "Sub: sore from yardwork. 2/10\n\npulleys x 3 min\nwand ER 2x15\nrows green 3x15\nP: again"
    )
    assert [kind for kind, _ in sections(reader, text)] == ["subjective", "body", "plan"]


def test_one_goal_below_a_code_ends_with_its_sentence(reader: Reader) -> None:
    text = "97535 Self Care 25 min\nSTG 1: spoon, 50% of meal, min A by 10/24. Breakfast at 90 degrees, scoop dish.\nP: again"
    kinds = [kind for kind, words in sections(reader, text) if "scoop dish" in words]
    assert kinds
    assert "goals" not in kinds


@pytest.mark.parametrize(
    "head", ["Dx: L wrist fx, ORIF 9/30", 's: "sore" / slept ok', "Work status: light duty"]
)
def test_what_was_done_ends_the_lines_above_it_where_no_heading_stands_over_it(
    reader: Reader, head: str
) -> None:
    found = sections(reader, f"{head}\nPutty roll x20, cue to keep the thumb in.\n")
    assert found[-1] == ("body", "Putty roll x20, cue to keep the thumb in")


def test_what_the_patient_said_goes_on_where_the_treatment_has_its_heading(reader: Reader) -> None:
    found = sections(reader, "S: sore.\nDid 2x10 in the yard.\nO: SLR 3x10.\n")
    assert found[0] == ("subjective", "sore. Did 2x10 in the yard")


def test_a_pain_score_heads_its_own_line_only(reader: Reader) -> None:
    found = sections(reader, "Pain 2/10\n* NuStep L4 8 min\n")
    assert found[-1][0] == "body"


def test_a_plan_at_the_head_of_a_note_that_names_a_payer_is_the_payers(reader: Reader) -> None:
    text = "OT WEEKLY SUMMARY\nPlan: Managed MCR (auth thru 10/21)\n\nLB dressing Mod A.\nPlan: add AE."
    assert [kind for kind, _ in sections(reader, text)] == ["body", "header", "body", "plan"]


@pytest.mark.parametrize(
    "heading", ["Previous goals and progress", "Prior goals", "Goals and status"]
)
def test_goals_of_an_earlier_note_are_goals(reader: Reader, heading: str) -> None:
    found = sections(reader, f"Dx: hypotonia\n{heading}:\n1) Run with good form. Partially met")
    assert found[-1][0] == "goals"
