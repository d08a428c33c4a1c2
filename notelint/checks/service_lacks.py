"""``service-lacks``: the words of a service lack an element of its code's intent (D2-D7, D11-D15).

The finding names what was seen and what was not found. Where the words fit another code better,
and the closed list of code questions allows it, that question comes instead of any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from notelint.checks.cells import has_dosed_table
from notelint.checks.documented import only_goes_on, stage_of
from notelint.checks.label_only import heads_today
from notelint.checks.services.words import (
    named,
    phrases,
    place_of,
    places_seen,
    seen_in,
    unexplained,
)
from notelint.encounter.capacities import aims_at_capacity
from notelint.encounter.charges import ADD_ONS
from notelint.encounter.cuebook import CueBook
from notelint.encounter.encounter import Encounter, Service
from notelint.encounter.intent import (
    Evidence,
    Intent,
    cues_in,
    functional_purpose,
    intent_of,
)
from notelint.encounter.signs import shows_little
from notelint.language.reading import Reading, Span
from notelint.rulebook.params import ServiceLacks
from notelint.rulebook.rule import Hit, Rule

if TYPE_CHECKING:
    from notelint.rulebook.pack import Pack


#: Codes of tasks: strength "for stair negotiation" is a capacity, not a task that was done.
_TASKS = frozenset({"97530"})
#: The code of exercises, whose doses may stand in a table apart.
_DOSED = frozenset({"97110"})
#: So many more unknown words save nothing in a thin note whose plan only continues.
_MORE_UNKNOWN = 3
#: Kinds of notes that sum up; their service of the day may be a line anywhere.
_SUMMED = frozenset({"eval", "recert", "progress", "discharge", "reeval", "addendum"})


def check(encounter: Encounter, rule: Rule, pack: Pack) -> Iterator[Hit]:
    """Yields a hit for each service of the rule's codes that lacks an element it needs."""
    params: ServiceLacks = rule.params
    told: set[str] = set()
    shared: set[Span] = set()
    for service in encounter.services_with(*sorted(params.codes)):
        code = service.stated_code or ""
        if code in told or (encounter.note.charges and service.charge < 0):
            continue  # a code of the text that was not billed: a list of planned services
        told.add(code)
        intent = intent_of(encounter, service, pack.cues)
        if _named_today(encounter, service, intent):
            intent = _told_today(encounter, service, pack.cues)
        missing = _missing(encounter.reading, params, intent, code, pack.cues)
        if missing and code in ADD_ONS:
            before = _told_before(encounter, code, pack.cues)
            missing = tuple(n for n in missing if n not in before)
        if missing and not _saved(encounter, service, intent, params):
            if service.body and service.body[-1] in shared:
                continue  # an add-on over the same words
            shared.update(service.body[-1:])
            yield _hit(encounter, service, intent, missing, params, pack.cues)


def _named_today(encounter: Encounter, service: Service, intent: Intent) -> bool:
    """Whether a note that sums up only names a service, in its line of what was given today."""
    if intent.attributed or service.place is None or encounter.facts.note_type not in _SUMMED:
        return False
    statement = encounter.reading.statement_at(service.place.start)
    return statement is not None and heads_today(encounter.reading, statement)


def _told_today(encounter: Encounter, service: Service, book: CueBook) -> Intent:
    """What the treatment that such a note tells beside that line shows: measures and goals of a period
    tell nothing of today's service."""
    reading = encounter.reading
    own = reading.statement_at(service.place.start) if service.place else None
    spans = tuple(s.span for s in reading.statements if s.role == "treatment" and s != own)
    return Intent(spans, attributed=True, by_code=cues_in(encounter, spans, book))


def _told_before(encounter: Encounter, code: str, book: CueBook) -> frozenset[str]:
    """The elements that the words of the code hold which an add-on goes on with."""
    return frozenset(
        element
        for service in encounter.services_with(ADD_ONS[code])
        for element in intent_of(encounter, service, book).elements(code, book)
    )


