"""The check kinds: one module each, named as the kind; this is their one registry.

A check of note scope takes ``(encounter, rule, pack)`` and yields hits. A check of episode or
batch scope takes ``(digests, rule, pack, as_of)`` and returns hits and what it did not apply to.
Checks know nothing of files, configuration or output.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from notelint.checks import (
    batch_units,
    conflict,
    episode_sequence,
    interval,
    label_only,
    list_without,
    modifier,
    phrase_without,
    service_lacks,
    service_other,
    similarity,
    slot_missing,
    time_total,
    units,
    vague_statement,
    value_range,
)
from notelint.encounter.encounter import Encounter
from notelint.rulebook.rule import Hit, Rule

if TYPE_CHECKING:
    from notelint.encounter.digest import Digest
    from notelint.finding import NotApplied
    from notelint.rulebook.pack import Pack

NoteCheck = Callable[[Encounter, Rule, "Pack"], Iterable[Hit]]
DigestCheck = Callable[
    [Sequence["Digest"], Rule, "Pack", date], tuple[list[Hit], list["NotApplied"]]
]

NOTE_CHECKS: Mapping[str, NoteCheck] = {
    "conflict": conflict.check,
    "interval": interval.check,
    "label-only": label_only.check,
    "list-without": list_without.check,
    "modifier": modifier.check,
    "phrase-without": phrase_without.check,
    "service-lacks": service_lacks.check,
    "service-other": service_other.check,
    "slot-missing": slot_missing.check,
    "time-total": time_total.check,
    "units": units.check,
    "vague-statement": vague_statement.check,
    "value-range": value_range.check,
}
EPISODE_CHECKS: Mapping[str, DigestCheck] = {
    "episode-sequence": episode_sequence.check,
    "slot-missing": episode_sequence.check,
}
BATCH_CHECKS: Mapping[str, DigestCheck] = {
    "modifier": batch_units.routine_modifiers,
    "similarity": similarity.check,
    "units": batch_units.short_units,
}
