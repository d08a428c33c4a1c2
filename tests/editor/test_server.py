from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

URI = "untitled:note-1"
TEXT = "S: Pt feels ok.\r\nO: 😋 Balance activities performed x 15 min.\r\nA: left knee, right knee.\r\n"
RELATED = {"textDocument": {"publishDiagnostics": {"relatedInformation": True}}}
Launch = Callable[..., Any]


def edit(line: int, start: int, end: int, text: str) -> dict[str, Any]:
    return {
        "range": {
            "start": {"line": line, "character": start},
            "end": {"line": line, "character": end},
        },
        "text": text,
    }


def by_code(items: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {item["code"]: item for item in items}


def test_opening_a_draft_shows_words_and_keeps_the_whole_note_for_the_signature(
    launch: Launch,
) -> None:
    client = launch()
    told = client.initialize({"facts": {"payer": "medicare_b"}}, **RELATED)
    assert told["serverInfo"]["name"] == "notelint"
    assert told["capabilities"]["positionEncoding"] == "utf-16"
    assert "source.fixAll" not in str(told["capabilities"]["codeActionProvider"])
    client.open(URI, TEXT)
    found = by_code(client.published(URI, 1))
    assert set(found) == {"GEN101", "CON102"}
    generic = found["GEN101"]
    assert generic["range"]["start"] == {"line": 1, "character": 6}
    assert generic["range"]["end"] == {"line": 1, "character": 34}
    assert generic["codeDescription"]["href"] == "notelint:rule/generic-activity-phrase"
    assert generic["source"] == "notelint"
    related = found["CON102"]["relatedInformation"]
    assert [item["message"] for item in related] == ["the other side"]
    assert related[0]["location"]["range"]["start"]["line"] == 2
    lenses = client.request("textDocument/codeLens", textDocument={"uri": URI})
    assert [lens["command"]["title"] for lens in lenses] == [
        "2 findings, 1 at info; 1 rule not applied: no charges",
        "Before signing: 1",
    ]
    assert client.stop() == 0


@pytest.mark.parametrize(("encoding", "character"), [("utf-8", 8), ("utf-16", 6), ("utf-32", 5)])
def test_positions_follow_the_encoding_agreed_on(
    launch: Launch, encoding: str, character: int
) -> None:
    client = launch()
    told = client.initialize(None, general={"positionEncodings": [encoding]})
    assert told["capabilities"]["positionEncoding"] == encoding
    client.open(URI, TEXT)
    found = by_code(client.published(URI, 1))
    assert found["GEN101"]["range"]["start"] == {"line": 1, "character": character}


def test_the_check_before_signing_shows_what_waited_until_the_next_edit(launch: Launch) -> None:
    client = launch()
    client.initialize({"debounce": 0})
    client.open(URI, TEXT)
    client.published(URI, 1)
    answer = client.request(
        "workspace/executeCommand", command="notelint.checkBeforeSigning", arguments=[URI]
    )
    assert "TIM103" in answer
    assert "Silence is no evidence" in answer
    shown = [m for m in client.seen if m.get("method") == "window/showMessage"]
    assert shown[-1]["params"]["message"] == answer
    found = by_code(client.published(URI, 1))
    assert found["TIM103"]["severity"] == 4
    assert found["TIM103"]["range"]["start"] == {"line": 0, "character": 0}
    client.change(URI, 2, edit(0, 15, 15, " Slept."))
    assert "TIM103" not in by_code(client.published(URI, 2))


def test_a_signature_in_the_text_ends_the_draft(launch: Launch) -> None:
    client = launch()
    client.initialize()
    client.open(URI, TEXT + "Signed by A. Bee, PT")
    assert "TIM103" in by_code(client.published(URI, 1))


def test_the_statement_being_typed_gets_no_finding_until_the_author_pauses(launch: Launch) -> None:
    client = launch()
    client.initialize({"debounce": 10})
    client.open(URI, "O: \n")
    client.published(URI, 1)
    began = time.monotonic()
    client.change(URI, 2, edit(0, 3, 3, "ther ex done"))
    assert client.published(URI, 2) == []
    found = client.published(URI, 2)
    assert [item["code"] for item in found] == ["GEN101"]
    assert 1.9 < time.monotonic() - began < 6


def test_leaving_the_statement_shows_its_finding_at_once(launch: Launch) -> None:
    client = launch()
    client.initialize({"debounce": 0})
    client.open(URI, "O: \n\n")
    client.published(URI, 1)
    client.change(URI, 2, edit(0, 3, 3, "ther ex done"))
    assert client.published(URI, 2) == []
    client.change(URI, 3, edit(1, 0, 0, "A: well"))
    assert [item["code"] for item in client.published(URI, 3)] == ["GEN101"]


def test_an_action_adds_the_rewrite_behind_the_statement_as_a_snippet(launch: Launch) -> None:
    client = launch()
    client.initialize(
        None,
        workspace={"workspaceEdit": {"documentChanges": True, "snippetEditSupport": True}},
    )
    client.open(URI, TEXT + "P: ther ex done")
    client.published(URI, 1)
    everything = {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}}
    actions = client.request(
        "textDocument/codeAction",
        textDocument={"uri": URI},
        range=everything,
        context={"diagnostics": []},
    )
    edits = [a["edit"]["documentChanges"][0] for a in actions if "edit" in a]
    assert [e["textDocument"] for e in edits] == [{"uri": URI, "version": 1}] * 2
    first, second = (e["edits"][0] for e in edits)
    assert first["snippet"]["value"] == " ${1:[specific activity]} x 15 min$0"
    place = {"line": 1, "character": len("O: 😋 Balance activities performed x 15 min.") + 1}
    assert first["range"] == {"start": place, "end": place}
    assert second["snippet"]["value"] == ". ${1:[specific activity]} x 15 min$0"
    titles = [a["title"] for a in actions]
    assert sum("Why CON102" in title for title in titles) == 1
    assert not any("Suppress" in title for title in titles)
    assert all(a["diagnostics"] for a in actions)
    assert not any(a.get("isPreferred") for a in actions)


