from __future__ import annotations

import hashlib
import hmac
import random
import subprocess
import sys
from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.audit.frame import build_frame, select
from notelint.audit.sampling import Design, draw
from notelint.errors import InputError, UsageError
from notelint.note import Charge, Note


def notes(count: int, **facts: object) -> list[Note]:
    return [
        Note(
            f"Note {i}.", id=f"v{i}", clinician_id=f"c{i % 4}", patient_id=f"p{i // 5}",
            discipline="PT", note_type="progress" if i % 10 == 9 else "daily",
            date_of_service=date(2026, 10, 1 + i % 28), charges=(Charge("97530", units=i % 9),),
            **facts,  # type: ignore[arg-type]
        )
        for i in range(count)
    ]  # fmt: skip


FRAME = build_frame(notes(500))


def test_the_sample_is_the_thirty_smallest_keys() -> None:
    key = {
        f"v{i}": hmac.new(b"2026Q4", f"note:v{i}".encode(), hashlib.sha256).hexdigest()
        for i in range(500)
    }
    assert (
        list(draw(FRAME, Design("2026Q4", n=30)).sample) == sorted(key, key=lambda i: key[i])[:30]
    )


def test_the_order_of_the_rows_does_not_matter() -> None:
    shuffled = notes(500)
    random.Random(1).shuffle(shuffled)
    assert build_frame(shuffled).sha256 == FRAME.sha256
    for design in (
        Design("s", n=30),
        Design("s", n=30, by=("clinician",)),
        Design("s", n=30, systematic=True),
    ):
        assert draw(build_frame(shuffled), design) == draw(FRAME, design)


def test_another_process_with_another_hash_seed_and_locale_draws_the_same() -> None:
    code = (
        "from notelint.audit.frame import build_frame; from notelint.audit.sampling import *;"
        "from notelint.note import Note;"
        "f = build_frame([Note('x', id=f'v{i}') for i in range(99)]); print(*draw(f, Design('q', n=9)).sample)"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True,
            env={"PYTHONHASHSEED": seed, "LC_ALL": lang, "TZ": tz, "PATH": ""},
        ).stdout
        for seed, lang, tz in (("0", "C", "UTC"), ("1", "C.UTF-8", "Asia/Tokyo"))
    }  # fmt: skip
    assert len(answers) == 1


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(10, 60), st.booleans())
def test_one_unit_more_changes_at_most_two_picks_of_a_stratum(
    seed: int, n: int, strata: bool
) -> None:
    design = Design(str(seed), n=n, by=("clinician",) if strata else ())
    before = draw(FRAME, design)
    after = draw(
        build_frame([*notes(500), Note("new", id=f"new{seed}", clinician_id="c1")]), design
    )
    for old, new in zip(before.strata, after.strata, strict=True):
        assert len(set(old.sample) ^ set(new.sample)) <= 2


def test_every_unit_is_drawn_equally_often() -> None:
    counts: Counter[str] = Counter()
    frame = build_frame(notes(50))
    for seed in range(1000):
        counts.update(draw(frame, Design(str(seed), n=10)).sample)
    expected = 200.0
    spread = sum((counts[f"v{i}"] - expected) ** 2 for i in range(50)) / (expected * 0.8) / 49
    assert 0.5 < spread < 1.6


def test_proportional_equal_and_fixed_allocations_cover_every_stratum() -> None:
    def sizes(design: Design) -> dict[str, int]:
        return {s.label: len(s.sample) for s in draw(FRAME, design).strata}

    assert sizes(Design("s", n=50, by=("note_type",))) == {"daily": 45, "progress": 5}
    assert sizes(Design("s", n=50, by=("note_type",), allocation="equal")) == {
        "daily": 25,
        "progress": 25,
    }
    assert set(sizes(Design("s", by=("clinician", "note_type"), per_stratum=10)).values()) == {10}
    assert sizes(Design("s", by=("note_type",), per_stratum=3, sizes={"daily": 8})) == {
        "daily": 8,
        "progress": 3,
    }
    assert sizes(Design("s", by=("note_type",), per_stratum=400)) == {"daily": 400, "progress": 50}


@settings(max_examples=40, deadline=None)
@given(st.integers(4, 500), st.sampled_from(["proportional", "equal"]))
def test_a_stratified_sample_has_the_size_asked_for(n: int, allocation: str) -> None:
    drawn = draw(FRAME, Design("s", n=n, by=("clinician",), allocation=allocation))  # type: ignore[arg-type]
    assert len(drawn.sample) == n
    assert len(set(drawn.sample)) == n


def test_spares_are_the_next_keys_and_never_in_the_sample() -> None:
    small, large = draw(FRAME, Design("s", n=30)), draw(FRAME, Design("s", n=35))
    assert large.sample == small.sample + small.strata[0].spares


def test_a_systematic_sample_is_spread_over_the_dates() -> None:
    drawn = draw(FRAME, Design("s", n=25, systematic=True))
    assert len(set(drawn.sample)) == 25
    days = Counter(unit.date for unit in FRAME.units if unit.id in drawn.sample)
    assert max(days.values()) <= 2


def test_units_taken_with_certainty_stay_out_of_the_random_part() -> None:
    drawn = draw(
        FRAME,
        Design("s", n=30, certainty=("units>=8", "rule=generic")),
        fired={"generic": frozenset({"v1"})},
    )
    assert "v1" in drawn.certainty
    assert len(drawn.certainty) == 56
    assert not set(drawn.certainty) & set(drawn.sample)
    assert drawn.strata[0].size == 444


def test_visits_episodes_and_patients_hold_their_notes_in_date_order() -> None:
    patients = build_frame(notes(100), "patient")
    assert len(patients.units) == 20
    assert patients.units[0].notes == ("v0", "v1", "v2", "v3", "v4")
    assert patients.units[0].facts["clinician"] == "mixed"
    assert len(build_frame(notes(100), "episode").units) == 20
    assert len(build_frame(notes(100), "visit").units) == 100


def test_notes_without_the_units_id_are_counted_and_none_at_all_is_an_error() -> None:
    frame = build_frame([*notes(10), Note("x", id="lost")], "patient")
    assert frame.left_out == {"no patient id": 1}
    with pytest.raises(InputError, match="None of the 1 notes"):
        build_frame([Note("x")], "patient")


def test_two_notes_of_one_id_in_one_file_are_refused() -> None:
    with pytest.raises(InputError, match="same id"):
        build_frame([Note("x", id="a"), Note("y", id="a")])


def test_conditions_filter_the_frame_and_a_wrong_one_names_the_nearest() -> None:
    assert {
        u.facts["clinician"] for u in select(FRAME, ["clinician=c1|c2", "code=97530"]).units
    } == {"c1", "c2"}
    assert all(
        "2026-10-05" <= u.date <= "2026-10-06"
        for u in select(FRAME, [], "2026-10-05", "2026-10-06").units
    )
    with pytest.raises(UsageError, match="'clinician'"):
        select(FRAME, ["clinicain=c1"])
    with pytest.raises(UsageError, match="None of the 500"):
        select(FRAME, ["payer=auto"])


@pytest.mark.parametrize(
    "design",
    [
        Design("s"),
        Design("s", n=2, by=("clinician",)),
        Design("s", n=9, by=("colour",)),
        Design("s", by=("note_type",), sizes={"dialy": 3}),
        Design("s", n=1, certainty=("units>=0",)),
    ],
)
def test_a_design_that_does_not_fit_the_frame_is_refused(design: Design) -> None:
    with pytest.raises(UsageError):
        draw(FRAME, design)
