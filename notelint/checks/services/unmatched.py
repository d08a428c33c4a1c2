"""A billed code that no words of the note can be compared with (D1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from notelint.checks.services.words import named, unknown_words
from notelint.encounter.charges import ADD_ONS
from notelint.encounter.cuebook import CueBook
from notelint.encounter.encounter import Encounter, Service
from notelint.encounter.intent import Evidence, cues_in, intent_of
from notelint.finding import Place
from notelint.language.reading import Reading, Span
from notelint.rulebook.rule import Hit

#: A statement with more unknown words than this, and nothing known, may be the work in question.
_MOST_UNKNOWN = 4
_MOST_HEADS = 4
#: Contexts in which even a loose match is none; a goal may well say what was worked on.
_NEVER = frozenset({"planned", "historical", "negated"})
#: Codes under which hands-on technique may stand.
_HANDS_ON = frozenset(
    {"97140", "97124", "97112", "97113", "97139", "97150", "92526", "97799", "95992"}
)
#: Techniques that no other code describes; passive motion and stretch may be exercise.
_OWN_TECHNIQUES = frozenset(
    {"stm", "mfr", "iastm", "graston", "myofascial release", "joint mobilization"}
)


def unmatched(encounter: Encounter, codes: frozenset[str], book: CueBook) -> Iterator[Hit]:
    """Yields a hit for each billed code without a word of its kind anywhere in the note."""
    del codes
    yield from _unbilled(encounter)
    reading = encounter.reading
    wordless = [
        s
        for s in encounter.services
        if s.stated_code in book.codes and not _has_words(encounter, s, book)
    ]
    taken = tuple(_spoken_for(encounter, book)) if wordless else ()
    boxes = tuple(_boxes(encounter, book)) if wordless else ()
    silent = [s for s in wordless if not _told(encounter, s, book, taken, boxes)]
    if not silent or encounter.note.flowsheet or _points_elsewhere(reading):
        return
    spans = tuple(s.span for s in reading.statements if s.role not in ("plan", "history"))
    found = cues_in(encounter, spans, book, _NEVER, generic=True)
    if any(_obscure(reading, s.span) for s in reading.statements if s.role in _WORK):
        return
    for service in silent:
        evidence = found.get(service.stated_code or "")
        if not _shown(evidence) or not _apart(reading, service, evidence, taken, boxes):
            yield _hit(encounter, service, service.stated_code or "")


def _spoken_for(encounter: Encounter, book: CueBook) -> Iterator[Span]:
    """The words under other codes' headings that speak for those codes."""
    for service in encounter.services:
        if service.place is None or not service.stated_code:
            continue
        intent = intent_of(encounter, service, book)
        if not intent.attributed:
            continue
        evidence = intent.evidence(service.stated_code)
        yield from (c.place for c in evidence.positive + evidence.beside if c.weight)


def _boxes(encounter: Encounter, book: CueBook) -> Iterator[Span]:
    """The words that stand in the row of another code: there only a strong word speaks for this one."""
    reading = encounter.reading
    for service in encounter.services:
        if service.place is None or not intent_of(encounter, service, book).attributed:
            continue
        line = reading.text[
            reading.text.rfind("\n", 0, service.place.start) + 1 : service.place.end
        ]
        if "|" in line:
            yield from service.body


def _apart(
    reading: Reading,
    service: Service,
    evidence: Evidence | None,
    taken: Sequence[Span],
    boxes: Sequence[Span] = (),
) -> bool:
    """Whether any word for a code stands elsewhere than among words that speak for the code above
    them."""
    manual = service.stated_code == _MANUAL
    return evidence is not None and any(
        c.weight
        and not (manual and _is_measured(reading, c.place))
        and not any(c.place.overlaps(span) for span in taken)
        and (c.weight >= _STRONG or not any(c.place.overlaps(box) for box in boxes))
        for c in evidence.positive + evidence.beside
    )


_MANUAL = "97140"
_PASSIVE = re.compile(r"p/?rom|passive(?:ly)?(?: (?:rom|range))?")


def _is_measured(reading: Reading, place: Span) -> bool:
    """Whether a passive motion was measured, or stands beside the active one ("PROM flex 139",
    "AROM/PROM digits"): neither is hands-on work."""
    if _PASSIVE.fullmatch(reading.lower, place.start, place.end) is None:
        return False
    statement = reading.statement_at(place.start)
    if statement is None or reading.lower.endswith("/", 0, place.start):
        return True
    return statement.role == "measure" or reading.has_quantity(
        statement.start, statement.end, "rom"
    )


#: A word of so much weight speaks for a code wherever it stands.
_STRONG = 2


