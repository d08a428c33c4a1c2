"""A note's text as HTML with its findings marked; marks may overlap and nest."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from html import escape

from notelint.reports.style import visible

_RANK = {"error": 3, "warning": 2, "info": 1}

#: start, end, severity and number of a finding.
Mark = tuple[int, int, str, int]


def marked(text: str, marks: Sequence[Mark], anchor: str) -> str:
    """Returns escaped text in which every marked stretch is one ``<mark>``.

    The text is cut wherever a mark begins or ends, so overlapping marks give pieces that carry
    the gravest severity. A mark's number is a link to ``#anchor-number`` behind its last word.
    """
    cuts = sorted({0, len(text), *(m[0] for m in marks), *(m[1] for m in marks)})
    parts: list[str] = []
    for low, high in itertools.pairwise(cuts):
        over = [mark for mark in marks if mark[0] <= low and high <= mark[1] and mark[0] < mark[1]]
        piece = _shown(text[low:high])
        if over:
            gravest = max(over, key=lambda mark: _RANK.get(mark[2], 0))
            piece = f'<mark class="{gravest[2]}">{piece}</mark>'
        parts.append(piece)
        parts += _links((mark for mark in marks if mark[1] == high and high > 0), anchor)
    if not text:
        parts += _links(marks, anchor)
    return "".join(parts)


def _links(marks: Iterable[Mark], anchor: str) -> list[str]:
    return [f'<a class="ref" href="#{anchor}-{number}">{number}</a>' for *_, number in marks]


def _shown(text: str) -> str:
    """Escapes a piece; line ends stay, what would act or hide is shown as its code point."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(
        "\t".join(escape(visible(cell)) for cell in line.split("\t")) for line in lines
    )
