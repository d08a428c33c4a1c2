"""The page of a rule as the wheel ships it, or a short one made from the rule itself."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notelint.rulebook.rule import Rule

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")

_PACKAGE = Path(__file__).resolve().parent.parent

#: Where pages stand: in an installed wheel, and in a checkout.
_FOLDERS = (_PACKAGE / "_pack" / "pages", _PACKAGE.parent / "docs" / "rules")


def page_path(name: str) -> Path | None:
    """Returns the file of a rule's page, or None. A name that is no rule name finds nothing."""
    if not _NAME.match(name):
        return None
    for folder in _FOLDERS:
        path = folder / f"{name}.md"
        if path.is_file():
            return path
    return None


def rule_page(rule: Rule) -> str:
    """Returns a rule's page as Markdown."""
    path = page_path(rule.name)
    if path is not None:
        return path.read_text(encoding="utf-8")
    parts = [f"# {rule.code} {rule.name}", rule.summary, rule.why, f"**Ask:** {rule.ask}"]
    parts += [f"- {authority}" for authority in rule.authority]
    return "\n\n".join(part for part in parts if part)
