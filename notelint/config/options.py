"""Every setting that a config file may hold: one table, from which checking, the JSON Schema,
``notelint config`` and the command line's own checks are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from notelint.errors import did_you_mean
from notelint.note import DISCIPLINES, NOTE_TYPES, PAYERS, PROGRAMMES, SETTINGS

STRICTNESS = ("audit", "minimum")
PROFILES = {"mcr-audit": "audit", "mcr-min": "minimum"}
SHOWN_SEVERITIES = ("info", "warning", "error")
SEVERITIES = ("off", *SHOWN_SEVERITIES)
FAIL_ON = ("error", "warning", "info", "never")
FAIL_ON_CLASS = ("all", "explicit")
FORMATS = (
    "full", "concise", "grouped", "json", "jsonl", "sarif", "junit", "github", "rdjson", "csv",
    "html",
)  # fmt: skip

#: Settings that are facts of notes: a default for notes that do not say.
FACTS: Mapping[str, tuple[str, ...]] = {
    "payer": PAYERS, "setting": SETTINGS, "note-type": NOTE_TYPES, "discipline": DISCIPLINES,
    "programme": PROGRAMMES,
}  # fmt: skip


class Unfit(ValueError):
    """A value that its setting does not take; ``key`` names the entry of a table."""

    def __init__(self, what: str, key: str = "") -> None:
        super().__init__(what)
        self.key = key


@dataclass(frozen=True, slots=True)
class Option:
    """One setting: what it takes, what it is when nobody says, and what it does."""

    name: str
    take: Callable[[Any], Any]
    default: Any
    help: str
    schema: Mapping[str, Any]


def _choice(*valid: str) -> Callable[[Any], str]:
    def take(value: Any) -> str:
        if value in valid:
            return str(value)
        raise Unfit(f"does not take {_shown(value)}. {did_you_mean(str(value), valid)}")

    return take


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise Unfit(f"takes true or false, not {_shown(value)}.")


def _words(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [value]
    if isinstance(value, list | tuple) and all(isinstance(item, str) and item for item in value):
        return tuple(value)
    raise Unfit(f"takes a list of strings, not {_shown(value)}.")


def _word(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise Unfit(f"takes a string, not {_shown(value)}.")


def _number(least: int) -> Callable[[Any], int]:
    def take(value: Any) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and value >= least:
            return value
        raise Unfit(f"takes a whole number of {least} or more, not {_shown(value)}.")

    return take


def _day(value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise Unfit(f"takes a date like 2026-10-01, not {_shown(value)}.") from None


def _table(take: Callable[[Any], Any]) -> Callable[[Any], dict[str, Any]]:
    def take_all(value: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise Unfit(f"takes a table, not {_shown(value)}.")
        found = {}
        for key, item in value.items():
            try:
                found[str(key)] = take(item)
            except Unfit as error:
                raise Unfit(f"'{key}' {error}", key=str(key)) from None
        return found

    return take_all


def _anything(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    raise Unfit(f"takes a table, not {_shown(value)}.")


def _shown(value: Any) -> str:
    return f"'{value}'" if isinstance(value, str) else str(value)


def _enum(*valid: str) -> dict[str, Any]:
    return {"type": "string", "enum": list(valid)}


_STRING = {"type": "string"}
_STRINGS = {"anyOf": [{"type": "array", "items": _STRING}, _STRING]}
_FLAG = {"type": "boolean"}
_DAY = {"type": "string", "format": "date"}

OPTIONS: tuple[Option, ...] = (
    Option("extend", _word, "", "Another config file to start from; a path from this file.", _STRING),
    Option("select", _words, (), "Rules to run instead of the default ones.", _STRINGS),
    Option("extend-select", _words, (), "Rules to run besides the selected ones.", _STRINGS),
    Option("ignore", _words, (), "Rules not to run.", _STRINGS),
    Option("preview", _flag, False, "Run preview rules too.", _FLAG),
    Option("strictness", _choice(*STRICTNESS), "audit", "How much the run asks for.", _enum(*STRICTNESS)),
    Option("profile", _choice(*PROFILES), "", "Another name for a strictness.", _enum(*PROFILES)),
    *(
        Option(
            name, _choice(*valid), "unknown", f"The {name} of notes that do not say.", _enum(*valid)
        )
        for name, valid in FACTS.items()
    ),
    Option(
        "severity", _table(_choice(*SEVERITIES)), {}, "Severity of single rules, by code or name.",
        {"type": "object", "additionalProperties": _enum(*SEVERITIES)},
    ),
    Option("as-of", _day, None, "Date that chooses dated data for notes without a date.", _DAY),
    Option("scope-gate", _flag, True, "Leave alone what is not a therapy note.", _FLAG),
    Option(
        "max-note-chars", _number(1), 1_000_000, "Longest note to lint.",
        {"type": "integer", "minimum": 1},
    ),
    Option(
        "late-entry-days", _number(0), 7, "Days after which an entry is late.",
        {"type": "integer", "minimum": 0},
    ),
    Option("glossary", _words, (), "Words of this clinic that no rule should question.", _STRINGS),
    Option("docs-url", _word, "", "Where rule pages live, for links.", _STRING),
    Option(
        "min-severity", _choice(*SHOWN_SEVERITIES), "", "Lowest severity to show.",
        _enum(*SHOWN_SEVERITIES),
    ),
    Option("fail-on", _choice(*FAIL_ON), "warning", "Lowest severity that fails a run.", _enum(*FAIL_ON)),
    Option(
        "fail-on-class", _choice(*FAIL_ON_CLASS), "all",
        "Which findings fail a run: all, or explicit ones that words and arithmetic prove.",
        _enum(*FAIL_ON_CLASS),
    ),
    Option("output-format", _choice(*FORMATS), "full", "How findings are written.", _enum(*FORMATS)),
    Option("baseline", _word, "", "File of findings that are accepted for now.", _STRING),
    Option(
        "per-file-ignores", _table(_words), {}, "Rules not to run on files that match a pattern.",
        {"type": "object", "additionalProperties": _STRINGS},
    ),
    Option("locked", _words, (), "Rules that only this config can switch off.", _STRINGS),
    Option(
        "directives", _words, (), "Files in which [notelint: ignore CODE \"reason\"] counts.", _STRINGS
    ),
    Option("include", _words, (), "Files to take from folders besides the usual ones.", _STRINGS),
    Option("exclude", _words, (), "Files and folders to leave out.", _STRINGS),
    Option("extend-exclude", _words, (), "Files and folders to leave out as well.", _STRINGS),
    Option("encoding", _word, "", "Encoding of files without a byte order mark.", _STRING),
    Option("cache", _flag, True, "Keep results, so that unchanged notes need no second look.", _FLAG),
    Option("cache-dir", _word, "", "Where results are kept; .notelint_cache by default.", _STRING),
    Option(
        "jobs", _number(0), 0, "Processes; 0 decides by itself.", {"type": "integer", "minimum": 0}
    ),
    Option(
        "source", _table(_anything), {}, "How an export's columns map to a note's fields.",
        {"type": "object", "additionalProperties": {"type": "object"}},
    ),
)  # fmt: skip

BY_NAME: Mapping[str, Option] = {option.name: option for option in OPTIONS}

#: Settings that only change how findings are shown or kept: they are no part of a run's hash.
PRESENTATION = frozenset({
    "extend", "output-format", "min-severity", "cache", "cache-dir", "jobs", "docs-url",
})  # fmt: skip


def take(name: str, value: Any) -> Any:
    """Returns a setting's value, checked and in its one form.

    Raises:
        Unfit: the setting does not take the value.
    """
    return BY_NAME[name].take(value)
