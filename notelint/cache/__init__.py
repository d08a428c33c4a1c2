"""Results of unchanged notes, kept without their words, so that a second run need not read them."""

from __future__ import annotations

from notelint.cache.cache import Cache

__all__ = ["Cache"]
