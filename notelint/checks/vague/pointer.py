"""Words that point elsewhere instead of saying (A5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.encounter.encounter import Encounter
from notelint.encounter.wording import wording
from notelint.language.reading import Mention, Statement
from notelint.rulebook.rule import Hit

_SKIP_ROLES = frozenset(
    {
        "history",
        "header",
        "goal",
        "subjective",
        "precaution",
        "signature",
        "plan",
        "caregiver_report",
    }
)
_DELTA = re.compile(
    r"\b(?:except|but|with the (?:addition|exception)|plus|added|other than|increased|raised|progress\w*|attached|rows?)\b|↑|\+"
)
_HARMLESS = re.compile(
    r"\b(?:pmh|history|medical|meds?|medications?|precautions?|allerg\w*|diagnos\w*|plof|pain|symptom\w*|vitals?|skin|swelling|edema|status|in (?:pain|symptom|condition|status|function|meds))\b"
)
_LEADS_BACK = ("as above", "see above", "unchanged", "no change", "no changes", "ditto")


def vague(encounter: Encounter) -> Iterator[Hit]:
    """Yields each pointer that replaces the content of a statement or a section."""
    reading = encounter.reading
    flowsheet = encounter.note.flowsheet is not None or any(
        s.kind == "flowsheet" and s.end - s.body_start > 40 for s in reading.sections
    )
    for statement in reading.statements:
        if statement.role in _SKIP_ROLES or statement.contexts & {"quoted", "planned", "goal"}:
            continue
        for mention in reading.mentions_in(statement.start, statement.end, "pointer"):
            sense = mention.sense("pointer")
            if sense is None or ("flowsheet" in sense.tags and flowsheet):
                continue
            if _says(encounter, statement, mention) or _follows(encounter, statement):
                continue
            yield Hit("words", mention.start, mention.end)
            break
        else:
            yield from _worded(encounter, statement, flowsheet=flowsheet)


_SHEET = wording(
    r"\b(?:see|refer to|ref\.?|per|as per|on|listed (?:in|on)|documented (?:in|on)|recorded (?:in|on)|noted (?:in|on)|found (?:in|on)|from) "
    r"(?:the |attached |exercise |ex |tx |treatment |today's |daily |rehab )*(?:grid|log|flow ?sheets?|sheet|chart|table|f/s|spreadsheet|checklist)\b(?: for \w+(?: \w+)?)?"
)
_BACK = wording(
    r"\b(?:repeat(?:ed|ing|s)?|identical|same|unchanged|no (?:changes?|chg)|duplicate|copied|carried over|mirrors?|matches|similar|as)\b[^.;\n]{0,40}?"
    r"\b(?:last|prior|previous|previously|yesterday'?s?|earlier|before|\d{1,2}/\d{1,2}(?:/\d{2,4})?|(?:mon|tues|wednes|thurs|fri)\w*)\b(?: (?:visit|session|time|note|tx|treatment|date|entry|noted|documented|eval|day))?"
    r"|\bidem\b|\bstatus quo\b|\bsame as (?:noted|documented|listed|above|usual)\b"
)
_CONTENT = ("exercise", "technique", "speech_task", "object", "adl_equipment", "measure")


def _worded(encounter: Encounter, statement: Statement, *, flowsheet: bool) -> Iterator[Hit]:
    """A pointer in other words, in a statement that holds nothing else."""
    reading = encounter.reading
    words = reading.lower[statement.start : statement.end]
    if len(words.split()) > 12 or _DELTA.search(words) or _HARMLESS.search(words):
        return
    match = _SHEET.search(words)
    if match is None or flowsheet:
        match = _BACK.search(words)
    if match is None:
        return
    start, end = statement.start + match.start(), statement.start + match.end()
    if any(
        m.end <= start or m.start >= end
        for m in reading.mentions_in(statement.start, statement.end, *_CONTENT)
    ):
        return
    if any(
        True
        for _ in reading.quantities_in(
            statement.start,
            statement.end,
            "dose",
            "scale",
            "grade",
            "rom",
            "percent",
            "distance",
            "load",
        )
    ):
        return
    if not _follows(encounter, statement):
        yield Hit("words", start, end)


def _follows(encounter: Encounter, statement: Statement) -> bool:
    """Whether the sheet that the words point to stands right below them."""
    reading = encounter.reading
    words = reading.lower[statement.start : statement.end]
    if "below" not in words and "following" not in words and not statement.opens_list:
        return False
    below = reading.statements[statement.index + 1 : statement.index + 3]
    return any(
        True
        for s in below
        for _ in reading.quantities_in(s.start, s.end, "dose", "reps", "load", "hold")
    )


def _says(encounter: Encounter, statement: Statement, mention: Mention) -> bool:
    """Whether the statement says what differs, points to history only, or is about something else."""
    reading = encounter.reading
    words = reading.lower[statement.start : statement.end]
    form = reading.lower[mention.start : mention.end]
    if _DELTA.search(words) or (_HARMLESS.search(words) and "ex" not in form):
        return True
    if form in _LEADS_BACK and (
        len(words.split()) > 6 or statement.role in ("measure", "assessment")
    ):
        return True
    if (
        mention.has_tag("previous")
        and form.startswith(
            (
                "no change",
                "unchanged",
                "as before",
                "as prior",
                "see eval",
                "per eval",
                "per protocol",
                "same tx",
                "as previous",
            )
        )
        and _other_content(encounter, statement, mention)
    ):
        return True
    if "was" in words.split() and form.startswith("same"):
        return False
    return False


def _other_content(encounter: Encounter, statement: Statement, mention: Mention) -> bool:
    reading = encounter.reading
    named = any(
        m.is_a("exercise", "task", "technique", "speech_task", "measure")
        for m in reading.mentions_in(statement.start, statement.end)
        if m.start != mention.start
    )
    return named or len(reading.lower[statement.start : statement.end].split()) > 9
