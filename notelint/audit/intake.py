"""Reading the notes that a sample is drawn from, with the settings of their folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from notelint.audit.frame import keyed
from notelint.errors import InputError
from notelint.finding import Problem
from notelint.note import Note

if TYPE_CHECKING:
    from notelint.settings import Settings

Tell = Callable[[Problem], None]


@dataclass(frozen=True, slots=True)
class Intake:
    """Reads the same notes for every step of an audit.

    ``paths`` are files and folders; ``tell`` hears of every problem on the way.
    """

    paths: tuple[str, ...]
    tell: Tell

    @property
    def folder(self) -> Path:
        first = Path(self.paths[0])
        return first if first.is_dir() else first.parent

    def settings(self) -> Settings:
        """The settings of the config file nearest to the notes."""
        from notelint.config import Config

        return Config.for_folder(self.folder).settings()

    def stream(self) -> Iterator[Note]:
        """Yields the notes one by one, with the ids of their files."""
        from notelint.config import Config
        from notelint.readers.mapping import mapping_from_table
        from notelint.readers.open import read_paths

        config = Config.for_folder(self.folder)
        found = read_paths(
            self.paths,
            include=config.get("include"),
            exclude=(*config.get("exclude"), *config.get("extend-exclude")),
            mapping=[
                mapping_from_table(name, table) for name, table in config.get("source").items()
            ],
            encoding=config.get("encoding") or None,
        )
        for item in found:
            if isinstance(item, Problem):
                self.tell(item)
            else:
                yield item

    def notes(self) -> list[Note]:
        """All notes, each under its key (see ``frame.note_keys``).

        Raises:
            InputError: there is none.
        """
        found = keyed(list(self.stream()))
        if not found:
            raise InputError("No notes were found.", where=", ".join(self.paths))
        return found


def intake(given: Sequence[str], recorded: Sequence[str], tell: Tell) -> Intake:
    """The notes named on the command line, else those on record.

    Raises:
        InputError: the recorded files are not there.
    """
    paths = tuple(given or recorded)
    missing = [path for path in paths if path != "-" and not given and not Path(path).exists()]
    if missing:
        raise InputError(
            f"The notes that the sample was drawn from are not at '{missing[0]}'.",
            remedy="Name them after the sample, or run this where the sample was drawn.",
        )
    return Intake(paths, tell)
