"""The sidecar: what is known of a note beside it, in ``NAME.txt.notelint.toml``.

A signed note is a legal record and must not be edited, so facts, charges and suppressions may
stand next to it. A sidecar adds; it may not contradict the note's own payer, setting or type.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from notelint.errors import InputError, did_you_mean
from notelint.readers import values
from notelint.readers.inputs import MAX_BYTES, file_input
from notelint.readers.native import CHARGE_FIELDS, FIELDS
from notelint.readers.problems import ReadError

SUFFIX = ".notelint.toml"
TABLES = ("facts", "charges", "suppressions")
SUPPRESSION_FIELDS = ("rule", "reason", "start_words", "fingerprint", "note", "who", "when")

#: Facts of a note that no second source may contradict.
FIXED_FACTS = ("payer", "setting", "note_type")
_FACTS = tuple(name for name in FIELDS if name not in ("text", "charges", "labels", "judged"))


@dataclass(frozen=True, slots=True)
class SidecarSuppression:
    """One finding, or one rule in one note, that somebody decided to live with.

    ``start_words`` are the first words of the finding; ``fingerprint`` is its identity; with
    neither, the rule is suppressed in the whole note. ``note`` limits it to one note id of a file
    with many.
    """

    rule: str
    reason: str
    start_words: str | None = None
    fingerprint: str | None = None
    note: str | None = None
    who: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Sidecar:
    """The parsed tables of a sidecar. Facts have the names and values of the native record."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    charges: tuple[Mapping[str, Any], ...] = ()
    suppressions: tuple[SidecarSuppression, ...] = ()
    file: str = ""

    def as_record(self) -> dict[str, Any]:
        """Returns the facts and charges as fields of a native record."""
        record = dict(self.facts)
        if self.charges:
            record["charges"] = list(self.charges)
        return record


def sidecar_of(path: Path | None) -> Sidecar | None:
    """Returns the sidecar that stands beside a file, or None.

    Raises:
        InputError: it cannot be read, is no TOML, or has a table or field we do not know.
    """
    if path is None:
        return None
    beside = path.with_name(path.name + SUFFIX)
    return read_sidecar(beside) if beside.is_file() else None


def read_sidecar(path: Path) -> Sidecar:
    """Reads a sidecar. Raises ``InputError`` as ``sidecar_of`` does."""
    source = file_input(path)
    data = source.read(min(MAX_BYTES, 1024 * 1024))
    try:
        tables = tomllib.loads(data.decode())
    except UnicodeDecodeError:
        raise ReadError("it is not UTF-8.", file=source.name, remedy="Save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        # The parser's message may quote a character of a value; its place is enough.
        place = str(error).rpartition("(at ")[2].rstrip(")")
        raise ReadError(f"it is not TOML (at {place}).", file=source.name) from None
    return parse_sidecar(tables, source.name)


def parse_sidecar(tables: Mapping[str, Any], where: str) -> Sidecar:
    """Checks the tables of a sidecar; their values are checked when they meet a note."""
    _check_names(tables, TABLES, where)
    facts = values.table(tables.get("facts"), "facts", where)
    _check_names(facts, _FACTS, where)
    charges = [
        values.table(row, f"charges[{i}]", where)
        for i, row in enumerate(values.rows(tables.get("charges"), "charges", where))
    ]
    for row in charges:
        _check_names(row, CHARGE_FIELDS, where)
    suppressions = tuple(
        _suppression(values.table(row, f"suppressions[{i}]", where), f"suppressions[{i}]", where)
        for i, row in enumerate(values.rows(tables.get("suppressions"), "suppressions", where))
    )
    return Sidecar(facts, tuple(charges), suppressions, where)


def merged(
    first: Mapping[str, Any], second: Mapping[str, Any], *, names: tuple[str, str], where: str
) -> dict[str, Any]:
    """Joins two sources of facts; the first wins wherever it says something.

    Args:
        first, second: fields of the native record, in order of trust.
        names: what to call them in an error.

    Raises:
        InputError: they name two different payers, settings or note types.
    """
    for fact in FIXED_FACTS:
        pair = _word(first.get(fact)), _word(second.get(fact))
        if all(pair) and pair[0] != pair[1]:
            raise InputError(
                f"{fact} is {values.shown(pair[0])} in the {names[0]} "
                f"and {values.shown(pair[1])} in the {names[1]}.",
                where=where,
                remedy="Correct the one that is wrong.",
            )
    record = dict(second)
    record.update(
        (name, value) for name, value in first.items() if name not in record or _says(value)
    )
    return record


def _says(value: object) -> bool:
    return not values.is_empty(value) and value != "unknown"


def _word(value: object) -> str:
    word = value.strip().casefold() if isinstance(value, str) else ""
    return "" if word == "unknown" else word


def _suppression(row: Mapping[str, Any], field_name: str, where: str) -> SidecarSuppression:
    _check_names(row, SUPPRESSION_FIELDS, where)
    found = {
        name: values.text_or_none(row.get(name), f"{field_name}.{name}", where)
        for name in SUPPRESSION_FIELDS
    }
    rule, reason = found["rule"], found["reason"]
    if not rule or not reason:
        raise InputError(
            f"{field_name} needs a rule and a reason.",
            where=where,
            remedy='Write rule = "…" and reason = "…".',
        )
    return SidecarSuppression(
        rule,
        reason,
        found["start_words"],
        found["fingerprint"],
        found["note"],
        found["who"] or "",
        found["when"] or "",
    )


def _check_names(table: Mapping[str, Any], valid: tuple[str, ...], where: str) -> None:
    for name in table:
        if name not in valid:
            raise InputError(
                f"{values.shown(name)} is not known here.",
                where=where,
                remedy=did_you_mean(name, valid),
            )
