"""Words of change against the direction of the instrument (F7): "TUG improved 12 to 18 s"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from notelint.checks.ranges.instrument import Instrument
from notelint.encounter.encounter import Encounter, MeasureMention
from notelint.encounter.wording import wording
from notelint.language.reading import Statement
from notelint.rulebook.rule import Hit

_N = r"(?P<{0}>\d{{1,3}}(?:\.\d+)?)"
_UNIT = r"\s?(?:/\s?\d{2,3}|%|s\b|secs?\b|seconds?\b|m/s|ft\b|feet\b|m\b|pts?\b|points\b|blocks\b)?"
_FORWARD = wording(
    rf"(?:from\s)?{_N.format('old')}{_UNIT}\s?(?:to|->|→|=>|-->)\s?{_N.format('new')}{_UNIT}"
)
_BACKWARD = wording(
    rf"{_N.format('new')}{_UNIT}[\s,;(]*(?:was|from|prev\w*|previously|vs\.?|down from|up from|compared (?:to|with)|initial\w*|at eval|eval)\s?:?\s?{_N.format('old')}"
)
_BETTER = wording(
    r"\b(?:improv\w+|better|faster|quicker|gains?|gained|stronger|progress(?:ed|ing)?)\b"
)
_WORSE = wording(r"\b(?:worse\w*|declin\w+|slower|deteriorat\w+|regress\w+|weaker)\b")
_NO = wording(r"\b(?:no|not|without|didn't|did not|un)\b")
_CHANGED = wording(r"\b(?:without|w/o|with|w/|on foam|no|new|different|dual)\b.{0,20}$")
_REACH = 48


def against(encounter: Encounter, instruments: Mapping[str, Instrument]) -> Iterator[Hit]:
    """Yields a hit for each pair of values whose direction contradicts the word of change."""
    for measure in encounter.measures:
        instrument = instruments.get(measure.name)
        if instrument is None or instrument.better not in ("up", "down"):
            continue
        statement = encounter.reading.statement_at(measure.place.start)
        if (
            statement is None
            or statement.contexts & {"planned", "quoted", "hypothetical"}
            or statement.role == "goal"
        ):
            continue
        hit = _contradiction(encounter, measure, instrument, statement)
        if hit is not None:
            yield hit


def _contradiction(
    encounter: Encounter, measure: MeasureMention, instrument: Instrument, statement: Statement
) -> Hit | None:
    lower = encounter.reading.lower
    low, high = _stretch(encounter, measure, statement)
    pair = _FORWARD.search(lower, measure.place.end, high) or _BACKWARD.search(
        lower, measure.place.end, high
    )
    if pair is None or encounter.reading.has_mention(pair.start(), pair.end(), "device"):
        return None
    old, new = float(pair["old"]), float(pair["new"])
    said = _said(lower, low, high)
    if old == new or said is None:
        return None
    risen = new > old
    better = risen == (instrument.better == "up")
    if better == said:
        return None
    start, end = measure.place.start, pair.end()
    word = (_BETTER if said else _WORSE).search(lower, low, high)
    assert word is not None
    return Hit(
        "words", min(start, word.start()), max(end, word.end()),
        fields={"measure": encounter.text[start : measure.place.end], "word": encounter.text[word.start() : word.end()]},
    )  # fmt: skip


def _stretch(
    encounter: Encounter, measure: MeasureMention, statement: Statement
) -> tuple[int, int]:
    """The part of a statement that speaks of this measure: from its clause to the next measure."""
    high = min(statement.end, measure.place.end + _REACH)
    following = next(encounter.reading.mentions_in(measure.place.end, high, "measure"), None)
    if following is not None:
        high = following.start
    low = max(statement.start, measure.place.start - 30)
    for clause in statement.clauses:
        if clause.start <= measure.place.start < clause.end:
            low = max(low, clause.start)
    return low, high


def _said(lower: str, low: int, high: int) -> bool | None:
    """True: better, False: worse, None: neither, both, or negated."""
    better, worse = _BETTER.search(lower, low, high), _WORSE.search(lower, low, high)
    if (better is None) == (worse is None):
        return None
    word = better or worse
    assert word is not None
    if _NO.search(lower, max(low, word.start() - 14), word.start()) or _CHANGED.search(
        lower, low, word.start()
    ):
        return None
    return better is not None
