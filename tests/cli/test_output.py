"""Where a report goes: files whole or not at all; what is no file is never replaced by one."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from notelint.audit.files import write_private
from notelint.cli.output import written_whole
from notelint.errors import UsageError


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    return path


def write_half(path: Path) -> None:
    with written_whole(path) as out:
        out.write("half")
        raise RuntimeError


def test_a_pipe_is_written_into_and_stays_a_pipe(pipe: Path) -> None:
    reader = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    try:
        with written_whole(pipe) as out:
            out.write("lint")
        write_private(pipe, "ed")
        assert os.read(reader, 16) == b"linted"
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_folder_as_report_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot write the report"), written_whole(tmp_path):
        pass


def test_a_report_that_fails_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text("old")
    with pytest.raises(RuntimeError):
        write_half(path)
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["r.json"]
