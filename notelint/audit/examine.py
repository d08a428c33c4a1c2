"""What the linter says of the notes of a sample: findings, applicable rules, sections.

Text-free where it goes into the log; whole where the review page shows it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from notelint.audit.frame import text_hash
from notelint.audit.verdict import rule_version
from notelint.finding import Finding, Problem
from notelint.note import Note

if TYPE_CHECKING:
    from notelint.encounter.digest import Digest
    from notelint.engine import Linter


@dataclass(frozen=True, slots=True)
class Examined:
    """One note with its findings; ``applied`` are the note-scope rules that ran on it, by name.

    Episode and batch rules are never in ``applied``: whether they could have fired on this note
    is not known, so they get a precision and no rate.
    """

    note: Note
    findings: tuple[Finding, ...] = ()
    applied: frozenset[str] = frozenset()
    sections: tuple[tuple[str, int, int], ...] = ()

    @property
    def text_sha256(self) -> str:
        return text_hash(self.note.text)

    def as_event(self, versions: Mapping[str, str]) -> dict[str, Any]:
        """What the log keeps of it: ids, hashes, offsets."""
        return {
            "note": self.note.id,
            "text_sha256": self.text_sha256,
            "applied": sorted(self.applied),
            "findings": [
                {
                    "fingerprint": f.fingerprint, "rule": f.name, "code": f.code,
                    "version": versions.get(f.name, ""), "severity": f.severity, "lead": f.lead,
                    "start": f.start, "end": f.end,
                }
                for f in self.findings
            ],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class RuleFact:
    """What the desk shows of a rule."""

    code: str
    name: str
    summary: str
    category: str
    version: str
    authority: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Examination:
    """The examined notes by id, the rules of the run by name, and what went wrong."""

    notes: Mapping[str, Examined]
    rules: Mapping[str, RuleFact] = field(default_factory=dict)
    pack: str = ""
    pack_hash: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def versions(self) -> dict[str, str]:
        return {rule.name: rule.version for rule in self.rules.values()}


def examine(
    notes: Iterable[Note], linter: Linter, wanted: Collection[str] | None = None
) -> Examination:
    """Lints notes and keeps those wanted (all by default).

    The others are linted too when the run has episode or batch rules, since what those say about
    a wanted note depends on the notes around it.
    """
    from notelint.scale.lint import fault

    kept: dict[str, Examined] = {}
    digests: list[Digest] = []
    problems: list[Problem] = []
    around = any({"episode", "batch"} & rule.needs for rule in linter.rules)
    for note in notes:
        want = wanted is None or note.id in wanted
        if not want and not around:
            continue
        try:
            examined, digest = _examine_one(note, linter, len(digests))
        except Exception as error:
            examined, digest = Examined(note), None
            problems.append(fault(note, error))
        if digest is not None:
            digests.append(digest)
        if want:
            kept[note.id] = examined
    findings, _ = linter.lint_digests(digests)
    for finding in findings:
        if finding.note_id in kept:
            old = kept[finding.note_id]
            kept[finding.note_id] = replace(old, findings=(*old.findings, finding))
    rules = {
        rule.name: RuleFact(
            rule.code, rule.name, rule.summary, rule.category, rule_version(rule),
            tuple(str(source) for source in rule.authority),
        )
        for rule in linter.rules
    }  # fmt: skip
    return Examination(
        kept, rules, str(linter.pack.version), str(linter.pack.hash), tuple(problems)
    )


def _examine_one(note: Note, linter: Linter, index: int) -> tuple[Examined, Digest | None]:
    if len(note.text) > linter.settings.max_note_chars:
        return Examined(note), None
    encounter = linter.encounter(note)
    result = linter.lint_encounter(encounter, index=index)
    facts = encounter.facts
    skipped = {rule for rule, _ in result.not_applied}
    applied = frozenset(
        rule.name
        for rule in linter.rules
        if rule.name not in skipped
        and not {"episode", "batch"} & rule.needs
        and rule.applies.note.admits(facts.note_type)
        and rule.applies.discipline.admits(facts.discipline)
        and rule.applies.setting.admits(facts.setting)
        and rule.applies.payer.admits(facts.payer)
        and rule.applies.programme.admits(facts.programme)
        and rule.applies.status.admits(note.status)
    )
    sections = tuple((s.label or s.kind, s.start, s.end) for s in encounter.reading.sections)
    return Examined(note, result.findings, applied, sections), result.digest
