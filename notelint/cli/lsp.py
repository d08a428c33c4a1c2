"""``notelint lsp``: the language server for editors."""

from __future__ import annotations

import typer

from notelint.errors import UsageError


def register(app: typer.Typer) -> None:
    """Adds the command to the app."""

    @app.command("lsp")
    def lsp() -> None:
        """Serve an editor over standard input and output (Language Server Protocol)."""
        try:
            from notelint.editor.stdio import serve
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
                raise
            raise UsageError(
                "the language server is not installed.",
                remedy="Run: pip install 'notelint[lsp]'",
            ) from None
        from notelint.editor.build import Builder

        serve(Builder())
