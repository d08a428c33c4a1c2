"""A real editor: Neovim without a screen opens notes and gets what ``notelint check`` says."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from notelint.editor.convert import Positions
from notelint.editor.draft import MOST_SHOWN

HERE = Path(__file__).parent
VISITS = HERE.parents[1] / "corpora" / "samples" / "visits.jsonl"
NVIM = shutil.which("nvim")

pytestmark = pytest.mark.skipif(NVIM is None, reason="Neovim (apt: neovim) is not installed")


def neovim(notes: list[Path], folder: Path) -> dict[str, Any]:
    answer = folder / "answer.json"
    environment = {
        **os.environ,
        "NOTELINT_NOTES": json.dumps([str(note) for note in notes]),
        "NOTELINT_COMMAND": json.dumps([sys.executable, "-m", "notelint", "lsp"]),
        "NOTELINT_ANSWER": str(answer),
        "XDG_STATE_HOME": str(folder),
        "XDG_CACHE_HOME": str(folder),
    }
    command = [str(NVIM), "--headless", "--clean", "-n", "-S", str(HERE / "neovim.lua")]
    subprocess.run(command, env=environment, timeout=120, check=True, capture_output=True)
    found: dict[str, Any] = json.loads(answer.read_text())
    return found


def check(notes: list[Path]) -> dict[str, list[dict[str, Any]]]:
    command = [sys.executable, "-m", "notelint", "check", "--output-format", "json", "--no-cache"]
    done = subprocess.run([*command, *map(str, notes)], capture_output=True, timeout=120)
    assert done.returncode in (0, 1), done.stderr.decode()
    found: dict[str, list[dict[str, Any]]] = {str(note): [] for note in notes}
    for finding in json.loads(done.stdout)["findings"]:
        shown = finding["lead"] and not finding["suppressed"] and finding["severity"] != "info"
        if shown and finding["scope"] != "episode" and finding["file"] in found:
            found[finding["file"]].append(finding)
    return found


def extracted(folder: Path) -> list[Path]:
    """The notes of the sample visits, each with its sidecar, all final."""
    command = [sys.executable, "-m", "notelint", "inspect", str(VISITS), "--extract", str(folder)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    notes = sorted(folder.glob("*.txt"))
    for note in notes:
        assert 'status = "final"' in Path(f"{note}.notelint.toml").read_text()
    return notes


def test_final_notes_show_in_neovim_what_check_reports(tmp_path: Path) -> None:
    notes = extracted(tmp_path / "notes")
    assert notes
    expected = check(notes)
    seen = neovim(notes, tmp_path)["diagnostics"]
    assert any(expected.values())
    for path, findings in expected.items():
        text = Path(path).read_text(encoding="utf-8")
        positions = Positions.of(text, "utf-8")  # Neovim counts bytes
        wanted = sorted(
            (f["code"], *(positions.position(f["start"]) if f["start"] is not None else (0, 0)))
            for f in findings
        )
        got = sorted((d["code"], d["line"], d["column"]) for d in seen[path])
        if len(wanted) <= MOST_SHOWN:
            assert got == wanted, path
        else:
            assert len(got) == MOST_SHOWN
            assert set(got) < set(wanted)


def test_a_code_action_adds_the_wording_behind_the_statement(tmp_path: Path) -> None:
    note = tmp_path / "visit.txt"
    note.write_text("O: 😋 Balance activities performed x 15 min.\n", encoding="utf-8")
    seen = neovim([note], tmp_path)
    assert [d["code"] for d in seen["diagnostics"][str(note)]] == ["GEN101"]
    assert any(title.startswith("Add wording after this statement") for title in seen["actions"])
    assert any(title.startswith("Suppress GEN101") for title in seen["actions"])
    [line] = seen["lines"]
    assert line.startswith("O: 😋 Balance activities performed x 15 min. ")
    assert "[specific activity]" in line
