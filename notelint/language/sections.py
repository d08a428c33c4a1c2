"""Finds the sections of a note: SOAP by letter or word, boxes, grids, or none at all.

A heading stands at the start of a line (after a bullet or ``#``), after ``.,`` or ``,`` in
transcripts that join lines with commas, or as ``S:``/``O:``/``A:``/``P:`` within a line. Text
under no heading is one ``body`` section.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from notelint.language.ownheads import own_heads
from notelint.language.reading import Section
from notelint.language.sectionends import BLANK_LINE, opens_line, says_how_often, section_end

_LINE_HEAD = re.compile(
    r"^[ \t\xa0]*(?:[#>*•·▪●→➤◦-]+[ \t]*|\*\*|(?:§ ?)?\d{1,2}[.)][ \t]+|§ ?\d{1,2}[ \t]+)?"
    r"(?P<label>[A-Za-z][A-Za-z0-9 /&'’().#+-]{0,48}?(?:\([^()\n]{0,40}\))?)(?:\*\*)?[ \t]*+"
    r"(?P<sep>[:;]|[-–—](?=[ \t]|$)|\)|(?=[ \t\xa0]*\r?$))",
    re.M,
)
#: "[RESPONSE]", "[Plan] see twice next week": a label in brackets; a box to tick is shorter.
_BRACKET_HEAD = re.compile(
    r"^[ \t\xa0]*\[(?P<label>[A-Za-z][A-Za-z /&-]{2,30})\](?=[ \t\r\n])[ \t]*:?"
)
#: "ASSESS  Cue needed only for trunk": a word in capitals before a wide blank.
_WIDE_HEAD = re.compile(r"^[ \t]*(?P<label>[A-Z][A-Z/&.]{2,14})(?P<sep>[ \t]{2,})(?=\S)", re.M)
_LETTER_HEAD = re.compile(
    r"^[ \t\xa0]*(?P<label>[SOAP])(?:[./][ \t]+(?=[A-Z\"“'])|/[ \t]+(?=[a-z]))", re.M
)
#: "A." before a line "B." numbers items.
_SECOND_ITEM = re.compile(r"^[ \t\xa0]*B[.)][ \t]+\S", re.M)
_SERVICE_LINE = re.compile(
    r"^[ \t\xa0]*(?:[*•·▪●-]+[ \t]*)?(?P<label>(?:9\d{4}|G\d{4})(?![\d.])(?=[^\n]*[A-Za-z]{3})|(?:TE|TA|MT|NMR|NMRE|GT|SC|Gait|gait)(?=[ \t]?[,/+&][ \t]?(?:TE|TA|MT|NMR|NMRE|GT|SC|gait|Gait)\b)|[A-Z]{2,4}(?=[ \t][^\n]{0,160}\d{1,3}[ \t]?min)|\d{1,3}[ \t]?(?:'|min)[ \t]+[A-Z]{2,4}(?=[ \t]*[-–:])|(?:[Tt]x|TX|[Rr]x)(?=[ \t]+[a-z])|[A-Za-z][A-Za-z /&.-]{1,40}?(?=[ \t]*(?:[:]|[-–—](?=[ \t])|[(,]?[ \t]*\d{1,3}[ \t]?(?:min|['’])|\r?\n[ \t]*[-*•·])))",
    re.M,
)
#: A line that a code opens, bracketed or not: the head of a box ("[97110 - 24 MIN]").
_CODE_LINE = re.compile(
    r"^[ \t\xa0]*(?:[*•·▪●#-]+[ \t]*|\*\*|\[[xX]\][ \t]*|\|[ \t]*)?(?P<label>[\[(]?(?:(?:CPT|Cpt|cpt)(?:[ \t]?(?:code|#|:))?[ \t]{0,2})?(?:9\d{4}|G\d{4})(?![\d.])|(?i:(?:intervention|procedure|service|treatment|activity|code|[tr]x)(?:[ \t]today)?[ \t]?#?\d{0,2}[ \t:.)-]{1,8}(?:(?:cpt )?code[ \t]?:?[ \t]?|cpt[ \t]?:?[ \t]?)?9\d{4}\b)|[A-Z][A-Za-z &/.,-]{3,46}[ \t:–-]{1,3}9\d{4}(?=[ \t]*(?:[-–:(|][^\n]{0,24}|(?i:min(?:ute)?s?|units?)[ \t]?:[^\n]{0,24}|,?[ \t]*\d{1,3}[ \t]?(?i:min[a-z]*|['’])\.?[^\w\n]*)?\r?$)|[A-Z][A-Za-z &/.,-]{3,46}\((?:CPT[ \t])?9\d{4}\)(?=[^\n]{0,40}(?:\d[ \t]?(?:units?|u\b|min)|\n))|[A-Z][A-Za-z &/.,-]{3,46}\((?:CPT[ \t])?9\d{4}[ \t]*[,;:x×–-][^()\n]{1,24}\)(?=[ \t]*[:–-]?[ \t]*\r?$)|(?i:treatments?|interventions?|services?)[ \t](?:provided|rendered|performed|given),[^:\n]{0,60}\b9\d{4}\b)",
    re.M,
)
#: A blank line below what the patient said, and a paragraph that ends with a code and its minutes.
_CODE_BELOW = re.compile(
    r"\n[ \t\r]*\n(?=(?:[^\n]+\n){0,8}?[^\n]*\b9[27]\d{3}\b[^\n]{0,12}\d[ \t]?(?:min|u\b|units?))"
)
#: A word that heads a paragraph of dictation, without a colon: "assessment patient has weakness …".
_DICTATED = re.compile(
    r"^[ \t\xa0]*(?P<label>(?:subjective|objective|assessment|plan|goals?))[ \t]+(?=(?:the[ \t]+)?(?:patient|pt|resident|client|he|she|they|his|her|we)\b(?!'))",
    re.M,
)
#: SOAP letters with nothing but a blank or a bracket after them; headings only where all four stand
#: so, once and in order ("s no new c/o", "s) sore").
_BARE_LETTER = re.compile(
    r"^[ \t\xa0]*(?P<label>[SOAPsoap])(?P<sep>\)|/(?=[ \t]|\r?$)[ \t]*|[ \t]{1,8}(?=[^\s–-])|[ \t]?[-–][ \t]?(?=\S))",
    re.M,
)
#: A line of its own that heads goals, whoever's they are: "OT goals", "Short range goals (3 wks):".
_GOAL_LINE = re.compile(
    r"^[ \t\xa0]*(?:[#>*•·▪●→➤◦-]+[ \t]*|\*\*)?(?P<label>"
    r"(?:(?:pt|ot|st|slp|speech|physical|occupational|therapy|rehab|treatment|functional|plan of care|poc|hand|clinic|home|health|hh|snf|school"
    r"|iep|annual|new|updated|revised|current|active|remaining|episode|initial|discharge|recert|the|our|and|&|/|-|–)[ \t]+){0,5}"
    r"(?:(?:long|short)(?:er)?[- ](?:term|range)(?:[ \t]+(?:goals?|objectives?))?|ltgs?|stgs?|goals?|objectives?)"
    r"(?:[ \t]+(?:for|of)[ \t]+(?:this|the|poc|therapy)(?:[ \t]+[a-z]+){0,2})?"
    r"(?:[ \t]+(?:(?:are|have been|were|as)[ \t]+)?(?:updated|upgraded|revised|redone|rewritten|re-?set|changed|modified|restated|set|now))?"
    r"(?:[ \t,–-]*+\(?(?:all[ \t]+|to be met[ \t]+|each[ \t]+)?(?:(?:by|in|within|for|over|x)[ \t]+)?\d[\d /-]{0,9}(?:wks?|weeks?|w|mos?|months?|visits?|days?|d)?\)?)?"
    r")(?:\*\*)?[ \t]*+:?[ \t]*+\r?\n(?=[ \t]*\S)",
    re.M | re.I,
)
#: A table with a column of goals (with columns of findings it is a report, and rows tell).
_GOAL_TABLE = re.compile(
    r"^[ \t]*+\|?(?:[^|\n]{0,20}\|)?[ \t]*+goals?[ \t]*+\|(?:[ \t]*+(?:target|time ?frame|time|date|by|by when|due|type|term)[ \t]*+\|?)*+[ \t\r]*+\n(?:[ \t|:-]+\r?\n)?(?P<rows>(?:[^\n|]*\|[^\n]*(?:\n|$))+)",
    re.M | re.I,
)
# What may stand before an inline heading is told by fixed look-behinds, never by ``\s*``, which a long
# run of spaces would make it try at every place of the run.
_INLINE_LETTER = re.compile(
    r"(?:(?<=[.;!?)\"”\]0-9])|(?<=[.;!?)\"”\]],)|(?<=[.;!?)\"”\]a-z0-9]\s)|(?<=[.;!?)\"”\]],\s)|(?<=\s\s)|(?<=\t))"
    r"(?<![Mm]in\s)(?<![Mm]od\s)(?<![Mm]ax\s)(?<![Tt]otal\s)(?<!itamin\s)"
    r"(?P<label>[SOAP])\s?:(?=\s|[A-Z])(?!\s*\d{1,2}/10)"
)
_INLINE_WORD = re.compile(
    r"(?:(?<=[.;!?]\s)|(?<=,)|(?<=,\s)|(?<=\s\s)|(?<=\t))"
    r"(?P<label>Subjective|Objective|Assessment|Plan|Treatment|Interventions?|Goals?|SUBJECTIVE|OBJECTIVE|ASSESSMENT|PLAN|TREATMENT|GOALS|Response|Billing|Charges|Education|HEP|[A-Z][A-Z /&'-]{3,40})\s*:"
)
#: Headings spoken into a paragraph: "Long term goals. One, …", "Goals for this period, one, …", "Plan is …".
_SPOKEN = re.compile(
    r"(?:(?<=[.!?]\s)|(?<=[.!?]\s\s)|^)(?P<label>(?:(?:Long|Short)[- ][Tt]erm )?[Gg]oals?(?: for (?:this|the) [a-z]+(?: period)?)?)"
    r"(?:[.,]|,? (?:are|include)(?: the following)?[,:]?)\s+(?=(?:[Oo]ne|[Ff]irst|[Ii]n|[Bb]y|1)\b|[A-Za-z]+ will\b)",
    re.M,
)
#: A heading word closed by a period at the start of a line: "Plan. Individual treatment …".
_STOPPED = re.compile(
    r"^[ \t\xa0]*(?:(?:§ ?)?\d{1,2}[.)]?[ \t]+)?(?P<label>Need for (?:more|further|continued|ongoing) (?:skilled )?(?:therapy|care|services?)|Findings|Amount|Frequency|Subjective|Objective|Assessment|Plan(?: of care)?|Goals|Treatment|Interventions?|Impression|Recommendations?|Diagnosis|History|Response|[A-Z][A-Z /&-]{3,30})\.[ \t]+(?=[A-Z0-9\"“])",
    re.M,
)
_SPOKEN_PLAN = re.compile(
    r"(?:(?<=[.!?]\s)|(?<=[.!?]\s\s)|^)(?P<label>Plan(?: of care)?)(?:,\s|\sis\s(?=(?:for|to|[a-z]+ therapy|PT|OT|ST|speech|physical|occupational)\b))",
    re.M,
)
#: "Goals thru 9-14", "LTGs by 6/1/26".
_DATED_GOALS = re.compile(
    r"(?:goals?|ltgs?|stgs?|objectives?) for (?:the )?(?:next|new|coming|this|upcoming) (?:\d{1,2} ?)?(?:mos?|months?|wks?|weeks?|visits?|days?|cert\w*|period|quarter|episode)|(?:(?:short|long)[- ]term )?(?:goals?|ltgs?|stgs?) (?:thru|through|by|until|to|for|due) [\d/.-]{3,10}"
)
#: "Response to session interventions".
_RESPONSE_TO = re.compile(
    r"(?:(?:pt|patient|client|resident)(?:'s)? )?(?:response|tolerance) (?:to|of)(?: [a-z]+){1,3}"
)
_PAREN = re.compile(r"\(.*?\)|\b\d+\b|#")
_SPACE = re.compile(r"\s+")

_DASHES = ("-", "–", "—")
#: Kinds whose labels also open lists of findings, row by row: a dash makes no section of them.
_MEASURED = frozenset({"measures", "history", "treatment", "header"})

#: Single-letter and short labels that are headings only with a colon, dash or on their own line.
_SINGLE = frozenset("soap")
#: Kinds of sections that a box headed by a code ends: what was done is told below it.
_TOLD = frozenset({"subjective", "history", "precautions", "header", "measures"})


#: A heading of several parts is not longer than this; its first part is longer than that.
_LONGEST_COMPOUND, _SHORTEST_PART = 44, 3
_PARTED = re.compile(r" ?[/&,–—] ?| and | - ")
_WHOSE = re.compile(
    r"^(?:(?:today'?s|daily|current|pt'?s?|ot|st|slp|patient'?s?|client'?s?|clinician'?s?|therapist'?s?|therapy|clinical|skilled|overall|brief|ongoing|session) )+"
)
_WHEN = re.compile(
    r" (?:for|of|in|to|this|next|at|until|provided|performed|given|completed|rendered|today)\b(?: (?:the|this|next|last|today'?s?|visit|session|tx|treatment|time|therapy|date|day|week|care|services|skilled|intervention))*$"
)
#: Kinds that headings of several parts name.
_COMPOUND = frozenset(
    {"subjective", "objective", "assessment", "plan", "treatment", "goals", "education", "hep"}
)


#: Kinds that words in capitals before a wide blank may head.
_SOAP = frozenset({"subjective", "objective", "assessment", "plan", "goals"})


#: Kinds of headings that stand over what was done.
_OVER_DONE = frozenset({"objective", "treatment"})


class SectionFinder:
    """Finds sections by a table of heading labels.

    Args:
        kinds: normalised heading label → section kind.
        names_service: whether a label is a service's name ("self-care"): a line that it opens is
            treatment, also below "S:".
    """

    def __init__(
        self, kinds: Mapping[str, str], names_service: Callable[[str], bool] = lambda _: False
    ) -> None:
        self._kinds = kinds
        self._names_service = names_service
        self._known: dict[str, str | None] = {}
        self._lines: dict[str, _LineHeads] = {}

    def kind_of(self, label: str) -> str | None:
        """Returns the section kind of a heading label as written, or None."""
        if label in self._known:
            return self._known[label]
        if len(self._known) >= _MOST_KNOWN:
            self._known = {}
        kind = self._known[label] = self._kind(label)
        return kind

    def _kind(self, label: str) -> str | None:
        plain = _SPACE.sub(" ", label.lower()).strip(" .:-*")
        kind = self._kinds.get(plain)
        if kind:
            return kind
        if _RESPONSE_TO.fullmatch(plain):
            return "assessment"
        bare = _SPACE.sub(" ", _PAREN.sub(" ", plain)).strip(" .:-*/")
        kind = self._kinds.get(bare)
        if kind is None and _DATED_GOALS.fullmatch(plain):
            return "goals"
        return kind or self._kind_of_part(plain)

    def _kind_of_part(self, label: str) -> str | None:
        """The kind of a heading by its first part ("assessment/need for skilled PT"), or behind words
        that only say whose or when ("OT assessment", "plan for the next visit")."""
        if not label or len(label) > _LONGEST_COMPOUND or any(c.isdigit() for c in label):
            return None
        first = _PARTED.split(label, 1)[0].strip()
        if first != label and len(first) > _SHORTEST_PART:
            kind = self._kinds.get(first)
            if kind in _COMPOUND:
                return kind
        plain = _WHOSE.sub("", label).strip()
        plain = _WHEN.sub("", plain).strip()
        return self._kinds.get(plain) if plain != label and len(plain) > _SHORTEST_PART else None

    def find(self, text: str) -> tuple[Section, ...]:
        """Returns the sections in text order; they cover the whole text."""
        heads = self._heads(text)
        if not heads:
            return (Section("body", "", 0, len(text), 0),)
        found: list[Section] = []
        if any(c.isalnum() for c in text[: heads[0][0]]):
            found.append(Section("body", "", 0, heads[0][0], 0))
        headed = any(kind in _OVER_DONE for _, _, kind, _ in heads)
        for i, (start, body, kind, label) in enumerate(heads):
            end = heads[i + 1][0] if i + 1 < len(heads) else len(text)
            begin = start if found or i else 0
            stop = section_end(text, start, body, kind, end, headed=headed)
            found.append(Section(kind, label, begin, stop, body))
            if stop < end:
                planned = kind == "goals" and says_how_often(text, stop)
                found.append(Section("plan" if planned else "body", "", stop, end, stop))
        return tuple(found)

    def _heads(self, text: str) -> list[tuple[int, int, str, str]]:
        heads = self._named(text)
        known = {head[0] for head in heads}
        heads += [head for head in _goal_heads(text, known) if head[0] not in known]
        heads.sort()
        heads = sorted([*heads, *own_heads(text, heads)])
        heads = [
            (start, body, "plan" if _is_planned(heads, i) else kind, label)
            for i, (start, body, kind, label) in enumerate(heads)
        ]
        heads = [
            (start, body, "header" if _names_payer(text, start, body) else kind, label)
            for start, body, kind, label in heads
        ]
        heads = [head for head in heads if not _is_field(text, head)]
        heads = _told_under_assessment(text, heads)
        return sorted(heads + list(self._services_below(text, heads)))

    def _services_below(
        self, text: str, heads: list[tuple[int, int, str, str]]
    ) -> Iterator[tuple[int, int, str, str]]:
        """Yields where the treatment begins that follows a told line ("S – sore") with no heading of its own.

        The label is left in the body: it names the service.
        """
        told = [i for i, head in enumerate(heads) if head[2] in _TOLD or head[2] == "assessment"]
        for i in told:
            line_end = text.find("\n", heads[i][1])
            stop = heads[i + 1][0] if i + 1 < len(heads) else len(text)
            if not 0 <= line_end < stop:
                continue
            box = _CODE_LINE.search(text, line_end, stop)
            if heads[i][2] == "assessment":
                if (
                    box is not None
                    and BLANK_LINE.search(text, line_end, box.start() + 1)
                    and (
                        _responds(heads[i])
                        or _NARRATED.match(text, box.start())
                        or _TREATED.match(text, box.start("label"))
                    )
                ):
                    yield box.start("label"), box.start("label"), "treatment", ""
                continue
            alone = heads[i][2] != "subjective" or not text[heads[i][1] : line_end].strip()
            if alone:
                if box is not None:
                    yield box.start("label"), box.start("label"), "treatment", ""
                continue
            if box is not None:
                stop = box.start("label") + 1
            for match in _SERVICE_LINE.finditer(text, line_end, stop):
                label = match["label"].lower().rstrip()
                if (
                    label[1:].isdigit()
                    or label in ("tx", "rx")
                    or self._names_service(label.split()[-1] if label[0].isdigit() else label)
                ):
                    yield match.start("label"), match.start("label"), "treatment", match["label"]
                    break
            else:
                if box is None and heads[i][2] == "subjective":
                    box = _CODE_BELOW.search(text, line_end, stop)
                    if box is not None:
                        yield box.end(), box.end(), "treatment", ""
                elif box is not None:
                    yield box.start("label"), box.start("label"), "treatment", ""

    def _named(self, text: str) -> list[tuple[int, int, str, str]]:
        taken: dict[int, tuple[int, int, str, str]] = {}
        weak: list[tuple[str, tuple[int, int, str, str]]] = []
        written = dict.fromkeys((*_DASHES, _WIDE_BLANK), 0)
        for start, label_end, label, separator in self._candidates(text):
            kind = self.kind_of(label)
            if kind is None:
                continue
            if kind == "header" and separator not in ":":
                continue
            if kind == "billing" and _counts(text, start, label_end):
                continue
            plain = label.strip().lower()
            if len(plain) == 1 and (
                plain not in _SINGLE
                or not (label.strip().isupper() or _is_small_letter(text, start, separator))
            ):
                continue
            if separator == _WIDE_BLANK:
                if kind in _SOAP:
                    written[separator] += 1
                    weak.append((separator, (start, label_end, kind, label.strip())))
                continue
            if separator in _DASHES and kind not in _MEASURED:
                written[separator] += _is_strong(kind, label)
            if separator in (*_DASHES, ")") and len(plain) > 1 and not _is_strong(kind, label):
                weak.append((separator, (start, label_end, kind, label.strip())))
                continue
            if separator == ")" and len(plain) != 1:
                continue
            taken.setdefault(start, (start, label_end, kind, label.strip()))
        for separator, head in weak:
            # "Response – …" is a heading where the note writes its other headings with that dash.
            if written.get(separator, 0) >= 2 and head[2] not in _MEASURED:
                taken.setdefault(head[0], head)
        return [taken[key] for key in sorted(taken)]

    def _candidates(self, text: str) -> Iterator[_Candidate]:
        """Yields what may be a heading; of two at one place the first counts."""
        lines = list(self._read(text))
        bare = [_moved(head, at) for at, line in lines for head in line.bare]
        dashed = [_moved(head, at) for at, line in lines for head in line.dashed]
        listed = any(line.second_item for _, line in lines)
        yield from (_moved(head, at) for at, line in lines for head in line.opening)
        yield from _bare_letters(bare, dashed)
        yield from _piped(text, self.kind_of)
        for at, line in lines:
            if line.letter is not None and not (listed and line.letter[2] == "A"):
                yield _moved(line.letter, at)
        yield from (_moved(head, at) for at, line in lines for head in line.within)

    def _read(self, text: str) -> Iterator[tuple[int, _LineHeads]]:
        """Yields each line that may hold a heading, and its offset; a line is read once."""
        known, at = self._lines, 0
        if len(known) >= _MOST_KNOWN:
            known = self._lines = {}
        for line in text.split("\n"):
            heads = known.get(line)
            if heads is None:
                heads = known[line] = _heads_of(line + "\n")
            if heads is not _NO_HEADS:
                yield at, heads
            at += len(line) + 1


#: The sign of a heading that only a wide blank parts from its words.
_WIDE_BLANK = "  "
#: A candidate for a heading: where its label begins, where its body begins, label and separator.
_Candidate = tuple[int, int, str, str]
#: So many labels and lines are remembered at most: those of the notes at hand.
_MOST_KNOWN = 2000


class _LineHeads(NamedTuple):
    """What in a line may be a heading, by offsets in the line: the label that opens it; letters
    without a colon and letters with a dash, which count by all that a note has of them; a letter with
    a stop; headings within the line; and whether the line is item "B" of a list."""

    opening: tuple[_Candidate, ...] = ()
    bare: tuple[_Candidate, ...] = ()
    dashed: tuple[_Candidate, ...] = ()
    letter: _Candidate | None = None
    within: tuple[_Candidate, ...] = ()
    second_item: bool = False


_NO_HEADS = _LineHeads()


def _heads_of(line: str) -> _LineHeads:
    letter = _LETTER_HEAD.match(line)
    heads = _LineHeads(
        (
            *(_candidate(m, m["sep"]) for m in _LINE_HEAD.finditer(line)),
            *(_candidate(m) for m in _BRACKET_HEAD.finditer(line)),
            *(_candidate(m, _WIDE_BLANK) for m in _WIDE_HEAD.finditer(line)),
        ),
        tuple([_candidate(m, m["sep"]) for m in _BARE_LETTER.finditer(line)]),
        tuple([_candidate(m) for m in _DASHED_WITHIN.finditer(line)]),
        _candidate(letter) if letter else None,
        (
            *(_candidate(m) for m in _STOPPED.finditer(line)),
            *(
                (m.start("label"), m.end("label"), m["label"], ":")
                for pattern in (_OFTEN_PLAN, _SPOKEN_PLAN, _DICTATED)
                for m in pattern.finditer(line)
            ),
            *(
                _candidate(m)
                for pattern in (_INLINE_LETTER, _INLINE_WORD)
                for m in pattern.finditer(line)
            ),
        ),
        _SECOND_ITEM.match(line) is not None,
    )
    return heads if heads != _NO_HEADS else _NO_HEADS


def _candidate(match: re.Match[str], separator: str = ":") -> _Candidate:
    return match.start("label"), match.end(), match["label"], separator


def _moved(head: _Candidate, by: int) -> _Candidate:
    start, body, label, separator = head
    return start + by, body + by, label, separator


#: "PLOF: Mod I   Baseline (9/24): Mod A   Previous (10/7): Mod A   Current (10/21): Min A".
_FIELDS = re.compile(
    r"[^\n]*?\b(?:baseline|previous|current|prior|target|initial)\b[^\n:]{0,16}:", re.I
)


def _is_field(text: str, head: tuple[int, int, str, str]) -> bool:
    """Whether a label of history stands before other fields of its row, below the goal they belong to."""
    return head[2] == "history" and _FIELDS.match(text, head[1]) is not None


def _told_under_assessment(
    text: str, heads: list[tuple[int, int, str, str]]
) -> list[tuple[int, int, str, str]]:
    """The headings, where an empty objective shows that the session is told under "A"."""
    found = list(heads)
    for i, (one, other) in enumerate(pairwise(heads)):
        empty = not any(c.isalnum() for c in text[one[1] : other[0]])
        if one[2] == "objective" and other[2] == "assessment" and empty:
            found[i + 1] = (other[0], other[1], "body", other[3])
    return found


#: A box and the words below its head: no line of a bill.
_NARRATED = re.compile(
    r"[^\n]*\n(?![ \t]*(?:[\[(]?(?:CPT[ \t])?9\d{4}|(?:total|timed|ttm|time)\b))[^\n]*[a-z]{2}[^\n]*[a-z]{3}",
    re.I,
)

#: "Tx today 97129 15 min: …" says itself what it is.
_TREATED = re.compile(r"(?:[tr]x|treatment|interventions?|services?)\b", re.I)

#: Labels of what will be done, where they stand below a plan.
_PLANNED = re.compile(
    r"(?:(?:planned|skilled|proposed|treatment|plan of care) )?(?:interventions?|treatments?|procedures|modalities|services)(?: to include| may include| planned)?$",
    re.I,
)


def _responds(head: tuple[int, int, str, str]) -> bool:
    """Whether a heading tells the response to what stands above it: a code's box has one of its own."""
    return head[2] == "assessment" and "respon" in head[3].lower()


