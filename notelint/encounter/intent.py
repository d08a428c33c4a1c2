"""Scores the words of a service against the intent of codes (catalogue §4, §4.1).

The words are those attributed to the service; where nothing is, all that was done that day. Words
that belong to another day, to home, to a plan, or that are denied show nothing. A score says which
words were seen for and against a code; it decides nothing by itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from notelint.encounter.capacities import capacity_aims
from notelint.encounter.cuebook import CueBook, CueEntry, Stance
from notelint.encounter.encounter import Encounter, Service
from notelint.encounter.generic import generic_phrases
from notelint.encounter.headings import tells, words_in
from notelint.encounter.purposes import purposes_in
from notelint.encounter.totals import adds_minutes
from notelint.language.loose import loose
from notelint.language.reading import (
    ContextMark,
    Mention,
    Quantity,
    Reading,
    Sense,
    Span,
    Statement,
)

#: Roles of statements that may say what was done.
NARRATIVE = frozenset({
    "treatment", "other", "measure", "response", "education", "caregiver_report", "pointer",
})  # fmt: skip
NOT_TODAY = frozenset({
    "planned", "historical", "home", "hypothetical", "goal", "report", "negated",
})  # fmt: skip
_OPEN = frozenset({"body", "treatment", "objective"})
_NEAR = 14
#: What a cue aims at; safety, attention and cheer are no part of a movement.
_TARGET = re.compile(
    r"\W{0,3}(?:x ?\d+ ?)?(?:(?:needed|given|provided|required|only) )?(?:to|for|on|re|of|:)? ?"
    r"(?:not |avoid |keep |maintain |improve |increase |correct |proper |inc |decrease |dec |the |l |r |both |b )*+"
    r"(?!safety|encourag|participat|attention|attend|task|redirect|stay|continue|initiat|rest|breath|and\b|with\b|w/|min\b|x\b|pt\b|as\b|prn|for\b|to\b|given|provided|needed|\d)[a-z]{3,}"
)
_UNITS_OF = re.compile(r"\b\d{5}\s?$")
_DENIED = re.compile(
    r"(?:\bno|\bwithout(?: an?)?|\bw/o(?: an?)?|\bdenies|\b0|\(-\)) ?(?:loss(?:es)? of )?\Z"
)


class Cue(NamedTuple):
    """Words that say something about a code: what, how strongly, and where."""

    stance: Stance
    element: str
    says: str
    term: str
    weight: float
    place: Span
    statement: int
    ask: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The cues of one code: for it, beside it (they show nothing alone), and against it."""

    positive: tuple[Cue, ...] = ()
    beside: tuple[Cue, ...] = ()
    negative: tuple[Cue, ...] = ()

    @property
    def score(self) -> float:
        """Positive minus negative weight; a term counts once."""
        return _weight(self.positive) - _weight(self.negative)

    @property
    def cues(self) -> tuple[Cue, ...]:
        return self.positive + self.beside + self.negative


@dataclass(frozen=True, slots=True)
class Intent:
    """What the words of a service show: its spans, whether they are its own, cues by code."""

    spans: tuple[Span, ...]
    attributed: bool
    by_code: Mapping[str, Evidence]

    def evidence(self, code: str) -> Evidence:
        return self.by_code.get(code, _NOTHING)

    def elements(self, code: str, book: CueBook) -> frozenset[str]:
        """The elements of a code that the words hold, also those that others make together."""
        return frozenset(e for held in self.by_statement(code, book).values() for e in held)

    def by_statement(self, code: str, book: CueBook) -> Mapping[int, frozenset[str]]:
        """The elements of a code that each statement holds."""
        evidence = self.evidence(code)
        held: dict[int, set[str]] = {}
        for cue in evidence.positive + evidence.beside:
            held.setdefault(cue.statement, set()).add(cue.element)
        joins = book.joined.get(code, ())
        for elements in held.values():
            elements.update({made for made, parts in joins if parts <= elements})
        return {index: frozenset(elements) for index, elements in held.items()}

    def other(self, code: str, book: CueBook) -> str | None:
        """The code that the words fit better by the book's lead, of those that may be asked about."""
        own = self.evidence(code).score
        best = max(
            book.questions.get(code, frozenset()) & self.by_code.keys(),
            key=lambda c: (self.evidence(c).score, c),
            default=None,
        )
        if best is None or self.evidence(best).score - own < book.lead:
            return None
        return best


