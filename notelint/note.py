"""A note and its record: the one thing readers produce and everything else takes.

The vocabularies of payer, setting, note type and discipline live here and nowhere else. A field
that the source does not carry is None (or ``unknown``); a field that the source carries and that
is empty is named in ``Note.carried``, so that an absence rule can tell "empty" from "not asked".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from notelint.source import SourceMap

PAYERS = (
    "medicare_b", "medicare_advantage", "commercial", "workers_comp", "auto", "medicaid",
    "tricare", "va", "self_pay", "unknown",
)  # fmt: skip
SETTINGS = (
    "outpatient", "snf_part_b", "snf_part_a", "irf", "home_health_b", "home_health_pdgm",
    "hospice", "school", "unknown",
)  # fmt: skip
NOTE_TYPES = (
    "daily", "progress", "eval", "recert", "reeval", "discharge", "addendum", "no_show",
    "communication", "snippet", "unknown",
)  # fmt: skip
DISCIPLINES = ("PT", "OT", "SLP", "unknown")
PROGRAMMES = ("restorative", "maintenance", "unknown")
STATUSES = ("draft", "final", "amended", "unknown")

#: Note kinds whose text is a whole document when they are stated.
WHOLE_KINDS = frozenset(NOTE_TYPES) - {"snippet", "unknown"}

#: Settings in which Part B units, totals and modifiers do not apply (catalogue I8).
PART_A_SETTINGS = frozenset({"snf_part_a", "irf", "home_health_pdgm", "hospice"})

#: Payers whose documentation musts are those of MBPM ch. 15 §220.3.
MEDICARE_PAYERS = frozenset({"medicare_b", "medicare_advantage"})

Verdict = Literal["must", "may", "mustnot"]


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody who wrote or furnished part of the note. ``minutes`` are treatment minutes."""

    name: str = ""
    credential: str = ""
    role: str = ""
    minutes: float | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """One charge row. ``minutes`` are minutes; ``start``/``end`` are ``HH:MM`` clock times."""

    code: str
    units: int | None = None
    minutes: float | None = None
    modifiers: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    discipline: str | None = None


@dataclass(frozen=True, slots=True)
class StatedGoal:
    """A goal supplied beside the note (from the plan of care)."""

    id: str
    text: str
    status: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """A gold judgement on a note: a rule and the words it is about (None: the whole note)."""

    rule: str
    verdict: Verdict
    anchor: str | None = None
    occurrence: int = 1


@dataclass(frozen=True, slots=True)
class Note:
    """One note with its record. Only ``text`` is required; see DESIGN §6 for the fields."""

    text: str
    id: str = "note"
    note_type: str = "unknown"
    discipline: str = "unknown"
    payer: str = "unknown"
    setting: str = "unknown"
    programme: str = "unknown"
    date_of_service: date | None = None
    status: str = "unknown"
    signed_at: str | None = None
    author: Author | None = None
    authors: tuple[Author, ...] = ()
    charges: tuple[Charge, ...] = ()
    goals: tuple[StatedGoal, ...] = ()
    plan: Mapping[str, Any] = field(default_factory=dict)
    flowsheet: str | None = None
    totals: Mapping[str, Any] = field(default_factory=dict)
    patient_id: str | None = None
    episode_id: str | None = None
    visit_id: str | None = None
    clinician_id: str | None = None
    clinic_id: str | None = None
    labels: tuple[Label, ...] = ()
    judged: tuple[str, ...] = ()
    carried: frozenset[str] = frozenset()
    source: SourceMap | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """The file the note came from, or ``<text>``."""
        return self.source.file if self.source else "<text>"

    @property
    def is_medicare(self) -> bool:
        return self.payer in MEDICARE_PAYERS

    @property
    def kind_stated(self) -> bool:
        """Whether the record says that the text is a whole document of a known kind."""
        return self.note_type in WHOLE_KINDS

    @property
    def all_authors(self) -> tuple[Author, ...]:
        return (self.author, *self.authors) if self.author else self.authors

    def with_facts(self, **facts: Any) -> Note:
        """Returns a copy with other facts; the text and its source map stay."""
        return replace(self, **facts)
