"""Exercises without repetitions, hold, load, time or distance (F4)."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.encounter.encounter import Activity, Encounter, Value
from notelint.encounter.wording import wording
from notelint.language.reading import Mention, Reading, Span, Statement
from notelint.rulebook.params import SlotMissing
from notelint.rulebook.rule import Hit

_DOSES = (
    "dose", "reps", "sets", "hold", "seconds", "distance", "load", "level", "count", "minutes",
    "speed", "percent", "rpe", "height", "frequency",
)  # fmt: skip
_RESULTS = ("rom", "grade", "scale", "score", "vitals")
#: How far into a statement its first exercise may stand and still be what was done.
_LEAD = 34
#: "Progressed to step-ups": the skill is a verb of doing.
_ON_TO = wording(r"\b(?:progressed|advanced|moved on|upgraded|graduated) to$")

#: "Skipped the clam" says that it was not done.
_LEFT_OUT = wording(
    r"\b(?:skipp(?:ed|ing)|no|not|held|hold|omit(?:ted)?|without|avoid(?:ed|ing)?|dropped|left out|stopped|deferred|never|instead of|rather than|limited by|limits|lacks?|lacking|due to|from|d/t) (?:the |any |his |her )?(?:\w+ )?$"
)
#: A bare "hip abduction" may be a motion that was measured; with one of these it was exercised.
_PERFORMED = wording(
    r"\b(?:in|on) (?:standing|sidelying|side-lying|prone|supine|sitting|quadruped)\b.{0,40}\b(?:performed|completed|done|practi[cs]ed)\b"
)
#: Words before a motion that say that hands moved it.
_PASSIVE = wording(
    r"\b(?:prom|passive(?:ly)?(?: rom)?|manual)(?: (?:to|of|into|l|r|left|right))? $"
)


def missing_dose(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """One hit a statement that names exercises and gives none of them a dose."""
    del params
    reading = encounter.reading
    dosed = _dosed(encounter)
    for activity in encounter.activities:
        statement = reading.statements[activity.statement]
        named = list(_exercises(reading, activity))
        if not named or not _performs(reading, statement, named):
            continue
        if _dosed_words(encounter, statement):
            heads = list(_left_over(encounter, statement, named))
        elif _dosed_beside(encounter, statement):
            continue
        else:
            heads = [h for h in named if h.value not in dosed]
        if not heads:
            continue
        first, last = heads[0].place, heads[-1].place
        assert first is not None
        assert last is not None
        service = encounter.services[activity.service] if activity.service >= 0 else None
        code = service.stated_code if service else None
        yield Hit(
            "words", first.start, last.end,
            fields={"exercise": reading.text[first.start : first.end]}, facts={"code": code or ""},
        )  # fmt: skip


#: What stands between a dosed item of a list and the next one.
_NEXT_ITEM = wording(r"\s*(?:each|ea|b|bil\w*|r|l|per side|reps)?\s*[,;]\s*(?:and |then )?$")
_ALL_OF_IT = wording(r"\b(?:each|ea|all|of these|as above)\b")
#: Doses of a list that tell that each of its items is dosed.
_LEAST_DOSED = 2


def _left_over(
    encounter: Encounter, statement: Statement, heads: list[Value[str]]
) -> Iterator[Value[str]]:
    """Yields the last exercises of a list whose other items are dosed one by one and these are not
    ("bridge x15, clams x15, rows"). Doses that may stand for the whole list silence."""
    reading = encounter.reading
    behind = list(_behind_machine(encounter, statement, heads))
    if behind:
        yield from behind
        return
    dosed = [
        q
        for q in reading.quantities_in(statement.start, statement.end, "dose", "reps", "hold")
        if not _ALL_OF_IT.match(reading.lower[q.end :].lstrip(" ")[:9])
    ]
    if len(dosed) < _LEAST_DOSED or _ALL_OF_IT.search(reading.lower, dosed[-1].end, statement.end):
        return
    last = dosed[-1].end
    after = [h for h in heads if h.place is not None and h.place.start >= last]
    if not after or after[0].place is None:
        return
    if reading.has_quantity(last, statement.end, *_DOSES):
        return
    if _NEXT_ITEM.search(reading.lower[last : after[0].place.start]):
        yield from after


#: So many exercises behind a dosed machine are a list of their own.
_LEAST_BEHIND = 3


def _behind_machine(
    encounter: Encounter, statement: Statement, heads: list[Value[str]]
) -> Iterator[Value[str]]:
    """Yields the exercises of a list where only the machine that opens it is dosed ("nustep L4 6', SAQ,
    SLR, mini squats"): its minutes are not theirs."""
    reading = encounter.reading
    named = [h for h in heads if h.place is not None]
    if len(named) <= _LEAST_BEHIND:
        return
    first, second = named[0].place, named[1].place
    assert first is not None
    assert second is not None
    machine = any(
        m.has_tag("endurance") for m in reading.mentions_in(first.start, first.end, "exercise")
    )
    if machine and not reading.has_quantity(second.start, statement.end, *_DOSES):
        yield from named[1:]


def _exercises(reading: Reading, activity: Activity) -> Iterator[Value[str]]:
    """Yields the heads that are exercises or drills, not tasks or body words."""
    for head in activity.heads:
        if head.place is None or not head.sure:
            continue
        for mention in reading.mentions_in(head.place.start, head.place.end, "exercise"):
            if mention.end > head.place.end or mention.is_a("surface", "task", "generic_modifier"):
                continue
            if _PASSIVE.search(reading.lower, max(0, mention.start - 20), mention.start):
                continue
            if not mention.is_a("body") or _worked(reading, activity, mention):
                yield head
                break


def _worked(reading: Reading, activity: Activity, mention: Mention) -> bool:
    """Whether a motion ("hip abd in standing was performed") was exercised: a verb after it says
    so, and no hands moved it."""
    statement = reading.statements[activity.statement]
    clause = next(
        (c for c in statement.clauses if c.start <= mention.start < c.end), statement.span
    )
    if reading.has_mention(clause.start, clause.end, "technique", "measure"):
        return False
    return _PERFORMED.search(reading.lower, mention.end, clause.end) is not None


def _dosed(encounter: Encounter) -> frozenset[str]:
    """Terms that carry a dose anywhere: a second mention comments on the first."""
    return frozenset(
        head.value
        for activity in encounter.activities
        if activity.dose is not None
        for head in activity.heads
    )


def _performs(reading: Reading, statement: Statement, heads: list[Value[str]]) -> bool:
    """Whether the statement reports doing it, rather than a finding or a comment during it."""
    first, last = heads[0].place, heads[-1].place
    assert first is not None
    assert last is not None
    start, end = statement.start, statement.end
    if reading.has_quantity(start, end, *_RESULTS):
        return False
    named = list(reading.mentions_in(start, end, "exercise"))
    if any(
        m.has_tag("level") and not any(e.start < m.start and m.end <= e.end for e in named)
        for m in reading.mentions_in(start, end, "task")
    ):
        return False
    if reading.has_mention(start, end, "context"):
        return False
    if reading.has_mention(start, first.start, "pointer"):
        return False  # "Ther ex per flowsheet: bridges, clams"
    if _commented(reading, statement, first, last) or _LEFT_OUT.search(
        reading.lower, max(start, first.start - 24), first.start
    ):
        return False
    if first.start - max(start, statement.label_end) <= _LEAD:
        return True
    return reading.has_mention(start, first.start, "weak_verb")


def _commented(reading: Reading, statement: Statement, first: Span, last: Span) -> bool:
    """Whether cues, findings or skill stand in the exercises' own words; a later clause
    ("bridges and SLR, cued to exhale") tells how it was done."""
    clause = next((c for c in statement.clauses if c.start <= last.start < c.end), statement.span)
    for mention in reading.mentions_in(
        statement.start, max(clause.end, last.end), "cue", "response", "skill"
    ):
        if mention.is_a("weak_verb"):
            continue
        if mention.end > first.start or not _ON_TO.search(
            reading.lower, statement.start, mention.end
        ):
            return True
    return False


def _dosed_words(encounter: Encounter, statement: Statement) -> bool:
    """Whether a dose stands in a statement; the minutes billed for a service are none."""
    billed = {t.place.start for t in encounter.times if t.place is not None and t.treats and t.code}
    return any(
        q.kind != "minutes" or not any(q.start <= start < q.end for start in billed)
        for q in encounter.reading.quantities_in(statement.start, statement.end, *_DOSES)
    )


def _dosed_beside(encounter: Encounter, statement: Statement) -> bool:
    """Whether the opener of the list, or the next short statement, doses it ("x 10 each.")."""
    reading = encounter.reading
    if statement.parent >= 0 and _dosed_words(encounter, reading.statements[statement.parent]):
        return True
    following = reading.statements[statement.index + 1 : statement.index + 2]
    for other in following:
        heads = reading.has_mention(other.start, other.end, "exercise", "task", "technique")
        if other.section == statement.section and not heads and _dosed_words(encounter, other):
            return True
    return False
