"""Statements of time that cannot all be true (C5, C7)."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from notelint.billing.tables import BillingTables
from notelint.billing.totals import CLOCK_TOLERANCE, TimeIssue, clock_differs, review_totals_of_time
from notelint.checks.bills.bill import Bill, bill_of
from notelint.checks.bills.spent import Spent, number, places_of, spent_on
from notelint.encounter.encounter import Encounter, TimeStatement
from notelint.finding import Place
from notelint.language.loose import loose
from notelint.language.reading import Span
from notelint.rulebook.rule import Hit

_END = "Correct whichever was recorded wrongly."
_BESIDE = loose(r"[\s(\[:=,–—-]{0,4}(?:\()?$")
_ADDED = loose(
    r"(\d{1,3}(?:\s?(?:minutes?|mins?|min))?(?:\s?\+\s?[a-z ]{0,24}\d{1,3}(?:\s?(?:minutes?|mins?|min))?)+)\s?=\s?(\d{1,3})\b"
)


def sums(encounter: Encounter, tables: BillingTables) -> Iterator[Hit]:
    """Per-code minutes against the timed total, timed against treatment, clock against minutes."""
    bill = bill_of(encounter, tables.codes)
    yield from _totals(encounter, bill)
    yield from _clocks(encounter, bill)
    yield from _written_sums(encounter)


def evaluation(encounter: Encounter, tables: BillingTables) -> Iterator[Hit]:
    """Minutes of an evaluation inside the stated timed minutes (C7)."""
    bill = bill_of(encounter, tables.codes)
    spent = _evaluations(encounter, bill)
    if not spent:
        return
    total = _one(encounter, "total_timed")
    parts = _parts(encounter, bill, least=1)
    if total is None or total.minutes is None or not total.sure:
        return
    minutes = sum(m for _, m in spent)
    added = parts.minutes if parts else 0.0
    if parts is None and bill.any_timed:
        return
    if minutes and added + minutes == total.minutes:
        terms = " + ".join(
            [
                *(f"{c} {number(m)}" for c, m in spent),
                *([str(parts).split(" = ")[0].removesuffix(" min")] if parts else []),
            ]
        )
        yield _on(
            total, parts.places if parts else (),
            f"{terms} = {number(total.minutes)} min, which is stated as timed minutes; the minutes of an "
            "evaluation are treatment time and no timed minutes. Correct the total that was recorded wrongly.",
        )  # fmt: skip


def _totals(encounter: Encounter, bill: Bill) -> Iterator[Hit]:
    timed, treatment = _one(encounter, "total_timed"), _treatment(encounter)
    tested = _evaluations(encounter, bill)
    parts = _parts(encounter, bill, least=1 if tested else 2)
    issues = review_totals_of_time(
        [m for _, m in parts.terms] if parts else [],
        timed_total=timed.minutes if timed and timed.sure else None,
        treatment_total=treatment.minutes if treatment and treatment.sure else None,
        evaluation=[m for _, m in tested],
    )
    for issue in issues:
        hit = _total_hit(issue, parts, timed, treatment)
        if hit is not None:
            yield hit


def _total_hit(
    issue: TimeIssue,
    parts: Spent | None,
    timed: TimeStatement | None,
    treatment: TimeStatement | None,
) -> Hit | None:
    if issue.kind == "sum" and parts and timed:
        return _on(
            timed, parts.places,
            f"{parts}; the timed total is stated as {number(issue.stated)} min. {_END}",
        )  # fmt: skip
    if issue.kind == "timed_over_treatment" and treatment and timed:
        return _on(
            treatment, places_of(timed, "timed total"),
            f"Timed minutes are stated as {number(issue.found)}, total treatment time as {number(issue.stated)}; "
            f"timed minutes are part of treatment time. {_END}",
        )  # fmt: skip
    if issue.kind == "treatment_sum" and treatment:
        return _on(
            treatment, parts.places if parts else (),
            f"The minutes stated for services and evaluation add up to {number(issue.found)}; total treatment "
            f"time is stated as {number(issue.stated)}. {_END}",
        )  # fmt: skip
    return None


def _parts(encounter: Encounter, bill: Bill, *, least: int = 2) -> Spent | None:
    """The minutes of every timed code, if each is stated surely: of the text first.

    Without codes, names count if at least ``least`` of them have minutes.
    """
    sources = {s.source: s for s in spent_on(encounter, bill) if s.terms and s.sure}
    for source in ("text", "mixed", "record"):
        if source not in sources:
            continue
        if source != "record" and _has_loose_parts(encounter):
            return None
        if _leaves_one_out(encounter, bill):
            return None
        return sources[source]
    if bill.lines:
        return _told_parts(encounter, bill, least)
    return _named_parts(encounter, bill, least)


def _leaves_one_out(encounter: Encounter, bill: Bill) -> bool:
    """Whether the text writes a timed code that was not charged and whose minutes are not sure ("97530
    8'"): the sum may lack them."""
    charged, stated = {line.code for line in bill.lines}, encounter.code_minutes
    written = {s.stated_code for s in encounter.services if s.place is not None and s.stated_code}
    return any(
        bill.codes[code].timed and not (code in stated and stated[code].sure)
        for code in written - charged
        if code in bill.codes
    )


def _told_parts(encounter: Encounter, bill: Bill, least: int) -> Spent | None:
    """The minutes of every timed code that the text writes, where a charge stands nowhere in it.

    The text's own total is then the sum of the text's own parts, or one of them is wrong.
    """
    named = [s.code.value for s in encounter.services if s.code and s.place is not None]
    timed = list(dict.fromkeys(c for c in named if c in bill.codes and bill.codes[c].timed))
    stated = encounter.code_minutes
    if len(timed) < max(2, least) or _has_loose_parts(encounter):
        return None
    lower = encounter.reading.lower
    if any(c not in stated or not stated[c].sure or c.lower() not in lower for c in timed):
        return None
    if _may_hold_more(encounter, {stated[c].place for c in timed}):
        return None
    places = tuple(
        Place("evidence", "text", v.place.start, v.place.end, "minutes")
        for v in (stated[c] for c in timed)
        if v.place
    )
    return Spent(
        "text",
        sum(stated[c].value for c in timed),
        tuple((c, stated[c].value) for c in timed),
        places,
    )


def _named_parts(encounter: Encounter, bill: Bill, least: int) -> Spent | None:
    """Without codes: the names that minutes stand beside ("TE 15, MT 10; total timed 45")."""
    stated = encounter.code_minutes
    timed = {c: v for c, v in stated.items() if c in bill.codes and bill.codes[c].pooled}
    if len(timed) < least or not all(v.sure for v in timed.values()) or _has_loose_parts(encounter):
        return None
    if _heads_unknown(encounter, {v.place for v in timed.values()}):
        return None
    others = {s.code.value for s in encounter.services if s.code and s.code.value not in timed}
    if any(c in bill.codes and bill.codes[c].timed for c in others):
        return None
    places = tuple(
        Place("evidence", "text", v.place.start, v.place.end, "minutes")
        for v in timed.values()
        if v.place
    )
    return Spent(
        "text",
        sum(v.value for v in timed.values()),
        tuple((c, v.value) for c, v in timed.items()),
        places,
    )


#: Fewer minutes are an exercise's.
_LEAST_UNIT = 8


def _may_hold_more(encounter: Encounter, told: Container[Span | None]) -> bool:
    """Whether other minutes stand in the text that may be those of the charge without words."""
    placed = [t for t in encounter.times if t.place and t.role not in ("activity", "service")]
    return any(
        not any(t.place and t.place.start <= q.start < t.place.end for t in placed)
        and Span(q.start, q.end) not in told
        and max(q.values, default=0) >= _LEAST_UNIT
        for q in encounter.reading.quantities
        if q.kind == "minutes" and not q.look_alike
    )


#: "Xyz 8 min: …": how far from the head of its sentence the minutes of a name stand.
_HEAD = 28
_HEADED = re.compile(r"(?:^|[\n.;|])[ \t]*[a-z][a-z /&-]{1,20}[ \t(x-]*$")
_GOES_ON = re.compile(r"\s?[:–—-]")


def _heads_unknown(encounter: Encounter, told: Container[Span | None]) -> bool:
    """Whether minutes stand in the head of a sentence whose name is not known: a service's, perhaps."""
    reading = encounter.reading
    for quantity in reading.quantities:
        if quantity.kind != "minutes" or quantity.look_alike or max(quantity.values, default=0) < 1:
            continue
        if Span(quantity.start, quantity.end) in told:
            continue
        if not _HEADED.search(reading.lower, max(0, quantity.start - _HEAD), quantity.start):
            continue
        if _GOES_ON.match(reading.lower, quantity.end) and not any(
            t.place and t.place.start <= quantity.start < t.place.end and t.role != "activity"
            for t in encounter.times
        ):
            return True
    return False


def _has_loose_parts(encounter: Encounter) -> bool:
    """Minutes whose code is not known may belong to the sum: then it is not complete."""
    return any(
        t.role in ("part", "group") or (t.role == "service" and not t.code) for t in encounter.times
    )


def _evaluations(encounter: Encounter, bill: Bill) -> list[tuple[str, float]]:
    found = {
        (t.code or "evaluation"): t.minutes
        for t in encounter.times
        if t.role == "evaluation" and t.sure
    }
    if not found:
        found = {
            x.code: x.minutes for x in bill.lines
            if x.code in bill.codes and bill.codes[x.code].evaluation and not bill.codes[x.code].timed
        }  # fmt: skip
    coded = {code: minutes for code, minutes in found.items() if code != "evaluation"}
    if found.get("evaluation") in (sum(m for m in coded.values() if m), *coded.values()):
        found = coded  # the same minutes by code and by name
    return [(code, minutes) for code, minutes in found.items() if minutes]


def _one(encounter: Encounter, role: str) -> TimeStatement | None:
    """The one statement of a total; two that differ are no statement to hold others against."""
    found = [t for t in encounter.times if t.role == role and t.minutes is not None]
    written = [t for t in found if t.origin == "text"] or found
    return written[0] if written and len({t.minutes for t in written}) == 1 else None


def _treatment(encounter: Encounter) -> TimeStatement | None:
    total = _one(encounter, "total_treatment")
    if total is not None:
        return total
    if any(t.role == "total_treatment" for t in encounter.times):
        return None
    return (
        _one(encounter, "total") if any(t.role == "total_timed" for t in encounter.times) else None
    )


def _clocks(encounter: Encounter, bill: Bill) -> Iterator[Hit]:
    """A span of the clock against the minutes beside it, and against the totals, or the codes' minutes
    that no total adds up, which it cannot hold."""
    written = [
        t for t in encounter.times if t.place is not None and t.start_clock is None and t.minutes
    ]
    # Several spans are services of one visit: no single one has to hold the total.
    spans = {
        (t.start_clock, t.end_clock)
        for t in encounter.times
        if t.start_clock is not None and t.end_clock is not None
    }
    for clock in encounter.times:
        if clock.place is None or clock.minutes is None or clock.start_clock is None:
            continue
        beside = next((t for t in written if _is_beside(encounter, clock, t)), None)
        if beside is not None and beside.minutes is not None and beside.sure:
            longer_visit = clock.role == "session" and clock.minutes > beside.minutes
            if clock_differs(clock.minutes, beside.minutes) and not longer_visit:
                yield _clock_hit(encounter, clock, beside)
            continue
        if clock.role != "session" or len(spans) > 1:
            continue
        for total in written:
            if (
                total.role in ("total_timed", "total_treatment", "total")
                and total.sure
                and (total.minutes or 0) > clock.minutes + CLOCK_TOLERANCE
            ):
                yield _clock_hit(encounter, clock, total)
                break
        else:
            totals = any(t.role in ("total_timed", "total_treatment", "total") for t in written)
            if not totals and clock.sure:
                yield from _overfull(encounter, clock, _parts(encounter, bill))


def _overfull(encounter: Encounter, clock: TimeStatement, parts: Spent | None) -> Iterator[Hit]:
    """The minutes of the codes where the visit's clock times cannot hold them."""
    if clock.place is None or parts is None or not parts.terms:
        return
    if parts.minutes <= (clock.minutes or 0) + CLOCK_TOLERANCE:
        return
    words = encounter.text[clock.place.start : clock.place.end].strip()
    message = f"“{words}” is {number(clock.minutes or 0)} min; {parts}. {_END}"
    yield _on(clock, parts.places, message)


def _is_beside(encounter: Encounter, clock: TimeStatement, time: TimeStatement) -> bool:
    if clock.place is None or time.place is None or time.role in ("nonbillable", "total_untimed"):
        return False
    if 0 <= time.place.start - clock.place.end <= 4:
        return bool(_BESIDE.match(encounter.text[clock.place.end : time.place.start]))
    return False


def _clock_hit(encounter: Encounter, clock: TimeStatement, time: TimeStatement) -> Hit:
    assert clock.place is not None
    words = encounter.text[clock.place.start : clock.place.end].strip()
    return _on(
        time, places_of(clock, "clock times"),
        f"“{words}” is {number(clock.minutes or 0)} min; {number(time.minutes or 0)} min are stated. {_END}",
    )  # fmt: skip


def _written_sums(encounter: Encounter) -> Iterator[Hit]:
    """``15 + 15 + 10 = 45``: a sum whose result is another."""
    for time in encounter.times:
        if time.place is None or time.role not in ("total", "total_timed", "total_treatment"):
            continue
        statement = encounter.reading.statement_at(time.place.start)
        if statement is None:
            continue
        match = _ADDED.search(encounter.reading.lower, statement.start, statement.end)
        if match is None or not time.place.start < match.end() or float(match[2]) != time.minutes:
            continue
        terms = [float(n) for n in re.findall(r"\b\d{1,3}\b", match[1])]
        if sum(terms) != time.minutes and all(t < 200 for t in terms):
            yield _on(
                time,
                (),
                f"The parts of the sum make {number(sum(terms))}; {number(time.minutes)} is stated. {_END}",
            )


def _on(time: TimeStatement, evidence: tuple[Place, ...], message: str) -> Hit:
    if time.place is None:
        return Hit("field", target=time.label or "totals", evidence=evidence, message=message)
    return Hit("words", time.place.start, time.place.end, evidence=evidence, message=message)
