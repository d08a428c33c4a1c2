"""A rule is a value: frozen data, no code, no state of a run.

One YAML file under ``rules/`` makes one ``Rule`` (DESIGN §5); the loader and the compiled pack
both build these. ``Hit`` is what a check gives back for one place; the engine turns a hit and its
rule into a finding.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from notelint.finding import Place, RuleClass, Scope, Severity

CATEGORIES: Mapping[str, str] = {
    "GEN": "generic-language",
    "GOL": "goals-linkage",
    "TIM": "time-units",
    "COD": "code-intent",
    "SKL": "skill",
    "OBJ": "detail-response",
    "POC": "plan-certification",
    "PRG": "progress-discharge",
    "MOD": "modifiers-edits",
    "AUT": "authorship-delivery",
    "CON": "consistency-hygiene",
}

#: Keys that a severity case may test. The first six are facts of the note and the run; the rest
#: come from the hit.
SEVERITY_KEYS = (
    "strictness", "payer", "setting", "note", "discipline", "programme", "code", "horizon",
    "purpose", "stage", "since",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SeverityCase:
    """``when`` all keys match (each against a set of values), the severity ``is``."""

    when: Mapping[str, frozenset[str]]
    severity: Severity


@dataclass(frozen=True, slots=True)
class Filter:
    """Values a fact must have (``only``) or must not have (``never``). Empty means no limit."""

    only: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()

    def admits(self, value: str) -> bool:
        return (not self.only or value in self.only) and value not in self.never


@dataclass(frozen=True, slots=True)
class Applies:
    """Which notes and sections a rule looks at."""

    note: Filter = field(default_factory=Filter)
    sections: Filter = field(default_factory=Filter)
    discipline: Filter = field(default_factory=Filter)
    payer: Filter = field(default_factory=Filter)
    setting: Filter = field(default_factory=Filter)
    programme: Filter = field(default_factory=Filter)
    status: Filter = field(default_factory=Filter)


@dataclass(frozen=True, slots=True)
class Authority:
    """Where a rule comes from and how well that was checked (catalogue §0)."""

    source: str
    section: str = ""
    grade: str = "practice"
    effective: str = ""

    def __str__(self) -> str:
        parts = [self.source]
        if self.section:
            parts.append(self.section)
        text = " ".join(parts)
        return f"{text} ({self.grade})"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``params`` is an instance of the check kind's own parameter class."""

    code: str
    name: str
    check: str
    rule_class: RuleClass
    summary: str
    message: str
    ask: str
    severity: tuple[SeverityCase, ...]
    params: Any
    rewrite: str | None = None
    needs: frozenset[str] = frozenset()
    applies: Applies = field(default_factory=Applies)
    yields_to: tuple[str, ...] = ()
    authority: tuple[Authority, ...] = ()
    since: str = "0.1"
    status: str = "stable"
    why: str = ""

    @property
    def category(self) -> str:
        return CATEGORIES[self.code[:3]]

    def severity_for(self, facts: Mapping[str, str]) -> Severity:
        """Returns the severity of the first case whose keys all match; ``off`` with none."""
        for case in self.severity:
            if all(facts.get(key, "") in values for key, values in case.when.items()):
                return case.severity
        return "off"


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a check found its rule broken.

    ``start``/``end`` are None for scope ``note`` and for other targets. ``fields`` fill the named
    placeholders of message, ask and rewrite; they hold the note's own words and values. ``facts``
    are the keys a severity case may test (code, horizon, purpose, stage). ``note_id`` is set by
    episode and batch checks. ``slots`` name values of the note that a rewrite keeps verbatim.
    """

    scope: Scope
    start: int | None = None
    end: int | None = None
    target: str = "text"
    fields: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[Place, ...] = ()
    ask: str | None = None
    note_id: str = ""
    message: str | None = None
    slots: Mapping[str, str] = field(default_factory=dict)
