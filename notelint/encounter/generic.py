"""Finds generic activity phrases: the grammar behind "balance activities performed".

The shape is *weak verb or nothing + domain + generic head + nothing specific in the clause or its
continuation* (catalogue A1). A word list alone would fire inside most good sentences, so what
decides is what stands around the phrase: a named exercise, task, technique, object, surface,
dose or value, or any word no list knows, makes it specific. Help, minutes and body parts do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from notelint.encounter.headless import GAP, without_head
from notelint.encounter.purposes import purposes_in
from notelint.encounter.specific import SPECIFIC, counts, specific_in
from notelint.language.loose import loose
from notelint.language.reading import Mention, Reading, Span, Statement

#: Heads that are too weak to stand without a domain.
_NEEDS_DOMAIN = frozenset({
    "treatment", "therapy", "skill", "strategy", "technique", "work", "practice", "program",
    "intervention", "component", "movement", "facilitation", "progression", "stimulation",
    "challenge", "remediation", "training", "game", "worksheet", "re-education", "drill", "station",
})  # fmt: skip
#: Of these the region alone makes a phrase ("hip and knee program").
_REGIONAL = frozenset({"work", "program"})
#: An item of a list is not longer than this.
_ITEM = 40
_TAIL_GAP = re.compile(
    r"^\s*+(?:\(?[a-z ]{0,14}\)?)?\s*+(?:was|were|is|are|being|been|x\s?\d+\s?min\w*|also|all|then)?\s*+$"
)
_DONE = re.compile(
    r"(?:perform|complet|done|did|address|practic|practis|work|provid|attempt|conduct|implement|utiliz|initiat|continu|review|target|given|trial|execut)"
)
_DOMAIN_KIN = {
    "balance": frozenset({"balance", "neuro", "gait"}),
    "gait": frozenset({"gait", "stairs", "balance", "neuro"}),
    "transfer": frozenset({"transfer", "bed"}),
    "strength": frozenset({"strength", "rom", "flexibility", "endurance"}),
    "flexibility": frozenset({"flexibility", "rom", "strength", "manual"}),
    "endurance": frozenset({"endurance", "strength", "gait"}),
    "core": frozenset({"strength", "core", "neuro"}),
    "adl": frozenset({"adl", "iadl", "eating", "lifting"}),
    "finemotor": frozenset({"plain", "adl", "school", "lifting", "finemotor"}),
    "coordination": frozenset({"neuro", "balance", "plain", "finemotor"}),
    "cognition": frozenset({"cognition", "iadl", "language"}),
    "language": frozenset({"language", "communication", "cognition"}),
    "swallow": frozenset({"swallow", "eating"}),
}
#: What the next sentence must name to go on about a domain: walking is no balance exercise.
_OWN_KIN = {
    "balance": frozenset({"balance", "neuro"}),
    "gait": frozenset({"gait", "stairs"}),
    "transfer": frozenset({"transfer"}),
    "strength": frozenset({"strength"}),
    "core": frozenset({"core"}),
    "adl": frozenset({"adl", "iadl", "eating"}),
    "finemotor": frozenset({"finemotor", "school"}),
    "coordination": frozenset({"neuro", "finemotor"}),
    "cognition": frozenset({"cognition"}),
    "language": frozenset({"language", "communication"}),
    "swallow": frozenset({"swallow"}),
}


@dataclass(frozen=True, slots=True)
class GenericPhrase:
    """A generic phrase: its span, its head, its domains, and the statement it stands in."""

    span: Span
    head: str
    domains: frozenset[str]
    statement: int


def generic_phrases(reading: Reading, statement: Statement) -> Iterator[GenericPhrase]:
    """Yields the generic phrases of one statement that nothing around makes specific; found once."""
    key = ("generic", statement.index)
    known: tuple[GenericPhrase, ...] | None = reading.memo.get(key)
    if known is None:
        known = ()
        if reading.answer(_may_be_generic, statement):
            known = tuple(_generic_phrases(reading, statement))
        reading.memo[key] = known
    return iter(known)


def _may_be_generic(reading: Reading, statement: Statement) -> bool:
    """Whether a statement holds a phrase that is generic unless what stands around it says more."""
    if _is_title(reading, statement) or _titles_code(reading, statement):
        return False
    purposes = purpose_spans(reading, statement.start, statement.end)
    return any(True for _ in without_head(reading, statement, purposes)) or any(
        True for _ in _heads(reading, statement, purposes)
    )


def _generic_phrases(reading: Reading, statement: Statement) -> Iterator[GenericPhrase]:
    purposes = purpose_spans(reading, statement.start, statement.end)
    seen_end = -1
    for span, domains in without_head(reading, statement, purposes):
        aimed = GenericPhrase(span, "", domains, statement.index)
        if not _made_specific(reading, aimed, statement, purposes):
            seen_end = max(seen_end, aimed.span.end)
            yield aimed
    for head in _heads(reading, statement, purposes):
        if head.start < seen_end:
            continue
        floor = seen_end
        phrase = _phrase(reading, head, statement, floor)
        if phrase is None:
            continue
        seen_end = phrase.span.end
        if not _made_specific(reading, phrase, statement, purposes, floor):
            yield phrase


#: Words that make a name of the head before them.
_COMPOUNDS = (" tolerance", " group", " class", " order", " station", " shift", " boot", " site")


def _heads(reading: Reading, statement: Statement, purposes: list[Span]) -> Iterator[Mention]:
    """Yields the heads of a statement that are part of nothing else: no purpose, name or group."""
    for head in reading.mentions_in(statement.start, statement.end, "generic_head"):
        if head.end > statement.end or any(p.start <= head.start < p.end for p in purposes):
            continue
        if reading.lower.startswith(_COMPOUNDS, head.end):
            continue  # "the gym exercise group", "a work order"
        if not _inside_specific(reading, head) and not _is_code_label(reading, head, statement):
            yield head


def _is_title(reading: Reading, statement: Statement) -> bool:
    """Whether a statement is the note's title: "TREATMENT NOTE - OUTPATIENT NEURO REHABILITATION"."""
    return statement.line == 0 and bool(
        _TITLE.search(reading.lower, statement.start, statement.end)
    )


