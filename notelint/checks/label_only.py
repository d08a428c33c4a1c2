"""``label-only``: a code name or shorthand is the whole description of a service (A2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from notelint.checks.barecodes import OF_BILLS, bare_codes
from notelint.checks.barenames import bare_names
from notelint.checks.capacities import bare_capacities
from notelint.checks.described import (
    CONTENT,
    SKIPPED,
    TELLING,
    WORK,
    described_in,
    detail_below,
    goes_far,
    is_aside,
    named_in,
    of_kind,
)
from notelint.checks.documented import stage_of
from notelint.encounter.encounter import Activity, Encounter, Service
from notelint.encounter.generic import generic_phrases
from notelint.encounter.headings import titles_note, words_in
from notelint.encounter.signs import shows_little
from notelint.language.boxes import BOX, is_ticked
from notelint.language.loose import loose
from notelint.language.reading import Mention, Reading, Span, Statement
from notelint.language.stopwords import is_content
from notelint.rulebook.rule import Hit, Rule

if TYPE_CHECKING:
    from notelint.rulebook.pack import Pack

_INTO = re.compile(
    r"(?:for|in|with|and|of|w/|received|performed|completed|did|provided|continued|tx|:|;|,|\+|/|-|–|\d|\(|\)|min\w*|then|by|including|instructed in|participated in|today|some|more|a little|a bit of|skilled|pt|patient|x|\.|@|=)?\s*$"
)


def check(encounter: Encounter, rule: Rule, pack: Pack) -> Iterator[Hit]:
    """Yields a hit for each service label that nothing in the note describes."""
    del rule, pack
    for hit in bare_labels(encounter):
        yield replace(hit, facts={**hit.facts, "stage": stage_of(encounter)})


def bare_labels(encounter: Encounter) -> tuple[Hit, ...]:
    """Returns the hits on labels that nothing in the note describes; found once an encounter."""
    key = ("bare_labels", 0)
    known: tuple[Hit, ...] | None = encounter.memo.get(key)
    if known is None:
        known = encounter.memo[key] = tuple(_bare_labels(encounter))
    return known


def _bare_labels(encounter: Encounter) -> Iterator[Hit]:
    reading = encounter.reading
    described = _described(encounter)
    told: set[str] = set()
    yield from bare_codes(encounter)
    yield from bare_names(encounter)
    if encounter.facts.note_type in _SUMMED:
        yield from _services_given(reading, described)
    for statement in reading.where(_may_name):
        summed = encounter.facts.note_type in _SUMMED
        todays = summed and reading.answer(heads_today, statement)
        if summed and not todays and _lists(reading, statement) and not shows_little(reading):
            continue
        section = reading.section_of(statement)
        if section.kind == "billing" and section.label.lower().startswith(("time", "min", "unit")):
            continue
        if _TIME_LINE.match(reading.lower, statement.start):
            continue  # "time: eval 35 min (97165), ther ex 10 min"
        if reading.has_quantity(statement.start, statement.end, "frequency"):
            # "OT 2x/week, 9 weeks: therapeutic exercise, …" plans.
            continue
        yield from bare_capacities(reading, statement)
        for mention in reading.mentions_in(statement.start, statement.end, "service_label"):
            key = _key(mention)
            if key in told or not _is_item(reading, mention, statement):
                continue
            if is_ticked(reading.text, mention.start) and _named_below(reading, statement, key):
                continue
            if reading.context_at(mention.start) & SKIPPED:
                continue
            if key in described and not todays and not _only_provided(reading, mention, statement):
                continue
            if statement.line == 0 and (
                _TITLE.search(reading.lower, 0, statement.end) or titles_note(reading, statement)
            ):
                continue  # "SPEECH THERAPY EVALUATION" names the note
            if _NONE_OF_IT.match(reading.lower, mention.end):
                continue  # "individual 46 min, concurrent 0, group 0"
            if _names_discipline(reading, mention, statement):
                continue
            if _has_content(reading, mention, statement) or (
                not todays and _described_apart(encounter, key)
            ):
                continue
            if _says_more(reading, mention, statement, key) or _said_below(reading, statement, key):
                continue
            if mention.end <= statement.label_end or reading.ends_line(statement):
                below = detail_below(reading, statement, ends=True)
                if any(True for s in below for _ in generic_phrases(reading, s)):
                    continue  # the vague words below it are the finding
            stop = _next_item(reading, mention, statement)
            if any(
                mention.end <= phrase.span.start < stop
                for phrase in generic_phrases(reading, statement)
            ):
                continue
            if mention.has_tag("modality") and _UNBILLED.search(
                reading.lower, mention.end, statement.end
            ):
                continue  # nobody is asked to pay for it
            if reading.lower.endswith(("self ", "self-"), 0, mention.start):
                continue  # "taught self massage"
            if (
                statement.role == "time"
                and not todays
                and not _names_service(encounter, key)
                and _TOTALLED.search(reading.lower, statement.start, statement.end)
            ):
                continue
            told.add(key)
            yield Hit(
                "words",
                mention.start,
                _label_end(reading, mention, stop),
                fields={"label": reading.text[mention.start : mention.end]},
            )


#: "Today: ther ex 15 min, gait 15 min": the session's line in a note that sums up a period.
_TODAYS = loose(
    r"\W*(?:today(?:['’]?s (?:tx|treatment|session|visit))?|(?:tx|treatment|session|services?)(?: (?:today|this visit|last visit|this date|(?:provided|given|rendered) today))|(?:tx|treatment) at last visit)\s?[:=–-]"
)


#: "Skilled services provided since last report: Therapeutic exercise, gait training": the account of a
#: period by the names of its services.
_GIVEN = loose(
    r"^[^\w\n]*(?:skilled )?(?:services?|interventions?|treatments?|tx)(?: (?:provided|rendered|given|received|to date|(?:this|for the|during the|over the|during this) (?:week|month|period|quarter|stay|episode|cert\w*)|during stay|included?|has included|has consisted of))*(?: since (?:the )?last \w+)?\s?:[ \t]*(?P<list>[^\n]{6,200})$",
    re.M,
)
_PARTS = re.compile(r"[,;/+&]|\band\b", re.I)
#: One part in so many may name something else ("patient education", "AE training").
_OTHERS = 3
#: So many of its parts name a service.
_LEAST_NAMED = 2


def _services_given(reading: Reading, described: frozenset[str]) -> Iterator[Hit]:
    """The line of a report that lists the names of the services of its period and says no more, where
    the report describes fewer than half of them."""
    for given in _GIVEN.finditer(reading.lower):
        start, end = given.span("list")
        labels = [m for m in reading.mentions_in(start, end, "service_label") if len(_key(m)) > 1]
        keys = {_key(m) for m in labels}
        if (
            len(keys) < _LEAST_NAMED
            or 2 * len(keys & described) >= len(keys)
            or BOX.search(reading.text, start, end)
        ):
            continue
        parts = [part for part in _PARTS.split(reading.text[start:end]) if part.strip(" .")]
        if len(parts) - len(labels) > len(parts) // _OTHERS or reading.has_quantity(start, end):
            continue  # most of it says what was done
        words = reading.text[start:end].rstrip(" .")
        yield Hit("words", start, start + len(words), fields={"label": words})


def heads_today(reading: Reading, statement: Statement) -> bool:
    """Returns whether a statement opens with the heading of the session's own line."""
    return _TODAYS.match(reading.lower, statement.start) is not None


