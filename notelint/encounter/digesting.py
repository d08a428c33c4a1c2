"""Makes the text-free digest of an encounter for the episode and batch passes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b
from zlib import crc32

from notelint.encounter.digest import Digest, GoalDigest, LineDigest
from notelint.encounter.encounter import Encounter
from notelint.encounter.planfacts import plan_dates, visits_per_week
from notelint.encounter.reportelements import report_elements
from notelint.encounter.states import flags_of

_MASK = re.compile(r"\d+|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b")
_WORD = re.compile(r"[a-z]+|#")
_SIMILAR_ROLES = frozenset(
    {"treatment", "assessment", "response", "plan", "measure", "other", "education"}
)
_LEAST_PURPOSE = 4
#: The factor of the rolled hash (odd, its bits well spread) and the width of all hashes.
_MULTIPLIER, _48_BITS = 0x9E3779B97F4A7C15, (1 << 48) - 1
_NO_AMOUNT = frozenset(
    {"minutes", "units", "code", "date", "clock", "clock_range", "frequency", "duration", "age"}
)


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
        lines=tuple(_lines(encounter)),
        timed_minutes=_stated(encounter, "total_timed"),
        total_minutes=_stated(encounter, "total_treatment", "total"),
        heads=tuple(_heads(encounter)),
        purposes=tuple(sorted(set(_purposes(encounter)))),
        goals=tuple(
            GoalDigest(g.id, _hash(g.text), g.horizon, g.status.value if g.status else "unknown")
            for g in encounter.goals
        ),
        shingles=tuple(_shingles(encounter)),
        amounts=tuple(sorted(set(_amounts(encounter)))),
        measures=tuple((m.name, m.value) for m in encounter.measures if m.value is not None),
        elements=report_elements(encounter),
        flags=flags_of(encounter),
        dates=plan_dates(encounter),
        plan_visits_per_week=visits_per_week(encounter),
    )


def _address(encounter: Encounter) -> str:
    source = encounter.note.source
    if source is None:
        return ""
    return source.pointer or (f"row {source.row}" if source.row is not None else "")


def _lines(encounter: Encounter) -> Iterator[LineDigest]:
    """The charge rows; without any, the codes that the text states with its units and minutes."""
    for charge in encounter.note.charges:
        yield LineDigest(charge.code, charge.units, charge.minutes, charge.modifiers)
    if encounter.note.charges:
        return
    for service in encounter.services:
        code = service.stated_code
        if code is not None:
            units = service.units.value if service.units and service.units.sure else None
            minutes = service.minutes.value if service.minutes and service.minutes.sure else None
            yield LineDigest(code, units, minutes, service.modifiers)


def _stated(encounter: Encounter, *roles: str) -> float | None:
    """The minutes of a total, if all its statements agree."""
    found = {t.minutes for t in encounter.times if t.role in roles and t.sure}
    return found.pop() if len(found) == 1 else None


def _heads(encounter: Encounter) -> Iterator[tuple[int, int]]:
    for activity in encounter.activities:
        dose = _hash(activity.dose.value) if activity.dose else 0
        for head in activity.heads:
            yield _hash(head.value), dose


def _purposes(encounter: Encounter) -> Iterator[int]:
    """Functional purposes in words of their own; "for stairs" may be said every day."""
    for activity in encounter.activities:
        purpose = activity.purpose
        if purpose and purpose.kind == "functional" and purpose.source != "goal_tag":
            words = " ".join(_WORD.findall(purpose.words.lower()))
            if len(words.split()) >= _LEAST_PURPOSE:
                yield _hash(words)


def _amounts(encounter: Encounter) -> Iterator[int]:
    """What could differ between two days of one programme: doses, results, levels of help."""
    reading = encounter.reading
    for statement in encounter.statements(*_SIMILAR_ROLES):
        if statement.role == "plan":
            continue
        for quantity in reading.quantities_in(statement.start, statement.end):
            if quantity.kind not in _NO_AMOUNT:
                yield _hash(f"{quantity.kind} {' '.join(f'{v:g}' for v in quantity.values)}")
        for mention in reading.mentions_in(statement.start, statement.end, "assist"):
            yield _hash(reading.lower[mention.start : mention.end])


def _shingles(encounter: Encounter) -> Iterator[int]:
    """Hashes of each three words, rolled from hashes of the words: a note has hundreds of them."""
    lower = encounter.reading.lower
    words: list[int] = []
    for statement in encounter.statements(*_SIMILAR_ROLES):
        masked = _MASK.sub("#", lower[statement.start : statement.end])
        words += [crc32(word.encode()) for word in _WORD.findall(masked)]
    for first, second, third in zip(words, words[1:], words[2:], strict=False):
        yield ((first * _MULTIPLIER + second) * _MULTIPLIER + third) & _48_BITS


def _hash(words: str) -> int:
    return int.from_bytes(blake2b(words.lower().encode(), digest_size=6).digest(), "big")
