"""The same items and doses, visit after visit, without progression, reason or measure (E4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from notelint.checks.episodes.groups import Episode
from notelint.encounter.digest import Digest
from notelint.finding import Place
from notelint.rulebook.rule import Hit

#: Consecutive notes that make a repetition.
RUN_LENGTH = 3
#: Share of equal items above which two sessions are the same list.
SAME_ITEMS = 0.75
#: Share of equal word triples for sessions in which no item is known.
SAME_WORDS = 0.85
_CHANGES = frozenset(
    {
        "progression",
        "reason",
        "skilled_change",
        "maintenance",
        "discharge",
        "evaluation",
        "reevaluation",
    }
)


def repeated_sessions(episode: Episode, as_of: date) -> Iterator[Hit]:
    """Yields a hit for each note that is the third or later of a run of equal sessions."""
    del as_of
    run: list[Digest] = []
    for note in episode.treatment():
        if note.flags & _CHANGES or note.programme == "maintenance":
            run = []
            continue
        if run and not _same_session(run[-1], note):
            run = []
        run.append(note)
        if len(run) >= RUN_LENGTH:
            yield Hit(
                "episode",
                note_id=note.note_id,
                fields={
                    "count": str(len(run)),
                    "since": run[0].date_of_service.isoformat() if run[0].date_of_service else "",
                    "items": str(len({head for head, _ in note.heads})),
                    "key": episode.key,
                },
                evidence=tuple(
                    Place("evidence", label="the same session", note_id=n.note_id)
                    for n in run[-RUN_LENGTH:-1]
                ),
            )


def _same_session(one: Digest, other: Digest) -> bool:
    if one.date_of_service == other.date_of_service or _re_measured(one, other):
        return False
    if set(one.amounts) != set(other.amounts):
        return False
    mine, yours = set(one.heads), set(other.heads)
    if not mine and not yours:
        return jaccard(set(one.shingles), set(other.shingles)) >= SAME_WORDS
    heads, others = {h for h, _ in mine}, {h for h, _ in yours}
    shared = heads & others
    doses = {pair for pair in mine if pair[0] in shared} == {p for p in yours if p[0] in shared}
    return doses and jaccard(heads, others) >= SAME_ITEMS


def _re_measured(one: Digest, other: Digest) -> bool:
    """A named measure with another value, or one that was not taken before."""
    return bool(other.measures) and set(other.measures) != set(one.measures)


def jaccard(one: set[int], other: set[int]) -> float:
    """Returns the share of common members, 0 to 1; two empty sets have none."""
    both = one | other
    return len(one & other) / len(both) if both else 0.0