#: Where the work of the day is told, in words that may be unknown.
_WORK = frozenset(
    {"treatment", "other", "response", "measure", "education", "heading", "assessment"}
)
#: Where a pointer stands for no work of the day, or for the home programme only.
_NO_WORK = frozenset(
    {"plan", "history", "subjective", "goal", "hep", "education", "precaution", "assessment"}
)


_FOR_EXERCISES = re.compile(
    r"\s(?:for|of) (?:the |today'?s )?(?:there?x|ther ?ex|exercises?|exs?)\b"
)


#: "Performed ex's per protocol", "HEP | see flow sheet".
_EXERCISES = re.compile(
    r"\b(?:hep|home (?:program|exercises?)|there?x|ther ?ex|exercises?|exs?|ex['’]s)\b[^.;\n]{0,12}$"
)


def _points_elsewhere(reading: Reading) -> bool:
    """Whether a pointer ("see flow sheet") may stand for the work under any code.

    "HEP same as last visit" stands for none of it, "TE same as last visit" for what it names.
    """
    for mention in reading.mentions:
        if not mention.is_a("pointer"):
            continue
        statement = reading.statement_at(mention.start)
        if statement is None or statement.role in _NO_WORK or "home" in statement.contexts:
            continue
        if _FOR_EXERCISES.match(reading.lower, mention.end):
            continue  # the sheet holds exercises; other codes are not on it
        if _EXERCISES.search(reading.lower, statement.start, mention.start):
            continue
        if not reading.has_mention(statement.start, statement.end, "service_label"):
            return True
    return False


def _has_words(encounter: Encounter, service: Service, book: CueBook) -> bool:
    """Whether words stand under a code, or under the one it is an add-on to, or its kind of work is
    named elsewhere."""
    base = ADD_ONS.get(service.stated_code or "")
    if base and any(_has_words(encounter, s, book) for s in encounter.services_with(base)):
        return True
    return intent_of(encounter, service, book).attributed or named(encounter, service)


def _told(
    encounter: Encounter,
    service: Service,
    book: CueBook,
    taken: Sequence[Span],
    boxes: Sequence[Span],
) -> bool:
    """Whether the note holds words for a code that do not speak for another code above them."""
    evidence = intent_of(encounter, service, book).by_code.get(service.stated_code or "")
    return _apart(encounter.reading, service, evidence, taken, boxes)


def _shown(evidence: Evidence | None) -> bool:
    return evidence is not None and any(c.weight for c in evidence.positive + evidence.beside)


def _obscure(reading: Reading, span: Span) -> bool:
    known = any(
        m.is_a(
            "exercise",
            "task",
            "technique",
            "modality",
            "speech_task",
            "measure",
            "generic_head",
            "cue",
        )
        for m in reading.mentions_in(span.start, span.end)
    ) or reading.has_quantity(span.start, span.end, "rom", "score", "grade")
    return not known and unknown_words(reading, span) > _MOST_UNKNOWN


def _hit(encounter: Encounter, service: Service, code: str) -> Hit:
    heads = [head.value for activity in encounter.activities for head in activity.heads]
    fields = {
        "code": code,
        "seen": ", ".join(list(dict.fromkeys(heads))[:_MOST_HEADS]) or "no activity",
    }
    facts = {"code": code, "stage": "billed"}
    if service.charge >= 0:
        return Hit("charge", target=f"charges[{service.charge}]", fields=fields, facts=facts)
    place = service.place
    return Hit(
        "words" if place else "note",
        place.start if place else None,
        place.end if place else None,
        fields=fields,
        facts=facts,
    )


def _unbilled(encounter: Encounter) -> Iterator[Hit]:
    """Hands-on technique is described and no charge is of its kind: said, not judged."""
    codes = {charge.code for charge in encounter.note.charges}
    if not codes or codes & _HANDS_ON or all(c[:2] == "92" for c in codes):
        return
    reading = encounter.reading
    for activity in encounter.activities:
        for mention in reading.mentions_in(activity.place.start, activity.place.end, "technique"):
            words = reading.lower[mention.start : mention.end]
            if mention.has_tag("97140") and words in _OWN_TECHNIQUES:
                yield Hit(
                    "words",
                    mention.start,
                    mention.end,
                    fields={"code": "", "seen": reading.text[mention.start : mention.end]},
                    facts={"stage": "unbilled"},
                    message="“{match}” is described and no code of this visit is for it.",
                    ask="Is a service missing from the charges, or is this part of another one?",
                    evidence=tuple(
                        Place("evidence", f"charges[{i}]")
                        for i in range(len(encounter.note.charges))
                    ),
                )
                return
