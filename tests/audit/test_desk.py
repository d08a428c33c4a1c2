from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from notelint.audit.desk import Desk, DeskOptions
from notelint.audit.eventlog import BrokenLog
from notelint.audit.gold import gold_lines
from notelint.audit.ledger import Ledger
from notelint.audit.pile import Refused
from notelint.note import Note

Make = Callable[..., Desk]


def read(
    desk: Desk, who: str, unit: str, verdict: str = "correct", answer: str = "needs-work"
) -> None:
    """One unit read to the end."""
    desk.open(who, unit)
    page = desk.answer(who, unit, answer)
    for note in page["notes"]:
        for finding in note["findings"]:
            desk.judge(who, unit, note["note"], finding["fingerprint"], verdict)
    desk.finish(who, unit)


def changed(desk: Desk, text: Callable[[str], str]) -> list[Note]:
    return [e.note.with_facts(text=text(e.note.text)) for e in desk.examination.notes.values()]


def test_a_unit_belongs_to_the_reviewer_who_opens_it_first(make_desk: Make) -> None:
    desk = make_desk()
    unit = desk.pile[0]
    assert desk.open("mb", unit)["role"] == "first"
    states = {item["unit"]: item["state"] for item in desk.overview("kl")["queue"]}
    assert states[unit] == "taken"
    with pytest.raises(Refused, match="Somebody else"):
        desk.open("kl", unit)
    with pytest.raises(Refused, match="Open it first"):
        desk.answer("kl", unit, "meets")


def test_the_page_shows_note_findings_sections_and_charges(make_desk: Make) -> None:
    desk = make_desk()
    unit = next(u for u in desk.pile if int(u[-3:]) % 3)
    note = desk.open("mb", unit)["notes"][0]
    assert [f["code"] for f in note["findings"]] == ["GEN101", "GEN104", "SKL201"]
    first = note["findings"][0]
    assert note["text"][first["start"] : first["end"]] == "performed exercises as per flowsheet"
    assert [s["name"] for s in note["sections"]] == ["S:", "O:", "A:", "P:"]
    assert [c["code"] for c in note["charges"]] == ["97110", "97530"]
    assert ["Payer", "medicare b"] in note["facts"] or ["Payer", "commercial"] in note["facts"]


def test_a_blind_page_holds_no_finding_until_the_reader_has_answered(make_desk: Make) -> None:
    desk = make_desk(options=DeskOptions(blind=True))
    unit = next(u for u in desk.pile if int(u[-3:]) % 3)
    page = desk.open("mb", unit)
    assert not page["revealed"]
    assert "GEN101" not in json.dumps(page)
    fingerprint = desk.examination.notes[unit].findings[0].fingerprint
    with pytest.raises(Refused, match="blind"):
        desk.judge("mb", unit, unit, fingerprint, "correct")
    desk.mark("mb", unit, unit, 0, 5, rule="generic-activity-phrase")
    page = desk.answer("mb", unit, "needs-work")
    assert page["revealed"]
    assert len(page["notes"][0]["findings"]) == 3
    assert page["notes"][0]["marks"][0]["blind"]
    desk.judge("mb", unit, unit, fingerprint, "correct")


def test_a_unit_is_not_finished_without_an_answer_and_a_verdict_on_each_finding(
    make_desk: Make,
) -> None:
    desk = make_desk()
    unit = next(u for u in desk.pile if int(u[-3:]) % 3)
    desk.open("mb", unit)
    with pytest.raises(Refused, match="Answer first"):
        desk.finish("mb", unit)
    desk.answer("mb", unit, "needs-work")
    with pytest.raises(Refused, match="3 findings"):
        desk.finish("mb", unit)
    read(desk, "mb", unit)
    assert desk.overview("mb")["done"] == 1


def test_a_changed_verdict_keeps_the_old_one_in_the_log(make_desk: Make) -> None:
    desk = make_desk()
    unit = next(u for u in desk.pile if int(u[-3:]) % 3)
    fingerprint = desk.open("mb", unit)["notes"][0]["findings"][0]["fingerprint"]
    desk.judge("mb", unit, unit, fingerprint, "correct")
    desk.judge("mb", unit, unit, fingerprint, "wrong", "said-elsewhere")
    events = [e.data for e in desk.ledger.log.events() if e.kind == "verdict"]
    assert [(e["before"], e["verdict"]) for e in events] == [
        (None, "correct"),
        ("correct", "wrong"),
    ]
    assert desk.open("mb", unit)["notes"][0]["findings"][0]["verdict"] == "wrong"


