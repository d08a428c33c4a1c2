"""Joins the rooms: note → reading → encounter → checks → findings. No input or output here.

``Linter`` is built once from settings and used for any number of notes. It holds rules and the
language pipeline, both immutable, and remembers which rules look at which kind of note; no words of
a note stay in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from notelint import suggest
from notelint.checks import BATCH_CHECKS, EPISODE_CHECKS, NOTE_CHECKS
from notelint.encounter.build import build_encounter
from notelint.encounter.digesting import digest_of
from notelint.finding import Finding, NotApplied, Problem, Report
from notelint.note import Note
from notelint.rulebook.pack import Pack, load_pack
from notelint.rulebook.rule import Hit, Rule
from notelint.rulebook.selection import select_rules
from notelint.settings import Settings

if TYPE_CHECKING:
    from notelint.encounter.digest import Digest
    from notelint.encounter.encounter import Encounter, Facts
    from notelint.language.pipeline import Reader

#: Findings of one note, at most so many leads are shown (DESIGN §5); all are kept.
MAX_LEADS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class NoteResult:
    """What one note gave: findings in text order, rules not applied with reasons, its digest."""

    note: Note
    findings: tuple[Finding, ...] = ()
    not_applied: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()
    digest: Digest | None = None
    left_alone: bool = False


#: What of a note decides which rules look at it: facts, status, supplies, expired data.
_Standing = tuple[
    str, str, str, str, str, str, frozenset[tuple[str, str]], frozenset[str]
]  # fmt: skip
#: Notes stand in few ways; the memory of them never grows beyond this.
_MOST_CHOICES = 256


@dataclass(frozen=True, slots=True)
class _Choice:
    """The rules that look at notes of one standing, and those that do not with their reasons."""

    rules: tuple[Rule, ...]
    not_applied: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Tally:
    """Counts a run's notes and not-applied rules while findings stream by."""

    notes: int = 0
    left_alone: int = 0
    not_applied: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, result: NoteResult) -> None:
        self.notes += 1
        self.left_alone += result.left_alone
        for key in result.not_applied:
            self.not_applied[key] = self.not_applied.get(key, 0) + 1

    def as_not_applied(self) -> tuple[NotApplied, ...]:
        return tuple(
            NotApplied(rule, reason, notes)
            for (rule, reason), notes in sorted(self.not_applied.items())
        )


class Linter:
    """Lints notes by one choice of rules.

    Args:
        settings: the run's choices.
        pack: the compiled rules; the shipped ones by default.

    Raises:
        RuleError: the pack does not load.
        ConfigError: a selector names no rule.
    """

    def __init__(self, settings: Settings | None = None, pack: Pack | None = None) -> None:
        self.settings = settings or Settings()
        self.pack = pack or load_pack()
        self.rules: tuple[Rule, ...] = select_rules(self.pack.rules, self.settings)
        self._note_rules = tuple(
            r for r in self.rules if r.check in NOTE_CHECKS and not r.needs & {"episode", "batch"}
        )
        self._episode_rules = tuple(
            r
            for r in self.rules
            if "episode" in r.needs or bool(getattr(r.params, "episode", None))
        )
        self._batch_rules = tuple(
            r for r in self.rules if "batch" in r.needs or bool(getattr(r.params, "batch", None))
        )
        self._reader: Reader | None = None
        self._choices: dict[_Standing, _Choice] = {}

    @property
    def reader(self) -> Reader:
        """The language pipeline, loaded at first use (it imports spaCy)."""
        if self._reader is None:
            from notelint.language.pipeline import Reader

            self._reader = Reader(self.pack.lexicons)
        return self._reader

    def forget_words(self) -> None:
        """Begins a new vocabulary. A vocabulary keeps every word it has met, so a process that
        lives for days calls this now and then: for its memory, and for the notes' sake."""
        self._reader = None

    @property
    def sees_episodes(self) -> bool:
        """Whether any rule looks at more than one note."""
        return bool(self._episode_rules or self._batch_rules)

    def encounter(self, note: Note) -> Encounter:
        """Reads a note and builds its encounter, with the run's facts applied."""
        note = self._with_defaults(note)
        reading = self.reader.read(note.text, known_therapy=_known_therapy(note))
        return build_encounter(note, reading, self.pack)

    def lint(self, note: Note, *, index: int = 0) -> NoteResult:
        """Lints one note by the rules of note scope. Never raises for what a note contains."""
        if len(note.text) > self.settings.max_note_chars:
            return NoteResult(note, problems=(_too_long(note, self.settings.max_note_chars),))
        return self.lint_encounter(self.encounter(note), index=index)

    def lint_encounter(
        self, encounter: Encounter, *, index: int = 0, digested: bool = True
    ) -> NoteResult:
        """Lints a note that is already read, for callers that show the encounter as well.

        ``digested`` says whether the caller looks at episodes, and so needs the digest.
        """
        note = encounter.note
        digest = digest_of(encounter, index) if digested else None
        if self.settings.scope_gate and not encounter.facts.therapy:
            reasons = tuple((r.name, "not a therapy note") for r in self.rules)
            return NoteResult(note, not_applied=reasons, digest=digest, left_alone=True)
        hits: list[tuple[Rule, Hit]] = []
        choice = self._choice(encounter)
        for rule in choice.rules:
            hits.extend(
                [(rule, hit) for hit in NOTE_CHECKS[rule.check](encounter, rule, self.pack)]
            )
        findings = suggest.findings_of(encounter, hits, self.settings)
        return NoteResult(note, tuple(findings), choice.not_applied, (), digest)

    def lint_digests(self, digests: Sequence[Digest]) -> tuple[list[Finding], list[NotApplied]]:
        """Runs the episode and batch rules over the digests of a run."""
        findings: list[Finding] = []
        not_applied: list[NotApplied] = []
        as_of = self.settings.as_of or self.pack.date
        for rule in self._episode_rules:
            hits, skipped = EPISODE_CHECKS[rule.check](digests, rule, self.pack, as_of)
            findings.extend(suggest.episode_findings(rule, hits, digests, self.settings))
            not_applied.extend(skipped)
        for rule in self._batch_rules:
            hits, skipped = BATCH_CHECKS[rule.check](digests, rule, self.pack, as_of)
            findings.extend(suggest.episode_findings(rule, hits, digests, self.settings))
            not_applied.extend(skipped)
        return findings, not_applied

    def _with_defaults(self, note: Note) -> Note:
        changes: dict[str, object] = {
            key: value
            for key, value in self.settings.defaults.items()
            if getattr(note, key, None) in (None, "unknown")
        }
        changes.update(self.settings.overrides)
        return replace(note, **changes) if changes else note  # type: ignore[arg-type]

    def _choice(self, encounter: Encounter) -> _Choice:
        """The rules that look at a note and those that do not, worked out once for all its like."""
        facts = encounter.facts
        dated = self._dated_reasons(facts)
        standing: _Standing = (
            facts.discipline, facts.setting, facts.payer, facts.programme, facts.note_type,
            encounter.note.status, frozenset(encounter.supplies.items()), frozenset(dated),
        )  # fmt: skip
        known = self._choices.get(standing)
        if known is not None:
            return known
        rules: list[Rule] = []
        not_applied: list[tuple[str, str]] = []
        for rule in self._note_rules:
            reason = self._not_applicable(rule, encounter)
            if reason == "":
                continue
            reason = reason or dated.get(rule.name)
            if reason:
                not_applied.append((rule.name, reason))
            else:
                rules.append(rule)
        if len(self._choices) >= _MOST_CHOICES:
            self._choices.clear()
        chosen = self._choices[standing] = _Choice(tuple(rules), tuple(not_applied))
        return chosen

    def _not_applicable(self, rule: Rule, encounter: Encounter) -> str | None:
        """None: run it. "": silently out of scope. Else why it is not applied (DESIGN §1.5)."""
        facts = encounter.facts
        applies = rule.applies
        if not (
            applies.discipline.admits(facts.discipline)
            and applies.setting.admits(facts.setting)
            and applies.payer.admits(facts.payer)
            and applies.programme.admits(facts.programme)
            and applies.status.admits(encounter.note.status)
        ):
            return ""
        if not applies.note.admits(facts.note_type):
            return ""
        for need in sorted(rule.needs):
            if encounter.supply(need) == "not_supplied":
                return _REASONS.get(need, f"no {need}")
        return None

    def _dated_reasons(self, facts: Facts) -> dict[str, str]:
        """Rules whose dated data ends before the note's date of service (DESIGN §1.6)."""
        day = facts.date_of_service or self.settings.as_of or self.pack.date
        return {
            name: f"data valid through {until.isoformat()}"
            for name, until in self.pack.valid_through.items()
            if day > until
        }


