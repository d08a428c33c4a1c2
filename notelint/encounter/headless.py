"""Generic phrases without a head: a domain after a verb of aiming, or alone with its minutes.

"Worked on balance and coordination"; "Dynamic balance x 10 min, CGA".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.language.loose import loose
from notelint.language.reading import Mention, Reading, Span, Statement

#: What may stand between the words of one phrase.
GAP = re.compile(
    r"^[\s,/&+]*(?:(?:and|or|of|in|to|with|for|the|a|his|her|their|some|on|including|skilled|pt|patient)\s*[\s,/&+]*){0,4}$"
)
_AIMS = re.compile(r"(?:work|focus|address|target|emphas|concentrat|practic|engag|challeng|spent)")
#: Domains that the verb alone makes no phrase of: walking and dressing are themselves tasks.
_TASKS = (frozenset({"transfer"}), frozenset({"gait"}), frozenset({"adl"}))
#: All of the tasks of a kind are none in particular ("worked on ADLs").
_ADLS = re.compile(r"\W*(?:on )?(?:her |his |their |pt's )?(?:i?adl['’]?s|basic adl['’]?s)\W*")
_AND = re.compile(r"\s{0,4}(?:and|[&/+,])\s{0,4}")
#: So near a domain stands the head that it belongs to.
_TO_HEAD = 16
_VAGUE = frozenset({"plain", "body", "upper", "lower"})
_ALONE = frozenset({"balance", "coordination", "core", "finemotor", "sensory", "breathing"})


def without_head(
    reading: Reading, statement: Statement, purposes: list[Span]
) -> Iterator[tuple[Span, frozenset[str]]]:
    """Yields (span, domains) of each phrase that has a domain and no head."""
    found = False
    for aimed in _aimed(reading, statement, purposes):
        found = True
        yield aimed
    if not found:
        yield from _addressed(reading, statement)
        yield from _alone(reading, statement)


def _aimed(
    reading: Reading, statement: Statement, purposes: list[Span]
) -> Iterator[tuple[Span, frozenset[str]]]:
    for verb in reading.mentions_in(statement.start, statement.end, "weak_verb"):
        if not _AIMS.match(reading.lower, verb.start, verb.end):
            continue
        if any(p.start <= verb.start < p.end for p in purposes):
            continue
        at, domains = verb.end, set[str]()
        for mention in reading.mentions_in(verb.end, statement.end):
            if mention.start < at:
                continue
            if not GAP.match(reading.lower[at : mention.start]):
                break
            if mention.is_a("generic_head"):
                domains.clear()
                break
            if not mention.is_a(
                "generic_modifier", "impairment", "body", "filler", "vague_quantity"
            ):
                break
            sense = mention.sense("generic_modifier")
            if sense:
                domains |= sense.tags
            elif mention.is_a("impairment"):
                domains.add("impairment")
            at = mention.end
        real = frozenset(domains - _VAGUE)
        if (
            real
            and at > verb.end
            and not _DEFICITS.search(reading.lower, verb.end, at)
            and (real not in _TASKS or _ADLS.fullmatch(reading.lower, verb.end, at))
        ):
            yield Span(verb.start, at), real


#: "… skilled PT to address deficits in strength and balance": why, not what was done.
_DEFICITS = re.compile(r"\b(?:deficits?|impairments?|limitations?|weaknesses)\b")


#: "Various IADLs were addressed": the verb behind.
_WAS_DONE = loose(
    r" (?:was|were) (?:also )?(?:addressed|targeted|worked on|practi[cs]ed|performed|completed|done|trained|challenged|reviewed)\b"
)


def _addressed(reading: Reading, statement: Statement) -> Iterator[tuple[Span, frozenset[str]]]:
    """A domain that opens a statement, with a verb of doing behind it."""
    start = max(statement.label_end, statement.start)
    while start < statement.end and not reading.text[start].isalnum():
        start += 1
    at, domains = start, set[str]()
    for mention in reading.mentions_in(start, statement.end, "generic_modifier"):
        if mention.start < at:
            continue
        if not GAP.match(reading.lower[at : mention.start]):
            break
        sense = mention.sense("generic_modifier")
        domains |= sense.tags if sense else set()
        at = mention.end
    done = _WAS_DONE.match(reading.lower, at, statement.end)
    real = frozenset(domains - _VAGUE)
    if done and real and (real not in _TASKS or _ALL_ADLS.search(reading.lower, start, at)):
        yield Span(start, done.end()), real


_ALL_ADLS = loose(r"\bi?adl['’]?s\b")


#: A code with its minutes that opens a line ("97112 15 min - high level balance").
_CODE_HEAD = loose(
    r"\W*9\d{4}[\s,(x×]*(?:\d{1,3}\s?(?:min(?:ute)?s?|units?|u|['’])\b\.?)?[\s)]*[-–—:][\s]*"
)
_LEVEL = loose(r"(?:(?:high|higher|low|lower|mid|entry)(?:-| )level |advanced |basic )")


def _alone(reading: Reading, statement: Statement) -> Iterator[tuple[Span, frozenset[str]]]:
    """A domain that opens a statement and has nothing but minutes after it."""
    start = max(statement.label_end, statement.start)
    head = _CODE_HEAD.match(reading.lower, start, statement.end)
    start = head.end() if head is not None else start
    near = reading.mentions_in(start, min(statement.end, start + 3), "generic_modifier")
    first = next(near, None)
    begin = first.start if first is not None else start
    graded = _LEVEL.match(reading.lower, start, statement.end)
    if graded is not None:
        first = next(reading.mentions_in(graded.end(), graded.end() + 1, "generic_modifier"), None)
    if first is None or statement.role == "time":
        return
    sense = first.sense("generic_modifier")
    domains = sense.tags & _ALONE if sense else frozenset[str]()
    if not domains:
        return
    end = _joined_end(reading, first, statement.end)
    heads = reading.mentions_in(
        first.start, min(statement.end, end + _TO_HEAD), "generic_head", "service_label"
    )
    if any(True for _ in heads):
        return
    timed = reading.quantities_in(end, statement.end, "minutes")
    coded = reading.quantities_in(statement.start, statement.end, "code", "units")
    if head is not None or (any(not q.look_alike for q in timed) and not any(True for _ in coded)):
        yield Span(begin, end), domains


def _joined_end(reading: Reading, first: Mention, stop: int) -> int:
    """Where the domains that are joined to the first end ("balance and proprioception")."""
    end = first.end
    for mention in reading.mentions_in(end, stop, "generic_modifier"):
        if mention.start >= end and _AND.fullmatch(reading.lower, end, mention.start):
            end = mention.end
    return end