def _named_below(reading: Reading, statement: Statement, key: str) -> bool:
    """Whether a sentence further down names the service that a box only ticks."""
    return any(
        _key(other) == key
        and _is_item(reading, other, below)
        and not is_ticked(reading.text, other.start)
        for below in reading.statements[statement.index + 1 :]
        if reading.answer(_may_name, below)
        for other in reading.mentions_in(below.start, below.end, "service_label")
    )


#: A line of totals names its services again, one after another.
_TOTALLED = re.compile(r"\b(?:total|timed|tx min|treatment (?:min|time))|[,;/+]")
_NONE_OF_IT = re.compile(r"\s?[:=]?\s?0(?:\s?min\w*)?(?!\d|\.\d)")
_DISCIPLINE = re.compile(
    r"(?:speech|language|speech[- ]language|occupational|physical) therapy|slp|st"
)


_GOES_TO = loose(
    r"\b(?:(?:benefit\w*|discharged?|d/c'?d?|graduated|absent|released) from|(?:coming|came|comes|referred|return\w*|agree\w*|transport\w*|brought|excited|happy|arriv\w*) (?:to|for) (?:come to |attend )?|need for) (?:skilled |outpatient |the |his |her )?$"
)
#: So far before the name stands what the patient does with it.
_GOES_WITHIN = 40


