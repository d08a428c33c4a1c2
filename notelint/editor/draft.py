"""What may be shown while a note is being written.

A note half written lacks most of what a note needs. Until it is final (or somebody asks for the
check before signing), findings about the whole note and about what is absent wait, and so does
everything about the statement under the caret.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from notelint.editor.checker import Checked
from notelint.finding import SEVERITY_RANK, Finding, Severity
from notelint.language.reading import Span

#: At most so many leads of a note are shown at once (DESIGN §5).
MOST_SHOWN = 8

#: Seconds without typing after which the statement under the caret is no longer "being typed".
PAUSE = 2.0

#: Scopes without words of their own: what they say can only be settled at the end.
WHOLE = frozenset({"note", "charge", "field", "episode"})

_SENTENCE_END = ".!?;:"


@dataclass(frozen=True, slots=True)
class Shown:
    """A note's findings sorted by when they may be shown.

    ``now`` are leads in text order; ``also`` maps a lead's place in ``now`` to the findings it
    speaks for. ``waiting`` are leads for the check before signing. ``held`` are findings of the
    statement being typed. ``at_info`` counts leads under the display threshold, ``beyond`` those
    over the display limit, ``suppressed`` what sidecars and baselines keep quiet.
    """

    now: tuple[Finding, ...] = ()
    also: tuple[tuple[Finding, ...], ...] = ()
    waiting: tuple[Finding, ...] = ()
    held: tuple[Finding, ...] = ()
    at_info: int = 0
    beyond: int = 0
    suppressed: int = 0
    reasons: tuple[tuple[str, int], ...] = field(default=())


def sort_out(
    checked: Checked,
    *,
    signing: bool = False,
    caret: int | None = None,
    min_severity: Severity = "warning",
    limit: int = MOST_SHOWN,
) -> Shown:
    """Sorts the findings of a checked note.

    Args:
        checked: the note as linted.
        signing: the check before signing was asked for.
        caret: where the author is typing (offset in the note's text), or None.
        min_severity: leads under it are only counted.
        limit: how many leads are shown; the rest is counted.
    """
    live = [f for f in checked.findings if f.suppressed is None]
    leads = list(_leads(live))
    loud = [pair for pair in leads if pair[0].rank >= SEVERITY_RANK[min_severity]]
    holding = None if caret is None else being_typed(checked, caret)
    settled = checked.final or signing
    now: list[tuple[Finding, tuple[Finding, ...]]] = []
    waiting: list[Finding] = []
    held: list[Finding] = []
    for lead, others in loud:
        if not settled and waits(lead, checked.waiting):
            waiting.append(lead)
        elif holding is not None and _touches(lead, holding):
            held.append(lead)
        else:
            now.append((lead, others))
    kept = _most_important(now, limit)
    return Shown(
        now=tuple(lead for lead, _ in kept),
        also=tuple(others for _, others in kept),
        waiting=tuple(waiting),
        held=tuple(held),
        at_info=len(leads) - len(loud),
        beyond=len(now) - len(kept),
        suppressed=len(checked.findings) - len(live),
        reasons=_reasons(checked.not_applied),
    )


def waits(finding: Finding, waiting: frozenset[str]) -> bool:
    """Whether a finding is for the check before signing and not for the writing."""
    return finding.scope in WHOLE or finding.start is None or finding.name in waiting


def being_typed(checked: Checked, caret: int) -> Span | None:
    """Returns the statement that the author is typing with the caret at an offset, or None.

    Blanks behind an unfinished statement still belong to it; behind a full stop they do not.
    """
    found = None
    for statement in checked.statements:
        if statement.start > caret:
            break
        found = statement
    if found is None or caret <= found.end:
        return found
    text = checked.note.text
    gap = text[found.end : caret]
    unfinished = text[found.start : found.end].rstrip()[-1:] not in _SENTENCE_END
    blank = not gap.strip(" \t\u00a0")
    return found if unfinished and blank else None


def _touches(finding: Finding, span: Span) -> bool:
    if finding.start is None or finding.end is None:
        return False
    return finding.start < span.end and span.start < max(finding.end, finding.start + 1)


def _leads(findings: Sequence[Finding]) -> Iterable[tuple[Finding, tuple[Finding, ...]]]:
    """Yields each lead with the findings of its group, in text order.

    A group whose lead is suppressed is led by its next finding, so that nothing hides with it.
    """
    groups: dict[int, list[Finding]] = {}
    for finding in findings:
        if finding.group is not None:
            groups.setdefault(finding.group, []).append(finding)
    done: set[int] = set()
    for finding in findings:
        if finding.group is None:
            yield finding, ()
            continue
        if finding.group in done:
            continue
        done.add(finding.group)
        members = groups[finding.group]
        lead = next((f for f in members if f.lead), max(members, key=lambda f: f.rank))
        yield lead, tuple(f for f in members if f is not lead)


def _most_important(
    pairs: list[tuple[Finding, tuple[Finding, ...]]], limit: int
) -> list[tuple[Finding, tuple[Finding, ...]]]:
    if len(pairs) <= limit:
        return pairs
    best = sorted(range(len(pairs)), key=lambda i: (-pairs[i][0].rank, i))[:limit]
    return [pairs[i] for i in sorted(best)]


def _reasons(not_applied: Iterable[tuple[str, str]]) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for _rule, reason in not_applied:
        counts[reason] = counts.get(reason, 0) + 1
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
