"""``notelint check``: lints notes and answers with an exit status."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, cast

import typer

from notelint.cli.output import written_whole
from notelint.cli.progress import Clearing, Progress
from notelint.cli.telling import Teller
from notelint.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from notelint.cache.cache import Cache
    from notelint.config.config import Config
    from notelint.finding import Problem
    from notelint.lanes import Lanes
    from notelint.note import Note
    from notelint.reports import Entry, ReportOptions
    from notelint.suppress.baseline import Baseline


def register(app: typer.Typer) -> None:
    app.command("check")(check)


def check(
    paths: list[str] | None = typer.Argument(
        None, metavar="[PATHS]...", help="Files or folders of notes; - reads standard input."
    ),
    select: list[str] = typer.Option([], help="Rules to run: code, prefix, name, category, ALL."),
    ignore: list[str] = typer.Option([], help="Rules not to run."),
    extend_select: list[str] = typer.Option([], help="Rules to run besides the selected ones."),
    preview: bool | None = typer.Option(None, "--preview/--no-preview", help="Preview rules too."),
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
    since: str | None = typer.Option(
        None, metavar="DATE", help="Report only notes of this day of service or later."
    ),
    min_severity: str | None = typer.Option(None, help="Lowest severity to show."),
    fail_on: str | None = typer.Option(None, help="Lowest severity that fails, or never."),
    fail_on_class: str | None = typer.Option(None, help="all, or explicit: only provable ones."),
    exit_zero: bool = typer.Option(False, "--exit-zero", help="Findings never fail the run."),
    baseline: Path | None = typer.Option(None, help="File of findings accepted for now."),
    update_baseline: bool = typer.Option(
        False, "--update-baseline", help="Drop what the baseline holds and the notes no longer do."
    ),
    accept_new: bool = typer.Option(
        False, "--accept-new", help="Add this run's findings to the baseline."
    ),
    output_format: str | None = typer.Option(
        None, envvar="NOTELINT_OUTPUT_FORMAT", help="How to write the findings."
    ),
    output_file: Path | None = typer.Option(None, "--output-file", "-o", help="Where to write."),
    statistics: bool = typer.Option(False, "--statistics", help="Counts by rule, no findings."),
    redact: bool = typer.Option(False, "--redact", help="Leave out what the notes say (html)."),
    stdin_filename: str | None = typer.Option(
        None, help="Name for standard input; its suffix chooses the reader."
    ),
    include: list[str] = typer.Option([], help="Files to take from folders besides the usual."),
    exclude: list[str] = typer.Option([], help="Files and folders to leave out."),
    force_exclude: bool = typer.Option(
        False, "--force-exclude", help="Leave out excluded files also when they are named."
    ),
    encoding: str | None = typer.Option(None, help="Encoding of files without a mark of it."),
    no_scope_gate: bool = typer.Option(
        False, "--no-scope-gate", help="Also lint what does not look like a therapy note."
    ),
    config: Path | None = typer.Option(None, help="The one config file to read."),
    isolated: bool = typer.Option(False, "--isolated", help="Read no config file."),
    jobs: int | None = typer.Option(None, "--jobs", "-j", help="Processes; 0 decides by itself."),
    no_cache: bool = typer.Option(
        False, "--no-cache", "-n", envvar="NOTELINT_NO_CACHE", help="Neither read nor keep results."
    ),
    cache_dir: Path | None = typer.Option(
        None, envvar="NOTELINT_CACHE_DIR", help="Where results are kept."
    ),
    color: str = typer.Option("auto", help="auto, always or never."),
    quiet: bool = typer.Option(False, "--quiet", "-q", help="Nothing but the report and errors."),
) -> None:
    """Check notes. Exit status: 0 nothing to fail on, 1 findings, 2 bad input or usage."""
    from notelint.config.config import Configs
    from notelint.gate import Gate
    from notelint.lanes import Lanes
    from notelint.run import Run

    named = _named(paths or [])
    configs = Configs(
        config,
        isolated,
        {
            "select": _split(select) or None,
            "ignore": _split(ignore) or None,
            "extend-select": _split(extend_select) or None,
            "preview": preview,
            "strictness": strictness,
            "profile": profile,
            "payer": payer,
            "setting": setting,
            "note-type": note_type,
            "discipline": discipline,
            "as-of": as_of,
            "scope-gate": False if no_scope_gate else None,
            "min-severity": min_severity,
            "fail-on": fail_on,
            "fail-on-class": fail_on_class,
            "output-format": output_format,
            "baseline": str(baseline) if baseline else None,
            "include": _split(include) or None,
            "extend-exclude": _split(exclude) or None,
            "encoding": encoding,
            "jobs": jobs,
            "cache": False if no_cache else None,
            "cache-dir": str(cache_dir) if cache_dir else None,
        },
        _facts(set_facts),
    )
    if (update_baseline or accept_new) and not configs.of(_home(named, stdin_filename)).get(
        "baseline"
    ):
        raise UsageError("--update-baseline and --accept-new need --baseline FILE.")
    lanes = Lanes(configs, _home(named, stdin_filename))
    lanes.baseline = _baseline(lanes.config, accept_new)
    lanes.cache = _cache(lanes.config, named)
    chosen = _format(lanes.config, quiet)
    gate = Gate(lanes.config.get("fail-on"), lanes.config.get("fail-on-class"), exit_zero)
    run = Run(
        lanes.of_config(lanes.config), lanes.of, lanes.cache, lanes.config.get("jobs"), _day(since)
    )
    progress = Progress(not quiet)
    notes = _notes(named, lanes.config, stdin_filename, force_exclude)
    teller = Teller(gate, progress, quiet, lanes)
    try:
        with written_whole(output_file) as out:
            stream = cast(TextIO, Clearing(out, progress))
            options = _options(lanes, chosen, stream, color, statistics, redact)
            _write(chosen, teller.told(run.entries(notes)), stream, options)
    finally:
        progress.clear()
        if lanes.cache is not None:
            lanes.cache.close()
    if lanes.baseline is not None and (update_baseline or accept_new):
        _renew(lanes.baseline, update_baseline, accept_new)
        gate.failing = 0 if accept_new else gate.failing
    teller.close(chosen, output_file)
    raise typer.Exit(gate.status)


def _named(paths: list[str]) -> list[str]:
    if not paths:
        raise UsageError(
            "no files given.", remedy="Name files or folders, or - for standard input."
        )
    if "-" in paths and len(paths) > 1:
        raise UsageError("- stands alone.", remedy="Read standard input in a run of its own.")
    return paths


def _home(named: list[str], stdin_filename: str | None) -> Path:
    """The folder whose config is the run's: the first folder named, or that of the first file."""
    first = Path(stdin_filename or "." if named[0] == "-" else named[0])
    return first if first.is_dir() else first.parent


