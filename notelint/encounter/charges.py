"""Matches what was charged to the services told, and finds the only code that a note bills."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from notelint.encounter.encounter import Service, Value
from notelint.note import Charge, Note

#: Codes for a further stretch of the same service.
ADD_ONS = {"97130": "97129"}


def with_charges(services: list[Service], note: Note) -> list[Service]:
    """Matches charges to services by code; a matching charge makes a label's code stated."""
    result = list(services)
    used: set[int] = set()
    for number, charge in enumerate(note.charges):
        at = next(
            (
                i
                for i, s in enumerate(result)
                if s.code and s.code.value == charge.code and i not in used
            ),
            None,
        )
        if at is None:
            result.append(_charged(charge, number))
            used.add(len(result) - 1)
            continue
        used.add(at)
        code = result[at].code
        assert code is not None
        stated = code._replace(certainty="stated")
        result[at] = replace(result[at], code=stated, charge=number, **_charge_values(charge))
    return result


def _charge_values(charge: Charge) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if charge.units is not None:
        values["units"] = Value(charge.units, None, "metadata")
    if charge.minutes is not None:
        values["minutes"] = Value(charge.minutes, None, "metadata")
    return values


def _charged(charge: Charge, number: int) -> Service:
    return Service(
        0,
        None,
        Value(charge.code, None, "metadata"),
        modifiers=charge.modifiers,
        charge=number,
        **_charge_values(charge),
    )


def single_code(services: list[Service], note: Note) -> int | None:
    """The index of the only billed code of a note, whose body then is the whole treatment.

    An add-on is billed with the code that it goes on with, and for the same words.
    """
    billed = [
        i
        for i, s in enumerate(services)
        if s.stated_code and ADD_ONS.get(s.stated_code) not in {o.stated_code for o in services}
    ]
    charged = {c.code for c in note.charges}
    if note.charges and len({c for c in charged if ADD_ONS.get(c) not in charged}) == 1:
        code = next(c.code for c in note.charges if ADD_ONS.get(c.code) not in charged)
        return next((i for i in billed if services[i].stated_code == code), None)
    if len(billed) == 1 and all(
        i == billed[0] or ADD_ONS.get(s.stated_code or "") == services[billed[0]].stated_code
        for i, s in enumerate(services)
    ):
        return billed[0]
    return None


def add_ons(services: list[Service], single: int) -> set[int]:
    """The add-ons of a note's only code that no words of their own are told for."""
    first = services[single].stated_code
    return {
        i
        for i, s in enumerate(services)
        if s.stated_code and ADD_ONS.get(s.stated_code) == first and not s.body
    }
