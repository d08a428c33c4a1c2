"""The dated billing tables of a pack, built once for each pack."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from notelint.billing.tables import BillingTables, tables_from

if TYPE_CHECKING:
    from notelint.rulebook.pack import Pack


class _Held:
    """A pack as a key: two are equal when they hold the same object."""

    __slots__ = ("pack",)

    def __init__(self, pack: Pack) -> None:
        self.pack = pack

    def __hash__(self) -> int:
        return id(self.pack)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.pack is self.pack


def tables_of(pack: Pack) -> BillingTables:
    """Returns the tables of a pack.

    Raises:
        RuleError: a data file of the pack is missing or cannot be read.
    """
    return _built(_Held(pack))


@lru_cache(maxsize=4)
def _built(held: _Held) -> BillingTables:
    return tables_from(held.pack.data)
