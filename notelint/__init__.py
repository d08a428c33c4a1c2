"""notelint: the linter for the documentation language of rehab therapy notes.

>>> from notelint import lint
>>> report = lint("O: Balance activities performed x 15 min.")
>>> report.findings[0].name
'generic-activity-phrase'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Finding", "Note", "Report", "__version__", "lint", "lint_records"]

if TYPE_CHECKING:
    from notelint.api import lint, lint_records
    from notelint.finding import Finding, Report
    from notelint.note import Note

_HOMES = {
    "lint": "notelint.api",
    "lint_records": "notelint.api",
    "Finding": "notelint.finding",
    "Report": "notelint.finding",
    "Note": "notelint.note",
}


def __getattr__(name: str) -> Any:
    """Loads a public name at first use, so that ``import notelint`` costs next to nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'notelint' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