def test_the_second_reading_is_seeded_offered_to_one_more_and_settled_where_they_differ(
    make_desk: Make,
) -> None:
    desk = make_desk(options=DeskOptions(second_share=0.2), reviewers=("mb", "kl", "zz"))
    assert len(desk.second) == 2
    assert desk.second == make_desk(options=DeskOptions(second_share=0.2), log="b").second
    unit = next(u for u in desk.pile if u in desk.second)
    read(desk, "mb", unit, answer="meets")
    page = desk.open("kl", unit)
    assert page["role"] == "second"
    assert page["answer"] is None
    assert {f["verdict"] for n in page["notes"] for f in n["findings"]} <= {None}
    with pytest.raises(Refused):
        desk.open("zz", unit)
    read(desk, "kl", unit, answer="needs-work")
    assert desk.open("zz", unit)["disputed"] == [
        {"who": "mb", "answer": "meets"},
        {"who": "kl", "answer": "needs-work"},
    ]
    desk.settle("zz", unit, "needs-work")
    with pytest.raises(Refused, match="settled"):
        desk.settle("mb", unit, "meets")


def test_a_verdict_survives_a_new_run_and_goes_stale_when_the_rule_changes(make_desk: Make) -> None:
    desk = make_desk()
    for unit in desk.pile:
        read(desk, "mb", unit)
    desk.ledger.close()
    again = make_desk()
    assert {i["state"] for i in again.overview("mb")["queue"]} == {"done"}
    again.ledger.close()
    newer = make_desk(version="v2")
    vague = [u for u in newer.pile if int(u[-3:]) % 3]
    states = {i["unit"]: i["state"] for i in newer.overview("mb")["queue"]}
    assert {states[u] for u in vague} == {"changed"}
    page = newer.open("mb", vague[0])
    assert {f["stale"] for f in page["notes"][0]["findings"]} == {"rule"}
    assert page["answer"] == "needs-work"
    with pytest.raises(Refused, match="no verdict"):
        newer.finish("mb", vague[0])


def test_a_changed_note_makes_verdicts_and_answer_stale_and_a_blind_reading_blind_again(
    make_desk: Make,
) -> None:
    blind = DeskOptions(blind=True)
    desk = make_desk(options=blind)
    unit = next(u for u in desk.pile if int(u[-3:]) % 3)
    read(desk, "mb", unit)
    manifest = desk.manifest
    notes = changed(desk, lambda text: text + "\nAddendum: signed.")
    desk.ledger.close()
    again = make_desk(notes, options=blind, manifest=manifest)
    page = again.open("mb", unit)
    assert (page["revealed"], page["answer"], page["done"]) == (False, None, False)
    page = again.answer("mb", unit, "meets")
    assert {f["stale"] for f in page["notes"][0]["findings"]} == {"text"}


def test_two_reviewers_at_once_lose_no_verdict(make_desk: Make) -> None:
    desk = make_desk(n=20)
    errors: list[Exception] = []

    def work(who: str) -> None:
        try:
            for unit in desk.pile:
                try:
                    read(desk, who, unit)
                except Refused:
                    continue
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(who,)) for who in ("mb", "kl")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not errors
    assert {row["unit"] for row in desk.ledger.ask("SELECT unit FROM done")} == set(desk.pile)
    assert len(desk.ledger.ask("SELECT 1 FROM opened")) == 20
    wanted = sum(len(desk.examination.notes[u].findings) for u in desk.pile)
    assert len(desk.ledger.ask("SELECT 1 FROM verdicts")) == wanted
    folded = Ledger(desk.ledger.log.path)
    for table in ("verdicts", "answers", "done", "opened"):
        rows = [
            [tuple(r) for r in book.ask(f"SELECT * FROM {table} ORDER BY seq")]
            for book in (folded, desk.ledger)
        ]
        assert rows[0] == rows[1]


