"""What is worth saying once a run and not once a note: unknown fields, values without a mapping."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from notelint.errors import nearest
from notelint.finding import Problem
from notelint.readers.native import CHARGE_FIELDS, FIELDS
from notelint.readers.values import shown

#: So many different values of a field are kept apart and shown.
MAX_VALUES = 200
SHOWN_VALUES = 6


class Notices:
    """Counts by field, and remembers the first file. Holds codes, never text."""

    def __init__(self) -> None:
        self._fields: dict[str, str] = {}
        self._values: dict[tuple[str, str, str], Counter[str]] = {}
        self._counts: dict[tuple[str, str, str], int] = {}

    def unknown_fields(self, names: Iterable[str], file: str) -> None:
        """Remembers fields that the native record does not have."""
        for name in names:
            if len(self._fields) < MAX_VALUES:
                self._fields.setdefault(name, file)

    def unmapped(self, file: str, field: str, value: Any, remedy: str) -> None:
        """Counts a value that the mapping cannot translate."""
        seen = self._values.setdefault((file, field, remedy), Counter())
        word = shown(value)
        seen[word if word in seen or len(seen) < MAX_VALUES else "other values"] += 1

    def count(self, file: str, what: str, remedy: str = "") -> None:
        """Counts an event of a file; ``what`` holds ``{n}`` where the number goes."""
        key = file, what, remedy
        self._counts[key] = self._counts.get(key, 0) + 1

    def problems(self) -> Iterator[Problem]:
        """Yields one non-fatal problem a field or value kind."""
        for name, file in self._fields.items():
            yield Problem(_unknown_field(name), file, fatal=False)
        for (file, field, remedy), seen in self._values.items():
            listed = ", ".join(f"{word} ({n})" for word, n in seen.most_common(SHOWN_VALUES))
            more = len(seen) - SHOWN_VALUES
            tail = f" and {more} more" if more > 0 else ""
            yield Problem(
                f"{seen.total()} values of {field} were left out: {listed}{tail}.",
                file,
                remedy=remedy,
                fatal=False,
            )
        for (file, what, remedy), n in self._counts.items():
            yield Problem(what.replace("{n}", str(n)), file, remedy=remedy, fatal=False)


def _unknown_field(name: str) -> str:
    """Returns the sentence about a field that is kept aside."""
    prefix, known = ("charges.", CHARGE_FIELDS) if name.startswith("charges.") else ("", FIELDS)
    close = nearest(name.removeprefix(prefix), known, cutoff=0.75)
    hint = f" Did you mean '{prefix}{close}'?" if close else ""
    return f"the field {shown(name)} is not used.{hint}"
