"""What linting a document takes: its record, its configuration and a checker, all kept warm.

Files beside a note (sidecar, configuration) are read only in a workspace the client trusts; a
stranger's folder could otherwise switch rules off or lead the reader elsewhere.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from notelint.config import Config, Configs
from notelint.editor.checker import Checked, Checks, fault
from notelint.editor.options import Options
from notelint.errors import NotelintError
from notelint.finding import Problem
from notelint.note import Note
from notelint.readers import sidecar
from notelint.readers.native import note_from_record
from notelint.readers.text import front_matter
from notelint.source import SourceMap

UNTRUSTED = "workspace not trusted: sidecar and configuration not read"

#: Makes the checker of a configuration.
Build = Callable[[Config], Checks]


class Desk:
    """Lints documents for one client. ``check`` may be called from any thread.

    Args:
        build: makes a checker from a configuration; it is called once for each.
    """

    def __init__(self, build: Build) -> None:
        self.options = Options()
        self._build = build
        self._lock = threading.Lock()
        self._configs = Configs(isolated=True)
        self._checkers: dict[int, tuple[Config, Checks]] = {}

    def configure(self, options: Options) -> None:
        """Takes the client's choices; what was read under the old ones is forgotten."""
        with self._lock:
            self.options = options
            self._renew()

    def reload(self) -> None:
        """Forgets every configuration file, so that the next check reads them again."""
        with self._lock:
            self._renew()

    def is_note(self, uri: str, language: str) -> bool:
        """Whether a document is to be linted: by language, by the client's globs, by a sidecar."""
        path = path_of(uri)
        if self.options.is_note(language, str(path) if path else uri):
            return True
        beside = sidecar_path(uri)
        return bool(self.options.trusted and beside and beside.is_file())

    def check(self, uri: str, text: str) -> Checked:
        """Lints a document. What stands in the way becomes a problem of the result."""
        path = path_of(uri)
        name = path.name if path else "<unsaved>"
        try:
            with self._lock:
                checks = self._checks(path)
            note, shift = self._note(path, name, text)
        except NotelintError as error:
            problem = Problem(error.what, error.where or name, remedy=error.remedy)
            return Checked(Note(text), problems=(problem,))
        except Exception as error:
            # A file beside the note, not the note, is at fault: a parser that ran out of stack.
            return Checked(Note(text), problems=(fault(name, error),))
        if not note.text.strip():
            return Checked(note, shift=shift)
        return checks.check(note, shift=shift)

    def warm(self) -> None:
        """Loads rules and language before the first note, and keeps them from being swept again.

        What is loaded once and never dies would otherwise be walked by every garbage collection
        in the middle of somebody's typing.
        """
        self.check("", "O: Warming up.")
        gc.collect()
        gc.freeze()

    def checks(self, uri: str) -> Checks:
        """Returns the checker that holds for a document."""
        with self._lock:
            return self._checks(path_of(uri))

    def may_suppress(self, uri: str) -> bool:
        """Whether a document has a sidecar that may be written."""
        return self.options.trusted and path_of(uri) is not None

    def remark(self, uri: str) -> str:
        """What an author should know about how a document is read; empty if nothing."""
        return UNTRUSTED if path_of(uri) and not self.options.trusted else ""

    def _renew(self) -> None:
        options = self.options
        chosen: dict[str, Any] = {
            "select": options.select or None,
            "extend-select": options.extendSelect or None,
            "ignore": options.ignore or None,
            "strictness": options.strictness if options.strictness != "audit" else None,
        }
        self._configs = Configs(isolated=not options.trusted, choices=chosen)
        self._checkers = {}

    def _checks(self, path: Path | None) -> Checks:
        config = self._configs.of(path.parent if path else Path.cwd())
        found = self._checkers.get(id(config))
        if found is None:
            found = self._checkers[id(config)] = (config, self._build(config))
        return found[1]

    def _note(self, path: Path | None, name: str, text: str) -> tuple[Note, int]:
        """Returns the note in a document and the offset at which it begins.

        Raises:
            InputError: the sidecar or the front matter cannot be read.
        """
        record: Mapping[str, Any]
        record, shift = front_matter(text, name)
        beside = sidecar.sidecar_of(path) if self.options.trusted else None
        if beside:
            record = sidecar.merged(
                beside.as_record(), record, names=("sidecar", "front matter"), where=name
            )
        body = text[shift:]
        if not body.strip():
            return Note(body), shift
        # The map has no places: the editor's document is the place. It carries the file's name,
        # by which the suppression filter finds what stands beside the note.
        source = SourceMap(str(path), len(body)) if path and self.options.trusted else None
        note = note_from_record(
            {**record, "text": body}, source=source, where=name, default_id=name
        )
        facts = {
            fact: value
            for fact, value in self.options.facts.items()
            if getattr(note, fact) == "unknown"
        }
        return replace(note, **facts) if facts else note, shift  # type: ignore[arg-type]


def path_of(uri: str) -> Path | None:
    """Returns the file of a ``file:`` URI; None for unsaved and virtual documents."""
    parts = urlsplit(uri)
    if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
        return None
    return Path(url2pathname(unquote(parts.path)))


def sidecar_path(uri: str) -> Path | None:
    """Returns where the sidecar of a document stands or would stand."""
    path = path_of(uri)
    return path.with_name(path.name + sidecar.SUFFIX) if path else None
