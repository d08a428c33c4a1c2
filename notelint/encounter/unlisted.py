"""Tells a note that speaks mostly in words no list knows.

"Letters float off the line, rubber grip on": whoever reads that sees what was done and how it
went, and no lexicon holds a word of it. Of such a note nobody may claim that something is absent.
A note of exercise names, doses and stock phrases has hardly a word outside the lists.
"""

from __future__ import annotations

from collections.abc import Iterator

from notelint.encounter.saidtoday import told_today
from notelint.language.reading import Reading, Statement
from notelint.language.shorthand import is_vowelless
from notelint.language.stopwords import is_content

#: Fewest unlisted words, and their least share of the session's words, that silence an absence.
LEAST_WORDS = 5
LEAST_SHARE = 0.25

_NOT_OURS = frozenset(
    {"signature", "header", "subjective", "caregiver_report", "time", "billing", "heading"}
)
_AWAY = frozenset({"family", "planned", "home", "historical"})
_SHORTEST = 3
#: Words of any session: bodies, rooms, doses, courtesies. They show nothing.
_ANY_SESSION = frozenset(
    """
    pt patient resident student client child therapist pta ota cota slp otr dpt ccc session sessions
    treatment therapy skilled service services minutes minute min mins time times total timed
    untimed visit visits room gym clinic arrived left right good fair great nice nicely pleasant
    cooperative motivated alert oriented effort week weeks day days today daily program protocol
    goal goals progress activity activities task tasks exercise exercises training strengthening
    balance functional function current currently overall different multiple various bilateral
    upper lower side extremity extremities body part parts lbs pound pounds band red green blue
    yellow black seated standing sitting supine sidelying prone position chair bed mat table
    machine warm hot cold pack ice rest rests break breaks return wife husband mom family present
    response tolerance help assist understanding verbal safety safe due date included including
    consisting followed following started began finished ended thing things type area areas group
    games game cards card worksheet worksheets object objects fun enjoyed enjoy liked happy
    played talked talk chatted conversed weekend weather chose picked rec sticker went brought came
    taken wheeled assisted escorted transported monday tuesday wednesday thursday friday saturday sunday flex flexion ext extension abd code
    """.split()
)


def mostly_unlisted(reading: Reading) -> bool:
    """Returns whether words no list knows make up a fair share of what was told of the session."""
    unlisted: set[str] = set()
    words = 0
    for statement in told_today(reading):
        if statement.role in _NOT_OURS or statement.contexts & _AWAY:
            continue
        listed = _listed(reading, statement)
        for span in reading.words_in(statement.start, statement.end):
            word = reading.lower[span.start : span.end]
            if not word.isalpha():
                continue
            words += 1
            plain = (
                len(word) < _SHORTEST
                or word in _ANY_SESSION
                or not is_content(word)
                or is_vowelless(word, 1)  # a clipped word: of what no list knows it shows nothing
            )
            if not plain and span.start not in listed:
                unlisted.add(word)
    return len(unlisted) >= LEAST_WORDS and len(unlisted) >= LEAST_SHARE * words


def _listed(reading: Reading, statement: Statement) -> frozenset[int]:
    """Returns the offsets that a mention or a quantity of the statement covers."""
    return frozenset(_offsets(reading, statement))


def _offsets(reading: Reading, statement: Statement) -> Iterator[int]:
    for mention in reading.mentions_in(statement.start, statement.end):
        yield from range(mention.start, mention.end)
    for quantity in reading.quantities_in(statement.start, statement.end):
        yield from range(quantity.start, quantity.end)
