"""Education without topic or result (A11)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.encounter.encounter import Encounter
from notelint.encounter.wording import wording
from notelint.language.reading import Mention, Reading, Span, Statement
from notelint.language.stopwords import is_content
from notelint.rulebook.rule import Hit

_SKIP_ROLES = frozenset({"goal", "history", "header", "signature"})
_SKIP = frozenset({"quoted", "planned", "historical", "goal", "hypothetical"})
_NOTHING = frozenset({
    "understanding", "verbalized", "verbalizes", "good", "hep", "home", "program", "exercise",
    "exercises", "reviewed", "issued", "given", "provided", "instructed", "education",
    "educated", "proper", "technique", "safety", "handout", "written", "copy", "caregiver",
    "family", "wife", "husband", "daughter", "son", "spouse", "verbal", "instruction",
    "instructions", "compliance", "compliant", "importance", "understood", "voiced", "agreement",
    "agrees", "stated", "topics", "various", "regarding", "appropriate", "questions", "answered",
    "needed", "follow", "continue", "performance", "poc", "plan", "care", "receptive",
    "carryover", "states", "daily", "expressed", "demonstrated", "today", "benefits", "therapy",
    "form", "correct", "with", "new", "updated", "noted", "session", "completed",
})  # fmt: skip
_CONFIRMS = re.compile(
    r"\b(?:\d+ ?(?:of|/|out of) ?\d+|return(?:ed)? demo\w*|teach-?\s?back|demonstrated (?:back|correct\w*|safe\w*|proper|good|understanding)|demo'd|recalled|able to (?:demonstrate|recall|name|state|show)|named|independently (?:set|demon|perform)|showed (?:back|me)|correct(?:ed|ly)|repeated back|stated back)\b"
)


def vague(encounter: Encounter) -> Iterator[Hit]:
    """Yields each education statement that has no topic, or a topic and no confirmation."""
    reading = encounter.reading
    for statement in reading.statements:
        if statement.role in _SKIP_ROLES or statement.contexts & _SKIP:
            continue
        span = _claim(reading, statement)
        if span is None or _confirmed(reading, statement):
            continue
        if _topic(reading, statement, span) and _verbalized(reading, statement) is None:
            continue
        yield Hit("words", span.start, span.end, facts={"code": _code(encounter, statement)})


_EDUCATES = wording(
    r"\b(?:(?:review|issu|updat|progress|upgrad|discuss|provid|g[ai]ve|instruct|educat|train|taught|teach|reinforc|went over|gone over|going over|cover|print|hand|shown?|demonstrat|counsel)\w* (?:[\w']+ ){0,4}?(?:hep|home (?:program|exercises?|ex)|precautions?|safety|strategies|handouts?|education|body mechanics|posture|energy conservation|poc|plan of care|compliance|condition|diagnosis|what to do at home|fall prevention|pain management|joint protection)"
    r"|(?:hep|home (?:program|exercises?|ex)|precautions?|strategies|(?:pt|patient|caregiver|family|posture|safety|parent|mom|daughter|wife|spouse) (?:ed|edu|educ|education|teaching|training))\W{0,4}(?:\w+ ){0,2}?(?:review\w*|reveiwed|updat\w+|issued|given|provided|discussed|progressed|upgraded|gone over|went over|done|instruct\w*|printed|completed|again|reinforced|x \d+ min)"
    r"|(?:pt|patient|caregiver|family|posture|safety|parent) (?:ed|edu|educ)\b(?: (?:provided|given|done|completed|re))?"
    r"|(?:taught|trained|instructed|educated|counsell?ed) (?:the )?(?:pt|patient|daughter|son|wife|husband|spouse|family|caregiver|parent|mom|aide|cg)\b(?=\s*[,;.&]|\s+and\b|\s*$)"
    r"|(?:pt|patient|daughter|son|wife|husband|caregiver|mom) (?:was )?(?:counsell?ed|educated|instructed|taught)\b(?=\s*[,;.&]|\s+and\b|\s*$)"
    r"|talked to (?:\w+ ){1,3}about (?:safety|precautions|posture|hep|exercises?))"
)


def _claim(reading: Reading, statement: Statement) -> Span | None:
    """The words that claim education: a fixed phrase, its grammar, or "verbalized understanding"."""
    mention = next(reading.mentions_in(statement.start, statement.end, "education_generic"), None)
    if mention is None:
        match = _EDUCATES.search(reading.lower, statement.start, statement.end)
        if match:
            return Span(match.start(), match.end())
        mention = _verbalized(reading, statement)
    return Span(mention.start, mention.end) if mention else None


def _verbalized(reading: Reading, statement: Statement) -> Mention | None:
    for mention in reading.mentions_in(statement.start, statement.end, "teaching"):
        if mention.has_tag("verbalized"):
            return mention
    return None


def _confirmed(reading: Reading, statement: Statement) -> bool:
    last = min(len(reading.statements) - 1, statement.index + 1)
    end = (
        reading.statements[last].end
        if reading.statements[last].section == statement.section
        else statement.end
    )
    return bool(_CONFIRMS.search(reading.lower, statement.start, end))


def _topic(reading: Reading, statement: Statement, claim: Span) -> bool:
    for word in reading.words_in(statement.start, statement.end):
        if claim.start <= word.start < claim.end:
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
