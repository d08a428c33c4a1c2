"""Several charges in one cell: what is read, and what is refused rather than guessed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.finding import Problem
from notelint.note import Note
from notelint.readers.chargecell import charges_in
from notelint.readers.open import read_paths


@pytest.mark.parametrize(
    ("cell", "charges"),
    [
        ("97530 x2; 97116 x1", [("97530", 2, None, []), ("97116", 1, None, [])]),
        ("97110 (2), 97530 (1)", [("97110", 2, None, []), ("97530", 1, None, [])]),
        ("97110-GP-59 | 97140-GP", [("97110", None, None, ["GP", "59"]), ("97140", None, None, ["GP"])]),
        ("97110 - Therapeutic Exercise 23 min 2 units", [("97110", 2, 23.0, [])]),
        ("G0283, 97110.0", [("G0283", None, None, []), ("97110", None, None, [])]),
    ],
)  # fmt: skip
def test_what_a_cell_of_charges_holds(cell: str, charges: list[Any]) -> None:
    found = [
        (c["code"], c.get("units"), c.get("minutes"), c.get("modifiers", []))
        for c in charges_in(cell)
    ]

    assert found == charges


@pytest.mark.parametrize("cell", ["ther ex", "97110 15", "visit 12: 97110"])
def test_a_cell_that_may_mean_two_things_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match=r"number|words|code"):
        list(charges_in(cell))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["97110", "97530", "92507", "G0283"]),
            st.integers(1, 8),
            st.lists(st.sampled_from(["GP", "GO", "KX", "59", "CQ"]), max_size=3, unique=True),
        ),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from(["; ", ", ", " | ", "\n"]),
)
def test_what_is_written_out_is_read_back(charges: list[Any], between: str) -> None:
    cell = between.join(f"{'-'.join([code, *mods])} x{units}" for code, units, mods in charges)

    found = [(c["code"], c["units"], c.get("modifiers", [])) for c in charges_in(cell)]

    assert found == charges


def test_a_cell_of_several_codes_makes_several_charges_of_the_note(tmp_path: Path) -> None:
    (tmp_path / "notelint.toml").write_text(
        '[source.v]\ntext = "note"\n[source.v.charges]\ncode = "cpt"\n', "utf-8"
    )
    export = tmp_path / "v.csv"
    export.write_text(
        'note,cpt\nSquats 3x10.,97110-GP x2; 97530-GP x1\nRows.,"97110 15"\n', "utf-8"
    )

    from notelint.config.config import Configs

    mappings = Configs(tmp_path / "notelint.toml", False, {}, {}).of(tmp_path).mappings()
    items = list(read_paths([str(export)], mapping=mappings))

    notes = [item for item in items if isinstance(item, Note)]
    assert [(c.code, c.units, c.modifiers) for c in notes[0].charges] == [
        ("97110", 2, ("GP",)),
        ("97530", 1, ("GP",)),
    ]
    assert notes[1].charges == ()
    assert "charges" not in notes[1].carried
    assert any(isinstance(item, Problem) and "charges.code" in str(item) for item in items)
