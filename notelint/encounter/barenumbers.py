"""Numbers of minutes without a unit: beside a code, in labelled fields, on a timer.

"TE 15, gait 21. total timed 36", "Code: 97110 Minutes: 23", "1 unit recorded for 97110 at 8:04". A
number alone is sure only where its line speaks of minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from notelint.encounter.anchors import Anchor, before, following, heads_box
from notelint.encounter.encounter import TimeStatement
from notelint.encounter.parts import GLUE, owned
from notelint.encounter.totals import TotalRead, covers
from notelint.language.loose import loose
from notelint.language.reading import Certainty, Quantity, Reading, Span, Statement

_BARE = loose(
    r"\s*+(?:[x×]\s?\d\s?(?:units?|u)?\s*+(?=\())?(?P<sign>[:=@/–—-]|\(|[x×]|[x×]\s?=)?\s?(?:x\s?)?(?P<value>\d{1,3})(?P<close>\s?\))?(?!\d)"
)
_BARE_NEXT = loose(
    r"[^\S\n\r]*+(?:$|[,;.|)\]\n\r=+&/]|(?<=[\s])[-–—]\s|(?:and|plus|then|total|ttm|ttt|timed|tx)\b)"
)
_TIMER = loose(r"\bat (?P<m>\d{1,2}):(?P<s>[0-5]\d)(?!\s?[ap]m?\b)")
_TIMER_CUE = loose(
    r"\bunits?\b.{0,24}\b(?:recorded|logged|timed|tracked|documented)\b|\b(?:recorded|logged|timed|tracked|documented)\b.{0,24}\bunits?\b"
)
_FIELD = loose(
    r"\bmin(?:ute)?s?\s?[:=]\s?(?P<value>\d{1,3})\b|\b0:(?P<clock>[0-5]\d)\b"
    r"|(?<!\d)(?<!\d[ ])\bmin(?:ute)?s?\s(?P<number>\d{2})(?=\s*(?:$|[\n|;,.)\]–—-]|\(?\d{1,2}\s?u|[x×]\s?\d|units?\b))"
)

#: Between the title of a code and the fields on the line below it.
_BELOW = re.compile(r"[^\S\n]*[:.)–—-]?[^\S\n]*\n[^\S\n]*")
#: Bare numbers that are all so small are units.
_MOST_UNITS = 8
_LEAST, _MOST = 5, 90


@dataclass(frozen=True, slots=True)
class NumbersReader:
    """Reads the bare numbers of one note; its fields are those of ``PartsReader``."""

    reading: Reading
    anchors: Sequence[Anchor]
    starts: Sequence[int]
    totals: Sequence[TotalRead]
    rows: Sequence[Span]

    def numbers(self, taken: set[int]) -> Iterator[TimeStatement]:
        """Yields numbers beside anchors that have no minutes yet (those not ``taken``)."""
        if "unit" in self.reading.lower:
            yield from self._timers(taken)
        yield from self._fields(taken)
        yield from self._bare(taken)

    def _timers(self, taken: set[int]) -> Iterator[TimeStatement]:
        """ "1 unit recorded for 97110 at 8:04": a timer's minutes and seconds."""
        for match in _TIMER.finditer(self.reading.lower):
            statement = self.reading.statement_at(match.start())
            if statement is None or not _TIMER_CUE.search(
                self.reading.lower, statement.start, statement.end
            ):
                continue
            anchor = before(self.anchors, match.start(), self.starts)
            if anchor is None or anchor.start < statement.start or anchor.start in taken:
                continue
            minutes = int(match["m"]) + int(match["s"]) / 60
            known = TimeStatement(
                "activity", minutes, Span(match.start("m"), match.end()), certainty="ambiguous"
            )
            yield owned(known, [anchor], taken)

    def _fields(self, taken: set[int]) -> Iterator[TimeStatement]:
        """ "Code: 97110 Minutes: 23", "97140 0:23": labelled fields and hours with minutes."""
        for match in self.reading.matches(_FIELD):
            anchor = before(self.anchors, match.start(), self.starts)
            if anchor is None or anchor.start in taken or match.start() - anchor.end > 40:
                continue
            gap = self.reading.lower[anchor.end : match.start()]
            if match["number"] and not GLUE.fullmatch(gap):
                continue
            if "\n" in gap and not (
                match["value"] and _BELOW.fullmatch(gap) and heads_box(self.reading, anchor)
            ):
                continue
            if not (match["value"] or GLUE.fullmatch(gap)):
                continue
            group = next(name for name in ("value", "number", "clock") if match[name])
            known = TimeStatement(
                "activity", float(match[group]), Span(match.start(group), match.end(group))
            )
            yield owned(known, [anchor], taken)

    def _bare(self, taken: set[int]) -> Iterator[TimeStatement]:
        """Numbers without unit after an anchor: "TE 15, gait 21. total timed 36"."""
        lines: dict[int, list[tuple[Anchor, re.Match[str]]]] = {}
        for anchor in self.anchors:
            if anchor.start in taken or any(r.start <= anchor.start < r.end for r in self.rows):
                continue
            match = _BARE.match(self.reading.lower, anchor.end)
            if match is None or not self._stands_alone(match):
                continue
            statement = self.reading.statement_at(anchor.start)
            if statement is not None:
                lines.setdefault(statement.index, []).append((anchor, match))
        for index, pairs in lines.items():
            values = [int(m["value"]) for _, m in pairs]
            if max(values) <= _MOST_UNITS:
                continue  # those are units
            sure = self._in_minutes(self.reading.statements[index])
            for anchor, match in pairs:
                if not _LEAST <= int(match["value"]) <= _MOST:
                    continue
                times = bool(match["sign"] and match["sign"][0] in "x×")
                certainty: Certainty = "stated" if sure and not times else "ambiguous"
                if match["close"] and anchor.written and int(match["value"]) > _MOST_UNITS:
                    certainty = "inferred"  # the custom of notes by code, but no word says so
                known = TimeStatement(
                    "activity",
                    float(match["value"]),
                    Span(match.start("value"), match.end("value")),
                    certainty=certainty,
                )
                yield owned(known, [anchor], taken)

    def _stands_alone(self, match: re.Match[str]) -> bool:
        lower = self.reading.lower
        end = match.end()
        if match["sign"] == "(" and not match["close"]:
            return False
        if covers(self.totals, Quantity("number", match.start("value"), end)):
            return False
        if following_anchor_at(self.anchors, self.starts, lower, end):
            return True
        if match["close"] and int(match["value"]) > _MOST_UNITS:
            return True  # "97535 (28) opened pill bottle": too many for units
        return bool(_BARE_NEXT.match(lower, end)) and not re.match(
            r"\.\d|,\d{3}|/\s?\d", lower[end : end + 4]
        )

    def _in_minutes(self, statement: Statement) -> bool:
        """Whether the statement or a neighbour of its line is about minutes."""
        near = self.reading.statements[max(0, statement.index - 1) : statement.index + 2]
        for other in near:
            if other.line - statement.line not in (-1, 0, 1):
                continue
            if any(
                other.start <= t.place.start < other.end and t.role != "billed" for t in self.totals
            ):
                return True
        words = self.reading.lower[statement.start : statement.end]
        return bool(re.search(r"\b(?:min|mins|minutes|timed)\b", words))


def following_anchor_at(
    anchors: Sequence[Anchor], starts: Sequence[int], lower: str, end: int
) -> bool:
    """Whether only spaces stand between an offset and the next anchor."""
    nearest = following(anchors, end, starts)
    return (
        nearest is not None
        and nearest.start - end <= 4
        and not lower[end : nearest.start].strip(" \t")
    )
