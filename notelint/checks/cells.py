"""What the cells of a table row say an item is for: a column "Why", or a last cell that is a task."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.encounter.life import points_at_purpose
from notelint.encounter.purposes import goal_refs_in
from notelint.language.loose import loose
from notelint.language.reading import Reading, Span, Statement

_EDGE = re.compile(r"[|\t]")
_HEADING = loose(
    r"^(?:why|for|purpose|functional (?:purpose|goal|task|link|carry-?over)|goals?(?: #| no)?|ltg|stg|function|reason|rationale|carry-?over|"
    r"relevance|task|target|need(?:ed)? for|used for|adl|iadl|link|supports|what for|relates to)$"
)
_NOTHING = frozenset({"", "-", "–", "—", "n/a", "na", "none", '"'})
_ROWS_ABOVE = 24


def in_cell(reading: Reading, statement: Statement) -> bool:
    """Whether a row has a cell that names the function or goal of what is done in the row."""
    cells = list(_cells(reading, statement))
    if len(cells) < 3:
        return False
    column = _purpose_column(reading, statement)
    if column is not None:
        cell = next((c for number, c in enumerate(cells) if number == column), None)
        return cell is not None and reading.lower[cell.start : cell.end].strip() not in _NOTHING
    last = next((c for c in reversed(cells) if reading.lower[c.start : c.end].strip()), cells[-1])
    if last.start == cells[0].start:
        return False
    if any(True for _ in goal_refs_in(reading, last.start, last.end)):
        return True
    return points_at_purpose(reading, last.start, last.end) or _only_task(reading, last)


def has_purpose_column(reading: Reading) -> bool:
    """Whether a table of the note gives each row its purpose ("EXERCISE | SETS | REPS | FOR")."""
    return any(
        len(cells) > 2
        and any(_HEADING.match(reading.lower[c.start : c.end].strip()) for c in cells[1:])
        and any(_EXERCISES.match(reading.lower[c.start : c.end].strip()) for c in cells)
        for cells in (list(_cells(reading, s)) for s in reading.where(_is_row))
    )


def has_dosed_table(reading: Reading) -> bool:
    """Whether a table of the note gives exercises with their sets, repetitions or load, row by row."""
    rows, headed = 0, False
    for statement in reading.where(_is_row):
        cells = list(_cells(reading, statement))
        if len(cells) < 3 or statement.role in ("goal", "plan"):
            continue
        if _DOSED.search(reading.lower, statement.start, statement.end) and any(
            _EXERCISES.match(reading.lower[c.start : c.end].strip()) for c in cells
        ):
            headed = True
            continue
        first = cells[0]
        named = headed or reading.has_mention(first.start, first.end, "exercise")
        rows += named and any(c.isdigit() for c in reading.text[first.end : statement.end])
    return rows >= _LEAST_ROWS


_LEAST_ROWS = 2
_DOSED = loose(r"\b(?:sets?|reps?|load|dose|weight|resistance)\b")
_EXERCISES = loose(
    r"^(?:exercises?|exs?|activity|activities|interventions?|treatment|tx|item|task|drill|technique)$"
)


def _only_task(reading: Reading, cell: Span) -> bool:
    """Whether a cell begins with a task and holds no dose: it says why, not what was done."""
    lead = (
        cell.start
        + len(reading.text[cell.start : cell.end])
        - len(reading.text[cell.start : cell.end].lstrip())
    )
    if reading.has_quantity(cell.start, cell.end, "dose", "reps", "distance"):
        return False
    if reading.has_mention(cell.start, cell.end, "assist", "exercise", "cue"):
        return False
    return any(m.start - lead < 12 for m in reading.mentions_in(cell.start, cell.end, "task"))


def _purpose_column(reading: Reading, row: Statement) -> int | None:
    """The number of the column whose heading asks for a purpose, among the rows above."""
    for other in reversed(reading.statements[max(0, row.index - _ROWS_ABOVE) : row.index]):
        for number, cell in enumerate(_cells(reading, other)):
            if _HEADING.match(reading.lower[cell.start : cell.end].strip()):
                return number
    return None


def _is_row(reading: Reading, statement: Statement) -> bool:
    return _EDGE.search(reading.text, statement.start, statement.end) is not None


def _cells(reading: Reading, statement: Statement) -> Iterator[Span]:
    if not reading.answer(_is_row, statement):
        return
    at = statement.start
    for edge in _EDGE.finditer(reading.text, statement.start, statement.end):
        yield Span(at, edge.start())
        at = edge.end()
    yield Span(at, statement.end)
