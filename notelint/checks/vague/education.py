"""Education without topic or result (A11)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.encounter.encounter import Encounter
from notelint.encounter.wording import wording
from notelint.language.reading import Mention, Reading, Span, Statement
from notelint.language.stopwords import is_content
from notelint.rulebook.rule import Hit

_SKIP_ROLES = frozenset({"goal", "history", "header", "signature"})
_SKIP = frozenset({"quoted", "planned", "historical", "goal", "hypothetical", "negated"})
#: Words of a teaching statement that are no topic of their own.
_NOTHING = frozenset(
    """
    understanding verbalized verbalizes verbalised good hep home program programme exercise exercises ex exs
    practice worksheet worksheets reviewed review issued given gave provided instructed instruction
    instructions education educated educ edu proper technique techniques safety handout handouts written copy
    sheet packet pictures caregiver family wife husband daughter son spouse mom mother dad father parent
    parents staff nurse nursing aide verbal compliance compliant adherence importance understood voiced comprehension
    understands agreement agreeable agrees agreed stated states says said topics topic various regarding
    appropriate questions question answered asked needed follow through continue keep performance poc plan
    care receptive carryover daily expressed demonstrated today benefits benefit therapy form correct with
    new updated update noted session completed room end door room her his their them there stuff things
    progress talked spoke discussed told went gone going over know known knows
    voices awareness aware acknowledged acknowledges acknowledging comfort comfortable confidence confident familiar familiarity
    ongoing cont cont'd continued q's qs q indicated indicates nodded agrees receptive
    """.split()
)
#: Topics that name a field and teach nothing by themselves ("educated on self care").
_FIELDS = frozenset(
    """
    self-care self care memory posture body mechanics energy conservation precautions precaution condition
    diagnosis disease anatomy safety strategies strategy swallow swallowing hygiene joint protection fall
    falls prevention pain management activity modification positioning ergonomics speech language voice
    return learn work sport sports school general basic proper correct safe sleep nutrition hydration
    equipment device walking balance transfers mobility exercises strengthening stretching expectations
    practicing practice practising process healing goals prognosis recovery compensatory techniques
    """.split()
)
_TOLD = wording(
    r"\b(?:return(?:ed)? demo\w*|teach(?:ed)?-? ?back|taught back|demonstrat\w+ (?:back|correct\w*|safe\w*|proper|good|understanding|each|all|\d)|demo'?e?d|recall\w*|forgot|needed (?:an? |one |\d+ )?(?:more )?(?:reminder|cue|prompt)s?|able to|named|independently (?:set|demon|perform)|show(?:ed|n|s) (?:back|me)|correct(?:ed|ly)?|(?:repeat|stat|read|told|wrote|said|copied|show)\w* (?:it |them |all |this )?(?:back|down)|copied|did (?:it|them|so|all|both|each|\d)|(?:him|her|them)sel(?:f|ves)|unprompted|used (?:the|it|them|this)|without (?:cues?|help|errors?|prompt\w*)|perform\w* (?:it|them|each|all|both|\d)|set (?:it )?up|practi[cs]ed (?:it|them|each|\d))\b"
)
_OF = re.compile(r"(?<![\d/.])(\d{1,2}) ?(?:of|/|out of) ?(\d{1,2})(?![\d/.])")
#: "Handout issued." is not longer than this.
_SHORT = 4
#: How near the claim the word of the past stands, in a plan.
_BESIDE = 24
#: What stands beside a count that is no result of teaching: a date, a score, a schedule.
_OTHER_COUNT = frozenset({"date", "scale", "grade", "rom", "frequency", "level"})


#: In a plan only what was given speaks of today ("patient education" is one of its interventions).
_PAST = re.compile(
    r"\b(?:\w+ed|given|gave|taught|sent|shown|gone over|went over|told|spoke|v/?u)\b"
)


def vague(encounter: Encounter) -> Iterator[Hit]:
    """Yields each education statement that has no topic, or a topic and no confirmation."""
    reading = encounter.reading
    for statement in reading.where(_may_teach):
        span = _claim(reading, statement)
        if span is None:
            continue
        if statement.role == "plan" and not _PAST.search(
            reading.lower,
            max(statement.start, span.start - _BESIDE),
            min(statement.end, span.end + _BESIDE),
        ):
            continue
        if _confirmed(reading, statement):
            continue
        if _topic(reading, statement, span) and _verbalized(reading, statement) is None:
            continue
        if _after_teaching(reading, statement):
            continue
        yield Hit("words", span.start, span.end, facts={"code": _code(encounter, statement)})


_LEARNER = r"(?:the )?(?:pt'?s?|patient'?s?|client|resident|daughter|dtr|son|wife|husband|spouse|family|caregivers?|cg|parents?|mom|mother|dad|father|aide|staff|him|her|them|student|child|veteran|grandma|guardian|teacher)"
_HOME = r"(?:hep|home (?:exercise )?(?:program(?:me)?|exercises?|ex's|exs?|practice|worksheets?|activit\w+|packet|work)|(?:exercises?|exs?|worksheets?|activities|program) (?:for|to do at) home|homework|home ?work)"
_TOPIC = rf"(?:{_HOME}|precautions?|safety|strategies|handouts?|education|body mechanics|posture|energy conservation|compliance|condition|diagnosis|what to do at home|fall prevention|pain management|joint protection|carry-?over|follow[- ]through|home practice|self[- ]care)"
_GIVES = r"(?:review|reveiw|rev'?d|issu|updat|progress|upgrad|discuss|provid|g[ai]ve|instruct|educat|train|taught|teach|reinforc|went over|gone over|going over|go over|cover|print|hand|sent|send|shown?|demonstrat|counsel|encourag|remind|advanc|modif|advis)"
_GIVEN = r"(?:review\w*|reveiw\w*|rev'?d|updat\w+|issued|given|provided|discussed|progressed|upgraded|gone over|went over|done(?! (?:\d|at|daily|every|twice|once|most|some|per)\b)|instruct\w*|printed|completed|again|reinforced|sent|advanced|modified|handed|explained|encouraged|x \d+ min)"
_EDUCATES = wording(
    rf"\b(?:{_GIVES}\w* (?:(?!for\b)[\w'/]+ ){{0,4}}?{_TOPIC}"
    rf"|(?:{_HOME}|precautions?|strategies|hygiene|handouts?|(?:{_LEARNER}|posture|safety) (?:ed|edu|educ|education|teaching|training|instruction))\W{{0,4}}(?:\w+ ){{0,2}}?{_GIVEN}(?: (?:with|w/|to) {_LEARNER})?"
    # "Lymphedema ed. ongoing", "fall prevention teaching continued"
    rf"|(?:[a-z][\w'/-]+ ){{1,2}}(?:ed\.?|edu\.?|educ\.?|education|teaching) (?:(?:is|was|remains?|has been) )?(?:ongoing|cont(?:inue[ds]?|inues|inuing|'?d|\.)?|{_GIVEN})(?![\w'])"
    rf"|{_HOME} (?:instruct\w*|education|training|teaching)(?: {_GIVEN})?"
    r"|(?:pt|patient|caregiver|family|posture|safety|parent) (?:ed|edu|educ)\b(?: (?:provided|given|done|completed|re))?"
    rf"|(?:taught|trained|instructed|educated|counsell?ed) {_LEARNER}\b(?= ?[,;.&]| (?:and|on|in|re|regarding|about)\b| ?$)"
    rf"|{_LEARNER} (?:was |were )?(?:counsell?ed|educated|instructed|taught)\b(?= ?[,;.&]| (?:and|on|in|re|regarding|about)\b| ?$)"
    rf"|(?:went|gone|going|go) over (?:[\w'-]+ ){{1,6}}?(?:with|w/) {_LEARNER}\b|(?:hygiene |posture |body mechanics )?was (?:gone|went) over\b"
    rf"|(?:parents?|mom|mother|dad|father|family|caregiver) (?:was |were )?updated\b(?= ?[,;.&]| (?:and|on|re|at|after|today)\b| ?$)"
    rf"|(?:talked|spoke) (?:to|with|w/) {_LEARNER} (?:about|re|regarding)\b(?: (?:\w+ (?:and |& )?){{0,2}}?{_TOPIC})?"
    rf"|(?:told|reminded|encouraged|advised) {_LEARNER} (?:about |to )?(?:\w+ ){{0,4}}?{_TOPIC}"
    rf"|(?:strategies|precautions|techniques|exercises) (?:for|of|on) (?:[\w-]+ ){{1,3}}(?:was|were) {_GIVEN}"
    rf"|(?:discussed|explained|went over|talked over|covered) (?:(?!goals?|plans?|poc|results?|findings?|schedul|progress|consent|options?)[\w'-]+ ){{1,5}}?(?:with|w/|to) {_LEARNER}\b"
    rf"|education (?:re|regarding|on|about)\b|{_LEARNER} (?:was )?given {_HOME}|(?:g[ai]ve|issued|instructed|taught) {_LEARNER} (?:(?:in|on|an?|new|the) )*(?:hep|home \w+) ?(?:handouts?|sheets?|packet)?)"
)


def _after_teaching(reading: Reading, statement: Statement) -> bool:
    """Whether the sentence before it on its line told what was taught and shown ("… return demo correct.
    Handout issued.")."""
    if not statement.index or len(reading.lower[statement.start : statement.end].split()) > _SHORT:
        return False
    above = reading.statements[statement.index - 1]
    return above.line == statement.line and bool(
        _TOLD.search(reading.lower, above.start, above.end)
    )


def _may_teach(reading: Reading, statement: Statement) -> bool:
    """Whether a statement of today claims education."""
    if statement.role in _SKIP_ROLES or statement.contexts & _SKIP:
        return False
    return _claim(reading, statement) is not None


def _claim(reading: Reading, statement: Statement) -> Span | None:
    """The words that claim education: a fixed phrase, its grammar, or "verbalized understanding"."""
    mention = next(reading.mentions_in(statement.start, statement.end, "education_generic"), None)
    if mention is None:
        if _only_given(reading, statement):
            return statement.span
        match = reading.search(_EDUCATES, statement.start, statement.end)
        if match:
            return Span(match.start(), match.end())
        mention = _verbalized(reading, statement)
    return Span(mention.start, mention.end) if mention else None


_GIVEN_ONLY = wording(rf"\W*(?:(?:was|were|also|again) )?{_GIVEN}\b")


def _only_given(reading: Reading, statement: Statement) -> bool:
    """Whether a statement under a heading of teaching begins by "updated", "reviewed" or "given"."""
    if reading.section_of(statement).kind not in ("hep", "education"):
        return False
    return bool(_GIVEN_ONLY.match(reading.lower, statement.start, statement.end))


def _verbalized(reading: Reading, statement: Statement) -> Mention | None:
    for mention in reading.mentions_in(statement.start, statement.end, "teaching"):
        if mention.has_tag("verbalized"):
            return mention
    return None


def _confirmed(reading: Reading, statement: Statement) -> bool:
    """Whether the statement, or the next one of its section, tells what the learner showed."""
    lower, stop = reading.lower, statement.end
    if _TOLD.search(lower, statement.start, stop) or _shown(reading, statement.start, stop):
        return True
    after = reading.statements[statement.index + 1 : statement.index + 2]
    if not after or after[0].section != statement.section or after[0].role in _ELSEWHERE:
        return False
    return bool(_TOLD.search(lower, after[0].start, after[0].end))


_ELSEWHERE = frozenset({"signature", "plan", "goal", "measure", "time", "header", "billing"})


def _shown(reading: Reading, start: int, end: int) -> bool:
    """Whether "n of n" counts what the learner showed: no date, no score, no schedule."""
    for match in _OF.finditer(reading.lower, start, end):
        others = reading.quantities_in(match.start(), match.end(), *_OTHER_COUNT)
        if int(match[1]) <= int(match[2]) and not any(True for _ in others):
            return True
    return False


def _topic(reading: Reading, statement: Statement, claim: Span) -> bool:
    """Whether words outside the claim teach something: more than a field of teaching."""
    if reading.has_quantity(claim.end, statement.end, *_TAUGHT):
        return True
    before = reading.lower[statement.start : claim.start]
    low = statement.start + max(before.rfind(" and "), before.rfind(","), before.rfind("; "), 0)
    low = min(max(low, statement.label_end), claim.start)
    told = 0
    for word in reading.words_in(low, statement.end):
        if claim.start <= word.start < claim.end:
            continue
        text = reading.lower[word.start : word.end]
        told += is_content(text) and text not in _NOTHING and text not in _FIELDS
    # One word names a field that no list knows, two say what was taught.
    return told >= 2


_TAUGHT = ("dose", "reps", "hold", "load", "seconds", "distance", "height", "count")


def _code(encounter: Encounter, statement: Statement) -> str:
    for service in encounter.services_with("97535"):
        if any(span.start <= statement.start < span.end for span in service.body):
            return "97535"
    return ""
