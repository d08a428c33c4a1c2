"""A reading: what stands where in a note, before anyone asks what it means.

Everything here is frozen, free of spaCy, and addressed in code points of the note's text, so that
a reading can be pickled, cached in memory and handed to rooms that know nothing of language.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, TypeVar

T = TypeVar("T")

Certainty = Literal["stated", "inferred", "ambiguous"]

#: Section kinds. ``body`` is text under no heading: it satisfies every section filter unless its
#: statement reads as plan, goal, history or report.
SECTION_KINDS = (
    "subjective", "objective", "treatment", "assessment", "plan", "goals", "billing", "flowsheet",
    "education", "hep", "precautions", "history", "measures", "header", "signature", "body",
)  # fmt: skip

#: What a statement is about; decided from its section, its first words and its verbs.
ROLES = (
    "treatment", "subjective", "response", "assessment", "plan", "goal", "history", "heading",
    "billing", "time", "signature", "education", "hep", "measure", "precaution", "header",
    "caregiver_report", "pointer", "other",
)  # fmt: skip

#: Marks that take words out of "done with this patient today".
CONTEXTS = (
    "negated", "historical", "home", "planned", "quoted", "family", "hypothetical", "goal",
)  # fmt: skip


class Span(NamedTuple):
    """A half-open stretch of the note, in code points.

    A named tuple, since reading a note makes a thousand of them.
    """

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


class Sense(NamedTuple):
    """One meaning of a mention: the lexicon it comes from, its canonical term, and its tags."""

    lexicon: str
    term: str
    tags: frozenset[str] = frozenset()


class Mention(NamedTuple):
    """A lexicon form found in the text with *all* its senses.

    A named tuple, since a note holds a hundred of them: it is made four times as fast as a frozen
    dataclass. ``lexicons`` and ``tags`` are those of its senses taken together.
    """

    start: int
    end: int
    senses: tuple[Sense, ...]
    lexicons: frozenset[str]
    tags: frozenset[str]
    certainty: Certainty = "stated"

    def sense(self, lexicon: str) -> Sense | None:
        """Returns the sense from a lexicon, or None."""
        for sense in self.senses:
            if sense.lexicon == lexicon:
                return sense
        return None

    def is_a(self, *lexicons: str) -> bool:
        return not self.lexicons.isdisjoint(lexicons)

    def has_tag(self, tag: str) -> bool:
        return tag in self.tags


QuantityKind = Literal[
    "minutes", "clock", "clock_range", "units", "code", "dose", "reps", "sets", "hold", "seconds",
    "distance", "height", "load", "score", "percent", "scale", "grade", "rom", "speed", "count",
    "frequency", "duration", "date", "vitals", "rpe", "level", "age", "people", "number",
]  # fmt: skip


class Quantity(NamedTuple):
    """A number with its unit. ``values`` are in the kind's unit (minutes, seconds, feet as
    written, HH*60+MM for clocks); ``unit`` is the unit as understood; ``look_alike`` names the
    frame that keeps a quantity of minutes from being treatment time ("tolerance", "test",
    "hold", "delay", "goal", "home", "frequency", ...)."""

    kind: QuantityKind
    start: int
    end: int
    values: tuple[float, ...] = ()
    unit: str = ""
    text: str = ""
    certainty: Certainty = "stated"
    look_alike: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its kind, the label as written, and the offsets of heading and body."""

    kind: str
    label: str
    start: int
    end: int
    body_start: int


