"""Time that is not stated at all (C1, C2, C3)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from notelint.billing.intervals import LONGEST_MINUTES
from notelint.billing.tables import BillingTables
from notelint.checks.bills.bill import Bill, bill_of
from notelint.checks.bills.spent import spent_on
from notelint.encounter.anchors import is_elsewhere
from notelint.encounter.clocks import range_at
from notelint.encounter.encounter import Encounter, TimeStatement
from notelint.finding import Place
from notelint.language.loose import loose
from notelint.language.reading import Mention, Reading
from notelint.rulebook.rule import Hit

#: Names that mean a billed service and no mere word of a sentence.
_CLEAR_NAME = loose(r"ther|train|trng|re-?ed|\bnmr|\bte\b|\bta\b|\bmt\b|tx\b|mgmt|management")
_BODY_PART = loose(
    r"\W*(?:\b(?:[blr]?\s?[ul]e|b/?l|r|l|ue|le|core|trunk|hip|knee|shoulder|ankle|neck|back|lumbar|cervical|seated|standing|supine|the)\b\W*){0,3}"
)
_ITEM_ROLES = ("treatment", "other", "heading", "pointer", "time")
_WHOLE_VISIT = ("total_timed", "total_treatment", "total", "session", "part", "billed")
#: Note kinds that record a treatment by themselves; of others only the charges show one.
_TREATMENT_KINDS = ("daily", "unknown")


#: "Manual therapy 14', glides", "…, 18'." and "45'" on its line may be minutes, and may be feet.
_PRIMED = loose(
    r"(?:^|[\n,.;]\s?|(?<!walk)(?<!gait)(?<!amb)(?<!ambulated)(?<!walked)(?<!about)(?<!for)(?<!of)(?<!\bx)\s)(?P<value>[1-8]\d|[89])['’′](?=$|\s?(?:$|[:,.;()]|to\b|for\b))",
    re.M,
)


def _may_be_minutes(encounter: Encounter) -> bool:
    """Whether a prime mark stands where minutes stand: then nobody knows that they are missing.

    Behind a device or a walk within its clause it is feet ("amb w/ RW 80', CGA"), unless so few stand
    behind the name of a service and its device ("gt trng w/ spc 12'").
    """
    reading = encounter.reading
    return any(
        _times_service(reading, match)
        or not any(
            m.is_a("device") or m.has_tag("gait")
            for m in reading.mentions_in(
                max(0, match.start("value") - _BEHIND), match.start("value"), "device", "task"
            )
            if not _PARTED.search(reading.lower, m.end, match.start("value"))
        )
        for match in reading.matches(_PRIMED)
    )


#: Nobody trains a walk of fewer feet, and few services last longer.
_FEW = 30


def _times_service(reading: Reading, prime: re.Match[str]) -> bool:
    """Whether a small number closes a line that the name of a service opens."""
    statement = reading.statement_at(prime.start("value"))
    return (
        statement is not None
        and int(prime["value"]) <= _FEW
        and any(
            m.start == statement.start
            for m in reading.mentions_in(statement.start, statement.start + 1, "service_label")
        )
    )


#: How far behind a device its distance stands, and what ends its clause before that.
_BEHIND = 24
_PARTED = re.compile(r"[,.;\n]")


_CLIPPED = loose(r"(?:^|[\s;,.])(?:x|for)\s?\d{1,2}\s?m(?=\s*(?:$|[.,;\n]))")


def no_minutes(encounter: Encounter, tables: BillingTables) -> Iterator[Hit]:
    """A timed service without minutes, where no total and no clock time covers it (C1)."""
    if any(t.role in _WHOLE_VISIT and t.treats for t in encounter.times):
        return
    bill = bill_of(encounter, tables.codes)
    if not bill.recorded and encounter.facts.note_type not in _TREATMENT_KINDS:
        return  # codes that a report or a plan names are not billed there
    if encounter.reading.holds(_CLIPPED) or _may_be_minutes(encounter):
        return  # "x 40 m" may be the minutes
    stated = encounter.code_minutes
    grouped = {c for t in encounter.times if t.role == "group" for c in t.label.split("+")}
    missing: dict[str, Place | None] = {}
    for line in bill.any_timed:
        if line.minutes is None and line.code not in stated and line.code not in grouped:
            missing.setdefault(line.code, line.as_place(line.code))
    if not bill.recorded and encounter.facts.note_type in _TREATMENT_KINDS:
        for code, words in _named(encounter, tables):
            if code not in stated and code not in grouped:
                missing.setdefault(code, words)
    missing = {c: p for c, p in missing.items() if not _minutes_beside(encounter, p)}
    if missing and not _lines_timed(encounter, bill) and not _items_timed(encounter, missing):
        places = tuple(p for p in missing.values() if p)
        yield Hit("note", evidence=places, fields={"codes": _listed(encounter, missing)})


def _lines_timed(encounter: Encounter, bill: Bill) -> bool:
    """A clock span or a total of the record stands for all lines."""
    del bill
    return any(
        t.start_clock is not None and t.end_clock is not None and not t.code
        for t in encounter.times
    )


def _items_timed(encounter: Encounter, missing: Mapping[str, Place | None]) -> bool:
    """Whether the items carry minutes of their own, as many as there are codes without them; what
    the record gives another code is that code's."""
    others = Counter[float | None](
        c.minutes for c in encounter.note.charges if c.minutes is not None
    )
    spent = [
        t for t in encounter.times
        if t.role == "activity" and (t.minutes or 0) >= _LEAST and not _taken(others, t.minutes)
    ]  # fmt: skip
    return len(spent) >= max(2, len(missing))


