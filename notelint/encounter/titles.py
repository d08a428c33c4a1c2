"""Where the code or the name of a service stands among its words: before, behind or above them.

"TA 24 min: …" heads its words, "… grade III (97140)" closes them, "Treadmill, 97110, 20 min." is the
title of the sentences that follow it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from notelint.encounter.codes import codes_in
from notelint.encounter.headings import Heading, tells, words_in
from notelint.language.reading import Reading, Span, Statement


def trails(reading: Reading, statement: Statement, heads: Sequence[Heading]) -> bool:
    """Whether the heads of a statement stand behind the words they name."""
    first, last = heads[0], heads[-1]
    if statement.label_end >= last.end:
        return False  # "Gait/stairs (97116, 22 min): …" is a label
    if len(heads) > 1 and not statement.index and _is_frame(reading, statement, first):
        return False
    if len(heads) == 1 and _names_last(reading, statement, first):
        return True
    if len(heads) > 1 and all(_is_bracketed(reading, head) for head in heads):
        return tells(reading, statement.start, first.start)
    if first.code is None or first.label is not None:
        return False
    if not tells(reading, statement.start, first.start):
        return False
    if len(heads) == 1 and stands_over(reading, statement, first):
        return False
    if len(heads) == 1 and (
        titles_line(reading, statement, first) or titles_below(reading, statement, first)
    ):
        return False
    return len(heads) == 1 or not tells(reading, last.end, statement.end)


#: A word or two with minutes before a code, and only minutes and units behind it.
_WORD_BEFORE = re.compile(
    r"\W*[a-z][a-z /&.-]{1,24}?(?:\d{1,3} ?(?:min(?:ute)?s?|['’])\.?)?[ ,(:–-]*"
)
_COUNTS_BEHIND = re.compile(
    r"[\s:–—.(),x×|-]*(?:\d{1,3}\s?(?:min(?:ute)?s?|['’′]|units?|u)?\b[\s:–—.(),x|-]*)*"
)


def stands_over(reading: Reading, statement: Statement, head: Heading) -> bool:
    """Whether a line is the title of a code that names nothing done ("EXERCISE 97110, 12 min", "EX 14
    min 97110 x1"), with words below it."""
    if not _WORD_BEFORE.fullmatch(reading.lower, statement.start, head.start):
        return False
    if not _COUNTS_BEHIND.fullmatch(reading.lower, head.end, statement.end):
        return False
    if reading.has_mention(
        statement.start,
        head.start,
        "exercise",
        "task",
        "technique",
        "speech_task",
        "modality",
        "object",
    ):
        return False
    below = reading.statements[statement.index + 1 : statement.index + 2]
    return (
        reading.ends_line(statement)
        and bool(below)
        and below[0].section == statement.section
        and below[0].role in ("treatment", "other", "measure", "response")
        and not reading.has_quantity(below[0].start, min(below[0].end, below[0].start + 30), "code")
    )


def _is_frame(reading: Reading, statement: Statement, first: Heading) -> bool:
    """Whether the first line of a note gives day, time and place before its codes in one bracket
    ("10/22, 0800-0845, room and bathroom (97535 x2 = 30, 97112 x1 = 15)")."""
    if reading.text[first.start - 1 : first.start] != "(":
        return False
    return reading.has_quantity(
        statement.start, first.start, "date", "clock", "clock_range", "minutes"
    )


#: What closes the bracket of a code, and what would make it a title of the words behind it.
_BRACKET_ENDS = re.compile(r"[^()\n]{0,24}\)(?!\s*[:–—-])")


def _is_bracketed(reading: Reading, head: Heading) -> bool:
    """Whether a code stands in brackets behind the words it names ("… at the sink (97535), 20 min and …")."""
    if (
        head.code is None
        or head.label is not None
        or reading.text[head.start - 1 : head.start] != "("
    ):
        return False
    return _BRACKET_ENDS.match(reading.text, head.end) is not None


_DASHED = re.compile(r"(?:\s[–—-]|\()\s*$")
_TIMED = re.compile(r"[\s,:x(–—-]*\d{1,3}\s?(?:min(?:ute)?s?\b|['’′])\W*")


def _names_last(reading: Reading, statement: Statement, head: Heading) -> bool:
    """Whether the name of a service with its minutes closes an item behind a dash ("SLR 3x10, no lag
    on set 3 – ther ex, 8 min")."""
    lower = reading.lower
    if head.label is None or not _TIMED.fullmatch(lower, head.end, statement.end):
        return False
    if not _DASHED.search(lower, max(statement.start, head.start - 4), head.start):
        return False
    return tells(reading, statement.start, head.start)


#: A title of an item is not longer than this; a label ("Ex (97110) 10 min - for …") than that.
_TITLE, _LABEL = 40, 12


def titles_line(reading: Reading, statement: Statement, head: Heading) -> bool:
    """Whether a few words with their code open a line that goes on ("Treadmill, 97110, 20 min. 5 min …")."""
    if head.code is None or head.label is not None:
        return False
    if head.start - statement.start > _TITLE and not _names_aim(reading, statement, head):
        return False
    if not tells(reading, statement.start, head.start):
        return False
    if head.start - statement.start > _LABEL and tells(reading, head.end, statement.end):
        return False
    above, below = statement.index - 1, statement.index + 1
    if above >= 0 and reading.statements[above].line == statement.line:
        return False
    return below < len(reading.statements) and reading.statements[below].line == statement.line


#: A title that says why is not longer than this, nor is the bracket with its code and minutes.
_LONG_TITLE, _BRACKET = 120, 40


def _names_aim(reading: Reading, statement: Statement, head: Heading) -> bool:
    """Whether a sentence with its code in closing brackets tells no amounts, and the next one does:
    the title of what follows ("Exercise for trunk endurance (97110, 15 min). Press-ups 2x10, …")."""
    if head.start - statement.start > _LONG_TITLE or statement.end - head.end > _BRACKET:
        return False
    if reading.text[head.start - 1] != "(" or ")" not in reading.text[head.end : statement.end]:
        return False
    if reading.has_quantity(statement.start, head.start, *AMOUNTS):
        return False
    below = statement.index + 1
    if below >= len(reading.statements) or reading.statements[below].line != statement.line:
        return False
    following = reading.statements[below]
    return reading.has_quantity(following.start, following.end, *AMOUNTS)


AMOUNTS = ("dose", "reps", "sets", "load", "distance", "hold", "count", "level")
_SAID = ("assist", "cue", "technique", "response", "modality")


def titles_below(reading: Reading, statement: Statement, head: Heading) -> bool:
    """Whether a few words with their code and minutes alone on the first line of a paragraph head
    what stands on its next lines ("bed and chair transfers 18 min (97530)")."""
    if head.code is None or head.label is not None or head.start - statement.start > _TITLE:
        return False
    if reading.has_quantity(statement.start, head.start, *AMOUNTS) or reading.has_mention(
        statement.start, head.start, *_SAID
    ):
        return False
    above, below = statement.index - 1, statement.index + 1
    if not reading.ends_line(statement) or below >= len(reading.statements):
        return False
    if above >= 0 and "\n\n" not in between(reading, reading.statements[above], statement):
        return False
    following = reading.statements[below]
    if following.section != statement.section or "\n\n" in between(reading, statement, following):
        return False
    return not any(
        True
        for s in reading.statements[below : below + 2]
        if s.line == following.line
        for _ in codes_in(reading, s.start, s.end)
    )


def between(reading: Reading, one: Statement, other: Statement) -> str:
    """The text between two statements without blanks."""
    gap = reading.text[one.end : other.start]
    return gap.replace("\r", "").replace(" ", "").replace("\t", "")


def closes(reading: Reading, statement: Statement, heads: Sequence[Heading]) -> bool:
    """Whether nothing that follows belongs to the last head: it trails, or the statement only
    lists codes with their times ("97535 23 min, 97530 15 min.")."""
    if trails(reading, statement, heads):
        return True
    several = len({head.code.value if head.code else "" for head in heads}) > 1
    end = list_end(reading, statement, heads)
    if not several or tells(reading, heads[0].end, end):
        return False
    return words_in(reading, Span(heads[-1].end, end)) < _SAYS


#: Words behind the last code of a list that no lexicon knows, and that say what was done for all that.
_SAYS = 3


def list_end(reading: Reading, statement: Statement, heads: Sequence[Heading]) -> int:
    """Where a list of codes ends: at its line, where a wrapped statement runs on below it."""
    line = reading.text.find("\n", heads[-1].end, statement.end)
    return statement.end if line < 0 else line
