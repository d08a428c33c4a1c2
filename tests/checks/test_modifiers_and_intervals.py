"""Modifiers, pairs, thresholds, delivery, clock times: catalogue I and C11-C12, beyond the examples."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pytest

from notelint.engine import Linter
from notelint.finding import Finding
from notelint.note import Author, Charge, Note
from notelint.settings import Settings


@lru_cache(maxsize=1)
def linter() -> Linter:
    return Linter(Settings(select=("MOD", "TIM111", "TIM112")))


def findings(text: str, **facts: object) -> list[Finding]:
    facts.setdefault("note_type", "daily")
    facts.setdefault("discipline", "PT")
    return list(linter().lint(Note(text, **facts)).findings)  # type: ignore[arg-type]


def names(text: str, **facts: object) -> set[str]:
    return {f.name for f in findings(text, **facts)}


def charge(code: str, *modifiers: str, units: int = 1) -> Charge:
    return Charge(code, units, None, modifiers)


CARRIED = frozenset({"charges", "charges.modifiers"})


def test_a_source_without_modifiers_accuses_nobody() -> None:
    rows = (charge("97110"), charge("97140"))
    assert not names("Rows, MT.", payer="medicare_b", charges=rows)
    assert names("Rows, MT.", payer="medicare_b", charges=rows, carried=CARRIED) == {
        "discipline-modifier"
    }


def test_all_lines_without_modifier_are_one_finding() -> None:
    rows = (charge("97110"), charge("97140"), charge("97116"))
    (finding,) = findings("Rows, MT, gait.", payer="medicare_b", charges=rows, carried=CARRIED)
    assert [p.target for p in finding.places] == ["charges[0]", "charges[1]", "charges[2]"]


def test_the_signature_decides_the_discipline_unless_the_record_says_otherwise() -> None:
    text = "97530-GP x 1.\nB. Sarkozy, OTR/L"
    assert "discipline-modifier" in names(text, payer="medicare_b", discipline="OT")
    assert "discipline-modifier" not in names(text, payer="medicare_b", discipline="PT")


@pytest.mark.parametrize(("day", "fires"), [(date(2019, 12, 31), False), (date(2020, 1, 1), True)])
def test_assistant_modifiers_begin_with_2020(day: date, fires: bool) -> None:
    found = names("97110-GP x 2.\nA. Roe, PTA", payer="medicare_b", date_of_service=day)
    assert ("assistant-modifier" in found) == fires


@pytest.mark.parametrize(
    ("therapist", "assistant", "units", "fires"),
    [(13, 2, 1, False), (0, 15, 1, True), (15, 15, 2, True), (12, 1, 1, False)],
)
def test_minutes_of_therapist_and_assistant_decide(
    therapist: int, assistant: int, units: int, fires: bool
) -> None:
    authors = (
        Author("J. Smith", "PT", minutes=therapist),
        Author("A. Roe", "PTA", minutes=assistant),
    )
    found = names(
        "Rows 3x10.", payer="medicare_b", date_of_service=date(2026, 3, 4), authors=authors,
        charges=(charge("97110", "GP", units=units),),
    )  # fmt: skip
    assert ("assistant-modifier" in found) == fires


def test_the_amount_is_judged_by_the_year_of_service() -> None:
    text = "Over the $2,410 threshold, KX applied."
    assert "kx-threshold-year" in names(text, payer="medicare_b", date_of_service=date(2026, 1, 5))
    assert "kx-threshold-year" not in names(
        text, payer="medicare_b", date_of_service=date(2025, 1, 5)
    )
    assert "kx-threshold-year" not in names(text, payer="medicare_b")


def test_the_amount_of_targeted_review_is_no_wrong_threshold() -> None:
    text = "Past the $3,000 targeted review threshold."
    assert "kx-threshold-year" not in names(
        text, payer="medicare_b", date_of_service=date(2026, 1, 5)
    )


def test_a_pair_needs_time_of_its_own_for_each_code() -> None:
    rows = (charge("97530", "GP"), charge("97116", "GP", "59"))
    day = date(2026, 3, 4)
    together = "Box lifts 10 lb and gait 300 ft, total treatment 30 min."
    apart = "97530 15 min box lifts, 97116 15 min gait 300 ft."
    assert "ncci-pair-distinct-time" in names(
        together, payer="medicare_b", charges=rows, date_of_service=day
    )
    assert "ncci-pair-distinct-time" not in names(
        apart, payer="medicare_b", charges=rows, date_of_service=day
    )


def test_minutes_of_unknown_owner_silence_the_pair() -> None:
    text = "Box lifts 10 lb x 12 (15 min)\nGait to the mailbox (17 min)"
    rows = (charge("97530"), charge("97116"))
    assert "ncci-pair-distinct-time" not in names(
        text, payer="medicare_b", charges=rows, date_of_service=date(2026, 3, 4)
    )


def test_overlapping_clock_times_share_minutes_in_one_on_one_codes_only() -> None:
    assert "overlapping-intervals" in names("97110 9:00-9:30; 97140 9:15-9:45.")
    assert "overlapping-intervals" not in names("97110 9:00-9:15; 97140 9:15-9:30.")
    assert "overlapping-intervals" not in names("97150 9:00-9:30; group of 3. 97110 9:15-9:30.")


def test_services_longer_than_their_visit_are_found() -> None:
    text = "Time in 9:00 Time out 9:30. 97110 9:00-9:20, 97140 9:20-9:45."
    assert "overlapping-intervals" in names(text)


def test_clock_times_are_asked_of_workers_compensation_only() -> None:
    text = "97110 30 min: rows 3x10."
    assert "start-stop-consistency" in names(text, payer="workers_comp")
    assert not names(text, payer="medicare_b")
    assert not names(text, payer="commercial")


@pytest.mark.parametrize(("day", "stages"), [(date(2026, 3, 4), 0), (date(2019, 3, 4), 1)])
def test_telehealth_outside_its_dates_is_named(day: date, stages: int) -> None:
    text = "Telehealth by two-way AV, pt at home, consent on file, wife beside her. Squats x10."
    assert len(findings(text, payer="medicare_b", date_of_service=day)) == stages


def test_telehealth_past_the_end_of_the_data_is_not_applied() -> None:
    note = Note(
        "Telehealth visit, squats x10.",
        note_type="daily",
        payer="medicare_b",
        date_of_service=date(2028, 1, 2),
    )
    result = linter().lint(note)
    assert ("telehealth-statement", "data valid through 2027-12-31") in result.not_applied
    assert not result.findings


def test_the_setting_gate_says_why_once() -> None:
    rows = (charge("97530", "GP", "KX"), charge("97110", "GP", "KX"))
    assert [
        f.name for f in findings("STS x10.", payer="medicare_b", setting="snf_part_a", charges=rows)
    ] == ["setting-gate"]
