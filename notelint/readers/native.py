"""The native record: one object of fields with a note's text, and the note it makes (DESIGN §6).

JSONL, JSON, front matter, sidecars, mapped exports and the Python API all come through
``note_from_record``. It knows nothing of files: the place of the text in its file comes as a
source map, the place of the record in words (``where``).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, cast

from notelint.errors import InputError
from notelint.note import (
    DISCIPLINES,
    NOTE_TYPES,
    PAYERS,
    PROGRAMMES,
    SETTINGS,
    STATUSES,
    Author,
    Charge,
    Label,
    Note,
    StatedGoal,
    Verdict,
)
from notelint.readers import values
from notelint.source import SourceMap

#: Fields whose value is a word of a closed vocabulary.
VOCABULARIES: Mapping[str, tuple[str, ...]] = {
    "note_type": NOTE_TYPES,
    "discipline": DISCIPLINES,
    "payer": PAYERS,
    "setting": SETTINGS,
    "programme": PROGRAMMES,
    "status": STATUSES,
}
IDS = ("patient_id", "episode_id", "visit_id", "clinician_id", "clinic_id")
CHARGE_FIELDS = ("code", "units", "minutes", "modifiers", "start", "end", "discipline")
AUTHOR_FIELDS = ("name", "credential", "role", "minutes")
VERDICTS = ("must", "may", "mustnot")

#: Every field of the native record.
FIELDS: tuple[str, ...] = (
    "id", "text", *VOCABULARIES, "date_of_service", "signed_at", "author", "authors", "charges",
    "goals", "plan", "flowsheet", "totals", *IDS, "labels", "judged",
)  # fmt: skip


def note_from_record(
    record: Mapping[str, Any],
    *,
    source: SourceMap | None = None,
    where: str = "record",
    carried: Collection[str] | None = None,
    default_id: str = "note",
) -> Note:
    """Makes a note from a native record.

    Args:
        record: the fields; only ``text`` is required.
        source: where the characters of ``text`` stand in the file, if it came from one.
        where: the place of the record for errors (``visits.jsonl:3``).
        carried: names of fields that the source has, also when they are empty. By default the
            fields of the record; a column of the charges counts as ``charges.minutes``.
        default_id: the id of a note whose record has none (else its ``visit_id``).

    Raises:
        InputError: a value has the wrong type or is not in its vocabulary. No error shows text.
    """
    if not isinstance(record, Mapping):
        raise InputError(f"a record must be an object, not {values.shown(record)}.", where=where)
    if "text" not in record:
        raise InputError(
            "the record has no 'text'.",
            where=where,
            remedy="Name the field that holds the note in a [tool.notelint.source] table.",
        )
    text = values.note_text(record["text"], where)
    words = {
        name: values.choice(record.get(name), name, valid, where)
        for name, valid in VOCABULARIES.items()
    }
    ids = {name: values.text_or_none(record.get(name), name, where) for name in IDS}
    charge_rows = [
        values.table(row, f"charges[{i}]", where)
        for i, row in enumerate(values.rows(record.get("charges"), "charges", where))
    ]
    if carried is None:
        carried = {name for name in FIELDS if name in record} | {
            f"charges.{name}" for row in charge_rows for name in row if name in CHARGE_FIELDS
        }
    return Note(
        text=text,
        id=values.text_or_none(record.get("id"), "id", where) or ids["visit_id"] or default_id,
        **words,
        date_of_service=values.day_or_none(record.get("date_of_service"), "date_of_service", where),
        signed_at=_signed_at(record.get("signed_at"), where),
        author=_author(record.get("author"), "author", where),
        authors=_authors(record.get("authors"), where),
        charges=tuple(_charge(row, f"charges[{i}]", where) for i, row in enumerate(charge_rows)),
        goals=_goals(record.get("goals"), where),
        plan=values.table(record.get("plan"), "plan", where),
        flowsheet=values.text_or_none(record.get("flowsheet"), "flowsheet", where),
        totals=values.table(record.get("totals"), "totals", where),
        patient_id=ids["patient_id"],
        episode_id=ids["episode_id"],
        visit_id=ids["visit_id"],
        clinician_id=ids["clinician_id"],
        clinic_id=ids["clinic_id"],
        labels=tuple(
            _label(row, f"labels[{i}]", where)
            for i, row in enumerate(values.rows(record.get("labels"), "labels", where))
        ),
        judged=tuple(
            values.text(name, "judged", where)
            for name in values.rows(record.get("judged"), "judged", where)
        ),
        carried=frozenset(carried),
        source=source,
        extra=_extra(record, charge_rows),
    )


def _signed_at(value: object, where: str) -> str | None:
    """Checks the day of a signature and keeps its time as written."""
    values.day_or_none(value, "signed_at", where)
    return values.text_or_none(value, "signed_at", where)


def _author(value: object, field: str, where: str) -> Author | None:
    if values.is_empty(value):
        return None
    if isinstance(value, str):
        return Author(name=value.strip())
    row = values.table(value, field, where)
    name, credential, role = (
        values.text_or_none(row.get(key), f"{field}.{key}", where) or ""
        for key in AUTHOR_FIELDS[:3]
    )
    minutes = values.number_or_none(row.get("minutes"), f"{field}.minutes", where)
    found = Author(name, credential, role, minutes)
    return None if found == Author() else found


def _authors(value: object, where: str) -> tuple[Author, ...]:
    found = (
        _author(row, f"authors[{i}]", where)
        for i, row in enumerate(values.rows(value, "authors", where))
    )
    return tuple(author for author in found if author)


def _charge(row: Mapping[str, Any], field: str, where: str) -> Charge:
    code = values.text_or_none(row.get("code"), f"{field}.code", where)
    if not code:
        raise InputError(f"{field} has no code.", where=where)
    modifiers = values.rows(row.get("modifiers"), f"{field}.modifiers", where)
    discipline = row.get("discipline")
    return Charge(
        code=code.upper(),
        units=values.whole_or_none(row.get("units"), f"{field}.units", where),
        minutes=values.number_or_none(row.get("minutes"), f"{field}.minutes", where),
        modifiers=tuple(
            values.text(item, f"{field}.modifiers", where).strip().upper() for item in modifiers
        ),
        start=values.clock_or_none(row.get("start"), f"{field}.start", where),
        end=values.clock_or_none(row.get("end"), f"{field}.end", where),
        discipline=None
        if values.is_empty(discipline)
        else values.choice(discipline, f"{field}.discipline", DISCIPLINES, where),
    )


def _goals(value: object, where: str) -> tuple[StatedGoal, ...]:
    goals = []
    for i, item in enumerate(values.rows(value, "goals", where)):
        field = f"goals[{i}]"
        row = {"text": item} if isinstance(item, str) else values.table(item, field, where)
        text = values.text_or_none(row.get("text"), f"{field}.text", where) or ""
        goals.append(
            StatedGoal(
                id=values.text_or_none(row.get("id"), f"{field}.id", where) or _own_id(text),
                text=text,
                status=values.text_or_none(row.get("status"), f"{field}.status", where),
                date=values.text_or_none(row.get("date"), f"{field}.date", where),
            )
        )
    return tuple(goals)


#: "LTG 2: walk to the mailbox": a goal whose words begin with its id.
_OWN_ID = re.compile(r"\W*((?:ltg|stg|lto|sto|goal)\s?#?\s?\d{1,2}[a-z]?)(?![\w/])", re.I)


def _own_id(text: str) -> str:
    """Returns the id that a goal's own words begin with; empty where they give none, for the place
    in a list is no id that a note could refer to."""
    match = _OWN_ID.match(text)
    return match[1] if match else ""


def _label(value: object, field: str, where: str) -> Label:
    row = values.table(value, field, where)
    rule = values.text_or_none(row.get("rule"), f"{field}.rule", where)
    verdict = values.choice(row.get("verdict"), f"{field}.verdict", VERDICTS, where)
    if not rule or verdict == "unknown":
        raise InputError(f"{field} needs a rule and a verdict.", where=where)
    anchor = row.get("anchor")
    occurrence = values.whole_or_none(row.get("occurrence", 1), f"{field}.occurrence", where)
    return Label(
        rule,
        cast(Verdict, verdict),
        None if anchor is None else values.text(anchor, f"{field}.anchor", where),
        occurrence or 1,
    )


def _extra(record: Mapping[str, Any], charge_rows: list[dict[str, Any]]) -> dict[str, Any]:
    """What the record holds beyond the native fields, by name; charge columns in row order."""
    extra = {str(name): value for name, value in record.items() if name not in FIELDS}
    for row in charge_rows:
        for name, value in row.items():
            if name not in CHARGE_FIELDS:
                extra.setdefault(f"charges.{name}", []).append(value)
    return extra
