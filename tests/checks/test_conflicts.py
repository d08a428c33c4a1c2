"""Contradictions show both places; blanks of our own suggestions are found."""

from __future__ import annotations

import re
from typing import Any

import pytest

from notelint.engine import Linter
from notelint.finding import Finding
from notelint.note import Note
from notelint.settings import Settings

LINTER = Linter(Settings(select=("CON",)))


def found(name: str, text: str, **facts: Any) -> list[Finding]:
    note = Note(text, **{"note_type": "daily", "discipline": "PT", **facts})
    return [f for f in LINTER.lint(note).findings if f.name == name]


def test_a_contradiction_shows_both_places() -> None:
    text = "Toilet transfer independent.\nAROM 0-110.\nToilet transfer mod A."
    (finding,) = found("internal-contradiction", text)
    assert [text[p.start : p.end] for p in finding.places] == [
        "Toilet transfer mod A",
        "Toilet transfer independent",
    ]
    assert "Toilet transfer independent" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "Toilet transfer min A, then independent after 5 reps.",
        "Toilet transfer independent with grab bar. Toilet transfer min A.",
        "Toilet transfer min A; tub transfer independent.",
        "P: toilet transfer independent. Toilet transfer min A today.",
        "Wife reports toilet transfer independent. Toilet transfer min A.",
        "Toilet transfer min A x 2 trials, independent x 3 trials.",
        "Toilet transfer min A. Toilet transfer mod A.",
    ],
)
def test_two_times_tasks_or_speakers_are_no_contradiction(text: str) -> None:
    assert found("internal-contradiction", text) == []


def test_every_placeholder_of_a_shipped_rewrite_is_a_blank() -> None:
    rewrites = [r.rewrite for r in Linter(Settings(preview=True)).rules if r.rewrite]
    blanks = sorted({b for r in rewrites for b in re.findall(r"\[[^\[\]]+\]", r)})
    assert blanks
    missed = [b for b in blanks if not found("template-residue", f"Stood at the sink {b}.")]
    assert missed == []


@pytest.mark.parametrize(
    "text", ["[x] no falls", "[] none", "pain [3/10]", "ROM [R] 0-98", "“I can ___” 13/20"]
)
def test_check_boxes_remarks_and_cloze_tasks_are_no_blanks(text: str) -> None:
    assert found("template-residue", text) == []


def test_an_empty_assessment_is_a_blank_and_a_heading_of_headings_is_none() -> None:
    assert found("template-residue", "S: stiff\nO: Heel slides 3x10, 0-98.\nA:\nP: stairs Friday.")
    assert not found(
        "template-residue", "S: stiff\nObjective:\nTreatment: heel slides 3x10.\nA: less lag."
    )


def test_an_abbreviation_is_asked_about_once_a_note() -> None:
    assert len(found("undefined-abbreviation", "QNM to hip x 5. QNM again x 5.")) == 1


def test_pt_as_subject_is_ambiguous_in_mixed_case_only() -> None:
    assert found("ambiguous-abbreviation", "Gait deferred. PT refused stairs.")
    assert not found("ambiguous-abbreviation", "GAIT DEFERRED. PT REFUSED STAIRS.")
