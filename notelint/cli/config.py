"""``notelint config``: the settings that hold here, and where they come from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from notelint.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from notelint.config.config import Config

#: Environment variables that notelint reads, and what each does.
ENVIRONMENT = {
    "NOTELINT_OUTPUT_FORMAT": "--output-format of check",
    "NOTELINT_CACHE_DIR": "--cache-dir of check and clean",
    "NOTELINT_NO_CACHE": "--no-cache of check",
    "NO_COLOR": "no colour, whatever its value",
    "FORCE_COLOR": "colour, also where the output is no terminal",
}


def register(app: typer.Typer) -> None:
    app.command("config")(config)


def config(
    key: str | None = typer.Argument(None, help="One setting; all of them by default."),
    path: Path = typer.Option(Path(), "--for", help="File or folder whose settings to show."),
    file: Path | None = typer.Option(None, "--config", help="The one config file to read."),
    isolated: bool = typer.Option(False, "--isolated", help="Read no config file."),
    schema: bool = typer.Option(False, "--schema", help="Print the JSON Schema of notelint.toml."),
    env: bool = typer.Option(False, "--env", help="List the environment variables."),
    output_format: str = typer.Option("text", help="text or json."),
) -> None:
    """Show the effective settings, the config files they come from, and their hash."""
    from notelint.config.config import Config
    from notelint.config.options import BY_NAME
    from notelint.config.schema import config_schema

    if output_format not in ("text", "json"):
        raise UsageError(f"--output-format does not take '{output_format}' here.")
    if schema:
        typer.echo(json.dumps(config_schema(), indent=2))
        return
    if env:
        for name, meaning in ENVIRONMENT.items():
            typer.echo(f"{name:24} {meaning}")
        return
    if key is not None and key not in BY_NAME:
        raise UsageError(f"'{key}' is not a setting.", remedy=did_you_mean(key, BY_NAME))
    found = Config.for_folder(
        path if path.is_dir() else path.parent, explicit=file, isolated=isolated
    )
    if output_format == "json":
        typer.echo(json.dumps(_as_dict(found, key), indent=2, default=str))
        return
    for line in _lines(found, key):
        typer.echo(line)


def _as_dict(found: Config, key: str | None) -> dict[str, Any]:
    from notelint.config.options import OPTIONS

    names = [key] if key else [option.name for option in OPTIONS if option.name != "extend"]
    return {
        "files": list(found.shown_files),
        "hash": found.hash,
        "settings": {name: found.get(name) for name in names},
        "set_here": sorted(name for name in names if name in found.values),
    }


def _lines(found: Config, key: str | None) -> list[str]:
    from notelint.config.options import BY_NAME

    told = _as_dict(found, key)
    lines = []
    if key is None:
        files = ", ".join(told["files"]) or "none, defaults"
        lines += [f"# config: {files}", f"# hash: {told['hash']}"]
    else:
        lines.append(f"# {BY_NAME[key].help}")
    for name, value in told["settings"].items():
        here = "" if name in told["set_here"] else "   # default"
        lines.append(f"{name} = {_toml(value)}{here}")
    return lines


def _toml(value: Any) -> str:
    if value is None:
        return '""'
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {_toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, default=str, ensure_ascii=False)
