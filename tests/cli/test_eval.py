"""``notelint eval`` over gold files, as a user runs it."""

from __future__ import annotations

import builtins
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

BAD = "O: Balance activities performed x 15 min.\nP: Cont POC."
GOOD = (
    "O: Tandem stance on foam 3 x 20 s, CGA, tactile cue at R hip to shift weight, 1 step off line, "
    "for standing at the stove.\nP: Next visit: add head turns if no step."
)
RULES = ["generic-activity-phrase", "continue-poc-only"]


def record(**changes: object) -> dict[str, object]:
    base: dict[str, object] = {
        "id": "n1", "text": BAD, "note_type": "daily", "discipline": "PT", "payer": "commercial",
        "judged": RULES,
        "labels": [
            {"rule": RULES[0], "anchor": "Balance activities", "verdict": "must"},
            {"rule": RULES[1], "anchor": "Cont POC", "verdict": "must"},
        ],
    }  # fmt: skip
    return {**base, **changes}


def write(path: Path, *records: dict[str, object]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(r) + "\n" for r in records), "utf-8")
    return path


def measured(notelint: Run, *arguments: object) -> dict[str, Any]:
    done = notelint("eval", *arguments, "--output-format", "json")
    assert done.status == 0, done.err
    found: dict[str, Any] = json.loads(done.out)
    return found


