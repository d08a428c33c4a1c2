"""What only authorship rules tell apart: records, drafts, payers, cut texts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from notelint.engine import Linter
from notelint.finding import Finding
from notelint.note import Author, Note
from notelint.settings import Settings

LINTER = Linter(Settings(select=("AUT",)))
UNSIGNED = "Step-ups 6 in 2 x 10, cue to keep knee over toes. Timed 15, total 15."


def found(name: str, text: str = UNSIGNED, **facts: Any) -> list[Finding]:
    note = Note(text, **{"note_type": "daily", "discipline": "PT", "payer": "medicare_b", **facts})
    return [f for f in LINTER.lint(note).findings if f.name == name]


def test_an_unsigned_medicare_note_is_an_error_of_note_scope() -> None:
    (finding,) = found("signature-credentials-missing")
    assert (finding.severity, finding.scope, finding.start) == ("error", "note", None)


@pytest.mark.parametrize(
    ("payer", "severity"),
    [("medicare_advantage", "error"), ("commercial", "warning"), ("unknown", "info")],
)
def test_the_payer_decides_how_loud_it_is(payer: str, severity: str) -> None:
    assert found("signature-credentials-missing", payer=payer)[0].severity == severity


@pytest.mark.parametrize(
    "facts",
    [
        {"author": Author("Maren Quill", "PT")},
        {"author": Author("Maren Quill")},
        {"authors": (Author("Maren Quill", "PTA"),)},
        {"signed_at": "2026-03-10T10:00:00"},
        {"status": "draft"},
        {"text": UNSIGNED + " Then progressed with"},
        {"text": UNSIGNED + "..."},
    ],
)
def test_a_record_a_draft_or_a_cut_text_is_not_accused(facts: dict[str, Any]) -> None:
    assert found("signature-credentials-missing", **facts) == []


def test_a_fragment_is_not_applied_to() -> None:
    note = Note(UNSIGNED, discipline="PT", payer="medicare_b")
    assert ("signature-credentials-missing", "no author") in LINTER.lint(note).not_applied


def test_a_late_signature_in_the_record_points_at_its_field() -> None:
    (finding,) = found(
        "late-or-unsigned-entry", date_of_service=date(2026, 1, 5), signed_at="2026-02-02T10:00:00"
    )
    assert finding.main.target == "signed_at"
    assert "28 days" in finding.message


def test_two_dates_of_service_are_both_shown() -> None:
    (finding,) = found(
        "dos-missing", "DOS 03/10/2026 and DOS 03/12/2026. Gait 150 ft RW. J. Harlan, PT"
    )
    assert [p.role for p in finding.places] == ["main", "evidence"]


def test_no_authorship_rule_offers_a_rewrite() -> None:
    assert all(rule.rewrite is None for rule in LINTER.rules)
