"""The sampling frame: every unit that could be drawn, with ids and facts and no text."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from notelint.errors import InputError, UsageError, did_you_mean
from notelint.note import Note

UNITS = ("note", "visit", "episode", "patient")

#: Facts of a unit that strata, filters and certainty conditions may name.
FACTS: Mapping[str, Callable[[Note], str]] = {
    "clinician": lambda n: n.clinician_id or (n.author.name if n.author else "") or "unknown",
    "credential": lambda n: (n.author.credential if n.author else "") or "unknown",
    "clinic": lambda n: n.clinic_id or "unknown",
    "payer": lambda n: n.payer,
    "setting": lambda n: n.setting,
    "discipline": lambda n: n.discipline,
    "note_type": lambda n: n.note_type,
    "programme": lambda n: n.programme,
    "status": lambda n: n.status,
    "month": lambda n: n.date_of_service.isoformat()[:7] if n.date_of_service else "unknown",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that can be drawn: its id, the notes it holds (in date order) and its facts.

    ``texts`` are SHA-256 hashes of the notes' texts, so that a changed note is noticed later.
    ``codes`` are the billed codes; ``units`` the billed units in all.
    """

    id: str
    notes: tuple[str, ...]
    texts: tuple[str, ...]
    facts: Mapping[str, str]
    date: str = ""
    codes: tuple[str, ...] = ()
    units: int = 0

    @property
    def line(self) -> str:
        """What the frame's hash covers."""
        facts = "\x1f".join(f"{key}={self.facts[key]}" for key in sorted(self.facts))
        notes = "\x1f".join(self.notes)
        return f"{self.id}\x1e{notes}\x1e{facts}\x1e{self.date}\x1e{','.join(self.codes)}"


