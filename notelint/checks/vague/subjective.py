"""A subjective part that reports nothing (A9)."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.encounter.encounter import Encounter
from notelint.encounter.wording import wording
from notelint.language.reading import Reading, Span, Statement
from notelint.language.stopwords import is_content
from notelint.rulebook.rule import Hit

_NOTHING = frozenset(
    """
    reports report reported states stated says feels feeling felt today therapy tx treatment complaints
    complaint new c/o agreeable ready session noted denies offers voices voiced visit ok okay
    fine good well pleasant cooperative seen arrived time continues overall pretty alright morning afternoon
    participate willing nothing bothering mood usual happy here much without day consents consent mom
    had being spirits issue issues concerns concern offered change changes problem problems update updates
    different same about go work he's she's he she great decent stable unremarkable upbeat
    nice friendly smiling smiled awake alert oriented agrees agreed doing going everything all around
    better normal typical baseline status quo wants eager pt's home earlier again voice dad
    caregiver wife husband daughter son per came arrived arrives presents presented prompt promptly
    late early room bed chair w/c wheelchair lobby gym clinic nothing else new ready
    verbal consent cooperate motivated nuthin nothin nada zilch zip goin doin feelin get start started begin last wk week
    since from to kid child student client patient resident smile smiles unchanged
    """.split()
)  # fmt: skip


def vague(encounter: Encounter) -> Iterator[Hit]:
    """Yields the filler of a subjective section, or of the report that opens a note without one."""
    reading = encounter.reading
    headed = False
    for number, section in enumerate(reading.sections):
        if section.kind != "subjective":
            continue
        headed = True
        yield from _filler(reading, [s for s in reading.statements if s.section == number])
    if not headed:
        yield from _filler(reading, _opening(reading))


def _filler(reading: Reading, statements: list[Statement]) -> Iterator[Hit]:
    if not statements or not all(_empty(reading, s) for s in statements):
        return
    fillers = [m for s in statements for m in reading.mentions_in(s.start, s.end, _FILLER)]
    if _PAIN.match(reading.section_of(statements[0]).label.lower()):
        return  # "PAIN: denies" answers its label
    if fillers:
        yield Hit("words", fillers[0].start, fillers[0].end)
    elif reading.section_of(statements[0]).kind == "subjective":
        yield Hit("words", statements[0].start, statements[-1].end)


_PAIN = wording(r"\W*pain\b")
_FILLER = "subjective_filler"
_OPENS = frozenset({"subjective", "caregiver_report", "response", "other"})
_NO_REPORT = frozenset({"header", "signature", "time", "heading", "history", "precaution"})
#: What tells that an opening statement is the patient's report.
_REPORTS = wording(
    r"\b(?:doing|no|pt|patient|client|resident|student|he|she|arriv\w+|came|reports?|states?|says|feels|agree\w*|new|present(?:s|ed)|mom|wife|husband|per|about the same|unchanged)\b"
)


#: "Patient is in today for her low back" opens a note and reports nothing.
_COMES_FOR = wording(
    r"\W*(?:(?:the )?(?:pt|patient|client|resident)|he|she|m(?:r|rs|s)\.? \w+) (?:is |was )?(?:in|here|seen|back)(?: today)? for (?:\w+ ){1,5}?\w+\W*$"
)


def _opening(reading: Reading) -> list[Statement]:
    """The statements of report that open a note without headings, if treatment follows them."""
    found: list[Statement] = []
    for statement in reading.statements:
        if statement.role in _NO_REPORT:
            continue
        if reading.section_of(statement).kind not in ("body", "subjective"):
            break
        words = reading.lower[statement.start : statement.end]
        if not found and _COMES_FOR.match(words):
            continue
        told = reading.has_mention(statement.start, statement.end, _FILLER)
        if statement.role not in _OPENS or not (told or _empty(reading, statement)):
            # What is told before the treatment, and is no filler, is the report.
            return found if statement.role == "treatment" else []
        if not _REPORTS.search(words):
            return []
        found.append(statement)
    return found if len(found) < len(reading.statements) else []


def _empty(reading: Reading, statement: Statement) -> bool:
    """Whether a statement reports nothing, also after the name of the case ("ACLR wk 9, doing well")."""
    if _says_nothing(reading, statement.span) or _PART_OK.match(
        reading.lower, statement.start, statement.end
    ):
        return True
    case, *rest = statement.clauses
    if not rest or len(reading.slice(case).split()) > 4:
        return False
    told = reading.has_mention(rest[0].start, statement.end, _FILLER)
    return (
        told
        and _CASE.match(reading.lower, case.start) is not None
        and all(_says_nothing(reading, clause) for clause in rest)
    )


#: "Shoulder ok", "her knee is about the same": a part of the body and no word of how it is.
_PART_OK = wording(
    r"\W*(?:(?:the|his|her|pt's|r|l|right|left|low) ){0,2}(?:shoulder|knee|hip|back|neck|ankle|foot|hand|wrist|elbow|leg|arm|voice|speech|balance|walking|pain|symptoms?|sx)s?"
    r"(?: (?:is|are|feels?|feeling|doing|seems))? (?:ok(?:ay)?|unchanged|fine|good|great|alright|all right|(?:about )?the same)(?: today)?\W*$"
)
#: A case is named by a diagnosis and its age, never by what the patient feels or did.
_CASE = wording(
    r"(?:(?:s/p |l |r |left |right |b )*[a-z]{2,8}\W?(?:r|repair|replacement|recon\w*)? ?(?:wk|week|day|pod|mo|visit|f/u|post[- ]?op)\b)"
)


#: To agree to what a session holds reports nothing ("agreed to get up & wash", "willing to walk").
_OF_SESSION = (
    r"(?:participat\w*|cooperate|therapy|treatment|tx|rx|session|visit|eval\w*|pt|ot|st|slp|get|got|getting|be|oob|ooc|eob|up|down|out|of|to|in|the|his|her|a|bed|chair|w/c|recliner|edge"
    r"|dressed|washed|seen|going|started|walk(?:ing)?|amb\w*|gait|shower(?:ing)?|wash(?:ing)?|bath\w*|dress(?:ing)?|groom\w*|toilet\w*|sit(?:ting)?|stand(?:ing)?|exercises?|exs?|stretch\w*|eat"
    r"|begin|start|work|go|come|gym|clinic|mobili[sz]e|move|transfers?|attempt|try|do|and|&|/|\+|or|w/|with|this|today|am|pm|morning|afternoon|now|some|more|a\.m\.|p\.m\.)"
)
_AGREES = wording(
    rf"\b(?:agree[ds]?|agreeable|consent(?:s|ed|ing)?|willing|ready|eager|happy|motivated) (?:to|for|with) (?:{_OF_SESSION} ?){{1,7}}(?=$|[.,;\n!]|but\b)"
)


def _says_nothing(reading: Reading, statement: Span) -> bool:
    covered = [
        (m.start, m.end)
        for m in reading.mentions_in(statement.start, statement.end, "subjective_filler", "subject")
    ]
    agreed = reading.search(_AGREES, statement.start, statement.end)
    if agreed is not None:
        covered.append(agreed.span())
    if reading.has_quantity(statement.start, statement.end):
        return False
    if any(
        not any(a <= m.start < b for a, b in covered)
        for m in reading.mentions_in(
            statement.start, statement.end, "exercise", "technique", "adl_equipment"
        )
    ):
        return False
    for word in reading.words_in(statement.start, statement.end):
        if any(a <= word.start < b for a, b in covered):
            continue
        text = reading.lower[word.start : word.end]
        if is_content(text) and text not in _NOTHING:
            return False
    return True
