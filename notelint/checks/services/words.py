"""Where the words of a service stand, what was seen in them, and how much of them is known."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from notelint.encounter.encounter import Encounter, Service
from notelint.encounter.headings import tells, words_in
from notelint.encounter.intent import Cue, Evidence, Intent
from notelint.finding import Place
from notelint.language.reading import Reading, Span, Statement
from notelint.language.stopwords import is_content

_MOST_WORDS, _MOST_GROUPS = 4, 3
#: Kinds of words that are told together with what they stand beside.
_WITH_OTHERS = frozenset({"dose", "load", "value", "duration"})
_AIMS = ("to ", "for ", "so ", "in order to ")
_TELLING_ROLES = frozenset({"treatment", "other", "education", "caregiver_report"})


def place_of(
    encounter: Encounter, service: Service, intent: Intent, topic: frozenset[str] = frozenset()
) -> Span | None:
    """The stretch a finding about a service stands on: its own words with their heading, else the
    one statement that comes close to the code (of those that hold an element of ``topic``, where
    there are any), else None (the charge or the note)."""
    reading = encounter.reading
    whole = len(service.body) > 1 and service.place is None
    if not intent.attributed or whole:
        return _closest(encounter, service, intent, topic)
    told = [s for s in service.body if tells(reading, s.start, s.end) or words_in(reading, s)]
    told = [s for s in told if not _signs(reading, s)]
    told = [s for s in told if not only_names(reading, s)] or told[-1:]
    code = service.code.value if service.code else ""
    evidence = intent.evidence(code)
    treating = [s for s in told if _treats(reading, s, evidence)] or [
        s for s in told if _treats(reading, s)
    ]
    head = service.place
    own = next((s for s in treating if not aims(reading, s)), None)
    worded = head is not None and any(c.isalpha() for c in reading.text[head.start : head.end])
    if not treating and worded and all(_told_apart(reading, s) for s in told):
        return head  # "Manual x10" over the motion found, or over how the session went
    own = own or next(iter(treating or told), None)
    span = _trimmed(reading, own) if own else None
    if span is None or head is None:
        return span or head
    span = Span(span.start, _goes_on(reading, span, treating))
    return Span(head.start, span.end) if _same_line(reading, head, span) else span


def _signs(reading: Reading, span: Span) -> bool:
    statement = reading.statement_at(span.start)
    return statement is not None and statement.role in ("signature", "header")


#: What tells nothing of a service though it stands below its name.
_APART = frozenset(
    {"measure", "response", "assessment", "plan", "subjective", "signature", "header", "caregiver_report"}
)  # fmt: skip


def _told_apart(reading: Reading, span: Span) -> bool:
    statement = reading.statement_at(span.start)
    return statement is not None and statement.role in _APART


def only_names(reading: Reading, span: Span) -> bool:
    """Returns whether a stretch holds the name of a service and nothing else ("THERAPEUTIC ACTIVITIES")."""
    low = max(0, span.start - _LONGEST_NAME)
    labels = [m for m in reading.mentions_in(low, span.end, "service_label") if m.end > span.start]
    named = sum(words_in(reading, Span(max(m.start, span.start), m.end)) for m in labels)
    return bool(labels) and words_in(reading, span) <= named


#: A service's name is at most so long.
_LONGEST_NAME = 40


def _goes_on(reading: Reading, first: Span, treating: Sequence[Span]) -> int:
    """Where the words of a service end that go on in the same line or paragraph as its first ones."""
    end = first.end
    for span in treating:
        if span.start >= end and "\n" not in reading.text[end : span.start]:
            end = span.end
    return end


def _same_line(reading: Reading, heading: Span, words: Span) -> bool:
    return heading.end <= words.start and "\n" not in reading.text[heading.end : words.start]


def aims(reading: Reading, span: Span) -> bool:
    """Returns whether a statement only says what the next ones are for ("To get up the bleachers. …")."""
    return reading.lower[span.start : span.end].lstrip(" -*•(:,").startswith(_AIMS)


def _treats(reading: Reading, span: Span, evidence: Evidence | None = None) -> bool:
    statement = reading.statement_at(span.start)
    if statement is None or statement.role not in ("treatment", "education", "pointer"):
        return False
    if evidence is None or words_in(reading, span) > 1:
        return True
    return any(span.start <= c.place.start < span.end for c in evidence.cues)


def _closest(
    encounter: Encounter, service: Service, intent: Intent, topic: frozenset[str]
) -> Span | None:
    """The statement that speaks of the code, if there is one that does so clearly."""
    code = service.code.value if service.code else ""
    evidence = intent.evidence(code)
    reading = encounter.reading
    on_topic = {c.statement for c in evidence.cues if c.element in topic and c.element}
    scored = sorted(
        (
            (_topic(reading, statement, code, evidence), statement.span)
            for statement in reading.statements
            if (not on_topic or statement.index in on_topic)
            and statement.role not in ("signature", "header", "time")
            and not _only_bills(reading, statement.span)
            and not (
                statement.line == 0 and _TITLE.search(reading.lower, statement.start, statement.end)
            )
            and any(s.start < statement.end and statement.start < s.end for s in intent.spans)
        ),
        key=lambda pair: -pair[0],
    )
    if not scored or not scored[0][0]:
        return None
    clear = len(scored) == 1 or scored[0][0] >= 2 * scored[1][0]
    return scored[0][1] if clear else None


def _only_bills(reading: Reading, span: Span) -> bool:
    """Whether a line names services one after another, and nothing more ("55 min   TE 2  Gait 1  TA 1")."""
    names = sum(1 for _ in reading.mentions_in(span.start, span.end, "service_label"))
    return names > 1 and only_names(reading, span)


#: The title of a note names no service of the day.
_TITLE = re.compile(r"\b(?:note|evaluation|report|summary|record|encounter|visit)\b")


def _topic(reading: Reading, statement: Statement, code: str, evidence: Evidence) -> float:
    if not reading.answer(_in_words, statement):
        return 0.0
    label = any(
        m.has_tag(code)
        for m in reading.mentions_in(statement.start, statement.end, "service_label")
    )
    told = evidence.positive + evidence.beside  # what speaks against the code is another topic
    cues = sum(0.25 + c.weight for c in told if c.statement == statement.index)
    return 4.0 * label + cues


def places_seen(evidence: Evidence) -> tuple[Place, ...]:
    """Places of the words seen, for a finding that stands on no words of its own."""
    cues = [c for c in evidence.cues if c.weight]
    return tuple(
        Place("evidence", "text", c.place.start, c.place.end, label=c.says) for c in cues[:3]
    )


def named(encounter: Encounter, service: Service) -> bool:
    """Whether the service is named in words: by its label, or by its code above or beside words.
    A row of a billing grid is no narrative."""
    reading, code = encounter.reading, service.code.value if service.code else ""
    for mention in reading.mentions_in(0, len(reading.text), "service_label"):
        if mention.has_tag(code):
            statement = reading.statement_at(mention.start)
            if statement is not None and reading.answer(_in_words, statement):
                return True
    heading = reading.statement_at(service.place.start) if service.place else None
    if heading is None or not reading.answer(_in_words, heading):
        return False
    return words_in(reading, heading.span) > 1


def _in_words(reading: Reading, statement: Statement) -> bool:
    if statement.role in ("billing", "plan", "goal", "history"):
        return False
    labels = [
        Span(m.start, m.end)
        for m in reading.mentions_in(statement.start, statement.end, "service_label")
    ]
    named = sum(words_in(reading, label) for label in labels)
    if words_in(reading, statement.span) > named:
        return True
    codes = sum(1 for _ in reading.quantities_in(statement.start, statement.end, "code"))
    return codes < 2 and "|" not in reading.text[statement.start : statement.end]


def seen_in(reading: Reading, evidence: Evidence) -> str:
    """The words seen, by what they describe: ``SLR, bridges, 3x10 (strengthening)``."""
    groups: dict[str, list[str]] = {}
    tail: list[str] = []
    for cue in _in_order(evidence):
        words = " ".join(reading.slice(cue.place).split())
        if cue.says in _WITH_OTHERS:
            tail.append(words)
        else:
            groups.setdefault(cue.says, []).append(words)
    if not groups:
        return ", ".join(list(dict.fromkeys(tail))[:_MOST_WORDS])
    first = next(iter(groups))
    told: list[str] = []
    for says, held in list(groups.items())[:_MOST_GROUPS]:
        shown = _distinct(held)[:_MOST_WORDS] + (_distinct(tail)[:2] if says == first else [])
        told.append(f"{', '.join(shown)} ({says})")
    return "; ".join(told)


def _in_order(evidence: Evidence) -> Iterator[Cue]:
    """Cues against first, then for, then beside; of words told twice the first reading stays."""
    starts: list[int] = []
    ends: list[int] = []  # of the places taken, which are disjoint
    for cue in (*evidence.negative, *evidence.positive, *evidence.beside):
        at = bisect_right(starts, cue.place.start)
        if (at and ends[at - 1] > cue.place.start) or (
            at < len(starts) and starts[at] < cue.place.end
        ):
            continue
        starts.insert(at, cue.place.start)
        ends.insert(at, cue.place.end)
        yield cue


def _distinct(words: Iterable[str]) -> list[str]:
    return list({w.lower(): w for w in words}.values())


def unexplained(encounter: Encounter, intent: Intent, code: str, most: int) -> bool:
    """Whether a statement holds more unknown words than ``most`` and nothing that explains it.

    Uncertainty silences (DESIGN §1.4): what no list knows may be the very thing that is missing.
    """
    evidence = intent.evidence(code)
    most += min(4, int(sum(c.weight for c in evidence.negative)))
    explained = {c.statement for c in evidence.negative}
    touched = {c.statement for c in evidence.beside}
    reading = encounter.reading
    for span in intent.spans:
        statement = reading.statement_at(span.start)
        if (
            statement is None
            or statement.index in explained
            or statement.role not in _TELLING_ROLES
        ):
            continue
        if any(m.is_a("generic_head") for m in reading.mentions_in(span.start, span.end)):
            continue
        if unknown_words(reading, span) > most + 2 * (statement.index in touched):
            return True
    return False


def unknown_words(reading: Reading, span: Span) -> int:
    """The number of content words of a span that no list and no quantity covers."""
    return reading.once(_unknown_words, span.start, span.end)


def _unknown_words(reading: Reading, start: int, end: int) -> int:
    covered = [(m.start, m.end) for m in reading.mentions_in(start, end)]
    covered += [(q.start, q.end) for q in reading.quantities_in(start, end)]
    return sum(
        1
        for word in reading.words_in(start, end)
        if is_content(reading.lower[word.start : word.end])
        and not any(a <= word.start < b for a, b in covered)
    )


def _trimmed(reading: Reading, span: Span) -> Span | None:
    """The span without the punctuation and the times around its words."""
    text = reading.text
    start, end = span.start, span.end
    for quantity in reading.quantities_in(span.start, span.end, "minutes", "units"):
        if not text[start : quantity.start].strip(" \t\n:;,.-–—()|x×@="):
            start = quantity.end
    while start < end and text[start] in " \t\r\n:;,.-–—()|":
        start += 1
    while end > start and text[end - 1] in " \t\r\n:;,.-–—(|":
        end -= 1
    return Span(start, end) if start < end else None


def phrases(names: Sequence[str], words: dict[str, str]) -> str:
    """Joins the phrases of elements for a message: ``a task, a place or object, help``."""
    return ", ".join(words.get(name, name) for name in names)
