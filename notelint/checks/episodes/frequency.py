"""More visits a week, or sessions a day, than the plan of care says (G8)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from notelint.billing.calendar import weeks_over_plan
from notelint.checks.episodes.groups import Episode, days_of
from notelint.encounter.digest import Digest
from notelint.finding import Place
from notelint.rulebook.rule import Hit


def visits_over_plan(episode: Episode, as_of: date) -> Iterator[Hit]:
    """Yields a hit for each week over the plan that was in force, unless a note says why."""
    del as_of
    plans = list(_changes(episode))
    for i, plan in enumerate(plans):
        begin = plan.date_of_service
        if begin is None or plan.plan_visits_per_week is None:
            continue
        after = plans[i + 1].date_of_service if i + 1 < len(plans) else None
        visits = [
            n
            for n in episode.treatment()
            if n.date_of_service
            and n.date_of_service >= begin
            and (after is None or n.date_of_service < after)
        ]
        yield from _weeks(episode, plan, visits, plan.plan_visits_per_week[1])


def _changes(episode: Episode) -> Iterator[Digest]:
    """Notes that state a plan that differs from the one before."""
    known: tuple[float, float] | None = None
    for note in episode.notes:
        if note.plan_visits_per_week and note.plan_visits_per_week != known:
            known = note.plan_visits_per_week
            yield note


def _weeks(episode: Episode, plan: Digest, visits: list[Digest], most: float) -> Iterator[Hit]:
    for week in weeks_over_plan(days_of(visits), most):
        held = [
            n
            for n in visits
            if n.date_of_service
            and week.monday <= n.date_of_service < week.monday + timedelta(days=6)
        ]
        if any(n.flags & {"extra_visit", "evaluation"} for n in held):
            continue
        yield Hit(
            "episode",
            note_id=held[-1].note_id,
            fields={
                "visits": str(week.visits),
                "planned": f"{most:g}",
                "week": week.monday.isoformat(),
                "key": episode.key,
            },
            evidence=(Place("evidence", label="the plan", note_id=plan.note_id),),
        )
