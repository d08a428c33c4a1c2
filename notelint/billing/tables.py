"""The dated data that the arithmetic runs on: ``BillingTables``, built from plain mappings.

The rule pack holds each file of ``rules/data`` as nested mappings, lists and strings. Everything is
converted here once, and a row that cannot be converted is a ``RuleError`` that names it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from notelint.billing.codes import UNIT_MINUTES, Code, CodeKind
from notelint.billing.edits import EditPair, pairs_among
from notelint.billing.payers import Demand, PayerFacts
from notelint.billing.review import Method
from notelint.billing.row import Row
from notelint.billing.thresholds import Thresholds
from notelint.errors import RuleError

#: The data files that ``tables_from`` needs, without suffix.
STEMS = (
    "cpt_codes", "kx_thresholds", "ncci_pairs", "payers", "code_questions", "telehealth",
    "year_facts",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Validity:
    """For which dates of service a data file speaks, where it comes from, how well checked."""

    effective: date
    valid_through: date
    source: str
    grade: str

    def holds_on(self, day: date) -> bool:
        return self.effective <= day <= self.valid_through


@dataclass(frozen=True, slots=True)
class TelehealthSpan:
    """Dates of service on which therapists of ``disciplines`` may furnish telehealth."""

    payers: tuple[str, ...]
    disciplines: tuple[str, ...]
    effective: date
    valid_through: date


@dataclass(frozen=True, slots=True)
class YearFact:
    """A fact that begins, and perhaps ends, on a day."""

    name: str
    effective: date
    valid_through: date | None
    summary: str
    source: str

    def on(self, day: date) -> bool:
        return self.effective <= day and (self.valid_through is None or day <= self.valid_through)


@dataclass(frozen=True, slots=True)
class BillingTables:
    """All dated data. ``validity`` is by data file; ask ``speaks_for`` before using a table."""

    codes: Mapping[str, Code]
    thresholds: Thresholds
    pairs: tuple[EditPair, ...]
    payers: Mapping[str, PayerFacts]
    questions: Mapping[str, tuple[str, ...]]
    telehealth: tuple[TelehealthSpan, ...]
    facts: Mapping[str, YearFact]
    validity: Mapping[str, Validity]

    def speaks_for(self, stem: str, day: date) -> bool:
        """Says whether the data file ``stem`` holds for a date of service (DESIGN §1.6)."""
        return self.validity[stem].holds_on(day)

    def payer(self, name: str) -> PayerFacts:
        """Returns what a kind of payer asks for; an unlisted one is ``unknown``."""
        return self.payers.get(name, self.payers["unknown"])

    def pairs_on(self, codes: Sequence[str], day: date | None) -> Iterator[EditPair]:
        """Yields the code pairs among ``codes`` on a date of service."""
        return pairs_among(codes, day, self.pairs)

    def questions_of(self, code: str) -> tuple[str, ...]:
        """Returns the codes (or ``progress_report``) that a billed code may be asked about."""
        known = self.codes.get(code)
        flags = sorted(known.flags) if known and known.timed else []
        by_flag = [o for flag in flags for o in self.questions.get(f"flag:{flag}", ())]
        return tuple(dict.fromkeys([*self.questions.get(code, ()), *by_flag]))

    def fact(self, name: str, day: date) -> bool:
        """Says whether a year fact holds on a date of service."""
        return self.facts[name].on(day)

    def telehealth_on(self, day: date, *, payer: str, discipline: str) -> bool | None:
        """Says whether telehealth is open; None for a payer that the data does not speak of."""
        spans = [span for span in self.telehealth if payer in span.payers]
        if not spans:
            return None
        return any(
            discipline in span.disciplines and span.effective <= day <= span.valid_through
            for span in spans
        )


def tables_from(data: Mapping[str, Any]) -> BillingTables:
    """Builds the tables from the pack's data.

    Args:
        data: file stem → content, every scalar a string, as ``load_pack().data`` holds it.

    Raises:
        RuleError: a file is missing, or a value in it cannot be read; names file, row and key.
    """
    files = {stem: _file(data, stem) for stem in STEMS}
    payers = {facts.payer: facts for facts in map(_payer, files["payers"].rows("payers"))}
    if "unknown" not in payers:
        raise RuleError("No row for payer 'unknown'.", where="payers.yaml", remedy="Add one.")
    return BillingTables(
        codes=_codes(files["cpt_codes"]),
        thresholds=_thresholds(files["kx_thresholds"]),
        pairs=tuple(_pairs(files["ncci_pairs"])),
        payers=payers,
        questions={
            row.text("code"): row.texts("others")
            for row in files["code_questions"].rows("questions")
        },
        telehealth=tuple(
            TelehealthSpan(
                row.texts("payers"),
                row.texts("disciplines"),
                row.day("effective"),
                row.day("valid_through"),
            )
            for row in files["telehealth"].rows("spans")
        ),
        facts={
            row.text("name"): YearFact(
                row.text("name"),
                row.day("effective"),
                row.day_or_none("valid_through"),
                row.text("summary"),
                row.text("source"),
            )
            for row in files["year_facts"].rows("facts")
        },
        validity={stem: _validity(row) for stem, row in files.items()},
    )


def _file(data: Mapping[str, Any], stem: str) -> Row:
    content = data.get(stem)
    if not isinstance(content, Mapping):
        raise RuleError(
            f"The data file '{stem}' is missing or empty.",
            where=f"{stem}.yaml",
            remedy="Restore it under rules/data.",
        )
    return Row(content, f"{stem}.yaml")


def _validity(row: Row) -> Validity:
    effective, through = row.day("effective"), row.day("valid_through")
    if through < effective:
        raise row.wrong("valid_through", "is before effective")
    return Validity(effective, through, row.text("source"), row.text("grade"))


def _codes(file: Row) -> dict[str, Code]:
    found: dict[str, Code] = {}
    for row in file.rows("codes"):
        code = _code(row)
        if code.code in found:
            raise row.wrong("code", f"{code.code} stands twice")
        found[code.code] = code
    reporting = file.row("functional_reporting")
    for name in reporting.texts("codes"):
        found[name] = Code(name, reporting.text("name"), "reporting", valid_to=reporting.day("to"))
    for code in found.values():
        if code.partner and found.get(code.partner) is None:
            raise RuleError(
                f"{code.code} names the unknown code {code.partner}.", where="cpt_codes.yaml"
            )
    return found


def _code(row: Row) -> Code:
    kind: CodeKind = row.choice("kind", get_args(CodeKind))
    partner = {"first": "additional", "additional": "first"}.get(kind)
    in_blocks = kind in ("first", "additional", "block")
    return Code(
        code=row.text("code"),
        name=row.text("name"),
        kind=kind,
        minutes=row.number("minutes") if in_blocks else UNIT_MINUTES if kind == "timed" else 0,
        partner=row.text(partner) if partner else "",
        disciplines=row.texts("disciplines"),
        flags=frozenset(row.texts("flags")),
        valid_from=row.day_or_none("from"),
        valid_to=row.day_or_none("to"),
        replaced_by=row.texts("replaced_by", default=()),
        medicare_code=row.text("medicare_code", default=""),
    )


def _thresholds(file: Row) -> Thresholds:
    review = file.row("targeted_review")
    return Thresholds(
        by_year={row.number("year"): row.number("amount") for row in file.rows("years")},
        targeted_review=review.number("amount"),
        review_from=review.day("effective"),
        review_through=review.day("valid_through"),
    )


def _pairs(file: Row) -> Iterator[EditPair]:
    begin, end = file.day("effective"), file.day("valid_through")
    for key, verified in (("pairs", True), ("unverified", False)):
        for row in file.rows(key):
            yield EditPair(
                column1=row.text("column1"),
                column2=row.text("column2"),
                indicator=row.choice("indicator", ("0", "1")) if verified else "1",
                effective=row.day_or_none("effective") or begin,
                valid_through=row.day_or_none("valid_through") or end,
                verified=verified,
                source=row.text("source", default=file.text("source")),
            )


def _payer(row: Row) -> PayerFacts:
    def demand(key: str) -> Demand:
        answer: Demand = row.choice(key, get_args(Demand))
        return answer

    units: Method = row.choice("units", get_args(Method))
    return PayerFacts(
        payer=row.text("payer"),
        units=units,
        totals=demand("totals"),
        start_stop=demand("start_stop"),
        discipline_modifiers=demand("discipline_modifiers"),
        assistant_modifiers=demand("assistant_modifiers"),
        ncci=demand("ncci"),
        kx=demand("kx"),
        abn=demand("abn"),
        grade=row.text("grade", default="secondary"),
    )
