"""``notelint check``: lints notes and answers with an exit status."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import typer

from notelint.errors import InputError, UsageError, did_you_mean
from notelint.note import DISCIPLINES, NOTE_TYPES, PAYERS, PROGRAMMES, SETTINGS
from notelint.settings import Settings

if TYPE_CHECKING:
    from notelint.finding import Problem
    from notelint.note import Note

PROFILES = {"mcr-audit": "audit", "mcr-min": "minimum"}
STRICTNESS = ("audit", "minimum")
SEVERITIES = ("info", "warning", "error")
FACTS: Mapping[str, tuple[str, ...]] = {
    "payer": PAYERS, "setting": SETTINGS, "note_type": NOTE_TYPES, "discipline": DISCIPLINES,
    "programme": PROGRAMMES,
}  # fmt: skip


def register(app: typer.Typer) -> None:
    app.command("check")(check)


def check(
    paths: list[str] | None = typer.Argument(
        None, metavar="[PATHS]...", help="Files or folders of notes; - reads standard input."
    ),
    select: list[str] = typer.Option([], help="Rules to run: code, prefix, name, category, ALL."),
    ignore: list[str] = typer.Option([], help="Rules not to run."),
    extend_select: list[str] = typer.Option([], help="Rules to run besides the selected ones."),
    preview: bool = typer.Option(False, "--preview", help="Also run preview rules."),
    strictness: str | None = typer.Option(None, help="audit (default) or minimum."),
    profile: str | None = typer.Option(None, help="mcr-audit or mcr-min: other names for it."),
    payer: str | None = typer.Option(None, help="Payer of notes that do not say."),
    setting: str | None = typer.Option(None, help="Setting of notes that do not say."),
    note_type: str | None = typer.Option(None, help="Kind of notes that do not say."),
    discipline: str | None = typer.Option(None, help="Discipline of notes that do not say."),
    set_facts: list[str] = typer.Option(
        [], "--set", metavar="FACT=VALUE", help="A fact for every note, whatever its record says."
    ),
    as_of: str | None = typer.Option(
        None, metavar="DATE", help="Date that chooses dated data for notes without a date."
    ),
    min_severity: str | None = typer.Option(None, help="Lowest severity to show."),
    fail_on: str | None = typer.Option(None, help="Lowest severity that fails, or never."),
    fail_on_class: str | None = typer.Option(None, help="all, or explicit: only provable ones."),
    output_format: str | None = typer.Option(
        None, envvar="NOTELINT_OUTPUT_FORMAT", help="How to write the findings."
    ),
    output_file: Path | None = typer.Option(None, "--output-file", "-o", help="Where to write."),
    statistics: bool = typer.Option(False, "--statistics", help="Counts by rule, no findings."),
    exit_zero: bool = typer.Option(False, "--exit-zero", help="Findings never fail the run."),
    stdin_filename: str | None = typer.Option(
        None, help="Name for standard input; its suffix chooses the reader."
    ),
    no_scope_gate: bool = typer.Option(
        False, "--no-scope-gate", help="Also lint what does not look like a therapy note."
    ),
    color: str = typer.Option("auto", help="auto, always or never."),
    quiet: bool = typer.Option(False, "--quiet", "-q", help="No summary on standard error."),
) -> None:
    """Check notes. Exit status: 0 nothing to fail on, 1 findings, 2 bad input or usage."""
    from notelint import reports
    from notelint.engine import Linter
    from notelint.gate import FAIL_ON, FAIL_ON_CLASS, Gate
    from notelint.reports import wording
    from notelint.reports.style import wants_color
    from notelint.run import run

    chosen = one_of(output_format or "full", "--output-format", reports.FORMATS)
    floor = "warning" if chosen not in ("json", "jsonl") else "info"
    settings = Settings(
        select=split(select),
        extend_select=split(extend_select),
        ignore=split(ignore),
        preview=preview,
        strictness=_strictness(strictness, profile),
        defaults=_facts(payer=payer, setting=setting, note_type=note_type, discipline=discipline),
        overrides=_overrides(set_facts),
        as_of=day(as_of, "--as-of"),
        scope_gate=not no_scope_gate,
    )
    gate = Gate(
        one_of(fail_on or "warning", "--fail-on", FAIL_ON),
        one_of(fail_on_class or "all", "--fail-on-class", FAIL_ON_CLASS),
        exit_zero,
    )
    linter = Linter(settings)
    with _output(output_file) as out:
        options = reports.ReportOptions.for_rules(
            linter.rules,
            min_severity=one_of(min_severity or floor, "--min-severity", SEVERITIES),
            color=wants_color(out, one_of(color, "--color", ("auto", "always", "never"))),
            width=shutil.get_terminal_size((100, 24)).columns,
            statistics=statistics,
        )
        entries = run(_notes(paths or [], stdin_filename), linter)
        last = None

        def told() -> Iterator[reports.Entry]:
            nonlocal last
            for entry in gate.watch(entries, {}):
                for problem in entry.report.problems:
                    print(f"notelint: {problem}", file=sys.stderr)
                last = entry
                yield entry

        reports.writer(chosen).write(told(), out, options)
    if last is not None and not quiet and (chosen not in reports.HUMAN or output_file):
        print(wording.summary_line(last.report), file=sys.stderr)
    raise typer.Exit(gate.status)


def one_of(value: str, option: str, valid: Iterable[str]) -> str:
    """Returns the value if it is valid.

    Raises:
        UsageError: it is not; the message names the nearest valid one.
    """
    if value in valid:
        return value
    raise UsageError(f"{option} does not know '{value}'.", remedy=did_you_mean(value, valid))


def split(values: Iterable[str]) -> tuple[str, ...]:
    """Returns the items of repeated and comma-separated options."""
    return tuple(item.strip() for value in values for item in value.split(",") if item.strip())


def day(value: str | None, option: str) -> date | None:
    """Returns the date that an option names, written ``YYYY-MM-DD``."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise UsageError(
            f"{option} does not take '{value}'.", remedy="Write a date as 2026-10-01."
        ) from None