def test_a_client_without_snippets_gets_the_placeholders_as_text(launch: Launch) -> None:
    client = launch()
    client.initialize()
    client.open(URI, TEXT)
    client.published(URI, 1)
    at = {"line": 1, "character": 10}
    actions = client.request(
        "textDocument/codeAction",
        textDocument={"uri": URI},
        range={"start": at, "end": at},
        context={"diagnostics": []},
    )
    [change] = actions[0]["edit"]["changes"][URI]
    assert change["newText"] == " [specific activity] x 15 min"
    assert change["range"]["start"] == change["range"]["end"]


def test_hover_gives_the_reason_the_authority_and_the_accuracy(launch: Launch) -> None:
    client = launch()
    client.initialize()
    client.open(URI, TEXT)
    answer = client.request(
        "textDocument/hover", textDocument={"uri": URI}, position={"line": 1, "character": 8}
    )
    value = answer["contents"]["value"]
    for part in ("GEN101 generic-activity-phrase", "Which one?", "MBPM", "57 of 60"):
        assert part in value
    assert answer["range"]["start"] == {"line": 1, "character": 6}
    assert (
        client.request(
            "textDocument/hover", textDocument={"uri": URI}, position={"line": 0, "character": 0}
        )
        is None
    )


def test_the_outline_lists_the_sections(launch: Launch) -> None:
    client = launch()
    client.initialize()
    client.open(URI, TEXT)
    outline = client.request("textDocument/documentSymbol", textDocument={"uri": URI})
    assert [(s["name"], s["range"]["start"]["line"]) for s in outline] == [
        ("S", 0),
        ("O", 1),
        ("A", 2),
    ]