def _names_discipline(reading: Reading, mention: Mention, statement: Statement) -> bool:
    """Whether the name of the discipline is a sentence by itself ("Speech Therapy. Pt took …"), or
    where a patient goes and what helps ("is benefiting from speech therapy")."""
    named = _DISCIPLINE.fullmatch(reading.lower, mention.start, mention.end) is not None
    if named and _GOES_TO.search(
        reading.lower, max(statement.start, mention.start - _GOES_WITHIN), mention.start
    ):
        return True
    if mention.start != statement.start:
        return False
    if named and not statement.line and not statement.index:
        return True  # "Speech therapy, dysphagia tx, lunch meal in small dining room."
    words = reading.lower[statement.start : statement.end].strip(" .:-")
    return _DISCIPLINE.fullmatch(words) is not None and any(
        named_in(reading, other.start, other.end)
        or reading.has_mention(other.start, other.end, "service_label")
        or reading.has_quantity(other.start, other.end, "score", "percent")
        for other in reading.statements
        if other.index != statement.index
    )


#: Where the words of a label end at the latest, and the marks that end them.
_FARTHEST = 70
_LABEL_STOP = re.compile(
    r"[.;|(\n\t\[]|\s[-–—/]\s|,|\s(?:for|to|[x×]|provided|performed|completed|done|given|was|were|this|today|per|see|as)\b|\s[x×]?\d"
)


def _label_end(reading: Reading, mention: Mention, stop: int) -> int:
    """Where a label ends with the words that say no more ("TE - core and LE strengthening"), or with
    the pointer, which leads the group of both."""
    sheet = _PER_SHEET.match(reading.lower, mention.end, stop)
    if sheet:
        return sheet.end()
    begins = _LABEL_OPENS.match(reading.lower, mention.end, stop)
    at = begins.end() if begins else mention.end
    ends = _LABEL_STOP.search(reading.lower, at, stop)
    end = ends.start() if ends else stop
    if end - mention.start > _FARTHEST or not words_in(reading, Span(at, end)):
        return mention.end
    return len(reading.text[:end].rstrip())


#: What stands between a label and its words: a mark, or a code or minutes in brackets.
_LABEL_OPENS = re.compile(
    r"\s*[:–—-]\s*|\s*\((?:97\d{3}|[^()\n]{0,12}min[^()\n]{0,4})\)\s*[:–—-]?\s*"
)


_TIME_LINE = re.compile(r"\W*(?:times?|min(?:ute)?s|billing|charges?|cpt|codes?|units?)\s?[:=]")
_UNBILLED = re.compile(r"\b(?:not billed|no charge|unbilled|bundled|non-?billable)\b")
_TITLE = re.compile(r"\b(?:evaluation|eval|note|report|summary|record|recertification|recert)\b")
_SEEN_FOR = re.compile(
    r"\b(?:(?:seen|treated) (?:[\w/]+ ){0,6}?(?:for|with)|participated in|completed|performed|received|worked on)\b"
)


