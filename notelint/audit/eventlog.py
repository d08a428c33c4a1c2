"""The event log: what happened at the desk, one JSON line each, chained by hashes.

The log is the truth; everything else (the index, the estimate, the report) can be made again from
it. A line is never changed. Each carries the hash of the one before, so that a line edited,
removed or moved breaks the chain. An event is on the disk (``fsync``) before it is acknowledged,
so a killed server loses nothing that a reviewer saw saved. It holds ids, hashes, offsets and
verdicts, no note text.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from notelint.errors import InputError

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the log. ``kind`` says what happened, ``who`` did it, ``data`` the rest."""

    seq: int
    at: str
    who: str
    kind: str
    data: Mapping[str, Any]
    prev: str
    hash: str

    @classmethod
    def make(
        cls, seq: int, at: str, who: str, kind: str, data: Mapping[str, Any], prev: str
    ) -> Event:
        body = _body(seq, at, who, kind, data, prev)
        return cls(seq, at, who, kind, data, prev, _digest(body))

    @property
    def line(self) -> bytes:
        body = _body(self.seq, self.at, self.who, self.kind, self.data, self.prev)
        return _canonical({**body, "hash": self.hash}) + b"\n"


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain is broken and how; ``line`` is 1-based."""

    line: int
    what: str


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the log: number of events, hash of the last, size in bytes."""

    events: int = 0
    hash: str = GENESIS
    size: int = 0


class BrokenLog(InputError):
    """The log was tampered with or damaged; ``found`` says where and how."""

    def __init__(self, path: Path, found: Break) -> None:
        self.found = found
        super().__init__(
            f"The review log has been tampered with or damaged: {found.what}.",
            where=f"{path}:{found.line}",
            remedy="Restore it from a copy; no verdict of it can be trusted as it is.",
        )


class EventLog:
    """An append-only log that several processes may write.

    Args:
        path: the file; made with mode 0600 when it is missing. What a crash left of an
            unfinished last line is set aside at the next append.

    Raises:
        BrokenLog: the chain is broken.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.head = Head()

    def events(self, since: Head | None = None) -> Iterator[Event]:
        """Yields the events after a head, checking the chain, and moves ``self.head`` along.

        Raises:
            BrokenLog: the chain is broken, or the file is shorter than the head.
        """
        self.head = since or Head()
        try:
            file = self.path.open("rb")
        except FileNotFoundError:
            if self.head.size:
                raise BrokenLog(self.path, Break(1, "the log is gone")) from None
            return
        with file:
            yield from self._read(file)

    def append(self, who: str, kind: str, data: Mapping[str, Any]) -> list[Event]:
        """Writes one event. Returns the events that others wrote since ours, then our own.

        It is on the disk when this returns. ``data`` must be JSON.
        """
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(self.path, flags, 0o600), "r+b") as file, _locked(file):
            news = list(self._read(file))
            self._set_torn_line_aside(file)
            at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
            event = Event.make(self.head.events + 1, at, who, kind, data, self.head.hash)
            file.seek(self.head.size)
            file.write(event.line)
            file.flush()
            os.fsync(file.fileno())
            self.head = Head(event.seq, event.hash, self.head.size + len(event.line))
            return [*news, event]

    def _read(self, file: IO[bytes]) -> Iterator[Event]:
        size = os.fstat(file.fileno()).st_size
        if size < self.head.size:
            raise BrokenLog(self.path, Break(self.head.events, "events are missing at the end"))
        file.seek(self.head.size)
        for line in file:
            if not line.endswith(b"\n"):
                return  # a crash in the middle of a write; it was never acknowledged
            event = _parse(line, self.head)
            if isinstance(event, Break):
                raise BrokenLog(self.path, event)
            self.head = Head(event.seq, event.hash, self.head.size + len(line))
            yield event

    def _set_torn_line_aside(self, file: IO[bytes]) -> None:
        file.seek(self.head.size)
        torn = file.read()
        if torn:
            aside = self.path.with_name(f"{self.path.name}.torn-{self.head.events + 1}")
            descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as out:
                out.write(torn)
            file.truncate(self.head.size)


def check_chain(path: Path, *, expected: Head | None = None) -> tuple[Head, Break | None]:
    """Walks the whole chain. Returns its end, and the first break or None.

    ``expected`` is an end noted elsewhere (the index, a signed estimate): with it, a log whose
    last events were cut off is noticed too, which the chain alone cannot show.
    """
    log = EventLog(path)
    seen = expected is None or expected.events == 0
    try:
        for event in log.events():
            if expected and event.seq == expected.events:
                seen = event.hash == expected.hash
    except BrokenLog as error:
        return log.head, error.found
    if not seen and expected:
        what = f"event {expected.events} that was on record is not in the log"
        return log.head, Break(log.head.events + 1, what)
    return log.head, None


def _parse(line: bytes, head: Head) -> Event | Break:
    at = head.events + 1
    try:
        data = json.loads(line)
        event = Event(
            data["seq"], data["at"], data["who"], data["kind"], data["data"], data["prev"],
            data["hash"],
        )  # fmt: skip
    except (ValueError, KeyError, TypeError):
        return Break(at, "this line is no event")
    body = _body(event.seq, event.at, event.who, event.kind, event.data, event.prev)
    if event.hash != _digest(body) or line != event.line:
        return Break(at, "this event was edited")
    if event.seq != at or event.prev != head.hash:
        return Break(at, "an event before this one was removed, added or moved")
    return event


def _body(
    seq: int, at: str, who: str, kind: str, data: Mapping[str, Any], prev: str
) -> dict[str, Any]:
    return {"seq": seq, "at": at, "who": who, "kind": kind, "data": data, "prev": prev}


def _digest(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(_canonical(body)).hexdigest()


def _canonical(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


@contextmanager
def _locked(file: IO[bytes]) -> Iterator[None]:
    """One writer at a time, over processes."""
    if sys.platform == "win32":  # pragma: no cover
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        try:
            yield
        finally:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
    else:
        import fcntl

        fcntl.flock(file.fileno(), fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(file.fileno(), fcntl.LOCK_UN)
