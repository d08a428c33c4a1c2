"""Whole short notes in many layouts: exactly the warnings and errors of time and billing they earn."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pytest

from notelint.engine import Linter
from notelint.note import Charge, Note
from notelint.settings import Settings

GP, GO, GN = ("GP",), ("GO",), ("GN",)
NO_TIMED, NO_TREATMENT = "missing-total-timed-minutes", "missing-total-treatment-time"
OVER, SUM, EVAL = "units-exceed-cms-total", "minutes-sum-mismatch", "eval-minutes-counted-as-timed"


@lru_cache(maxsize=1)
def linter() -> Linter:
    return Linter(Settings(select=("TIM", "MOD")))


def rows(
    modifiers: tuple[str, ...], *codes: tuple[str, int] | tuple[str, int, float]
) -> tuple[Charge, ...]:
    return tuple(Charge(c[0], c[1], c[2] if len(c) > 2 else None, modifiers) for c in codes)


TE_TA = rows(GP, ("97110", 2), ("97530", 1))
NOTES: list[tuple[str, str, tuple[Charge, ...], set[str]]] = [
    ("commercial", "Time In 2:00   Time Out 2:40\n97110 - 20 min putty x20\n97530 - 20 min nuts and bolts\n97140 - 8 min scar massage", rows(GO, ("97110", 1), ("97530", 1), ("97140", 1)), {SUM}),
    ("commercial", "Time In 2:00   Time Out 2:50\n97110 - 20 min putty x20\n97530 - 20 min nuts and bolts\n97140 - 8 min scar massage", rows(GO, ("97110", 1), ("97530", 1), ("97140", 1)), set()),
    ("medicare_b", "Mr. D. came with his wife, 47 minutes, individual (92507). Naming 12/20.", (), set()),
    ("medicare_b", "Seen at her table 1:05-1:52 pm, son there. Naming 12/20. 92507", (), set()),
    ("medicare_b", "Plan: 3x/wk x 4 wks. Tx today 45 min, pill box. 92507", (), set()),
    ("medicare_b", "97530 25 min: gait 5 min to kitchen with RW, then box lifts x12. 97110 15 min: LAQ 3x10. Timed 40, total tx 45.", rows(GP, ("97530", 2), ("97110", 1)), set()),
    ("medicare_b", "Pt seen for 45 min session. TE 23 min, TA 15 min. Total timed 38.", TE_TA, set()),
    ("medicare_b", "Therapeutic exercises x 30 minutes and laser treatment 10 min to R knee.\nTotal treatment time 40 min. Timed minutes 30.", rows(GP, ("97110", 2)), set()),
    ("medicare_b", "Total treatment 55 min including hot pack 15 min. Timed 40: 97110 25, 97140 15.", rows(GP, ("97110", 2), ("97140", 1), ("97010", 1)), set()),
    ("medicare_b", "Gait training w/ RW 150', min A, VC for step length. Ther ex: LAQ 3x10.\nTx time 30", rows(GP, ("97116", 1), ("97110", 1)), {NO_TIMED}),
    ("medicare_b", "Gait 20 min, TE 20 min. TTM 40. TTT 40.", rows(GP, ("97116", 2), ("97110", 2)), {OVER}),
    ("medicare_b", "Time In: 2:15 PM   Time Out: 3:05 PM\nTotal timed code minutes: 45\nTotal treatment time: 50 min", TE_TA, set()),
    ("medicare_b", "97110 (30 mins, 2 units): mat ex. 97116 (15 mins, 1 unit): 200' RW. Total Tx Time 45 mins, Total Timed 45 mins", (), set()),
    ("medicare_b", "97110 30 minutes 3 units\n97140 15 minutes 1 unit\nTotal timed 45, total 45", (), {OVER}),
    ("medicare_b", "In 9:00 out 9:38 TE 23 min TA 15 min total timed 38 total 38", TE_TA, set()),
    ("medicare_b", "In 9:00 out 9:30 TE 23 min TA 15 min total timed 38 total 38", TE_TA, {SUM}),
    ("medicare_b", "Total time 38 minutes: 23 minutes spent on transfer training, 15 minutes on therapeutic exercise.", rows(GP, ("97530", 2), ("97110", 1)), set()),
    ("medicare_b", "Manual 10, ex 20, gait 8 = 38 timed min. Total 45 w/ ice.", rows(GP, ("97140", 1), ("97110", 1), ("97116", 1)), set()),
    ("medicare_b", "Rx: 97110 x 2u, 97112 x 2u. Timed tx 40 min. Total 40 min.", (), {OVER}),
    ("medicare_b", "Treatment included 15 minutes of ther ex, 10 minutes of manual, and 10 minutes of gait training for a total of 40 minutes timed.", rows(GP, ("97110", 1), ("97140", 1), ("97116", 1)), {SUM}),
    ("commercial", "Gait 20 min, TE 20 min.", rows((), ("97116", 1), ("97110", 1)), set()),
    ("commercial", "S: Walked 20 min at park. O: Bike 10 min, SLR 3x10, foam stance 5 min. A: good. P: cont 2x/wk.", rows((), ("97110", 1, 15), ("97112", 1, 15)), set()),
    ("workers_comp", "Tx 0900-0945. TE and gait.", rows((), ("97110", 2, 30), ("97116", 1, 15)), set()),
    ("medicaid", "Attended 45-min OT session. Worked on dressing, 97535.", (), set()),
]  # fmt: skip


@pytest.mark.parametrize(
    ("payer", "text", "charges", "expected"), NOTES, ids=[n[1][:44] for n in NOTES]
)
def test_a_note_earns_exactly_these_warnings(
    payer: str, text: str, charges: tuple[Charge, ...], expected: set[str]
) -> None:
    note = Note(
        text,
        note_type="daily",
        discipline="PT",
        payer=payer,
        charges=charges,
        date_of_service=date(2026, 3, 4),
    )
    loud = {f.name for f in linter().lint(note).findings if f.severity in ("warning", "error")}
    assert loud == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Evaluation 97162 45 min. Ther ex 97110 10 min. Timed 10, total 55.", set()),
        ("Evaluation 45 min, ther ex 10 min, total timed 55 min, total treatment 55.", {EVAL}),
    ],
)
def test_an_evaluation_with_treatment(text: str, expected: set[str]) -> None:
    note = Note(text, note_type="eval", discipline="PT", payer="medicare_b")
    assert {f.name for f in linter().lint(note).findings} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("92507 45 min. Naming 12/20. Total tx time 45 min.", set()),
        ("Speech tx, naming 12/20 with cues. /r/ 14/20.", {NO_TREATMENT}),
        ("Seen bedside 30 min for speech tx. Naming 14/20.", set()),
    ],
)
def test_an_untimed_speech_visit(text: str, expected: set[str]) -> None:
    charges = rows(GN, ("92507", 1))
    note = Note(text, note_type="daily", discipline="SLP", payer="medicare_b", charges=charges)
    assert {f.name for f in linter().lint(note).findings} == expected
