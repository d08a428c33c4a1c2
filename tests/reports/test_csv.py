from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from notelint.finding import Report
from notelint.reports import Entry
from notelint.reports.csv import COLUMNS, safe_cell

Write = Callable[..., str]


def test_a_row_a_finding_and_a_header(entries: list[Entry], written: Write) -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv", entries, min_severity="info"))))
    assert tuple(rows[0]) == COLUMNS
    assert [row["lead"] for row in rows] == ["yes", "no", "yes", "yes", "yes"]
    assert rows[0]["line"] == "2"
    assert rows[4]["suppressed"] == "sidecar"


@pytest.mark.parametrize(
    "value", ["=cmd|'/c calc'!A1", "@SUM(1)", "\t=1", "-1+1", "+1", " =1", '"=1', "\0=1", "＝1"]
)
def test_a_cell_that_could_be_a_formula_is_text(value: str) -> None:
    assert safe_cell(value) == "'" + value
    assert safe_cell("plain = text") == "plain = text"
    assert safe_cell(-1) == -1


def test_a_spreadsheet_runs_nothing(entries: list[Entry], written: Write, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    finding = replace(entries[0].report.findings[0], file="=1+1", note_id="@SUM(1+1)")
    path = tmp_path / "report.csv"
    path.write_text(written("csv", [Entry(Report((finding,))), *entries[3:]]), "utf-8")
    subprocess.run(
        [office, "--headless", "--convert-to", "fods", "--outdir", str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert "table:formula" not in (tmp_path / "report.fods").read_text("utf-8")
