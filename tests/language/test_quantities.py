"""What looks like minutes is mostly none (catalogue §2.2); what is a dose is never time."""

from __future__ import annotations

import itertools

import pytest

from notelint.language.pipeline import Reader, lower_same_length
from notelint.language.quantities import scan
from notelint.language.reading import Quantity


def quantities(text: str) -> list[Quantity]:
    return list(scan(lower_same_length(text)))


def treatment_minutes(text: str) -> list[float]:
    """The values that may be taken as the time of a service: stated, single, no look-alike."""
    return [
        q.values[0]
        for q in quantities(text)
        if q.kind == "minutes"
        and q.certainty == "stated"
        and not q.look_alike
        and len(q.values) == 1
    ]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("TE 15 min", 15),
        ("TE x 15 mins.", 15),
        ("15 minutes of gait training", 15),
        ("x23min", 23),
        ("tx 30 min", 30),
        ("Gait training with supervision for 30 minutes", 30),
        ("97530 x 2 units (30 min)", 30),
        ("twenty-three minutes of gait", 23),
        ("NMR 12 minuets", 12),
        ("1 hr 5 min", 65),
        ("1h05", 65),
        ("65 min", 65),
        ("TA (97530) 24 min - stood at counter", 24),
        ("Total treatment time: 60 minutes.", 60),
    ],
)
def test_minutes_are_read_as_they_are_typed(text: str, minutes: float) -> None:
    assert treatment_minutes(text) == [minutes]


@pytest.mark.parametrize(
    "text",
    """min A x 2
mod/min assist for STS
min vc for form
min verbal cues
min resistance
walked 150' w/ RW
walked 25' w/ RW
TE 15'
15 ft
10 m walk in 12 sec
10MWT 0.8 m/s
6MWT 320 ft
A 6-minute walk test
6 min walk test: 300 ft
the 8-minute rule
trial length was 10 minutes
3x10
10x3, x10 reps
hold 30 sec
3 x 30-sec hold each
3x30"
12" step x 15
HR 88
150 steps/min
120/80
15 min rest
seated rest x 3 min
waited 10 min
late 15 min
after a 15-minute delay
30 min a day at home
walks 20 min daily
20 min/day
15-20 min
Ball activities 4 to 5 minutes
short bursts of 3–4 minutes
ambulate independently for 10–15 minutes
stood 7 min at counter
sat EOB 5 min
sits longer than 25 minutes
He can only stand for about 5-10 minutes
standing tolerance 4 min
tolerate ≥30 mins of light activity
tolerate sitting for 8-hr workday
button/unbutton shirt within 1 minute using AE
Able to drive 30 min
45 minutes after meals
within a 24-hour period
q.4-6 hours prn
every 6 to 8 hours
single mode cycle time is 4 seconds and 12 seconds off
Capillary refill is less than 3 seconds
9-Hole Peg Test: 45 sec (R), 55 sec (L)
2x/wk x 4 wks
2w4
97110 x15""".splitlines(),
)
def test_a_look_alike_is_never_the_time_of_a_service(text: str) -> None:
    assert treatment_minutes(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "values"),
    [
        ("9:00-9:23", "clock_range", (540, 563)),
        ("0900-0923", "clock_range", (540, 563)),
        ("9:00 am to 9:23 am", "clock_range", (540, 563)),
        ("11:50-12:20", "clock_range", (710, 740)),
        ("2:30pm-3:15pm", "clock_range", (870, 915)),
        ("time in 1:05", "clock", (785,)),
        ("2u", "units", (2,)),
        ("x 2 units", "units", (2,)),
        ("97530-GP", "code", ()),
        ("3x10", "dose", (3, 10)),
        ("2 × 10 reps", "dose", (2, 10)),
        ("three sets of ten", "dose", (3, 10)),
        ("10 reps and 3 sets", "dose", (10, 3)),
        ("4 x 20 s", "dose", (4, 20)),
        ("x10", "reps", (10,)),
        ("150'", "distance", (150,)),
        ("250 feet", "distance", (250,)),
        ('54"', "height", (54,)),
        ("15 lbs", "load", (15,)),
        ("level 3", "level", (3,)),
        ("RPE 11/20", "rpe", (11, 20)),
        ("pain 3/10", "scale", (3, 10)),
        ("46/56", "score", (46, 56)),
        ("4-/5", "grade", (4, 5)),
        ("0-95", "rom", (0, 95)),
        ("80%", "percent", (80,)),
        ("0 LOB", "count", (0,)),
        ("2x/wk x 4 wks", "frequency", (2, 4)),
        ("11/05/08", "date", (11, 5, 8)),
        ("2026-10-01", "date", (2026, 10, 1)),
    ],
)
def test_each_kind_with_its_values(text: str, kind: str, values: tuple[float, ...]) -> None:
    assert [(q.kind, q.values) for q in quantities(text)] == [(kind, values)]


def test_a_prime_is_feet_or_minutes_and_then_it_is_ambiguous() -> None:
    (feet,) = quantities("amb 150' w/ RW")
    assert (feet.kind, feet.certainty) == ("distance", "stated")
    (either,) = quantities("TE 25'")
    assert (either.kind, either.certainty) == ("minutes", "ambiguous")


def test_a_code_keeps_its_modifiers_and_is_no_number() -> None:
    (code,) = quantities("97530-GP-59")
    assert (code.text, code.unit) == ("97530-gp-59", "-GP-59")
    assert [q.kind for q in quantities("record 97530123")] == ["number"] or not quantities(
        "record 97530123"
    )


def test_quantities_stand_in_order_and_never_overlap(reader: Reader) -> None:
    text = (
        "TE x15' 3x10, 97110-GP x 2 (30 min) 9:00-9:30, pain 3/10; walked 150' 2x/wk x 4wks 0-110"
    )
    found = reader.read(text).quantities
    assert len(found) >= 8
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


def test_a_number_before_its_sign_is_repetitions(reader: Reader) -> None:
    found = reader.read("Ankle pumps 30x, amb 2x85 ft.").quantities
    assert (found[0].kind, found[0].text.strip()) == ("reps", "30x")
    assert all(q.kind != "number" for q in found)
