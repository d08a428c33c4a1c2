"""The hook as git runs it: the real ``pre-commit`` on a scratch repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PRE_COMMIT = shutil.which("pre-commit", path=str(Path(sys.executable).parent)) or shutil.which(
    "pre-commit"
)

pytestmark = pytest.mark.skipif(
    PRE_COMMIT is None or shutil.which("git") is None, reason="pre-commit or git is not installed"
)

#: A directive in a note is an explicit finding; the vague phrase is a judgement.
BAD = 'O: Balance activities x 15 min. [notelint: ignore GEN101 "because"]\n'
VAGUE = "O: Balance activities x 15 min.\n"


def hook() -> dict[str, object]:
    """The shipped hook, run by this interpreter instead of an environment of its own."""
    (shipped,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    command = str(shipped["entry"]).removeprefix("notelint ")
    return {**shipped, "entry": f"{sys.executable} -m notelint {command}", "language": "system"}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    config = {"repos": [{"repo": "local", "hooks": [{**hook(), "files": "^notes/"}]}]}
    (tmp_path / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/n.txt").write_text(BAD, "utf-8")
    run(tmp_path, "git", "init", "-q")
    run(tmp_path, "git", "add", ".")
    return tmp_path


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    home = folder / ".home"
    home.mkdir(exist_ok=True)
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=120,
        env={
            **os.environ, "PYTHONPATH": str(ROOT), "PRE_COMMIT_HOME": str(home),
            "PRE_COMMIT_COLOR": "never", "GIT_CONFIG_GLOBAL": os.devnull,
        },
    )  # fmt: skip


def gate(folder: Path) -> subprocess.CompletedProcess[str]:
    assert PRE_COMMIT is not None
    return run(folder, PRE_COMMIT, "run", "--all-files")


def test_the_hook_fails_on_a_bad_note_and_passes_after_the_baseline(repository: Path) -> None:
    failed = gate(repository)
    assert failed.returncode == 1
    assert "SUP101 directive-in-note" in failed.stdout
    (repository / "notelint.toml").write_text('baseline = "notelint-baseline.json"\n')
    taken = run(
        repository, sys.executable, "-m", "notelint", "check", "notes", "--accept-new",
    )  # fmt: skip
    assert taken.returncode == 0
    passed = gate(repository)
    assert passed.returncode == 0, passed.stdout
    (repository / "notes/n.txt").write_text(BAD + BAD, "utf-8")
    assert gate(repository).returncode == 1


def test_a_finding_that_needs_judgement_stops_nobody(repository: Path) -> None:
    (repository / "notes/n.txt").write_text(VAGUE, "utf-8")
    assert gate(repository).returncode == 0


def test_excluded_notes_are_left_out_though_the_hook_names_them(repository: Path) -> None:
    (repository / "notelint.toml").write_text('exclude = ["notes/**"]\n')
    assert gate(repository).returncode == 0


def test_pre_commit_finds_the_manifest_valid(tmp_path: Path) -> None:
    assert PRE_COMMIT is not None
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", tmp_path)
    done = run(tmp_path, PRE_COMMIT, "validate-manifest", ".pre-commit-hooks.yaml")
    assert done.returncode == 0, done.stdout
