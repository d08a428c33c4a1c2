"""Time as notes write it: what is treatment time, whose it is, and what only looks like it.

The forms are those of clinics' notes; each was met in some layout. The look-alikes must give no
treatment time at all: one wrong reading makes a false arithmetic error.
"""

from __future__ import annotations

from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.encounter.encounter import Encounter, TimeStatement
from notelint.engine import Linter
from notelint.note import Charge, Note
from notelint.settings import Settings


@lru_cache(maxsize=1)
def linter() -> Linter:
    return Linter(Settings())


def encounter(text: str, **facts: object) -> Encounter:
    return linter().encounter(Note(text, note_type="daily", discipline="PT", **facts))  # type: ignore[arg-type]


def read(text: str) -> set[tuple[str, float | None, str]]:
    """Role, minutes and owner of every statement of treatment time."""
    return {_row(t) for t in encounter(text).times if t.treats}


def _row(time: TimeStatement) -> tuple[str, float | None, str]:
    minutes = None if time.minutes is None else round(time.minutes, 2)
    return time.role, minutes, time.code or (time.label if time.role == "group" else "")


FORMS: list[tuple[str, set[tuple[str, float | None, str]]]] = [
    ("School OT log   3/3/26   9:10-9:40\n\nWorked on fine motor.", {("session", 30.0, "")}),
    ("in addition to the reevaluation: Neuromuscular re-education, 24 minutes.", {("service", 24.0, "97112")}),
    ("97110 x2 - 25 min, 97140 x1 - 15 min", {("service", 25.0, "97110"), ("service", 15.0, "97140")}),
    ("97110 units: 2 min: 25", {("service", 25.0, "97110")}),
    # what the minutes were for may be at home; the minutes were here
    ("Therapeutic activities 10 minutes for rising from his recliner at home.", {("service", 10.0, "97530")}),
    # fields that close a box, below a head that names its code last
    ("GAIT TRAINING (97116)\nAMB 120 FT X 2.\nMINUTES: 15     UNITS: 1\n\nTHER EX (97110)\nSLR 3X10.\nUnits: 1  Minutes: 8",
     {("service", 15.0, "97116"), ("service", 8.0, "97110")}),
    ("97110: exercises with the morning exercise group.\nMinutes: 20", {("service", 20.0, "97110")}),
    # minutes that a list behind them parts are the visit's
    ("OT 50 min individual (97535 35 = 2u, 97530 15 = 1u)",
     {("session", 50.0, ""), ("service", 35.0, "97535"), ("service", 15.0, "97530")}),
    ("97535 23 min, 97530 15 min, 97110 8 min.",
     {("service", 23.0, "97535"), ("service", 15.0, "97530"), ("service", 8.0, "97110")}),
    # a code with units of its own, or an evaluation, shares no minutes with the next
    ("97161, 97110 x1 (10 min)", {("service", 10.0, "97110")}),
    ("97014 x1, 97140 15 min, 97110 30 min", {("service", 15.0, "97140"), ("service", 30.0, "97110")}),
    ("97110 x2, 97112 x1, 97116 x1   40 min", {("group", 40.0, "97110+97112+97116")}),
    # a clause of minutes before its code, and the part of the body between a name and its minutes
    ("Self care training at the edge of the bed, 28 minutes, 97535 x 2 units.", {("service", 28.0, "97535")}),
    ("NMR L UE x 20 min: weight bearing.", {("service", 20.0, "97112")}),
    # rows of a grid that go on, totals in the column of codes
    ("| Code | Min | Done |\n| 97110 | 18 | bike |\n|  |  | press up |\n| 97112 | 14 | bridges |",
     {("service", 18.0, "97110"), ("service", 14.0, "97112")}),
    ("CODE     MIN     TREATMENT\n97535    28      Shower\n                 on a bench\n\n97530    26      Kitchen",
     {("service", 28.0, "97535"), ("service", 26.0, "97530")}),
    ("MIN | CODE | WHAT\n23 | 97535 | dressing\n15 | 97112 | reach\n38 | TIMED TOTAL | 3 units (97535 x2)\n42 | TREATMENT TOTAL |",
     {("service", 23.0, "97535"), ("service", 15.0, "97112"), ("total_timed", 38.0, ""), ("total_treatment", 42.0, "")}),
    ("97110 x2 Minutes: 25", {("service", 25.0, "97110")}),
    ("97110 Units 2 / 25 min", {("service", 25.0, "97110")}),
    ("97110: 25 min: 2 units", {("service", 25.0, "97110")}),
    ("97110, Min 25", {("service", 25.0, "97110")}),
    ("92507 x1 >> 50 min", {("service", 50.0, "92507")}),
    ("Cognitive tx in room, 30 min (97129 x1, 97130 x1).", {("group", 30.0, "97129+97130")}),
    ("30 minutes of 97110 and 97530, 10 min 97140", {("group", 30.0, "97110+97530"), ("service", 10.0, "97140")}),
    ("15 min 97110, 97530 15 min", {("service", 15.0, "97110"), ("service", 15.0, "97530")}),
    ("97530 x2 45 min tot", {("total", 45.0, "")}),
    ("23 | 97535 | bath\n15 | 97110 | rows\n38 | TIMED TOTAL\n40 | TREATMENT TOTAL", {("total_timed", 38.0, ""), ("total_treatment", 40.0, "")}),
    ("| | Timed total | | 53 |\n| | Treatment total (incl. BP, foot check) | | 56 |", {("total_timed", 53.0, ""), ("total_treatment", 56.0, "")}),
    ("15 plus 23 plus 15, 53 minutes in all.", {("total", 53, "")}),
    ("For 12 minutes of self care training she practiced the sock aid.", {("service", 12, "97535")}),
    ("97140 Manual Therapy\nMinutes: 12   Units: 1\nPatellar mobs gr III.", {("service", 12, "97140")}),
    ("Timed minutes forty, total treatment minutes forty-four.", {("total_timed", 40, ""), ("total_treatment", 44, "")}),
    ("timed minutes come to forty one, forty five minutes total treatment time", {("total_timed", 41, ""), ("total_treatment", 45, "")}),
    ("| Timed min | Total tx min | Units |\n|---|---|---|\n| 40 | 48 | 3 |", {("total_timed", 40, ""), ("total_treatment", 48, "")}),
    ("97110\nstarted with exercise today for twenty two minutes", {("service", 22, "97110")}),
    ("Exercise (27 min): rows 3x10", {("service", 27, "")}),
    ("O: NMR 10 min: foam. te 8 min: prone hip", {("service", 10, "97112"), ("service", 8, "97110")}),
    ("Total treatment min: 45   Timed min: ___", {("total_treatment", 45, "")}),
    ("Code\tMin\tUnits\tDescription\n97110\t\t2\tBLE ex\n97530\t15\t1\tLift", {("service", 15, "97530")}),
    ("CPT    MIN   UNITS\n97110  15    1\n97530        2\nTOTAL  15    3", {("service", 15, "97110"), ("total", 15, "")}),
    ("O: | Code | Min |\n| 97110 | 15 |", {("service", 15, "97110")}),
    ("Subj: sore\nther ex 10 min: glides, TAM 190 from 178. mt 14 min: massage r hand", {("service", 10, "97110"), ("service", 14, "97140")}),
    ("Massage IF gr II (97140, 12 min). Fasteners, 6 buttons in 2 min 10 sec (97530, 10 min).", {("service", 12, "97140"), ("service", 10, "97530")}),
    ("Minutes: 97530 23, 97116 15 = 38 timed. Total 56 incl. retest.", {("service", 23, "97530"), ("service", 15, "97116"), ("total_timed", 38, ""), ("total", 56, "")}),
    ("gait 25 min\n200 ft\nex 15 min\nhip 3 way", {("service", 25, "97116"), ("service", 15, "")}),
    ("ex 15 min\nhip 3 way", {("service", 15, "")}),
    ("| Timed | Note | Total tx min |\n| 40 | | 48 |", {("total_timed", 40, ""), ("total_treatment", 48, "")}),
    ("ttl tmd 38, ttl tx 44", {("total_timed", 38, ""), ("total_treatment", 44, "")}),
    ("97110-59 25 min", {("service", 25, "97110")}),
    ("97530-25 min sit to stand", {("service", 25, "97530")}),
    ("97110\n25 min\nBridges 2x10", {("service", 25, "97110")}),
    ("97110 Therapeutic exercise\n25 min\n97530 Therapeutic activities\n15 min.", {("service", 25, "97110"), ("service", 15, "97530")}),
    ("97110, 97530\n45 min", {("total", 45, ""), ("group", 45, "97110+97530")}),
    ("97110\n97530\n45 min", {("total", 45, ""), ("part", 45, "")}),
    ("Timed 17, in all 45.", {("total_timed", 17, ""), ("total", 45, "")}),
    ("31 Total timed code minutes\n34 Total treatment minutes", {("total_timed", 31, ""), ("total_treatment", 34, "")}),
    ("tx 30 min", {("session", 30, "")}),
    ("Gait Training with supervision for 30 minutes", {("service", 30, "97116")}),
    ("throughout 30 minutes session", {("session", 30, "")}),
    ("balance training for 30 minutes with 10 reps and 3 sets", {("service", 30, "")}),
    ("Therapeutic exercise (97110): 23 minutes.", {("service", 23, "97110")}),
    ("Total timed treatment: 43 minutes, 3 timed units under the 8-minute rule (97110 x2, 97140 x1).", {("total_timed", 43, "")}),
    ("Greater than 80 minutes were spent face-to-face", {("session", 80, "")}),
    ("97530 x 2 units (30 min)", {("service", 30, "97530")}),
    ("97140 (2 units, 30 min). Total treatment time: 60 minutes.", {("service", 30, "97140"), ("total_treatment", 60, "")}),
    ("Session Duration (documented): 45 min", {("total_treatment", 45, "")}),
    ("Total billed time (calculated): 60 min (4 unit(s) x 15 min)", {("billed", 60, "")}),
    ("23 min therapeutic exercise, 15 min manual therapy", {("service", 23, "97110"), ("service", 15, "97140")}),
    ("We did 23 minutes of therapeutic exercise, then 12 minutes of manual therapy", {("service", 23, "97110"), ("service", 12, "97140")}),
    ("starting with 10 minutes of therapeutic exercise", {("service", 10, "97110")}),
    ("1 unit recorded for 97110 - Therapeutic Ex. at 8:04", {("service", 8.07, "97110")}),
    ("Time In: 1:05 Time Out: 1:58", {("session", 53, "")}),
    ("Treatment Time: 9:00 to 9:45", {("session", 45, "")}),
    ("24 minutes of neuromuscular training program, code 97112,", {("service", 24, "97112")}),
    ("38 Total timed code minutes", {("total_timed", 38, "")}),
    ("97530 25 min, 97112 15 min", {("service", 25, "97530"), ("service", 15, "97112")}),
    ("97110 (24)", {("service", 24, "97110")}),
    ("TE 15, gait 21. total timed 36", {("service", 15, "97110"), ("service", 21, "97116"), ("total_timed", 36, "")}),
    ("TTM 38, total tx time 45", {("total_timed", 38, ""), ("total_treatment", 45, "")}),
    ("TTT 45", {("total_treatment", 45, "")}),
    ("TCM 38", {("total_timed", 38, "")}),
    ("timed min 38", {("total_timed", 38, "")}),
    ("Timed minutes: TE 15 + TA 23 = 38.", {("total_timed", 38, ""), ("service", 15, "97110"), ("service", 23, "97530")}),
    ("Timed minutes: TE 15 TA 23", {("total_timed", 38, ""), ("service", 15, "97110"), ("service", 23, "97530")}),
    ("Timed 23 + 15 = 38 min. Total treatment time 38 min.", {("total_timed", 38, ""), ("total_treatment", 38, "")}),
    ("in 9:00 out 9:52", {("session", 52, "")}),
    ("In 12:45  Out 1:30", {("session", 45, "")}),
    ("Time in 0702 Time out 0742", {("session", 40, "")}),
    ("start 1:05p end 1:55p", {("session", 50, "")}),
    ("97110 0905-0920 (15).", {("service", 15, "97110")}),
    ("97129/97130 9:00-9:40.", {("group", 40, "97129+97130")}),
    ("97129 x1 + 97130 x1, 33 min.", {("group", 33, "97129+97130")}),
    ("CPT | Min | Units\n97110 | 22 | 2\n97530 | 16 | 1", {("service", 22, "97110"), ("service", 16, "97530")}),
    ("CPT\tMinutes\tUnits\n97110\t23\t2\nTotal\t38\t3", {("service", 23, "97110"), ("total", 38, "")}),
    ("Code     Min   Units\n97110    23    2\n97530    15    1", {("service", 23, "97110"), ("service", 15, "97530")}),
    ("date | in | out | total min | CPT\n3/4 | 9:00 | 9:45 | 45 | 97110", {("service", 45, "97110")}),
    ("97530 - SCAP ROWS 20 LB, CHEST PRESS. 26 MIN\n97110 - UBE, PULLEYS. 12 MIN", {("service", 26, "97530"), ("service", 12, "97110")}),
    ("Step downs 6 in 3x8, mirror (LTG 1) - 97530 - 15 min", {("service", 15, "97530")}),
    ("walked the hall with RW, CGA (17 min)", {("part", 17, "")}),
    ("eval 30/ TE 10. 40 total", {("evaluation", 30, ""), ("service", 10, "97110"), ("total", 40, "")}),
    ("97164 20 min untimed. Timed 15. Total 35.", {("evaluation", 20, "97164"), ("total_timed", 15, ""), ("total", 35, "")}),
    ("He was seen for gait training today, twenty-four minutes.", {("service", 24, "97116")}),
    ("1 hr 5 min session", {("session", 65, "")}),
    ("Timed/Total: 38/45", {("total_timed", 38, ""), ("total", 45, "")}),
    ("28 min timed, 28 min total tx.", {("total_timed", 28, ""), ("total_treatment", 28, "")}),
    ("Code: 97110 Minutes: 23 Units: 2", {("service", 23, "97110")}),
    ("TE x 15', NMR x 15', TA x 10' (40' total)", {("service", 15, "97110"), ("service", 15, "97112"), ("service", 10, "97530"), ("total", 40, "")}),
    ("Direct one-on-one time 38 minutes; total time in clinic 50 min.", {("total_timed", 38, ""), ("total_treatment", 50, "")}),
    ("Pt participated in 45 minutes of skilled PT.", {("session", 45, "")}),
    ("Length of session: 45 minutes", {("total_treatment", 45, "")}),
    ("Timed Code Tx Min: 40 / Total Tx Min: 52", {("total_timed", 40, ""), ("total_treatment", 52, "")}),
    ("Time in/out: 9:00/9:45", {("session", 45, "")}),
    ("Pt tolerated 45 min tx session well.", {("session", 45, "")}),
    ("Pt arrived 10 min late, treatment shortened to 35 min.", {("session", 35, "")}),
    ("Mins: 38 timed + 10 untimed = 48 total", {("total_timed", 38, ""), ("total", 48, "")}),
    ("Total 38 timed / 45 total", {("total_timed", 38, ""), ("total", 45, "")}),
    ("97110/15 97140/10 97530/15 total 40", {("service", 15, "97110"), ("service", 10, "97140"), ("service", 15, "97530"), ("total", 40, "")}),
    ("Total treatment time 40 minutes with all timed.", {("total_timed", 40, ""), ("total_treatment", 40, "")}),
    ("97530 25 min: gait 5 min to kitchen, box lifts x12", {("service", 25, "97530")}),
    ("97110, 97112, 97530, total 3 units, 45 min.", {("group", 45, "97110+97112+97530")}),
    ("laser treatment 10 min, then US treatment 8 min; session 45 min", {("session", 45, ""), ("total_treatment", 45, "")}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FORMS, ids=[t[:40] for t, _ in FORMS])
def test_forms_of_treatment_time_give_minutes_owner_and_kind(
    text: str, expected: set[tuple[str, float | None, str]]
) -> None:
    assert read(text) == expected


LOOK_ALIKES = [
    "Ball activities 4 to 5 minutes.  Restorator 25 minutes.",
    "Sitting: 5 min",
    "Walking: ~15 min, Sit to Stand: ~10 min",
    "tolerate ≥30 mins of light activity",
    "ambulate independently for 10–15 minutes",
    "30-second chair sit-to-stand test",
    "30 seconds Chair Sit to Stand: 8x",
    "3 x 30-sec hold each",
    "3 × 30-second hold each",
    "9-Hole Peg Test: 45 sec (R), 55 sec (L)",
    "Jebsen Taylor: 200 sec",
    "A 6-minute walk test",
    "resumed after a 15-minute delay",
    "seen after a 10 minute delay",
    "0/10 pain in the 48-hour period",
    "within a 24-hour period",
    "sits longer than 25 minutes",
    "He can only stand for about 5-10 minutes",
    "button/unbutton shirt within 1 minute using AE",
    "greater than 80% accuracy for at least 15 minutes independently",
    "single mode cycle time is 4 seconds and 12 seconds off",
    "short bursts of 3–4 minutes",
    "Single-Leg Stance Left: 10 sec (prev. 12 sec)",
    "R LE <3 sec; <1 second with loss of balance",
    "tolerate sitting for 8-hr workday",
    "q.4-6 hours prn; every 6 to 8 hours; 21 mg per 24 hour",
    "Capillary refill is less than 3 seconds",
    "Able to drive 30 min",
    "45 minutes after meals",
    "trial length was 10 minutes",
    "the 8-minute rule",
    "1x45 min/week",
    "Berg 46/56, stood 7 minutes, 6MWT 980 ft, amb 150' min A, hold 30 sec",
    "min A x 2, mod VC, max resistance, 120/80, HR 88, RPE 13",
    "Timed 25-foot walk 14.8 s; timed up and go 12 sec",
    "L TKA, total knee precautions, 20 total reps, 3 total LOB, total assist x 2",
    "Last dose 8:30. Called the nurse at 10:12.",
    "P: 97110 15 min and gait 20 min next visit",
    "S: Walked the dog 20 min yesterday, sat 45 min at church.",
    "STG: pt will stand 10 min to cook by 4 wks",
    "HEP: stretch 10 min daily, walk 20 min a day at home",
    "Zip 97530, phone 555-97110",
]  # fmt: skip


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_look_alikes_give_no_treatment_time(text: str) -> None:
    assert read(text) == set()


@pytest.mark.parametrize(
    "text", ["97110 15'", "97110 15m", "TA x 15.", "gait 20.", "97110 x15", "97140 10-15 min"]
)
def test_what_has_two_readings_is_never_sure(text: str) -> None:
    times = [t for t in encounter(text).times if t.treats]
    assert times
    assert not any(t.sure for t in times)


@pytest.mark.parametrize(
    ("text", "minutes", "excluded"),
    [
        ("Timed 39 (7 min seated rest not counted)", 7, True),
        ("down to 2/10 after 3 min rest (not counted).", 3, True),
        ("TE 30 min incl. 10 min rest.", 10, False),
        ("Rest at 9:20 x 4 min d/t screen glare.", 4, False),
        ("Waited 10 min sitting, walked out steady.", 10, False),
    ],
)
def test_rest_and_waiting_are_no_treatment(text: str, minutes: float, excluded: bool) -> None:
    idle = [t for t in encounter(text).times if t.role == "nonbillable"]
    assert [(t.minutes, t.excluded) for t in idle] == [(minutes, excluded)]


UNITS = [
    ("97530-GP x 2, 97110-GP x 1", {"97530": 2, "97110": 1}),
    ("97112 2u; 97116 (2)", {"97112": 2, "97116": 2}),
    ("97530 x 2 units; 97140: 1 unit.", {"97530": 2, "97140": 1}),
    ("97530, units:2", {"97530": 2}),
    ("97112 (2 units) 97530 (2 units) w/59", {"97112": 2, "97530": 2}),
    ("2 units TE, 1 unit TA.", {"97110": 2, "97530": 1}),
    ("NMR X 2 UNITS.", {"97112": 2}),
    ("22 min of 97530, 2 units.", {"97530": 2}),
    ("92523 1 unit, 92507 1 unit, 97550 2 units", {"92523": 1, "92507": 1, "97550": 2}),
    ("97110 15 min x 1 unit, 97140 10 min x 1 unit", {"97110": 1, "97140": 1}),
    ("Units: 3", {"": 3}),
    ("52 timed min, 4 units", {"": 4}),
    ("CPT: 97110 x15", {}),
    ("97110 x 10 reps, 97530 x 2 min", {}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), UNITS)
def test_units_are_read_for_their_codes(text: str, expected: dict[str, int]) -> None:
    assert {u.code: u.units for u in encounter(text).unit_counts if u.sure} == expected


def test_two_sets_are_not_surely_two_units() -> None:
    assert [u.sure for u in encounter("TE x 2").unit_counts] == [False]


@pytest.mark.parametrize(
    "key", ["timed", "Timed Minutes", "total-timed", "ttm", "timed_code_minutes"]
)
def test_totals_of_the_record_are_known_by_several_names(key: str) -> None:
    times = encounter("Rows 3x10.", totals={key: "38"}).times
    assert [(t.role, t.minutes, t.origin) for t in times] == [("total_timed", 38, "metadata")]


def test_a_total_of_the_record_that_is_no_number_is_passed_over() -> None:
    assert encounter("Rows.", totals={"timed": "n/a", "total": True, "other": 5}).times == ()


def test_charge_rows_give_intervals_beside_the_text() -> None:
    charge = Charge("97110", 1, 15, start="9:00", end="9:15")
    times = encounter("97110 given.", charges=(charge,)).times
    assert [(t.start_clock, t.end_clock, t.origin) for t in times] == [(540, 555, "metadata")]


def test_minutes_of_one_code_in_two_places_are_sure_only_if_one_is_the_grid() -> None:
    grid = "97110 22 min: rows.\nCPT | Min\n97110 | 22\n97530 | 10"
    assert encounter(grid).code_minutes["97110"].sure
    assert not encounter("97110 15 min rows.\n97110 15 min pulleys.").code_minutes["97110"].sure


def test_several_intervals_of_a_code_add_up() -> None:
    text = "97110 9:00-9:15; 97140 9:15-9:30; 97110 9:30-9:45"
    assert encounter(text).code_minutes["97110"].value == 30


def test_an_end_before_its_start_gives_no_minutes() -> None:
    (time,) = encounter("Time in 10:30 Time out 10:15.").times
    assert time.minutes is None
    assert (time.start_clock, time.end_clock) == (630, 615)


CRUMBS = st.sampled_from(
    ["97110", "97530-GP", "x 2", "15 min", "TE", "Timed 38", "total", "25:70", "9:00-8:00", "units", "min",
     "(24)", "0 min", "-5 min", "600 min", "in 9:00", "out", "|", "\n", "CPT | Min\n", "8:04", "rest", "'", "×"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(CRUMBS, max_size=14))
def test_no_heap_of_crumbs_breaks_the_reading_and_places_slice_back(crumbs: list[str]) -> None:
    text = " ".join(crumbs)
    for time in encounter(text).times:
        if time.place is not None:
            assert 0 <= time.place.start < time.place.end <= len(text)


@settings(max_examples=60, deadline=None)
@given(st.integers(5, 90), st.sampled_from(["97110", "97530", "97112"]), st.integers(1, 2))
def test_layout_does_not_change_minutes(minutes: int, code: str, gap: int) -> None:
    space = " " * gap
    for text in (
        f"{code}{space}{minutes}{space}min",
        f"{code}:{space}{minutes} minutes.",
        f"{minutes}{space}min{space}of{space}{code}",
        f"- {code} ({minutes} min): rows 3x10",
        f"{code} - rows 3x10 -{space}{minutes} min",
    ):
        assert read(text) == {("service", minutes, code)}, text


@pytest.mark.parametrize(
    ("head", "certainty"),
    [
        ("PT daily note 11/20/26 10:02-10:40", "inferred"),
        ("PT daily note 11/20/26 10:02-10:40 (38 min)", "stated"),
    ],
)
def test_a_range_of_the_clock_in_the_head_is_stated_only_with_its_length(
    head: str, certainty: str
) -> None:
    times = [t for t in encounter(f"{head}\nO: Bridges 3x10.").times if t.start_clock is not None]
    assert [(t.minutes, t.certainty) for t in times] == [(38.0, certainty)]


def test_minutes_that_a_bracket_parts_are_the_visits() -> None:
    assert ("session", 38, "") in read("Pt seen in room, 38 min (ADL 24, act 14). Socks min A.")


def test_units_behind_a_prime_mark_are_the_codes_before_it() -> None:
    counts = {u.code: u.units for u in encounter("97535 45' 3u   97530 15' 1u").unit_counts}
    assert counts == {"97535": 3, "97530": 1}