_NOTHING = Evidence()


def intent_of(encounter: Encounter, service: Service, book: CueBook) -> Intent:
    """Scores the words of a service for every code of the book; once an encounter."""
    key = ("intent", service.index)
    known: Intent | None = encounter.memo.get(key)
    if known is None:
        spans, attributed = words_of(encounter, service)
        known = encounter.memo[key] = Intent(spans, attributed, _cues(encounter, spans, book))
    return known


def _cues(encounter: Encounter, spans: tuple[Span, ...], book: CueBook) -> Mapping[str, Evidence]:
    """The cues of spans, found once: services without words of their own share those of the note."""
    key = ("cues", spans)
    known: Mapping[str, Evidence] | None = encounter.memo.get(key)
    if known is None:
        known = encounter.memo[key] = cues_in(encounter, spans, book)
    return known


def words_of(encounter: Encounter, service: Service) -> tuple[tuple[Span, ...], bool]:
    """The spans of a service's words, and whether they are its own.

    A body that holds only times and units is no narrative; then all that was done is read, and
    what another service holds may still satisfy this one.
    """
    reading = encounter.reading
    own = tuple(s for s in service.body if not _bills(reading, s))
    if any(tells(reading, s.start, s.end) or words_in(reading, s) >= 2 for s in own):
        return own, True
    if service.label is not None and _others_tell(encounter, service):
        return own, True  # its name is all that stands in its box
    return tuple(s.span for s in reading.statements if _narrates(reading, s)), False


def _others_tell(encounter: Encounter, service: Service) -> bool:
    """Whether other codes of the note have words of their own, on lines of their own."""
    reading = encounter.reading
    if service.place is None or not _opens_line(reading, service.place.start):
        return False
    if _goes_below(reading, service.place.start):
        return False
    return any(
        other.index != service.index
        and other.place is not None
        and not _is_modality(other)
        and _opens_line(reading, other.place.start)
        and any(
            tells(reading, s.start, s.end) and _stands_by(reading, other.place, s)
            for s in other.body
        )
        for other in encounter.services
    )


def _is_modality(service: Service) -> bool:
    """Whether a code names a modality, whose name is all that there is to tell."""
    code = service.code.value if service.code else ""
    return code.startswith(("9701", "9702", "9703", "G0283"))


def _stands_by(reading: Reading, place: Span, told: Span) -> bool:
    """Whether words stand on the line of a code or right below: not under a name further down."""
    opener, below = reading.statement_at(place.start), reading.statement_at(told.start)
    return opener is not None and below is not None and below.index - opener.index <= _BELOW


def _goes_below(reading: Reading, at: int) -> bool:
    """Whether the line below a code is none of another code: it may tell what was done."""
    statement = reading.statement_at(at)
    below = reading.statements[statement.index + 1 : statement.index + 2] if statement else ()
    if not below or statement is None or below[0].section != statement.section:
        return False
    head = min(below[0].end, below[0].start + _HEAD)
    return not reading.has_quantity(below[0].start, head, "code") and not any(
        label.start - below[0].start < _MARKS
        for label in reading.mentions_in(below[0].start, head, "service_label")
        if not reading.ends_line(statement) or statement.bullet
    )


#: A code stands at most so far in the line that it heads.
_HEAD = 12
#: So many statements below a code its words may begin.
_BELOW = 2
_MARKS = 3


def _opens_line(reading: Reading, at: int) -> bool:
    before = reading.text[reading.text.rfind("\n", 0, at) + 1 : at]
    return not any(c.isalnum() for c in before)


_TOTAL = loose(
    r"\b(?:timed minutes?|timed \d{1,3}|total (?:treatment|tx|timed|time|visit|session)|minutes in all|units? billed)\b"
)


def _bills(reading: Reading, span: Span) -> bool:
    """Whether a span stands in a sentence that adds up codes, units and minutes."""
    statement = reading.statement_at(span.start)
    if statement is None:
        return False
    if adds_minutes(reading, span.start, span.end):
        return True
    codes = sum(1 for _ in reading.quantities_in(statement.start, statement.end, "code"))
    names = sum(1 for _ in reading.mentions_in(statement.start, statement.end, "service_label"))
    if codes > 1 and names > 1 and not tells(reading, statement.start, statement.end):
        return True
    return (codes > 1 or names > 1) and _TOTAL.search(
        reading.lower, statement.start, statement.end
    ) is not None


