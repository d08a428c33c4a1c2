"""A note's result as bytes and back. Holds offsets and rules, never a word of the note.

What the note itself says (ids, file, places in the file) is not kept: it is taken from the note
at hand, which may have moved to another file or row in the meantime.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from notelint.cache.words import Unkept, Words
from notelint.encounter.digest import Digest, GoalDigest, LineDigest
from notelint.engine import NoteResult
from notelint.finding import Finding, Place, Suggestion
from notelint.note import Note
from notelint.placing import address, placed

_IDS = ("patient_id", "episode_id", "visit_id", "clinician_id")
_FROM_NOTE = frozenset({"index", "note_id", "file", "address", *_IDS})
_DIGEST = tuple(item.name for item in fields(Digest) if item.name not in _FROM_NOTE)


@dataclass(slots=True)
class Results:
    """Writes and reads results; remembers what many notes share."""

    _shared: dict[str, Any] = field(default_factory=dict)

    def kept(self, result: NoteResult, note: Note) -> bytes | None:
        """Returns a result as bytes; None if it cannot be kept (it has problems, or quotes the
        note in a form that has no place in it)."""
        if result.problems:
            return None
        words = Words(note.text)
        try:
            found = [_finding_kept(finding, note, words) for finding in result.findings]
            digest = _digest_kept(result.digest) if result.digest else None
            data = [found, json.dumps(result.not_applied), digest, result.left_alone]
            return json.dumps(data, separators=(",", ":")).encode()
        except (Unkept, TypeError):
            return None

    def told(self, data: bytes, note: Note, index: int) -> NoteResult:
        """Returns the result for the note at hand.

        Raises:
            ValueError, LookupError, TypeError: the bytes are damaged.
        """
        found, not_applied, digest, left_alone = json.loads(data)
        words = Words(note.text)
        return NoteResult(
            note,
            tuple(placed(self._finding(item, note, words), note) for item in found),
            self._pairs(not_applied),
            (),
            _digest_told(digest, note, index) if digest else None,
            bool(left_alone),
        )

    def _pairs(self, text: str) -> tuple[tuple[str, str], ...]:
        if text not in self._shared:
            self._shared[text] = tuple((rule, reason) for rule, reason in json.loads(text))
        pairs: tuple[tuple[str, str], ...] = self._shared[text]
        return pairs

    def _finding(self, item: list[Any], note: Note, words: Words) -> Finding:
        rule, severity, scope, told, places, section, fingerprint, group, lead, evidence = item
        if rule not in self._shared:
            self._shared[rule] = json.loads(rule)
        code, name, rule_class, summary, authority, url = self._shared[rule]
        message, ask, rewrite = told
        return Finding(
            code, name, severity, rule_class, scope, summary, words.told(message),
            tuple(
                Place(role, target, start, end, words.told(label), note.id if own else "")
                for role, target, start, end, label, own in places
            ),
            Suggestion(words.told(ask), None if rewrite is None else words.told(rewrite)),
            tuple(authority), url, note.file, note.id, words.told(section),
            fingerprint=fingerprint, group=group, lead=lead, evidence=_told(evidence, words),
        )  # fmt: skip


def _finding_kept(finding: Finding, note: Note, words: Words) -> list[Any]:
    if any(place.note_id not in ("", note.id) for place in finding.places):
        raise Unkept
    rule = [
        finding.code, finding.name, finding.rule_class, finding.summary, finding.authority,
        finding.url,
    ]  # fmt: skip
    rewrite = finding.suggestion.rewrite
    return [
        json.dumps(rule), finding.severity, finding.scope,
        [
            words.kept(finding.message), words.kept(finding.suggestion.ask),
            None if rewrite is None else words.kept(rewrite),
        ],
        [
            [p.role, p.target, p.start, p.end, words.kept(p.label), bool(p.note_id)]
            for p in finding.places
        ],
        words.kept(finding.section), finding.fingerprint, finding.group, finding.lead,
        _kept(finding.evidence, words),
    ]  # fmt: skip


def _kept(value: Any, words: Words) -> Any:
    """Keeps evidence: strings in pieces under ``s``, lists under ``l``, tables under ``d``."""
    if isinstance(value, str):
        return {"s": words.kept(value)}
    if isinstance(value, Mapping):
        return {"d": {str(key): _kept(item, words) for key, item in value.items()}}
    if isinstance(value, list | tuple):
        return {"l": [_kept(item, words) for item in value]}
    if value is None or isinstance(value, bool | int | float):
        return value
    raise Unkept


def _told(value: Any, words: Words) -> Any:
    if not isinstance(value, dict):
        return value
    ((kind, held),) = value.items()
    if kind == "s":
        return words.told(held)
    if kind == "l":
        return tuple(_told(item, words) for item in held)
    return {key: _told(item, words) for key, item in held.items()}


def _digest_kept(digest: Digest) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name in _DIGEST:
        value = getattr(digest, name)
        if isinstance(value, frozenset):
            value = sorted(value)
        elif isinstance(value, date):
            value = value.isoformat()
        elif name == "lines":
            value = [[x.code, x.units, x.minutes, x.modifiers] for x in value]
        elif name == "goals":
            value = [[x.id, x.text_hash, x.horizon, x.state] for x in value]
        kept[name] = value
    return kept


def _digest_told(kept: dict[str, Any], note: Note, index: int) -> Digest:
    day = kept["date_of_service"]
    pairs = kept["plan_visits_per_week"]
    return Digest(
        **{
            **{name: kept[name] for name in _DIGEST},
            "index": index,
            "note_id": note.id,
            "file": note.file,
            "address": address(note),
            **{name: getattr(note, name) for name in _IDS},
            "date_of_service": date.fromisoformat(day) if day else None,
            "lines": tuple(LineDigest(c, u, m, tuple(x)) for c, u, m, x in kept["lines"]),
            "goals": tuple(GoalDigest(*goal) for goal in kept["goals"]),
            "heads": tuple((head, dose) for head, dose in kept["heads"]),
            "measures": tuple((name, value) for name, value in kept["measures"]),
            "purposes": tuple(kept["purposes"]),
            "shingles": tuple(kept["shingles"]),
            "amounts": tuple(kept["amounts"]),
            "elements": frozenset(kept["elements"]),
            "flags": frozenset(kept["flags"]),
            "plan_visits_per_week": tuple(pairs) if pairs else None,
        }
    )
