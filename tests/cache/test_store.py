from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest

from notelint.cache.store import FILE, KEEP_DAYS, Store, StoreError, remove


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_is_put_is_there_in_the_next_run(tmp_path: Path) -> None:
    store = Store(tmp_path / "c")
    store.put(b"k", b"value")
    assert store.get(b"k") is None  # not before it is written
    store.close()
    again = Store(tmp_path / "c")
    assert again.get(b"k") == b"value"
    assert again.secret == store.secret
    again.close()


def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    store = Store(tmp_path / "c")
    store.put(b"k", b"v")
    store.close()
    assert mode(tmp_path / "c") == 0o700
    for path in (tmp_path / "c").iterdir():
        assert mode(path) == 0o600, path.name
    assert (tmp_path / "c/.gitignore").read_text() == "*\n"


def test_a_damaged_file_is_an_error_and_gone_in_the_next_run(tmp_path: Path) -> None:
    Store(tmp_path / "c").close()
    (tmp_path / "c" / FILE).write_bytes(b"this is no database" * 100)
    with pytest.raises(StoreError):
        Store(tmp_path / "c")
    Store(tmp_path / "c").close()


def test_a_damaged_page_is_an_error_when_it_is_read(tmp_path: Path) -> None:
    store = Store(tmp_path / "c")
    for number in range(400):
        store.put(b"%d" % number, b"v" * 500)
    store.close()
    path = tmp_path / "c" / FILE
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(StoreError):
        Store(tmp_path / "c").get(b"1")


def test_a_damaged_key_starts_a_new_one(tmp_path: Path) -> None:
    Store(tmp_path / "c").close()
    (tmp_path / "c/key").write_bytes(b"short")
    with pytest.raises(StoreError, match="key"):
        Store(tmp_path / "c")
    Store(tmp_path / "c").close()


def test_results_that_nobody_asks_for_are_dropped(tmp_path: Path) -> None:
    store = Store(tmp_path / "c")
    store.put(b"old", b"v")
    store.close()
    with sqlite3.connect(tmp_path / "c" / FILE) as table:
        table.execute("UPDATE results SET used = used - ?", (KEEP_DAYS + 1,))
    table.close()
    store = Store(tmp_path / "c")
    store.put(b"new", b"v")
    store.close()
    store = Store(tmp_path / "c")
    assert store.get(b"old") is None
    assert store.get(b"new") == b"v"
    store.close()


def test_a_file_where_the_folder_should_be_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "c").write_text("x")
    with pytest.raises(StoreError):
        Store(tmp_path / "c")


def test_two_runs_may_share_it(tmp_path: Path) -> None:
    one, two = Store(tmp_path / "c"), Store(tmp_path / "c")
    one.put(b"1", b"a")
    two.put(b"2", b"b")
    one.close()
    two.close()
    store = Store(tmp_path / "c")
    assert (store.get(b"1"), store.get(b"2")) == (b"a", b"b")
    store.close()


def test_clean_deletes_our_files_and_nothing_else(tmp_path: Path) -> None:
    Store(tmp_path / "c").close()
    (tmp_path / "c/mine.txt").write_text("x")
    assert remove(tmp_path / "c")
    assert [path.name for path in (tmp_path / "c").iterdir()] == ["mine.txt"]
    assert not remove(tmp_path / "c")
    Store(tmp_path / "d").close()
    assert remove(tmp_path / "d")
    assert not (tmp_path / "d").exists()
