"""Lints one text and keeps beside the findings what an editor needs to show them.

The engine is asked as if the note were about to be signed: what may wait until then is for
``draft`` to decide, so that one run serves both the writing and the signing.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from notelint.billing.tables import tables_from
from notelint.editor.arithmetic import Sum, sums
from notelint.editor.logs import describe
from notelint.explain import explain
from notelint.finding import Finding, Problem
from notelint.language.reading import Span
from notelint.note import Note

if TYPE_CHECKING:
    from notelint.encounter.encounter import Encounter
    from notelint.engine import Linter
    from notelint.rulebook.rule import Rule

#: Statuses of a note that is no longer being written.
FINAL = frozenset({"final", "amended"})

#: Rules that have nothing to say before the note is signed, wherever their words stand.
SIGNED_ONLY = frozenset({"template-residue"})

#: Turns a note's findings into findings with their suppressions (the one filter of all consumers);
#: the last argument names the rules that did not run.
Suppress = Callable[[Note, Sequence[Finding], Iterable[str]], Iterable[Finding]]


def keep_all(
    _note: Note, findings: Sequence[Finding], _not_applied: Iterable[str]
) -> Iterable[Finding]:
    """Suppresses nothing."""
    return findings


@dataclass(frozen=True, slots=True)
class SectionMark:
    """A section as an outline shows it; offsets in the note's text."""

    label: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What linting one text gave.

    ``shift`` is how far the note's text begins inside the document (front matter); every other
    offset counts in the note's text. ``final`` says that the note is signed or stated final.
    ``waiting`` names the rules that wait for the signature.
    """

    note: Note
    findings: tuple[Finding, ...] = ()
    not_applied: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()
    statements: tuple[Span, ...] = ()
    sections: tuple[SectionMark, ...] = ()
    final: bool = False
    left_alone: bool = False
    waiting: frozenset[str] = frozenset()
    shift: int = 0
    rules: int = 0

    def statement_at(self, offset: int) -> Span | None:
        """Returns the statement that holds an offset of the note's text or ends at it."""
        found = None
        for statement in self.statements:
            if statement.start > offset:
                break
            found = statement
        return found if found and offset <= found.end else None


class Checks(Protocol):
    """What the two servers ask of a checker."""

    def check(self, note: Note, *, shift: int = 0) -> Checked: ...

    def rule(self, name: str) -> Rule | None: ...

    def accuracy(self, name: str) -> str: ...

    def arithmetic(self, note: Note) -> tuple[Sum, ...]: ...

    def explain(self, note: Note) -> dict[str, Any]: ...

    def rules(self) -> tuple[Rule, ...]: ...

    def version(self) -> dict[str, str]: ...


#: After so many checks the words of earlier notes are forgotten.
REMEMBER = 500


@dataclass(slots=True)
class Checker:
    """Lints notes with one ``Linter`` and one suppression filter.

    ``published`` is the accuracy of rules in words, by rule name.
    """

    linter: Linter
    suppress: Suppress = keep_all
    published: Mapping[str, str] = field(default_factory=dict)
    _checks: int = 0

    def check(self, note: Note, *, shift: int = 0) -> Checked:
        """Lints a note. Never raises for what a note contains."""
        if len(note.text) > self.linter.settings.max_note_chars:
            result = self.linter.lint(note)
            return Checked(note, problems=result.problems, shift=shift)
        self._checks += 1
        if self._checks % REMEMBER == 0:
            self.linter.forget_words()
            gc.collect()  # what knew the words holds cycles, and the collector comes by seldom
        try:
            encounter = self.linter.encounter(as_if_signed(note))
            result = self.linter.lint_encounter(encounter, digested=False)
        except Exception as error:
            return Checked(note, problems=(fault(note.id, error),), shift=shift)
        reading = encounter.reading
        skipped = [rule for rule, _ in result.not_applied]
        return Checked(
            note,
            findings=tuple(self.suppress(note, result.findings, skipped)),
            not_applied=result.not_applied,
            problems=result.problems,
            statements=tuple(s.span for s in reading.statements),
            sections=tuple(SectionMark(s.label, s.kind, s.start, s.end) for s in reading.sections),
            final=is_final(note, encounter),
            left_alone=result.left_alone,
            waiting=self._waiting(),
            shift=shift,
            rules=len(self.linter.rules),
        )

    def rule(self, name: str) -> Rule | None:
        """Returns a rule of the whole pack by name or code, or None."""
        return self.linter.pack.rule(name)

    def accuracy(self, name: str) -> str:
        """Returns how often a rule is right, with n and where that was measured; empty if it is
        not published."""
        return self.published.get(name, "")

    def arithmetic(self, note: Note) -> tuple[Sum, ...]:
        """Returns the sums of the charges entered, for the check before signing."""
        return tuple(sums(note, tables_from(self.linter.pack.data)))

    def _waiting(self) -> frozenset[str]:
        absent = {r.name for r in self.linter.rules if "whole_note" in r.needs}
        return SIGNED_ONLY | absent

    def explain(self, note: Note) -> dict[str, Any]:
        """Returns what was understood of a note, as JSON."""
        encounter = self.linter.encounter(as_if_signed(note))
        result = self.linter.lint_encounter(encounter)
        return explain(encounter, result, self.linter.pack.cues).as_dict()

    def rules(self) -> tuple[Rule, ...]:
        """Returns all rules of the pack."""
        return self.linter.pack.rules

    def version(self) -> dict[str, str]:
        """Returns which rules these are."""
        return {"pack": self.linter.pack.version, "pack_hash": self.linter.pack.hash}


def as_if_signed(note: Note) -> Note:
    """Returns the note as it would be linted at its signature."""
    return note if note.status in FINAL else note.with_facts(status="final")


def is_final(note: Note, encounter: Encounter) -> bool:
    """Whether a note is stated final, or signed in its record or its text."""
    return is_final_record(note) or any(s.origin == "text" for s in encounter.signatures)


def is_final_record(note: Note) -> bool:
    """Whether a note's record says that it is no longer being written."""
    return note.status in FINAL or bool(note.signed_at)


def fault(name: str, error: Exception) -> Problem:
    """Describes an internal error by type and place; its message could quote the note."""
    return Problem(
        f"internal error {describe(error)}; this note was not linted.",
        note_id=name,
        remedy="Please report it with the output of 'notelint doctor', without the note.",
    )
