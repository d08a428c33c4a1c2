"""``notelint explain``: what the linter understood of a note, as a reviewer would sum it up."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from notelint.errors import InputError, UsageError, did_you_mean

if TYPE_CHECKING:
    from notelint.config.config import Configs
    from notelint.lanes import Lanes
    from notelint.note import Note

#: So many ids are named when the one asked for is not there.
_MOST_IDS = 500


def register(app: typer.Typer) -> None:
    app.command("explain")(explain)


def explain(
    note: str = typer.Argument(
        ..., metavar="NOTE", help="A file of notes; - reads standard input."
    ),
    note_id: str | None = typer.Option(None, "--id", help="Only the note of this id."),
    output_format: str = typer.Option("text", help="text, or json: an object a note, one a line."),
    payer: str | None = typer.Option(None, help="Payer of notes that do not say."),
    setting: str | None = typer.Option(None, help="Setting of notes that do not say."),
    note_type: str | None = typer.Option(None, help="Kind of notes that do not say."),
    discipline: str | None = typer.Option(None, help="Discipline of notes that do not say."),
    as_of: str | None = typer.Option(
        None, metavar="DATE", help="Date that chooses dated data for notes without a date."
    ),
    stdin_filename: str | None = typer.Option(
        None, help="Name for standard input; its suffix chooses the reader."
    ),
    encoding: str | None = typer.Option(None, help="Encoding of a file without a mark of it."),
    config: Path | None = typer.Option(None, help="The one config file to read."),
    isolated: bool = typer.Option(False, "--isolated", help="Read no config file."),
) -> None:
    """Show what was understood of a note: services, cues, purposes, and rules not applied."""
    from notelint.config.config import Configs
    from notelint.lanes import Lanes

    if output_format not in ("text", "json"):
        raise UsageError(f"--output-format does not take '{output_format}' here.")
    facts = {
        "payer": payer, "setting": setting, "note-type": note_type, "discipline": discipline,
        "as-of": as_of, "encoding": encoding,
    }  # fmt: skip
    configs = Configs(config, isolated, facts, {})
    lanes = Lanes(configs, Path(stdin_filename or "." if note == "-" else note).parent)
    chosen = _chosen(_read(note, configs, lanes, stdin_filename), note_id, note)
    for number, one in enumerate(chosen):
        if number and output_format == "text":
            typer.echo("")
        typer.echo(_told(one, lanes, output_format))


def _read(name: str, configs: Configs, lanes: Lanes, stdin_filename: str | None) -> list[Note]:
    from notelint.finding import Problem
    from notelint.readers.open import read_paths

    found: list[Note] = []
    config = configs.of(lanes.home)
    for item in read_paths(
        [name],
        stdin_filename=stdin_filename,
        mapping=config.mappings(),
        encoding=config.get("encoding") or None,
    ):
        if isinstance(item, Problem):
            print(f"notelint: {item}", file=sys.stderr)
        else:
            found.append(item)
    if not found:
        raise InputError("there is no note to explain.", where=name)
    return found


def _chosen(notes: list[Note], note_id: str | None, name: str) -> list[Note]:
    if note_id is None:
        return notes
    found = [note for note in notes if note.id == note_id]
    if not found:
        ids = [note.id for note in notes[:_MOST_IDS]]
        raise InputError(
            f"there is no note '{note_id}'.", where=name, remedy=did_you_mean(note_id, ids)
        )
    return found


def _told(note: Note, lanes: Lanes, output_format: str) -> str:
    from notelint.explain import explain as explained
    from notelint.reports.explanation import told

    linter = lanes.of(note).linter
    encounter = linter.encounter(note)
    explanation = explained(encounter, linter.lint_encounter(encounter), linter.pack.cues)
    if output_format == "json":
        return json.dumps(explanation.as_dict(), ensure_ascii=False)
    width = min(shutil.get_terminal_size((100, 24)).columns, 120)
    return "\n".join(told(explanation, width))
