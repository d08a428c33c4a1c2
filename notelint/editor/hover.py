"""What a finding says when the pointer rests on it: why, what to ask, on whose authority."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from notelint.finding import Finding

if TYPE_CHECKING:
    from notelint.rulebook.rule import Rule

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~-])")


def escaped(text: str) -> str:
    """Returns a text with every Markdown mark taken literally: note words draw no links."""
    return _SPECIAL.sub(r"\\\1", text)


def hover(
    finding: Finding, others: Iterable[Finding] = (), rule: Rule | None = None, accuracy: str = ""
) -> str:
    """Returns the hover of a lead as Markdown.

    Args:
        finding: the lead.
        others: the findings of its group that it speaks for.
        rule: its rule, for the reason behind it.
        accuracy: how often the rule is right, with n and interval; empty if not published.
    """
    parts = [
        f"**{finding.code} {finding.name}** · {finding.severity} · {finding.rule_class}",
        escaped(finding.message),
    ]
    if rule is not None and rule.why:
        parts.append(escaped(rule.why))
    if finding.suggestion.ask:
        parts.append(f"**Ask:** {escaped(finding.suggestion.ask)}")
    if finding.suggestion.rewrite:
        parts.append(f"**Wording that may stand:**\n\n{_fenced(finding.suggestion.rewrite)}")
    also = ", ".join(f"{f.code} {f.name}" for f in others)
    if also:
        parts.append(f"Also: {also}")
    parts.extend(f"*{escaped(source)}*" for source in finding.authority)
    if accuracy:
        parts.append(escaped(accuracy))
    parts.append(f"`notelint rule {finding.name}`")
    return "\n\n".join(parts)


def _fenced(text: str) -> str:
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}text\n{text}\n{fence}"