def _taken(others: Counter[float | None], minutes: float | None) -> bool:
    """Takes minutes from those of other codes, where they are among them."""
    if others[minutes] < 1:
        return False
    others[minutes] -= 1
    return True


def _minutes_beside(encounter: Encounter, place: Place | None) -> bool:
    """Whether minutes of no known owner stand in the sentence of a code: they may be the code's
    ("the first 24 minutes went on the night trip as therapeutic activity, 97530")."""
    if place is None or place.start is None or place.target != "text":
        return False
    at = place.start
    statement = encounter.reading.statement_at(at)
    return statement is not None and any(
        t.role == "activity"
        and not t.code
        and (t.minutes or 0) >= _LEAST
        and t.place is not None
        and statement.start <= t.place.start < at
        for t in encounter.times
    )


#: Minutes of an item below this are those of an exercise, not of a service.
_LEAST = 8


def _listed(encounter: Encounter, missing: dict[str, Place | None]) -> str:
    """The codes, or the words of the names where no code is written."""
    names = []
    for code, place in missing.items():
        written = code.lower() in encounter.reading.lower or place is None or place.target != "text"
        if written or place is None:
            names.append(code)
        else:
            names.append(f"“{encounter.text[place.start : place.end]}”")
    return ", ".join(names)


def _named(encounter: Encounter, tables: BillingTables) -> Iterator[tuple[str, Place]]:
    """Timed services that the text names by words: as a service, or at the head of an item."""
    reading = encounter.reading
    told: set[str] = set()
    for mention in reading.mentions_in(0, len(reading.text), "service_label"):
        words = reading.lower[mention.start : mention.end]
        code = _code_of(mention)
        known = tables.codes.get(code)
        if known is None or not known.timed or code in told or not _CLEAR_NAME.search(words):
            continue
        if len(words) <= 3 and not reading.text[mention.start : mention.end].isupper():
            continue
        if is_elsewhere(reading, mention.start) or reading.context_at(mention.start):
            continue
        if _is_service(encounter, mention) or _heads_item(encounter, mention):
            told.add(code)
            yield code, Place("evidence", "text", mention.start, mention.end, "service")


def _code_of(mention: Mention) -> str:
    sense = mention.sense("service_label")
    return next((t for t in sorted(sense.tags) if t[:1] == "9"), "") if sense else ""


def _is_service(encounter: Encounter, mention: Mention) -> bool:
    return any(
        s.label and s.label.place and s.label.place.start == mention.start
        for s in encounter.services
    )


def _heads_item(encounter: Encounter, mention: Mention) -> bool:
    """Whether at most a body part stands before the name in its statement ("LE ther ex -")."""
    statement = encounter.reading.statement_at(mention.start)
    if statement is None or statement.role not in _ITEM_ROLES:
        return False
    return bool(_BODY_PART.fullmatch(encounter.reading.lower, statement.start, mention.start))


def _may_be_visit(encounter: Encounter, codes: set[str]) -> bool:
    """Whether a length or a clock range of no known owner may be that of the visit: a range as long as
    one ("at her table 1:05-1:52 pm"), or the only service's minutes ("47 minutes, individual")."""
    reading = encounter.reading
    if len(codes) == 1 and any(
        t.role == "activity"
        and (t.minutes or 0) >= _LEAST_VISIT
        and t.place is not None
        and _speaks_of_visit(encounter, t.place.start)
        for t in encounter.times
    ):
        return True
    return any(
        range_ is not None and _LEAST_VISIT <= (range_.minutes or 0) <= LONGEST_MINUTES
        for q in reading.quantities_in(0, len(reading.text), "clock_range")
        if not is_elsewhere(reading, q.start)
        for range_ in [range_at(reading.lower, q.start, q.end)]
    )


def _speaks_of_visit(encounter: Encounter, at: int) -> bool:
    """Whether a sentence opens the note or names a code, and so may give the visit's length."""
    statement = encounter.reading.statement_at(at)
    return statement is not None and (
        not statement.index
        or _OF_TODAY.match(encounter.reading.lower, statement.start, at) is not None
        or encounter.reading.has_quantity(statement.start, statement.end, "code")
    )


#: "Today 45 min, picture naming".
_OF_TODAY = loose(r"\W*(?:today|tx|session|visit|seen|treated)\W{1,3}(?:for |x )?")
#: A visit is not shorter than this, in minutes.
_LEAST_VISIT = 20
_TREATED = loose(r"\b(?:1:1|1 on 1|one[- ]on[- ]one|direct|tx|treatment)\b")
_BESIDE = 16


