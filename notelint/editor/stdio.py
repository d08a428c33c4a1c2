"""Runs the language server on standard input and output."""

from __future__ import annotations

import logging
import os
import sys

from notelint.editor.desk import Build, Desk
from notelint.editor.features import register
from notelint.editor.logs import logger, silence_pygls
from notelint.editor.server import NoteServer


def serve(build: Build) -> None:
    """Serves one client until it says goodbye or closes the pipe.

    Whatever prints meanwhile goes to standard error: the pipe to the client carries protocol
    frames and nothing else.
    """
    silence_pygls()
    if not logger.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("notelint: %(message)s"))
        logger.addHandler(handler)
        logger.propagate = False
    frames = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    register(NoteServer(Desk(build))).start_io(sys.stdin.buffer, frames)
