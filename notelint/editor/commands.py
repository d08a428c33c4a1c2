"""The commands of the language server: check before signing, suppress with a reason, read a rule."""

from __future__ import annotations

from typing import Any

from lsprotocol import types as lsp

from notelint.editor import lens
from notelint.editor.actions import OPEN_RULE, SUPPRESS
from notelint.editor.desk import sidecar_path
from notelint.editor.rulepages import page_path, rule_page
from notelint.editor.server import NoteServer
from notelint.editor.suppressing import add_suppression, first_words
from notelint.errors import NotelintError

CHECK_BEFORE_SIGNING = "notelint.checkBeforeSigning"
SHOW_SUMMARY = "notelint.showSummary"
RULE_PAGE = "notelint.rulePage"

NOT_OPEN = "This document is not open as a therapy note."

#: What an author may choose as a reason where the client cannot ask for words.
REASONS = (
    "Documented elsewhere in the record",
    "Accepted practice of this clinic",
    "False alarm",
)


def register_commands(server: NoteServer) -> None:
    """Adds the commands to a server."""

    @server.command(CHECK_BEFORE_SIGNING)
    async def check_before_signing(ls: NoteServer, uri: str) -> str | None:
        session = await ls.fresh(uri)
        if session is None or session.checked is None:
            ls.tell(NOT_OPEN, _WARNING)
            return None
        session.signing = True
        session.rest()
        ls.soon(uri, 0.0)
        text = lens.signing_summary(session.checked, ls.shown(session))
        added = ls.desk.checks(uri).arithmetic(session.checked.note)
        ls.tell("\n".join([text, *(item.as_line() for item in added)]))
        return text

    @server.command(SHOW_SUMMARY)
    async def show_summary(ls: NoteServer, uri: str) -> str | None:
        session = await ls.fresh(uri)
        if session is None or session.checked is None:
            ls.tell(NOT_OPEN, _WARNING)
            return None
        text = f"{lens.summary(session.checked, ls.shown(session))}. {lens.SILENCE}"
        ls.tell(text)
        return text

    @server.command(SUPPRESS)
    async def suppress(ls: NoteServer, uri: str, rule: str, fingerprint: str, *words: Any) -> bool:
        path = sidecar_path(uri)
        if path is None or not ls.desk.may_suppress(uri):
            ls.tell("A suppression needs a saved note in a trusted workspace.", _WARNING)
            return False
        given = words[0] if words and isinstance(words[0], str) else ""
        reason = given.strip() or await _reason(ls, rule)
        if not reason:
            return False
        try:
            add_suppression(
                path, rule=rule, reason=reason, start_words=_words(ls, uri, fingerprint)
            )
        except (NotelintError, OSError) as error:
            what = str(error) if isinstance(error, NotelintError) else type(error).__name__
            ls.tell(f"The sidecar {path.name} was not written: {what}", _WARNING)
            return False
        ls.desk.reload()
        ls.relint()
        return True

    @server.command(RULE_PAGE)
    def show_page(ls: NoteServer, uri: str, rule: str) -> str:
        found = ls.desk.checks(uri).rule(rule)
        return rule_page(found) if found else f"There is no rule '{rule}'."

    @server.command(OPEN_RULE)
    async def open_rule(ls: NoteServer, rule: str) -> bool:
        path = page_path(rule)
        if path is None or not ls.abilities.show_document:
            ls.tell(f"Run 'notelint rule {rule}' to read about this rule.")
            return False
        await ls.window_show_document_async(
            lsp.ShowDocumentParams(uri=path.as_uri(), take_focus=True)
        )
        return True


_WARNING = lsp.MessageType.Warning


async def _reason(server: NoteServer, rule: str) -> str | None:
    answer = await server.window_show_message_request_async(
        lsp.ShowMessageRequestParams(
            type=lsp.MessageType.Info,
            message=f"Why is {rule} suppressed here?",
            actions=[lsp.MessageActionItem(reason) for reason in REASONS],
        )
    )
    return answer.title if answer else None


def _words(server: NoteServer, uri: str, fingerprint: str) -> str:
    """The first words of a finding of an open document; empty if it has none."""
    session = server.sessions.get(uri)
    checked = session.checked if session else None
    for finding in checked.findings if checked else ():
        if finding.fingerprint == fingerprint and finding.start is not None and checked:
            return first_words(checked.note.text[finding.start : finding.end])
    return ""
