"""A baseline: findings accepted for now, so that a gate fails only on new ones.

It is keyed by rule, note and finding, never by line. Notes and words appear only as HMACs under a
random key that the file itself keeps, so that it can be committed: it tells nobody what a note
says who does not already have the note.
"""

from __future__ import annotations

import hmac
import json
import os
import re
import secrets
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from notelint.errors import ConfigError
from notelint.finding import Finding
from notelint.note import Note

#: A baseline larger than this is no baseline of ours.
MAX_BYTES = 64_000_000

VERSION = 1

_WORD_BEFORE = re.compile(r"(\S+)\s*\Z")
_WORD_AFTER = re.compile(r"\s*(\S+)")

#: rule name, note key and finding key; the last two are HMACs.
Entry = tuple[str, str, str]


@dataclass(slots=True)
class Baseline:
    """Accepted findings, how many of each, and which of them this run has met.

    Args:
        path: the file.
        key: the random key of its HMACs.
        accepted: how often each entry was accepted.
    """

    path: Path
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    accepted: Counter[Entry] = field(default_factory=Counter)
    met: Counter[Entry] = field(default_factory=Counter)
    fresh: Counter[Entry] = field(default_factory=Counter)
    looked: set[tuple[str, str]] = field(default_factory=set)

    @classmethod
    def read(cls, path: Path) -> Baseline:
        """Reads a baseline file.

        Raises:
            ConfigError: it is missing or cannot be used.
        """
        try:
            with path.open("rb") as stream:
                raw = stream.read(MAX_BYTES + 1)
            if len(raw) > MAX_BYTES:
                raise ConfigError(
                    "the baseline is too large.",
                    where=str(path),
                    remedy="Prune it with --update-baseline.",
                )
            data = json.loads(raw)
            if data["version"] != VERSION:
                raise ConfigError(
                    f"the baseline has version {data['version']}, not {VERSION}.",
                    where=str(path),
                    remedy="Make it again with --accept-new.",
                )
            accepted = Counter(
                {
                    (str(rule), str(note), str(finding)): int(count)
                    for rule, notes in data["findings"].items()
                    for note, found in notes.items()
                    for finding, count in found.items()
                }
            )
            return cls(path, bytes.fromhex(data["key"]), accepted)
        except FileNotFoundError:
            raise ConfigError(
                "there is no such baseline.",
                where=str(path),
                remedy="Make one with --accept-new.",
            ) from None
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            raise ConfigError(
                "the baseline cannot be read.",
                where=str(path),
                remedy="Restore it, or delete it and make it again with --accept-new.",
            ) from None

    def holds(self, finding: Finding, note: Note | None) -> bool:
        """Whether a finding was accepted. Each acceptance answers one finding of a run."""
        entry = self._entry(finding, note)
        if self.met[entry] < self.accepted[entry]:
            self.met[entry] += 1
            return True
        self.fresh[entry] += 1
        return False

    def look(self, note: Note, rules: Collection[str]) -> None:
        """Remembers that these rules have run on a note, so that entries not met are outdated."""
        key = self._hmac("note", self._note_key(note.id, note.file))
        self.looked.update((rule, key) for rule in rules)

    def prune(self) -> int:
        """Drops entries of notes and rules of this run that were not met; returns how many."""
        outdated = [
            entry
            for entry, count in self.accepted.items()
            if entry[:2] in self.looked and self.met[entry] < count
        ]
        dropped = 0
        for entry in outdated:
            dropped += self.accepted[entry] - self.met[entry]
            self.accepted[entry] = self.met[entry]
        self.accepted = +self.accepted
        return dropped

    def accept(self) -> int:
        """Adds the findings of this run that it did not hold; returns how many."""
        self.accepted += self.fresh
        return self.fresh.total()

    def write(self) -> None:
        """Replaces the file, whole or not at all."""
        findings: dict[str, dict[str, dict[str, int]]] = {}
        for (rule, note, finding), count in sorted(self.accepted.items()):
            findings.setdefault(rule, {}).setdefault(note, {})[finding] = count
        data = {"version": VERSION, "key": self.key.hex(), "findings": findings}
        mode = self.path.stat().st_mode & 0o777 if self.path.exists() else 0o600
        part = self.path.with_name(f".{self.path.name}.{os.getpid()}.part")
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w") as out:
                out.write(json.dumps(data, indent=1) + "\n")
            part.replace(self.path)
        except OSError as error:
            raise ConfigError(
                f"cannot write the baseline: {error.strerror}.", where=str(self.path)
            ) from None
        finally:
            part.unlink(missing_ok=True)

    def _entry(self, finding: Finding, note: Note | None) -> Entry:
        note_key = self._note_key(finding.note_id, finding.file)
        words, before, after = _words(finding, note)
        return (
            finding.name,
            self._hmac("note", note_key),
            self._hmac("finding", finding.name, note_key, finding.scope, words, before, after),
        )

    def _note_key(self, note_id: str, file: str) -> str:
        """The note's own id; its file for a note that has none, never a row or line."""
        if not note_id.startswith(file) and note_id:
            return note_id
        try:
            return Path(file).resolve().relative_to(self.path.resolve().parent).as_posix()
        except ValueError:
            return Path(file).name

    def _hmac(self, *parts: str) -> str:
        return hmac.digest(self.key, "\x1f".join(parts).encode(), "sha256").hex()[:24]


def _words(finding: Finding, note: Note | None) -> tuple[str, str, str]:
    """Returns what a finding is about, in one form whatever the spacing, and its neighbours."""
    target = finding.main.target
    if note is not None and target.startswith("charges["):
        index = int(target[8:-1])
        charge = note.charges[index] if index < len(note.charges) else None
        return (f"charge {charge.code}" if charge else target), "", ""
    start, end = finding.start, finding.end
    if note is None or start is None or end is None or finding.scope in ("note", "episode"):
        return target, "", ""
    before = _WORD_BEFORE.search(note.text, max(0, start - 80), start)
    after = _WORD_AFTER.match(note.text, end)
    return (
        _normal(note.text[start:end]),
        _normal(before[1]) if before else "",
        _normal(after[1]) if after else "",
    )


def _normal(words: str) -> str:
    return " ".join(words.lower().split())
