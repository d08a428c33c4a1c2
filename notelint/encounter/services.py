"""Finds the services of a note and the words attributed to each.

A service begins where a code or a service label heads a statement ("TA (97530) 24 min - …",
"97110:", "Ther ex:") or closes one ("… grade III (97140)"). One-box-per-code notes and single-code
notes attribute whole stretches. Mentions of one code are joined, so that a billing row and the
narrative of the same code are one service. Time stays where it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from notelint.encounter.charges import add_ons, single_code, with_charges
from notelint.encounter.encounter import Service, Value
from notelint.encounter.headings import Heading, headings_in, tells, words_in
from notelint.encounter.recalls import recalling
from notelint.encounter.titles import (
    AMOUNTS,
    between,
    closes,
    list_end,
    stands_over,
    titles_below,
    titles_line,
    trails,
)
from notelint.language.reading import Reading, Span, Statement
from notelint.note import Note

#: Roles whose statements can carry or continue a service.
CARRIERS = frozenset({
    "treatment", "other", "measure", "response", "pointer", "heading", "time", "billing",
    "education", "caregiver_report",
})  # fmt: skip
_BODY = frozenset(
    {"treatment", "other", "measure", "response", "pointer", "education", "caregiver_report"}
)
_ENDING = frozenset({"plan", "goal", "subjective", "history", "assessment", "signature"})
#: Roles of lines in reports and recertifications that may still tell a service of the day.
_SUMMARY = frozenset({"history", "goal", "header", "assessment"})
_TOLD_CODE = re.compile(
    r"[\s,(]*(?:x\s?\d\s*)?\d{1,3}\s?min\w*\)?(?:\s*[:–—-]|\s(?=[a-z]))|\s*:|[\s,]*(?=\d{1,4}\s?(?:ft|feet|')\s|\d x ?\d)"
)
_AFTER_HEADING = re.compile(r"(?:[ 0-9minutesunx()@]|for )*[:\-–—]")


@dataclass(slots=True)
class _Open:
    """A service under construction."""

    place: Span
    code: Value[str] | None
    label: Value[str] | None
    body: list[Span] = field(default_factory=list)
    modifiers: tuple[str, ...] = ()
    boxed: bool = False
    paragraph: bool = False
    aimed: int = -1
    sharing: list[_Open] = field(default_factory=list)

    def share(self) -> None:
        """Gives the codes that head the same words ("97129 15 min + 97130 15 min: …") all of them."""
        for other in self.sharing:
            other.body = list(self.body)


def services_of(note: Note, reading: Reading) -> tuple[Service, ...]:
    """Returns the services of a note, joined by code, with charges matched."""
    opened = list(_opened(reading))
    for one in opened:
        one.share()
    joined = recalling(_joined(opened), reading)
    charged = with_charges(joined, note)
    single = single_code(charged, note)
    if single is not None:
        whole = {single} | add_ons(charged, single)
        charged = [_whole_note(s, reading) if i in whole else s for i, s in enumerate(charged)]
    return tuple(replace(service, index=i) for i, service in enumerate(charged))


def _opened(reading: Reading) -> Iterator[_Open]:
    current: _Open | None = None
    awaited: dict[int, list[Statement]] = {}
    waiting = {**dict(_trailed(reading)), **dict(_summed_up(reading))}
    for statement in reading.statements:
        if statement.index in waiting:
            awaited.setdefault(waiting[statement.index], []).append(statement)
            if current:
                yield current
                current = None
            continue
        if statement.contexts & {"planned", "historical", "goal"} or not (
            statement.role in CARRIERS or _reports_today(reading, statement, current)
        ):
            if current and _aims_box(reading, statement, current):
                current.aimed = statement.index
            elif (
                statement.role in _ENDING
                and current
                and not _inside_box(reading, statement, current)
            ):
                yield current
                current = None
            continue
        heads = _heads(reading, statement)
        if current and heads and _is_item_of(reading, statement, heads, current):
            current.body.append(statement.span)
            continue
        if not heads:
            if (
                current
                and (statement.role in _BODY or _tells_more(reading, statement))
                and _goes_on(reading, statement, current)
            ):
                current.body.append(statement.span)
            continue
        if current:
            yield current
            current = None
        opened = list(_of_statement(reading, statement, heads))
        last = opened[-1]
        above = awaited.pop(statement.index, None)
        if above is not None:
            opened[0].body[:0] = [told.span for told in above]
        if above is not None or closes(reading, statement, heads):
            yield from opened
            continue
        last.paragraph = len(heads) == 1 and titles_below(reading, statement, heads[0])
        last.boxed = last.paragraph or _is_box(reading, statement, last)
        last.sharing = list(_joined_by(reading, opened))
        yield from opened[:-1]
        current = last
    if current:
        yield current


def _is_item_of(
    reading: Reading, statement: Statement, heads: Sequence[Heading], current: _Open
) -> bool:
    """Whether a line that opens with a service's name, without code and minutes, is an item below the
    title of a code: the first line there, or a bullet of its list ("97530 (15 min)\n- stair training")."""
    if not current.boxed or current.code is None or current.code.certainty != "stated":
        return False
    if len(heads) > 1 or (heads[0].code is not None and heads[0].code.certainty == "stated"):
        return False
    opener = reading.statement_at(current.place.start)
    if opener is None or statement.section != opener.section:
        return False
    if statement.index != opener.index + 1 and not statement.bullet:
        return False
    own = reading.quantities_in(statement.start, statement.end, "minutes")
    return not opener.bullet and not any(True for _ in own)


def _joined_by(reading: Reading, opened: Sequence[_Open]) -> Iterator[_Open]:
    """Yields the services before the last one that share its words."""
    for one, following in reversed(list(pairwise(opened))):
        if not _AND.fullmatch(reading.lower, one.place.end, following.place.start):
            return
        yield one


def _heads(reading: Reading, statement: Statement) -> Sequence[Heading]:
    """The headings of a statement; found once."""
    key = ("headings", statement.index)
    known: Sequence[Heading] | None = reading.memo.get(key)
    if known is None:
        heads = _kept_heads(reading, statement) if reading.answer(_is_headed, statement) else ()
        known = reading.memo[key] = heads
    return known


def _kept_heads(reading: Reading, statement: Statement) -> tuple[Heading, ...]:
    """The headings of a statement, from what was found of it in an earlier version of the note. In
    the first line they depend on the whole of it."""
    if not statement.line:
        return tuple(headings_in(reading, statement))
    kept = reading.known[statement.index]
    known: tuple[int, tuple[Heading, ...]] | None = kept.get(headings_in)
    if known is None:
        known = kept[headings_in] = (statement.start, tuple(headings_in(reading, statement)))
    by = statement.start - known[0]
    return tuple([head.moved(by) for head in known[1]]) if by else known[1]


def _is_headed(reading: Reading, statement: Statement) -> bool:
    """Whether a code or the name of a service heads something in a statement."""
    return any(True for _ in headings_in(reading, statement))


def _trailed(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yields (statement, statement with the code) where a code stands behind several sentences.

    "- Sled push 90 lb, 6 x 20 yd. Hips high, cued to sink - 11 min [97530]": all of the item is
    the service's, unless the item began with a code or the name of a service.
    """
    if not reading.has_quantity(0, len(reading.text), "code"):
        return
    for _, item in groupby(reading.statements, key=lambda told: told.line):
        above: list[Statement] = []
        for statement in item:
            if statement.contexts & {"planned", "historical", "goal"} or (
                statement.role not in CARRIERS
            ):
                above = []
                continue
            heads = _heads(reading, statement)
            if not heads:
                above.append(statement)
                continue
            if not _stands_behind(reading, statement, heads, above):
                break
            yield from ((told.index, statement.index) for told in above)
            above = []


