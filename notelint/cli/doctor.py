"""``notelint doctor``: says whether this installation can work, for a bug report without a note."""

from __future__ import annotations

import json
import locale
import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import typer

from notelint import __version__
from notelint.errors import NotelintError

LIBRARIES = ("spacy", "rapidfuzz", "pyyaml", "typer", "rich")


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing looked at: whether it is well, and what was seen."""

    name: str
    well: bool
    seen: str


def register(app: typer.Typer) -> None:
    app.command("doctor")(doctor)


def doctor(
    folder: Path = typer.Argument(Path(), help="Folder whose config and cache to look at."),
    output_format: str = typer.Option("text", help="text or json."),
) -> None:
    """Look at versions, language pipeline, rules, config, cache and encodings. Never at notes."""
    signs = list(examine(folder))
    if output_format == "json":
        typer.echo(
            json.dumps([{"name": s.name, "well": s.well, "seen": s.seen} for s in signs], indent=2)
        )
    else:
        for sign in signs:
            typer.echo(f"{'ok ' if sign.well else 'BAD'} {sign.name:12} {sign.seen}")
    if not all(sign.well for sign in signs):
        raise typer.Exit(2)


def examine(folder: Path) -> Iterator[Sign]:
    """Yields what can be told without reading a note."""
    yield Sign("notelint", True, __version__)
    yield Sign("python", sys.version_info >= (3, 11), f"{platform.python_version()} {sys.platform}")
    yield from (_library(name) for name in LIBRARIES)
    for name, look in (
        ("rules", _rules), ("language", _language), ("config", lambda: _config(folder)),
        ("cache", lambda: _cache(folder)),
    ):  # fmt: skip
        yield _looked_at(name, look)
    yield Sign("encodings", *_encodings())
    yield Sign(
        "folder",
        os.access(folder, os.W_OK),
        "can be written" if os.access(folder, os.W_OK) else "cannot be written",
    )
    yield Sign("git", True, "found" if shutil.which("git") else "not found; not needed")


def _looked_at(name: str, look: Callable[[], str]) -> Sign:
    try:
        return Sign(name, True, look())
    except NotelintError as error:
        return Sign(name, False, str(error))
    except Exception as error:
        return Sign(name, False, f"{type(error).__name__}; install notelint anew.")


def _library(name: str) -> Sign:
    try:
        return Sign(name, True, version(name))
    except PackageNotFoundError:
        return Sign(name, False, "not installed; run pip install --upgrade notelint.")


def _rules() -> str:
    from notelint.rulebook.pack import load_pack

    pack = load_pack()
    return f"{len(pack.rules)} rules, pack {pack.version}, {pack.hash[:12]}"


def _language() -> str:
    from notelint.engine import Linter

    reading = Linter().reader.read("O: Gait training x 15 min.", known_therapy=True)
    return f"reads {len(reading.statements)} statement of one line"


def _config(folder: Path) -> str:
    from notelint.config.config import Config

    config = Config.for_folder(folder)
    return f"{', '.join(config.shown_files) or 'none, defaults'}; settings {config.hash}"


def _cache(folder: Path) -> str:
    from notelint.cache.store import FOLDER
    from notelint.config.config import Config

    config = Config.for_folder(folder)
    kept = config.get("cache-dir")
    target = Path(kept) if kept else config.root / FOLDER
    if not target.exists():
        return f"none yet in {target}"
    size = sum(path.stat().st_size for path in target.iterdir() if path.is_file())
    return f"{target}, {size / 1024:,.0f} kB"


def _encodings() -> tuple[bool, str]:
    names = {
        "output": sys.stdout.encoding or "?",
        "files": sys.getfilesystemencoding(),
        "locale": locale.getpreferredencoding(False),
    }
    well = names["output"].lower().replace("-", "") == "utf8"
    told = ", ".join(f"{key} {value}" for key, value in names.items())
    return well, told if well else f"{told}; set PYTHONUTF8=1 to see every character."
