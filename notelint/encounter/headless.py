"""Generic phrases without a head: a domain after a verb of aiming, or alone with its minutes.

"Worked on balance and coordination"; "Dynamic balance x 10 min, CGA".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

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
            and (real not in _TASKS or _ADLS.fullmatch(reading.lower, verb.end, at))
        ):
            yield Span(verb.start, at), real


def _alone(reading: Reading, statement: Statement) -> Iterator[tuple[Span, frozenset[str]]]:
    """A domain that opens a statement and has nothing but minutes after it."""
    start = max(statement.label_end, statement.start)
    near = reading.mentions_in(start, min(statement.end, start + 3), "generic_modifier")
    first = next(near, None)
    if first is None or statement.role == "time":
        return
    sense = first.sense("generic_modifier")
    domains = sense.tags & _ALONE if sense else frozenset[str]()
    if not domains:
        return
    end = _joined_end(reading, first, statement.end)
    heads = reading.mentions_in(first.start, end + _TO_HEAD, "generic_head", "service_label")
    if any(True for _ in heads):
        return
    timed = reading.quantities_in(end, statement.end, "minutes")
    coded = reading.quantities_in(statement.start, statement.end, "code", "units")
    if any(not q.look_alike for q in timed) and not any(True for _ in coded):
        yield Span(first.start, end), domains


def _joined_end(reading: Reading, first: Mention, stop: int) -> int:
    """Where the domains that are joined to the first end ("balance and proprioception")."""
    end = first.end
    for mention in reading.mentions_in(end, stop, "generic_modifier"):
        if mention.start >= end and _AND.fullmatch(reading.lower, end, mention.start):
            end = mention.end
    return end
