"""A report as a workbook: one sheet a table, and "How to read" first. No formula, no link."""

from __future__ import annotations

import io
import re
from typing import Any

from notelint.audit.notepage import shown
from notelint.audit.sheet import Cell, Column, Report
from notelint.errors import UsageError

LONGEST_CELL = 32_767
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f']")


def xlsx_of(report: Report) -> bytes:
    """Returns the workbook. Every text is written as a string, whatever it begins with.

    Raises:
        UsageError: XlsxWriter is not installed.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise UsageError(
            "This needs XlsxWriter, which is not installed.",
            remedy="Install it with: pip install 'notelint[qa]'.",
        ) from None
    out = io.BytesIO()
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False, "nan_inf_to_errors": False,
    }  # fmt: skip
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": text_cell(report.title), "author": "notelint"})
        styles = _styles(book)
        _how(book, report, styles)
        taken = {"how to read"}
        for section in report.sections:
            for table in section.tables:
                sheet = book.add_worksheet(_name(table.name, taken))
                sheet.write_string(0, 0, text_cell(section.guard), styles["guard"])
                _table(sheet, table.columns, table.rows, styles)
    return out.getvalue()


def text_cell(text: str) -> str:
    """The text as a cell may hold it: no unseen character, not longer than Excel takes."""
    return shown(text).replace("\x0b", "␦").replace("\x0c", "␦")[:LONGEST_CELL]


def _styles(book: Any) -> dict[str, Any]:
    return {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}),
        "guard": book.add_format({"italic": True, "font_color": "#565e6d"}),
        "name": book.add_format({"bold": True, "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "count": book.add_format({"num_format": "#,##0.##", "valign": "top"}),
        "share": book.add_format({"num_format": "0.0%", "valign": "top"}),
        "title": book.add_format({"bold": True, "font_size": 16}),
    }


def _how(book: Any, report: Report, styles: dict[str, Any]) -> None:
    sheet = book.add_worksheet("How to read")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 110)
    sheet.write_string(0, 0, text_cell(report.title), styles["title"])
    if report.cover:
        sheet.write_string(1, 0, text_cell(report.cover), styles["name"])
    for row, (name, value) in enumerate(report.how, start=3):
        sheet.write_string(row, 0, text_cell(name), styles["name"])
        sheet.write_string(row, 1, text_cell(value), styles["text"])
    row = 4 + len(report.how)
    for section in report.sections:
        sheet.write_string(row, 0, text_cell(section.title), styles["name"])
        sheet.write_string(row, 1, text_cell(section.guard), styles["text"])
        row += 1


def _table(
    sheet: Any, columns: tuple[Column, ...], rows: tuple[tuple[Cell, ...], ...], styles: dict[str, Any]
) -> None:  # fmt: skip
    for at, column in enumerate(columns):
        sheet.write_string(2, at, text_cell(column.name), styles["head"])
        widest = max([len(str(row[at] or "")) for row in rows[:400]] + [len(column.name)])
        sheet.set_column(at, at, min(max(widest + 2, 9), 60))
    for line, row in enumerate(rows, start=3):
        for at, (cell, column) in enumerate(zip(row, columns, strict=True)):
            if cell is None:
                continue
            if isinstance(cell, str):
                sheet.write_string(line, at, text_cell(cell), styles["text"])
            else:
                sheet.write_number(line, at, cell, styles[column.kind])
    sheet.freeze_panes(3, 1)
    if rows:
        sheet.autofilter(2, 0, 2 + len(rows), len(columns) - 1)


def _name(name: str, taken: set[str]) -> str:
    """A sheet name that Excel takes: at most 31 characters, none forbidden, none twice."""
    plain = _NOT_IN_A_NAME.sub(" ", shown(name)).strip() or "Table"
    found, number = plain[:31], 1
    while found.lower() in taken:
        number += 1
        found = f"{plain[: 31 - len(str(number)) - 1]} {number}"
    taken.add(found.lower())
    return found
