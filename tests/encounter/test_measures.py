"""Measures with their values, as the encounter reads them."""

from __future__ import annotations

from functools import lru_cache

import pytest

from notelint.encounter.measures import measures_of
from notelint.language.pipeline import Reader
from notelint.rulebook.pack import load_pack


@lru_cache(maxsize=1)
def reader() -> Reader:
    return Reader(load_pack().lexicons)


@pytest.mark.parametrize(
    ("text", "name", "value", "maximum"),
    [
        ("Berg 44/56 today.", "berg", 44, 56),
        ("TUG with RW: 14 s.", "tug", 14, None),
        ("6MWT 980 ft.", "6mwt", 980, None),
        ("MoCA (3/14) 22/30.", "moca", 22, 30),
        ("MMT R quad 4/5.", "mmt", 4, 5),
    ],
)
def test_the_first_value_after_a_measure_is_its_value(
    text: str, name: str, value: float, maximum: float | None
) -> None:
    (measure,) = measures_of(reader().read(text))
    assert (measure.name, measure.value, measure.maximum) == (name, value, maximum)


def test_a_measure_takes_no_value_from_the_next_measure() -> None:
    first, second = measures_of(reader().read("Berg done, TUG 14 s."))
    assert first.value is None
    assert second.value == 14


def test_trials_and_minutes_are_no_score() -> None:
    (measure,) = measures_of(reader().read("Berg x 15 min, 3 trials."))
    assert measure.value is None
