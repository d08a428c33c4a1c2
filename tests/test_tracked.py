from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from notelint.tracked import Tracked

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(("git", "-C", str(folder), *arguments), check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    (tmp_path / "notes").mkdir()
    for name in ("a b.txt", "untracked.txt"):
        (tmp_path / "notes" / name).write_text("O: Gait.")
    git(tmp_path, "add", "notes/a b.txt")
    return tmp_path


def test_a_tracked_note_leaves_only_where_there_is_a_remote(repository: Path) -> None:
    note = str(repository / "notes/a b.txt")
    assert not Tracked().leaves(note)
    git(repository, "remote", "add", "origin", "somewhere")
    assert Tracked().leaves(note)
    assert not Tracked().leaves(str(repository / "notes/untracked.txt"))
    assert not Tracked().leaves("<stdin>")


def test_without_git_nothing_is_said(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(repository, "remote", "add", "origin", "somewhere")
    monkeypatch.setenv("PATH", str(repository))
    assert not Tracked().leaves(str(repository / "notes/a b.txt"))


def test_outside_of_a_repository_nothing_leaves(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    assert not Tracked().leaves(str(tmp_path / "a.txt"))
