"""The encounter: what the note says was done with this patient today, slot by slot.

``Service`` is one code, heading or box; ``Activity`` is what was done. Every slot is a ``Value``
or None. Time hangs where it was written and is never copied down. Whatever is not today's
treatment stays in ``elsewhere``. Frozen and free of spaCy.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from notelint.language.reading import Certainty, Reading, Span, Statement
from notelint.note import Note

T = TypeVar("T")

Origin = Literal["text", "metadata", "label"]
Supply = Literal["supplied", "absent", "not_supplied"]

#: The closed list of views a rule may declare in ``needs`` (DESIGN §1.5).
NEEDS = (
    "whole_note", "charges", "units", "minutes", "payer", "author", "date", "goals", "plan",
    "flowsheet", "episode", "batch",
)  # fmt: skip


class Value(NamedTuple, Generic[T]):
    """A slot's value, where it stands, where it comes from and how sure it is."""

    value: T
    place: Span | None = None
    origin: Origin = "text"
    certainty: Certainty = "stated"

    @property
    def sure(self) -> bool:
        """Whether the value may fire a rule or enter arithmetic (DESIGN §1.4)."""
        return self.certainty == "stated"


TimeRole = Literal[
    "service", "activity", "total_timed", "total_treatment", "total_untimed", "total",
    "evaluation", "nonbillable", "session", "part", "group", "billed",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class TimeStatement:
    """A statement of treatment time.

    ``minutes`` is the number written (or the length of the interval). ``total`` as a role is a
    total that does not say which one it is. ``excluded`` is true where the text says the minutes
    were left out of the totals. ``service`` is an index into ``Encounter.services``, or -1.
    ``code`` is the code the minutes were written for, by number or by a name that has one code.
    ``half_day_known`` is false for clocks without am, pm or a 24-hour hour.
    """

    role: TimeRole
    minutes: float | None
    place: Span | None
    service: int = -1
    start_clock: int | None = None
    end_clock: int | None = None
    certainty: Certainty = "stated"
    origin: Origin = "text"
    is_range: bool = False
    excluded: bool = False
    label: str = ""
    code: str = ""
    half_day_known: bool = True

    @property
    def sure(self) -> bool:
        """Whether the minutes may fire a rule or enter arithmetic (DESIGN §1.4)."""
        return self.certainty == "stated" and not self.is_range and self.minutes is not None

    @property
    def treats(self) -> bool:
        """Whether it is time of treatment: not of one activity, and not left out of it."""
        return self.role not in ("activity", "nonbillable")


@dataclass(frozen=True, slots=True)
class UnitCount:
    """Units as the text states them: of a code, or of the whole visit (``code`` empty)."""

    units: int
    place: Span
    code: str = ""
    certainty: Certainty = "stated"
    timed_only: bool = False
    modifiers: tuple[str, ...] = ()

    @property
    def sure(self) -> bool:
        return self.certainty == "stated"


@dataclass(frozen=True, slots=True)
class Service:
    """One billed or named service: a code, heading or box, and the words attributed to it.

    ``code`` is ``stated`` when written (or the charge has a matching label), else ``inferred``
    from the label. ``body`` are the spans of the words attributed to it; ``charge`` is an index
    into ``Note.charges`` or -1. ``recalled`` are spans of the body that only name again what others
    tell. ``mode``: one_on_one, group, concurrent, cotreat, caregiver.
    """

    index: int
    place: Span | None
    code: Value[str] | None = None
    label: Value[str] | None = None
    minutes: Value[float] | None = None
    units: Value[int] | None = None
    interval: Value[tuple[int, int]] | None = None
    mode: Value[str] | None = None
    modifiers: tuple[str, ...] = ()
    body: tuple[Span, ...] = ()
    charge: int = -1
    recalled: tuple[Span, ...] = ()

    @property
    def stated_code(self) -> str | None:
        """The code if it may accuse (stated in the text or joined to a charge), else None."""
        return self.code.value if self.code and self.code.sure else None


PurposeKind = Literal["functional", "impairment", "circular", "none"]


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why something was done: a purpose clause, a goal tag, or a task that is the function."""

    kind: PurposeKind
    place: Span | None = None
    words: str = ""
    source: Literal["leading", "trailing", "next_line", "list", "goal_tag", "task", "session"] = (
        "trailing"
    )


class Activity(NamedTuple):
    """One thing done with the patient today.

    ``heads`` are the canonical terms of what was done (exercises, tasks, techniques); empty for a
    generic phrase. ``generic`` marks a head without content ("balance activities"). ``functional``
    marks a head that is itself a functional task. ``statement`` indexes ``Reading.statements``.
    """

    place: Span
    statement: int
    service: int = -1
    heads: tuple[Value[str], ...] = ()
    generic: Value[str] | None = None
    functional: bool = False
    objects: tuple[Value[str], ...] = ()
    dose: Value[str] | None = None
    position: Value[str] | None = None
    surface: Value[str] | None = None
    device: Value[str] | None = None
    assist: Value[str] | None = None
    cues: Value[str] | None = None
    technique: Value[str] | None = None
    reason: Value[str] | None = None
    measure: Value[str] | None = None
    purpose: Purpose | None = None
    goal_ref: Value[str] | None = None
    response: Value[str] | None = None
    codes: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    role: str = "treatment"


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal with its slots: who, what, how much, by when.

    ``kind`` tells a goal that names a function from one that names an impairment only, from
    participation ("will attend therapy"). ``horizon``: short, long or unknown.
    """

    place: Span | None
    id: str = ""
    horizon: Literal["short", "long", "unknown"] = "unknown"
    text: str = ""
    who: Value[str] | None = None
    what: Value[str] | None = None
    kind: Literal["functional", "impairment", "participation", "unclear"] = "unclear"
    measure: Value[str] | None = None
    baseline: Value[str] | None = None
    by_when: Value[str] | None = None
    status: Value[str] | None = None
    origin: Origin = "text"


@dataclass(frozen=True, slots=True)
class Response:
    """How the patient responded: a measure, symptom, quality, cue change, error rate.

    ``empty`` marks "tolerated well" and its like, which say nothing measurable.
    """

    place: Span
    kind: str
    empty: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One statement of the plan. ``empty`` marks "continue POC" and its like."""

    place: Span
    statement: int
    empty: bool = False
    has_frequency: bool = False
    has_next_step: bool = False


@dataclass(frozen=True, slots=True)
class SkillEvidence:
    """One of the three families of catalogue §2.5: technique, decision, progression, monitoring."""

    family: Literal["technique", "decision", "progression", "monitoring", "instruction"]
    place: Span
    term: str = ""


@dataclass(frozen=True, slots=True)
class MeasureMention:
    """A named measure with its value if one is given; ``unit`` is the kind of the quantity."""

    name: str
    place: Span
    value: float | None = None
    maximum: float | None = None
    value_place: Span | None = None
    previous: float | None = None
    certainty: Certainty = "stated"
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Words that are not today's treatment: history, home, plan, goal, quote, family, negated."""

    place: Span
    context: str


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature found in text or metadata."""

    name: str
    credential: str
    place: Span | None = None
    origin: Origin = "text"
    date: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts that decide which rules apply. ``kind_origin`` says how the note type is known:
    ``stated`` in the record, ``inferred`` from the text, or ``unknown``."""

    payer: str = "unknown"
    setting: str = "unknown"
    discipline: str = "unknown"
    note_type: str = "unknown"
    kind_origin: Literal["stated", "inferred", "unknown"] = "unknown"
    programme: str = "unknown"
    date_of_service: date | None = None
    therapy: bool = True
    billed_codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Encounter:
    """Everything the rules of note scope read.

    ``code_minutes`` are the minutes that the text states for each code, ``unit_counts`` its units.
    ``memo`` keeps what is worked out on demand for several rules; it changes no answer.
    """

    note: Note
    reading: Reading
    facts: Facts
    services: tuple[Service, ...] = ()
    activities: tuple[Activity, ...] = ()
    times: tuple[TimeStatement, ...] = ()
    unit_counts: tuple[UnitCount, ...] = ()
    code_minutes: Mapping[str, Value[float]] = field(default_factory=dict)
    goals: tuple[Goal, ...] = ()
    goal_refs: tuple[Value[str], ...] = ()
    responses: tuple[Response, ...] = ()
    plan_items: tuple[PlanItem, ...] = ()
    skills: tuple[SkillEvidence, ...] = ()
    measures: tuple[MeasureMention, ...] = ()
    signatures: tuple[Signature, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    session_purpose: Purpose | None = None
    supplies: Mapping[str, Supply] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    memo: dict[tuple[str, Hashable], Any] = field(
        init=False, default_factory=dict, compare=False, repr=False
    )

    @property
    def text(self) -> str:
        return self.note.text

    def supply(self, need: str) -> Supply:
        """Says whether a view is supplied, known to be absent, or simply not supplied."""
        return self.supplies.get(need, "not_supplied")

    def statements(self, *roles: str) -> Iterator[Statement]:
        """Yields the statements of the given roles, or all."""
        for statement in self.reading.statements:
            if not roles or statement.role in roles:
                yield statement

    def activities_of(self, service: Service) -> Iterator[Activity]:
        for activity in self.activities:
            if activity.service == service.index:
                yield activity

    def services_with(self, *codes: str, stated: bool = True) -> Iterator[Service]:
        """Yields services that carry one of the codes; only codes that may accuse by default."""
        for service in self.services:
            code = service.stated_code if stated else (service.code and service.code.value)
            if code in codes:
                yield service
