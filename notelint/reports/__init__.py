"""Findings written down: one module a format, all over the same stream of entries.

A format module has ``write(entries, out, options)``. It prints and decides nothing: what counts,
what is suppressed and the exit status are settled before an entry gets here.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Protocol, TextIO, cast

from notelint.reports.entry import Entry, ReportOptions

__all__ = ["FORMATS", "HUMAN", "OFF_SITE", "Entry", "ReportOptions", "Writer", "writer"]

#: Output formats, in the order in which ``--help`` names them.
FORMATS = (
    "full", "concise", "grouped", "json", "jsonl", "sarif", "junit", "github", "rdjson", "csv",
    "html",
)  # fmt: skip

#: Formats for people: they print the summary themselves and hide what is under --min-severity.
HUMAN = frozenset({"full", "concise", "grouped"})

#: Formats that may leave the machine: ``summary`` only, never a word of a note.
OFF_SITE = frozenset({"sarif", "junit", "github", "rdjson", "csv"})


class Writer(Protocol):
    """What a format module is."""

    def write(self, entries: Iterable[Entry], out: TextIO, options: ReportOptions) -> None:
        """Writes a run as it goes by; the last entry carries the run's summary."""


def writer(name: str) -> Writer:
    """Returns the module of a format; imported only when asked for."""
    return cast(Writer, import_module(f"notelint.reports.{name}"))
