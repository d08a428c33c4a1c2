"""``notelint init``: writes a config file to begin with."""

from __future__ import annotations

import json
import os
from pathlib import Path

import typer

from notelint.errors import UsageError, did_you_mean


def register(app: typer.Typer) -> None:
    app.command("init")(init)


def init(
    folder: Path = typer.Argument(Path(), help="Where to write notelint.toml."),
    preset: str = typer.Option("plain", help="plain, gate (for exports) or corpus."),
    schema: bool = typer.Option(
        False, "--schema", help="Write notelint.schema.json beside it, for editors."
    ),
) -> None:
    """Write a commented notelint.toml. An existing one is never touched."""
    from notelint.config.presets import PRESETS
    from notelint.config.schema import config_schema

    if preset not in PRESETS:
        raise UsageError(
            f"--preset does not take '{preset}'.", remedy=did_you_mean(preset, PRESETS)
        )
    text = PRESETS[preset]
    if schema:
        _write(folder / "notelint.schema.json", json.dumps(config_schema(), indent=2) + "\n")
    else:
        text = text.partition("\n")[2]
    _write(folder / "notelint.toml", text)
    typer.echo(f"Wrote {folder / 'notelint.toml'}. `notelint config` shows what holds.")


def _write(path: Path, text: str) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    except FileExistsError:
        raise UsageError(
            "there is one already.", where=str(path), remedy="Edit it, or move it away."
        ) from None
    except OSError as error:
        raise UsageError(f"cannot write: {error.strerror}.", where=str(path)) from None
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(text)
