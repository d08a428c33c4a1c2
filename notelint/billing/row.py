"""One mapping of a data file, whose strings become dates, numbers and choices or a clear error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from notelint.errors import RuleError, did_you_mean


@dataclass(frozen=True, slots=True)
class Row:
    """A mapping and the words that say where it stands (``cpt_codes.yaml: codes[3]``)."""

    content: Mapping[str, Any]
    where: str

    def wrong(self, key: str, what: str, remedy: str = "") -> RuleError:
        """Returns the error for a key of this row."""
        return RuleError(f"'{key}' {what}.", where=self.where, remedy=remedy)

    def text(self, key: str, *, default: str | None = None) -> str:
        value = self.content.get(key, default)
        if not isinstance(value, str) or (not value and default is None):
            raise self.wrong(key, "is missing or not a text")
        return value

    def texts(self, key: str, *, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        value = self.content.get(key, default)
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise self.wrong(key, "is not a list of texts")
        if not all(isinstance(item, str) for item in value):
            raise self.wrong(key, "holds something that is not a text")
        return tuple(value)

    def number(self, key: str) -> int:
        value = self.text(key)
        if not (value.isascii() and value.isdigit()):
            raise self.wrong(key, "is not a whole number")
        return int(value)

    def day(self, key: str) -> date:
        try:
            return date.fromisoformat(self.text(key))
        except ValueError:
            raise self.wrong(key, "is not a date", 'Write it as "2026-01-31".') from None

    def day_or_none(self, key: str) -> date | None:
        return self.day(key) if key in self.content else None

    def choice(self, key: str, valid: Sequence[str]) -> Any:
        """Returns the value if it is one of ``valid`` (typed by the caller's Literal)."""
        value = self.text(key)
        if value not in valid:
            raise self.wrong(key, f"is '{value}'", did_you_mean(value, valid))
        return value

    def row(self, key: str) -> Row:
        value = self.content.get(key)
        if not isinstance(value, Mapping):
            raise self.wrong(key, "is missing or not a mapping")
        return Row(value, f"{self.where}: {key}")

    def rows(self, key: str) -> Iterator[Row]:
        value = self.content.get(key)
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise self.wrong(key, "is missing or not a list")
        for index, item in enumerate(value):
            if not isinstance(item, Mapping):
                raise self.wrong(f"{key}[{index}]", "is not a mapping")
            yield Row(item, f"{self.where}: {key}[{index}]")