def _narrates(reading: Reading, statement: Statement) -> bool:
    """Whether a statement may say what was done; "Pt seen in gym, did …" stands under no S."""
    if statement.role in NARRATIVE:
        return True
    return statement.role == "subjective" and reading.section_of(statement).kind in _OPEN


def cues_in(
    encounter: Encounter,
    spans: Sequence[Span],
    book: CueBook,
    skip: frozenset[str] = NOT_TODAY,
    *,
    generic: bool = False,
) -> Mapping[str, Evidence]:
    """Collects the cues of every code within the spans, but for words in a context of ``skip``.

    Names of a kind of activity ("balance activities") speak for a code only where ``generic``.
    """
    reading = encounter.reading
    words: list[_Words] = []
    others: list[_Sighting] = []
    goals = book.entries.get(("goal_ref", ""), ())
    for span in spans:
        statement = reading.statement_at(span.start)
        index = statement.index if statement else -1
        empty = () if generic else _empty(reading, statement)
        at = span.start
        seen = _seen(reading, span, statement, book, skip)
        words += [
            _Words(
                word.by_code, word.term, word.start + at, word.end + at, index,
                word.empty or (bool(empty) and _stands_in(word.start + at, empty)), word.aimed,
                word.sought,
            )
            for word in seen.words
        ]  # fmt: skip
        others += [(e, term, a + at, b + at, index) for e, term, a, b, _ in seen.others]
        for ref in encounter.goal_refs:
            if ref.place and span.start <= ref.place.start < span.end:
                others += [(e, ref.value, ref.place.start, ref.place.end, index) for e in goals]
    return _Shown(words, others, book)


def _seen(
    reading: Reading,
    span: Span,
    statement: Statement | None,
    book: CueBook,
    skip: frozenset[str],
) -> _Seen:
    """What a span shows of any code by its own words, by offsets in the span; worked out once."""
    if statement is None or span.end > statement.end:
        return _look(reading, span, book, skip)
    known = reading.known[statement.index]
    key = ("cues", span.start - statement.start, span.end - statement.start, skip)
    seen: _Seen | None = known.get(key)
    if seen is None:
        seen = known[key] = _look(reading, span, book, skip)
    return seen


def _look(reading: Reading, span: Span, book: CueBook, skip: frozenset[str]) -> _Seen:
    words: list[_Words] = []
    others: list[_Sighting] = []
    targets = book.entries.get(("cue_target", ""), ())
    marks = [m for m in reading.marks_over(span.start, span.end) if m.kind in skip]
    aims, at = capacity_aims(reading, span), span.start
    for mention in _mentions(reading, span, marks):
        start, end = mention.start - at, mention.end - at
        cues = mention.is_a("cue") or reading.lower.startswith("cue", mention.start)
        if cues and _NONE.match(reading.lower, mention.end):
            continue  # "Cues: [x] none"
        for sense in mention.senses:
            by_code = book.by_sense.get(sense)
            if by_code is not None:
                aimed = _stands_in(mention.start, aims)
                sought = sense.lexicon in _CAPACITIES and _SOUGHT.search(
                    reading.lower, max(span.start, mention.start - _BEFORE), mention.start
                )
                only_names = _only_names(mention, sense)
                words.append(
                    _Words(by_code, sense.term, start, end, -1, only_names, aimed, bool(sought))
                )
        if targets and mention.is_a("cue") and _TARGET.match(reading.lower, mention.end, span.end):
            others += [(e, "cue", start, end, -1) for e in targets]
    for quantity in reading.quantities_in(span.start, span.end):
        entries = book.entries.get(("quantity", quantity.kind))
        if entries is None or quantity.look_alike in ("home", "history"):
            continue
        if quantity.kind == "number" and _within_name(reading, quantity):
            continue  # "hip 3 way"
        if _UNITS_OF.search(reading.lower, reading.back(quantity.start, 8), quantity.start):
            continue  # "97110 x1" counts units
        if quantity.kind == "score" and _DATED.search(
            reading.lower, reading.back(quantity.start, 8), quantity.start
        ):
            continue  # "by 11/28" is a day
        others += [
            (e, quantity.kind, quantity.start - at, quantity.end - at, -1)
            for e in entries
            if not e.near or _near(reading, quantity, e)
        ]
    return _Seen(tuple(words), tuple(others))


