"""``notelint review``: the review desk, a web page on this computer."""

from __future__ import annotations

import re
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from notelint.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from notelint.audit.manifest import Manifest

REVIEWER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
DEFAULT_PORT = 8320
SEVERITIES = ("info", "warning", "error")


def register(app: typer.Typer) -> None:
    app.command("review")(review)


def review(
    manifest: Path = typer.Argument(metavar="SAMPLE", help="The manifest of 'notelint sample'."),
    paths: list[str] | None = typer.Argument(
        None, metavar="[PATHS]...", help="The notes; those of the manifest by default."
    ),
    reviewer: list[str] = typer.Option(
        [], "--reviewer", help="Who reviews: initials or a name (repeatable, one link each)."
    ),
    log: Path | None = typer.Option(
        None, help="The review log; beside the manifest by default (q4.review.jsonl)."
    ),
    blind: bool = typer.Option(
        False, "--blind", help="Hide the findings of a note until its reader has answered."
    ),
    second_reader: str = typer.Option(
        "0", metavar="SHARE", help="Share that two reviewers read, such as 5%."
    ),
    spares: int = typer.Option(0, min=0, help="Add so many spares of each group to the pile."),
    min_severity: str = typer.Option("warning", help="Lowest severity to judge."),
    port: int = typer.Option(DEFAULT_PORT, help="Port on 127.0.0.1; 0 takes a free one."),
    verify_log: bool = typer.Option(False, "--verify-log", help="Check the log's chain and stop."),
    gold: Path | None = typer.Option(
        None, metavar="FILE", help="Write the reviewed notes with gold labels, and stop."
    ),
) -> None:
    """Review a sample in the browser, with the keyboard. Stops with Ctrl-C; nothing is lost."""
    from notelint.audit.files import beside
    from notelint.audit.manifest import load_manifest

    log = log or beside(manifest, "review.jsonl")
    if verify_log:
        raise typer.Exit(_verify_log(log))
    made = load_manifest(manifest)
    if gold:
        _write_gold(made, paths or [], log, gold)
        return
    for name in reviewer:
        if not REVIEWER.fullmatch(name):
            raise UsageError(f"--reviewer does not take '{name}'.", remedy="Use initials: mb.")
    _serve(
        made, paths or [], log, list(dict.fromkeys(reviewer)) or ["reviewer"], port,
        blind=blind, share=_share(second_reader), spares=spares, min_severity=min_severity,
    )  # fmt: skip


def _serve(
    made: Manifest,
    paths: list[str],
    log: Path,
    reviewers: list[str],
    port: int,
    *,
    blind: bool,
    share: float,
    spares: int,
    min_severity: str,
) -> None:
    try:
        import uvicorn

        from notelint.audit.webapp import review_app
    except ImportError:
        raise UsageError(
            "This needs Starlette and uvicorn, which are not installed.",
            remedy="Install them with: pip install 'notelint[qa]'.",
        ) from None
    from notelint.audit.desk import Desk, DeskOptions
    from notelint.audit.examine import examine
    from notelint.audit.files import beside
    from notelint.audit.intake import intake
    from notelint.audit.ledger import Ledger
    from notelint.cli.sample import tell
    from notelint.editor.guard import new_token, uvicorn_options
    from notelint.engine import Linter

    if min_severity not in SEVERITIES:
        raise UsageError(
            f"--min-severity does not know '{min_severity}'.",
            remedy=did_you_mean(min_severity, SEVERITIES),
        )
    source = intake(paths, made.paths, tell)
    wanted = {note for notes in made.notes.values() for note in notes}
    print("Reading the notes…", file=sys.stderr)
    examination = examine(source.notes(), Linter(source.settings()), wanted)
    for problem in examination.problems:
        tell(problem)
    options = DeskOptions(blind, share, spares, min_severity)
    with _listening(port) as sock:
        port = sock.getsockname()[1]
        ledger = Ledger(log, beside(log, "index.sqlite"))
        desk = Desk(made, examination, ledger, reviewers, options)
        tokens = {who: new_token() for who in reviewers}
        print(f"{len(desk.pile)} {made.unit}s to review; the log is {log}.", file=sys.stderr)
        for who, token in tokens.items():
            print(f"{who}: http://127.0.0.1:{port}/#token={token}", flush=True)
        print("Open your link. Ctrl-C stops the desk; what was saved stays.", file=sys.stderr)
        config = uvicorn.Config(review_app(desk, tokens, port), **uvicorn_options())
        uvicorn.Server(config).run(sockets=[sock])
        ledger.close()


def _listening(port: int) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind(("127.0.0.1", port))
    except OSError as error:
        sock.close()
        raise UsageError(
            f"Port {port} cannot be used: {error.strerror}.", remedy="Choose another --port, or 0."
        ) from None
    return sock


def _share(text: str) -> float:
    try:
        share = float(text.rstrip("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise UsageError(f"--second-reader does not take '{text}'.", remedy="Write 5% or 0.05.")
    return share


def _verify_log(log: Path) -> int:
    from notelint.audit.eventlog import BrokenLog, check_chain
    from notelint.audit.files import beside
    from notelint.audit.ledger import Ledger

    if not log.exists():
        raise UsageError("There is no review log.", where=str(log))
    head, found = check_chain(log)
    index = beside(log, "index.sqlite")
    if found is None and index.exists():
        try:
            Ledger(log, index).close()
        except BrokenLog as error:
            found = error.found
    if found:
        print(f"{log}:{found.line}: tampered with or damaged: {found.what}.")
        return 1
    print(f"{log}: {head.events} events, chain unbroken, last hash {head.hash}")
    return 0


def _write_gold(made: Manifest, paths: list[str], log: Path, output: Path) -> None:
    from notelint.audit.files import write_private
    from notelint.audit.gold import gold_lines
    from notelint.audit.intake import intake
    from notelint.audit.ledger import Ledger
    from notelint.cli.sample import tell

    source = intake(paths, made.paths, tell)
    lines = list(gold_lines(source.notes(), Ledger(log)))
    write_private(output, "".join(line + "\n" for line in lines))
    print(f"{len(lines)} reviewed notes with labels → {output}", file=sys.stderr)
