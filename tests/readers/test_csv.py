"""CSV and TSV: what vendors export, and what breaks it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from notelint.readers.mapping import mapping_from_table

HEAD = "visit_id,case_id,patient_id,therapist_id,visit_date,note_type,note_text,export_flag\n"
CHARGES = "visit_id,cpt,units,cpt_modifier,insurance_type_id,export_flag\n"


def test_the_webpt_preset_is_known_by_its_columns(read: Any, at: Path) -> None:
    (at / "visits.csv").write_text(HEAD + '88121,501,3007,44,2026-10-01,DN,"S: ""stiff""",1\n')
    (at / "charges.csv").write_text(CHARGES + "88121,97110,2,GP,3,1\n88121,97140,1,GP 59,3,1\n")
    notes, problems = read("visits.csv")
    note = notes[0]
    assert problems == []
    assert (note.id, note.note_type, note.payer) == ("88121", "daily", "medicare_b")
    assert (note.episode_id, note.clinician_id) == ("501", "44")
    assert [(c.code, c.units, c.modifiers) for c in note.charges] == [
        ("97110", 2, ("GP",)),
        ("97140", 1, ("GP", "59")),
    ]
    assert {"charges", "charges.units", "date_of_service", "patient_id"} <= note.carried
    assert "charges.minutes" not in note.carried
    span = note.source.span(3, 4)
    assert (span.row, span.line, span.column) == (2, 2, 37)


def test_a_visit_without_a_charge_is_known_to_have_none(read: Any, at: Path) -> None:
    (at / "visits.csv").write_text(HEAD + "1,5,3,44,2026-10-01,DN,TE,1\n")
    (at / "charges.csv").write_text(CHARGES)
    notes, _ = read("visits.csv")
    assert notes[0].charges == ()
    assert {"charges", "charges.units"} <= notes[0].carried


def test_without_the_charges_file_nothing_is_said_about_charges(read: Any, at: Path) -> None:
    (at / "visits.csv").write_text(HEAD + "1,5,3,44,2026-10-01,DN,TE,1\n")
    notes, problems = read("visits.csv")
    assert "charges" not in notes[0].carried
    assert [p.fatal for p in problems] == [False]
    assert "charges*.csv" in problems[0].what


def test_a_delta_replaces_and_removes(read: Any, at: Path) -> None:
    rows = [
        "1,5,3,44,2026-10-01,DN,first,1",
        "2,5,3,44,2026-10-02,DN,gone,1",
        "1,5,3,44,2026-10-01,DN,second,2",
        "9,5,3,44,2026-10-03,DN,never seen before,2",
        "2,5,3,44,2026-10-02,DN,,3",
    ]
    (at / "visits.csv").write_text(HEAD + "\n".join(rows) + "\n")
    (at / "charges.csv").write_text(
        CHARGES + "1,97110,1,GP,3,1\n1,97110,2,GP,3,2\n1,97140,1,GP,3,1\n1,97140,1,GP,3,3\n"
    )
    notes, problems = read("visits.csv")
    assert [(n.id, n.text) for n in notes] == [("1", "second"), ("9", "never seen before")]
    assert [(c.code, c.units) for c in notes[0].charges] == [("97110", 2)]
    told = " ".join(p.what for p in problems)
    assert "1 rows were replaced" in told
    assert "1 rows are marked as removed" in told
    assert "2 charges were replaced or removed" in told
    assert not any(p.fatal for p in problems)


def test_a_ragged_row_is_reported_and_the_rest_is_read(read: Any, at: Path) -> None:
    (at / "a.csv").write_text("id,text,payer\n1,a,va\n2,b,with,comma\n3\n4,d,va,,\n5,e,va\n")
    notes, problems = read("a.csv")
    assert [n.id for n in notes] == ["1", "4", "5"]
    assert [(p.line, p.fatal) for p in problems] == [(3, True), (4, True)]
    assert problems[0].what == "the row has 4 cells and the header 3."


def test_an_unbalanced_quote_does_not_swallow_the_file(read: Any, at: Path) -> None:
    (at / "a.csv").write_text('id,text\n1,"open Zebulon\n2,b\n3,"c"\n4,d\n')
    notes, problems = read("a.csv")
    assert [n.id for n in notes] == ["2", "3", "4"]
    assert [(p.line, p.column) for p in problems] == [(2, 3)]
    assert "quote is not closed" in problems[0].what
    assert "Zebulon" not in str(problems[0])


