"""What the linter says: findings, places, suggestions, and what it could not say.

All frozen. Offsets are code points in the note's text. ``Report`` is what every consumer (command
line, editor, HTTP, audit) gets for a run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from notelint.source import SourceSpan

SCHEMA_VERSION = "1.0"

Severity = Literal["off", "info", "warning", "error"]
Scope = Literal["words", "statement", "section", "note", "charge", "field", "episode"]
RuleClass = Literal["explicit", "judgement"]

SEVERITY_RANK: Mapping[str, int] = {"off": 0, "info": 1, "warning": 2, "error": 3}


@dataclass(frozen=True, slots=True)
class Place:
    """One place that a finding points to.

    ``target`` is ``text``, ``charges[i]`` or the name of a record field. ``start``/``end`` are
    None unless the target is text.
    """

    role: Literal["main", "evidence"]
    target: str = "text"
    start: int | None = None
    end: int | None = None
    label: str = ""
    note_id: str = ""
    source: SourceSpan | None = None

    def as_dict(self) -> dict[str, Any]:
        return {
            "role": self.role, "label": self.label, "note_id": self.note_id, "target": self.target,
            "start": self.start, "end": self.end,
            "source": self.source.as_dict() if self.source else None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``ask`` is a question to the author, never inserted. ``rewrite`` may stand in a note."""

    ask: str
    rewrite: str | None = None

    def as_dict(self) -> dict[str, Any]:
        return {"ask": self.ask, "rewrite": self.rewrite}


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why a finding does not count: by whom or what, for which reason, and when."""

    by: str
    reason: str = ""
    who: str = ""
    when: str = ""

    def as_dict(self) -> dict[str, str]:
        return {"by": self.by, "reason": self.reason, "who": self.who, "when": self.when}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing worth telling the author. Its wire form is DESIGN §6 (``as_dict``)."""

    code: str
    name: str
    severity: Severity
    rule_class: RuleClass
    scope: Scope
    summary: str
    message: str
    places: tuple[Place, ...]
    suggestion: Suggestion
    authority: tuple[str, ...] = ()
    url: str = ""
    file: str = ""
    note_id: str = ""
    section: str = ""
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    fingerprint: str = ""
    group: int | None = None
    lead: bool = True
    suppressed: Suppression | None = None
    evidence: Mapping[str, Any] = field(default_factory=dict)

    @property
    def main(self) -> Place:
        return self.places[0]

    @property
    def start(self) -> int | None:
        return self.main.start if self.main.target == "text" else None

    @property
    def end(self) -> int | None:
        return self.main.end if self.main.target == "text" else None

    @property
    def rank(self) -> int:
        return SEVERITY_RANK[self.severity]

    def as_dict(self) -> dict[str, Any]:
        return {
            "code": self.code, "name": self.name, "severity": self.severity,
            "class": self.rule_class, "scope": self.scope, "summary": self.summary,
            "message": self.message, "file": self.file, "note_id": self.note_id,
            "start": self.start, "end": self.end, "line": self.line, "column": self.column,
            "end_line": self.end_line, "end_column": self.end_column, "section": self.section,
            "places": [p.as_dict() for p in self.places],
            "suggestion": self.suggestion.as_dict(), "authority": list(self.authority),
            "url": self.url, "fingerprint": self.fingerprint, "group": self.group,
            "lead": self.lead,
            "suppressed": self.suppressed.as_dict() if self.suppressed else None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class NotApplied:
    """A rule that did not run on some notes: never counted as clean."""

    rule: str
    reason: str
    notes: int = 1

    def as_dict(self) -> dict[str, Any]:
        return {"rule": self.rule, "reason": self.reason, "notes": self.notes}


@dataclass(frozen=True, slots=True)
class Problem:
    """An input that could not be linted, wholly or in part. Never carries note text.

    ``fatal`` problems (unreadable or unfinished input) make the run exit 2.
    """

    what: str
    file: str = ""
    line: int | None = None
    column: int | None = None
    note_id: str = ""
    remedy: str = ""
    fatal: bool = True

    @property
    def where(self) -> str:
        parts = [self.file or self.note_id]
        if self.line is not None:
            parts.append(str(self.line))
            if self.column is not None:
                parts.append(str(self.column))
        return ":".join(p for p in parts if p)

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head} {self.remedy}" if self.remedy else head

    def as_dict(self) -> dict[str, Any]:
        return {
            "what": self.what, "file": self.file, "line": self.line, "column": self.column,
            "note_id": self.note_id, "remedy": self.remedy, "fatal": self.fatal,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Report:
    """The result of linting one note or many."""

    findings: tuple[Finding, ...] = ()
    not_applied: tuple[NotApplied, ...] = ()
    problems: tuple[Problem, ...] = ()
    summary: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return {
            "schema_version": SCHEMA_VERSION,
            "findings": [f.as_dict() for f in self.findings],
            "not_applied": [n.as_dict() for n in self.not_applied],
            "problems": [p.as_dict() for p in self.problems],
            "summary": dict(self.summary),
        }


def fingerprint(rule: str, note_id: str, words: str, before: str, after: str) -> str:
    """Returns a 16-hex-digit identity of a finding that survives edits elsewhere in the note.

    It hashes the rule, the note and the normalised words with one neighbour on each side, never a
    line number. It holds no readable text.
    """
    basis = "\x1f".join((rule, note_id, _normal(words), _normal(before), _normal(after)))
    return hashlib.blake2b(basis.encode(), digest_size=8).hexdigest()


def _normal(words: str) -> str:
    return " ".join(words.lower().split())
