"""Slots of goals: function, measure, baseline, time, and whose action it is (B3-B6, B10)."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.encounter.encounter import Encounter, Goal
from notelint.finding import Place
from notelint.language.loose import loose
from notelint.rulebook.params import SlotMissing
from notelint.rulebook.rule import Hit

_DONE = ("met", "achieved", "discontinued", "d/c'd")


def missing_function(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """Goals that name only an impairment. A short-term goal may serve a long-term one."""
    del params
    if encounter.facts.discipline == "SLP":
        return
    for goal in _active(encounter):
        if goal.kind == "impairment":
            yield _hit(goal)


def missing_measure(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """Goals without number, level, scale or criterion."""
    del params
    discharged = encounter.facts.note_type == "discharge"
    for goal in _active(encounter):
        if discharged and not _is_numbered(encounter, goal):
            continue  # what is told below goals in a summary is none itself
        if goal.measure is None and not _only_named(encounter, goal):
            yield _hit(goal)
    yield from _unmeasured_in_record(encounter)


def _is_numbered(encounter: Encounter, goal: Goal) -> bool:
    """Whether a goal has its number, in its words or as the heading it stands below."""
    assert goal.place is not None
    label = encounter.reading.section_at(goal.place.start).label
    return any(c.isdigit() for c in goal.id + label)


#: A goal of the record has this many words, else it is a heading or a name.
_LEAST_WORDS = 3


def _unmeasured_in_record(encounter: Encounter) -> Iterator[Hit]:
    """One hit for all goals that only the record states, without a criterion: they were set on another
    day, so it is a hint."""
    told = _plain(encounter.reading.lower)
    found = [
        (number, goal)
        for number, goal in enumerate(g for g in encounter.goals if g.place is None)
        if goal.measure is None
        and not (goal.status and goal.status.value in _DONE)
        and len(goal.text.split()) >= _LEAST_WORDS
        and _plain(goal.text.lower()) not in told  # there it is judged
    ]
    if not found:
        return
    named = ", ".join(f"“{goal.text}”" for _, goal in found)
    verb = "gives" if len(found) == 1 else "give"
    yield Hit(
        "note",
        evidence=tuple(Place("evidence", f"goals[{n}]", label="goal") for n, _ in found),
        message=f"In the record, {named} {verb} no level, number, distance, score or other criterion.",
        facts={"stage": "record"},
    )


def _plain(words: str) -> str:
    return " ".join(words.split())


def missing_baseline(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """Goals with a target and no current level in the goal or among the note's measures."""
    del params
    if encounter.measures or encounter.facts.note_type == "eval" or _levels(encounter):
        return
    for goal in _active(encounter):
        if goal.measure is not None and goal.baseline is None:
            yield _hit(goal)


def _levels(encounter: Encounter) -> bool:
    """Whether a status line of the note gives a level to start from."""
    reading = encounter.reading
    return any(
        statement.role not in ("goal", "plan", "signature", "header")
        for statement in reading.holding("assist")
    )


def missing_time(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """Goals without date, weeks, visits or "by discharge" in the goal or its heading."""
    del params
    for goal in _active(encounter):
        if (
            goal.by_when is None
            and not _stands_in_row(encounter, goal)
            and not _set_before(encounter, goal)
        ):
            yield _hit(goal)


#: Kinds of notes that report on goals set before.
_REPORTS = frozenset({"progress", "recert", "discharge", "reeval"})
#: The last cell of a row that says how a goal stands.
_STANDS = loose(
    r"(?:[|\t]|\s[-–—]\s)[^|\t\n]*\b(?:met|not met|progress\w*|ongoing|continu\w*|partial\w*|achieved|improv\w*|unchanged|not addressed)\b[^|\t\n]*[|\t]?\s*$"
)


def _stands_in_row(encounter: Encounter, goal: Goal) -> bool:
    """Whether a report's table gives a goal with its status: when it was due stands in the plan."""
    place = goal.place
    if place is None or encounter.facts.note_type not in _REPORTS:
        return False
    reading = encounter.reading
    if _STANDS.search(reading.lower, place.start, place.end) is None:
        return False
    return any(q.kind != "number" for q in reading.quantities_in(place.start, place.end))


#: The heading of goals that an earlier note set, with their dates.
_EARLIER = loose(r"\b(?:previous|prior|last|past|old|goals from)\b")


def _set_before(encounter: Encounter, goal: Goal) -> bool:
    assert goal.place is not None
    label = encounter.reading.section_at(goal.place.start).label
    return _EARLIER.search(label.lower()) is not None


def participation_only(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """Goals that are met by attending therapy, or whose subject is the therapist."""
    del params
    for goal in _active(encounter):
        if goal.kind == "participation":
            yield _hit(goal)


_ACTS = loose(
    r"\b(?:will|to|improv\w*|increas\w*|decreas\w*|reduc\w*|less|more|better|return|be able|able|demonstrate|maintain\w*|"
    r"restore|normali[sz]e|norm|achieve|perform|be|have|tolerate|complete|independ\w*)\b|[↑↓]"
)


#: "Goal 1 (oven use without a burn, 2 weeks running): restarted count today": how a goal goes.
_HOW_IT_GOES = loose(
    r"\W*(?:ltg|stg|lto|sto|goal)s?\s?#?\d{1,2}[a-z]?\s?\([a-z][^()\n]{12,}\)\s?[:–-]"
)


def _only_named(encounter: Encounter, goal: Goal) -> bool:
    """Whether a note of a visit only names its goal ("Goal 1: /k/ in sentences"), not states it."""
    if encounter.facts.note_type not in ("daily", "snippet", "unknown"):
        return False
    if _HOW_IT_GOES.match(goal.text.lower()):
        return True
    if goal.by_when is not None and goal.place is not None and goal.by_when.place is not None:
        dated = goal.by_when.place
        if goal.place.start <= dated.start < goal.place.end:
            return False  # a goal that says by when is set here
    return not _ACTS.search(goal.text.lower())


def _active(encounter: Encounter) -> Iterator[Goal]:
    for goal in encounter.goals:
        if goal.place is None or (goal.status and goal.status.value in _DONE):
            continue
        if encounter.reading.context_at(goal.place.start) & {"quoted"}:
            continue
        yield goal


def _hit(goal: Goal) -> Hit:
    assert goal.place is not None
    return Hit(
        "statement",
        goal.place.start,
        goal.place.end,
        fields={"goal": goal.id},
        facts={"horizon": goal.horizon},
    )
