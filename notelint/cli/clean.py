"""``notelint clean``: deletes the cache."""

from __future__ import annotations

from pathlib import Path

import typer

from notelint.errors import UsageError


def register(app: typer.Typer) -> None:
    app.command("clean")(clean)


def clean(
    folder: Path = typer.Argument(Path(), help="Folder whose cache to delete."),
    cache_dir: Path | None = typer.Option(
        None, envvar="NOTELINT_CACHE_DIR", help="The cache itself, where it is elsewhere."
    ),
) -> None:
    """Delete the cache. Nothing else is touched; the next check makes it anew."""
    from notelint.cache.store import FOLDER, remove
    from notelint.config.config import Config

    config = Config.for_folder(folder)
    kept = config.get("cache-dir")
    target = cache_dir or (Path(kept) if kept else config.root / FOLDER)
    if not target.exists():
        typer.echo(f"No cache in {target}.")
        return
    if not remove(target):
        raise UsageError("this is not a cache of notelint; nothing was deleted.", where=str(target))
    typer.echo(f"Deleted {target}.")
