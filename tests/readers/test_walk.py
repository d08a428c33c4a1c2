"""The walk: what a folder, a glob, a name and ``-`` stand for, always in the same order."""

from __future__ import annotations

import inspect
import io
import json
import sys
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from notelint.note import Note
from notelint.readers.mapping import mapping_from_table
from notelint.readers.open import read_paths

GOOD = json.dumps({"text": "TE x 15 min"})


def _ids(notes: list[Note]) -> list[str]:
    return [note.id for note in notes]


def test_a_folder_gives_its_notes_in_name_order_and_nothing_else(read: Any, at: Path) -> None:
    for name in (
        "b/z.txt", "b/a.txt", "a.jsonl", "c.ndjson", "LICENSE.txt", ".hidden.txt", ".git/x.txt",
        "node_modules/x.txt", ".venv/x.txt", "e.csv", "f.md", "g.json", "x.txt.notelint.toml",
    ):  # fmt: skip
        path = at / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(GOOD if name.endswith("json") or "json" in name else "note")
    (at / "x.txt.notelint.toml").write_text("[facts]")
    notes, problems = read(".")
    assert problems == []
    assert _ids(notes) == ["LICENSE.txt", "a.jsonl:1", "b/a.txt", "b/z.txt", "c.ndjson:1"]


def test_other_kinds_are_read_when_named_included_or_mapped(read: Any, at: Path) -> None:
    (at / "n").mkdir()
    (at / "n/a.csv").write_text("text\nx\n")
    (at / "n/b.md").write_text("y")
    (at / "n/c.txt").write_text("z")
    mapping = mapping_from_table("m", {"text": "text", "files": "a*.csv"})
    assert _ids(read("n")[0]) == ["n/c.txt"]
    assert _ids(read("n/b.md")[0]) == ["n/b.md"]
    assert _ids(read("n", include=["*.md"])[0]) == ["n/b.md", "n/c.txt"]
    assert _ids(read("n", mapping=mapping)[0]) == ["n/a.csv:2", "n/c.txt"]


@pytest.mark.parametrize("pattern", ["old", "old/", "n/old/*", "old/*.txt", "*/old/*"])
def test_excluded_files_and_folders_are_left_out(pattern: str, read: Any, at: Path) -> None:
    (at / "n/old").mkdir(parents=True)
    (at / "n/old/a.txt").write_text("x")
    (at / "n/b.txt").write_text("y")
    assert _ids(read("n", exclude=[pattern])[0]) == ["n/b.txt"]


def test_a_manifest_is_skipped_with_one_line_unless_named(read: Any, at: Path) -> None:
    (at / "manifest.jsonl").write_text('{"file": "a.txt"}\n{"file": "b.txt"}\n')
    (at / "a.txt").write_text("x")
    notes, problems = read(".")
    assert _ids(notes) == ["a.txt"]
    assert [(p.what, p.fatal) for p in problems] == [
        ("skipped: none of its 2 records has a 'text'.", False)
    ]
    _, problems = read("manifest.jsonl")
    assert [p.fatal for p in problems] == [True]


def test_a_record_without_text_among_notes_is_a_problem(read: Any, at: Path) -> None:
    (at / "a.jsonl").write_text(f'{{"id": 1}}\n{GOOD}\n{{"id": 3}}\n')
    notes, problems = read(".")
    assert len(notes) == 1
    assert [(p.line, p.note_id, p.fatal) for p in problems] == [(1, "1", True), (3, "3", True)]


def test_a_folder_without_notes_is_an_error_that_says_what_it_holds(read: Any, at: Path) -> None:
    (at / "n").mkdir()
    (at / "n/a.csv").write_text("text\nx\n")
    _, problems = read("n")
    assert [(p.what, p.fatal) for p in problems] == [("the folder holds no notes.", True)]
    assert "--include '*.csv'" in problems[0].remedy


def test_a_folder_with_only_a_manifest_holds_no_notes(read: Any, at: Path) -> None:
    (at / "n").mkdir()
    (at / "n/manifest.jsonl").write_text('{"file": "a.txt"}\n')
    assert [p.fatal for p in read("n")[1]] == [False, True]


def test_a_path_or_pattern_that_matches_nothing_is_an_error(read: Any, at: Path) -> None:
    assert [p.fatal for p in read("gone.txt", "*.txt")[1]] == [True, True]


def test_a_glob_is_sorted_and_its_files_are_named(read: Any, at: Path) -> None:
    (at / "n/m").mkdir(parents=True)
    for name in ("n/b.csv", "n/m/a.csv", "n/a.csv"):
        (at / name).write_text("text\nx\n")
    assert _ids(read("n/**/*.csv")[0]) == ["n/a.csv:2", "n/b.csv:2", "n/m/a.csv:2"]


def test_nothing_is_read_twice(read: Any, at: Path) -> None:
    (at / "a.txt").write_text("x")
    (at / "b.txt").symlink_to(at / "a.txt")
    assert _ids(read("a.txt", ".", "*.txt", str(at / "a.txt"))[0]) == ["a.txt"]


def test_a_loop_of_links_ends(read: Any, at: Path) -> None:
    (at / "n").mkdir()
    (at / "n/a.txt").write_text("x")
    (at / "n/self").symlink_to(at / "n")
    assert _ids(read("n")[0]) == ["n/a.txt"]


def test_a_deep_folder_does_not_exhaust_the_stack(read: Any, at: Path) -> None:
    deep = at / "n" / "/".join("d" * 300)
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text("x")
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 150)
    try:
        notes, problems = read("n")
    finally:
        sys.setrecursionlimit(limit)
    assert (len(notes), problems) == (1, [])


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        (None, "TE x 15", "TE x 15"),
        ("a.jsonl", GOOD, "TE x 15 min"),
        ("dir/x.csv", "text\nTE\n", "TE"),
        ("x.txt", "TE", "TE"),
    ],
)
def test_standard_input_is_read_by_the_suffix_of_its_name(
    name: str | None, data: str, expected: str, read: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
    notes, problems = read("-", stdin_filename=name)
    assert problems == []
    assert (notes[0].text, notes[0].file) == (expected, name or "<stdin>")


def test_a_name_that_looks_like_markup_or_a_formula_is_a_name(read: Any, at: Path) -> None:
    (at / "=HYPERLINK(1).txt").write_text("x")
    (at / "<img src=x>.txt").write_text("y")
    assert _ids(read(".")[0]) == ["<img src=x>.txt", "=HYPERLINK(1).txt"]


def test_ten_thousand_files_are_streamed_in_bounded_memory(at: Path) -> None:
    (at / "n").mkdir()
    text = "Gait training x 15 min. " * 40
    for i in range(10_000):
        (at / f"n/{i:05}.txt").write_text(text)
    tracemalloc.start()
    count = 0
    for item in read_paths(["n"]):
        assert isinstance(item, Note)
        count += 1
        if count == 500:
            early = tracemalloc.get_traced_memory()[0]
    late = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert count == 10_000
    assert late - early < 2_500_000  # of 10 MB of text


def test_a_large_jsonl_is_streamed_in_bounded_memory(at: Path) -> None:
    with (at / "a.jsonl").open("w") as out:
        for i in range(4_000):
            out.write(json.dumps({"text": f"note {i} " + "x" * 2_000}) + "\n")
    tracemalloc.start()
    count = sum(isinstance(item, Note) for item in read_paths(["a.jsonl"]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 4_000
    assert peak < 2_000_000  # of 8 MB of text
