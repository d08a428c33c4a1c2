"""What the linter understood of a note, as one frozen tree: for ``explain``, editors and the API.

Everything in it comes from the encounter and the result of one note; nothing is judged here.
Offsets are code points of the note's text. ``as_dict`` gives the JSON form (docs/explain.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Any

from notelint.encounter.cuebook import CueBook
from notelint.encounter.encounter import Activity, Encounter, Goal, Purpose, Service, Value
from notelint.encounter.intent import Cue, Intent, intent_of
from notelint.engine import NoteResult
from notelint.language.reading import Span
from notelint.rulebook.pack import load_pack

if TYPE_CHECKING:
    from notelint.engine import NoteResult


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the note, what they were read as, and where they stand."""

    words: str
    read_as: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CodeScore:
    """How the words of a service fit a code: cues for it and against it."""

    code: str
    score: float
    cues_for: tuple[Words, ...] = ()
    cues_against: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Why:
    """A purpose: functional, impairment, circular or none; where it stands; its words."""

    kind: str
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class Done:
    """One activity with the slots that were filled; a slot is the note's own words or "" ."""

    words: str
    start: int
    end: int
    heads: tuple[str, ...] = ()
    generic: bool = False
    objects: tuple[str, ...] = ()
    dose: str = ""
    position: str = ""
    surface: str = ""
    device: str = ""
    help: str = ""
    cues: str = ""
    technique: str = ""
    measure: str = ""
    goal: str = ""
    response: str = ""
    purpose: Why | None = None


@dataclass(frozen=True, slots=True)
class Served:
    """One service. ``code_is``: stated, inferred or ambiguous; ``own_words``: whether words of the
    note are attributed to it, or all that was done was read. ``fits``: its own code first."""

    code: str
    code_is: str
    label: str
    minutes: float | None
    units: int | None
    interval: tuple[int, int] | None
    modifiers: tuple[str, ...]
    mode: str
    own_words: bool
    start: int | None
    end: int | None
    fits: tuple[CodeScore, ...] = ()
    activities: tuple[Done, ...] = ()


