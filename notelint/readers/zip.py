"""ZIP archives of the other formats, read member by member, never unpacked to disk.

An archive may lie about its sizes, so what comes out is counted while it is read.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import PurePosixPath
from typing import BinaryIO

from notelint.errors import InputError
from notelint.finding import Problem
from notelint.note import Note
from notelint.readers.inputs import Input, suffix_of
from notelint.readers.options import ReadOptions
from notelint.readers.problems import ReadError, problem_of
from notelint.readers.registry import READERS, reader_for

MAX_MEMBERS = 2_000
MAX_UNPACKED = 200 * 1024 * 1024
#: A text is rarely packed better than 20 to 1; small members may be, and cost nothing.
MAX_RATIO = 200
SMALL = 1024 * 1024
MAX_DEPTH = 2
_ENCRYPTED = 0x1


@dataclass(slots=True)
class _Budget:
    """How many bytes may still come out of one archive; a member read again costs nothing."""

    left: int = MAX_UNPACKED
    taken: set[str] = field(default_factory=set)

    def limit(self, name: str) -> int:
        return MAX_UNPACKED if name in self.taken else self.left

    def take(self, name: str, data: bytes) -> bytes:
        if name not in self.taken:
            self.taken.add(name)
            self.left -= len(data)
        return data


def read(source: Input, options: ReadOptions) -> Iterator[Note | Problem]:
    """Yields the notes of an archive's members in name order; a bad member is one problem."""
    try:
        if options.depth >= MAX_DEPTH:
            raise ReadError("archives are nested too deep.", file=source.name)
        with source.open() as stream, _opened(stream, source.name) as archive:
            yield from _members(archive, source, replace(options, depth=options.depth + 1))
    except InputError as error:
        yield problem_of(error, file=source.name)
    except OSError as error:
        yield Problem(f"it cannot be read ({error.strerror or 'input error'}).", source.name)


def _members(
    archive: zipfile.ZipFile, source: Input, options: ReadOptions
) -> Iterator[Note | Problem]:
    infos = [i for i in archive.infolist() if i.filename and not i.filename.endswith("/")]
    if len(infos) > MAX_MEMBERS:
        raise ReadError(
            f"the archive has {len(infos)} files; the limit is {MAX_MEMBERS}.",
            file=source.name,
            remedy="Unpack it and read the folder.",
        )
    if sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise _too_large(source.name)
    budget = _Budget()
    readable: list[Input] = []
    for info in sorted(infos, key=lambda info: info.filename):
        if suffix_of(info.filename) not in READERS:
            if not _is_clutter(info.filename):
                options.notices.count(source.name, "{n} files of other kinds were left out.")
            continue
        try:
            _check(info, source.name)
        except ReadError as error:
            yield error.as_problem()
            continue
        if _is_clutter(info.filename):
            continue
        opener = partial(_member, archive, info, f"{source.name}!{info.filename}", budget)
        readable.append(
            Input(f"{source.name}!{info.filename}", opener, folder=lambda: list(readable))
        )
    notes = failed = False
    for member in readable:
        for item in reader_for(member)(member, options):
            notes |= isinstance(item, Note)
            failed |= isinstance(item, Problem) and item.fatal
            yield item
    if not notes and not failed:
        yield Problem("the archive holds no notes.", source.name, remedy="See `notelint inspect`.")


def _opened(stream: BinaryIO, name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise ReadError(
            "it is no ZIP archive, or it is damaged.", file=name, remedy="Export it again."
        ) from None


def _check(info: zipfile.ZipInfo, archive: str) -> None:
    """Raises ``ReadError`` for a member that may not be read."""
    name = info.filename
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or "\0" in name or ":" in path.parts[0]:
        raise ReadError("a file's name leads out of the archive.", file=archive)
    if stat.S_ISLNK(info.external_attr >> 16):
        raise ReadError("a file is a link.", file=f"{archive}!{name}")
    if info.flag_bits & _ENCRYPTED:
        raise ReadError(
            "the file is encrypted.",
            file=f"{archive}!{name}",
            remedy="Unpack it with its password.",
        )
    if info.file_size > SMALL and info.file_size > MAX_RATIO * max(1, info.compress_size):
        raise ReadError("the file is packed too tightly to be a text.", file=f"{archive}!{name}")


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, budget: _Budget
) -> BinaryIO:
    """Opens a member in memory, counting the bytes that really come out."""
    limit = min(budget.limit(name), info.file_size)
    try:
        with archive.open(info) as stream:
            data = stream.read(limit + 1)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        RuntimeError,
        NotImplementedError,
        ValueError,
    ):
        raise ReadError("the file in the archive is damaged.", file=name) from None
    if len(data) > limit:
        raise _too_large(name)
    return io.BytesIO(budget.take(name, data))


def _too_large(name: str) -> ReadError:
    return ReadError(
        f"it unpacks to more than {MAX_UNPACKED // (1024 * 1024)} MB, or to more than it says.",
        file=name,
        remedy="Unpack it and read the folder.",
    )


def _is_clutter(name: str) -> bool:
    """Whether a member is what operating systems add to archives."""
    return any(
        part.startswith(".") or part == "__MACOSX" for part in PurePosixPath(name).parts[:-1]
    ) or (PurePosixPath(name).name.startswith("."))
