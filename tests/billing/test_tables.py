from __future__ import annotations

import copy
import pickle
from datetime import date

import pytest

from notelint.billing.edits import shows_distinct_time
from notelint.billing.intervals import Interval
from notelint.billing.tables import STEMS, tables_from
from notelint.billing.thresholds import threshold_pool
from notelint.errors import RuleError
from notelint.note import PAYERS

KX = {2018: 2010, 2019: 2040, 2020: 2080, 2021: 2110, 2022: 2150, 2023: 2230, 2024: 2330,
      2025: 2410, 2026: 2480}  # fmt: skip


@pytest.mark.parametrize("year", KX)
def test_the_kx_threshold_of_a_year(year, tables) -> None:
    assert tables.thresholds.on(date(year, 1, 1)) == KX[year]
    assert tables.thresholds.on(date(year, 12, 31)) == KX[year]


def test_a_year_without_data_is_not_guessed(tables) -> None:
    assert tables.thresholds.on(date(2027, 1, 1)) is None
    assert tables.thresholds.judge(2480, date(2027, 1, 1)) == "year_unknown"
    assert not tables.speaks_for("kx_thresholds", date(2027, 1, 1))


@pytest.mark.parametrize(
    ("amount", "day", "verdict"),
    [
        (2410, date(2025, 7, 1), "right"),
        (2150, date(2025, 7, 1), "other_year"),
        (2480, date(2025, 12, 31), "other_year"),
        (3000, date(2026, 1, 1), "targeted_review"),
        (1234, date(2026, 1, 1), "unlike_any"),
    ],
)
def test_an_amount_is_judged_by_the_year_of_service(amount, day, verdict, tables) -> None:
    assert tables.thresholds.judge(amount, day) == verdict


def test_the_review_threshold_ends_after_2028(tables) -> None:
    assert tables.thresholds.review_on(date(2028, 12, 31)) == 3000
    assert tables.thresholds.review_on(date(2029, 1, 1)) is None


def test_pt_and_slp_share_a_threshold() -> None:
    assert threshold_pool("PT") == threshold_pool("SLP") == ("PT", "SLP")
    assert threshold_pool("OT") == ("OT",)
    assert threshold_pool("unknown") == ()


def test_every_file_says_where_it_comes_from_and_until_when(tables) -> None:
    assert set(tables.validity) == set(STEMS)
    for validity in tables.validity.values():
        assert validity.source
        assert validity.grade in ("verified", "secondary", "practice")


def test_every_payer_of_the_vocabulary_has_a_row_and_no_other(tables) -> None:
    assert set(tables.payers) == set(PAYERS)
    assert tables.payer("medicare_b").units == "cms"
    assert tables.payer("commercial").units == "midpoint"
    assert tables.payer("unknown").units == "both"
    assert tables.payer("medicare_b").start_stop == "no"


def test_every_code_named_anywhere_is_known(tables) -> None:
    named = {code for pair in tables.pairs for code in (pair.column1, pair.column2)}
    named |= {c for code in tables.codes.values() for c in code.replaced_by}
    named |= {c for others in tables.questions.values() for c in others if c != "progress_report"}
    assert named <= set(tables.codes)


@pytest.mark.parametrize(
    ("code", "on", "valid"),
    [
        ("97127", date(2019, 12, 31), True),
        ("97127", date(2020, 1, 1), False),
        ("97129", date(2019, 12, 31), False),
        ("97129", date(2020, 1, 1), True),
        ("97550", date(2023, 12, 31), False),
        ("G8978", date(2018, 12, 31), True),
        ("G8978", date(2019, 1, 1), False),
        ("G8978", None, False),
        ("97530", None, True),
    ],
)
def test_codes_begin_and_end(code, on, valid, tables) -> None:
    assert tables.codes[code].valid_on(on) is valid


def test_questions_run_one_way(tables) -> None:
    assert tables.questions_of("97530") == ("97110", "97112", "97535", "97150")
    assert tables.questions_of("97112") == ("97110", "97150")
    assert tables.questions_of("97110") == ("97150",)
    assert tables.questions_of("97164") == ("progress_report",)
    assert tables.questions_of("97150") == ()
    assert tables.questions_of("99999") == ()


