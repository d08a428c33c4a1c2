from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from notelint.audit.desk import Desk, DeskOptions
from notelint.audit.estimate import Estimate, estimate_of
from notelint.audit.intervals import Combined, Interval
from notelint.audit.ledger import Ledger
from notelint.audit.saying import estimate_lines
from notelint.cli import estimate as command

Make = Callable[..., Desk]


def read(desk: Desk, who: str, unit: str, answer: str = "", verdicts: str = "correct") -> None:
    desk.open(who, unit)
    vague = bool(int(unit[-3:]) % 3)
    page = desk.answer(who, unit, answer or ("needs-work" if vague else "meets"))
    for note in page["notes"]:
        for finding in note["findings"]:
            desk.judge(who, unit, note["note"], finding["fingerprint"], verdicts)
    desk.finish(who, unit)


def estimated(desk: Desk, **options: Any) -> Estimate:
    return estimate_of(desk.manifest, desk.ledger, **options)


def words(found: Estimate) -> str:
    return "\n".join(estimate_lines(found))


@pytest.fixture
def notes(make_notes: Any) -> list[Any]:
    found: list[Any] = make_notes(90, clinicians=3)
    return found


def test_the_rate_of_a_simple_sample_is_exact_and_knows_the_population(
    make_desk: Make, notes: list[Any]
) -> None:
    desk = make_desk(notes, n=30)
    for unit in desk.pile:
        read(desk, "mb", unit)
    found = estimated(desk)
    errors = sum(bool(int(u[-3:]) % 3) for u in desk.pile)
    assert isinstance(found.overall, Interval)
    assert (found.overall.count, found.overall.n, found.overall.population) == (errors, 30, 90)
    assert found.overall.low <= 60 / 90 <= found.overall.high
    text = words(found)
    assert "hypergeometric" in text
    assert "sampling without replacement" in text


def test_below_twenty_no_rate_is_given(make_desk: Make, notes: list[Any]) -> None:
    desk = make_desk(notes, n=30)
    for unit in desk.pile[:19]:
        read(desk, "mb", unit)
    found = estimated(desk)
    assert found.as_dict()["overall"]["point"] is None
    assert found.as_dict()["overall"]["note"] == "not enough reviewed"
    assert "not enough reviewed" in words(found)
    read(desk, "mb", desk.pile[19])
    assert estimated(desk).as_dict()["overall"]["point"] is not None


def test_strata_are_weighted_and_one_without_a_reading_leaves_the_whole_open(
    make_desk: Make, notes: list[Any]
) -> None:
    desk = make_desk(notes, by=("clinician",), allocation="fixed", per_stratum=10)
    for unit in desk.pile[:-10]:
        if unit in desk.manifest.strata[0].sample:
            read(desk, "mb", unit)
    assert estimated(desk).overall is None
    for unit in desk.pile:
        read(desk, "mb", unit)
    found = estimated(desk)
    assert isinstance(found.overall, Combined)
    # every third note is good, and clinicians go round by three: one group is all good
    rates = {s.label: s.interval.point for s in found.strata if s.interval}
    assert sorted(rates.values()) == [0, 1, 1]
    assert found.overall.point == pytest.approx(2 / 3)
    assert "Šidák" in words(found)


def test_units_taken_with_certainty_never_enter_the_estimate(
    make_desk: Make, notes: list[Any]
) -> None:
    plain = make_desk(notes, n=20, certainty=("id=note-001|note-002|note-004",))
    for unit in plain.pile:
        read(plain, "mb", unit)
    found = estimated(plain)
    assert found.certainty == (3, 3, 3)
    assert isinstance(found.overall, Interval)
    assert found.overall.n == 20
    assert found.overall.population == 87
    drawn = {v.unit for v in found.readings.verdicts}
    assert not drawn & {"note-001", "note-002", "note-004"}


def test_units_to_which_the_question_does_not_apply_leave_the_denominator(
    make_desk: Make, notes: list[Any]
) -> None:
    desk = make_desk(notes, n=30)
    for i, unit in enumerate(desk.pile):
        read(desk, "mb", unit, "na" if i < 5 else "")
    found = estimated(desk)
    assert isinstance(found.overall, Interval)
    assert (found.overall.n, found.overall.population) == (25, 85)
    assert "5 reviewed to which the question does not apply" in words(found)


def test_verdicts_on_another_version_of_a_rule_do_not_count(
    make_desk: Make, notes: list[Any]
) -> None:
    desk = make_desk(notes, n=30)
    for unit in desk.pile:
        read(desk, "mb", unit)
    before = estimated(desk)
    assert before.precision is not None
    assert before.precision.n > 20
    desk.ledger.close()
    newer = make_desk(notes, n=30, version="v2")
    found = estimated(newer)
    assert found.precision is None
    assert found.readings.stale == {"verdicts on a rule that has changed": before.precision.n}
    assert "Not counted" in words(found)


def test_precision_counts_correct_and_wrong_only(make_desk: Make, notes: list[Any]) -> None:
    desk = make_desk(notes, n=40)
    vague = [u for u in desk.pile if int(u[-3:]) % 3]
    for i, unit in enumerate(desk.pile):
        kinds = ("correct", "correct", "wrong", "not-useful", "unsure")
        read(desk, "mb", unit, verdicts=kinds[i % 5])
    found = estimated(desk)
    rule = next(r for r in found.rules if r.code == "GEN101")
    assert sum(rule.verdicts.values()) == len(vague)
    assert rule.precision is not None
    assert rule.precision.n == rule.verdicts["correct"] + rule.verdicts["wrong"]
    assert rule.as_dict()["precision"]["point"] is None or rule.precision.n >= 20


