"""No pain beside more pain, and no cues beside counted cues (K2)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from notelint.checks.conflicts.places import apart, conflict
from notelint.encounter.encounter import Encounter
from notelint.encounter.wording import wording
from notelint.language.reading import Reading, Span, Statement
from notelint.rulebook.rule import Hit

_NO_PAIN = wording(
    r"\bpain(?: level| rating)?[: ]{0,2}(?:is |was |at |of |=\s*)?0/10\b|\b0/10 (?:pain|nprs)\b|\b(?:no|denies|denied|without|w/o) (?:any )?pain\b(?! (?:increase|with|w/|during|after|behavior))|\bpain[- ]free\b"
)
_MORE_PAIN = wording(
    r"\b(?:increased|increasing|worse|worsening|worsened|more|severe|significant|↑|inc) (?:\w+ ){0,2}?pain\b|\bincrease in pain\b|\bpain (?:is |has |was )?(?:increased|worse|worsened|severe)\b"
)
_NO_CUES = wording(
    r"\b(?:no|without|w/o|zero|0) (?:(?P<kind>verbal|tactile|visual) )?(?:cues?|cueing|cuing|vcs?|prompts?)\b(?: needed| required| given)?"
)
_CUES = wording(
    r"\b(?:[1-9]\d?|one|two|three|four|five|six|min|mod|max|multiple|several|frequent|constant) (?:(?P<kind>verbal|tactile|visual) )?(?:cues?|cueing|cuing|vcs?|prompts?)\b"
)
_QUALIFIED = wording(
    r"\b(?:with|w/|during|at rest|rest|yesterday|at night|night|today only|lying|sitting|standing|walking|stairs|in|left|right|l|r|knee|hip|back|shoulder|neck|ankle|elbow|wrist|hand|tolerated|no|not|without increase|than|except)\b"
)
_FOR = wording(r"^\s*(?:for|on|with|w/|during|to|in|at|re)\b")
#: A sentence that tells goals ("The goals are, one, …").
_GOALS = wording(r"\W*(?:the |his |her |current )?(?:goals?|ltgs?|stgs?)(?: (?:is|are)\b|:)")
_Same = Callable[[Reading, re.Match[str], Statement, re.Match[str], Statement], bool]
_ELSEWHEN = frozenset({"planned", "historical", "hypothetical", "goal", "home", "quoted"})
_NOT_ROLES = frozenset({"plan", "goal", "history", "hep"})


def contradicting_symptoms(encounter: Encounter) -> Iterator[Hit]:
    """Yields at most one hit for pain and one for cues."""
    reading = encounter.reading
    if "pain" in reading.lower:
        yield from _first(encounter, _NO_PAIN, _MORE_PAIN, _same_pain)
    if "cue" in reading.lower or "vc" in reading.lower or "prompt" in reading.lower:
        yield from _first(encounter, _NO_CUES, _CUES, _same_cues)


def _first(
    encounter: Encounter, none: re.Pattern[str], some: re.Pattern[str], same: _Same
) -> Iterator[Hit]:
    reading = encounter.reading
    for one in reading.matches(none):
        here = reading.statement_at(one.start())
        if here is None or not _counts(reading, here):
            continue
        last = reading.statements[min(here.index + 1, len(reading.statements) - 1)].end
        begin = reading.statements[max(here.index - 1, 0)].start
        for other in some.finditer(reading.lower, begin, last):
            there = reading.statement_at(other.start())
            if there is None or there.section != here.section or not _counts(reading, there):
                continue
            if other.start() < one.end() and one.start() < other.end():
                continue
            if same(reading, one, here, other, there):
                yield conflict(
                    encounter, Span(one.start(), one.end()), Span(other.start(), other.end())
                )
                return


def _counts(reading: Reading, statement: Statement) -> bool:
    return (
        statement.role not in _NOT_ROLES
        and _GOALS.match(reading.lower, statement.start) is None
        and not statement.contexts & _ELSEWHEN
        and not apart(reading, statement.start, statement.end)
    )


def _same_pain(
    reading: Reading, one: re.Match[str], here: Statement, other: re.Match[str], there: Statement
) -> bool:
    """Neither says when, where or with what: they speak of the same pain."""
    for match, statement in ((one, here), (other, there)):
        rest = (
            reading.lower[statement.start : match.start()]
            + " ~ "
            + reading.lower[match.end() : statement.end]
        )
        if here is not there and _QUALIFIED.search(rest):
            return False
    if here is there:
        low, high = min(one.end(), other.end()), max(one.start(), other.start())
        return not _QUALIFIED.search(
            reading.lower[low:high] + reading.lower[max(one.end(), other.end()) : here.end]
        )
    return True


def _same_cues(
    reading: Reading, one: re.Match[str], here: Statement, other: re.Match[str], there: Statement
) -> bool:
    """The same kind of cue, and neither is for a part of the task that the other is not for."""
    kinds = {one["kind"] or "verbal", other["kind"] or "verbal"}
    if (
        len(kinds) > 1
        or _FOR.match(reading.lower[one.end() : one.end() + 8])
        or _FOR.match(reading.lower[other.end() : other.end() + 8])
    ):
        return False
    tasks = [
        frozenset(
            reading.lower[m.start : m.end]
            for m in reading.mentions_in(
                max(statement.start, match.start() - 60),
                match.start(),
                "task",
                "exercise",
                "speech_task",
            )
        )
        for match, statement in ((one, here), (other, there))
    ]
    return not (tasks[0] and tasks[1] and tasks[0] != tasks[1]) and (
        here is not there or not tasks[1] - tasks[0]
    )
