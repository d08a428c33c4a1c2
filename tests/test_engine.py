"""The engine: a rule that did not run is told with its reason and never counted as clean."""

from __future__ import annotations

from datetime import date

import pytest

from notelint.engine import Linter, lint_notes
from notelint.finding import Problem
from notelint.note import Charge, Note
from notelint.rulebook.pack import Pack
from notelint.settings import Settings

TEXT = "O: Balance activities performed x 15 min."


def reasons(linter: Linter, note: Note) -> dict[str, str]:
    return dict(linter.lint(note).not_applied)


def test_a_need_that_is_not_supplied_is_a_reason_and_one_that_is_supplied_is_none(
    linter: Linter, pack: Pack
) -> None:
    bare = reasons(linter, Note(TEXT))
    billed = reasons(linter, Note(TEXT, charges=(Charge("97530", 2, 30.0),)))
    needing = {r.name for r in pack.rules if r.needs == {"charges"} and r.name in bare}
    assert needing
    assert {bare[name] for name in needing} == {"no charges"}
    assert not needing & set(billed)


def test_a_field_that_is_known_to_be_empty_supplies_its_need(linter: Linter) -> None:
    bare = reasons(linter, Note(TEXT))
    empty = reasons(linter, Note(TEXT, carried=frozenset({"charges"})))
    assert "no charges" in bare.values()
    assert "no charges" not in empty.values()


def test_a_stated_kind_supplies_the_whole_note_and_a_fragment_never_does(linter: Linter) -> None:
    why = "note kind not stated"
    assert why in reasons(linter, Note(TEXT)).values()
    assert why in reasons(linter, Note(TEXT, note_type="snippet")).values()
    assert why not in reasons(linter, Note(TEXT, note_type="daily")).values()


def test_a_rule_that_is_out_of_scope_is_silent_without_a_reason(linter: Linter, pack: Pack) -> None:
    rule = next(r for r in pack.rules if r.applies.note.never & {"no_show"})
    result = linter.lint(Note(TEXT, note_type="no_show"))
    assert rule.name not in dict(result.not_applied)
    assert rule.name not in {f.name for f in result.findings}


def test_dated_rules_are_not_applied_past_their_data(linter: Linter, pack: Pack) -> None:
    assert pack.valid_through
    late = Note(TEXT, date_of_service=date(2039, 1, 1), charges=(Charge("97530", 2, 30.0),),
                note_type="daily", payer="medicare_b", discipline="PT")  # fmt: skip
    told = reasons(linter, late)
    assert any(why.startswith("data valid through") for why in told.values())
    assert not {f.name for f in linter.lint(late).findings} & set(pack.valid_through)
    chosen = Linter(Settings(as_of=date(2039, 1, 1)), pack)
    assert any(
        "data valid" in why for why in reasons(chosen, Note(TEXT, charges=late.charges)).values()
    )


def test_a_note_of_another_kind_is_left_alone_and_told(linter: Linter) -> None:
    text = (
        "PREOPERATIVE DIAGNOSIS: Cataract. POSTOPERATIVE DIAGNOSIS: Cataract. ANESTHESIA: Local. "
        "DESCRIPTION OF PROCEDURE: prepped and draped in sterile fashion. "
        + "The lens was removed. "
        * 40
    )
    result = linter.lint(Note(text))
    assert result.left_alone
    assert result.findings == ()
    assert {why for _, why in result.not_applied} == {"not a therapy note"}
    assert len(result.not_applied) == len(linter.rules)


def test_defaults_fill_what_a_note_does_not_say_and_overrides_win(pack: Pack) -> None:
    settings = Settings(defaults={"payer": "va"}, overrides={"setting": "snf_part_b"})
    linter = Linter(settings, pack)
    facts = linter.encounter(Note(TEXT, payer="auto", setting="outpatient")).facts
    assert (facts.payer, facts.setting) == ("auto", "snf_part_b")
    assert linter.encounter(Note(TEXT)).facts.payer == "va"


def test_a_chosen_severity_holds_for_every_case(pack: Pack) -> None:
    for level in ("info", "error"):
        linter = Linter(Settings(severities={"generic-activity-phrase": level}), pack)
        found = {f.name: f.severity for f in linter.lint(Note(TEXT)).findings}
        assert found["generic-activity-phrase"] == level
    off = Linter(Settings(severities={"generic-activity-phrase": "off"}), pack)
    assert "generic-activity-phrase" not in {f.name for f in off.lint(Note(TEXT)).findings}


@pytest.mark.parametrize(("strictness", "severity"), [("audit", "warning"), ("minimum", "info")])
def test_strictness_is_the_runs_choice(strictness: str, severity: str, pack: Pack) -> None:
    linter = Linter(Settings(strictness=strictness), pack)
    found = {f.name: f.severity for f in linter.lint(Note(TEXT)).findings}
    assert found["generic-activity-phrase"] == severity


def test_a_note_beyond_the_limit_is_a_problem_without_its_text(pack: Pack) -> None:
    linter = Linter(Settings(max_note_chars=20), pack)
    (problem,) = linter.lint(Note(TEXT, id="n1")).problems
    assert "41 characters; the limit is 20" in problem.what
    assert "Balance" not in str(problem)


def test_a_stream_goes_on_after_a_problem_and_ends_in_the_runs_report() -> None:
    stream = [Note(TEXT, id="a"), Problem("unreadable.", file="x"), Note(TEXT, id="b")]
    first, problem, second, run = lint_notes(stream)
    assert {f.note_id for f in first.findings} == {"a"}
    assert problem.problems[0].what == "unreadable."
    assert {f.note_id for f in second.findings} == {"b"}
    assert run.summary["notes"] == 2
    assert all(n.notes >= 1 for n in run.not_applied)
    counted = {(n.rule, n.reason): n.notes for n in run.not_applied}
    assert 2 in counted.values()


def test_the_summary_never_says_clean_or_passed() -> None:
    *_, run = lint_notes([Note("Rested.")])
    told = " ".join(str(value) for value in run.summary.values()).lower()
    assert "silence is no evidence" in told
    for word in ("clean", "passed", "compliant"):
        assert word not in told.replace("evidence of compliance", "")