def _missing(
    reading: Reading, params: ServiceLacks, intent: Intent, code: str, book: CueBook
) -> tuple[str, ...]:
    """The elements not found. Of words that are nobody's own, one item must hold them together."""
    held = intent.by_statement(code, book)
    needed = set(params.need)
    present = frozenset(e for elements in held.values() for e in elements)
    if needed <= present and not intent.attributed:
        items = [_item(reading, held, index) for index in held]
        if params.topic:
            items = [item for item in items if item & set(params.topic)]
            present = frozenset(e for item in items for e in item)
        if params.one_item:
            present = max(items, key=lambda item: len(needed & item), default=frozenset())
    if needed <= present:
        return ()
    return tuple(n for n in (*params.need, *params.also) if n not in present)


def _item(reading: Reading, held: Mapping[int, frozenset[str]], index: int) -> frozenset[str]:
    """The elements of a statement, with those of the next one where that is no item of its own."""
    elements, following = held[index], index + 1
    if following not in held:
        return elements
    after = reading.statements[following]
    own = reading.has_quantity(after.start, after.end, "minutes", "units")
    return elements if own else elements | held[following]


def _saved(encounter: Encounter, service: Service, intent: Intent, params: ServiceLacks) -> bool:
    """Whether something else satisfies, or too little is known to say so."""
    code = service.stated_code or ""
    evidence = intent.evidence(code)
    if not intent.attributed:
        if encounter.supply("whole_note") == "not_supplied" or encounter.facts.note_type in _SUMMED:
            return True  # what is missing may stand in the part that is not here
        own = any(c.weight for c in evidence.positive + evidence.beside)
        if not own and not named(encounter, service):
            return True  # no words at all for this code: that is another rule's finding
    if encounter.note.flowsheet or (code in _DOSED and has_dosed_table(encounter.reading)):
        return True
    if (
        params.purpose
        and functional_purpose(encounter, intent.spans)
        and not (code in _TASKS and aims_at_capacity(encounter, intent.spans))
    ):
        return True
    if shows_little(encounter.reading):
        return False
    thin = stage_of(encounter) == "thin" and only_goes_on(encounter)
    return unexplained(encounter, intent, code, params.unknown + (_MORE_UNKNOWN if thin else 0))


def _hit(
    encounter: Encounter,
    service: Service,
    intent: Intent,
    missing: tuple[str, ...],
    params: ServiceLacks,
    book: CueBook,
) -> Hit:
    code = service.stated_code or ""
    evidence = intent.evidence(code)
    place = place_of(encounter, service, intent, frozenset(params.topic))
    evidence_places = () if place else places_seen(evidence)
    fields = {
        "code": code,
        "seen": seen_in(encounter.reading, evidence) or "only the label",
        "missing": phrases(missing, dict(book.elements)),
    }
    return Hit(
        "statement" if place else "charge" if service.charge >= 0 else "note",
        place.start if place else None,
        place.end if place else None,
        target="text" if place or service.charge < 0 else f"charges[{service.charge}]",
        fields=fields,
        facts={"code": code, "stage": stage_of(encounter)},
        evidence=evidence_places,
        ask=_question(intent, evidence, code, book),
    )


def _question(intent: Intent, evidence: Evidence, code: str, book: CueBook) -> str | None:
    """The question that belongs to the words seen: their own, or the one about the code."""
    weighty = [cue for cue in evidence.negative if cue.weight]
    if not weighty:
        return None
    own = {cue.ask for cue in weighty}
    if "" not in own:
        return weighty[0].ask
    if intent.other(code, book) is None:
        return None
    strongest = max((c for c in weighty if not c.ask), key=lambda c: c.weight)
    return (
        f"These words describe {strongest.says}: is that what was done, so that the code is the "
        f"question and not the sentence, or {book.aims.get(code, 'was it something else')}?"
    )
