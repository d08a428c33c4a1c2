"""An input: a file, an archive's member or standard input, as a name and a way to its bytes."""

from __future__ import annotations

import gzip
import io
import stat
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from notelint.readers.problems import ReadError

#: Most bytes of an input that is read whole, and most bytes of one line of a streamed one.
MAX_BYTES = 256 * 1024 * 1024
MAX_LINE = 64 * 1024 * 1024


def _alone() -> list[Input]:
    return []


@dataclass(frozen=True, slots=True)
class Input:
    """Bytes with a name.

    Args:
        name: how places name it: a path, ``export.zip!visits.csv``, ``<stdin>``.
        opener: opens its bytes; may be called again. A ``.gz`` name is unpacked on the way.
        path: its file on disk, if it is one.
        named: whether somebody asked for it by name, not by the folder around it.
        folder: the inputs beside it (a folder's files, an archive's members), in name order.
    """

    name: str
    opener: Callable[[], BinaryIO]
    path: Path | None = None
    named: bool = False
    folder: Callable[[], list[Input]] = field(default=_alone, repr=False)

    @property
    def base(self) -> str:
        """The last part of the name: ``visits.csv``."""
        return PurePosixPath(self.name.replace("!", "/")).name

    @property
    def suffix(self) -> str:
        """The kind of the input, lower case and without ``.gz``: ``.jsonl``."""
        return suffix_of(self.base)

    def open(self) -> BinaryIO:
        stream = self.opener()
        if self.base.lower().endswith(".gz"):
            return cast(BinaryIO, gzip.GzipFile(fileobj=stream))
        return stream

    def read(self, limit: int = MAX_BYTES) -> bytes:
        """Returns all bytes.

        Raises:
            ReadError: it cannot be opened or unpacked, or is larger than ``limit``.
        """
        with _reading(self.name), self.open() as stream:
            data = stream.read(limit + 1)
        if len(data) > limit:
            raise ReadError(
                f"the file is larger than {limit // (1024 * 1024)} MB.",
                file=self.name,
                remedy="Split it, or export JSON lines, which are read one by one.",
            )
        return data

    def lines(self, limit: int = MAX_LINE) -> Iterator[bytes]:
        """Yields the lines with their ends, one at a time. Raises ``ReadError`` where it breaks."""
        with _reading(self.name), self.open() as stream:
            number = 0
            while line := stream.readline(limit + 1):
                number += 1
                if len(line) > limit:
                    raise ReadError(
                        f"the line is longer than {limit // (1024 * 1024)} MB.",
                        file=self.name,
                        line=number,
                        remedy="Write one record a line.",
                    )
                yield line

    def beside(self, pattern: str) -> list[Input]:
        """Returns the inputs in its folder whose name matches a pattern, in any case."""
        wanted = pattern.lower()
        with _reading(self.name):
            others = self.folder()
        return [other for other in others if fnmatchcase(other.base.lower(), wanted)]


def suffix_of(name: str) -> str:
    """Returns the kind that a file's name tells, without ``.gz``."""
    lower = name.lower()
    return PurePosixPath(lower.removesuffix(".gz")).suffix


def file_input(path: Path, name: str | None = None, *, named: bool = False) -> Input:
    """Makes an input of a file on disk."""

    def opener() -> BinaryIO:
        if not stat.S_ISREG(path.stat().st_mode):
            raise ReadError(
                "it is not a regular file.",
                file=shown_name(path),
                remedy="Pipe it to `notelint check -` instead.",
            )
        return path.open("rb")

    def folder() -> list[Input]:
        return [
            file_input(other)
            for other in sorted(path.parent.iterdir())
            if other.is_file() and not other.name.startswith(".")
        ]

    return Input(name or shown_name(path), opener, path, named, folder)


def bytes_input(
    name: str, data: bytes, *, named: bool = False, folder: Callable[[], list[Input]] = _alone
) -> Input:
    """Makes an input of bytes in memory."""
    return Input(name, lambda: io.BytesIO(data), None, named, folder)


def stdin_input(filename: str | None = None) -> Input:
    """Makes an input of standard input; the suffix of ``filename`` chooses its reader."""
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    return bytes_input(filename or "<stdin>", data, named=True)


def shown_name(path: Path) -> str:
    """Returns a path as places show it: relative to the working directory if below it, with /."""
    if path.is_absolute() and path.is_relative_to(Path.cwd()):
        path = path.relative_to(Path.cwd())
    return path.as_posix().encode("utf-8", "replace").decode()


@contextmanager
def _reading(name: str) -> Iterator[None]:
    """Turns what can go wrong while bytes are read into a ``ReadError``."""
    try:
        yield
    except EOFError:
        raise ReadError(
            "the gzip file ends too early.", file=name, remedy="Copy or export it again."
        ) from None
    except (gzip.BadGzipFile, zlib.error):
        raise ReadError(
            "the gzip file is damaged.", file=name, remedy="Copy or export it again."
        ) from None
    except OSError as error:
        raise ReadError(
            f"it cannot be read ({error.strerror or 'input error'}).",
            file=name,
            remedy="Check that it exists and that you may read it.",
        ) from None
