"""Writes notes out as text files with a sidecar each, for people who want to look at single notes.

Files hold patients' records: they are readable by their owner only and never replace another file.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from notelint.errors import InputError
from notelint.note import Note
from notelint.readers.native import AUTHOR_FIELDS, CHARGE_FIELDS, IDS, VOCABULARIES
from notelint.readers.sidecar import SUFFIX

_PLAIN = ("id", *VOCABULARIES, "date_of_service", "signed_at", *IDS, "flowsheet")


def extract(note: Note, folder: Path) -> Path:
    """Writes a note as ``NAME.txt`` with ``NAME.txt.notelint.toml``; returns the first.

    Raises:
        InputError: a file of that name is there, or the folder cannot be written.
    """
    path = folder / f"{file_name(note.id)}.txt"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(path, note.text)
        _write(path.with_name(path.name + SUFFIX), sidecar_text(note))
    except FileExistsError:
        raise InputError(
            "the file is already there.", where=str(path), remedy="Name an empty folder."
        ) from None
    except OSError as error:
        raise InputError(f"it cannot be written ({error.strerror}).", where=str(path)) from None
    return path


def file_name(note_id: str) -> str:
    """Returns a safe name for a note: its id if that is one, else a slug of it with a hash."""
    slug = re.sub(r"[^A-Za-z0-9._-]+", "-", note_id).strip("-.")[:60]
    if slug == note_id:
        return slug
    digest = hashlib.blake2b(note_id.encode("utf-8", "replace"), digest_size=4).hexdigest()
    return f"{slug}-{digest}" if slug else digest


def sidecar_text(note: Note) -> str:
    """Returns the facts and charges of a note as the TOML that a sidecar holds."""
    return "\n".join(_lines(note)) + "\n"


def _lines(note: Note) -> Iterator[str]:
    yield "[facts]"
    for name in _PLAIN:
        value = getattr(note, name)
        if value not in (None, "unknown", ""):
            yield f"{name} = {_toml(value)}"
    if note.author:
        yield f"author = {_toml(_present(asdict(note.author), AUTHOR_FIELDS))}"
    if note.authors:
        yield f"authors = {_toml([_present(asdict(a), AUTHOR_FIELDS) for a in note.authors])}"
    if note.goals:
        goals = [_present(asdict(g), ("id", "text", "status", "date")) for g in note.goals]
        yield f"goals = {_toml(goals)}"
    for name in ("plan", "totals"):
        if getattr(note, name):
            yield f"{name} = {_toml(getattr(note, name))}"
    for charge in note.charges:
        yield ""
        yield "[[charges]]"
        for name, value in _present(asdict(charge), CHARGE_FIELDS).items():
            yield f"{name} = {_toml(value)}"


def _present(row: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: row[name] for name in names if row[name] not in (None, "", ())}


def _toml(value: Any) -> str:
    """Returns a TOML value on one line; nulls inside tables are left out."""
    if isinstance(value, Mapping):
        inner = (f"{_text(str(k))} = {_toml(v)}" for k, v in value.items() if v is not None)
        return "{" + ", ".join(inner) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_toml(item) for item in value if item is not None) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return json.dumps(value)
    if isinstance(value, date):
        return value.isoformat()
    return _text(str(value))


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _write(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as out:
        out.write(text)
