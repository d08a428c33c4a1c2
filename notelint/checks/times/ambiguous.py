"""Minutes written so that they may be something else (C13).

The one rule about ambiguity itself: ``25'``, ``15m``, ``x 15``, ``gait 20``, a range. Silent where
the record or a stated total settles the reading.
"""

from __future__ import annotations

from collections.abc import Iterator

from notelint.billing.tables import BillingTables
from notelint.encounter.encounter import Encounter, TimeStatement
from notelint.rulebook.rule import Hit


def units(encounter: Encounter, tables: BillingTables) -> Iterator[Hit]:
    """Yields a hit for each time of a service without a clear unit."""
    del tables
    doubtful = [t for t in encounter.times if _is_doubtful(encounter, t)]
    if _settled(encounter, doubtful):
        return
    for time in doubtful:
        assert time.place is not None
        if time.code and _recorded(encounter, time):
            continue
        start = _owner_start(encounter, time)
        if time.is_range:
            yield Hit(
                "words", start, time.place.end,
                message="“{match}” is a range; minutes of treatment are one number.",
                ask="How many minutes was it?",
            )  # fmt: skip
        else:
            yield Hit("words", start, time.place.end)


def _is_doubtful(encounter: Encounter, time: TimeStatement) -> bool:
    if time.place is None or time.role not in ("service", "evaluation"):
        return False
    if time.is_range:
        return True
    if time.certainty != "ambiguous":
        return False
    words = encounter.reading.lower[time.place.start : time.place.end]
    return "min" not in words and ":" not in words and "hour" not in words and "hr" not in words


def _settled(encounter: Encounter, doubtful: list[TimeStatement]) -> bool:
    """Whether a stated total is the sum of what is stated and what is in doubt."""
    parts = [
        t
        for t in encounter.times
        if t.role in ("service", "part") and t.minutes and t.start_clock is None
    ]
    if not doubtful or any(t.is_range for t in doubtful):
        return False
    total = sum(t.minutes or 0 for t in parts)
    return any(
        t.role in ("total_timed", "total", "total_treatment") and t.minutes == total
        for t in encounter.times
    )


def _recorded(encounter: Encounter, time: TimeStatement) -> bool:
    """Whether the charge rows give the code's minutes."""
    return any(c.code == time.code and c.minutes is not None for c in encounter.note.charges)


def _owner_start(encounter: Encounter, time: TimeStatement) -> int:
    """The start of the code or name that the number stands beside, on the same line."""
    assert time.place is not None
    lower = encounter.reading.lower
    low = max(lower.rfind("\n", 0, time.place.start), time.place.start - 40) + 1
    for quantity in encounter.reading.quantities_in(low, time.place.start, "code"):
        if quantity.text[:5].upper() == time.code:
            return quantity.start
    if time.label and time.label != "grid":
        at = lower.rfind(time.label, low, time.place.start)
        if at >= 0:
            return at
    return time.place.start
