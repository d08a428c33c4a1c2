"""The cache as a run uses it: a note in, its result of an earlier run out, or None."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from notelint.cache.keys import Keys
from notelint.cache.results import Results
from notelint.cache.store import Store, StoreError
from notelint.engine import NoteResult
from notelint.note import Note


@dataclass(slots=True)
class Cache:
    """Results by note and context. Trouble with it is told once and never stops a run.

    Args:
        folder: where it lives.
        warn: is told, once, why the cache is not used.
    """

    folder: Path
    warn: Callable[[str], None]
    hits: int = 0
    _store: Store | None = None
    _results: Results = field(default_factory=Results)

    @classmethod
    def open(cls, folder: Path, warn: Callable[[str], None]) -> Cache:
        cache = cls(folder, warn)
        try:
            cache._store = Store(folder)
        except StoreError as error:
            cache._tell(error)
        return cache

    def keys(self, *parts: str) -> Keys | None:
        """Returns the maker of keys for one choice of rules and settings."""
        return Keys.of(self._store.secret, *parts) if self._store else None

    def get(self, key: bytes, note: Note, index: int) -> NoteResult | None:
        """Returns the kept result of a note, placed where the note stands now."""
        if self._store is None:
            return None
        try:
            data = self._store.get(key)
            result = self._results.told(data, note, index) if data is not None else None
        except StoreError as error:
            self._give_up(error)
            return None
        except (ValueError, LookupError, TypeError, AttributeError):
            self._give_up(StoreError("is damaged"))
            return None
        self.hits += result is not None
        return result

    def put(self, key: bytes, note: Note, result: NoteResult) -> None:
        if self._store is None:
            return
        data = self._results.kept(result, note)
        if data is None:
            return
        try:
            self._store.put(key, data)
        except StoreError as error:
            self._give_up(error)

    def close(self) -> None:
        if self._store is None:
            return
        try:
            self._store.close()
        except StoreError as error:
            self._tell(error)

    def _give_up(self, error: StoreError) -> None:
        self._tell(error)
        if self._store is not None:
            self._store.forget()
        self._store = None

    def _tell(self, error: StoreError) -> None:
        self.warn(f"the cache in {self.folder} {error}; it is not used in this run.")
