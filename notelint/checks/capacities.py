"""A capacity or "exercise" with a region and minutes, which stands as a label (A2).

"LE strengthening x 15 min", "cervical ex 15 min", "some LE strengthening".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.checks.described import SKIPPED, described_in, detail_below, purposes_of
from notelint.language.reading import Mention, Reading, Span, Statement
from notelint.language.stopwords import is_content
from notelint.rulebook.rule import Hit

#: "Paraffin prior to stretching" times something else.
_AROUND = re.compile(r"\b(?:prior to|before|after|following|during|between) (?:the )?$")


#: How near its capacity a dose stands.
_AT_ONCE = 3


def bare_capacities(reading: Reading, statement: Statement) -> Iterator[Hit]:
    """ "LE strengthening x 15 min", "cervical ex 15 min": a capacity and a region stand as a label."""
    timed = any(
        q.kind in ("minutes", "units") and not q.look_alike
        for q in reading.quantities_in(statement.start, statement.end)
    )
    for mention in reading.mentions_in(
        statement.start, statement.end, "generic_modifier", "generic_head"
    ):
        words = _capacity(reading, mention)
        if words not in _CAPACITIES and not (timed and words in _SHORT_HEADS):
            continue
        if reading.lower.startswith(" during", mention.end):
            continue  # "Fluidotherapy 12 min, AROM during"
        if any(
            q.start - mention.end <= _AT_ONCE
            for q in reading.quantities_in(mention.end, mention.end + _AT_ONCE, "dose", "hold")
        ):
            continue  # "wrist and forearm AROM 2x15"
        if _sums_up(reading, mention, statement) or _in_told_list(reading, mention, statement):
            continue
        if words in _SHORT_HEADS and reading.has_quantity(
            mention.end, statement.end, "load", "dose", "reps"
        ):
            continue
        if reading.context_at(mention.start) & SKIPPED or _AROUND.search(
            reading.lower, max(statement.start, mention.start - 16), mention.start
        ):
            continue
        clause = next(
            (c for c in statement.clauses if c.start <= mention.start < c.end), statement.span
        )
        counted = timed or reading.has_quantity(clause.start, clause.end, "code")
        alone = not counted and (
            (words in _CAPACITIES and _stands_below_code(reading, statement))
            or (words in _DOING and _is_all(reading, mention, statement, clause, words))
        )
        if (
            not counted
            and not alone
            and not (words in _DONE_TO and _reports(reading, mention, clause))
        ):
            continue
        region = _region(reading, mention, clause)
        if (
            region is None
            and (timed or alone)
            and words in _CAPACITIES
            and _stands(reading, mention, clause)
        ):
            region = Span(mention.start, mention.end)
        if region is None:
            continue
        if any(
            p.start <= mention.start < p.end for p in purposes_of(reading, clause.start, clause.end)
        ):
            continue
        if any(
            m.start - mention.end <= 2
            for m in reading.mentions_in(mention.end, mention.end + 3, "generic_head")
        ):
            continue
        # Minutes of the whole statement leave the capacity bare only where it tells nothing else.
        beside = reading.quantities_in(clause.start, clause.end, "minutes", "units", "code")
        whole = clause if not timed or any(True for _ in beside) else statement.span
        if described_in(reading, whole.start, whole.end) or any(
            described_in(reading, below.start, below.end)
            for below in detail_below(reading, statement, ends=clause.end == statement.end)
        ):
            continue
        yield Hit(
            "words",
            region.start,
            region.end,
            fields={"label": reading.text[region.start : region.end]},
        )


def _capacity(reading: Reading, mention: Mention) -> str:
    """The words of a mention, of "hand strengthening" the capacity."""
    words = reading.lower[mention.start : mention.end]
    region, _, capacity = words.rpartition(" ")
    return capacity if region and capacity in _DONE_TO else words


_MOTIONS = frozenset({"rom", "arom", "prom", "aarom"})


def _in_told_list(reading: Reading, mention: Mention, statement: Statement) -> bool:
    """Whether a motion with its joint is one item of a list that tells others ("AROM thumb/wrist,
    putty (yellow), 1# wrist curls")."""
    at = mention.end + 1
    if reading.lower[mention.start : mention.end] not in _MOTIONS:
        return False
    joint = any(m.start == at for m in reading.mentions_in(at, at + 1, "body"))
    return joint and described_in(reading, mention.end, statement.end)


def _sums_up(reading: Reading, mention: Mention, statement: Statement) -> bool:
    """Whether a capacity with its region says what dosed exercises before it do ("bridges 3x12 -
    strengthening hips so that …")."""
    at = mention.end + 1
    region = any(m.start == at for m in reading.mentions_in(at, at + 1, "body"))
    return region and reading.has_quantity(statement.start, mention.start, "dose")


_REPORTED = re.compile(
    r"(?:^|\b(?:some|did|followed by|performed|completed|continued|provided|worked on|then|and then|also|general|light|gentle|in|received|with))\s*$"
)

_DONE_AFTER = re.compile(
    r"\s*(?:was |were )?(?:also )?(?:performed|completed|done|provided|continued)\b"
)


def _reports(reading: Reading, mention: Mention, clause: Span) -> bool:
    """Whether a verb of doing, or nothing, stands before a capacity and its region: it was done."""
    region = _region(reading, mention, clause)
    if region is None:
        return False
    before = reading.lower[clause.start : region.start]
    return bool(_REPORTED.search(before)) or bool(
        _DONE_AFTER.match(reading.lower, region.end, clause.end)
    )


#: Heads of exercise that stand as a label when minutes follow ("CERVICAL EX X 15 MIN").
_SHORT_HEADS = frozenset({"ex", "exs", "exer", "exers", "exerc", "exercise", "exercises", "ex's"})

#: Capacities that also name the work itself.
_DONE_TO = frozenset({"strengthening", "conditioning"})

_REGIONS = frozenset({"upper", "lower", "hand", "core"})


def _stands_below_code(reading: Reading, statement: Statement) -> bool:
    """Whether a statement is nothing but everyday words, in the list under the head of a code
    ("THERAPEUTIC EXERCISE 97110\\n- Quad and hip strengthening\\n- Stretching")."""
    if statement.role != "treatment" or not reading.answer(_is_plain, statement):
        return False
    for above in reversed(reading.statements[max(0, statement.index - _LIST) : statement.index]):
        if above.section != statement.section:
            return False
        if reading.has_quantity(above.start, above.end, "code"):
            return above.line < statement.line and reading.ends_line(above)
        if not reading.answer(_is_plain, above):
            return False
    return False


#: The items under a code that are looked through.
_LIST = 8
#: Capacities that are work by themselves ("Functional strengthening.", "shoulder strengthening and stretching").
_DOING = frozenset({"strengthening", "strength training", "conditioning", "stretching"})
#: With a muscle or a place beside it, stretching says more.
_ONLY_ALONE = frozenset({"stretching"})
_WORKED = frozenset({"treatment", "other", "response"})
_AFTER = re.compile(r"\s*[-–:(]")


def _is_all(
    reading: Reading, mention: Mention, statement: Statement, clause: Span, words: str
) -> bool:
    """Whether a clause of what was done holds nothing but everyday words, and no list or dose follows."""
    if words in _ONLY_ALONE and reading.lower[clause.start : clause.end].strip(" .;,-*•") != words:
        return False
    return (
        statement.role in _WORKED
        and _AFTER.match(reading.lower, mention.end) is None
        and not reading.has_quantity(statement.start, statement.end, "dose", "reps", "hold", "sets")
        and _are_plain(reading, clause.start, clause.end)
    )


def _is_plain(reading: Reading, statement: Statement) -> bool:
    """Whether no word, number or name of a statement says anything in particular."""
    return _are_plain(reading, statement.start, statement.end)


def _are_plain(reading: Reading, start: int, end: int) -> bool:
    if reading.has_quantity(start, end):
        return False
    covered = list(reading.mentions_in(start, end))
    plain = [m for m in covered if m.is_a(*_EVERYDAY)]
    if any(
        m not in plain and not any(p.start <= m.start and m.end <= p.end for p in plain)
        for m in covered
    ):
        return False
    return not any(
        is_content(reading.lower[word.start : word.end])
        and not any(m.start <= word.start < m.end for m in covered)
        for word in reading.words_in(start, end)
    )


_EVERYDAY = ("generic_modifier", "generic_head", "body", "filler", "weak_verb", "non_covered")


def _stands(reading: Reading, mention: Mention, clause: Span) -> bool:
    """Whether nothing but words of a label stands before a capacity in its clause."""
    return all(
        m.is_a(
            "generic_modifier",
            "filler",
            "weak_verb",
            "service_label",
            "vague_quantity",
            "non_covered",
        )
        for m in reading.mentions_in(clause.start, mention.start)
    )


def _is_region(mention: Mention) -> bool:
    return mention.is_a("body") or bool(mention.tags & _REGIONS)


_CAPACITIES = frozenset(
    {
        "strengthening",
        "stretching",
        "stretches",
        "rom",
        "range of motion",
        "arom",
        "prom",
        "aarom",
        "flexibility",
        "conditioning",
        "endurance",
    }
)

_FOR = re.compile(
    r"\s+(?:for|of|to)\s+(?:(?:the|his|her|their|pt's|both|involved|affected|left|right|r|l|b|bilat(?:eral)?)\s+)*"
)


def _region(reading: Reading, mention: Mention, clause: Span) -> Span | None:
    """A capacity with its region, before it or after "for", when nothing else stands before it."""
    start = mention.start
    for other in reading.mentions_in(clause.start, mention.start):
        if not other.is_a(
            "body", "generic_modifier", "filler", "weak_verb", "service_label", "vague_quantity"
        ):
            return None
        gap = reading.lower[other.end : mention.start].strip(" /&")
        if _is_region(other) and other.start < start and not gap:
            start = min(start, other.start)
    if start < mention.start:
        return Span(start, mention.end)
    after = _FOR.match(reading.lower, mention.end, clause.end)
    if after is None:
        return None
    for other in reading.mentions_in(after.end(), after.end() + 1, "body", "generic_modifier"):
        if other.start == after.end() and _is_region(other):
            return Span(mention.start, other.end)
    return None
