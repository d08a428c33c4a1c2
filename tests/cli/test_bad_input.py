"""Input that cannot be linted: what, where and what to do; the rest is linted; no word of it shown."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
SECRET = "Zebulon"
BAD = "O: Balance activities performed x 15 min.\n"
ONLY = ("--select", "generic-activity-phrase")


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A note with one finding, that must be linted whatever lies beside it."""
    path = tmp_path / "good.txt"
    path.write_text(BAD, "utf-8")
    return path


def still_linted(result: Any, *said: str) -> None:
    assert result.status == 2
    assert "good.txt:1:4" in result.out
    assert "GEN101" in result.out
    for words in said:
        assert words in result.err, result.err
    assert SECRET not in result.err


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", f"S: {SECRET}\nflex 0\xb0".encode("latin-1"),
         ("a.txt:2", "0xb0", "not UTF-8", 'encoding = "cp1252"')),
        ("a.txt", f"{SECRET}\0\0".encode(), ("a.txt", "NUL")),
        ("a.txt", b"", ("a.txt", "the note has no text")),
        ("a.txt", b" \n\t\n", ("a.txt", "the note has no text")),
        ("a.jsonl", f'{{"text": "{SECRET}", "payer": "medicare_x"}}'.encode(),
         ("a.jsonl:1", "payer is 'medicare_x'", "medicare_b")),
        ("a.jsonl", f'{{"text": "x"}}\n{{"text": "{SECRET}", \n'.encode(), ("a.jsonl:2", "not JSON")),
        ("a.json", b"[{", ("a.json:1",)),
        ("a.docx", b"PK\x03\x04", ("a.docx", "'.docx' cannot be read")),
    ],
)  # fmt: skip
def test_one_unreadable_file_costs_only_itself(
    name: str, content: bytes, said: tuple[str, ...], notelint: Run, good: Path, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    still_linted(notelint("check", good.name, name, *ONLY), *said)


def test_line_3_of_5_is_named_and_the_other_four_are_linted(notelint: Run, tmp_path: Path) -> None:
    rows = [json.dumps({"id": f"n{n}", "text": BAD}) for n in range(1, 6)]
    rows[2] = '{"text": "' + SECRET
    for name, write in (("n.jsonl", lambda b: b), ("n.jsonl.gz", gzip.compress)):
        (tmp_path / name).write_bytes(write("\n".join(rows).encode()))
        result = notelint("check", name, *ONLY, "--output-format", "json")
        assert result.status == 2
        report = json.loads(result.out)
        assert [f["note_id"] for f in report["findings"]] == ["n1", "n2", "n4", "n5"]
        (problem,) = report["problems"]
        assert (problem["file"], problem["line"]) == (name, 3)
        assert report["summary"]["notes"] == 4
        assert SECRET not in result.out + result.err


def test_one_line_of_five_megabytes_is_named_with_the_limit(
    notelint: Run, good: Path, tmp_path: Path
) -> None:
    (tmp_path / "long.txt").write_text("pt amb 50 ft w/ RW. " * 262_144)
    result = notelint("check", good.name, "long.txt", *ONLY)
    still_linted(result, "long.txt", "5,242,880 characters", "1,000,000", "max-note-chars")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the user may read every file")
def test_a_file_that_may_not_be_read_is_named(notelint: Run, good: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SECRET)
    (tmp_path / "a.txt").chmod(0)
    still_linted(notelint("check", good.name, "a.txt", *ONLY), "a.txt", "Permission denied")


def test_a_folder_without_notes_is_an_error_that_names_what_is_taken(
    notelint: Run, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty/readme.md").write_text("x")
    result = notelint("check", "empty")
    assert result.status == 2
    assert "empty: the folder holds no notes" in result.err
    assert "--include '*.md'" in result.err


@pytest.mark.parametrize(
    ("config", "place", "said"),
    [
        ('selct = ["GEN"]\n', "notelint.toml:1:1", "Did you mean 'select'?"),
        ('select = ["GEN"]\nfail-on = "warnings"\n', "notelint.toml:2:1", "warning"),
        ('fail-on = "error"\nselect = ["GENN"]\n', "notelint.toml:2:1", "unknown rule 'GENN'"),
        (
            'ignore = ["generic-activity-phrases"]\n',
            "notelint.toml:1:1",
            "Did you mean 'generic-activity-phrase'?",
        ),
        (
            'locked = ["generic-activity-phrases"]\n',
            "notelint.toml:1:1",
            "Did you mean 'generic-activity-phrase'?",
        ),
        (
            '[per-file-ignores]\n"a.txt" = ["generic-activity-phrases"]\n',
            "notelint.toml:2:1",
            "Did you mean 'generic-activity-phrase'?",
        ),
        ("select = [\n", "notelint.toml:", ""),
    ],
)
def test_a_setting_that_is_not_known_is_refused_before_any_note(
    config: str, place: str, said: str, notelint: Run, good: Path, tmp_path: Path
) -> None:
    (tmp_path / "notelint.toml").write_text(config)
    result = notelint("check", good.name)
    assert (result.status, result.out) == (2, "")
    assert place in result.err
    assert said in result.err


def test_a_rule_named_on_the_command_line_is_not_blamed_on_the_file(
    notelint: Run, good: Path, tmp_path: Path
) -> None:
    (tmp_path / "notelint.toml").write_text('select = ["GEN101"]\n')
    result = notelint("check", good.name, "--select", "GENN")
    assert result.err.startswith("notelint: unknown rule 'GENN'")


def test_an_unknown_rule_is_refused_with_the_nearest_name(notelint: Run, good: Path) -> None:
    for option in ("--select", "--ignore", "--extend-select"):
        result = notelint("check", good.name, option, "generic-activity-phrases")
        assert (result.status, result.out) == (2, "")
        assert "Did you mean 'generic-activity-phrase'?" in result.err
