"""One run: notes in, an entry a note out in the same order, and last an entry for the run.

This is where the engine meets the cache, the jobs and the suppressions. It reads no notes' files
and prints nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from notelint.cache.cache import Cache
from notelint.engine import Linter, NoteResult, Tally, summary_of
from notelint.finding import Finding, NotApplied, Problem, Report
from notelint.note import Note
from notelint.placing import placed
from notelint.reports.entry import Entry
from notelint.scale.runner import linted
from notelint.scale.step import Step
from notelint.suppress.suppressor import Suppressor

if TYPE_CHECKING:
    from notelint.cache.keys import Keys
    from notelint.encounter.digest import Digest


@dataclass(slots=True, eq=False)
class Lane:
    """What holds for the notes of one config: their linter, their suppressions, their counts."""

    linter: Linter
    suppress: Suppressor
    keys: Keys | None = None
    tally: Tally = field(default_factory=Tally)
    digests: list[Digest] = field(default_factory=list)
    begun: int = 0

    @property
    def sees_episodes(self) -> bool:
        return self.linter.sees_episodes


@dataclass(slots=True)
class Run:
    """Lints a stream of notes.

    Args:
        home: the lane of the run itself, which speaks for a run without notes.
        lane_of: gives the lane of a note, by the config of its file; the same object each time.
        cache: earlier results, or None.
        jobs: processes; 0 decides by itself.
        since: notes of service dates before this day are not reported; they are still read where
            a rule looks at whole episodes.
    """

    home: Lane
    lane_of: Callable[[Note], Lane]
    cache: Cache | None = None
    jobs: int = 0
    since: date | None = None
    skipped: int = 0
    _lanes: list[Lane] = field(default_factory=list)
    _linters: list[Linter] = field(default_factory=list)
    _silent: set[tuple[str, str]] = field(default_factory=set)

    def entries(self, notes: Iterable[Note | Problem]) -> Iterator[Entry]:
        """Yields an entry for each note and problem, and last one with the run's summary."""
        for step in linted(self._steps(notes), self._linters, self.jobs):
            if step.problem is not None:
                yield Entry(Report(problems=(step.problem,)))
            elif step.note is not None and step.result is not None:
                entry = self._entry(step, step.note, step.result)
                if entry is not None:
                    yield entry
        yield self._last()

    def _steps(self, notes: Iterable[Note | Problem]) -> Iterator[Step]:
        for item in notes:
            if isinstance(item, Problem):
                yield Step(problem=item)
                continue
            lane = self._lane(item)
            at = self._lanes.index(lane)
            silent = self._is_before(item)
            if silent:
                self.skipped += 1
                lane.suppress.skip(item)
                self._silent.add((item.file, item.id))
                if not lane.sees_episodes:
                    continue
            step = Step(item, at, lane.begun, silent=silent)
            lane.begun += 1
            self._recall(step, item, lane)
            yield step

    def _recall(self, step: Step, note: Note, lane: Lane) -> None:
        if self.cache is None or lane.keys is None or note.file.startswith("<"):
            return
        step.key = lane.keys.key(note)
        step.result = self.cache.get(step.key, note, step.index)
        step.cached = step.result is not None

    def _entry(self, step: Step, note: Note, result: NoteResult) -> Entry | None:
        lane = self._lanes[step.lane]
        if not step.cached:
            if self.cache is not None and step.key is not None:
                self.cache.put(step.key, note, result)
            result = replace(result, findings=tuple(placed(f, note) for f in result.findings))
        if result.digest is not None:
            lane.digests.append(_of_note(result.digest, note))
        if step.silent:
            return None
        lane.tally.add(result)
        reasons = {rule for rule, _ in result.not_applied}
        findings = lane.suppress(note, result.findings, reasons)
        kind = result.digest.note_type if result.digest is not None else note.note_type
        return Entry(Report(findings, (), result.problems), note, kind)

    def _last(self) -> Entry:
        findings: list[Finding] = []
        not_applied: list[NotApplied] = []
        tally = Tally()
        lanes = self._lanes or [self.home]
        for lane in lanes:
            found, skipped = lane.linter.lint_digests(lane.digests)
            told = [f for f in found if (f.file, f.note_id) not in self._silent]
            findings += lane.suppress.episode(told)
            findings += lane.suppress.unused()
            not_applied += (*lane.tally.as_not_applied(), *skipped)
            tally.notes += lane.tally.notes
            tally.left_alone += lane.tally.left_alone
            tally.not_applied.update(lane.tally.not_applied)
        summary = summary_of(lanes[0].linter, tally)
        summary["rules"] = len({rule.name for lane in lanes for rule in lane.linter.rules})
        summary["rules_not_applied"] = len({item.rule for item in not_applied})
        summary["skipped_before"] = self.skipped
        summary["since"] = self.since.isoformat() if self.since else None
        summary["cached"] = self.cache.hits if self.cache else 0
        return Entry(Report(tuple(findings), _merged(not_applied), (), summary))

    def _lane(self, note: Note) -> Lane:
        lane = self.lane_of(note)
        if not any(lane is known for known in self._lanes):
            self._lanes.append(lane)
            self._linters.append(lane.linter)
        return lane

    def _is_before(self, note: Note) -> bool:
        day = note.date_of_service
        return self.since is not None and day is not None and day < self.since


def _of_note(digest: Digest, note: Note) -> Digest:
    """Returns a digest with the file of the note at hand; a worker does not know it."""
    return replace(digest, file=note.file) if digest.file != note.file else digest


def _merged(items: Iterable[NotApplied]) -> tuple[NotApplied, ...]:
    counts: dict[tuple[str, str], int] = {}
    for item in items:
        counts[item.rule, item.reason] = counts.get((item.rule, item.reason), 0) + item.notes
    return tuple(NotApplied(rule, reason, n) for (rule, reason), n in sorted(counts.items()))
