"""However a note is edited, the server's diagnostics are those of a fresh lint of its text."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import converters

from notelint.editor.build import Builder
from notelint.editor.convert import Encoding, Positions
from notelint.editor.desk import Desk
from notelint.editor.diagnostics import diagnostics
from notelint.editor.options import Options
from notelint.editor.session import Session

SAMPLES = Path(__file__).parents[2] / "corpora" / "samples"
EDITS = int(os.environ.get("NOTELINT_LONG", "500"))
EVERY = 10
SETTINGS = {"minSeverity": "info", "facts": {"discipline": "PT", "status": "final"}}
OPTIONS = Options.of(SETTINGS)

#: Words that rules look for, and characters that editors and servers count differently.
WORDS = (
    "Balance activities performed", " x 15 min.", "\r\n", "\n", "\r", "😋", "👩‍⚕️", "e\u0301",
    "\u2028", "\x0c", "\u00a0", "O: ", "A: Pt tolerated treatment well.", "P: Continue POC.",
    " to improve transfers", "ther ex", "×", "½", "“ok”", " ", "\t", "- ", "for", "97530 ",
)  # fmt: skip


def server_diagnostics(client: Any, uri: str) -> list[dict[str, Any]]:
    client.notify("textDocument/didSave", textDocument={"uri": uri})
    report = client.request("textDocument/diagnostic", textDocument={"uri": uri})
    items: list[dict[str, Any]] = report["items"]
    return items


def fresh_diagnostics(desk: Desk, uri: str, text: str, encoding: Encoding) -> list[Any]:
    session = Session(uri, "rehab-note", 1, text, encoding)
    session.take(desk.check(uri, text), session.ticket)
    shown = session.shown(0.0, OPTIONS.minSeverity)
    converter = converters.get_converter()
    return [converter.unstructure(item) for item in diagnostics(session, shown, related=False)]


def edits(random_: random.Random, text: str) -> Iterator[tuple[int, int, str]]:
    """Yields edits (start, end, new words) of a growing and shrinking text; the caller keeps it."""
    while True:
        here = [i for i in range(len(text) + 1) if i == 0 or text[i - 1 : i + 1] != "\r\n"]
        start = random_.choice(here)
        end = start
        if random_.random() < (0.8 if len(text) > 1500 else 0.35):
            reach = 400 if len(text) > 1500 else 12
            end = random_.choice([i for i in here if start <= i <= start + reach])
        new = "".join(random_.choice(WORDS) for _ in range(random_.randint(0, 3)))
        text = text[:start] + new + text[end:]
        yield start, end, new


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8"])
def test_after_any_edits_the_diagnostics_are_those_of_a_fresh_lint(
    launch: Callable[..., Any], encoding: Encoding
) -> None:
    client = launch(sys.executable, "-m", "notelint", "lsp")
    client.initialize(
        SETTINGS, general={"positionEncodings": [encoding]}, textDocument={"diagnostic": {}}
    )
    desk = Desk(Builder())
    desk.configure(OPTIONS)
    uri = "untitled:edited"
    text = (SAMPLES / "knee-clinic-01.txt").read_text(encoding="utf-8")
    client.open(uri, text)
    seen = 0
    for count, (start, end, new) in enumerate(edits(random.Random(20261001), text), start=1):
        positions = Positions.of(text, encoding)
        (line, column), (last, end_column) = positions.position(start), positions.position(end)
        place = {
            "start": {"line": line, "character": column},
            "end": {"line": last, "character": end_column},
        }
        client.change(uri, count + 1, {"range": place, "text": new})
        text = text[:start] + new + text[end:]
        if count % EVERY == 0:
            wanted = fresh_diagnostics(desk, uri, text, encoding)
            assert server_diagnostics(client, uri) == wanted, f"after edit {count}"
            seen += len(wanted)
        if count >= EDITS // 2:
            break
    assert seen > 0
    assert client.stop() == 0


def test_a_document_of_two_megabytes_is_refused_in_words(launch: Callable[..., Any]) -> None:
    client = launch(sys.executable, "-m", "notelint", "lsp")
    client.initialize()
    client.open("untitled:long", "O: Balance activities performed x 15 min.\n" * 50_000)
    [told] = client.published("untitled:long", 1)
    assert "the limit is 1,000,000" in told["message"]
    assert told["severity"] == 3
    client.open("untitled:short", "O: Balance activities performed x 15 min.\n")
    assert client.published("untitled:short", 1)
    assert client.stop() == 0


HOSTILE = (
    'extend = "notelint.toml"\n',
    "select = [" + '"X",' * 2000 + "]\n",
    "[severity]\ngeneric-activity-phrase = " + "[" * 500,
    'docs-url = "javascript:alert(1)"\nmax-note-chars = 1\n',
    'baseline = "/dev/zero"\n',
    "\x00\x00\x00",
)


def test_hostile_configs_are_not_read_before_trust_and_named_after(
    launch: Callable[..., Any], tmp_path: Path
) -> None:
    text = "O: Balance activities performed x 15 min.\n"
    stranger = launch(sys.executable, "-m", "notelint", "lsp")
    stranger.initialize()
    friend = launch(sys.executable, "-m", "notelint", "lsp")
    friend.initialize({"trusted": True})
    for number, config in enumerate(HOSTILE):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "notelint.toml").write_text(config)
        uri = (folder / "n1.txt").as_uri()
        stranger.open(uri, text)
        assert [item["code"] for item in stranger.published(uri, 1)] == ["GEN101"]
        friend.open(uri, text)
        [told] = friend.published(uri, 1)
        assert "code" not in told
        assert "Balance" not in told["message"]
    friend.open("untitled:after", text)
    assert [item["code"] for item in friend.published("untitled:after", 1)] == ["GEN101"]
    assert friend.stop() == 0