def _is_planned(heads: list[tuple[int, int, str, str]], i: int) -> bool:
    """Whether a heading of treatment stands below a plan and heads what is planned."""
    if heads[i][2] not in ("treatment", "objective") or not _PLANNED.match(heads[i][3].strip(" :")):
        return False
    return i > 0 and heads[i - 1][2] == "plan"


def _bare_letters(bare: Sequence[_Candidate], dashed: Sequence[_Candidate]) -> Iterator[_Candidate]:
    """Yields the four SOAP letters of a note that writes them without a colon."""
    for separator in (")", " ", "-"):
        found = [head for head in bare if _separator(head[3]) == separator]
        if separator == " ":
            wide = [head for head in found if len(head[3]) > 1 and head[2].isupper()]
            if "".join(label for _, _, label, _ in wide) in _WIDE:
                yield from ((start, body, label, ":") for start, body, label, _ in wide)
                return
        letters = "".join(label.lower() for _, _, label, _ in found)
        if letters == "soap" or (separator == "-" and letters in _DASHED):
            for start, body, label, _ in found:
                yield start, body, label.upper(), ":"
            return
    if "".join(label.lower() for _, _, label, _ in dashed) in ("soap", *_DASHED):
        yield from dashed


#: The same within one paragraph: "S- no c/o. O- gait 150 ft. A- tired. P- cont".
_DASHED_WITHIN = re.compile(
    r"(?:^[ \t\xa0]*|(?<=[.!?;)]\s)|(?<=[.!?;)]\s\s)|(?<=\s\s))(?P<label>[SOAP])[ \t]?[-–—][ \t]?(?=[^\W_])",
    re.M,
)
#: Capitals with a wide blank head what follows also where some are missing ("S  about the same").
_WIDE = ("SOAP", "SP", "SAP", "SOP", "SOA", "OAP")
#: Letters with a dash head the parts of a note also where one of the four is missing.
_DASHED = ("sap", "sop", "oap", "soa")


