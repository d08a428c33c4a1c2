"""``notelint eval``: how often the rules are right on gold notes, with exact intervals."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from notelint.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from notelint.audit.goldnotes import GoldFile

FORMATS = ("text", "json", "markdown")
CUTS = ("rule", "kind", "discipline", "payer")


def register(app: typer.Typer) -> None:
    app.command("eval")(evaluate)


def evaluate(
    gold: list[Path] = typer.Argument(
        ..., metavar="GOLD…", help="Native JSONL with labels and judged; files or folders."
    ),
    output_format: str = typer.Option("text", help="text, json or markdown."),
    by: str = typer.Option("rule", help="Tables by rule, kind, discipline, payer; comma separated."),
    reveal: str = typer.Option(
        "", metavar="REASON",
        help="List misses of notes kept aside too; date and reason go into REVEALED.md.",
    ),
) -> None:  # fmt: skip
    """Measure precision, recall and F1 of the rules on gold notes.

    Every rule runs, preview rules too; configuration and suppressions are not looked at. Each file
    is one run, with its episodes. Notes in a folder named ``test`` are kept aside: totals only.
    """
    _choice(output_format, FORMATS, "--output-format")
    cuts = list(dict.fromkeys(part.strip() for part in by.split(",") if part.strip()))
    for cut in cuts:
        _choice(cut, CUTS, "--by")
    from notelint.audit import accuracytext
    from notelint.audit.accuracy import accuracy
    from notelint.audit.goldnotes import read_gold
    from notelint.audit.intervals import ENOUGH, exact_interval
    from notelint.audit.scoring import Examiner
    from notelint.rulebook.pack import load_pack

    exact_interval(0, ENOUGH)  # says at once when SciPy is missing
    pack = load_pack()
    files = read_gold(gold, {rule.name for rule in pack.rules})
    examiner = Examiner(pack)
    scored = [(file, score) for file in files for score in examiner.scores(file)]
    found = accuracy([score for _, score in scored], pack, cuts)
    if reveal:
        _write_down(files, reveal)
    shown = tuple((str(f.path), score) for f, score in scored if reveal or not f.kept_aside)
    listing = accuracytext.Listing(shown, len(scored) - len(shown))
    version = f"{pack.version} ({pack.hash[:12]})"
    if output_format == "json":
        names = [str(file.path) for file in files]
        typer.echo(accuracytext.json_report(found, listing, version, names))
        return
    lines: Iterable[str] = (
        accuracytext.markdown_report(found, version)
        if output_format == "markdown"
        else accuracytext.text_report(found, listing, version)
    )
    for line in lines:
        typer.echo(line)


def _choice(value: str, valid: tuple[str, ...], option: str) -> None:
    if value not in valid:
        raise UsageError(f"{option} does not know '{value}'.", remedy=did_you_mean(value, valid))


def _write_down(files: list[GoldFile], reason: str) -> None:
    """Appends a line to the ``REVEALED.md`` beside each ``test`` folder that is opened."""
    import datetime as dt

    opened: dict[Path, list[str]] = {}
    for file in files:
        if file.aside_folder is not None:
            opened.setdefault(file.aside_folder.parent / "REVEALED.md", []).append(file.path.name)
    for record, names in opened.items():
        line = f"- {dt.date.today().isoformat()}: {', '.join(names)}: {' '.join(reason.split())}\n"
        head = "" if record.exists() else "# Notes kept aside that were looked at\n\n"
        with record.open("a", encoding="utf-8") as stream:
            stream.write(head + line)
