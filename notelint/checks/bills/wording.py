"""Words for counts of units, the same in every message."""

from __future__ import annotations

CMS = "the CMS total-time rule"
MIDPOINT = "the CPT midpoint rule"


def units_word(count: int) -> str:
    """``1 unit``, ``3 units``."""
    return f"{count} unit" if count == 1 else f"{count} units"


def billed_word(count: int) -> str:
    """``1 is billed``, ``4 are billed``."""
    return f"{count} is billed" if count == 1 else f"{count} are billed"
