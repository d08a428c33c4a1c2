from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from notelint.audit.denials import DenialReasons
from notelint.audit.desk import Desk
from notelint.audit.estimate import estimate
from notelint.audit.examine import Examination
from notelint.audit.export import files_of
from notelint.audit.ledger import Ledger
from notelint.audit.page import html_of
from notelint.audit.privacy import Privacy, load_key
from notelint.audit.reading import readings
from notelint.audit.report import VIEWS, build_report
from notelint.audit.score import score
from notelint.audit.sheet import Report, Section
from notelint.audit.view import Material
from notelint.audit.workbook import xlsx_of
from notelint.errors import UsageError
from notelint.note import Author, Note
from notelint.rulebook.pack import load_pack
from notelint.rulebook.rule import CATEGORIES

Make = Callable[..., Desk]
KEY = b"k" * 32
REASONS = DenialReasons.of(load_pack().data["denial_reasons"])

#: security.md S12: in every field that a report shows.
PAYLOADS = (
    "=cmd|'/c calc'!A1", "@SUM(1)", "\t=1", '"><script>alert(1)</script>',
    "</script><img src=x onerror=alert(1)>", "{{7*7}}", "${x}", "javascript:alert(1)",
    "[x](command:evil)", "+1+1", "-2+3", "=HYPERLINK(\"http://evil.example\")", "$\\frac{a}$",
    "\x1b[2J\u202egnp",
)  # fmt: skip


def read_all(desk: Desk, who: str = "mb", wrong: Callable[[str], bool] | None = None) -> None:
    for unit in desk.pile:
        desk.open(who, unit)
        vague = any(desk.examination.notes[n].findings for n in desk.manifest.notes[unit])
        page = desk.answer(who, unit, "needs-work" if vague else "meets")
        for note in page["notes"]:
            for finding in note["findings"]:
                verdict = "wrong" if wrong and wrong(unit) else "correct"
                desk.judge(who, unit, note["note"], finding["fingerprint"], verdict)
        desk.finish(who, unit)


def material(
    desk: Desk, profile: Any = "internal", *, earlier: Any = (), **options: Any
) -> Material:
    privacy = Privacy(profile, KEY, options.pop("clinicians", "pseudonym"))
    found = estimate(readings(desk.manifest, desk.ledger), desk.ledger)
    everything: Examination | None = options.pop("everything", desk.examination)
    return Material(found, tuple(earlier), privacy, REASONS, everything, **options)


def report(desk: Desk, profile: Any = "internal", *, binder: str = "", **options: Any) -> Report:
    made = material(desk, profile, **options)
    return build_report(made, desk.ledger, tuple(VIEWS), episode=binder, with_score=True)


def section(found: Report, kind: str) -> Section:
    return next(s for s in found.sections if s.kind == kind)


def rows(found: Report, kind: str, table: int = 0) -> list[dict[str, Any]]:
    return section(found, kind).as_dict()["tables"][table]["rows"]  # type: ignore[no-any-return]


def everything_of(found: Report, folder: Path) -> str:
    """All text of all formats of a report."""
    parts = []
    for path, content in files_of(found, ("html", "csv", "json"), folder / "r"):
        parts += [path.name, content.decode("utf-8-sig")]
    for _, sheet in sheets(xlsx_of(found)):
        parts += [str(cell) for row in sheet for cell in row]
    return "\n".join(parts)


def sheets(book: bytes) -> Iterator[tuple[str, list[list[Any]]]]:
    opened = CalamineWorkbook.from_filelike(io.BytesIO(book))
    for name in opened.sheet_names:
        yield name, opened.get_sheet_by_name(name).to_python()


@pytest.fixture
def notes(make_notes: Any) -> list[Note]:
    found: list[Note] = make_notes(120, clinicians=4)
    return found


def test_four_reviewed_notes_show_counts_and_no_rate(make_desk: Make, notes: list[Note]) -> None:
    desk = make_desk(notes, by=("clinician",), allocation="fixed", per_stratum=4)
    read_all(desk)
    found = report(desk)
    for row in rows(found, "scorecard"):
        assert row["Reviewed"] == 4
        assert (row["Rate"], row["Low"], row["High"]) == (None, None, None)
        assert row["Remark"] == "fewer than 10 reviewed"
    cards = section(found, "scorecard").cards
    assert all("too few for a rate" in card.headline for card in cards)
    assert all("%" not in card.headline for card in cards)


