"""Processes that lint notes side by side and give results back in order.

Workers are forked after the rules and the language pipeline are loaded, so that they share them.
A worker that dies costs the one note it was at: its other notes are given to another worker.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from notelint.engine import Linter, NoteResult
from notelint.note import Note
from notelint.placing import without_file
from notelint.scale.lint import lint_safely, lost
from notelint.scale.step import Step

#: Notes sent to a worker at once, and notes read ahead for each worker.
CHUNK = 24
AHEAD = 4 * CHUNK

_NO_NOTE = Note("")

#: lane, index, note
Task = tuple[int, int, Note]


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    at: list[Step] = field(default_factory=list)


class Pool:
    """Lints steps in ``jobs`` processes.

    Use it as a context manager: leaving it, also by an interrupt, ends the workers.
    """

    def __init__(self, jobs: int, linters: Sequence[Linter]) -> None:
        self._jobs = jobs
        self._linters = linters
        self._known = len(linters)
        self._forks = _can_fork()
        self._context: Any = multiprocessing.get_context("fork" if self._forks else "spawn")
        self._workers: list[_Worker] = []
        self._queue: deque[Step] = deque()
        self._alone: deque[Step] = deque()

    def __enter__(self) -> Pool:
        if self._forks:
            for linter in self._linters:
                _ = linter.reader  # loaded once, before the fork
            gc.freeze()
        self._workers = [self._start() for _ in range(self._jobs)]
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.pipe.close()
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join(timeout=5)
        if self._forks:
            gc.unfreeze()

    def ordered(self, steps: Iterator[Step]) -> Iterator[Step]:
        """Yields every step in its order, with its result."""
        window: deque[Step] = deque()
        more = True
        while more or window:
            while more and len(window) < self._jobs * AHEAD:
                step = next(steps, None)
                if step is None:
                    more = False
                    break
                window.append(step)
                if step.note is None or step.result is not None:
                    continue
                if step.lane < self._known:
                    self._queue.append(step)
                else:  # its linter was made after the fork
                    linter = self._linters[step.lane]
                    step.result = lint_safely(linter, step.note, step.index)
            self._hand_out()
            while window and window[0].is_done:
                yield window.popleft()
            if window and not window[0].is_done:
                self._take_in()

    def _hand_out(self) -> None:
        for at, worker in enumerate(self._workers):
            if worker.at or not (self._queue or self._alone):
                continue
            if self._alone:
                chunk = [self._alone.popleft()]
            else:
                chunk = [self._queue.popleft() for _ in range(min(CHUNK, len(self._queue)))]
            worker.at = chunk
            try:
                worker.pipe.send([_task(step) for step in chunk])
            except OSError:
                self._bury(at)

    def _take_in(self) -> None:
        pipes = {worker.pipe: at for at, worker in enumerate(self._workers) if worker.at}
        for pipe in wait(list(pipes), timeout=10):
            at = pipes[pipe]  # type: ignore[index]
            worker = self._workers[at]
            try:
                results: list[NoteResult] = worker.pipe.recv()
            except (EOFError, OSError):
                self._bury(at)
                continue
            for step, result in zip(worker.at, results, strict=True):
                step.result = result
            worker.at = []

    def _bury(self, at: int) -> None:
        """Replaces a dead worker; of its notes, one that was alone is the culprit."""
        worker = self._workers[at]
        if len(worker.at) == 1:
            (step,) = worker.at
            if step.note is not None:
                step.result = NoteResult(step.note, problems=(lost(step.note),))
        else:
            self._alone.extend(worker.at)
        worker.pipe.close()
        worker.process.join(timeout=5)
        self._workers[at] = self._start()

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        if self._forks:
            others = [worker.pipe for worker in self._workers]
            arguments: tuple[Any, ...] = (theirs, self._linters, [ours, *others])
        else:
            recipes = [(linter.settings, linter.pack) for linter in self._linters]
            arguments = (theirs, recipes, [])
        process = self._context.Process(
            target=_work_forked if self._forks else _work_spawned, args=arguments, daemon=True
        )
        process.start()
        theirs.close()
        return _Worker(process, ours)


def _can_fork() -> bool:
    return "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"


def _task(step: Step) -> Task:
    assert step.note is not None
    return step.lane, step.index, without_file(step.note)


def _work_spawned(pipe: Connection, recipes: Sequence[tuple[Any, Any]], _: object) -> None:
    _work(pipe, [Linter(settings, pack) for settings, pack in recipes])


def _work_forked(pipe: Connection, linters: Sequence[Linter], others: list[Connection]) -> None:
    for other in others:  # else a worker would outlive the parent: nobody would see it close
        with suppress(OSError):
            other.close()
    _work(pipe, linters)


def _work(pipe: Connection, linters: Sequence[Linter]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    with suppress(EOFError, OSError):
        while True:
            tasks: list[Task] = pipe.recv()
            pipe.send(
                [
                    replace(lint_safely(linters[lane], note, index), note=_NO_NOTE)
                    for lane, index, note in tasks
                ]
            )
