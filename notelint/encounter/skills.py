"""Finds evidence of skill: described technique, a decision that day, progression (catalogue §2.5).

"Skilled" is a claim, not evidence; a lone measurement is neither, nor is a dosed exercise whose
name also is a technique ("Masako x 10"), a level of help ("contact guard"), or a cue without
target or count ("cues as needed").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from notelint.encounter.encounter import SkillEvidence
from notelint.encounter.plainskill import plain_skills
from notelint.encounter.saidtoday import SKIPPED, said_as_data, told_today
from notelint.encounter.vitals import only_resting
from notelint.encounter.wording import wording
from notelint.language.boxes import in_empty_box
from notelint.language.reading import Mention, Quantity, Reading, Span, Statement

Family = Literal["technique", "decision", "progression", "monitoring", "instruction"]

_ROLES = frozenset({
    "treatment", "assessment", "response", "education", "other", "measure", "hep", "precaution",
    "caregiver_report", "heading",
})  # fmt: skip
_NOT_NOW = frozenset({"planned", "historical", "home", "hypothetical"})
_REASON = wording(
    r"\b(?:because|due to|d/t|secondary to|2/2|2°|after|in response to|when|since|as (?:pt|patient|he|she|pain|hr|bp)"
    r"|for (?:pain|fatigue|safety|form|sx|symptoms|the)|b/c|given|if|until|once|so|to (?:avoid|prevent|protect|allow|reduce|keep)"
    r"|at rep|at set|w/|with (?:pain|fatigue|inc)|per|by|pinch|not|only|at)\b"
)
_FROM_TO = wording(
    r"(?:\bfrom\b.{1,60}\bto\b|->|→|=>|\bto \d|\bto (?:foam|level|cga|sba|s\b|mod|min|green|blue|red|single|tandem|standing|next|\w+ (?:band|step|surface)))"
)
#: What follows a cue and gives it a target or a count.
_TARGET = wording(
    r"^\W*(?:\([^)]{0,40}\)\W*)?(?:(?:given|provided|required|needed|used|used once|necessary|offered)\s+)?(?:x\s?\d|\d|(?:(?:for|to|at|on|re|with|about|during|from|when)\b|w/)(?!\s+(?:needed|able|times\b|therap\w+|safety(?=\s*(?:[.,;)]|$|and\b|throughout|thru-?out)))\b)|[\"“'])"
)
#: What every cue is for, and so says nothing: "for form", "for proper technique and sequencing".
_ANY_TARGET = wording(
    r"^\W*(?:(?:given|provided|required|needed|used|necessary|offered) )?(?:for|on|re|with|w/) (?:(?:proper|correct|good|appropriate|safe|overall|general|his|her|their) )*"
    r"(?:(?:form|technique|sequencing|performance|execution|safety|safety awareness|participation|quality|completion|exercises?|ther ?ex|all exercises|encouragement|motivation)"
    r"(?: (?:prn|as needed|throughout|thru-?out|during (?:session|exercises?|tx|treatment)))?(?: (?:and|&) |[,/] ?)?)+\W*(?:$|[.;])"
)
_NO_TARGET = wording(
    r"^\W*(?:as (?:needed|necessary|able|req\w*)|prn|given|provided|needed|required|throughout|thru-?out|occasional\w*|intermittent\w*|used|offered|during session|and (?:encouragement|supervision)|today|per)\b|^\W*$"
)
_COUNTED = wording(
    r"(?:\d+|one|two|three|four|five|single|few|fewer|less|no|0)\s?(?:x\s)?(?:min(?:imal)?\s|mod\s|max\s)?$"
)
_DRILLED = wording(
    r"^s?\)?\s*(?:,\s*)?(?:[x×]\s?\d|\d+\s?[x×]\s?\d|\d+\s?reps|\d+\s?sets|for \d+ (?:reps|sets)|twenty|ten (?:times|reps))"
)
_DECIDES = wording(
    r"\b(?:and|then|so)\b.{1,30}\b(?:adjust|modif|reduc|stop|end|rest|held|chang|progress|add)"
)
#: What makes a single value more than a record: a cause, a limit, another value.
_COMPARES = wording(
    r"->|→|\bfrom\b|\bwas\b|\bcompared\b|\bbecause\b|\bd/t\b|\bdue to\b|\bso\b|\bif\b|\buntil\b|\bonce\b|\bwhen\b|\bsince\b|\bper\b|\blimit|\bunder\b|\babove\b|\bbelow\b|\bwith(?:out)? cues?\b|[<>≤≥]"
)
#: Nouns and plain verbs that are technique only with a target beside them.
_WEAK = frozenset(
    [
        "support",
        "supports",
        "supported",
        "position",
        "positions",
        "positioning",
        "positioned",
        "grade",
        "grades",
        "cue",
        "vc",
        "vcs",
        "tc",
        "cues",
        "cued",
        "cueing",
        "cuing",
        "guide",
        "guides",
        "sequence",
        "sequencing",
        "sequences",
        "model",
        "models",
        "prompt",
        "prompts",
        "prompting",
        "prompted",
        "guard",
        "guards",
        "guarding",
        "fit",
        "fits",
        "fitting",
        "correct",
        "corrected",
        "block",
        "blocks",
        "blocking",
        "shape",
        "shapes",
        "chain",
        "chains",
        "handling",
        "pacing",
        "sequenced",
        "modeling",
        "guided",
        "redirect",
        "redirects",
        "redirected",
        "redirecting",
        "redirection",
    ]
)

_PLURALS = frozenset(
    {
        "positions",
        "supports",
        "grades",
        "guides",
        "sequences",
        "position",
        "shape",
        "shapes",
        "chain",
        "chains",
    }
)
#: "In several positions" is a noun, no handling.
_THINGS = wording(
    r"\b(?:in|by|of|same|and|color|several|various|multiple|different|these|those|all|both|other|of the|two|three|four|\d|[a-z]) $"
)
#: "Played with blocks": a toy, no hands that block.
_WITH = wording(r"\b(?:with|w/|w|the|of|wooden|big|foam|lego) ?$")
_NONE = wording(r"(?:^|\W)(?:no|0|without|w/o|zero) $")
#: Aids and models that are technique where they were used.
_AIDS = (
    "check", "written", "memory", "external", "visual aid", "visual s", "model", "direct", "carrier",
    "cloze", "phonemic", "semantic", "first", "initial", "placement", "phonetic", "gestural",
    "hand", "hoh", "sentence",
)  # fmt: skip
_USED = wording(r"\b(?:with|using|w/|given|via|by|from|after|needed|used) (?:(?:a|an|the|\w+) )?$")

#: Acts of judgement or hands that no list of verbs holds, in the words of any voice.
_ACTS = wording(
    r"\b(?:therapist|pta?|cota|otr?|slp|clinician|writer|i)\s(?:\w+ly\s)?(?:moved|loaded|held|lifted|blocked|guided|stopped|shortened|changed|switched|tightened|loosened|rechecked|adjusted|steadied|trimmed|slowed|showed|taught|swapped|added|kept|lowered|raised|placed|set|gave (?:him|her|them|pt) (?:a|the)|cut|moulded|molded|re-?cut)\b"
    r"|\b(?:because|since|b/c|due to|d/t)\b.{3,80}\b(?:so |therefore |i |we |therapist )(?:\w+ )?(?:moved|loaded|held|changed|switched|added|cut|dropped|used|kept|went|slowed)\b"
    r"|\b(?:kept|stayed|held|left|worked) (?:at|to|in|under|below|within|seated|low|on) .{0,50}(?:because|since|d/t|due to|so |b/c|until|for pain)"
    r"|\b(?:moved|switched|changed|dropped|advanced|reduced) (?:pt|patient|him|her|them|student|resident) (?:to|back|from|down|up)\b"
    r"|\b(?:with|using|via) (?:[\w-]+ ){0,3}(?:strateg(?:y|ies)|mnemonics?)\b"
    r"|\bhad to (?:hold|block|guide|steady|support|stabili[sz]e|cue|stop|lift|remind|slow|redirect) (?:the |his |her |him |them |pt)"
    r"|\b(?:held|pinned|blocked|guided|supported|stabili[sz]ed|steadied|positioned|lifted|propped|splinted|moved|placed|kept|taped|wrapped)\b[^.;\n]{0,32}\bby (?:the )?(?:ot|otr|pt|therapist|cota|pta|slp|clinician|writer|me)\b"
    r"|\b(?:went|switched|changed|moved|dropped) (?:back |down |over )?to \w+[^.;\n]{0,32}\binstead\b"
    r"|\bso (?:back|down|up) to\b|\bso (?:no|kept|held|stopped|dropped|moved|switched|changed|added|cut|went|used|no gr|backed|reduced|stayed|shortened|lowered)\b"
    r"|\b(?:shown|showed|taught|instructed|trained|coached) (?:how|where|when|why|to|pt to|him to|her to)\b"
    r"|\b(?:corrected|evened|straightened|normali[sz]ed|fixed|improved|cleared|eased|stopped) (?:with|w/|by|after|once) (?:[\w-]+ ){0,3}(?:cue|cues|vc|tc|mirror|tap|tactile|demo|hand|model|reminder|support|feedback)"
    r"|\b(?:epley|semont|bbq roll|canalith|dix[- ]hallpike|gufoni)\b|\b(?:s?emg|bio)[- ]?feedback\b"
    r"|\b(?:noise|distract\w+|background|dual[- ]task\w*|head turns?|load|weight|resistance|time pressure|perturbations?|obstacles?|complexity|field of \w+|choices|shim|sock|pad|strap|wedge|lift|splint|brace|orthosis|afo|seat|armrests?|walker|cane|height|bar|cuffs?|(?:thera)?band|pillow|bolster|towel roll|(?:ue|hand|arm) support|riser|step|box) (?:\w+ )?(?:added|increased|introduced|raised|reduced|removed|faded|adjusted|moved|trimmed|lowered|re-?set|changed|loosened|tightened|modified)\b"
    r"|\b(?:mirror|metronome|video|biofeedback|tape|visual target)s?\b.{0,24}\b(?:fixed|cue|feedback|corrected|helped|to (?:see|watch|keep|correct)|for)\b"
)


def skills_of(reading: Reading) -> tuple[SkillEvidence, ...]:
    """Returns all evidence of skill in the session, in text order.

    Statements that a heading hides, and plain words, are asked only where nothing else shows skill.
    """
    found = tuple(
        evidence
        for statement in reading.where(_shows)
        for evidence in _evidence(reading, statement)
    )
    if found:
        return found
    hidden = (
        s
        for s in told_today(reading)
        if s.role not in ("signature", "header") and not reading.answer(_may_show, s)
    )
    found = tuple(
        e
        for s in hidden
        if not s.contexts & SKIPPED and not only_resting(reading, s)
        for e in _evidence(reading, s)
    )
    return found or tuple(SkillEvidence("decision", *plain) for plain in plain_skills(reading))


def _may_show(reading: Reading, statement: Statement) -> bool:
    if statement.contexts & SKIPPED or only_resting(reading, statement):
        return False
    if in_empty_box(reading, statement.start):
        return False
    return statement.role in _ROLES or said_as_data(reading, statement)


def _shows(reading: Reading, statement: Statement) -> bool:
    """Whether a statement holds evidence of skill."""
    return _may_show(reading, statement) and any(True for _ in _evidence(reading, statement))


#: "Went over chin tuck and energy conservation.": named, and nothing of how.
_REVIEWS = wording(r"\W*(?:also )?(?:reviewed|discussed|addressed|went over)\b")


def _only_reviewed(reading: Reading, statement: Statement) -> bool:
    """Whether a sentence says that strategies were reviewed, without a number, a cue or a reason."""
    return _REVIEWS.match(
        reading.lower, statement.start, statement.end
    ) is not None and _without_how(reading, statement, statement.start)


def _without_how(reading: Reading, statement: Statement, since: int) -> bool:
    """Whether a sentence holds no number and, from a place on, no cue, response or reason."""
    return not reading.has_quantity(statement.start, statement.end) and not reading.has_mention(
        since, statement.end, "cue", "response", "connector"
    )


#: "Memory book reviewed, orientation, worksheets.": of one thing on a list that it was gone over.
_GONE_OVER = wording(r" (?:(?:was|were) )?(?:also )?(?:reviewed|discussed|addressed)\b")


def _named_only(reading: Reading, mention: Mention, statement: Statement) -> bool:
    """Whether a strategy is only said to have been reviewed, in a sentence without number and cue."""
    return _GONE_OVER.match(reading.lower, mention.end, statement.end) is not None and _without_how(
        reading, statement, mention.end
    )


def _evidence(reading: Reading, statement: Statement) -> Iterator[SkillEvidence]:
    lower = reading.lower
    if _only_reviewed(reading, statement):
        return
    for mention in reading.mentions_in(
        statement.start, statement.end, "skill", "cue", "technique", "teaching"
    ):
        ruled = reading.context_at(mention.start)
        if ruled & _NOT_NOW or ("negated" in ruled and not _came_after(reading, mention)):
            continue
        family = _family(reading, mention, statement)
        if family and not _named_only(reading, mention, statement):
            yield SkillEvidence(
                family, Span(mention.start, mention.end), lower[mention.start : mention.end]
            )
    for act in _ACTS.finditer(lower, statement.start, statement.end):
        if not reading.context_at(act.start()) & (_NOT_NOW | {"negated"}):
            yield SkillEvidence("decision", Span(act.start(), act.end()), act.group())


#: "No collapse after a cue to use the palm": what is denied is the collapse.
_AFTER = wording(
    r"\b(?:after|with|w/|following|once|when given) (?:an? |one |the |(?!no\b|fewer\b|less\b)\w+ )?$"
)


def _came_after(reading: Reading, mention: Mention) -> bool:
    """Whether a cue is what brought about that something did not happen."""
    return (
        mention.is_a("cue")
        and _AFTER.search(reading.lower, reading.back(mention.start, 22), mention.start) is not None
    )


def _family(reading: Reading, mention: Mention, statement: Statement) -> Family | None:
    lower = reading.lower
    skill = mention.sense("skill")
    tail = lower[mention.end : statement.end]
    if _within_level(reading, mention) or _within_exercise(reading, mention):
        return None
    if lower[mention.start : mention.end] == "tc" and lower.startswith(
        (" jt", " joint"), mention.end
    ):
        return None  # the talocrural joint
    if lower.startswith("guarding", mention.start) and _OF_MUSCLE.search(
        lower, statement.start, mention.start
    ):
        return None  # "less guarding noted"
    if lower.startswith("sequenc", mention.start) and _CARDS.match(tail):
        return None  # "Sequenced 4-step picture cards 6/8" is the patient's task
    if lower.startswith(("grade", "gr "), mention.start) and not _graded(reading, statement):
        return None  # "Student: grade 3"
    if lower.startswith("facilitate", mention.start) and lower.endswith("to ", 0, mention.start):
        return None  # "to facilitate safe ambulation" is a purpose
    if lower.startswith("held", mention.start) and lower.endswith(
        ("hand ", "hand-"), 0, mention.start
    ):
        return None  # "hand held shower"
    if _MOVED.match(lower, mention.start) and _PLACE.match(tail):
        return None  # "moved to the table" is where the session went on
    if lower.startswith("graded", mention.start) and _THING.match(tail):
        return None  # "graded pegs"
    if lower.startswith("went up", mention.start) and _CLIMBED.match(tail):
        return None  # "went up and down the stairs"
    if lower.startswith("chang", mention.start) and _DRESSED.match(tail):
        return None  # "changed her top"
    if _DIRECTION.fullmatch(lower, mention.start, mention.end) and not _MOBILISED.match(tail):
        return None  # "Rockerboard A/P and M/L"
    if _UP_FROM.match(lower, mention.start) and _RISES.search(
        lower, statement.start, mention.start
    ):
        return None  # "getting up from the recliner"
    if _stands_alone(mention, statement):
        return None  # "Compensatory strategies." names a kind of work
    if mention.is_a("exercise", "speech_task") and _DRILLED.match(tail) and not _hands_on(mention):
        return None
    if skill and "decision" in skill.tags and _REASON.search(lower, statement.start, statement.end):
        return "decision"
    if skill and "progression" in skill.tags and _progresses(reading, mention, statement):
        return "progression"
    if _REMINDER.match(lower, mention.start) and _TO_BEHAVE.match(tail):
        return None  # "needs reminders to slow down"
    if mention.is_a("cue"):
        return "technique" if _aimed(lower, mention, tail) else None
    if skill and "technique" in skill.tags:
        words = " ".join(lower[mention.start : mention.end].split())
        weak = words in _WEAK or (
            words.endswith(" for") and words.removesuffix(" for").rpartition(" ")[2] in _WEAK
        )
        return None if weak and not _aimed(lower, mention, tail) else "technique"
    if mention.is_a("technique") and not mention.is_a("generic_modifier", "service_label"):
        return None if _only_named(reading, mention, statement) else "technique"
    teaching = mention.sense("teaching")
    if lower.startswith(("named", "recall"), mention.start) and not _TAUGHT.search(
        lower, statement.start, statement.end
    ):
        return None  # "Named 20 photos, 13/20" is the exercise
    if teaching and "confirm" in teaching.tags and _teaches(reading, mention, statement):
        return "instruction"
    if skill and "monitoring" in skill.tags and _monitors(reading, statement):
        return "monitoring"
    return None


#: Reminders without number, of what every session asks of a patient.
_REMINDER = wording(r"(?<!\d)(?:verbal )?reminders?\b")
_TO_BEHAVE = wording(
    r"^ to (?:stay (?:seated|on task|in (?:his|her|the) (?:seat|chair))|slow down|sit(?: down| still)?|attend|focus|pay attention|listen|participate|keep going|finish|behave|be quiet|look)\b"
)
_TAUGHT = wording(
    r"\b(?:precautions?|strateg\w+|signs?|symptoms?|steps?|rules?|techniques?|tips?|risks?|triggers?|hazards?|reasons?|med\w*|levels?|restrictions?|zones?|warning|ways|positions?)\b"
)
#: "Less guarding noted": of a muscle.
_OF_MUSCLE = wording(
    r"\b(?:less|more|no|muscle|decreased|increased|reduced|mild|mod\w*|some|minimal|with|w/|significant|protective|persistent|still) $"
)
#: What a patient puts in order, pulls, or moves on to.
_CARDS = wording(
    r"^ (?:(?:\d|a|an|the|of|three|four|five|six)[- ]?)*(?:step|picture|photo|card|story|event|number|letter|word|item|task card|daily|days|months)\w*\b"
)
_THING = wording(r"^ (?:pegs?|pinch|clothespins?|putty|blocks|cones|rings|clips|resist\w* clips)\b")
_MOVED = wording(r"moved to\b")
_PLACE = wording(
    r"^ (?:the |a |an |her |his |our )*(?:\w+ )?(?:table|tabletop|desk|mat|gym|room|floor|chair|kitchen|sink|swing|hall\w*|bathroom|bedside|bed|bench|corner|area|station|activity|next)\b"
)
#: Front to back is a direction; hands move a joint in it.
_DIRECTION = wording(r"[ap] ?/ ?[ap]|p/?a|a/?p")
_MOBILISED = wording(
    r"^ (?:\w+ )?(?:glides?|mobs?|mobili[sz]\w*|gr(?:ade)?\b)|^s?\W{0,3}(?:gr(?:ade)?\b|[ltc]\d|at [ltc]\d)"
)
#: "Getting up from the recliner" is no load that was raised.
_UP_FROM = wording(r"up from\b")
_RISES = wording(
    r"\b(?:g[eo]t|gets|getting|stand|stands|standing|stood|rise|rises|rising|rose|push\w*|climb\w*|come|coming) $"
)
#: A blank before the words and a stop behind them.
_MARK = 2
_CLIMBED = wording(
    r"^(?: and down)?(?: (?:the|a|her|his|\d+|one|two|three|four))* (?:flights?|stairs?|steps?|ramp|curb|hill|basement)\b|^ and down\b"
)
#: Changing clothes is the patient's task.
_DRESSED = wording(
    r"^(?: (?:into|out of|to))?(?: (?:the|a|an|his|her|their|clean|fresh|dry|soiled|wet|new))* (?:tops?|shirts?|pants|clothes|clothing|brief|briefs|gown|pajamas|pjs|socks|sweater|underwear|depends|diaper|bra|outfit|sheets|linens?)\b"
)
_PUPIL = re.compile(r"\b(?:student|iep|school|teacher|class)\b")
_SCHOOL_GRADE = re.compile(r"\bgrade \d|\d(?:st|nd|rd|th) grade")
#: The grade of an injury is a diagnosis.
_INJURY = wording(r"\b(?:sprain|strain|tear|spondylolisthesis|arthritis|oa|ulcer|fx|fracture)\b")


def _graded(reading: Reading, statement: Statement) -> bool:
    """Whether a grade is one of hands: of a mobilisation, or of the task's demand."""
    words = reading.lower[statement.start : statement.end]
    hands = (
        m
        for m in reading.mentions_in(statement.start, statement.end, "technique")
        if not reading.lower.startswith("gr", m.start)
    )
    if _INJURY.search(words) and not any(True for _ in hands):
        return False
    if not _SCHOOL_GRADE.search(words):
        return True
    if _PUPIL.search(words):
        return False
    return reading.has_mention(statement.start, statement.end, "technique", "body")


