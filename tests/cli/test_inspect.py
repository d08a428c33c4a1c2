"""``notelint inspect``: what it sees of a file, and that it shows no text."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from notelint.cli import inspect as command
from notelint.errors import NotelintError
from notelint.note import Note
from notelint.readers.open import read_paths

SECRET = "Zebulon Quill"
CSV = (
    "VisitNo;MRN;DOS;Kind;Progress Narrative\n"
    f'71;4711;10/01/2026;DN;"S: {SECRET} walked 120 ft with a cane and two rests today, tired."\n'
    f'72;4711;10/03/2026;DN;"O: {SECRET} did TE x 15 min and stairs with a rail, three rests."\n'
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.chdir(tmp_path)
    app = typer.Typer()
    command.register(app)

    def invoke(*arguments: str) -> tuple[str, int]:
        result = CliRunner().invoke(app, [*arguments, "--isolated"])
        if isinstance(result.exception, NotelintError):
            raise result.exception
        return result.stdout, result.exit_code

    return invoke


def test_an_unknown_csv_gets_a_mapping_to_start_from(run: Any, tmp_path: Path) -> None:
    (tmp_path / "visits.csv").write_text(CSV)
    out, code = run("visits.csv")
    assert code == 0
    assert "csv, utf-8, semicolon-separated" in out
    assert 'text = "Progress Narrative"' in out
    assert 'visit = "VisitNo"' in out
    assert 'patient = "MRN"' in out
    assert "dates are never guessed" in out
    assert "9/2" in out or "2/2" in out


def test_the_mapping_to_start_from_can_be_used(run: Any, tmp_path: Path) -> None:
    (tmp_path / "visits.csv").write_text(CSV)
    found = json.loads(run("visits.csv", "--output-format", "json")[0])
    (tmp_path / "notelint.toml").write_text(found["suggested_config"])
    app = typer.Typer()
    command.register(app)
    found = json.loads(CliRunner().invoke(app, ["visits.csv", "--output-format", "json"]).stdout)
    assert (found["mapping"], found["notes"]) == ("visits", 2)
    assert found["suggested_config"] is None


@pytest.mark.parametrize("kind", ["text", "json"])
def test_no_note_text_is_shown(kind: str, run: Any, tmp_path: Path) -> None:
    (tmp_path / "visits.csv").write_text(CSV)
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": f"{SECRET} walked", "who": SECRET}))
    (tmp_path / "b.csv").write_text(f"71,{SECRET},10/01/2026\n72,{SECRET},x\n")
    (tmp_path / "c.json").write_text(json.dumps([{"a": {"text": SECRET}}]))
    for name in ("visits.csv", "a.jsonl", "b.csv", "c.json"):
        out, _ = run(name, "--output-format", kind)
        assert SECRET not in out
        assert "walked" not in out
        assert "Xxxxxxx" not in out
        assert "xxxxxxx" in out


def test_a_file_whose_first_row_is_data_is_suspected(run: Any, tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text(f"71,{SECRET},10/01/2026\n")
    assert "is there a header?" in run("b.csv")[0]


def test_columns_say_which_needs_they_supply(run: Any, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"text": "x", "note_type": "daily", "date_of_service": null,'
        ' "charges": [{"code": "97110", "units": 1}]}\n{"text": "y"}\n'
    )
    found = json.loads(run("a.jsonl", "--output-format", "json")[0])
    needs = found["needs"]
    assert needs["units"] == {"notes": 1, "carried": True}
    assert needs["minutes"] == {"notes": 0, "carried": False}
    assert needs["date"] == {"notes": 0, "carried": True}
    assert needs["batch"] == {"notes": 2, "carried": True}
    assert found["note_types"] == {"daily": 1, "unknown": 1}
    assert set(found["rules"]) == {"allowed", "left_out"}
    assert "minutes" in found["rules"]["left_out"] or not found["rules"]["left_out"]


def test_json_lines_without_text_get_a_mapping_to_start_from(run: Any, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"doc": {"body": SECRET}, "mrn": 4711}))
    found = json.loads(run("a.jsonl", "--output-format", "json")[0])
    assert found["mapping"] is None
    assert found["suggested_config"] is None  # no name and no length tells the text
    (tmp_path / "a.jsonl").write_text(json.dumps({"note": SECRET * 9, "mrn": 4711}))
    found = json.loads(run("a.jsonl", "--output-format", "json")[0])
    assert 'text = "note"' in found["suggested_config"]


def test_fhir_resources_are_counted(run: Any, tmp_path: Path) -> None:
    (tmp_path / "p.ndjson").write_text('{"resourceType": "Patient"}\n' * 3)
    found = json.loads(run("p.ndjson", "--output-format", "json")[0])
    assert (found["format"], found["columns"][0]["name"]) == ("fhir", "Patient")
    assert found["columns"][0]["filled"] == 3


def test_a_file_that_nobody_reads_ends_with_two(run: Any, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    assert run("a.pdf")[1] == 2
    with pytest.raises(NotelintError, match="no such file"):
        run("gone.csv")


def test_extracted_notes_read_back_the_same(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        {
            "id": "visit/1 é", "text": 'S: "ok"\r\nO: \\ 15\' 😀\n', "note_type": "daily",
            "payer": "va", "date_of_service": "2026-10-01", "patient_id": 'p"1\x7f',
            "author": {"name": "A. Lee", "credential": "PT"}, "plan": {"frequency": "2x"},
            "goals": [{"id": "1", "text": "Stairs\nto car"}], "totals": {"timed": 38},
            "charges": [{"code": "97110", "units": 2, "minutes": 23.5, "modifiers": ["GP"],
                         "start": "09:00"}],
        },
        {"id": "v2", "text": "x"},
        {"id": "..", "text": "y"},
    ]  # fmt: skip
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    run("a.jsonl", "--extract", "out")
    names = sorted(p.name for p in (tmp_path / "out").iterdir())
    assert len(names) == 6
    assert "v2.txt" in names
    for path in (tmp_path / "out").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = {n.id: n for n in read_paths(["a.jsonl"]) if isinstance(n, Note)}
    after = {n.id: n for n in read_paths(["out"]) if isinstance(n, Note)}
    facts = ("text", "note_type", "payer", "date_of_service", "patient_id", "author", "plan",
             "goals", "totals", "charges")  # fmt: skip
    assert before.keys() == after.keys()
    for key, note in before.items():
        assert [getattr(note, f) for f in facts] == [getattr(after[key], f) for f in facts]


def test_extract_replaces_nothing(run: Any, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "v2", "text": "x"}')
    run("a.jsonl", "--extract", "out")
    with pytest.raises(NotelintError, match="already there"):
        run("a.jsonl", "--extract", "out")


def test_extract_warns_inside_a_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".git").mkdir()
    command._warn_of_git(tmp_path / "out")
    assert "do not commit" in capsys.readouterr().err
