"""The same six-visit episode, written in every format, gives the same notes."""

from __future__ import annotations

import base64
import csv
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from notelint.readers.mapping import Mapping, mapping_from_table

Visits = tuple[dict[str, Any], ...]
FACTS = (
    "id", "text", "note_type", "discipline", "payer", "status", "date_of_service", "charges",
    "patient_id", "episode_id", "visit_id",
)  # fmt: skip
COLUMNS = [name for name in FACTS if name != "charges"]
LOINC = {"eval": "E", "daily": "D", "progress": "R", "discharge": "X"}


def _table(rows: list[list[Any]], **dialect: Any) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, **dialect).writerows(rows)
    return out.getvalue().encode()


def _visits_csv(visits: Visits, **dialect: Any) -> bytes:
    return _table([COLUMNS, *([v[name] for name in COLUMNS] for v in visits)], **dialect)


def _charges_csv(visits: Visits) -> bytes:
    rows = [
        [v["visit_id"], c["code"], c["units"], " ".join(c["modifiers"])]
        for v in visits
        for c in v["charges"]
    ]
    return _table([["visit_id", "code", "units", "modifiers"], *rows])


def text_and_sidecar(at: Path, visits: Visits) -> Mapping | None:
    for visit in visits:
        facts = {k: v for k, v in visit.items() if k not in ("text", "charges")}
        lines = ["[facts]", *(f"{k} = {json.dumps(v)}" for k, v in facts.items())]
        for charge in visit["charges"]:
            lines += ["[[charges]]", *(f"{k} = {json.dumps(v)}" for k, v in charge.items())]
        (at / f"{visit['id']}.txt").write_bytes(visit["text"].encode())
        (at / f"{visit['id']}.txt.notelint.toml").write_text("\n".join(lines))
    return None


def front_matter(at: Path, visits: Visits) -> Mapping | None:
    for visit in visits:
        facts = {k: v for k, v in visit.items() if k != "text"}
        head = "\n".join(f"{k}: {json.dumps(v)}" for k, v in facts.items())
        (at / f"{visit['id']}.txt").write_bytes(f"---\n{head}\n---\n{visit['text']}".encode())
    return None


def jsonl(at: Path, visits: Visits) -> Mapping | None:
    (at / "notes.jsonl").write_text("".join(json.dumps(v) + "\n" for v in visits))
    return None


def jsonl_gz_crlf_and_mark(at: Path, visits: Visits) -> Mapping | None:
    text = "\ufeff" + "".join(json.dumps(v, ensure_ascii=False) + "\r\n" for v in visits)
    (at / "notes.jsonl.gz").write_bytes(gzip.compress(text.encode()))
    return None


def json_array(at: Path, visits: Visits) -> Mapping | None:
    (at / "notes.json").write_text(json.dumps(visits, indent=2))
    return None


def json_object_utf16(at: Path, visits: Visits) -> Mapping | None:
    text = json.dumps({"exported": "2026-10-20", "notes": visits}, ensure_ascii=False)
    (at / "notes.json").write_bytes(b"\xff\xfe" + text.encode("utf-16-le"))
    return None


def json_mapped(at: Path, visits: Visits) -> Mapping | None:
    rows = [
        {"doc": {"body": v["text"], "nr": v["id"]}, "meta": {k: v[k] for k in COLUMNS[2:]},
         "billing": {"lines": [{"cpt": c["code"], "n": str(c["units"]),
                                "mods": ",".join(c["modifiers"])} for c in v["charges"]]}}
        for v in visits
    ]  # fmt: skip
    (at / "export.json").write_text(json.dumps(rows))
    return mapping_from_table(
        "vendor",
        {
            "text": "doc.body", "id": "doc.nr", **{k: f"meta.{k}" for k in COLUMNS[2:]},
            "charges": {"rows": "billing.lines", "code": "cpt", "units": "n", "modifiers": "mods"},
        },
    )  # fmt: skip


def csv_and_charges(at: Path, visits: Visits) -> Mapping | None:
    (at / "visits.csv").write_bytes(_visits_csv(visits))
    (at / "charges.csv").write_bytes(_charges_csv(visits))
    return None


def tsv_all_quoted(at: Path, visits: Visits) -> Mapping | None:
    (at / "visits.tsv").write_bytes(_visits_csv(visits, delimiter="\t", quoting=csv.QUOTE_ALL))
    (at / "charges.csv").write_bytes(_charges_csv(visits))
    return None


def csv_semicolon_sep_and_mark(at: Path, visits: Visits) -> Mapping | None:
    (at / "visits.csv").write_bytes(b"\xef\xbb\xbfsep=;\r\n" + _visits_csv(visits, delimiter=";"))
    (at / "charges.csv").write_bytes(_charges_csv(visits))
    return None


def csv_split_over_rows(at: Path, visits: Visits) -> Mapping | None:
    rows: list[list[Any]] = [["line", "id", "body", *COLUMNS[2:]]]
    for visit in visits:
        text = visit["text"]
        parts = [text[i : i + 20] for i in range(0, len(text), 20)]
        numbered = list(enumerate(parts, 1))
        for number, part in reversed(numbered):
            rows.append([number, visit["id"], part, *(visit[k] for k in COLUMNS[2:])])
    (at / "lines.csv").write_bytes(_table(rows))
    (at / "charges.csv").write_bytes(_charges_csv(visits))
    table = {
        "preset": "generic", "text": "body", "order": "line", "glue": "", "files": "lines.csv",
    }  # fmt: skip
    return mapping_from_table("split", table)