def _separator(sep: str) -> str:
    plain = sep.strip()
    return "-" if plain in ("-", "–") else plain or " "


#: SOAP letters and words in the first column of a table ("A | less overshoot", "NEXT | tub bench").
_PIPED = re.compile(
    r"^[ \t\xa0]*\|?[ \t]*(?P<label>[SOAPR]|[A-Za-z][A-Za-z /]{2,24}?)[ \t]*\|(?=[ \t]*[^\s|-])",
    re.M,
)


def _piped(text: str, kind_of: Callable[[str], str | None]) -> Iterator[tuple[int, int, str, str]]:
    """Yields the headings of a note that writes them as the first cells of rows: of two kinds at
    least, and an assessment or a plan among them."""
    if "|" not in text:
        return
    found: list[tuple[str, _Candidate]] = []
    for match in _PIPED.finditer(text):
        label = {"R": "Response"}.get(match["label"], match["label"])
        kind = kind_of(label)
        if kind in _SOAP or (kind == "billing" and found):  # else it heads the column of a table
            found.append((kind, (match.start("label"), match.end(), label, ":")))
    kinds = {kind for kind, _ in found}
    if len(kinds) > 1 and kinds & {"assessment", "plan"}:
        yield from (head for _, head in found)


#: "Plan: Managed MCR (auth thru 10/21)" at the head of a note is the payer's.
_PAYER = re.compile(
    r"[ \t]*(?:[a-z]+[ \t]){0,2}?(?:medicare|mcr|medicaid|mcaid|hmo|ppo|bcbs|blue cross|aetna|humana|cigna|uhc|united ?healthcare|tricare|kaiser|anthem|self[- ]pay|work(?:ers?['’]?)? comp)\b(?![^\n]*\b(?:cont\w*|progress|next)\b)[^\n]{0,48}\r?(?:\n|$)",
    re.I,
)
_HEAD_OF_NOTE = 240


