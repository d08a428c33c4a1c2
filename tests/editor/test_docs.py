"""The configurations in ``docs/editors.md`` are those that work."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from notelint.editor.options import Options

DOCS = Path(__file__).parents[2] / "docs"
EDITORS = (DOCS / "editors.md").read_text(encoding="utf-8")
NVIM, EMACS = shutil.which("nvim"), shutil.which("emacs")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", EDITORS, re.MULTILINE | re.DOTALL)


@pytest.mark.skipif(NVIM is None, reason="Neovim (apt: neovim) is not installed")
def test_the_neovim_configuration_brings_diagnostics(tmp_path: Path) -> None:
    start = json.dumps([sys.executable, "-m", "notelint", "lsp"]).strip("[]")
    config = blocks("lua")[0].replace('"notelint", "lsp"', start)
    assert start in config
    note = tmp_path / "notes" / "n1.txt"
    note.parent.mkdir()
    note.write_text("O: Balance activities performed x 15 min.\n")
    answer = tmp_path / "answer"
    wait = (
        "vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end, 20)\n"
        f"vim.fn.writefile({{ vim.diagnostic.get(0)[1].code }}, {json.dumps(str(answer))})\n"
        "vim.cmd('qall!')\n"
    )
    script = tmp_path / "try.lua"
    script.write_text(f"{config}\nvim.cmd('edit {note}')\n{wait}")
    command = [str(NVIM), "--headless", "--clean", "-n", "-S", str(script)]
    subprocess.run(command, timeout=60, check=True, capture_output=True)
    assert answer.read_text().strip() == "GEN101"


@pytest.mark.skipif(NVIM is None, reason="Neovim (apt: neovim) is not installed")
def test_the_other_neovim_configuration_is_lua(tmp_path: Path) -> None:
    (tmp_path / "new.lua").write_text(blocks("lua")[1])
    check = f"lua assert(loadfile('{tmp_path / 'new.lua'}'))"
    done = subprocess.run(
        [str(NVIM), "--headless", "--clean", "-c", check, "-c", "qall!"],
        timeout=60, capture_output=True,
    )  # fmt: skip
    assert done.stderr == b""


@pytest.mark.skipif(EMACS is None, reason="Emacs (apt: emacs-nox) is not installed")
def test_the_emacs_configuration_loads_and_claims_notes(tmp_path: Path) -> None:
    config = tmp_path / "init.el"
    config.write_text(blocks("elisp")[0])
    note = tmp_path / "notes" / "n1.txt"
    note.parent.mkdir()
    note.write_text("O: x\n")
    show = f'(progn (find-file "{note}") (princ major-mode))'
    done = subprocess.run(
        [str(EMACS), "--batch", "-Q", "-l", str(config), "--eval", show],
        timeout=60, check=True, capture_output=True,
    )  # fmt: skip
    assert done.stdout.decode().strip() == "rehab-note-mode"


def test_the_helix_and_sublime_configurations_hold_known_settings() -> None:
    [helix] = [tomllib.loads(text) for text in blocks("toml")]
    assert Options.of(helix["language-server"]["notelint"]["config"]).trusted
    assert helix["language"][0]["name"] == "rehab-note"
    vscode, sublime = (json.loads(text) for text in blocks("json"))
    client = sublime["clients"]["notelint"]
    assert client["command"] == ["notelint", "lsp"]
    assert Options.of(client["initializationOptions"]).files
    assert Options.of({key.partition(".")[2]: value for key, value in vscode.items()}).files


def test_the_vs_code_client_offers_every_setting_of_the_server() -> None:
    package = json.loads(
        (DOCS.parent / "editors" / "vscode" / "package.json").read_text(encoding="utf-8")
    )
    offered = {
        key.partition(".")[2] for key in package["contributes"]["configuration"]["properties"]
    }
    assert offered == set(Options.__dataclass_fields__) - {"trusted"} | {"path"}
    documented = set(re.findall(r"`(\w+)`", "\n".join(re.findall(r"^\| (`.*?) \|", EDITORS, re.M))))
    assert documented >= set(Options.__dataclass_fields__)


def test_the_example_of_the_http_page_is_accepted() -> None:
    from notelint.editor.wire import LintRequest

    text = (DOCS / "http-api.md").read_text(encoding="utf-8")
    [example] = re.findall(r"^```json\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert LintRequest.of(example.encode()).note.charges[0].code == "97112"
