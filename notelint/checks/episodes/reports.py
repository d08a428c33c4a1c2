"""Progress reports by treatment days (H1, MBPM ch. 15 §220.3.D)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from notelint.billing.calendar import ReportingPeriod, reporting_periods
from notelint.checks.episodes.groups import Episode, days_of
from notelint.encounter.digest import Digest
from notelint.finding import Place
from notelint.rulebook.rule import Hit

_REPORT_FLAGS = frozenset({"progress_report", "reevaluation", "recert", "discharge"})
#: One note that holds all of these is a report; spread over a period, the goals' changes as well.
_IN_ONE = frozenset({"goal_status", "measure", "plan", "clinician_signature"})
_SPREAD = _IN_ONE | {"goal_changes"}

_MESSAGES = {
    "nearly_due": "{days} treatment days since {start} and no progress report among the notes of this run; one is due by treatment day 10 (notes joined by {key}).",
    "due": "{days} treatment days from {start} to {end} and no progress report among the notes of this run (notes joined by {key}).",
    "overdue": "More than 10 treatment days since {start} and no progress report among the notes of this run by {due_by}, 7 days after treatment day 10 (notes joined by {key}).",
    "reported_late": "The progress report of {report} comes after {due_by}, 7 days after treatment day 10 of the period from {start} (notes joined by {key}).",
}


def overdue_reports(episode: Episode, as_of: date) -> Iterator[Hit]:
    """Yields a hit for each period whose report is nearly due, due, overdue or late."""
    visits = [n for n in episode.treatment() if n.date_of_service]
    for period in _periods(episode, visits, as_of):
        message = _MESSAGES.get(period.state)
        if message is None:
            continue
        note = _stands_on(period, visits, episode)
        first = next(n for n in visits if n.date_of_service == period.start)
        yield Hit(
            "episode",
            note_id=note.note_id,
            facts={"stage": period.state},
            fields={
                "days": str(len(period.days)),
                "start": period.start.isoformat(),
                "end": period.days[-1].isoformat(),
                "due_by": period.due_by.isoformat() if period.due_by else "",
                "report": period.report.isoformat() if period.report else "",
                "key": episode.key,
            },
            evidence=(
                Place("evidence", label="first treatment day of the period", note_id=first.note_id),
            ),
            message=message,
        )


def _periods(episode: Episode, visits: list[Digest], as_of: date) -> list[ReportingPeriod]:
    """The reporting periods, with the days on which spread elements complete a report."""
    days = days_of(visits)
    reports = {n.date_of_service for n in episode.notes if n.date_of_service and _is_report(n)}
    while True:
        periods = list(reporting_periods(days, reports, as_of=as_of))
        for period in periods:
            done = _completed(episode, period) if period.report is None else None
            if done is not None and done not in reports:
                reports.add(done)
                break
        else:
            return periods


def _is_report(note: Digest) -> bool:
    """A report by a clinician; an assistant's alone is none, whatever its heading."""
    if note.flags & _REPORT_FLAGS:
        return "signed_by_assistant" not in note.flags or "signed_by_therapist" in note.flags
    return note.elements >= _IN_ONE


def _completed(episode: Episode, period: ReportingPeriod) -> date | None:
    """The day on which the notes of a period together hold every element."""
    last = period.due_by or period.days[-1]
    held: frozenset[str] = frozenset()
    for note in episode.notes:
        day = note.date_of_service
        if day is None or not period.start <= day <= last:
            continue
        held |= note.elements
        if held >= _SPREAD:
            return day
    return None


def _stands_on(period: ReportingPeriod, visits: list[Digest], episode: Episode) -> Digest:
    """The note a finding stands on: the late report, the first visit past the window, the last."""
    if period.state == "reported_late":
        return next(n for n in episode.notes if n.date_of_service == period.report)
    if period.state == "overdue" and period.due_by is not None:
        past = [n for n in visits if n.date_of_service and n.date_of_service > period.due_by]
        return past[0] if past else visits[-1]
    return next(n for n in visits if n.date_of_service == period.days[-1])
