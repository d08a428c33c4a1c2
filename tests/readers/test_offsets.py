"""Laws of the source maps: each character of a note leads back to the characters it came from."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.note import Note
from notelint.readers.inputs import bytes_input
from notelint.readers.mapping import mapping_from_table
from notelint.readers.open import read_input
from notelint.readers.options import ReadOptions
from notelint.source import LineIndex, SourceMap

_TRICKY = st.sampled_from("\",;\r\n\t\\/|^&~{}'=+-@ °é😋—\u2028\u200bab0:")
_TEXT = st.text(
    st.one_of(
        _TRICKY, st.characters(exclude_categories=("Cs",), exclude_characters="\0")
    ),
    min_size=1,
    max_size=50,
).filter(lambda text: text.strip() != "")  # fmt: skip
_LAW = settings(max_examples=150, deadline=None)


def _notes(name: str, content: str, **choices: Any) -> tuple[str, list[Note]]:
    data = content.encode()
    items = list(read_input(bytes_input(name, data, named=True), ReadOptions(**choices)))
    notes = [item for item in items if isinstance(item, Note)]
    assert len(notes) == len(items), items
    return data.decode("utf-8-sig"), notes


def _spans(note: Note) -> Iterator[tuple[int, int, Any]]:
    """Every single character, and the whole."""
    assert note.source is not None
    for i in range(len(note.text)):
        yield i, i + 1, note.source.span(i, i + 1)
    yield 0, len(note.text), note.source.span(0, len(note.text))


def _holds(file: str, note: Note, decoded: Callable[[str], str]) -> None:
    lines = LineIndex.of(file)
    for start, end, span in _spans(note):
        assert decoded(file[span.start : span.end]) == note.text[start:end]
        if "\r" not in file.replace("\r\n", ""):
            assert (span.line, span.column) == lines.position(span.start)


@_LAW
@given(_TEXT, st.booleans())
def test_text_maps_to_itself_behind_a_mark_or_front_matter(text: str, front: bool) -> None:
    head = "---\npayer: va\n---\n" if front else "\ufeff"
    file, notes = _notes("a.txt", head + text)
    assert notes[0].text == text.removeprefix("\ufeff") or front
    _holds(file, notes[0], lambda words: words)


@_LAW
@given(st.lists(_TEXT, min_size=1, max_size=4), st.booleans(), st.sampled_from(["\n", "\r\n"]))
def test_json_lines_map_through_escapes(texts: list[str], escaped: bool, end: str) -> None:
    content = end.join(
        json.dumps({"n": {"text": "x"}, "text": t, "id": i}, ensure_ascii=escaped)
        for i, t in enumerate(texts)
    )
    file, notes = _notes("a.jsonl", content)
    assert [note.text for note in notes] == texts
    for note in notes:
        _holds(file, note, lambda words: json.loads(f'"{words}"'))


@_LAW
@given(st.lists(_TEXT, min_size=1, max_size=4), st.booleans(), st.sampled_from([None, 1]))
def test_json_files_map_through_escapes(
    texts: list[str], escaped: bool, indent: int | None
) -> None:
    rows = [{"é": ['"', {}], "text": t} for t in texts]
    content = json.dumps({"notes": rows}, ensure_ascii=escaped, indent=indent)
    file, notes = _notes("a.json", content)
    assert [note.text for note in notes] == texts
    for i, note in enumerate(notes):
        _holds(file, note, lambda words: json.loads(f'"{words}"'))
        assert note.source is not None
        assert note.source.pointer == f"/notes/{i}/text"


@_LAW
@given(
    st.lists(st.tuples(_TEXT, _TEXT), min_size=1, max_size=4),
    st.sampled_from(",;\t|"),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["\r\n", "\n"]),
)
def test_csv_maps_through_doubled_quotes(
    rows: list[tuple[str, str]], delimiter: str, quoting: Any, end: str
) -> None:
    if any("\r" in cell for row in rows for cell in row):
        quoting = csv.QUOTE_ALL  # Python's writer leaves a lone CR bare
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=end)
    writer.writerows([("other", "text", "id"), *((a, b, "") for a, b in rows)])
    file, notes = _notes("a.csv", out.getvalue())
    assert [note.text for note in notes] == [text for _, text in rows]
    for note in notes:
        _holds(file, note, lambda words: words.replace('""', '"'))
    assert [note.source.row for note in notes if note.source] == list(range(2, len(rows) + 2))


@_LAW
@given(_TEXT, st.integers(1, 7))
def test_rows_glued_to_one_note_map_each_to_its_row(text: str, size: int) -> None:
    parts = [text[i : i + size] for i in range(0, len(text), size)]
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(
        [("id", "line", "body"), *(("n", i, part) for i, part in enumerate(parts))]
    )
    mapping = mapping_from_table("m", {"text": "body", "id": "id", "order": "line", "glue": ""})
    file, notes = _notes("a.csv", out.getvalue(), mappings=(mapping,))
    assert [note.text for note in notes] == [text]
    note_map = notes[0].source
    assert note_map is not None
    for i, character in enumerate(text):
        span = note_map.span(i, i + 1)
        assert file[span.start : span.end] in (character, '""' if character == '"' else "")


@_LAW
@given(
    st.lists(st.tuples(st.text("ab", max_size=3), st.integers(0, 3)), max_size=6), st.data()
)  # fmt: skip
def test_a_span_is_never_reversed_and_stays_in_the_file(
    pieces: list[tuple[str, int]], data: st.DataObject
) -> None:
    from notelint.readers.pieces import MapBuilder

    builder, at = MapBuilder(), 0
    for text, width in pieces:
        if width:
            builder.replace(text, at, at + width)
            at += width
        else:
            builder.copy(text, at)
            at += len(text)
    note_map = builder.map("a")
    length = len(builder.text)
    start = data.draw(st.integers(0, length))
    end = data.draw(st.integers(start, length))
    span = note_map.span(start, end)
    if length:
        assert span.start is not None
        assert span.end is not None
        assert 0 <= span.start <= span.end <= at


def test_an_offset_that_is_off_by_one_is_noticed() -> None:
    """The law above can fail: a map shifted by one does not lead back."""
    note = Note("abc", source=SourceMap("a", 3, (0,), (1,), (4,), (True,), LineIndex.of("abcd")))
    try:
        _holds("abcd", note, lambda words: words)
    except AssertionError:
        return
    raise AssertionError("a shifted map passed")
