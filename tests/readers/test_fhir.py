"""FHIR: renditions, binaries, charges, and nothing over the network."""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path
from typing import Any

CPT = "http://www.ama-assn.org/go/cpt"


def _data(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _document(*attachments: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "resourceType": "DocumentReference", "id": "n1", "status": "current",
        "subject": {"reference": "Patient/p1"}, "date": "2026-10-01T15:02:00-04:00",
        "content": [{"attachment": a} for a in attachments], **fields,
    }  # fmt: skip


def _write(at: Path, *resources: dict[str, Any], name: str = "notes.ndjson") -> None:
    (at / name).write_text("".join(json.dumps(r) + "\n" for r in resources))


def test_one_rendition_is_read_and_the_plainest(read: Any, at: Path) -> None:
    _write(
        at,
        _document(
            {"contentType": "application/pdf", "data": _data("%PDF")},
            {"contentType": "text/html", "data": _data("<p>html</p>")},
            {"contentType": "text/plain", "data": _data("plain")},
        ),
    )
    notes, problems = read("notes.ndjson")
    assert ([n.text for n in notes], problems) == (["plain"], [])
    span = notes[0].source.span(1, 3)
    assert (span.start, span.row, span.pointer) == (None, 1, "/content/2/attachment/data")


def test_html_becomes_lines(read: Any, at: Path) -> None:
    html = (
        "<html><head><style>p{}</style></head><body><h1>Daily&nbsp;note</h1><p>S: knee &lt; 3"
        "<br/>O:  TE\n x 15</p><table><tr><td>Flex</td><td>95</td></tr></table>"
        "<script>alert(1)</script></body></html>"
    )
    _write(at, _document({"contentType": "text/html", "data": _data(html)}))
    text = read("notes.ndjson")[0][0].text
    assert text == "Daily note\nS: knee < 3\nO: TE x 15\nFlex 95"


def test_facts_of_a_document(read: Any, at: Path) -> None:
    _write(
        at,
        _document(
            {"contentType": "text/plain", "data": _data("x")},
            docStatus="preliminary",
            type={"coding": [{"system": "http://loinc.org", "code": "11508-9"}]},
            author=[{"reference": "Practitioner/44", "display": "A. Lee"}],
            context={
                "encounter": [{"reference": "Encounter/e9"}],
                "period": {"start": "2026-09-30"},
            },
        ),
    )
    note = read("notes.ndjson")[0][0]
    assert (note.discipline, note.note_type, note.status) == ("PT", "unknown", "draft")
    assert (str(note.date_of_service), note.visit_id, note.patient_id) == (
        "2026-09-30", "e9", "p1",
    )  # fmt: skip
    assert (note.clinician_id, note.author.name) == ("44", "A. Lee")
    assert "charges" not in note.carried


def test_an_addendum_and_a_withdrawn_document(read: Any, at: Path) -> None:
    plain = {"contentType": "text/plain", "data": _data("x")}
    _write(
        at,
        _document(plain, relatesTo=[{"code": "appends", "target": {"reference": "x/1"}}]),
        _document(plain, id="n2", status="superseded"),
        _document(plain, id="n3", docStatus="entered-in-error"),
    )
    notes, problems = read("notes.ndjson")
    assert [(n.id, n.note_type) for n in notes] == [("n1", "addendum")]
    assert problems[0].what.startswith("2 documents are withdrawn")


def test_charges_without_an_encounter_are_found_by_patient_and_day(read: Any, at: Path) -> None:
    item = {
        "servicedDate": "2026-10-01",
        "productOrService": {
            "coding": [{"system": "x", "code": "0"}, {"system": CPT, "code": "97110"}]
        },
        "quantity": {"value": 23, "unit": "min"},
    }
    claim = {
        "resourceType": "ExplanationOfBenefit",
        "patient": {"reference": "Patient/p1"},
        "item": [item, {"productOrService": {"text": "no code"}}],
    }
    _write(at, _document({"contentType": "text/plain", "data": _data("x")}))
    _write(at, claim, name="1.ExplanationOfBenefit.ndjson")
    notes, _ = read("notes.ndjson")
    assert [(c.code, c.minutes, c.units) for c in notes[0].charges] == [("97110", 23.0, None)]


def test_an_address_is_never_fetched(read: Any, at: Path) -> None:
    calls: list[str] = []
    armed = True

    def watch(event: str, args: object) -> None:
        if armed and event.startswith(("socket.", "urllib.")):
            calls.append(event)

    sys.addaudithook(watch)
    _write(
        at,
        _document({"contentType": "text/plain", "url": "https://ehr.example/Binary/b1"}),
        _document({"contentType": "text/plain", "url": "file:///etc/hostname"}, id="n2"),
        _document({"contentType": "text/plain", "data": _data("x")}, id="n3"),
    )
    notes, problems = read("notes.ndjson")
    armed = False
    assert calls == []
    assert [n.id for n in notes] == ["n3"]
    assert [(p.note_id, p.line) for p in problems] == [("n1", 1), ("n2", 2)]
    assert "not fetched" in problems[0].what


def test_a_broken_attachment_is_a_problem_of_its_note(read: Any, at: Path) -> None:
    _write(
        at,
        _document({"contentType": "text/plain", "data": "§§§"}),
        _document({"contentType": "text/plain", "data": base64.b64encode(b"0\xb0").decode()}, id="n2"),
        _document(
            {"contentType": "text/plain; charset=windows-1252",
             "data": base64.b64encode(b"0\xb0").decode()}, id="n3",
        ),
        _document({"contentType": "text/plain; charset=klingon", "data": _data("x")}, id="n4"),
    )  # fmt: skip
    notes, problems = read("notes.ndjson")
    assert [(n.id, n.text) for n in notes] == [("n3", "0°")]
    assert [(p.note_id, p.line, p.file) for p in problems] == [
        ("n1", 1, "notes.ndjson"), ("n2", 2, "notes.ndjson"), ("n4", 4, "notes.ndjson"),
    ]  # fmt: skip


def test_documents_that_are_no_text_are_counted(read: Any, at: Path) -> None:
    plain = {"contentType": "text/plain", "data": _data("x")}
    pdf = {"contentType": "application/pdf", "data": _data("%PDF")}
    _write(at, _document(plain), _document(pdf, id="n2"), _document(pdf, id="n3"))
    notes, problems = read("notes.ndjson")
    assert len(notes) == 1
    assert [(p.what, p.fatal) for p in problems] == [
        ("2 documents are only application/pdf and were not read.", False)
    ]


def test_a_composition_and_a_report_are_notes(read: Any, at: Path) -> None:
    composition = {
        "resourceType": "Composition", "id": "c1", "status": "final", "date": "2026-10-01",
        "section": [
            {"title": "Subjective", "text": {"div": "<div><p>Stiff.</p></div>"}},
            {"title": "Plan", "section": [{"text": {"div": "<div>Cont.</div>"}}]},
        ],
    }  # fmt: skip
    report = {
        "resourceType": "DiagnosticReport", "id": "d1", "status": "final",
        "effectiveDateTime": "2026-10-02T10:00:00Z",
        "presentedForm": [{"contentType": "text/plain", "data": _data("swallow study")}],
    }  # fmt: skip
    (at / "b.json").write_text(
        json.dumps(
            {"resourceType": "Bundle", "entry": [{"resource": composition}, {"resource": report}]}
        )
    )
    notes, problems = read("b.json")
    assert problems == []
    assert [n.text for n in notes] == ["Subjective:\nStiff.\n\nCont.", "swallow study"]
    assert notes[1].source.span(0, 1).pointer == "/entry/1/resource/presentedForm/0/data"


def test_a_file_of_other_resources_is_skipped_in_a_folder_and_an_error_by_name(
    read: Any, at: Path
) -> None:
    _write(at, {"resourceType": "Patient", "id": "p1"}, name="Patient.ndjson")
    _write(at, _document({"contentType": "text/plain", "data": _data("x")}))
    notes, problems = read(".")
    assert len(notes) == 1
    assert [p.fatal for p in problems] == [False]
    assert [p.fatal for p in read("Patient.ndjson")[1]] == [True]
