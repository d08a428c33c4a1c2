"""What may leave the desk: three profiles, and pseudonyms that only a key can explain."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from notelint.errors import UsageError

Profile = Literal["internal", "limited", "deidentified"]
PROFILES = ("internal", "limited", "deidentified")
CLINICIANS = ("pseudonym", "name")

#: What each profile is, for the report's first page.
MEANING = {
    "internal": "Internal: ids and dates as in the record; for quality improvement in this clinic.",
    "limited": "Limited: no names, no record ids, no text; dates are kept.",
    "deidentified": "De-identified metadata: no names, ids or text, and no date finer than a year. "
    "notelint does not certify de-identification.",
}


@dataclass(frozen=True, slots=True)
class Privacy:
    """Turns ids, people and dates into what the profile lets out.

    ``key`` makes the pseudonyms: the same key and name give the same pseudonym in every report.
    """

    profile: Profile
    key: bytes
    clinicians: str = "pseudonym"

    @property
    def shows_text(self) -> bool:
        return self.profile == "internal"

    def person(self, name: str) -> str:
        """A clinician or reviewer."""
        if name in ("", "unknown", "mixed"):
            return name or "unknown"
        if self.profile == "internal" and self.clinicians == "name":
            return name
        return f"Clinician {self._code('person', name)}"

    def reviewer(self, name: str) -> str:
        return name if self.profile == "internal" else f"Reviewer {self._code('person', name)}"

    def id(self, value: str) -> str:
        """The id of a note, visit, episode, patient or file."""
        return value if self.profile == "internal" else f"#{self._code('id', value)}"

    def place(self, name: str) -> str:
        """A clinic."""
        if self.profile == "internal" or name in ("", "unknown", "mixed"):
            return name or "unknown"
        return f"Clinic {self._code('place', name)}"

    def day(self, iso: str) -> str:
        """A date as ``YYYY-MM-DD``, or its year."""
        return iso[:4] if self.profile == "deidentified" else iso

    def month(self, iso: str) -> str:
        return iso[:4] if self.profile == "deidentified" else iso[:7]

    def fact(self, name: str, value: str) -> str:
        """The value of a sampling fact, by its name."""
        if name == "clinician":
            return self.person(value)
        if name == "clinic":
            return self.place(value)
        return self.month(value) if name == "month" else value

    def _code(self, kind: str, value: str) -> str:
        message = f"{kind}\x1f{value}".encode("utf-8", "surrogatepass")
        return hmac.new(self.key, message, hashlib.sha256).hexdigest()[:8].upper()


def default_key_file() -> Path:
    """Where the key is kept if nobody says: the user's own config folder."""
    base = os.environ.get("XDG_CONFIG_HOME") or os.environ.get("APPDATA")
    return (Path(base) if base else Path.home() / ".config") / "notelint" / "pseudonym.key"


def load_key(path: Path) -> bytes:
    """Reads the key, or makes one of 256 random bits, readable by its owner only.

    Raises:
        UsageError: the file cannot be read or made, or holds less than 16 bytes.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            key = path.read_bytes().strip()
        else:
            key = secrets.token_hex(32).encode()
            with os.fdopen(descriptor, "wb") as out:
                out.write(key + b"\n")
    except OSError as error:
        raise UsageError(f"The key cannot be used: {error.strerror}.", where=str(path)) from None
    if len(key) < 16:
        raise UsageError(
            "The key is too short.", where=str(path), remedy="Remove it; a new one will be made."
        )
    return key
