"""The errors that a person may meet: what is wrong, where, and what to do about it.

No error ever carries note text. ``NotelintError`` is the one class the command line turns into a
message and exit status 2.
"""

from __future__ import annotations

from collections.abc import Iterable


class NotelintError(Exception):
    """Something a person can mend.

    Args:
        what: what is wrong, one sentence without note text.
        where: ``file``, ``file:line`` or ``file:line:column``; empty if there is no place.
        remedy: what to do next, one sentence.
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head} {self.remedy}" if self.remedy else head


class InputError(NotelintError):
    """A file, record or field that cannot be read as a note."""


class ConfigError(NotelintError):
    """A setting that notelint does not know or cannot use."""


class RuleError(NotelintError):
    """A rule file, lexicon or data file that does not load."""


class UsageError(NotelintError):
    """A command line that cannot be carried out as written."""


def nearest(name: str, valid: Iterable[str], *, cutoff: float = 0.6) -> str | None:
    """Returns the valid name closest to ``name``, or None if none is close."""
    from difflib import get_close_matches

    by_plain = {option.lower(): option for option in valid}
    found = get_close_matches(name.lower(), by_plain, n=1, cutoff=cutoff)
    return by_plain[found[0]] if found else None


def did_you_mean(name: str, valid: Iterable[str]) -> str:
    """Returns `` Did you mean 'x'?`` or, with nothing close, the list of valid names."""
    options = list(valid)
    close = nearest(name, options)
    if close:
        return f"Did you mean '{close}'?"
    shown = ", ".join(sorted(options)[:24])
    return f"Valid: {shown}." if shown else ""
