"""The filter: takes a note's findings, gives them back with the answers they already have.

Order: per-file ignores of the config, the sidecar, directives, the baseline. A locked rule is
answered by the config alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from notelint.errors import InputError, did_you_mean
from notelint.finding import Finding, Suppression
from notelint.note import Note
from notelint.readers.sidecar import Sidecar, SidecarSuppression, sidecar_of
from notelint.suppress import own
from notelint.suppress.directives import Directive, directives

if TYPE_CHECKING:
    from notelint.suppress.baseline import Baseline
    from notelint.suppress.patterns import Patterns


@dataclass(slots=True)
class _Beside:
    """A file's sidecar while its notes go by: which of its suppressions answered something."""

    sidecar: Sidecar
    used: set[int] = field(default_factory=set)
    ran: set[str] = field(default_factory=set)
    partial: bool = False


@dataclass(slots=True)
class Suppressor:
    """One run's answers.

    Args:
        names: every known rule: code and name, each to the name.
        active: names of the rules that this run runs.
        ignores: rules not to run on files that match a pattern.
        directives_in: files whose directives count.
        locked: names of rules that only the config switches off.
        baseline: accepted findings, if there are any.
        off: names of findings about suppressions that nobody wants.
    """

    names: Mapping[str, str]
    active: frozenset[str]
    ignores: Sequence[tuple[Patterns, frozenset[str], str]] = ()
    directives_in: Patterns | None = None
    locked: frozenset[str] = frozenset()
    baseline: Baseline | None = None
    off: frozenset[str] = frozenset()
    _beside: dict[str, _Beside | None] = field(default_factory=dict)

    def __call__(
        self, note: Note, findings: Iterable[Finding], not_applied: Collection[str] = ()
    ) -> tuple[Finding, ...]:
        """Returns a note's findings with their suppressions, and findings about directives.

        Args:
            note: the note.
            findings: what the engine found in it.
            not_applied: rules that did not run on it; what answers them is not called unused.
        """
        ran = self.active.difference(not_applied)
        beside = self._sidecar(note.file)
        if beside is not None:
            beside.ran |= ran
        counts = self.directives_in is not None and self.directives_in.match(note.file)
        found = list(directives(note.text))
        used: set[int] = set()
        answered = [
            self._answer(finding, note, found if counts else [], used) for finding in findings
        ]
        if self.baseline is not None:
            self.baseline.look(note, (ran - self.locked) | own.OWN_RULES.keys())
        for finding in self._about(note, found, used, ran, counts):
            by = self._by_baseline(finding, note)
            answered.append(replace(finding, suppressed=by) if by else finding)
        return with_leads(answered)

    def episode(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Does the same for findings about an episode, whose notes are no longer at hand."""
        return with_leads([self._answer(finding, None, [], set()) for finding in findings])

    def skip(self, note: Note) -> None:
        """Remembers that a note was not looked at: its file's sidecar cannot be called unused."""
        beside = self._sidecar(note.file)
        if beside is not None:
            beside.partial = True

    def unused(self) -> tuple[Finding, ...]:
        """Returns, after a run, findings about sidecars: outdated, locked or unknown rules."""
        found: list[Finding] = []
        for beside in self._beside.values():
            if beside is None:
                continue
            for at, item in enumerate(beside.sidecar.suppressions):
                finding = self._about_sidecar(beside, at, item)
                if finding is not None and finding.name not in self.off:
                    found.append(finding)
        return tuple(found)

    def _answer(
        self, finding: Finding, note: Note | None, found: list[Directive], used: set[int]
    ) -> Finding:
        by = self._by_config(finding)
        if by is None and finding.name not in self.locked:
            by = (
                self._by_sidecar(finding, note)
                or self._by_directive(finding, found, used)
                or self._by_baseline(finding, note)
            )
        return replace(finding, suppressed=by) if by else finding

    def _by_config(self, finding: Finding) -> Suppression | None:
        for patterns, rules, shown in self.ignores:
            if finding.name in rules and patterns.match(finding.file):
                return Suppression("per-file-ignores", f"ignored in files that match {shown}")
        return None

    def _by_sidecar(self, finding: Finding, note: Note | None) -> Suppression | None:
        beside = self._sidecar(finding.file)
        if beside is None:
            return None
        for at, item in enumerate(beside.sidecar.suppressions):
            if self.names.get(item.rule) == finding.name and _meant(item, finding, note):
                beside.used.add(at)
                return Suppression("sidecar", item.reason, item.who, item.when)
        return None

    def _by_directive(
        self, finding: Finding, found: list[Directive], used: set[int]
    ) -> Suppression | None:
        for at, item in enumerate(found):
            start, end = finding.start, finding.end
            if start is not None and end is not None and item.start <= start and end <= item.end:
                return Suppression("directive", "these are the words of a directive")
            rules = {self.names.get(rule, "") for rule in item.rules}
            if finding.name in rules and item.answers(start, end):
                used.add(at)
                return Suppression("directive", item.reason)
        return None

    def _by_baseline(self, finding: Finding, note: Note | None) -> Suppression | None:
        if self.baseline is None or not self.baseline.holds(finding, note):
            return None
        return Suppression("baseline", f"accepted in {self.baseline.path.name}")

    def _about(
        self, note: Note, found: list[Directive], used: set[int], ran: frozenset[str], counts: bool
    ) -> Iterable[Finding]:
        for at, item in enumerate(found):
            rule, message = self._verdict(item.rules, at in used, ran) if counts else (None, "")
            if not counts:
                rule = own.DIRECTIVE
            if rule is not None and rule.name not in self.off:
                yield own.in_note(rule, note, item.start, item.end, message)

    def _about_sidecar(self, beside: _Beside, at: int, item: SidecarSuppression) -> Finding | None:
        rule, message = self._verdict((item.rule,), at in beside.used, frozenset(beside.ran))
        if rule is None or (rule is own.UNUSED and beside.partial):
            return None
        return own.in_file(
            rule, beside.sidecar.file, f"suppressions[{at}]: {message}", item.note or ""
        )

    def _verdict(
        self, rules: tuple[str, ...], used: bool, ran: frozenset[str]
    ) -> tuple[own.OwnRule | None, str]:
        """Returns what is wrong with a suppression of some rules, if anything is."""
        if not rules:
            return own.UNCLEAR, 'Write it as [notelint: ignore CODE "reason"].'
        unknown = next((rule for rule in rules if rule not in self.names), None)
        if unknown is not None:
            return own.UNCLEAR, f"There is no rule '{unknown}'. {did_you_mean(unknown, self.names)}"
        known = {self.names[rule] for rule in rules}
        locked = sorted(known & self.locked)
        if locked:
            return own.LOCKED, f"{', '.join(locked)} can be switched off by the config alone."
        if not used and known <= ran:
            return own.UNUSED, f"It names {', '.join(sorted(known))} and answers no finding."
        return None, ""

    def _sidecar(self, file: str) -> _Beside | None:
        if file not in self._beside:
            self._beside[file] = _read(file)
        return self._beside[file]


def _read(file: str) -> _Beside | None:
    try:
        sidecar = sidecar_of(Path(file)) if file and not file.startswith("<") else None
    except InputError:
        return None  # the reader has already reported it with its place
    return _Beside(sidecar) if sidecar is not None and sidecar.suppressions else None


def _meant(item: SidecarSuppression, finding: Finding, note: Note | None) -> bool:
    """Whether a sidecar's entry is about this finding: by note, identity and first words."""
    if item.note is not None and item.note != finding.note_id:
        return False
    if item.fingerprint is not None:
        return item.fingerprint == finding.fingerprint
    if item.start_words is None:
        return True
    if note is None or finding.start is None:
        return False
    words = " ".join(item.start_words.lower().split())
    room = note.text[finding.start : finding.start + len(item.start_words) * 4 + 80]
    return " ".join(room.lower().split()).startswith(words)


def with_leads(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Returns findings so that a group whose lead is suppressed is led by its gravest live one."""
    live: dict[int, list[int]] = {}
    lost: set[int] = set()
    for at, finding in enumerate(findings):
        if finding.group is None:
            continue
        if finding.suppressed is None:
            live.setdefault(finding.group, []).append(at)
        elif finding.lead:
            lost.add(finding.group)
    result = list(findings)
    for group in lost & live.keys():
        heir = max(live[group], key=lambda at: (findings[at].rank, -at))
        for at, finding in enumerate(findings):
            if finding.group == group:
                result[at] = replace(finding, lead=at == heir)
    return tuple(result)
