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
