"""Progress claimed by an adjective, without value, comparison or regained function (A6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from notelint.checks.vague.claims import BARE, FIGURES, OF_THINGS, WORDED
from notelint.checks.vague.status import REPORTS, statuses
from notelint.checks.vague.support import stated_before, supported
from notelint.encounter.encounter import Encounter
from notelint.encounter.wording import wording
from notelint.language.boxes import is_ticked
from notelint.language.reading import Mention, Reading, Statement
from notelint.rulebook.rule import Hit

_ROLES = frozenset({"assessment", "response", "other", "treatment", "subjective", "plan"})
_SKIP = frozenset({"quoted", "planned", "historical", "goal", "hypothetical", "family"})
#: The most claims shown of a note: each is asked about, a cascade helps nobody.
_MOST = 3
#: A report says of each goal how it stands.
_MOST_OF_REPORT = 6


def vague(encounter: Encounter) -> Iterator[Hit]:
    """Yields the progress claims, one a statement, of sections without metric and comparison."""
    reports = encounter.facts.note_type in REPORTS
    claims = list(islice(_claimed(encounter), _MOST_OF_REPORT if reports else _MOST))
    yield from claims
    for status in islice(statuses(encounter), _MOST_OF_REPORT):
        if not any(_overlap(status, claim) for claim in claims):
            yield status


def _overlap(one: Hit, other: Hit) -> bool:
    """Whether two hits stand on the same words."""
    return (one.start or 0) < (other.end or 0) and (other.start or 0) < (one.end or 0)


def _claimed(encounter: Encounter) -> Iterator[Hit]:
    reading = encounter.reading
    for statement in reading.where(_may_claim):
        for mention in reading.mentions_in(statement.start, statement.end, "progress_vague"):
            if _ruled(reading, mention.start) & (_SKIP | {"negated"}) or not _claims(
                reading, mention, statement
            ):
                continue
            if _told(reading, statement, mention.start):
                continue
            if supported(reading, statement) or stated_before(reading, statement, mention.start):
                continue
            if _VALUE_BEHIND.match(reading.lower, mention.end, statement.end) or _SHOWN.search(
                reading.lower, mention.end, statement.end
            ):
                continue
            said = _worded(reading, statement)
            whole = said is not None and said.start() <= mention.start and said.end() >= mention.end
            start, end = said.span() if said is not None and whole else (mention.start, mention.end)
            yield Hit("words", start, end)
            break
        else:
            match = _worded(reading, statement)
            if (
                match
                and not supported(reading, statement)
                and not _VALUE_BEHIND.match(reading.lower, match.end(), statement.end)
                and not _SHOWN.search(reading.lower, match.end(), statement.end)
            ):
                yield Hit("words", match.start(), match.end())


def _ruled(reading: Reading, at: int) -> frozenset[str]:
    """The contexts of a place, without a plan or a time before that a later clause opens ("Making gains,
    will benefit from more PT", "Did great and is back to baseline")."""
    contexts = reading.context_at(at)
    for kind in _OPENED_LATER.keys() & contexts:
        marks = [m for m in reading.contexts if m.kind == kind and m.start <= at < m.end]
        opens = _OPENED_LATER[kind]
        if all(m.cue_start > at and opens.search(reading.lower, at, m.cue_start) for m in marks):
            contexts -= {kind}
    return contexts


#: What opens the clause that is planned, or was before; a comma may part what was before ("did great
#: with transfers, gait and stairs last week").
_OPENED_LATER = {
    "planned": wording(r",|;|(?:\band|&) (?:is|are|was|has|now)\b"),
    "historical": wording(r";|(?:\band|&) (?:is|are|has|now)\b"),
}
#: "… as evidenced by above", "as seen in the table": where the values are.
_SHOWN = wording(
    r"\b(?:as|aeb) ?(?:evidenced|seen|noted|shown|demonstrated|indicated|measured)?(?: (?:by|in|from))? (?:the |objective |these |those )*(?:above|below|table|measures?|values?|scores?|data|chart|findings)\b"
)


def _may_claim(reading: Reading, statement: Statement) -> bool:
    """Whether a statement holds words of progress at all, and stands where they would be a claim."""
    if statement.role not in _ROLES:
        return False
    if statement.role in ("subjective", "plan") and reading.section_of(statement).kind != "body":
        return False
    start, end = statement.start, statement.end
    return (
        reading.has_mention(start, end, "progress_vague") or _worded(reading, statement) is not None
    )


#: "Intake was better than at breakfast" compares with something told.
_THAN = wording(r" than (?!(?:it was|before|last|previous\w*|prior)\b)\w")
#: What makes a comparative no claim: it is wanted, asked for, or names no change.
_WANTED = wording(
    r"(?: \w+)? (?:needed|required|if|when|with (?:cues?|vcs?|support)|on (?:the|his|her) (?:left|right))\b"
)
#: Somebody else's word for it, in a statement that is no assessment.
_SAID = wording(
    r"\b(?:teacher|mom|mother|dad|father|wife|husband|daughter|son|spouse|nurse|nursing|staff|parents?|family) (?:says?|said|reports?|reported|states?|stated|feels?|thinks?|notes?|noted)\b"
)
#: "… and says therapy is helping": the patient's word.
_SAYS = wording(
    r"\b(?:says|said|reports?|reported|states?|stated|tells|told (?:me|us)|thinks|feels|felt)\b[^.;,]*$"
)
_NEAR = 40
#: "The goals are to improve balance" tells what is wanted, "rehab potential is good" what is expected.
_AIMS = wording(r"(?:is|are|was|were) to\b")
_OUTLOOK = wording(
    r"\b(?:potential|prognosis|candidate|outlook|insight|safety|awareness|attendance|compliance|alignment|fit|tolerance|sensation|skin|rom|balance|strength)(?: (?:for|to|in|with) (?:\w+ ){0,3}?)? ?$"
)
_SINCE_LAST = wording(r"\bsince (?:the )?(?:last|eval\w*|soc|start|recert\w*|admission)\b")


def _worded(reading: Reading, statement: Statement) -> re.Match[str] | None:
    """The first claim of progress in other words, outside plans, quotations and denials."""
    patterns = (WORDED, FIGURES, BARE) if statement.role == "assessment" else (WORDED, FIGURES)
    effort = None
    for pattern in patterns:
        if reading.search(pattern, statement.start, statement.end) is None:
            continue
        for match in pattern.finditer(reading.lower, statement.start, statement.end):
            contexts = _ruled(reading, match.start())
            if _SINCE_LAST.search(reading.lower, match.end(), statement.end):
                contexts -= {"historical"}  # what has come about since is how it is today
            if contexts & (_SKIP | {"negated"}):
                continue
            if _told(reading, statement, match.start()):
                continue
            if _AIMS.match(match.group()) or _OUTLOOK.search(
                reading.lower, max(statement.start, match.start() - _NEAR), match.start()
            ):
                continue
            if _THAN.match(reading.lower, match.end()):
                continue
            near = max(statement.start, match.start() - _NEAR)
            if pattern is FIGURES and OF_THINGS.search(reading.lower, near, match.start()):
                continue
            if _WANTED.match(reading.lower, match.end()):
                continue
            if not _EFFORT.search(match.group()):
                return match
            effort = effort or match  # a claim of progress further on is the one to tell
    return effort


_EFFORT = wording(r"\b(?:participa\w+|effort|job|work(?:ed|ing)? hard|session|visit)\b")


def _told(reading: Reading, statement: Statement, offset: int) -> bool:
    """Whether what stands here is the patient's word or, outside an assessment, somebody else's."""
    near = max(statement.start, offset - _NEAR)
    if is_ticked(reading.text, offset, statement.start):
        return True  # a box of the form
    if _SAYS.search(reading.lower, near, offset):
        return True
    return statement.role != "assessment" and bool(
        _SAID.search(reading.lower, statement.start, offset)
    )


_WEAK_ALONE = frozenset(
    {
        "improved",
        "improving",
        "improvement",
        "better",
        "progressing",
        "motivated",
        "cooperative",
        "pleasant",
        "stronger",
        "ongoing",
    }
)


def _claims(reading: Reading, mention: Mention, statement: Statement) -> bool:
    """A bare "improved" is a claim only in an assessment; longer phrases anywhere."""
    words = reading.lower[mention.start : mention.end]
    if words in ("motivated", "cooperative", "pleasant", "pleasant and cooperative"):
        return False
    if _WANTED.match(reading.lower, mention.end):
        return False
    if words not in _WEAK_ALONE:
        return statement.role != "treatment" or len(words.split()) > 2
    if not reading.lower[statement.start : statement.end].strip(" .!-*•").replace(words, "", 1):
        return True
    if statement.role != "assessment":
        return False
    return not reading.lower.startswith("-", mention.end)


#: "Amazing strides: Berg 38 on 9/2, 49 today": a claim and, behind a colon, two numbers.
_VALUE_BEHIND = re.compile(r"[^.;:\n]{0,48}:\s[^.;\n]{0,40}?\d[^.;\n]{0,40}?\d")
