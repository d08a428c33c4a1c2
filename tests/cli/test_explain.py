"""``notelint explain`` as a reviewer runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

_RECORDS = [
    {"id": "a", "text": "97530: squats 3x10", "note_type": "daily", "discipline": "PT"},
    {
        "id": "b",
        "text": "97535: sock aid, 3 trials, min A",
        "note_type": "daily",
        "discipline": "OT",
    },
]


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.jsonl"
    path.write_text("\n".join(json.dumps(record) for record in _RECORDS), "utf-8")
    return path


def _run(*arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "notelint", "explain", *arguments],
        capture_output=True, text=True, input=stdin, check=False, encoding="utf-8",
    )  # fmt: skip


def test_one_note_of_a_file_is_chosen_by_its_id(notes: Path) -> None:
    done = _run(str(notes), "--id", "b", "--isolated")
    assert done.returncode == 0
    assert done.stdout.startswith("Note b · daily")
    assert "sock aid" in done.stdout
    assert "squats" not in done.stdout


def test_json_is_an_object_a_note_one_a_line(notes: Path) -> None:
    done = _run(str(notes), "--output-format", "json", "--isolated")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["note_id"] for row in rows] == ["a", "b"]
    assert rows[0]["services"][0]["fits"][0]["score"] < 0


def test_an_unknown_id_names_the_nearest_and_fails(notes: Path) -> None:
    done = _run(str(notes), "--id", "aa", "--isolated")
    assert done.returncode == 2
    assert "there is no note 'aa'" in done.stderr
    assert "squats" not in done.stderr


def test_standard_input_is_explained_with_facts_of_the_command_line() -> None:
    done = _run("-", "--payer", "medicare_b", "--discipline", "PT", "--isolated", stdin="SLR 3x10")
    assert done.returncode == 0
    assert "medicare b" in done.stdout
