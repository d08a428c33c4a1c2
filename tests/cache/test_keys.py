from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest

from notelint.cache.keys import Keys
from notelint.note import Author, Charge, Label, Note, StatedGoal
from notelint.source import SourceMap

NOTE = Note("O: Gait.", id="n1", charges=(Charge("97116", 1, 15.0, ("GP",)),), plan={"a": 1})

#: One other value for each field of a note.
OTHER = {
    "text": "O: Gait", "id": "n2", "note_type": "daily", "discipline": "PT", "payer": "va",
    "setting": "school", "programme": "maintenance", "date_of_service": date(2026, 1, 2),
    "status": "final", "signed_at": "2026-01-02", "author": Author("A", "PT"),
    "authors": (Author("B", "PTA"),), "charges": (Charge("97116", 1, 16.0, ("GP",)),),
    "goals": (StatedGoal("1", "walk"),), "plan": {"a": 2}, "flowsheet": "x", "totals": {"t": 1},
    "patient_id": "p", "episode_id": "e", "visit_id": "v", "clinician_id": "c", "clinic_id": "k",
    "carried": frozenset({"charges"}), "extra": {"x": date(2026, 1, 1)},
}  # fmt: skip
NOT_READ = {
    "source": SourceMap("other.csv", 8, row=3),
    "labels": (Label("r", "must"),),
    "judged": ("r",),
}


def test_every_field_of_a_note_is_decided_upon() -> None:
    assert {item.name for item in fields(Note)} == OTHER.keys() | NOT_READ.keys()


@pytest.mark.parametrize("name", OTHER)
def test_every_field_that_a_rule_may_read_is_part_of_the_key(name: str) -> None:
    keys = Keys(b"s" * 32, b"context")
    assert keys.key(replace(NOTE, **{name: OTHER[name]})) != keys.key(NOTE)


@pytest.mark.parametrize("name", NOT_READ)
def test_where_a_note_stands_is_not(name: str) -> None:
    keys = Keys(b"s" * 32, b"context")
    assert keys.key(replace(NOTE, **{name: NOT_READ[name]})) == keys.key(NOTE)


def test_secret_rules_settings_and_date_are() -> None:
    keys = {
        Keys.of(secret, pack, settings, day).key(NOTE)
        for secret, pack, settings, day in (
            (b"s" * 32, "pack", "settings", "2026-01-01"),
            (b"t" * 32, "pack", "settings", "2026-01-01"),
            (b"s" * 32, "other", "settings", "2026-01-01"),
            (b"s" * 32, "pack", "others", "2026-01-01"),
            (b"s" * 32, "pack", "settings", "2026-01-02"),
        )
    }
    assert len(keys) == 5


def test_the_order_of_a_set_does_not_matter() -> None:
    keys = Keys(b"s" * 32, b"")
    names = ["charges", "payer", "goals", "text"]
    assert keys.key(replace(NOTE, carried=frozenset(names))) == keys.key(
        replace(NOTE, carried=frozenset(reversed(names)))
    )