def _strictness(strictness: str | None, profile: str | None) -> str:
    if profile is not None:
        named = PROFILES[one_of(profile, "--profile", PROFILES)]
        if strictness not in (None, named):
            raise UsageError(f"--profile {profile} and --strictness {strictness} disagree.")
        return named
    return one_of(strictness or "audit", "--strictness", STRICTNESS)


def _facts(**facts: str | None) -> dict[str, str]:
    return {
        name: one_of(value, f"--{name.replace('_', '-')}", FACTS[name])
        for name, value in facts.items()
        if value is not None
    }


def _overrides(pairs: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        name = name.strip().replace("-", "_")
        if not equals:
            raise UsageError(f"--set takes FACT=VALUE, not '{pair}'.")
        one_of(name, "--set", FACTS)
        found[name] = one_of(value.strip(), f"--set {name}", FACTS[name])
    return found


@contextmanager
def _output(path: Path | None) -> Iterator[TextIO]:
    """Opens where the report goes. A file appears whole or not at all, readable by its owner."""
    if path is None:
        yield sys.stdout
        return
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise UsageError(f"cannot write the report: {error.strerror}.", where=str(path)) from None
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as out:
            yield out
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _notes(paths: list[str], stdin_filename: str | None) -> Iterator[Note | Problem]:
    if not paths:
        raise UsageError(
            "no files given.", remedy="Name files or folders, or - for standard input."
        )
    if "-" in paths and len(paths) > 1:
        raise UsageError("- stands alone.", remedy="Read standard input in a run of its own.")
    for name in paths:
        text = sys.stdin.read() if name == "-" else Path(name).read_bytes().decode("utf-8")
        yield from _read(text, (stdin_filename or "<stdin>") if name == "-" else name)


def _read(text: str, file: str) -> Iterator[Note | Problem]:
    from notelint.finding import Problem
    from notelint.note import Note
    from notelint.readers.native import note_from_record
    from notelint.source import SourceMap

    if Path(file).suffix not in (".jsonl", ".ndjson"):
        yield Note(text, id=Path(file).stem, source=SourceMap.identity(file, text))
        return
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            yield note_from_record(
                json.loads(line), where=f"{file}:{number}", source=SourceMap(file, 0, row=number)
            )
        except InputError as error:
            yield Problem(error.what, file=file, line=number, remedy=error.remedy)
