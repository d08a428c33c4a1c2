"""Rules of time and units: what the issue and the catalogue's fixtures ask for, and the laws."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.billing.midpoint import count_midpoint
from notelint.billing.units import units
from notelint.config import Config
from notelint.editor.build import Builder
from notelint.engine import Linter, NoteResult
from notelint.finding import Finding
from notelint.note import Charge, Note
from notelint.settings import Settings

TIME_AND_BILLING = ("TIM", "MOD", "possible-underbilling")


@lru_cache(maxsize=1)
def linter() -> Linter:
    return Linter(Settings(extend_select=TIME_AND_BILLING, select=TIME_AND_BILLING))


def lint(text: str, **facts: object) -> NoteResult:
    facts.setdefault("note_type", "daily")
    facts.setdefault("discipline", "PT")
    return linter().lint(Note(text, **facts))  # type: ignore[arg-type]


def names(text: str, **facts: object) -> set[str]:
    return {f.name for f in lint(text, **facts).findings}


def one(text: str, name: str, **facts: object) -> Finding:
    (finding,) = [f for f in lint(text, **facts).findings if f.name == name]
    return finding


def rows(*charges: tuple[str, int | None, float | None]) -> tuple[Charge, ...]:
    return tuple(Charge(code, count, minutes) for code, count, minutes in charges)


FOUR_UNITS = rows(("97112", 2, None), ("97110", 2, None))
BOTH_MINUTES = "97112 24 min: foam stance. 97110 23 min: rows. Total treatment 50."


def test_four_units_of_47_minutes_are_an_error_for_medicare_with_both_numbers() -> None:
    finding = one(BOTH_MINUTES, "units-exceed-cms-total", payer="medicare_b", charges=FOUR_UNITS)
    assert finding.severity == "error"
    assert (
        "97112 24 + 97110 23 = 47 min: 3 units by the CMS total-time rule; 4 are billed."
        in finding.message
    )
    assert finding.main.target == "charges[0]"
    assert {p.target for p in finding.places} == {"charges[0]", "charges[1]", "text"}


@pytest.mark.parametrize("payer", ["commercial", "workers_comp", "self_pay"])
def test_nothing_of_the_kind_for_a_payer_that_counts_each_code(payer: str) -> None:
    assert "units-exceed-cms-total" not in names(BOTH_MINUTES, payer=payer, charges=FOUR_UNITS)


def test_an_unknown_payer_gets_both_rules_and_no_accusation() -> None:
    text = "97110 8 min, 97140 8 min."
    finding = one(
        text,
        "units-exceed-cms-total",
        payer="unknown",
        charges=rows(("97110", 1, None), ("97140", 1, None)),
    )
    assert finding.severity == "info"
    assert (
        "1 unit by the CMS total-time rule, 2 units by the CPT midpoint rule; 2 are billed."
        in finding.message
    )
    assert "wrong" not in finding.message


def test_berg_and_feet_with_no_treatment_time_give_no_minutes() -> None:
    text = "Berg 46/56, stood 7 minutes, 6MWT 980 ft, amb 150' min A, hold 30 sec"
    note = Note(
        text,
        note_type="daily",
        discipline="PT",
        payer="medicare_b",
        charges=rows(("97116", 1, None)),
    )
    found = {f.name for f in linter().lint(note).findings}
    assert {
        "timed-code-no-minutes",
        "missing-total-timed-minutes",
        "missing-total-treatment-time",
    } <= found


def test_two_short_totals_satisfy_both_musts() -> None:
    text = "Gait training with RW. TTM 38, total tx time 45"
    assert not names(text, payer="medicare_b", charges=rows(("97116", 3, None)))


TRAP_NOTE = (
    "Ambulated 150' with RW min A, no assistance needed for chair transfer; 15 min rest excluded. 97116 15 min. "
    "97110 15 min: R knee AROM 0-110, SLR 3x10. 6MWT 980 ft. Pt did stairs at home yesterday. Timed 30, total "
    "treatment 30. J. Smith, PT 03/10/2026."
)


@pytest.mark.parametrize("payer", ["medicare_b", "medicare_advantage", "commercial", "unknown"])
def test_the_trap_note_is_silent_for_all_rules_of_time_and_billing(payer: str) -> None:
    assert not names(TRAP_NOTE, payer=payer)


def test_a_note_with_totals_only_is_enough_for_medicare() -> None:
    text = "NMR and ther ex per plan. Total timed code minutes 38, total treatment time 44."
    assert not names(text, payer="medicare_b", charges=rows(("97112", 2, None), ("97110", 1, None)))


@pytest.mark.parametrize("setting", ["snf_part_a", "irf", "home_health_pdgm", "hospice"])
def test_part_a_settings_are_silent_but_for_the_setting_itself(setting: str) -> None:
    charge = Charge("97530", 4, None, ("GP", "KX"))
    found = names(
        "Sit to stand x10.\nA. Roe, PTA", payer="medicare_b", setting=setting, charges=(charge,)
    )
    assert found == {"setting-gate"}


@pytest.mark.parametrize("kind", ["no_show", "communication", "addendum"])
def test_visits_that_were_none_are_silent(kind: str) -> None:
    text = "Pt called to cancel at 7:50 a.m., 97110 x 2 not billed, will make up 45 min Friday."
    assert not names(text, payer="medicare_b", note_type=kind)


def test_an_evaluation_alone_needs_no_timed_total() -> None:
    text = "PT evaluation, R TKA. AROM 4-110. Total treatment time 40 min."
    assert not names(text, payer="medicare_b", note_type="eval", charges=rows(("97161", 1, None)))


def test_a_fragment_never_lacks_minutes() -> None:
    text = "97530: box lifts 20 lb floor to waist x10, cue to hinge."
    result = lint(text, payer="medicare_b", note_type="snippet")
    assert not result.findings
    assert ("timed-code-no-minutes", "note kind not stated") in result.not_applied


def test_data_past_its_year_is_not_applied() -> None:
    result = lint(
        BOTH_MINUTES, payer="medicare_b", charges=FOUR_UNITS, date_of_service=date(2027, 3, 1)
    )
    assert not [f for f in result.findings if f.name == "units-exceed-cms-total"]
    assert ("units-exceed-cms-total", "data valid through 2026-12-31") in result.not_applied


def test_contradictory_totals_accuse_only_beyond_both() -> None:
    text = "97110 23 min, 97530 15 min. Timed 53. Total treatment 60."
    charges = rows(("97110", 3, None), ("97530", 1, None))
    found = names(text, payer="medicare_b", charges=charges)
    assert "units-exceed-cms-total" not in found  # 53 minutes make four units
    assert "minutes-sum-mismatch" in found


def test_underbilling_runs_only_when_it_is_named() -> None:
    assert "possible-underbilling" not in {r.name for r in Linter(Settings(preview=True)).rules}
    assert "possible-underbilling" not in {
        r.name for r in Linter(Settings(select=("TIM",), preview=True)).rules
    }
    finding = one(
        "Timed 45 min, 2 units. 97110 and 97530.", "possible-underbilling", payer="medicare_b"
    )
    assert finding.severity == "info"
    assert "bill more" not in finding.message


def test_underbilling_is_never_shown_in_an_editor() -> None:
    chosen = Builder()(Config({"select": ("possible-underbilling", "TIM101")}))
    assert [r.name for r in chosen.linter.rules] == ["timed-code-no-minutes"]


@pytest.mark.parametrize(
    ("written", "charged", "differs"),
    [
        ("97116-59", ("GP", "59"), False),
        ("97116-59", ("GP",), True),
        ("97116-GP", ("GP", "59"), True),
        ("97116-CQ", ("GP", "CQ"), False),
    ],
)
def test_a_note_need_not_repeat_the_modifier_of_the_discipline(
    written: str, charged: tuple[str, ...], differs: bool
) -> None:
    charges = (Charge("97116", 1, 12, modifiers=charged),)
    found = names(f"{written} x 1: gait 200 ft, cue for heel strike.", charges=charges)
    assert ("charge-text-mismatch" in found) == differs


def test_units_of_the_text_are_held_against_the_row_and_neither_is_called_right() -> None:
    finding = one("97530 x 2: box lifts.", "charge-text-mismatch", charges=rows(("97530", 1, None)))
    assert (
        finding.message
        == "The text states 2 units of 97530; the charge has 1 unit. Correct whichever was recorded wrongly."
    )
    assert [p.target for p in finding.places] == ["text", "charges[0]"]


@pytest.mark.parametrize(
    "text",
    [
        "97110 -5 min, 97530 0 min, 0 units.",
        "Time in 25:70 Time out 9:99.",
        "97110 600 min, timed 600, total 600.",
        "97110 x15 visits authorized",
        "99999 x 2, 9711 x 1, 971100 x 3",
        "Timed 38, timed 45, total 30, total 60.",
        "CPT | Min | Units\n97110 | abc | -\n | | \n97110 | 15 | 1\n97110 | 15 | 1",
        "97110 9:00-8:00, 97140 9:00-9:00",
    ],
)
def test_nonsense_gives_findings_or_silence_and_never_a_crash(text: str) -> None:
    charges = (
        *rows(("97110", 0, -3), ("97110", -1, 0), ("00000", 99, None)),
        Charge("97140", 1, 1e6, ("ZZ", ""), "25:70", "x"),
    )
    for payer in ("medicare_b", "commercial", "unknown"):
        lint(text, payer=payer)
        lint(text, payer=payer, charges=charges, totals={"timed": "x", "total": None})


def test_a_note_that_lists_a_row_twice_is_not_counted_twice_against_the_author() -> None:
    grid = "CPT | Min | Units\n97110 | 15 | 1\n97110 | 15 | 1"
    assert "units-exceed-cms-total" not in names(grid, payer="medicare_b")


CODES = st.sampled_from(["97110", "97112", "97116", "97140", "97530", "97535"])
LINES = st.dictionaries(
    CODES, st.tuples(st.integers(1, 60), st.integers(0, 5)), min_size=1, max_size=4
)
NUMBER = re.compile(r"\d+(?:\.\d+)?")


@settings(max_examples=120, deadline=None)
@given(
    LINES,
    st.sampled_from(["medicare_b", "commercial", "unknown", "medicaid", "workers_comp"]),
    st.one_of(st.none(), st.integers(1, 120)),
    st.one_of(st.none(), st.integers(1, 140)),
    st.booleans(),
)
def test_no_message_holds_a_number_of_its_own(
    lines: dict[str, tuple[int, int]],
    payer: str,
    timed: int | None,
    total: int | None,
    recorded: bool,
) -> None:
    text = ", ".join(f"{c} {m} min x {u} units" for c, (m, u) in lines.items()) + "."
    text += f" Timed {timed}." if timed is not None else ""
    text += f" Total treatment time {total} min." if total is not None else ""
    charges = tuple(Charge(c, u, m) for c, (m, u) in lines.items()) if recorded else ()
    minutes = {c: float(m) for c, (m, _) in lines.items()}
    added = sum(minutes.values())
    computed = {
        added,
        units(added),
        count_midpoint(minutes).units,
        sum(u for _, u in lines.values()),
    }
    computed |= {count_midpoint({c: m}).units for c, m in minutes.items()}
    computed |= {units(n) for n in (timed, total) if n is not None}
    known = {float(n) for n in NUMBER.findall(text)} | {float(c) for c in computed}
    known |= {float(c) for c in lines} | {float(u) for _, u in lines.values()}
    for finding in lint(text, payer=payer, charges=charges).findings:
        said = {
            float(n)
            for n in NUMBER.findall(f"{finding.message} {finding.summary} {finding.suggestion.ask}")
        }
        assert said <= known | {97129.0, 97130.0}, (finding.message, said - known)


@settings(max_examples=80, deadline=None)
@given(LINES)
def test_the_cms_finding_stands_exactly_where_units_exceed_the_total(
    lines: dict[str, tuple[int, int]],
) -> None:
    text = ", ".join(f"{c} {m} min" for c, (m, _) in lines.items()) + "."
    charges = tuple(Charge(c, u, None) for c, (_, u) in lines.items())
    billed = sum(u for _, u in lines.values())
    over = billed > units(sum(m for m, _ in lines.values()))
    assert ("units-exceed-cms-total" in names(text, payer="medicare_b", charges=charges)) == over


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(CODES, st.integers(5, 40)), min_size=2, max_size=4, unique_by=lambda p: p[0]
    ),
    st.integers(5, 150),
)
def test_the_sum_finding_stands_exactly_where_the_sum_differs(
    parts: list[tuple[str, int]], stated: int
) -> None:
    text = ", ".join(f"{c} {m} min" for c, m in parts) + f". Total timed minutes {stated}."
    assert ("minutes-sum-mismatch" in names(text, payer="medicare_b")) == (
        stated != sum(m for _, m in parts)
    )