def _only_named(reading: Reading, mention: Mention, statement: Statement) -> bool:
    """Whether hands-on work is a name in a list of names ("MH/IFC, STM, lumbar stab, NuStep"), with no
    region, grade or amount anywhere in it."""
    clause = next((c for c in statement.clauses if c.start <= mention.start < c.end), None)
    if clause is None or len(statement.clauses) < _LISTED:
        return False
    if (
        reading.text[clause.start : clause.end].strip(" .")
        != (reading.text[mention.start : mention.end])
    ):
        return False
    return not reading.has_quantity(statement.start, statement.end)


#: So many clauses make a list.
_LISTED = 3


def _stands_alone(mention: Mention, statement: Statement) -> bool:
    """Whether a statement, behind its label, is nothing but the words ("97140: MFR")."""
    start = max(statement.start, statement.label_end)
    return statement.end - start - (mention.end - mention.start) <= _MARK


def _within_level(reading: Reading, mention: Mention) -> bool:
    """``guard`` of "contact guard", ``support`` of a level: help, not technique."""
    return any(
        m.start <= mention.start and mention.end <= m.end and m is not mention
        for m in reading.mentions_in(max(0, mention.start - 12), mention.end, "assist", "device")
    )


_OWN_GLIDES = ("tendon", "median", "ulnar", "radial nerve", "nerve", "neural", "sciatic")


