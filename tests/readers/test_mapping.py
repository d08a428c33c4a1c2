"""Mappings are data: every key is checked, presets load, and nothing leads out of the folder."""

from __future__ import annotations

from typing import Any

import pytest

from notelint.errors import ConfigError
from notelint.readers.mapping import Join, mapping_from_table, preset_for, presets


def test_the_shipped_presets_load() -> None:
    assert set(presets()) == {"webpt", "omop", "epic-ehi", "fhir", "generic"}
    for mapping in presets().values():
        assert mapping.text
        assert all(
            column in " ".join(mapping.columns) for column in mapping.detect if column == "text"
        )


def test_a_table_of_short_names_is_read() -> None:
    mapping = mapping_from_table(
        "clinic",
        {
            "text": "note_text", "patient": "mrn", "case": "case_id", "date": "dos",
            "note-type": "kind", "join": "charges.csv on visit_id = vid", "files": "v*.csv",
            "values": {"payer": {"3": "medicare_b"}, "note-type": {"DN": "daily"}},
            "constants": {"setting": "outpatient"}, "charges": {"code": "cpt", "minutes": "min"},
        },
    )  # fmt: skip
    assert mapping.fields == {
        "patient_id": "mrn", "episode_id": "case_id", "date_of_service": "dos", "note_type": "kind",
    }  # fmt: skip
    assert mapping.join == Join("charges.csv", "visit_id", "vid")
    assert mapping.values["note_type"] == {"dn": "daily"}
    assert mapping.covers("exports/Visits.csv")
    assert not mapping.covers("charges.csv")
    assert mapping.is_beside("exports/charges.csv")


def test_keys_of_a_table_replace_those_of_its_preset() -> None:
    mapping = mapping_from_table("mine", {"preset": "webpt", "text": "soap", "visit": "vid"})
    assert (mapping.name, mapping.text) == ("mine", ("soap",))
    assert mapping.fields["visit_id"] == "vid"
    assert mapping.fields["patient_id"] == "patient_id"
    assert mapping.detect == ()


@pytest.mark.parametrize(
    ("table", "what"),
    [
        ({"txt": "a"}, "Did you mean 'text'"),
        ({}, "no column is named for the note text"),
        ({"text": ""}, "must name a column"),
        ({"text": "a", "preset": "webtp"}, "Did you mean 'webpt'"),
        ({"text": "a", "join": "charges.csv"}, "charges.csv on visit_id"),
        ({"text": "a", "join": "../c.csv on id"}, "beside the export"),
        ({"text": "a", "join": "C:\\c.csv on id"}, "beside the export"),
        ({"text": "a", "glue": "--"}, "glue joins"),
        ({"text": "a", "values": {"payer": {"3": "medicare"}}}, "Did you mean 'medicare_b'"),
        ({"text": "a", "values": {"patient": {"3": "x"}}}, "'patient_id' is not known"),
        ({"text": "a", "values": 5}, "must be a table"),
        ({"text": "a", "constants": {"payer": "x"}}, "'x' is not known"),
        ({"text": "a", "charges": {"cod": "x"}}, "Did you mean 'code'"),
    ],
)
def test_a_table_with_a_mistake_names_it(table: dict[str, Any], what: str) -> None:
    with pytest.raises(ConfigError) as caught:
        mapping_from_table("clinic", table)
    assert what in str(caught.value)
    assert str(caught.value).startswith("source.clinic")


def test_presets_are_known_by_their_columns() -> None:
    def name(*columns: str) -> str | None:
        found = preset_for(columns)
        return found.name if found else None

    assert name("VISIT_ID", "case_id", " note_text ") == "webpt"
    assert name("note_id", "person_id", "note_text", "visit_occurrence_id") == "omop"
    assert name("NOTE_ID", "LINE", "NOTE_TEXT") == "epic-ehi"
    assert name("id", "text") == "generic"
    assert name("id", "note") is None