@pytest.mark.parametrize(
    ("codes", "day", "count"),
    [
        (("97530", "97116"), date(2020, 9, 30), 0),
        (("97530", "97116"), date(2020, 10, 1), 1),
        (("97116", "97530"), date(2026, 12, 31), 1),
        (("97116", "97530"), date(2027, 1, 1), 0),
        (("97140", "97530"), date(2019, 5, 1), 1),
        (("97161", "97530"), date(2026, 3, 1), 0),
        (("97161", "97140"), date(2026, 3, 1), 1),
        (("97530", "97116", "97140"), date(2026, 3, 1), 2),
    ],
)
def test_pairs_hold_by_date_of_service(codes, day, count, tables) -> None:
    assert len(list(tables.pairs_on(codes, day))) == count


def test_separate_minutes_or_intervals_show_distinct_time(tables) -> None:
    (pair,) = tables.pairs_on(["97530", "97116"], date(2026, 3, 1))
    assert shows_distinct_time(pair, {"97530": 15, "97116": 15})
    assert not shows_distinct_time(pair, {"97530": 30})
    apart = [Interval(540, 555, "97530"), Interval(555, 570, "97116")]
    assert shows_distinct_time(pair, {}, apart)
    across = [Interval(540, 560, "97530"), Interval(555, 570, "97116")]
    assert not shows_distinct_time(pair, {"97530": 20, "97116": 15}, across)


def test_telehealth_has_an_end_and_speaks_of_medicare_only(tables) -> None:
    def opened(day: date, payer: str = "medicare_b") -> bool | None:
        return tables.telehealth_on(day, payer=payer, discipline="PT")

    assert opened(date(2025, 11, 1)) is True
    assert opened(date(2027, 12, 31)) is True
    assert opened(date(2028, 1, 1)) is False
    assert opened(date(2026, 1, 1), "commercial") is None


def test_year_facts_begin_and_end(tables) -> None:
    assert tables.fact("assistant_midpoint_exception", date(2022, 1, 1))
    assert not tables.fact("assistant_midpoint_exception", date(2021, 12, 31))
    assert not tables.fact("functional_reporting", date(2019, 1, 1))


def test_tables_travel_to_another_process(tables) -> None:
    assert pickle.loads(pickle.dumps(tables)) == tables


@pytest.mark.parametrize(
    ("stem", "change", "said"),
    [
        ("kx_thresholds", lambda d: d["years"][0].update(amount="2,010"), "years[0]: 'amount'"),
        ("kx_thresholds", lambda d: d.update(effective="soon"), "'effective' is not a date"),
        ("kx_thresholds", lambda d: d.update(valid_through="2001-01-01"), "before effective"),
        ("cpt_codes", lambda d: d["codes"][0].update(kind="tmed"), "Did you mean 'timed'"),
        ("cpt_codes", lambda d: d["codes"].append(d["codes"][0]), "stands twice"),
        ("cpt_codes", lambda d: d["codes"][0].update(flags="one_on_one"), "not a list"),
        ("ncci_pairs", lambda d: d["pairs"][1].update(indicator="9"), "pairs[1]: 'indicator'"),
        ("payers", lambda d: d["payers"].pop(), "payer 'unknown'"),
        ("payers", lambda d: d["payers"][0].pop("payer"), "'payer' is missing"),
        ("year_facts", lambda d: d.pop("facts"), "'facts' is missing"),
        ("telehealth", lambda d: d.update(spans=["x"]), "spans[0]"),
    ],
)
def test_a_bad_row_is_named(stem, change, said, data) -> None:
    broken = copy.deepcopy(data)
    change(broken[stem])
    with pytest.raises(RuleError) as caught:
        tables_from(broken)
    assert said in str(caught.value)
    assert str(caught.value).startswith(f"{stem}.yaml")


def test_a_missing_file_is_named(data) -> None:
    with pytest.raises(RuleError, match="'telehealth' is missing"):
        tables_from({stem: data[stem] for stem in STEMS if stem != "telehealth"})
