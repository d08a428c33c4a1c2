"""Whatever stands in a file, a reader gives notes and problems, never another exception."""

from __future__ import annotations

import copy
import io
import json
import random
import zipfile
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notelint.finding import Problem
from notelint.note import Note
from notelint.readers.inputs import bytes_input
from notelint.readers.mapping import presets
from notelint.readers.open import read_input
from notelint.readers.options import ReadOptions

_LAW = settings(max_examples=400, deadline=1_000, suppress_health_check=list(HealthCheck))
_SEEDS = st.integers(0, 2**32).map(random.Random)

DOCUMENT: dict[str, Any] = {
    "resourceType": "DocumentReference", "id": "n", "status": "current", "docStatus": "final",
    "type": {"coding": [{"code": "11508-9"}]}, "subject": {"reference": "Patient/p1"},
    "date": "2026-01-01", "author": [{"reference": "P/1", "display": "x"}],
    "relatesTo": [{"code": "appends"}],
    "context": {"encounter": [{"reference": "Encounter/e"}], "period": {"start": "2026-01-01"}},
    "content": [{"attachment": {"contentType": "text/plain", "data": "eA=="}},
                {"attachment": {"contentType": "text/html", "url": "Binary/b"}}],
}  # fmt: skip
BUNDLE: dict[str, Any] = {
    "resourceType": "Bundle",
    "entry": [
        {"resource": resource}
        for resource in (
            DOCUMENT,
            {"resourceType": "Claim", "patient": {"reference": "Patient/p1"},
             "insurance": [{"focal": True, "coverage": {"reference": "Coverage/c"}}],
             "item": [{"encounter": [{"reference": "Encounter/e"}],
                       "servicedPeriod": {"start": "2026-01-01"},
                       "productOrService": {"coding": [{"system": "s", "code": "97110"}]},
                       "modifier": [{"coding": [{"code": "GP"}]}],
                       "quantity": {"value": 2, "unit": "min"}}]},
            {"resourceType": "Composition", "id": "c",
             "section": [{"title": "S", "text": {"div": "<p>x</p>"},
                          "section": [{"text": {"div": "y"}}]}]},
            {"resourceType": "DiagnosticReport", "code": {"coding": [{"code": "x"}]},
             "presentedForm": [{"contentType": "text/plain", "data": "eA=="}]},
            {"resourceType": "Coverage", "id": "c", "type": {"coding": [{"code": "121"}]}},
            {"resourceType": "Binary", "id": "b", "data": "eA=="},
        )
    ],
}  # fmt: skip
NATIVE: dict[str, Any] = {
    "id": "n", "text": "x", "note_type": "daily", "date_of_service": "2026-01-01",
    "signed_at": "2026-01-01", "author": {"name": "a", "minutes": 3}, "authors": [{"name": "a"}],
    "charges": [{"code": "97110", "units": 1, "minutes": 3, "modifiers": ["GP"],
                 "start": "09:00", "discipline": "PT"}],
    "goals": ["x", {"id": 1}], "plan": {"a": 1}, "flowsheet": "x", "totals": {},
    "labels": [{"rule": "x", "verdict": "must", "occurrence": 1}], "judged": ["x"],
}  # fmt: skip
ODD: tuple[Any, ...] = (
    None, "", 0, -1, 1.5, True, [], {}, [None], [{}], {"a": 1}, "x", "2026-13-01", "unknown",
    ["x"], {"reference": 5}, {"coding": "x"}, 10**30, 1e300, "\ud800", "a\0", "{n}",
)  # fmt: skip


def _archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.csv", "id,text\n1,x\n")
        archive.writestr("b.txt", "hi")
    return out.getvalue()


FILES = {
    ".txt": b"---\npayer: va\n---\nS: x",
    ".jsonl": b'{"text":"a \\u00e9","charges":[{"code":"97110","units":1}]}\n{"text":"b"}',
    ".json": b'[{"text":"a"},{"text":"b","goals":["x"]}]',
    ".csv": b'id,text,payer\n1,"a ""b""\nc",va\n2,d,x\n',
    ".tsv": b"note_id\tline\tnote_text\n1\t1\tx\n",
    ".ndjson": json.dumps(DOCUMENT).encode(),
    ".zip": _archive(),
}
BYTES = b'",\n\r\\{}[]:0\xff\x00\xe9-n tu'


def _read(name: str, data: bytes, named: bool, options: ReadOptions) -> None:
    for item in read_input(bytes_input(name, data, named=named), options):
        assert isinstance(item, Note | Problem)
        if isinstance(item, Note):
            assert item.source is not None
            item.source.span(0, len(item.text))
            item.text.encode()
    assert all(not problem.fatal for problem in options.notices.problems())


@_LAW
@given(_SEEDS, st.sampled_from(sorted(FILES)), st.booleans())
def test_bytes_that_were_changed(rng: random.Random, kind: str, named: bool) -> None:
    data = bytearray(FILES[kind])
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(data) + 1)
        match rng.randrange(3):
            case 0 if at < len(data):
                data[at] = rng.choice(BYTES)
            case 1:
                data[at:at] = bytes(rng.choices(BYTES, k=rng.randint(1, 3)))
            case _:
                del data[at : at + rng.randint(1, 5)]
    _read(f"f{kind}", bytes(data), named, ReadOptions())


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _paths(inner, (*path, key))


@_LAW
@given(
    _SEEDS, st.sampled_from((BUNDLE, DOCUMENT, NATIVE)), st.sampled_from(("a.json", "a.jsonl")),
    st.booleans(),
)  # fmt: skip
def test_values_of_the_wrong_kind(
    rng: random.Random, seed: dict[str, Any], name: str, mapped: bool
) -> None:
    record = copy.deepcopy(seed)
    for _ in range(rng.randint(1, 3)):
        *above, last = rng.choice(list(_paths(record)))
        inner: Any = record
        for step in above:
            inner = inner[step]
        inner[last] = copy.deepcopy(rng.choice(ODD))
    mappings = (presets()["generic"],) if mapped else ()
    _read(name, json.dumps(record).encode(), True, ReadOptions(mappings=mappings))