#: "TRANSFERS/TASK 97530, 15 min.": a title in capitals with its code.
_CAPITALS = re.compile(r"[A-Z][A-Z /&+-]{3,40}[ ,(:–-]{1,4}(?=9\d{4}\b)[^\n]{5,24}")


def _titles_code(reading: Reading, statement: Statement) -> bool:
    """Whether a sentence is the title of a code in capitals, and its line goes on."""
    if _CAPITALS.fullmatch(reading.text, statement.start, statement.end) is None:
        return False
    return not reading.ends_line(statement)


#: The title of a note names its kind and no activity.
_TITLE = re.compile(
    r"\b(?:(?:treatment|daily|visit|progress|encounter|therapy) note|re-?evaluation|evaluation|summary|record|report|recertification)\b"
)


def purpose_spans(reading: Reading, start: int, end: int) -> list[Span]:
    """The purpose clauses of a stretch; a trailing one ends at its first comma."""
    found = []
    for purpose in purposes_in(reading, start, end):
        if purpose.place is None:
            continue
        comma = reading.lower.find(",", purpose.place.start, purpose.place.end)
        cut = purpose.source != "leading" and comma > 0
        found.append(Span(purpose.place.start, comma) if cut else purpose.place)
    return found


def _inside_specific(reading: Reading, head: Mention) -> bool:
    return any(
        m.start <= head.start and m.end >= head.end and m.end - m.start > head.end - head.start
        and m.is_a(*SPECIFIC, "plan_empty", "education_generic", "context", "response_empty", "section", "pointer")
        for m in reading.mentions_in(max(0, head.start - 40), head.end)
    )  # fmt: skip


def _is_code_label(reading: Reading, head: Mention, statement: Statement) -> bool:
    """Whether the head belongs to a service label ("therapeutic exercise"): rule A2's matter."""
    for m in reading.mentions_in(
        max(statement.start, head.start - 30), head.start, "service_label"
    ):
        if reading.lower[m.end : head.start].strip() in ("and", "&", "/") and m.end - m.start > 8:
            return True
    for m in reading.mentions_in(max(statement.start, head.start - 30), head.end, "service_label"):
        if m.start < head.start and m.end >= head.end:
            sense = m.sense("service_label")
            if sense and not sense.tags & {"transfer", "balance", "modality"}:
                return True
    return False


