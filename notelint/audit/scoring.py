"""Compares findings with gold labels: which are right, which are false alarms, what was missed.

A label matches a finding of the same rule when their places overlap; a label without anchor, or a
finding about the whole note or a charge, matches by the rule alone.

* A finding of a judged rule is *right* on a ``must``; counts for nobody on a ``may``; else it is
  *wrong*, a false alarm. A finding of a rule that nobody judged on that note is *unjudged*.
* A ``must`` is *found* whatever the severity of the finding: every rule runs, preview rules too,
  and one whose severity is ``off`` for that note is asked again as if it were not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from notelint.audit.goldnotes import GoldFile, GoldLabel, GoldNote
from notelint.engine import Linter
from notelint.finding import Finding
from notelint.note import Note
from notelint.settings import Settings

if TYPE_CHECKING:
    from notelint.encounter.digest import Digest
    from notelint.encounter.encounter import Facts
    from notelint.rulebook.pack import Pack


@dataclass(frozen=True, slots=True)
class NoteScore:
    """One gold note against the findings on it.

    ``found`` and ``missed`` pair a ``must`` with the severity its finding has (or would have).
    ``loud`` are the warnings and errors that are not on a ``may``.
    """

    gold: GoldNote
    right: tuple[Finding, ...] = ()
    wrong: tuple[Finding, ...] = ()
    open: tuple[Finding, ...] = ()
    unjudged: tuple[Finding, ...] = ()
    found: tuple[tuple[GoldLabel, str], ...] = ()
    missed: tuple[tuple[GoldLabel, str], ...] = ()
    left_alone: bool = False

    @property
    def warned(self) -> bool:
        """Whether any warning or error stands on the note."""
        return any(f.rank >= 2 for f in (*self.right, *self.wrong, *self.open, *self.unjudged))

    @property
    def warned_beside_may(self) -> bool:
        """Whether a warning or error stands on the note other than on a ``may``."""
        return any(f.rank >= 2 for f in (*self.right, *self.wrong, *self.unjudged))


@dataclass(frozen=True, slots=True)
class Counts:
    """How many findings were right, wrong, on a ``may``, unjudged; how many musts were found."""

    right: int = 0
    wrong: int = 0
    may: int = 0
    unjudged: int = 0
    found: int = 0
    must: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.right + other.right, self.wrong + other.wrong, self.may + other.may,
            self.unjudged + other.unjudged, self.found + other.found, self.must + other.must,
        )  # fmt: skip

    @property
    def judged(self) -> int:
        """Findings that count for precision."""
        return self.right + self.wrong


@dataclass(frozen=True, slots=True)
class Cell:
    """What counts are kept by: the note, the rule, and the severity of its finding there."""

    note: Note
    rule: str
    severity: str


def cells(score: NoteScore) -> Iterator[tuple[Cell, Counts]]:
    """Yields the counts of one note, one for each finding and each ``must``."""
    note = score.gold.note
    for findings, one in (
        (score.right, Counts(right=1)),
        (score.wrong, Counts(wrong=1)),
        (score.open, Counts(may=1)),
        (score.unjudged, Counts(unjudged=1)),
    ):
        for finding in findings:
            yield Cell(note, finding.name, finding.severity), one
    for label, severity in score.found:
        yield Cell(note, label.rule, severity), Counts(found=1, must=1)
    for label, severity in score.missed:
        yield Cell(note, label.rule, severity), Counts(must=1)


class Examiner:
    """Runs every rule over gold files. Settings files and suppressions are not looked at."""

    def __init__(self, pack: Pack) -> None:
        self._linter = Linter(Settings(preview=True), pack)
        loud = {rule.name: "info" for rule in pack.rules}
        self._loud = Linter(Settings(preview=True, severities=loud), pack)
        self._rules = {rule.name: rule for rule in pack.rules}

    def scores(self, file: GoldFile) -> Iterator[NoteScore]:
        """Yields the score of each note of a file, which is one run with its episodes."""
        shown: list[list[Finding]] = []
        asked: list[list[Finding]] = []
        alone: list[bool] = []
        facts: list[Facts] = []
        digests: list[Digest] = []
        for index, gold in enumerate(file.notes):
            encounter = self._linter.encounter(gold.note)
            facts.append(encounter.facts)
            result = self._linter.lint_encounter(encounter, index=index)
            shown.append(list(result.findings))
            asked.append(list(self._loud.lint_encounter(encounter, index=index).findings))
            alone.append(result.left_alone)
            if result.digest is not None:
                digests.append(result.digest)
        index_of = {gold.note.id: i for i, gold in enumerate(file.notes)}
        for findings, linter in ((shown, self._linter), (asked, self._loud)):
            for finding in linter.lint_digests(digests)[0]:
                if finding.note_id in index_of:
                    findings[index_of[finding.note_id]].append(finding)
        for gold, seen, all_found, fact, left in zip(
            file.notes, shown, asked, facts, alone, strict=True
        ):
            score = score_note(gold, seen, all_found, self._severities(gold, fact))
            yield replace(score, left_alone=left)

    def _severities(self, gold: GoldNote, facts: Facts) -> Mapping[str, str]:
        """Rule → the severity it would have on a note, as far as the note's facts decide it."""
        known = {
            "strictness": self._linter.settings.strictness, "payer": facts.payer,
            "setting": facts.setting, "note": facts.note_type, "discipline": facts.discipline,
            "programme": facts.programme,
        }  # fmt: skip
        names = {label.rule for label in gold.labels}
        return {name: self._rules[name].severity_for(known) for name in names}


def score_note(
    gold: GoldNote,
    findings: Sequence[Finding],
    asked: Iterable[Finding] = (),
    severities: Mapping[str, str] | None = None,
) -> NoteScore:
    """Scores one note.

    Args:
        gold: the note with its labels.
        findings: what a run shows.
        asked: what the rules find when none is off; for recall only.
        severities: the severity of each labelled rule on this note, for what was not shown.
    """
    kinds: dict[str, list[Finding]] = {"right": [], "wrong": [], "open": [], "unjudged": []}
    for finding in findings:
        kinds[_kind(gold, finding)].append(finding)
    everything = [*findings, *asked]
    found: list[tuple[GoldLabel, str]] = []
    missed: list[tuple[GoldLabel, str]] = []
    for label in gold.labels:
        if label.verdict != "must":
            continue
        own = (severities or {}).get(label.rule, "off")
        visible = next((f for f in findings if _matches(label, f)), None)
        if visible is not None:
            found.append((label, visible.severity))
        elif any(_matches(label, f) for f in everything):
            found.append((label, own))
        else:
            missed.append((label, own))
    return NoteScore(
        gold,
        tuple(kinds["right"]),
        tuple(kinds["wrong"]),
        tuple(kinds["open"]),
        tuple(kinds["unjudged"]),
        tuple(found),
        tuple(missed),
    )


def _kind(gold: GoldNote, finding: Finding) -> str:
    if finding.name not in gold.judged:
        return "unjudged"
    verdicts = {label.verdict for label in gold.labels if _matches(label, finding)}
    if "must" in verdicts:
        return "right"
    return "open" if "may" in verdicts else "wrong"


def _matches(label: GoldLabel, finding: Finding) -> bool:
    return label.rule == finding.name and label.meets(finding.start, finding.end)
