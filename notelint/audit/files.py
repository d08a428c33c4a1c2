"""Writing the desk's files: whole or not at all, and for their owner only."""

from __future__ import annotations

import os
from pathlib import Path

from notelint.errors import UsageError


def write_private(path: Path, content: str | bytes) -> None:
    """Writes a file with mode 0600 that appears whole or not at all.

    Raises:
        UsageError: the place cannot be written, or is a symbolic link.
    """
    if path.is_symlink():
        raise UsageError(
            "It is a symbolic link; reports are not written through one.", where=str(path)
        )
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if path.exists() and not path.is_file():  # /dev/null, a pipe: written into, never replaced
            path.write_bytes(data)
            return
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(data)
        part.replace(path)
    except OSError as error:
        raise UsageError(f"Cannot write it: {error.strerror}.", where=str(path)) from None
    finally:
        part.unlink(missing_ok=True)


def beside(sample: Path, kind: str) -> Path:
    """The usual name of a file of a sample: ``q4.sample.json`` → ``q4.<kind>``."""
    stem = sample.name.removesuffix(".json").removesuffix(".sample")
    return sample.with_name(f"{stem}.{kind}")
