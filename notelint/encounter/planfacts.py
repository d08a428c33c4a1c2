"""What a plan of care says of the episode: visits a week, and the days it is certified for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from notelint.encounter.dates import dates_in
from notelint.encounter.encounter import Encounter

_PLANS = frozenset({"eval", "recert", "reeval"})
_WEEKLY = re.compile(
    r"(?P<low>\d{1,2})(?:\s?(?:-|–|to)\s?(?P<high>\d{1,2}))?\s?(?:(?:x|×|times?|visits?|sessions?)\s?(?:/|per|a|each)?|/|per|a)\s?(?:wk|week)"
    r"|\b(?P<short>\d{1,2})\s?w(?:k)?\s?\d{1,2}\b|\b(?P<word>once|twice)\s(?:a |per |each )?(?:week|wk)"
)
_WORDS = {"once": 1.0, "twice": 2.0}
_CERTIFIED = re.compile(
    r"\b(?:re-?)?cert(?:ified|ification)?(?:\s(?:period|dates?|interval|from|for|of the plan of care|of poc))?[\s:,(]{0,3}$|\b(?:poc|plan of care)\s(?:dates?|period|valid|effective)?[\s:,(]{0,3}(?:from )?$"
)
_UNTIL = re.compile(
    r"\bcert(?:ified|ification)?\s(?:expires?|ends?|end date|(?:period )?(?:to|thru|through|until|till|up to))[\s:,(]{0,3}$"
)
_JOIN = re.compile(r"\s*(?:-|–|—|to|through|thru|until)\s*$")

#: Names under which a record's plan may hold the certified days.
_FROM_KEYS = ("certified_from", "certification_start", "cert_start", "cert_from", "start", "from")
_TO_KEYS = ("certified_to", "certification_end", "cert_end", "cert_to", "end", "to")
_FREQUENCY_KEYS = ("visits_per_week", "frequency", "freq")


def visits_per_week(encounter: Encounter) -> tuple[float, float] | None:
    """Returns the least and most visits a week of the plan, by record or by a plan document."""
    for key in _FREQUENCY_KEYS:
        stated = encounter.note.plan.get(key)
        if stated is not None:
            return _span(_weekly(str(stated).lower())) or _number(stated)
    if encounter.facts.note_type not in _PLANS:
        return None
    reading = encounter.reading
    found = [
        pair
        for statement in reading.statements
        if statement.role not in ("goal", "history", "subjective", "caregiver_report", "hep")
        for pair in _weekly(reading.lower[statement.start : statement.end])
    ]
    return _span(iter(found))


def plan_dates(encounter: Encounter) -> dict[str, str]:
    """Returns ``certified_from`` and ``certified_to`` as ISO days, where record or text has them."""
    found = dict(_recorded(encounter.note.plan))
    if "certified_to" in found:
        return found
    reading, near = encounter.reading, encounter.facts.date_of_service
    if (
        "cert" not in reading.lower
        and "poc" not in reading.lower
        and "plan of care" not in reading.lower
    ):
        return found
    days = dates_in(reading, (), near, bare=near is not None)
    for i, first in enumerate(days):
        before = reading.lower[max(0, first.place.start - 44) : first.place.start]
        if _UNTIL.search(before) and (first.has_year or near):
            found["certified_to"] = first.day.isoformat()
        elif _CERTIFIED.search(before) and i + 1 < len(days):
            last = days[i + 1]
            if _JOIN.match(reading.lower[first.place.end : last.place.start]) and (
                last.has_year or near
            ):
                found["certified_from"] = first.day.isoformat()
                found["certified_to"] = last.day.isoformat()
    return found


def _recorded(plan: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    nested = plan.get("certification")
    sources = (plan, nested) if isinstance(nested, Mapping) else (plan,)
    for name, keys in (("certified_from", _FROM_KEYS), ("certified_to", _TO_KEYS)):
        for source in sources:
            # bare "start" and "end" are certified days only inside a certification
            usable = keys if source is nested else keys[:-2]
            day = next((_iso(source[k]) for k in usable if source.get(k)), None)
            if day:
                yield name, day
                break


def _iso(value: Any) -> str | None:
    try:
        return date.fromisoformat(str(value)[:10]).isoformat()
    except ValueError:
        return None


def _weekly(words: str) -> Iterator[tuple[float, float]]:
    for match in _WEEKLY.finditer(words):
        if match["word"]:
            yield _WORDS[match["word"]], _WORDS[match["word"]]
        else:
            low = float(match["low"] or match["short"])
            yield low, float(match["high"] or low)


def _span(pairs: Iterator[tuple[float, float]]) -> tuple[float, float] | None:
    """The widest span of several (a taper, a range): nobody is over it who follows one of them."""
    found = [pair for pair in pairs if 0 < pair[1] <= 14]
    if not found:
        return None
    return min(low for low, _ in found), max(high for _, high in found)


def _number(value: Any) -> tuple[float, float] | None:
    return (float(value), float(value)) if isinstance(value, int | float) and value > 0 else None
