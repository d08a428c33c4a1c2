"""``notelint sample``: draws notes to review, so that anybody can draw the same again."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from notelint.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from notelint.audit.frame import Frame
    from notelint.audit.intake import Intake
    from notelint.audit.manifest import Manifest
    from notelint.audit.sampling import Design
    from notelint.finding import Problem


def register(app: typer.Typer) -> None:
    app.command("sample")(sample)


def sample(
    paths: list[str] | None = typer.Argument(
        None, metavar="[PATHS]...", help="Files or folders of notes: all that could be drawn."
    ),
    n: int | None = typer.Option(None, "--n", "-n", help="How many to draw in all."),
    seed: str | None = typer.Option(
        None, help="Any words; the same seed draws the same sample. Without one, a random one."
    ),
    unit: str = typer.Option("note", help="What is drawn: note, visit, episode or patient."),
    stratify: str = typer.Option(
        "", metavar="FACT,…", help="Draw from each group: clinician, note_type, payer, clinic, …"
    ),
    allocation: str = typer.Option(
        "proportional", help="How --n is shared among groups: proportional or equal."
    ),
    per_stratum: int | None = typer.Option(None, help="Draw so many from each group."),
    per_clinician: int | None = typer.Option(
        None, help="Draw so many of each clinician: --stratify clinician --per-stratum."
    ),
    size: list[str] = typer.Option(
        [], metavar="GROUP=N", help="Draw so many from one group (repeatable)."
    ),
    systematic: bool = typer.Option(
        False, "--systematic", help="Take every k-th by date, from a seeded start."
    ),
    certainty: list[str] = typer.Option(
        [],
        metavar="CONDITION",
        help="Take all of these, apart from the random part: units>=8, clinician=…, rule=…",
    ),
    where: list[str] = typer.Option(
        [], metavar="FACT=VALUE", help="Draw only from these: payer=medicare_b, code=97530, …"
    ),
    since: str = typer.Option("", "--from", metavar="DATE", help="From this date of service on."),
    until: str = typer.Option("", "--to", metavar="DATE", help="Up to this date of service."),
    spares: int = typer.Option(5, min=0, help="Replacements to note down for each group."),
    output: Path | None = typer.Option(
        None, "--output", "-o", help="Manifest to write, such as q4.sample.json; else to stdout."
    ),
    verify: Path | None = typer.Option(
        None, metavar="MANIFEST", help="Draw again and compare; exit status 1 if it differs."
    ),
    plan: bool = typer.Option(False, "--plan", help="Say how many notes are needed; draw none."),
    margin: float = typer.Option(0.05, help="With --plan: how far off the rate may be."),
    expected: float = typer.Option(0.1, help="With --plan: the rate that is expected."),
    confidence: float = typer.Option(0.95, help="With --plan: the confidence."),
    population: int | None = typer.Option(None, help="With --plan: how many notes there are."),
    output_format: str = typer.Option("text", help="With --plan: text or json."),
) -> None:
    """Draw a random sample of notes, reproducibly; or check one; or plan its size."""
    from notelint.audit.frame import build_frame
    from notelint.audit.intake import Intake
    from notelint.audit.sampling import ALLOCATIONS, Design

    if plan:
        _print_plan(margin, expected, confidence, population, output_format)
        return
    if verify:
        raise typer.Exit(_verify(verify, paths or []))
    if not paths:
        raise UsageError("no files given.", remedy="Name files or folders of notes.")
    if allocation not in ALLOCATIONS:
        raise UsageError(
            f"--allocation does not know '{allocation}'.",
            remedy=did_you_mean(allocation, ALLOCATIONS),
        )
    if per_clinician is not None:
        stratify, per_stratum = "clinician", per_clinician
    by = tuple(name.strip().replace("-", "_") for name in stratify.split(",") if name.strip())
    if (per_stratum or size) and not by:
        raise UsageError("There are no groups to draw from.", remedy="Add --stratify clinician.")
    design = Design(
        _seed(seed), n, by, "fixed" if per_stratum or size else allocation,  # type: ignore[arg-type]
        per_stratum, _sizes(size), systematic, tuple(certainty), spares,
    )  # fmt: skip
    unread = []

    def heard(problem: Problem) -> None:
        tell(problem)
        unread.append(problem.fatal)

    source = Intake(tuple(paths), heard)
    frame = build_frame(source.stream(), unit)
    if any(unread):  # a frame with holes says so for ever
        frame = replace(frame, left_out={**frame.left_out, "could not be read": sum(unread)})
    _write(source, frame, design, (where, since, until), output)


def tell(problem: object) -> None:
    """Prints a problem on standard error."""
    print(f"notelint: {problem}", file=sys.stderr)


def _write(
    source: Intake,
    frame: Frame,
    design: Design,
    chosen: tuple[list[str], str, str],
    output: Path | None,
) -> None:
    from notelint.audit.files import beside, write_private
    from notelint.audit.manifest import Filters, Manifest, frame_lines
    from notelint.audit.sampling import draw

    where, since, until = chosen
    filters = Filters(tuple(where), _day(since, "--from"), _day(until, "--to"))
    kept = filters.apply(frame)
    fired, versions = _fired(source, kept, design.certainty)
    drawn = draw(kept, design, fired=fired)
    made = Manifest.of(kept, design, drawn, paths=source.paths, filters=filters, versions=versions)
    text = json.dumps(made.as_dict(), indent=1, ensure_ascii=False)
    if output is None:
        print(text)
    else:
        write_private(output, text + "\n")
        write_private(beside(output, "frame.jsonl"), "\n".join(frame_lines(kept)) + "\n")
    _summary(made, output)


def _summary(made: Manifest, output: Path | None) -> None:
    unit = made.unit
    where = f" → {output}" if output else ""
    spares = sum(len(stratum.spares) for stratum in made.strata)
    groups = f" from {len(made.strata)} groups" if made.design.by else ""
    lines = [
        f"Drew {len(made.sample):,} of {made.frame_size:,} {unit}s{groups}, "
        f"seed '{made.design.seed}', {spares} spares{where}",
        f"Frame {made.frame_sha256[:16]}, seal {made.as_dict()['seal'][:16]}.",
    ]
    if made.certainty:
        lines.insert(1, f"{len(made.certainty):,} more are taken with certainty, kept apart.")
    for reason, count in made.left_out.items():
        lines.append(f"{count:,} not in the frame: {reason}.")
    short = [s for s in made.strata if made.design.per_stratum and s.size < made.design.per_stratum]
    if short:
        lines.append(f"{len(short)} groups hold fewer than asked for; all of them were taken.")
    print("\n".join(lines), file=sys.stderr)


def _fired(
    source: Intake, frame: Frame, certainty: tuple[str, ...]
) -> tuple[dict[str, frozenset[str]], dict[str, str]]:
    """The units on which the rules of ``rule=…`` conditions fired, and the versions used."""
    wanted = [text.partition("=")[2] for text in certainty if text.startswith("rule=")]
    if not wanted:
        return {}, {}
    from notelint.audit.examine import examine
    from notelint.engine import Linter

    linter = Linter(source.settings())
    names = {rule.name: rule.name for rule in linter.rules} | {
        rule.code: rule.name for rule in linter.rules
    }
    unknown = next((name for name in wanted if name not in names), None)
    if unknown:
        raise UsageError(f"There is no rule '{unknown}'.", remedy=did_you_mean(unknown, names))
    examination = examine(source.notes(), linter)
    unit_of = {note: unit.id for unit in frame.units for note in unit.notes}
    fired: dict[str, set[str]] = {name: set() for name in wanted}
    for note, examined in examination.notes.items():
        found = {finding.name for finding in examined.findings}
        for name in wanted:
            if names[name] in found and note in unit_of:
                fired[name].add(unit_of[note])
    versions = {"pack": examination.pack, "pack_hash": examination.pack_hash}
    return {name: frozenset(units) for name, units in fired.items()}, versions


def _verify(path: Path, paths: list[str]) -> int:
    from notelint.audit.frame import build_frame
    from notelint.audit.intake import intake
    from notelint.audit.manifest import Manifest, read_json, seal, verify

    data = read_json(path)
    differences = []
    if isinstance(data, dict) and data.get("seal") != seal(data):
        differences.append("the manifest was edited after it was written (its seal is broken)")
        data = {**data, "seal": seal(data)}
    made = Manifest.from_dict(data, where=str(path))
    source = intake(paths, made.paths, tell)
    frame = build_frame(source.stream(), made.unit)
    fired, _ = _fired(source, frame, made.design.certainty)
    differences.extend(verify(made, frame, fired=fired))
    if not differences:
        print(
            f"{path}: verified. The seed '{made.design.seed}' draws these {len(made.sample):,} of "
            f"{made.frame_size:,} {made.unit}s from these notes."
        )
        return 0
    for difference in differences:
        print(f"{path}: {difference}.")
    return 1


def _print_plan(
    margin: float, expected: float, confidence: float, population: int | None, output_format: str
) -> None:
    from notelint.audit.planning import plan

    found = plan(margin, expected, confidence=confidence, population=population)
    if output_format == "json":
        print(json.dumps(found.as_dict(), indent=1))
        return
    of = f" of {population:,}" if population else ""
    print(
        f"Review {found.size:,}{of} notes: if {100 * expected:g} % have the error, the exact "
        f"{100 * confidence:g} % interval then lies within {100 * margin:g} points of it.\n"
        "Notes without any error that show (one-sided):"
    )
    for limit, size in found.zero_error:
        print(f"  at most {limit:>4.0%}   {size:>4} notes")


def _sizes(pairs: list[str]) -> dict[str, int]:
    sizes = {}
    for pair in pairs:
        label, equals, number = pair.rpartition("=")
        if not equals or not number.strip().isdigit():
            raise UsageError(f"--size does not take '{pair}'.", remedy="Write --size PT=20.")
        sizes[label.strip()] = int(number)
    return sizes


def _day(value: str, option: str) -> str:
    from datetime import date

    try:
        return date.fromisoformat(value).isoformat() if value else ""
    except ValueError:
        raise UsageError(
            f"{option} does not take '{value}'.", remedy="Write a date as 2026-10-01."
        ) from None


def _seed(seed: str | None) -> str:
    if seed:
        return seed
    import secrets

    return secrets.token_hex(8)
