from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from notelint.audit.eventlog import BrokenLog, EventLog, check_chain


def written(path: Path, count: int = 8) -> list[bytes]:
    log = EventLog(path)
    for i in range(count):
        log.append("mb", "verdict", {"unit": f"n{i}", "verdict": "correct"})
    return path.read_bytes().splitlines(keepends=True)


def test_events_come_back_in_order_with_an_unbroken_chain(tmp_path: Path) -> None:
    path = tmp_path / "q4.review.jsonl"
    written(path)
    events = list(EventLog(path).events())
    assert [e.seq for e in events] == list(range(1, 9))
    assert [e.data["unit"] for e in events] == [f"n{i}" for i in range(8)]
    assert check_chain(path)[1] is None
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("change", ["edit", "delete", "swap", "insert", "respace"])
def test_a_line_edited_removed_moved_or_added_is_detected(tmp_path: Path, change: str) -> None:
    path = tmp_path / "log"
    lines = written(path)
    if change == "edit":
        lines[3] = lines[3].replace(b"correct", b"wrong")
    elif change == "delete":
        del lines[3]
    elif change == "swap":
        lines[3], lines[4] = lines[4], lines[3]
    elif change == "insert":
        lines.insert(3, lines[3])
    else:
        lines[3] = lines[3].replace(b":", b": ", 1)
    path.write_bytes(b"".join(lines))
    found = check_chain(path)[1]
    assert found is not None
    assert found.line in (4, 5)
    with pytest.raises(BrokenLog, match="tampered"):
        list(EventLog(path).events())


def test_events_cut_off_at_the_end_are_detected_against_a_known_end(tmp_path: Path) -> None:
    path = tmp_path / "log"
    lines = written(path)
    head, found = check_chain(path)
    assert found is None
    path.write_bytes(b"".join(lines[:-2]))
    assert check_chain(path)[1] is None
    cut = check_chain(path, expected=head)[1]
    assert cut is not None
    assert "event 8" in cut.what


def test_a_rewritten_tail_of_the_same_length_is_detected_against_a_known_end(
    tmp_path: Path,
) -> None:
    path = tmp_path / "log"
    lines = written(path)
    head, _ = check_chain(path)
    path.write_bytes(b"".join(lines[:-1]))
    append_one(path)
    assert check_chain(path, expected=head)[1] is not None


def append_one(path: Path) -> None:
    log = EventLog(path)
    list(log.events())
    log.append("xx", "verdict", {"unit": "n7", "verdict": "wrong"})


def test_what_a_crash_left_unfinished_is_set_aside_and_the_log_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "log"
    lines = written(path)
    path.write_bytes(b"".join(lines) + lines[0][:40])
    assert len(list(EventLog(path).events())) == 8
    append_one(path)
    assert len(list(EventLog(path).events())) == 9
    assert (tmp_path / "log.torn-9").read_bytes() == lines[0][:40]
    assert check_chain(path)[1] is None


def _write_many(path: Path, who: str) -> None:
    log = EventLog(path)
    for i in range(40):
        log.append(who, "verdict", {"unit": f"{who}{i}"})


def test_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "log"
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write_many, args=(path, who)) for who in ("mb", "kl")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    units = [e.data["unit"] for e in EventLog(path).events()]
    assert sorted(units) == sorted(f"{who}{i}" for who in ("mb", "kl") for i in range(40))
    assert check_chain(path)[1] is None
