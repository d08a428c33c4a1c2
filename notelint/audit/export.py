"""A report as files: HTML, XLSX, JSON, and one CSV a table."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from notelint.audit.notepage import shown
from notelint.audit.page import html_of
from notelint.audit.sheet import Report, Table
from notelint.audit.workbook import xlsx_of
from notelint.reports.csv import safe_cell

FORMATS = ("html", "xlsx", "csv", "json")


def files_of(report: Report, formats: Sequence[str], base: Path) -> Iterator[tuple[Path, bytes]]:
    """Yields each file of the report and its bytes; ``base`` is the path without a suffix."""
    if "html" in formats:
        yield base.with_name(base.name + ".html"), html_of(report).encode("utf-8")
    if "xlsx" in formats:
        yield base.with_name(base.name + ".xlsx"), xlsx_of(report)
    if "json" in formats:
        text = json.dumps(report.as_dict(), indent=1, ensure_ascii=False) + "\n"
        yield base.with_name(base.name + ".json"), text.encode("utf-8", "replace")
    if "csv" in formats:
        for section in report.sections:
            for table in section.tables:
                slug = re.sub(r"[^a-z0-9]+", "-", table.name.lower()).strip("-")
                yield base.with_name(f"{base.name}.{slug}.csv"), csv_of(table)


def csv_of(table: Table) -> bytes:
    """A table as CSV (UTF-8 with a byte order mark, for Excel), safe for spreadsheets."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow([safe_cell(shown(column.name)) for column in table.columns])
    for row in table.rows:
        rows.writerow([safe_cell(shown(c)) if isinstance(c, str) else c for c in row])
    return out.getvalue().encode("utf-8-sig", "replace")
