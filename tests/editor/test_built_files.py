"""What is built and committed: the page is current, needs no other host, and names no registry."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "notelint" / "editor" / "static"
PAGE, VSCODE = ROOT / "editors" / "page", ROOT / "editors" / "vscode"


def test_the_page_names_no_other_host() -> None:
    html = (STATIC / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'(?:src|href)="(?!/|#|data:)[^"]*"', html) == []
    assert "<style" not in html
    assert "style=" not in html
    assert "url(" not in (STATIC / "page.css").read_text(encoding="utf-8")
    script = (STATIC / "page.js").read_text(encoding="utf-8")
    hosts = set(re.findall(r"https?://[\w.-]+", script)) - {"http://www.w3.org"}
    assert hosts == set()


@pytest.mark.parametrize("folder", [PAGE, VSCODE], ids=["page", "vscode"])
def test_the_lock_file_names_no_registry(folder: Path) -> None:
    lock = (folder / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert '"integrity"' in lock


@pytest.mark.parametrize("folder", [PAGE, VSCODE], ids=["page", "vscode"])
def test_the_typescript_builds_and_the_committed_page_is_current(folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None or not (folder / "node_modules").is_dir():
        pytest.skip(f"run npm ci in {folder.relative_to(ROOT)} first")
    done = subprocess.run([npm, "run", "check"], cwd=folder, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
