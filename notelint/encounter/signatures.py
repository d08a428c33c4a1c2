"""Finds signatures: a name with professional identification, in text or record (catalogue J1).

The scan goes from credential to credential and asks each for its name: before it on the line, on
the line above, or after it ("PT: J. Smith"). A credential without a name is a word of the note
("skilled PT"), a name without one is no signature.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.encounter.encounter import Signature
from notelint.encounter.names import Page, line_start, name_after, name_before
from notelint.language.reading import Reading, Span
from notelint.note import Author, Note

_WORDY = (
    r"(?:licensed |registered |certified |doctor of )?(?:physical therapist(?: assistant)?|physical therapy(?= assistant) assistant|"
    r"occupational therapist|occupational therapy assistant|speech[- ](?:language )?(?:pathologist|therapist))"
)
_STRONG = (
    r"l?ptal?|l\.?p\.?t\.?a\.?|p\.t\.a\.?|d\.?p\.?t\.?|t-?dpt|m\.?p\.?t\.?|ms ?pt|bspt|rpt|lpt|c?ota/l|cotal?|c\.o\.t\.a\.?(?:/l)?|"
    r"[lm]?otr/?l?|m\.?sc\.?,?\s?ot|ot reg\.?|o\.t\.r\.?(?:/l)?|otd|drot|m\.?o\.?t\.?|ms ?ot|ot/l|otl|ota/l|"
    r"(?:m\.?[sa]\.?e?d?\.?[, /-]{0,3})?(?:ccc[-/ ,]{0,2}slp|slp[-/ ,]{0,2}ccc|ccc[-/ ]?sp)(?:/l)?|(?:l?slpd|slp-?a|slpa|cfy?[-/ ]?slp|slp[-/ ]cfy?)|ccc|cht"
)
_WEAK = r"p\.?t\.?|o\.?t\.?|s\.?l\.?p\.?|ota|sl?t(?=\s*[\d.,]*\s*$)"
_CREDENTIAL = re.compile(
    rf"(?=[bcdlmoprst])(?<![\w/’'-])(?:(?P<strong>{_WORDY}|{_STRONG})|(?P<weak>{_WEAK}))(?![\w'’])"
)

# More letters of the same author, a licence number: they end nothing and prove nothing.
_CHAIN = re.compile(
    rf"(?:[ \t,/&.–-]{{1,3}}(?:{_STRONG}|p\.?t\.?|o\.?t\.?|slp|mha|mba|phd|ph\.d\.?|edd|dsc|scd|atc|lat|cscs|ocs|ncs|gcs|scs|pcs|cert\.? ?\w{{2,10}}|"
    r"comt|faaompt|mtc|cwce?|clt(?:-lana)?|bcg|bcp|bcs-s|sclv|cbis|cdp|csrs|lsvt|m\.?s\.?|m\.?a\.?|b\.?s\.?|m\.?ed|cprp|wcs|ecs|ccs|bcpr|atp|cli|cimt|cert|mlt|cidn|tssld|ceas|cfce|cwce|cwt|cpt|cafs|csfa)(?![\w])){0,8}"
    r"(?:[\s,(]{0,3}(?:lic(?:ense|ence|\.)?|npi|reg|state|#|no\.?)[\s#.:no]{0,8}[a-z]{0,4}[\s.-]?\d[\w.-]*\)?)?\)?",
)
_ENDS = re.compile(
    r"[\s,.;:|)/–—*>\]\"”-]*(?:$|\n|\r)|\s*[.;|)]+(?:\s|$|,)|[\s,(/–—-]*(?:\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s\d)|\s{2,}|\t"
    r"|[\s,;(#/–—-]*(?:date[sd]?|signed|signature|electronically|e-?sign?\w*|digitally|entered|time|on \d|at \d|dos|co-?sign\w*|with|w/|supervis\w+|sent|reviewed|"
    r"sptr?|sota?|student|npi|lic|license|cc|and|&|dictated|not (?:read|red|proofed)|transcribed|dict)\b"
)
_ENDS_OPEN = re.compile(r"\s*[,;(]|\s+[A-Z\d]")
_NO_PERSON = re.compile(
    r"\s?(?:/|&|and|-)\s?(?:pt|ot|st|slp)\b(?!\s*[\d.]*$)|\s(?:student|eval\w*|goals?|session|tx|treatment|services|clinic|poc|plan|order|visit|aide|tech)\b"
)
_DATE = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s\d{1,2},?\s\d{4}"
)
_FURNISHED = re.compile(
    r"(?:(?:signed|seen|treated|provided|rendered|furnished|completed|documented|performed|delivered|written|entered|supervised|authenticated|dictated)(?: today)? by|therapist|clinician|provider|supervising (?:pt|ot|slp)|/s/|signature|signed(?=\W*[|:]))\W*$"
)
#: An initial and a surname without capitals, behind a mark ("… 4:12 - j. esterhuizen-oduya, pt, dpt").
_SMALL = re.compile(r"(?:^|[-–—/|]\s?)(?P<name>[a-z]\.\s?[a-z][a-z'’-]{2,}),?\s$")
_MOST_BEFORE = 64
_FIELD = re.compile(
    r"\b(?:disc(?:ipline)?|dept|department|services?|svc|type|program|specialty|tx|code|modality)\s{0,3}[:=|]\s{0,3}$"
)
_FIELD_WITHIN = 20


def signatures_of(note: Note, reading: Reading) -> tuple[Signature, ...]:
    """Returns the signatures of the record, then those of the text in text order."""
    return tuple(_recorded(note)) + tuple(_written(reading))


def _recorded(note: Note) -> Iterator[Signature]:
    for author in note.all_authors:
        credential = credential_of(author)
        if author.name and credential:
            yield Signature(author.name, credential, None, "metadata", note.signed_at or "")


def credential_of(author: Author) -> str:
    """Returns an author's professional identification: its field, else in the name or the role."""
    if author.credential.strip():
        return author.credential.strip()
    for words in (author.name, author.role):
        found = list(_CREDENTIAL.finditer(words.lower()))
        if found and (found[0].start() or words is author.role):
            return words[found[0].start() : found[-1].end()]
    return ""


