"""Config files: which one a note's file has, what it says, and what is wrong with it where."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from notelint.config.options import BY_NAME, Unfit, take
from notelint.config.place import key_position
from notelint.errors import ConfigError, did_you_mean

#: File names in order of preference within one folder. ``pyproject.toml`` counts only if it has
#: a ``[tool.notelint]`` table.
NAMES = (".notelint.toml", "notelint.toml", "pyproject.toml")

MAX_BYTES = 1_000_000
MAX_EXTENDS = 10

_AT = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)")


def nearest_file(folder: Path) -> Path | None:
    """Returns the config file that holds for a folder: its own or its nearest parent's."""
    for name in NAMES:
        path = folder / name
        if path.is_file() and (name != "pyproject.toml" or _table(path) is not None):
            return path
    return None if folder == folder.parent else nearest_file(folder.parent)


def read_file(path: Path) -> tuple[Mapping[str, Any], tuple[Path, ...]]:
    """Returns the settings of a config file and the files they come from, nearest first.

    Raises:
        ConfigError: the file cannot be read, or a key is unknown or has a wrong value.
    """
    return _read(path, ())


def _read(path: Path, above: tuple[Path, ...]) -> tuple[dict[str, Any], tuple[Path, ...]]:
    if path in above:
        raise ConfigError("the config files extend one another in a circle.", where=str(path))
    if len(above) >= MAX_EXTENDS:
        raise ConfigError(f"more than {MAX_EXTENDS} config files in a row.", where=str(path))
    table = _table(path)
    if table is None:
        raise ConfigError(
            "there is no [tool.notelint] table.",
            where=str(path),
            remedy="Add one, or name a notelint.toml.",
        )
    values = _checked(path, table)
    base = values.pop("extend", "")
    if not base:
        return values, (path,)
    inherited, files = _read((path.parent / base).resolve(), (*above, path))
    return {**inherited, **values}, (path, *files)


def _checked(path: Path, table: Mapping[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in BY_NAME:
            raise ConfigError(
                f"'{key}' is not a setting.",
                where=_where(path, key),
                remedy=did_you_mean(key, BY_NAME),
            )
        try:
            values[key] = take(key, value)
        except Unfit as error:
            raise ConfigError(f"{key} {error}", where=_where(path, key, error.key)) from None
    if "baseline" in values:
        values["baseline"] = str(path.parent / values["baseline"])
    if "cache-dir" in values:
        values["cache-dir"] = str(path.parent / values["cache-dir"])
    return values


def place_of(files: tuple[Path, ...], *key: str) -> str:
    """Returns where a key of the effective settings is written, for an error about its value."""
    for path in files:
        where = _where(path, *key)
        if not where.endswith(":1:1") or len(files) == 1:
            return where
    return str(files[0]) if files else ""


def _where(path: Path, *key: str) -> str:
    prefix = ("tool", "notelint") if path.name == "pyproject.toml" else ()
    line, column = key_position(_text(path), (*prefix, *(part for part in key if part)))
    return f"{path}:{line}:{column}"


def _table(path: Path) -> Mapping[str, Any] | None:
    """Returns the settings of a file as written; None for a pyproject without our table."""
    text = _text(path)
    if path.name == "pyproject.toml" and "tool.notelint" not in text:
        return None
    try:
        data = tomllib.loads(text)
    except RecursionError:
        raise ConfigError(
            "the file is nested too deeply.", where=str(path), remedy="Write plain tables."
        ) from None
    except tomllib.TOMLDecodeError as error:
        found = _AT.search(str(error))
        place = f":{found[1]}:{found[2]}" if found and found[1] else ""
        what = _AT.sub("", str(error))
        raise ConfigError(f"this is not valid TOML: {what}.", where=f"{path}{place}") from None
    if path.name != "pyproject.toml":
        return data
    table = data.get("tool", {}).get("notelint")
    return table if isinstance(table, Mapping) else None


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ConfigError("the config file is larger than 1 MB.", where=str(path))
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError("the config file is not UTF-8.", where=str(path)) from None
    except OSError as error:
        raise ConfigError(
            f"cannot read the config file: {error.strerror}.", where=str(path)
        ) from None
