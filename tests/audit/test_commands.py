"""The desk's commands as a user types them, with the real engine, in processes of their own."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
CANARY = "Zebedee Quill"


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "notelint", *arguments],
        cwd=cwd, env=environment(cwd), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def environment(home: Path) -> dict[str, str]:
    return {
        "PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"), "NO_COLOR": "1", "COLUMNS": "200",
    }  # fmt: skip


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A clinic's export of sixty notes as CSV."""
    vague = f"S: {CANARY} feels ok.\nO: Ther ex 30 min, pt performed exercises. Pt tolerated tx well.\nA: Progressing.\nP: Cont POC."
    good = (
        f"S: {CANARY} wants to climb 12 stairs to her flat.\nO: 97530 25 min: step-ups 6 in 3x8, min A at pelvis for lateral "
        "shift, to climb stairs. 5 of 8 reps without cue, was 2 of 8.\nA: Better control than last visit.\nP: 8 in step next visit."
    )
    path = tmp_path / "visits.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(
            [
                "id",
                "text",
                "note_type",
                "discipline",
                "payer",
                "date_of_service",
                "clinician_id",
                "patient_id",
            ]
        )
        for i in range(60):
            rows.writerow(
                [
                    f"n{i:03d}",
                    vague if i % 2 else good,
                    "daily",
                    "PT",
                    "medicare_b",
                    f"2026-10-{1 + i % 28:02d}",
                    f"c{i % 3}",
                    f"MRN{i // 3}",
                ]
            )
    return path