#: "Did some movement": nothing but the kind of thing it was.
_SOME = frozenset({"movement", "work", "practice", "drill"})
_SOME_OF = re.compile(r"\b(?:did|do|doing|completed|performed) (?:some|a little|a few|a bit of) $")
#: "All activities", "these exercises": words that look back at what was named.
_BACK = re.compile(r"\b(?:all|these|those|all of the|all the|the above|both)\s?$")


#: "Therapist graded task from both hands to one", "the home exercises": no phrase of what was done.
_GRADED = re.compile(
    r"\b(?:graded|grading|modified|adapted|adjusted|simplified|downgraded|upgraded) (?:the |each )?$|\bthe home $"
)
#: "Ice after exercise", "HR during activity": when something was, not what was done.
_OCCASION = re.compile(r"\b(?:after|before|during|between|following|prior to|post) (?:the |all )?$")


#: "No further treatment", "did a good job with the tasks": nothing that was done.
_SPOKEN_OF = loose(
    r"\bno (?:further |more |other |new |additional )?$|\b(?:good|great|nice|excellent|wonderful) job (?:with|on|in) (?:\w+ ){0,3}$"
    r"|\b(?:improvements?|gains?|progress|deficits?|difficulty|decline|changes?) (?:in|with) (?:\w+ ){0,4}$"
    r"|\b(?:handouts?|packet|pamphlet|info|information) (?:on|about|for) (?:the )?(?:\w+ )?$"
)
#: "Engaged in conversation regarding her family": what it was about.
_TOPIC = re.compile(r"\s(?:regarding|about|concerning|re:?)\s")
_ALL = re.compile(r"\ball (?:of )?(?:the |these |his |her |above )?")
#: So many sentences above may name what "all self care tasks" sums up.
_ABOVE = 5


def _sums_up(reading: Reading, statement: Statement, begin: int, head: Mention) -> bool:
    """Whether a phrase with "all" looks back at tasks or exercises that sentences above name."""
    if _ALL.search(reading.lower, begin, head.start) is None:
        return False
    above = reading.statements[max(0, statement.index - _ABOVE) : statement.index]
    return any(
        True
        for told in above
        if told.section == statement.section and told.role == "treatment"
        for mention in reading.mentions_in(told.start, told.end, "task", "exercise")
        if not mention.is_a("generic_modifier", "service_label")
    )


def _phrase(
    reading: Reading, head: Mention, statement: Statement, floor: int
) -> GenericPhrase | None:
    """The phrase that ends at a head, back to ``floor`` at most (the end of the one before it)."""
    text = reading.lower
    begin = head.start
    domains: set[str] = set()
    near = [
        m
        for m in reading.mentions_in(max(statement.start, begin - 90), begin)
        if m.end <= head.start
    ]
    domainal = [m for m in near if m.is_a("generic_modifier", "impairment")]
    before = [
        m for m in near
        if not any(d.start <= m.start and m.end <= d.end and m.end - m.start < d.end - d.start for d in domainal)
    ]  # fmt: skip
    edge = begin
    for mention in reversed(before):
        if mention.end > edge:
            continue
        if mention.start < floor:
            break
        gap = text[mention.end : edge]
        if gap == "," or not GAP.match(gap):
            if mention.is_a("generic_modifier", "body", "impairment", "generic_head"):
                break
            continue
        if not mention.is_a("generic_modifier", "body", "impairment"):
            if text[mention.start : mention.end] in _CONNECTIVES:
                break
            if mention.is_a("generic_head") and gap.strip() in ("/", "&", "and", ","):
                if mention.is_a("service_label") or text[mention.start : mention.end] in _SERVICE:
                    break
                edge = begin = mention.start
                continue
            if mention.is_a("filler", "context", "vague_quantity") and text[
                mention.start : mention.end
            ] not in ("pt", "patient"):
                edge = mention.start
                continue
            break
        edge = begin = mention.start
        sense = mention.sense("generic_modifier")
        domains |= set(sense.tags) if sense else {"body"}
    region = _region_after(reading, head, statement)
    if region is not None:
        domains |= {"body"}
    if _BACK.search(text, max(statement.start, head.start - 14), head.start):
        return None
    if _GRADED.search(text, max(statement.start, head.start - 20), head.start):
        return None
    if _OCCASION.search(text, max(statement.start, head.start - 14), head.start):
        return None
    if _SPOKEN_OF.search(text, max(statement.start, head.start - 64), head.start):
        return None
    if _TOPIC.match(text, head.end):
        return None
    if _sums_up(reading, statement, begin, head):
        return None
    head_sense = head.sense("generic_head")
    head_term = head_sense.term if head_sense else ""
    real = domains - {"plain", "body", "upper", "lower"}
    some = head_term in _SOME and _SOME_OF.search(
        text, max(statement.start, begin - 24), head.start
    )
    regional = head_term in _REGIONAL and "body" in domains
    if head_term in _NEEDS_DOMAIN and not (real or regional or some):
        return None
    verb = _leading_verb(reading, begin, statement)
    end = region.end if region is not None else head.end
    trailing = None if verb is not None else _trailing_verb(reading, end, statement)
    if not domains and verb is None and trailing is None:
        return None
    if (
        not domains
        and head_term in ("exercise", "activity", "task", "stuff")
        and head_term != "stuff"
        and not _bare_plural(text, head)
    ):
        return None
    if verb is not None:
        begin = verb
    elif trailing is not None:
        end = trailing
    return GenericPhrase(Span(begin, end), head_term, frozenset(real), statement.index)


