"""A report as one HTML file: no request, no script, every word escaped, made to be printed."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from importlib import resources
from typing import Any

from notelint.audit.notepage import shown
from notelint.audit.saying import percent
from notelint.audit.sheet import Cell, Column, Report, Table


def html_of(report: Report) -> str:
    """Returns the page.

    Its policy (CSP) allows the one style sheet it carries and nothing else.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("notelint.audit", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    css = (resources.files("notelint.audit") / "templates" / "report.css").read_text("utf-8")
    digest = b64encode(hashlib.sha256(css.encode()).digest()).decode()
    environment.filters |= {"cell": cell_text, "seen": seen}
    environment.globals |= {"bar": bar_of, "plot": Markup, "chart": _has_bar}
    template = environment.get_template("report.html.j2")
    return template.render(report=report, css=Markup(css), digest=digest)


def seen(text: str) -> str:
    """The text with unseen characters shown, and no line break before a percent sign."""
    return shown(text).replace(" %", "\u00a0%")


def cell_text(cell: Cell, column: Column) -> str:
    """A cell as it is read: shares as percent, nothing as a dash."""
    if cell is None:
        return "–"
    if column.kind == "share" and isinstance(cell, int | float):
        return seen(percent(cell))
    if column.kind == "count" and isinstance(cell, int):
        return f"{cell:,}"
    return shown(str(cell))


def _has_bar(table: Table) -> bool:
    return table.bar and any(bar_of(table, row) for row in table.rows)


def bar_of(table: Table, row: tuple[Cell, ...]) -> dict[str, Any] | None:
    """Where a row's interval and rate lie on a line of 100 units; None without a rate."""
    named = dict(zip((column.name for column in table.columns), row, strict=True))
    rate, low, high = (named.get(name) for name in ("Rate", "Low", "High"))
    if not isinstance(rate, int | float):
        return None
    if not isinstance(low, int | float) or not isinstance(high, int | float):
        return None
    return {
        "x": f"{100 * low:.2f}", "width": f"{max(100 * (high - low), 0.8):.2f}",
        "at": f"{100 * rate:.2f}",
    }  # fmt: skip
