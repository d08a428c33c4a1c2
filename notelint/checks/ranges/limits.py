"""Values that their instrument does not have (F6): "Berg 60/56", "ODI 140%"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from notelint.checks.ranges.instrument import Instrument
from notelint.encounter.encounter import Encounter, MeasureMention
from notelint.rulebook.rule import Hit

#: What may stand between a measure and its own value.
_BETWEEN = re.compile(
    r"[\s:=,(~-]*+(?:(?:today|now|score[ds]?|is|was|at|of|test|total|raw|balance|scale|result\w*|index|currently|improved to|up to|down to|\d{4})[\s:=,(~-]*+)*+$"
)
_ITEM = re.compile(r"[\s:=,(~-]*+(?:[a-z/](?:[a-z/-]*[a-z/])?+[\s:=,(~-]++){1,3}$")
_PLACES = frozenset({"score", "grade", "scale", "percent", "number", "speed"})


def outside(encounter: Encounter, instruments: Mapping[str, Instrument]) -> Iterator[Hit]:
    """Yields a hit for each value outside its instrument, or over another denominator."""
    lower = encounter.reading.lower
    for measure in encounter.measures:
        instrument = instruments.get(measure.name)
        place = measure.value_place
        if instrument is None or place is None or measure.value is None:
            continue
        if measure.certainty != "stated" or measure.unit not in _PLACES:
            continue
        between = lower[measure.place.end : place.start]
        if _BETWEEN.match(between):
            problem = _problem(measure, instrument)
        elif instrument.item_highest is not None and _ITEM.match(between):
            problem = _item(measure, instrument)
        else:
            continue
        if problem:
            yield Hit(
                "words", measure.place.start, place.end,
                fields={"measure": encounter.text[measure.place.start : measure.place.end],
                        "value": encounter.text[place.start : place.end].strip(), "allowed": problem},
            )  # fmt: skip


def _problem(measure: MeasureMention, instrument: Instrument) -> str:
    """What the instrument allows, where the value breaks it; empty where it does not."""
    value, over = measure.value, measure.maximum
    assert value is not None
    if over is not None:
        if not instrument.denominators:
            return ""
        if over not in instrument.denominators:
            if value <= 12 and over <= 31:
                return ""  # may be a date
            if instrument.admits(value) and instrument.admits(over) and over < value:
                return ""  # two values of two days ("Berg: 54 / 37")
            return "over " + " or ".join(f"{n:g}" for n in sorted(instrument.denominators))
        return f"0 to {over:g}" if value > over else ""
    if (
        measure.unit == "percent"
        and instrument.highest is not None
        and instrument.unit != "percent"
    ):
        return ""
    if (measure.unit == "speed") != (instrument.unit == "m/s"):
        return ""
    if instrument.admits(value):
        return ""
    top = f" to {instrument.highest:g}" if instrument.highest is not None else " or more"
    return f"{instrument.lowest:g}{top}"


def _item(measure: MeasureMention, instrument: Instrument) -> str:
    value = measure.value
    assert value is not None
    assert instrument.item_highest is not None
    if (
        measure.maximum is not None
        or instrument.lowest <= value <= instrument.item_highest
        or value > 17
    ):
        return ""
    return f"{instrument.lowest:g} to {instrument.item_highest:g} for one item"
