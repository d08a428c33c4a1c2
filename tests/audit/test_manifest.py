from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from notelint.audit.files import write_private
from notelint.audit.frame import Frame, build_frame
from notelint.audit.manifest import Filters, Manifest, frame_lines, load_manifest, seal, verify
from notelint.audit.sampling import Design, draw
from notelint.errors import InputError, UsageError
from notelint.note import Note

CANARY = "Zebedee Quill walked"


def frame(count: int = 60) -> Frame:
    return build_frame(
        Note(f"{CANARY} {i} m.", id=f"n{i}", clinician_id=f"c{i % 3}") for i in range(count)
    )


def manifest(source: Frame | None = None, **options: Any) -> Manifest:
    source = source or frame()
    design = Design("2026Q4", n=12, by=("clinician",), certainty=("id=n5",))
    return Manifest.of(source, design, draw(source, design), paths=("export",), **options)


def test_a_manifest_survives_its_file_and_draws_again_to_the_same(tmp_path: Path) -> None:
    made = manifest()
    path = tmp_path / "q4.sample.json"
    write_private(path, json.dumps(made.as_dict()))
    assert load_manifest(path) == made
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(verify(made, frame())) == []


def test_neither_the_manifest_nor_the_frame_file_holds_a_word_of_the_notes() -> None:
    text = json.dumps(manifest().as_dict()) + "\n".join(frame_lines(frame()))
    assert "Quill" not in text
    assert "walked" not in text


def test_a_note_added_removed_renamed_or_changed_is_noticed() -> None:
    made = manifest()
    notes = [Note(f"{CANARY} {i} m.", id=f"n{i}", clinician_id=f"c{i % 3}") for i in range(60)]
    assert "the manifest says 60" in " ".join(verify(made, build_frame(notes[1:])))
    renamed = [notes[0].with_facts(id="x0"), *notes[1:]]
    assert "ids or facts" in " ".join(verify(made, build_frame(renamed)))
    moved = [notes[0].with_facts(clinician_id="c9"), *notes[1:]]
    assert "ids or facts" in " ".join(verify(made, build_frame(moved)))
    changed = [Note("Another text.", id="n0", clinician_id="c0"), *notes[1:]]
    assert list(verify(made, build_frame(changed))) == [
        "the text of at least one note has changed since the sample was drawn"
    ]


def test_a_sample_that_the_seed_does_not_give_is_noticed_even_under_a_fresh_seal() -> None:
    data = manifest().as_dict()
    favourite = next(
        f"n{i}" for i in range(60) if f"n{i}" not in {row["id"] for row in data["units"]}
    )
    stratum = next(s for s in data["strata"] if s["label"] == f"c{int(favourite[1:]) % 3}")
    data["sample"][data["sample"].index(stratum["sample"][0])] = favourite
    stratum["sample"][0] = favourite
    with pytest.raises(InputError, match="seal"):
        Manifest.from_dict(data)
    data["seal"] = seal(data)
    differences = list(verify(Manifest.from_dict(data), frame()))
    assert any(favourite in line for line in differences)


def test_another_seed_than_the_one_on_record_is_noticed() -> None:
    data = manifest().as_dict()
    data["seed"] = "2026Q3"
    data["seal"] = seal(data)
    assert list(verify(Manifest.from_dict(data), frame()))


def test_filters_are_applied_again() -> None:
    filters = Filters(where=("clinician=c1|c2",))
    made = manifest(filters.apply(frame()), filters=filters)
    assert made.frame_size == 40
    assert list(verify(made, frame())) == []


def test_a_file_that_is_no_manifest_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text("{}")
    with pytest.raises(InputError, match="not a sample manifest"):
        load_manifest(path)
    path.write_text("not json")
    with pytest.raises(InputError, match="not a JSON file"):
        load_manifest(path)


def test_nothing_is_written_through_a_symbolic_link(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    link = tmp_path / "q4.sample.json"
    link.symlink_to(victim)
    with pytest.raises(UsageError, match="symbolic link"):
        write_private(link, "theirs")
    assert victim.read_text() == "mine"
