"""The tables in docs/exports.md are ones that notelint accepts."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from notelint.note import NOTE_TYPES, PAYERS, SETTINGS
from notelint.readers.mapping import mapping_from_table, presets
from notelint.readers.sidecar import parse_sidecar
from notelint.readers.text import front_matter

PAGE = (Path(__file__).parents[2] / "docs" / "exports.md").read_text()


def test_every_table_on_the_page_loads() -> None:
    blocks = [tomllib.loads(block) for block in re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)]
    sources = [block["source"] for block in blocks if "source" in block]
    assert [mapping_from_table(n, t).name for s in sources for n, t in s.items()] == [
        "clinic", "mine",
    ]  # fmt: skip
    sidecars = [parse_sidecar(block, "page") for block in blocks if "facts" in block]
    assert sidecars[0].charges[0]["code"] == "97530"


def test_the_front_matter_on_the_page_is_read() -> None:
    block = re.search(r"```\n(---\n.*?)```", PAGE, re.DOTALL)
    assert block
    facts, at = front_matter(block[1], "page")
    assert facts["payer"] == "medicare_b"
    assert block[1][at:].startswith("S:")


def test_every_word_and_preset_is_on_the_page() -> None:
    words = (*PAYERS, *SETTINGS, *NOTE_TYPES, *presets())
    assert [w for w in words if f"`{w}`" not in PAGE and w != "unknown"] == []
