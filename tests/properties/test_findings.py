"""What holds for every finding: determinism, places, fingerprints, groups, silence where unsure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from notelint.engine import Linter
from notelint.finding import SEVERITY_RANK
from notelint.language.pipeline import Reader
from notelint.note import Note
from notelint.rulebook.pack import Pack
from notelint.settings import Settings

MINUTES = re.compile(r"(?<=\d)\s?(?:minutes|mins|min)\b(?!\s?-?(?:a|assist|vc|cue|verbal))")
FIELD = re.compile(r"\{[a-z_]+\}")


def test_the_same_note_gives_the_same_findings_in_any_order_of_notes(
    cases: list[Any], linter: Linter, pack: Pack
) -> None:
    fresh = Linter(Settings(preview=True), pack)
    for case in reversed(cases):
        assert fresh.lint(case.note).findings == case.findings, case.where


def test_a_new_vocabulary_changes_nothing(cases: list[Any], pack: Pack) -> None:
    fresh = Linter(Settings(preview=True), pack)
    fresh._reader = Reader(pack.lexicons)
    for case in cases[::7]:
        assert fresh.lint(case.note).findings == case.findings, case.where


def test_a_span_is_the_words_that_the_message_quotes(cases: list[Any], pack: Pack) -> None:
    tried = 0
    for case in cases:
        for finding in case.findings:
            rule = pack.rule(finding.name)
            assert rule is not None
            if finding.start is None:
                continue
            words = " ".join(case.note.text[finding.start : finding.end].split())
            assert words, (case.where, finding.name)
            if rule.message.startswith("“{match}”") and finding.message.startswith("“"):
                shown = words if len(words) <= 120 else words[:119].rstrip() + "…"
                before = FIELD.split(rule.message.removeprefix("“{match}”"))[0]
                if before.strip() and before not in finding.message:
                    continue  # a message of the check's own
                assert finding.message.startswith(f"“{shown}”"), (case.where, finding.name)
                tried += 1
    assert tried > 200


def test_places_lie_in_the_text_and_offsets_are_null_elsewhere(cases: list[Any]) -> None:
    for case in cases:
        size = len(case.note.text)
        for finding in case.findings:
            assert finding.places[0].role == "main"
            for place in finding.places:
                if place.target != "text":
                    assert (place.start, place.end) == (None, None), (case.where, finding.name)
                elif place.start is not None:
                    assert 0 <= place.start < place.end <= size, (case.where, finding.name)


def test_no_message_has_an_unfilled_field(cases: list[Any]) -> None:
    for case in cases:
        for finding in case.findings:
            left = FIELD.search(finding.message)
            assert left is None or left.group() in case.note.text, (finding.name, finding.message)


def test_each_group_has_one_lead_and_nothing_is_lost(cases: list[Any]) -> None:
    for case in cases:
        groups: dict[int, list[bool]] = {}
        for finding in case.findings:
            assert finding.group is not None
            groups.setdefault(finding.group, []).append(finding.lead)
        assert all(sum(leads) == 1 for leads in groups.values()), case.where


def test_a_judgement_is_never_an_error(cases: list[Any]) -> None:
    for case in cases:
        for finding in case.findings:
            assert finding.severity != "off"
            assert finding.rule_class == "explicit" or finding.severity != "error", finding.name


def test_an_unknown_payer_gets_no_error_about_payers(cases: list[Any], linter: Linter) -> None:
    for case in cases:
        if case.note.payer in ("unknown", "medicare_b"):
            found = linter.lint(replace(case.note, payer="unknown")).findings
            for finding in found:
                if "Medicare" in " ".join(finding.authority) and "CMS" in finding.message:
                    assert finding.severity == "info", (case.where, finding.name)


def test_fingerprints_survive_an_edit_elsewhere(cases: list[Any], linter: Linter) -> None:
    kept = lost = 0
    for case in cases[::2]:
        moved = replace(case.note, text="Arrived on time by car.\n" + case.note.text)
        now = {(f.name, f.fingerprint) for f in linter.lint(moved).findings}
        for finding in case.findings:
            if finding.start is not None and finding.start >= 24:
                kept += (finding.name, finding.fingerprint) in now
                lost += (finding.name, finding.fingerprint) not in now
    assert kept > 100
    assert lost <= 0.03 * (kept + lost), (kept, lost)


def test_a_fingerprint_holds_no_readable_word(cases: list[Any]) -> None:
    for case in cases:
        for finding in case.findings:
            assert re.fullmatch(r"[0-9a-f]{16}", finding.fingerprint)


def test_minutes_that_may_be_feet_accuse_nobody(
    cases: list[Any], found: Callable[[Note], list[tuple[str, str, Any, Any]]], pack: Pack
) -> None:
    """Uncertainty silences (DESIGN §1.4): 15' for 15 min never adds an accusing finding of time."""
    about_time = {
        r.name for r in pack.rules if r.category == "time-units" and r.name != "ambiguous-time-unit"
    }
    changed = 0
    accused: list[tuple[str, str]] = []
    for case in cases:
        text = MINUTES.sub("'", case.note.text)
        if text == case.note.text:
            continue
        changed += 1
        before = {f.name for f in case.findings if f.name in about_time}
        for name, severity, _, _ in found(replace(case.note, text=text)):
            loud = SEVERITY_RANK[severity] >= SEVERITY_RANK["warning"]
            if name in about_time and loud and name not in before:
                accused.append((case.where, name))
    assert changed > 100
    assert accused == []
