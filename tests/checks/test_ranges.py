"""Scores against their instruments: ranges, versions, directions."""

from __future__ import annotations

from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.checks.ranges.instrument import Instrument, instruments_of
from notelint.engine import Linter
from notelint.note import Note
from notelint.rulebook.pack import load_pack
from notelint.settings import Settings

RANGE, DIRECTION = "score-out-of-range", "change-direction-conflict"


@lru_cache(maxsize=1)
def linter() -> Linter:
    return Linter(Settings())


def names(text: str) -> set[str]:
    note = Note(text, note_type="snippet", discipline="PT")
    return {f.name for f in linter().lint(note).findings}


INSTRUMENTS = instruments_of(load_pack())
SCORED = sorted(
    (i for i in INSTRUMENTS.values() if i.denominators and i.item_highest is None),
    key=lambda i: i.name,
)


def test_every_instrument_is_a_term_of_the_lexicon() -> None:
    pack = load_pack()
    terms = {sense[1] for sense in pack.lexicons.senses if sense[0] == "measure"}
    assert set(INSTRUMENTS) <= terms


def test_every_range_has_a_lowest_and_a_direction() -> None:
    for instrument in INSTRUMENTS.values():
        assert instrument.highest is None or instrument.lowest < instrument.highest
        assert instrument.better in ("up", "down", "by unit")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SCORED), st.data())
def test_a_score_within_its_instrument_is_silent(
    instrument: Instrument, data: st.DataObject
) -> None:
    over = int(data.draw(st.sampled_from(sorted(instrument.denominators))))
    value = data.draw(st.integers(int(instrument.lowest), over))
    assert RANGE not in names(f"O: {instrument.name.upper()} {value}/{over}.")


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(SCORED), st.data())
def test_a_score_above_its_own_denominator_is_found(
    instrument: Instrument, data: st.DataObject
) -> None:
    over = int(data.draw(st.sampled_from(sorted(instrument.denominators))))
    value = over + data.draw(st.integers(1, 40))
    if instrument.name == "mmt":
        value = 6
    assert RANGE in names(f"O: {instrument.name.upper()} {value}/{over}.")


@pytest.mark.parametrize(
    "text",
    [
        "ODI 32% (16/50).",
        "FGA 4/7 18.",
        "4/5 trials.",
        "TUG 140 s.",
        "Berg on foam 90 sec.",
        "FIM total 96/126.",
    ],
)
def test_dates_raw_scores_trials_and_seconds_are_no_scores_out_of_range(text: str) -> None:
    assert RANGE not in names(text)


@pytest.mark.parametrize(
    "text", ["TUG improved 12 to 18 s.", "Berg declined 38 -> 44.", "ODI worse, 34% to 20%."]
)
def test_a_word_against_its_numbers_is_found(text: str) -> None:
    assert DIRECTION in names(text)


@pytest.mark.parametrize(
    "text",
    [
        "TUG improved 18 to 12 s.",
        "Berg improved, 44 (was 38).",
        "No improvement in TUG, 12 to 13 s.",
        "TUG improved: 14 s RW to 18 s SPC.",
        "Gait better. LEFS 52 to 40.",
    ],
)
def test_agreement_negation_devices_and_other_clauses_are_silent(text: str) -> None:
    assert DIRECTION not in names(text)