def _may_name(reading: Reading, statement: Statement) -> bool:
    """Whether a statement of today names a service or a capacity at all.

    Boxes to tick name services as well; what was done stands elsewhere.
    """
    start, end = statement.start, statement.end
    if statement.contexts & SKIPPED or not reading.has_mention(start, end, *_NAMES):
        return False
    return _tells(reading, statement) and len(BOX.findall(reading.text, start, end)) < 2


_NAMES = ("service_label", "generic_modifier", "generic_head")


def _tells(reading: Reading, statement: Statement) -> bool:
    """Whether a statement may tell of a service; "pt seen for 45 min of …" does though it reads as a report."""
    if statement.role in TELLING or (statement.role == "plan" and heads_today(reading, statement)):
        return True
    if statement.role != "subjective" or reading.section_of(statement).kind != "body":
        return False
    return bool(_SEEN_FOR.search(reading.lower, statement.start, statement.end))


#: "Ther ex per flow sheet": the name and the pointer are one thing to say.
_PER_SHEET = re.compile(
    r"\s*(?:as )?per (?:the )?(?:ex\w* |tx |attached )*(?:flow ?sheets?|sheets?|grid|log|f/s|fs)\b"
)
#: Kinds of notes that name the services of a period or a plan.
_SUMMED = frozenset({"eval", "recert", "reeval", "progress", "discharge"})


def _lists(reading: Reading, statement: Statement) -> bool:
    """Whether a statement names several services and the time of none: those of the plan or period."""
    if reading.has_quantity(statement.start, statement.end, "minutes", "units"):
        return False
    return len(_named_services(reading, statement)) > 1


def _named_services(reading: Reading, statement: Statement) -> frozenset[str]:
    """The services that a statement names."""
    labels = reading.mentions_in(statement.start, statement.end, "service_label")
    return frozenset(map(_key, labels)) - {""}


def _next_item(reading: Reading, mention: Mention, statement: Statement) -> int:
    """Where the next service of a statement begins: the words up to there belong to the label."""
    for other in reading.mentions_in(mention.end, statement.end, "service_label"):
        if _key(other) != _key(mention) and _is_item(reading, other, statement):
            return other.start
    return statement.end


def _key(mention: Mention) -> str:
    sense = mention.sense("service_label")
    if sense is None:
        return ""
    codes = sorted(t for t in sense.tags if t[:1].isdigit())
    return codes[0] if codes else sense.term


def _described(encounter: Encounter) -> frozenset[str]:
    """Codes whose attributed words, anywhere in the note, hold something concrete."""
    found: set[str] = set()
    for service in encounter.services:
        if service.code and _body_specific(encounter.reading, service):
            found.add(service.code.value)
    return frozenset(found)


def _body_specific(reading: Reading, service: Service) -> bool:
    for span in service.body:
        statement = reading.statement_at(span.start)
        if statement is not None and (
            statement.contexts & _NOT_TODAY or is_aside(reading, statement)
        ):
            continue
        if statement is not None and _is_other_sentence(reading, service, statement):
            continue
        if statement is not None and any(
            _on_any_ground(reading, label, statement)
            for label in reading.mentions_in(statement.start, statement.end, "service_label")
        ):
            continue
        if (
            statement is not None
            and statement.role == "measure"
            and not reading.has_mention(
                span.start, span.end, "technique", "exercise", "task", "speech_task"
            )
        ):
            continue  # the motion found says nothing of "Manual x10" above it
        told = statement is not None and statement.role in ("treatment", "pointer", "education")
        if named_in(reading, span.start, span.end, CONTENT if told else WORK) or (
            told and described_in(reading, span.start, span.end)
        ):
            return True
    return False


def _is_other_sentence(reading: Reading, service: Service, told: Statement) -> bool:
    """Whether a sentence of the paragraph that names a service is about other work ("She did
    therapeutic exercise. She then worked on balance in the bars")."""
    opener = reading.statement_at(service.place.start) if service.place else None
    if opener is None or service.code is None or told.index == opener.index:
        return False
    if told.line != opener.line or opener.label_end > opener.start:
        return False
    return not of_kind(reading, service.code.value, told)


