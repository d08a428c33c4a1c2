"""Single values of a record, checked: words from a vocabulary, numbers, dates, clock times.

Each function takes the value as it came, the name of its field and the place of its record, and
returns the typed value or raises ``InputError``. An error shows a value only when it is short
enough to be a code; a long one could be note text in the wrong column.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from notelint.errors import InputError, nearest

#: Longest value that an error may show. Codes are shorter, sentences are longer.
SHOWN = 24

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?")
_NUMBER = re.compile(r"\d{1,9}(\.\d{1,6})?")
_SURROGATE = re.compile("[\ud800-\udfff]")


def shown(value: object) -> str:
    """Returns a value fit for an error: quoted if it can be a code, else only its size."""
    if isinstance(value, str):
        text = value.strip()
        if len(text) <= SHOWN and text.isprintable():
            return f"'{text}'"
        return f"a value of {len(value)} characters"
    if value is None or isinstance(value, bool | int | float):
        return str(value)
    return f"a {type(value).__name__}"


def is_empty(value: object) -> bool:
    """Whether a value says nothing: null, no characters but spaces, or no items."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, list | tuple | Mapping) and not value)


def choice(value: object, field: str, valid: Collection[str], where: str) -> str:
    """Returns the valid word that ``value`` spells in any case; ``unknown`` for an empty one."""
    if is_empty(value):
        return "unknown"
    options = {word.casefold(): word for word in valid}
    if isinstance(value, str) and value.strip().casefold() in options:
        return options[value.strip().casefold()]
    close = nearest(value.strip(), options) if isinstance(value, str) else None
    remedy = f"Did you mean '{options[close]}'?" if close else f"Valid: {', '.join(valid)}."
    raise InputError(f"{field} is {shown(value)}, which is not known.", where=where, remedy=remedy)


def text(value: object, field: str, where: str) -> str:
    """Returns a string. Numbers are written out, so that ``97110`` is a code as well."""
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    raise InputError(f"{field} must be text, not {shown(value)}.", where=where)


def text_or_none(value: object, field: str, where: str) -> str | None:
    return None if is_empty(value) else text(value, field, where).strip()


def number_or_none(value: object, field: str, where: str) -> float | None:
    """Returns a number of 0 or more; a string of digits counts as one."""
    if is_empty(value):
        return None
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        value = float(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e9:
        return float(value)
    raise InputError(f"{field} must be a number of 0 or more, not {shown(value)}.", where=where)


def whole_or_none(value: object, field: str, where: str) -> int | None:
    found = number_or_none(value, field, where)
    if found is not None and found != int(found):
        raise InputError(f"{field} must be a whole number, not {shown(value)}.", where=where)
    return None if found is None else int(found)


def day_or_none(value: object, field: str, where: str) -> date | None:
    """Returns a date from ``YYYY-MM-DD``, with or without a time after it."""
    if is_empty(value):
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        word = value.strip()
        if _ISO_DAY.match(word) and (len(word) == 10 or word[10] in "T "):
            try:
                return date.fromisoformat(word[:10])
            except ValueError:
                pass
    raise InputError(
        f"{field} must be a date, not {shown(value)}.", where=where, remedy="Write it YYYY-MM-DD."
    )


def clock_or_none(value: object, field: str, where: str) -> str | None:
    """Returns a clock time as ``HH:MM``."""
    if is_empty(value):
        return None
    found = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise InputError(
            f"{field} must be a clock time, not {shown(value)}.",
            where=where,
            remedy="Write it HH:MM in 24 hours.",
        )
    return f"{int(found[1]):02d}:{found[2]}"


def rows(value: object, field: str, where: str) -> list[Any]:
    """Returns a list; an empty value gives an empty one."""
    if is_empty(value):
        return []
    if isinstance(value, list | tuple):
        return list(value)
    raise InputError(f"{field} must be a list, not {shown(value)}.", where=where)


def table(value: object, field: str, where: str) -> dict[str, Any]:
    """Returns an object with text keys; an empty value gives an empty one."""
    if is_empty(value):
        return {}
    if isinstance(value, Mapping):
        return {str(key): item for key, item in value.items()}
    raise InputError(f"{field} must be an object, not {shown(value)}.", where=where)


def note_text(value: object, where: str) -> str:
    """Returns the text of a note, or says which character makes it unusable and where it is."""
    if not isinstance(value, str):
        raise InputError(f"text must be a string, not {shown(value)}.", where=where)
    bad = _SURROGATE.search(value)
    if bad:
        raise InputError(
            f"half a surrogate pair stands at character {bad.start()} of the note.",
            where=where,
            remedy="The export cut an emoji or a rare character in two; write it out again.",
        )
    nul = value.find("\0")
    if nul >= 0:
        raise InputError(
            f"a NUL character stands at character {nul} of the note.",
            where=where,
            remedy="Export it again as text.",
        )
    return value