@dataclass(frozen=True, slots=True)
class Frame:
    """The units in id order. ``left_out`` counts notes that no unit could take, by reason."""

    unit: str
    units: tuple[Unit, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """Hash of ids, notes, facts, dates and codes of every unit; it does not cover text."""
        return _sha("\n".join(unit.line for unit in self.units))

    @property
    def text_sha256(self) -> str:
        """Hash of the hashes of every note's text."""
        return _sha("\n".join(text for unit in self.units for text in unit.texts))


def text_hash(text: str) -> str:
    """Returns the SHA-256 of a note's text, in hex."""
    return _sha(text)


def build_frame(notes: Iterable[Note], unit: str = "note") -> Frame:
    """Groups notes into units. Only ids, hashes and facts are kept, so the notes may stream.

    Raises:
        UsageError: ``unit`` is none of ``UNITS``.
        InputError: no note carries what the unit needs, or two notes cannot be told apart.
    """
    if unit not in UNITS:
        raise UsageError(f"--unit does not know '{unit}'.", remedy=did_you_mean(unit, UNITS))
    members = [_Member.of(note, unit) for note in notes]
    keys = note_keys([(member.note, member.file) for member in members])
    groups: dict[str, list[tuple[str, _Member]]] = {}
    left_out: Counter[str] = Counter()
    for key, member in zip(keys, members, strict=True):
        name = key if unit == "note" else member.unit
        if name is None:
            left_out[f"no {unit} id"] += 1
            continue
        groups.setdefault(name, []).append((key, member))
    if not groups:
        seen = f"None of the {len(members):,} notes carries an id of its {unit}."
        raise InputError(
            seen if members else "No notes were found.",
            remedy="Map the export's columns, or choose another --unit.",
        )
    units = (_unit(name, found) for name, found in groups.items())
    return Frame(unit, tuple(sorted(units, key=lambda u: u.id)), dict(left_out))


def note_keys(named: Sequence[tuple[str, str]]) -> list[str]:
    """Gives each note of ``(id, file)`` a key: its id, or ``file/id`` where others have that id.

    Raises:
        InputError: two notes of one file have the same id.
    """
    times = Counter(name for name, _ in named)
    keys = [name if times[name] == 1 else f"{file}/{name}" for name, file in named]
    twice = next((key for key, count in Counter(keys).items() if count > 1), None)
    if twice is not None:
        raise InputError(
            f"Two notes have the same id, '{twice}'.",
            remedy="Give each note its own id: a sample could not say which one it drew.",
        )
    return keys


def keyed(notes: Sequence[Note]) -> list[Note]:
    """The notes, each with its key as its id."""
    keys = note_keys([(note.id, PurePath(note.file).name) for note in notes])
    return [
        note if note.id == key else note.with_facts(id=key)
        for key, note in zip(keys, notes, strict=True)
    ]


def unit_key(note: Note, unit: str) -> str | None:
    """The id of the unit that a note belongs to, or None when its record does not say."""
    if unit == "note":
        return note.id
    if unit == "patient":
        return note.patient_id
    if unit == "episode":
        if note.episode_id:
            return note.episode_id
        known = note.patient_id and note.discipline != "unknown"
        return f"{note.patient_id}/{note.discipline}" if known else None
    if note.visit_id:
        return note.visit_id
    if note.patient_id and note.date_of_service:
        return f"{note.patient_id}/{note.date_of_service.isoformat()}/{note.discipline}"
    return None


def select(frame: Frame, conditions: Sequence[str], since: str = "", until: str = "") -> Frame:
    """Keeps the units that meet every condition (``fact=value``, ``code=97530``, ``units>=8``)
    and whose first date of service lies between two ISO dates."""
    tests = [condition(text) for text in conditions]
    kept = tuple(
        unit
        for unit in frame.units
        if all(test(unit) for test in tests)
        and (not since or unit.date >= since)
        and (not until or "" < unit.date <= until)
    )
    if not kept:
        raise UsageError(
            f"None of the {len(frame.units):,} units meets the conditions.",
            remedy="Loosen --where, --from or --to.",
        )
    return Frame(frame.unit, kept, frame.left_out)


def condition(text: str) -> Callable[[Unit], bool]:
    """Reads one condition. ``fact=a|b`` admits either value.

    Raises:
        UsageError: it is not written that way, or the fact is not known.
    """
    name, at_least, number = text.partition(">=")
    if at_least:
        if name.strip() != "units" or not number.strip().isdigit():
            raise UsageError(f"'{text}' is not a condition.", remedy="Write units>=8.")
        least = int(number)
        return lambda unit: unit.units >= least
    name, equals, value = text.partition("=")
    name = name.strip().replace("-", "_")
    if not equals or not value.strip():
        raise UsageError(f"'{text}' is not a condition.", remedy="Write payer=medicare_b.")
    values = frozenset(v.strip() for v in value.split("|"))
    if name == "code":
        return lambda unit: not values.isdisjoint(unit.codes)
    if name == "id":
        return lambda unit: unit.id in values
    if name not in FACTS:
        raise UsageError(
            f"'{name}' is no fact of a unit.", remedy=did_you_mean(name, ("code", "id", *FACTS))
        )
    return lambda unit: unit.facts[name] in values


@dataclass(frozen=True, slots=True)
class _Member:
    """What the frame keeps of a note."""

    note: str
    unit: str | None
    file: str
    text: str
    facts: Mapping[str, str]
    date: str
    codes: tuple[str, ...]
    units: int

    @classmethod
    def of(cls, note: Note, unit: str) -> _Member:
        return cls(
            note.id,
            unit_key(note, unit),
            PurePath(note.file).name,
            text_hash(note.text),
            {name: fact(note) for name, fact in FACTS.items()},
            note.date_of_service.isoformat() if note.date_of_service else "",
            tuple(sorted({charge.code for charge in note.charges})),
            sum(charge.units or 0 for charge in note.charges),
        )


def _unit(name: str, members: Sequence[tuple[str, _Member]]) -> Unit:
    ordered = sorted(members, key=lambda found: (found[1].date, found[0]))
    notes = [member for _, member in ordered]
    facts: dict[str, str] = {}
    for fact in FACTS:
        values = {note.facts[fact] for note in notes}
        facts[fact] = values.pop() if len(values) == 1 else "mixed"
    return Unit(
        name,
        tuple(key for key, _ in ordered),
        tuple(note.text for note in notes),
        facts,
        next((note.date for note in notes if note.date), ""),
        tuple(sorted({code for note in notes for code in note.codes})),
        sum(note.units for note in notes),
    )


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
