"""The native record: vocabularies, types, what is carried, what is kept aside."""

from __future__ import annotations

from datetime import date

import pytest

from notelint.errors import InputError
from notelint.readers.native import note_from_record

TEXT = "O: Balance activities x 15 min for Zebulon Quill."


def test_only_text_is_required() -> None:
    note = note_from_record({"text": TEXT})
    assert note.text == TEXT
    assert note.payer == note.setting == note.note_type == "unknown"
    assert note.carried == {"text"}


def test_the_full_record_of_the_design_is_read() -> None:
    note = note_from_record(
        {
            "id": "n1", "text": TEXT, "note_type": "daily", "discipline": "pt",
            "payer": "medicare_b", "setting": "outpatient", "date_of_service": "2026-10-01",
            "status": "final", "signed_at": "2026-10-01T15:02:00-04:00",
            "author": {"name": "Lee", "credential": "PT"},
            "authors": [{"name": "Roe", "credential": "PTA", "role": "treating", "minutes": 15}],
            "charges": [{"code": "97530", "units": 2, "minutes": 30, "modifiers": ["gp"],
                         "start": "9:05", "end": None, "discipline": None}],
            "patient_id": 4711, "programme": "restorative", "goals": ["Stairs", {"id": "LTG 1"}],
            "plan": {"frequency": "2x/week"}, "totals": {"timed": 30},
            "labels": [{"rule": "generic-activity-phrase", "anchor": "Balance",
                        "verdict": "must"}],
            "judged": ["generic-activity-phrase"],
        }
    )  # fmt: skip
    assert note.date_of_service == date(2026, 10, 1)
    assert note.discipline == "PT"
    assert note.patient_id == "4711"
    charge = note.charges[0]
    assert (charge.code, charge.units, charge.minutes, charge.modifiers) == (
        "97530", 2, 30.0, ("GP",),
    )  # fmt: skip
    assert charge.start == "09:05"
    assert [goal.id for goal in note.goals] == ["", "LTG 1"]
    assert [a.credential for a in note.all_authors] == ["PT", "PTA"]
    assert note.labels[0].occurrence == 1
    assert not note.extra


def test_an_empty_field_is_carried_and_a_missing_one_is_not() -> None:
    note = note_from_record({"text": TEXT, "charges": [], "date_of_service": None, "payer": ""})
    assert {"charges", "date_of_service", "payer"} <= note.carried
    assert "goals" not in note.carried


def test_a_column_of_the_charges_is_carried_by_its_own_name() -> None:
    note = note_from_record({"text": TEXT, "charges": [{"code": "97110", "minutes": None}]})
    assert "charges.minutes" in note.carried
    assert "charges.units" not in note.carried


@pytest.mark.parametrize(
    ("field", "value", "nearest"),
    [
        ("payer", "medicare", "medicare_b"),
        ("payer", "medicare_c", "medicare_b"),
        ("setting", "out-patient", "outpatient"),
        ("note_type", "dayly", "daily"),
        ("discipline", "PTT", "PT"),
        ("programme", "maintainance", "maintenance"),
        ("status", "finall", "final"),
    ],
)
def test_an_unknown_word_names_the_nearest_valid_one(field: str, value: str, nearest: str) -> None:
    with pytest.raises(InputError, match=f"{field} is .*Did you mean '{nearest}'"):
        note_from_record({"text": TEXT, field: value}, where="a.jsonl:3")


@pytest.mark.parametrize(
    "record",
    [
        {"text": None},
        {"text": 5},
        {},
        {"text": TEXT, "charges": "97110"},
        {"text": TEXT, "charges": [{"units": 2}]},
        {"text": TEXT, "charges": [{"code": "97110", "units": True}]},
        {"text": TEXT, "charges": [{"code": "97110", "units": 1.5}]},
        {"text": TEXT, "charges": [{"code": "97110", "units": -1}]},
        {"text": TEXT, "charges": [{"code": "97110", "minutes": "many"}]},
        {"text": TEXT, "charges": [{"code": "97110", "start": "25:00"}]},
        {"text": TEXT, "date_of_service": "03/04/2026"},
        {"text": TEXT, "date_of_service": "2026-02-30"},
        {"text": TEXT, "date_of_service": "20260230"},
        {"text": TEXT, "plan": "2x/week"},
        {"text": TEXT, "author": 7},
        {"text": TEXT, "labels": [{"rule": "x", "verdict": "perhaps"}]},
        {"text": "half \ud83d pair"},
        {"text": "a\0b"},
    ],
)
def test_a_wrong_type_is_an_error_with_its_place(record: dict[str, object]) -> None:
    with pytest.raises(InputError) as caught:
        note_from_record(record, where="a.jsonl:3")
    assert str(caught.value).startswith("a.jsonl:3: ")
    assert "Zebulon" not in str(caught.value)


def test_note_text_in_a_wrong_field_is_not_shown() -> None:
    with pytest.raises(InputError) as caught:
        note_from_record({"text": TEXT, "payer": TEXT})
    assert "Zebulon" not in str(caught.value)
    assert f"{len(TEXT)} characters" in str(caught.value)


def test_numbers_written_as_text_are_numbers() -> None:
    charge = note_from_record(
        {"text": TEXT, "charges": [{"code": 97110, "units": "2", "minutes": "23.5"}]}
    ).charges[0]
    assert (charge.code, charge.units, charge.minutes) == ("97110", 2, 23.5)


def test_other_fields_are_kept_aside() -> None:
    note = note_from_record({"text": TEXT, "voice": "A", "charges": [{"code": "1", "dx": "M25"}]})
    assert note.extra == {"voice": "A", "charges.dx": ["M25"]}


def test_the_visit_is_the_id_of_a_record_without_one() -> None:
    assert note_from_record({"text": TEXT, "visit_id": 88}).id == "88"
    assert note_from_record({"text": TEXT}, default_id="a.jsonl:3").id == "a.jsonl:3"
