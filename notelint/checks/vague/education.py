"""Education without topic or result (A11)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.encounter.encounter import Encounter
from notelint.language.reading import Mention, Reading, Statement
from notelint.language.stopwords import is_content
from notelint.rulebook.rule import Hit

_SKIP_ROLES = frozenset({"goal", "history", "header", "signature"})
_SKIP = frozenset({"quoted", "planned", "historical", "goal", "hypothetical"})
_NOTHING = frozenset({
    "understanding", "verbalized", "verbalizes", "good", "hep", "home", "program", "exercise", "exercises", "reviewed",
    "issued", "given", "provided", "instructed", "education", "educated", "proper", "technique", "safety", "handout",
    "written", "copy", "caregiver", "family", "wife", "husband", "daughter", "son", "spouse", "verbal", "instruction",
    "instructions", "compliance", "compliant", "importance", "understood", "voiced", "agreement", "agrees", "stated", "topics",
    "various", "regarding", "appropriate", "questions", "answered", "needed", "follow", "continue", "performance", "poc",
    "plan", "care", "receptive", "carryover", "states", "daily", "expressed", "demonstrated", "today", "benefits", "therapy",
    "form", "correct", "technique", "with", "new", "updated", "compliant", "noted", "session", "completed",
})  # fmt: skip
_CONFIRMS = re.compile(r"\b(?:\d+ ?(?:of|/|out of) ?\d+|return(?:ed)? demo\w*|teach-?\s?back|demonstrated (?:back|correct\w*|safe\w*|proper|good|understanding)|demo'd|recalled|able to (?:demonstrate|recall|name|state|show)|named|independently (?:set|demon|perform)|showed (?:back|me)|correct(?:ed|ly)|repeated back|stated back)\b")


def vague(encounter: Encounter) -> Iterator[Hit]:
    """Yields each education statement that has no topic, or a topic and no confirmation."""
    reading = encounter.reading
    for statement in reading.statements:
        if statement.role in _SKIP_ROLES or statement.contexts & _SKIP:
            continue
        mention = next(reading.mentions_in(statement.start, statement.end, "education_generic"), None)
        if mention is None:
            mention = _verbalized(reading, statement)
        if mention is None or _confirmed(reading, statement):
            continue
        if _topic(reading, statement, mention) and not _only_verbalized(reading, statement):
            continue
        yield Hit("words", mention.start, mention.end, facts={"code": _code(encounter, statement)})


def _verbalized(reading: Reading, statement: Statement) -> Mention | None:
    for mention in reading.mentions_in(statement.start, statement.end, "teaching"):
        if mention.has_tag("verbalized"):
            return mention
    return None


def _only_verbalized(reading: Reading, statement: Statement) -> bool:
    """A topic, and "verbalized understanding" as the only result: still no confirmation."""
    return _verbalized(reading, statement) is not None


def _confirmed(reading: Reading, statement: Statement) -> bool:
    last = min(len(reading.statements) - 1, statement.index + 1)
    end = reading.statements[last].end if reading.statements[last].section == statement.section else statement.end
    return bool(_CONFIRMS.search(reading.lower, statement.start, end))


def _topic(reading: Reading, statement: Statement, mention: Mention) -> bool:
    for word in reading.words_in(statement.start, statement.end):
        if mention.start <= word.start < mention.end:
            continue
        text = reading.lower[word.start : word.end]
        if is_content(text) and text not in _NOTHING:
            return True
    return False


def _code(encounter: Encounter, statement: Statement) -> str:
    for service in encounter.services_with("97535"):
        if any(span.start <= statement.start < span.end for span in service.body):
            return "97535"
    return ""