def test_clinicians_stand_in_order_of_their_label_whatever_their_rate(
    make_desk: Make, notes: list[Note]
) -> None:
    desk = make_desk(
        notes,
        by=("clinician",),
        allocation="fixed",
        per_stratum=1,
        sizes={"T0": 30, "T1": 12, "T2": 20, "T3": 14},
    )
    read_all(desk)
    found = rows(report(desk), "scorecard")
    labels = [row["Clinician"] for row in found]
    assert labels == sorted(labels)
    assert all(re.fullmatch(r"Clinician [0-9A-F]{8}", label) for label in labels)
    assert not {"Rank", "Position", "Place"} & set(found[0])
    assert len({row["Reviewed"] for row in found}) == 4
    by_name = {row["Clinician"] for row in rows(report(desk, clinicians="name"), "scorecard")}
    assert by_name == {"T0", "T1", "T2", "T3"}


def test_rates_come_from_the_random_part_only(make_desk: Make, notes: list[Note]) -> None:
    desk = make_desk(notes, n=40, certainty=("id=note-001|note-002|note-004|note-005",))
    read_all(desk)
    found = report(desk)
    assert sum(row["Reviewed"] for row in rows(found, "payer")) == 40
    assert sum(row["Reviewed"] for row in rows(found, "scorecard")) == 40
    assert "4 in all, in no rate" in dict(found.how)["Taken with certainty"]


def test_a_rule_that_did_not_apply_is_in_no_denominator(make_desk: Make, notes: list[Note]) -> None:
    from notelint.audit.view import rule_groups

    desk = make_desk(notes, n=30)
    read_all(desk)
    units = readings(desk.manifest, desk.ledger).units
    trimmed = [u for u in units if u.unit.facts["payer"] == "commercial"]
    from dataclasses import replace

    out = [
        replace(u, applied=u.applied - {"skill-not-shown"}, broken=u.broken - {"skill-not-shown"})
        for u in trimmed
    ]
    rest = [u for u in units if u.unit.facts["payer"] != "commercial"]
    groups = {
        title: n for title, _, n in rule_groups([*out, *rest], readings(desk.manifest, desk.ledger))
    }
    assert groups["skill"] == len(rest)
    assert groups["generic language"] == 30


def test_raw_counts_of_a_person_appear_only_on_request_and_marked(
    make_desk: Make, notes: list[Note]
) -> None:
    desk = make_desk(notes, n=20)
    read_all(desk)
    assert "unreviewed" not in {s.kind for s in report(desk).sections}
    marked = section(report(desk, unreviewed=True), "unreviewed")
    assert marked.guard.startswith("NOT REVIEWED")
    assert marked.caution
    assert section(report(desk), "triage").guard.startswith("NOT A RANDOM SAMPLE")


def test_every_category_of_rules_has_a_denial_reason_and_confirmed_ones_are_counted(
    make_desk: Make, notes: list[Note]
) -> None:
    assert set(REASONS.by_category) == set(CATEGORIES)
    assert all(r.adr and r.citation for r in REASONS.by_category.values())
    desk = make_desk(notes, n=30)
    read_all(desk)
    vague = sum(bool(desk.examination.notes[u].findings) for u in desk.pile)
    found = rows(report(desk), "denial")
    assert {row["Reviewed notes"] for row in found} == {vague}
    assert {row["Kind"] for row in found} == {"Medical necessity"}


def test_a_trend_marks_where_the_rules_changed(make_desk: Make, notes: list[Note]) -> None:
    first = make_desk(notes, n=30, log="q3.jsonl")
    read_all(first)
    second = make_desk(notes, n=30, version="v2", log="q4.jsonl")
    read_all(second)
    before = readings(first.manifest, first.ledger)
    found = rows(report(second, earlier=(before,)), "trend")
    assert [row["Remark"] for row in found] == ["", "rules changed before this one"]


def test_rule_health_gives_no_precision_under_twenty_verdicts(
    make_desk: Make, notes: list[Note]
) -> None:
    desk = make_desk(notes, n=20)
    read_all(desk)
    for row in rows(report(desk), "rule-health"):
        assert row["Rate"] is None
        assert row["Remark"] == "not enough reviewed"
    larger = make_desk(notes, n=60, log="large")
    read_all(larger, wrong=lambda unit: int(unit[-3:]) % 5 == 0)
    row = rows(report(larger), "rule-health")[0]
    assert row["Rate"] == pytest.approx(row["Correct"] / (row["Correct"] + row["Wrong"]))
    assert row["Low"] < row["Rate"] < row["High"]


def test_a_score_is_length_neutral_bounded_and_needs_twenty_notes(
    make_desk: Make, notes: list[Note]
) -> None:
    desk = make_desk(notes, n=30)
    read_all(desk)
    units = readings(desk.manifest, desk.ledger).units
    found = score(units, 120, 0.95)
    assert found is not None
    assert 0 <= found.low <= found.point <= found.high <= 100
    broken = sum(len(u.broken) for u in units)
    assert found.point == pytest.approx(100 * (1 - broken / (4 * 30)))
    assert score(units[:19], 120, 0.95) is None


