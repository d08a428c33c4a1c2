"""One cell that holds charges as billing screens print them: ``97530-GP x2; 97110 (1) 15 min``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_CODE = re.compile(
    r"(?<![A-Za-z0-9])([0-9]{5}|[A-Za-z][0-9]{4}|[0-9]{4}[A-Za-z])(?:\.0+)?(?![A-Za-z0-9.])"
)
#: What may follow a code. A bare number is minutes or units, nobody knows which, but for the modifiers
#: of digits; the other words are the code's name.
_PARTS = re.compile(
    r"""
    (?P<minutes> (?<![\w.])(?P<m>\d{1,3}(?:\.\d+)?) \s* (?:min(?:ute)?s?|m|') (?![A-Za-z]) )
    | (?P<units> \b[xX*] \s* (?P<u1>\d{1,2})\b | ×\s*(?P<u2>\d{1,2})\b
        | (?<![\w.])(?P<u3>\d{1,2}) \s* (?:units?|un|u)\b
        | \(\s*(?P<u4>\d{1,2})\s*\) | \bunits? \s* [:=]? \s* (?P<u5>\d{1,2})\b )
    | (?P<modifier> \b(?:G[A-Z]|K[0-9X]|C[OQ]|X[EPSU]|LT|RT|U[1-9A-D]|T[A-Z]|HQ|93|95|59|52|22|76|77)\b )
    | (?P<name> [A-Z][A-Z'&./-]* )
    | (?P<mark> [\s,;:/|()\[\].+&–—-] )
    """,
    re.VERBOSE | re.IGNORECASE,
)


def charges_in(cell: str) -> Iterator[dict[str, Any]]:
    """Yields the charges of a cell: ``code`` and what stands beside it of ``modifiers``, ``units``
    and ``minutes``.

    Raises:
        ValueError: a number stands there that is none of these; nothing of the cell is then known.
    """
    codes = list(_CODE.finditer(cell))
    if not codes:
        raise ValueError("there is no code in it")
    if cell[: codes[0].start()].strip(" \t\r\n,;:|([-"):
        raise ValueError("words stand before the first code")
    for code, after in zip(codes, [*codes[1:], None], strict=True):
        end = after.start() if after is not None else len(cell)
        yield {"code": code[1].upper(), **_facts(cell, code.end(), end)}


def _facts(cell: str, at: int, end: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    while at < end:
        part = _PARTS.match(cell, at, end)
        if part is None:
            raise ValueError("a number stands beside a code that is neither units nor minutes")
        at = part.end()
        if part["modifier"]:
            found.setdefault("modifiers", []).append(part["modifier"].upper())
        elif part["minutes"]:
            found["minutes"] = float(part["m"])
        elif part["units"]:
            found["units"] = int(
                next(part[name] for name in ("u1", "u2", "u3", "u4", "u5") if part[name])
            )
    return found
