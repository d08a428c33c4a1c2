"""``config``, ``init``, ``clean`` and ``doctor``."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def test_config_shows_what_holds_from_where_and_its_hash(notelint: Run, tmp_path: Path) -> None:
    (tmp_path / "notelint.toml").write_text('fail-on = "error"\n')
    out = notelint("config").out
    assert out.startswith("# config: notelint.toml\n# hash: ")
    assert 'fail-on = "error"\n' in out
    assert 'strictness = "audit"   # default' in out
    assert notelint("config", "fail-on").out.endswith('fail-on = "error"\n')
    data = json.loads(notelint("config", "--output-format", "json").out)
    assert (data["set_here"], data["files"]) == (["fail-on"], ["notelint.toml"])


def test_what_config_shows_is_toml_again(notelint: Run, tmp_path: Path) -> None:
    (tmp_path / "notelint.toml").write_text('[severity]\n"GEN101" = "off"\n')
    assert tomllib.loads(notelint("config").out)["severity"] == {"GEN101": "off"}


def test_an_unknown_setting_is_named_with_its_nearest(notelint: Run) -> None:
    result = notelint("config", "fail_on")
    assert (result.status, "Did you mean 'fail-on'?" in result.err) == (2, True)


def test_config_lists_its_environment_and_its_schema(notelint: Run) -> None:
    assert "NOTELINT_CACHE_DIR" in notelint("config", "--env").out
    assert json.loads(notelint("config", "--schema").out)["title"] == "notelint.toml"


@pytest.mark.parametrize("preset", ["plain", "gate", "corpus"])
def test_init_writes_a_config_that_holds_and_never_overwrites(
    preset: str, notelint: Run, tmp_path: Path
) -> None:
    assert notelint("init", "--preset", preset, "--schema").status == 0
    assert (tmp_path / "notelint.toml").read_text("utf-8").startswith("#:schema ")
    assert notelint("config").status == 0
    (tmp_path / "notelint.schema.json").unlink()
    again = notelint("init", "--preset", preset)
    assert (again.status, "there is one already" in again.err) == (2, True)


def test_init_names_the_nearest_preset(notelint: Run) -> None:
    assert "Did you mean 'gate'?" in notelint("init", "--preset", "gates").err


def test_clean_deletes_the_cache_and_nothing_else(notelint: Run, tmp_path: Path) -> None:
    (tmp_path / "n.txt").write_text("O: Gait 15 min, SBA, 200 ft.\n")
    notelint("check", "n.txt")
    assert (tmp_path / ".notelint_cache").is_dir()
    assert "Deleted" in notelint("clean").out
    assert not (tmp_path / ".notelint_cache").exists()
    assert "No cache" in notelint("clean").out
    (tmp_path / "mine").mkdir()
    assert notelint("clean", "--cache-dir", "mine").status == 2


def test_doctor_looks_at_everything_but_notes(notelint: Run, tmp_path: Path) -> None:
    signs = {
        sign["name"]: sign for sign in json.loads(notelint("doctor", "--output-format", "json").out)
    }
    assert {"notelint", "spacy", "rules", "language", "config", "cache", "encodings"} <= set(signs)
    assert signs["language"]["well"]
    (tmp_path / "notelint.toml").write_text("x = 1")
    result = notelint("doctor")
    assert result.status == 2
    assert "BAD config" in result.out
