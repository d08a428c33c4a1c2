"""Which module reads which kind of file. A new format is one module and one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module

from notelint.finding import Problem
from notelint.note import Note
from notelint.readers.inputs import Input
from notelint.readers.options import ReadOptions
from notelint.readers.problems import ReadError

Reader = Callable[[Input, ReadOptions], Iterator[Note | Problem]]

#: Kind of file → module of this package with a function ``read``.
READERS: Mapping[str, str] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".markdown": "text",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".zip": "zip",
}

#: Kinds that a folder walk takes by itself.
WALKED = (".txt", ".jsonl", ".ndjson")


def reader_for(source: Input) -> Reader:
    """Returns the function that reads an input; standard input without a name is text.

    Raises:
        ReadError: nothing reads this kind of file.
    """
    kind = ".txt" if source.name == "<stdin>" else source.suffix
    if kind not in READERS:
        kinds = ", ".join(READERS)
        raise ReadError(
            f"a file of kind '{kind}' cannot be read." if kind else "the file's kind is not known.",
            file=source.name,
            remedy=f"Export it as one of {kinds}.",
        )
    read: Reader = import_module(f"notelint.readers.{READERS[kind]}").read
    return read
