"""No network, no telemetry, and no word of a note anywhere but in the report asked for."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from notelint.engine import Linter
from notelint.note import Note
from notelint.rulebook.pack import Pack

ROOT = Path(__file__).parents[1]
CANARY = "Zyxwvut"
#: Modules that may open a connection; the editor and the desk serve on this machine when asked.
NETWORK = {"socket", "ssl", "http.client", "urllib.request", "urllib3", "requests", "httpx", "aiohttp",
           "ftplib", "smtplib", "xmlrpc.client", "socketserver", "http.server", "asyncio"}  # fmt: skip
SERVERS = {"editor", "audit"}
GUARD = """
import socket, sys
def refuse(*a, **k):
    raise SystemExit("a connection was tried")
class Closed(socket.socket):
    connect = connect_ex = sendto = refuse
socket.socket = Closed
socket.create_connection = socket.getaddrinfo = refuse
from notelint.cli.app import main
sys.argv = ["notelint", *sys.argv[1:]]
main()
"""


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_nothing_but_the_local_servers_can_open_a_connection() -> None:
    paths = list((ROOT / "notelint").rglob("*.py"))
    assert len(paths) > 200
    for path in paths:
        room = path.relative_to(ROOT / "notelint").parts[0]
        if room in SERVERS or path.name in ("serve.py", "lsp.py", "review.py"):
            continue
        assert not imports(path) & NETWORK, path


@pytest.mark.parametrize(
    "arguments",
    [("check", "n.txt", "--no-cache"), ("check", "n.txt"), ("explain", "n.txt"), ("rule", "GEN101"),
     ("doctor",), ("test", "GEN101", "--plain")],
)  # fmt: skip
def test_a_run_tries_no_connection(arguments: tuple[str, ...], tmp_path: Path, pack: Pack) -> None:
    (tmp_path / "n.txt").write_text("O: Balance activities performed x 15 min.\n")
    done = subprocess.run(
        [sys.executable, "-c", GUARD, *arguments],
        cwd=tmp_path, capture_output=True, text=True, timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NOTELINT_CACHE_DIR": str(tmp_path / "cache")},
    )  # fmt: skip
    assert "connection" not in done.stderr
    assert done.returncode in (0, 1), done.stderr
    assert done.stdout


def test_nothing_is_kept_or_logged_of_a_note(tmp_path: Path) -> None:
    text = (
        f"S: {CANARY} says hi.\nO: {CANARY} balance activities performed x 15 min.\nP: Cont POC.\n"
    )
    (tmp_path / "n.txt").write_text(text, "utf-8")
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "ignore", "-m", "notelint", "check", "n.txt", "--exit-zero"],
        cwd=tmp_path, capture_output=True, text=True, timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path / "home"),
             "XDG_CACHE_HOME": str(tmp_path / "cache"), "TMPDIR": str(tmp_path / "tmp")},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert CANARY not in done.stderr
    kept = [p for p in tmp_path.rglob("*") if p.is_file() and p.name != "n.txt"]
    for path in kept:
        assert CANARY.lower().encode() not in path.read_bytes().lower(), path


@pytest.mark.parametrize(
    "facts", [{"payer": "x"}, {"note_type": "x"}, {"charges": [{}]}, {"discipline": 3}]
)
def test_an_error_about_a_record_holds_no_word_of_its_text(facts: dict[str, object]) -> None:
    from notelint import lint
    from notelint.errors import InputError

    with pytest.raises(InputError) as caught:
        lint(f"{CANARY} did STS.", **facts)  # type: ignore[arg-type]
    assert CANARY not in str(caught.value)
    assert CANARY not in repr(caught.value)


def test_a_digest_holds_no_text(linter: Linter) -> None:
    text = f"O: {CANARY} did balance activities with {CANARY}'s wife.\nJane {CANARY}, PT"
    digest = linter.lint(Note(text, id="n1", discipline="PT")).digest
    assert digest is not None
    assert CANARY.lower() not in repr(digest).lower()


def test_a_summary_of_a_rule_can_carry_no_note_text(pack: Pack) -> None:
    for rule in pack.rules:
        assert "{" not in rule.summary, rule.name
