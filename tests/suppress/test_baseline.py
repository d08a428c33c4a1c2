from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.errors import ConfigError
from notelint.finding import Finding, Place, Suggestion
from notelint.note import Note
from notelint.suppress.baseline import Baseline

Make = Callable[..., Any]


@pytest.fixture
def accepted(tmp_path: Path, note_in: Make, found: Make, filter_with: Make) -> Path:
    """A baseline that holds two findings of one note."""
    path = tmp_path / "baseline.json"
    note = note_in()
    baseline = Baseline(path)
    filter_with(baseline=baseline)(
        note, [found(note, "Balance activities"), found(note, None, "POC103")]
    )
    assert baseline.accept() == 2
    baseline.write()
    return path


def test_accepted_findings_are_suppressed_and_new_ones_are_not(
    accepted: Path, note_in: Make, found: Make, filter_with: Make
) -> None:
    note = note_in()
    baseline = Baseline.read(accepted)
    findings = [
        found(note, "Balance activities"), found(note, "Gait training"), found(note, None, "POC103"),
    ]  # fmt: skip
    result = filter_with(baseline=baseline)(note, findings)
    assert [f.suppressed.by if f.suppressed else None for f in result] == [
        "baseline", None, "baseline",
    ]  # fmt: skip
    assert baseline.fresh.total() == 1


def test_lines_and_spacing_may_change_and_neighbours_may_not(
    accepted: Path, note_in: Make, found: Make, filter_with: Make
) -> None:
    moved = note_in("S: fine.\n\nO:  Balance   activities performed.\n")
    (finding,) = filter_with(baseline=Baseline.read(accepted))(
        moved, [found(moved, "Balance   activities")]
    )
    assert finding.suppressed is not None
    other = note_in("O: Balance activities omitted.\n")
    (finding,) = filter_with(baseline=Baseline.read(accepted))(
        other, [found(other, "Balance activities")]
    )
    assert finding.suppressed is None


def test_the_same_words_in_another_note_are_new(
    accepted: Path, note_in: Make, found: Make, filter_with: Make
) -> None:
    other = note_in(name="b.txt", id="n2")
    (finding,) = filter_with(baseline=Baseline.read(accepted))(
        other, [found(other, "Balance activities")]
    )
    assert finding.suppressed is None


def test_each_acceptance_answers_one_finding(
    accepted: Path, note_in: Make, found: Make, filter_with: Make
) -> None:
    note = note_in()
    finding = found(note, "Balance activities")
    result = filter_with(baseline=Baseline.read(accepted))(note, [finding, finding])
    assert [f.suppressed is not None for f in result] == [True, False]


def test_update_drops_what_the_notes_of_this_run_no_longer_hold(
    accepted: Path, note_in: Make, found: Make, filter_with: Make
) -> None:
    note = note_in()
    baseline = Baseline.read(accepted)
    filter_with(baseline=baseline)(note, [found(note, None, "POC103")])
    assert baseline.prune() == 1
    baseline.write()
    assert Baseline.read(accepted).accepted.total() == 1


def test_update_keeps_notes_and_rules_that_this_run_did_not_look_at(
    accepted: Path, note_in: Make, filter_with: Make
) -> None:
    baseline = Baseline.read(accepted)
    other = note_in(name="b.txt", id="n2")
    filter_with(baseline=baseline)(other, [])
    assert baseline.prune() == 0
    filter_with(baseline=baseline)(note_in(), [], {"no-plan", "generic-activity-phrase"})
    assert baseline.prune() == 0


def test_a_locked_rule_is_neither_held_nor_accepted(
    tmp_path: Path, note_in: Make, found: Make, filter_with: Make
) -> None:
    note = note_in()
    baseline = Baseline(tmp_path / "b.json")
    filter_with(baseline=baseline, locked=frozenset({"no-plan"}))(
        note, [found(note, None, "POC103")]
    )
    assert baseline.accept() == 0


def test_a_note_without_an_id_is_known_by_its_file_and_never_by_its_row(
    tmp_path: Path, note_in: Make, found: Make, filter_with: Make
) -> None:
    baseline = Baseline(tmp_path / "b.json")
    note = note_in(id=f"{tmp_path / 'a.txt'}:3")
    filter_with(baseline=baseline)(note, [found(note, "Balance activities")])
    baseline.accept()
    baseline.write()
    again = note_in(id=f"{tmp_path / 'a.txt'}:7")
    (finding,) = filter_with(baseline=Baseline.read(tmp_path / "b.json"))(
        again, [found(again, "Balance activities")]
    )
    assert finding.suppressed is not None


def test_charges_are_known_by_code_and_not_by_place(
    tmp_path: Path, note_in: Make, found: Make, filter_with: Make
) -> None:
    baseline = Baseline(tmp_path / "b.json")
    note = note_in()
    finding = found(note, None, "TIM104", target="charges[0]", scope="charge")
    filter_with(baseline=baseline)(note, [finding])
    baseline.accept()
    turned = note.with_facts(charges=note.charges[::-1])
    moved = found(turned, None, "TIM104", target="charges[1]", scope="charge")
    assert baseline.holds(moved, turned)
    assert not baseline.holds(finding, turned)


def test_the_file_tells_nothing_and_belongs_to_its_owner(accepted: Path) -> None:
    text = accepted.read_text("utf-8").lower()
    for word in ("balance", "activities", "performed", "n1", "a.txt"):
        assert word not in text
    assert accepted.stat().st_mode & 0o777 == 0o600


def test_two_baselines_of_the_same_findings_have_nothing_in_common(
    tmp_path: Path, note_in: Make, found: Make, filter_with: Make
) -> None:
    keys = []
    for name in ("a.json", "b.json"):
        baseline = Baseline(tmp_path / name)
        note = note_in()
        filter_with(baseline=baseline)(note, [found(note, "Balance activities")])
        keys.append({entry[1:] for entry in baseline.fresh})
    assert not keys[0] & keys[1]


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version": 1}', '{"version": 1, "key": "x", "findings": {}}']
)
def test_a_damaged_baseline_is_an_error_that_says_what_to_do(text: str, tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    path.write_text(text)
    with pytest.raises(ConfigError, match="--accept-new"):
        Baseline.read(path)


def test_a_missing_baseline_and_a_newer_one_are_errors(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such baseline"):
        Baseline.read(tmp_path / "none.json")
    (tmp_path / "new.json").write_text('{"version": 2, "key": "00", "findings": {}}')
    with pytest.raises(ConfigError, match="version 2, not 1"):
        Baseline.read(tmp_path / "new.json")


@given(st.text(alphabet="ab \n", min_size=1, max_size=30), st.integers(0, 29), st.integers(1, 6))
def test_what_was_accepted_is_held_in_the_same_note(text: str, start: int, size: int) -> None:
    start = min(start, len(text) - 1)
    place = Place("main", "text", start, min(start + size, len(text)), note_id="n")
    finding = Finding(
        "GEN101", "x", "warning", "judgement", "words", "", "", (place,), Suggestion("")
    )
    note = Note(text, id="n")
    baseline = Baseline(Path("b.json"))
    assert not baseline.holds(finding, note)
    baseline.accept()
    assert baseline.holds(finding, note)
