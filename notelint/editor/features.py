"""The requests of a language client, each answered from its session."""

from __future__ import annotations

import time
from typing import Any

from lsprotocol import types as lsp

from notelint.editor import actions, diagnostics
from notelint.editor.abilities import Abilities
from notelint.editor.commands import register_commands
from notelint.editor.convert import Change
from notelint.editor.hover import hover
from notelint.editor.server import NoteServer

_WATCHED = ("**/notelint.toml", "**/.notelint.toml", "**/pyproject.toml", "**/*.notelint.toml")


def register(server: NoteServer) -> NoteServer:
    """Adds every feature to a server and returns it."""
    _lifecycle(server)
    _documents(server)
    _requests(server)
    register_commands(server)
    return server


def _lifecycle(server: NoteServer) -> None:
    @server.feature(lsp.INITIALIZE)
    def initialize(params: lsp.InitializeParams) -> None:
        server.abilities = Abilities.of(params.capabilities)
        server.initial_options = params.initialization_options

    @server.feature(lsp.INITIALIZED)
    async def initialized(_params: lsp.InitializedParams) -> None:
        server.set_options(server.initial_options)
        server.warm()
        if server.abilities.watch:
            await server.client_register_capability_async(_watch())
        await _ask_settings(server)

    @server.feature(lsp.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def changed(params: lsp.DidChangeConfigurationParams) -> None:
        if server.abilities.configuration:
            await _ask_settings(server)
        elif isinstance(params.settings, dict) and "notelint" in params.settings:
            server.set_options(params.settings["notelint"])

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def watched(_params: lsp.DidChangeWatchedFilesParams) -> None:
        server.desk.reload()
        server.relint()


async def _ask_settings(server: NoteServer) -> None:
    """Asks the client for its ``notelint`` settings; they lie over what it said at the start."""
    if not server.abilities.configuration:
        return
    wanted = lsp.ConfigurationParams([lsp.ConfigurationItem(section="notelint")])
    answer = await server.workspace_configuration_async(wanted)
    given = answer[0] if answer else None
    if isinstance(given, dict):
        first = server.initial_options
        server.set_options({**first, **given} if isinstance(first, dict) else given)


def _watch() -> lsp.RegistrationParams:
    watchers = [lsp.FileSystemWatcher(glob_pattern=pattern) for pattern in _WATCHED]
    return lsp.RegistrationParams(
        [
            lsp.Registration(
                id="notelint-files",
                method=lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES,
                register_options=lsp.DidChangeWatchedFilesRegistrationOptions(watchers),
            )
        ]
    )


def _documents(server: NoteServer) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        item = params.text_document
        server.open(item.uri, item.language_id, item.version, item.text)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        uri = params.text_document.uri
        session = server.sessions.get(uri)
        if session is None:
            return
        changes = [_change(change) for change in params.content_changes]
        session.change(params.text_document.version, changes, time.monotonic())
        if server.desk.options.run == "onType" and not server.abilities.pull:
            server.soon(uri, server.desk.options.debounce / 1000)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: lsp.DidSaveTextDocumentParams) -> None:
        session = server.sessions.get(params.text_document.uri)
        if session is not None:
            session.rest()
            server.desk.reload()
            server.relint()

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        server.close(params.text_document.uri)


def _change(change: lsp.TextDocumentContentChangeEvent) -> Change:
    if isinstance(change, lsp.TextDocumentContentChangePartial):
        start, end = change.range.start, change.range.end
        return Change(change.text, (start.line, start.character), (end.line, end.character))
    return Change(change.text)


def _requests(server: NoteServer) -> None:
    @server.feature(
        lsp.TEXT_DOCUMENT_DIAGNOSTIC,
        lsp.DiagnosticOptions(
            inter_file_dependencies=False, workspace_diagnostics=False, identifier="notelint"
        ),
    )
    async def pull(params: lsp.DocumentDiagnosticParams) -> Any:
        session = await server.fresh(params.text_document.uri)
        if session is None:
            return lsp.RelatedFullDocumentDiagnosticReport(items=[])
        mark, items = server.report(session)
        if params.previous_result_id == mark:
            return lsp.RelatedUnchangedDocumentDiagnosticReport(result_id=mark)
        return lsp.RelatedFullDocumentDiagnosticReport(items=items, result_id=mark)

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    async def hovered(params: lsp.HoverParams) -> lsp.Hover | None:
        session = await server.fresh(params.text_document.uri)
        if session is None:
            return None
        at = session.positions.offset(params.position.line, params.position.character)
        found = list(diagnostics.at(session, server.shown(session), at, at))
        if not found:
            return None
        checks = server.desk.checks(session.uri)
        parts = [
            hover(lead, others, checks.rule(lead.name), checks.accuracy(lead.name))
            for lead, others in found
        ]
        start, end = session.span(found[0][0])
        value = lsp.MarkupContent(lsp.MarkupKind.Markdown, "\n\n---\n\n".join(parts))
        return lsp.Hover(value, diagnostics.range_of(session, start, end))

    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION,
        lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix]),
    )
    async def act(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        session = await server.fresh(params.text_document.uri)
        if session is None or not _wanted(params.context.only):
            return []
        start, end = diagnostics.offsets_of(session, params.range)
        session.move(start)
        return list(
            actions.actions(
                session,
                server.shown(session),
                start,
                end,
                abilities=server.abilities,
                can_suppress=server.desk.may_suppress(session.uri),
            )
        )

    @server.feature(lsp.TEXT_DOCUMENT_CODE_LENS, lsp.CodeLensOptions(resolve_provider=False))
    async def lens(params: lsp.CodeLensParams) -> list[lsp.CodeLens]:
        session = await server.fresh(params.text_document.uri)
        if session is None:
            return []
        remark = server.desk.remark(session.uri)
        return diagnostics.lenses(session, server.shown(session), f"; {remark}" if remark else "")

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def outline(params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
        session = await server.fresh(params.text_document.uri)
        return [] if session is None else diagnostics.symbols(session)


def _wanted(only: Any) -> bool:
    """Whether the client asks for quick fixes (an empty list of kinds asks for all)."""
    kinds = [str(getattr(kind, "value", kind)) for kind in only or ()]
    return not kinds or any(
        kind in ("", "quickfix") or kind.startswith("quickfix.") for kind in kinds
    )
