from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta, binom, hypergeom

from notelint.audit.intervals import Part, combine, exact_interval, zero_error_size
from notelint.audit.planning import plan
from notelint.errors import UsageError


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [
        (0, 5, 0, 52.2), (0, 10, 0, 30.8), (0, 30, 0, 11.6), (0, 59, 0, 6.1), (2, 10, 2.5, 55.6),
        (6, 30, 7.7, 38.6), (8, 40, 9.1, 35.6), (20, 100, 12.7, 29.2), (184, 300, 55.6, 66.9),
        (9, 10, 55.5, 99.7), (28, 30, 77.9, 99.2), (95, 100, 88.7, 98.4), (30, 30, 88.4, 100),
    ],
)  # fmt: skip
def test_the_published_intervals_come_out_to_a_tenth_of_a_point(
    count: int, n: int, low: float, high: float
) -> None:
    found = exact_interval(count, n)
    assert round(100 * found.low, 1) == pytest.approx(low, abs=0.051)
    assert round(100 * found.high, 1) == pytest.approx(high, abs=0.051)


@pytest.mark.parametrize(
    ("count", "n", "low"),
    [(2, 10, 5.5), (6, 30, 10.9), (8, 40, 12.0), (20, 100, 14.9), (184, 300, 57.5)],
)
def test_the_one_sided_ninety_percent_lower_limits_are_those_of_the_overpayment_rules(
    count: int, n: int, low: float
) -> None:
    assert 100 * exact_interval(count, n, confidence=0.9, one_sided=True).low == pytest.approx(
        low, abs=0.051
    )


@pytest.mark.parametrize(
    ("n", "population", "most"), [(10, 30, 6), (10, 60, 14), (30, 200, 17), (30, 1000, 93)]
)
def test_a_clean_sample_of_a_small_clinic_bounds_the_number_of_notes(
    n: int, population: int, most: int
) -> None:
    found = exact_interval(0, n, population=population, one_sided=True)
    assert (found.low_count, found.high_count) == (0, most)
    assert found.high == pytest.approx(most / population)


def test_the_edges_are_closed_and_a_census_is_certain() -> None:
    assert exact_interval(0, 30).low == 0
    assert exact_interval(30, 30).high == 1
    whole = exact_interval(7, 30, population=30)
    assert (whole.low_count, whole.high_count) == (7, 7)


def test_notes_without_an_error_that_are_needed_to_claim_a_limit() -> None:
    assert [zero_error_size(limit) for limit in (0.05, 0.10, 0.20)] == [59, 29, 14]


@pytest.mark.parametrize("n", [10, 30, 100])
@pytest.mark.parametrize("p", [0.02, 0.1, 0.3])
def test_two_thousand_draws_are_covered_at_least_as_often_as_promised(p: float, n: int) -> None:
    counts = binom.rvs(n, p, size=2000, random_state=20261)
    inside = {k: exact_interval(k, n) for k in {int(c) for c in counts}}
    covered = sum(inside[int(k)].low <= p <= inside[int(k)].high for k in counts) / 2000
    exact = sum(
        binom.pmf(k, n, p)
        for k in range(n + 1)
        if exact_interval(k, n).low <= p <= exact_interval(k, n).high
    )
    assert exact >= 0.95
    assert covered >= 0.95 - 3 * (0.95 * 0.05 / 2000) ** 0.5


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_finite_interval_holds_what_the_sample_does_not_speak_against(
    data: st.DataObject,
) -> None:
    population = data.draw(st.integers(1, 120))
    n = data.draw(st.integers(1, population))
    count = data.draw(st.integers(0, n))
    found = exact_interval(count, n, population=population)
    kept = [
        k for k in range(count, population - (n - count) + 1)
        if hypergeom.sf(count - 1, population, k, n) > 0.025 - 1e-12 and hypergeom.cdf(count, population, k, n) > 0.025 - 1e-12
    ]  # fmt: skip
    assert (found.low_count, found.high_count) == (kept[0], kept[-1])
    wide = exact_interval(count, n)
    assert found.high <= wide.high + 1 / population + 1e-9


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 300), st.data())
def test_the_binomial_interval_is_that_of_clopper_and_pearson(n: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, n))
    found = exact_interval(count, n)
    assert found.low <= found.point <= found.high
    if 0 < count < n:
        assert found.low == pytest.approx(beta.ppf(0.025, count, n - count + 1))
        assert found.high == pytest.approx(beta.ppf(0.975, count + 1, n - count))


@pytest.mark.parametrize(
    "bad",
    [(7, 6, {}), (-1, 5, {}), (0, 0, {}), (1, 5, {"population": 4}), (1, 5, {"confidence": 95})],
)
def test_numbers_that_do_not_fit_together_are_refused(
    bad: tuple[int, int, dict[str, float]],
) -> None:
    count, n, options = bad
    with pytest.raises(UsageError):
        exact_interval(count, n, **options)  # type: ignore[arg-type]


def test_strata_are_weighted_by_their_share_of_the_frame_not_of_the_sample() -> None:
    found = combine([Part("big", 1, 10, 900), Part("small", 5, 10, 100)])
    assert found.point == pytest.approx(0.9 * 0.1 + 0.1 * 0.5)
    assert found.low < found.point < found.high
    assert found.near_low < found.point < found.near_high < found.high
    assert "weighted" in found.method


def test_the_combined_interval_covers_the_truth_in_a_simulation() -> None:
    sizes, errors, ns = (60, 200, 40), (6, 50, 20), (10, 20, 8)
    truth = sum(errors) / sum(sizes)
    draws = [
        hypergeom.rvs(size, k, n, size=300, random_state=i)
        for i, (size, k, n) in enumerate(zip(sizes, errors, ns, strict=True))
    ]
    memo: dict[tuple[int, ...], bool] = {}
    for row in zip(*draws, strict=True):
        counts = tuple(int(c) for c in row)
        if counts not in memo:
            parts = [Part(str(i), c, ns[i], sizes[i]) for i, c in enumerate(counts)]
            found = combine(parts)
            memo[counts] = found.low <= truth <= found.high
    assert sum(memo[tuple(int(c) for c in row)] for row in zip(*draws, strict=True)) / 300 >= 0.95


def test_a_plan_reaches_its_margin() -> None:
    made = plan(0.05, 0.1)
    found = exact_interval(round(0.1 * made.size), made.size)
    assert max(found.high - found.point, found.point - found.low) <= 0.05
    assert 190 <= made.size <= 210
    assert [size for _, size in made.zero_error] == [59, 29, 14]
    assert plan(0.05, 0.1, population=200).size < made.size
