"""From bytes to characters, by a byte order mark, as UTF-8, or as the encoding asked for.

Nothing is guessed and nothing is replaced: a byte that does not fit is an error with its place.
A byte order mark is not part of the text; offsets begin after it.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

from notelint.errors import ConfigError
from notelint.readers.inputs import Input
from notelint.readers.problems import ReadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text file: its number, its offset in the file in code points, its characters.

    ``error`` says why the line has no characters.
    """

    number: int
    offset: int
    text: str
    error: ReadError | None = None


def checked_encoding(encoding: str | None) -> str | None:
    """Returns the name of a text encoding, or raises ``ConfigError``."""
    if encoding is None:
        return None
    try:
        "".encode(encoding)
    except (LookupError, ValueError):
        raise ConfigError(
            "the encoding is not known.", where="encoding", remedy="Say utf-8, utf-16 or cp1252."
        ) from None
    return codecs.lookup(encoding).name


def sniff(data: bytes, encoding: str | None = None) -> tuple[str, int]:
    """Returns the encoding of bytes and the length of their byte order mark."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name, len(mark)
    return encoding or "utf-8", 0


def decode(data: bytes, file: str, encoding: str | None = None) -> str:
    """Returns the characters of a whole file, line ends as they are.

    Raises:
        ReadError: a byte does not fit the encoding, or the text has NUL characters.
    """
    name, skip = sniff(data, encoding)
    return _decoded(data, skip, name, file)


def text_lines(source: Input, encoding: str | None = None) -> Iterator[Line]:
    """Yields the lines of an input one by one; a line that cannot be read carries its error.

    Raises:
        ReadError: the input itself breaks off.
    """
    offset = start = 0
    name = encoding or "utf-8"
    for number, raw in enumerate(source.lines(), 1):
        skip = 0
        if number == 1:
            name, skip = sniff(raw, encoding)
            if name.startswith(("utf-16", "utf-32")):
                yield from _wide_lines(source, encoding)
                return
        try:
            text = _decoded(raw, skip, name, source.name, number, start)
        except ReadError as error:
            yield Line(number, offset, "", error)
            offset += len(raw.decode(name, "replace"))
        else:
            yield Line(number, offset, text)
            offset += len(text)
        start += len(raw)


def _wide_lines(source: Input, encoding: str | None) -> Iterator[Line]:
    """Lines of a file whose characters are two or four bytes, which cannot be split as bytes."""
    offset = 0
    text = decode(source.read(), source.name, encoding)
    for number, line in enumerate(text.split("\n"), 1):
        if line:
            yield Line(number, offset, line)
        offset += len(line) + 1


def _decoded(
    data: bytes, skip: int, encoding: str, file: str, line: int | None = None, start: int = 0
) -> str:
    try:
        text = data[skip:].decode(encoding)
    except UnicodeDecodeError as error:
        at = skip + error.start
        raise ReadError(
            f"byte 0x{data[at]:02x} at offset {start + at} is not {encoding.upper()}.",
            file=file,
            line=line or data.count(b"\n", 0, at) + 1,
            remedy="Save it as UTF-8; if it comes from an older Windows program, "
            'set encoding = "cp1252".',
        ) from None
    nul = text.find("\0")
    if nul >= 0:
        raise ReadError(
            "it holds NUL bytes, so it is no text file.",
            file=file,
            line=line or text.count("\n", 0, nul) + 1,
            column=nul - text.rfind("\n", 0, nul),
            remedy="If it is UTF-16 without a mark, save it as UTF-8.",
        )
    return text