def _of_treatment(encounter: Encounter, time: TimeStatement) -> bool:
    """Whether a length is that of the treatment itself ("30 min tx", "34 min total 1:1"), not of the visit."""
    place = time.place
    if (
        time.role != "session"
        or time.minutes is None
        or time.start_clock is not None
        or place is None
    ):
        return False
    return bool(
        _TREATED.search(encounter.reading.lower, max(0, place.start - _BESIDE), place.end + _BESIDE)
    )


def no_timed_total(encounter: Encounter, tables: BillingTables) -> Iterator[Hit]:
    """Timed services billed, no total of timed minutes, and none that the parts add up to (C2)."""
    times = encounter.times
    if any(t.role == "total_timed" for t in times) or _may_be_minutes(encounter):
        return
    bill = bill_of(encounter, tables.codes)
    timed = bill.any_timed
    named = () if bill.recorded else tuple(_named(encounter, tables))
    if not timed and not (named and encounter.facts.note_type in _TREATMENT_KINDS):
        return
    only_timed = bill.only_timed if bill.lines else not _untimed_named(encounter, tables)
    if only_timed and any(
        t.role == "total" or _of_treatment(encounter, t) or _is_alone(encounter, t) for t in times
    ):
        return  # one number for a visit of timed services only
    if _items_timed(encounter, {x.code: None for x in timed}):
        return
    if spent_on(encounter, bill) or _parts_complete(encounter, bill, [c for c, _ in named]):
        return
    yield Hit("note", evidence=tuple(x.as_place(x.code) for x in timed))


def _is_alone(encounter: Encounter, time: TimeStatement) -> bool:
    """Whether minutes stand as a sentence of their own ("97535 x1 97110 x2. 40 minutes."): those of
    the visit, also behind what was done ("Patient needed cues. 30 min.") where no others are told."""
    if time.place is None or time.start_clock is not None:
        return False
    only = time.role == "part" and all(t is time or t.minutes is None for t in encounter.times)
    if time.role != "session" and not only:
        return False
    statement = encounter.reading.statement_at(time.place.start)
    return statement is not None and not _MORE_THAN_MINUTES.search(
        encounter.reading.lower, statement.start, statement.end
    )


_MORE_THAN_MINUTES = loose(r"\b(?!min\b|mins\b|minutes?\b)[a-z]{2,}")


def _parts_complete(encounter: Encounter, bill: Bill, named: list[str]) -> bool:
    """Whether minutes stand for every timed code, or for parts that are as many as the codes."""
    codes = {x.code for x in bill.any_timed if x.minutes is None} | (
        {*named} if not bill.recorded else set()
    )
    if not codes:
        return True
    stated = set(encounter.code_minutes)
    stated |= {c for t in encounter.times if t.role == "group" for c in t.label.split("+")}
    loose = sum(
        1
        for t in encounter.times
        if t.role in ("part", "service") and not t.code and t.origin == "text"
    )
    return len(codes - stated) <= loose


def _untimed_named(encounter: Encounter, tables: BillingTables) -> bool:
    """Whether the text names a service whose time is not timed minutes."""
    if any(t.role == "evaluation" for t in encounter.times):
        return True
    return any(
        s.code and s.code.value in tables.codes and not tables.codes[s.code.value].timed
        for s in encounter.services
    )


def no_treatment_total(encounter: Encounter, tables: BillingTables) -> Iterator[Hit]:
    """A treatment without its total time, where nothing stated yields it (C3)."""
    times = encounter.times
    if any(
        t.role in ("total_treatment", "total", "session")
        and (t.minutes is not None or t.start_clock is not None)
        for t in times
    ) or _may_be_minutes(encounter):
        return
    bill = bill_of(encounter, tables.codes)
    named = [
        s
        for s in encounter.services
        if s.code and s.code.value in tables.codes and s.place is not None
    ]
    lines = [x for x in bill.lines if x.code in tables.codes]
    asked = tables.payer(encounter.facts.payer).totals == "yes"
    treated = named or (asked and encounter.facts.note_type == "daily" and encounter.activities)
    if not lines and not (treated and encounter.facts.note_type in _TREATMENT_KINDS):
        return
    if bill.only_timed and any(t.role == "total_timed" or _is_alone(encounter, t) for t in times):
        return  # timed time is all the time there is
    if bill.recorded and all(x.minutes is not None for x in bill.lines):
        return
    codes = {x.code for x in lines} or {s.code.value for s in named if s.code}
    if _may_be_visit(encounter, codes):
        return
    if any(t.role == "group" and codes <= set(t.label.split("+")) for t in times):
        return
    if len(codes) == 1 and any(
        t.code in codes or t.role in ("part", "service", "evaluation")
        for t in times
        if t.treats or t.role == "evaluation"
    ):
        return
    yield Hit("note", evidence=tuple(x.as_place(x.code) for x in lines))
