"""What every room's tests may use: the compiled pack, a reader and a linter of all rules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from notelint.engine import Linter
from notelint.language.pipeline import Reader
from notelint.rulebook.pack import Pack, load_pack
from notelint.settings import Settings

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load_pack()


@pytest.fixture(scope="session")
def linter(pack: Pack) -> Linter:
    """A linter of all rules, preview rules included."""
    return Linter(Settings(preview=True), pack)


@pytest.fixture(scope="session")
def reader(linter: Linter) -> Reader:
    return linter.reader


@pytest.fixture(scope="session")
def train() -> list[dict[str, Any]]:
    """The records of ``corpora/train`` without their labels."""
    labelled = {"labels", "judged", "voice"}
    return [
        {key: value for key, value in json.loads(line).items() if key not in labelled}
        for path in sorted((ROOT / "corpora/train").glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
