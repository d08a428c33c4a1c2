"""The line above a note: how many findings, how many wait, and what was not looked at."""

from __future__ import annotations

from notelint.editor.checker import Checked
from notelint.editor.draft import Shown


def summary(checked: Checked, shown: Shown) -> str:
    """Returns the counts in words. It never says clean or passed."""
    if checked.left_alone:
        return "Not read as a therapy note; nothing was checked"
    parts = [_count(len(shown.now), "finding")]
    if shown.beyond:
        parts.append(f"{shown.beyond} more")
    if shown.at_info:
        parts.append(f"{shown.at_info} at info")
    if shown.suppressed:
        parts.append(f"{shown.suppressed} suppressed")
    text = ", ".join(parts)
    skipped = not_applied(shown)
    return f"{text}; {skipped}" if skipped else text


def not_applied(shown: Shown) -> str:
    """Returns "2 rules not applied: no charges", with the reasons counted if there are several."""
    total = sum(count for _, count in shown.reasons)
    if not total:
        return ""
    if len(shown.reasons) == 1:
        why = shown.reasons[0][0]
    else:
        why = ", ".join(f"{count} {reason}" for reason, count in shown.reasons[:4])
        if len(shown.reasons) > 4:
            why += ", …"
    return f"{_count(total, 'rule')} not applied: {why}"


def before_signing(shown: Shown) -> str:
    """Returns "Before signing: 4", or nothing when nothing waits."""
    return f"Before signing: {len(shown.waiting)}" if shown.waiting else ""


def signing_summary(checked: Checked, shown: Shown) -> str:
    """What the command *Check before signing* answers. No note text."""
    if checked.left_alone:
        return summary(checked, shown) + "."
    whole = [f for f in shown.now if f.start is None]
    names = "; ".join(f"{f.code} {f.summary}" for f in whole[:8])
    text = f"Check before signing: {summary(checked, shown)}."
    if names:
        text += f" About the whole note: {names}"
    return f"{text} {SILENCE}"


SILENCE = "Silence is no evidence of compliance, payment or medical necessity."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
