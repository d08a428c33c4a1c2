from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from notelint import reports
from notelint.config.options import FORMATS, OPTIONS
from notelint.config.presets import PRESETS
from notelint.config.schema import config_schema

ROOT = Path(__file__).parents[2]


def test_the_committed_schema_is_the_one_that_the_options_make() -> None:
    """If it is not: ``notelint config --schema > docs/schema/notelint.schema.json``."""
    kept = json.loads((ROOT / "docs/schema/notelint.schema.json").read_text("utf-8"))
    assert kept == json.loads(json.dumps(config_schema()))


def test_the_schema_is_one_and_admits_its_own_defaults() -> None:
    schema = config_schema()
    Draft7Validator.check_schema(schema)
    for name, option in schema["properties"].items():
        if "default" in option:
            assert Draft7Validator(schema).is_valid({name: option["default"]}), name


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_is_a_config_that_the_schema_admits(preset: str) -> None:
    Draft7Validator(config_schema()).validate(tomllib.loads(PRESETS[preset]))


def test_every_setting_is_explained_on_its_page() -> None:
    page = (ROOT / "docs/configuration.md").read_text("utf-8")
    for option in OPTIONS:
        assert f"| `{option.name}` | {option.help}" in page, option.name


def test_the_formats_of_the_config_are_those_that_are_written() -> None:
    assert set(FORMATS) == set(reports.FORMATS)
