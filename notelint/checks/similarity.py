"""``similarity``: notes that repeat each other word for word (K1).

Dates, numbers and weekdays are masked before words are hashed. Word triples that many patients'
notes share are boilerplate and count for nothing. Numbers are compared apart: a note with the
words of another and values of its own says what was different that day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

from notelint.checks.episodes.groups import ONE_NOTE, Episode, Grouped, admitted, grouped, in_order
from notelint.encounter.digest import Digest
from notelint.finding import NotApplied, Place
from notelint.rulebook.rule import Hit, Rule

if TYPE_CHECKING:
    from notelint.rulebook.pack import Pack

#: A note with fewer word triples of its own is too short to be called a copy.
LEAST_TRIPLES = 12
#: The same, for a copy in another patient's file.
LEAST_ACROSS = 25
#: Across patients only nearly equal texts are meant: two clinicians may use one template.
ACROSS_RATIO = 0.9
#: A triple in the notes of at least this many patients, and this share of them, is boilerplate.
BOILERPLATE_PATIENTS = 4
BOILERPLATE_SHARE = 0.3
#: A note that consists of boilerplate beyond this is no note with phrases of the house: a copy.
LEAST_OWN = 0.4
#: From this time on the same purpose clause counts as boilerplate.
PURPOSE_TIMES = 3
#: Smallest hashes of a note by which copies in other files are looked for.
_SKETCH = 8
_MOST_BUCKET = 40

_WITHIN = "{percent} % of the masked words are those of the note {days} days earlier, and no value differs (notes joined by {key})."
_ACROSS = "{percent} % of the masked words, and every value, are those of a note in another patient's file."
_PURPOSE = "A purpose clause stands here word for word for the {times} time in the episode: boilerplate, which no longer links the work of this day to a function (notes joined by {key})."


def check(
    digests: Sequence[Digest], rule: Rule, pack: Pack, as_of: date
) -> tuple[list[Hit], list[NotApplied]]:
    """Returns a hit for each note that copies an earlier one, and for each worn-out purpose."""
    del pack, as_of
    looked_at = [d for d in digests if admitted(d, rule) and rule.applies.note.admits(d.note_type)]
    found = grouped(looked_at, rule)
    stock = _boilerplate(looked_at)
    hits: list[Hit] = []
    copied: set[str] = set()
    for episode in found.episodes:
        for hit in _within(episode, rule.params.ratio, stock):
            copied.add(hit.note_id)
            hits.append(hit)
    for hit in _across(looked_at, stock):
        if hit.note_id not in copied:
            copied.add(hit.note_id)
            hits.append(hit)
    for episode in found.episodes:
        hits.extend(h for h in _worn_purposes(episode) if h.note_id not in copied)
    return hits, _not_compared(rule, looked_at, found)


def _not_compared(rule: Rule, notes: Sequence[Digest], found: Grouped) -> list[NotApplied]:
    """Notes with no other of their episode, and no other patient's note to be compared with."""
    several = len({n.patient_id for n in notes if n.patient_id}) > 1
    joined = {n.index for episode in found.episodes for n in episode.notes}
    alone = sum(n.index not in joined and not (several and n.patient_id) for n in notes)
    return [NotApplied(rule.name, ONE_NOTE, alone)] if alone else []


def _within(episode: Episode, ratio: float, stock: frozenset[int]) -> Iterator[Hit]:
    own = {note.index: _own(note, stock) for note in episode.notes}
    for i, note in enumerate(episode.notes):
        if _is_maintenance(note):
            continue
        best: tuple[float, Digest] | None = None
        for earlier in episode.notes[:i]:
            if earlier.date_of_service == note.date_of_service or set(earlier.amounts) != set(
                note.amounts
            ):
                continue
            share = _share(own[earlier.index], own[note.index], ratio, LEAST_TRIPLES)
            if share and (best is None or share >= best[0]):
                best = share, earlier
        if best is not None:
            share, earlier = best
            apart = (note.date_of_service or date.max) - (earlier.date_of_service or date.max)
            fields = {"percent": f"{100 * share:.0f}", "days": str(apart.days), "key": episode.key}
            yield _copy(note, earlier, _WITHIN, fields)


