"""Rows of a table in a note: their cells, by strokes or tabs; an empty cell keeps its place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its words (lower case) and where they stand."""

    start: int
    end: int
    words: str


def cells_of(lower: str, start: int, end: int, sign: str) -> list[Cell]:
    """Returns the cells of the row ``lower[start:end]``, parted by ``|`` or a tab."""
    found: list[Cell] = []
    at = start
    for words in lower[start:end].split(sign):
        found.append(Cell(at, at + len(words), words))
        at += len(words) + 1
    if sign == "|" and found[0].words.strip()[-1:] in ("", ":", "-", "–", ")", "."):
        found = found[1:]  # what stands before the first stroke of a row: nothing, or a heading
    while found and not found[-1].words.strip():
        found.pop()
    return found
