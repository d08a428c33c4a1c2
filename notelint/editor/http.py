"""The HTTP server: notelint's own JSON, LanguageTool's, and the page that shows both at work.

The guard at its door (``guard.Guard``) sees to token, Host, Origin and limits; nothing here logs,
and no GET takes text. Notes are linted one after another on one thread: a request's own state is
all there is, so that no answer can hold words of another's note.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from notelint import __version__
from notelint.editor import languagetool
from notelint.editor.checker import Checked, Checks
from notelint.editor.guard import Guard, Limits, Scope, bearer, loopback_hosts, loopback_origins
from notelint.editor.openapi import openapi
from notelint.editor.rulepages import rule_page
from notelint.editor.wire import Answer, LintRequest
from notelint.engine import DISCLAIMER
from notelint.errors import InputError
from notelint.finding import SCHEMA_VERSION
from notelint.rulebook.rule import Rule

STATIC = Path(__file__).parent / "static"

#: Nothing from elsewhere, nothing inline. The page's style sheets and script are files of ours.
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)

PUBLIC = ("/", "/healthz", "/openapi.json", "/static/*")

DEADLINE_MS = 2000


def http_app(
    checks: Checks, *, tokens: Mapping[str, str], port: int, origins: Collection[str] = ()
) -> Guard:
    """Returns the guarded app.

    Args:
        checks: lints every note; its configuration is the server's.
        tokens: principal → token.
        port: the loopback port that clients name in ``Host``.
        origins: pages besides the server's own that may use it (exact: scheme, host, port).
    """
    service = Service(checks)
    routes = [
        Route("/", page, methods=["GET"]),
        Route("/healthz", health, methods=["GET"]),
        Route("/openapi.json", service.describe, methods=["GET"]),
        Route("/v1/lint", service.lint, methods=["POST"]),
        Route("/v1/explain", service.explain, methods=["POST"]),
        Route("/v1/rules", service.rules, methods=["GET"]),
        Route("/v1/rules/{name}", service.rule, methods=["GET"]),
        Route("/v2/check", service.check, methods=["POST"]),
        Route("/v2/languages", languages, methods=["GET"]),
        Route("/v2/healthcheck", health, methods=["GET"]),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
    app = Starlette(
        routes=routes,
        exception_handlers={HTTPException: refused, InputError: unreadable},
    )
    return Guard(
        app,
        tokens=tokens,
        hosts=loopback_hosts(port),
        origins={*loopback_origins(port), *origins},
        public=PUBLIC,
        limits=Limits(),
        csp=CSP,
        credential=credential,
    )


def credential(scope: Scope, body: bytes) -> str | None:
    """The bearer token or, for LanguageTool's clients, the form field ``apiKey``."""
    shown = bearer(scope, body)
    if shown is None and scope["path"] == "/v2/check":
        shown = form_of(body).get("apiKey")
    return shown


def form_of(body: bytes) -> dict[str, str]:
    """Returns the fields of a URL-encoded form; the first value of each."""
    try:
        fields = parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=64)
    except (UnicodeDecodeError, ValueError):
        return {}
    return {name: values[0] for name, values in fields.items()}


