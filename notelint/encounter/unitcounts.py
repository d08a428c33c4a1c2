"""Units as the text states them: ``x2``, ``2u``, ``(2)``, ``97530-GP x 2``, ``2 units``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from notelint.encounter.anchors import Anchor, following, is_elsewhere
from notelint.encounter.encounter import UnitCount
from notelint.language.loose import loose
from notelint.language.reading import Certainty, Reading, Span

#: More than so many units of one code in a visit are visits or repetitions, not units.
MOST_UNITS = 8

_MODIFIER = r"(?:g[pon]|c[qo]|kx|59|x[esup]|95|52|g[azxy])"
_MODIFIERS = loose(rf"(?:[\s,/(-]*+(?:w/)?\s?\b{_MODIFIER}\b\)?)+")
_FILL = loose(
    r"(?:[\s:,;=|)\]–—-]|\(?\d{1,3}\s?(?:(?:minutes?|mins?|min)\b\.?|['’′])\)?|min(?:ute)?s?\s?[:=]\s?\d{1,3}\b|\([^()\d\n]{2,40}\)|\bbilled\b|\bfor\b|\bat\b)*"
)
_COUNT = loose(
    r"\(?\s?(?:units?\s?[:=]?\s?(?P<named>\d{1,2})(?!\d|:\d)|[x×*]\s?(?P<times>\d{1,2})(?P<unit>\s?(?:units?|u)\b)?(?!\d|\.\d|\s?(?:min|m\b|'|\"|reps?|sec|s\b|ft|feet|lb|#|sets?|/|-|–|%|weeks?|wks?|visits?|times|each|ea\b|days?|trials?|laps?|steps?|x\s?\d))|(?P<written>\d{1,2}|one|two|three|four)\s?(?:units?|u)\b(?!\s?(?:of|each)\s)|\((?P<paren>\d)\))"
)
_BEFORE = loose(
    r"(?P<count>\d{1,2}|one|two|three|four)\s?(?:units?|u)\s(?:of\s|recorded for\s|for\s|-\s|x\s|was\s|billed (?:for|as)\s)*$"
)
_WHOLE = loose(
    r"(?:(?:total )?(?:billed |billable )?(?P<timed1>timed )?units?(?: billed)?\s?[:=]\s?(?P<first>\d{1,2})(?!\d)|(?P<last>\d{1,2})\s?(?:total )?(?:billed |billable )?(?P<timed2>timed )?units?\b(?!\s?[:=]\s?\d|\s?(?:of|x|recorded|for|each|left|remain|auth|approved)\b)|\bunits?\s(?:billed\s)?(?P<third>\d{1,2})(?=\s?(?:$|[,;.)\n\r])))"
)
_OWN_COUNT = loose(r"\s?(?:[x×*]\s?\d|\(\d\)|\d\s?u)")
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4}
_RATE_AFTER = loose(r"(?:\(s\))?\s?[x×@]\s?\d{1,2}\s?min")


def unit_counts(
    reading: Reading, anchors: Sequence[Anchor], rows: Sequence[Span]
) -> Iterator[UnitCount]:
    """Yields units of codes, then units of the whole visit."""
    used: list[Span] = [*rows]
    starts = [a.start for a in anchors]
    for anchor in anchors:
        if any(r.start <= anchor.start < r.end for r in rows):
            continue
        found = _ahead(reading, anchor, used) or _of(reading, anchor, anchors, starts)
        if found is not None:
            used.append(found.place)
            yield found
    if "unit" not in reading.lower:
        return
    yield from _of_visit(reading, used)


def modifiers_after(lower: str, offset: int) -> tuple[tuple[str, ...], int]:
    """Returns the modifiers that follow an offset and where they end."""
    match = _MODIFIERS.match(lower, offset)
    if match is None:
        return (), offset
    return tuple(m.upper() for m in re.findall(_MODIFIER, match.group())), match.end()


def _of(
    reading: Reading, anchor: Anchor, anchors: Sequence[Anchor], starts: Sequence[int]
) -> UnitCount | None:
    lower = reading.lower
    modifiers, at = modifiers_after(lower, anchor.end)
    written = (
        tuple(m.upper() for m in re.findall(_MODIFIER, lower[anchor.start + 5 : anchor.end]))
        if anchor.written
        else ()
    )
    modifiers = written + modifiers
    fill = _FILL.match(lower, at)
    if fill:
        at = fill.end()
    count = _COUNT.match(lower, at)
    nearest = following(anchors, anchor.end, starts)
    if (
        count
        and (nearest is None or count.start() < nearest.start)
        and not _RATE_AFTER.match(lower, count.end())
    ):
        found = _counted(count, anchor)
        if found is not None:
            value, certainty = found
            late, _ = modifiers_after(lower, count.end())
            return UnitCount(
                value,
                Span(count.start(), count.end()),
                anchor.code,
                certainty,
                modifiers=modifiers + late,
            )
    return None


def _ahead(reading: Reading, anchor: Anchor, used: Sequence[Span]) -> UnitCount | None:
    """ "2 units TE, 1 unit TA": the count stands before its name, and is no other name's."""
    ahead = _BEFORE.search(reading.lower, max(0, anchor.start - 28), anchor.start)
    if ahead is None or any(
        s.start < ahead.end("count") and ahead.start("count") < s.end for s in used
    ):
        return None
    value = _number(ahead["count"])
    if not 0 < value <= MOST_UNITS or "\n" in ahead.group():
        return None
    modifiers, behind = modifiers_after(reading.lower, anchor.end)
    if ahead.group().rstrip().endswith("-") and _OWN_COUNT.match(reading.lower, behind):
        return None  # "3 units - 97110 x1, 97140 x1, …": the visit's, and each code has its own
    return UnitCount(
        value, Span(ahead.start("count"), anchor.start), anchor.code, modifiers=modifiers
    )


def _counted(count: re.Match[str], anchor: Anchor) -> tuple[int, Certainty] | None:
    words = count["named"] or count["times"] or count["written"] or count["paren"]
    value = _number(words)
    if not 0 < value <= MOST_UNITS:
        return None
    clear = bool(count["named"] or count["written"] or count["unit"])
    if not clear and not anchor.written:
        return value, "ambiguous"  # "TE x 2" may be two sets
    return value, "stated"


def _number(words: str) -> int:
    return _WORDS.get(words) or int(words)


def _of_visit(reading: Reading, used: Sequence[Span]) -> Iterator[UnitCount]:
    for match in reading.matches(_WHOLE):
        if any(s.start < match.end() and match.start() < s.end for s in used):
            continue
        if is_elsewhere(reading, match.start()) or _RATE_AFTER.match(reading.lower, match.end()):
            continue
        value = int(match["first"] or match["last"] or match["third"])
        if value > 4 * MOST_UNITS:
            continue
        timed = bool(match["timed1"] or match["timed2"])
        yield UnitCount(value, Span(match.start(), match.end()), timed_only=timed)
