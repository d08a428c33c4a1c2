"""What a report says of how its goals and functions stand, without a value (A6)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.checks.vague.claims import WORDED
from notelint.checks.vague.support import COMPARES_PLAINLY, VALUES, stated_before, supported
from notelint.encounter.encounter import Encounter
from notelint.encounter.wording import wording
from notelint.language.reading import Reading, Statement
from notelint.rulebook.rule import Hit


def statuses(encounter: Encounter) -> Iterator[Hit]:
    """Yields the claims in what a report says of its goals."""
    if encounter.facts.note_type not in REPORTS:
        return
    reading = encounter.reading
    for statement in reading.statements:
        if (said := _REMARK.fullmatch(reading.lower, statement.start, statement.end)) is not None:
            if _lacks_value(reading, statement):
                yield Hit("words", *said.span("said"))
        elif (statement.role == "goal" or _names_goal(reading, statement)) and not (
            _DASHED_STATUS.fullmatch(reading.lower, statement.start, statement.end)
        ):
            yield from _status(encounter, statement)
        elif said := _bare_status(reading, statement):
            named = next(n for n in ("said", "alone", "cell") if n in said.groupdict() and said[n])
            yield Hit("words", *said.span(named))


#: A status that is all there is: "Goal 1 Patient will improve memory. Progressing, continue.", "Transfers: improved".
_BARE_STATUS = wording(
    r"\W*(?P<said>(?:progressing|improving|improved|getting (?:better|closer|there)|making progress)(?: (?:well|nicely|slowly|steadily))?)(?:\W+(?:cont(?:inue)?(?: goal)?|ongoing|goal ongoing))?\W*"
)
_LABELLED_STATUS = wording(
    r"(?P<said>(?:[^:\n]{3,34}:\s*(?:much |slightly |greatly )?(?:improved|improving|increased|decreased|better|less|progressing)(?: well| nicely)?[\s,;]*){2,})\W*"
    r"|[^:\n]{3,34}:\s*(?:[^:\d\n]{2,30}, )?(?P<alone>(?:much |slightly |greatly )?(?:improved|improving|better|progressing)(?: well| nicely| since (?:adm\w*|soc|eval|start)|, variable)?)\W*"
    # the last cell of a row of findings, with the status of its goal behind it or not
    r"|[a-z][^:\n]{2,60}?(?:\s{3,}|\| ?)[^\n]{0,60}?(?<=[ |])(?P<cell>(?:much |slightly |somewhat |a little |greatly )?(?:improved|improving|better|stronger))(?:\s*\|)?(?:\s+(?:progressing|ongoing|not met|continue|p))?[ |.]*"
)
#: "1. Improve fluency - progressing": a goal without a number, and its status behind a dash.
_DASHED_STATUS = wording(
    r"[^\w\n]{0,4}(?:(?:ltg|stg|lto|sto|goal)s? ?#?\d{0,2}[a-z]?[.:)]? )?(?:\d{1,2}(?:[.)]|(?= )))?[^\d\n]{3,60} [-–—]+ ?(?P<said>(?:much |slightly |greatly |slowly )?(?:improved|improving|better|progressing|getting (?:closer|there|better))(?: well| nicely| slowly|, variable)?)\W*"
)
#: "Comments: Progressing": the remark of a form below the values of a goal.
_REMARK = wording(
    r"\W*(?:comments?|status|progress|remarks?|outcome)\s?[:–-]+\s*(?P<said>(?:making (?:good |steady |slow |some )?)?(?:progress(?:ing)?|improv(?:ed|ing)|better)(?: (?:well|nicely|slowly|steadily))?)\W*"
)
#: A value that stands in the fields of the form ("Current (10/21): Min A").
_FIELD = wording(r"\b(?:current\w*|now|today|present)\b[^:\n]{0,16}:[^\n]{0,40}")


def _lacks_value(reading: Reading, statement: Statement) -> bool:
    """Whether the field above a remark that says how a goal stands holds no value."""
    above = reading.statements[max(0, statement.index - 3)].start
    fields = list(_FIELD.finditer(reading.lower, above, statement.start))
    if not fields:
        return not stated_before(reading, statement, statement.start)
    last = fields[-1]
    return not any(c.isdigit() for c in last.group().split(":", 1)[1]) and not (
        reading.has_mention(last.start(), last.end(), "assist")
    )


_TOLD_BETTER = frozenset({"response", "other", "assessment", "measure", "treatment", "history"})
#: "Posture improved", "Core stronger", "Activity tolerance - improved": a whole sentence of a report.
_SUBJECT_BETTER = wording(
    r"\W*(?P<said>(?:(?:her|his|the) )?[a-z][a-z/ ]{2,31} (?:is |are |has |have |[-–] )?(?:much |slightly |greatly |overall )?(?:improved|improving|better|stronger)(?: overall)?)(?:, see [a-z ]{4,24}|, (?:[a-z]+ ){1,3}(?:farther|further|better|easier))?\W*"
)


def _bare_status(reading: Reading, statement: Statement) -> re.Match[str] | None:
    """The status that stands by itself behind its goal on one line, or behind the name of a function."""
    start, end = statement.start, statement.end
    for pattern in (_LABELLED_STATUS, _DASHED_STATUS):
        labelled = pattern.fullmatch(reading.lower, start, end)
        if labelled is not None:
            return labelled
    if statement.role in _TOLD_BETTER and not supported(reading, statement):
        subject = _SUBJECT_BETTER.fullmatch(reading.lower, start, end)
        if subject is not None:
            return subject
    if not statement.index:
        return None
    above = reading.statements[statement.index - 1]
    if above.role != "goal" or above.line != statement.line:
        return None
    if reading.has_quantity(above.start, above.end, *VALUES):
        return None
    return _BARE_STATUS.fullmatch(reading.lower, start, end)


#: Kinds of notes that say how each goal stands.
REPORTS = frozenset({"progress", "recert", "discharge", "reeval"})
#: Where the status of a goal begins: behind its colon or in the next cell.
_AT_STATUS = re.compile(r"[:|]\s")
_AIM = 20


def _status(encounter: Encounter, statement: Statement) -> Iterator[Hit]:
    """The claim in what is said of a goal ("…, by 9/2026: he is doing well with this")."""
    reading = encounter.reading
    begins = [
        m.end()
        for m in _AT_STATUS.finditer(reading.text, statement.start, statement.end)
        if m.start() - statement.start > _AIM
    ]
    if not begins and statement.role != "goal":
        return
    stated = any(goal.place == statement.span for goal in encounter.goals)
    if not begins and (stated or not _of_goal_above(reading, statement)):
        return
    low = begins[-1 if "|" in reading.slice(statement.span) else 0] if begins else statement.start
    claim = next(
        (
            m
            for m in reading.mentions_in(low, statement.end, "progress_vague")
            if reading.lower[m.start : m.end] not in ("motivated", "cooperative", "pleasant")
        ),
        None,
    )
    said = WORDED.search(reading.lower, low, statement.end)
    if claim is None and said is None:
        return
    if reading.has_quantity(low, statement.end, *VALUES):
        return
    at = claim.start if claim is not None else low
    if COMPARES_PLAINLY.search(reading.lower, low, statement.end) or stated_before(
        reading, statement, at
    ):
        return
    if claim is not None and (said is None or claim.start < said.start()):
        yield Hit("words", claim.start, claim.end)
    elif said is not None:
        yield Hit("words", said.start(), said.end())


_GOAL_ROW = re.compile(r"\W*(?:(?:ltg|stg|goal)s?\s?#?\d|\d{1,2}\s?\|)")


def _names_goal(reading: Reading, statement: Statement) -> bool:
    """Whether a line opens with the number of a goal ("Goal 2, T will …: doing well", "2 | …")."""
    return _GOAL_ROW.match(reading.lower, statement.start) is not None and bool(
        _BY_OR_WILL.search(reading.lower, statement.start, statement.end)
    )


_BY_OR_WILL = re.compile(r"\bwill\b|\bby \d|\bgoal\b")
#: What sets a goal, and does not only speak of "this goal".
_SETS_GOAL = re.compile(r"\bwill\b|\bby \d|(?<!this )(?<!the )(?<!term )\bgoal\b")
_STANDS_SO = re.compile(
    r"\W*(?:(?:ltg|stg|goal)s?\s?#?\d[a-z]?\W+)?(?:not met|partly met|partially met|met)\b"
)


def _of_goal_above(reading: Reading, statement: Statement) -> bool:
    """Whether a claim stands alone below the goal that it is said of."""
    if not statement.index:
        return False
    above = reading.statements[statement.index - 1]
    if _STANDS_SO.match(reading.lower, statement.start):
        return False  # a status is said, and what else there is to say is the goal's rule's matter
    if above.role != "goal" or _SETS_GOAL.search(
        " ".join(reading.lower[statement.start : statement.end].split())
    ):
        return False
    return not reading.has_quantity(statement.start, statement.end)
