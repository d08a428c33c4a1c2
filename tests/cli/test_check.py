from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

BAD = (
    "S: Pt feels fine.\nO: Balance activities performed x 15 min.\nA: Progressing.\nP: Cont POC.\n"
)
GOOD = "S: Walked to the store.\nO: Gait 15 min, SBA, 200 ft.\n"
ONLY = ("--select", "generic-activity-phrase")


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.txt"
    path.write_text(BAD, "utf-8")
    return path


def findings(result: Any) -> list[dict[str, Any]]:
    return list(json.loads(result.out)["findings"])


def test_a_finding_gives_status_1_and_its_words_underlined(notelint: Run, bad: Path) -> None:
    result = notelint("check", bad, *ONLY)
    assert result.status == 1
    assert "bad.txt:2:4  warning  GEN101 generic-activity-phrase" in result.out
    assert " 2 │ O: Balance activities performed x 15 min.\n    │    ^^^^^^^^" in result.out
    assert result.err == ""


def test_no_finding_gives_status_0_and_is_never_called_clean(notelint: Run, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    result = notelint("check", "good.txt", *ONLY)
    assert result.status == 0
    assert result.out.startswith("No findings from 1 rule on 1 note")
    assert "Silence is no evidence" in result.out


@pytest.mark.parametrize(
    ("options", "status"),
    [
        (("--fail-on", "error"), 0),
        (("--fail-on", "never"), 0),
        (("--exit-zero",), 0),
        (("--fail-on-class", "explicit"), 0),
        (("--fail-on", "warning", "--min-severity", "error"), 1),
        (("--ignore", "GEN101"), 0),
    ],
)
def test_what_fails_and_what_is_shown_are_two_things(
    options: tuple[str, ...], status: int, notelint: Run, bad: Path
) -> None:
    assert notelint("check", bad, *ONLY, *options).status == status


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "no files given"),
        (("-", "bad.txt"), "- stands alone"),
        (("bad.txt", "--select", "GEN999"), "unknown rule 'GEN999'"),
        (("bad.txt", "--payer", "medicare_a"), "Did you mean 'medicare_b'?"),
        (("bad.txt", "--set", "payer"), "FACT=VALUE"),
        (("bad.txt", "--set", "payer=x"), "--set payer does not take 'x'"),
        (("bad.txt", "--as-of", "yesterday"), "a date like 2026-10-01"),
        (("bad.txt", "--since", "yesterday"), "--since does not take 'yesterday'"),
        (("bad.txt", "--output-format", "sarf"), "Did you mean 'sarif'?"),
        (("bad.txt", "--statistics", "--output-format", "json"), "--statistics goes with"),
        (("bad.txt", "--accept-new"), "need --baseline"),
        (("bad.txt", "--baseline", "none.json"), "no such baseline"),
        (("bad.txt", "--config", "none.toml"), "cannot read the config file"),
        (("bad.txt", "--profile", "mcr-min", "--strictness", "audit"), "disagree"),
        (("bad.txt", "--output-file", "no/folder/x.txt"), "cannot write the report"),
    ],
)
def test_wrong_usage_gives_status_2_and_says_what_to_do(
    arguments: tuple[str, ...], said: str, notelint: Run, bad: Path
) -> None:
    result = notelint("check", *arguments)
    assert result.status == 2
    assert said in result.err
    assert result.out == ""


def test_unreadable_input_wins_over_findings_and_the_rest_is_linted(
    notelint: Run, bad: Path, tmp_path: Path
) -> None:
    (tmp_path / "broken.jsonl").write_text('{"text": "O: Gait."}\n{"text": \n', "utf-8")
    result = notelint("check", "bad.txt", "broken.jsonl", "none.txt", *ONLY)
    assert result.status == 2
    assert "GEN101" in result.out
    assert "broken.jsonl:2" in result.err
    assert "none.txt: there is no such file" in result.err
    assert "on 2 notes" in " ".join(result.out.split()) or "of 2 notes" in result.out


def test_standard_input_has_the_kind_of_its_name(notelint: Run) -> None:
    plain = notelint("check", "-", *ONLY, stdin=BAD)
    assert plain.status == 1
    assert "<stdin>:2:4" in plain.out
    line = json.dumps({"text": BAD, "id": "n7"}) + "\n"
    record = notelint("check", "-", "--stdin-filename", "x.jsonl", *ONLY, stdin=line)
    assert "note n7" in record.out
    assert "x.jsonl:1:" in record.out


