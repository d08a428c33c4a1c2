"""Marks the stretches that are not "done with this patient today" (catalogue §2.3).

A cue rules from itself to the end of its statement, a label dash, or ``but``; planned, family and
report cues rule only where they stand at the head of a clause. ``no LOB``, ``without assist`` and
``no cues`` are values, not absences, and open nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from notelint.language.loose import loose
from notelint.language.reading import ContextMark, Mention, Span, Statement

_QUOTE = re.compile(r"[\"“][^\"“”\n]{2,240}[\"”]")
_BUT = re.compile(r"\b(?:but|however|although|though|yet|except)\b")
#: "Not at PLOF and has made gains": what was, or is not, ends where something new is said of the patient.
_AND_HAS = re.compile(r"(?:\band|&)(?= (?:has|have) (?!no\b|not\b))")
_VALUE_AFTER_NEGATION = re.compile(
    r"\s*(?:physical |additional |further |overt |significant |hands[- ]on |verbal |tactile |more )*+"
    r"(?:lob\b|loss(?:es)? of|assist\w*|help\b|cues?\b|cueing|vcs?\b|tcs?\b|a\b|ad\b|ue\b|device|rail|pain|c/o|complain\w*|difficult\w*|issue|problem|sob\b|s/s|signs|adverse|increase|change|new\b|rest|errors?|drop|sway|compensat\w*|lag|spill\w*|cough\w*|hand|support|wt\b|weight|resistance|shoes|brace|walker|cane)"
)
#: "SLR 3x10 for HEP" was done here; "issued SLR 3x10 for HEP" was not.
_TEACHES = re.compile(
    r"issu|instruct|educat|review|add|updat|giv|gave|provid|teach|taught|train|print|handout|plan|recommend|progress"
)
_LEAD = re.compile(r"^\W*(?:\w+\W+){0,3}$")

#: "Ther ex same as last visit" was done today.
_LIKE = re.compile(
    r"\b(?:same(?: \w+)?(?: as)?|ditto|repeat(?:ed)?(?: of| from)?|as) (?:the |at |on |in |from |per )*$"
)
#: "Moist heat to start with" was the first thing done.
_AT_FIRST = re.compile(
    r"to (?:start|begin|end|finish) (?:with|off|out)\b(?! (?:at|on) (?:next|home))"
)
#: "To be able to rise with less effort: sit to stand 2 x 6" says what today's work is for.
_AIM = re.compile(
    r"to be (?:able|sure|certain|safe|ready)\b(?:[^.;]{0,90}:\s|[^.;]{0,120},\s(?:the )?(?:pt|patient|client|resident|veteran|student|child|she|he|we|i)\b[^.;]{0,40}\s(?:taught|did|was|were|\w+ed)\b)"
    r"|to (?:be able|start|begin|try|add|progress|continue|trial)\b[^.;]{0,140},\s(?:\d{1,2} ?min|(?:code )?9\d{4}\b)[^.;]{0,60}:\s"
)
#: What was done stands before it: an infinitive behind it says what for.
_DONE = re.compile(
    r"\b(?!(?:need|want|unable|suppos|requir|expect|plann|allow)\w*)\w+ed\b|\bin order $|\bso as $|\b\d+ ?(?:ft|feet|reps?|sets?|min)\b|\d ?[x×] ?\d"
)
#: The plan of care as a thing; not what is planned.
_UNDER_PLAN = ("plan of ", "plan a ", "plan the ", "plan meal")
#: When something will be done, behind what will be.
_WHEN = re.compile(r"(?:tomorrow|tmrw|next\s+(?:visit|session|time|tx|week)|nv|nxt)\b")
#: A quotation that holds an inch mark or a lone quote is none.
_MIN_QUOTE_WORDS = 3


def marks_of(
    lower: str, statements: Sequence[tuple[int, int]], mentions: Sequence[Mention]
) -> Iterator[ContextMark]:
    """Yields the context marks of a note in no order.

    Args:
        lower: the lower-cased text.
        statements: (start, end) of every statement in order.
        mentions: all mentions; those of lexicon ``context`` are cues.
    """
    index = 0
    for mention in mentions:
        sense = mention.sense("context")
        if sense is None:
            continue
        while index < len(statements) and statements[index][1] <= mention.start:
            index += 1
        if index == len(statements):
            return
        start, end = statements[index]
        if mention.start < start:
            continue
        for kind in sense.tags:
            mark = _mark(kind, mention, start, end, lower)
            if mark is not None:
                yield mark


def quotes_of(text: str, inch_marks: frozenset[int]) -> Iterator[ContextMark]:
    """Yields the quotations of a text; a mark consumed by a quantity opens none."""
    for match in _QUOTE.finditer(text):
        if match.start() in inch_marks or match.end() - 1 in inch_marks:
            continue
        if len(match.group().split()) < _MIN_QUOTE_WORDS and not match.group()[1:2].islower():
            continue
        yield ContextMark("quoted", match.start(), match.end(), match.start(), match.start() + 1)


#: "Reviewed HEP, ther ex 30 min": only the clause speaks of home.
_REVIEWS = loose(
    r"^\W*(?:today\W{1,3})?(?:reviewed|review(?: of)?|went over|updated|issued) (?:the |her |his |current )?$"
)
_AFTER_SHEET = loose(
    r"\b(?:ex|exs|exercises?|therex|program) (?:[\w,&/-]+ ){0,5}?(?:per|from|as per|following) (?:(?:the|her|his|their|pt's|current|written|same) )?$"
)
_LEFT_TO_DO = loose(
    r"\b(?:instruct\w*|educat\w*|taught|cont\w*|encourag\w*|to (?:perform|do|complete)|will|plan\w*|advis\w*|remind\w*|complian\w*|doing|does|has been|review\w*|updat\w*|issued|given|add\w*)\b"
)


def _mark(kind: str, cue: Mention, start: int, end: int, lower: str) -> ContextMark | None:
    stop = _BUT.search(lower, cue.end, end)
    scope_end = stop.start() if stop else end
    if kind in ("negated", "historical"):
        anew = _AND_HAS.search(lower, cue.end, scope_end)
        scope_end = anew.start() if anew else scope_end
    head = lower[start : cue.start]
    leads = bool(_LEAD.match(head))
    if kind == "planned" and _AT_FIRST.match(lower, cue.start):
        return None
    if kind == "planned" and lower.startswith("to be able", cue.start) and _DONE.search(head):
        return None  # "walked with the walker to be able to reach her meals, cued to …"
    if kind == "planned" and not head.strip() and _AIM.match(lower, cue.start, end):
        return None
    if kind == "negated":
        if _VALUE_AFTER_NEGATION.match(lower, cue.end, scope_end):
            return None
        stops = (lower.find(",", cue.end, scope_end), lower.find(": ", cue.end, scope_end))
        stop_at = min((i for i in stops if i > 0), default=scope_end)
        return ContextMark(kind, cue.start, stop_at, cue.start, cue.end)
    if kind == "historical":
        if _LIKE.search(head):
            return None
        if leads:
            return ContextMark(kind, start, scope_end, cue.start, cue.end)
        clause = max(head.rfind(","), head.rfind(";"), head.rfind("("))
        return ContextMark(
            kind, start + clause + 1, _clause_end(lower, cue.end, scope_end), cue.start, cue.end
        )
    if kind == "home":
        if head.endswith("for ") and not _TEACHES.search(head):
            return None
        if _AFTER_SHEET.search(head) and not _LEFT_TO_DO.search(head):
            return None  # "Ther ex per HEP": done here, from the sheet for home
        if leads and not _REVIEWS.search(head):
            return ContextMark(kind, start, scope_end, cue.start, cue.end)
        clause = max(head.rfind(","), head.rfind(";"))
        return ContextMark(
            kind, start + clause + 1, _clause_end(lower, cue.end, scope_end), cue.start, cue.end
        )
    if kind == "planned":
        if lower.startswith(_UNDER_PLAN, cue.start):
            return None
        if _WHEN.match(lower, cue.start) and not lower[cue.end : end].strip(" .!"):
            clause = max(head.rfind(","), head.rfind(";")) + 1
            if not _DONE.search(head, clause):  # "2 steps in // bars tmrw"
                return ContextMark(kind, start + clause, scope_end, cue.start, cue.end)
        return ContextMark(kind, cue.start if not leads else start, scope_end, cue.start, cue.end)
    if kind in ("family", "report"):
        if not leads:
            return None
        return ContextMark(kind, start, scope_end, cue.start, cue.end)
    return ContextMark(kind, cue.start, scope_end, cue.start, cue.end)


def _clause_end(lower: str, at: int, end: int) -> int:
    stops = [
        i
        for i in (lower.find(",", at, end), lower.find(";", at, end), lower.find(")", at, end))
        if i >= 0
    ]
    return min(stops, default=end)


def statement_contexts(statement: Span, marks: Sequence[ContextMark]) -> frozenset[str]:
    """Returns the contexts that rule a whole statement from its first words on."""
    return frozenset(
        mark.kind
        for mark in marks
        if mark.start <= statement.start + 2 and mark.end >= statement.end - 1
    )


__all__ = ["Statement", "marks_of", "quotes_of", "statement_contexts"]
