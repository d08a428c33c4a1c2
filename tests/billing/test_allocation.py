"""Laws of the total-time rule, searched by hypothesis and exhausted for small sessions."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.billing.allocation import allocate
from notelint.billing.midpoint import count_midpoint
from notelint.billing.units import units

CODES = ("97110", "97112", "97116", "97140", "97530", "97535")
SESSIONS = st.dictionaries(st.sampled_from(CODES), st.integers(1, 120), min_size=1)


@given(SESSIONS)
@settings(max_examples=200)
def test_units_are_those_of_the_total_and_the_allocation_sums_to_them(minutes) -> None:
    found = allocate(minutes)
    assert found.units == (sum(minutes.values()) + 7) // 15
    assert sum(found.units_by_code.values()) == found.units


@given(SESSIONS)
@settings(max_examples=200)
def test_every_full_block_is_billed_and_nothing_gets_more_than_one_extra(minutes) -> None:
    found = allocate(minutes)
    for code, spent in minutes.items():
        assert spent // 15 <= found.units_by_code[code] <= spent // 15 + (spent % 15 > 0)


@given(SESSIONS)
@settings(max_examples=200)
def test_no_unbilled_remainder_is_larger_than_a_billed_one(minutes) -> None:
    found = allocate(minutes)
    given_one = [c for c in minutes if found.units_by_code[c] > found.base[c]]
    waiting = [c for c in minutes if found.units_by_code[c] == found.base[c]]
    assert all(found.remainders[a] >= found.remainders[b] for a, b in product(given_one, waiting))


@given(SESSIONS, st.randoms(use_true_random=False))
@settings(max_examples=200)
def test_the_order_of_entry_matters_only_inside_a_tie(minutes, random) -> None:
    shuffled = list(minutes)
    random.shuffle(shuffled)
    one, other = allocate(minutes), allocate({code: minutes[code] for code in shuffled})
    assert (one.units, one.extra) == (other.units, other.extra)
    assert [set(group) for group in one.ties] == [set(group) for group in other.ties]
    tied = {code for group in one.ties for code in group}
    for code in minutes:
        assert code in tied or one.units_by_code[code] == other.units_by_code[code]
    assert one.allows(other.units_by_code)


@given(SESSIONS)
@settings(max_examples=100)
def test_midpoint_units_are_each_codes_own(minutes) -> None:
    found = count_midpoint(minutes)
    assert found.units == sum(units(spent) for spent in minutes.values())


def test_extra_units_never_exceed_the_codes_with_minutes_left_over() -> None:
    for spent in product(range(1, 46, 2), repeat=3):
        found = allocate(dict(zip(CODES, spent, strict=False)))
        assert 0 <= found.extra <= sum(rest > 0 for rest in found.remainders.values())


def test_no_minutes_make_no_units() -> None:
    found = allocate({})
    assert (found.units, found.units_by_code, found.ties) == (0, {}, ())


def test_only_choices_inside_the_tie_are_allowed() -> None:
    found = allocate({"97112": 20, "97110": 20})
    assert found.allows({"97112": 1, "97110": 2})
    assert not found.allows({"97112": 3})
    assert not found.allows({"97112": 2, "97110": 2})
    assert not found.allows({"97112": 2, "97110": 1, "97530": 1})