#: Words that begin another item: a phrase does not reach back over them.
_CONNECTIVES = frozenset({"along with", "followed by", "as well as", "then", "also"})
_SERVICE = frozenset({"tx", "txs", "treatment", "treatments", "therapy"})
#: Between a head and the region it is for: "exs for the R leg", "exercise program for his knee".
_FOR = re.compile(
    r"\s+(?:for|of|to|with|w/|w|using)\s+(?:(?:the|his|her|their|pt's|both|involved|affected|left|right|r|l|b|bilat(?:eral)?)\s+)*"
)


def _region_after(reading: Reading, head: Mention, statement: Statement) -> Mention | None:
    """The region or domain that follows a head of exercise by "for", where the phrase ends at it."""
    gap = _FOR.match(reading.lower, head.end, statement.end)
    if gap is None:
        return None
    for mention in reading.mentions_in(gap.end(), gap.end() + 1, "body", "generic_modifier"):
        if mention.start == gap.end() and mention.end <= statement.end:
            return mention
    return None


def _bare_plural(text: str, head: Mention) -> bool:
    words = text[head.start : head.end]
    return words.endswith(("s", "program", "programme", "routine", "workout"))


def _leading_verb(reading: Reading, at: int, statement: Statement) -> int | None:
    verbs = [
        m
        for m in reading.mentions_in(max(statement.start, at - 48), at, "weak_verb")
        if m.end <= at
    ]
    for verb in reversed(verbs):
        if reading.lower[verb.start : verb.end] in _AUXILIARIES:
            continue
        if GAP.match(reading.lower[verb.end : at]):
            return verb.start
        return None
    return None


_AUXILIARIES = frozenset(
    {"was", "were", "is", "are", "be", "been", "being", "had", "has", "have", "having"}
)


def _trailing_verb(reading: Reading, at: int, statement: Statement) -> int | None:
    for verb in reading.mentions_in(at, min(statement.end, at + 30), "weak_verb"):
        if reading.lower[verb.start : verb.end] in _AUXILIARIES:
            continue
        if _DONE.match(reading.lower, verb.start) and _TAIL_GAP.match(
            reading.lower[at : verb.start]
        ):
            return verb.end
        return None
    return None


