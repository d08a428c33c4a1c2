from __future__ import annotations

import json
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

TOKEN = "0123456789abcdef0123456789abcdef"
CANARY = "Quetzalcoatl"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "token").write_text(TOKEN + "\n")
    return tmp_path


@pytest.fixture
def served(folder: Path) -> Iterator[tuple[str, Path]]:
    """A server on a free port; its address and the file of its error stream."""
    errors = folder / "stderr"
    command = [sys.executable, "-m", "notelint", "serve", "--port", "0", "--token-file", "token"]
    with errors.open("wb") as stream:
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=stream)
    assert process.stdout is not None
    yield process.stdout.readline().decode().strip(), errors
    process.terminate()
    assert process.wait(15) is not None


def post(address: str, body: object, token: str = TOKEN) -> tuple[int, bytes]:
    request = urllib.request.Request(
        address + "v1/lint",
        json.dumps(body).encode(),
        {"content-type": "application/json", "authorization": f"Bearer {token}"},
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def test_a_note_is_linted_by_the_shipped_rules_and_leaves_no_word_behind(
    served: tuple[str, Path],
) -> None:
    address, errors = served
    text = f"O: Balance activities performed x 15 min. {CANARY}."
    status, body = post(address, {"note": {"text": text}})
    assert status == 200
    found = json.loads(body)["findings"]
    assert "GEN101" in [finding["code"] for finding in found]
    assert post(address, {"note": {"text": text, CANARY: 1}})[0] == 400
    status, body = post(address, {"note": {"text": text}}, token="x" * 32)
    assert status == 401
    assert CANARY not in body.decode()
    assert TOKEN not in address
    assert CANARY not in errors.read_text()


def serve(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "notelint", "serve", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--origin", "*"), "--origin does not take '*'"),
        (("--origin", "https://ehr.example/page"), "--origin does not take"),
        (("--token-file", "missing"), "the token file cannot be read"),
        (("--token-file", "short"), "too short"),
        (("--config", "nowhere.toml"), "nowhere.toml"),
    ],
)
def test_a_choice_that_cannot_be_served_is_named(
    folder: Path, options: tuple[str, ...], said: str
) -> None:
    (folder / "short").write_text("abc")
    done = serve(folder, *options)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_in_use_is_named(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = serve(folder, "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert "cannot be used" in done.stderr
