"""A progress bar on standard error that never mixes with the report."""

from __future__ import annotations

import io
import os
import sys
import time
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

#: Seconds before a bar appears, and between two pictures of it.
PATIENCE = 1.0
PACE = 0.15


class Progress:
    """Counts notes on a terminal once a run takes longer than a moment.

    It is drawn by the caller's own calls, without a thread, and is taken away before anything is
    written (``clear``), so that it may share the terminal with the report.
    """

    def __init__(self, wanted: bool) -> None:
        self._on = wanted and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._begun = self._drawn = time.monotonic()
        self._notes = 0
        self._bar: Bar | None = None

    def tick(self) -> None:
        """Counts a note."""
        self._notes += 1
        now = time.monotonic()
        if not self._on or now - self._begun < PATIENCE or now - self._drawn < PACE:
            return
        self._drawn = now
        if self._bar is None:
            self._bar = self._start()
        self._bar.update(self._bar.task_ids[0], completed=self._notes)
        self._bar.refresh()

    def clear(self) -> None:
        """Takes the bar off the terminal; the next tick may draw it again."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _start(self) -> Bar:
        from rich.console import Console
        from rich.progress import Progress as Bar
        from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

        bar = Bar(
            SpinnerColumn(),
            TextColumn("{task.completed:,} notes checked"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
            auto_refresh=False,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        bar.add_task("notes", total=None)
        bar.start()
        return bar


class Clearing(io.TextIOBase):
    """A text stream that takes the bar away before each write."""

    def __init__(self, out: TextIO, progress: Progress) -> None:
        self._out = out
        self._progress = progress

    def write(self, text: str) -> int:
        self._progress.clear()
        return self._out.write(text)

    def flush(self) -> None:
        self._out.flush()

    def isatty(self) -> bool:
        return self._out.isatty()
