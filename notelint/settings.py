"""How a run is to be done: the choices that are the run's and not the note's.

``config.py`` and the command line make one of these; the engine takes it and reads nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Settings:
    """Choices of a run.

    ``select`` replaces the default selection, ``extend_select`` adds, ``ignore`` removes; each
    item is a code, a prefix, a name, a category or ``ALL``. ``defaults`` are facts for notes that
    do not say (``payer``, ``setting``, ``note_type``, ``discipline``, ``programme``);
    ``overrides`` win over the record (``--set``). ``severities`` maps a rule name to a severity.
    ``as_of`` chooses dated data for notes without a date of service.
    """

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    preview: bool = False
    strictness: str = "audit"
    defaults: Mapping[str, str] = field(default_factory=dict)
    overrides: Mapping[str, str] = field(default_factory=dict)
    severities: Mapping[str, str] = field(default_factory=dict)
    as_of: date | None = None
    docs_url: str = ""
    scope_gate: bool = True
    max_note_chars: int = 1_000_000
    glossary: tuple[str, ...] = ()
    late_entry_days: int = 7
