from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from notelint.audit.desk import Desk
from notelint.audit.webapp import CALLS, review_app
from notelint.editor.guard import new_token

Make = Callable[..., Desk]
TOKENS = {"mb": new_token(), "kl": new_token()}


def ask(
    app: Any, method: str, path: str, *, who: str | None = "mb", **request: Any
) -> httpx.Response:
    headers = {"host": "127.0.0.1:8320", "content-type": "application/json"}
    if who:
        headers["authorization"] = f"Bearer {TOKENS[who]}"
    headers |= request.pop("headers", {})

    async def go() -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://127.0.0.1:8320"
        ) as client:
            return await client.request(method, path, headers=headers, **request)

    return asyncio.run(go())


@pytest.fixture
def desk(make_desk: Make) -> Desk:
    return make_desk()


@pytest.fixture
def app(desk: Desk) -> Any:
    return review_app(desk, TOKENS, 8320)


def test_the_page_and_its_files_need_no_token_and_hold_no_note(app: Any) -> None:
    for path in ("/", "/static/review.js", "/static/review.css", "/static/icon.svg"):
        answer = ask(app, "GET", path, who=None)
        assert answer.status_code == 200
        assert "note-0" not in answer.text
        assert answer.headers["cache-control"] == "no-store"
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert "http" not in answer.text.replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize("path", ["/api/desk", *(f"/api/{call}" for call in CALLS)])
def test_every_call_needs_the_token_the_host_and_the_origin(app: Any, path: str) -> None:
    method = "GET" if path.endswith("desk") else "POST"
    assert ask(app, method, path, who=None, content=b"{}").status_code == 401
    assert ask(app, method, path, headers={"host": "evil.example"}).status_code == 421
    assert ask(app, method, path, headers={"origin": "https://evil.example"}).status_code == 403


@pytest.mark.parametrize(
    "path",
    ["/static/../desk.py", "/static/%2e%2e/desk.py", "/static/..%2fdesk.py", "/static/report.css"],
)
def test_no_other_file_can_be_asked_for(app: Any, path: str) -> None:
    answer = ask(app, "GET", path)
    assert answer.status_code == 404
    assert "import" not in answer.text


def test_each_token_is_its_reviewer_whatever_the_body_says(app: Any, desk: Desk) -> None:
    unit = desk.pile[0]
    assert ask(app, "POST", "/api/open", json={"unit": unit}).json()["role"] == "first"
    taken = ask(app, "POST", "/api/open", who="kl", json={"unit": unit})
    assert taken.status_code == 409
    assert taken.json()["error"]["message"] == "Somebody else is reading this one."
    sly = ask(
        app, "POST", "/api/answer", who="kl", json={"unit": unit, "answer": "meets", "who": "mb"}
    )
    assert sly.status_code == 400


@pytest.mark.parametrize(
    ("call", "body"),
    [
        ("open", b"not json"), ("open", b"[]"), ("open", b"{}"), ("open", b'{"unit": 1}'), ("open", b'{"unit": "nothing"}'),
        ("answer", b'{"unit": "x", "answer": ["meets"]}'), ("judge", b'{"unit": "x"}'),
        ("mark", b'{"unit": "x", "note": "x", "start": "0"}'), ("mark", b'{"unit": "x", "note": "x", "start": true}'),
        ("open", b'{"unit": "' + b"x" * 30_000 + b'"}'), ("open", b"[" * 50 + b"]" * 50),
    ],
)  # fmt: skip
def test_a_wrong_body_is_refused_and_leaves_no_event(
    app: Any, desk: Desk, call: str, body: bytes
) -> None:
    before = desk.ledger.head
    answer = ask(app, "POST", f"/api/{call}", content=body)
    assert answer.status_code in (400, 409, 413)
    assert "Traceback" not in answer.text
    assert desk.ledger.head == before


def test_two_reviewers_at_once_never_get_the_same_note(app: Any, desk: Desk) -> None:
    async def go() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://127.0.0.1:8320"
        ) as client:
            calls = [
                client.post(
                    "/api/open",
                    json={"unit": unit},
                    headers={"host": "127.0.0.1:8320", "authorization": f"Bearer {TOKENS[who]}"},
                )
                for unit in desk.pile
                for who in ("mb", "kl")
            ]
            return await asyncio.gather(*calls)

    answers = asyncio.run(go())
    assert sorted(a.status_code for a in answers) == [200] * 10 + [409] * 10
    claims = [
        json.loads(e.line)["data"]["unit"] for e in desk.ledger.log.events() if e.kind == "opened"
    ]
    assert sorted(claims) == sorted(desk.pile)
