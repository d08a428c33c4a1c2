"""A procedure code as the arithmetic sees it: how it is counted and when it was valid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

CodeKind = Literal["timed", "first", "additional", "block", "untimed", "reporting"]

#: Length in minutes of one unit of a timed code.
UNIT_MINUTES = 15


@dataclass(frozen=True, slots=True)
class Code:
    """One code. ``name`` is notelint's paraphrase, never an AMA descriptor.

    ``minutes`` is the length of the first block (``first``), of a further block (``additional``)
    or of every block (``block``); 15 for ``timed``; 0 for the rest. ``partner`` is the other code
    of a family. ``valid_from``/``valid_to`` are the first and last date of service.
    """

    code: str
    name: str
    kind: CodeKind
    minutes: int = 0
    partner: str = ""
    disciplines: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()
    valid_from: date | None = None
    valid_to: date | None = None
    replaced_by: tuple[str, ...] = ()
    medicare_code: str = ""

    @property
    def timed(self) -> bool:
        """Whether minutes make its units."""
        return self.kind in ("timed", "first", "additional", "block")

    @property
    def pooled(self) -> bool:
        """Whether its minutes join the pool of 15-minute codes under the CMS rule.

        Caregiver training, work hardening and hourly tests are counted by their own blocks.
        """
        if self.kind == "timed":
            return True
        in_family = self.kind in ("first", "additional") and "caregiver" not in self.flags
        return in_family and self.minutes == UNIT_MINUTES

    @property
    def one_on_one(self) -> bool:
        return "one_on_one" in self.flags

    @property
    def evaluation(self) -> bool:
        """Whether it is an evaluation or a re-evaluation."""
        return "evaluation" in self.flags

    @property
    def reevaluation(self) -> bool:
        return "reevaluation" in self.flags

    @property
    def supervised(self) -> bool:
        """Whether nobody needs to stay, so that its time may coincide with other treatment."""
        return "supervised" in self.flags

    @property
    def group(self) -> bool:
        return "group" in self.flags

    def valid_on(self, day: date | None) -> bool:
        """Says whether the code may be reported on ``day``; without a day: not retired."""
        if day is None:
            return self.valid_to is None
        if self.valid_from and day < self.valid_from:
            return False
        return self.valid_to is None or day <= self.valid_to