#: Contexts whose words describe no service of today, though they stand below its name.
_NOT_TODAY = SKIPPED - {"negated", "quoted", "hypothetical"}


def _described_apart(encounter: Encounter, key: str) -> bool:
    """Whether words that belong to no service describe what the code stands for (dictation)."""
    return any(
        activity.service < 0
        and not is_aside(encounter.reading, encounter.reading.statements[activity.statement])
        and (key in activity.codes or _fits(activity, key))
        and any(not _is_label(encounter.reading, head.place) for head in activity.heads)
        for activity in encounter.activities
    )


def _is_label(reading: Reading, place: Span | None) -> bool:
    """Whether a head is itself the label of a service ("gait trng")."""
    return place is not None and any(
        m.start <= place.start and place.end <= m.end
        for m in reading.mentions_in(place.start, place.end, "service_label")
    )


def _fits(activity: Activity, key: str) -> bool:
    domains = _TASK_DOMAINS.get(key)
    return domains is not None and bool(domains & activity.domains)


_TASK_DOMAINS = {
    "97530": frozenset(
        {
            "lifting",
            "transfer",
            "bed",
            "stairs",
            "work",
            "iadl",
            "adl",
            "community",
            "wheelchair",
            "school",
        }
    ),
    "97535": frozenset({"adl", "iadl", "eating"}),
    "97116": frozenset({"gait", "stairs"}),
    "97542": frozenset({"wheelchair"}),
}


#: How near its name a distance stands.
_AT_ONCE = 3


def _is_item(reading: Reading, mention: Mention, statement: Statement) -> bool:
    """Whether the label stands as the item itself, not as a word inside a sentence."""
    word = reading.text[mention.start : mention.end]
    short = len(word) <= _SHORT and not word.isupper()
    if short and not _heads_timed(reading, mention, statement):
        return False
    if word.lower() == "gait" and any(
        q.start - mention.end <= _AT_ONCE
        for q in reading.quantities_in(mention.end, mention.end + _AT_ONCE, "distance", "minutes")
        if q.unit == "'" or q.kind == "distance"
    ):
        return False  # "Gait 400' SPC SBA": walked, and how far
    if word.lower() == "neuro" and _CLINIC.search(
        reading.lower, max(statement.start, mention.start - 12), mention.start
    ):
        return False  # "OP neuro" is the clinic
    if len(word) <= 2 and word.lower() not in ("te", "ta", "mt", "gt"):
        return False
    if mention.is_a("generic_modifier") and word.lower() in (
        "adl",
        "adls",
        "gait",
        "self care",
        "self-care",
        "neuro",
        "manual",
        "group",
    ):
        after = reading.lower[mention.end : mention.end + 18].lstrip(" :-–,.(")
        if not (
            after[:1].isdigit()
            or after.startswith(("x ", "x1", "x2", "x3", "x4", "min"))
            or not after.strip()
        ):
            return False
    if any(
        m.start <= mention.start
        and m.end >= mention.end
        and m.end - m.start > mention.end - mention.start
        for m in reading.mentions_in(max(statement.start, mention.start - 24), mention.end)
    ):
        return False
    before = reading.lower[max(statement.start, mention.start - 22) : mention.start]
    return bool(_INTO.search(before)) and reading.text[mention.end : mention.end + 1] not in ("/",)


_CLINIC = loose(r"\b(?:op|ip|outpatient|outpt|inpatient|adult|peds) $")
#: A name of so few letters in lower case may be any word.
_SHORT = 3


def _heads_timed(reading: Reading, mention: Mention, statement: Statement) -> bool:
    """Whether a name in few small letters opens an item that says how long ("nmr l ue 8", "mt r sh
    13 min")."""
    return mention.start == statement.start and bool(
        _TIMED.search(reading.lower, mention.end, statement.end)
    )


