"""What a visit bills: the charge rows of the record, or the codes and units the text states.

Charges and text are never merged. With charges the bill is the charges; without, it is what the
text states surely. ``charge-text-mismatch`` holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from notelint.billing.codes import Code
from notelint.billing.units import pools, units_by_code
from notelint.encounter.encounter import Encounter, UnitCount
from notelint.finding import Place
from notelint.language.reading import Span


@dataclass(frozen=True, slots=True)
class Line:
    """One billed line. ``target`` is ``charges[i]`` or ``text``; ``place`` is its place in text."""

    code: str
    units: int | None = None
    minutes: float | None = None
    modifiers: tuple[str, ...] = ()
    discipline: str | None = None
    target: str = "text"
    place: Span | None = None

    def as_place(self, label: str, *, main: bool = False) -> Place:
        role = "main" if main else "evidence"
        if self.place is None:
            return Place(role, self.target, label=label)  # type: ignore[arg-type]
        return Place(role, "text", self.place.start, self.place.end, label)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Bill:
    """The lines of one visit. ``recorded``: they are charge rows. ``whole`` are units that the
    text states for the visit and for no one code. ``modified``: modifiers are known for the lines.
    """

    lines: tuple[Line, ...]
    codes: Mapping[str, Code]
    discipline: str
    recorded: bool
    whole: tuple[UnitCount, ...] = ()
    modified: bool = False

    @property
    def timed(self) -> tuple[Line, ...]:
        """Lines whose minutes pool into 15-minute units."""
        return tuple(x for x in self.lines if x.code in self.codes and self.codes[x.code].pooled)

    @property
    def any_timed(self) -> tuple[Line, ...]:
        """Lines of any code that is counted in minutes."""
        return tuple(x for x in self.lines if x.code in self.codes and self.codes[x.code].timed)

    @property
    def untimed(self) -> tuple[Line, ...]:
        return tuple(x for x in self.lines if x.code in self.codes and not self.codes[x.code].timed)

    @property
    def only_timed(self) -> bool:
        """Whether every line is a known timed code, so that timed time is all the time there is."""
        return bool(self.lines) and len(self.any_timed) == len(self.lines)

    @property
    def units(self) -> dict[str, int] | None:
        """Billed units by code, or None where a line has none stated."""
        return units_by_code(self.lines)

    def timed_units(self) -> tuple[int, UnitCount | None] | None:
        """Billed 15-minute units: the sum of the lines, or the number the text gives for all."""
        counts = [x.units for x in self.timed]
        if counts and None not in counts:
            return sum(n for n in counts if n is not None), None
        if self.recorded or self.untimed:
            stated = [w for w in self.whole if w.timed_only]
        else:
            stated = list(self.whole)
        if self.timed and len(stated) == 1 and not self.recorded:
            return stated[0].units, stated[0]
        return None

    def pools(self) -> list[tuple[str, Bill]]:
        """One bill a discipline: minutes of PT never pool with minutes of OT."""
        found = list(pools(self.lines, default=self.discipline))
        if len(found) < 2:
            return [(self.discipline, self)]
        return [
            (
                name,
                Bill(
                    tuple(x for x in lines if isinstance(x, Line)),
                    self.codes,
                    name,
                    self.recorded,
                    (),
                    self.modified,
                ),
            )
            for name, lines in found
        ]


def bill_of(encounter: Encounter, codes: Mapping[str, Code]) -> Bill:
    """Returns the bill of a visit; put together once an encounter."""
    key = ("bill", 0)
    known: Bill | None = encounter.memo.get(key)
    if known is None or known.codes is not codes:
        known = encounter.memo[key] = _bill(encounter, codes)
    return known


def _bill(encounter: Encounter, codes: Mapping[str, Code]) -> Bill:
    note = encounter.note
    whole = tuple(u for u in encounter.unit_counts if not u.code and u.sure)
    if note.charges:
        lines = tuple(
            Line(c.code, c.units, c.minutes, c.modifiers, c.discipline, f"charges[{i}]")
            for i, c in enumerate(note.charges)
        )
        modified = "charges.modifiers" in note.carried or any(c.modifiers for c in note.charges)
        return Bill(lines, codes, note.discipline, True, whole, modified)
    lines = tuple(_written(encounter))
    return Bill(lines, codes, note.discipline, False, whole, any(x.modifiers for x in lines))


def _written(encounter: Encounter) -> Iterator[Line]:
    """Codes that the text states, and names that it gives units."""
    seen: set[str] = set()
    counted = {u.code: u for u in reversed(encounter.unit_counts) if u.code and u.sure}
    for service in encounter.services:
        code = service.stated_code
        if code is None or code in seen:
            continue
        seen.add(code)
        count = counted.get(code)
        minutes = service.minutes.value if service.minutes and service.minutes.sure else None
        place = count.place if count else (service.code.place if service.code else service.place)
        yield Line(
            code,
            count.units if count else None,
            minutes,
            service.modifiers or (count.modifiers if count else ()),
            place=place,
        )
    for code, count in counted.items():
        if code not in seen:
            yield Line(code, count.units, None, count.modifiers, place=count.place)


def named_timed(encounter: Encounter, codes: Mapping[str, Code]) -> list[str]:
    """Timed codes that the text names by code or by a service name at the head of an item."""
    found: dict[str, None] = {}
    for service in encounter.services:
        code = service.code.value if service.code else ""
        if code in codes and codes[code].timed and service.place is not None:
            found[code] = None
    return list(found)


def list_units(lines: tuple[Line, ...]) -> str:
    """Returns ``97110 2 + 97530 1``: billed units by code in the order of the lines."""
    counts: dict[str, int] = {}
    for line in lines:
        counts[line.code] = counts.get(line.code, 0) + (line.units or 0)
    return " + ".join(f"{code} {count}" for code, count in counts.items())
