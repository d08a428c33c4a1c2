"""``episode-sequence``: laws over the notes of one episode in date order (E4, G3, G8, H1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from notelint.checks.episodes.certifying import treated_uncertified
from notelint.checks.episodes.frequency import visits_over_plan
from notelint.checks.episodes.groups import Episode, grouped
from notelint.checks.episodes.repetition import repeated_sessions
from notelint.checks.episodes.reports import overdue_reports
from notelint.encounter.digest import Digest
from notelint.finding import NotApplied
from notelint.rulebook.rule import Hit, Rule

if TYPE_CHECKING:
    from notelint.rulebook.pack import Pack

_TESTS: Mapping[str, Callable[[Episode, date], Iterator[Hit]]] = {
    "certified-days": treated_uncertified,
    "progress-report": overdue_reports,
    "repetition": repeated_sessions,
    "visits-per-week": visits_over_plan,
}


def check(
    digests: Sequence[Digest], rule: Rule, pack: Pack, as_of: date
) -> tuple[list[Hit], list[NotApplied]]:
    """Returns the hits of every episode of two notes or more, and what it did not apply to."""
    del pack
    found = grouped(digests, rule)
    law = _TESTS[getattr(rule.params, "test", "") or rule.params.episode]
    bears = {n.note_id for n in digests if rule.applies.note.admits(n.note_type)}
    hits = [h for episode in found.episodes for h in law(episode, as_of) if h.note_id in bears]
    return hits, list(found.not_applied)