def test_right_findings_and_silence_are_counted(notelint: Run, tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.jsonl", record(), record(id="n2", text=GOOD, labels=[]))
    found = measured(notelint, gold)
    assert found["overall"]["findings"]["right"] == 2
    assert found["overall"]["findings"]["wrong"] == 0
    assert found["overall"]["labels"] == {"found": 2, "must": 2}
    assert found["overall"]["precision"] is None  # fewer than twenty
    assert found["well_documented"]["notes"] == 1


def test_twenty_places_give_rates_with_their_interval(notelint: Run, tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.jsonl", *(record(id=f"n{i}") for i in range(24)))
    precision = measured(notelint, gold)["overall"]["precision"]
    assert precision["value"] == 1.0
    assert precision["n"] == 48
    assert precision["interval"] == [pytest.approx(0.926, abs=0.001), 1.0]
    shown = notelint("eval", gold)
    assert "1.000 (0.926–1.000), n 48" in shown.out


def test_misses_and_false_alarms_are_listed_with_their_places(
    notelint: Run, tmp_path: Path
) -> None:
    labels = [
        {"rule": RULES[0], "anchor": "Balance activities", "verdict": "mustnot"},
        {"rule": "tolerated-well-only", "anchor": "15 min", "verdict": "must"},
        {"rule": RULES[1], "anchor": "Cont POC", "verdict": "may"},
    ]
    judged = [*RULES, "tolerated-well-only"]
    gold = write(tmp_path / "train" / "gold.jsonl", record(labels=labels, judged=judged))
    shown = notelint("eval", gold).out
    missed, alarms = shown.split("Missed (1)")[1].split("False alarms (1)")
    assert "n1 1:35  tolerated-well-only  “15 min”" in missed
    assert f"n1 1:4  {RULES[0]}" in alarms


def test_a_must_is_found_also_by_a_rule_that_is_off_for_the_note(
    notelint: Run, tmp_path: Path
) -> None:
    gold = write(tmp_path / "g.jsonl", record(payer="medicare_b", setting="snf_part_a"))
    found = measured(notelint, gold)
    assert found["overall"]["labels"] == {"found": 2, "must": 2}


def test_local_configuration_and_suppressions_are_not_looked_at(
    notelint: Run, tmp_path: Path
) -> None:
    (tmp_path / "notelint.toml").write_text('ignore = ["ALL"]\n', "utf-8")
    text = f"<!-- notelint-disable -->\n{BAD}"
    gold = write(tmp_path / "g.jsonl", record(text=text))
    assert measured(notelint, gold)["overall"]["labels"] == {"found": 2, "must": 2}


def test_an_episode_rule_is_scored_over_the_whole_file(notelint: Run, tmp_path: Path) -> None:
    rule = "cloned-note"
    facts = {"judged": [rule], "patient_id": "p", "episode_id": "e"}
    text = f"{BAD}\n{GOOD}\nPt reports the stairs at home are easier than they were on Monday."
    copy = {"rule": rule, "anchor": None, "verdict": "must"}
    gold = write(
        tmp_path / "episode.jsonl",
        record(id="a", text=text, labels=[], date_of_service="2026-01-05", **facts),
        record(id="b", text=text, labels=[copy], date_of_service="2026-01-07", **facts),
    )
    assert measured(notelint, gold)["overall"]["labels"] == {"found": 1, "must": 1}


def test_a_test_folder_gives_totals_only(notelint: Run, tmp_path: Path) -> None:
    labels = [{"rule": "tolerated-well-only", "anchor": "15 min", "verdict": "must"}]
    gold = write(
        tmp_path / "test" / "g.jsonl", record(labels=labels, judged=["tolerated-well-only"])
    )
    shown = notelint("eval", gold).out
    assert "15 min" not in shown
    assert "0 of 1" in shown
    assert "totals only" in shown
    found = measured(notelint, gold)
    assert (found["misses"], found["false_alarms"], found["unjudged"]) == ([], [], [])
    assert not (tmp_path / "REVEALED.md").exists()


def test_reveal_lists_them_and_writes_the_reason_down(notelint: Run, tmp_path: Path) -> None:
    labels = [{"rule": "tolerated-well-only", "anchor": "15 min", "verdict": "must"}]
    write(tmp_path / "test" / "g.jsonl", record(labels=labels, judged=["tolerated-well-only"]))
    for reason in ("a release", "a second look"):
        shown = notelint("eval", "test", "--reveal", reason).out
        assert "“15 min”" in shown
    lines = (tmp_path / "REVEALED.md").read_text("utf-8").splitlines()
    assert lines[2].endswith("g.jsonl: a release")
    assert lines[3].endswith("g.jsonl: a second look")


def test_markdown_has_tables_and_no_words_of_a_note(notelint: Run, tmp_path: Path) -> None:
    gold = write(tmp_path / "g.jsonl", record(labels=[]))
    shown = notelint("eval", gold, "--output-format", "markdown", "--by", "kind,payer").out
    assert "| by kind | precision | recall | F1 |" in shown
    assert "| commercial | 0 of 2 | – | – |" in shown
    assert "Balance activities" not in shown


@pytest.mark.parametrize(
    ("labels", "says"),
    [
        (
            [{"rule": RULES[0], "anchor": "Stairs", "verdict": "must"}],
            "its anchor is not in the note",
        ),
        (
            [{"rule": RULES[0], "anchor": "POC", "occurrence": 2, "verdict": "must"}],
            "its anchor is not in the note 2 times",
        ),
        (
            [{"rule": "generic-activty-phrase", "anchor": "POC", "verdict": "must"}],
            "Did you mean 'generic-activity-phrase'?",
        ),
        ([{"rule": RULES[0], "anchor": "POC", "verdict": "shall"}], "verdict"),
    ],
)
def test_bad_gold_is_status_2_with_its_place_and_no_words(
    notelint: Run, tmp_path: Path, labels: list[dict[str, object]], says: str
) -> None:
    gold = write(tmp_path / "g.jsonl", record(), record(id="n2", labels=labels))
    done = notelint("eval", gold)
    assert done.status == 2
    assert f"{gold}:2" in done.err
    assert says in done.err
    assert "Stairs" not in done.err
    assert "Balance" not in done.err


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ('{"text": "x"}\n', "no note has 'judged' or 'labels'"),
        ('{"text": \n', "JSON"),
        ('{"id":"a","text":"x","judged":[]}\n{"id":"a","text":"y","judged":[]}\n', "a second note"),
    ],
)
def test_a_file_that_is_no_gold_is_status_2(
    notelint: Run, tmp_path: Path, lines: str, says: str
) -> None:
    path = tmp_path / "g.jsonl"
    path.write_text(lines, "utf-8")
    done = notelint("eval", path)
    assert done.status == 2
    assert says in done.err


def test_a_missing_file_a_wrong_cut_and_a_wrong_format_are_status_2(
    notelint: Run, tmp_path: Path
) -> None:
    gold = write(tmp_path / "g.jsonl", record())
    for arguments, says in (
        (["none.jsonl"], "does not exist"),
        ([gold, "--by", "paier"], "Did you mean 'payer'?"),
        ([gold, "--output-format", "jason"], "Did you mean 'json'?"),
    ):
        done = notelint("eval", *arguments)
        assert done.status == 2
        assert says in done.err


def test_without_scipy_it_says_what_to_install(
    notelint: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: Any, **more: Any) -> Any:
        if name == "scipy":
            raise ImportError(name)
        return real(name, *rest, **more)

    gold = write(tmp_path / "g.jsonl", record())
    monkeypatch.setattr(builtins, "__import__", missing)
    done = notelint("eval", gold)
    assert done.status == 2
    assert "pip install 'notelint[qa]'" in done.err
