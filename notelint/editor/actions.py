"""What an author may do about a finding: add the wording, keep it quiet with a reason, read why.

No action replaces a word, and none mends everything at once: a note is a clinical record.
"""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types as lsp

from notelint.editor.abilities import Abilities
from notelint.editor.diagnostics import at, diagnostics, range_of
from notelint.editor.draft import Shown
from notelint.editor.session import Session
from notelint.editor.snippet import as_snippet, joined
from notelint.finding import Finding

SUPPRESS = "notelint.suppress"
OPEN_RULE = "notelint.openRule"


def actions(
    session: Session,
    shown: Shown,
    start: int,
    end: int,
    *,
    abilities: Abilities,
    can_suppress: bool,
) -> Iterator[lsp.CodeAction]:
    """Yields the actions for every lead that touches a stretch of the document.

    Args:
        start, end: document offsets.
        abilities: the client's; without snippet edits the placeholders stay as text.
        can_suppress: there is a sidecar that may be written.
    """
    marks = {
        d.data["fingerprint"]: d
        for d in diagnostics(session, shown, related=abilities.related)
        if d.data
    }
    for lead, _ in at(session, shown, start, end):
        mark = marks.get(lead.fingerprint)
        attached = [mark] if mark else None
        insert = _insert(session, lead, abilities)
        if insert is not None:
            yield lsp.CodeAction(
                title=f"Add wording after this statement ({lead.code}; fill the brackets)",
                kind=lsp.CodeActionKind.QuickFix,
                diagnostics=attached,
                edit=insert,
            )
        if can_suppress:
            yield _command(
                f"Suppress {lead.code} here, with a reason…",
                SUPPRESS,
                [session.uri, lead.name, lead.fingerprint],
                attached,
            )
        yield _command(f"Why {lead.code} {lead.name}?", OPEN_RULE, [lead.name], attached)


def _insert(session: Session, lead: Finding, abilities: Abilities) -> lsp.WorkspaceEdit | None:
    """The edit that adds a rewrite behind the statement, bound to the version it was made for."""
    offset = session.insertion(lead)
    rewrite = lead.suggestion.rewrite
    if offset is None or not rewrite:
        return None
    text = joined(rewrite, session.text[:offset])
    place = range_of(session, offset, offset)
    plain = lsp.TextEdit(place, text)
    if not abilities.versioned:
        return lsp.WorkspaceEdit(changes={session.uri: [plain]})
    edit: lsp.TextEdit | lsp.SnippetTextEdit = plain
    if abilities.snippets:
        edit = lsp.SnippetTextEdit(place, lsp.StringValue(as_snippet(text)))
    document = lsp.OptionalVersionedTextDocumentIdentifier(session.uri, session.version)
    return lsp.WorkspaceEdit(document_changes=[lsp.TextDocumentEdit(document, [edit])])


def _command(
    title: str, name: str, arguments: list[str], attached: list[lsp.Diagnostic] | None
) -> lsp.CodeAction:
    return lsp.CodeAction(
        title=title,
        kind=lsp.CodeActionKind.QuickFix,
        diagnostics=attached,
        command=lsp.Command(title, name, arguments=list(arguments)),
    )
