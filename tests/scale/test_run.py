from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from notelint.cache.cache import Cache
from notelint.cache.store import FILE
from notelint.finding import Problem
from notelint.note import Note
from notelint.reports.entry import Entry
from notelint.run import Lane, Run

CANARY = "Zyxwvut"


@pytest.fixture
def run_with(linter: Any, suppress: Any) -> Any:
    """Runs notes with a fresh lane and returns the entries."""

    def run(items: Any, cache: Cache | None = None, **choices: Any) -> list[Entry]:
        lane = Lane(choices.pop("linter", linter), suppress)
        lane.keys = cache.keys("pack", "settings") if cache else None
        return list(Run(lane, lambda _note: lane, cache, **choices).entries(items))

    return run


def test_a_problem_in_the_stream_costs_nothing_else(run_with: Any, notes: Any) -> None:
    entries = run_with([*notes("bad"), Problem("x", "f.csv"), *notes("bad")])
    assert [len(e.report.findings) for e in entries] == [1, 0, 1, 0]
    assert entries[1].report.problems[0].what == "x"
    assert entries[-1].report.summary["notes"] == 2
    assert entries[-1].report.not_applied[0].as_dict() == {
        "rule": "other-rule", "reason": "no charges", "notes": 2,
    }  # fmt: skip


def test_a_run_without_notes_has_a_summary_all_the_same(run_with: Any) -> None:
    (last,) = run_with([])
    assert last.report.summary["rules"] == 1


def opened(folder: Path) -> tuple[Cache, list[str]]:
    warnings: list[str] = []
    return Cache.open(folder / "cache", warnings.append), warnings


def test_a_second_run_lints_nothing_and_says_the_same(
    run_with: Any, notes: Any, linter: Any, tmp_path: Path
) -> None:
    texts = ("this is bad", "fine", f"{CANARY} is bad")
    cache, _ = opened(tmp_path)
    first = run_with(notes(*texts), cache)
    cache.close()
    linter.calls.clear()
    cache, warnings = opened(tmp_path)
    second = run_with(notes(*texts), cache)
    cache.close()
    assert linter.calls == []
    assert warnings == []
    assert second[-1].report.summary["cached"] == 3
    assert [e.report.findings for e in second] == [e.report.findings for e in first]
    for path in (tmp_path / "cache").iterdir():
        assert CANARY.encode() not in path.read_bytes()


def test_a_note_that_moved_gets_its_new_place(
    run_with: Any, notes: Any, linter: Any, tmp_path: Path
) -> None:
    cache, _ = opened(tmp_path)
    run_with(notes("this is bad"), cache)
    cache.close()
    cache, _ = opened(tmp_path)
    (note,) = notes("this is bad")
    assert note.source is not None
    moved = replace(note, source=replace(note.source, file="other.csv", row=9))
    first, _ = run_with([moved], cache)
    cache.close()
    (finding,) = first.report.findings
    assert linter.calls == ["n0"]
    assert (finding.file, finding.main.source.row) == ("other.csv", 9)


@pytest.mark.parametrize("change", [{"payer": "va"}, {"text": "this is bad."}, {"id": "other"}])
def test_a_note_that_changed_is_linted_again(
    change: dict[str, str], run_with: Any, notes: Any, linter: Any, tmp_path: Path
) -> None:
    cache, _ = opened(tmp_path)
    run_with(notes("this is bad"), cache)
    cache.close()
    cache, _ = opened(tmp_path)
    run_with([replace(note, **change) for note in notes("this is bad")], cache)
    cache.close()
    assert len(linter.calls) == 2


def test_a_note_with_a_problem_is_not_kept(
    run_with: Any, notes: Any, linter: Any, tmp_path: Path
) -> None:
    for _ in range(2):
        cache, _warnings = opened(tmp_path)
        run_with(notes("raise"), cache)
        cache.close()
    assert linter.calls == ["n0", "n0"]


def test_a_damaged_cache_is_ignored_with_one_warning(
    run_with: Any, notes: Any, linter: Any, tmp_path: Path
) -> None:
    cache, _ = opened(tmp_path)
    run_with(notes("this is bad"), cache)
    cache.close()
    (tmp_path / "cache" / FILE).write_bytes(b"nonsense" * 1000)
    cache, warnings = opened(tmp_path)
    first, _ = run_with(notes("this is bad"), cache)
    cache.close()
    assert len(first.report.findings) == 1
    assert len(warnings) == 1
    assert "not used in this run" in warnings[0]


def test_standard_input_is_never_kept(run_with: Any, linter: Any, tmp_path: Path) -> None:
    for _ in range(2):
        cache, _warnings = opened(tmp_path)
        run_with([Note("bad", id="s")], cache)
        cache.close()
    assert linter.calls == ["s", "s"]


def dated(notes: Any) -> list[Note]:
    days = (date(2026, 1, 1), date(2026, 2, 1), None)
    return [
        replace(n, date_of_service=d) for n, d in zip(notes("bad", "bad", "bad"), days, strict=True)
    ]


def test_notes_before_since_are_not_reported_and_not_read(
    run_with: Any, notes: Any, linter: Any
) -> None:
    entries = run_with(dated(notes), since=date(2026, 1, 15))
    assert [e.note.id for e in entries if e.note] == ["n1", "n2"]
    assert linter.calls == ["n1", "n2"]
    assert entries[-1].report.summary["skipped_before"] == 1


def test_they_are_read_for_their_episode_and_its_findings_on_them_are_left_out(
    run_with: Any, notes: Any, linter: Any
) -> None:
    episodes = type(linter)(episodes=True)
    entries = run_with(dated(notes), since=date(2026, 1, 15), linter=episodes)
    assert episodes.calls == ["n0", "n1", "n2"]
    assert [f.note_id for f in entries[-1].report.findings] == ["n1", "n2"]
    assert entries[-1].report.summary["notes"] == 2


def test_jobs_give_the_same_entries(run_with: Any, notes: Any) -> None:
    texts = [f"note {n} bad" for n in range(60)]
    alone = run_with(notes(*texts))
    assert run_with(notes(*texts), jobs=3) == alone