def _names_payer(text: str, start: int, body: int) -> bool:
    return (
        start < _HEAD_OF_NOTE
        and text[start:body].strip(" :").lower() == "plan"
        and _PAYER.match(text, body) is not None
    )


#: Words without which no goals are headed.
_GOAL_STEMS = ("goal", "ltg", "stg", "objective", "term", "range")


def _goal_heads(text: str, known: set[int]) -> Iterator[tuple[int, int, str, str]]:
    """Yields the headings of goals that no list of headings holds, and tables of goals."""
    lower = text.lower()
    if not any(stem in lower for stem in _GOAL_STEMS):
        return
    for match in _SPOKEN.finditer(text):
        yield match.start("label"), match.end("label"), "goals", match["label"]
    for match in _GOAL_LINE.finditer(text):
        if match.start("label") not in known:
            yield match.start("label"), match.end(), "goals", match["label"].strip()
            blank = BLANK_LINE.search(text, match.end())
            if blank is not None:
                yield blank.end(), blank.end(), "body", ""
    for match in _GOAL_TABLE.finditer(text):
        yield match.start(), match.start("rows"), "goals", "goals"
        if match.end() < len(text):
            yield match.end(), match.end(), "body", ""


#: "Minutes: 12   Units: 1": a line of labelled numbers.
_COUNTED = re.compile(
    r"(?:[ \t|,;/]*(?:min(?:ute)?s?|time|units?)(?: (?:billed|charged))?[ \t]?[:=][ \t]*\d{1,3}(?:[ \t]?(?:min(?:ute)?s?|units?|u)\b)?\.?)+[ \t\r]*(?:\n|$)",
    re.I,
)
_CODED = re.compile(r"(?<!\d)(?:9\d{4}|G0\d{3})(?!\d)")
#: A plan that begins with how often: "Plan 5x/wk. 12/04 fade the anchor".
_OFTEN_PLAN = re.compile(
    r"^[ \t\xa0]*(?P<label>Plan|PLAN)[ \t]+(?=(?:PT|OT|ST|SLP)?[ \t]?\d[ \t]?(?:x|times)[ \t]?(?:/|a|per|wk|week))",
    re.M,
)
#: What a billing heading within a line must not be: a number and the line's end.
_VALUE = re.compile(r"(?![ \t\d/.,|]*+(?:\r?\n|$))")


