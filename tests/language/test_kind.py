"""The kind of a note: from what is there, and "not therapy" only on evidence."""

from __future__ import annotations

import pytest

from notelint.language.pipeline import Reader

OPERATIVE = (
    "PREOPERATIVE DIAGNOSIS: Cataract.\nPOSTOPERATIVE DIAGNOSIS: Cataract.\nPROCEDURE PERFORMED: "
    "Phacoemulsification.\nANESTHESIA: Local.\nESTIMATED BLOOD LOSS: None.\nCOMPLICATIONS: None.\n"
    "DESCRIPTION OF PROCEDURE: The patient was prepped and draped in the usual sterile fashion. "
) + "The lens was removed and the chamber was irrigated. " * 14


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Pt no-show for 10:00 appointment. Called, left message.", "no_show"),
        ("Patient cancelled due to illness.", "no_show"),
        ("ADDENDUM: time in was 9:05.", "addendum"),
        ("PHYSICAL THERAPY DISCHARGE SUMMARY\nPt met 3/4 goals.", "discharge"),
        ("PT Re-evaluation\nPt seen for 10 visits.", "reeval"),
        ("RECERTIFICATION\nContinue 2x/wk.", "recert"),
        ("OT PROGRESS REPORT\nReporting period 9/1-9/30.", "progress"),
        ("PT INITIAL EVALUATION\nReferred for R knee pain.", "eval"),
        ("Telephone call to MD re: BP.", "communication"),
        ("O: gait 150 ft with RW, CGA.", "unknown"),
    ],
)
def test_the_kind_a_text_shows(reader: Reader, text: str, kind: str) -> None:
    assert reader.read(text).kind.kind == kind


def test_an_operative_report_is_no_therapy_note(reader: Reader) -> None:
    assert not reader.read(OPERATIVE).kind.therapy
    assert any("not therapy" in why for why in reader.read(OPERATIVE).kind.evidence)


def test_what_is_known_to_be_therapy_stays_therapy(reader: Reader) -> None:
    assert reader.read(OPERATIVE, known_therapy=True).kind.therapy
    assert reader.read(OPERATIVE + "\n97110 x 2 units").kind.therapy


def test_a_short_text_is_never_called_no_therapy(reader: Reader) -> None:
    assert reader.read(OPERATIVE[:600]).kind.therapy
    assert reader.read("ok").kind.therapy


def test_dosed_work_is_no_missed_visit(reader: Reader) -> None:
    text = "Pt cancelled last week. Today SLR 3x10, squats 2x10, step ups 3x10."
    assert reader.read(text).kind.kind == "unknown"


@pytest.mark.parametrize(
    ("text", "framed"),
    [
        ("S: sore\nO: gait\nA: better\nP: again", True),
        ("DOS: 10/1/2026\nGait 150 ft.\nJane Brook, PT", True),
        ("O: gait 150 ft\nP: again", False),
        ("Gait 150 ft.\nJane Brook, PT", False),
    ],
)
def test_a_frame_is_three_parts_or_a_dated_header_with_a_signature(
    reader: Reader, text: str, framed: bool
) -> None:
    assert reader.read(text).kind.framed is framed