def _split(values: Iterable[str]) -> tuple[str, ...]:
    """Returns the items of repeated and comma-separated options."""
    return tuple(item.strip() for value in values for item in value.split(",") if item.strip())


def _facts(pairs: Iterable[str]) -> dict[str, str]:
    from notelint.config.options import FACTS

    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = (part.strip() for part in pair.partition("="))
        name = name.replace("_", "-")
        if not equals or name not in FACTS:
            raise UsageError(
                f"--set takes FACT=VALUE, not '{pair}'.", remedy=did_you_mean(name, FACTS)
            )
        if value not in FACTS[name]:
            raise UsageError(
                f"--set {name} does not take '{value}'.", remedy=did_you_mean(value, FACTS[name])
            )
        found[name.replace("-", "_")] = value
    return found


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value is not None else None
    except ValueError:
        raise UsageError(
            f"--since does not take '{value}'.", remedy="Write a date as 2026-10-01."
        ) from None


def _format(config: Config, quiet: bool) -> str:
    if "output-format" in config.values:
        return str(config.get("output-format"))
    if os.environ.get("GITHUB_ACTIONS") == "true" and os.environ.get("GITHUB_WORKFLOW"):
        if not quiet:
            print(
                "notelint: writing annotations for GitHub Actions; --output-format chooses another.",
                file=sys.stderr,
            )
        return "github"
    return "full"


def _options(
    lanes: Lanes, chosen: str, out: TextIO, color: str, statistics: bool, redact: bool
) -> ReportOptions:
    from notelint import __version__
    from notelint.reports import ReportOptions
    from notelint.reports.locate import repository_root
    from notelint.reports.style import wants_color

    if color not in ("auto", "always", "never"):
        raise UsageError(f"--color does not take '{color}'.", remedy="Use auto, always or never.")
    if statistics and chosen not in ("full", "concise", "grouped"):
        raise UsageError(f"--statistics goes with full, concise and grouped, not with {chosen}.")
    all_of_it = "info" if chosen in ("json", "jsonl") else "warning"
    return ReportOptions.for_rules(
        lanes.of_config(lanes.config).linter.rules,
        min_severity=lanes.config.get("min-severity") or all_of_it,
        color=wants_color(out, color),
        width=min(shutil.get_terminal_size((100, 24)).columns, 120),
        statistics=statistics,
        redact=redact,
        version=__version__,
        root=repository_root(Path.cwd()),
        docs_url=lanes.config.get("docs-url"),
        command="" if redact else " ".join(("notelint", *sys.argv[1:])),
    )


def _write(chosen: str, entries: Iterable[Entry], out: TextIO, options: ReportOptions) -> None:
    from notelint.reports import writer

    writer(chosen).write(entries, out, options)
    out.flush()


def _baseline(config: Config, accept_new: bool) -> Baseline | None:
    from notelint.suppress.baseline import Baseline

    if not config.get("baseline"):
        return None
    path = Path(config.get("baseline"))
    return Baseline(path) if accept_new and not path.exists() else Baseline.read(path)


def _renew(baseline: Baseline, update: bool, accept: bool) -> None:
    dropped = baseline.prune() if update else 0
    added = baseline.accept() if accept else 0
    baseline.write()
    print(f"notelint: {baseline.path}: {added} added, {dropped} dropped.", file=sys.stderr)


def _cache(config: Config, named: list[str]) -> Cache | None:
    """Opens the cache; standard input is never kept."""
    from notelint.cache.cache import Cache
    from notelint.cache.store import FOLDER

    if named == ["-"] or not config.get("cache"):
        return None
    folder = Path(config.get("cache-dir")) if config.get("cache-dir") else config.root / FOLDER
    return Cache.open(folder, lambda text: print(f"notelint: {text}", file=sys.stderr))


def _notes(
    named: list[str], config: Config, stdin_filename: str | None, force_exclude: bool
) -> Iterator[Note | Problem]:
    from notelint.readers.open import read_paths
    from notelint.suppress.patterns import Patterns

    exclude = (*config.get("exclude"), *config.get("extend-exclude"))
    if force_exclude:
        excluded = Patterns.of(exclude, config.matching)
        named = [name for name in named if not excluded.match(name)]
    return read_paths(
        named,
        include=config.get("include"),
        exclude=exclude,
        stdin_filename=stdin_filename,
        mapping=config.mappings(),
        encoding=config.get("encoding") or None,
    )