def _within_exercise(reading: Reading, mention: Mention) -> bool:
    """``glides`` of "tendon glides": the patient's own exercise, no hands."""
    return any(
        m.start < mention.start
        and mention.end <= m.end
        and reading.lower.startswith(_OWN_GLIDES, m.start)
        for m in reading.mentions_in(max(0, mention.start - 14), mention.end, "exercise")
    )


def _hands_on(mention: Mention) -> bool:
    sense = mention.sense("technique")
    return sense is not None and "manual" in sense.tags


#: A blank of the form: "VC x__%".
_UNFILLED = re.compile(r"\W*+(?:(?:[vt]c|verbal|tactile|visual)\W*+)?(?:x\W*+)?_{2,}")
#: How a patient is left for the nurse is no technique.
_LEFT = wording(r"\bcall (?:light|bell)\b|\b(?:in|within) reach\b|\bhob\b|\bfor comfort\b")


def _aimed(lower: str, mention: Mention, tail: str) -> bool:
    """Whether a cue says what for, or how many: ``VC long step``, ``3 VC``, ``cue at sternum``."""
    words = " ".join(lower[mention.start : mention.end].split())
    if words.startswith(("no ", "0 ", "without", "w/o")):
        return False
    if words in ("positioned", "positioning") and _LEFT.search(tail):
        return False
    if _NONE.search(lower, max(0, mention.start - 12), mention.start):
        return False
    if mention.is_a("object") and _WITH.search(lower, max(0, mention.start - 12), mention.start):
        return False
    if words in _PLURALS and _THINGS.search(lower, max(0, mention.start - 12), mention.start):
        return False
    if mention.is_a("cue") and _COUNTED.search(lower, max(0, mention.start - 16), mention.start):
        return True
    if words.startswith(_AIDS) and _USED.search(lower, max(0, mention.start - 24), mention.start):
        return True
    if words.endswith(" for"):
        tail = " for" + tail
    if _UNFILLED.match(tail) or _ANY_TARGET.match(tail):
        return False
    if _TARGET.match(tail):
        return True
    if _NO_TARGET.match(tail):
        return False
    first = re.match(r"^\s*[:(]?\s*([a-z]{2,})", tail)
    return first is not None and first.group(1) not in (
        "and",
        "when",
        "if",
        "where",
        "while",
        "several",
        "multiple",
        "many",
        "some",
        "few",
        "frequently",
        "often",
        "occasionally",
        "intermittently",
        "throughout",
        "easily",
        "well",
        "back",
        "as",
        "at",
        "by",
        "in",
        "no",
        "of",
        "ok",
        "on",
        "or",
        "pt",
        "but",
        "then",
        "was",
        "were",
        "the",
        "pt",
        "min",
    )