@dataclass(frozen=True, slots=True)
class ContextMark:
    """A stretch that a context cue rules, from the cue to the end of its scope."""

    kind: str
    start: int
    end: int
    cue_start: int
    cue_end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, bullet or row.

    ``label_end`` is the end of a leading label (``TA (97530) 24 min -``); equal to ``start`` when
    there is none. ``clauses`` are the spans between commas, semicolons and conjunctions.
    ``parent`` is the index of the heading or list-opening statement above, or -1.
    """

    index: int
    start: int
    end: int
    section: int
    role: str = "other"
    bullet: bool = False
    label_end: int = 0
    clauses: tuple[Span, ...] = ()
    contexts: frozenset[str] = frozenset()
    parent: int = -1
    opens_list: bool = False
    line: int = 0

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class NoteKind:
    """What kind of note the text itself shows; used for what is there, never for completeness."""

    kind: str = "unknown"
    therapy: bool = True
    framed: bool = False
    evidence: tuple[str, ...] = ()


_NO_CONTEXT: frozenset[str] = frozenset()
_SHELVES = ("shelves",)
_UNREAD = ("unread",)


class _Shelf(NamedTuple):
    """The mentions of one lexicon in text order, and where they begin."""

    mentions: list[Mention]
    starts: list[int]


#: The longest statement, in code points. No sentence of a note comes near it (99 % have under 260);
#: it keeps the work on a text without line ends or full stops proportional to its length.
LONGEST_STATEMENT = 1000
#: Up to so many marks are looked through one by one.
_FEW_MARKS = 24


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """What stands in a stretch of text that is read by itself; offsets count from its start.

    ``cues`` are words that only show the intent of a code. ``holds`` remembers which patterns it
    holds a match of, ``kept`` what else was worked out from its words alone; neither changes an
    answer.
    """

    mentions: tuple[Mention, ...]
    cues: tuple[Mention, ...]
    quantities: tuple[Quantity, ...]
    word_starts: tuple[int, ...]
    word_ends: tuple[int, ...]
    holds: dict[int, bool] = field(default_factory=dict, repr=False)
    kept: dict[tuple[Any, ...], Any] = field(default_factory=dict, repr=False)

    def __reduce__(self) -> tuple[Any, ...]:
        found = (self.mentions, self.cues, self.quantities, self.word_starts, self.word_ends)
        return Passage, found  # what it remembers is known by patterns of this process


class Placed(NamedTuple):
    """A passage and where it stands in a note."""

    start: int
    end: int
    passage: Passage


@dataclass(frozen=True, slots=True)
class Reading:
    """A note's text with its sections, statements, mentions, quantities and contexts.

    ``cues`` are words that only show the intent of a code; they are no mentions, so that they
    count as unknown words everywhere else. ``memo`` keeps what several rooms ask of the same words, and
    ``known`` what was worked out of each statement's own words and place, also in an earlier version of
    the note; neither changes an answer.
    """

    text: str
    lower: str
    sections: tuple[Section, ...]
    statements: tuple[Statement, ...]
    mentions: tuple[Mention, ...]
    quantities: tuple[Quantity, ...]
    contexts: tuple[ContextMark, ...] = ()
    kind: NoteKind = field(default_factory=NoteKind)
    mention_starts: tuple[int, ...] = ()
    quantity_starts: tuple[int, ...] = ()
    statement_starts: tuple[int, ...] = ()
    word_starts: tuple[int, ...] = ()
    word_ends: tuple[int, ...] = ()
    cues: tuple[Mention, ...] = ()
    cue_starts: tuple[int, ...] = ()
    passages: tuple[Placed, ...] = field(default=(), compare=False, repr=False)
    passage_starts: tuple[int, ...] = field(default=(), compare=False, repr=False)
    known: tuple[dict[Any, Any], ...] = field(default=(), compare=False, repr=False)
    memo: dict[tuple[Any, ...], Any] = field(
        init=False, default_factory=dict, compare=False, repr=False
    )

    def ends_line(self, statement: Statement) -> bool:
        """Whether nothing but a full stop stands behind a statement on its line."""
        behind = self.text[statement.end : statement.end + 2].lstrip(". ")
        return behind[:1] in ("", "\n", "\r")

    def slice(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def where(self, question: Question) -> Iterator[Statement]:
        """Yields the statements of which a question of some module is true, in text order.

        The question may look at nothing but a statement's own passage and at its role, contexts,
        section kind and label: it is not asked again while these stay as they are.
        """
        for statement, known in zip(self.statements, self.known, strict=True):
            true = known.get(question)
            if true is None:
                true = known[question] = question(self, statement)
            if true:
                yield statement

    def once(self, work: Callable[[Reading, int, int], T], start: int, end: int) -> T:
        """Returns what some module makes of a stretch, worked out once for the words it holds.

        The work obeys the terms of ``where``, and what it gives holds no offsets.
        """
        statement = self.statement_at(start)
        if statement is None or end > statement.end:
            return work(self, start, end)
        known = self.known[statement.index]
        key = (work, start - statement.start, end - statement.start)
        if key in known:
            found: T = known[key]
        else:
            found = known[key] = work(self, start, end)
        return found

    def holding(self, lexicon: str) -> Iterator[Statement]:
        """Yields the statements in which mentions of a lexicon begin, in text order."""
        shelf = (self.memo.get(_SHELVES) or self._shelved()).get(lexicon)
        last = -1
        for start in shelf.starts if shelf is not None else ():
            at = bisect_right(self.statement_starts, start) - 1
            if at > last and start < self.statements[at].end:
                last = at
                yield self.statements[at]

    def answer(self, question: Question, statement: Statement) -> bool:
        """Whether a question of some module is true of a statement; the terms are those of ``where``."""
        known = self.known[statement.index]
        true = known.get(question)
        if true is None:
            true = known[question] = question(self, statement)
        return true

    def matches(
        self, pattern: re.Pattern[str], *, as_written: bool = False
    ) -> Iterator[re.Match[str]]:
        """Yields the matches of a pattern of some module in the lower-cased text, or in the text.

        The pattern is sought passage by passage, so it must not reach over the end of a sentence
        that ends a line; where it was sought in vain before, it is not sought again.
        """
        text, name = self.text if as_written else self.lower, id(pattern)
        unread, absent = self.memo.get(_UNREAD) or self._sorted_out()
        for start, end, passage in unread if name in absent else self.passages:
            if passage.holds.get(name, True):
                found = False
                for match in pattern.finditer(text, start, end):
                    found = True
                    yield match
                passage.holds[name] = found

    def _sorted_out(self) -> tuple[tuple[Placed, ...], frozenset[int]]:
        """The passages that were not read before, and the patterns that all others hold no match of."""
        unread = tuple([placed for placed in self.passages if not placed.passage.holds])
        absent = frozenset[int]()
        if len(unread) < len(self.passages):
            absent = frozenset.intersection(
                *[
                    frozenset([name for name, held in passage.holds.items() if not held])
                    for _, _, passage in self.passages
                    if passage.holds
                ]
            )
        self.memo[_UNREAD] = unread, absent
        return unread, absent

    def holds(self, pattern: re.Pattern[str]) -> bool:
        """Whether a pattern of some module matches anywhere in the lower-cased text."""
        return next(self.matches(pattern), None) is not None

    def search(self, pattern: re.Pattern[str], start: int, end: int) -> re.Match[str] | None:
        """Returns the first match of a pattern of some module in ``start:end`` of the lower-cased text.

        A passage without a match is remembered, so what matches must not depend on where the
        stretch ends.
        """
        placed = self.passage_of(start, end)
        if placed is not None:
            begin, stop, passage = placed
            name = id(pattern)
            holds = passage.holds.get(name)
            if holds is None:
                holds = passage.holds[name] = bool(pattern.search(self.lower, begin, stop))
            if not holds:
                return None
        return pattern.search(self.lower, start, end)

    def back(self, offset: int, reach: int) -> int:
        """Returns the offset ``reach`` characters before another, at least where its passage begins."""
        at = bisect_right(self.passage_starts, offset) - 1
        return max(0, offset - reach, self.passage_starts[at] if at >= 0 else 0)

    def passage_of(self, start: int, end: int) -> Placed | None:
        """Returns the passage that holds a stretch whole, or None."""
        at = bisect_right(self.passage_starts, start) - 1
        if at < 0 or end > self.passages[at].end:
            return None
        return self.passages[at]

    def mentions_in(self, start: int, end: int, *lexicons: str) -> Iterator[Mention]:
        """Yields the mentions that begin in ``start:end``, of the given lexicons or of any."""
        if not lexicons:
            low = bisect_left(self.mention_starts, start)
            return iter(self.mentions[low : bisect_left(self.mention_starts, end, low)])
        shelves: Mapping[str, _Shelf] = self.memo.get(_SHELVES) or self._shelved()
        if len(lexicons) == 1:
            shelf = shelves.get(lexicons[0])
            if shelf is None:
                return iter(())
            low = bisect_left(shelf.starts, start)
            return iter(shelf.mentions[low : bisect_left(shelf.starts, end, low)])
        if shelves.keys().isdisjoint(lexicons):
            return iter(())
        low = bisect_left(self.mention_starts, start)
        high = bisect_left(self.mention_starts, end, low)
        return iter([m for m in self.mentions[low:high] if not m.lexicons.isdisjoint(lexicons)])

    def has_mention(self, start: int, end: int, *lexicons: str) -> bool:
        """Whether a mention begins in ``start:end``, of the given lexicons or of any."""
        if not lexicons:
            low = bisect_left(self.mention_starts, start)
            return low < len(self.mention_starts) and self.mention_starts[low] < end
        shelves: Mapping[str, _Shelf] = self.memo.get(_SHELVES) or self._shelved()
        for lexicon in lexicons:
            shelf = shelves.get(lexicon)
            if shelf is not None:
                low = bisect_left(shelf.starts, start)
                if low < len(shelf.starts) and shelf.starts[low] < end:
                    return True
        return False

    def _shelved(self) -> Mapping[str, _Shelf]:
        """The mentions by lexicon: most rules look for one or two, which most notes do not hold."""
        shelves: dict[str, _Shelf] = {}
        for mention in self.mentions:
            for lexicon in mention.lexicons:
                shelf = shelves.get(lexicon)
                if shelf is None:
                    shelf = shelves[lexicon] = _Shelf([], [])
                shelf.mentions.append(mention)
                shelf.starts.append(mention.start)
        self.memo[_SHELVES] = shelves
        return shelves

    def cues_in(self, start: int, end: int) -> Iterator[Mention]:
        """Yields the words that only show a code's intent and begin in ``start:end``."""
        low = bisect_left(self.cue_starts, start)
        high = bisect_left(self.cue_starts, end)
        return iter(self.cues[low:high])

    def quantities_in(self, start: int, end: int, *kinds: str) -> Iterator[Quantity]:
        """Yields the quantities that begin in ``start:end``, of the given kinds or of any."""
        low = bisect_left(self.quantity_starts, start)
        high = bisect_left(self.quantity_starts, end, low)
        if low == high:
            return iter(())
        if not kinds:
            return iter(self.quantities[low:high])
        return iter([q for q in self.quantities[low:high] if q.kind in kinds])

    def has_quantity(self, start: int, end: int, *kinds: str) -> bool:
        """Whether a quantity begins in ``start:end``, of the given kinds or of any."""
        quantities = self.quantities
        for at in range(bisect_left(self.quantity_starts, start), len(quantities)):
            if quantities[at].start >= end:
                return False
            if not kinds or quantities[at].kind in kinds:
                return True
        return False

    def quantity_at(self, offset: int) -> Quantity | None:
        """Returns the quantity that holds an offset, or None."""
        at = bisect_right(self.quantity_starts, offset) - 1
        if at < 0 or offset >= self.quantities[at].end:
            return None
        return self.quantities[at]

    def words_in(self, start: int, end: int) -> Iterator[Span]:
        """Yields the word spans that begin in ``start:end``."""
        low = bisect_left(self.word_starts, start)
        high = bisect_left(self.word_starts, end)
        return map(Span, self.word_starts[low:high], self.word_ends[low:high])

    def statement_at(self, offset: int) -> Statement | None:
        """Returns the statement that holds an offset, or None."""
        at = bisect_right(self.statement_starts, offset) - 1
        if at < 0:
            return None
        statement = self.statements[at]
        return statement if offset < statement.end else None

    def section_of(self, statement: Statement) -> Section:
        return self.sections[statement.section]

    def section_at(self, offset: int) -> Section:
        """Returns the section that holds an offset (the last one that begins at or before it)."""
        found = self.sections[0]
        for section in self.sections:
            if section.start > offset:
                break
            found = section
        return found

    def context_at(self, offset: int) -> frozenset[str]:
        """Returns the context kinds that rule an offset."""
        if not self.contexts:
            return _NO_CONTEXT
        found = [
            mark.kind
            for mark in self.marks_over(offset, offset + 1)
            if not mark.cue_start <= offset < mark.cue_end
        ]
        return frozenset(found) if found else _NO_CONTEXT

    def marks_over(self, start: int, end: int) -> Sequence[ContextMark]:
        """Returns the context marks that overlap ``start:end``; none is longer than a statement."""
        marks = self.contexts
        if len(marks) > _FEW_MARKS:
            low = bisect_left(marks, start - LONGEST_STATEMENT, key=_mark_start)
            marks = marks[low : bisect_left(marks, end, key=_mark_start)]
        return [mark for mark in marks if mark.start < end and start < mark.end]


def _mark_start(mark: ContextMark) -> int:
    return mark.start


#: What a module asks of one statement; a function of a module, as it is remembered by itself.
Question = Callable[[Reading, Statement], bool]
