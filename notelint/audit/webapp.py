"""The review desk as a web app on loopback: three static files and a handful of JSON calls.

The page holds no note; everything of one comes through ``/api/`` with the reviewer's token, which
the link carries in its fragment, so that it is in no request line and no log.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from importlib import resources
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from notelint.audit.desk import Desk
from notelint.audit.pile import Refused
from notelint.editor.guard import App, Guard, Limits, loopback_hosts, loopback_origins

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
ASSETS = {
    "review.js": "text/javascript; charset=utf-8",
    "review.css": "text/css; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
#: Call → the fields of its JSON body; a field with ``?`` may be missing.
CALLS: Mapping[str, tuple[str, ...]] = {
    "open": ("unit",),
    "judge": ("unit", "note", "fingerprint", "verdict", "reason?"),
    "mark": ("unit", "note", "start?", "end?", "rule?", "category?"),
    "unmark": ("unit", "mark"),
    "answer": ("unit", "answer"),
    "finish": ("unit",),
    "reopen": ("unit",),
    "settle": ("unit", "answer"),
}
_NUMBERS = frozenset({"start", "end"})


def review_app(desk: Desk, tokens: Mapping[str, str], port: int) -> App:
    """Returns the guarded app. ``tokens`` is reviewer → session token."""
    routes = [
        Route("/", _page),
        Route("/static/{name}", _asset),
        Route("/api/desk", _overview),
        *(Route(f"/api/{call}", _call(call), methods=["POST"]) for call in CALLS),
    ]
    app = Starlette(routes=routes)
    app.state.desk = desk
    return Guard(
        app,
        tokens=tokens,
        hosts=loopback_hosts(port),
        origins=loopback_origins(port),
        public=("/", "/static/*"),
        limits=Limits(body_bytes=20_000, json_depth=4, concurrent=64),
        csp=CSP,
    )


async def _page(_: Request) -> Response:
    return Response(_static("review.html"), media_type="text/html; charset=utf-8")


async def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in ASSETS:
        return _error(404, "There is no such file.")
    return Response(_static(name), media_type=ASSETS[name])


async def _overview(request: Request) -> Response:
    desk: Desk = request.app.state.desk
    return JSONResponse(await run_in_threadpool(desk.overview, request.state.principal))


def _call(name: str) -> Callable[[Request], Any]:
    fields = CALLS[name]

    async def endpoint(request: Request) -> Response:
        arguments = _arguments(await request.body(), fields)
        if arguments is None:
            return _error(400, f"The body is not that of '{name}'.")
        action = getattr(request.app.state.desk, name)
        try:
            answer = await run_in_threadpool(action, request.state.principal, **arguments)
        except Refused as refused:
            return _error(409, str(refused))
        return JSONResponse(answer)

    return endpoint


def _arguments(body: bytes, fields: tuple[str, ...]) -> dict[str, Any] | None:
    """The fields of a body, each of its type, or None if it is not of that shape."""
    try:
        data = json.loads(body)
    except ValueError:
        return None
    names = {field.rstrip("?") for field in fields}
    needed = {field for field in fields if not field.endswith("?")}
    if not isinstance(data, dict) or not needed <= data.keys() <= names:
        return None
    for name, value in data.items():
        number = isinstance(value, int) and not isinstance(value, bool)
        if name in _NUMBERS:
            if value is not None and not number:
                return None
        elif not isinstance(value, str):
            return None
    return data


def _static(name: str) -> bytes:
    return (resources.files("notelint.audit") / "static" / name).read_bytes()


def _error(status: int, what: str) -> Response:
    return JSONResponse({"error": {"code": "refused", "message": what}}, status_code=status)
