"""Patterns over many visits: short units (C16) and 59 on every visit (I5)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import pytest

from notelint.encounter.digest import Digest, LineDigest
from notelint.engine import Linter
from notelint.finding import Finding
from notelint.settings import Settings

SHORT, ROUTINE = "minimum-minute-pattern", "modifier-59-routine"


@lru_cache(maxsize=1)
def linter() -> Linter:
    return Linter(Settings(select=(SHORT, ROUTINE)))


def visits(
    count: int, lines: Sequence[LineDigest], *, payer: str = "medicare_b", clinician: str = "c1"
) -> list[Digest]:
    return [
        Digest(
            i,
            f"v{i}",
            clinician_id=clinician,
            patient_id=f"p{i % 4}",
            payer=payer,
            note_type="daily",
            lines=tuple(lines),
        )
        for i in range(count)
    ]


def found(digests: Sequence[Digest]) -> list[Finding]:
    return linter().lint_digests(digests)[0]


@pytest.mark.parametrize(
    ("minutes", "units", "fires"),
    [(8, 1, True), (9, 1, True), (24, 2, True), (10, 1, False), (15, 1, False), (30, 2, False)],
)
def test_units_at_their_least_are_a_pattern(minutes: float, units: int, fires: bool) -> None:
    assert bool(found(visits(20, [LineDigest("97530", units, minutes)]))) == fires


def test_nineteen_visits_are_too_few_and_are_told_as_not_applied() -> None:
    findings, skipped = linter().lint_digests(visits(19, [LineDigest("97530", 1, 8)]))
    assert not findings
    assert SHORT in {s.rule for s in skipped}


def test_visits_of_several_clinicians_are_not_pooled() -> None:
    line = [LineDigest("97530", 1, 8)]
    assert not found(visits(15, line) + visits(15, line, clinician="c2"))


def test_a_payer_that_counts_each_code_has_no_such_pattern() -> None:
    assert not found(visits(25, [LineDigest("97530", 1, 8)], payer="commercial"))


def test_the_message_holds_counts_and_no_band() -> None:
    (finding,) = found(visits(25, [LineDigest("97530", 1, 8)]))
    assert "25 of 25 timed lines over 25 visits of one clinician" in finding.message
    assert finding.note_id == "v24"


@pytest.mark.parametrize(("marked", "fires"), [(25, True), (21, True), (20, False), (0, False)])
def test_a_modifier_on_nearly_every_visit_is_routine(marked: int, fires: bool) -> None:
    with_it = LineDigest("97116", 1, 15, ("GP", "59"))
    without = LineDigest("97116", 1, 15, ("GP",))
    digests = visits(25, [with_it])
    digests = digests[:marked] + visits(25, [without])[marked:]
    assert bool(found(digests)) == fires
