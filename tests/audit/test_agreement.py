from __future__ import annotations

import pytest

from notelint.audit.agreement import agreement


def pairs(both_yes: int, first_only: int, second_only: int, both_no: int) -> list[tuple[str, str]]:
    return (
        [("yes", "yes")] * both_yes + [("yes", "no")] * first_only
        + [("no", "yes")] * second_only + [("no", "no")] * both_no
    )  # fmt: skip


def test_rare_errors_pull_kappa_down_but_not_ac1() -> None:
    found = agreement("note", pairs(2, 3, 2, 93), ("yes", "no"))
    assert found.percent == pytest.approx(0.95)
    # by hand: chance = .05*.04 + .95*.96 = .914, kappa = .036/.086; AC1 chance = 2*.045*.955
    assert found.kappa == pytest.approx(0.036 / 0.086)
    assert found.ac1 == pytest.approx((0.95 - 0.08595) / (1 - 0.08595))
    assert round(found.kappa or 0, 2) == 0.42
    assert round(found.ac1 or 0, 2) == 0.95
    assert found.table == ((2, 3), (2, 93))


def test_a_balanced_table_worked_by_hand() -> None:
    found = agreement("note", pairs(20, 5, 10, 15), ("yes", "no"))
    assert found.percent == pytest.approx(0.7)
    assert found.kappa == pytest.approx(0.4)


def test_kappa_is_undefined_when_both_readers_used_one_answer() -> None:
    found = agreement("note", pairs(0, 0, 0, 30), ("yes", "no"))
    assert found.kappa is None
    assert found.as_dict()["kappa"] == "undefined"
    assert found.ac1 == pytest.approx(1.0)


def test_no_pairs_give_no_number() -> None:
    found = agreement("note", [], ("yes", "no"))
    assert (found.percent, found.kappa, found.ac1) == (None, None, None)