def test_a_client_that_pulls_gets_the_same_and_unchanged_when_nothing_changed(
    launch: Launch,
) -> None:
    pushed = launch()
    pushed.initialize()
    pushed.open(URI, TEXT)
    wanted = pushed.published(URI, 1)
    client = launch()
    client.initialize(None, textDocument={"diagnostic": {}})
    client.open(URI, TEXT)
    report = client.request("textDocument/diagnostic", textDocument={"uri": URI})
    assert report["kind"] == "full"
    assert report["items"] == wanted
    again = client.request(
        "textDocument/diagnostic",
        textDocument={"uri": URI},
        previousResultId=report["resultId"],
    )
    assert again == {"kind": "unchanged", "resultId": report["resultId"]}
    assert not [m for m in client.seen if m.get("method") == "textDocument/publishDiagnostics"]


def test_a_flood_of_edits_is_linted_at_its_end(launch: Launch) -> None:
    client = launch(seconds=0.05)
    client.initialize({"debounce": 40})
    client.open(URI, "O: \n\n")
    client.published(URI, 1)
    for version in range(2, 102):
        client.change(URI, version, edit(1, 0, 0, "x"))
    client.published(URI, 101)
    published = [m for m in client.seen if m.get("method") == "textDocument/publishDiagnostics"]
    assert len(published) <= 4


def test_closing_in_the_middle_of_a_lint_clears_and_does_not_crash(launch: Launch) -> None:
    client = launch(seconds=0.5)
    client.initialize()
    client.open(URI, TEXT)
    client.notify("textDocument/didClose", textDocument={"uri": URI})
    assert client.published(URI, 1) == []
    client.open("untitled:other", TEXT)
    assert client.published("untitled:other", 1)
    late = [
        m
        for m in client.seen
        if m.get("method") == "textDocument/publishDiagnostics" and m["params"]["uri"] == URI
    ]
    assert len(late) == 1
    assert client.stop() == 0


def test_a_cancelled_request_is_answered_as_cancelled(launch: Launch) -> None:
    client = launch(seconds=0.5)
    client.initialize()
    client.open(URI, TEXT)
    number = client.send_request(
        "textDocument/hover", textDocument={"uri": URI}, position={"line": 1, "character": 8}
    )
    client.notify("$/cancelRequest", id=number)
    reply = client.until(lambda m: m.get("id") == number)
    assert reply["error"]["code"] == -32800


