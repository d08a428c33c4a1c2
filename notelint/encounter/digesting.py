"""Makes the text-free digest of an encounter for the episode and batch passes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b

from notelint.encounter.digest import Digest, GoalDigest, LineDigest
from notelint.encounter.encounter import Encounter
from notelint.encounter.reportelements import report_elements
from notelint.encounter.states import flags_of

_MASK = re.compile(r"\d+|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b")
_WORD = re.compile(r"[a-z]+|#")
_SIMILAR_ROLES = frozenset({"treatment", "assessment", "response", "plan", "measure", "other", "education"})


def digest_of(encounter: Encounter, index: int) -> Digest:
    """Returns the digest of one encounter; ``index`` is its place in the run."""
    note, facts = encounter.note, encounter.facts
    return Digest(
        index=index,
        note_id=note.id,
        file=note.file,
        address=_address(encounter),
        patient_id=note.patient_id,
        episode_id=note.episode_id,
        visit_id=note.visit_id,
        clinician_id=note.clinician_id,
        discipline=facts.discipline,
        payer=facts.payer,
        setting=facts.setting,
        note_type=facts.note_type,
        programme=facts.programme,
        date_of_service=facts.date_of_service,
        lines=tuple(LineDigest(c.code, c.units, c.minutes, c.modifiers) for c in note.charges),
        heads=tuple(_heads(encounter)),
        purposes=tuple(sorted({_hash(a.purpose.words) for a in encounter.activities if a.purpose})),
        goals=tuple(
            GoalDigest(g.id, _hash(g.text), g.horizon, g.status.value if g.status else "unknown")
            for g in encounter.goals
        ),
        shingles=tuple(_shingles(encounter)),
        measures=tuple((m.name, m.value) for m in encounter.measures if m.value is not None),
        elements=report_elements(encounter),
        flags=flags_of(encounter),
    )


def _address(encounter: Encounter) -> str:
    source = encounter.note.source
    if source is None:
        return ""
    return source.pointer or (f"row {source.row}" if source.row is not None else "")


def _heads(encounter: Encounter) -> Iterator[tuple[int, int]]:
    for activity in encounter.activities:
        dose = _hash(activity.dose.value) if activity.dose else 0
        for head in activity.heads:
            yield _hash(head.value), dose


def _shingles(encounter: Encounter) -> Iterator[int]:
    words: list[str] = []
    for statement in encounter.statements(*_SIMILAR_ROLES):
        words.extend(_WORD.findall(_MASK.sub("#", encounter.reading.lower[statement.start : statement.end])))
    for i in range(len(words) - 2):
        yield _hash(" ".join(words[i : i + 3]))


def _hash(words: str) -> int:
    return int.from_bytes(blake2b(words.lower().encode(), digest_size=6).digest(), "big")
