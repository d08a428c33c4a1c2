"""Laws of episode and batch rules: order, single notes, repetition of runs, clocks."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.engine import Linter, lint_notes
from notelint.finding import Finding, NotApplied
from notelint.note import Author, Note
from notelint.settings import Settings

RULES = ("PRG101", "SKL104", "POC108", "POC103", "CON101")
CHOICE = Settings(select=RULES, as_of=date(2026, 6, 1))
LINTER = Linter(CHOICE)
START = date(2026, 1, 5)
COPY = (
    "Pt performed standing reaching at the counter with a cuff for putting groceries away. Cues for hip hinge. "
    "Tolerated with one seated rest. Continue reaching next visit and add the step to the pantry."
)


def visit(n: int, day: int, text: str = "", **facts: Any) -> Note:
    return Note(
        text or f"Gait {100 + 10 * n} ft RW, cue for step length, {n} stumbles.",
        **{
            "id": f"v{n:02}", "note_type": "daily", "discipline": "PT", "payer": "medicare_b",
            "episode_id": "e1", "date_of_service": START + timedelta(days=day), **facts,
        },
    )  # fmt: skip


def run(notes: list[Note], choice: Settings = CHOICE) -> tuple[list[Finding], list[NotApplied]]:
    linter = LINTER if choice is CHOICE else Linter(choice)
    digests = [linter.lint(note, index=i).digest for i, note in enumerate(notes)]
    return linter.lint_digests([d for d in digests if d is not None])


def named(notes: list[Note], name: str, choice: Settings = CHOICE) -> list[Finding]:
    return [f for f in run(notes, choice)[0] if f.name == name]


MIXED = [
    *(visit(n, 2 * n) for n in range(1, 13)),
    *(visit(20 + n, 2 * n, COPY, episode_id="e2", patient_id="p2") for n in range(1, 4)),
    *(visit(30 + n, n, "Bridges 3 x 10, squats 3 x 10.", episode_id="e3", plan={"frequency": "2x/wk"}) for n in range(4)),
    visit(40, 3, COPY + " " + COPY.replace("groceries", "plates"), episode_id="e4", patient_id="p4"),
    visit(41, 4, COPY + " " + COPY.replace("groceries", "plates"), episode_id="e5", patient_id="p5"),
]  # fmt: skip


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000))
def test_the_order_of_the_notes_does_not_matter(seed: int) -> None:
    shuffled = MIXED[:]
    random.Random(seed).shuffle(shuffled)

    def told(notes: list[Note]) -> tuple[set[tuple[str, str, str, str]], list[NotApplied]]:
        findings, skipped = run(notes)
        return {(f.note_id, f.name, f.severity, f.message) for f in findings}, sorted(
            skipped, key=str
        )

    assert told(shuffled) == told(MIXED)


def test_the_mixed_run_fires_every_law() -> None:
    assert {f.name for f in run(MIXED)[0]} == {
        "progress-report-overdue", "repetitive-without-progression", "frequency-exceeds-plan", "cloned-note",
    }  # fmt: skip


def test_the_same_run_twice_is_equal() -> None:
    assert list(lint_notes(MIXED, CHOICE)) == list(lint_notes(MIXED, CHOICE))


def test_one_note_of_an_episode_is_not_applied_and_silent() -> None:
    findings, skipped = run([visit(1, 0)])
    assert findings == []
    assert {(s.rule, s.reason) for s in skipped} >= {
        (rule, "one note of the episode")
        for rule in ("progress-report-overdue", "repetitive-without-progression", "frequency-exceeds-plan", "cloned-note")
    }  # fmt: skip


def test_notes_without_a_key_are_alone_each() -> None:
    findings, skipped = run([visit(n, n, COPY, episode_id=None) for n in range(3)])
    assert findings == []
    assert all(s.notes == 3 for s in skipped)


def test_notes_without_a_date_are_named_and_not_counted() -> None:
    notes = [visit(n, 2 * n) for n in range(1, 8)] + [visit(9, 0, date_of_service=None)]
    assert NotApplied("progress-report-overdue", "no date of service", 1) in run(notes)[1]


@pytest.mark.parametrize(
    ("visits", "severity"), [(8, None), (9, "warning"), (10, "warning"), (11, "error")]
)
def test_a_report_is_due_by_treatment_days(visits: int, severity: str | None) -> None:
    found = named([visit(n, 2 * n) for n in range(visits)], "progress-report-overdue")
    assert [f.severity for f in found] == ([severity] if severity else [])


def test_within_the_seven_days_it_is_due_and_not_overdue() -> None:
    notes = [visit(n, n) for n in range(12)]
    choice = Settings(select=RULES, as_of=START + timedelta(days=12))
    assert [f.severity for f in named(notes, "progress-report-overdue", choice)] == ["warning"]


def test_two_visits_on_a_day_are_one_treatment_day() -> None:
    notes = [visit(n, n // 2, visit_id=str(n)) for n in range(16)]
    assert named(notes, "progress-report-overdue") == []


def test_cancelled_visits_are_no_treatment_days() -> None:
    notes = [visit(n, 2 * n, "Pt cancelled.", note_type="no_show") for n in range(6)]
    notes += [visit(10 + n, 12 + 2 * n) for n in range(6)]
    assert named(notes, "progress-report-overdue") == []


def test_elements_spread_over_the_notes_count() -> None:
    notes = [visit(n, 2 * n) for n in range(14)]
    clinician = {"author": Author("Maren Quill", "PT")}
    notes[3] = visit(3, 6, "LTG 1 stairs: min A to SBA, partly met. Gait 100 ft RW.", **clinician)
    notes[6] = visit(6, 12, "Berg 38 to 44. Gait 120 ft RW.", **clinician)
    notes[8] = visit(
        8, 16, "No changes to goals. P: continue 2x/wk x 4 wk, curb next.", **clinician
    )
    assert not any(f.severity == "error" for f in named(notes, "progress-report-overdue"))


def test_an_assistants_report_alone_is_none() -> None:
    notes = [visit(n, 2 * n) for n in range(14)]
    report = "Progress report. LTG 1 stairs: min A to SBA. Continue 2x/wk."
    notes[8] = visit(8, 16, report, note_type="progress", author=Author("K. Harlan", "PTA"))
    assert [f.severity for f in named(notes, "progress-report-overdue")] == ["error"]
    notes[8] = visit(8, 16, report, note_type="progress", author=Author("Maren Quill", "PT"))
    assert named(notes, "progress-report-overdue") == []


def test_a_finding_says_which_key_joined_the_notes() -> None:
    notes = [visit(n, 2 * n, episode_id=None, patient_id="p1") for n in range(12)]
    assert "patient_id + discipline" in named(notes, "progress-report-overdue")[0].message


def test_a_copy_names_the_note_it_repeats_and_holds_no_words_of_it() -> None:
    (finding,) = named([visit(1, 0, COPY), visit(2, 2, COPY)], "cloned-note")
    assert (finding.note_id, finding.places[1].note_id) == ("v02", "v01")
    assert "groceries" not in str(finding.as_dict())


def test_a_value_of_its_own_makes_a_note_no_copy() -> None:
    notes = [visit(1, 0, COPY + " Pain 4/10."), visit(2, 2, COPY + " Pain 2/10.")]
    notes = [visit(n.date_of_service.day, i * 2, n.text.replace("Tolerated", f"Reached {i + 4} plates x {i + 8}, tolerated")) for i, n in enumerate(notes) if n.date_of_service]  # fmt: skip
    assert named(notes, "cloned-note") == []


def test_a_phrase_of_the_house_is_no_copy() -> None:
    house = "Treatment was given one on one in a quiet room with consent and all precautions were kept by the therapist. "
    own = ("Sorting plates by size.", "Tying both shoes on a stool.", "Folding shirts at the table.", "Reaching to cones.", "Writing five lines.", "Stirring a thick batter.")  # fmt: skip
    notes = [
        visit(n, n, house + words, episode_id=f"e{n}", patient_id=f"p{n}")
        for n, words in enumerate(own)
    ]
    assert named(notes, "cloned-note") == []


def test_no_episode_rule_accuses_a_maintenance_programme_of_repetition() -> None:
    notes = [visit(n, 7 * n, COPY, programme="maintenance") for n in range(5)]
    assert {f.name for f in run(notes)[0]} <= {"progress-report-overdue"}


def test_certified_days_end_once_and_the_day_between_the_counts_is_left_alone() -> None:
    plan = {"certified_from": "2026-01-05", "certified_to": "2026-01-20"}
    notes = [visit(1, 0, note_type="eval", plan=plan), visit(2, 14), visit(3, 16)]
    assert named(notes, "certification-clock") == []
    late = [*notes, visit(4, 18), visit(5, 20)]
    assert [f.note_id for f in named(late, "certification-clock")] == ["v04"]
