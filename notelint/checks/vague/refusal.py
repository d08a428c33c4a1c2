"""A refusal without reason (E7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.encounter.encounter import Encounter
from notelint.encounter.wording import wording
from notelint.language.reading import Reading, Statement
from notelint.rulebook.rule import Hit

_SKIP = frozenset({"historical", "hypothetical", "goal"})
_NOT_ROLES = frozenset({"history", "goal"})
_WHY = wording(
    r"\b(?:because|b/c|d/t|due to|2/2|secondary|since|as (?:he|she|they|pt)|after|until|for fear|afraid|fear\w*|wants?|wanted|prefers?|preferred|says|said|stat(?:es|ed|ing)|reports?|reported|citing|reason"
    r"|pain\w*|tired|fatigue\w*|sick|ill\b|illness|nause\w*|vomit\w*|diarrhea|fever|dizz\w*|headache|sob\b|asleep|sleep\w*|lethargic|confus\w*|agitat\w*|appointment|appt|dialysis|family|visitors?|lunch|breakfast|dinner|meal|busy|weather|snow|ride|transport\w*|work|upset|anxious|anxiety|depress\w*|grief|funeral|no (?:space|time|room)|cost|copay|insurance|not (?:hungry|feeling|up to|interested|ready|wearing)|too|feels?|felt)\b"
    r"|[\"“”]|\bw/ c/o\b|\bc/o\b"
)
_CONSENT = wording(
    r"^\W*(?:(?:the|a|an|his|her|any) )?(?:printed|consent|photo|interpreter|flu|vaccine|copy|printed|handout|gown|chaperone|tray|dessert|water|blood)"
)


#: What was declined is no treatment.
_OTHERS = wording(
    r"\b(?:chaperone|interpreter|copy|handout|gown|photos?|drink|snack|water|dessert|flu shot|vaccine|escort|ride)\W+(?:was |were )?$"
)


#: A box that nobody ticked.
_UNTICKED = ("[ ] ", "[] ", "[_] ", "( ) ", "☐ ")


#: "No refusal or turning away."
_NONE = re.compile(r"\b(?:no|without|w/o)\s+$")


def vague(encounter: Encounter) -> Iterator[Hit]:
    """Yields the first refusal of a note whose own and neighbouring statements give no reason."""
    reading = encounter.reading
    for statement in reading.holding("phrase"):
        if statement.role in _NOT_ROLES or statement.contexts & _SKIP:
            continue
        for mention in reading.mentions_in(statement.start, statement.end, "phrase"):
            if not mention.has_tag("refusal") or mention.certainty != "stated":
                continue
            if reading.context_at(mention.start) & _SKIP or _CONSENT.match(
                reading.lower[mention.end : mention.end + 24]
            ):
                continue
            if _NONE.search(reading.lower, reading.back(mention.start, 10), mention.start):
                continue
            if reading.lower.endswith(_UNTICKED, 0, mention.start):
                continue
            if _OTHERS.search(reading.lower, max(0, mention.start - 24), mention.start):
                continue
            if _explained(reading, statement):
                return
            yield Hit("words", mention.start, mention.end)
            return


def _explained(reading: Reading, statement: Statement) -> bool:
    """Whether a reason, a symptom or a value stands in the statement or beside it."""
    last = len(reading.statements) - 1
    low = reading.statements[max(0, statement.index - 1)].start
    high = reading.statements[min(last, statement.index + 1)].end
    if _WHY.search(reading.lower, low, high):
        return True
    if reading.has_quantity(low, high, "vitals", "scale"):
        return True
    return any(m.has_tag("symptom") for m in reading.mentions_in(low, high, "response"))
