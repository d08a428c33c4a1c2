"""Notices clinical notes that are about to leave with a repository.

A note committed to a repository with a remote is published wherever that remote is. ``check``
says so once.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Tracked:
    """Asks git, once a repository, which files it tracks and whether it has a remote."""

    _folders: dict[Path, Path | None] = field(default_factory=dict)
    _repositories: dict[Path, frozenset[str]] = field(default_factory=dict)

    def leaves(self, file: str) -> bool:
        """Whether git tracks the file in a repository that has a remote."""
        if file.startswith("<"):
            return False
        path = Path(file.partition("!")[0]).absolute()
        root = self._root(path.parent)
        if root is None:
            return False
        if root not in self._repositories:
            self._repositories[root] = _published(root)
        return path.relative_to(root).as_posix() in self._repositories[root]

    def _root(self, folder: Path) -> Path | None:
        if folder not in self._folders:
            found = next((f for f in (folder, *folder.parents) if (f / ".git").exists()), None)
            self._folders[folder] = found
        return self._folders[folder]


def _published(root: Path) -> frozenset[str]:
    """Returns the tracked files of a repository with a remote; none without one or without git."""
    if not _git(root, "remote").strip():
        return frozenset()
    return frozenset(_git(root, "ls-files", "-z").split("\0")) - {""}


def _git(root: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(
            ("git", "-C", str(root), *arguments),
            capture_output=True, check=True, timeout=30, text=True, errors="surrogateescape",
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout
