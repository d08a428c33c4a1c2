"""Every row of the worked examples, by both methods."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from notelint.billing.visit import count_visit


@dataclass(frozen=True)
class Row:
    minutes: dict[str, int]
    total: int
    cms: int
    allocation: dict[str, int]
    midpoint: dict[str, int]
    ties: list[set[str]] = field(default_factory=list)


ROWS = {
    1: Row({"97112": 24, "97110": 23}, 47, 3, {"97112": 2, "97110": 1}, {"97112": 2, "97110": 2}),
    2: Row({"97112": 20, "97110": 20}, 40, 3, {"97112": 2, "97110": 1}, {"97112": 1, "97110": 1},
           [{"97112", "97110"}]),
    3: Row({"97110": 33, "97140": 7}, 40, 3, {"97110": 2, "97140": 1}, {"97110": 2, "97140": 0}),
    4: Row({"97110": 18, "97140": 13, "97116": 10, "97035": 8}, 49, 3,
           {"97110": 1, "97140": 1, "97116": 1, "97035": 0},
           {"97110": 1, "97140": 1, "97116": 1, "97035": 1}),
    5: Row({"97112": 7, "97110": 7, "97140": 7}, 21, 1, {"97112": 1, "97110": 0, "97140": 0},
           {"97112": 0, "97110": 0, "97140": 0}, [{"97112", "97110", "97140"}]),
    6: Row({"97110": 18, "97140": 10}, 28, 2, {"97110": 1, "97140": 1}, {"97110": 1, "97140": 1}),
    7: Row({"97110": 8, "97140": 8}, 16, 1, {"97110": 1, "97140": 0}, {"97110": 1, "97140": 1},
           [{"97110", "97140"}]),
    8: Row({"97530": 22, "97110": 7}, 29, 2, {"97530": 2, "97110": 0}, {"97530": 1, "97110": 0},
           [{"97530", "97110"}]),
    9: Row({"97530": 23, "97110": 23}, 46, 3, {"97530": 2, "97110": 1}, {"97530": 2, "97110": 2},
           [{"97530", "97110"}]),
    10: Row({"97110": 10, "97112": 10, "97530": 10}, 30, 2,
            {"97110": 1, "97112": 1, "97530": 0}, {"97110": 1, "97112": 1, "97530": 1},
            [{"97110", "97112", "97530"}]),
    11: Row({"97530": 12, "97110": 13, "97112": 13}, 38, 3,
            {"97530": 1, "97110": 1, "97112": 1}, {"97530": 1, "97110": 1, "97112": 1}),
    12: Row({"97116": 5, "97530": 4}, 9, 1, {"97116": 1, "97530": 0}, {"97116": 0, "97530": 0}),
    13: Row({"97535": 6}, 6, 0, {"97535": 0}, {"97535": 0}),
    14: Row({"97530": 38, "97535": 7}, 45, 3, {"97530": 3, "97535": 0}, {"97530": 3, "97535": 0}),
    15: Row({"97110": 16, "97530": 16, "97140": 6}, 38, 3,
            {"97110": 1, "97530": 1, "97140": 1}, {"97110": 1, "97530": 1, "97140": 0}),
    16: Row({"97110": 35, "97161": 20}, 35, 2, {"97110": 2, "97161": 1}, {"97110": 2, "97161": 1}),
    17: Row({"97530": 30}, 30, 2, {"97530": 2}, {"97530": 2}),
    18: Row({"97168": 20, "97530": 45}, 45, 3, {"97168": 1, "97530": 3}, {"97168": 1, "97530": 3}),
}  # fmt: skip


@pytest.mark.parametrize("number", ROWS)
def test_a_worked_example_counts_by_both_methods(number, tables) -> None:
    row = ROWS[number]
    count = count_visit(row.minutes, tables.codes)
    assert count.cms.total_minutes == row.total
    assert count.cms.units == row.cms
    assert count.whole(count.cms.units_by_code) == row.allocation
    assert [set(group) for group in count.cms.ties] == row.ties
    assert count.whole(count.midpoint.units_by_code) == row.midpoint
    timed = {code: n for code, n in row.midpoint.items() if tables.codes[code].timed}
    assert count.midpoint.units == sum(timed.values())


def test_the_two_methods_differ_in_a_quarter_of_two_code_sessions(tables) -> None:
    fewer = more = 0
    for a in range(1, 46):
        for b in range(1, 46):
            count = count_visit({"97110": a, "97140": b}, tables.codes)
            fewer += count.midpoint.units < count.cms.units
            more += count.midpoint.units > count.cms.units
    assert (fewer, more) == (252, 252)


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        ({"97129": 7}, {"97129": 0}),
        ({"97129": 22}, {"97129": 1}),
        ({"97129": 23}, {"97129": 1, "97130": 1}),
        ({"97129": 15, "97130": 23}, {"97129": 1, "97130": 2}),
        ({"97130": 20}, {"97130": 0, "97129": 1}),
        ({"97550": 15}, {"97550": 0}),
        ({"97550": 38}, {"97550": 1, "97551": 1}),
        ({"97545": 150}, {"97545": 1}),
        ({"97545": 120, "97546": 31}, {"97545": 1, "97546": 1}),
        ({"96125": 91}, {"96125": 2}),
        ({"92507": 50, "G0283": 30}, {"92507": 1, "G0283": 1}),
    ],
)
def test_other_codes_count_in_their_own_way(minutes, expected, tables) -> None:
    count = count_visit(minutes, tables.codes)
    assert count.whole(count.cms.units_by_code) == expected
    assert count.whole(count.midpoint.units_by_code) == expected


def test_cognitive_minutes_pool_with_other_timed_codes(tables) -> None:
    count = count_visit({"97530": 20, "97129": 25}, tables.codes)
    assert count.cms.total_minutes == 45
    assert count.whole(count.cms.units_by_code) == {"97530": 1, "97129": 1, "97130": 1}


def test_a_tie_for_a_further_block_names_the_further_code(tables) -> None:
    count = count_visit({"97530": 20, "97129": 20}, tables.codes)
    assert count.cms.ties == (("97530", "97130"),)
    assert count.whole(count.cms.units_by_code) == {"97530": 2, "97129": 1}


def test_blocks_of_their_own_and_untimed_codes_bring_no_minutes(tables) -> None:
    count = count_visit({"97110": 15, "97550": 38, "96125": 70, "97150": 45}, tables.codes)
    assert count.cms.total_minutes == 15
    assert count.cms.units == 1