def _progresses(reading: Reading, mention: Mention, statement: Statement) -> bool:
    """Whether a word of progression names a new load, surface, help, task or value."""
    if _FROM_TO.search(reading.lower, statement.start, statement.end):
        return True
    limit = min(statement.end, mention.end + 60)
    if any(
        q.kind not in ("minutes", "units", "code", "frequency", "date")
        for q in reading.quantities_in(mention.start, limit)
    ):
        return True
    return any(
        m.is_a("surface", "exercise", "task", "assist", "device", "cue", "object")
        for m in reading.mentions_in(mention.end, limit)
    )


def _teaches(reading: Reading, mention: Mention, statement: Statement) -> bool:
    """Whether learning was confirmed on something named, or counted."""
    named = any(
        m.is_a("adl_equipment", "exercise", "task", "technique") or m.has_tag("teach")
        for m in reading.mentions_in(statement.start, statement.end)
        if m is not mention
    )
    return named or any(
        q.kind in ("score", "count", "grade", "scale")
        for q in reading.quantities_in(statement.start, statement.end)
    )


def _once_each(values: Sequence[Quantity]) -> bool:
    """Whether vital signs stand once each ("HR 96, SpO2 97%"): a record, with nothing to compare."""
    heads = [q.text.strip().split()[0].lower().rstrip(":") for q in values if q.text.strip()]
    return all(q.kind == "vitals" for q in values) and len(set(heads)) == len(values)


def _monitors(reading: Reading, statement: Statement) -> bool:
    """A monitored parameter counts with a decision or a comparison, not alone."""
    lower = reading.lower
    values = [
        q for q in reading.quantities_in(statement.start, statement.end)
        if q.kind in ("vitals", "score", "percent", "rpe", "scale", "rom", "number", "grade")
    ]  # fmt: skip
    if not values:
        return bool(_DECIDES.search(lower, statement.start, statement.end))
    if any(q.kind == "vitals" for q in values):
        # Pain and a bare number beside the vital signs are of the same record.
        values = [q for q in values if q.kind not in ("scale", "number")]
    if len(values) >= 2 and not _once_each(values):
        return True
    return bool(
        _DECIDES.search(lower, statement.start, statement.end)
        or _COMPARES.search(lower, statement.start, statement.end)
    )
