"""Applies a mapping to one row: columns to native fields, values by table, numbers and dates.

A field that the mapping maps and whose column is there is *carried*, also when it is empty, so
that an absence rule may speak of it. A value that cannot be translated is counted and is neither
used nor carried.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from notelint.errors import InputError
from notelint.readers import values
from notelint.readers.chargecell import charges_in
from notelint.readers.mapping import CHARGE_FACTS, Mapping
from notelint.readers.native import CHARGE_FIELDS, VOCABULARIES
from notelint.readers.notices import Notices

#: Stands for a column that is not there.
MISSING = object()

#: Looks a column up in a row; ``MISSING`` if there is none.
Lookup = Callable[[str], object]

#: A code of the clinic's own that is no CPT code still names a charge.
_ONE_CODE = re.compile(r"[A-Za-z0-9]{1,12}")
_SPLIT = re.compile(r"[\s,;:/|-]+")


class Translator:
    """A mapping in use on one file, counting what it cannot translate."""

    def __init__(self, mapping: Mapping, file: str, notices: Notices) -> None:
        self.mapping = mapping
        self._file = file
        self._notices = notices

    def facts(self, get: Lookup) -> tuple[dict[str, Any], set[str]]:
        """Returns the native fields of a row without text and charges, and what it carries."""
        record: dict[str, Any] = dict(self.mapping.constants)
        carried = set(record)
        author: dict[str, str] = {}
        for name, column in self.mapping.fields.items():
            value = get(column)
            if value is MISSING:
                continue
            translated = self._value(name, column, value)
            if translated is MISSING:
                continue
            if name in ("author", "credential"):
                carried.add("author")
                if translated is not None:
                    author["name" if name == "author" else "credential"] = translated
                continue
            carried.add(name)
            if not values.is_empty(translated) or name not in record:
                record[name] = translated
        if author:
            record["author"] = author
        return record, carried

    def charges(self, rows: Iterable[Lookup]) -> tuple[list[dict[str, Any]], set[str]]:
        """Returns the charges of joined rows, one a row with a code, and what they carry."""
        found = []
        carried = {"charges"}
        for get in rows:
            charges = self._charges(get, 0, carried)
            if charges is None:
                return [], set()
            found += charges
        return found, carried

    def own_charges(self, get: Lookup) -> tuple[list[dict[str, Any]], set[str]]:
        """Returns the charges that stand in the note's own row, in numbered columns."""
        found = []
        carried: set[str] = set()
        for index, column in enumerate(self.mapping.charges.get("code", ())):
            if get(column) is MISSING:
                continue
            carried.add("charges")
            charges = self._charges(get, index, carried)
            if charges is None:
                return [], set()
            found += charges
        return found, carried

    def charge_facts(self, rows: Iterable[Lookup]) -> dict[str, Any]:
        """Returns facts of the note that its charge rows carry, from the first that says so."""
        found: dict[str, Any] = {}
        for get in rows:
            for name in CHARGE_FACTS:
                for column in self.mapping.charges.get(name, ()):
                    value = get(column)
                    if name not in found and value is not MISSING and not values.is_empty(value):
                        found[name] = self._value(name, column, value)
        return {name: value for name, value in found.items() if value is not MISSING}

    def _charges(self, get: Lookup, index: int, carried: set[str]) -> list[dict[str, Any]] | None:
        """The charges of one row or numbered column: one, or several that share a cell.

        None if they cannot be read: charges of which one is not known are not the note's charges.
        """
        charge: dict[str, Any] = {}
        for name in CHARGE_FIELDS:
            columns = self.mapping.charges.get(name, ())
            if name != "modifiers":
                columns = columns[index : index + 1]
            found = [value for value in map(get, columns) if value is not MISSING]
            if not found:
                continue
            value = self._charge_value(name, columns[0], found)
            if value is not MISSING:
                carried.add(f"charges.{name}")
                charge[name] = value
        code = charge.get("code")
        if not code:
            return []
        try:
            listed = list(charges_in(code))
        except ValueError:
            if _ONE_CODE.fullmatch(code):
                return [charge]
            column = self.mapping.charges["code"][index]
            self._notices.unmapped(
                self._file,
                f"charges.code ({column})",
                code,
                "Write a cell of charges as 97530-GP x2; 97110 x1.",
            )
            return None
        carried |= {f"charges.{name}" for one in listed for name in one}
        if len(listed) > 1:
            # Units and minutes of other columns belong to no one code of the list.
            return listed
        modifiers = [*listed[0].get("modifiers", ()), *charge.get("modifiers", ())]
        merged = {**listed[0], **{k: v for k, v in charge.items() if k != "code"}}
        return [merged | {"modifiers": modifiers} if modifiers else merged]

    def _charge_value(self, name: str, column: str, found: list[object]) -> Any:
        label = f"charges.{name}"
        if name == "modifiers":
            joined = " ".join(str(value) for value in found if not values.is_empty(value))
            return [word for word in _SPLIT.split(joined.strip()) if word]
        value = found[0]
        if isinstance(value, str):
            value = value.strip()
        try:
            if name == "units":
                return values.whole_or_none(value, label, "")
            if name == "minutes":
                return values.number_or_none(value, label, "")
            if name in ("start", "end"):
                return values.clock_or_none(value, label, "")
            if name == "discipline":
                return self._value("discipline", column, value)
            return values.text_or_none(value, label, "")
        except InputError as error:
            self._notices.unmapped(self._file, f"{label} ({column})", value, error.remedy)
            return MISSING

    def _value(self, name: str, column: str, value: object) -> Any:
        if name in VOCABULARIES:
            return self._word(name, column, value)
        if values.is_empty(value):
            return None
        if name in ("date_of_service", "signed_at"):
            found = self._day(value)
            if found is None:
                self._notices.unmapped(
                    self._file,
                    f"{name} ({column})",
                    value,
                    'Dates are not guessed: set date-format = "%m/%d/%Y" or "%d/%m/%Y".',
                )
                return MISSING
            return found
        try:
            return values.text_or_none(value, name, "")
        except InputError:
            self._notices.unmapped(self._file, f"{name} ({column})", value, "")
            return MISSING

    def _word(self, name: str, column: str, value: object) -> Any:
        if values.is_empty(value):
            return "unknown"
        word = str(value).strip()
        table = self.mapping.values.get(name, {})
        if word.casefold() in table:
            return table[word.casefold()]
        try:
            return values.choice(word, name, VOCABULARIES[name], "")
        except InputError:
            remedy = f"Translate them in [tool.notelint.source.NAME.values.{name}]."
            self._notices.unmapped(self._file, f"{name} ({column})", word, remedy)
            return MISSING

    def _day(self, value: object) -> Any:
        """Returns an ISO day or moment as it came, another day as a date, or None."""
        if isinstance(value, date):
            return value
        if not isinstance(value, str):
            return None
        word = value.strip()
        try:
            if values.day_or_none(word, "", ""):
                return word
        except InputError:
            pass
        for pattern in self.mapping.date_formats:
            for part in (word, word.split()[0]):
                try:
                    return datetime.strptime(part, pattern).date()
                except ValueError:
                    continue
        return None
