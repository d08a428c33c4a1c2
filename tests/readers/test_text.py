"""Plain text: front matter, sidecars, and what is neither."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


def test_a_file_is_a_note_by_its_path(read: Any, at: Path) -> None:
    (at / "n").mkdir()
    (at / "n/a.txt").write_bytes(b"S: ok\r\nO: TE x 15\n")
    notes, problems = read("n")
    assert problems == []
    assert (notes[0].id, notes[0].file, notes[0].note_type) == ("n/a.txt", "n/a.txt", "unknown")
    assert notes[0].text == "S: ok\r\nO: TE x 15\n"
    assert (notes[0].source.span(7, 8).line, notes[0].source.span(7, 8).column) == (2, 1)


def test_front_matter_gives_facts_and_the_text_keeps_its_place(read: Any, at: Path) -> None:
    (at / "a.md").write_text(
        "---\nnote_type: daily\npayer: medicare_b\ndate_of_service: 2026-10-01\n"
        "charges: [{code: 97530, units: 2, modifiers: [GP]}]\n---\nO: TA x 24 min"
    )
    note = read("a.md")[0][0]
    assert note.text == "O: TA x 24 min"
    assert (note.note_type, note.payer, str(note.date_of_service)) == (
        "daily", "medicare_b", "2026-10-01",
    )  # fmt: skip
    assert (note.charges[0].code, note.charges[0].units) == ("97530", 2)
    assert (note.source.span(3, 5).line, note.source.span(3, 5).column) == (7, 4)


@pytest.mark.parametrize(
    "text",
    [
        "---\nS: knee stiff\n---\nO: TE",
        "---\nnot a field\n---\n",
        "--- pt note ---\nx",
        "---\npayer: va",
    ],
)
def test_a_ruler_at_the_top_is_text(text: str, read: Any, at: Path) -> None:
    (at / "a.txt").write_text(text)
    assert read("a.txt")[0][0].text == text


@pytest.mark.parametrize(
    ("front", "what"),
    [
        ("payer: va\npayer: va", "twice"),
        ("payer: &a va\nid: *a", "anchor"),
        ("payer: [va", "cannot be read"),
        ("payer: medicre_b", "payer is 'medicre_b'"),
        ("payer: va\ntext: Zebulon", "cannot hold the text"),
        ("date_of_service: 10/01/2026", "must be a date"),
    ],
)
def test_a_front_matter_that_cannot_be_used_is_a_problem(
    front: str, what: str, read: Any, at: Path
) -> None:
    (at / "a.txt").write_text(f"---\n{front}\n---\nZebulon walked.")
    notes, problems = read("a.txt")
    assert notes == []
    assert what in problems[0].what
    assert "Zebulon" not in str(problems[0])


def test_a_sidecar_wins_over_front_matter_where_both_speak(read: Any, at: Path) -> None:
    (at / "a.txt").write_text("---\nstatus: draft\ndiscipline: OT\n---\nx")
    (at / "a.txt.notelint.toml").write_text(
        '[facts]\nstatus = "final"\ndate_of_service = 2026-10-01\n[[charges]]\ncode = "97110"\n'
    )
    notes, problems = read(".")
    assert problems == []
    assert (notes[0].status, notes[0].discipline) == ("final", "OT")
    assert str(notes[0].date_of_service) == "2026-10-01"
    assert notes[0].charges[0].code == "97110"
    assert "charges" in notes[0].carried


@pytest.mark.parametrize(
    ("fact", "one", "two"),
    [("payer", "va", "auto"), ("setting", "irf", "school"), ("note_type", "eval", "daily")],
)
def test_a_sidecar_may_not_contradict(fact: str, one: str, two: str, read: Any, at: Path) -> None:
    (at / "a.txt").write_text(f"---\n{fact}: {one}\n---\nx")
    (at / "a.txt.notelint.toml").write_text(f'[facts]\n{fact} = "{two}"')
    (at / "b.jsonl").write_text(f'{{"text": "x", "{fact}": "{one}"}}\n{{"text": "y"}}')
    (at / "b.jsonl.notelint.toml").write_text(f'[facts]\n{fact} = "{two}"')
    notes, problems = read(".")
    assert [getattr(n, fact) for n in notes] == [two]
    assert [p.fatal for p in problems] == [True, True]
    assert f"{fact} is '{two}' in the sidecar and '{one}' in the front matter" in problems[0].what
    assert f"{fact} is '{one}' in the record and '{two}' in the sidecar" in problems[1].what


def test_unknown_front_matter_fields_are_named_once_with_the_nearest(read: Any, at: Path) -> None:
    for name in "ab":
        (at / f"{name}.txt").write_text("---\npayer: va\nnotetype: daily\n---\nx")
    notes, problems = read(".")
    assert len(notes) == 2
    assert [p.what for p in problems] == [
        "the field 'notetype' is not used. Did you mean 'note_type'?"
    ]
    assert not problems[0].fatal