def test_an_unbalanced_quote_in_the_last_row_is_reported(read: Any, at: Path) -> None:
    (at / "a.csv").write_text('id,text\n1,a\n2,"open')
    notes, problems = read("a.csv")
    assert [n.id for n in notes] == ["1"]
    assert problems[0].line == 3


def test_a_header_that_names_a_mapped_column_twice_is_an_error(read: Any, at: Path) -> None:
    (at / "a.csv").write_text("id,text,Text\n1,a,b\n")
    notes, problems = read("a.csv")
    assert notes == []
    assert problems[0].what == "the header has the column 'text' twice."


def test_a_doubled_column_that_nobody_reads_is_none(read: Any, at: Path) -> None:
    (at / "a.csv").write_text("id,text,x,x\n1,a,,\n")
    assert len(read("a.csv")[0]) == 1


def test_notes_with_the_same_id_are_both_read_and_counted(read: Any, at: Path) -> None:
    (at / "a.csv").write_text("id,text\n1,a\n1,b\n1,c\n")
    notes, problems = read("a.csv")
    assert [n.id for n in notes] == ["1", "1#2", "1#3"]
    assert problems[0].what == "2 notes have the id of another one."


def test_rows_without_text_are_counted_and_charges_without_text_named(read: Any, at: Path) -> None:
    (at / "a.csv").write_text("visit_id,text\n1,\n2,b\n3, \n")
    (at / "charges.csv").write_text("visit_id,code\n1,97110\n")
    notes, problems = read("a.csv")
    assert [n.id for n in notes] == ["2"]
    assert [p.what for p in problems] == [
        "2 records have no note text and were left out.",
        "1 records without note text have charges.",
    ]


def test_a_cell_that_looks_like_a_formula_is_only_text(read: Any, at: Path) -> None:
    (at / "a.csv").write_text("text\n\"=cmd|'/c calc'!A1\"\n@SUM(1)\n+1 edema\n")
    assert [n.text for n in read("a.csv")[0]] == ["=cmd|'/c calc'!A1", "@SUM(1)", "+1 edema"]


def test_a_cell_of_a_megabyte_with_line_ends_is_read(read: Any, at: Path) -> None:
    (at / "a.csv").write_text('id,text\n1,"' + "ab\n" * 400_000 + '"\n2,b\n')
    notes, _ = read("a.csv")
    assert [len(n.text) for n in notes] == [1_200_000, 1]
    assert notes[1].source.span(0, 1).line == 400_003


def test_a_lone_carriage_return_ends_a_row(read: Any, at: Path) -> None:
    (at / "a.csv").write_bytes(b"id,text\r1,a\r2,b")
    notes, _ = read("a.csv")
    assert [n.source.span(0, 1).line for n in notes] == [2, 3]


def test_the_delimiter_is_sniffed_outside_quotes(read: Any, at: Path) -> None:
    (at / "a.csv").write_text('"a,b,c";id;text\n1;2;x, y, z\n')
    assert read("a.csv")[0][0].text == "x, y, z"


def test_a_date_is_not_guessed(read: Any, at: Path) -> None:
    (at / "a.csv").write_text("text,date_of_service\na,03/04/2026\nb,2026-03-05\nc,\n")
    notes, problems = read("a.csv")
    assert [str(n.date_of_service) for n in notes] == ["None", "2026-03-05", "None"]
    assert ["date_of_service" in n.carried for n in notes] == [False, True, True]
    assert "not guessed" in problems[0].remedy
    mapping = mapping_from_table("m", {"preset": "generic", "date-format": "%d/%m/%Y"})
    notes, problems = read("a.csv", mapping=mapping)
    assert str(notes[0].date_of_service) == "2026-04-03"
    assert problems == []


def test_values_without_a_translation_become_unknown_and_are_counted_once(
    read: Any, at: Path
) -> None:
    (at / "a.csv").write_text("text,payer\na,Aetna\nb,Aetna\nc,Medicare\nd," + "x" * 90 + "\n")
    notes, problems = read("a.csv")
    assert [n.payer for n in notes] == ["unknown", "unknown", "medicare_b", "unknown"]
    assert ["payer" in n.carried for n in notes] == [False, False, True, False]
    assert len(problems) == 1
    assert problems[0].what == (
        "3 values of payer (payer) were left out: 'Aetna' (2), a value of 90 characters (1)."
    )
    assert not problems[0].fatal