@pytest.mark.parametrize(
    "body",
    [
        b"{not json",
        b"[]",
        b"\xff\xfe",
        b'{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"x":"y"}}',
        b'{"jsonrpc":"2.0","method":"no/such/method","params":null}',
    ],
)
def test_a_malformed_message_is_named_and_the_next_is_served(launch: Launch, body: bytes) -> None:
    client = launch()
    client.initialize()
    client.raw(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    client.open(URI, TEXT)
    assert client.published(URI, 1)
    assert client.stop() == 0


def test_a_closed_pipe_ends_the_server_without_an_error(launch: Launch) -> None:
    client = launch()
    client.initialize()
    assert client.process.stdin is not None
    client.process.stdin.close()
    assert client.process.wait(timeout=20) == 0


def test_wrong_settings_are_named_and_the_defaults_hold(launch: Launch) -> None:
    client = launch()
    client.initialize({"facts": {"payer": "medicare_c"}})
    told = client.until(lambda m: m.get("method") == "window/showMessage")
    assert "medicare_c" in told["params"]["message"]
    assert "Did you mean 'medicare_b'?" in told["params"]["message"]
    client.open(URI, TEXT)
    assert client.published(URI, 1)


def test_settings_are_asked_for_and_win_over_those_of_the_start(launch: Launch) -> None:
    client = launch()
    client.answers["workspace/configuration"] = [{"minSeverity": "info"}]
    client.initialize({"minSeverity": "error"}, workspace={"configuration": True})
    client.until(lambda m: m.get("method") == "workspace/configuration")
    client.open(URI, TEXT + "Signed by A. Bee, PT")
    assert set(by_code(client.published(URI, 1))) >= {"GEN101", "TIM103", "TIM108"}


def test_plain_text_is_linted_only_where_the_client_says_so(launch: Launch, tmp_path: Path) -> None:
    client = launch()
    client.initialize({"files": ["notes/**/*.txt"]})
    readme, note = tmp_path / "README.txt", tmp_path / "notes" / "a" / "n1.txt"
    client.open(readme.as_uri(), TEXT, "plaintext")
    client.open(note.as_uri(), TEXT, "plaintext")
    assert client.published(note.as_uri(), 1)
    assert not [m for m in client.seen if readme.as_uri() in str(m)]


def test_files_beside_a_note_are_read_only_in_a_trusted_workspace(
    launch: Launch, tmp_path: Path
) -> None:
    note = tmp_path / "n1.txt"
    (tmp_path / "n1.txt.notelint.toml").write_text('[facts]\nstatus = "final"\n')
    (tmp_path / "notelint.toml").write_text("no-such-key = 1\n")
    uri = note.as_uri()
    stranger = launch()
    stranger.initialize()
    stranger.open(uri, TEXT)
    assert "TIM103" not in by_code(stranger.published(uri, 1))
    [lens, *_] = stranger.request("textDocument/codeLens", textDocument={"uri": uri})
    assert "not trusted" in lens["command"]["title"]
    friend = launch()
    friend.initialize({"trusted": True})
    friend.open(uri, TEXT)
    [problem] = friend.published(uri, 1)
    assert "no-such-key" in problem["message"]
    (tmp_path / "notelint.toml").write_text("")
    friend.notify(
        "workspace/didChangeWatchedFiles",
        changes=[{"uri": (tmp_path / "notelint.toml").as_uri(), "type": 2}],
    )
    assert "TIM103" in by_code(friend.published(uri, 1))


def test_a_suppression_goes_into_the_sidecar_with_the_reason_chosen(
    launch: Launch, tmp_path: Path
) -> None:
    note = tmp_path / "n1.txt"
    note.write_text("x")
    client = launch()
    client.answers["window/showMessageRequest"] = {"title": "False alarm"}
    client.initialize({"trusted": True})
    client.open(note.as_uri(), TEXT)
    at = {"line": 1, "character": 10}
    [command] = [
        a["command"]
        for a in client.request(
            "textDocument/codeAction",
            textDocument={"uri": note.as_uri()},
            range={"start": at, "end": at},
            context={"diagnostics": []},
        )
        if a["title"].startswith("Suppress GEN101")
    ]
    assert client.request(
        "workspace/executeCommand", command=command["command"], arguments=command["arguments"]
    )
    written = (tmp_path / "n1.txt.notelint.toml").read_text()
    assert 'rule = "generic-activity-phrase"' in written
    assert 'reason = "False alarm"' in written
    assert note.read_text() == "x"


def test_no_word_of_a_note_reaches_the_error_stream(launch: Launch) -> None:
    client = launch()
    client.initialize()
    canary = "Quetzalcoatl"
    client.open(URI, TEXT + canary)
    client.published(URI, 1)
    refused = client.ask("textDocument/hover", textDocument={"uri": URI}, position=canary)
    assert refused["error"]["code"] == -32602
    client.ask("workspace/executeCommand", command=canary, arguments=[canary])
    client.notify("textDocument/didChange", textDocument={"uri": canary}, contentChanges=canary)
    client.request("textDocument/documentSymbol", textDocument={"uri": URI})
    client.stop()
    assert canary not in client.errors.decode()
    shown = [
        m for m in client.seen if m.get("method") in ("window/logMessage", "window/showMessage")
    ]
    assert canary not in str(shown)
