"""One six-visit episode, invented, as native records: the source of truth for every format.

No real patient. Its texts hold what breaks readers: quotes, commas, CRLF, tabs, accents, an
emoji, a leading ``=``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from notelint.finding import Problem
from notelint.note import Note
from notelint.readers.open import read_paths

VISITS: tuple[dict[str, Any], ...] = (
    {
        "id": "v1", "visit_id": "v1", "patient_id": "p1", "episode_id": "e1",
        "clinician_id": "44", "date_of_service": "2026-10-01", "note_type": "eval",
        "discipline": "PT", "payer": "medicare_b", "status": "final",
        "text": 'S: "Knee is stiff," worse on stairs.\nO: Flex 0-95°, 3+/5 quad.\r\n'
                "A: Skilled PT needed.\nP: 2x/week, 6 weeks.",
        "charges": [{"code": "97161", "units": 1, "modifiers": ["GP"]}],
    },
    {
        "id": "v2", "visit_id": "v2", "patient_id": "p1", "episode_id": "e1",
        "clinician_id": "44", "date_of_service": "2026-10-03", "note_type": "daily",
        "discipline": "PT", "payer": "medicare_b", "status": "final",
        "text": "=cmd|' /C calc'!A0 typed over\nTE x 23 min: SLR 3x10, \"quad sets\"\tTKE 2x15.",
        "charges": [
            {"code": "97110", "units": 2, "modifiers": ["GP"]},
            {"code": "97140", "units": 1, "modifiers": ["GP", "59"]},
        ],
    },
    {
        "id": "v3", "visit_id": "v3", "patient_id": "p1", "episode_id": "e1",
        "clinician_id": "44", "date_of_service": "2026-10-06", "note_type": "daily",
        "discipline": "PT", "payer": "medicare_b", "status": "final",
        "text": "Gait 150 ft, FWW, CGA 😀; naïve stepping — 2 LOB.\n\nNext: stairs; \\ramp",
        "charges": [{"code": "97116", "units": 1, "modifiers": ["GP"]}],
    },
    {
        "id": "v4", "visit_id": "v4", "patient_id": "p1", "episode_id": "e1",
        "clinician_id": "45", "date_of_service": "2026-10-08", "note_type": "daily",
        "discipline": "PT", "payer": "medicare_b", "status": "final",
        "text": "TA 15': sit<>stand & reach, SBA; needs cues for foot placement.",
        "charges": [],
    },
    {
        "id": "v5", "visit_id": "v5", "patient_id": "p1", "episode_id": "e1",
        "clinician_id": "44", "date_of_service": "2026-10-13", "note_type": "progress",
        "discipline": "PT", "payer": "medicare_b", "status": "final",
        "text": "Progress report 10/01-10/13.\nLTG 1: stairs, met. Flex 0-118 (was 95).",
        "charges": [{"code": "97530", "units": 2, "modifiers": ["GP"]}],
    },
    {
        "id": "v6", "visit_id": "v6", "patient_id": "p1", "episode_id": "e1",
        "clinician_id": "44", "date_of_service": "2026-10-15", "note_type": "discharge",
        "discipline": "PT", "payer": "medicare_b", "status": "final",
        "text": "Discharged to HEP, all goals met.\n",
        "charges": [{"code": "97535", "units": 1, "modifiers": ["GP"]}],
    },
)  # fmt: skip


@pytest.fixture
def episode() -> tuple[dict[str, Any], ...]:
    return VISITS


@pytest.fixture
def read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[list[Note], list[Problem]]]:
    """Reads paths below a fresh working directory; gives the notes and the problems."""
    monkeypatch.chdir(tmp_path)

    def run(*paths: str, **choices: Any) -> tuple[list[Note], list[Problem]]:
        items = list(read_paths(paths, **choices))
        notes = [item for item in items if isinstance(item, Note)]
        return notes, [item for item in items if isinstance(item, Problem)]

    return run


@pytest.fixture
def at(read: Any, tmp_path: Path) -> Path:
    """The working directory of ``read``."""
    return tmp_path