def _counts(text: str, start: int, label_end: int) -> bool:
    """Whether a label of minutes or units only counts those of a code: within a line ("… | MIN: 24 |
    UNITS: 2"), or on the line below it ("97140 Manual Therapy\\nMinutes: 12   Units: 1")."""
    if not opens_line(text, start):
        return not _VALUE.match(text, label_end)
    line = text.rfind("\n", 0, start) + 1
    if not _COUNTED.match(text, line):
        return False
    above = text[text.rfind("\n", 0, max(0, line - 1)) + 1 : line]
    return _CODED.search(above) is not None or _COUNTED.match(above) is not None


def _is_small_letter(text: str, start: int, separator: str) -> bool:
    """Whether ``s:`` begins a line and words or a code follow ("p: 72" is a pulse)."""
    alone = start == 0 or text[start - 1] in "\r\n"
    return alone and separator == ":" and _SPEAKS.match(text, start + 2) is not None


#: What follows the small letter of a section, on its line or below.
_SPEAKS = re.compile(
    r"[ \t\xa0]*(?:[^\W\d_]|[\"“'(]|9\d{4}\b|\d{1,3}[ \t]?(?:min|x\b|x\d|/\d)|\r?\n)"
)


def _is_strong(kind: str, label: str) -> bool:
    """A dash after a word makes a heading only for SOAP words and headings in capitals."""
    return kind in ("subjective", "objective", "assessment", "plan") or label.strip().isupper()
