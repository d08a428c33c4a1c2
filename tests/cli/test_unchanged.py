"""An unchanged run needs no language pipeline; an interrupted one ends as it should."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROBE = """
import sys
from notelint.cli.app import main
sys.argv = ["notelint", *sys.argv[1:]]
try:
    main()
finally:
    print("spacy" in sys.modules, "numpy" in sys.modules, "yaml" in sys.modules, file=sys.stderr)
"""


def probe(folder: Path, *arguments: str) -> tuple[str, str]:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments],
        cwd=folder, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=120,
    )  # fmt: skip
    return done.stdout, done.stderr.splitlines()[-1]


def test_a_second_run_says_the_same_without_spacy(tmp_path: Path) -> None:
    rows = [
        {
            "id": f"n{n}",
            "text": f"O: Balance activities x {n} min.\nP: Cont POC.",
            "discipline": "PT",
        }
        for n in range(8)
    ]
    (tmp_path / "n.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    first, loaded = probe(tmp_path, "check", "n.jsonl", "--output-format", "jsonl")
    assert loaded.startswith("True")
    second, loaded = probe(tmp_path, "check", "n.jsonl", "--output-format", "jsonl")
    assert loaded == "False False False"
    assert second.replace('"cached": 8', '"cached": 0') == first
    assert '"code": "GEN101"' in second


@pytest.mark.parametrize("command", [("--help",), ("config",), ("check", "--help")])
def test_help_and_config_start_without_heavy_libraries(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    assert probe(tmp_path, *command)[1] == "False False False"


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs process groups")
def test_an_interrupt_gives_status_130_and_no_half_report(tmp_path: Path) -> None:
    row = json.dumps({"text": "O: Balance activities.\n" * 40, "discipline": "PT"}) + "\n"
    (tmp_path / "n.jsonl").write_text(row * 4000)
    run = subprocess.Popen(
        [sys.executable, "-m", "notelint", "check", "n.jsonl", "--jobs", "2", "-o", "report.txt"],
        cwd=tmp_path, stderr=subprocess.PIPE, text=True, start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    for _ in range(300):
        time.sleep(0.1)
        if list(tmp_path.glob(".report.txt.*.part")):
            break
    time.sleep(1.0)
    os.killpg(run.pid, signal.SIGINT)
    run.communicate(timeout=30)
    assert run.returncode == 130
    assert not list(tmp_path.glob("*report*"))
