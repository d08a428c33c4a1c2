"""Functional tasks without a level of help (F1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.checks.documented import stage_of
from notelint.checks.slots.help import helped, helped_beside, is_own_item, last_help, levels
from notelint.checks.slots.item import is_homework
from notelint.encounter.activities import NOT_TODAY
from notelint.encounter.encounter import Encounter, Service
from notelint.encounter.purposes import purposes_in
from notelint.encounter.wording import wording
from notelint.language.reading import Mention, Quantity, Reading, Statement
from notelint.rulebook.params import SlotMissing
from notelint.rulebook.rule import Hit

_SKIP = NOT_TODAY | {"negated", "family"}
_EXERCISE_CODES = frozenset({"97110", "97113"})

#: Words after a task that make it a measure, a thing, or something not done.
_NOT_DONE = wording(
    r"\W*(?:farther|further|longer|better|more(?= ?[,;.]| (?:at|around|each|every|this|with))|on arrival|on entry|entering|in (?:w/|with|using|on|from|(?:looking|smiling|limping|late|tired|carrying|wearing)\b)|into (?:the )?(?:clinic|gym|dept|department|room)\b|have|has|had|(?:on |last |this past )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|out\b(?! (?:front|back|side|of)\b)|took (?:\w+ )?\d|to (?:the )?(?:waiting|lobby|front desk|clinic|gym|dept)|back to (?:[\w.'’]+ ){0,3}?(?:class(?:room)?|homeroom|recess|lunch room)\b|goals?\b|speed|pattern|mechanics|quality|deviation|analysis|belt|phase|cycle|velocity|aids?\b|shoes|stick|test\b|after \d|(?:talk|discussion|education|teaching|handout|questions?|safety (?:talk|tips))\b|dry\b(?! runs?\b)|intact|changed|clean\b"
    r"| to (?:the )?(?:l|r|left|right) (?:(?:is|are|was|were) )?(?:unchanged|improved|improving|limited|remains?)\b"
    r"|(?:(?:was|were|is|are|and \w+) )?(?:not\b|n't|deferred|held\b|withheld|omitted|skipped|unsafe|refused|declined|excluded))"
)
#: A moment or a dressing of a wound, no task.
_MOMENT = wording(
    r"\b(?:after|before|since|following|prior to|post|between|btw|b/w|incision|wound|skin|shin|drain|r shin|l shin) (?:the |r |l )?(?:(?:first|second|third|last|1st|2nd|3rd|4th|each|every) )?$"
    r"|\b(?:ot|pt(?= (?:combed|donned|doffed|washed|placed|put))|therapist|cota|pta|aide|cna|nurse|nursing|staff|wife|husband|daughter|son|spouse) (?:then |also )?$"
    r"|\b(?:talk(?:ed|ing)|spoke|ask(?:ed|ing)|discuss(?:ed|ing)|chatted) (?:\w+ ){0,2}?(?:(?:about|re|regarding|abt) )?(?:\w+ ){0,2}$|\b(?:tlso|lso|brace|boot|collar|sling|immobilizer|helmet) on (?:when |while |for |if )?$"
    r"|\b(?:idiopathic )?toe(?:-| )$"
    r"|\b(?:on|of|in|during|by) (?:the |her |his )?(?:first|second|third|fourth|1st|2nd|3rd|4th|last|final|each|every|next) $"
    r"|\b(?:short of breath|sob|doe|breathless\w*|dizz\w*|winded|pain\w*|sore|unsteady|tired|fatigued?|difficulty|trouble|afraid of|fear of) (?:\(?\d{1,2}(?:/10)?\)?(?: ?(?:to|->|→|-|from) ?\d{1,2}(?:/10)?)? )?(?:when |while |with |w/ ?|on |during |in )?$|\b(?:spells?|episodes?|spinning|vertigo|dizziness|lightheaded\w*)(?: only)?(?: when| with| on| while)? $"
    r"|\b(?:holds?|held|holding) (?:\w+ )?back (?:his |her |their |the )?$|\b(?:limit|affect|impair|hinder|alter|slow)(?:s|ed|ing) (?:his|her|their) $"
    r"|\b\d{1,2} ?/ ?10 (?:on |with |w/ ?|when |while |during )?$"
    r"|\b(?:improv\w+|gains?|progress(?:ing)?|better|independence|deficits?|goals?) (?:with|w/|in) (?:\w+ )?$"
    r"|\bafter \d{1,3} ?(?:min(?:ute)?s?|m|sec|s|ft|feet|steps|laps) (?:of )?$|\b(?:held|withheld|skipped|omitted|deferred) (?:the )?$"
    r"|\b(?:spo2|o2|sats?|hr|bp|low|rpe|pulse) (?:[\w/%]+ ){0,3}?(?:on |with |at |during )?$|\b\d{2,3} (?:on|with|after|during) $"
    r"|\b(?:till|until|once|if|when|before) (?:he|she|pt|they|patient) (?:can|could|is able to|will)\b[^.;\n]{0,20}$|\b(?:talked about|talked through|discuss\w*(?: how to)?|went over|broke|break|split|divided|analy[sz]ed|reviewed|discussed|demonstrat\w+|showed|explained|taught) (?:down )?(?:the )?$"
    r"|\bbetween (?:the |each )?(?:\w+ ){0,3}and (?:the )?$|\bgoals? (?:is |= ?)?$|\b(?:taught|instructed|told|reminded|explained)\b[^.;]{0,60}:[^.;]*\bthen $"
    r"|\b(?:tolerated|completed|did|total of|had) (?:one|two|three|four|five|six|\d) $"
)
#: What was planned, or done on another day, said in passing.
_OTHER_DAY = wording(
    r"[\w ]{0,40}\b(?:before (?:that|this(?: fall| injury)?|the (?:fall|stroke|surgery|accident|injury|admission|hospital\w*))|prior to (?:that|this|the (?:fall|stroke|surgery|accident|injury|admission)))\b|[\w ]{0,28}\blast (?:mon|tues|wednes|thurs|fri|satur|sun)day\b|[\w ]{0,40}\b(?:i|we) (?:had )?planned\b"
)
#: A box of the form, about the clinician's own hands.
_STAFF = wording(r"\bhand hygiene")
_STRIP = wording(r"\b(?:of|at|before|near|by|on|across|over|along) (?:the |each )?$")
#: A ramp that is played on, or only named as the place.
_NO_CLIMB = wording(
    r"\b(?:scooter|sled|tunnel|slide)\b[^.;]{0,30}$|\b(?:then|at|near) the (?:\w+ )?$"
)
#: The words of a sequence that is taught ("scoot, feet under, rock-rock-up").
_IN_SEQUENCE = wording(r", (?:kick|feet|lean|nose|push|rock)\b")
_TO_PLACE = wording(
    r"to (?:the )?(?:l|r|left|right|side|mat|chair|bed|wc|w/c|toilet|commode|tub|car|floor|recliner|eob|bsc|plinth|couch|sofa|wheelchair|br|bathroom|restroom|kitchen|dining room|hallway|room|gym|sink|door|lobby|nurses'? station)\b"
)
_PROVIDED = wording(r"\b(?:provided|seen|received|focus\w*|session|treatment|services?|skilled) $")
#: In water nobody is guarded; walking there is exercise.
_POOL = wording(
    r"\b(?:aquatic\w*|in (?:the )?(?:pool|water)|pool (?:therapy|session)|(?:chest|waist)[- ](?:deep|depth))\b"
)
_NO_LEVEL = ("pressure", "weight shift", "weight-shift")
#: Pool work and groups are judged by their own rules.
_AMOUNTS = ("distance", "dose", "reps", "count", "sets")
_OTHER_CODES = frozenset({"97113", "97150"})
#: Kinds of notes that sum up a period.
_REPORTS = frozenset({"progress", "recert", "discharge"})
#: "Fri: bra" is what comes, "Home: ..." is elsewhere.
_ELSEWHERE = wording(
    r"\W*(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|tomorrow|next(?: \w+){0,2}|home|hw|homework|nv) ?[:–—-]"
)


#: What the patient comes with: "cant get plates to the 2nd shelf, bra strap behind".
_CANNOT = wording(
    r"\W*(?:(?:pt|patient|she|he) )?(?:still )?(?:cant|can't|cannot|can not|unable to|hard to|difficulty|trouble|struggles?|wants?|hopes?|aims?) "
)


def missing_assist(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """One hit a statement whose functional tasks have no level in it, its list or beside it."""
    del params
    if encounter.facts.discipline == "SLP":
        return
    reading = encounter.reading
    water = reading.holds(_POOL)
    for activity in encounter.activities:
        if activity.role != "treatment" or is_homework(reading, activity):
            continue
        statement = reading.statements[activity.statement]
        service = encounter.services[activity.service] if activity.service >= 0 else None
        code = service.code.value if service and service.code else ""
        if code in _OTHER_CODES:
            continue
        tasks = list(_tasks(reading, statement, code, water))
        if encounter.facts.note_type in _REPORTS and _of_period(reading, statement):
            continue
        if not tasks or _counted(reading, statement) or _told_below(reading, statement, tasks):
            continue
        if _told_above(reading, statement, tasks):
            continue
        if service is not None and _told_apart(reading, statement, service, tasks):
            continue
        if reading.answer(helped, statement):
            tasks = _after_help(reading, statement, tasks)
        if not tasks or helped_beside(reading, statement):
            continue
        stated = service.stated_code if service else None
        yield Hit(
            "words", tasks[0].start, tasks[-1].end,
            fields={"task": reading.text[tasks[0].start : tasks[0].end]},
            facts={"code": stated or "", "stage": stage_of(encounter)},
        )  # fmt: skip
    if not water:
        yield from _unhelped_walks(encounter)


#: A report tells what a period was spent on, and what is expected.
_PERIOD = wording(
    r"\b(?:have|has) been (?:doing|working|seen|treated)\b|\b(?:this|the|prior|past|last) (?:period|month)\b|\bexpect\b"
)


def _of_period(reading: Reading, statement: Statement) -> bool:
    """Whether a statement, or the one before it on its line, speaks of a period ("What we have been
    doing. Curb practice, …")."""
    above = reading.statements[max(0, statement.index - 1)]
    start = above.start if above.line == statement.line else statement.start
    return _PERIOD.search(reading.lower, start, statement.end) is not None


def _unhelped_walks(encounter: Encounter) -> Iterator[Hit]:
    """A distance under the code of walking, with no word of walking and no level ("97116 - FWW 120 ft")."""
    reading = encounter.reading
    for service in encounter.services_with("97116"):
        told = [s for span in service.body if (s := reading.statement_at(span.start)) is not None]
        if any(helped(reading, s) or helped_beside(reading, s) for s in told) or any(
            True
            for span in service.body
            for _ in reading.mentions_in(span.start, span.end, "task", "exercise")
        ):
            continue
        for span in service.body:
            walked = next(reading.quantities_in(span.start, span.end, "distance"), None)
            if walked is None or reading.context_at(walked.start) & _SKIP:
                continue
            words = reading.text[span.start : walked.end]
            start = walked.end - len(words.lstrip(" \t:-–—.()"))
            yield Hit(
                "words",
                start,
                walked.end,
                fields={"task": reading.text[start : walked.end]},
                facts={"code": "97116", "stage": stage_of(encounter)},
            )
            break


def _tasks(reading: Reading, statement: Statement, code: str, water: bool) -> Iterator[Mention]:
    """Yields the tasks of a statement that were done today and need a level; in ``water`` walking does not."""
    if _ELSEWHERE.match(reading.lower, statement.start) or _CANNOT.match(
        reading.lower, statement.start
    ):
        return
    needing = [
        m
        for m in reading.mentions_in(statement.start, statement.end, "task")
        if m.has_tag("level")
        and m.certainty == "stated"
        and _is_done(reading, m, statement)
        and not (water and m.has_tag("gait"))
    ]
    needing += _worded(reading, statement)
    needing.sort(key=lambda m: m.start)
    if not needing:
        return
    purposes = [
        p.place
        for p in purposes_in(reading, statement.start, statement.end)
        if p.place and not _is_way(reading, p.place.start)
    ]
    cell = _first_cell(reading, statement)
    needing = [m for m in needing if m.start < cell]
    drilled = code in _EXERCISE_CODES or _in_exercise_list(reading, statement)
    for mention in needing:
        if mention.is_a("exercise") and drilled:
            continue
        if not any(p.start <= mention.start < p.end for p in purposes):
            yield mention


#: Steps of stairs by their number, which are climbed with a rail or one foot after the other.
_STEPS = wording(
    r"\b(?:\d|two|three|four|five|six)[- ]?step trainer\b|\b(?:climb\w*|up(?: and |/| & |\+)down|asc\w*|went up)\b[^.;:\n]{0,28}?\b(?:steps|stairs)\b|\b\d{1,2} (?:[\w\"-]+ ){0,2}?(?:steps|stairs)\b(?=[^.;:\n]{0,40}\b(?:rails?|hr|step[- ]to|recip\w*|up/down|up (?:and|&) down|alternat\w*))"
)
#: Rising from a seat, in a sentence ("getting up from the recliner and the bed").
_RISES = wording(
    r"\b(?:(?:g[eo]t|gets|getting|r[io]se|rising|stand|stood|standing|com(?:e|ing)|came)(?: up)?|up and down) (?:from|out of|off(?: of)?|on and off(?: of)?|in and out of) "
    r"(?:(?:the|a|an|his|her|their|low|standard|soft|deep|lower|higher|firm|own|favorite|dining|kitchen|living|lift|room|desk|waiting|park|shower|bath|hospital|raised) )*(?:recliner|(?:arm|wheel|easy)?chair|w/c|wc|bed|couch|sofa|toilet|commode|bsc|bench|booth|pew|loveseat|edge of (?:the )?bed|eob|mat|plinth|stool|seat|tub|floor)\b"
)
#: So far before such words a task may begin that they end ("sit to stand from the recliner").
_JUST = 8
_TASK = frozenset({"task"})
_WORDED = (
    (_STEPS, frozenset({"level", "stairs"})),
    (_RISES, frozenset({"level", "transfer"})),
)


def _worded(reading: Reading, statement: Statement) -> Iterator[Mention]:
    """Yields tasks that no list names: stairs told by the number of their steps ("4 steps, 6in | B
    rails, step-to"), rising from a seat."""
    for pattern, tags in _WORDED:
        for told in pattern.finditer(reading.lower, statement.start, statement.end):
            if reading.context_at(told.start()) & _SKIP:
                continue
            if any(
                m.has_tag("level") and m.end > told.start()
                for m in reading.mentions_in(
                    max(statement.start, told.start() - _JUST), told.end(), "task"
                )
            ) or _MOMENT.search(reading.lower, statement.start, told.start()):
                continue
            yield Mention(told.start(), told.end(), (), _TASK, tags)


def _after_help(reading: Reading, statement: Statement, tasks: list[Mention]) -> list[Mention]:
    """The tasks of another kind that a run of clauses tells behind the last words of help ("amb 150 ft
    SBA, then washed up at the sink"); what help a clause gives is its own."""
    last = last_help(reading, statement)
    clause = next((c for c in statement.clauses if c.start <= last < c.end), None)
    if clause is None:
        return []
    own = _kinds(list(reading.mentions_in(clause.start, clause.end, "task")))
    if not own:
        return []
    return [task for task in tasks if task.start >= clause.end and not _kinds([task]) & own]


def _first_cell(reading: Reading, statement: Statement) -> int:
    """Returns where the cell that names what was done ends; later cells of a row say what for."""
    row = reading.lower[statement.start : statement.end]
    if "|" not in row and "\t" not in row:
        return statement.end
    named = next(reading.mentions_in(statement.start, statement.end, "exercise", "task"), None)
    at = named.end - statement.start if named else 0
    ends = [end for end in (row.find("|", at), row.find("\t", at)) if end >= 0]
    return statement.start + min(ends) if ends else statement.end


def _is_done(reading: Reading, mention: Mention, statement: Statement) -> bool:
    """Whether the words around a task leave it something that was done today."""
    lower = reading.lower
    if reading.context_at(mention.start) & _SKIP or _NOT_DONE.match(lower, mention.end):
        return False
    if any(
        (m.start <= mention.start and mention.end < m.end)
        or (m.start < mention.start and mention.end <= m.end)
        for m in reading.mentions_in(
            max(0, mention.start - 24),
            mention.end,
            "measure",
            "device",
            "adl_equipment",
            "object",
            "filler",
        )
    ):
        return False  # "30 sec chair stand 9" is a test
    if _STAFF.search(lower, max(statement.start, mention.start - 8), mention.end):
        return False
    if any(
        not m.is_a("task") and m.start < mention.start and mention.end <= m.end
        for m in reading.mentions_in(max(0, mention.start - 24), mention.end, "exercise")
    ):
        return False  # "wheelbarrow walk", "clothespin transfer"
    if lower.startswith("ramp", mention.start) and _NO_CLIMB.search(
        lower, statement.start, mention.start
    ):
        return False  # "scooter board prone down the ramp"
    if lower.startswith("scoot", mention.start) and _IN_SEQUENCE.match(lower, mention.end):
        return False
    if _STRIP.search(lower, max(statement.start, mention.start - 16), mention.start) and (
        lower.startswith("threshold", mention.start)
    ):
        return False  # "tape ahead of the threshold"
    if lower.startswith(_NO_LEVEL, mention.start) or _only_label(reading, mention, statement):
        return False
    if _OTHER_DAY.match(lower, mention.end):
        return False
    return not _MOMENT.search(lower, statement.start, mention.start)


def _is_way(reading: Reading, start: int) -> bool:
    """``WC to mat transfer`` and ``PT provided for gait training`` hold no purpose."""
    return bool(
        _TO_PLACE.match(reading.lower, start)
        or _PROVIDED.search(reading.lower, max(0, start - 24), start)
    )


def _in_exercise_list(reading: Reading, statement: Statement) -> bool:
    """Whether a dosed list of plain exercises surrounds the task ("LAQ, STS, marching 3x10")."""
    exercises = sum(
        not m.is_a("task") for m in reading.mentions_in(statement.start, statement.end, "exercise")
    )
    return exercises > 0 and reading.has_quantity(
        statement.start, statement.end, "dose", "reps", "sets"
    )


def _only_label(reading: Reading, mention: Mention, statement: Statement) -> bool:
    """A service's name alone is another rule's finding (A2); with content it is a task."""
    if not mention.is_a("service_label"):
        return False
    if reading.has_quantity(statement.start, statement.end, "distance", "dose", "reps", "count"):
        return False
    return not any(
        m.start != mention.start and m.is_a("device", "surface", "task", "object")
        for m in reading.mentions_in(statement.start, statement.end)
    )


def _told_below(reading: Reading, statement: Statement, tasks: list[Mention]) -> bool:
    """Whether the statement only opens ("24 minutes of gait training with a cane") what the next
    ones tell: the same kind of task, with its level, and no distance or count here."""
    if _measured(reading, statement):
        return False
    kinds = _kinds(tasks)
    for other in reading.statements[statement.index + 1 : statement.index + 5]:
        own = is_own_item(reading, statement, other)
        labelled = statement.label_end > statement.start and other.label_end > other.start
        if own and (labelled or other.line - statement.line > 1):
            break
        counted = other.line == statement.line and _counted(reading, other)
        if other.section == statement.section and (counted or levels(reading, other)):
            below = reading.mentions_in(other.start, other.end, "task")
            if any(m.has_tag(kind) for m in below for kind in kinds):
                return True
    return False


def _told_apart(
    reading: Reading, statement: Statement, service: Service, tasks: list[Mention]
) -> bool:
    """Whether a row that only names the work of a code ("97116 | 17 min | gait, cane to none") stands
    beside words elsewhere under that code that tell the help."""
    coded = reading.has_quantity(statement.start, statement.end, "code")
    if not coded or _measured(reading, statement):
        return False
    kinds = _kinds(tasks)
    for span in service.body:
        other = reading.statement_at(span.start)
        if other is None or other.index == statement.index or other.line == statement.line:
            continue
        told = reading.mentions_in(other.start, other.end, "task")
        if levels(reading, other) and (
            _measured(reading, other) or any(m.has_tag(kind) for m in told for kind in kinds)
        ):
            return True
    return False


def _told_above(reading: Reading, statement: Statement, tasks: list[Mention]) -> bool:
    """Whether a bare statement ("pt walked for endurance") only says again what the one above it
    names with its place, device or distance."""
    if not statement.index or _measured(reading, statement):
        return False
    here = reading.mentions_in(statement.start, statement.end, "device", "surface", "object")
    above = reading.statements[statement.index - 1]
    if above.section != statement.section or any(True for _ in here):
        return False
    names = _names(tasks)
    return _measured(reading, above) and any(
        _names([m]) & names for m in reading.mentions_in(above.start, above.end, "task")
    )


def _measured(reading: Reading, statement: Statement) -> bool:
    """Whether a distance, a count or a dose stands in a statement."""
    return reading.has_quantity(statement.start, statement.end, *_AMOUNTS)


def _names(tasks: list[Mention]) -> frozenset[str]:
    """Returns the names of the tasks as the lexicon gives them."""
    return frozenset(s.term for m in tasks for s in m.senses if s.lexicon == "task")


def _kinds(tasks: list[Mention]) -> frozenset[str]:
    """Returns what the tasks are about: ``transfer``, ``gait``, ``adl``."""
    tags = {tag for m in tasks for s in m.senses if s.lexicon == "task" for tag in s.tags}
    return frozenset(tags - {"level"})


def _counted(reading: Reading, statement: Statement) -> bool:
    """Whether the performance is counted ("4 of 6 buttons"): a result that can be compared.

    What was said back ("named 3/3", "recalled steps on 3 of 4") is no performance.
    """
    return any(
        (q.kind in ("score", "grade") or " of " in q.text or "out of" in q.text)
        and not _SAID.search(reading.lower, max(statement.start, q.start - 40), q.start)
        and not _OF_FAULT.search(reading.lower, max(statement.start, q.start - 40), q.start)
        for q in reading.quantities_in(statement.start, statement.end, "score", "count", "grade")
        if q.kind != "grade" or _is_of_tries(reading, statement, q)
    )


def _is_of_tries(reading: Reading, statement: Statement, quantity: Quantity) -> bool:
    """Whether "5/5" counts tries: a grade of strength stands behind its muscle or the word for it."""
    before = max(statement.start, quantity.start - _TO_MUSCLE)
    return (
        _TRIES.fullmatch(quantity.text.strip()) is not None
        and _GRADED.search(reading.lower, before, quantity.start) is None
        and not reading.has_mention(before, quantity.start, "body")
    )


#: How far before its grade a muscle stands.
_TO_MUSCLE = 24
_TRIES = re.compile(r"[0-5] ?/ ?5")
_GRADED = wording(r"\b(?:mmt|strength|flex\w*|ext\w*|abd\w*|add\w*|df|pf|er|ir)\b")
#: A count of what went wrong, or of what is felt, says nothing of how the task went.
_OF_FAULT = wording(
    r"\b(?:buckl\w*|drags?|dragged|dragging|catch\w*|caught|scuff\w*|drops?|dropp\w*|lean\w*|lob|hik\w*|circumduct\w*|hyperext\w*|trendelenburg|sob|dyspnea|doe|pain|p!|rpe|borg|dizz\w*|fatigue|set (?:it|timer|alarm) (?:\w+ )?|hits?|bumps?|bumped|clipped|missed|forgot)\b[^.;]{0,24}$"
)
_SAID = wording(
    r"\b(?:named|names|recalled|recalls|repeated|stated|verbali[sz]ed|listed|remembered|precautions|teach ?back)\b[^.;]{0,24}$"
)