_TIMED = re.compile(r"\b\d{1,2}\s*(?:min(?:ute)?s?\b|['’′]|\W*$)")
#: What stands between a name and its own code.
_OWN_CODE = re.compile(
    r"[\s\d(\[:,x–—|-]*(?:(?:min(?:ute)?s?|units?|['’′])\.?)?[\s\d)(\[:,–—|-]*(?:(?:cpt|code)[\s:#(-]*){0,2}"
)


def _has_content(reading: Reading, mention: Mention, statement: Statement) -> bool:
    """Whether the item's own clause, its bullets or what follows up to the next label say more."""
    stop = _next_item(reading, mention, statement)
    if reading.answer(_lists_services, statement):
        clause = next((c for c in statement.clauses if c.start <= mention.start < c.end), None)
        if clause is None:
            return False
        aim = _AIM.search(reading.lower, mention.end, min(stop, clause.end))
        return named_in(reading, mention.end, aim.start() if aim else min(stop, clause.end))
    for quantity in reading.quantities_in(mention.end, stop, "code"):
        if not _OWN_CODE.fullmatch(reading.lower, mention.end, quantity.start):
            stop = min(stop, quantity.start)
            break
    start = (
        statement.start
        if not list(reading.mentions_in(statement.start, mention.start, "service_label"))
        else mention.start
    )
    bare = _on_any_ground(reading, mention, statement)
    if not bare and (described_in(reading, mention.end, stop) or goes_far(reading, mention, stop)):
        return True
    told = _told_item(reading, mention, statement)
    if told is not None and _has_content(reading, told, statement):
        return True
    # "Lymphedema management was continued with manual techniques": words of a frame say nothing.
    framed = _FRAME.search(reading.lower, start, mention.start)
    before = named_in if framed else described_in
    if before(reading, start, mention.start):
        return True
    return any(
        described_in(reading, below.start, below.end)
        for below in detail_below(reading, statement, ends=stop == statement.end)
    )


#: Where any walk is taken, and from where any transfer.
_ANY_GROUND = loose(
    r"\b(?:(?:on|over|across|from|to|to/from|w/|with|in) )?(?:(?:and|level|even|flat|indoor|all|various|multiple|different|varied|household|variety of|a) )*(?:level|even|flat|indoor|all|various|multiple|different|varied|household|variety of) (?:surfaces?|ground|floors?|heights?)(?: (?:indoors?|in (?:the )?(?:gym|clinic|facility|hallway|home)))?\b"
)
_ANY_PLACE = loose(
    r"\b(?:at|in|on) (?:the |her |his )?(?:sink|room|bathroom|bedside|eob|edge of (?:the )?bed|table|mat|gym|counter|clinic|w/c|wheelchair)\b"
)
_DONE = re.compile(
    r"\b(?:was|were|performed|provided|completed|done|rendered|c|with|w/|using|x|for)\b"
)


def _on_any_ground(reading: Reading, mention: Mention, statement: Statement) -> bool:
    """Whether nothing but such a ground, a device and the minutes stand behind a label ("gait training
    w/ RW on level surfaces", "transfer training all surfaces")."""
    grounds = [
        m.span()
        for pattern in (_ANY_GROUND, _ANY_PLACE)
        for m in pattern.finditer(reading.lower, mention.end, statement.end)
    ]
    if not grounds:
        return False
    covered = list(grounds)
    covered += [m.span() for m in _DONE.finditer(reading.lower, mention.end, statement.end)]
    covered += [
        (m.start, m.end)
        for m in reading.mentions_in(mention.end, statement.end, "device", "subject")
    ]
    covered += [
        (q.start, q.end)
        for q in reading.quantities_in(mention.end, statement.end, "minutes", "code", "units")
    ]
    return all(
        any(low <= word.start < high for low, high in covered)
        for word in reading.words_in(mention.end, statement.end)
    )


def _lists_services(reading: Reading, statement: Statement) -> bool:
    """Whether a sentence sums a session up in the names of its services, without a number ("Skilled
    interventions included therapeutic exercise for …, neuromuscular re-education for …, and …")."""
    return len(_named_services(reading, statement)) >= _LISTED and not reading.has_quantity(
        statement.start, statement.end
    )