def test_machine_output_stands_alone_on_standard_output(notelint: Run, bad: Path) -> None:
    result = notelint("check", bad, *ONLY, "--output-format", "json")
    assert [f["code"] for f in findings(result)] == ["GEN101"]
    assert result.err.startswith("notelint: 1 finding (1 warning)")
    assert notelint("check", bad, *ONLY, "--output-format", "json", "--quiet").err == ""


def test_the_summary_has_config_and_hash(notelint: Run, bad: Path, tmp_path: Path) -> None:
    (tmp_path / "notelint.toml").write_text('select = ["GEN101"]\n')
    summary = json.loads(notelint("check", bad, "--output-format", "json").out)["summary"]
    assert summary["config"] == ["notelint.toml"]
    assert len(summary["settings_hash"]) == 12
    isolated = notelint("check", bad, "--isolated", "--output-format", "json")
    assert json.loads(isolated.out)["summary"]["config"] == []


def test_each_file_has_the_config_nearest_to_it(notelint: Run, bad: Path, tmp_path: Path) -> None:
    (tmp_path / "notelint.toml").write_text('select = ["GEN101"]\n')
    (tmp_path / "quiet").mkdir()
    shutil.copy(bad, tmp_path / "quiet/also.txt")
    (tmp_path / "quiet/notelint.toml").write_text('select = ["GEN105"]\n')
    result = notelint("check", "bad.txt", "quiet", "--output-format", "json")
    assert [f["file"] for f in findings(result)] == ["bad.txt"]
    assert json.loads(result.out)["summary"]["rules"] == 2


def test_a_report_file_appears_whole_with_the_same_status(
    notelint: Run, bad: Path, tmp_path: Path
) -> None:
    result = notelint(
        "check", bad, *ONLY, "--output-format", "html", "-o", "report.html", "--redact"
    )
    assert result.status == 1
    assert result.out == ""
    report = tmp_path / "report.html"
    assert report.stat().st_mode & 0o777 == 0o600
    assert "Balance" not in report.read_text("utf-8")
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_the_baseline_lets_old_findings_pass_and_new_ones_fail(
    notelint: Run, bad: Path, tmp_path: Path
) -> None:
    gate = ("--baseline", "b.json")
    taken = notelint("check", bad, *ONLY, *gate, "--accept-new")
    assert (taken.status, "1 added, 0 dropped" in taken.err) == (0, True)
    assert "balance" not in (tmp_path / "b.json").read_text("utf-8").lower()
    assert notelint("check", bad, *ONLY, *gate).status == 0
    bad.write_text("S: New line.\n" + BAD, "utf-8")
    assert notelint("check", bad, *ONLY, *gate).status == 0
    bad.write_text(BAD + "O: Strengthening exercises.\n", "utf-8")
    fresh = notelint("check", bad, *ONLY, *gate)
    assert fresh.status == 1
    assert fresh.out.count("GEN101") == 1
    bad.write_text(GOOD, "utf-8")
    pruned = notelint("check", bad, *ONLY, *gate, "--update-baseline")
    assert "0 added, 1 dropped" in pruned.err


def test_a_sidecar_answers_and_the_json_keeps_the_reason(
    notelint: Run, bad: Path, tmp_path: Path
) -> None:
    (tmp_path / "bad.txt.notelint.toml").write_text(
        '[[suppressions]]\nrule = "GEN101"\nreason = "flowsheet"\nwho = "RS"\n'
    )
    result = notelint("check", bad, *ONLY, "--output-format", "json")
    assert result.status == 0
    assert findings(result)[0]["suppressed"]["reason"] == "flowsheet"
    bad.write_text(GOOD, "utf-8")
    (unused,) = findings(notelint("check", bad, *ONLY, "--extend-select", "SUP",
                                  "--output-format", "json"))  # fmt: skip
    assert unused["code"] == "SUP102"


