"""What the servers may log: types and places of errors, never what a client sent.

pygls logs the bodies of messages at INFO and the parameters of failed ones at ERROR, so its
loggers are shut altogether.
"""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

logger = logging.getLogger("notelint.editor")


def silence_pygls() -> None:
    """Keeps pygls and asyncio from writing anything a client sent."""
    for name in ("pygls", "asyncio"):
        shut = logging.getLogger(name)
        shut.setLevel(logging.CRITICAL + 1)
        shut.propagate = False


def describe(error: BaseException) -> str:
    """Returns the type of an error and the line of ours it came from; never its text."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
