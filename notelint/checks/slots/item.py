"""Finds the treatment items of a note: what B1 asks a purpose for.

An item is an exercise that was done (it has a dose, or stands in a list, or a verb says so), a
generic phrase, or a clinic task that is a function only with a level or a place (sit-to-stand,
reaching). Hands-on technique and modalities prepare for items and are none themselves; a named
task of daily life is its own function.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from notelint.encounter.encounter import Activity, Encounter
from notelint.encounter.generic import generic_phrases
from notelint.encounter.life import handles_clinic_things, is_clinic_thing
from notelint.language.loose import loose
from notelint.language.reading import Mention, Quantity, Reading, Span, Statement

_DOSES = frozenset(
    {"dose", "reps", "sets", "hold", "seconds", "load", "level", "count", "distance"}
)
_DONE = loose(
    r"\b(?:did|done|performed|completed|practi[cs]ed|worked|continued|started|finished|took part|then|went|played|instructed|trained|"
    r"participated|engaged|used|utilized|rode|played|given|through|thru|tolerated|focus(?:ed)?|addressed|including|consist\w+|drill\w*)\b"
)
_PRECAUTION = loose(
    r"\b(?:no|avoid|without|unable|deferred|held|withheld|skip\w*|not)\s(?:\w+\s){0,2}$"
)
#: A clinic task named as the occasion of something else ("look R before reaching").
_ASIDE = loose(
    r"\b(?:before|when|while|during|with|w/|for|to|after|on|of|in|within|by|prior to)\s$"
)
#: "Quad shook on the last wall sits": an exercise named as the occasion of what was seen.
_DURING = loose(
    r"\b(?:on|during|after|before|between|until|till|by|at) (?:the |his |her |each |all )?(?:first|1st|second|2nd|third|3rd|last|final|end of)\s(?:\d{1,2} |few |the |of )?$|\b(?:during|before|after|between) (?:the |his |her )?$"
)
_EXAM = frozenset({"rom", "grade"})
_HELP = ("assist", "height", "adl_equipment")


@dataclass(frozen=True, slots=True)
class Item:
    """An activity seen as a treatment item: where its words begin and end."""

    activity: Activity
    start: int
    end: int


def items_of(encounter: Encounter) -> tuple[Item, ...]:
    """Returns the items in text order, one a statement; found once an encounter."""
    key = ("items", 0)
    known: tuple[Item, ...] | None = encounter.memo.get(key)
    if known is None:
        known = encounter.memo[key] = tuple(_items(encounter))
    return known


def _items(encounter: Encounter) -> Iterator[Item]:
    for activity in encounter.activities:
        if activity.role == "education" or is_homework(encounter.reading, activity):
            continue
        statement = encounter.reading.statements[activity.statement]
        if encounter.reading.section_of(statement).kind == "goals":
            continue  # how a goal stands
        item = _item(encounter, activity)
        if item is not None:
            yield item


#: How often something is done tells of the home programme ("twice a day", "4 days/wk", "1x10/d").
_OFTEN = loose(
    r"\b(?:once|twice|(?:one|two|three|\d{1,2}) ?(?:x|times)) ?(?:/|a|per|each|every)? ?(?:day|daily|d\b|night)|\b\d ?x?/ ?(?:d|day|wk|week)\b|\bdays?(?:/| a | per )(?:wk|week)\b|\b(?:bid|tid|qid)\b|\bx ?\d{1,2} ?/ ?(?:day|d)\b|\b\d{1,2}x\d{1,2}/d\b|\bgoes home\b"
)


def is_homework(reading: Reading, activity: Activity) -> bool:
    """Whether a frequency by the day or week says that the patient does it at home."""
    return reading.search(_OFTEN, activity.place.start, activity.place.end) is not None


def _item(encounter: Encounter, activity: Activity) -> Item | None:
    reading = encounter.reading
    statement = reading.statements[activity.statement]
    if _only_aims(reading, activity, statement):
        return None
    if activity.generic is None and not _names_exercise(reading, activity):
        return None
    found = [m for m in _candidates(reading, activity) if _done(reading, activity, m)]
    if activity.generic is not None and activity.generic.place is not None:
        place = activity.generic.place
        end = max(place.end, *(p.span.end for p in generic_phrases(reading, statement)))
        return Item(activity, min([place.start, *(m.start for m in found)]), end)
    if not found or _only_warms_up(reading, statement.span, found):
        return None
    return Item(activity, _words_start(reading, activity, found[0]), activity.place.end)


def _names_exercise(reading: Reading, activity: Activity) -> bool:
    """Whether an activity holds an exercise that was done; worked out once for its words."""
    known = reading.known[activity.statement]
    named: bool | None = known.get(_NAMED)
    if named is None:
        named = known[_NAMED] = any(
            _done(reading, activity, m) for m in _candidates(reading, activity)
        )
    return named


_NAMED = "exercise done"


def _only_aims(reading: Reading, activity: Activity, statement: Statement) -> bool:
    """Whether a sentence says only what those before it are for ("…, to get a full fist on the wheel")."""
    purpose = activity.purpose.place if activity.purpose else None
    if purpose is None or purpose.start > statement.start or purpose.end < statement.end:
        return False
    return not any(q.kind in _DOSES for q in reading.quantities_in(statement.start, statement.end))


def _words_start(reading: Reading, activity: Activity, first: Mention) -> int:
    """Where the words of an item begin: its clause, without a label or a leading purpose."""
    statement = reading.statements[activity.statement]
    clause = next((c for c in statement.clauses if c.start <= first.start < c.end), statement.span)
    start = max(clause.start, statement.label_end)
    purpose = activity.purpose.place if activity.purpose else None
    if purpose is not None and purpose.end <= first.start:
        start = max(start, purpose.end)
    for label in reading.mentions_in(start, first.start, "service_label"):
        start = max(start, label.end)
    while start < first.start and not reading.text[start].isalnum():
        start += 1
    return start if start <= first.start else first.start


def _candidates(reading: Reading, activity: Activity) -> Iterator[Mention]:
    """Exercises and clinic tasks in clauses that hold no task of daily life."""
    statement = reading.statements[activity.statement]
    purpose = activity.purpose.place if activity.purpose else None
    bare = _is_bare(reading, statement.span)
    for clause in statement.clauses:
        inside = [
            m for m in reading.mentions_in(clause.start, clause.end) if not _within(m, purpose)
        ]
        practice = handles_clinic_things(inside)
        if any(
            _is_life_task(reading, m)
            and not (practice and m.has_tag("lifting"))
            and not _in_name(m, inside)
            for m in inside
        ):
            continue
        for mention in inside:
            if _PRECAUTION.search(
                reading.lower, max(statement.start, mention.start - 24), mention.start
            ):
                continue
            clinic = _is_clinic_task(reading, mention)
            if (
                (bare and mention.is_a("technique") and mention.has_tag("manual"))
                or (practice and is_clinic_thing(mention))
                or (
                    not clinic
                    and mention.is_a("exercise")
                    and not mention.is_a("measure", "service_label", "impairment")
                    and not _DURING.search(
                        reading.lower, max(statement.start, mention.start - 20), mention.start
                    )
                )
                or (
                    clinic
                    and mention.start >= statement.label_end
                    and not _is_function(reading, statement.span)
                    and not _ASIDE.search(
                        reading.lower, max(statement.start, mention.start - 12), mention.start
                    )
                )
            ):
                yield mention


_WARM_UP = loose(r"\bwarm(?:ed|ing|s)?(?:-| )up\b|\bwarmup\b")


def _only_warms_up(reading: Reading, place: Span, found: Sequence[Mention]) -> bool:
    """Whether a statement is a warm-up on a machine: it prepares for the items that follow."""
    return all(m.has_tag("endurance") for m in found) and bool(
        _WARM_UP.search(reading.lower, place.start, place.end)
    )


_BARE_WORDS = 7
_NO_DETAIL = frozenset({"code", "minutes", "number", "units"})


def _is_bare(reading: Reading, place: Span) -> bool:
    """Whether a statement is a few words without dose, finding or change ("MT: STM/PROM knee")."""
    if len(reading.text[place.start : place.end].split()) > _BARE_WORDS:
        return False
    return all(q.kind in _NO_DETAIL for q in reading.quantities_in(place.start, place.end))


def _in_name(mention: Mention, others: Sequence[Mention]) -> bool:
    """Whether a task is part of the name of an exercise ("tandem walk")."""
    return any(
        o.is_a("exercise")
        and o.start <= mention.start
        and mention.end <= o.end
        and (o.start, o.end) != (mention.start, mention.end)
        for o in others
    )


def _within(mention: Mention, place: Span | None) -> bool:
    return place is not None and place.start <= mention.start < place.end


def _is_life_task(reading: Reading, mention: Mention) -> bool:
    sense = mention.sense("task")
    if sense is None or mention.is_a("exercise"):
        return False
    if mention.is_a("service_label", "generic_modifier") and "gait" not in sense.tags:
        return False
    return not _is_clinic_task(reading, mention) and not mention.is_a("object", "surface")


def _is_clinic_task(reading: Reading, mention: Mention) -> bool:
    """Sit-to-stand and reaching: practised for a function rather than being one."""
    sense = mention.sense("task")
    if sense is None:
        return False
    return sense.term == "sit to stand" or "reach" in reading.lower[mention.start : mention.end]


def _is_function(reading: Reading, place: Span) -> bool:
    """Whether a clinic task has a level, a height or equipment, and so is a function."""
    if reading.has_mention(place.start, place.end, *_HELP):
        return True
    return reading.has_quantity(place.start, place.end, "height")


def _done(reading: Reading, activity: Activity, mention: Mention) -> bool:
    """Whether an exercise was done, not measured or only named."""
    start, end = activity.place.start, activity.place.end
    quantities: list[Quantity] = list(reading.quantities_in(start, end))
    if _measured(reading, start, end, quantities):
        return False
    if quantities and (is_clinic_thing(mention) or _EACH.search(reading.lower, start, end)):
        return True
    if any(q.kind in _DOSES or q.kind == "minutes" for q in quantities):
        return not _only_examined(quantities, mention)
    if any(q.kind in _EXAM for q in quantities):
        return False
    if not reading.lower[start : mention.start].strip(_MARKS) and not (
        reading.lower[mention.end : end].strip(_MARKS)
    ):
        return True  # a line of its own ("- treadmill")
    exercises = {m.start for m in reading.mentions_in(start, end, "exercise")}
    if any(
        _CAPACITIES.search(reading.lower, m.start, m.end) for m in reading.mentions_in(start, end)
    ):
        return True
    if len(exercises) >= 2 or reading.has_mention(start, mention.start, "service_label"):
        return True
    return bool(_DONE.search(reading.lower, start, end))


_MARKS = " \t-–•*.,;|"
#: Kinds of exercise named beside one ("theraputty and hand strengthening").
_CAPACITIES = loose(r"\b(?:strengthening|stretching|stretches|arom|aarom|exs|exercises)$")
_EACH = loose(r"\b\d{1,3} ?(?:ea|each)\b")
_WORK = frozenset({"dose", "reps", "sets", "load", "level", "minutes", "distance"})
_COMPARED = loose(
    r"→|->|=>|\b(?:against \d+ (?:at|on|last)|better|than (?:at|last|on)|last (?:visit|week|time|session|wk|\d)|no change|was|remains?|prev\w*|initial\w*|up from|down from|compared)\b"
)


#: "SLS L 2 sec, R 7 sec": one value a side.
_BOTH_SIDES = loose(
    r"\b\d{1,3} (?:pegs|blocks|cubes|words|animals|rings|steps) in \d{1,3} ?(?:s|sec|secs|seconds|min)\b|"
    r"\b(?:l|r|left|right)\b:? ?\d+(?:\.\d+)? ?(?:s|sec|secs|seconds)?\b[,;/ ]{1,3}(?:and )?(?:l|r|left|right)\b:? ?\d"
)


def _measured(reading: Reading, start: int, end: int, quantities: list[Quantity]) -> bool:
    """Whether a statement reports a test ("SLS R 0 to 8 s", "TUG remains 21 s"), no work done."""
    if any(q.unit == "mmt" for q in quantities) and not any(q.kind == "dose" for q in quantities):
        return True
    if any(q.kind in _WORK for q in quantities):
        return False
    valued = any(q.kind not in ("code", "units") for q in quantities)
    if any(
        not m.is_a("technique") and not (m.is_a("impairment") and not valued)  # "UE AROM, pulleys"
        for m in reading.mentions_in(start, end, "measure")
    ):
        return True
    if _BOTH_SIDES.search(reading.lower, start, end):
        return True
    return bool(quantities) and bool(_COMPARED.search(reading.lower, start, end))


def _only_examined(quantities: list[Quantity], mention: Mention) -> bool:
    """Whether the value right after the exercise is a finding ("SLR 52 to 61 deg")."""
    after = next((q for q in quantities if q.start >= mention.end), None)
    if after is None or after.start - mention.end > 4:
        return False
    return after.kind in _EXAM
