from __future__ import annotations

import pickle

from notelint.finding import Finding, Place, Suggestion
from notelint.note import Note
from notelint.placing import address, placed, without_file
from notelint.source import LineIndex, SourceMap

FILE = '{"text": "O: Gait\\ntraining."}\n{"text": "x"}\n'
TEXT = "O: Gait\ntraining."
SOURCE = SourceMap(
    "n.jsonl", len(TEXT), (0, 7, 8), (10, 17, 19), (17, 19, 28), (True, False, True),
    LineIndex.of(FILE), row=1, pointer="/text",
)  # fmt: skip


def about(start: int | None, end: int | None, target: str = "text") -> Finding:
    return Finding(
        "GEN101", "x", "warning", "judgement", "words", "", "",
        (Place("main", target, start, end, note_id="n"),), Suggestion(""),
    )  # fmt: skip


def test_words_get_the_line_and_column_of_the_file() -> None:
    note = Note(TEXT, id="n", source=SOURCE)
    found = placed(about(8, 16), note)
    assert (found.line, found.column, found.end_line, found.end_column) == (1, 20, 1, 28)
    assert found.main.source is not None
    assert FILE[found.main.source.start : found.main.source.end] == "training"
    assert found.file == "n.jsonl"


def test_without_places_in_the_file_the_text_is_counted() -> None:
    note = Note(TEXT, id="n", source=SourceMap("n.xlsx", len(TEXT), row=4))
    found = placed(about(8, 16), note)
    assert (found.line, found.column, found.end_line, found.end_column) == (2, 1, 2, 9)
    assert found.main.source is not None
    assert found.main.source.row == 4


def test_a_finding_about_the_note_or_a_charge_has_no_line() -> None:
    note = Note(TEXT, id="n", source=SOURCE)
    for finding in (about(None, None), about(None, None, "charges[0]")):
        found = placed(finding, note)
        assert (found.line, found.column, found.main.source) == (None, None, None)


def test_a_worker_gets_a_note_without_the_lines_of_its_file() -> None:
    lines = LineIndex(tuple(range(100_000)), 100_000)
    note = Note(TEXT, id="n", source=SourceMap("n.jsonl", 17, (0,), (0,), (17,), (True,), lines, 3))
    sent = without_file(note)
    assert len(pickle.dumps(sent)) < 2_000
    assert (sent.text, sent.file, address(sent)) == (TEXT, "n.jsonl", "row 3")
    finding = about(3, 7)
    assert placed(placed(finding, sent), note) == placed(finding, note)
