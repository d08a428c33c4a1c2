"""Patterns that are compiled when they are first used.

The grammars hold some four hundred patterns; compiling them all takes a third of a second, which is
longer than most runs from the cache take. A note uses a part of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn")


class _Late:
    """Stands for a pattern until it is first used; then its methods are the pattern's own."""

    def __init__(self, make: Callable[[], re.Pattern[str]]) -> None:
        self._make = make

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name == "_make":
            raise AttributeError(name)
        pattern = self._make()
        self.__dict__.update({method: getattr(pattern, method) for method in _METHODS})
        return getattr(pattern, name)

    def __reduce__(self) -> tuple[Any, ...]:
        return re.compile, (self.pattern, self.flags)


def late(make: Callable[[], re.Pattern[str]]) -> re.Pattern[str]:
    """Returns what behaves as the pattern that ``make`` compiles, which is called at first use."""
    return cast("re.Pattern[str]", _Late(make))
