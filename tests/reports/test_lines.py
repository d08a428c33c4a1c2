"""The one-line formats: concise and grouped."""

from __future__ import annotations

from collections.abc import Callable

from notelint.reports import Entry

Write = Callable[..., str]


def test_concise_is_one_line_a_lead(entries: list[Entry], written: Write) -> None:
    lines = written("concise", entries).splitlines()
    assert lines[0] == (
        "notes/knee.txt:2:7: GEN101 generic-activity-phrase warning "
        "“Balance activities” does not say which activity was done. (also TIM104)"
    )
    assert lines[1].startswith("notes/knee.txt: POC103 no-plan error ")


def test_grouped_puts_findings_under_the_title_of_their_note(
    entries: list[Entry], written: Write
) -> None:
    text = written("grouped", entries)
    assert text.startswith("notes/knee.txt: note n1\n       2:7  warning  GEN101 ")
    assert "notes/gait.txt" not in text
