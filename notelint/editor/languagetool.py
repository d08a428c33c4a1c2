"""LanguageTool's ``POST /v2/check``, so that its clients work with notelint as their server.

Only the shape is LanguageTool's. ``replacements`` is always empty: its clients put a replacement
over the words, and no client may overwrite clinical words. What could be said instead stands in
the message.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from notelint import __version__
from notelint.editor.checker import Checked
from notelint.editor.convert import units
from notelint.editor.draft import sort_out
from notelint.errors import InputError
from notelint.finding import Finding
from notelint.note import Note
from notelint.readers.native import note_from_record
from notelint.rulebook.rule import CATEGORIES

LANGUAGE = {"name": "English (US)", "code": "en-US"}

_ISSUE = {"error": "inconsistency", "warning": "style", "info": "style"}
_ROOM = 40


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """The form of a check: the note, and where its characters stood in what the client sent.

    ``shifts`` pairs offsets of the note's text with offsets of the client's (UTF-16 units both),
    for clients that send markup beside text; empty when both are the same.
    """

    note: Note
    shifts: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of(cls, form: Mapping[str, str]) -> CheckRequest:
        """Reads the form fields ``text`` or ``data``, and ``notelint`` (facts as JSON).

        Raises:
            InputError: neither field is there, or one cannot be read.
        """
        if form.get("data"):
            text, shifts = _annotated(form["data"])
        elif "text" in form:
            text, shifts = form["text"], ()
        else:
            raise InputError("the form has neither 'text' nor 'data'.")
        record = _json_object(form["notelint"], "notelint") if form.get("notelint") else {}
        if "text" in record:
            raise InputError("notelint cannot hold the text.")
        if not text.strip():
            return cls(Note(text), shifts)
        note = note_from_record({**record, "text": text}, where="the form")
        if note.extra:
            raise InputError(f"notelint has the unknown field '{next(iter(note.extra))}'.")
        return cls(note, shifts)

    def outer(self, offset: int) -> int:
        """Returns an offset of the note's text (UTF-16) in the client's own count."""
        base = (0, 0)
        for inner, outside in self.shifts:
            if inner > offset:
                break
            base = inner, outside
        return base[1] + offset - base[0]


def reply(checked: Checked, request: CheckRequest, *, incomplete: bool = False) -> dict[str, Any]:
    """Returns the answer in LanguageTool's shape; offsets are UTF-16 units."""
    return {
        "software": {
            "name": "notelint",
            "version": __version__,
            "buildDate": "",
            "apiVersion": 1,
            "premium": False,
            "premiumHint": "",
            "status": "",
        },
        "warnings": {"incompleteResults": incomplete},
        "language": {**LANGUAGE, "detectedLanguage": {**LANGUAGE, "confidence": 1.0}},
        "matches": list(_matches(checked, request)),
        "sentenceRanges": [],
    }


def rule_id(name: str) -> str:
    """Returns a rule's name as LanguageTool's clients expect ids: ``GENERIC_ACTIVITY_PHRASE``.

    An id there begins with a letter: ``97530-lacks-functional-task`` gets a prefix.
    """
    upper = name.upper().replace("-", "_")
    return upper if upper[:1].isalpha() else f"CODE_{upper}"


def _matches(checked: Checked, request: CheckRequest) -> Iterator[dict[str, Any]]:
    """Yields the leads with words; those of the whole note wait for another door."""
    shown = sort_out(checked)
    for lead in shown.now:
        if lead.start is not None and lead.end is not None and lead.end > lead.start:
            yield _match(checked, lead, lead.start, lead.end, request)


def _match(
    checked: Checked, lead: Finding, start: int, end: int, request: CheckRequest
) -> dict[str, Any]:
    text = checked.note.text
    low, high = max(0, start - _ROOM), min(len(text), end + _ROOM)
    statement = checked.statement_at(start)
    first = request.outer(units(text[:start], "utf-16"))
    last = request.outer(units(text[:end], "utf-16"))
    return {
        "message": _message(lead),
        "shortMessage": lead.summary,
        "replacements": [],
        "offset": first,
        "length": last - first,
        "context": {
            "text": text[low:high],
            "offset": units(text[low:start], "utf-16"),
            "length": units(text[start:end], "utf-16"),
        },
        "sentence": text[statement.start : statement.end] if statement else text[start:end],
        "type": {"typeName": "Other"},
        "rule": {
            "id": rule_id(lead.name),
            "description": lead.summary,
            "issueType": _ISSUE[lead.severity],
            "urls": [{"value": lead.url}] if lead.url.startswith("http") else [],
            "category": _category(lead.code),
        },
        "ignoreForIncompleteSentence": False,
        "contextForSureMatch": 0,
    }


def _message(lead: Finding) -> str:
    parts = [lead.message, lead.suggestion.ask]
    if lead.suggestion.rewrite:
        parts.append(f"Wording that may stand after this statement: {lead.suggestion.rewrite}")
    return " ".join(part for part in parts if part)


def _category(code: str) -> dict[str, str]:
    name = CATEGORIES.get(code[:3], "notelint")
    return {"id": name.upper().replace("-", "_"), "name": name.replace("-", " ").capitalize()}


def _annotated(data: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Joins LanguageTool's annotations: text as it is, markup by what it is interpreted as."""
    table = _json_object(data, "data")
    if isinstance(table.get("text"), str):
        return table["text"], ()
    parts = table.get("annotation")
    if not isinstance(parts, list):
        raise InputError("data has neither 'text' nor 'annotation'.")
    text: list[str] = []
    shifts: list[tuple[int, int]] = []
    inner = outer = 0
    for part in parts:
        if not isinstance(part, dict):
            raise InputError("an annotation must be an object.")
        words, markup = part.get("text"), part.get("markup")
        shifts.append((inner, outer))
        if isinstance(words, str):
            stands, sent = words, words
        elif isinstance(markup, str):
            meant = part.get("interpretAs", "")
            stands, sent = meant if isinstance(meant, str) else "", markup
        else:
            raise InputError("an annotation has neither 'text' nor 'markup'.")
        text.append(stands)
        inner += units(stands, "utf-16")
        outer += units(sent, "utf-16")
    return "".join(text), tuple(shifts)


def _json_object(text: str, name: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise InputError(f"{name} is not JSON.") from None
    if not isinstance(value, dict):
        raise InputError(f"{name} must be an object.")
    return value
