"""Whether words beside a label describe the service: something named, dosed, or known to no list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from notelint.encounter.generic import purpose_spans
from notelint.encounter.specific import specific_in
from notelint.language.loose import loose
from notelint.language.reading import Mention, Reading, Span, Statement
from notelint.language.stopwords import is_content

#: Contexts whose words are not today's treatment.
SKIPPED = frozenset(
    {"planned", "historical", "home", "quoted", "goal", "hypothetical", "report", "negated"}
)
#: Roles of statements that may tell of a service of today.
TELLING = frozenset({"treatment", "other", "response", "pointer", "education", "time"})
CONTENT = (
    "exercise",
    "task",
    "technique",
    "speech_task",
    "adl_equipment",
    "object",
    "surface",
    "gait_deviation",
)

_EVERYDAY = ("service_label", "generic_modifier", "generic_head", "body", "weak_verb", "filler")


#: A longer name may hold a word that names something by itself ("pelvic floor").
_ONE_WORD = 8


def named_in(reading: Reading, start: int, end: int, kinds: tuple[str, ...] = CONTENT) -> bool:
    """Whether a lexicon names something concrete in a stretch, outside purpose clauses and the names
    of services ("AAC device therapy")."""
    purposes = purposes_of(reading, start, end)
    labels = [
        (m.start, m.end)
        for m in reading.mentions_in(start, end, "service_label", "body")
        if m.end - m.start > _ONE_WORD
    ]
    return any(
        not mention.is_a(*_EVERYDAY)
        and not any(p.start <= mention.start < p.end for p in purposes)
        and not any(low <= mention.start and mention.end <= high for low, high in labels)
        for mention in reading.mentions_in(start, end, *kinds)
    )


#: How somebody was left, who was told, where the visit was and what is eaten: no work of a service.
_ASIDE = loose(
    r"\W*(?:(?:pt|patient|resident|res|client|he|she) )?(?:(?:was |is )?(?:left|returned|back|assisted back|taken back|brought back|escorted back)\b[^.;\n]{0,40}\b(?:bed|chair|w/c|wc|recliner|room|eob|nsg|nurse|cna|class\w*|teacher|mom|dad|mother|wife|husband|family|caregiver)\b"
    r"|(?:up|resting|seated|sitting|positioned|reclined|supine)\b[^.;\n]{0,40}\b(?:alarm|call (?:light|lite|bell|button)|in reach|within reach|rails?\b[^.;\n]{0,8}up|at (?:the )?end)\b"
    r"|(?:comm(?:unication)?|setting|location|contact|present|coordination)\s?:"
    r"|(?:emailed|e-mailed|called|phoned|texted|messaged|notified|informed|updated|discus\w*|spoke|talked|d/w|msg|message) (?:\w+ )?(?:w/|with|to|re|about|sent|left|otr?|pt|pta|cota|slp|md|np|pa|rn|nsg|nurse|dr|cna|aide|mom|dad|mother|father|wife|husband|son|dtr|daughter|teacher|case|sped|team|family|surgeon|doctor)\b"
    r"|(?:currently |remains |cont(?:inues)? )?on (?:an? )?(?:regular|reg|mech(?:anical)?|puree\w*|soft|minced|thin|nectar|honey|npo|iddsi|ddl|dysphagia|o2|room air|ra)\b)"
)


def is_aside(reading: Reading, statement: Statement) -> bool:
    """Whether a statement tells what goes with any visit and is no work of a service."""
    return _ASIDE.match(reading.lower, statement.start, statement.end) is not None


#: What names work wherever it stands; a chair or a cup may stand in any sentence.
WORK = ("exercise", "technique", "adl_equipment", "gait_deviation", "task", "speech_task")


def purposes_of(reading: Reading, start: int, end: int) -> list[Span]:
    """The purpose clauses of the statement that a stretch belongs to."""
    statement = reading.statement_at(start)
    return purpose_spans(reading, statement.start if statement else start, end)


def described_in(reading: Reading, start: int, end: int) -> bool:
    if _item_in(reading, start, end):
        return True
    nothing = Span(start, start)
    purposes = purposes_of(reading, start, end)
    return specific_in(reading, start, end, nothing, purposes) and _unknown_content(
        reading, start, end, purposes
    )


def _item_in(reading: Reading, start: int, end: int) -> bool:
    """Whether a stretch of text names something done: a word of the lists, a stretch that was held,
    a walk with its distance."""
    return (
        named_in(reading, start, end)
        or _stretched_in(reading, start, end)
        or any(
            goes_far(reading, label, end)
            for label in reading.mentions_in(start, end, "service_label")
        )
    )


def goes_far(reading: Reading, label: Mention, end: int) -> bool:
    """Whether the name of a walk goes on with its distance ("gait training 150 ft")."""
    return label.has_tag("97116") and reading.has_quantity(label.end, end, "distance")


_STRETCH = re.compile(r"\bstretch(?:ing|ed|es)?\b")


def _stretched_in(reading: Reading, start: int, end: int) -> bool:
    """Whether a stretch is told with its region and how long it was held ("stretching L hamstring
    30 sec x3")."""
    match = _STRETCH.search(reading.lower, start, end)
    if match is None or not reading.has_mention(match.end(), end, "body"):
        return False
    return reading.has_quantity(match.end(), end, "seconds", "hold")


def _unknown_content(reading: Reading, start: int, end: int, purposes: list[Span]) -> bool:
    """Words no list knows: they may be content, and uncertainty silences."""
    covered = [(m.start, m.end) for m in reading.mentions_in(start, end)]
    covered += [(q.start, q.end) for q in reading.quantities_in(start, end)]
    for word in reading.words_in(start, end):
        if any(a <= word.start < b for a, b in covered) or any(
            p.start <= word.start < p.end for p in purposes
        ):
            continue
        if is_content(reading.lower[word.start : word.end]):
            return True
    return False


#: What another day brings is no detail of today.
_OTHER_DAYS = frozenset({"planned", "historical", "goal"})


#: A symptom or a vital sign answers the treatment and describes none ("Arms sore 3/10 p 2nd transfer").
_ANSWERS = re.compile(
    r"\W*(?:(?:\w+ ){0,2}(?:sore|pain|ache|aches|aching|tired|fatigued?)\b|(?:spo2|o2|hr|bp|rpe|vitals)\b)[^.;\n]{0,12}\d"
)


def detail_below(reading: Reading, statement: Statement, *, ends: bool) -> Iterator[Statement]:
    """Yields the statements that go on with an item: its bullets, or the treatment right after it."""
    for below in reading.statements[statement.index + 1 : statement.index + 14]:
        if below.section != statement.section:
            return
        if below.parent == statement.index:
            yield below
            continue
        follows = (
            below.index == statement.index + 1
            and ends
            and not statement.opens_list
            and (not below.bullet or _has_code(reading, statement))
        )
        told = below.role == "treatment" or (
            below.role in ("other", "response") and _item_in(reading, below.start, below.end)
        )
        if not follows or not told or below.contexts & _OTHER_DAYS:
            return
        if is_aside(reading, below):
            return
        if _ANSWERS.match(reading.lower, below.start) or not _is_kin(reading, statement, below):
            return
        head = min(below.end, below.start + 30)
        if reading.has_mention(below.start, head, "service_label") and not (
            _is_first_told(reading, statement, below)
        ):
            return
        if reading.has_quantity(below.start, head, "code"):
            return
        yield below


#: What a sentence behind the name of a service tells of it, by the code of the name.
_KIN: Mapping[str, tuple[str, ...]] = {
    "97110": ("exercise",),
    "97140": ("technique", "body"),
    "97116": ("gait_deviation", "device", "surface", "cue", "assist"),
}
_GAIT = frozenset({"gait", "stairs"})


def _is_kin(reading: Reading, statement: Statement, below: Statement) -> bool:
    """Whether a sentence behind a name may tell that service: exercises for exercise, hands-on work for
    manual therapy ("She did therapeutic exercise. She then worked on balance in the bars" does not)."""
    same = below.line == statement.line
    if same and not reading.text.endswith(".", 0, statement.end):
        return True
    if not same and _has_code(reading, statement):
        return True  # the lines below a code are its words
    named = {
        tag
        for label in reading.mentions_in(statement.start, statement.end, "service_label")
        for sense in label.senses
        if sense.lexicon == "service_label"
        for tag in sense.tags
    }
    if not named and _CAPACITY.search(reading.lower, statement.start, statement.end):
        return of_kind(reading, "97110", below)
    if len(named) != 1:
        return True
    return of_kind(reading, next(iter(named)), below)


#: What stands as the name of exercises ("Hand strengthening.").
_CAPACITY = re.compile(r"\b(?:strengthening|stretching|stretches|a?a?rom|prom|conditioning)\b")


def of_kind(reading: Reading, code: str, told: Statement) -> bool:
    """Whether a statement holds a word of the kind of work that a code stands for; of most codes any
    work may be."""
    if code == "97112" and _opens_with_task(reading, told):
        return False
    if code == "92526":
        return any(
            m.is_a("technique") or m.tags & _SWALLOW
            for m in reading.mentions_in(told.start, told.end)
        )
    kin = _KIN.get(code)
    if kin is None or reading.has_mention(told.start, told.end, *kin):
        return True
    return code == "97116" and (
        reading.has_quantity(told.start, told.end, "distance")
        or any(m.tags & _GAIT for m in reading.mentions_in(told.start, told.end, "task"))
    )


_SWALLOW = frozenset({"swallow", "eating", "diet"})
#: Tasks of daily life, which no words of control are about where they open the sentence.
_OWN_TASKS = frozenset({"adl", "iadl", "eating", "gait"})


def _opens_with_task(reading: Reading, told: Statement) -> bool:
    """Whether a sentence opens with a task of daily life or a walk."""
    first = next(reading.mentions_in(told.start, told.end, "task", "exercise"), None)
    return (
        first is not None
        and first.is_a("task")
        and not first.is_a("exercise")
        and bool(first.tags & _OWN_TASKS)
        and first.start - told.start < _OPENS_WITHIN
    )


#: A task opens its sentence so near the start ("Pt donned …").
_OPENS_WITHIN = 16


def _has_code(reading: Reading, statement: Statement) -> bool:
    return reading.has_quantity(statement.start, statement.end, "code")


def _is_first_told(reading: Reading, statement: Statement, below: Statement) -> bool:
    """Whether a line that opens with a service's name, without code or minutes, stands right below
    the head of a code: it is the code's first item ("97530 THERAPEUTIC ACTIVITIES\n- stair training
    12 steps")."""
    if below.index != statement.index + 1 or not reading.ends_line(statement):
        return False
    own = reading.quantities_in(below.start, below.end, "code", "minutes")
    return _has_code(reading, statement) and not any(True for _ in own)