_AIM = re.compile(r"\s(?:to|for|in order to)\s")
#: So many services make a list.
_LISTED = 3


def _told_item(reading: Reading, mention: Mention, statement: Statement) -> Mention | None:
    """The name that is the first thing told behind the title of a code ("97110 Ther Ex 15 min: gait
    training 100 ft x2"), if it has no code and no minutes of its own."""
    other = next(
        (
            m
            for m in reading.mentions_in(mention.end, statement.end, "service_label")
            if _is_item(reading, m, statement)
        ),
        None,
    )
    if other is None or not _is_titled(reading, statement, mention.end):
        return None
    if any(is_content(w) for w in _words_between(reading, mention.end, other.start)):
        return None
    own = reading.quantities_in(other.end, statement.end, "code", "minutes")
    return None if any(True for _ in own) else other


def _is_titled(reading: Reading, statement: Statement, end: int) -> bool:
    """Whether one written code stands in a statement up to an offset."""
    return sum(1 for _ in reading.quantities_in(statement.start, end, "code")) == 1


def _words_between(reading: Reading, start: int, end: int) -> Iterator[str]:
    for word in reading.words_in(start, end):
        words = reading.lower[word.start : word.end]
        if reading.quantity_at(word.start) is None and words not in OF_BILLS:
            yield words


_FRAME = re.compile(
    r"\b(?:started|began|opened|spent|gave|given|received|continued|performed|provided|addressed|treated|managed|consisted|included|given)\b[^.;:,]{0,24}\b(?:with|of|by|through|via)\s+(?:some\s+)?$"
)


def _only_provided(reading: Reading, mention: Mention, statement: Statement) -> bool:
    """Whether a sentence says that a service of speech therapy was given, and nothing else ("Dysphagia
    tx provided."): what is told elsewhere stands for other words."""
    if not mention.has_tag("92507") and not mention.has_tag("92526"):
        return False
    if not reading.text.endswith(".", 0, statement.end):
        return False
    start = max(statement.start, statement.label_end)
    if reading.lower[start : mention.start].strip(" -*•"):
        return False
    return _PROVIDED.fullmatch(reading.lower, mention.end, statement.end) is not None


_PROVIDED = re.compile(
    r"\s*(?:(?:(?:was|were)\s)?(?:provided|completed|performed|rendered|given|done|conducted)(?:\s(?:today|this date|per poc|(?:x|for)\s\d{1,3}\s?min\w*)){0,2}|(?:for\s[a-z]+)?)\W*"
)


def _says_more(reading: Reading, mention: Mention, statement: Statement, key: str) -> bool:
    """Whether a heading goes on to name the same service ("97140 Manual Therapy - 10 min: Manual
    therapy L shoulder"): what stands behind it is the item."""
    if mention.start >= statement.label_end:
        return False
    return any(
        _key(other) == key and _is_item(reading, other, statement)
        for other in reading.mentions_in(statement.label_end, statement.end, "service_label")
    )


def _said_below(reading: Reading, statement: Statement, key: str) -> bool:
    """Whether a code's head names a service that the line below names again ("97530 THERAPEUTIC
    ACTIVITIES\\nTher act completed."): that line is the item."""
    below = reading.statements[statement.index + 1 : statement.index + 2]
    if not below or below[0].section != statement.section or below[0].line == statement.line:
        return False
    if not reading.has_quantity(statement.start, statement.end, "code"):
        return False
    return any(
        _key(other) == key and _is_item(reading, other, below[0])
        for other in reading.mentions_in(below[0].start, below[0].end, "service_label")
    )


def _names_service(encounter: Encounter, key: str) -> bool:
    """A label in a totals line is an item only when no narrative of the note treats its code."""
    return not any(a for a in encounter.activities if key in a.codes) and not any(
        a.heads for a in encounter.activities
    )
