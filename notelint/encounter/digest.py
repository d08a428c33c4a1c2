"""A digest: a frozen, text-free summary of an encounter for the episode and batch passes.

It holds ids, dates, codes, minutes, units, heads and doses (as hashes where they are words),
states and shingle hashes: nothing from which a sentence of the note can be read. A digest is what
the cache keeps and what episode and batch checks take.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class LineDigest:
    """One charge row: code, units, minutes, modifiers, and whether they come from text."""

    code: str
    units: int | None = None
    minutes: float | None = None
    modifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoalDigest:
    """One goal: id, hash of its text, horizon, and state (met, active, revised, unknown)."""

    id: str
    text_hash: int
    horizon: str = "unknown"
    state: str = "unknown"


@dataclass(frozen=True, slots=True)
class Digest:
    """One note without its words. ``index`` is the note's place in the run; ``file`` and
    ``address`` (row, line or pointer) say where it can be read again.

    ``shingles`` are hashes of masked word triples of the objective, assessment and plan parts, in
    text order; ``heads`` pairs an activity head's hash with its dose's hash; ``purposes`` are
    hashes of purpose clauses; ``elements`` are the progress report elements found (period,
    goal_status, measure, plan, goal_changes, clinician_signature); ``flags`` are named states
    (progress_report, evaluation, reevaluation, recert, discharge, signed_by_assistant,
    signed_by_therapist, progression, reason, skilled_change, maintenance, extra_visit,
    not_therapy, minimum_minutes, ...); ``amounts`` are hashes of the doses, loads, levels of help
    and results of the day; ``dates`` holds ISO days by name (certified_from, certified_to).
    """

    index: int
    note_id: str
    file: str = ""
    address: str = ""
    patient_id: str | None = None
    episode_id: str | None = None
    visit_id: str | None = None
    clinician_id: str | None = None
    discipline: str = "unknown"
    payer: str = "unknown"
    setting: str = "unknown"
    note_type: str = "unknown"
    programme: str = "unknown"
    date_of_service: date | None = None
    lines: tuple[LineDigest, ...] = ()
    timed_minutes: float | None = None
    total_minutes: float | None = None
    heads: tuple[tuple[int, int], ...] = ()
    purposes: tuple[int, ...] = ()
    goals: tuple[GoalDigest, ...] = ()
    shingles: tuple[int, ...] = ()
    amounts: tuple[int, ...] = ()
    measures: tuple[tuple[str, float], ...] = ()
    elements: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()
    dates: dict[str, str] = field(default_factory=dict)
    plan_visits_per_week: tuple[float, float] | None = None

    @property
    def episode_key(self) -> tuple[str, str] | None:
        """The key that joins notes to an episode and the value, or None when there is none."""
        if self.episode_id:
            return "episode_id", self.episode_id
        if self.patient_id and self.discipline != "unknown":
            return "patient_id + discipline", f"{self.patient_id}/{self.discipline}"
        return None
