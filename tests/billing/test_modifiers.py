from __future__ import annotations

from datetime import date

import pytest

from notelint.billing.edits import EditPair
from notelint.billing.modifiers import (
    assistant_modifier,
    review_abn,
    review_assistant_pair,
    review_assistant_units,
    review_discipline,
    review_distinct,
    review_kx,
    review_reduced,
)

DAY = date(2026, 3, 10)


def kinds(issues) -> list[str]:
    return [issue.kind for issue in issues]


@pytest.mark.parametrize(
    ("modifiers", "discipline", "expected"),
    [
        (("GP",), "PT", []),
        (("GN",), "SLP", []),
        ((), "PT", ["discipline_missing"]),
        (("KX",), "unknown", ["discipline_missing"]),
        (("GP", "GO"), "PT", ["discipline_several"]),
        (("GP",), "OT", ["discipline_mismatch"]),
        (("GP",), "unknown", []),
    ],
)
def test_exactly_one_discipline_modifier_that_of_the_plan(modifiers, discipline, expected) -> None:
    assert kinds(review_discipline("97530", modifiers, discipline)) == expected


@pytest.mark.parametrize(
    ("modifiers", "expected"),
    [
        (("GP", "CQ"), []),
        (("GO", "CO"), []),
        (("GO", "CQ"), ["assistant_pair"]),
        (("GP", "CO"), ["assistant_pair"]),
        (("GP", "CQ", "CO"), ["assistant_pair"]),
        (("CQ",), []),
        (("GP",), []),
    ],
)
def test_cq_goes_with_gp_and_co_with_go(modifiers, expected) -> None:
    assert kinds(review_assistant_pair("97530", modifiers)) == expected


def test_assistant_units_are_compared_with_what_is_needed() -> None:
    def found(with_modifier: int, without: int, needed: int, discipline: str = "PT") -> list[str]:
        return kinds(
            review_assistant_units(
                "97110", with_modifier, without, needed=needed, discipline=discipline
            )
        )

    assert found(0, 2, 1) == ["assistant_missing"]
    assert found(2, 0, 1) == ["assistant_unsupported"]
    assert found(1, 1, 1) == []
    assert found(0, 2, 2, "SLP") == []
    assert [assistant_modifier(d) for d in ("PT", "OT", "SLP")] == ["CQ", "CO", None]


@pytest.mark.parametrize(
    ("modifiers", "on_file", "expected"),
    [
        (("GA",), True, []),
        (("GA",), None, []),
        (("GA",), False, ["ga_without_abn"]),
        (("GZ",), False, []),
        (("GZ",), True, ["gz_with_abn"]),
        (("GA", "GY"), None, ["abn_several"]),
        (("GX", "GY"), None, []),
    ],
)
def test_ga_has_an_abn_and_gz_has_none(modifiers, on_file, expected) -> None:
    assert kinds(review_abn("97110", modifiers, abn_on_file=on_file)) == expected


def test_59_needs_a_pair_and_time_of_its_own(tables) -> None:
    pairs = list(tables.pairs_on(["97530", "97116"], DAY))
    assert kinds(review_distinct("97116", ("GP", "59"), pairs, distinct=True)) == []
    assert kinds(review_distinct("97116", ("GP", "XU"), pairs, distinct=False)) == [
        "distinct_without_time"
    ]
    assert kinds(review_distinct("97116", ("GP",), pairs, distinct=False)) == ["pair_without_time"]
    assert kinds(review_distinct("97110", ("GP", "59"), [], distinct=True)) == [
        "distinct_without_pair"
    ]


def test_an_unverified_pair_neither_supports_nor_accuses(tables) -> None:
    pairs = list(tables.pairs_on(["97530", "97110"], DAY))
    assert [pair.verified for pair in pairs] == [False]
    assert kinds(review_distinct("97110", ("59",), pairs, distinct=False)) == []
    assert kinds(review_distinct("97110", (), pairs, distinct=False)) == []


def test_indicator_0_is_opened_by_no_modifier() -> None:
    never = EditPair("97530", "97116", "0", date(2020, 1, 1), date(2030, 1, 1))
    assert kinds(review_distinct("97116", ("59",), [never], distinct=True)) == ["pair_never"]


def test_kx_only_above_the_threshold() -> None:
    def found(modifiers: tuple[str, ...], used: float | None, threshold: int | None) -> list[str]:
        return kinds(review_kx("97110", modifiers, used=used, threshold=threshold))

    assert found(("KX",), 2480, 2480) == ["kx_below_threshold"]
    assert found(("KX",), 2480.01, 2480) == []
    assert found((), 2500, 2480) == ["kx_missing"]
    assert found((), None, 2480) == []
    assert found(("KX",), 100, None) == []


def test_52_does_not_rescue_a_short_timed_code(tables) -> None:
    code = tables.codes["97110"]
    assert kinds(review_reduced(code, ("52",), 6)) == ["reduced_short"]
    assert kinds(review_reduced(code, ("52",), 10)) == []
    assert kinds(review_reduced(tables.codes["97161"], ("52",), 5)) == []
