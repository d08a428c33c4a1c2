"""The KX threshold of the year, and modifiers of an advance beneficiary notice (I3, I6)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.billing.modifiers import review_abn
from notelint.billing.tables import BillingTables
from notelint.checks.bills.bill import bill_of
from notelint.encounter.anchors import is_elsewhere
from notelint.encounter.encounter import Encounter
from notelint.language.loose import loose
from notelint.language.reading import Reading
from notelint.rulebook.rule import Hit

_CAP = loose(
    r"\b(?:(?:medicare|therapy|tx|annual|mcr)\s)+(?:therapy\s)?cap\b|\bcap (?:reached|exceeded|met)\b"
)
_AMOUNT = loose(
    r"\$\s?(?P<dollars>\d{1,2},?\d{3})(?:\.00)?(?!\d)|(?<![\d.,])(?P<bare>2,?\d{3})(?=\s(?:threshold|cap|kx)\b)"
)
_ABOUT = loose(r"\b(?:kx|threshold|therapy cap|medicare cap|cap)\b")
_OVER = loose(
    r"\b(?:over|exceed(?:s|ed|ing)?|above|past|met|reached|crossed|beyond)\s(?:the\s|her\s|his\s|their\s|annual\s|medicare\s|therapy\s|kx\s){0,4}threshold\b|\bthreshold (?:was |is |has been )?(?:exceeded|met|reached|crossed)\b"
)
_ABN = loose(r"\babn\b|\badvance beneficiary notice\b")
_NO_ABN = loose(
    r"\b(?:no|without|w/o|lacks?|missing|not have an?|declined)\s(?:an?\s|signed\s)?(?:abn|advance beneficiary notice)\b|\babn (?:was |is )?(?:not (?:on file|signed|obtained|issued)|declined|missing|refused)"
)
_ABN_ON_FILE = loose(
    r"\babn (?:was |is |has been |form )?(?:signed|on file|obtained|completed|in chart|issued|given)\b|\bsigned (?:an? )?abn\b"
)


def threshold(encounter: Encounter, tables: BillingTables) -> Iterator[Hit]:
    """An amount of another year, "the cap", or a crossing without KX (I3)."""
    lower = encounter.reading.lower
    if not any(word in lower for word in ("threshold", "kx", " cap")):
        return
    day = encounter.facts.date_of_service
    for match in _CAP.finditer(lower):
        if day is None or not tables.fact("therapy_cap", day):
            yield Hit(
                "words", match.start(), match.end(), facts={"stage": "cap"},
                message="“{match}”: the cap was repealed; there is a threshold, with KX above it.",
            )  # fmt: skip
    if day is not None:
        yield from _amounts(encounter, tables)
    yield from _crossed(encounter, tables)


def _amounts(encounter: Encounter, tables: BillingTables) -> Iterator[Hit]:
    lower, day = encounter.reading.lower, encounter.facts.date_of_service
    assert day is not None
    for match in _AMOUNT.finditer(lower):
        statement = encounter.reading.statement_at(match.start())
        if statement is None or not _ABOUT.search(lower, statement.start, statement.end):
            continue
        amount = int((match["dollars"] or match["bare"]).replace(",", ""))
        verdict = tables.thresholds.judge(amount, day)
        if verdict == "other_year":
            yield Hit(
                "words", match.start(), match.end(), facts={"stage": "amount"},
                message=f"“{{match}}” is the threshold of another year than the date of service ({day.year}).",
            )  # fmt: skip


def _crossed(encounter: Encounter, tables: BillingTables) -> Iterator[Hit]:
    bill = bill_of(encounter, tables.codes)
    if not bill.recorded or not bill.modified or not bill.lines:
        return
    if any("KX" in x.modifiers for x in bill.lines):
        return
    match = _OVER.search(encounter.reading.lower)
    if match is None or is_elsewhere(encounter.reading, match.start()):
        return
    before = encounter.reading.lower[max(0, match.start() - 14) : match.start()]
    if re.search(r"\b(?:not|if|when|until|will|n't|may)\b", before):
        return
    yield Hit(
        "words", match.start(), match.end(), facts={"stage": "crossed"},
        evidence=tuple(x.as_place(x.code) for x in bill.lines),
        message="“{match}”: KX is not found on the charges.",
    )  # fmt: skip


def notice(encounter: Encounter, tables: BillingTables) -> Iterator[Hit]:
    """GA, GZ, GX and GY against each other and against what the text says of an ABN (I6)."""
    bill = bill_of(encounter, tables.codes)
    on_file = _on_file(encounter.reading)
    for line in bill.lines:
        for issue in review_abn(line.code, line.modifiers, abn_on_file=on_file):
            found = " and ".join(issue.found)
            message = {
                "abn_several": f"{issue.code} carries {found}, which exclude each other.",
                "ga_without_abn": f"{issue.code} carries GA, which says that an ABN is on file; the text says there is none.",
                "gz_with_abn": f"{issue.code} carries GZ, which says that no ABN is on file; the text says there is one.",
            }[issue.kind]
            place = line.as_place(line.code)
            yield Hit(
                "charge" if place.target != "text" else "words", place.start, place.end, target=place.target,
                facts={"stage": issue.kind, "code": line.code}, message=f"{message} Correct whichever was recorded wrongly.",
            )  # fmt: skip


def _on_file(reading: Reading) -> bool | None:
    if not reading.holds(_ABN):
        return None
    if reading.holds(_NO_ABN):
        return False
    return True if reading.holds(_ABN_ON_FILE) else None
