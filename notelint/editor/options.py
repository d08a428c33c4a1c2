"""What a language client may set: an object under ``notelint``, every key optional.

A key or value that is not known is an error that names the nearest valid one; the options then
stay as they were, and the client is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from fnmatch import fnmatch
from typing import Any, Literal, cast

from notelint.errors import ConfigError, did_you_mean
from notelint.finding import Severity
from notelint.note import DISCIPLINES, NOTE_TYPES, PAYERS, PROGRAMMES, SETTINGS, STATUSES

#: Facts a client may supply for every note it opens; the record beside a note wins.
FACTS: Mapping[str, tuple[str, ...]] = {
    "payer": PAYERS,
    "setting": SETTINGS,
    "note_type": NOTE_TYPES,
    "discipline": DISCIPLINES,
    "programme": PROGRAMMES,
    "status": STATUSES,
}

#: The language id of a document that is a therapy note whatever its name.
NOTE_LANGUAGE = "rehab-note"

_CHOICES: Mapping[str, tuple[str, ...]] = {
    "run": ("onType", "onSave"),
    "minSeverity": ("info", "warning", "error"),
    "strictness": ("audit", "minimum"),
}
_LISTS = ("files", "select", "extendSelect", "ignore")


@dataclass(frozen=True, slots=True)
class Options:
    """The client's choices, spelled as clients spell settings.

    ``trusted``: files beside the note (sidecar, configuration) may be read. ``files``: globs of
    plain text files that are notes. ``debounce``: milliseconds after the last key before a lint.
    """

    trusted: bool = False
    files: tuple[str, ...] = ()
    run: Literal["onType", "onSave"] = "onType"
    debounce: int = 300
    facts: Mapping[str, str] = field(default_factory=dict)
    minSeverity: Severity = "warning"
    strictness: str = "audit"
    select: tuple[str, ...] = ()
    extendSelect: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    @classmethod
    def of(cls, given: object) -> Options:
        """Returns the options of a client's settings object; None gives the defaults.

        Raises:
            ConfigError: a key or a value is not known or has the wrong type.
        """
        if given is None:
            return cls()
        if not isinstance(given, Mapping):
            raise _wrong("notelint", "an object", given)
        known = tuple(f.name for f in fields(cls))
        values: dict[str, Any] = {}
        for key, value in given.items():
            if key not in known:
                raise ConfigError(
                    f"unknown editor setting '{key}'.", remedy=did_you_mean(str(key), known)
                )
            values[key] = _value(key, value)
        return cls(**values)

    def is_note(self, language: str, path: str) -> bool:
        """Whether a document is a note by its language or its file name."""
        if language == NOTE_LANGUAGE:
            return True
        path = path.replace("\\", "/")
        return any(_matches(path, pattern) for pattern in self.files)


def _matches(path: str, pattern: str) -> bool:
    if "/" not in pattern:
        return fnmatch(path.rsplit("/", 1)[-1], pattern)
    anchored = pattern if pattern.startswith(("/", "**/")) else f"**/{pattern}"
    return fnmatch(path, anchored.replace("**/", "*/", 1).replace("**/", "*"))


def _value(key: str, value: object) -> object:
    if key == "trusted":
        return _typed(key, value, bool, "true or false")
    if key == "debounce":
        number = _typed(key, value, int, "a number of milliseconds from 0 to 10,000")
        if isinstance(number, bool) or not 0 <= cast(int, number) <= 10_000:
            raise _wrong(key, "a number of milliseconds from 0 to 10,000", value)
        return number
    if key in _LISTS:
        items = _typed(key, value, list, "a list of texts")
        if not all(isinstance(item, str) for item in cast(list[object], items)):
            raise _wrong(key, "a list of texts", value)
        return tuple(cast(list[str], items))
    if key == "facts":
        return _facts(value)
    return _choice(key, value, _CHOICES[key])


def _facts(value: object) -> Mapping[str, str]:
    facts = cast(dict[str, object], _typed("facts", value, dict, "an object"))
    for key, fact in facts.items():
        if key not in FACTS:
            raise ConfigError(f"unknown fact '{key}'.", remedy=did_you_mean(key, FACTS))
        _choice(f"facts.{key}", fact, FACTS[key])
    return cast(Mapping[str, str], facts)


def _choice(key: str, value: object, choices: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in choices:
        shown = value if isinstance(value, str) else type(value).__name__
        raise ConfigError(
            f"unknown value '{shown}' for the editor setting '{key}'.",
            remedy=did_you_mean(str(value), choices),
        )
    return value


def _typed(key: str, value: object, kind: type, wanted: str) -> object:
    if not isinstance(value, kind):
        raise _wrong(key, wanted, value)
    return value


def _wrong(key: str, wanted: str, value: object) -> ConfigError:
    return ConfigError(f"the editor setting '{key}' must be {wanted}, not {type(value).__name__}.")
