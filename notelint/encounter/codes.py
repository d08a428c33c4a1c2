"""The procedure codes that a note writes for the visit: no postal code, no empty box of a form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.language.boxes import in_empty_box
from notelint.language.reading import Quantity, Reading

#: "Forest Grove OR 97116": five digits behind a state of the west.
_POSTAL = re.compile(r"[a-z]{3,},?[ \t](?:AK|CA|HI|OR|WA)[ \t]{1,2}$")


def codes_in(reading: Reading, start: int, end: int) -> Iterator[Quantity]:
    """Yields the codes of a stretch in text order."""
    for quantity in reading.quantities_in(start, end, "code"):
        at = quantity.start
        if in_empty_box(reading, at) or _POSTAL.search(reading.text, max(0, at - 24), at):
            continue
        yield quantity
