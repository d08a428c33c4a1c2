"""The cache's file: a table of keys and results, private to its owner.

A damaged or locked store is no error: the run goes on without it and says so once.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from datetime import date
from pathlib import Path

FOLDER = ".notelint_cache"
FILE = "results.sqlite3"
KEY = "key"
FORMAT = 1

#: Results that no run has asked for in so many days are dropped.
KEEP_DAYS = 30
BATCH = 500

_TAG = (
    "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# This directory holds results of notelint. It can be deleted at any time.\n"
)


class StoreError(Exception):
    """The store cannot be used; the message says why, without any content."""


class Store:
    """Keeps bytes under keys in a folder of its own.

    Args:
        folder: made with mode 0700 if it is missing; its files have mode 0600.

    Raises:
        StoreError: the folder is not ours, or cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._fresh: dict[bytes, bytes] = {}
        self._seen: list[bytes] = []
        self._today = date.today().toordinal()
        try:
            self._prepare()
            self.secret = self._secret()
            self._table = self._open()
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"cannot be used ({type(error).__name__})") from None

    def get(self, key: bytes) -> bytes | None:
        """Returns what is kept under a key. Raises ``StoreError`` if the file is damaged."""
        try:
            row = self._table.execute("SELECT value, used FROM results WHERE key = ?", (key,))
            found = row.fetchone()
        except sqlite3.Error as error:
            raise StoreError(f"is damaged ({type(error).__name__})") from None
        if found is None:
            return None
        if found[1] != self._today:
            self._seen.append(key)
        return bytes(found[0])

    def put(self, key: bytes, value: bytes) -> None:
        self._fresh[key] = value
        if len(self._fresh) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Writes what is new in one transaction; a store that is busy elsewhere is left alone."""
        if not self._fresh and not self._seen:
            return
        try:
            with self._table:
                self._table.executemany(
                    "INSERT OR REPLACE INTO results VALUES (?, ?, ?)",
                    [(key, value, self._today) for key, value in self._fresh.items()],
                )
                self._table.executemany(
                    "UPDATE results SET used = ? WHERE key = ?",
                    [(self._today, key) for key in self._seen],
                )
                self._table.execute(
                    "DELETE FROM results WHERE used < ?", (self._today - KEEP_DAYS,)
                )
        except sqlite3.OperationalError:
            pass  # locked by another run, or the disk is full: a cache may forget
        except sqlite3.Error as error:
            raise StoreError(f"is damaged ({type(error).__name__})") from None
        finally:
            self._fresh.clear()
            self._seen.clear()

    def close(self) -> None:
        try:
            self.flush()
        finally:
            self._table.close()

    def forget(self) -> None:
        """Deletes a damaged file, so that the next run starts a new one."""
        self._table.close()
        (self.folder / FILE).unlink(missing_ok=True)

    def _prepare(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        info = self.folder.stat()
        if hasattr(os, "getuid") and info.st_uid != os.getuid():
            raise StoreError("belongs to another user")
        if info.st_mode & 0o077:
            self.folder.chmod(0o700)
        _write_once(self.folder / ".gitignore", b"*\n")
        _write_once(self.folder / "CACHEDIR.TAG", _TAG.encode())

    def _secret(self) -> bytes:
        path = self.folder / KEY
        _write_once(path, secrets.token_bytes(32))
        secret = path.read_bytes()
        if len(secret) != 32:
            path.unlink()
            raise StoreError("has a damaged key")
        return secret

    def _open(self) -> sqlite3.Connection:
        path = self.folder / FILE
        _write_once(path, b"")
        table = sqlite3.connect(path, timeout=2.0)
        try:
            table.execute("PRAGMA synchronous = OFF")
            (kept,) = table.execute("PRAGMA user_version").fetchone()
            if kept != FORMAT:
                table.execute("DROP TABLE IF EXISTS results")
                table.execute(
                    "CREATE TABLE results (key BLOB PRIMARY KEY, value BLOB, used INTEGER) "
                    "WITHOUT ROWID"
                )
                table.execute(f"PRAGMA user_version = {FORMAT}")
                table.commit()
        except sqlite3.DatabaseError as error:
            table.close()
            if not isinstance(error, sqlite3.OperationalError):
                path.unlink(missing_ok=True)
            raise
        return table


def _write_once(path: Path, data: bytes) -> None:
    """Writes a new file that only its owner can read; an existing one stays."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "wb") as out:
        out.write(data)


def remove(folder: Path) -> bool:
    """Deletes a cache's own files and its folder if nothing else is in it.

    Returns False, having deleted nothing, for a folder that does not carry our tag.
    """
    tag = folder / "CACHEDIR.TAG"
    if not tag.is_file() or "notelint" not in tag.read_text(encoding="utf-8", errors="replace"):
        return False
    for name in (FILE, f"{FILE}-journal", KEY, ".gitignore", "CACHEDIR.TAG"):
        (folder / name).unlink(missing_ok=True)
    if not any(folder.iterdir()):
        folder.rmdir()
    return True