@dataclass(frozen=True, slots=True)
class Timed:
    """A statement of time: its role, minutes, and whether it was left out of the totals."""

    role: str
    minutes: float | None
    words: str
    certainty: str
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Aimed:
    """A goal: its id, horizon, kind, and which slots it fills."""

    id: str
    horizon: str
    kind: str
    words: str
    has: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A rule that was not applied, and why."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """A finding in one line."""

    code: str
    rule: str
    severity: str
    message: str
    lead: bool
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """The whole of what was understood of one note."""

    note_id: str
    facts: Mapping[str, str]
    services: tuple[Served, ...]
    activities: tuple[Done, ...]
    times: tuple[Timed, ...]
    goals: tuple[Aimed, ...]
    session_purpose: Why | None
    responses: tuple[Words, ...]
    skills: tuple[Words, ...]
    measures: tuple[Words, ...]
    plan: tuple[Words, ...]
    signatures: tuple[str, ...]
    elsewhere: tuple[Words, ...]
    views: Mapping[str, str]
    not_applied: tuple[Skipped, ...]
    findings: tuple[Found, ...]

    def as_dict(self) -> dict[str, Any]:
        """Returns the tree as plain lists, mappings, strings and numbers; empty slots are left out."""
        found: dict[str, Any] = _plain(self)
        return found


def explain(encounter: Encounter, result: NoteResult, cues: CueBook | None = None) -> Explanation:
    """Explains one note.

    Args:
        encounter: what was read.
        result: what the rules said of it.
        cues: the cue book that scores services; the shipped one by default.
    """
    book = cues if cues is not None else load_pack().cues
    text = encounter.text
    return Explanation(
        note_id=encounter.note.id,
        facts=dict(_facts(encounter)),
        services=tuple(_service(encounter, service, book) for service in encounter.services),
        activities=tuple(_activity(text, a) for a in encounter.activities if a.service < 0),
        times=tuple(
            Timed(t.role, t.minutes, _slice(text, t.place), t.certainty, t.excluded)
            for t in encounter.times
        ),
        goals=tuple(_goal(text, goal) for goal in encounter.goals),
        session_purpose=_why(encounter.session_purpose),
        responses=tuple(
            _words(text, r.place, f"{r.kind}, says nothing measurable" if r.empty else r.kind)
            for r in encounter.responses
        ),
        skills=tuple(_words(text, s.place, s.family) for s in encounter.skills),
        measures=tuple(_words(text, m.place, m.name) for m in encounter.measures),
        plan=tuple(
            _words(text, p.place, "says nothing" if p.empty else "plan")
            for p in encounter.plan_items
        ),
        signatures=tuple(
            ", ".join(filter(None, (s.name, s.credential))) for s in encounter.signatures
        ),
        elsewhere=tuple(_words(text, e.place, e.context) for e in encounter.elsewhere),
        views=dict(encounter.supplies),
        not_applied=tuple(Skipped(rule, reason) for rule, reason in result.not_applied),
        findings=tuple(
            Found(f.code, f.name, f.severity, f.message, f.lead, f.start, f.end)
            for f in result.findings
        ),
    )


def _facts(encounter: Encounter) -> Iterator[tuple[str, str]]:
    facts = encounter.facts
    yield "note_type", facts.note_type
    yield "note_type_is", facts.kind_origin
    yield "discipline", facts.discipline
    yield "payer", facts.payer
    yield "setting", facts.setting
    yield "programme", facts.programme
    if facts.date_of_service is not None:
        yield "date_of_service", facts.date_of_service.isoformat()
    if not facts.therapy:
        yield "therapy", "no"


def _service(encounter: Encounter, service: Service, book: CueBook) -> Served:
    intent = intent_of(encounter, service, book)
    text = encounter.text
    place = service.place
    return Served(
        code=service.code.value if service.code else "",
        code_is=service.code.certainty if service.code else "",
        label=service.label.value if service.label else "",
        minutes=service.minutes.value if service.minutes else None,
        units=service.units.value if service.units else None,
        interval=service.interval.value if service.interval else None,
        modifiers=service.modifiers,
        mode=service.mode.value if service.mode else "",
        own_words=intent.attributed,
        start=place.start if place else None,
        end=place.end if place else None,
        fits=tuple(_fits(text, service, intent, book)),
        activities=tuple(_activity(text, a) for a in encounter.activities_of(service)),
    )


def _fits(text: str, service: Service, intent: Intent, book: CueBook) -> Iterator[CodeScore]:
    """Its own code, then those that may be asked about (a closed, directed list) and fit better."""
    own = service.code.value if service.code else ""
    if not own:
        return
    evidence = intent.evidence(own)
    yield CodeScore(
        own, evidence.score, _cues(text, evidence.positive), _cues(text, evidence.negative)
    )
    for code in sorted(book.questions.get(own, frozenset())):
        score = intent.evidence(code).score
        if score > max(0.0, evidence.score):
            yield CodeScore(code, score)


def _cues(text: str, cues: Iterable[Cue]) -> tuple[Words, ...]:
    told = {(c.place.start, c.says): _words(text, c.place, c.says) for c in cues}
    return tuple(told[key] for key in sorted(told))


def _activity(text: str, activity: Activity) -> Done:
    return Done(
        words=_slice(text, activity.place),
        start=activity.place.start,
        end=activity.place.end,
        heads=tuple(dict.fromkeys(_said(text, head) for head in activity.heads)),
        generic=activity.generic is not None,
        objects=tuple(_said(text, o) for o in activity.objects),
        dose=_said(text, activity.dose),
        position=_said(text, activity.position),
        surface=_said(text, activity.surface),
        device=_said(text, activity.device),
        help=_said(text, activity.assist),
        cues=_said(text, activity.cues),
        technique=_said(text, activity.technique),
        measure=_said(text, activity.measure),
        goal=activity.goal_ref.value if activity.goal_ref else "",
        response=_said(text, activity.response),
        purpose=_why(activity.purpose),
    )


def _goal(text: str, goal: Goal) -> Aimed:
    slots = ("who", "what", "measure", "baseline", "by_when", "status")
    has = tuple(name for name in slots if getattr(goal, name) is not None)
    return Aimed(goal.id, goal.horizon, goal.kind, goal.text or _slice(text, goal.place), has)


def _why(purpose: Purpose | None) -> Why | None:
    if purpose is None:
        return None
    return Why(purpose.kind, " ".join(purpose.words.split()), purpose.source)


def _said(text: str, value: Value[str] | None) -> str:
    """A slot in the note's own words where it has a place."""
    if value is None:
        return ""
    return _slice(text, value.place) or value.value


def _words(text: str, place: Span, read_as: str) -> Words:
    return Words(_slice(text, place), read_as, place.start, place.end)


def _slice(text: str, place: Span | None) -> str:
    return " ".join(text[place.start : place.end].split()) if place else ""


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {
            f.name: plain
            for f in fields(value)
            if (plain := _plain(getattr(value, f.name))) not in (None, "", [], {})
        }
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    return value
