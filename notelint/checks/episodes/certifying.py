"""Treatment beyond the certified days of an episode (the episode half of G3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from notelint.billing.calendar import certification
from notelint.checks.episodes.groups import Episode
from notelint.encounter.digest import Digest
from notelint.finding import Place
from notelint.rulebook.rule import Hit

_DATED = "Treated on {day}; the last certified day among the notes of this run is {last} (notes joined by {key})."
_ASSUMED = "Treated on {day}, more than 90 days after the first treatment of {first}; no recertification is among the notes of this run (notes joined by {key})."


def treated_uncertified(episode: Episode, as_of: date) -> Iterator[Hit]:
    """Yields a hit for the first visit of each lapse.

    Sources count the last day both ways (catalogue §6): one day more accuses nobody.
    """
    del as_of
    spans = [s for s in map(_span, episode.notes) if s is not None]
    if spans:
        yield from _beyond_dates(episode, spans)
    else:
        yield from _beyond_ninety(episode)


def _span(note: Digest) -> tuple[date, date, Digest] | None:
    last = note.dates.get("certified_to")
    if not last:
        return None
    first = note.dates.get("certified_from")
    begin = date.fromisoformat(first) if first else note.date_of_service
    return (begin, date.fromisoformat(last), note) if begin else None


def _beyond_dates(episode: Episode, spans: list[tuple[date, date, Digest]]) -> Iterator[Hit]:
    lapsed = False
    for note in episode.treatment():
        day = note.date_of_service
        if day is None:
            continue
        begun = [s for s in spans if s[0] <= day]
        covered = any(day <= last + timedelta(days=1) for _, last, _ in begun)
        # a note that carries its own certified days is judged by itself
        if begun and not covered and not lapsed and "certified_to" not in note.dates:
            _, last, plan = max(begun, key=lambda s: s[1])
            yield _hit(
                episode,
                note,
                plan,
                "dated",
                _DATED,
                {"day": day.isoformat(), "last": last.isoformat()},
            )
        lapsed = bool(begun) and not covered


def _beyond_ninety(episode: Episode) -> Iterator[Hit]:
    """Without certified days: the longest interval there is, from an evaluation in the run."""
    visits = [n for n in episode.treatment() if n.date_of_service]
    if (
        not visits
        or "evaluation" not in visits[0].flags
        or any("recert" in n.flags for n in episode.notes)
    ):
        return
    first = visits[0].date_of_service
    if first is None:
        return
    span = certification(first)
    for note in visits:
        if note.date_of_service and span.covers(note.date_of_service) == "after":
            fields = {"day": note.date_of_service.isoformat(), "first": first.isoformat()}
            yield _hit(episode, note, visits[0], "assumed", _ASSUMED, fields)
            return


def _hit(
    episode: Episode, note: Digest, plan: Digest, stage: str, message: str, fields: dict[str, str]
) -> Hit:
    return Hit(
        "episode",
        note_id=note.note_id,
        facts={"stage": stage},
        fields={**fields, "key": episode.key},
        evidence=(Place("evidence", label="the plan", note_id=plan.note_id),),
        message=message,
    )