def test_since_leaves_out_earlier_notes(notelint: Run, tmp_path: Path) -> None:
    rows = [
        {"id": day, "text": BAD, "date_of_service": day} for day in ("2026-10-01", "2026-10-02")
    ]
    (tmp_path / "n.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    result = notelint("check", "n.jsonl", *ONLY, "--since", "2026-10-02", "--output-format", "json")
    assert [f["note_id"] for f in findings(result)] == ["2026-10-02"]
    assert json.loads(result.out)["summary"]["skipped_before"] == 1


def test_excluded_files_are_left_out_even_when_named_if_asked(notelint: Run, bad: Path) -> None:
    assert notelint("check", bad.name, *ONLY, "--exclude", "bad.txt").status == 1
    left = notelint("check", bad.name, *ONLY, "--exclude", "bad.txt", "--force-exclude")
    assert left.status == 0


def test_in_github_actions_annotations_are_written_unless_something_else_is_asked_for(
    notelint: Run, bad: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKFLOW", "notes")
    result = notelint("check", bad, *ONLY)
    assert result.out.startswith("::warning title=notelint (GEN101),file=")
    assert "annotations for GitHub Actions" in result.err
    assert notelint("check", bad, *ONLY, "--output-format", "concise").out.startswith("bad.txt:2:4")


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_tracked_note_with_a_remote_is_told_once(
    notelint: Run, bad: Path, tmp_path: Path
) -> None:
    shutil.copy(bad, tmp_path / "b.txt")
    for arguments in (("init", "-q"), ("add", "."), ("remote", "add", "origin", "x")):
        subprocess.run(("git", *arguments), cwd=tmp_path, check=True)
    result = notelint("check", ".", *ONLY)
    assert result.err.count("tracked by git in a repository with a remote") == 1
    assert "tracked" not in notelint("check", ".", *ONLY, "--quiet").err


CANARY = "Zyxwvut"


@pytest.mark.parametrize("chosen", ["sarif", "junit", "github", "rdjson", "csv"])
def test_nothing_but_the_report_asked_for_holds_a_word_of_a_note(
    chosen: str, notelint: Run, tmp_path: Path
) -> None:
    text = f"S: {CANARY} says hi.\nO: {CANARY} balance activities. {CANARY}\nP: Cont POC.\n"
    (tmp_path / "n.txt").write_text(text, "utf-8")
    (tmp_path / "n.jsonl").write_text('{"text": "' + CANARY + '", "payer": "x"}\n{' + CANARY)
    result = notelint(
        "check", "n.txt", "n.jsonl", "--output-format", chosen, "--min-severity", "info",
        "--baseline", "b.json", "--accept-new",
    )  # fmt: skip
    assert result.status == 2
    assert "GEN" in result.out
    assert CANARY not in result.out + result.err
    kept = [p for p in tmp_path.rglob("*") if p.is_file() and p.suffix not in (".txt", ".jsonl")]
    assert len(kept) >= 5
    for path in kept:
        assert CANARY.encode().lower() not in path.read_bytes().lower(), path.name


def test_a_severity_for_a_rule_or_a_mapping_that_cannot_be_used_is_told_with_its_place(
    notelint: Run, bad: Path, tmp_path: Path
) -> None:
    config = tmp_path / "notelint.toml"
    config.write_text('[severity]\nGEN999 = "off"\n')
    result = notelint("check", bad)
    assert result.status == 2
    assert f"{config}:2:1: there is no rule 'GEN999'" in result.err
    config.write_text('fail-on = "error"\n[source.visits]\ntxt = "Note"\n')
    result = notelint("check", bad)
    assert result.status == 2
    assert f"{config}:2:2: source.visits" in result.err


def test_severities_are_given_by_code_or_name(notelint: Run, bad: Path, tmp_path: Path) -> None:
    for key in ("GEN101", "generic-activity-phrase"):
        (tmp_path / "notelint.toml").write_text(f'[severity]\n{key} = "error"\n')
        result = notelint("check", bad, *ONLY, "--output-format", "json")
        assert [f["severity"] for f in findings(result)] == ["error"]


def test_lines_are_those_of_the_file_after_a_front_matter(notelint: Run, bad: Path) -> None:
    bad.write_text("---\ndiscipline: PT\n---\n" + BAD, "utf-8")
    out = notelint("check", bad, *ONLY).out
    assert "bad.txt:5:4  warning" in out
    assert " 5 │ O: Balance" in out


def test_jobs_give_the_same_report(notelint: Run, tmp_path: Path) -> None:
    rows = [{"id": f"n{n}", "text": f"Visit {n}.\n{BAD}", "discipline": "PT"} for n in range(40)]
    (tmp_path / "n.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    one, two = (
        notelint("check", "n.jsonl", "--no-cache", "--jobs", jobs, "--output-format", "jsonl")
        for jobs in ("1", "2")
    )
    assert one == two
    assert one.out.count("GEN101") >= 40