def test_a_binder_holds_an_episode_in_order_and_its_text_only_inside(
    make_desk: Make, notes: list[Note]
) -> None:
    desk = make_desk(notes, n=30)
    read_all(desk)
    sheets_ = section(report(desk, binder="EP3"), "binder").notes
    assert len(sheets_) == 4
    days = [dict(sheet.facts)["Date"] for sheet in sheets_]
    assert days == sorted(days)
    assert any("".join(words for words, _ in sheet.pieces).count("Zebedee") for sheet in sheets_)
    outside = section(report(desk, "limited", binder="EP3"), "binder").notes
    assert all(sheet.pieces == () for sheet in outside)
    with pytest.raises(UsageError, match="No note has"):
        report(desk, binder="EP999")


@pytest.fixture
def planted(make_notes: Any) -> list[Note]:
    found: list[Note] = make_notes(60, clinicians=3)
    return [
        note.with_facts(
            author=Author(f"Ottoline Fairweather-{i % 3}", "PT"), clinician_id=f"Fairweather{i % 3}",
            clinic_id="Tidewater Rehab", patient_id=f"MRN5550{i // 4:02d}", episode_id=f"CASE88{i // 4:02d}",
            visit_id=f"VISIT99{i:02d}", id=f"Quill_Zebedee_{i:03d}",
        )
        for i, note in enumerate(found)
    ]  # fmt: skip


PLANTED = (
    "Zebedee",
    "Quill",
    "Ottoline",
    "Fairweather",
    "Tidewater",
    "MRN5550",
    "CASE88",
    "VISIT99",
    "flowsheet",
)


@pytest.mark.parametrize("profile", ["limited", "deidentified"])
def test_nothing_planted_leaves_with_a_profile_for_outside(
    make_desk: Make, planted: list[Note], tmp_path: Path, profile: str
) -> None:
    desk = make_desk(planted, n=40, by=("clinician",), reviewers=("Ottoline.F",))
    read_all(desk, "Ottoline.F")
    text = everything_of(report(desk, profile, binder="CASE8803"), tmp_path)
    assert [word for word in PLANTED if word in text] == []
    days = re.findall(r"2026-\d\d(?:-\d\d)?", text)
    assert bool(days) == (profile == "limited")
    inside = everything_of(report(desk, "internal", binder="CASE8803", clinicians="name"), tmp_path)
    assert [word for word in PLANTED if word not in inside] in (
        [],
        ["Ottoline"],
        ["Ottoline", "MRN5550", "VISIT99"],
        ["MRN5550", "VISIT99"],
    )


def test_pseudonyms_depend_on_the_key_and_on_nothing_else(tmp_path: Path) -> None:
    key = load_key(tmp_path / "a" / "key")
    assert load_key(tmp_path / "a" / "key") == key
    assert (tmp_path / "a" / "key").stat().st_mode & 0o777 == 0o600
    one, two = Privacy("limited", key), Privacy("limited", b"z" * 32)
    assert (
        one.person("Bauer") == Privacy("deidentified", key).person("Bauer") != two.person("Bauer")
    )
    assert one.person("Bauer") != one.person("Baur")
    (tmp_path / "short").write_text("x")
    with pytest.raises(UsageError, match="too short"):
        load_key(tmp_path / "short")


@pytest.fixture
def hostile(make_desk: Make, make_notes: Any) -> Report:
    found = [
        note.with_facts(
            text=note.text + "\n" + PAYLOADS[i % len(PAYLOADS)], id=f"{PAYLOADS[i % len(PAYLOADS)]}{i}",
            clinician_id=PAYLOADS[i % 4], clinic_id=PAYLOADS[(i + 1) % len(PAYLOADS)],
            episode_id=PAYLOADS[3], payer="unknown",
        )
        for i, note in enumerate(make_notes(120))
    ]  # fmt: skip
    desk = make_desk(found, n=80, by=("clinician",))
    read_all(desk)
    made = material(desk, clinicians="name", unreviewed=True)
    return build_report(
        made, desk.ledger, tuple(VIEWS), episode=PAYLOADS[3], title=PAYLOADS[4], cover=PAYLOADS[3]
    )