class Desk:
    """``notelint review`` in a process, and its JSON calls."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "notelint", "review", "q4.sample.json", "--port", "0", *options],
            cwd=folder, env=environment(folder), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        self.links = {}
        for line in self.process.stdout:
            who, _, link = line.strip().partition(": ")
            self.links[who] = link
            if len(self.links) == max(1, options.count("--reviewer")):
                break

    def call(self, who: str, path: str, body: dict[str, Any] | None = None) -> Any:
        base, _, token = self.links[who].partition("#token=")
        request = urllib.request.Request(
            f"{base}api/{path}", headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
            data=json.dumps(body).encode() if body is not None else None,
        )  # fmt: skip
        for _ in range(50):
            try:
                with urllib.request.urlopen(request, timeout=10) as answer:
                    return json.load(answer)
            except ConnectionError:
                time.sleep(0.1)
            except urllib.error.URLError as error:
                if isinstance(error, urllib.error.HTTPError):
                    return json.load(error)
                time.sleep(0.1)
        raise AssertionError("the desk does not answer")

    def read(self, who: str, unit: str) -> None:
        page = self.call(who, "open", {"unit": unit})
        findings = [(n["note"], f) for n in page["notes"] for f in n["findings"]]
        for note, finding in findings:
            body = {
                "unit": unit,
                "note": note,
                "fingerprint": finding["fingerprint"],
                "verdict": "correct",
            }
            assert self.call(who, "judge", body)["verdict"] == "correct"
        answer = "needs-work" if int(unit[1:]) % 2 else "meets"
        self.call(who, "answer", {"unit": unit, "answer": answer})
        assert self.call(who, "finish", {"unit": unit}) == {"unit": unit}

    def end(self, how: int = signal.SIGINT) -> str:
        self.process.send_signal(how)
        _, errors = self.process.communicate(timeout=20)
        return errors


@pytest.fixture
def drawn(export: Path) -> Path:
    folder = export.parent
    done = run(
        "sample",
        "visits.csv",
        "--n",
        "24",
        "--seed",
        "2026Q4",
        "--output",
        "q4.sample.json",
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr
    return folder


def test_from_an_export_to_a_signed_estimate_and_a_scorecard_in_four_commands(drawn: Path) -> None:
    manifest = json.loads((drawn / "q4.sample.json").read_text())
    assert len(manifest["sample"]) == 24
    desk = Desk(drawn, "--reviewer", "mb")
    for item in desk.call("mb", "desk")["queue"]:
        desk.read("mb", item["unit"])
    assert "Traceback" not in desk.end()
    signed = run(
        "estimate",
        "q4.sample.json",
        "--signed-by",
        "M. Bauer",
        "--output",
        "q4.estimate.json",
        cwd=drawn,
    )
    assert signed.returncode == 0, signed.stderr
    found = json.loads((drawn / "q4.estimate.json").read_text())
    vague = sum(int(unit[1:]) % 2 for unit in manifest["sample"])
    assert (found["overall"]["count"], found["overall"]["n"], found["overall"]["population"]) == (
        vague,
        24,
        60,
    )
    made = run("report", "q4.sample.json", "--format", "html,xlsx,csv,json", cwd=drawn)
    assert made.returncode == 0, made.stderr
    assert "Clinicians" in (drawn / "q4.report.html").read_text()
    assert (drawn / "q4.report.xlsx").read_bytes().startswith(b"PK")
    checked = run("review", "q4.sample.json", "--verify-log", cwd=drawn)
    assert "chain unbroken" in checked.stdout
    kinds = [
        json.loads(line)["kind"] for line in (drawn / "q4.review.jsonl").read_text().splitlines()
    ]
    assert kinds[-1] == "exported"
    assert "signed" in kinds


def test_only_the_reports_that_may_hold_words_of_a_note_do(drawn: Path) -> None:
    desk = Desk(drawn, "--reviewer", "mb")
    for item in desk.call("mb", "desk")["queue"][:3]:
        desk.read("mb", item["unit"])
    errors = desk.end()
    outputs = [errors]
    outputs += [run("estimate", "q4.sample.json", cwd=drawn).stdout]
    outputs += [
        run(
            "report",
            "q4.sample.json",
            "--profile",
            "limited",
            "--format",
            "html,csv,json",
            cwd=drawn,
        ).stderr
    ]
    outputs += [run("sample", "--verify", "q4.sample.json", cwd=drawn).stdout]
    kept = [p for p in drawn.rglob("*") if p.is_file() and p.name != "visits.csv"]
    files = [p for p in kept if "matplotlib" not in p.parts]  # its own list of fonts
    assert len(files) > 6
    assert [p.name for p in files if b"Quill" in p.read_bytes()] == []
    assert [text for text in outputs if "Quill" in text] == []
    assert [p.name for p in files if p.stat().st_mode & 0o777 != 0o600] == []


def test_verify_fails_on_a_changed_export_and_on_a_hand_edited_sample(drawn: Path) -> None:
    good = run("sample", "--verify", "q4.sample.json", cwd=drawn)
    assert (good.returncode, "verified" in good.stdout) == (0, True)
    path = drawn / "q4.sample.json"
    kept = path.read_text()
    data = json.loads(kept)
    outside = next(f"n{i:03d}" for i in range(60) if f"n{i:03d}" not in data["sample"])
    path.write_text(kept.replace(f'"{data["sample"][0]}"', f'"{outside}"'))
    edited = run("sample", "--verify", "q4.sample.json", cwd=drawn)
    assert edited.returncode == 1
    assert "seal is broken" in edited.stdout
    assert outside in edited.stdout
    refused = run("estimate", "q4.sample.json", cwd=drawn)
    assert refused.returncode == 2
    assert "changed after it was drawn" in refused.stderr
    path.write_text(kept)
    export = drawn / "visits.csv"
    export.write_text(export.read_text().replace("n007", "n700"))
    changed = run("sample", "--verify", "q4.sample.json", cwd=drawn)
    assert changed.returncode == 1
    assert "ids or facts" in changed.stdout


def test_a_desk_that_is_killed_keeps_every_verdict_it_acknowledged(drawn: Path) -> None:
    reviewers = ("--reviewer", "mb", "--reviewer", "kl")
    desk = Desk(drawn, *reviewers)
    units = [item["unit"] for item in desk.call("mb", "desk")["queue"]]
    for i, unit in enumerate(units[:8]):
        desk.read("mb" if i % 2 else "kl", unit)
    desk.end(signal.SIGKILL)
    again = Desk(drawn, *reviewers)
    queue = again.call("mb", "desk")["queue"]
    states = {item["unit"]: item["state"] for item in queue}
    assert [states[u] for u in units[:8]] == ["taken", "done"] * 4
    assert again.call("kl", "desk")["done"] == 4
    assert again.links["mb"] != desk.links["mb"]
    refused = again.call("mb", "open", {"unit": units[0]})
    assert refused["error"]["message"] == "Somebody else is reading this one."
    again.end()
    assert run("review", "q4.sample.json", "--verify-log", cwd=drawn).returncode == 0


def test_a_tampered_log_stops_estimate_report_and_review(drawn: Path) -> None:
    desk = Desk(drawn, "--reviewer", "mb")
    for item in desk.call("mb", "desk")["queue"][:4]:
        desk.read("mb", item["unit"])
    desk.end()
    log = drawn / "q4.review.jsonl"
    log.write_text(log.read_text().replace('"answer":"needs-work"', '"answer":"meets"'))
    for command in (("estimate",), ("report",), ("review", "--port", "0")):
        done = run(command[0], "q4.sample.json", *command[1:], cwd=drawn)
        assert done.returncode == 2, command
        assert "tampered" in done.stderr
    checked = run("review", "q4.sample.json", "--verify-log", cwd=drawn)
    assert checked.returncode == 1
    assert "edited" in checked.stdout


def test_the_same_seed_draws_the_same_sample_from_rows_in_another_order(drawn: Path) -> None:
    export = drawn / "visits.csv"
    with export.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    with export.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *reversed(rows)])
    again = run("sample", "visits.csv", "--n", "24", "--seed", "2026Q4", cwd=drawn)
    assert (
        json.loads(again.stdout)["sample"]
        == json.loads((drawn / "q4.sample.json").read_text())["sample"]
    )


def test_notes_on_which_a_rule_fired_can_be_taken_with_certainty_and_kept_apart(
    export: Path,
) -> None:
    checked = run("check", "visits.csv", "--output-format", "json", cwd=export.parent)
    findings = json.loads(checked.stdout)["findings"]
    notes: dict[str, set[str]] = {}
    for finding in findings:
        notes.setdefault(finding["name"], set()).add(finding["note_id"])
    rule, fired = min(notes.items(), key=lambda item: len(item[1]))
    assert len(fired) <= 30
    done = run(
        "sample",
        "visits.csv",
        "--n",
        "10",
        "--seed",
        "s",
        "--certainty",
        f"rule={rule}",
        cwd=export.parent,
    )
    assert done.returncode == 0, done.stderr
    data = json.loads(done.stdout)
    assert set(data["certainty"]) == fired
    assert not fired & set(data["sample"])


def test_a_record_that_cannot_be_read_stops_nothing_and_is_on_record(tmp_path: Path) -> None:
    good = "".join(json.dumps({"id": f"n{i}", "text": f"Note {i}."}) + "\n" for i in range(9))
    (tmp_path / "notes.jsonl").write_text(good + '{"id": "broken", "text": \n')
    done = run("sample", "notes.jsonl", "--n", "3", "--seed", "s", cwd=tmp_path)
    assert done.returncode == 0
    assert "1 not in the frame: could not be read" in done.stderr
    data = json.loads(done.stdout)
    assert (data["frame"]["size"], data["frame"]["left_out"]) == (9, {"could not be read": 1})


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("sample",), "no files given"),
        (("sample", "visits.csv"), "How many units"),
        (("sample", "visits.csv", "--n", "3", "--unit", "nota"), "Did you mean 'note'"),
        (("sample", "visits.csv", "--n", "3", "--where", "payor=x"), "Did you mean 'payer'"),
        (("sample", "visits.csv", "--n", "3", "--from", "10/1/2026"), "2026-10-01"),
        (("sample", "missing.csv", "--n", "3"), "missing.csv"),
        (("estimate", "missing.json"), "missing.json"),
        (("report", "q4.sample.json"), "Review the sample first"),
        (("report", "q4.sample.json", "--kind", "scorecrd"), "Did you mean 'scorecard'"),
        (("review", "q4.sample.json", "--second-reader", "lots"), "5%"),
        (("review", "q4.sample.json", "--reviewer", "<b>"), "initials"),
    ],
)
def test_a_wrong_command_says_what_where_and_what_to_do(
    drawn: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = run(*arguments, cwd=drawn)
    assert done.returncode == 2
    assert said in re.sub(r"\s+", " ", done.stderr)
    assert "Traceback" not in done.stderr
