"""The gold notes and what is generated from them: checked as CI and a labeller run them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
CORPORA = ROOT / "corpora"


def run(script: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(script), *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        timeout=240,
    )


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the corpora beside a link to the package, to change as a labeller does."""
    shutil.copytree(CORPORA, tmp_path / "corpora")
    (tmp_path / "notelint").symlink_to(ROOT / "notelint")
    return tmp_path / "corpora"


def relabelled(path: Path, change: Any) -> None:
    records = lines(path)
    change(records[0])
    path.write_text("".join(json.dumps(r) + "\n" for r in records), "utf-8")


def test_the_gold_notes_hold_together() -> None:
    done = run(CORPORA / "check.py")
    assert done.returncode == 0, done.stderr
    assert "all rules" in done.stdout
    assert int(done.stdout.split()[0]) >= 1831


def test_merging_again_changes_nothing(copy: Path) -> None:
    before = {path: path.read_bytes() for path in copy.rglob("*.jsonl")}
    done = run(copy / "merge.py")
    assert done.returncode == 0, done.stderr
    assert {path: path.read_bytes() for path in copy.rglob("*.jsonl")} == before


def test_a_new_note_gets_the_next_neutral_id_in_every_file(copy: Path) -> None:
    files = [
        copy / "train" / "slp_daily.jsonl",
        copy / "labelling" / "pass1" / "train_slp_daily.jsonl",
        copy / "labelling" / "pass2" / "train_slp_daily.jsonl",
    ]
    new = {"id": "bad-note", "text": "Pt seen. Cont POC.", "voice": "new"}
    told = {"id": "bad-note", "judged": ["continue-poc-only"], "labels": []}
    must = {"rule": "continue-poc-only", "anchor": "Cont POC", "occurrence": 1, "verdict": "must"}
    for path, record in zip(files, (new, told, {**told, "labels": [must]}), strict=True):
        with path.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(record) + "\n")
    assert run(copy / "merge.py").returncode == 0
    ids = [[record["id"] for record in lines(path)] for path in files]
    assert ids[0] == ids[1] == ids[2]
    assert ids[0][-1] == f"train-slp-daily-{len(ids[0]):02}"
    note = lines(files[0])[-1]
    assert note["labels"] == [{**must, "verdict": "may"}]  # one says must, the other nothing


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda r: r["labels"].append({"rule": r["judged"][0], "anchor": "zzqq", "verdict": "must"}), "the anchor is not"),
        (lambda r: r.update(payer="medicair"), "medicair"),
        (lambda r: r.update(voice=""), "no voice"),
        (lambda r: r.update(charges=[{"code": "97110", "units": 5, "minutes": 20}], payer="medicare_b", setting="outpatient", labels=[]), "5 units from 20 minutes"),
        (lambda r: r.update(text=r["text"] + " Timed 55 min.", charges=[{"code": "97110", "units": 1, "minutes": 15}], labels=[]), "timed 55 in the text, 15 in the charges"),
        (lambda r: r["judged"].append("no-such-rule"), "no-such-rule is no rule"),
    ],
)  # fmt: skip
def test_a_fault_of_a_gold_note_is_told(copy: Path, change: Any, says: str) -> None:
    relabelled(copy / "train" / "slp_daily.jsonl", change)
    done = run(copy / "check.py")
    assert done.returncode == 1
    assert says in done.stderr


def test_no_voice_and_no_text_stands_in_both_splits() -> None:
    voices = {
        split: {r["voice"] for path in (CORPORA / split).glob("*.jsonl") for r in lines(path)}
        for split in ("train", "test")
    }
    assert not voices["train"] & voices["test"]


def test_ids_tell_nothing_about_how_well_a_note_is_written() -> None:
    """The share of notes with a ``must`` is alike under even and odd numbers."""
    shares = []
    for odd in (0, 1):
        bad = [
            any(label["verdict"] == "must" for label in record["labels"])
            for path in CORPORA.glob("t*/*daily.jsonl")
            for record in lines(path)
            if int(record["id"].rsplit("-", 1)[1]) % 2 == odd
        ]
        shares.append(sum(bad) / len(bad))
    assert abs(shares[0] - shares[1]) < 0.25


def test_the_snapshot_of_all_findings_is_the_one_that_is_kept() -> None:
    done = run(ROOT / "tools" / "snapshot.py", "--check")
    assert done.returncode == 0, (
        f"look at the difference, then run tools/snapshot.py\n{done.stdout}"
    )


def test_the_published_accuracy_is_the_one_that_is_measured() -> None:
    done = run(ROOT / "tools" / "accuracy.py", "--check")
    assert done.returncode == 0, (
        f"run tools/accuracy.py and read what moved\n{done.stdout}{done.stderr}"
    )


def test_published_rates_have_twenty_places_and_say_where_they_were_measured() -> None:
    found = json.loads((ROOT / "docs" / "accuracy.json").read_text("utf-8"))
    assert found["where"] == "on synthetic notes written by the project"
    rates = [
        rule[kind]
        for rule in found["rules"].values()
        for kind in ("precision", "recall")
        if rule[kind]
    ]
    assert rates
    for rate in rates:
        low, high = rate["interval"]
        assert rate["n"] >= 20
        assert low <= rate["value"] <= high
