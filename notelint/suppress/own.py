"""Findings about suppressions themselves. They have codes of their own and no rule file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from notelint.finding import Finding, Place, Severity, Suggestion
from notelint.note import Note
from notelint.source import LineIndex

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class OwnRule:
    """What a finding about a suppression says; nothing in it comes from a note."""

    code: str
    name: str
    summary: str
    ask: str
    severity: Severity = "warning"

    def is_meant(self, selector: str) -> bool:
        """Whether a selector (code, prefix, name or ``ALL``) means this rule."""
        return selector in (self.name, "ALL") or (
            selector.startswith("SUP") and self.code.startswith(selector)
        )


DIRECTIVE = OwnRule(
    "SUP101",
    "directive-in-note",
    "A notelint directive stands in a note, where it does not count.",
    "Should this line leave the record, and the suppression stand in the note's sidecar?",
)
UNUSED = OwnRule(
    "SUP102",
    "unused-suppression",
    "A suppression answers no finding.",
    "Can this suppression be deleted?",
)
UNCLEAR = OwnRule(
    "SUP103",
    "unclear-suppression",
    "A suppression needs a known rule and a reason.",
    "Which rule is meant, and why does it not hold here?",
)
LOCKED = OwnRule(
    "SUP104",
    "locked-suppression",
    "A suppression names a rule that only the run's config can switch off.",
    "Should the rule be unlocked in the config, or the suppression be deleted?",
)

OWN_RULES: Mapping[str, OwnRule] = {
    rule.name: rule for rule in (DIRECTIVE, UNUSED, UNCLEAR, LOCKED)
}


def is_own(selector: str) -> bool:
    """Whether a selector means findings about suppressions and no others."""
    return selector != "ALL" and any(rule.is_meant(selector) for rule in OWN_RULES.values())


def in_note(rule: OwnRule, note: Note, start: int, end: int, message: str = "") -> Finding:
    """Returns a finding about words of a note."""
    lines = LineIndex.of(note.text)
    line, column = lines.position(start)
    end_line, end_column = lines.position(end)
    source = note.source.span(start, end) if note.source else None
    place = Place("main", "text", start, end, note_id=note.id, source=source)
    return Finding(
        rule.code, rule.name, rule.severity, "explicit", "words", rule.summary,
        message or rule.summary, (place,), Suggestion(rule.ask), file=note.file, note_id=note.id,
        line=line, column=column, end_line=end_line, end_column=end_column,
    )  # fmt: skip


def in_file(rule: OwnRule, file: str, message: str = "", note_id: str = "") -> Finding:
    """Returns a finding about a sidecar, which has no place in a note."""
    place = Place("main", "sidecar", note_id=note_id)
    return Finding(
        rule.code, rule.name, rule.severity, "explicit", "field", rule.summary,
        message or rule.summary, (place,), Suggestion(rule.ask), file=file, note_id=note_id,
    )  # fmt: skip
