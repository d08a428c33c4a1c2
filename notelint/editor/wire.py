"""The JSON of the HTTP server: requests checked key by key, answers with converted offsets."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, cast

from notelint.editor.checker import Checked
from notelint.editor.convert import ENCODINGS, Encoding, units
from notelint.editor.draft import waits
from notelint.editor.session import insertion_of
from notelint.errors import InputError, did_you_mean
from notelint.finding import Finding, Place
from notelint.language.reading import Span
from notelint.note import Note
from notelint.readers.native import note_from_record

#: What a request may hold beside its options; a version comes back so that a client can tell an
#: answer to an older text.
_BODY = ("note", "version", "options")


@dataclass(frozen=True, slots=True)
class LintOptions:
    """How a client wants its answer.

    ``encoding``: the unit of offsets. ``deadline_ms``: then an incomplete answer is given.
    ``arithmetic``: add up the charges entered, as at the check before signing.
    """

    encoding: Encoding = "utf-16"
    deadline_ms: int = 2000
    arithmetic: bool = False

    @classmethod
    def of(cls, given: object) -> LintOptions:
        if given is None:
            return cls()
        table = _object(given, "options")
        known = tuple(f.name for f in fields(cls))
        _known(table, known, "options")
        options = cls(**{**{f.name: f.default for f in fields(cls)}, **table})
        if options.encoding not in ENCODINGS:
            raise InputError(
                "options.encoding is not known.",
                remedy=did_you_mean(str(options.encoding), ENCODINGS),
            )
        if not isinstance(options.arithmetic, bool):
            raise InputError("options.arithmetic must be true or false.")
        limit = options.deadline_ms
        if isinstance(limit, bool) or not isinstance(limit, int) or not 1 <= limit <= 8000:
            raise InputError("options.deadline_ms must be a whole number from 1 to 8000.")
        return options


@dataclass(frozen=True, slots=True)
class LintRequest:
    """A note to lint, the client's version of it, and how the answer should be."""

    note: Note
    version: int | str | None
    options: LintOptions

    @classmethod
    def of(cls, body: bytes) -> LintRequest:
        """Reads a request.

        Raises:
            InputError: it is no JSON, or a field is unknown or wrong. No error shows note text.
        """
        try:
            data = json.loads(body)
        except (ValueError, RecursionError):
            raise InputError("the body is not JSON.") from None
        table = _object(data, "the body")
        _known(table, _BODY, "the body")
        record = _object(table.get("note"), "note")
        note = note_from_record(record, where="note")
        if note.extra:
            raise InputError(
                f"note has the unknown field '{next(iter(note.extra))}'.",
                remedy="A misspelt field would silence rules without a word; remove or rename it.",
            )
        version = table.get("version")
        if not isinstance(version, int | str | None):
            raise InputError("version must be a number or a text.")
        return cls(note, version, LintOptions.of(table.get("options")))


@dataclass(frozen=True, slots=True)
class Answer:
    """Turns what was checked into the JSON of an answer."""

    checked: Checked
    encoding: Encoding

    def findings(self) -> list[dict[str, Any]]:
        """Returns the findings that are not suppressed, in text order."""
        return [self.finding(f) for f in self.checked.findings if f.suppressed is None]

    def finding(self, finding: Finding) -> dict[str, Any]:
        """Returns a finding; offsets count in the client's units.

        ``statement`` is the statement that it is about, ``insert_at`` the offset behind it at
        which a rewrite may be inserted, ``before_signing`` says that it is no matter of the
        writing but of the signature.
        """
        start, end = finding.start, finding.end
        statement: Span | None = None
        insert_at = None
        if start is not None and end is not None:
            statement = self.checked.statement_at(max(start, end - 1))
            if finding.suggestion.rewrite:
                insert_at = insertion_of(self.checked, finding)
        return {
            "code": finding.code,
            "name": finding.name,
            "severity": finding.severity,
            "class": finding.rule_class,
            "scope": finding.scope,
            "summary": finding.summary,
            "message": finding.message,
            "start": self.at(start),
            "end": self.at(end),
            "statement": self.span(statement),
            "insert_at": self.at(insert_at),
            "section": finding.section,
            "places": [self.place(place) for place in finding.places],
            "suggestion": finding.suggestion.as_dict(),
            "authority": list(finding.authority),
            "url": finding.url,
            "fingerprint": finding.fingerprint,
            "group": finding.group,
            "lead": finding.lead,
            "before_signing": waits(finding, self.checked.waiting),
        }

    def place(self, place: Place) -> dict[str, Any]:
        return {
            "role": place.role,
            "label": place.label,
            "target": place.target,
            "start": self.at(place.start),
            "end": self.at(place.end),
        }

    def span(self, span: Span | None) -> dict[str, int | None] | None:
        return None if span is None else {"start": self.at(span.start), "end": self.at(span.end)}

    def at(self, offset: int | None) -> int | None:
        """Returns an offset in the client's units."""
        if offset is None or self.encoding == "utf-32":
            return offset
        return units(self.checked.note.text[:offset], self.encoding)


def _object(value: object, name: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise InputError(f"{name} must be an object.")
    return cast(Mapping[str, Any], value)


def _known(table: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    for key in table:
        if key not in known:
            raise InputError(
                f"{where} has the unknown key '{key}'.", remedy=did_you_mean(key, known)
            )
