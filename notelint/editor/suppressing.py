"""Writes one suppression, with its reason, into the sidecar beside a note."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from notelint.errors import InputError
from notelint.readers.sidecar import read_sidecar

MOST_REASON = 500


def add_suppression(path: Path, *, rule: str, reason: str, start_words: str = "") -> None:
    """Adds a suppression to a sidecar; makes the sidecar if there is none.

    It names the finding by its first words, which stay the same however the note is addressed; a
    finding without words is suppressed by its rule alone.

    What stands in the file stays as it is. The new file replaces the old one in one step, so that
    a crash leaves one or the other.

    Raises:
        InputError: the sidecar cannot be read as it is, or the reason is empty or too long.
    """
    reason = " ".join(reason.split())
    if not reason or len(reason) > MOST_REASON:
        raise InputError(
            f"a reason has 1 to {MOST_REASON} characters.", where=path.name, remedy="Shorten it."
        )
    before = ""
    if path.is_file():
        known = read_sidecar(path).suppressions
        if any(s.rule == rule and (s.start_words or "") == start_words for s in known):
            return
        before = path.read_text(encoding="utf-8")
    gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
    entry = f"[[suppressions]]\nrule = {_quoted(rule)}\nreason = {_quoted(reason)}\n"
    if start_words:
        entry += f"start_words = {_quoted(start_words)}\n"
    _replace(path, before + gap + entry)


def _quoted(text: str) -> str:
    """Returns a TOML basic string."""
    marks = {"\\": "\\\\", '"': '\\"'}
    escaped = "".join(
        marks.get(
            c,
            c
            if c.isprintable()
            else f"\\u{ord(c):04X}"
            if ord(c) < 0x10000
            else f"\\U{ord(c):08X}",
        )
        for c in text
    )
    return f'"{escaped}"'


def first_words(words: str, most: int = 6) -> str:
    """Returns the first few words of a finding, in one line."""
    return " ".join(words.split()[:most])


def _replace(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        if path.exists():
            Path(name).chmod(path.stat().st_mode & 0o777)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
