"""The same two services in every layout of a visit: the weak one is found, the good one is not."""

from __future__ import annotations

from functools import lru_cache

import pytest

from notelint.engine import Linter
from notelint.note import Charge, Note
from notelint.settings import Settings

LAYOUTS = {
    "codes parted by a slash": "O: {c} (15): {x} / {o} (15): {g}.\nP: SPC Thurs.",
    "names in a row": "O: {abbreviated} x 15 min: {x}; {other_abbreviated} x 15 min: {g}.\nP: SPC Thurs.",
    "a table": "Code | Min | What\n{c} | 15 | {x}\n{o} | 15 | {g}\nP: SPC Thurs.",
    "a table with rules": (
        "| Code | Min | Units | Description |\n|---|---|---|---|\n"
        "| {c} | 15 | 1 | {x} |\n| {o} | 15 | 1 | {g} |\nPlan: SPC Thurs."
    ),
    "the name behind its words": "{x} - {letters} 15 min\n{g} - {other_letters} 15 min\nP: SPC Thurs.",
    "the code behind its words": "S: 3/10. O: {x}, {c}, 15 min. {o} 15 min: {g}. P: SPC Thurs.",
    "an outline": "1. {c} x 15 min\n   a. {x}\n2. {o} x 15 min\n   a. {g}\nPlan: SPC Thurs.",
    "fields of a box": (
        "{name} ({c}):\nMinutes: 15\nDescription: {x}\n\n"
        "{other} ({o}):\nMinutes: 15\nDescription: {g}\n\nPlan: SPC Thurs."
    ),
    "brackets": "[{c}] [15 min] {x}\n[{o}] [15 min] {g}\nPlan: SPC Thurs.",
    "minutes first": "15' {letters}: {x}. 15' {other_letters}: {g}.\nP: SPC Thurs.",
    "code, name and a dash": "{c} {letters} 15 min - {x}\n{o} {other_letters} 15 min - {g}\nP: SPC Thurs.",
    "ticked boxes": (
        "[x] {name} {c}   15 min   Comments: {x}\n[x] {other} {o}   15 min   Comments: {g}\nPlan: SPC Thurs."
    ),
    "seen for a service": (
        "Patient was seen for {abbreviated} x 15 minutes. {x}. Then {other_abbreviated} x 15 minutes. {g}.\n"
        "P: SPC Thurs."
    ),
    "units over bullets": "{c} 1u (15 min)\n- {x}\n{o} 1u (15 min)\n- {g}\n\nP: SPC Thurs.",
    "tabs": "{c}\t{letters}\t15\t{x}\n{o}\t{other_letters}\t15\t{g}\nP: SPC Thurs.",
}
NAMES = {
    "97110": ("Therapeutic Exercise", "TE", "ther ex"),
    "97112": ("Neuromuscular Re-ed", "NMR", "neuro re-ed"),
    "97116": ("Gait Training", "GT", "gait"),
    "97140": ("Manual Therapy", "MT", "manual"),
    "97530": ("Therapeutic Activities", "TA", "ther act"),
}
GOOD = {
    "97110": "SLR 2# 3x10, bridges 2x15, cued to hold pelvis level, for stairs (LTG 2)",
    "97112": "tandem stance at counter 3x20 s, CGA, cued to shift R, sway from 4 to 2 steps, for standing at stove (LTG 1)",
    "97116": "gait 150 ft RW CGA, cued for longer R step, toe clear 8/10 after, for household walking (LTG 1)",
    "97140": "patellar glides sup/inf gr III 3x30 s, flexion 98 to 106 after",
    "97530": "sit to stand from 17 in chair x8, min A then CGA, cued nose over toes, for toilet transfers (STG 1)",
}
WEAK = {
    "97110": ("LE exercises in sitting", {"97110-lacks-parameter", "generic-activity-phrase"}),
    "97112": ("hip abd/ext standing 2x10", {"97112-lacks-neuromotor-deficit"}),
    "97116": ("amb in hall x2 w/ cane SBA", {"97116-lacks-gait-analysis"}),
    "97140": ("STM", {"97140-lacks-technique-region", "bare-intervention-label"}),
    "97530": ("step ups 2x10, mini squats 2x10", {"97530-lacks-functional-task"}),
}
#: Walking told in the sentence behind "Then gait x 15 minutes." is read with the first service.
NOT_YET = {("seen for a service", "97116")}


@lru_cache(maxsize=1)
def _linter() -> Linter:
    return Linter(Settings(preview=True))


def found(layout: str, code: str, words: str) -> dict[str, int]:
    """Rule → rank of its finding, for a note of two services with the first one's words."""
    other = "97116" if code != "97116" else "97110"
    own, beside = NAMES[code], NAMES[other]
    text = LAYOUTS[layout].format(
        c=code, o=other, x=words, g=GOOD[other], name=own[0], letters=own[1], abbreviated=own[2],
        other=beside[0], other_letters=beside[1], other_abbreviated=beside[2],
    )  # fmt: skip
    note = Note(
        id="1", text=text + "\nTotal timed 30 min, total treatment 30 min. A. Roe, PT, DPT 03/02/2026",
        note_type="daily", discipline="PT", payer="medicare_b",
        charges=tuple(Charge(code=c, units=1, minutes=15) for c in (code, other)),
    )  # fmt: skip
    return {finding.name: finding.rank for finding in _linter().lint(note).findings}


@pytest.mark.parametrize("code", GOOD)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_two_good_services_are_silent_in_every_layout(layout: str, code: str) -> None:
    loud = {name for name, rank in found(layout, code, GOOD[code]).items() if rank >= 2}

    assert not loud


@pytest.mark.parametrize(
    ("layout", "code"), [(a, b) for a in LAYOUTS for b in WEAK if (a, b) not in NOT_YET]
)
def test_a_weak_service_beside_a_good_one_is_found_in_every_layout(layout: str, code: str) -> None:
    words, rules = WEAK[code]

    assert rules & found(layout, code, words).keys()
