"""The parts of a report: sections with tables, cards and figures, before any format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from notelint.audit.intervals import Interval, exact_interval

Cell = str | int | float | None
ColumnKind = Literal["text", "count", "share"]

#: Under so many reviewed units a report shows counts and no rate.
RATE_FROM = 10


@dataclass(frozen=True, slots=True)
class Column:
    """``share`` cells are 0 to 1 and shown as percent; None is an empty cell."""

    name: str
    kind: ColumnKind = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns. ``bar`` says that rate, low and high may be drawn as a bar."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    bar: bool = False

    def as_dict(self) -> dict[str, Any]:
        names = [column.name for column in self.columns]
        return {
            "name": self.name,
            "rows": [dict(zip(names, row, strict=True)) for row in self.rows],
        }


@dataclass(frozen=True, slots=True)
class Figure:
    """A plot as SVG with the words that stand for it."""

    title: str
    svg: str
    words: str


@dataclass(frozen=True, slots=True)
class Card:
    """One clinician's card: lines of figures, strengths, gaps, and room for what is agreed."""

    title: str
    subtitle: str
    headline: str
    lines: tuple[tuple[str, str], ...]
    strengths: tuple[str, ...]
    gaps: tuple[str, ...]
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteSheet:
    """A note in a binder: ``pieces`` are (words, marked) in order; empty where text stays home."""

    title: str
    facts: tuple[tuple[str, str], ...]
    pieces: tuple[tuple[str, bool], ...]
    findings: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One view. ``guard`` says how it may be read, before anything else."""

    kind: str
    title: str
    guard: str
    tables: tuple[Table, ...] = ()
    figures: tuple[Figure, ...] = ()
    cards: tuple[Card, ...] = ()
    notes: tuple[NoteSheet, ...] = ()
    caution: bool = False

    def as_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind, "title": self.title, "guard": self.guard,
            "tables": [table.as_dict() for table in self.tables],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. ``how`` is the "How to read" page: names and what they are."""

    title: str
    profile: str
    cover: str
    how: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]

    def as_dict(self) -> dict[str, Any]:
        return {
            "schema": "notelint.report/1", "title": self.title, "profile": self.profile,
            "how": dict(self.how), "sections": [section.as_dict() for section in self.sections],
        }  # fmt: skip


#: The columns of a guarded rate; see ``rate_cells``.
RATE_COLUMNS = (
    Column("Reviewed", "count"), Column("Need work", "count"), Column("Rate", "share"),
    Column("Low", "share"), Column("High", "share"), Column("Remark"),
)  # fmt: skip


def rate_cells(
    count: int, n: int, confidence: float, *, population: int | None = None, least: int = RATE_FROM
) -> tuple[Cell, ...]:
    """The cells of ``RATE_COLUMNS``: no rate where fewer than ``least`` were reviewed."""
    if n < least:
        remark = f"fewer than {least} reviewed" if n else "none reviewed"
        return (n, count, None, None, None, remark)
    found = exact_interval(count, n, confidence=confidence, population=population)
    return (n, count, found.point, found.low, found.high, "")


def guarded(interval: Interval | None, least: int = RATE_FROM) -> Mapping[str, float] | None:
    """Point, low and high, or None where too few were reviewed."""
    if interval is None or interval.n < least:
        return None
    return {"point": interval.point, "low": interval.low, "high": interval.high}