def _made_specific(
    reading: Reading,
    phrase: GenericPhrase,
    statement: Statement,
    purposes: list[Span],
    floor: int = -1,
) -> bool:
    """Whether words around a phrase, but for those up to ``floor`` (the phrase before), name more."""
    last, cut = statement.end, False
    for clause in statement.clauses:
        if clause.end <= phrase.span.start:
            continue
        inside = clause.start <= phrase.span.start
        if not inside and (
            _goes_on(reading, clause)
            or _starts_other(reading, clause, phrase)
            or _is_other_item(reading, clause)
        ):
            last = clause.start
            break
        stop = _sibling(reading, clause, phrase) if inside else clause.end
        begin = phrase.span.start if _named_subject(reading, clause, phrase) else clause.start
        begin = max(begin, min(floor, phrase.span.start))
        if inside:
            whole = stop
            begin, stop = _sentence_around(reading, phrase, begin, stop)
            cut = stop < whole
        elif _tells_help(reading, clause) or _POINTS.search(
            reading.lower, clause.start, clause.end
        ):
            continue
        if specific_in(reading, begin, stop, phrase.span, purposes):
            return True
        if inside and cut:  # the rest is another sentence
            return _goes_on_about(reading, phrase, Span(stop, statement.end))
    if last < statement.end:
        return False
    return _continued(reading, phrase, statement)


