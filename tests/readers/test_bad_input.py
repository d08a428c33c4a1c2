"""Bad input: one problem that says what, where and what to do; the rest is read; no text shown."""

from __future__ import annotations

import gzip
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from notelint.errors import ConfigError

SECRET = "Zebulon Quill"
GOOD = json.dumps({"text": f"TE x 15 min with {SECRET}"})


def _only(problems: list[Any]) -> Any:
    assert len(problems) == 1, problems
    assert SECRET not in str(problems[0])
    return problems[0]


def test_a_byte_that_is_not_utf8_is_named_with_its_offset_and_line(read: Any, at: Path) -> None:
    (at / "a.txt").write_bytes(b"S: ok\nO: flex 0\xb0 to 95")
    notes, problems = read("a.txt")
    assert notes == []
    problem = _only(problems)
    assert (problem.line, problem.fatal) == (2, True)
    assert "byte 0xb0 at offset 15 is not UTF-8" in problem.what
    assert "cp1252" in problem.remedy


def test_cp1252_is_read_when_it_is_asked_for(read: Any, at: Path) -> None:
    (at / "a.txt").write_bytes(b"flex 0\xb0 \x96 95")
    notes, problems = read("a.txt", encoding="cp1252")
    assert (notes[0].text, problems) == ("flex 0° – 95", [])


def test_an_encoding_that_does_not_exist_is_a_setting_error(read: Any, at: Path) -> None:
    (at / "a.txt").write_text("x")
    with pytest.raises(ConfigError, match="not known"):
        read("a.txt", encoding="klingon")
    with pytest.raises(ConfigError, match="not known"):
        read("a.txt", encoding="base64")


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_chooses_the_encoding(codec: str, read: Any, at: Path) -> None:
    (at / "a.txt").write_bytes("Gait 5 m – CGA".encode(codec))
    (at / "b.jsonl").write_bytes((GOOD + "\n" + GOOD + "\n").encode(codec))
    notes, problems = read("a.txt", "b.jsonl")
    assert problems == []
    assert notes[0].text == "Gait 5 m – CGA"
    assert [n.source.span(0, 2).line for n in notes] == [1, 1, 2]


def test_nul_bytes_say_that_it_is_no_text(read: Any, at: Path) -> None:
    (at / "a.txt").write_bytes("x\nab".encode("utf-16-le"))
    _, problems = read("a.txt")
    assert "NUL" in _only(problems).what
    assert "UTF-16" in problems[0].remedy


@pytest.mark.parametrize("content", ["", " \n\t\n", "---\npayer: va\n---\n"])
def test_an_empty_note_is_a_problem(content: str, read: Any, at: Path) -> None:
    (at / "a.txt").write_text(content)
    notes, problems = read("a.txt")
    assert notes == []
    assert _only(problems).what == "the note has no text."


def test_one_line_of_five_megabytes_is_read_at_once(read: Any, at: Path) -> None:
    long = "pt amb 50 ft w/ RW. " * 250_000
    (at / "a.txt").write_text(long)
    (at / "b.jsonl").write_text(json.dumps({"text": long}) + "\n" + GOOD)
    began = time.perf_counter()
    notes, problems = read("a.txt", "b.jsonl")
    assert problems == []
    assert [len(n.text) for n in notes[:2]] == [len(long)] * 2
    assert notes[1].source.span(4_999_990, 5_000_000).line == 1
    assert time.perf_counter() - began < 20


def test_a_line_beyond_the_limit_is_named(read: Any, at: Path, monkeypatch: Any) -> None:
    from notelint.readers.inputs import Input

    monkeypatch.setattr(Input.lines, "__defaults__", (100,))
    (at / "a.jsonl").write_text(f'{GOOD}\n{GOOD[:-2]}{"x" * 200}"}}\n')
    notes, problems = read("a.jsonl")
    assert len(notes) == 1
    assert _only(problems).line == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_a_problem(read: Any, at: Path) -> None:
    (at / "a.txt").write_text("x")
    (at / "a.txt").chmod(0)
    _, problems = read("a.txt")
    assert "Permission denied" in _only(problems).what


def test_a_file_that_fails_while_it_is_read_is_a_problem(
    read: Any, at: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path, mode: str) -> Any:
        raise OSError(5, "Input/output error")

    (at / "a.txt").write_text("x")
    (at / "b.jsonl").write_text(GOOD)
    monkeypatch.setattr(Path, "open", fail)
    notes, problems = read("a.txt", "b.jsonl")
    assert notes == []
    assert [p.what for p in problems] == ["it cannot be read (Input/output error)."] * 2


