"""Joins the digests of a run to episodes, in date order, whatever order they came in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from notelint.encounter.digest import Digest
from notelint.finding import NotApplied
from notelint.rulebook.rule import Rule

#: Reason of ``not_applied`` where only one note of an episode is in the run.
ONE_NOTE = "one note of the episode"
NO_DATE = "no date of service"

#: Notes of these kinds are no visit and count in no sequence.
_NO_VISIT = frozenset({"no_show", "communication", "addendum"})
#: Reports that may be written without a visit: a treatment day only when something was done.
_PAPER = frozenset({"progress", "recert", "discharge"})


@dataclass(frozen=True, slots=True)
class Episode:
    """The dated notes of one episode in date order; ``key`` says what joined them."""

    key: str
    notes: tuple[Digest, ...]

    def treatment(self) -> Iterator[Digest]:
        """Yields the notes that stand for a treatment day."""
        for note in self.notes:
            if (
                note.note_type not in _PAPER
                or note.heads
                or note.lines
                or note.timed_minutes
                or note.total_minutes
            ):
                yield note


@dataclass(frozen=True, slots=True)
class Grouped:
    """Episodes of two notes or more, and what of the run could not be looked at."""

    episodes: tuple[Episode, ...]
    not_applied: tuple[NotApplied, ...]


def grouped(digests: Sequence[Digest], rule: Rule) -> Grouped:
    """Joins the digests that a rule looks at; notes out of its scope are left out silently."""
    by_key: dict[tuple[str, str], list[Digest]] = {}
    alone = undated = 0
    for digest in digests:
        if not admitted(digest, rule):
            continue
        key = digest.episode_key
        if key is None:
            alone += 1
        elif digest.date_of_service is None:
            undated += 1
        else:
            by_key.setdefault(key, []).append(digest)
    episodes = []
    for (name, _), notes in sorted(by_key.items()):
        if len(notes) < 2:
            alone += 1
            continue
        episodes.append(Episode(name, tuple(sorted(notes, key=in_order))))
    skipped = [
        NotApplied(rule.name, why, n) for why, n in ((ONE_NOTE, alone), (NO_DATE, undated)) if n
    ]
    return Grouped(tuple(episodes), tuple(skipped))


def admitted(digest: Digest, rule: Rule) -> bool:
    """Whether a rule reads a note; ``applies.note`` says on which kinds a finding may stand."""
    applies = rule.applies
    return (
        digest.note_type not in _NO_VISIT
        and "not_therapy" not in digest.flags
        and applies.discipline.admits(digest.discipline)
        and applies.setting.admits(digest.setting)
        and applies.payer.admits(digest.payer)
        and applies.programme.admits(digest.programme)
    )


def in_order(digest: Digest) -> tuple[date, str, str]:
    """Sorts by day; within a day by ids, never by the order in which the notes came."""
    return digest.date_of_service or date.max, digest.visit_id or "", digest.note_id


def days_of(notes: Iterable[Digest]) -> tuple[date, ...]:
    """Returns the dates of notes in order, one entry a note."""
    return tuple(sorted(n.date_of_service for n in notes if n.date_of_service is not None))
