"""The command line: one module a command, each imported here without its heavy parts.

A command module has a function ``register(app)``. Whatever is heavy (spaCy, YAML, HTTP) is
imported inside the command's function, so that ``--help`` and ``rule`` start fast.
"""

from __future__ import annotations

import gc
import sys
from importlib import import_module

import typer

from notelint import __version__
from notelint.errors import NotelintError

#: Command modules of ``notelint.cli`` in the order in which ``--help`` lists them.
COMMANDS: tuple[str, ...] = (
    "check", "explain", "rule", "test", "eval", "units", "inspect", "config", "init", "clean", "doctor",
    "lsp", "serve",
    "sample", "review", "estimate", "report",
)  # fmt: skip

#: So many objects are made before the garbage collector looks for cycles. A note's reading makes
#: thousands that die without its help; by Python's own 700 it took a fifth of the time of a lint.
SWEEP_AFTER = 50_000

app = typer.Typer(
    name="notelint",
    help="The linter for the documentation language of rehab therapy notes (PT, OT, SLP).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"notelint {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: bool = typer.Option(
        False, "--version", "-V", callback=_version, is_eager=True, help="Print the version."
    ),
) -> None:
    """The linter for the documentation language of rehab therapy notes (PT, OT, SLP)."""


for _name in COMMANDS:
    import_module(f"notelint.cli.{_name}").register(app)


def main() -> None:
    """Runs the command line; a ``NotelintError`` becomes one message and exit status 2."""
    gc.set_threshold(SWEEP_AFTER)
    try:
        app()
    except NotelintError as error:
        print(f"notelint: {error}", file=sys.stderr)
        raise SystemExit(2) from None
    except KeyboardInterrupt:
        print("notelint: interrupted", file=sys.stderr)
        raise SystemExit(130) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None
