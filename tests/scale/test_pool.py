from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from notelint.scale import pool as pool_module
from notelint.scale.pool import Pool
from notelint.scale.runner import ENOUGH, linted
from notelint.scale.step import Step

TEXTS = [f"note {n} is bad" if n % 3 else f"note {n} is slow" for n in range(40)]


def steps(notes: Any, texts: list[str]) -> list[Step]:
    return [Step(note, 0, index) for index, note in enumerate(notes(*texts))]


def told(done: list[Step]) -> list[tuple[str, int, tuple[str, ...]]]:
    return [
        (s.note.id, len(s.result.findings), tuple(str(p) for p in s.result.problems))
        for s in done
        if s.note and s.result
    ]


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_any_number_of_processes_gives_the_same_in_the_same_order(
    jobs: int, notes: Any, linter: Any
) -> None:
    alone = told(list(linted(iter(steps(notes, TEXTS)), [linter], 1)))
    assert told(list(linted(iter(steps(notes, TEXTS)), [linter], jobs))) == alone
    assert [name for name, *_ in alone] == [f"n{n}" for n in range(40)]


def test_what_needs_no_work_passes_in_its_place(notes: Any, linter: Any) -> None:
    from notelint.finding import Problem

    mixed = steps(notes, TEXTS)
    mixed.insert(7, Step(problem=Problem("x")))
    with Pool(2, [linter]) as pool:
        done = list(pool.ordered(iter(mixed)))
    assert [step.problem is not None for step in done].index(True) == 7
    assert len(done) == 41


def test_a_note_that_kills_its_process_is_lost_alone_and_named(notes: Any, linter: Any) -> None:
    texts = [*TEXTS]
    texts[5] = "crash"
    texts[30] = "crash"
    done = told(list(linted(iter(steps(notes, texts)), [linter], 2)))
    lost = [name for name, _, problems in done if problems]
    assert lost == ["n5", "n30"]
    assert "died" in done[5][2][0]
    assert len(done) == 40


def test_a_fault_is_told_by_type_and_never_by_the_note(notes: Any, linter: Any) -> None:
    (done,) = told(list(linted(iter(steps(notes, ["raise secret"])), [linter], 1)))
    assert "ValueError" in done[2][0]
    assert "secret" not in done[2][0]


def test_a_small_run_stays_in_one_process(
    notes: Any, linter: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool_module, "Pool", None)
    done = list(linted(iter(steps(notes, ["bad"] * (ENOUGH - 1))), [linter], 0))
    assert len(done) == ENOUGH - 1
    assert len(linter.calls) == ENOUGH - 1


def test_a_linter_made_after_the_fork_works_in_the_parent(notes: Any, linter: Any) -> None:
    linters = [linter]
    late = type(linter)()
    work = steps(notes, ["bad"] * 6)

    def growing() -> Any:
        yield from work[:3]
        linters.append(late)
        for step in work[3:]:
            step.lane = 1
            yield step

    with Pool(2, linters) as pool:
        done = list(pool.ordered(growing()))
    assert [len(step.result.findings) for step in done if step.result] == [1] * 6
    assert late.calls == ["n3", "n4", "n5"]


SCRIPT = """
    import sys, time
    sys.path.insert(0, sys.argv[1])
    from conftest import FakeLinter
    from notelint.note import Note
    from notelint.scale.runner import linted
    from notelint.scale.step import Step

    steps = (Step(Note("slow", id=str(n)), 0, n) for n in range(100_000))
    for step in linted(steps, [FakeLinter()], 2):
        print(step.index, flush=True)
"""


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs process groups")
def test_an_interrupt_ends_every_process(tmp_path: Any) -> None:
    path = tmp_path / "run.py"
    path.write_text(textwrap.dedent(SCRIPT))
    here = Path(__file__).parent
    run = subprocess.Popen(
        [sys.executable, str(path), str(here)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        cwd=here.parents[1], env={**os.environ, "PYTHONPATH": "."},
    )  # fmt: skip
    assert run.stdout is not None
    run.stdout.readline()
    os.killpg(run.pid, signal.SIGINT)
    _, errors = run.communicate(timeout=20)
    assert run.returncode != 0
    assert errors.count("KeyboardInterrupt") == 1
    with pytest.raises(ProcessLookupError):
        os.killpg(run.pid, 0)


def test_without_fork_workers_load_the_rules_themselves(
    notes: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from notelint.engine import Linter

    monkeypatch.setattr(pool_module, "_can_fork", lambda: False)
    work = steps(notes, ["O: Balance activities performed."] * 30)
    done = list(linted(iter(work), [Linter()], 2))
    assert [len(step.result.findings) > 0 for step in done if step.result] == [True] * 30
