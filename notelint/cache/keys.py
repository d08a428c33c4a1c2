"""What a cached result depends on, as one keyed hash.

The key covers the whole record that a rule may read, the rules, the settings, the date that
chooses data, and the code itself; a change in any of them is another key.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from notelint import __version__
from notelint.note import Note

#: Fields of a note that no rule reads: where it came from, and gold judgements.
_NOT_READ = frozenset({"source", "labels", "judged"})
_READ = tuple(item.name for item in fields(Note) if item.name not in _NOT_READ)

#: Libraries whose version may change a reading.
_LIBRARIES = ("spacy", "rapidfuzz")

#: Rooms of the package whose code a result depends on.
_ROOMS = ("language", "encounter", "billing", "rulebook", "checks", "cache")


@dataclass(frozen=True, slots=True)
class Keys:
    """Makes keys under one secret and one context (rules, settings, date, versions)."""

    secret: bytes
    context: bytes

    @classmethod
    def of(cls, secret: bytes, *parts: str) -> Keys:
        return cls(secret, "\x1f".join((*parts, *_versions(), code_hash())).encode())

    def key(self, note: Note) -> bytes:
        """Returns the 32-byte key of a note's record; nothing can be read from it."""
        record = json.dumps(
            [getattr(note, name) for name in _READ],
            default=_plain, ensure_ascii=False, separators=(",", ":"),
        )  # fmt: skip
        return hmac.digest(self.secret, self.context + b"\x1e" + record.encode(), "sha256")


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if is_dataclass(value):
        return [getattr(value, item.name) for item in fields(value)]
    return repr(value)


def _versions() -> tuple[str, ...]:
    found = [__version__, sys.version]
    for name in _LIBRARIES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} none")
    return tuple(found)


def code_hash() -> str:
    """Returns a hash of the code that makes findings, so that a patched copy never meets old
    results."""
    package = Path(__file__).parents[1]
    files = [*package.glob("*.py"), *(p for room in _ROOMS for p in (package / room).rglob("*.py"))]
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(files):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