_REASONS = {
    "whole_note": "note kind not stated",
    "charges": "no charges",
    "units": "no units",
    "minutes": "no minutes",
    "payer": "payer unknown",
    "author": "no author",
    "date": "no date of service",
    "goals": "no goals",
    "plan": "no plan",
    "flowsheet": "no flowsheet",
    "episode": "one note of the episode",
    "batch": "one note",
}


def _known_therapy(note: Note) -> bool:
    return note.discipline != "unknown" or bool(note.charges)


def _too_long(note: Note, limit: int) -> Problem:
    return Problem(
        f"the note has {len(note.text):,} characters; the limit is {limit:,}.",
        file=note.file,
        note_id=note.id,
        remedy="Split the export into one record a note, or raise max-note-chars.",
    )


def lint_notes(
    notes: Iterable[Note | Problem], settings: Settings | None = None, pack: Pack | None = None
) -> Iterator[Report]:
    """Lints a stream: yields one report a note as it is done, and last one for the run.

    The last report holds the episode and batch findings, every rule not applied, and the summary.
    A problem in the stream becomes a report of its own; the rest goes on.
    """
    linter = Linter(settings, pack)
    tally = Tally()
    digests: list[Digest] = []
    for item in notes:
        if isinstance(item, Problem):
            yield Report(problems=(item,))
            continue
        result = linter.lint(item, index=len(digests))
        tally.add(result)
        if result.digest is not None:
            digests.append(result.digest)
        yield Report(result.findings, (), result.problems)
    findings, skipped = linter.lint_digests(digests)
    yield Report(
        tuple(findings),
        tally.as_not_applied() + tuple(skipped),
        (),
        summary_of(linter, tally),
    )


def summary_of(linter: Linter, tally: Tally, as_of: date | None = None) -> dict[str, object]:
    """The numbers every report ends with; it never says clean or passed."""
    return {
        "notes": tally.notes,
        "left_alone": tally.left_alone,
        "rules": len(linter.rules),
        "rules_not_applied": len({rule for rule, _ in tally.not_applied}),
        "pack": linter.pack.version,
        "pack_hash": linter.pack.hash,
        "as_of": (as_of or linter.settings.as_of or linter.pack.date).isoformat(),
        "disclaimer": DISCLAIMER,
    }


DISCLAIMER = (
    "Silence is no evidence of compliance, payment or medical necessity. "
    "Not legal or billing advice."
)
