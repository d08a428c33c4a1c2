"""Measures DESIGN §7's first four rows as ratios within one run, and the cost by room.

``python bench/run.py`` prints a Markdown table; ``--write`` puts it into ``bench/RESULTS.md``.
Nothing here is a test: a ratio of two things measured in turn is a figure to read, not a gate.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "bench"))

from generate import notes as synthetic  # noqa: E402

PAIRS = 5
#: What people wrote under this heading stays when the figures are written anew.
JUDGED = "## What is met and what is not"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--mtsamples", type=Path, help="a JSONL of other texts to measure beside")
    arguments = parser.parse_args()
    lines = [
        "# Benchmark results",
        "",
        f"`python bench/run.py --count {arguments.count}` on {_machine()}.",
        "",
    ]
    lines += [
        "Ratios are medians of pairs measured in turn within one run.",
        "",
        "| what | bar | measured |",
        "|---|---|---|",
    ]
    lines += [*_throughput(arguments.count), *_starts(), *_recheck()]
    lines += ["", "## Cost by room", "", *_rooms(min(arguments.count, 1000))]
    text = "\n".join(lines) + "\n"
    print(text)
    if arguments.write:
        path = ROOT / "bench" / "RESULTS.md"
        _, heading, said = (path.read_text("utf-8") if path.exists() else "").partition(JUDGED)
        path.write_text(f"{text}\n{heading}{said}" if heading else text, "utf-8")


def _machine() -> str:
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


def _timed(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    start = clock()
    work()
    return clock() - start


def _spent(work: Callable[[], object]) -> float:
    return _timed(work, time.process_time)


def _stream(work: Callable[[Any], object], items: Iterable[Any]) -> None:
    """Does the work for each item and keeps nothing, as a run does: results kept are work for the
    garbage collector, which is no part of the note pass."""
    deque(map(work, items), maxlen=0)


def _paired(
    one: Callable[[], object],
    other: Callable[[], object],
    pairs: int = PAIRS,
    clock: Callable[[], float] = time.perf_counter,
) -> tuple[float, float, float]:
    """Returns the median ratio one/other and both medians in seconds, measured in turn.

    Work in this process is measured by its processor time, which other programs disturb least;
    commands by the time that a person waits.
    """
    firsts, seconds = [], []
    for _ in range(pairs):
        firsts.append(_timed(one, clock))
        seconds.append(_timed(other, clock))
    ratios = [a / b for a, b in zip(firsts, seconds, strict=True)]
    return statistics.median(ratios), statistics.median(firsts), statistics.median(seconds)


def _throughput(count: int) -> list[str]:
    import spacy

    from notelint.engine import Linter
    from notelint.readers.native import note_from_record

    records = [note_from_record(r, source=None, where="bench") for r in synthetic(count, "20261")]
    tuned = spacy.blank("en").tokenizer
    tuned.rules = {k: v for k, v in tuned.rules.items() if k.strip()}
    linter = Linter()
    for note in records[:50]:
        linter.lint(note)
        tuned(note.text)
    ratio, ours, theirs = _paired(
        lambda: _stream(linter.lint, records),
        lambda: _stream(tuned, (note.text for note in records)),
        3,
        time.process_time,
    )
    return [
        f"| default rules, {count:,} synthetic daily notes, one process | ≤ 10 × the tuned tokenizer | "
        f"{ratio:.1f} × ({ours / count * 1e6:.0f} µs and {theirs / count * 1e6:.0f} µs a note) |"
    ]


def _command(*arguments: str) -> Callable[[], object]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    return lambda: subprocess.run(
        [sys.executable, *arguments], capture_output=True, env=environment, check=False, cwd=ROOT
    )


_TYPER = "import typer; app = typer.Typer(); app.command()(lambda: None); import sys; sys.argv = ['x', '--help']; app()"


def _starts() -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        note = Path(folder) / "note.txt"
        note.write_text("O: SLR 3x10, bridges 3x10 for stair climbing.\n", "utf-8")
        cold, ours, theirs = _paired(
            _command("-m", "notelint", "check", str(note), "--no-cache", "--exit-zero"),
            _command("-c", "import spacy; spacy.blank('en')"),
        )
    help_ratio, help_ours, help_theirs = _paired(
        _command("-m", "notelint", "--help"), _command("-c", _TYPER)
    )
    rule_ratio, rule_ours, _ = _paired(
        _command("-m", "notelint", "rule", "GEN101"), _command("-c", _TYPER)
    )
    return [
        f"| cold start, one note | ≤ 1.4 × `spacy.blank('en')` | {cold:.2f} × ({ours:.2f} s and {theirs:.2f} s) |",
        f"| `--help` | ≤ 1.5 × a one-command typer app | {help_ratio:.2f} × ({help_ours:.2f} s and {help_theirs:.2f} s) |",
        f"| `rule GEN101` | ≤ 1.5 × a one-command typer app | {rule_ratio:.2f} × ({rule_ours:.2f} s) |",
    ]


def _recheck() -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "notes.jsonl"
        path.write_text("".join(json.dumps(r) + "\n" for r in synthetic(1000, "7")), "utf-8")
        cache = Path(folder) / "cache"
        check = (
            "-m",
            "notelint",
            "check",
            str(path),
            "--exit-zero",
            "--output-format",
            "jsonl",
            "--output-file",
            os.devnull,
        )
        cold = _command(*check, "--no-cache")
        warm = _command(*check, "--cache-dir", str(cache))
        warm()
        ratio, again, first = _paired(warm, cold, 3)
    return [
        f"| unchanged re-check of 1,000 notes | ≤ 0.25 × the cold check | {ratio:.2f} × ({again:.2f} s and {first:.2f} s) |"
    ]


def _rooms(count: int) -> list[str]:
    from notelint.checks import NOTE_CHECKS
    from notelint.encounter.build import build_encounter
    from notelint.encounter.digesting import digest_of
    from notelint.engine import Linter
    from notelint.readers.native import note_from_record

    linter = Linter()
    records = [note_from_record(r, source=None, where="bench") for r in synthetic(count, "20261")]
    reader = linter.reader
    readings = [reader.read(n.text, known_therapy=True) for n in records]
    encounters = [
        build_encounter(n, r, linter.pack) for n, r in zip(records, readings, strict=True)
    ]
    rows = [
        ("tokens", _spent(lambda: [reader._tokenizer(n.text) for n in records])),
        (
            "language, whole",
            _spent(lambda: [reader.read(n.text, known_therapy=True) for n in records]),
        ),
        (
            "encounter",
            _spent(
                lambda: [
                    build_encounter(n, r, linter.pack)
                    for n, r in zip(records, readings, strict=True)
                ]
            ),
        ),
        ("digest", _spent(lambda: [digest_of(e, 0) for e in encounters])),
        ("whole engine", _spent(lambda: _stream(linter.lint, records))),
    ]
    by_kind: dict[str, float] = {}
    for rule in linter.rules:
        if rule.check in NOTE_CHECKS and not rule.needs & {"episode", "batch"}:
            check = NOTE_CHECKS[rule.check]
            took = _spent(
                lambda check=check, rule=rule: [
                    list(check(e, rule, linter.pack)) for e in encounters
                ]
            )
            by_kind[rule.check] = by_kind.get(rule.check, 0.0) + took
    lines = ["| room | µs a note |", "|---|---|"]
    lines += [f"| {name} | {took / count * 1e6:.0f} |" for name, took in rows]
    lines += [
        f"| checks: {kind} | {took / count * 1e6:.0f} |"
        for kind, took in sorted(by_kind.items(), key=lambda kv: -kv[1])
    ]
    return lines


if __name__ == "__main__":
    main()
