from __future__ import annotations

import asyncio
import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator

from notelint.editor.http import http_app
from notelint.editor.languagetool import rule_id
from notelint.editor.openapi import openapi

HERE = Path(__file__).parent
TOKEN = "t" * 32
PORT = 8345
TEXT = "O: 😋 Balance activities performed x 15 min.\r\nA: left knee, right knee."


def fake(seconds: float = 0.0) -> Any:
    spec = importlib.util.spec_from_file_location("fake_checks", HERE / "fake_checks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["fake_checks"] = module
    spec.loader.exec_module(module)
    return module.FakeChecks(seconds)


class Browser:
    """Asks the app without a socket."""

    def __init__(self, seconds: float = 0.0) -> None:
        app = http_app(
            fake(seconds), tokens={"client": TOKEN}, port=PORT, origins={"https://ehr.example"}
        )
        self.transport = httpx.ASGITransport(app)

    def __call__(self, method: str, path: str, **how: Any) -> httpx.Response:
        headers = {"authorization": f"Bearer {TOKEN}", **how.pop("headers", {})}
        headers = {name: value for name, value in headers.items() if value is not None}

        async def ask() -> httpx.Response:
            base = f"http://127.0.0.1:{PORT}"
            async with httpx.AsyncClient(transport=self.transport, base_url=base) as client:
                return await client.request(method, path, headers=headers, **how)

        return asyncio.run(ask())


@pytest.fixture
def ask() -> Browser:
    return Browser()


def lint(ask: Browser, **note: Any) -> dict[str, Any]:
    answer = ask("POST", "/v1/lint", json={"note": note, "version": 17})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def test_an_answer_counts_in_utf_16_and_brings_the_version_back(ask: Browser) -> None:
    body = lint(ask, text=TEXT)
    assert body["note"] == {"id": "note", "version": 17, "length": len(TEXT) + 1}
    found = {f["code"]: f for f in body["findings"]}
    sixteen = TEXT.encode("utf-16-le")
    generic = found["GEN101"]
    words = sixteen[2 * generic["start"] : 2 * generic["end"]].decode("utf-16-le")
    assert words == "Balance activities performed"
    behind = sixteen[: 2 * generic["insert_at"]].decode("utf-16-le")
    assert behind.endswith("x 15 min.")
    assert not generic["before_signing"]
    assert found["TIM103"]["before_signing"]
    assert found["TIM103"]["start"] is None
    evidence = found["CON102"]["places"][1]
    assert (evidence["role"], evidence["label"]) == ("evidence", "the other side")
    assert body["incomplete"] is False
    assert "no evidence of compliance" in body["summary"]["disclaimer"]


def test_code_points_are_given_when_asked_for(ask: Browser) -> None:
    body = ask(
        "POST", "/v1/lint", json={"note": {"text": TEXT}, "options": {"encoding": "utf-32"}}
    ).json()
    generic = next(f for f in body["findings"] if f["code"] == "GEN101")
    assert TEXT[generic["start"] : generic["end"]] == "Balance activities performed"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"{", "not JSON"),
        (b"[]", "must be an object"),
        (b'{"note": {}}', "no 'text'"),
        (b'{"note": {"text": "x"}, "optoins": {}}', "Did you mean 'options'?"),
        (b'{"note": {"text": "x"}, "options": {"encodign": 1}}', "Did you mean 'encoding'?"),
        (b'{"note": {"text": "x"}, "options": {"encoding": "latin-1"}}', "encoding"),
        (b'{"note": {"text": "x"}, "options": {"deadline_ms": true}}', "deadline_ms"),
        (b'{"note": {"text": "x", "payer_class": "medicare_b"}}', "payer_class"),
        (b'{"note": {"text": "x", "payer": "medicare_c"}}', "medicare_b"),
        (b'{"note": {"text": "x"}, "version": []}', "version"),
    ],
)
def test_a_request_that_cannot_be_read_says_why(ask: Browser, body: bytes, said: str) -> None:
    answer = ask("POST", "/v1/lint", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400
    assert said in answer.json()["error"]["message"]


def test_past_the_deadline_the_answer_is_incomplete(ask: Browser) -> None:
    slow = Browser(seconds=0.3)
    body = slow(
        "POST", "/v1/lint", json={"note": {"text": TEXT}, "options": {"deadline_ms": 20}}
    ).json()
    assert body["incomplete"] is True
    assert body["findings"] == []


@pytest.mark.parametrize("path", ["/v1/lint", "/v1/explain", "/v2/check?text=Pt+did+well"])
def test_no_get_takes_text(ask: Browser, path: str) -> None:
    answer = ask("GET", path)
    assert answer.status_code == 405
    assert answer.json()["error"]["message"] == "Text is taken by POST only."


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"origin": "https://ehr.example"}, 200),
        ({"origin": f"http://127.0.0.1:{PORT}"}, 200),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"host": "evil.example"}, 421),
        ({"authorization": "Bearer wrong-but-quite-long-token"}, 401),
        ({"authorization": None}, 401),
        ({"content-encoding": "gzip"}, 415),
    ],
)
def test_the_door_is_guarded(ask: Browser, headers: dict[str, str | None], status: int) -> None:
    answer = ask("POST", "/v1/lint", json={"note": {"text": TEXT}}, headers=headers)
    assert answer.status_code == status
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers.get("access-control-allow-origin") != "*"


