"""The language server: pygls wiring around sessions. What is found and shown is decided elsewhere.

The text of a document is ours and not pygls's: its copy breaks lines where the protocol does not
(form feeds, U+2028), so the protocol class below hands edits to the sessions alone.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

from lsprotocol import types as lsp
from pygls.exceptions import FeatureRequestError, JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, default_converter, lsp_method

from notelint import __version__
from notelint.editor.abilities import Abilities
from notelint.editor.convert import Encoding
from notelint.editor.desk import Desk
from notelint.editor.diagnostics import diagnostics
from notelint.editor.draft import PAUSE, Shown
from notelint.editor.logs import describe, logger
from notelint.editor.options import Options
from notelint.editor.session import Session
from notelint.errors import NotelintError


class NoteProtocol(LanguageServerProtocol):
    """The protocol without pygls's own copy of every document, and with an answer for every
    request: pygls drops one whose parameters it cannot read, and its client waits for ever."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "id" in data and "method" in data:
                refusal = lsp.ResponseError(error.code, "The parameters cannot be read.")
                self._send_response(data["id"], error=refusal)
            raise

    def _handle_notification(self, method_name: str, params: Any) -> None:
        super()._handle_notification(method_name, params)
        self._forget_done()

    def _forget_done(self) -> None:
        """Drops what is done of the messages in flight: pygls keeps the future of every notification,
        and an author's day holds thousands of edits."""
        done = [name for name, future in self._request_futures.items() if future.done()]
        for name in done:
            del self._request_futures[name]

    def _user(self, method: str, params: Any) -> Generator[Any, Any, None]:
        handler = self.fm.features.get(method)
        if handler is not None:
            yield handler, (params,), None

    @lsp_method(lsp.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: Any) -> Generator[Any, Any, None]:
        yield from self._user(lsp.TEXT_DOCUMENT_DID_OPEN, params)

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: Any) -> Generator[Any, Any, None]:
        yield from self._user(lsp.TEXT_DOCUMENT_DID_CHANGE, params)

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: Any) -> Generator[Any, Any, None]:
        yield from self._user(lsp.TEXT_DOCUMENT_DID_CLOSE, params)


class NoteServer(LanguageServer):
    """A language server for one client and its open notes.

    Lints run one after another on one thread. Whatever a lint gives is dropped when the text has
    moved on or the document is closed meanwhile.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            "notelint", __version__, protocol_cls=NoteProtocol, converter_factory=default_converter
        )
        self.desk = desk
        self.abilities = Abilities()
        self.initial_options: object = None
        self.sessions: dict[str, Session] = {}
        self._locks: dict[str, asyncio.Lock] = {}
        self._timers: dict[tuple[str, str], asyncio.TimerHandle] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._lane = ThreadPoolExecutor(max_workers=1, thread_name_prefix="lint")

    # -- documents ---------------------------------------------------------------------------

    def open(self, uri: str, language: str, version: int, text: str) -> None:
        if not self.desk.is_note(uri, language):
            return
        encoding = cast(Encoding, str(getattr(self.encoding, "value", self.encoding)))
        self.sessions[uri] = Session(uri, language, version, text, encoding)
        self.soon(uri, 0.0)

    def close(self, uri: str) -> None:
        session = self.sessions.pop(uri, None)
        self._locks.pop(uri, None)
        for key in [key for key in self._timers if key[0] == uri]:
            self._timers.pop(key).cancel()
        if session is not None and not self.abilities.pull:
            self._publish(uri, session.version, [])

    @property
    def encoding(self) -> Any:
        return self.workspace.position_encoding

    # -- linting -----------------------------------------------------------------------------

    async def fresh(self, uri: str) -> Session | None:
        """Returns the session once its newest text is linted; None if it was closed meanwhile."""
        while (session := self.sessions.get(uri)) is not None and not session.fresh:
            async with self._locks.setdefault(uri, asyncio.Lock()):
                if session.fresh:
                    continue
                ticket, text = session.ticket, session.text
                loop = asyncio.get_running_loop()
                checked = await loop.run_in_executor(self._lane, self.desk.check, uri, text)
                session.take(checked, ticket)
        return session

    def soon(self, uri: str, seconds: float) -> None:
        """Publishes a document's findings after a delay; a later call replaces an earlier one."""
        self._later(uri, "lint", seconds)

    async def publish(self, uri: str) -> None:
        """Lints and tells the client: pushes, or asks a client that pulls to pull again."""
        session = await self.fresh(uri)
        if session is None:
            return
        if self.abilities.pull:
            if self.abilities.refresh_diagnostics:
                self.workspace_diagnostic_refresh(None)
        else:
            shown = self.shown(session)
            items = diagnostics(session, shown, related=self.abilities.related)
            self._publish(uri, session.version, items)
        if self.abilities.refresh_lenses:
            self.workspace_code_lens_refresh(None)

    def shown(self, session: Session) -> Shown:
        """What may be shown now; what is held comes by itself when the author pauses."""
        now = time.monotonic()
        shown = session.shown(now, self.desk.options.minSeverity)
        if shown.held:
            self._later(session.uri, "held", max(0.0, session.typed_at + PAUSE - now) + 0.01)
        return shown

    def report(self, session: Session) -> tuple[str, list[lsp.Diagnostic]]:
        """Returns the diagnostics of a document and an id that changes when they do."""
        items = diagnostics(session, self.shown(session), related=self.abilities.related)
        mark = hashlib.blake2b(repr(items).encode("utf-8", "surrogatepass"), digest_size=8)
        return mark.hexdigest(), items

    def set_options(self, given: object) -> None:
        """Takes the client's settings, or says what is wrong with them and keeps the old."""
        try:
            options = Options.of(given)
        except NotelintError as error:
            self.tell(str(error), lsp.MessageType.Error)
            return
        self.desk.configure(options)
        self.relint()

    def relint(self) -> None:
        """Lints every open document again, as when configuration or rules have changed."""
        for uri, session in self.sessions.items():
            session.forget()
            self.soon(uri, 0.0)

    def warm(self) -> None:
        """Has the desk load what linting needs, on the lane that lints."""
        asyncio.get_running_loop().run_in_executor(self._lane, self.desk.warm)

    # -- the client --------------------------------------------------------------------------

    def tell(self, message: str, kind: lsp.MessageType = lsp.MessageType.Info) -> None:
        self.window_show_message(lsp.ShowMessageParams(kind, message))

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Logs the type and place of an error. Its text could quote the note, so it is not sent."""
        logger.error("%s", describe(error))
        if source is not FeatureRequestError:
            self.tell(
                "notelint could not use a message from the editor; nothing was changed.",
                lsp.MessageType.Error,
            )

    def shutdown(self) -> None:
        self._lane.shutdown(wait=False, cancel_futures=True)
        super().shutdown()  # type: ignore[no-untyped-call]

    def _publish(self, uri: str, version: int, items: list[lsp.Diagnostic]) -> None:
        self.text_document_publish_diagnostics(
            lsp.PublishDiagnosticsParams(uri=uri, version=version, diagnostics=items)
        )

    def _later(self, uri: str, what: str, seconds: float) -> None:
        old = self._timers.pop((uri, what), None)
        if old is not None:
            old.cancel()
        loop = asyncio.get_running_loop()
        self._timers[uri, what] = loop.call_later(seconds, self._start, uri, what)

    def _start(self, uri: str, what: str) -> None:
        self._timers.pop((uri, what), None)
        task = asyncio.ensure_future(self._guarded(uri))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _guarded(self, uri: str) -> None:
        try:
            await self.publish(uri)
        except Exception as error:
            logger.error("%s", describe(error))
