from __future__ import annotations

from notelint.billing.totals import clock_differs, review_totals_of_time


def kinds(**facts) -> list[str]:
    return [issue.kind for issue in review_totals_of_time(facts.pop("timed", ()), **facts)]


def test_parts_that_do_not_add_up_are_found() -> None:
    (issue,) = review_totals_of_time([15, 15, 10], timed_total=45)
    assert (issue.kind, issue.found, issue.stated) == ("sum", 40, 45)
    assert kinds(timed=[15, 15, 10], timed_total=40, treatment_total=55) == []


def test_evaluation_minutes_in_the_timed_total_are_told_apart_from_a_wrong_sum() -> None:
    assert kinds(timed=[15], timed_total=45, treatment_total=45, evaluation=[30]) == [
        "evaluation_in_timed"
    ]
    assert kinds(timed=[15], timed_total=15, treatment_total=45, evaluation=[30]) == []
    assert kinds(timed=[15], timed_total=40, evaluation=[30]) == ["sum"]


def test_more_timed_than_treatment_minutes_is_found_once() -> None:
    assert kinds(timed_total=50, treatment_total=45) == ["timed_over_treatment"]


def test_parts_may_be_less_than_treatment_time_and_never_more() -> None:
    assert kinds(timed_total=38, treatment_total=58) == []
    assert kinds(timed_total=38, treatment_total=50, evaluation=[20]) == ["treatment_sum"]
    assert kinds(treatment_total=20, evaluation=[30]) == []


def test_a_clock_may_differ_by_one_minute() -> None:
    assert not clock_differs(24, 25)
    assert clock_differs(23, 25)
