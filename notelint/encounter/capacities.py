"""Purposes that reach a function by way of a capacity: "to increase LE strength for stair negotiation".

Under a code of tasks they name no task that was done (catalogue §4.1: capacity or task).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from notelint.encounter.encounter import Encounter
from notelint.encounter.purposes import purposes_in
from notelint.language.loose import loose
from notelint.language.reading import Reading, Span

_CAPACITY = loose(
    r"\b(?:to|for) (?:help |further )?(?:increas\w*|improv\w*|build\w*|gain|promot\w*|maximi[sz]e|restor\w*|develop|incr?|↑)\b[^,.;]{0,30}?\b(?:strength\w*|rom|range of motion|flexibility|endurance|power|motion|mobility)\b(?=[^,.;]{0,16}\b(?:for|needed|required|to|with|during)\b)[^.;]*"
)


#: A note without any of these names no capacity.
_HINTS = ("streng", "rom", "motion", "flexib", "endur", "power", "mobil")


def capacity_aims(reading: Reading, span: Span) -> Sequence[Span]:
    """The purposes that aim at a capacity first, and at a function by way of it."""
    if not any(hint in reading.lower for hint in _HINTS):
        return ()
    return [
        Span(m.start(), m.end()) for m in _CAPACITY.finditer(reading.lower, span.start, span.end)
    ]


def aims_at_capacity(encounter: Encounter, spans: Iterable[Span]) -> bool:
    """Whether every functional purpose of the words comes by way of a capacity."""
    reading = encounter.reading
    found = False
    for span in spans:
        aims = capacity_aims(reading, span)
        for purpose in purposes_in(reading, span.start, span.end):
            if purpose.kind != "functional" or purpose.place is None:
                continue
            place = purpose.place
            if not any(a.start < place.end and place.start < a.end for a in aims):
                return False
            found = True
    return found
