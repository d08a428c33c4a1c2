"""How inputs are to be read: the choices of a run that readers share."""

from __future__ import annotations

from dataclasses import dataclass, field

from notelint.readers.inputs import Input
from notelint.readers.mapping import Mapping
from notelint.readers.notices import Notices


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Choices and the run's tally.

    Args:
        encoding: of files without a byte order mark; UTF-8 if None.
        mappings: how columns of exports become fields, in order of preference.
        notices: where readers count what is said once a run.
        depth: how many archives an input is nested in.
    """

    encoding: str | None = None
    mappings: tuple[Mapping, ...] = ()
    notices: Notices = field(default_factory=Notices)
    depth: int = 0

    def mapping_for(self, source: Input) -> Mapping | None:
        """Returns the first mapping that is meant for an input, or None."""
        return next((m for m in self.mappings if m.covers(source.name)), None)
