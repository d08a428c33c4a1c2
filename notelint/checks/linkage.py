"""Which statements a functional purpose covers: its own, its list, its service, its session."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.checks.cells import in_cell
from notelint.checks.documented import names_function
from notelint.encounter.encounter import Activity, Encounter
from notelint.encounter.headings import words_in
from notelint.encounter.life import ends_with_life, points_at_purpose
from notelint.encounter.purposes import goal_refs_in, purposes_in
from notelint.language.loose import loose
from notelint.language.reading import Reading, Statement

#: How many statements above a purpose of its own line it still covers.
_REACH = 4
#: Where a purpose-only statement may begin: behind a short label, not behind content.
_LEAD = 48
#: What is planned, taught or reported gives today's items no purpose.
_ELSEWHERE = frozenset({"plan", "subjective", "history", "education", "signature", "header"})
_CONTENT = ("exercise", "object", "surface")


def purpose_kind(encounter: Encounter, activity: Activity) -> str:
    """Returns the best purpose that covers an activity: functional, impairment, circular, none."""
    best = activity.purpose.kind if activity.purpose else "none"
    if best == "functional" or activity.goal_ref is not None:
        return "functional"
    return "functional" if linked_statement(encounter, activity.statement) else best


def linked_statement(encounter: Encounter, index: int) -> bool:
    """Whether a list opener above, a purpose of its own line beside, or the session links it."""
    key = ("linked", index)
    known: bool | None = encounter.memo.get(key)
    if known is None:
        known = encounter.memo[key] = _linked_statement(encounter, index)
    return known


def _linked_statement(encounter: Encounter, index: int) -> bool:
    if encounter.session_purpose is not None:
        return True
    reading = encounter.reading
    statement = reading.statements[index]
    if reading.answer(_tagged, statement) or in_cell(reading, statement):
        return True
    if statement.parent >= 0 and _opens_with_purpose(reading, reading.statements[statement.parent]):
        return True
    if _linked_in_row(reading, statement) or _told_of(reading, statement):
        return True
    if _leads_to_task(encounter, statement):
        return True
    return _linked_below(reading, statement) or _linked_above(reading, statement)


#: "This was pelvic tilts 2 sets of 10 …" goes on about what the sentence before it named and aimed.
_LOOKS_BACK = loose(
    r"\W*(?:this|these|it|they|which|exercises|activities) (?:was|were|is|are|included?|consisted|involved)\b|\W*(?:included|including|consisting)\b"
)


#: What opens the sentence with the task that was practised for.
_THEN = loose(
    r"\W*(?:and )?(?:then|next|followed by|after (?:that|which)|finally|finished with|ended with|lastly)\b"
)


def _leads_to_task(encounter: Encounter, statement: Statement) -> bool:
    """Whether the next sentence of a code of tasks goes on with the task itself ("97530: Step-downs
    4 in, 2x6. Then 8 stairs, twice.")."""
    following = encounter.reading.statements[statement.index + 1 : statement.index + 2]
    if not following or following[0].line != statement.line:
        return False
    if not _THEN.match(encounter.reading.lower, following[0].start):
        return False
    tasks = {
        a.service
        for a in encounter.activities
        if a.statement == following[0].index and a.functional
    }
    own = {a.service for a in encounter.activities if a.statement == statement.index}
    return any(
        index >= 0 and encounter.services[index].stated_code == "97530" for index in tasks & own
    )


def _told_of(reading: Reading, statement: Statement) -> bool:
    """Whether a sentence only tells what the one before it on its line gave a functional purpose."""
    if not statement.index or not _LOOKS_BACK.match(reading.lower, statement.start):
        return False
    above = reading.statements[statement.index - 1]
    return above.line == statement.line and any(
        p.kind == "functional" for p in purposes_in(reading, above.start, above.end)
    )


def _linked_in_row(reading: Reading, statement: Statement) -> bool:
    """Whether another part of the same row of a table says what the row is for."""
    line_start = reading.text.rfind("\n", 0, statement.start) + 1
    line_end = reading.text.find("\n", statement.start)
    if "|" not in reading.text[line_start : line_end if line_end >= 0 else len(reading.text)]:
        return False
    row = (
        s
        for s in reading.statements[max(0, statement.index - _REACH) : statement.index + _REACH]
        if s.line == statement.line and s.index != statement.index
    )
    return any(p.kind == "functional" for s in row for p in purposes_in(reading, s.start, s.end))


def _tagged(reading: Reading, statement: Statement) -> bool:
    """Whether a goal tag or the label says what an item is for."""
    start, end = statement.start, statement.end
    if points_at_purpose(reading, start, end) or ends_with_life(reading, start, end):
        return True
    label = reading.lower[start : statement.label_end]
    return _GOAL_LABEL.search(label) is not None and reading.has_mention(
        start, statement.label_end, "task"
    )


_GOAL_LABEL = loose(r"\b(?:goal|carry-?over|function|purpose)\b")


def linked_services(encounter: Encounter) -> frozenset[int]:
    """Returns the services whose words hold a purpose or goal tag that stands for all of them."""
    key = ("linked", -1)
    known: frozenset[int] | None = encounter.memo.get(key)
    if known is None:
        known = encounter.memo[key] = _linked_services(encounter)
    return known


def _linked_services(encounter: Encounter) -> frozenset[int]:
    reading = encounter.reading
    found: set[int] = set()
    for activity in encounter.activities:
        functional = activity.purpose is not None and activity.purpose.kind == "functional"
        if activity.service >= 0 and functional:
            found.add(activity.service)
    found.update(_closed_by_goal(encounter))
    found.update(_boxed_goals(encounter))
    found.update(_headed_by_goal(encounter))
    found.update(_opened_by_purpose(encounter))
    open_spans = [
        (span, service.index)
        for service in encounter.services
        if service.index not in found
        for span in service.body
    ]
    if not open_spans:
        return frozenset(found)
    for statement in reading.where(_gives_purpose):
        found.update(
            index
            for span, index in open_spans
            if statement.start < span.end and span.start < statement.end
        )
    return frozenset(found)


def _gives_purpose(reading: Reading, statement: Statement) -> bool:
    """Whether a statement is a purpose, or a finding tied to one."""
    return _only_purpose(reading, statement) or _finding_with_purpose(reading, statement)


def _boxed_goals(encounter: Encounter) -> Iterator[int]:
    """Services whose box names its goal between the code and the words ("97110 …\\nGoal: grip for …")."""
    reading = encounter.reading
    for section in reading.sections:
        if section.kind != "goals" or not _BOX_GOAL.fullmatch(section.label.lower().strip(" :")):
            continue
        for service in encounter.services:
            place = service.place
            if place is None or not 0 <= section.start - place.end < _BOX:
                continue
            if any(span.start >= section.end for span in service.body):
                yield service.index


def _headed_by_goal(encounter: Encounter) -> Iterator[int]:
    """Services below a line that names their problem and goal ("PROBLEM 2: GRABS PEWS (LTG 1: …)")."""
    reading = encounter.reading
    for service in encounter.services:
        statement = reading.statement_at(service.place.start) if service.place else None
        if statement is None or not statement.index:
            continue
        above = reading.statements[statement.index - 1]
        if above.line == statement.line or above.role in ("plan", "assessment", "history"):
            continue
        if "\n\n" in reading.text[above.end : statement.start]:
            continue
        refers = bool(goal_refs_in(reading, above.start, above.end))
        if refers and not reading.has_quantity(above.start, above.end, "dose", "load", "reps"):
            yield service.index


_BOX_GOAL = re.compile(r"goals?(?:\(s\))?(?: (?:addressed|targeted|worked on|focus))?")
#: A box's head is not longer than this.
_BOX = 120


def _closed_by_goal(encounter: Encounter) -> Iterator[int]:
    """Services of one paragraph whose last activity ends with purpose and goal: it closes the list."""
    last: dict[int, list[Activity]] = {}
    for activity in encounter.activities:
        if activity.service >= 0:
            last.setdefault(activity.service, []).append(activity)
    statements = encounter.reading.statements
    for service, activities in last.items():
        end = activities[-1]
        if end.goal_ref is None or end.purpose is None or end.purpose.kind != "functional":
            continue
        if len({statements[a.statement].line for a in activities}) == 1:
            yield service


def _opened_by_purpose(encounter: Encounter) -> Iterator[int]:
    """Services whose first words say what all of it is for ("97110: To rise from a low chair. …")."""
    reading = encounter.reading
    for service in encounter.services:
        told = next((s for s in service.body if words_in(reading, s) > 1), None)
        first = reading.statement_at(told.start) if told else None
        if first is None or told is None:
            continue
        start = max(first.start, told.start)
        if points_at_purpose(reading, start, min(first.end, start + _LEAD)) or any(
            p.kind == "functional" and p.place is not None and p.place.start - start <= _LEAD
            for p in purposes_in(reading, first.start, first.end)
        ):
            yield service.index


def _linked_below(reading: Reading, statement: Statement) -> bool:
    for other in reading.statements[statement.index + 1 : statement.index + 1 + _REACH]:
        if other.section != statement.section or other.opens_list or other.role in _ELSEWHERE:
            return False
        if reading.answer(_gives_purpose, other):
            return True
        if other.role not in ("treatment", "measure", "response", "other"):
            return False
        if other.role == "treatment" and other.label_end > other.start:
            return False
    return False


def _linked_above(reading: Reading, statement: Statement) -> bool:
    """A purpose on the line above counts where it opens a group, not where it closes one."""
    if statement.index == 0:
        return False
    above = reading.statements[statement.index - 1]
    if above.section != statement.section or not reading.answer(_only_purpose, above):
        return False
    if above.parent >= 0 and above.parent == statement.parent:
        return True
    before = reading.statements[above.index - 1] if above.index else None
    return before is None or before.section != above.section or before.role != "treatment"


def _opens_with_purpose(reading: Reading, statement: Statement) -> bool:
    start, end = statement.start, statement.end
    if any(p.kind == "functional" for p in purposes_in(reading, start, end)):
        return True
    if any(True for _ in goal_refs_in(reading, start, end)):
        return True
    words = reading.lower[start:end]
    return words.startswith("for ") and reading.has_mention(start, end, "task")


def goals_elsewhere(encounter: Encounter) -> bool:
    """Whether the note shows its goals somewhere: listed, referred to, or in the assessment."""
    if encounter.goals or encounter.goal_refs or encounter.note.goals:
        return True
    reading = encounter.reading
    return any(True for _ in reading.where(_argues_purpose))


def function_named(encounter: Encounter) -> bool:
    """Whether the note shows its goals, or names a function as the purpose of anything at all."""
    return goals_elsewhere(encounter) or names_function(encounter)


def _argues_purpose(reading: Reading, statement: Statement) -> bool:
    """Whether an assessment ties a finding to a function."""
    return statement.role == "assessment" and _finding_with_purpose(reading, statement)


def session_goal(encounter: Encounter) -> bool:
    """Whether a line names the goals of the whole session ("Goals addressed: LTG 1, STG 2")."""
    reading = encounter.reading
    for ref in encounter.goal_refs:
        statement = reading.statement_at(ref.place.start) if ref.place else None
        if statement is None or statement.role in ("plan", "subjective"):
            continue
        if _ADDRESSES.search(reading.lower, statement.start, statement.end) and _names_goals_only(
            reading, statement
        ):
            return True
    return False


_ADDRESSES = loose(
    r"\b(?:address\w*|session|today|treatment|tx|interventions?|focus\w*|worked (?:on|toward)|goals?\s*:)"
)


def _names_goals_only(reading: Reading, statement: Statement) -> bool:
    start, end = statement.start, statement.end
    if not goal_refs_in(reading, start, end):
        return False
    if reading.has_quantity(start, end, "dose", "distance", "load", "reps"):
        return False
    return not reading.has_mention(start, end, "exercise")


def _only_purpose(reading: Reading, statement: Statement) -> bool:
    """A statement that is nothing but a purpose ("For terminal ext needed to descend stairs.")."""
    if _names_goals_only(reading, statement) and statement.role != "assessment":
        return True
    if statement.role == "education" or _TAUGHT.match(reading.lower, statement.start):
        return False
    label = reading.lower[statement.start : statement.label_end]
    if _WHY.match(label) and goal_refs_in(reading, statement.start, statement.end):
        return True
    for purpose in purposes_in(reading, statement.start, statement.end):
        if purpose.kind != "functional" or purpose.place is None:
            continue
        at = purpose.place.start
        if at - statement.start > _LEAD:
            continue
        if any(m.end <= at for m in reading.mentions_in(statement.start, at, *_CONTENT)):
            continue
        if reading.has_quantity(statement.start, at, "dose", "distance"):
            continue
        if not reading.has_mention(purpose.place.end, statement.end, "exercise", "task"):
            return True
    return False


#: The line of a box that says why ("Why: active flexion for STG 1 (tip to crease …)").
_WHY = loose(r"\W*(?:why|purpose|reason|rationale|for|function|aim)\W*$")
_TAUGHT = loose(r"\W*(?:\w+ )?(?:went over|review\w*|discuss\w*|educat\w*|taught|handout|told)\b")
_NEED = loose(
    r"\b(?:needs?|needed|required?|limit\w*|necessary|so (?:that )?(?:pt|patient|he|she|they)|short of)\b"
)


def _finding_with_purpose(reading: Reading, statement: Statement) -> bool:
    """A finding tied to a function ("TAM 178, needs 200 to close on pliers")."""
    if statement.role not in ("measure", "response", "other", "assessment"):
        return False
    if not _NEED.search(reading.lower, statement.start, statement.end):
        return False
    return any(p.kind == "functional" for p in purposes_in(reading, statement.start, statement.end))