def _kin(phrase: GenericPhrase, kinds: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The kinds of activity that are of a phrase's own domains, by one of the two tables."""
    return frozenset(t for d in phrase.domains for t in kinds.get(d, frozenset({d})))


_NAMED = ("exercise", "task", "technique", "speech_task")


def _goes_on_about(reading: Reading, phrase: GenericPhrase, rest: Span) -> bool:
    """Whether the first thing that another sentence names is of the phrase's own kind."""
    first = next(reading.mentions_in(rest.start, rest.end, *_NAMED), None)
    if first is None:
        return False
    tags = {t for s in first.senses for t in s.tags if not t.isdigit()}
    kin = _kin(phrase, _OWN_KIN)
    return not kin or not tags or bool(tags & kin)


#: What did not happen names nothing that was done ("…, no LOB").
_NOTHING = re.compile(r"\W*(?:no|without|w/o|denied|denies)\b")
#: A clause that sends the reader elsewhere ("…, all exercises on sheet").
_POINTS = re.compile(
    r"\b(?:see|per|on|refer to|as per|in) (?:the |her |his |attached )*(?:exercise |ex )?(?:flow ?sheet|sheet|log|grid|handout|chart|f/s|list)\b"
)
#: So do help and hints that were needed ("…, she needed a hint quite often").
_NEEDED = re.compile(
    r"\W*(?:(?:and|but|he|she|pt|patient|resident|student|client) ){0,2}(?:needed|required|needing|requiring|needs|requires) (?:[a-z]+ ){0,3}?(?:hints?|help|assist\w*|cue\w*|prompt\w*|reminders?|support|encouragement|redirection)\b"
)


def _tells_help(reading: Reading, clause: Span) -> bool:
    """Whether a later clause opens with the help or the cues that were needed, or with what did not
    happen: neither names the activity."""
    if _NOTHING.match(reading.lower, clause.start) or _NEEDED.match(reading.lower, clause.start):
        return True
    first = next(
        reading.mentions_in(clause.start, clause.start + _HELP_WITHIN, "cue", "assist"), None
    )
    return first is not None and not reading.lower[clause.start : first.start].strip(" .;-")


#: How far behind the start of its clause a level may begin ("min to mod A").
_HELP_WITHIN = 3


def _sentence_around(
    reading: Reading, phrase: GenericPhrase, begin: int, stop: int
) -> tuple[int, int]:
    """The part of a clause between full stops that did not end a statement ("dowel 2x10. fx
    activities at tbl.")."""
    before = reading.lower.rfind(". ", begin, phrase.span.start)
    after = reading.lower.find(". ", phrase.span.end, stop)
    return (before + 2 if before >= 0 else begin), (after if after >= 0 else stop)


#: "Jasper participated in …": who did it.
_NAME = re.compile(r"\W*(?:[A-Z][\w.'’-]{1,20}\s+){1,2}")


def _named_subject(reading: Reading, clause: Span, phrase: GenericPhrase) -> bool:
    """Whether nothing but a name stands before a phrase that a verb opens."""
    return bool(_NAME.fullmatch(reading.text, clause.start, phrase.span.start)) and any(
        m.start == phrase.span.start
        for m in reading.mentions_in(phrase.span.start, phrase.span.start + 1, "weak_verb")
    )


def _is_other_item(reading: Reading, clause: Span) -> bool:
    """Whether a later clause is an item of a list that is as general ("ue ex, coord tasks, …")."""
    stopped = reading.lower.find(". ", clause.start, clause.end)
    if stopped >= 0:
        clause = Span(clause.start, stopped)
    if _only_modality(reading, clause):
        return True
    heads = list(reading.mentions_in(clause.start, clause.end, "generic_head"))
    return any(
        h.end - clause.start <= _ITEM
        and any(
            m.is_a("generic_modifier", "body") for m in reading.mentions_in(clause.start, h.start)
        )
        for h in heads
        if _NO_MORE.fullmatch(reading.lower, h.end, clause.end)
    )


#: How often or how well, behind an item of a list ("fine motor tasks each visit as tol").
_NO_MORE = re.compile(
    r"(?:[\s.;,)]|\b(?:(?:each|every|per) (?:visit|session|day|tx|treatment)|as (?:tol\w*|able)|today|daily|this (?:visit|date|session))\b)*"
)


def _only_modality(reading: Reading, clause: Span) -> bool:
    """Whether a clause names a modality and nothing else ("…, paraffin")."""
    first = next(reading.mentions_in(clause.start, clause.end, "modality"), None)
    return (
        first is not None
        and not reading.lower[clause.start : first.start].strip(" .;,)")
        and bool(_NO_MORE.fullmatch(reading.lower, first.end, clause.end))
    )


#: Another item of the same sentence: "leg exercises and some stairs".
_AND = re.compile(
    r"\s*,?\s*(?:and|&|\+|plus|as well as|along with)\s+(?:(?:some|a few|the|her|his)\s+)?"
)


#: "… before going back to class": when it was, not what it was.
_LATER = re.compile(
    r"\s(?:before|after|prior to|until|following|along with|together with|with (?:the )?others?|at the end|at the beginning)\b"
)
#: "… at the table and did some strengthening": another thing done.
_AND_THEN = re.compile(r"\s(?:and|then|&)\s+(?:then\s+|also\s+)?$")


def _sibling(reading: Reading, clause: Span, phrase: GenericPhrase) -> int:
    """Where the next item of a clause begins that names something else without a dose, or the end."""
    later = _LATER.search(reading.lower, phrase.span.end, clause.end)
    if later is not None:
        return later.start()
    for verb in reading.mentions_in(phrase.span.end, clause.end, "weak_verb"):
        if _AND_THEN.search(reading.lower, phrase.span.end, verb.start):
            return verb.start
    placed = _PLACED.match(reading.lower, phrase.span.end, clause.end)
    behind = placed.end() if placed else phrase.span.end
    joined = _AND.match(reading.lower, behind, clause.end)
    if joined is None:
        return clause.end
    counted = any(counts(q) for q in reading.quantities_in(joined.end(), clause.end))
    return clause.end if counted else behind


#: Where any session goes on.
_PLACED = re.compile(
    r"\s(?:at|in|on) (?:the )?(?:table|tbl|gym|mat|room|clinic|floor|hallway|hall|ot room|pt room|therapy room|rehab gym)\b"
)


_NEXT = re.compile(
    r"(?:and )?(?:then|next|followed by|after (?:that|which)|afterwards?|also|plus|finally|lastly)\b"
)


def _goes_on(reading: Reading, clause: Span) -> bool:
    """Whether a clause goes over to the next thing done ("…, then he wrote his name")."""
    before = reading.lower[max(0, clause.start - 16) : clause.start].rstrip()
    return bool(_NEXT.match(reading.lower, clause.start)) or before.endswith(
        ("then", "followed by", "and then")
    )


def _starts_other(reading: Reading, clause: Span, phrase: GenericPhrase) -> bool:
    """Whether a later clause goes over to something else (another service or domain)."""
    if not phrase.domains:
        return False
    if phrase.domains & {"function"}:
        return False
    kin = _kin(phrase, _DOMAIN_KIN)
    label = next(reading.mentions_in(clause.start, clause.start + 8, "service_label"), None)
    if label is not None and label.start >= clause.start and label.start >= phrase.span.end:
        return True
    for mention in reading.mentions_in(
        clause.start,
        clause.end,
        "exercise",
        "task",
        "service_label",
        "speech_task",
        "technique",
        "modality",
    ):
        tags = {t for s in mention.senses for t in s.tags if not t.isdigit()}
        return bool(tags) and not tags & kin and not tags & {"level", "lifting"} - kin
    return False


def _continued(reading: Reading, phrase: GenericPhrase, statement: Statement) -> bool:
    """Whether bullets or the next statement carry the detail of the phrase."""
    nothing: list[Span] = []
    for other in reading.statements[statement.index + 1 : statement.index + 12]:
        if other.section != statement.section:
            return False
        if other.parent == statement.index:
            if specific_in(
                reading, other.start, other.end, Span(other.start, other.start), nothing
            ):
                return True
            continue
        # The next bullet is another item.
        if other.index != statement.index + 1 or other.bullet or statement.bullet:
            return False
        if other.line != statement.line and not statement.opens_list:
            return False
        return _elaborates(reading, other, phrase)
    return False


#: "He then sat for bead patterning", "After that climbed the steps": another thing done.
_NEXT_DONE = re.compile(
    r"\W*(?:and )?(?:(?:he|she|pt|patient|student|child|we|i|resident|client) (?:then|next|also)\b|(?:then|next|after (?:that|this|which)|afterwards?|also|finally|lastly|later)\b)"
)


def _elaborates(reading: Reading, other: Statement, phrase: GenericPhrase) -> bool:
    """Whether the next statement goes on with the phrase's own domain by naming what was done."""
    if other.role not in ("treatment", "measure", "other") or _heads_service(reading, other):
        return False
    if _NEXT_DONE.match(reading.lower, other.start):
        return False
    if reading.lower[other.start : other.start + 40].startswith(
        ("included", "including", "consisted", "specifically", "these", "this included", "incl")
    ):
        return True
    first = next(
        reading.mentions_in(
            other.start,
            min(other.end, other.start + 60),
            "exercise",
            "task",
            "speech_task",
            "technique",
            "surface",
            "object",
        ),
        None,
    )
    if first is None:
        return False
    if _is_title_of(reading, phrase, other) or _lists_next(reading, phrase, other):
        return True
    if not phrase.domains - {"function"}:
        return False
    if reading.has_mention(other.start, first.start, "generic_head"):
        # The next statement is as generic itself.
        return False
    tags = {t for s in first.senses for t in s.tags if not t.isdigit()}
    return bool(tags & _kin(phrase, _OWN_KIN)) and specific_in(
        reading, other.start, other.end, Span(other.start, other.start), []
    )


def _lists_next(reading: Reading, phrase: GenericPhrase, other: Statement) -> bool:
    """Whether the next sentence of the line gives the exercises with their doses ("Completed supine
    exercises for transfers. Bridging 2 x 10 …")."""
    statement = reading.statements[phrase.statement]
    if phrase.head != "exercise" or other.line != statement.line:
        return False
    first = next(reading.mentions_in(other.start, other.start + 1, "exercise"), None)
    return first is not None and reading.has_quantity(first.end, other.end, "dose", "reps")


def _is_title_of(reading: Reading, phrase: GenericPhrase, other: Statement) -> bool:
    """Whether a phrase is all that stands between a code and what was done, on one line ("97530:
    Functional activities. Chest press 2x10 …")."""
    statement = reading.statements[phrase.statement]
    if other.line != statement.line or phrase.span.end < statement.end - 1:
        return False
    codes = list(reading.quantities_in(statement.start, phrase.span.start, "code"))
    if not codes or reading.text[codes[-1].end : phrase.span.start].strip(" :-–—."):
        return False
    return reading.has_quantity(other.start, other.end, "dose", "reps", "load")


def _heads_service(reading: Reading, statement: Statement) -> bool:
    """Whether a statement opens another service by a code or a label."""
    low, high = statement.start, min(statement.end, statement.start + 12)
    return reading.has_quantity(low, high, "code") or any(
        m.start == statement.start for m in reading.mentions_in(low, high, "service_label")
    )
