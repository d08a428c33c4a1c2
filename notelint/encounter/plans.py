"""Reads the plan: which statements plan something and which only continue (catalogue A4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.encounter.encounter import PlanItem
from notelint.language.boxes import chosen
from notelint.language.loose import loose
from notelint.language.planwords import PLAN_WORDS, continues, only_continues
from notelint.language.reading import Reading, Span, Statement
from notelint.language.stopwords import is_content

_NEXT_STEP_KINDS = frozenset(
    {
        "dose",
        "load",
        "height",
        "distance",
        "level",
        "percent",
        "hold",
        "seconds",
        "date",
        "score",
        "scale",
        "rom",
        "count",
        "grade",
    }
)
_STEP_LEXICONS = (
    "exercise",
    "technique",
    "surface",
    "object",
    "adl_equipment",
    "speech_task",
    "measure",
    "device",
    "gait_deviation",
    "modality",
)
_CRITERION = loose(
    r"\b(?:if|when|once|until|unless|provided|pending)\b(?! (?:pt |patient |he |she |is )*(?:able|ready|appropriate|indicated|tolerated|tol|possible|needed)\b)"
)


def plan_items_of(reading: Reading) -> tuple[PlanItem, ...]:
    """Returns one item a plan statement."""
    return tuple(_items(reading))


def _items(reading: Reading) -> Iterator[PlanItem]:
    for statement in reading.where(_plans):
        if statement.role in _TRAILED:
            yield from _trailing(reading, statement)
        else:
            yield _item(reading, statement)
            yield from _going_on(reading, statement)


#: Roles that a sentence behind the plan's first may be taken for ("Cont 2x/wk. Measure for a garment").
_GOING_ON = frozenset({"other", "hep", "treatment", "education", "caregiver_report"})


def _going_on(reading: Reading, statement: Statement) -> Iterator[PlanItem]:
    """The rest of the line that a plan opens, where its sentences show no role of their own."""
    for other in reading.statements[statement.index + 1 :]:
        if other.line != statement.line or other.role not in _GOING_ON:
            return
        if reading.has_quantity(other.start, other.end, "minutes"):
            return  # "Continue POC. Therapeutic exercise 16 minutes" goes on with the bill
        if _GIVEN.fullmatch(reading.lower, other.start, other.end):
            continue
        if reading.answer(_acts, other) and reading.answer(_next_step, other):
            yield PlanItem(other.span, other.index, False, has_next_step=True)


#: A label of the home programme or of the next visit.
_AHEAD = re.compile(
    r"\W*(?:(?:hw|hep|home\w*|next|nv|then|goal|at home)\b|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\s?[:,–-]|tomorrow\b)"
)
_NEXT_TIME = re.compile(
    r"\b(?:will|to) be \w+ (?:at|on) (?:the )?(?:next|following) (?:visit|session|appt|appointment|time|tx)\b"
)


def _acts(reading: Reading, statement: Statement) -> bool:
    """Whether a sentence begins with something to do ("Measure for a garment", "HW: 10 items nightly")."""
    if _AHEAD.match(reading.lower, statement.start) or _NEXT_TIME.search(
        reading.lower, statement.start, statement.end
    ):
        return True
    return any(
        m.start == statement.start
        for m in reading.mentions_in(
            statement.start, statement.start + 1, "plan_action", "teaching"
        )
    )


#: Roles of statements that may end with a plan.
_TRAILED = frozenset({"response", "assessment", "other", "treatment", "subjective"})


#: A physician's certification, the clock of the visit, the reasons for a plan and what the family was
#: told stand in it and plan nothing.
_PLANS_NOTHING = re.compile(
    r"\W*(?:i (?:certify|have reviewed|agree)|dictated\b|total (?:timed|tx|treatment)\b|(?:attendance|(?:progress|reporting) period)\s?:|(?:mom|dad|mother|father|parents?|wife|husband|family|caregiver) (?:was|were) (?:told|shown|updated|informed)\b|(?:md|physician|provider)(?:'s)? (?:sign|sig\b)|(?:rationale|justification|medical necessity)(?: for [a-z ]{3,30})?\s?:|(?:start|time in|in)\W{1,3}\d{1,2}:\d\d)"
)


#: "Homework given.", "HEP reviewed.": done, and no step to come.
_GIVEN = re.compile(
    r"\W*(?:(?:new|same|updated|written) )?(?:hw|homework|hep|handouts?|home program|home practice|worksheets?|homework sheets?)\s+(?:(?:was|were|is) )?(?:given|issued|sent|provided|reviewed|sent home|assigned|updated|continued|same|unchanged|as before)\W*"
)
#: Codes, units and modifiers below the plan ("97112 2  97110 1 GP KX n/a").
_BILLS = re.compile(
    r"\W*(?:cpt|charges?|codes?)?\W*(?:9\d{4}|g\d{4})\b(?:\W+(?:9\d{4}|g\d{4}|x?\d{1,3}|g[pon]|kx|c[qo]|59|x[esup]|n/?a|units?|u|mins?|minutes|timed|total|x)\b)*\W*"
)


#: A word that heads the plan below it.
_OPENS = re.compile(r"\W*(?:tomorrow|next(?: (?:visit|session|time|steps?))?|nv)\W*")


def _plans(reading: Reading, statement: Statement) -> bool:
    """Whether a statement is of the plan, or ends with one."""
    if statement.role == "hep":
        return (
            reading.section_of(statement).kind == "plan"
            and _GIVEN.fullmatch(reading.lower, statement.start, statement.end) is None
        )
    if statement.role in _TRAILED:
        return any(True for _ in _trailing(reading, statement))
    return (
        statement.role == "plan"
        and not _PLANS_NOTHING.match(reading.lower, statement.start, statement.end)
        and not _OPENS.fullmatch(reading.lower, statement.start, statement.end)
        and not _BILLS.fullmatch(reading.lower, statement.start, statement.end)
        and not _GIVEN.fullmatch(reading.lower, statement.start, statement.end)
    )


def _trailing(reading: Reading, statement: Statement) -> Iterator[PlanItem]:
    """A plan at the end of another statement ("Tolerated tx well, continue POC", "and should keep on")."""
    if len(statement.clauses) >= 2:
        last = statement.clauses[-1]
        if only_continues(reading.lower[last.start : last.end]):
            yield PlanItem(Span(last.start, last.end), statement.index, True)
            return
    tail = _THEN.search(reading.lower, statement.start, statement.end)
    if tail and only_continues(tail["plan"]):
        yield PlanItem(Span(*tail.span("plan")), statement.index, True)


_THEN = re.compile(
    r"(?:\band|[,;-])\s+(?P<plan>(?:(?:we|she|he|they|pt|patient|i)\s+)?(?:(?:are|is|am)\s+going\s+to|should|will|to|'ll|can)\s+"
    r"(?:cont(?:inue)?|keep|carry|proceed|stay|stick|return)\b[^.;\n]{0,80})"
)


def _item(reading: Reading, statement: Statement) -> PlanItem:
    frequency = reading.has_quantity(statement.start, statement.end, "frequency")
    words = reading.lower[statement.start : statement.end]
    if chosen(words) != words and only_continues(words):
        return PlanItem(statement.span, statement.index, True, frequency)
    step = statement.opens_list or _ends_episode(words) or reading.answer(_next_step, statement)
    return PlanItem(statement.span, statement.index, not step, frequency, step)


#: "D/c to HEP" says what comes next: the end of therapy.
_ENDS = re.compile(
    r"\W*(?:plan:\s*)?(?:d/c|discharged?|dc)\W*$|\W*(?:d/c|discharged?|dc)(?:\s(?:pt|patient|from|to|today|this|with|w/|home|ot|st))+\b"
)


def _ends_episode(words: str) -> bool:
    return _ENDS.match(words) is not None


def _next_step(reading: Reading, statement: Statement) -> bool:
    """Whether a plan statement says what, how, by which criterion, or with whom."""
    start, end = statement.start, statement.end
    if _GOES_ON.match(reading.lower, start):
        aim = _AIM.search(reading.lower, start, end)
        end = aim.start() if aim else end
    if reading.has_mention(start, end, *_STEP_LEXICONS):
        for mention in reading.mentions_in(start, end, *_STEP_LEXICONS):
            if reading.lower[mention.start : mention.end] in _NO_THING:
                continue
            if not mention.is_a(
                "generic_modifier", "generic_head", "plan_empty", "service_label", "context"
            ):
                return True
    for mention in reading.mentions_in(start, end, "task"):
        if reading.lower[mention.start : mention.end] in PLAN_WORDS | _NO_THING:
            continue
        if not mention.is_a("generic_modifier", "service_label", "impairment"):
            return True
    for quantity in reading.quantities_in(start, end):
        if quantity.kind == "count" and "visit" in quantity.text.lower():
            continue  # "4 visits remaining"
        if quantity.kind in _NEXT_STEP_KINDS and not _APPOINTS.search(
            reading.lower, start, quantity.start
        ):
            return True
    if _CRITERION.search(reading.lower, start, end):
        return True
    covered = [(m.start, m.end) for m in reading.mentions_in(start, end, "plan_empty")]
    covered += [(q.start, q.end) for q in reading.quantities_in(start, end)]
    if _GOES_ON.match(reading.lower, start):
        covered += [
            (m.start, m.end)
            for m in reading.mentions_in(start, end, "generic_modifier")
            if m.tags & _DOMAINS
        ]
    acts = any(
        not mention.is_a("plan_empty", "context", "purpose", "generic_modifier", "weak_verb")
        and not _KEEPS.match(reading.lower, mention.start)
        for mention in reading.mentions_in(
            start, end, "plan_action", "teaching", "education_generic"
        )
    )
    unknown = 0
    for word in reading.words_in(start, end):
        if any(a <= word.start < b for a, b in covered):
            continue
        text = reading.lower[word.start : word.end].strip("'’")
        if text not in PLAN_WORDS and is_content(text):
            unknown += 1
    # One word that no list knows may be a name or a slip; with a verb of acting it is a step, and
    # where nothing goes on it may be the step itself.
    return unknown >= 2 or (unknown == 1 and (acts or not continues(reading.lower[start:end])))


#: What a plan aims at and when it meets again are no things to work with.
_NO_THING = frozenset({"target", "targets", "targeted", "schedule"})
#: "Next session 3/26", "return Thursday 10/12": an appointment.
_APPOINTS = re.compile(
    r"\b(?:rtd|rtmd|md(?: appt| f/u)?|ortho|surgeon|dr\.? ?\w*|sessions?|visits?|appts?|appointments?|returns?|rtc|scheduled|seen?|tx|(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?)[\s:,.(-]*(?:is |on |for )?$"
)
#: What therapy goes on for in general: no number, no named task ("to max indep w ADLs").
_AIM = re.compile(
    r"\bto (?:max\w*|inc\w*|improv\w*|address|promote|increase|facilitate|ensure|restore|regain|further|progress toward)\b"
    r"(?: (?:and|or|/|&|,|\+|with|w/?|in|for|of|the|his|her|their|pt'?s?|safe\w*|safety|max\w*|indep\w*|ind|function\w*|fxl|strength\w*|rom|balance|endurance|mobility|adls?|self[- ]?care|gait|goals?|deficits?|impairments?|sensory|processing|fm|gm|fine|gross|motor|skills?|coordination|posture|activity|tolerance|cognition|communication|language|speech|swallow\w*|level|quality|life|participation|po|oral|intake|diet|nutrition|hydration|prior|plof|return|home|community|pain|relief|carry-?over|potential|mobility|transfers?|ambulation)[,.;]?)+\W*$"
)
#: After a verb that goes on, the field of the therapy is no next step ("continue fine motor work").
_GOES_ON = re.compile(r"\W*(?:(?:pt|ot|st|will|to|we)\s+){0,2}(?:cont|keep|ongoing|proceed|carry)")
_DOMAINS = frozenset(
    {
        "strength", "endurance", "balance", "finemotor", "coordination", "language", "cognition",
        "swallow", "core", "gait", "transfer", "flexibility", "function", "plain", "sensory", "adl",
    }
)  # fmt: skip
_KEEPS = re.compile(
    r"(?:progress|advance|upgrade|schedule|continue|target|work on|focus on|resume|attempt|follow)"
)
