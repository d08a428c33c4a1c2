"""Signatures in the forms notes really carry, and the words that only look like them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.encounter.encounter import Signature
from notelint.encounter.signatures import credential_of, signatures_of
from notelint.language.pipeline import Reader
from notelint.note import Author, Note
from notelint.rulebook.pack import load_pack

READER = Reader(load_pack().lexicons)


def signed(text: str) -> tuple[Signature, ...]:
    return signatures_of(Note(text), READER.read(text, known_therapy=True))


@pytest.mark.parametrize(
    ("text", "name", "credential"),
    [
        ("Gait 100 ft.\nJ. Harlan, PT, DPT 03/10/26", "J. Harlan", "PT, DPT"),
        ("GAIT 100 FT. TIMED 24 MIN.\n\n/ES/ DENISE A. HARLAN, PT, DPT, NCS", "DENISE A. HARLAN", "PT, DPT, NCS"),
        ("Electronically signed by Maren Quill, DPT on 3/4/2026 at 10:12", "Maren Quill", "DPT"),
        ("n. harlan, pt 3/11/25", "n. harlan", "pt"),
        ("gait 100 ft\nk harlan pta", "k harlan", "pta"),
        ("PT: Maren Quill 3/10/26", "Maren Quill", "PT"),
        ("Physical Therapist: Maren Quill", "Maren Quill", "Physical Therapist"),
        ("Maren Quill OTR/L", "Maren Quill", "OTR/L"),
        ("stood 4 min. MQ, PT", "MQ", "PT"),
        ("Total 40 min. K.L., OTR/L", "K.L.", "OTR/L"),
        ("TIMED 38 MIN / TOTAL TX 40 MIN.  T. QUILL PT 09/09/2025", "T. QUILL", "PT"),
        ("Gait 100 ft.\r\n\r\nMaren Quill\r\nPhysical Therapist\r\n", "Maren Quill", "Physical Therapist"),
        ("Quill, M., PT", "Quill, M.", "PT"),
        ("Maria de la Quill, OTR", "Maria de la Quill", "OTR"),
        ("Therapist: maren quill, pt", "maren quill", "pt"),
        ("M.Quill,PT", "M.Quill", "PT"),
        ("T. Quill M.S. CCC-SLP", "T. Quill", "M.S. CCC-SLP"),
        ("Lorraine Vu, OTR/L, CHT", "Lorraine Vu", "OTR/L, CHT"),
        ("Signed | Maren Quill, PT, DPT, CEAS | 08/19/2025 4:12 pm", "Maren Quill", "PT, DPT, CEAS"),
        ("RN told SpO2 low 90. M. Quill, OTR/L #e-sig 12/2/25 0832", "M. Quill", "OTR/L"),
        ("Maren Quill, PT, NCS. Sent to the office by portal 12/02/2025.", "Maren Quill", "PT, NCS"),
    ],
)  # fmt: skip
def test_a_name_with_its_credential_is_a_signature(text: str, name: str, credential: str) -> None:
    found = signed(text)
    assert (found[0].name, found[0].credential) == (name, credential)


@pytest.mark.parametrize(
    "text",
    [
        "Pt cont to benefit from skilled OT. Cont POC. Timed 45 total 45.",
        "J. Harlan",
        "Therapist",
        "Pt refused PT.",
        "PT to continue as ordered.",
        "Signature: Maren Quill   Date: 02/06/2026",
        "M. Quill-Harlan   4/7/26",
        "CONTINUE WITH SKILLED PT.",
        "RESIDENT REFUSED PT.",
        "P: OT 1x/wk x 4 wks",
        "S. Lee, SPT",
        "Referred to Home Health PT.",
        "Next visit Monday PT.",
        "Plan: home health PT",
        "L knee PT",
        "stood with min a pt",
        "Balance improved.\nPT, OT and ST to continue",
        "Signature: ____ PT",
        "OT Goals: dressing",
    ],
)
def test_a_credential_without_a_name_or_a_name_without_one_is_none(text: str) -> None:
    assert signed(text) == ()


def test_the_record_signs_before_the_text() -> None:
    note = Note("Gait 100 ft.\nK. Harlan PTA", author=Author("Maren Quill", "PT"))
    found = signatures_of(note, READER.read(note.text, known_therapy=True))
    assert [(s.name, s.origin) for s in found] == [
        ("Maren Quill", "metadata"),
        ("K. Harlan", "text"),
    ]


@pytest.mark.parametrize(
    ("author", "credential"),
    [
        (Author("Maren Quill", "PT"), "PT"),
        (Author("Maren Quill, OTR/L"), "OTR/L"),
        (Author("Maren Quill", "", "Physical Therapist"), "Physical Therapist"),
        (Author("Maren Quill"), ""),
    ],
)
def test_a_credential_may_stand_in_the_name_or_the_role(author: Author, credential: str) -> None:
    assert credential_of(author) == credential


def test_the_date_after_a_signature_is_kept_as_written() -> None:
    assert signed("Maren Quill, PT, DPT, OCS, Cert. MDT, 03/04/2026 14:22")[0].date == "03/04/2026"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="PTaOR/L, .\nJSmith:-0123456789()'", max_size=80))
def test_every_place_lies_in_the_text_and_holds_its_name(text: str) -> None:
    for signature in signed(text):
        assert signature.place is not None
        assert 0 <= signature.place.start < signature.place.end <= len(text)
        assert signature.name in text[signature.place.start : signature.place.end]


def test_a_long_line_of_capitals_is_scanned_in_no_time() -> None:
    assert signed("A PT " * 4000) == ()


@pytest.mark.parametrize("text", ["Pt: Maren Quill", "Pt: Maren Quill 3/10/26\nGait 100 ft."])
def test_the_patient_named_in_a_head_signs_nothing(text: str) -> None:
    assert signed(text) == ()
