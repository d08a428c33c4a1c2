"""Sidecars: facts, charges and suppressions beside a note that must not be edited."""

from __future__ import annotations

from pathlib import Path

import pytest

from notelint.errors import InputError
from notelint.readers.sidecar import SidecarSuppression, parse_sidecar, read_sidecar, sidecar_of


def test_suppressions_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt.notelint.toml").write_text(
        '[[suppressions]]\nrule = "GEN101"\nreason = "agreed with QA"\n'
        'start_words = "Balance activities"\nwho = "A. Roe"\nwhen = 2026-10-02\n'
        '[[suppressions]]\nrule = "TIM104"\nreason = "paper log"\nfingerprint = "00ff"\n'
    )
    found = sidecar_of(tmp_path / "a.txt")
    assert found is not None
    assert found.suppressions == (
        SidecarSuppression(
            "GEN101", "agreed with QA", "Balance activities", None, None, "A. Roe", "2026-10-02"
        ),
        SidecarSuppression("TIM104", "paper log", fingerprint="00ff"),
    )


def test_a_note_without_a_sidecar_has_none(tmp_path: Path) -> None:
    assert sidecar_of(tmp_path / "a.txt") is None
    assert sidecar_of(None) is None


@pytest.mark.parametrize(
    ("tables", "what"),
    [
        ({"fact": {}}, "Did you mean 'facts'"),
        ({"facts": {"payr": "va"}}, "Did you mean 'payer'"),
        ({"facts": {"text": "x"}}, "'text' is not known"),
        ({"charges": [{"cod": "1"}]}, "Did you mean 'code'"),
        ({"charges": 5}, "must be a list"),
        ({"suppressions": [{"rule": "GEN101"}]}, "needs a rule and a reason"),
        ({"suppressions": [{"rule": "GEN101", "reason": " "}]}, "needs a rule and a reason"),
        ({"suppressions": [{"rules": "GEN101"}]}, "Did you mean 'rule'"),
    ],
)
def test_a_sidecar_that_says_something_else_is_an_error(
    tables: dict[str, object], what: str
) -> None:
    with pytest.raises(InputError) as caught:
        parse_sidecar(tables, "a.notelint.toml")
    assert what in str(caught.value)
    assert str(caught.value).startswith("a.notelint.toml: ")


@pytest.mark.parametrize("content", [b"payer = ", b"[facts]\nid = \xff", b"a = 1\na = 2"])
def test_a_sidecar_that_is_no_toml_is_an_error_without_its_text(
    content: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "a.notelint.toml"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"TOML|UTF-8"):
        read_sidecar(path)
