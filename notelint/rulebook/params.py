"""The parameters of every check kind: what a rule file may set, and nothing else.

The kinds are a closed set. A parameter is a lexicon name, an enumeration or a threshold; one that
looks like an expression is a new kind. ``KINDS`` is the registry the loader validates against;
the code of a kind is the module of the same name in ``notelint.checks``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class VagueStatement:
    """A statement that says that something was so and holds nothing specific.

    ``subject`` chooses the grammar: an activity, a response, a plan, a pointer elsewhere, a claim
    of progress, a quantity, the subjective part, cueing, education, encouragement, work done alone,
    pain, a refusal, or the role of the clinician.
    """

    subject: Literal[
        "activity", "response", "plan", "pointer", "progress", "quantity", "subjective", "cueing",
        "education", "encouragement", "independence", "pain", "refusal", "role",
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class LabelOnly:
    """A service label that is the whole description. ``codes`` limits it; empty: all."""

    codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PhraseWithout:
    """A phrase of a lexicon without something that would make it content.

    ``tag`` narrows the lexicon; ``without`` names lexicons and ``without_quantities`` quantity
    kinds that satisfy, looked for ``within`` the statement, the section or the note. ``roles``
    limits the statements looked at; ``not_roles`` and ``not_contexts`` exclude. ``without_tags``
    satisfy when a mention of ``without`` carries one of them (empty: any). ``grammar`` names the
    grammar that finds the same claim in words of no list.
    """

    lexicon: str
    tag: str = ""
    grammar: Literal["", "skill_claim"] = ""
    without: frozenset[str] = frozenset()
    without_tags: frozenset[str] = frozenset()
    without_quantities: frozenset[str] = frozenset()
    within: Literal["statement", "neighbours", "section", "note"] = "statement"
    roles: frozenset[str] = frozenset()
    not_roles: frozenset[str] = frozenset()
    not_contexts: frozenset[str] = frozenset()
    skill_satisfies: bool = False
    purpose: bool = False
    sole: bool = False


@dataclass(frozen=True, slots=True)
class ListWithout:
    """A list of at least ``least`` dosed items without a linking word for all of them."""

    least: int = 3


@dataclass(frozen=True, slots=True)
class SlotMissing:
    """A thing of the encounter without one of its slots.

    ``of`` names the thing, ``slot`` what it lacks; the pairs are a closed list in the module.
    ``episode`` names a law of ``episode-sequence`` that the rule asks of the notes of an episode
    as well, after each note by itself.
    """

    of: Literal[
        "activity",
        "goal",
        "note",
        "session",
        "plan",
        "measure",
        "signature",
        "progress",
        "discharge",
        "evaluation",
        "abbreviation",
        "template",
    ]
    slot: str
    codes: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    elements: tuple[str, ...] = ()
    episode: str = ""


@dataclass(frozen=True, slots=True)
class ServiceLacks:
    """The words of a service lack an element of its code's intent.

    ``need`` are elements of ``rules/data/code_cues.yaml`` that must all be there; ``also`` are
    named as not found but never missed alone; in words that are no service's own, the elements count
    only beside one of ``topic``, and with ``one_item`` only together. ``purpose``: a functional purpose satisfies.
    ``unknown``: a statement with more words than this that no list knows may hold what is missing.
    """

    codes: frozenset[str]
    need: tuple[str, ...]
    also: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    one_item: bool = False
    purpose: bool = False
    unknown: int = 3


@dataclass(frozen=True, slots=True)
class ServiceOther:
    """The words attributed to a service describe another one; ``test`` names which contrast."""

    test: str
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TimeTotal:
    """A statement of time that is missing or does not add up; ``test`` names which."""

    test: str


@dataclass(frozen=True, slots=True)
class Units:
    """Units against minutes and code structure; ``test`` names which."""

    test: str


@dataclass(frozen=True, slots=True)
class Interval:
    """Clock intervals: overlap and completeness; ``test`` names which."""

    test: str


@dataclass(frozen=True, slots=True)
class Modifier:
    """Modifiers, edits, thresholds and delivery statements of charges; ``test`` names which.

    ``batch``: the rule also looks at all visits of a run, after each note by itself.
    """

    test: str
    batch: bool = False


@dataclass(frozen=True, slots=True)
class ValueRange:
    """A measure's value against its instrument; ``test`` names which."""

    test: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two places that cannot both be so; ``test`` names which pair."""

    test: str


@dataclass(frozen=True, slots=True)
class EpisodeSequence:
    """Notes of one episode in date order, or of one batch; ``test`` names which law."""

    test: str
    thresholds: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Similarity:
    """Notes that repeat each other. ``ratio`` of shared masked word triples."""

    test: str
    ratio: float = 0.9


KINDS: Mapping[str, type] = {
    "vague-statement": VagueStatement,
    "label-only": LabelOnly,
    "phrase-without": PhraseWithout,
    "list-without": ListWithout,
    "slot-missing": SlotMissing,
    "service-lacks": ServiceLacks,
    "service-other": ServiceOther,
    "time-total": TimeTotal,
    "units": Units,
    "interval": Interval,
    "modifier": Modifier,
    "value-range": ValueRange,
    "conflict": Conflict,
    "episode-sequence": EpisodeSequence,
    "similarity": Similarity,
}