#: Behind the word for cues: that there were none.
_NONE = loose(r" ?[:=]? ?(?:\[x\] ?|\(x\) ?)?(?:none|n/?a|not (?:needed|required|given))\b")
_DATED = loose(r"\b(?:by|on|since|due|until|till|thru) $")


def _stands_in(start: int, places: Sequence[Span]) -> bool:
    return any(place.start <= start < place.end for place in places)


def _empty(reading: Reading, statement: Statement | None) -> Sequence[Span]:
    """The phrases that name only a kind of activity ("dynamic balance activities"): they show nothing."""
    if statement is None:
        return ()
    return [phrase.span for phrase in generic_phrases(reading, statement)]


#: The code of tasks; "to increase LE strength for stair negotiation" names none that was done.
_TASKS = "97530"


#: The code of control: "for balance: LAQ 3x10, leg press" says what strength is for.
_CONTROL = "97112"
_CAPACITIES = ("impairment", "neuro_deficit")
_SOUGHT = re.compile(
    r"\b(?:for|to (?:improve|increase|promote|challenge|address|enhance|maximi[sz]e))(?: (?:improved|better|increased|more|dynamic|static|standing|seated|overall|her|his|le|ue|and|(?:balance|strength|coordination|posture|control|proprioception|stability|endurance),?|neuromuscular|motor|postural|core|trunk|/|&))*\s$"
)
#: The words that make a capacity an aim stand at most so far before it.
_BEFORE = 44


#: What was worked on shows in the name of a cognitive activity ("spent on attention") as well.
_DOMAIN = "domain"


#: An entry with the term, place and statement of what it speaks of.
_Sighting = tuple[CueEntry, str, int, int, int]


class _Words(NamedTuple):
    """What a sense of words in a statement says of codes; ``empty`` where it only names a kind of
    activity or a service, ``aimed`` within the purpose of a capacity, ``sought`` where a capacity is only
    what the work is for."""

    by_code: Mapping[str, tuple[CueEntry, ...]]
    term: str
    start: int
    end: int
    statement: int
    empty: bool
    aimed: bool
    sought: bool


_WAYS = re.compile(r"[\s-]?(?:ways?|planes?)\b")


def _within_name(reading: Reading, quantity: Quantity) -> bool:
    """Whether a number is part of the name of an exercise ("hip 3 way", "tband 4 way")."""
    if _WAYS.match(reading.lower, quantity.end):
        return True
    return any(
        m.start < quantity.start and quantity.end < m.end
        for m in reading.mentions_in(reading.back(quantity.start, 16), quantity.start, "exercise")
    )


class _Seen(NamedTuple):
    """What a span shows by its own words."""

    words: tuple[_Words, ...]
    others: tuple[_Sighting, ...]


