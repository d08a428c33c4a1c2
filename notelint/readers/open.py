"""Reads whatever was named: the one entry for commands, editors and audits.

Streams: one file is open at a time, and its text is let go when its notes are done.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from notelint.errors import InputError
from notelint.finding import Problem
from notelint.note import Note
from notelint.readers.decode import checked_encoding
from notelint.readers.inputs import Input, shown_name
from notelint.readers.mapping import Mapping
from notelint.readers.notices import Notices
from notelint.readers.options import ReadOptions
from notelint.readers.problems import problem_of
from notelint.readers.registry import reader_for
from notelint.readers.walk import Walk, kinds_in, named_inputs

#: Problems of one kind in one file are told one by one up to here, then counted.
MAX_TOLD = 20


def read_paths(
    paths: Sequence[str | Path],
    *,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    stdin_filename: str | None = None,
    mapping: Mapping | Sequence[Mapping] | None = None,
    encoding: str | None = None,
) -> Iterator[Note | Problem]:
    """Yields every note in files, folders, globs and ``-``, and every problem on the way.

    Args:
        paths: files, folders, glob patterns; ``-`` is standard input.
        include: patterns of more files that a folder walk takes (``*.csv``).
        exclude: patterns of files and folders that it leaves out.
        stdin_filename: the name of standard input; its suffix chooses the reader.
        mapping: how columns of exports become fields; several in order of preference.
        encoding: of files without a byte order mark; UTF-8 by default.

    Raises:
        ConfigError: the encoding is not known.
    """
    mappings = (mapping,) if isinstance(mapping, Mapping) else tuple(mapping or ())
    options = ReadOptions(checked_encoding(encoding), mappings, Notices())
    walk = Walk(include, exclude, mappings)
    seen: set[tuple[int, int]] = set()
    for path in paths:
        name = str(path)
        found = failed = 0
        for source in named_inputs(name, walk, stdin_filename=stdin_filename, seen=seen):
            for item in (source,) if isinstance(source, Problem) else read_input(source, options):
                found += isinstance(item, Note)
                failed += isinstance(item, Problem) and item.fatal
                yield item
        if not found and not failed and name != "-" and Path(name).is_dir():
            yield _no_notes(Path(name))
    yield from options.notices.problems()


def read_input(source: Input, options: ReadOptions) -> Iterator[Note | Problem]:
    """Yields the notes and problems of one input; never raises for what it contains."""
    try:
        read = reader_for(source)
    except InputError as error:
        yield problem_of(error, file=source.name)
        return
    yield from _few(read(source, options), source.name)


def _few(items: Iterator[Note | Problem], file: str) -> Iterator[Note | Problem]:
    """Tells the first problems of a kind one by one and counts the rest."""
    told: dict[str, int] = {}
    for item in items:
        if isinstance(item, Problem) and item.fatal:
            kind = item.what[:24]
            told[kind] = told.get(kind, 0) + 1
            if told[kind] > MAX_TOLD:
                continue
        yield item
    more = sum(max(0, n - MAX_TOLD) for n in told.values())
    if more:
        yield Problem(f"{more} more records of this file could not be read.", file)


def _no_notes(folder: Path) -> Problem:
    kinds = [kind for kind in kinds_in(folder) if kind not in (".txt", ".jsonl", ".ndjson")]
    patterns = " ".join(f"--include '*{kind}'" for kind in kinds)
    return Problem(
        "the folder holds no notes.",
        shown_name(folder),
        remedy=f"It holds other files; to read them, add {patterns}."
        if kinds
        else "A folder is searched for .txt, .jsonl and .ndjson files.",
    )
