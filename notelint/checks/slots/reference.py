"""References between treatment and goals: ids, regions, and goals already met (B7, B8, B9)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.checks.documented import stage_of
from notelint.encounter.encounter import Encounter
from notelint.encounter.purposes import goal_refs_in
from notelint.language.loose import loose
from notelint.language.reading import Reading, Span, Statement
from notelint.rulebook.params import SlotMissing
from notelint.rulebook.rule import Hit

_ID = loose(r"(?P<kind>[A-Za-z]*)\W*(?P<number>\d{1,2})")
_NEW = loose(r"\bnew\b|\badd(?:ed|ing)?\b|\brevis|\bupdat|\bupgrad|\breplac")
_MET = loose(r"\b(?:met|achieved|mastered)\b")
_OPEN = loose(
    r"\b(?:not|partial\w*|partly|nearly|almost|yet|unmet|\d\s?(?:of|/)\s?\d\s?(?:days|sessions|visits|nights))\b"
)
_FOLLOWED = loose(
    r"\b(?:new|upgrad\w*|revis\w*|discharge\w*|d/c\w*|maint\w*|closed?|retired?|dropped|discontinu\w*|next goal|updat\w*|replac\w*|advance\w*)\b"
)
_STILL = loose(
    r"\b(?:continue|cont|ongoing|still|today|addressing|working|for|toward|towards|per|tx|treated)\b"
)


def unresolved(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """References to a goal id that is among neither the record's goals nor the text's (B7)."""
    del params
    if not encounter.note.goals and encounter.facts.note_type != "daily":
        return  # a report names its goals as it goes: they are the list
    known = _known_ids(encounter)
    if not known:
        return
    reading = encounter.reading
    numbers = {number for _, number in known}
    kinds = {kind for kind, _ in known}
    seen: set[str] = set()
    for statement in reading.statements:
        if statement.role in ("goal", "history", "plan") or statement.contexts & {
            "historical",
            "quoted",
        }:
            continue
        for identity, place in goal_refs_in(reading, statement.start, statement.end):
            kind, _, number = identity.partition(" ")
            if number in numbers and (kind == "GOAL" or "GOAL" in kinds or (kind, number) in known):
                continue
            if kind not in ("GOAL", *kinds) and "GOAL" not in kinds:
                continue
            if _TOLD.match(reading.lower, place.end, statement.end) or _SAYS_IT.match(
                reading.lower, place.end, statement.end
            ):
                continue  # "STG 2 - thin liquids by cup", "STG 2 phrase 80%": the line says what it is
            if _UNTICKED.search(
                reading.lower, max(0, place.start - _BOX), place.start
            ) or _DUE.match(reading.lower, place.end):
                continue
            if identity in seen or _NEW.search(reading.lower, statement.start, statement.end):
                continue
            seen.add(identity)
            yield Hit("words", place.start, place.end, facts={"stage": stage_of(encounter)})


_TOLD = loose(
    r"\s?[-–]\s?(?!(?:met|ongoing|progress\w*|continue|see)\b)[a-z/]+ [a-z/]+|\s[a-z][a-z/ -]{2,30}\s\d{1,3}\s?%|,\s(?!(?:met|ongoing|progress\w*|continue|see|pt|patient|he|she|today|also|and|as)\b)[a-z]+s\s[a-z/]+"
)


#: "Goal 2 tub transfer supervised -> mod indep by 11/14", "STG 3 (kneel to stand at the tub, SBA)": a
#: reference that goes on with the words of its goal refers to nothing else.
_SAYS_IT = loose(
    r"\s?\(\s?(?!(?:met|not met|ongoing|progress\w*|partial\w*|continue\w*|see|above|below|today|addressed)\b)[a-z][^()]{7,}|\s(?!(?:met|not|is|was|for|by|at|in|ongoing|progress\w*|partial\w*|continue\w*|see|today|addressed|and|or|as|with|on|to)\b)[a-z/]{3,} [a-z/<>-]{3,} [^.;]*\d"
)


#: "[ ] LTG 3 laundry": not of today.
_UNTICKED = re.compile(r"\[\s{0,2}\]\s*$")
_BOX = 8
#: "For BR door with no freezing, SBA (LTG1, 3/6)": the words before the bracket are the goal's, due then.
_DUE = re.compile(r",?\s{0,2}(?:by\s)?\d{1,2}/\d{1,2}(?:/\d{2,4})?\s?\)")


def _known_ids(encounter: Encounter) -> set[tuple[str, str]]:
    """(kind, number) of every numbered goal; empty where a goal stands without a number."""
    known: set[tuple[str, str]] = set()
    recorded = [goal.id for goal in encounter.note.goals]
    written = [goal.id for goal in encounter.goals if goal.origin == "text"]
    for identity in [*recorded, *written]:
        match = _ID.search(identity)
        if match is None:
            return set()
        kind = match["kind"].upper()
        kind = {"L": "LTG", "S": "STG", "G": "GOAL", "": "GOAL", "LTO": "LTG", "STO": "STG"}.get(
            kind, kind
        )
        known.add((kind if kind in ("LTG", "STG") else "GOAL", match["number"]))
    if known:
        known.update(_named_in_goals(encounter.reading))
    return known


def _named_in_goals(reading: Reading) -> Iterator[tuple[str, str]]:
    """The numbers that lines of goals give ("Goals addressed: LTG 1 walk 500 ft, LTG 3 car")."""
    for statement in reading.statements:
        if statement.role == "goal":
            for identity, _ in goal_refs_in(reading, statement.start, statement.end):
                kind, _, number = identity.partition(" ")
                yield kind, number


def met_but_active(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """Goals called met that are named again for treatment, with nothing that follows them (B9)."""
    del params
    reading = encounter.reading
    mentioned = [
        (identity, place, statement)
        for statement in reading.where(_may_refer)
        for identity, place in goal_refs_in(reading, _start(reading, statement), statement.end)
    ]
    for identity, place, statement in mentioned:
        if not _is_met(reading, place, statement):
            continue
        again = [
            other for name, spot, other in mentioned
            if name == identity and spot.start > place.end and _goes_on(reading, other, spot)
        ]  # fmt: skip
        if again and not _followed(reading, [statement, *again]):
            yield Hit("words", place.start, place.end)
            return


def _may_refer(reading: Reading, statement: Statement) -> bool:
    """Whether a statement of now may name a goal, itself or by its heading."""
    if statement.contexts & {"historical", "quoted"}:
        return False
    label = reading.section_of(statement).label
    return bool(goal_refs_in(reading, statement.start, statement.end)) or any(
        character.isdigit() for character in label
    )


def _start(reading: Reading, statement: Statement) -> int:
    """Where a statement begins with the heading it stands under ("STG 2: …")."""
    section = reading.section_of(statement)
    return (
        section.start
        if section.body_start <= statement.start <= section.body_start + 2
        else statement.start
    )


def _is_met(reading: Reading, place: Span, statement: Statement) -> bool:
    """Whether "met" belongs to this goal: between it and the next goal of the statement."""
    following = next(
        (p.start for _, p in goal_refs_in(reading, place.end, statement.end)), statement.end
    )
    words = reading.lower[place.end : min(following, place.end + 120)]
    return bool(_MET.search(words)) and not _OPEN.search(words)


def _goes_on(reading: Reading, statement: Statement, place: Span) -> bool:
    words = reading.lower[max(statement.start, place.start - 40) : place.start]
    return bool(_STILL.search(words))


def _followed(reading: Reading, statements: list[Statement]) -> bool:
    return any(_FOLLOWED.search(reading.lower, s.start, s.end) for s in statements)
