"""Lints steps here or in a pool, whichever is worth it, and always in order."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import chain

from notelint.engine import Linter
from notelint.scale.lint import lint_safely
from notelint.scale.step import Step

#: So many notes must be waiting before a run that was not told otherwise starts a pool.
ENOUGH = 600
MAX_AUTO_JOBS = 8


def linted(steps: Iterator[Step], linters: Sequence[Linter], jobs: int = 0) -> Iterator[Step]:
    """Yields steps in order with their results.

    Args:
        linters: one for each lane; may still grow while no pool has been started.
        jobs: processes; 0 starts several only for a long run.
    """
    wanted = jobs or min(available(), MAX_AUTO_JOBS)
    if wanted > 1:
        enough = 2 if jobs else ENOUGH
        first, waiting = [], 0
        for step in steps:
            first.append(step)
            waiting += not step.is_done
            if waiting >= enough:
                break
        steps = chain(first, steps)
        if waiting >= enough:
            from notelint.scale.pool import Pool

            with Pool(wanted, linters) as pool:
                yield from pool.ordered(steps)
            return
    for step in steps:
        if step.note is not None and step.result is None:
            step.result = lint_safely(linters[step.lane], step.note, step.index)
        yield step


def available() -> int:
    """Returns how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
