"""From what was named on the command line to inputs: files, folders, globs, standard input.

Always in the same order: as named, and by name within a folder or glob. Nothing is read twice.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from notelint.finding import Problem
from notelint.readers.inputs import Input, file_input, shown_name, stdin_input, suffix_of
from notelint.readers.mapping import Mapping
from notelint.readers.registry import READERS, WALKED

#: Folders that never hold notes. Hidden ones are left out as well.
SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__", "venv"})


@dataclass(frozen=True, slots=True)
class Walk:
    """What a folder walk takes.

    ``include`` adds and ``exclude`` removes names or paths by pattern (``*.csv``,
    ``old/*``); the files of a mapping are taken as well.
    """

    include: Sequence[str] = ()
    exclude: Sequence[str] = ()
    mappings: Sequence[Mapping] = ()

    def files(self, top: Path) -> Iterator[Path | Problem]:
        """Yields the files of a folder in name order; a folder that cannot be listed is a problem."""
        waiting = [(top, True)]
        while waiting:
            path, is_folder = waiting.pop()
            if not is_folder:
                yield path
                continue
            try:
                inner = list(self._inner(path))
            except OSError as error:
                yield Problem(
                    f"the folder cannot be listed ({error.strerror}).",
                    shown_name(path),
                    remedy="Check that you may read it.",
                )
            else:
                waiting += sorted(inner, reverse=True)

    def _inner(self, folder: Path) -> Iterator[tuple[Path, bool]]:
        """Yields the files and folders in a folder that are wanted; links to folders are not."""
        with os.scandir(folder) as entries:
            for entry in entries:
                path = folder / entry.name
                if entry.name.startswith(".") or self._matches(path, self.exclude):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    if entry.name not in SKIPPED_FOLDERS:
                        yield path, True
                elif self.takes(path) and entry.is_file():
                    yield path, False

    def takes(self, path: Path) -> bool:
        """Whether a folder walk takes a file by itself, by pattern or by mapping."""
        if suffix_of(path.name) in WALKED or self._matches(path, self.include):
            return True
        return any(
            m.files and m.covers(path.as_posix()) and not m.is_beside(path.as_posix())
            for m in self.mappings
        )

    @staticmethod
    def _matches(path: Path, patterns: Sequence[str]) -> bool:
        whole = path.as_posix()
        return any(
            fnmatchcase(path.name, pattern.rstrip("/"))
            or fnmatchcase(whole, pattern.rstrip("/"))
            or fnmatchcase(whole, f"*/{pattern.rstrip('/')}")
            for pattern in patterns
        )


def named_inputs(
    name: str, walk: Walk, *, stdin_filename: str | None, seen: set[tuple[int, int]]
) -> Iterator[Input | Problem]:
    """Yields the inputs that one argument stands for.

    Args:
        name: a path, a glob pattern or ``-``.
        seen: the device and number of the files that were yielded before.
    """
    if name == "-":
        yield stdin_input(stdin_filename)
        return
    path = Path(name)
    if path.is_dir():
        yield from _fresh(walk.files(path), seen, named=False)
    elif path.exists() or path.is_symlink():
        yield from _fresh(iter((path,)), seen, named=True)
    elif glob.has_magic(name):
        yield from _globbed(name, walk, seen)
    else:
        yield Problem(
            "there is no such file or folder.", shown_name(path), remedy="Check the path."
        )


def _globbed(name: str, walk: Walk, seen: set[tuple[int, int]]) -> Iterator[Input | Problem]:
    matches = glob.glob(name, recursive=True)  # noqa: PTH207 - Path.glob takes no absolute pattern
    found = [Path(match) for match in sorted(matches)]
    files = [path for path in found if path.is_file()]
    if not files:
        yield Problem("no file matches.", name, remedy="Quote the pattern, or check the path.")
        return
    kept = (path for path in files if not Walk._matches(path, walk.exclude))
    yield from _fresh(kept, seen, named=True)


def _fresh(
    paths: Iterator[Path] | Iterator[Path | Problem], seen: set[tuple[int, int]], *, named: bool
) -> Iterator[Input | Problem]:
    """Yields inputs of the paths that were not yielded before, under any name."""
    for path in paths:
        if isinstance(path, Problem):
            yield path
            continue
        try:
            info = path.stat()
        except OSError:
            yield file_input(path, named=named)
            continue
        if (info.st_dev, info.st_ino) not in seen:
            seen.add((info.st_dev, info.st_ino))
            yield file_input(path, named=named)


def kinds_in(top: Path, *, limit: int = 5000) -> Collection[str]:
    """Returns the readable kinds of files that a folder holds, for a message; looks at few."""
    found = set()
    for count, (_, folders, names) in enumerate(os.walk(top)):
        folders[:] = [folder for folder in folders if not folder.startswith(".")]
        found |= {suffix_of(name) for name in names} & READERS.keys()
        if count * 10 > limit:
            break
    return sorted(found)
