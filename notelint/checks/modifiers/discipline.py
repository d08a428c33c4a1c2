"""GP, GO, GN and the assistant's CQ, CO (I1, I2)."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.billing.assistant import split_timed
from notelint.billing.modifiers import (
    ASSISTANT_MODIFIERS,
    ModifierIssue,
    assistant_modifier,
    review_assistant_pair,
    review_discipline,
)
from notelint.billing.tables import BillingTables
from notelint.billing.units import DISCIPLINE_OF_MODIFIER
from notelint.checks.bills.bill import Bill, Line, bill_of
from notelint.encounter.encounter import Encounter
from notelint.language.loose import loose
from notelint.language.reading import Span
from notelint.rulebook.rule import Hit

_PT = loose(r"\b(?:l?pta?|d\.?p\.?t|m\.?p\.?t|mspt|p\.t\.a?|physical therapist(?: assistant)?)\b")
_OT = loose(
    r"\b(?:c?ota?(?:/l)?|otr(?:/l)?|otd|mot|msot|o\.t\.r?|cht|occupational therap\w+(?: assistant)?)\b"
)
_SLP = loose(r"\b(?:slp|ccc|cf-slp|speech[- ]language pathologist)\b")
_ASSISTANT = loose(r"\b(?:l?pta|p\.t\.a|c?ota(?:/l)?|c\.o\.t\.a|assistant)\b")


def discipline(encounter: Encounter, tables: BillingTables) -> Iterator[Hit]:
    """Each therapy line carries one of GP, GO, GN, that of the discipline (I1)."""
    bill = bill_of(encounter, tables.codes)
    if not bill.modified:
        return
    expected = _discipline(encounter)
    demanded = tables.payer(encounter.facts.payer).discipline_modifiers == "yes"
    missing: list[Line] = []
    for line in _therapy(bill):
        for issue in review_discipline(line.code, line.modifiers, expected):
            if issue.kind == "discipline_missing":
                missing.append(line)
            else:
                yield _hit(line, _discipline_words(issue, expected), issue.kind)
    if missing and demanded and not _told_once(bill):
        codes = ", ".join(dict.fromkeys(x.code for x in missing))
        message = f"No GP, GO or GN is found on {codes}."
        yield _hit(missing[0], message, "discipline_missing", missing[1:])


def _told_once(bill: Bill) -> bool:
    """Whether the text lists its codes and tells the modifier behind the last ("97535 x 2, 97112 x 1,
    GO"): it may stand for all."""
    written = [line for line in _therapy(bill) if line.place is not None]
    last = max(written, key=lambda line: line.place or Span(0, 0), default=None)
    return last is not None and any(m in DISCIPLINE_OF_MODIFIER for m in last.modifiers)


def _discipline_words(issue: ModifierIssue, expected: str) -> str:
    found = " and ".join(dict.fromkeys(issue.found))
    if issue.kind == "discipline_several":
        return f"{issue.code} carries {found}: one line belongs to one plan of care. Correct whichever was recorded wrongly."
    return f"{issue.code} carries {found}; the note is {expected}. Correct whichever was recorded wrongly."


def _discipline(encounter: Encounter) -> str:
    """The discipline of record and signatures, where they agree."""
    stated = encounter.facts.discipline
    signed = {
        d for s in encounter.signatures for d in [discipline_of_credential(s.credential)] if d
    }
    if len(signed) == 1:
        own = signed.pop()
        return own if stated in ("unknown", own) else "unknown"
    return stated if not signed else "unknown"


def discipline_of_credential(credential: str) -> str:
    """PT, OT or SLP of a credential, or "" where it says none."""
    words = credential.lower()
    for name, pattern in (("OT", _OT), ("PT", _PT), ("SLP", _SLP)):
        if pattern.search(words):
            return name
    return ""


def assistant(encounter: Encounter, tables: BillingTables) -> Iterator[Hit]:
    """CQ with GP and CO with GO; and on the lines that an assistant furnished (I2)."""
    bill = bill_of(encounter, tables.codes)
    for line in bill.lines:
        for issue in review_assistant_pair(line.code, line.modifiers):
            found = " and ".join(issue.found)
            yield _hit(
                line, f"{issue.code} carries {found}: CQ stands with GP, CO with GO. Correct whichever was recorded wrongly.",
                issue.kind,
            )  # fmt: skip
    if not bill.modified or not _required(encounter, tables):
        return
    modifier = assistant_modifier(_assistant_discipline(encounter))
    if modifier is None:
        return
    lacking = [x for x in _therapy(bill) if not set(x.modifiers) & set(ASSISTANT_MODIFIERS)]
    if lacking and (_only_assistants(encounter) or _shown_by_minutes(encounter, bill, tables)):
        who = _assistant_name(encounter)
        codes = ", ".join(dict.fromkeys(x.code for x in lacking))
        yield _hit(
            lacking[0],
            f"{who} signs as an assistant; {modifier} is not found on {codes}.",
            "assistant_missing",
            lacking[1:],
        )


def _required(encounter: Encounter, tables: BillingTables) -> bool:
    day = encounter.facts.date_of_service
    if day is not None and not tables.fact("assistant_modifiers_required", day):
        return False
    return tables.payer(encounter.facts.payer).assistant_modifiers in ("yes", "some")


def _credentials(encounter: Encounter) -> list[str]:
    return [s.credential for s in encounter.signatures]


def is_assistant(credential: str) -> bool:
    return bool(_ASSISTANT.search(credential.lower()))


def _only_assistants(encounter: Encounter) -> bool:
    """Whether all who sign are assistants: a therapist beside them may have done the work."""
    signed = _credentials(encounter)
    return (
        bool(signed)
        and all(is_assistant(c) for c in signed)
        and "supervis" not in encounter.reading.lower
    )


def _assistant_discipline(encounter: Encounter) -> str:
    found = {discipline_of_credential(c) for c in _credentials(encounter) if is_assistant(c)}
    found |= {
        discipline_of_credential(a.credential)
        for a in encounter.note.all_authors
        if is_assistant(a.credential)
    }
    return found.pop() if len(found) == 1 else ""


def _assistant_name(encounter: Encounter) -> str:
    for signature in encounter.signatures:
        if is_assistant(signature.credential):
            return f"{signature.name}, {signature.credential},"
    return "The author"


def _shown_by_minutes(encounter: Encounter, bill: Bill, tables: BillingTables) -> bool:
    """Therapist and assistant with minutes each, and one timed code: the split decides."""
    authors = [a for a in encounter.note.all_authors if a.minutes is not None]
    timed = {x.code for x in bill.timed}
    counted = bill.timed_units()
    if not authors or len(timed) != 1 or counted is None:
        return False
    helped = sum(a.minutes or 0 for a in authors if is_assistant(a.credential))
    own = sum(a.minutes or 0 for a in authors if not is_assistant(a.credential))
    day = encounter.facts.date_of_service
    exception = day is None or tables.fact("assistant_midpoint_exception", day)
    split = split_timed(counted[0], own, helped, midpoint_exception=exception)
    return split.sure and split.with_modifier > 0


def _therapy(bill: Bill) -> tuple[Line, ...]:
    return tuple(
        x for x in bill.lines if x.code in bill.codes and bill.codes[x.code].kind != "reporting"
    )


def _hit(line: Line, message: str, stage: str, more: list[Line] | None = None) -> Hit:
    place = line.as_place(line.code)
    return Hit(
        "charge" if place.target != "text" else "words",
        place.start,
        place.end,
        target=place.target,
        evidence=tuple(x.as_place(x.code) for x in more or ()),
        facts={"stage": stage, "code": line.code},
        message=message,
    )
