"""The clocks of certification as one note and its record show them (G3, G4).

A date counts only where it is whole, or where its year follows from the date of service without
doubt. A documented delay or attempt, and the exception of 2025, silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from notelint.billing.calendar import signature_late_by, verbal_order_late_by
from notelint.encounter.encounter import Encounter
from notelint.language.loose import loose
from notelint.rulebook.params import SlotMissing
from notelint.rulebook.rule import Hit

if TYPE_CHECKING:
    from notelint.rulebook.pack import Pack

_D = r"(\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}(?:/\d{2,4})?)"
_UNTIL = loose(
    rf"\b(?:certified|certification|cert\.?|recert\w*|poc|plan of care)\s*(?:period|dates?|interval|valid|good|effective|expires?|expired|ends?|ended)?\s*"
    rf"(?:[:=]|from|is|was)?\s*(?:{_D}\s*(?:-|–|—|to|through|thru|until)\s*|(?:to|through|thru|until|on|expires?|expired|ends?|ended)\s+){_D}"
)
_SIGNED = loose(
    rf"\b(?:poc|plan(?: of care)?|cert\w*)?\s*\(?signed\s*(?:and dated )?(?:by (?:md|dr\.?|pcp|physician|provider)[\w. ]{{0,20}})?\s*(?:on )?{_D}"
)
_EVALUATED = loose(
    rf"\b(?:evaluated|initial eval\w*|eval(?:uation)?(?: date)?|first (?:treatment|visit)|soc|start of care)\s*[:=]?\s*(?:on )?{_D}"
)
_VERBAL = loose(
    rf"\bverbal (?:order|cert\w*)\s*(?:received |obtained |given |from [\w. ]{{1,20}})?(?:on )?{_D}"
)
_EXCUSED = loose(
    r"\b(?:delay\w*|attempt\w*|re-?sent|refaxed|office closed|follow(?:ed)?[- ]up (?:call|fax)|called|no response|late)\b|\bfax\w*[^.;\n]{0,40}\d[^.;\n]{0,10},"
)
_UNSIGNED = loose(
    r"\b(?:poc|plan of care|plan|cert\w*)\s(?:is |was |remains? |still )?(?:unsigned|not (?:yet )?signed|awaiting (?:\w+ )?signature|pending (?:\w+ )?signature)|"
    r"\bsignature (?:pending|outstanding|not (?:yet )?(?:received|returned))|\b(?:awaiting|pending) (?:md|physician|provider) signature"
)
_ORDER = loose(r"\b(?:order|referral|script|rx|prescription)s?\b")
_SENT = loose(
    rf"\b(?:sent|faxed|transmitted|portal|emailed|mailed|e-?faxed|routed|forwarded)\b[^.;\n]{{0,60}}?{_D}|{_D}[^.;\n]{{0,40}}\b(?:sent|faxed|transmitted|confirmation|portal)\b"
)
_FARTHEST = timedelta(days=150)


def late_clock(encounter: Encounter, params: SlotMissing, pack: Pack) -> Iterator[Hit]:
    """Treatment after the certified end, or a signature past its days without a reason (G3)."""
    del params, pack
    lower = encounter.reading.lower
    if not encounter.note.plan and not any(
        word in lower for word in ("cert", "signed", "poc", "plan of")
    ):
        return
    yield from _after_end(encounter)
    if encounter.reading.holds(_EXCUSED) or encounter.note.plan.get("delay"):
        return
    yield from _late_signature(encounter)


def unsent_plan(encounter: Encounter, params: SlotMissing, pack: Pack) -> Iterator[Hit]:
    """An initial plan unsigned, an order there, and no dated word of sending it (G4)."""
    del params
    day = encounter.facts.date_of_service
    begins = _fact(pack, "initial_certification_exception")
    if day is None or begins is None or day < begins:
        return
    lower, plan = encounter.reading.lower, encounter.note.plan
    if "sign" not in lower:
        return
    unsigned = _UNSIGNED.search(lower)
    if unsigned is None or not (_ORDER.search(lower) or plan.get("order_signed")):
        return
    if _SENT.search(lower) or plan.get("sent") or plan.get("signed"):
        return
    yield Hit("words", unsigned.start(), unsigned.end())


def _after_end(encounter: Encounter) -> Iterator[Hit]:
    """The day after the end is left alone: sources count the last day both ways."""
    day = encounter.facts.date_of_service
    if day is None or not (encounter.note.charges or encounter.activities):
        return
    recorded = _date(str(encounter.note.plan.get("certified_to", "")), day)
    if recorded is not None:
        if day > recorded + timedelta(days=1):
            yield Hit("note", fields={"what": "treatment after the certified period"})
        return
    ends = [(match, _date(match[2], day)) for match in _UNTIL.finditer(encounter.reading.lower)]
    known = [(match, end) for match, end in ends if end is not None]
    if not known or any(end + timedelta(days=1) >= day for _, end in known):
        return
    match = known[-1][0]
    yield Hit(
        "words", match.start(), match.end(), fields={"what": "treatment after the certified period"}
    )


def _late_signature(encounter: Encounter) -> Iterator[Hit]:
    day, plan, lower = encounter.facts.date_of_service, encounter.note.plan, encounter.reading.lower
    if day is None:
        return
    began = _date(str(plan.get("first_treatment", "")), day) or _first(_EVALUATED, lower, day)
    verbal = _date(str(plan.get("verbal_order", "")), day) or _first(_VERBAL, lower, day)
    written = _SIGNED.search(lower)
    signed = _date(str(plan.get("signed", "")), day) or (
        _date(written[1], day) if written else None
    )
    if signed is None:
        return
    place = (written.start(), written.end()) if written and not plan.get("signed") else None
    excused = bool(plan.get("order_signed") and plan.get("sent"))
    if verbal is not None and verbal_order_late_by(verbal, signed) > 0:
        yield _clock_hit(place, "a verbal order signed after 14 days")
    elif began is not None and not excused and signature_late_by(began, signed) > 0:
        yield _clock_hit(place, "a plan signed after 30 days")


def _clock_hit(place: tuple[int, int] | None, what: str) -> Hit:
    if place is None:
        return Hit("note", fields={"what": what})
    return Hit("words", place[0], place[1], fields={"what": what})


def _first(pattern: re.Pattern[str], lower: str, day: date) -> date | None:
    match = pattern.search(lower)
    return _date(match[1], day) if match else None


def _date(words: str, near: date) -> date | None:
    """Reads a date; one without a year lies within 150 days of the note or is not read."""
    try:
        if "-" in words:
            return date.fromisoformat(words)
        parts = [int(part) for part in words.split("/")]
        if len(parts) == 3:
            return date(parts[2] + 2000 if parts[2] < 100 else parts[2], parts[0], parts[1])
        found = [
            date(year, parts[0], parts[1]) for year in (near.year - 1, near.year, near.year + 1)
        ]
    except (ValueError, IndexError):
        return None
    close = [one for one in found if abs(one - near) <= _FARTHEST]
    return close[0] if len(close) == 1 else None


def _fact(pack: Pack, name: str) -> date | None:
    for fact in pack.data.get("year_facts", {}).get("facts", ()):
        if fact["name"] == name:
            return date.fromisoformat(str(fact["effective"]))
    return None
