"""Two codes and one description: teaching against performing (D8), stairs under two codes (D18)."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.checks.services.words import place_of
from notelint.encounter.cuebook import CueBook
from notelint.encounter.encounter import Encounter, Service
from notelint.encounter.intent import Intent, intent_of
from notelint.finding import Place
from notelint.language.reading import Span
from notelint.rulebook.rule import Hit

_BETWEEN = frozenset({"/", "&", "+", "and", ",", "/ "})
_PERFORMS = frozenset({"motion", "load", "height", "help", "carry"})


def teaching_or_performing(
    encounter: Encounter, codes: frozenset[str], book: CueBook
) -> Iterator[Hit]:
    """Yields a hit where 97530 and 97535 share words or hold each other's."""
    del codes
    tasks = next(encounter.services_with("97530"), None)
    teaching = next(encounter.services_with("97535"), None)
    if tasks and teaching and _one_heading(encounter, tasks, teaching):
        yield _hit(encounter, tasks, "97530 and 97535 stand over the same words.", "shared")
        return
    if teaching:
        intent = intent_of(encounter, teaching, book)
        own = intent.elements("97535", book)
        performs = "task" in intent.elements("97530", book)
        if intent.attributed and performs and not own & {"training", "skill"}:
            message = (
                "The words under 97535 show a task performed; no teaching was found in this text."
            )
            yield _hit(encounter, teaching, message, "performing", intent)
    if tasks:
        intent = intent_of(encounter, tasks, book)
        if intent.attributed and _only_teaches(intent, book):
            message = "The words under 97530 show a self-care skill taught; no task performed was found in this text."
            yield _hit(encounter, tasks, message, "teaching", intent)


def _only_teaches(intent: Intent, book: CueBook) -> bool:
    says = {c.says for c in intent.evidence("97535").positive}
    done = intent.elements("97530", book) & (_PERFORMS | {"dose"})
    return {"teaching", "equipment"} <= says and not done


def _one_heading(encounter: Encounter, first: Service, second: Service) -> bool:
    a, b = first.place, second.place
    if a is None or b is None:
        return False
    low, high = sorted((a, b), key=lambda span: span.start)
    return encounter.reading.lower[low.end : high.start].strip() in _BETWEEN


def _hit(
    encounter: Encounter, service: Service, message: str, stage: str, intent: Intent | None = None
) -> Hit:
    place = place_of(encounter, service, intent) if intent else service.place
    return Hit(
        "statement" if place else "note",
        place.start if place else None,
        place.end if place else None,
        message=message,
        facts={"code": service.stated_code or "", "stage": stage},
    )


def stairs_twice(encounter: Encounter, codes: frozenset[str], book: CueBook) -> Iterator[Hit]:
    """Yields a hit where stair work stands under gait training and under therapeutic activities."""
    del codes
    gait = next(encounter.services_with("97116"), None)
    tasks = next(encounter.services_with("97530"), None)
    if gait is None or tasks is None:
        return
    if _one_heading(encounter, gait, tasks):
        shared = _stairs(encounter, (*gait.body, *tasks.body))
        if shared:
            yield Hit("words", shared[0].start, shared[0].end, facts={"code": "97530"})
        return
    first, second = _own(encounter, gait, book), _own(encounter, tasks, book)
    walked, climbed = _stairs(encounter, first), _stairs(encounter, second)
    if not walked or not climbed or _overlap(walked, climbed):
        return
    other = intent_of(encounter, tasks, book).by_statement("97530", book)
    statement = encounter.reading.statement_at(climbed[0].start)
    if statement and other.get(statement.index, frozenset()) & {"object", "load", "carry"}:
        return
    yield Hit(
        "words",
        climbed[0].start,
        climbed[0].end,
        facts={"code": "97530"},
        evidence=(Place("evidence", "text", walked[0].start, walked[0].end, label="97116"),),
    )


def _own(encounter: Encounter, service: Service, book: CueBook) -> tuple[Span, ...]:
    intent = intent_of(encounter, service, book)
    return intent.spans if intent.attributed else ()


def _stairs(encounter: Encounter, spans: tuple[Span, ...]) -> list[Span]:
    reading = encounter.reading
    return [
        Span(m.start, m.end)
        for span in spans
        for m in reading.mentions_in(span.start, span.end, "task")
        if m.has_tag("stairs")
        and not reading.context_at(m.start) & {"home", "historical", "planned", "goal"}
    ]


def _overlap(first: list[Span], second: list[Span]) -> bool:
    return any(a.overlaps(b) for a in first for b in second)