def test_the_index_notices_events_cut_off_at_the_end_of_the_log(
    make_desk: Make, tmp_path: Path
) -> None:
    desk = make_desk()
    for unit in desk.pile[:3]:
        read(desk, "mb", unit)
    desk.ledger.close()
    log = tmp_path / "q4.review.jsonl"
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(lines[:-2]))
    with pytest.raises(BrokenLog, match="missing at the end"):
        make_desk()


def test_the_log_holds_no_word_of_a_note(make_desk: Make, tmp_path: Path) -> None:
    desk = make_desk()
    for unit in desk.pile:
        read(desk, "mb", unit)
    desk.mark("mb", desk.pile[0], desk.pile[0], 3, 20, category="skill")
    desk.ledger.close()
    for path in tmp_path.iterdir():
        content = path.read_bytes()
        assert b"Quill" not in content
        assert b"flowsheet" not in content
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(("start", "end"), [(-1, 4), (4, 4), (0, 10**6), (None, 3)])
def test_words_outside_the_note_are_refused(make_desk: Make, start: Any, end: Any) -> None:
    desk = make_desk()
    desk.open("mb", desk.pile[0])
    with pytest.raises(Refused, match="not in the note"):
        desk.mark("mb", desk.pile[0], desk.pile[0], start, end, category="other")


def test_a_mark_can_be_taken_back_by_its_author_only(make_desk: Make) -> None:
    desk = make_desk()
    unit = desk.pile[0]
    desk.open("mb", unit)
    mark = desk.mark("mb", unit, unit, 0, 4, category="other")["id"]
    desk.unmark("mb", unit, mark)
    assert desk.open("mb", unit)["notes"][0]["marks"] == []
    with pytest.raises(Refused, match="no such mark"):
        desk.unmark("mb", unit, mark)


def test_verdicts_become_gold_labels_anchored_to_their_words(make_desk: Make) -> None:
    desk = make_desk()
    vague = next(u for u in desk.pile if int(u[-3:]) % 3)
    page = desk.open("mb", vague)
    verdicts = dict(
        zip(("GEN101", "GEN104", "SKL201"), ("correct", "wrong", "not-useful"), strict=True)
    )
    for finding in page["notes"][0]["findings"]:
        desk.judge("mb", vague, vague, finding["fingerprint"], verdicts[finding["code"]])
    text = desk.examination.notes[vague].note.text
    at = text.index("pain")
    desk.mark("mb", vague, vague, at, at + 4, rule="code-intent-missing")
    desk.answer("mb", vague, "needs-work")
    desk.finish("mb", vague)
    lines = list(gold_lines([e.note for e in desk.examination.notes.values()], desk.ledger))
    record = json.loads(lines[0])
    assert len(lines) == 1
    assert record["text"] == text
    assert record["labels"] == [
        {"rule": "generic-activity-phrase", "verdict": "must", "anchor": "performed exercises as per flowsheet", "occurrence": 1},
        {"rule": "tolerated-well", "verdict": "mustnot", "anchor": "tolerated tx well", "occurrence": 1},
        {"rule": "skill-not-shown", "verdict": "may", "anchor": "Continues to benefit from skilled PT", "occurrence": 1},
        {"rule": "code-intent-missing", "verdict": "must", "anchor": "pain", "occurrence": 1},
    ]  # fmt: skip
    assert set(record["judged"]) == {
        "generic-activity-phrase",
        "tolerated-well",
        "skill-not-shown",
        "code-intent-missing",
    }


def test_a_rule_whose_finding_is_not_shown_is_not_judged_on_that_note(make_desk: Make) -> None:
    desk = make_desk(options=DeskOptions(min_severity="error"))
    vague = next(u for u in desk.pile if int(u[-3:]) % 3)
    assert desk.open("mb", vague)["notes"][0]["findings"] == []
    desk.answer("mb", vague, "meets")
    desk.finish("mb", vague)
    line = next(gold_lines([e.note for e in desk.examination.notes.values()], desk.ledger))
    assert json.loads(line)["judged"] == ["code-intent-missing"]


def test_controls_and_bidirectional_marks_are_shown_as_a_sign_of_the_same_length() -> None:
    from notelint.audit.notepage import shown

    text = "a\x1b[2Jb\u202ec\u200bd\x00\re"
    assert shown(text) == "a␦[2Jb␦c␦d␦\ne"
    assert len(shown(text)) == len(text)