def test_a_dangling_link_is_a_problem(read: Any, at: Path) -> None:
    (at / "a.txt").symlink_to(at / "gone.txt")
    _, problems = read("a.txt")
    assert "cannot be read" in _only(problems).what


@pytest.mark.skipif(sys.platform == "win32", reason="no fifo")
def test_a_device_or_fifo_is_refused_and_not_waited_for(read: Any, at: Path) -> None:
    os.mkfifo(at / "a.txt")
    _, problems = read("a.txt")
    assert "regular file" in _only(problems).what


def test_a_truncated_gzip_gives_what_it_holds_and_a_problem(read: Any, at: Path) -> None:
    lines = "".join(
        json.dumps({"text": f"note {i} {os.urandom(200).hex()}"}) + "\n" for i in range(500)
    )
    data = gzip.compress(lines.encode())
    (at / "a.jsonl.gz").write_bytes(data[: len(data) // 2])
    (at / "b.txt.gz").write_bytes(gzip.compress(b"whole")[:-4])
    (at / "c.txt.gz").write_bytes(b"no gzip at all")
    notes, problems = read("a.jsonl.gz", "b.txt.gz", "c.txt.gz")
    assert 50 < len(notes) < 500
    assert ["ends too early" in p.what or "damaged" in p.what for p in problems] == [True] * 3
    assert all(p.fatal for p in problems)


def test_a_broken_line_is_named_and_the_others_are_read(read: Any, at: Path) -> None:
    lines = [GOOD, GOOD, f'{{"text": "x", "who": {SECRET}}}', GOOD, GOOD]
    (at / "a.jsonl").write_text("\n".join(lines))
    notes, problems = read("a.jsonl")
    assert [n.id for n in notes] == ["a.jsonl:1", "a.jsonl:2", "a.jsonl:4", "a.jsonl:5"]
    problem = _only(problems)
    assert (problem.where, problem.fatal) == ("a.jsonl:3:22", True)
    assert "not JSON" in problem.what


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ('{"text": "a", "text": "b"}', "twice"),
        ('{"text": "a", "units": NaN}', "NaN"),
        ('{"text": "a", "x": ' + "[" * 100_000, "nested too deep"),
        ('{"text": "a", "x": ' + "9" * 5000 + "}", "too many digits"),
        ('{"text": "\\ud83d alone"}', "surrogate"),
        ('{"text": "a\\u0000b"}', "NUL"),
        ('{"text": "a"} {"text": "b"}', "after its end"),
        ('["text"]', "must be an object"),
        ('{"text": 7}', "must be a string"),
        ('{"text": "a", "payer": "medicare_x"}', "payer is 'medicare_x'"),
        ('{"text": "  "}', "no text"),
    ],
)
def test_a_bad_record_is_one_problem_with_its_line(
    line: str, what: str, read: Any, at: Path
) -> None:
    (at / "a.jsonl").write_text(f"{GOOD}\n{line}\n{GOOD}\n")
    notes, problems = read("a.jsonl")
    assert len(notes) == 2
    assert _only(problems).line == 2
    assert what in problems[0].what


def test_bytes_that_are_not_utf8_cost_one_line_and_no_offset(read: Any, at: Path) -> None:
    good = GOOD.encode()
    (at / "a.jsonl").write_bytes(good + b'\n{"text": "\xb0"}\n' + good)
    notes, problems = read("a.jsonl")
    assert len(notes) == 2
    assert _only(problems).line == 2
    assert f"offset {len(good) + 11}" in problems[0].what
    span = notes[1].source.span(0, 2)
    text = (at / "a.jsonl").read_bytes().decode("utf-8", "replace")
    assert (span.line, text[span.start : span.end]) == (3, "TE")


def test_json_that_breaks_gives_the_records_before_the_break(read: Any, at: Path) -> None:
    (at / "a.json").write_text(f"[{GOOD},\n{GOOD},\n{{")
    notes, problems = read("a.json")
    assert len(notes) == 2
    assert _only(problems).line == 3


def test_very_many_broken_lines_are_told_once(read: Any, at: Path) -> None:
    (at / "a.jsonl").write_text("{oops\n" * 500 + GOOD)
    notes, problems = read("a.jsonl")
    assert len(notes) == 1
    assert len(problems) == 21
    assert problems[-1].what.startswith("480 more records")


def test_a_kind_nobody_reads_is_named(read: Any, at: Path) -> None:
    (at / "a.docx").write_bytes(b"PK")
    _, problems = read("a.docx")
    assert "'.docx' cannot be read" in _only(problems).what