def _written(reading: Reading) -> Iterator[Signature]:
    lower, text, page = reading.lower, reading.text, Page.of(reading)
    done = -1
    for match in reading.matches(_CREDENTIAL):
        if match.start() < done:
            continue
        chain = _CHAIN.match(lower, match.end())
        end = chain.end() if chain else match.end()
        weak = match["strong"] is None
        name = _name(page, match, end, weak)
        if name is None:
            continue
        done = end
        date = _DATE.search(lower, end, min(len(lower), end + 28))
        place = Span(min(name.start, match.start()), max(name.end, end))
        yield Signature(
            text[name.start : name.end].strip(" ,"), text[match.start() : end].strip(" ,."), place, "text",
            text[date.start() : date.end()] if date else "",
        )  # fmt: skip


def _name(page: Page, match: re.Match[str], end: int, weak: bool) -> Span | None:
    """The name that a credential belongs to, or None when it is a word of the note."""
    lower, text = page.lower, page.text
    if _NO_PERSON.match(lower, match.end()):
        return None
    if _FIELD.search(lower, max(0, match.start() - _FIELD_WITHIN), match.start()):
        return None  # "Disc: OT" is a field of the export
    line = line_start(text, match.start())
    low = max(line, match.start() - _MOST_BEFORE)
    closed = bool(_ENDS.match(lower, end))
    small = _SMALL.search(lower, low, match.start())
    if small is not None and (not text[end:].strip() or text[end:].lstrip(" \t.,)")[:1] == "\n"):
        return Span(*small.span("name"))
    before = name_before(page, low, match.start(), weak=weak)
    if before is not None:
        furnished = bool(_FURNISHED.search(lower, max(0, before.start - 40), before.start))
        if closed or furnished or (not weak and _ENDS_OPEN.match(text, end)):
            return before
        return None
    if not text[line : match.start()].strip(" \t(–—-") and closed:
        above = _line_above(text, line)
        if above is not None:
            found = name_before(page, above[0], above[1], weak=weak, alone=True)
            if found is not None:
                return found
    if weak and match.group().endswith(".") and match.group().count(".") == 1:
        return None  # a sentence that ends with "PT."
    return name_after(page, end, weak=weak)


def _line_above(text: str, line: int) -> tuple[int, int] | None:
    """The line above with something on it, at most two lines up."""
    stop = line - 1
    for _ in range(2):
        if stop <= 0:
            return None
        start = line_start(text, stop)
        if text[start:stop].strip():
            return (start, stop) if stop - start <= _MOST_BEFORE else None
        stop = start - 1
    return None
