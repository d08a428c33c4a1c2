from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.billing.allocation import allocate
from notelint.billing.review import review, review_structure, review_totals


def kinds(issues) -> list[tuple[str, str]]:
    return [(issue.kind, issue.code) for issue in issues]


@pytest.mark.parametrize(
    ("billed", "minutes", "expected"),
    [
        ({"97110": 2, "97140": 1, "97116": 1, "97035": 1},
         {"97110": 18, "97140": 13, "97116": 10, "97035": 8}, ("over", "")),
        ({"97530": 2}, {"97530": 22}, ("over", "")),
        ({"97110": 1, "97140": 1}, {"97110": 8, "97140": 8}, ("over", "")),
        ({"97535": 1}, {"97535": 6}, ("under_eight", "")),
        ({"97530": 1}, {"97530": 30}, ("under", "")),
        ({"97530": 1}, {"97530": 30}, ("below_base", "97530")),
        ({"97110": 3}, {"97110": 33, "97140": 7}, ("smaller_remainder", "97110")),
        ({"97112": 3}, {"97112": 20, "97110": 20}, ("concentrated", "97112")),
        ({"97112": 3}, {"97112": 20, "97110": 20}, ("below_base", "97110")),
        ({"97110": 1, "97035": 1, "97116": 1},
         {"97110": 18, "97140": 13, "97116": 10, "97035": 8}, ("smaller_remainder", "97035")),
    ],
)  # fmt: skip
def test_a_contradiction_to_the_total_time_rule_is_named(billed, minutes, expected, tables) -> None:
    assert expected in kinds(review("cms", billed, minutes, tables.codes))


@pytest.mark.parametrize(
    ("billed", "minutes"),
    [
        ({"97110": 2, "97140": 1}, {"97110": 33, "97140": 7}),
        ({"97112": 1, "97110": 2}, {"97112": 20, "97110": 20}),
        ({"97112": 2, "97110": 1}, {"97112": 20, "97110": 20}),
        ({"97110": 1, "97140": 1, "97116": 1}, {"97110": 18, "97140": 13, "97116": 10, "97035": 8}),
        ({"97110": 2, "97161": 1}, {"97110": 35, "97161": 20}),
        ({"97129": 1, "97130": 1, "97530": 1}, {"97129": 25, "97530": 20}),
    ],
)
def test_a_right_claim_has_no_issue(billed, minutes, tables) -> None:
    assert not list(review("cms", billed, minutes, tables.codes))


@given(
    st.dictionaries(st.sampled_from(("97110", "97112", "97530")), st.integers(1, 60), min_size=1)
)
@settings(max_examples=100)
def test_what_the_rule_allocates_the_review_accepts(minutes) -> None:
    from notelint.billing.codes import Code

    codes = {name: Code(name, "", "timed", 15) for name in ("97110", "97112", "97530")}
    assert not list(review("cms", allocate(minutes).units_by_code, minutes, codes))


def test_midpoint_judges_each_code_alone(tables) -> None:
    issues = review("midpoint", {"97140": 1, "97110": 2}, {"97140": 7, "97110": 33}, tables.codes)
    assert kinds(issues) == [("under_eight", "97140")]
    fine = review("midpoint", {"97112": 2, "97110": 2}, {"97112": 24, "97110": 23}, tables.codes)
    assert not list(fine)


def test_an_unknown_payer_is_not_accused_by_one_method_alone(tables) -> None:
    minutes = {"97110": 8, "97140": 8}
    assert not list(review("both", {"97110": 1, "97140": 1}, minutes, tables.codes))
    assert not list(review("both", {"97110": 1}, minutes, tables.codes))
    (issue,) = review("both", {"97110": 2, "97140": 1}, minutes, tables.codes)
    assert (issue.kind, issue.billed, issue.supported) == ("over", 3, 2)


def test_incomplete_minutes_accuse_nobody(tables) -> None:
    assert not list(review("cms", {"97110": 9, "97530": 1}, {"97110": 15}, tables.codes))
    assert not list(review("cms", {}, {"97110": 15}, tables.codes))


def test_a_total_alone_bounds_the_units(tables) -> None:
    assert not list(review_totals({"97110": 2, "97530": 1, "97161": 1}, 38, tables.codes))
    (over,) = review_totals({"97110": 2, "97530": 2}, 52, tables.codes)
    assert (over.kind, over.billed, over.supported) == ("over", 4, 3)


@pytest.mark.parametrize(
    ("billed", "minutes", "expected"),
    [
        ({"97150": 3}, None, ("untimed_multiple", "97150")),
        ({"G0283": 2}, None, ("untimed_multiple", "G0283")),
        ({"97129": 2}, None, ("first_repeated", "97129")),
        ({"97130": 1}, None, ("further_alone", "97130")),
        ({"97129": 1, "97130": 1}, {"97129": 20}, ("further_short", "97130")),
        ({"97550": 1, "97551": 1}, {"97550": 37}, ("further_short", "97551")),
    ],
)
def test_the_structure_of_codes_holds_for_every_payer(billed, minutes, expected, tables) -> None:
    assert expected in kinds(review_structure(billed, minutes, tables.codes))


def test_sound_structure_has_no_issue(tables) -> None:
    billed = {"97129": 1, "97130": 1, "92526": 1, "96125": 2, "99999": 4}
    assert not list(review_structure(billed, {"97129": 30}, tables.codes))