def _is_maintenance(note: Digest) -> bool:
    return note.programme == "maintenance" or "maintenance" in note.flags


def _across(notes: Sequence[Digest], stock: frozenset[int]) -> Iterator[Hit]:
    """Copies in another patient's file, found by the smallest hashes that two notes share."""
    buckets: dict[int, list[Digest]] = {}
    own: dict[int, tuple[int, ...]] = {}
    for note in sorted((n for n in notes if n.patient_id), key=_across_order):
        mine = own[note.index] = _own(note, stock)
        sketch = sorted(set(mine))[:_SKETCH]
        seen: set[int] = set()
        for hashed in sketch:
            for earlier in buckets.get(hashed, ()):
                if earlier.patient_id == note.patient_id or earlier.index in seen:
                    continue
                seen.add(earlier.index)
                if set(earlier.amounts) != set(note.amounts):
                    continue
                share = _share(own[earlier.index], mine, ACROSS_RATIO, LEAST_ACROSS)
                if share:
                    yield _copy(note, earlier, _ACROSS, {"percent": f"{100 * share:.0f}"})
                    break
            else:
                continue
            break
        for hashed in sketch:
            bucket = buckets.setdefault(hashed, [])
            if len(bucket) < _MOST_BUCKET:
                bucket.append(note)


def _across_order(note: Digest) -> tuple[date, str, str, str]:
    day, visit, name = in_order(note)
    return day, note.patient_id or "", visit, name


def _worn_purposes(episode: Episode) -> Iterator[Hit]:
    """Notes whose every purpose clause has stood twice before in the episode."""
    times: Counter[int] = Counter()
    first: dict[int, str] = {}
    for note in episode.notes:
        if _is_maintenance(note):
            continue
        for purpose in set(note.purposes):
            times[purpose] += 1
            first.setdefault(purpose, note.note_id)
        worn = [p for p in set(note.purposes) if times[p] >= PURPOSE_TIMES]
        if worn and len(worn) == len(set(note.purposes)):
            most = max(worn, key=lambda p: (times[p], p))
            yield Hit(
                "episode",
                note_id=note.note_id,
                facts={"stage": "boilerplate"},
                fields={"times": _ordinal(times[most]), "key": episode.key},
                evidence=(Place("evidence", label="the first time", note_id=first[most]),),
                message=_PURPOSE,
                ask="Which task of this patient did this day's work serve?",
            )


def _boilerplate(notes: Sequence[Digest]) -> frozenset[int]:
    """Triples that the notes of many patients share."""
    by_patient: dict[str, set[int]] = {}
    for note in notes:
        if note.patient_id:
            by_patient.setdefault(note.patient_id, set()).update(note.shingles)
    if len(by_patient) < BOILERPLATE_PATIENTS:
        return frozenset()
    least = max(BOILERPLATE_PATIENTS, BOILERPLATE_SHARE * len(by_patient))
    held = Counter(shingle for shingles in by_patient.values() for shingle in shingles)
    return frozenset(shingle for shingle, count in held.items() if count >= least)


def _own(note: Digest, stock: frozenset[int]) -> tuple[int, ...]:
    """The triples of a note without boilerplate; a note of little else is compared whole."""
    own = tuple(s for s in note.shingles if s not in stock) if stock else note.shingles
    return own if len(own) >= LEAST_OWN * len(note.shingles) else note.shingles


def _share(one: tuple[int, ...], other: tuple[int, ...], ratio: float, least: int) -> float:
    """The aligned share of equal triples, or 0 below the ratio or for short notes."""
    if min(len(one), len(other)) < least:
        return 0.0
    return Indel.normalized_similarity(one, other, score_cutoff=ratio)


def _copy(note: Digest, earlier: Digest, message: str, fields: dict[str, str]) -> Hit:
    return Hit(
        "episode",
        note_id=note.note_id,
        facts={"stage": "copy"},
        fields=fields,
        evidence=(Place("evidence", label="the note it repeats", note_id=earlier.note_id),),
        message=message,
    )


def _ordinal(number: int) -> str:
    return {3: "third", 4: "fourth", 5: "fifth", 6: "sixth"}.get(number, f"{number}th")
