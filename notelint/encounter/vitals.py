"""Tells vital signs taken for the record from those watched because of the treatment."""

from __future__ import annotations

import re

from notelint.language.loose import loose
from notelint.language.reading import Reading, Statement

_WORDS = re.compile(r"[a-z][a-z0-9']*")
_NAMES = frozenset(
    """bp hr spo2 sao2 o2 sat sats pulse rr resp temp vitals vital signs vs bpm mmhg f ra room air rest
    resting at on l nc lpm pre initial oral and w wnl stable t p r afebrile degrees seated sitting
    supine""".split()
)
#: What is asked at the door along with them ("BP 138/80, denies falls since last visit, no new meds").
_ON_ARRIVAL = loose(
    r"\b(?:denies|no|any) (?:new )?(?:falls?|meds?|med(?:ication)? changes|changes in med\w*|complaints?)\b|\bsince (?:the )?last visit\b|\b(?:before|prior to) (?:start|session|tx|treatment|therapy)\b"
)
#: Words that set a value against the work done.
_AGAINST = loose(
    r"\b(?:after|post|during|with (?:activity|exertion|walking|gait|ex\w*)|exertion|recover\w*|return\w*|walking|activity|drop\w*|desat\w*|rose|fell|end)\b|->|→|\bto \d"
)


def only_resting(reading: Reading, statement: Statement) -> bool:
    """Whether a statement lists vital signs and nothing else, none of them against the work done
    ("BP 126/72  HR 76  SpO2 96%")."""
    if not reading.has_quantity(statement.start, statement.end, "vitals"):
        return False
    words = reading.lower[statement.start : statement.end]
    if _AGAINST.search(words):
        return False
    if _ON_ARRIVAL.search(words):
        return True
    return _NAMES.issuperset(_WORDS.findall(words))