class Elements(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def test_no_field_can_put_an_element_an_attribute_or_a_link_into_the_page(hostile: Report) -> None:
    page = html_of(hostile)
    elements = Elements()
    elements.feed(page)
    tags = {tag for tag, _ in elements.seen}
    assert not tags & {"script", "img", "iframe", "object", "embed", "link", "form", "base"}
    for tag, attributes in elements.seen:
        assert not any(
            name.startswith("on") or name in ("src", "srcset", "action", "style")
            for name in attributes
        )
        for name in ("href", "xlink:href"):
            assert (attributes.get(name) or "#").startswith("#"), tag
    assert "{{7*7}}" in page  # shown, not computed
    assert "\x1b" not in page
    assert "\u202e" not in page
    ids = [a["id"] for _, a in elements.seen if "id" in a]
    assert len(ids) == len(set(ids))


def test_no_cell_of_a_csv_begins_a_formula(hostile: Report, tmp_path: Path) -> None:
    for path, content in files_of(hostile, ("csv",), tmp_path / "r"):
        assert re.fullmatch(r"r\.[a-z0-9-]+\.csv", path.name)
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))):
            for cell in row:
                number = re.fullmatch(r"-?\d+(\.\d+)?", cell)
                assert number or not cell.lstrip(' \u00a0"').startswith(
                    ("=", "+", "-", "@", "\t", "\r")
                ), cell


def test_counts_of_workbook_and_json_are_the_same_and_a_page_says_how_to_read(
    make_desk: Make, notes: list[Note]
) -> None:
    desk = make_desk(notes, n=60, by=("clinician",))
    read_all(desk)
    found = report(desk)
    book = dict(sheets(xlsx_of(found)))
    assert next(iter(book)) == "How to read"
    cells = {str(row[0]): row[1] for row in book["How to read"] if len(row) > 1}
    assert cells["Seed"] == "2026Q4"
    for part in found.sections:
        for table in part.tables:
            sheet = book[re.sub(r"[\[\]:*?/\\']", " ", table.name)[:31]]
            head = next(i for i, row in enumerate(sheet) if row[0] == table.columns[0].name)
            written = [tuple(row) for row in sheet[head + 1 :]]
            said = [tuple("" if cell is None else cell for cell in row) for row in table.rows]
            assert len(written) == len(said), table.name
            for row, expected in zip(written, said, strict=True):
                texts = [cell for cell in expected if isinstance(cell, str)]
                numbers = [cell for cell in expected if not isinstance(cell, str)]
                assert [cell for cell in row if isinstance(cell, str)] == texts
                assert [c for c in row if not isinstance(c, str)] == pytest.approx(numbers)


def test_the_workbook_holds_no_formula_and_no_link(hostile: Report, tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "r.xlsx"
    path.write_bytes(xlsx_of(hostile))
    with zipfile.ZipFile(path) as book:
        for name in book.namelist():
            content = book.read(name).decode("utf-8")
            assert "<f>" not in content, name
            assert "<f " not in content
            assert "<hyperlink" not in content, name
            assert "externalLink" not in name


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_the_workbook_and_computes_nothing(
    hostile: Report, tmp_path: Path
) -> None:
    path = tmp_path / "r.xlsx"
    path.write_bytes(xlsx_of(hostile))
    done = subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/lo", "--convert-to", "fods", "--outdir", str(tmp_path), str(path)],
        capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    flat = (tmp_path / "r.fods").read_text("utf-8")
    assert done.returncode == 0
    assert "table:formula=" not in flat
    assert "xlink:href" not in flat
    assert "=HYPERLINK(" in flat
    assert flat.count("<table:table ") == 1 + sum(len(s.tables) for s in hostile.sections)


def test_reports_of_the_same_evidence_are_the_same_bytes(
    make_desk: Make, notes: list[Note], tmp_path: Path
) -> None:
    desk = make_desk(notes, n=30)
    read_all(desk)
    one = dict(files_of(report(desk), ("html", "json", "csv"), tmp_path / "r"))
    two = dict(files_of(report(desk), ("html", "json", "csv"), tmp_path / "r"))
    assert one == two


def test_json_names_what_the_tables_hold(
    make_desk: Make, notes: list[Note], tmp_path: Path
) -> None:
    desk = make_desk(notes, n=30)
    read_all(desk)
    ((_, content),) = files_of(report(desk), ("json",), tmp_path / "r")
    data = json.loads(content)
    assert data["schema"] == "notelint.report/1"
    assert {s["kind"] for s in data["sections"]} == {"overview", *VIEWS}


def test_an_empty_review_gives_a_report_without_rates(make_desk: Make, notes: list[Note]) -> None:
    desk = make_desk(notes, n=30)
    found = report(desk, everything=None)
    assert dict(found.how)["Need work"].startswith("not enough reviewed")
    assert html_of(found)
    assert Ledger(desk.ledger.log.path).head.events == desk.ledger.head.events
