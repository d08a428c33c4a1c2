"""Serves the tests' sample on a port, as ``notelint review`` does; killed and started by tests."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import uvicorn

from notelint.audit.desk import Desk, DeskOptions
from notelint.audit.ledger import Ledger
from notelint.audit.webapp import review_app
from notelint.editor.guard import uvicorn_options


def main(log: Path, port: int, tokens: dict[str, str], n: int, blind: bool, share: float) -> None:
    spec = importlib.util.spec_from_file_location(
        "desk_data", Path(__file__).with_name("conftest.py")
    )
    assert spec is not None
    assert spec.loader is not None
    data = importlib.util.module_from_spec(spec)
    sys.modules["desk_data"] = data
    spec.loader.exec_module(data)
    notes = data.make_notes(60)
    ledger = Ledger(log, log.with_suffix(".sqlite"))
    desk = Desk(
        data.make_manifest(notes, n), data.make_examination(notes), ledger, tuple(tokens),
        DeskOptions(blind=blind, second_share=share),
    )  # fmt: skip
    uvicorn.run(review_app(desk, tokens, port), host="127.0.0.1", port=port, **uvicorn_options())


if __name__ == "__main__":
    options = json.loads(sys.argv[3])
    main(
        Path(sys.argv[1]),
        int(sys.argv[2]),
        options["tokens"],
        options["n"],
        options["blind"],
        options["share"],
    )