#: The name of a service with its minutes, and nothing else.
_NAMED_ALONE = re.compile(r"[\s,:x(–—-]*\d{1,3}\s?(?:min(?:ute)?s?\b|['’′])[\s.)]*")


def _summed_up(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yields (statement, statement with the name) where a paragraph tells what was done and the name
    of the service with its minutes closes it ("… did better with the wall. Gait training 15 minutes.").

    So it reads where the first name stands behind something told, and nothing told behind the last.
    """
    alone = reading.where(_is_name_alone)
    for number, group in groupby(alone, key=lambda told: told.line):
        named = list(group)
        line = [s for s in reading.statements if s.line == number]
        if len(line) < _LEAST_SENTENCES:
            continue
        told = [s for s in line if s not in named and _is_told(reading, s)]
        if not told or told[0].index > named[0].index or told[-1].index > named[-1].index:
            continue
        if any(_heads(reading, s) for s in line if s not in named):
            continue
        for statement in told:
            name = next(n for n in named if n.index > statement.index)
            yield statement.index, name.index


#: A paragraph has two sentences at least.
_LEAST_SENTENCES = 2


def _is_name_alone(reading: Reading, statement: Statement) -> bool:
    """Whether a sentence is the name of a service with its minutes, and nothing else."""
    heads = _heads(reading, statement)
    if len(heads) != 1 or heads[0].label is None or statement.bullet:
        return False
    head = heads[0]
    return head.start == statement.start and (
        _NAMED_ALONE.fullmatch(reading.lower, head.end, statement.end) is not None
    )


def _is_told(reading: Reading, statement: Statement) -> bool:
    """Whether a sentence tells something done today."""
    return (
        statement.role == "treatment"
        and not statement.contexts & {"planned", "historical", "goal", "home"}
        and tells(reading, statement.start, statement.end)
    )


def _stands_behind(
    reading: Reading, statement: Statement, heads: Sequence[Heading], above: Sequence[Statement]
) -> bool:
    if heads[0].code is None or len(heads) > 1:
        return False
    if trails(reading, statement, heads):
        return True
    if heads[0].label is not None or tells(reading, statement.start, statement.end):
        return False
    return any(tells(reading, told.start, told.end) for told in above) or (
        bool(above) and reading.ends_line(statement)
    )


def _reports_today(reading: Reading, statement: Statement, current: _Open | None) -> bool:
    """Whether a line of a summary tells today's service ("Today 97535, 32 min: sorted mail …") or
    goes on with one."""
    if statement.role not in _SUMMARY:
        return False
    opener = reading.statement_at(current.place.start) if current else None
    if opener is not None and opener.role in _SUMMARY and opener.line == statement.line:
        return True
    return any(
        _TOLD_CODE.match(reading.lower, code.end, statement.end)
        for code in reading.quantities_in(statement.start, statement.end, "code")
    )


def _tells_more(reading: Reading, statement: Statement) -> bool:
    """Whether a sentence of a summary goes on with what was done: an amount, help or a cue."""
    if statement.role not in _SUMMARY:
        return False
    return reading.has_quantity(statement.start, statement.end, *AMOUNTS) or reading.has_mention(
        statement.start, statement.end, "assist", "cue"
    )


def _of_statement(
    reading: Reading, statement: Statement, heads: Sequence[Heading]
) -> Iterator[_Open]:
    """The services that one statement names, each with its words of that statement.

    A code that closes what it names ("mobs C5-6 grade III (97140)", "step downs 3x8 – 97530 –
    15 min") owns the words before it; else a code or label owns the words after it.
    """
    trailing = trails(reading, statement, heads)
    for i, head in enumerate(heads):
        begin, end = head.end, heads[i + 1].start if i + 1 < len(heads) else statement.end
        if len(heads) == 1 and titles_line(reading, statement, head):
            begin = statement.start
        if trailing:
            begin, end = heads[i - 1].end if i else statement.start, head.start
            if len(heads) == 1:
                end = statement.end
        elif head is heads[-1] and closes(reading, statement, heads):
            end = list_end(reading, statement, heads)
        yield _Open(
            Span(head.start, head.end),
            head.code,
            head.label,
            [Span(begin, end)] if begin < end else [],
            head.modifiers,
        )


#: Between two codes that head the same words.
_AND = re.compile(
    r"[\s(@x:]*(?:\d{1,3}\s?(?:m|min|mins|minutes?|units?|u)?\b\.?)?[\s)]*(?:\+|&|and|/)\s*"
)


#: Behind a code a few words may still be its title ("97129 COGNITION - 15 min").
_TITLE_WORDS = 3


_TICK = re.compile(r"\[[xX]\]|[☒☑]")


def _is_box(reading: Reading, statement: Statement, opened: _Open) -> bool:
    """Whether a heading stands alone on its line, with its time at most, above its own words."""
    if tells(reading, opened.place.end, statement.end):
        return False
    coded = opened.code is not None and opened.code.certainty == "stated"
    words = words_in(reading, Span(opened.place.end, statement.end))
    if words > (_TITLE_WORDS if coded else 0):
        return False
    text = reading.text
    line = max(text.rfind("\n", 0, statement.start) + 1, reading.section_of(statement).body_start)
    before = _TICK.sub("", text[line : opened.place.start]).strip(" \t-*•·#>|[(")
    if before and not (coded and _is_title(reading, statement)):
        return False
    return text[statement.end : statement.end + 4].lstrip(" \t:.-")[:1] in ("\n", "\r")


def _is_title(reading: Reading, statement: Statement) -> bool:
    """Whether a line is a word or two with their code, over what was done."""
    heads = _heads(reading, statement)
    return len(heads) == 1 and stands_over(reading, statement, heads[0])


def _aims_box(reading: Reading, statement: Statement, current: _Open) -> bool:
    """Whether the goal of a code stands between its heading and its words."""
    opener = reading.statement_at(current.place.start)
    section = reading.section_of(statement)
    return (
        statement.role == "goal"
        and opener is not None
        and statement.index == opener.index + 1
        and section.kind == "goals"
        and section.label.lower().startswith("goal")
    )


def _inside_box(reading: Reading, statement: Statement, current: _Open) -> bool:
    """Whether a report or a history line stands inside the box of a code with its own heading."""
    opener = reading.statement_at(current.place.start)
    return (
        current.boxed
        and opener is not None
        and statement.role in ("subjective", "history")
        and statement.section == opener.section
    )


#: What may stand behind a code that is a line by itself: its minutes and units.
_COUNTED = re.compile(
    r"[\s:–—.(),x|-]*(?:(?:\d{1,3}|_{2,})\s?(?:min(?:ute)?s?|['’′]|units?|u)\b[\s:–—.(),x|-]*)*"
)


def _goes_on(reading: Reading, statement: Statement, current: _Open) -> bool:
    """Whether a statement still belongs to the service opened above it."""
    previous = reading.statements[statement.index - 1]
    if _is_modality(reading, statement) or (
        statement.section != previous.section
        and current.aimed != previous.index
        and not (current.boxed and _narrates_box(reading, previous, statement))
    ):
        return False
    if current.paragraph and "\n\n" in between(reading, previous, statement):
        return False
    if _is_next_item(reading, statement, current):
        return False
    if statement.parent >= 0 or current.boxed:
        return True
    opener = reading.statement_at(current.place.start)
    if opener is None:
        return False
    if _is_below(reading, opener, statement) or _is_listed(reading, opener, statement):
        return True
    own_line = _COUNTED.fullmatch(reading.lower, current.place.end, opener.end) is not None and (
        not opener.index or reading.statements[opener.index - 1].line != opener.line
    )
    after = reading.text[current.place.end : current.place.end + 24]
    labelled = _AFTER_HEADING.match(after) is not None
    same_line = statement.line == opener.line
    return own_line or labelled or same_line


def _is_next_item(reading: Reading, statement: Statement, current: _Open) -> bool:
    """Whether a statement is the bullet beside the one that a bare name opens with its own words
    ("- manual - STM\n- core stab 15 min")."""
    opener = reading.statement_at(current.place.start)
    if opener is None or not opener.bullet or statement.line == opener.line:
        return False
    first = next(s for s in reading.statements[opener.index :] if s.line == statement.line)
    if not first.bullet:
        return False
    if current.code is not None and current.code.certainty == "stated":
        return False
    if _COUNTED.fullmatch(reading.lower, current.place.end, opener.end):
        return False
    text = reading.text
    return _indent(text, first.start) <= _indent(text, opener.start)


_NARRATIVE = frozenset(
    {
        "narrative",
        "description",
        "details",
        "activity",
        "activities",
        "comments",
        "performed",
        "done",
    }
)


def _narrates_box(reading: Reading, previous: Statement, statement: Statement) -> bool:
    """Whether a heading within a box begins its words ("97530 … 15 min\\n Narrative: sit to stand …")."""
    label = reading.section_of(statement).label.lower().strip(" :")
    return label in _NARRATIVE and "\n\n" not in between(reading, previous, statement)


def _is_listed(reading: Reading, opener: Statement, statement: Statement) -> bool:
    """Whether a statement stands in the list right below the line that a code opens."""
    if opener.bullet or "\n\n" in reading.text[opener.end : statement.start].replace("\r", ""):
        return False
    first = next(s for s in reading.statements[opener.index :] if s.line == statement.line)
    below = reading.statements[opener.index + 1 : first.index]
    return first.bullet and all(
        s.line == opener.line or s.bullet or reading.statements[s.index - 1].line == s.line
        for s in below
    )


def _is_modality(reading: Reading, statement: Statement) -> bool:
    """Whether a statement names a modality alone ("CP", "E-stim with moist heat to the low back"):
    it goes on with no other service."""
    first = next(reading.mentions_in(statement.start, statement.end, "modality"), None)
    if first is None or reading.text[statement.start : first.start].strip(" \t-*•.()0123456789"):
        return False
    told = reading.mentions_in(
        statement.start, statement.end, "exercise", "task", "technique", "speech_task"
    )
    return all(m.is_a("modality") for m in told)


def _is_below(reading: Reading, opener: Statement, statement: Statement) -> bool:
    """Whether a statement stands indented below the line of a code, no blank line between them."""
    text = reading.text
    between = text[opener.start : statement.start]
    if "\n" not in between or "\n\n" in between.replace("\r", "").replace(" ", "").replace(
        "\t", ""
    ):
        return False
    return _indent(text, statement.start) > _indent(text, opener.start) or (
        statement.line == reading.statements[statement.index - 1].line
    )


def _indent(text: str, at: int) -> int:
    """How far the line of a place is indented."""
    start = text.rfind("\n", 0, at) + 1
    line = text[start:at]
    return len(line) - len(line.lstrip(" \t\xa0"))


def _joined(opened: list[_Open]) -> list[Service]:
    """Joins what carries the same code; a label without code joins the code it names."""
    found: dict[str, Service] = {}
    order: list[str] = []
    for item in opened:
        key = item.code.value if item.code else f"label:{item.label.value if item.label else ''}"
        known = found.get(key)
        if known is None:
            order.append(key)
            found[key] = Service(
                0,
                item.place,
                item.code,
                item.label,
                modifiers=item.modifiers,
                body=tuple(item.body),
            )
            continue
        code = item.code if item.code and item.code.certainty == "stated" else known.code
        found[key] = replace(
            known,
            code=code,
            label=known.label or item.label,
            modifiers=known.modifiers or item.modifiers,
            body=known.body + tuple(item.body),
        )
    return [found[key] for key in order]


def _whole_note(service: Service, reading: Reading) -> Service:
    spans = [
        s.span
        for s in reading.statements
        if s.role in _BODY
        and not s.contexts & {"planned", "historical", "quoted"}
        and ("home" not in s.contexts or s.role == "education")
    ]
    own = [b for b in service.body if not any(span.overlaps(b) for span in spans)]
    told = sorted((*spans, *own), key=lambda span: span.start)
    return replace(service, body=tuple(told))