def test_a_body_of_two_megabytes_is_refused(ask: Browser) -> None:
    answer = ask("POST", "/v1/lint", json={"note": {"text": "a" * 2_000_000}})
    assert answer.status_code == 413


def test_the_page_and_the_descriptions_need_no_token(ask: Browser) -> None:
    for path in ("/", "/healthz", "/openapi.json", "/static/page.js", "/static/page.css"):
        assert ask("GET", path, headers={"authorization": None}).status_code == 200, path
    assert ask("GET", "/v1/rules", headers={"authorization": None}).status_code == 401
    assert ask("GET", "/static/../http.py").status_code in (404, 401)
    assert ask("GET", "/static/%2e%2e/http.py").status_code == 404
    policy = ask("GET", "/").headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


def test_the_answer_is_the_one_that_is_described(ask: Browser) -> None:
    described = openapi()
    Draft202012Validator.check_schema(described["components"]["schemas"]["LintAnswer"])
    schema = {"$ref": "#/components/schemas/LintAnswer", "components": described["components"]}
    Draft202012Validator(schema).validate(lint(ask, text=TEXT))
    keys = set(described["components"]["schemas"]["Finding"]["properties"])
    assert set(lint(ask, text=TEXT)["findings"][0]) == keys


def check(ask: Browser, **form: str) -> dict[str, Any]:
    answer = ask("POST", "/v2/check", data={"language": "en-US", **form})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def test_languagetools_clients_get_its_shape_and_never_a_replacement(ask: Browser) -> None:
    body = check(ask, text=TEXT)
    assert set(body) >= {"software", "warnings", "language", "matches"}
    assert [m["replacements"] for m in body["matches"]] == [[], []]
    generic = body["matches"][0]
    sixteen = TEXT.encode("utf-16-le")
    words = sixteen[2 * generic["offset"] : 2 * (generic["offset"] + generic["length"])]
    assert words.decode("utf-16-le") == "Balance activities performed"
    assert generic["rule"]["id"] == "GENERIC_ACTIVITY_PHRASE"
    assert generic["rule"]["category"] == {"id": "GENERIC_LANGUAGE", "name": "Generic language"}
    assert "[specific activity]" in generic["message"]
    context = generic["context"]
    inside = context["text"].encode("utf-16-le")
    shown = inside[2 * context["offset"] : 2 * (context["offset"] + context["length"])]
    assert shown.decode("utf-16-le") == "Balance activities performed"


def test_annotated_text_is_placed_in_what_the_client_sent(ask: Browser) -> None:
    parts = [
        {"markup": "<p>😋", "interpretAs": ""},
        {"text": "O: "},
        {"markup": "<b>"},
        {"text": "Balance activities performed"},
        {"markup": "</b><br>", "interpretAs": "\n"},
        {"text": "ther ex done."},
    ]
    sent = "".join(part.get("text", part.get("markup", "")) for part in parts)
    body = check(ask, data=json.dumps({"annotation": parts}))
    sixteen = sent.encode("utf-16-le")
    words = [
        sixteen[2 * m["offset"] : 2 * (m["offset"] + m["length"])].decode("utf-16-le")
        for m in body["matches"]
    ]
    assert words == ["Balance activities performed", "ther ex done"]


def test_a_client_without_headers_shows_its_token_in_the_form(ask: Browser) -> None:
    bare = {"authorization": None}
    assert ask("POST", "/v2/check", data={"text": "x"}, headers=bare).status_code == 401
    known = ask("POST", "/v2/check", data={"text": "x", "apiKey": TOKEN}, headers=bare)
    assert known.status_code == 200


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({}, "neither 'text' nor 'data'"),
        ({"data": "{"}, "not JSON"),
        ({"data": '{"annotation": [{}]}'}, "neither 'text' nor 'markup'"),
        ({"text": "x", "notelint": '{"payer": "medicare_c"}'}, "medicare_b"),
        ({"text": "x", "notelint": '{"payr": "medicare_b"}'}, "payr"),
    ],
)
def test_a_form_that_cannot_be_read_says_why(ask: Browser, form: dict[str, str], said: str) -> None:
    answer = ask("POST", "/v2/check", data={"language": "en-US", **form})
    assert answer.status_code == 400
    assert said in answer.json()["error"]["message"]


def test_an_empty_text_is_answered_without_matches(ask: Browser) -> None:
    assert check(ask, text="")["matches"] == []


def test_rule_ids_look_like_languagetools() -> None:
    assert rule_id("generic-activity-phrase") == "GENERIC_ACTIVITY_PHRASE"
    assert rule_id("97530-lacks-functional-task") == "CODE_97530_LACKS_FUNCTIONAL_TASK"


def test_many_clients_at_once_get_each_their_own(ask: Browser) -> None:
    async def one(client: httpx.AsyncClient, number: int) -> str:
        text = f"O: Balance activities performed by patient{number:03d}."
        answer = await client.post(
            "/v1/lint",
            json={"note": {"text": text, "id": f"n{number}"}},
            headers={"authorization": f"Bearer {TOKEN}"},
        )
        while answer.status_code == 503:
            await asyncio.sleep(0.01)
            return await one(client, number)
        return f"{number}:{answer.json()['note']['id']}"

    async def many() -> list[str]:
        base = f"http://127.0.0.1:{PORT}"
        async with httpx.AsyncClient(transport=ask.transport, base_url=base) as client:
            return await asyncio.gather(*(one(client, number) for number in range(200)))

    assert asyncio.run(many()) == [f"{number}:n{number}" for number in range(200)]