def test_epic_rows_are_glued_in_order_with_facts_from_the_second_file(read: Any, at: Path) -> None:
    (at / "HNO_PLAIN_TEXT.tsv").write_text(
        "NOTE_ID\tLINE\tNOTE_TEXT\n7\t10\tP: stairs\n7\t2\tO: TE x 15\n8\t1\tother\n7\t1\tS: ok\n"
    )
    (at / "HNO_INFO.tsv").write_text(
        "NOTE_ID\tPAT_LINK_ID\tIP_NOTE_DTTM\n7\tZ9\t10/2/2026 3:15:00 PM\n"
    )
    notes, problems = read("HNO_PLAIN_TEXT.tsv")
    assert problems == []
    assert [n.text for n in notes] == ["S: ok\nO: TE x 15\nP: stairs", "other"]
    assert (notes[0].patient_id, str(notes[0].date_of_service)) == ("Z9", "2026-10-02")
    assert "patient_id" in notes[1].carried
    file = (at / "HNO_PLAIN_TEXT.tsv").read_text()
    start = notes[0].text.index("stairs")
    span = notes[0].source.span(start, start + 6)
    assert file[span.start : span.end] == "stairs"
    across = notes[0].source.span(0, start)
    assert across.start == across.end == file.index("S: ok")


def test_charges_in_numbered_columns_of_the_same_row(read: Any, at: Path) -> None:
    (at / "a.csv").write_text("text,cpt1,u1,cpt2,u2\na,97110-GP,2,97140.0,1\nb,97530,x,,\n")
    mapping = mapping_from_table(
        "m", {"text": "text", "charges": {"code": ["cpt1", "cpt2"], "units": ["u1", "u2"]}}
    )
    notes, problems = read("a.csv", mapping=mapping)
    assert [[(c.code, c.units, c.modifiers) for c in n.charges] for n in notes] == [
        [("97110", 2, ("GP",)), ("97140", 1, ())],
        [("97530", None, ())],
    ]
    assert problems[0].what.startswith("1 values of charges.units (u1) were left out")


def test_a_mapping_whose_text_column_is_missing_names_the_nearest(read: Any, at: Path) -> None:
    (at / "a.csv").write_text("id,note_txt\n1,a\n")
    _, problems = read("a.csv", mapping=mapping_from_table("m", {"text": "note_text"}))
    assert "Did you mean 'note_txt'?" in problems[0].remedy


def test_a_file_without_a_text_column_shows_no_cell(read: Any, at: Path) -> None:
    (at / "a.csv").write_text("88121,501,Zebulon Quill\n88122,502,Other\n")
    notes, problems = read("a.csv")
    assert notes == []
    assert problems[0].fatal
    assert "Zebulon" not in str(problems[0])
    assert "notelint inspect" in problems[0].remedy


def test_the_charges_file_among_named_files_is_no_error(read: Any, at: Path) -> None:
    (at / "visits.csv").write_text(HEAD + "1,5,3,44,2026-10-01,DN,TE,1\n")
    (at / "charges.csv").write_text(CHARGES + "1,97110,1,GP,3,1\n")
    notes, problems = read("*.csv")
    assert len(notes) == 1
    assert not any(p.fatal for p in problems)


def test_a_broken_row_of_the_charges_is_a_problem_of_that_file(read: Any, at: Path) -> None:
    (at / "visits.csv").write_text(HEAD + "1,5,3,44,2026-10-01,DN,TE,1\n")
    (at / "charges.csv").write_text(CHARGES + "1,97110\n1,97140,1,GP,3,1\n")
    notes, problems = read("visits.csv")
    assert [c.code for c in notes[0].charges] == ["97140"]
    assert [(p.file, p.line) for p in problems] == [("charges.csv", 2)]


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_an_empty_file_is_a_problem(content: str, read: Any, at: Path) -> None:
    (at / "a.csv").write_text(content)
    assert read("a.csv")[1][0].what == "the file is empty."


def test_cp1252_of_one_export_is_a_matter_of_its_mapping(read: Any, at: Path) -> None:
    (at / "a.csv").write_bytes(b"text\nflex 0\xb0\n")
    mapping = mapping_from_table("m", {"text": "text", "encoding": "cp1252"})
    assert read("a.csv", mapping=mapping)[0][0].text == "flex 0°"
