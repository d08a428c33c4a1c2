"""Finds signatures: a name with professional identification, in text or record (catalogue J1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.encounter.encounter import Signature
from notelint.language.reading import Reading, Span
from notelint.note import Note

_CREDENTIAL = (
    r"(?:P\.?T\.?A\.?|L?PTA|D\.?P\.?T\.?|M\.?P\.?T\.?|MSPT|L?P\.?T\.?|C\.?O\.?T\.?A\.?(?:/L)?|OTA(?:/L)?|O\.?T\.?R\.?(?:/L)?|OTD|MOT|MSOT|O\.?T\.?(?:/L)?|"
    r"(?:M\.?[SA]\.?,?\s)?CCC[-/ ]?SLP|SLP(?:D|A|-CF|-CCC)?|CF[-/]SLP|CCC|CHT|"
    r"physical therapist(?: assistant)?|occupational therapist|occupational therapy assistant|speech[- ]language pathologist)"
)
_SIGNED = re.compile(
    r"(?P<name>(?:[A-Z][\w.'’-]*\s+|[A-Z]\.\s*|(?:Mc|De|Van|van|de|O['’])\s?[A-Z]\w*\s+){0,3}[A-Z][\w'’-]+),?\s+(?:\(?\s*)(?P<credential>" + _CREDENTIAL + r")(?![\w])"
)
_LOWER_SIGNED = re.compile(
    r"(?:(?:electronically |e-?|digitally )?signed(?: by)?|signature|therapist|/s/|clinician|provider|by)\s*[:\-]?\s*(?P<name>[A-Za-z][\w.'’-]*(?:\s+[A-Za-z][\w.'’-]*){0,3}),?\s+(?P<credential>" + _CREDENTIAL + r")(?![\w])",
    re.I,
)
_TAIL_SIGNED = re.compile(
    r"(?P<name>[A-Za-z][\w.'’-]+(?:\s+[A-Za-z][\w.'’-]+){0,2})\s*,?\s+(?P<credential>" + _CREDENTIAL + r")[\s,.]*(?:[A-Z]{2,5}\b[\s,.]*){0,4}(?:(?:lic\w*|#|no\.?)?\s*[\w#.-]{0,12})?[\s,.]*(?:\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?|\d{4}-\d\d-\d\d)?[\s\d:apmAPM.]*$",
    re.I,
)
_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}")
_NOT_NAMES = frozenset({
    "skilled", "continue", "outpatient", "home", "health", "received", "with", "the", "per", "by", "to",
    "cont", "continued", "the", "of", "for", "from", "in", "and", "treating", "requires", "needs", "see",
    "tolerated", "agreeable", "attended", "today", "patient", "pt", "daily", "acute", "current", "prior",
    "previous", "weekly", "plan", "frequency", "discipline", "type", "services", "covering", "regular",
})  # fmt: skip


def signatures_of(note: Note, reading: Reading) -> tuple[Signature, ...]:
    """Returns the signatures of the record, then those of the text."""
    return tuple(_recorded(note)) + tuple(_written(reading))


def _recorded(note: Note) -> Iterator[Signature]:
    for author in note.all_authors:
        if author.name and author.credential:
            yield Signature(author.name, author.credential, None, "metadata", note.signed_at or "")


def _written(reading: Reading) -> Iterator[Signature]:
    seen: set[int] = set()
    text = reading.text
    tail = max(0, len(text) - 140)
    last_line = text.rstrip().rfind("\n") + 1
    for pattern, low in ((_LOWER_SIGNED, 0), (_SIGNED, 0), (_TAIL_SIGNED, max(tail, 0))):
        for match in pattern.finditer(text, low):
            if match.start("credential") in seen or not _is_name(match["name"]):
                continue
            if pattern is _TAIL_SIGNED and match.start() < last_line and "\n" in match.group().strip():
                continue
            if pattern is _SIGNED and not _stands_alone(text, match):
                continue
            seen.add(match.start("credential"))
            date = _DATE.search(text, match.end(), min(len(text), match.end() + 24))
            yield Signature(match["name"].strip(), match["credential"], Span(match.start(), match.end()), "text", date.group() if date else "")


def _is_name(name: str) -> bool:
    words = name.lower().replace(".", " ").split()
    return bool(words) and not any(w in _NOT_NAMES for w in words) and any(len(w) > 1 for w in words)


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether a name with credential ends a line or the note, not a word in a sentence."""
    after = text[match.end() : match.end() + 40].split("\n")[0]
    return not re.match(r"\s+[a-z]{2,}", after) or bool(re.match(r"\s+(?:on|at|lic|license|signed|electronically|entered|e-signed)\b", after))
