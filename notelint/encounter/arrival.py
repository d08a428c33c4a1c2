"""Where the treatment of a note begins: what stands before it is how the patient came.

"Today: 5/10 on waking, 3/10 now" above the first exercise answers no treatment, nor does the "SOB at
30 ft" of a homebound line. Where the treatment begins cannot be told, nothing is arrival.
"""

from __future__ import annotations

from notelint.encounter.wording import wording
from notelint.language.reading import Reading, Statement

#: The title of a report, or its period, stands in its first lines.
_REPORT = wording(
    r"\b(?:progress|recert\w*|re-?cert\w*|re-?eval\w*|evaluation|discharge|d/c summary|certification|reporting|plan of care|poc)\b"
)
_HEAD = 200
#: In a note of a visit the treatment begins before this share of the text.
_LATEST = 0.7
_WORK = ("exercise", "technique", "speech_task", "service_label")
_AMOUNTS = ("dose", "reps", "distance", "code", "load", "sets")
_AWAY = frozenset({"planned", "historical", "home", "hypothetical", "goal", "quoted"})
#: Words that set a value against the work done.
_AGAINST = wording(
    r"->|→|=>|\b(?:after|post|during|following|with (?:activity|exertion|walking|gait|ex\w*)|by (?:the )?end|at (?:the )?end|end of (?:session|tx|treatment)|recover\w*|returned to|(?:last|first|second|third|final|each|every|next) (?:laps?|sets?|reps?|trips?|rounds?|tr(?:y|ial)|pass|walk|flight|block))\b"
)


def arrival_end(reading: Reading) -> int:
    """Returns the offset of the first statement that tells a treatment, or 0; found once a note."""
    key = ("arrival end", 0)
    known: int | None = reading.memo.get(key)
    if known is None:
        first = next((s for s in reading.statements if reading.answer(_treats, s)), None)
        start = first.start if first is not None else 0
        # A report tells a period first, and the day's treatment near its end.
        reports = _REPORT.search(reading.lower, 0, _HEAD) is not None
        known = reading.memo[key] = 0 if reports or start >= _LATEST * len(reading.text) else start
    return known


def is_arrival(reading: Reading, statement: Statement) -> bool:
    """Whether a statement stands before the treatment and sets nothing against it."""
    return (
        statement.end <= arrival_end(reading)
        and _AGAINST.search(reading.lower, statement.start, statement.end) is None
    )


def _treats(reading: Reading, statement: Statement) -> bool:
    if "|" in reading.slice(statement.span) and reading.has_quantity(
        statement.start, statement.end, "score", "percent", "count"
    ):
        return True  # a row of data
    if statement.role not in ("treatment", "heading") or statement.contexts & _AWAY:
        return False
    start, end = statement.start, statement.end
    return reading.has_mention(start, end, *_WORK) or (
        reading.has_mention(start, end, "task") and reading.has_quantity(start, end, *_AMOUNTS)
    )