class _Shown(Mapping[str, Evidence]):
    """The evidence by code; looked up when a code is asked for, as a rule asks for one or two."""

    __slots__ = ("_book", "_others", "_weighed", "_words")

    def __init__(self, words: Sequence[_Words], others: Sequence[_Sighting], book: CueBook) -> None:
        self._words = words
        self._others = others
        self._book = book
        self._weighed: dict[str, Evidence | None] = {}

    def __getitem__(self, code: str) -> Evidence:
        found = self._of(code)
        if found is None:
            raise KeyError(code)
        return found

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and self._of(code) is not None

    def __iter__(self) -> Iterator[str]:
        return (code for code in sorted(self._book.codes) if self._of(code) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _of(self, code: str) -> Evidence | None:
        if code not in self._weighed:
            cues = [_cue(seen) for seen in self._sighted(code)]
            self._weighed[code] = _evidence(cues) if cues else None
        return self._weighed[code]

    def _opposed(self, code: str) -> bool:
        """Whether any words speak against a code."""
        return any(
            entry.stance == "against"
            for words in self._words
            for entry in words.by_code.get(code, ())
        )

    def _sighted(self, code: str) -> Iterator[_Sighting]:
        for words in self._words:
            entries = words.by_code.get(code)
            if entries is None or (words.aimed and code == _TASKS):
                continue
            if words.sought and code == _CONTROL and self._opposed(code):
                continue
            for entry in entries:
                if not (words.empty and entry.stance == "for") or entry.element == _DOMAIN:
                    yield entry, words.term, words.start, words.end, words.statement
        yield from (seen for seen in self._others if seen[0].code == code)


def _cue(seen: _Sighting) -> Cue:
    entry, term, start, end, statement = seen
    return Cue(
        entry.stance, entry.element, entry.says, term, entry.weight, Span(start, end), statement,
        entry.ask,
    )  # fmt: skip


def functional_purpose(encounter: Encounter, spans: Iterable[Span]) -> bool:
    """Whether the words, or the session as a whole, name a function as their purpose."""
    if encounter.session_purpose is not None:
        return True
    return any(
        purpose.kind == "functional"
        for span in spans
        for purpose in purposes_in(encounter.reading, span.start, span.end)
    )


def _mentions(reading: Reading, span: Span, marks: Sequence[ContextMark]) -> Iterator[Mention]:
    for mention in reading.mentions_in(span.start, span.end):
        if marks and _ruled(mention.start, marks):
            continue
        if mention.is_a("neuro_deficit", "impairment") and _DENIED.search(
            reading.lower[max(0, mention.start - 24) : mention.start]
        ):
            continue
        if not _names_exercise(reading, mention):
            yield mention
    for mention in reading.cues_in(span.start, span.end):
        if (not marks or not _ruled(mention.start, marks)) and not _names_exercise(
            reading, mention
        ):
            yield mention


#: The name of an exercise begins at most so far before a word in it.
_NAME = 20


def _names_exercise(reading: Reading, mention: Mention) -> bool:
    """Whether a word of hands-on technique is part of an exercise's name ("tendon glides")."""
    if not mention.is_a("technique", "cues_97140"):
        return False
    length = mention.end - mention.start
    return any(
        m.start <= mention.start and m.end >= mention.end and m.end - m.start > length
        for m in reading.mentions_in(max(0, mention.start - _NAME), mention.end, "exercise")
    )


def _ruled(offset: int, marks: Sequence[ContextMark]) -> bool:
    return any(m.start <= offset < m.end and not m.cue_start <= offset < m.cue_end for m in marks)


def _only_names(mention: Mention, sense: Sense) -> bool:
    """Whether a sense is but part of the name of a service, which shows nothing of its content."""
    if sense.lexicon not in ("impairment", "task"):
        return False
    label = mention.sense("service_label")
    return label is not None and any(tag.isdigit() for tag in label.tags)


def _near(reading: Reading, quantity: Quantity, entry: CueEntry) -> bool:
    """Whether a quantity stands right behind a mention of the entry's ``near`` lexicons."""
    for mention in reading.mentions_in(reading.back(quantity.start, 40), quantity.start):
        gap = reading.text[mention.end : quantity.start]
        if len(gap) > _NEAR or "," in gap or ";" in gap:
            continue
        if any((s.lexicon, t) in entry.near for s in mention.senses for t in s.tags):
            return True
    return False


def _evidence(cues: Sequence[Cue]) -> Evidence:
    """Parts the cues. Words that speak for a code are not against it, and of words within words
    the longer ones count ("squat to lift" is a task, "lat pull" an exercise)."""
    speaking = {c.place for c in cues if c.stance == "for" and c.weight}
    opposing = {c.place for c in cues if c.stance == "against"}
    opposed, spoken_for = _covered_by(opposing), _covered_by(speaking)
    return Evidence(
        tuple(c for c in cues if c.stance == "for" and not opposed(c.place)),
        tuple(c for c in cues if c.stance == "beside"),
        tuple(
            c
            for c in cues
            if c.stance == "against" and c.place not in speaking and not spoken_for(c.place)
        ),
    )


def _covered_by(others: Iterable[Span]) -> Callable[[Span], bool]:
    """Returns the test of a place for being within a longer one of ``others``."""
    ordered = sorted(others, key=lambda span: span.start)
    starts = [span.start for span in ordered]
    reach = list(accumulate((span.end for span in ordered), max))

    def covered(place: Span) -> bool:
        before, upto = bisect_left(starts, place.start), bisect_right(starts, place.start)
        return (before > 0 and reach[before - 1] >= place.end) or (
            upto > 0 and reach[upto - 1] > place.end
        )

    return covered


def _weight(cues: Iterable[Cue]) -> float:
    return sum({(c.says, c.term): c.weight for c in cues}.values())
