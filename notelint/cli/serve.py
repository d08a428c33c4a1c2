"""``notelint serve``: the HTTP server for web front ends, on this computer."""

from __future__ import annotations

import re
import socket
import sys
from pathlib import Path

import typer

from notelint.errors import UsageError

DEFAULT_PORT = 8345
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?\Z")


def register(app: typer.Typer) -> None:
    """Adds the command to the app."""
    app.command("serve")(serve)


def serve(
    port: int = typer.Option(
        DEFAULT_PORT, min=0, max=65535, help="Port on 127.0.0.1; 0 takes a free one."
    ),
    origin: list[str] = typer.Option(
        [], "--origin", help="A page that may use the server: https://ehr.example (repeatable)."
    ),
    token_file: Path | None = typer.Option(
        None, help="File with the token clients must show; a new one by default."
    ),
    config: Path | None = typer.Option(None, help="The config file to use; no other is read."),
) -> None:
    """Serve web front ends over HTTP on this computer, with a page to try it."""
    try:
        import uvicorn

        from notelint.editor.http import http_app
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("starlette", "uvicorn"):
            raise
        raise UsageError(
            "the HTTP server is not installed.", remedy="Run: pip install 'notelint[serve]'"
        ) from None
    from notelint.config import Config
    from notelint.editor.build import Builder, warmed
    from notelint.editor.guard import uvicorn_options

    for page in origin:
        if not _ORIGIN.match(page):
            raise UsageError(
                f"--origin does not take '{page}'.",
                remedy="Write scheme, host and port, nothing behind: https://ehr.example",
            )
    token = _token(token_file)
    chosen = Config.for_folder(Path.cwd(), explicit=config)
    checker = warmed(Builder(), chosen)
    with _listening(port) as sock:
        port = sock.getsockname()[1]
        served = http_app(checker, tokens={"client": token}, port=port, origins=origin)
        link = f"http://127.0.0.1:{port}/"
        print(link if token_file else f"{link}#token={token}", flush=True)
        print("Ctrl-C stops the server. Nothing that is sent to it is kept.", file=sys.stderr)
        uvicorn.Server(uvicorn.Config(served, **uvicorn_options())).run(sockets=[sock])


def _token(file: Path | None) -> str:
    """Reads the token, or makes one.

    Raises:
        UsageError: the file cannot be read, or its token is too short to be safe.
    """
    from notelint.editor.guard import new_token

    if file is None:
        return new_token()
    try:
        token = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise UsageError("the token file cannot be read.", where=str(file)) from None
    if len(token) < 20 or not token.isascii() or not token.isprintable():
        raise UsageError(
            "the token is too short or has unprintable characters.",
            where=str(file),
            remedy="Use 20 or more letters and digits that nobody can guess.",
        )
    return token


def _listening(port: int) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind(("127.0.0.1", port))
        sock.listen()  # the link is good from the moment it is printed
    except OSError as error:
        sock.close()
        raise UsageError(
            f"port {port} cannot be used: {error.strerror}.", remedy="Choose another --port, or 0."
        ) from None
    return sock
