"""Findings against gold labels: hand-made findings, no engine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from notelint.audit.accuracy import accuracy
from notelint.audit.goldnotes import GoldFile, GoldLabel, GoldNote
from notelint.audit.scoring import Counts, NoteScore, score_note
from notelint.finding import Finding, Place, Severity, Suggestion
from notelint.note import Note, Verdict
from notelint.rulebook.pack import load_pack

RULE, OTHER = "generic-activity-phrase", "dose-missing"
TEXT = "Balance activities x 10 min. Worked on UE tasks. Cont POC."


def finding(
    start: int | None = 0, end: int | None = 18, *, rule: str = RULE, severity: Severity = "warning"
) -> Finding:
    return Finding(
        code="GEN101", name=rule, severity=severity, rule_class="judgement",
        scope="note" if start is None else "words", summary="", message="",
        places=(Place("main", "text", start, end),), suggestion=Suggestion(""), note_id="n1",
    )  # fmt: skip


def label(
    verdict: Verdict, start: int | None = 0, end: int | None = 18, rule: str = RULE
) -> GoldLabel:
    return GoldLabel(rule, verdict, start, end)


def gold(*labels: GoldLabel, judged: Sequence[str] = (RULE,), **facts: str) -> GoldNote:
    return GoldNote(Note(TEXT, id="n1", **facts), labels, frozenset(judged))  # type: ignore[arg-type]


def tally(score: NoteScore) -> tuple[int, ...]:
    return tuple(
        len(part)
        for part in (
            score.right,
            score.wrong,
            score.open,
            score.unjudged,
            score.found,
            score.missed,
        )
    )


def test_a_finding_that_overlaps_a_must_is_right_and_the_must_is_found() -> None:
    assert tally(score_note(gold(label("must")), [finding(8, 20)])) == (1, 0, 0, 0, 1, 0)


def test_a_finding_that_only_touches_a_must_is_a_false_alarm_and_the_must_is_missed() -> None:
    assert tally(score_note(gold(label("must")), [finding(18, 22)])) == (0, 1, 0, 0, 0, 1)


def test_a_finding_of_another_rule_at_the_same_place_finds_nothing() -> None:
    score = score_note(gold(label("must"), judged=(RULE, OTHER)), [finding(rule=OTHER)])
    assert tally(score) == (0, 1, 0, 0, 0, 1)


def test_may_counts_for_nobody() -> None:
    assert tally(score_note(gold(label("may")), [finding()])) == (0, 0, 1, 0, 0, 0)
    assert tally(score_note(gold(label("may")), [])) == (0, 0, 0, 0, 0, 0)


@pytest.mark.parametrize("labels", [(), (label("mustnot"),)])
def test_a_finding_of_a_judged_rule_without_must_or_may_is_a_false_alarm(
    labels: tuple[GoldLabel, ...],
) -> None:
    assert tally(score_note(gold(*labels), [finding()])) == (0, 1, 0, 0, 0, 0)


def test_a_finding_of_a_rule_nobody_judged_is_listed_and_not_counted() -> None:
    assert tally(score_note(gold(judged=()), [finding()])) == (0, 0, 0, 1, 0, 0)


def test_a_must_on_a_trap_wins() -> None:
    score = score_note(gold(label("mustnot", 0, 58), label("must", 8, 18)), [finding(8, 18)])
    assert tally(score) == (1, 0, 0, 0, 1, 0)


def test_a_label_without_anchor_matches_a_finding_anywhere() -> None:
    score = score_note(gold(label("must", None, None)), [finding(29, 47)])
    assert tally(score) == (1, 0, 0, 0, 1, 0)


def test_a_finding_about_the_whole_note_matches_by_its_rule() -> None:
    score = score_note(gold(label("must", 8, 18)), [finding(None, None)])
    assert tally(score) == (1, 0, 0, 0, 1, 0)


def test_a_finding_that_is_off_counts_for_recall_and_not_for_precision() -> None:
    score = score_note(gold(label("must")), [], [finding(severity="info")], {RULE: "off"})
    assert tally(score) == (0, 0, 0, 0, 1, 0)
    assert score.found[0][1] == "off"


def test_a_missed_must_has_the_severity_its_rule_would_have() -> None:
    score = score_note(gold(label("must")), [], [], {RULE: "error"})
    assert score.missed == ((label("must"), "error"),)


places = st.tuples(st.integers(0, 57), st.integers(1, 20)).map(lambda p: (p[0], p[0] + p[1]))
labels_of = st.lists(st.tuples(st.sampled_from(["must", "may", "mustnot"]), places), max_size=5)


@given(labels_of, st.lists(places, max_size=5))
@settings(max_examples=150)
def test_every_finding_and_every_must_is_counted_once(
    marked: list[tuple[Verdict, tuple[int, int]]], spans: list[tuple[int, int]]
) -> None:
    note = gold(*(label(verdict, *place) for verdict, place in marked))
    score = score_note(note, [finding(*span) for span in spans])
    right, wrong, may, unjudged, found, missed = tally(score)
    assert right + wrong + may + unjudged == len(spans)
    assert found + missed == sum(verdict == "must" for verdict, _ in marked)
    assert (right > 0) == (found > 0)


def scores(right: int, wrong: int, missed: int, rule: str = RULE) -> list[NoteScore]:
    def judged(*labels: GoldLabel) -> GoldNote:
        return gold(*labels, judged=(rule,), note_type="daily")

    must = label("must", rule=rule)
    own = [score_note(judged(must), [finding(rule=rule)]) for _ in range(right)]
    own += [score_note(judged(), [finding(rule=rule)]) for _ in range(wrong)]
    return own + [score_note(judged(must), [], [], {rule: "warning"}) for _ in range(missed)]


def test_the_rates_are_those_of_the_counts_with_clopper_pearson_bounds() -> None:
    found = accuracy(scores(28, 2, 7), load_pack())
    precision, recall = found.overall.precision, found.overall.recall
    assert precision is not None
    assert recall is not None
    assert (precision.count, precision.n, recall.count, recall.n) == (28, 30, 28, 35)
    exact = binomtest(28, 30).proportion_ci(0.95, method="exact")
    assert (precision.low, precision.high) == pytest.approx((exact.low, exact.high))
    f1 = found.overall.f1
    assert f1 is not None
    assert f1.point == pytest.approx(2 * 28 / (28 + 2 + 28 + 7))
    assert f1.low < f1.point < f1.high


def test_a_rule_under_twenty_joins_its_category_and_shows_no_rate_of_its_own() -> None:
    pack = load_pack()
    found = accuracy([*scores(25, 0, 0), *scores(4, 1, 2, "continue-poc-only")], pack)
    names = [row.name for row in found.tables["rule"]]
    assert names == [RULE, "generic-language: rules with fewer than 20"]
    pooled = found.tables["rule"][1]
    assert pooled.rules == ("continue-poc-only",)
    assert (pooled.counts.right, pooled.counts.wrong, pooled.counts.must) == (4, 1, 6)
    assert pooled.as_dict()["precision"] is None
    assert pooled.f1 is None


@pytest.mark.parametrize("cut", ["kind", "discipline", "payer"])
def test_a_cut_by_a_fact_holds_every_count_once(cut: str) -> None:
    found = accuracy(scores(5, 3, 2), load_pack(), [cut])
    total = sum((row.counts for row in found.tables[cut]), Counts())
    assert total == found.overall.counts == Counts(right=5, wrong=3, found=5, must=7)


def test_severities_split_the_findings() -> None:
    mixed = [
        score_note(gold(label("must")), [finding(severity="error")]),
        score_note(gold(), [finding(severity="info")]),
    ]
    found = accuracy(mixed, load_pack())
    assert [(row.name, row.counts.right, row.counts.wrong) for row in found.severities] == [
        ("error", 1, 0),
        ("info", 0, 1),
    ]


def test_a_well_documented_note_is_silent_without_warning_or_error() -> None:
    several = [
        score_note(gold(), []),
        score_note(gold(), [finding(severity="info")]),
        score_note(gold(), [finding(severity="warning")]),
        score_note(gold(label("may")), [finding(severity="warning")]),
        score_note(gold(label("must")), []),
        score_note(gold(judged=()), []),
    ]
    found = accuracy(several, load_pack())
    assert (found.well_documented, found.silent, found.silent_beside_may) == (4, 2, 3)


def test_a_rule_wholly_under_the_bar_of_its_severity_is_named() -> None:
    pack = load_pack()
    assert accuracy(scores(12, 28, 0), pack).under_bar == ((RULE, "warning"),)
    assert accuracy(scores(35, 5, 0), pack).under_bar == ()  # the interval reaches the bar
    assert accuracy(scores(2, 10, 0), pack).under_bar == ()  # too few to say


def test_only_a_test_folder_is_kept_aside(tmp_path: Path) -> None:
    for folder, aside in (("test", True), ("train", False), ("tests", False)):
        path = tmp_path / folder / "notes.jsonl"
        assert GoldFile(path, ()).kept_aside is aside
