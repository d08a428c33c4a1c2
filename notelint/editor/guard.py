"""The guard at the door of every notelint server: one ASGI middleware, nothing of the notes.

Both servers (``serve`` for editors, ``review`` for the QA desk) wrap their app in ``Guard``. It
lets a request through only when its Host, Origin and token are right, its body is small, shallow
and uncompressed, and there is room; it answers everything else itself, in one JSON shape. It logs
no header, path, query or body, and an exception of the app becomes a plain 500 whose log line
names the exception's type and place, never its text.

The app finds who is asking in ``scope["state"]["principal"]`` (``request.state.principal``).
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import re
import secrets
import traceback
from collections.abc import Awaitable, Callable, Collection, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
#: Finds the token of a request, given its scope and its whole body; None if it carries none.
Credential = Callable[[Scope, bytes], str | None]

logger = logging.getLogger("notelint.guard")

DEFAULT_CSP = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

#: Nothing that passes may be stored, sniffed, framed or referred to elsewhere.
SAFE_HEADERS: Mapping[str, str] = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}

# The closing quote is optional so that an unfinished string is one match: the scan stays linear.
_JSON_MARK = re.compile(rb'"(?:\\.|[^"\\])*+"?|[\[\]{}]', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Limits:
    """``body_bytes`` and ``json_depth`` of one request; requests served at once; seconds for one."""

    body_bytes: int = 1_000_000
    json_depth: int = 32
    concurrent: int = 16
    deadline_seconds: float = 10.0


def new_token() -> str:
    """Returns a fresh session token: 256 random bits, safe in a URL."""
    return secrets.token_urlsafe(32)


def loopback_hosts(port: int) -> frozenset[str]:
    """The Host headers of a server on loopback."""
    return frozenset({f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}"})


def loopback_origins(port: int) -> frozenset[str]:
    """The origins of pages that a server on loopback gave out itself."""
    return frozenset(f"http://{host}" for host in loopback_hosts(port))


def uvicorn_options() -> dict[str, Any]:
    """Options for ``uvicorn.Config`` that both servers use: quiet, no banner, slow heads dropped."""
    return {
        "log_level": "warning",
        "access_log": False,
        "server_header": False,
        "date_header": False,
        "proxy_headers": False,
        "ws": "none",
        "timeout_keep_alive": 5,
        "timeout_graceful_shutdown": 5,
        "h11_max_incomplete_event_size": 16_384,
    }


def bearer(scope: Scope, body: bytes) -> str | None:  # noqa: ARG001 - the shape of a Credential
    """The token of ``Authorization: Bearer …``."""
    scheme, _, token = _header(scope, b"authorization").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token else None


class Guard:
    """Wraps an ASGI app.

    Args:
        app: the app to protect.
        tokens: principal → token. Who presents a token is that principal.
        hosts: exact ``Host`` values, port included.
        origins: exact ``Origin`` values that a browser may send (own pages, EHR front ends). A
            request without Origin comes from no page and needs the token only.
        public: paths answered without a token; nothing of a note may be behind them. One that
            ends in ``/*`` covers all below it.
        csp: the Content-Security-Policy of every answer.
        credential: how a request shows its token; ``bearer`` by default.

    Raises:
        ValueError: there is no token, or one is shorter than 20 characters.
    """

    def __init__(
        self,
        app: App,
        *,
        tokens: Mapping[str, str],
        hosts: Collection[str],
        origins: Collection[str] = (),
        public: Collection[str] = (),
        limits: Limits | None = None,
        csp: str = DEFAULT_CSP,
        credential: Credential = bearer,
    ) -> None:
        if not tokens or min(map(len, tokens.values())) < 20:
            raise ValueError("A guard needs at least one token, each of 20 characters or more.")
        self._app = app
        self._tokens = {who: token.encode() for who, token in tokens.items()}
        self._hosts = frozenset(host.lower() for host in hosts)
        self._origins = frozenset(origins)
        self._public = tuple(public)
        self._limits = limits or Limits()
        self._headers = {**SAFE_HEADERS, "content-security-policy": csp}
        self._credential = credential
        self._busy = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        answer = _Answer(send, self._headers)
        refusal = self._door(scope, answer)
        if refusal:
            await answer.refuse(*refusal)
            return
        if scope["method"] == "OPTIONS" and _header(scope, b"access-control-request-method"):
            await answer.allow()
            return
        if self._busy >= self._limits.concurrent:
            answer.headers["retry-after"] = "1"
            await answer.refuse(503, "busy", "Too many requests at once; try again in a second.")
            return
        self._busy += 1
        try:
            async with asyncio.timeout(self._limits.deadline_seconds):
                await self._serve(scope, receive, answer)
        except TimeoutError:
            await answer.refuse(504, "deadline", "The request took too long.")
        except Exception as error:
            logger.error("%s", _place(error))
            await answer.refuse(500, "internal", "The server could not answer this request.")
        finally:
            self._busy -= 1

    def _door(self, scope: Scope, answer: _Answer) -> tuple[int, str, str] | None:
        """Host and Origin, before anything is read. Sets the CORS headers of a known origin."""
        if _header(scope, b"host").lower() not in self._hosts:
            return 421, "host", "This server does not answer for that host name."
        origin = _header(scope, b"origin")
        if origin and origin not in self._origins:
            return 403, "origin", "Pages from that origin may not use this server."
        if not origin and _header(scope, b"sec-fetch-site") in {"cross-site", "same-site"}:
            return 403, "origin", "Pages from other sites may not use this server."
        if origin:
            answer.headers["access-control-allow-origin"] = origin
            answer.headers["cross-origin-resource-policy"] = "cross-origin"
        answer.headers["vary"] = "Origin"
        return None

    async def _serve(self, scope: Scope, receive: Receive, answer: _Answer) -> None:
        if _header(scope, b"content-encoding") not in {"", "identity"}:
            await answer.refuse(415, "encoding", "Compressed bodies are not accepted.")
            return
        body = await self._body(scope, receive)
        if body is None:
            limit = self._limits.body_bytes
            await answer.refuse(413, "size", f"The body is larger than {limit:,} bytes.")
            return
        principal = self._principal(scope, body)
        if principal is None and not self._is_public(scope["path"]):
            answer.headers["www-authenticate"] = 'Bearer realm="notelint"'
            await answer.refuse(401, "token", "A valid token is needed.")
            return
        if _header(scope, b"content-type").startswith("application/json") and (
            json_depth(body) > self._limits.json_depth
        ):
            limit = self._limits.json_depth
            await answer.refuse(400, "depth", f"The JSON is nested deeper than {limit} levels.")
            return
        scope.setdefault("state", {})["principal"] = principal
        await self._app(scope, _replay(body, receive), answer.send)

    async def _body(self, scope: Scope, receive: Receive) -> bytes | None:
        """The whole body, or None when it is too large."""
        declared = _header(scope, b"content-length")
        if declared.isdigit() and int(declared[:20]) > self._limits.body_bytes:
            return None
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return bytes(body)
            body += message.get("body", b"")
            if len(body) > self._limits.body_bytes:
                return None
            if not message.get("more_body"):
                return bytes(body)

    def _principal(self, scope: Scope, body: bytes) -> str | None:
        shown = (self._credential(scope, body) or "").encode()
        found = None
        for who, token in self._tokens.items():  # every token is compared, each in constant time
            if hmac.compare_digest(shown, token):
                found = who
        return found

    def _is_public(self, path: str) -> bool:
        return any(
            path == p or (p.endswith("/*") and path.startswith(p[:-1])) for p in self._public
        )


class _Answer:
    """Sends answers with the safe headers, and knows whether one has begun."""

    def __init__(self, send: Send, headers: Mapping[str, str]) -> None:
        self._send = send
        self.headers = dict(headers)
        self.begun = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            ours = self.headers.keys()
            own = [(k, v) for k, v in message.get("headers", ()) if k.decode().lower() not in ours]
            message["headers"] = [*own, *_encoded(self.headers)]
        await self._send(message)

    async def refuse(self, status: int, code: str, what: str) -> None:
        if self.begun:
            return
        body = json.dumps({"error": {"code": code, "message": what}}).encode()
        self.headers |= {"content-type": "application/json", "content-length": str(len(body))}
        await self.send({"type": "http.response.start", "status": status})
        await self.send({"type": "http.response.body", "body": body})

    async def allow(self) -> None:
        """Answers a browser's preflight for an origin on the list."""
        self.headers |= {
            "access-control-allow-methods": "GET, POST",
            "access-control-allow-headers": "authorization, content-type",
            "access-control-allow-private-network": "true",
            "access-control-max-age": "600",
        }
        await self.send({"type": "http.response.start", "status": 204})
        await self.send({"type": "http.response.body", "body": b""})


def json_depth(body: bytes) -> int:
    """Returns how deep the brackets of a JSON text nest, without parsing it."""
    depth = deepest = 0
    for match in _JSON_MARK.finditer(body):
        mark = match[0]
        if mark in (b"[", b"{"):
            depth += 1
            deepest = max(deepest, depth)
        elif mark in (b"]", b"}"):
            depth -= 1
    return deepest


def _replay(body: bytes, receive: Receive) -> Receive:
    """A ``receive`` that gives the body once and then whatever the server says (a disconnect)."""
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


def _header(scope: Scope, name: bytes) -> str:
    """The one value of a header; a header sent twice counts as a value that matches nothing."""
    values = [value for key, value in scope["headers"] if key == name]
    if not values:
        return ""
    return str(values[0].decode("latin-1")) if len(values) == 1 else "\x00"


def _encoded(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(key.encode(), value.encode("latin-1")) for key, value in headers.items()]


def _place(error: BaseException) -> str:
    """The type and place of an exception; its text may hold words of a note."""
    frames = traceback.extract_tb(error.__traceback__)
    at = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "?"
    return f"{type(error).__name__} at {at}"
