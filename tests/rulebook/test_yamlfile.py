"""YAML is read as text with places, and without its surprises."""

from __future__ import annotations

from pathlib import Path

import pytest

from notelint.errors import RuleError
from notelint.rulebook.yamlfile import MAX_FILE_BYTES, parse_yaml, read_yaml


@pytest.mark.parametrize(
    ("text", "value"),
    [("a: 9:23", "9:23"), ("a: no", "no"), ("a: 0123", "0123"), ("a: 2026-10-01", "2026-10-01"),
     ("a: null", "null"), ("a: '5 # R LE'", "5 # R LE"), ("a: 1e3", "1e3"), ("a: ~", "~")],
)  # fmt: skip
def test_every_scalar_is_the_text_that_was_typed(text: str, value: str) -> None:
    assert parse_yaml(text, "x.yaml").data == {"a": value}


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("a: 1\nb: &x 2\n", "x.yaml:2:4", "anchors and aliases"),
        ("a: 1\nb: *x\n", "x.yaml:2:4", "anchors and aliases"),
        ("a: !!python/object:os.system 1\n", "x.yaml:1:4", "tags are not allowed"),
        ("a: !mine 1\n", "x.yaml:1:4", "tags are not allowed"),
        ("a: 1\nb: 2\na: 3\n", "x.yaml:3:1", "'a' stands twice"),
        ("a: {b: 1, b: 2}\n", "x.yaml:1:11", "'b' stands twice"),
        ("a: [1\n", "x.yaml:2:1", "not YAML"),
        ("a: b: c\n", "x.yaml:1:5", "not YAML"),
        ("\ta: 1\n", "x.yaml:1:1", "not YAML"),
    ],
)
def test_what_a_pack_may_not_use_is_refused_with_its_place(
    text: str, place: str, what: str
) -> None:
    with pytest.raises(RuleError) as caught:
        parse_yaml(text, "x.yaml")
    assert caught.value.where == place
    assert what in caught.value.what


def test_a_value_knows_its_place_or_that_of_what_holds_it() -> None:
    file = parse_yaml("a:\n  - {b: 1}\n  - {b: 2}\n", "x.yaml")
    assert file.where(("a", 1, "b")) == "x.yaml:3:6"
    assert file.where(("a", 1, "none")) == "x.yaml:3:5"
    assert file.where(("none",)) == "x.yaml:1:1"


def test_a_file_that_is_too_large_or_no_utf8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"a: \xb0\n")
    with pytest.raises(RuleError, match="not UTF-8 at byte 3"):
        read_yaml(path)
    path.write_bytes(b"#" * (MAX_FILE_BYTES + 1))
    with pytest.raises(RuleError, match="the limit is 1,000,000"):
        read_yaml(path)


def test_an_empty_file_holds_nothing() -> None:
    assert parse_yaml("", "x.yaml").data == {}