def test_recall_comes_from_blind_marks_only(make_desk: Make, notes: list[Any]) -> None:
    desk = make_desk(notes, n=30, options=DeskOptions(blind=True))
    for i, unit in enumerate(desk.pile):
        desk.open("mb", unit)
        text = desk.examination.notes[unit].note.text
        if "as per flowsheet" in text and i % 2:
            at = text.index("exercises")
            desk.mark("mb", unit, unit, at, at + 9, rule="generic-activity-phrase")
        elif "as per flowsheet" in text:
            desk.mark("mb", unit, unit, 0, 2, rule="code-intent-missing")
        read(desk, "mb", unit)
    desk.mark(
        "mb", desk.pile[0], desk.pile[0], 0, 2, rule="code-intent-missing"
    )  # after the answer
    found = estimated(desk)
    by_code = {r.code: r for r in found.rules}
    assert by_code["GEN101"].recall is not None
    assert by_code["GEN101"].recall.point == 1
    assert by_code["COD301"].recall is not None
    assert by_code["COD301"].recall.point == 0
    blind = sum(mark.blind for mark in found.readings.marks)
    assert found.recall is not None
    assert found.recall.n == blind
    assert by_code["COD301"].missed == by_code["COD301"].recall.n + 1


def test_without_a_blind_review_recall_is_not_measured(make_desk: Make, notes: list[Any]) -> None:
    desk = make_desk(notes, n=20)
    desk.open("mb", desk.pile[0])
    desk.mark("mb", desk.pile[0], desk.pile[0], 0, 2, rule="tolerated-well")
    for unit in desk.pile:
        read(desk, "mb", unit)
    assert estimated(desk).recall is None
    assert "needs a blind review" in words(estimated(desk))


def test_agreement_counts_second_readings_and_the_first_or_settled_answer_stands(
    make_desk: Make, notes: list[Any]
) -> None:
    desk = make_desk(notes, n=20, options=DeskOptions(second_share=0.3))
    for unit in desk.pile:
        read(desk, "mb", unit, "meets")
    second = [u for u in desk.pile if u in desk.second]
    for i, unit in enumerate(second):
        read(desk, "kl", unit, "needs-work" if i < 2 else "meets")
    found = estimated(desk)
    item = found.agreement[0]
    assert (item.n, item.table) == (6, ((4, 2), (0, 0)))
    assert item.percent == pytest.approx(4 / 6)
    assert item.kappa == pytest.approx(0)
    assert set(found.disputed) == set(second[:2])
    assert isinstance(found.overall, Interval)
    assert found.overall.count == 0
    desk.settle("kl", second[0], "needs-work")
    again = estimated(desk).overall
    assert isinstance(again, Interval)
    assert again.count == 1


def test_kappa_of_readers_who_always_say_the_same_is_undefined_in_words(
    make_desk: Make, notes: list[Any]
) -> None:
    desk = make_desk(notes, n=10, options=DeskOptions(second_share=1.0))
    for who in ("mb", "kl"):
        for unit in desk.pile:
            read(desk, who, unit, "meets")
    text = words(estimated(desk))
    assert "kappa undefined" in text
    assert "nan" not in text.lower()


app = typer.Typer()
command.register(app)


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments), catch_exceptions=True)


def test_the_calculator_prints_low_high_point_and_method() -> None:
    answer = json.loads(run("--count", "6/30", "--output-format", "json").stdout)
    assert answer["point"] == pytest.approx(0.2)
    assert (round(answer["low"], 3), round(answer["high"], 3)) == (0.077, 0.386)
    assert "Clopper-Pearson" in answer["method"]
    small = json.loads(
        run(
            "--count", "0/10", "--population", "30", "--one-sided", "--output-format", "json"
        ).stdout
    )
    assert small["high_count"] == 6
    assert small["high"] == pytest.approx(0.2)
    assert "hypergeometric" in small["method"]
    assert "between 7.7 % and 38.6 %" in run("--count", "6/30").stdout


@pytest.mark.parametrize(
    "arguments",
    [("--count", "six"), ("--count", "7/6"), (), ("--count", "1/2", "--output-format", "xml")],
)
def test_what_cannot_be_calculated_is_an_error_with_a_remedy(arguments: tuple[str, ...]) -> None:
    answer = run(*arguments)
    assert answer.exit_code != 0
    assert getattr(answer.exception, "remedy", "")


def test_signing_off_records_who_and_the_hash_in_the_log(make_desk: Make, tmp_path: Path) -> None:
    desk = make_desk()
    for unit in desk.pile:
        read(desk, "mb", unit)
    desk.ledger.close()
    sample = tmp_path / "q4.sample.json"
    sample.write_text(json.dumps(desk.manifest.as_dict()))
    output = tmp_path / "q4.estimate.json"
    answer = run(str(sample), "--signed-by", "M. Bauer", "--output", str(output))
    assert answer.exit_code == 0, answer.output
    import hashlib

    signed = [e for e in Ledger(tmp_path / "q4.review.jsonl").log.events() if e.kind == "signed"]
    assert signed[0].who == "M. Bauer"
    assert signed[0].data["sha256"] == hashlib.sha256(output.read_bytes()).hexdigest()
