"""What a run says on standard error while its report is written."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from notelint.cli.progress import Progress

if TYPE_CHECKING:
    from notelint.gate import Gate
    from notelint.lanes import Lanes
    from notelint.reports import Entry
    from notelint.tracked import Tracked


class Teller:
    """Watches entries go by and says on standard error what is not part of the report."""

    def __init__(self, gate: Gate, progress: Progress, quiet: bool, lanes: Lanes) -> None:
        from notelint.tracked import Tracked

        self._gate = gate
        self._progress = progress
        self._quiet = quiet
        self._lanes = lanes
        self._tracked: Tracked | None = None if quiet else Tracked()
        self._last: Entry | None = None

    def told(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Passes entries on."""
        from notelint import __version__

        extra = {
            "version": __version__,
            "config": list(self._lanes.config.shown_files),
            "settings_hash": self._lanes.config.hash,
        }
        for entry in self._gate.watch(entries, extra):
            self._progress.tick()
            for problem in entry.report.problems:
                self._say(str(problem))
            if entry.note is not None and self._tracked and self._tracked.leaves(entry.note.file):
                self._say(
                    f"{entry.note.file} is tracked by git in a repository with a remote. "
                    "Clinical notes must not be committed there (docs/pre-commit.md)."
                )
                self._tracked = None
            self._last = entry
            yield entry

    def close(self, chosen: str, output_file: Path | None) -> None:
        """Says the summary where the report does not."""
        from notelint.reports import HUMAN
        from notelint.reports.wording import summary_line

        if self._last is not None and not self._quiet and (chosen not in HUMAN or output_file):
            self._say(summary_line(self._last.report))

    def _say(self, text: str) -> None:
        self._progress.clear()
        print(f"notelint: {text}", file=sys.stderr)
