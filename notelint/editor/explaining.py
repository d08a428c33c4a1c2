"""What the linter understood of a note, as JSON: services, activities, times, goals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from typing import Any

from notelint.encounter.encounter import Encounter
from notelint.language.reading import Span

#: The parts of an encounter that are told, in this order.
_PARTS = (
    "services", "activities", "times", "goals", "responses", "plan_items", "skills", "measures",
    "signatures", "elsewhere",
)  # fmt: skip


def explanation(encounter: Encounter) -> dict[str, Any]:
    """Returns an encounter's slots. Offsets are code points; empty slots are left out."""
    return {
        "facts": _plain(encounter.facts),
        **{part: _plain(getattr(encounter, part)) for part in _PARTS},
    }


def _plain(value: object) -> Any:
    if isinstance(value, Span):
        return {"start": value.start, "end": value.end}
    if is_dataclass(value) and not isinstance(value, type):
        found = {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
        return {name: item for name, item in found.items() if item not in (None, [], "", {})}
    if isinstance(value, frozenset | set):
        return sorted(str(item) for item in value)
    if isinstance(value, str | int | float | bool | None):
        return value
    if isinstance(value, Iterable):
        return [_plain(item) for item in value]
    return str(value)