class Service:
    """The routes that lint."""

    def __init__(self, checks: Checks) -> None:
        self.checks = checks
        self._lane = ThreadPoolExecutor(max_workers=1, thread_name_prefix="lint")

    async def lint(self, request: Request) -> Response:
        began = time.perf_counter()
        asked = LintRequest.of(await request.body())
        checked, done = await self._checked(asked.note, asked.options.deadline_ms)
        answer = Answer(checked, asked.options.encoding)
        body = {
            "schema_version": SCHEMA_VERSION,
            "note": {
                "id": asked.note.id,
                "version": asked.version,
                "length": answer.at(len(asked.note.text)),
            },
            "engine": self.engine(),
            "encoding": asked.options.encoding,
            "findings": answer.findings(),
            "not_applied": [{"rule": r, "reason": why} for r, why in checked.not_applied],
            "problems": [problem.as_dict() for problem in checked.problems],
            "summary": {
                "rules": checked.rules,
                "final": checked.final,
                "left_alone": checked.left_alone,
                "suppressed": sum(f.suppressed is not None for f in checked.findings),
                "disclaimer": DISCLAIMER,
            },
            "incomplete": not done,
            "took_ms": round(1000 * (time.perf_counter() - began), 1),
        }
        if asked.options.arithmetic:
            body["arithmetic"] = [s.as_dict() for s in self.checks.arithmetic(asked.note)]
        return JSONResponse(body)

    async def explain(self, request: Request) -> Response:
        asked = LintRequest.of(await request.body())
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._lane, self.checks.explain, asked.note)
        return JSONResponse({"note": {"id": asked.note.id, "version": asked.version}, **found})

    async def check(self, request: Request) -> Response:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/x-www-form-urlencoded":
            raise HTTPException(415, "Send a form: application/x-www-form-urlencoded.")
        asked = languagetool.CheckRequest.of(form_of(await request.body()))
        if not asked.note.text.strip():
            return JSONResponse(languagetool.reply(Checked(asked.note), asked))
        checked, done = await self._checked(asked.note, DEADLINE_MS)
        return JSONResponse(languagetool.reply(checked, asked, incomplete=not done))

    async def rules(self, _request: Request) -> Response:
        return JSONResponse({"rules": [rule_dict(rule) for rule in self.checks.rules()]})

    async def rule(self, request: Request) -> Response:
        rule = self.checks.rule(request.path_params["name"])
        if rule is None:
            raise HTTPException(404, "There is no rule of that name or code.")
        accuracy = self.checks.accuracy(rule.name)
        return JSONResponse({**rule_dict(rule), "accuracy": accuracy, "page": rule_page(rule)})

    async def describe(self, _request: Request) -> Response:
        return JSONResponse(openapi())

    def engine(self) -> dict[str, str]:
        return {"version": __version__, **self.checks.version()}

    async def _checked(self, note: Any, deadline_ms: int) -> tuple[Checked, bool]:
        """Lints, or gives up at the deadline; then the answer is empty and says so."""
        loop = asyncio.get_running_loop()
        work = loop.run_in_executor(self._lane, self.checks.check, note)
        try:
            async with asyncio.timeout(deadline_ms / 1000):
                return await work, True
        except TimeoutError:
            return Checked(note), False


def rule_dict(rule: Rule) -> dict[str, Any]:
    """Returns what a client may want to list of a rule."""
    return {
        "code": rule.code,
        "name": rule.name,
        "category": rule.category,
        "class": rule.rule_class,
        "status": rule.status,
        "since": rule.since,
        "summary": rule.summary,
        "ask": rule.ask,
        "needs": sorted(rule.needs),
        "authority": [str(authority) for authority in rule.authority],
    }


async def page(_request: Request) -> Response:
    return Response((STATIC / "index.html").read_bytes(), media_type="text/html")


async def health(_request: Request) -> Response:
    return JSONResponse({"status": "ok", "version": __version__})


async def languages(_request: Request) -> Response:
    return JSONResponse([{**languagetool.LANGUAGE, "longCode": "en-US"}])


async def refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    said = {404: "There is nothing here.", 405: "Text is taken by POST only."}
    what = said.get(error.status_code, error.detail) if error.detail in _PLAIN else error.detail
    body = {"error": {"code": _NAMES.get(error.status_code, "refused"), "message": what}}
    return JSONResponse(body, error.status_code, headers=error.headers)


async def unreadable(_request: Request, error: Exception) -> Response:
    assert isinstance(error, InputError)
    return JSONResponse({"error": {"code": "input", "message": str(error)}}, 400)


_NAMES = {404: "not-found", 405: "method", 415: "media-type"}
_PLAIN = ("Not Found", "Method Not Allowed")