def zip_of_csv(at: Path, visits: Visits) -> Mapping | None:
    with zipfile.ZipFile(at / "export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("out/visits.csv", _visits_csv(visits))
        archive.writestr("out/charges.csv", _charges_csv(visits))
        archive.writestr("out/scan.pdf", b"%PDF-1.4")
    return None


def _documents(visits: Visits, *, inline: bool) -> list[dict[str, Any]]:
    made = []
    for v in visits:
        data = base64.b64encode(v["text"].encode()).decode()
        html = {"contentType": "text/html", "data": base64.b64encode(b"<p>other").decode()}
        plain = {"contentType": "text/plain; charset=utf-8"}
        plain |= {"data": data} if inline else {"url": f"Binary/b-{v['id']}"}
        made.append(
            {
                "resourceType": "DocumentReference", "id": v["id"], "status": "current",
                "docStatus": "final",
                "type": {"coding": [{"code": LOINC[v["note_type"]]}, {"code": "11508-9"}]},
                "subject": {"reference": "Patient/p1"}, "date": "2026-12-31T10:00:00Z",
                "context": {
                    "encounter": [{"reference": f"Encounter/{v['visit_id']}"},
                                  {"reference": "EpisodeOfCare/e1"}],
                    "period": {"start": f"{v['date_of_service']}T08:00:00-04:00"},
                },
                "content": [{"attachment": html}, {"attachment": plain}],
            }
        )  # fmt: skip
        if not inline:
            made.append({"resourceType": "Binary", "id": f"b-{v['id']}", "data": data})
    return made


def _claims(visits: Visits) -> list[dict[str, Any]]:
    cpt = "http://www.ama-assn.org/go/cpt"
    made: list[dict[str, Any]] = [
        {"resourceType": "Coverage", "id": "c1", "type": {"coding": [{"code": "121"}]}}
    ]
    made += [
        {
            "resourceType": "Claim", "id": f"cl-{v['id']}", "patient": {"reference": "Patient/p1"},
            "insurance": [{"focal": True, "coverage": {"reference": "Coverage/c1"}}],
            "item": [
                {"encounter": [{"reference": f"Encounter/{v['visit_id']}"}],
                 "productOrService": {"coding": [{"system": cpt, "code": c["code"]}]},
                 "modifier": [{"coding": [{"code": m}]} for m in c["modifiers"]],
                 "quantity": {"value": c["units"]}}
                for c in v["charges"]
            ],
        }
        for v in visits
    ]  # fmt: skip
    return made


def _fhir_types() -> Mapping:
    types = {code: word for word, code in LOINC.items()}
    return mapping_from_table("fhir", {"preset": "fhir", "values": {"note-type": types}})


def fhir_bundle(at: Path, visits: Visits) -> Mapping | None:
    resources = [*_documents(visits, inline=True), *_claims(visits)]
    bundle = {"resourceType": "Bundle", "entry": [{"resource": r} for r in resources]}
    (at / "bundle.json").write_text(json.dumps(bundle))
    return _fhir_types()


def fhir_bulk(at: Path, visits: Visits) -> Mapping | None:
    for resource in [*_documents(visits, inline=False), *_claims(visits)]:
        with (at / f"{resource['resourceType']}.000.ndjson").open("a") as out:
            out.write(json.dumps(resource) + "\n")
    return _fhir_types()


FORMATS = (
    (text_and_sidecar, "."), (front_matter, "."), (jsonl, "."), (jsonl_gz_crlf_and_mark, "."),
    (json_array, "notes.json"), (json_object_utf16, "notes.json"), (json_mapped, "export.json"),
    (csv_and_charges, "visits.csv"), (tsv_all_quoted, "visits.tsv"),
    (csv_semicolon_sep_and_mark, "visits.csv"), (csv_split_over_rows, "."),
    (zip_of_csv, "export.zip"), (fhir_bundle, "bundle.json"), (fhir_bulk, "."),
)  # fmt: skip


@pytest.mark.parametrize(("write", "path"), FORMATS, ids=lambda v: getattr(v, "__name__", ""))
def test_every_format_gives_the_same_notes(
    write: Callable[[Path, Visits], Mapping | None],
    path: str,
    episode: Visits,
    read: Any,
    at: Path,
) -> None:
    mapping = write(at, episode)
    notes, problems = read(path, mapping=mapping)
    (at / "truth").mkdir()
    jsonl(at / "truth", episode)
    truth, _ = read("truth/notes.jsonl")
    assert [p for p in problems if p.fatal] == []
    assert [[getattr(n, f) for f in FACTS] for n in notes] == [
        [getattr(n, f) for f in FACTS] for n in truth
    ]
    assert all({"date_of_service", "charges"} <= n.carried for n in notes if n.charges)


@pytest.mark.parametrize(("write", "path"), FORMATS, ids=lambda v: getattr(v, "__name__", ""))
def test_every_format_gives_the_same_notes_twice(
    write: Callable[[Path, Visits], Mapping | None],
    path: str,
    episode: Visits,
    read: Any,
    at: Path,
) -> None:
    mapping = write(at, episode)
    assert read(path, mapping=mapping) == read(path, mapping=mapping)
