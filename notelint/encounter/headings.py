"""Finds what heads a service in a statement: a code, the name of a service, or both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from notelint.encounter.codes import codes_in
from notelint.encounter.encounter import Value
from notelint.language.boxes import BOX
from notelint.language.quantities import SPELLED
from notelint.language.reading import Mention, Quantity, Reading, Span, Statement
from notelint.language.stopwords import is_content

#: Lexicons whose words say what was done.
_TELLING = frozenset({
    "exercise", "task", "technique", "modality", "speech_task", "object", "adl_equipment",
    "surface", "gait_deviation", "teaching", "measure", "neuro_deficit", "device",
})  # fmt: skip
#: General heads that stand in totals: "total treatment time".
_TIME_HEADS = frozenset({"treatment", "therapy", "session", "program", "intervention"})
_CODE = re.compile(r"\d{5}|[gG]\d{4}")
_BEFORE_LABEL = (
    ";", ",", "/", "|", "+", "and", "(", "-", "–", ":", ".", "=",
    "min", "mins", "minutes", "in", "with", "of", "x",
)  # fmt: skip
#: Verbs that lead to the name of a service within a sentence ("seen for ther act with pulleys").
_LED_BY = re.compile(
    r"\b(?:seen for|did|performed|completed|participated in|engaged in|worked on|received|given|provided|followed by|then|treated with|instructed in|tx(?: today)? (?:of|w/|with))(?: skilled| some)?$"
)
#: "For 12 minutes of self care training she did …": the time spent opens the sentence.
_SPENT_ON = re.compile(
    r"^(?:then |and |also )*(?:for )?\d{1,3} ?(?:minutes?|mins?|min)\.? (?:of|on)(?: skilled)?$"
)
#: Minutes before a name ("20' TE - …").
_MINUTES = re.compile(r"\d\s?['’′]$")
_GOES_ON = re.compile(
    r"\s?(?:w/|with\b|for\b|to\b|x\s?\d|consisting|including|incl\b|via\b|using\b|[,.;]|$)"
)
_WITHIN = (" in", " with", " of", " and", " for", " during")
#: What may stand between the name of a service and its code: "gait training, code 97116".
_BETWEEN = re.compile(r"[\s,(\[:–—-]*(?:cpt\s*)?(?:code\s*)?[#:\s]*")
#: The minutes in a column between the name of a service and its code.
_COLUMN = re.compile(r"[ \t]{2,}\d{1,3}(?:[ \t]?min)?[ \t]{2,}")
#: "Gait speed  0.31 m/s" is measured.
_MEASURED = re.compile(r"\s(?:speed|velocity|belt|distance|deviations?|index)\b")
_MOST_BEFORE, _MOST_AFTER = 12, 14


@dataclass(frozen=True, slots=True)
class Heading:
    """A code, a name or both that head a service: where, and with which modifiers."""

    start: int
    end: int
    code: Value[str] | None
    label: Value[str] | None
    modifiers: tuple[str, ...] = ()

    def moved(self, by: int) -> Heading:
        """Returns the heading as it stands in a note in which its statement has moved."""
        return Heading(
            self.start + by,
            self.end + by,
            _moved(self.code, by),
            _moved(self.label, by),
            self.modifiers,
        )


def _moved(value: Value[str] | None, by: int) -> Value[str] | None:
    if value is None or value.place is None:
        return value
    return value._replace(place=Span(value.place.start + by, value.place.end + by))


def tells(reading: Reading, start: int, end: int) -> bool:
    """Whether a stretch says anything about what was done, beyond codes, times and units.

    The name of a service ("gait training") tells nothing by itself, nor do the words within it.
    """
    return reading.once(_tells, start, end)


def _tells(reading: Reading, start: int, end: int) -> bool:
    named_to = -1
    for mention in reading.mentions_in(start, end):
        if label_code(mention) is not None:
            named_to = max(named_to, mention.end)
            continue
        if mention.end <= named_to:
            continue
        if mention.lexicons & _TELLING:
            return True
        head = mention.sense("generic_head")
        if head is None or head.term in _TIME_HEADS:
            continue
        if head.term == "training" and 0 <= mention.start - named_to <= 1:
            continue  # "self care mgmt training"
        return True
    return False


def words_in(reading: Reading, span: Span) -> int:
    """The number of content words of a span beyond times, units and words of billing."""
    return reading.once(_words_in, span.start, span.end)


def _words_in(reading: Reading, start: int, end: int) -> int:
    return sum(1 for word in reading.words_in(start, end) if names(reading, word))


def names(reading: Reading, word: Span) -> bool:
    """Whether a word has content beyond times, units, numbers in words and words of billing."""
    if reading.quantity_at(word.start) is not None or reading.text[word.start] == "_":
        return False  # "_": a blank to fill
    words = reading.lower[word.start : word.end]
    return is_content(words) and words not in _BILLING and _IN_WORDS.fullmatch(words) is None


_BILLING = frozenset({
    "min", "mins", "minutes", "minute", "unit", "units", "timed", "total", "treatment", "time",
    "therapy", "code", "codes", "session", "billed", "billing", "skilled", "one-on-one", "charge",
    "charges",
})  # fmt: skip
_IN_WORDS = re.compile(SPELLED)


def headings_in(reading: Reading, statement: Statement) -> Iterator[Heading]:
    """Yields the headings of a statement in order."""
    codes = list(codes_in(reading, statement.start, statement.end))
    labels = [
        m for m in reading.mentions_in(statement.start, statement.end, "service_label")
        if _is_heading_label(reading, m, statement)
    ]  # fmt: skip
    if (
        labels
        and not codes
        and (_only_ticks(reading, statement) or titles_note(reading, statement))
    ):
        labels = []
    used: set[int] = set()
    marks: list[Heading] = []
    for quantity in codes:
        place = Span(quantity.start, quantity.end)
        near = next((m for m in labels if m.start not in used and _joins(reading, m, place)), None)
        label = None
        start, stop = place.start, place.end
        if near is not None:
            used.add(near.start)
            label = Value(reading.lower[near.start : near.end], Span(near.start, near.end), "label")
            start, stop = min(start, near.start), max(stop, near.end)
        marks.append(
            Heading(start, stop, Value(_code(quantity), place), label, _modifiers(quantity))
        )
    for mention in labels:
        if mention.start in used or any(m.start <= mention.start < m.end for m in marks):
            continue
        code = label_code(mention)
        place = Span(mention.start, mention.end)
        marks.append(
            Heading(
                place.start,
                place.end,
                Value(code, place, "label", "inferred") if code else None,
                Value(reading.lower[place.start : place.end], place, "label"),
            )
        )
    marks.sort(key=lambda mark: mark.start)
    previous: Heading | None = None
    for mark in marks:
        if previous is not None and _is_told(reading, previous, mark, statement):
            continue
        yield mark
        previous = mark


#: What parts the facts in the first line of a note ("Cog tx · mod TBI 4/25 · TRICARE · v8/16").
_PARTED = re.compile(r"\s[·|•]\s")


def titles_note(reading: Reading, statement: Statement) -> bool:
    """Whether a statement stands in a first line that only lists facts about the visit."""
    if statement.line:
        return False
    end = reading.text.find("\n", statement.start)
    return end >= 0 and len(_PARTED.findall(reading.text, 0, end)) >= _LEAST_FACTS


#: So many marks part the facts of a title.
_LEAST_FACTS = 2


def _only_ticks(reading: Reading, statement: Statement) -> bool:
    """Whether a line ticks the services of a visit and tells none of them ("[x] ADL  [x] Ther act  [ ] WC")."""
    if len(BOX.findall(reading.text, statement.start, statement.end)) < _LEAST_BOXES:
        return False
    return not reading.has_quantity(statement.start, statement.end, "minutes", "units", "dose")


#: So many boxes make a list of services to tick.
_LEAST_BOXES = 3
#: What opens the words of a heading, and minutes of its own behind a name.
_OPENS_WORDS = re.compile(r"[^\n]*[:–—-][^\S\n]*")
_OWN_TIME = re.compile(r"[^.;\n]{0,40}?\b\d{1,3}\s?(?:min|['’′])")


def _is_told(reading: Reading, head: Heading, name: Heading, statement: Statement) -> bool:
    """Whether the name of a service is the first thing told below a code ("97530 13 min: stair
    training 12 steps"), and no heading of its own."""
    if head.code is None or head.code.certainty == "inferred":
        return False
    if name.code is None or name.code.certainty != "inferred":
        return False
    if name.code.value == head.code.value or tells(reading, head.end, name.start):
        return False
    if not _OPENS_WORDS.fullmatch(reading.lower, head.end, name.start):
        return False
    return _OWN_TIME.match(reading.lower, name.end, statement.end) is None


def _joins(reading: Reading, label: Mention, code: Span) -> bool:
    """Whether the name of a service and a code stand together as one heading."""
    low, high = min(label.end, code.end), max(label.start, code.start)
    between = reading.lower[low:high]
    if "\n" in between:
        return False
    if label.end <= code.start:
        if _COLUMN.fullmatch(between):
            return True
        return len(between) <= _MOST_BEFORE and _BETWEEN.fullmatch(between) is not None
    return code.end <= label.start and len(between) <= _MOST_AFTER


def _is_heading_label(reading: Reading, mention: Mention, statement: Statement) -> bool:
    """Whether a service label heads an item, rather than standing inside a sentence."""
    word = reading.text[mention.start : mention.end]
    before = reading.lower[statement.start : mention.start].strip()
    after = reading.lower[mention.end : mention.end + 14]
    short = len(word) <= 3
    if short and not word.isupper():
        return False
    if mention.end < len(reading.text) and reading.text[mention.end] in "/":
        return False
    if _MEASURED.match(after):
        return False
    if before.endswith(_WITHIN) and mention.is_a("generic_modifier") and " " not in word:
        return False  # "stability in gait, …" heads nothing
    if label_code(mention) is not None and (
        _SPENT_ON.search(before) or before in ("same", "repeat", "repeated")
    ):
        return True
    if word.lower() == "group" and before.endswith("w/"):
        return False  # "ball toss w/ group"
    if (
        not before
        or before.endswith(_BEFORE_LABEL)
        or before[-1:].isdigit()
        or _MINUTES.search(before)
    ):
        if short and mention.has_tag("97530") and re.match(r"\s?x\s?\d\b(?!\d)|\s?for\b", after):
            return not before
        tail = after.lstrip()
        if (
            tail.startswith((":", "-", "–", "(", "x", "×", "@", "=", ".", ";", ",", "/", "+", "|"))
            or not tail
            or tail[0].isdigit()
        ):
            return True
        return not before
    return (
        label_code(mention) is not None
        and " " in word
        and _LED_BY.search(before) is not None
        and _GOES_ON.match(after) is not None
    )


def label_code(mention: Mention) -> str | None:
    sense = mention.sense("service_label")
    if sense is None:
        return None
    return next((t for t in sorted(sense.tags) if _CODE.fullmatch(t)), None)


def _code(quantity: Quantity) -> str:
    return quantity.text[:5].upper()


def _modifiers(quantity: Quantity) -> tuple[str, ...]:
    return tuple(m for m in quantity.text[5:].upper().replace(" ", "").split("-") if m)
