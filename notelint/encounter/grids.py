"""Billing grids: rows under column heads (code, minutes, units, in, out), in any of three layouts.

Columns are parted by ``|``, a tab or two spaces. A number means minutes or units only by its head.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from notelint.encounter.anchors import Anchor
from notelint.encounter.clocks import spanned
from notelint.encounter.encounter import TimeRole, TimeStatement, UnitCount
from notelint.encounter.rows import Cell, cells_of
from notelint.language.reading import Reading, Span

_HEAD = re.compile(
    r"^(?=[^\n]*(?:cpt|code|procedure|service|intervention|treatment|description|charge))"
    r"(?=[^\n]*(?:[|\t]|\S[ ]{2,}\S))[^\n]*?\b(?:min|mins|minutes|units?)\b[^\n]*$",
    re.M,
)
_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "minutes",
        re.compile(
            r"(?:(?:total|timed|tx|treatment)\s)?(?:min|mins|minutes|time)(?:\s?\(min\))?\.?"
        ),
    ),
    ("units", re.compile(r"(?:billed |total )?(?:units?|u)")),
    (
        "code",
        re.compile(
            r"(?:cpt|code|procedure|service|intervention|treatment|description|charge)s?(?: code)?\.?"
        ),
    ),
    ("in", re.compile(r"(?:time )?in|start(?: time)?")),
    ("out", re.compile(r"(?:time )?out|(?:end|stop)(?: time)?")),
    ("modifiers", re.compile(r"mod(?:ifier)?s?\.?")),
)
_PIPE = re.compile(r"\|")
_TAB = re.compile(r"\t")
_SPACES = re.compile(r"[^\s](?:[^\s]| (?! ))*")
_WHOLE = re.compile(r"\s*(\d{1,3})(?:\.0)?\s?(?:minutes?|mins?|min|units?|u)?\.?\s*")
_TOTAL = re.compile(r"\s*(?:(?:grand|timed|treatment|tx|visit) )?(?:totals?|ttl|sum)\b")
_NUMBER = re.compile(r"[\s\d.]*(?:min\w*)?\s*")
_CODED_ROW = re.compile(r"\s*(?:9\d{4}|g\d{4})\b\s{2,}\d{1,3}\b")
_MODIFIER = re.compile(r"\b(?:g[pon]|c[qo]|kx|59|x[esup]|95|g[azxy])\b")


#: A line that begins further in goes on with the row above it.
_INDENT = 8


@dataclass(frozen=True, slots=True)
class Grid:
    """What one grid states."""

    place: Span
    times: tuple[TimeStatement, ...] = ()
    units: tuple[UnitCount, ...] = ()


def grids_of(reading: Reading, anchors: Sequence[Anchor]) -> Iterator[Grid]:
    """Yields the grids of a note."""
    lower = reading.lower
    done = 0
    for head in reading.matches(_HEAD):
        if head.start() < done:
            continue
        layout = _layout(lower, head.start(), head.end())
        if layout is None:
            continue
        columns = _columns(_cells(layout, lower, head.start(), head.end()))
        if "code" not in columns.values() or not set(columns.values()) & {"minutes", "units"}:
            continue
        grid = _grid(reading, anchors, layout, columns, head.start(), head.end())
        if grid is not None:
            done = grid.place.end
            yield grid


def _layout(lower: str, start: int, end: int) -> re.Pattern[str] | None:
    line = lower[start:end]
    if "|" in line:
        return _PIPE
    if "\t" in line.strip():
        return _TAB
    return _SPACES if re.search(r"\S\s{2,}\S", line) else None


def _cells(layout: re.Pattern[str], lower: str, start: int, end: int) -> list[Cell]:
    if layout is _SPACES:
        return [Cell(m.start(), m.end(), m.group()) for m in layout.finditer(lower, start, end)]
    return cells_of(lower, start, end, "|" if layout is _PIPE else "\t")


def _aligned(cells: Sequence[Cell], heads: Sequence[Cell], start: int, head: int) -> Sequence[Cell]:
    """The cells of a row set by blanks under their heads: an empty one leaves its place free."""
    if len(cells) >= len(heads):
        return cells
    row = [Cell(start, start, "") for _ in heads]
    for cell in cells:
        low, high = cell.start - start, cell.end - start
        under = min(
            range(len(heads)),
            key=lambda i: max(heads[i].start - head - high, low - (heads[i].end - head), 0),
        )
        row[under] = cell
    return row


def _columns(cells: Sequence[Cell]) -> dict[int, str]:
    found: dict[int, str] = {}
    for i, cell in enumerate(cells):
        words = cell.words.strip()
        for name, pattern in _COLUMNS:
            if pattern.fullmatch(words) and (name == "code" or name not in found.values()):
                found[i] = name
                break
    return found


def _grid(
    reading: Reading,
    anchors: Sequence[Anchor],
    layout: re.Pattern[str],
    columns: dict[int, str],
    start: int,
    head_end: int,
) -> Grid | None:
    lower = reading.lower
    heads = _cells(layout, lower, start, head_end)
    times: list[TimeStatement] = []
    units: list[UnitCount] = []
    at, last = head_end, head_end
    parted = False
    while at < len(lower):
        begin = at + 1 if lower[at] in "\r\n" else at
        if begin < len(lower) and lower[at] == "\r" and lower[begin] == "\n":
            begin += 1
        stop = _line_end(lower, begin)
        line = lower[begin:stop]
        if begin >= len(lower):
            break
        if not line.strip():
            if parted or layout is not _SPACES or last == head_end:
                break
            parted, at = True, stop
            continue
        if parted and not _CODED_ROW.match(line):
            break  # below a blank line only a row with code and number goes on
        parted = False
        if _is_rule(line):
            at = stop
            continue
        cells = _cells(layout, lower, begin, stop)
        if layout is _SPACES and len(cells) == 1 and cells[0].start - begin > _INDENT:
            at = stop  # the words of the row above go on
            continue
        if len(cells) > 1 and layout is _SPACES:
            cells = list(_aligned(cells, heads, begin, start))
        if layout is _PIPE and len(cells) > 1 and _goes_on(cells, columns):
            at = stop  # another line of what was done for the row above
            continue
        if len(cells) < 2 or not _read_row(anchors, cells, columns, times, units):
            break
        at = last = stop
    if not times and not units:
        return None
    return Grid(Span(start, last), tuple(times), tuple(units))


def _goes_on(cells: Sequence[Cell], columns: dict[int, str]) -> bool:
    """Whether a row leaves the columns of code, minutes and units empty."""
    named = [cell for i, cell in enumerate(cells) if i in columns and cell.words.strip(" -")]
    first = next((i for i, name in columns.items() if name == "code"), -1)
    opens = first < len(cells) and not cells[first].words.strip(" -")
    return opens and not any(_NUMBER.fullmatch(cell.words) for cell in named)


def _line_end(lower: str, start: int) -> int:
    ends = [i for i in (lower.find("\n", start), lower.find("\r", start)) if i >= 0]
    return min(ends, default=len(lower))


def _is_rule(line: str) -> bool:
    return not any(c.isalnum() for c in line)


def _read_row(
    anchors: Sequence[Anchor],
    cells: Sequence[Cell],
    columns: dict[int, str],
    times: list[TimeStatement],
    units: list[UnitCount],
) -> bool:
    """Reads one row; False where it is no row of the grid any more."""
    row = {
        columns[i]: cell for i, cell in enumerate(cells) if i in columns and columns[i] != "code"
    }
    start, end = cells[0].start, max(cell.end for cell in cells)
    first = next((cell.words for cell in cells if not _NUMBER.fullmatch(cell.words)), "")
    if _TOTAL.match(first):
        return _read_total(first, row, times, units)
    anchor = next((a for a in anchors if start <= a.start < end and a.code), None)
    if anchor is None:
        return False
    numbers = {name: match for name, cell in row.items() if (match := _WHOLE.fullmatch(cell.words))}
    if "minutes" in numbers:
        place = _placed(row["minutes"])
        role: TimeRole = "evaluation" if anchor.evaluation else "service"
        times.append(
            TimeStatement(
                role,
                float(numbers["minutes"][1]),
                place,
                service=anchor.service,
                code=anchor.code,
                label="grid",
            )
        )
    if "in" in row and "out" in row:
        clock = spanned(
            row["in"].words,
            row["out"].words,
            Span(_placed(row["in"]).start, _placed(row["out"]).end),
        )
        if clock is not None:
            times.append(
                TimeStatement(
                    "service", clock.minutes, clock.place, service=anchor.service, code=anchor.code,
                    start_clock=clock.start, end_clock=clock.end, half_day_known=clock.half_day_known,
                )
            )  # fmt: skip
    if "units" in numbers:
        modifiers = (
            tuple(m.group().upper() for m in _MODIFIER.finditer(row["modifiers"].words))
            if "modifiers" in row
            else ()
        )
        units.append(
            UnitCount(
                int(numbers["units"][1]), _placed(row["units"]), anchor.code, modifiers=modifiers
            )
        )
    return True


def _read_total(
    label: str, row: dict[str, Cell], times: list[TimeStatement], units: list[UnitCount]
) -> bool:
    """Reads the totals under their columns; False where none stands there ("Total timed 53 | …")."""
    before = len(times) + len(units)
    for name, cell in row.items():
        match = _WHOLE.fullmatch(cell.words)
        if match is None:
            continue
        if name == "minutes":
            times.append(TimeStatement(_total_role(label), float(match[1]), _placed(cell)))
        elif name == "units":
            units.append(UnitCount(int(match[1]), _placed(cell)))
    return len(times) + len(units) > before


def _total_role(label: str) -> TimeRole:
    """What the total under a label counts ("TIMED TOTAL", "TREATMENT TOTAL")."""
    if "untimed" in label:
        return "total_untimed"
    if "timed" in label:
        return "total_timed"
    return "total_treatment" if re.search(r"\b(?:treatment|tx|visit)\b", label) else "total"


def _placed(cell: Cell) -> Span:
    lead = len(cell.words) - len(cell.words.lstrip())
    return Span(cell.start + lead, cell.start + len(cell.words.rstrip()))
