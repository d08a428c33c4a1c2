"""``notelint inspect``: what a file is, how it would be read, and which rules it allows."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from notelint.errors import InputError, UsageError

if TYPE_CHECKING:
    from notelint.readers.inspection import Inspection

#: The native fields that supply what a rule needs; one of them is enough.
NEED_FIELDS = {
    "whole_note": ("note_type",),
    "charges": ("charges",),
    "units": ("charges.units",),
    "minutes": ("charges.minutes",),
    "payer": ("payer",),
    "author": ("author", "authors", "clinician_id"),
    "date": ("date_of_service",),
    "goals": ("goals",),
    "plan": ("plan",),
    "flowsheet": ("flowsheet",),
    "episode": ("episode_id", "patient_id"),
}
#: Needs that the words of a note may supply as well.
ALSO_IN_TEXT = frozenset(
    ("whole_note", "charges", "units", "minutes", "payer", "author", "date", "goals", "plan",
     "flowsheet")
)  # fmt: skip
SHOWN_CODES = 12


def register(app: typer.Typer) -> None:
    app.command("inspect")(inspect)


def inspect(
    file: Path = typer.Argument(..., help="An export, a text file, an archive."),
    extract: Path | None = typer.Option(
        None, "--extract", metavar="DIR", help="Write each note there as text with its facts."
    ),
    output_format: str = typer.Option("text", help="text or json."),
    encoding: str | None = typer.Option(None, help="Of files without a byte order mark."),
    config: Path | None = typer.Option(None, "--config", help="The one config file to read."),
    isolated: bool = typer.Option(False, "--isolated", help="Read no config file."),
) -> None:
    """Show how a file would be read and which rules its columns allow. Shows no note text."""
    from notelint.readers.extract import extract as write_note
    from notelint.readers.inputs import file_input
    from notelint.readers.inspection import Inspection, inspected

    if output_format not in ("text", "json"):
        raise UsageError(f"--output-format does not take '{output_format}' here.")
    if not file.is_file():
        raise InputError("there is no such file.", where=str(file), remedy="Name one file.")
    if extract is not None:
        _warn_of_git(extract)
    options = _options(file, config, isolated, encoding)
    written = 0
    for item in inspected(file_input(file, named=True), options):
        if isinstance(item, Inspection):
            _print(item, output_format)
            if extract is not None:
                print(f"notelint: {written} notes written to {extract}.", file=sys.stderr)
            if not item.notes and not item.columns:
                raise typer.Exit(2)
        elif extract is not None:
            write_note(item, extract)
            written += 1


def _options(file: Path, config: Path | None, isolated: bool, encoding: str | None) -> Any:
    from notelint.config.config import Config
    from notelint.readers.decode import checked_encoding
    from notelint.readers.mapping import mapping_from_table
    from notelint.readers.options import ReadOptions

    found = Config.for_folder(file.parent, explicit=config, isolated=isolated)
    return ReadOptions(
        checked_encoding(encoding or found.get("encoding") or None),
        tuple(mapping_from_table(name, table) for name, table in found.get("source").items()),
    )


def _print(seen: Inspection, output_format: str) -> None:
    found = _as_dict(seen)
    if output_format == "json":
        typer.echo(json.dumps(found, indent=2, ensure_ascii=False))
        return
    typer.echo("\n".join(_lines(seen, found)))


def _as_dict(seen: Inspection) -> dict[str, Any]:
    from notelint.readers.guess import guessed_table

    guess = ""
    if not seen.mapping and seen.columns and not seen.headless:
        guess = guessed_table(seen.columns, Path(seen.file).stem)
    return {
        "file": seen.file,
        "format": seen.kind,
        "encoding": seen.encoding,
        "delimiter": seen.dialect or None,
        "header": not seen.headless,
        "mapping": seen.mapping or None,
        "rows": seen.rows,
        "notes": seen.notes,
        "note_types": dict(sorted(seen.note_types.items())),
        "columns": [
            {"name": c.name, "field": c.field or None, "filled": c.filled, "sample": c.sample}
            for c in seen.columns
        ],
        "needs": {need: _supply(seen, need) for need in (*NEED_FIELDS, "batch")},
        "rules": _rules(seen),
        "suggested_config": guess or None,
        "problems": [problem.as_dict() for problem in seen.problems],
    }


def _supply(seen: Inspection, need: str) -> dict[str, int | bool]:
    """On how many notes the columns supply a need, or say that there is nothing."""
    if need == "batch":
        return {"notes": seen.notes if seen.notes > 1 else 0, "carried": seen.notes > 1}
    fields = NEED_FIELDS[need]
    return {
        "notes": max(seen.filled[name] for name in fields),
        "carried": any(seen.carried[name] for name in fields),
    }


def _rules(seen: Inspection) -> dict[str, Any]:
    """Rules by what they need: those that run, and those that the columns leave out."""
    from notelint.rulebook.pack import load_pack

    allowed: list[str] = []
    left_out: dict[str, list[str]] = {}
    for rule in load_pack().rules:
        missing = [need for need in sorted(rule.needs) if not _supply(seen, need)["carried"]]
        if not missing:
            allowed.append(rule.code)
        for need in missing:
            left_out.setdefault(need, []).append(rule.code)
    return {"allowed": sorted(allowed), "left_out": {k: sorted(v) for k, v in left_out.items()}}


def _lines(seen: Inspection, found: dict[str, Any]) -> Iterator[str]:
    about = ", ".join(
        filter(None, (seen.kind, seen.encoding, seen.dialect and f"{seen.dialect}-separated"))
    )
    yield f"{seen.file}: {about}"
    if seen.headless:
        yield "The first row looks like data: is there a header?"
    yield f"mapping: {seen.mapping or 'none; no column is known to hold note text'}"
    kinds = ", ".join(f"{n} {kind}" for kind, n in found["note_types"].items())
    yield f"notes: {seen.notes}" + (f" ({kinds})" if kinds else "")
    if seen.columns:
        yield ""
        yield f"{'column':28} {'field':18} {'filled':>11}  sample, masked"
        for column in seen.columns:
            share = f"{column.filled}/{seen.rows}"
            yield f"{column.name[:28]:28} {column.field or '-':18} {share:>11}  {column.sample}"
    yield ""
    rules = found["rules"]
    total = len(rules["allowed"]) + len(
        {code for codes in rules["left_out"].values() for code in codes}
    )
    yield f"rules: {len(rules['allowed'])} of {total} have what they need from these columns."
    for need, codes in sorted(rules["left_out"].items()):
        where = "only where a note's own words say so" if need in ALSO_IN_TEXT else "not applied"
        more = f" and {len(codes) - SHOWN_CODES} more" if len(codes) > SHOWN_CODES else ""
        yield f"  no {need}: {where}: {', '.join(codes[:SHOWN_CODES])}{more}"
    if found["suggested_config"]:
        yield ""
        yield "A mapping to start from, for notelint.toml; check every line:"
        yield ""
        yield found["suggested_config"]
    if seen.problems:
        yield ""
        yield from (f"{'problem' if p.fatal else 'note'}: {p}" for p in seen.problems)


def _warn_of_git(folder: Path) -> None:
    whole = folder.absolute()
    if any((parent / ".git").exists() for parent in (whole, *whole.parents)):
        print(
            f"notelint: {folder} is inside a git repository; do not commit patients' notes.",
            file=sys.stderr,
        )
