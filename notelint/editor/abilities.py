"""What a language client can do, as far as the server acts on it."""

from __future__ import annotations

from dataclasses import dataclass

from lsprotocol import types as lsp


@dataclass(frozen=True, slots=True)
class Abilities:
    """Abilities a client declared. A client that declares nothing gets plain pushed diagnostics."""

    pull: bool = False
    related: bool = False
    snippets: bool = False
    versioned: bool = False
    configuration: bool = False
    watch: bool = False
    show_document: bool = False
    refresh_diagnostics: bool = False
    refresh_lenses: bool = False

    @classmethod
    def of(cls, client: lsp.ClientCapabilities) -> Abilities:
        text = client.text_document or lsp.TextDocumentClientCapabilities()
        space = client.workspace or lsp.WorkspaceClientCapabilities()
        window = client.window or lsp.WindowClientCapabilities()
        edits = space.workspace_edit or lsp.WorkspaceEditClientCapabilities()
        pushed = text.publish_diagnostics
        pulled = text.diagnostic
        watched = space.did_change_watched_files
        return cls(
            pull=pulled is not None,
            related=bool(
                (pushed and pushed.related_information) or (pulled and pulled.related_information)
            ),
            snippets=bool(edits.snippet_edit_support),
            versioned=bool(edits.document_changes),
            configuration=bool(space.configuration),
            watch=bool(watched and watched.dynamic_registration),
            show_document=bool(window.show_document and window.show_document.support),
            refresh_diagnostics=bool(space.diagnostics and space.diagnostics.refresh_support),
            refresh_lenses=bool(space.code_lens and space.code_lens.refresh_support),
        )
