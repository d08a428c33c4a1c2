from __future__ import annotations

import pytest

from notelint.billing.units import (
    band,
    block_units,
    discipline_of,
    minutes_by_code,
    pools,
    units,
    units_by_code,
)
from notelint.note import Charge


def test_the_closed_form_is_the_manuals_table() -> None:
    rows = {0: (0, 7), 1: (8, 22), 2: (23, 37), 3: (38, 52), 4: (53, 67), 5: (68, 82), 6: (83, 97),
            7: (98, 112), 8: (113, 127)}  # fmt: skip
    for count, (least, most) in rows.items():
        assert band(count) == (least, most)
        assert {units(m) for m in range(least, most + 1)} == {count}


def test_the_closed_form_equals_the_short_form() -> None:
    assert all(units(m) == (m + 7) // 15 for m in range(400))


def test_half_minutes_do_not_reach_a_unit_early() -> None:
    assert units(7.5) == 0
    assert units(22.5) == 1


@pytest.mark.parametrize(
    ("minutes", "first", "further", "expected"),
    [
        (7, 15, 15, (0, 0)), (8, 15, 15, (1, 0)), (22, 15, 15, (1, 0)), (23, 15, 15, (1, 1)),
        (37, 15, 15, (1, 1)), (38, 15, 15, (1, 2)), (52, 15, 15, (1, 2)), (53, 15, 15, (1, 3)),
        (15, 30, 15, (0, 0)), (16, 30, 15, (1, 0)), (37, 30, 15, (1, 0)), (38, 30, 15, (1, 1)),
        (53, 30, 15, (1, 2)),
        (60, 120, 60, (0, 0)), (61, 120, 60, (1, 0)), (150, 120, 60, (1, 0)), (151, 120, 60, (1, 1)),
        (30, 60, 60, (0, 0)), (31, 60, 60, (1, 0)), (90, 60, 60, (1, 0)), (91, 60, 60, (1, 1)),
    ],
)  # fmt: skip
def test_first_and_further_blocks_follow_the_midpoint(minutes, first, further, expected) -> None:
    assert block_units(minutes, first, further) == expected


def test_cognitive_blocks_equal_the_unit_table() -> None:
    for minutes in range(200):
        assert sum(block_units(minutes, 15, 15)) == units(minutes)


def test_disciplines_never_pool() -> None:
    lines = [
        Charge("97110", units=1, minutes=15, modifiers=("GP",)),
        Charge("97535", units=2, minutes=25, modifiers=("GO", "KX")),
        Charge("97530", units=1, minutes=10, discipline="PT"),
        Charge("97112", units=1, minutes=10),
    ]
    found = {name: [line.code for line in members] for name, members in pools(lines, default="PT")}
    assert found == {"PT": ["97110", "97530", "97112"], "OT": ["97535"]}
    assert discipline_of(Charge("97110")) == "unknown"


def test_modifier_lines_of_one_code_join(tables) -> None:
    lines = [
        Charge("97110", units=1, minutes=15, modifiers=("GP", "CQ")),
        Charge("97110", units=1, minutes=13, modifiers=("GP",)),
        Charge("97161", units=1),
    ]
    assert units_by_code(lines) == {"97110": 2, "97161": 1}
    assert minutes_by_code(lines, tables.codes) == {"97110": 28}


def test_one_missing_number_makes_the_sum_unknown(tables) -> None:
    lines = [Charge("97110", units=1, minutes=15), Charge("97530")]
    assert units_by_code(lines) is None
    assert minutes_by_code(lines, tables.codes) is None
    assert minutes_by_code([Charge("99999")], tables.codes) is None
