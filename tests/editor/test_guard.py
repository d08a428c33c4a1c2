from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.editor.guard import (
    Guard,
    Limits,
    json_depth,
    loopback_hosts,
    loopback_origins,
    new_token,
)

TOKEN = new_token()
HOST = {"host": "127.0.0.1:8000"}
AUTH = {**HOST, "authorization": f"Bearer {TOKEN}"}
CANARY = "CANARY-Zebedee-Quill"


async def echo(scope: Any, receive: Any, send: Any) -> None:
    message = await receive()
    who = scope["state"]["principal"]
    await send(
        {"type": "http.response.start", "status": 200, "headers": [(b"x-who", str(who).encode())]}
    )
    await send({"type": "http.response.body", "body": message["body"]})


async def crash(scope: Any, receive: Any, send: Any) -> None:
    body = (await receive())["body"].decode()
    raise RuntimeError(f"cannot parse {body}")


def guarded(app: Any = echo, **options: Any) -> Guard:
    return Guard(
        app,
        tokens={"mb": TOKEN, "kl": new_token()},
        hosts=loopback_hosts(8000),
        origins=loopback_origins(8000),
        public=("/", "/static/*"),
        **options,
    )


def ask(app: Any, method: str = "POST", path: str = "/api", **request: Any) -> httpx.Response:
    async def go() -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://127.0.0.1:8000"
        ) as client:
            return await client.request(method, path, **request)

    return asyncio.run(go())


def test_the_right_token_names_its_holder_and_the_answer_carries_the_safe_headers() -> None:
    answer = ask(guarded(), headers=AUTH, content=b"hello")
    assert (answer.status_code, answer.text, answer.headers["x-who"]) == (200, "hello", "mb")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    "shown",
    ["", "Bearer", "Bearer short", f"Basic {TOKEN}", f"Bearer {TOKEN[:-1]}", f"Bearer {TOKEN}x"],
    ids=["none", "no token", "short", "basic", "one letter less", "one letter more"],
)
def test_a_missing_short_or_wrong_token_is_refused(shown: str) -> None:
    answer = ask(guarded(), headers={**HOST, "authorization": shown})
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "token"
    assert answer.headers["cache-control"] == "no-store"


def test_a_public_path_needs_no_token_but_a_path_that_only_starts_alike_does() -> None:
    assert ask(guarded(), "GET", "/", headers=HOST).status_code == 200
    assert ask(guarded(), "GET", "/static/app.js", headers=HOST).status_code == 200
    assert ask(guarded(), "GET", "/staticky", headers=HOST).status_code == 401


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:8000.evil.example"]
)
def test_another_host_name_is_refused_even_with_the_token(host: str) -> None:
    assert ask(guarded(), headers={**AUTH, "host": host}).status_code == 421


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:9000", "http://127.0.0.1:8000/"]
)
def test_another_origin_is_refused_even_with_the_token(origin: str) -> None:
    answer = ask(guarded(), headers={**AUTH, "origin": origin})
    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers


def test_a_cross_site_request_without_an_origin_is_refused() -> None:
    assert (
        ask(guarded(), "GET", headers={**AUTH, "sec-fetch-site": "cross-site"}).status_code == 403
    )


def test_a_listed_origin_gets_its_preflight_and_never_a_wildcard() -> None:
    headers = {**HOST, "origin": "http://localhost:8000", "access-control-request-method": "POST"}
    answer = ask(guarded(), "OPTIONS", headers=headers)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "http://localhost:8000"
    assert answer.headers["vary"] == "Origin"


def test_a_body_over_the_limit_is_refused_declared_or_not() -> None:
    app = guarded(limits=Limits(body_bytes=100))

    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"x" * 10

    assert ask(app, headers=AUTH, content=b"x" * 100).status_code == 200
    assert ask(app, headers=AUTH, content=b"x" * 101).status_code == 413
    assert ask(app, headers=AUTH, content=chunks()).status_code == 413


def test_a_compressed_body_is_refused() -> None:
    assert (
        ask(guarded(), headers={**AUTH, "content-encoding": "gzip"}, content=b"x").status_code
        == 415
    )


def test_deep_json_is_refused_and_brackets_inside_strings_do_not_count() -> None:
    headers = {**AUTH, "content-type": "application/json"}
    assert ask(guarded(), headers=headers, content=b"[" * 33 + b"]" * 33).status_code == 400
    assert (
        ask(
            guarded(), headers=headers, content=json.dumps(["[" * 99, '"' + "{" * 99]).encode()
        ).status_code
        == 200
    )


@given(
    st.recursive(
        st.none() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
        ),
    )
)
def test_the_depth_of_any_json_is_that_of_the_parsed_value(value: Any) -> None:
    def depth(v: Any) -> int:
        if isinstance(v, dict):
            v = list(v.values())
        return 1 + max(map(depth, v), default=0) if isinstance(v, list) else 0

    assert json_depth(json.dumps(value).encode()) == depth(value)


def test_an_exception_of_the_app_tells_neither_the_client_nor_the_log_its_text(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = ask(guarded(crash), headers=AUTH, content=CANARY.encode())
    assert answer.status_code == 500
    assert CANARY not in answer.text + caplog.text
    assert "RuntimeError" in caplog.text


def test_a_request_past_the_deadline_ends_and_frees_its_place() -> None:
    async def sleepy(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.sleep(30)

    app = guarded(sleepy, limits=Limits(deadline_seconds=0.05, concurrent=1))
    assert ask(app, headers=AUTH).status_code == 504
    assert ask(app, headers=AUTH).status_code == 504


def test_a_request_too_many_is_told_to_come_back_and_two_hundred_do_not_mix() -> None:
    async def slow(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.sleep(0.02)
        await echo(scope, receive, send)

    async def go(limit: int) -> list[httpx.Response]:
        app = guarded(slow, limits=Limits(concurrent=limit))
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://127.0.0.1:8000"
        ) as client:
            calls = (client.post("/api", headers=AUTH, content=f"canary-{i}") for i in range(200))
            return await asyncio.gather(*calls)

    busy = [a for a in asyncio.run(go(4)) if a.status_code == 503]
    assert len(busy) == 196
    assert {a.headers["retry-after"] for a in busy} == {"1"}
    assert [a.text for a in asyncio.run(go(200))] == [f"canary-{i}" for i in range(200)]


def test_a_websocket_is_closed_before_the_app_sees_it() -> None:
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    asyncio.run(guarded(crash)({"type": "websocket", "headers": []}, receive, send))
    assert [m["type"] for m in sent] == ["websocket.close"]


def test_a_guard_without_a_strong_token_is_not_made() -> None:
    with pytest.raises(ValueError, match="20 characters"):
        Guard(echo, tokens={"mb": "secret"}, hosts=("x",))
    with pytest.raises(ValueError, match="at least one"):
        Guard(echo, tokens={}, hosts=("x",))
