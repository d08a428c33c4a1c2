"""Charge rows against the text: code, units, minutes or modifier that differ (TIM117).

Neither is called right. Only what both state is compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.billing.tables import BillingTables
from notelint.billing.units import DISCIPLINE_OF_MODIFIER
from notelint.checks.bills.spent import number
from notelint.checks.bills.wording import units_word
from notelint.encounter.charges import ADD_ONS
from notelint.encounter.encounter import Encounter, UnitCount
from notelint.finding import Place
from notelint.language.reading import Span
from notelint.note import Charge
from notelint.rulebook.rule import Hit

_END = "Correct whichever was recorded wrongly."


def charge_text(encounter: Encounter, tables: BillingTables) -> Iterator[Hit]:
    """Yields a hit for each code whose row and text differ."""
    charges = encounter.note.charges
    if not charges:
        return
    rows: dict[str, list[tuple[int, Charge]]] = {}
    for number_, charge in enumerate(charges):
        rows.setdefault(charge.code, []).append((number_, charge))
    yield from _units(encounter, rows, tables)
    yield from _minutes(encounter, rows)
    yield from _modifiers(encounter, rows)


def _units(
    encounter: Encounter, rows: dict[str, list[tuple[int, Charge]]], tables: BillingTables
) -> Iterator[Hit]:
    for code, counts in _counts(encounter).items():
        stated = _agreed(counts)
        if stated is None or code not in tables.codes:
            continue
        own = rows.get(code)
        if own is None:
            if _is_charge_note(encounter, counts[0]):
                yield _hit(
                    encounter, counts[0].place, (),
                    f"The text states {units_word(stated)} of {code}; no charge row has this code. {_END}", code,
                )  # fmt: skip
            continue
        if any(c.units is None for _, c in own):
            continue
        billed = sum(c.units or 0 for _, c in own)
        if billed != stated and not _counts_all(encounter, counts[0], _of_all(rows, tables)):
            yield _hit(
                encounter, counts[0].place, _rows(own),
                f"The text states {units_word(stated)} of {code}; the charge has {units_word(billed)}. {_END}", code,
            )  # fmt: skip


def _counts_all(encounter: Encounter, count: UnitCount, of_all: int) -> bool:
    """Whether a count in a statement with several codes or minutes is that of the visit."""
    if count.units != of_all:
        return False
    statement = encounter.reading.statement_at(count.place.start)
    if statement is None:
        return False
    told = encounter.reading.quantities_in(statement.start, count.place.start, "code", "minutes")
    return sum(1 for _ in told) > 1


def _of_all(rows: dict[str, list[tuple[int, Charge]]], tables: BillingTables) -> int:
    """Returns the units of all timed codes: what "97140 11' / 97110 27' = 38', 3u" counts."""
    return sum(
        c.units or 0
        for code, own in rows.items()
        if len(rows) > 1 and code in tables.codes and tables.codes[code].timed
        for _, c in own
    )


def _counts(encounter: Encounter) -> dict[str, list[UnitCount]]:
    found: dict[str, list[UnitCount]] = {}
    for count in encounter.unit_counts:
        if count.code and count.sure:
            found.setdefault(count.code, []).append(count)
    return found


def _agreed(counts: list[UnitCount]) -> int | None:
    values = {c.units for c in counts}
    return values.pop() if len(values) == 1 else None


def _is_charge_note(encounter: Encounter, count: UnitCount) -> bool:
    """Whether the count is of a code written out, not of a name that may mean another code."""
    return count.code.lower() in encounter.reading.lower


def _minutes(encounter: Encounter, rows: dict[str, list[tuple[int, Charge]]]) -> Iterator[Hit]:
    for code, value in encounter.code_minutes.items():
        own = rows.get(code)
        if (
            own is None
            or not value.sure
            or value.place is None
            or any(c.minutes is None for _, c in own)
        ):
            continue
        recorded = sum(c.minutes or 0 for _, c in own)
        added = [
            c.minutes or 0 for a, b in ADD_ONS.items() if b == code for _, c in rows.get(a, ())
        ]
        if value.value == recorded + sum(added):
            continue  # "cognitive therapy, 30 min": the code alone, or with its add-on
        if recorded != value.value and not _is_one_row(encounter, code, own):
            yield _hit(
                encounter, value.place, _rows(own),
                f"The text states {number(value.value)} min of {code}; the charge has {number(recorded)} min. {_END}", code,
            )  # fmt: skip


def _is_one_row(encounter: Encounter, code: str, own: list[tuple[int, Charge]]) -> bool:
    """Several rows of one code: the text may give the minutes of one of them."""
    if len(own) < 2:
        return False
    stated = {t.minutes for t in encounter.times if t.code == code and t.origin == "text"}
    return any(c.minutes in stated for _, c in own)


def _modifiers(encounter: Encounter, rows: dict[str, list[tuple[int, Charge]]]) -> Iterator[Hit]:
    if "charges.modifiers" not in encounter.note.carried and not any(
        c.modifiers for c in encounter.note.charges
    ):
        return
    for service in encounter.services:
        code = service.stated_code
        if code is None or service.place is None or not service.modifiers or code not in rows:
            continue
        own = rows[code]
        written = frozenset(service.modifiers)
        if any(
            written == charged or written == charged - DISCIPLINE_OF_MODIFIER.keys()
            for charged in (frozenset(c.modifiers) for _, c in own)
        ):
            continue  # a note need not repeat the discipline's ("97116-59" of a charge with GP 59)
        if len(own) > 1 and written <= {m for _, c in own for m in c.modifiers}:
            continue
        place = service.code.place if service.code and service.code.place else service.place
        known = any(c.modifiers for c in encounter.note.charges)
        billed = " ".join(own[0][1].modifiers) or "none"
        yield _hit(
            encounter, place, _rows(own),
            f"The text states {code} with {' '.join(service.modifiers)}; the charge has {billed}. {_END}", code,
            known=known,
        )  # fmt: skip


#: What may stand between a code or its name and what counts it.
_MARKS = re.compile(
    r"[\s|:;,.()\[\]=@x×–—-]*(?:(?:mod(?:ifier)?s?|g[pon]|kx|59|xs|c[qo])[\s|:;,.()-]*)*"
)


def _beside(encounter: Encounter, place: Span, code: str) -> bool:
    """Whether a count stands right beside its code or the name of a service, so that the text surely
    gives it to the code: what was counted a sentence away may be another's."""
    reading = encounter.reading
    if code in reading.text[place.start : place.end]:
        return True
    low = reading.back(place.start, _NEAR)
    ends = [q.end for q in reading.quantities_in(low, place.start, "code") if q.text == code]
    ends += [m.end for m in reading.mentions_in(low, place.start, "service_label")]
    if any(_MARKS.fullmatch(reading.lower, end, place.start) for end in ends):
        return True
    after = reading.quantities_in(place.end, place.end + _NEAR, "code")
    return any(
        q.text == code and _MARKS.fullmatch(reading.lower, place.end, q.start) for q in after
    )


#: A code and its count stand no further apart.
_NEAR = 48


def _rows(own: list[tuple[int, Charge]]) -> tuple[Place, ...]:
    return tuple(Place("evidence", f"charges[{i}]", label="charge row") for i, _ in own)


def _hit(
    encounter: Encounter,
    place: Span,
    evidence: tuple[Place, ...],
    message: str,
    code: str,
    *,
    known: bool = True,
) -> Hit:
    """The hit on words of the text; ``known`` is false where the record may leave such things out."""
    stage = "stated" if known and _beside(encounter, place, code) else "unverified"
    return Hit(
        "words", place.start, place.end, evidence=evidence, message=message,
        facts={"code": code, "stage": stage},
    )  # fmt: skip
