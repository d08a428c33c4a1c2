"""Minutes of a service: which code, name, session or activity each number of minutes belongs to.

Time hangs where it was written. Minutes beside a code or a service name are the service's; minutes
at the end of a service's own line are too; minutes beside an exercise are the activity's and never
treatment time. What has two readings (``25'``, ``x 15``, ``gait 20``) stays ambiguous.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from notelint.encounter.anchors import Anchor, before, following, is_elsewhere
from notelint.encounter.encounter import TimeStatement
from notelint.encounter.totals import TotalRead, covers
from notelint.language.loose import loose
from notelint.language.reading import Certainty, Quantity, Reading, Span, Statement

# What may stand between a code or name and its minutes.
GLUE = loose(
    r"(?:[\s:(\[,;)\]–—=@x×*~/+&|>-]|\b(?:for|tx|treatment|training|therapy|interventions?|provided|performed|completed|done|given|received|with supervision|services?|was|were|of|on|today|about|approx(?:imately)?\.?|a|total|cpt|code|time|timed|untimed|minutes?|mins?|min|skilled|direct|one-on-one|1:1|techniques?|activit(?:y|ies)|exercises?|and|units?|u|g[pon]|c[qo]|kx|59|x[esup]|individual|billed|spent|unattended|attended|supervised|times?|with|pt|patient|first|initial|next|additional)\b\.?|\b\d{1,2}\s?(?=u\b|units?\b)|units?\s?[:=]?\s?\d{1,2}\b|\b(?:one|two|three|four)\s(?=units?\b)|[x×]\s?\d\b|\(\d\))*"
)
_CLOCKS = loose(
    r"\d{1,2}:?\d\d\s?(?:[ap]\.?m?\.?)?\s?(?:-|–|—|to)\s?\d{1,2}:?\d\d\s?(?:[ap]\.?m?\.?)?"
)
# What may stand between minutes and the code or name after them.
_LEADS = loose(
    r"(?:[\s:(.–—-]|\b(?:on|for|with)\s(?:that|this|these),?|\b(?:of|for|on|in|was|were|spent|skilled|direct|one-on-one|1:1|each|the|doing|performing|individual|therapist-led|minutes?|timed)\b)*"
)
_BODY_OPENS = loose(r"[\s:(\[–—-]*(?:x\s)?\d{1,3}\s?(?:minutes?|mins?|min)\b\.?[\s)\]]*:")
_AND_MORE = loose(r"\s?(?:and|&|\+|plus)\s(?=[a-z])")
_CODED = loose(r"\s?(?:of|for)?\s?[a-z][^,;.\n\d]{2,60},?\s?\(?(?:cpt )?(?:code )?$")
_SESSION_BEFORE = loose(
    r"(?:^|[.;,\n|]|-\s)\s*time(?: spent)?\s?[:=–-]*\s*$|\bskilled (?:pt|ot|st|slp)\s(?:x\s|for\s)?$|\bseen\b[^.;\n]{0,50},\s*$|\b(?:(?P<any>tx|treatment|therapy)|session|visit|treated|seen|worked with (?:the )?\w+|participated|pt session|encounter)\b\s*(?:today|lasted|shortened to|limited to|abbreviated to|cut to|was|of|for|duration|length|time|x|:|-|–|in|total(?:ing)?|a|at bedside|1:1|one-on-one|skilled [pos]l?[pt]|about|approximately|approx\.?|~|[\s,(])*$"
)
_SESSION_AFTER = loose(
    r"\s?(?:of )?skilled (?:pt|ot|st|slp|physical|occupational|speech)\b|\s?-?\s?(?:[\s,(]|1:1\b|one[- ]on[- ]one\b|individual\b|skilled\b|of\b|long\b|total\b|direct\b|treatment\b)*(?:session|visit|treatment|tx|therapy|[pos]l?[pt] (?:session|services|tx|treatment)|1:1|one[- ]on[- ]one|face[- ]to[- ]face|(?:were|was) spent)\b"
)
_TOLERATED = loose(
    r"\b(?:tolerated|attended|completed|sustained)\s(?:for\s|a\s|the\s|full\s|entire\s){0,3}$"
)
_SPENT = loose(r"\s?(?:were|was)?\s?spent\b")
_TECHNIQUES = ("modality", "technique", "exercise", "adl_equipment", "body")
_END = loose(r"[\s)\].;,:!|]*(?:for\s.{0,90}|so\s.{0,90}|to\s.{0,90})?$", re.S)
_OPENS = loose(r"(?P<dash>(?:\s[-–—]|[.;|(\[])\s*(?:x\s)?|^\W*)$|(?P<loose>[,x×]\s*|\bfor\s|\s)$")
_RESTED = loose(
    r"^\W*(?:seated |standing |sitting |supine |needed |took |one |1 |a )*(?:rest(?:ed|s)?|rest breaks?|rest period|break|waited|set-?up|bathroom|documentation|charting|late|vitals?|skin check|bp checks?)\b(?! of\b)"
)
#: A rest that is taught or planned is no rest of the session.
_TAUGHT = loose(
    r"\b(?:taught|teach\w*|educat\w*|instruct\w*|pacing|schedul\w*|recommend\w*|advis\w*|written plan|recall\w*|remember\w*)\b"
)
_LEFT_OUT = loose(r"\b(?:not (?:counted|billed|timed|included)|excluded|unbilled|non-?billable)\b")
_IN_TREATMENT = loose(
    r"\bw/ |\b(?:training|after|between|without|w/o|with|before|tolerat\w*|then|for the|in the)\b"
)
_RATE = loose(r"units?\s?(?:\(s\))?\s?[x×@]\s?$|units?\(s\)\s?[x×@]\s?$")
_NOT_COUNTED = loose(
    r"\b(?:not (?:counted|billed|included|timed|incl\w*)|excluded|excludes|excluding|unbilled|non-?billable|non-?billed|subtracted|deducted|minus|less|outside of|besides|in addition)\b"
)
_NONBILLABLE = loose(
    r"\b(?:rest(?:s|ed|ing)?(?: breaks?| periods?)?|bathroom|restroom|toilet break|wait(?:ing|ed)?|late|delay(?:ed)?|set[- ]?up|document(?:ing|ation)|charting|paperwork|clean-?up|sign-in|vitals?|vital signs|skin checks?|bp checks?)\b"
)

_LATE = loose(r"\s?late\b")
#: The title of a code that counts stretches of time.
_DEFINES = loose(r"\b(?:first|initial|each additional|additional|each) $")
_IS_SPENT = loose(r"\s?:\s?\d{1,3}\s?(?:minutes?|mins?|min)\b|[ \t]*(?:\n|$)")
_DEFINED = loose(
    r"\b(?:first|initial|each additional|additional|each) \d{1,2}[ -]?(?:minutes?|mins?|min)\s?(?=:\s?$)"
)
_STOPPED = re.compile(r"[.;]\s+$")
_NEXT_LINE = re.compile(r"[^\S\n]*[:.)–—-]?[^\S\n]*\n[^\S\n]*(?:[-*•(][^\S\n]*)?")
_LINE_ENDS = re.compile(r"[^\S\n]*[.);]?[^\S\n]*(?:\n|$)")
#: The title of a code: a few words without a number.
_TITLE = re.compile(r"[a-z /&(),:–—-]{3,40}")
_DONE = ("exercise", "modality", "technique", "task", "speech_task", "object")
#: Smaller minutes seldom close a service: they are an exercise's.
#: So many sentences between a name and minutes part them.
_APART = 2
_LEAST_UNIT = 8
#: Minutes this near behind a name are its own.
_NEXT = 24
#: A code stands at most this far behind its name.
_JOINED = 14

_PARTED = re.compile(r"\s?\((?P<parts>[^()\n]{3,70})\)")
_DIGITS = re.compile(r"(?<![\d/.])\d{1,3}(?![\d/.])")
_BY_CODE = re.compile(r"\b9\d{4}\b\s?[:=@–-]?\s?(\d{1,3})\b(?!\s?(?:u\b|unit|[/.]\d))")
_LISTED = 120
#: Units of its own behind a code, before the next one.
_OWN_UNITS = re.compile(r"[x×]\s?\d\b|\d\s?u(?:nits?)?\b")
_UNITS_TOLD = re.compile(r"(?:[x×]\s?\d|\d\s?u(?:nits?)?)\s?[,;/]")
#: A name and the part of the body it treats are no longer than this.
_REGION = 30
_SIDE = loose(
    r"\s*(?:(?:to|for|on|of|the|his|her|left|right|bilat(?:eral)?|both|[lrb]|bil)\b\.?\s*|/)*"
)
#: Minutes that are a clause of their own, before their code ("…, 28 minutes, 97535 x 2 units").
_CLAUSE = re.compile(r"(?:^|[,;(:–—-])\s*$")
_CLAUSE_TO_CODE = re.compile(r"\s?,\s(?:cpt )?(?:code )?")


@dataclass(frozen=True, slots=True)
class PartsReader:
    """Reads the minutes of one note. ``anchors`` and their ``starts`` are in text order;
    ``rows`` are the spans of billing grids, which are read elsewhere."""

    reading: Reading
    anchors: Sequence[Anchor]
    starts: Sequence[int]
    totals: Sequence[TotalRead]
    rows: Sequence[Span]

    def parts(self, taken: set[int]) -> Iterator[TimeStatement]:
        """Yields minutes with their owners in text order; ``taken`` gathers the anchors with time."""
        for quantity in self.reading.quantities:
            if not quantity.values or not _may_be_minutes(quantity) or self._is_read(quantity):
                continue
            part = self._part(quantity, taken)
            if part is not None:
                yield part

    def _is_read(self, quantity: Quantity) -> bool:
        if covers(self.totals, quantity) or any(
            r.start <= quantity.start < r.end for r in self.rows
        ):
            return True
        return is_elsewhere(self.reading, quantity.start)

    def _part(self, quantity: Quantity, taken: set[int]) -> TimeStatement | None:
        lower = self.reading.lower
        place = Span(quantity.start, quantity.end)
        if _RATE.search(lower, max(0, quantity.start - 14), quantity.start):
            return None
        known = TimeStatement(
            "activity", quantity.values[-1] if len(quantity.values) == 1 else None, place,
            certainty=quantity.certainty, is_range=len(quantity.values) > 1,
        )  # fmt: skip
        defines = _DEFINES.search(lower, max(0, quantity.start - 18), quantity.start)
        if defines and ("additional" in defines.group() or _IS_SPENT.match(lower, quantity.end)):
            return None  # "97130, each additional 15 minutes: 25 minutes"
        if self._is_parted(quantity):
            return replace(known, role="session")
        statement = self.reading.statement_at(quantity.start)
        look_alike = quantity.look_alike
        if look_alike == "tolerance" and self._is_claim(quantity):
            look_alike, known = "", replace(known, certainty="inferred")
        owner = None if look_alike else self._owner(quantity, taken)
        if (
            owner is not None
            and statement is not None
            and self._stands_apart(quantity, statement, owner[-1])
        ):
            return replace(known, role="session")
        if quantity.kind != "minutes" and not (owner and owner[-1].written):
            return None
        if owner is not None:
            return owned(self._doubted(known, owner), owner, taken)
        if (look_alike == "rest" or self._is_rest(quantity, statement)) and not self._is_taught(
            quantity, statement
        ):
            return replace(
                known, role="nonbillable", excluded=self._is_excluded(quantity, statement)
            )
        if look_alike:
            return self._spent(quantity, known)
        if statement is not None and self.reading.has_quantity(
            statement.start, statement.end, "frequency"
        ):
            return known
        if self._is_session(quantity):
            return replace(known, role="session")
        if statement is None:
            return None
        return self._trailing(quantity, statement, known, taken)

    def _is_parted(self, quantity: Quantity) -> bool:
        """Whether what stands behind the minutes parts them ("38 min (ADL 24, act 14)", "53 min:
        97110 23, 97530 30"): they are the visit's."""
        line = self.reading.lower[quantity.end : quantity.end + _LISTED].split("\n", 1)[0]
        parted = _PARTED.match(line)
        if parted is not None and self._adds_up(_DIGITS.findall(parted["parts"]), quantity):
            return True
        return self._adds_up(_BY_CODE.findall(line), quantity) and not (
            self._stands_behind_code(quantity)
        )

    @staticmethod
    def _adds_up(parts: Sequence[str], quantity: Quantity) -> bool:
        return len(parts) > 1 and sum(map(int, parts)) == quantity.values[0]

    def _stands_behind_code(self, quantity: Quantity) -> bool:
        """Whether a written code stands right before the minutes, which are then its own."""
        previous = before(self.anchors, quantity.start, self.starts)
        return (
            previous is not None
            and previous.written
            and GLUE.fullmatch(self.reading.lower, previous.end, quantity.start) is not None
        )

    def _stands_apart(self, quantity: Quantity, statement: Statement, owner: Anchor) -> bool:
        """Whether minutes are a sentence of their own, with other sentences between them and the
        name: "Seen for cog tx. Worked on … 40 min." is how long the visit was."""
        words = self.reading.text[statement.start : statement.end].strip(" .")
        if owner.written or len(words) > quantity.end - quantity.start + 2:
            return False
        named = self.reading.statement_at(owner.start)
        return named is not None and statement.index - named.index > _APART

    def _is_session(self, quantity: Quantity) -> bool:
        """Whether the minutes are the visit's: "45 min session", "tx 30 min", not "laser tx"."""
        if quantity.values[0] < _LEAST_UNIT:
            return False
        lower = self.reading.lower
        ahead = _SESSION_BEFORE.search(lower, max(0, quantity.start - 70), quantity.start)
        if ahead and not (ahead["any"] and self._is_one_technique(ahead.start("any"))):
            return True
        return bool(_SESSION_AFTER.match(lower, quantity.end))

    def _is_one_technique(self, offset: int) -> bool:
        """Whether "treatment" follows a word that makes it one modality or technique."""
        ahead = self.reading.mentions_in(max(0, offset - 30), offset, *_TECHNIQUES)
        return any(not self.reading.lower[m.end : offset].strip() for m in ahead)

    def _is_rest(self, quantity: Quantity, statement: Statement | None) -> bool:
        if statement is None:
            return False
        lower = self.reading.lower
        after = re.split(r"[,;.()]", lower[quantity.end : min(statement.end, quantity.end + 34)])[0]
        ahead = re.split(
            r"[,;.()]", lower[max(statement.start, quantity.start - 24) : quantity.start]
        )[-1]
        if _RESTED.search(ahead) or _LEFT_OUT.search(after):
            return True
        return bool(_NONBILLABLE.search(after)) and not _IN_TREATMENT.search(after)

    def _is_taught(self, quantity: Quantity, statement: Statement | None) -> bool:
        return statement is not None and bool(
            _TAUGHT.search(self.reading.lower, statement.start, quantity.start)
        )

    def _is_excluded(self, quantity: Quantity, statement: Statement | None) -> bool:
        if statement is None:
            return False
        if _LATE.match(self.reading.lower, quantity.end):
            return True  # the visit began so much later
        return bool(_NOT_COUNTED.search(self.reading.lower, statement.start, statement.end))

    def _is_claim(self, quantity: Quantity) -> bool:
        """ "Tolerated 45 min session": a response that tells how long the treatment was."""
        return bool(
            _TOLERATED.search(self.reading.lower, max(0, quantity.start - 24), quantity.start)
        )

    def _spent(self, quantity: Quantity, known: TimeStatement) -> TimeStatement | None:
        """ "Greater than 80 minutes were spent": a lower limit, not a number of minutes."""
        if quantity.look_alike == "tolerance" and _SPENT.match(self.reading.lower, quantity.end):
            return replace(known, role="session", certainty="ambiguous")
        return None

    def _owner(self, quantity: Quantity, taken: set[int]) -> list[Anchor] | None:
        lower = self.reading.lower
        previous = before(self.anchors, quantity.start, self.starts)
        own = self._before_chain(previous, quantity.start, taken) or self._above(quantity, taken)
        after = following(self.anchors, quantity.end, self.starts)
        ahead = None
        if (
            after is not None
            and after.start - quantity.end <= 90
            and "\n" not in lower[quantity.end : after.start]
        ):
            gap = lower[quantity.end : after.start]
            coded = after.written and "code" in gap[-10:] and _CODED.fullmatch(gap)
            leads = len(gap) <= 30 and (
                _LEADS.fullmatch(gap)
                or (
                    after.written
                    and _CLAUSE_TO_CODE.fullmatch(gap)
                    and _CLAUSE.search(lower, max(0, quantity.start - 4), quantity.start)
                    and not self._timed_behind(after)
                )
            )
            if coded or (leads and not (". " in gap and self._has_own(after))):
                ahead = self._ahead_chain(after)
        spent = bool(own) and self._is_taken(own[-1], taken)
        if spent:
            return ahead
        found = own or ahead
        if found and not found[-1].written and self._is_in_body(found[-1], taken):
            return None
        return found

    def _ahead_chain(self, first: Anchor) -> list[Anchor]:
        """The codes that share the minutes before them ("30 min (97129 x1, 97130 x1)"); one with
        minutes of its own behind it has those."""
        chain = [first]
        while chain[-1].written:
            after = following(self.anchors, chain[-1].end, self.starts)
            if after is None or not after.written or after.start - chain[-1].end > _JOINED:
                break
            gap = self.reading.lower[chain[-1].end : after.start]
            if "\n" in gap or not GLUE.fullmatch(gap) or self._timed_behind(after):
                break
            chain.append(after)
        return chain

    def _timed_behind(self, anchor: Anchor) -> bool:
        """Whether minutes of its own stand right behind a code, and not before the next one."""
        lower = self.reading.lower
        own = next(self.reading.quantities_in(anchor.end, anchor.end + _NEXT, "minutes"), None)
        if own is None or GLUE.fullmatch(lower, anchor.end, own.start) is None:
            return False
        after = following(self.anchors, own.end, self.starts)
        return after is None or _LEADS.fullmatch(lower, own.end, after.start) is None

    def _is_taken(self, anchor: Anchor, taken: set[int]) -> bool:
        """Whether minutes belong to an anchor already, or to its name right before it ("27 minutes
        of therapeutic activities, code 97530")."""
        if anchor.start in taken:
            return True
        name = before(self.anchors, anchor.start, self.starts)
        return (
            name is not None
            and anchor.written
            and not name.written
            and name.code == anchor.code
            and name.start in taken
            and anchor.start - name.end <= _JOINED
        )

    def _has_own(self, anchor: Anchor) -> bool:
        """Whether the name opens a sentence of its own minutes ("Manual therapy was ten minutes")."""
        statement = self.reading.statement_at(anchor.start)
        if statement is None or self.reading.text[anchor.start].islower():
            return False
        following_minutes = self.reading.quantities_in(anchor.end, statement.end, "minutes")
        return any(q.start - anchor.end <= _NEXT for q in following_minutes)

    def _is_in_body(self, anchor: Anchor, taken: set[int]) -> bool:
        """Whether a name stands in what another service's minutes introduce:
        "97530 25 min: gait 5 min, box lifts"."""
        statement = self.reading.statement_at(anchor.start)
        if statement is None:
            return False
        opener = next((a for a in self.anchors if statement.start <= a.start < anchor.start), None)
        if opener is None or opener.start not in taken or opener.code == anchor.code:
            return False
        if _STOPPED.search(self.reading.lower, max(opener.end, anchor.start - 3), anchor.start):
            return False  # "… from 178. mt 14 min: …" begins a sentence
        return bool(_BODY_OPENS.match(self.reading.lower, opener.end, anchor.start))

    def _doubted(self, known: TimeStatement, owner: list[Anchor]) -> TimeStatement:
        """ "45 minutes of exercise and activities": what follows may share the minutes."""
        shared = _AND_MORE.match(self.reading.lower, owner[-1].end)
        if known.place is None or owner[-1].start < known.place.start or not shared:
            return known
        after = following(self.anchors, owner[-1].end, self.starts)
        if after is not None and after.start <= shared.end():
            owner.append(after)
            return known
        return replace(known, certainty="ambiguous")

    def _before_chain(self, last: Anchor | None, offset: int, taken: set[int]) -> list[Anchor]:
        """The anchor before the minutes, with those it is joined to ("97129 + 97130, 33 min")."""
        lower = self.reading.lower
        chain: list[Anchor] = []
        at = offset
        anchor = last
        direct = last is None or not _OWN_UNITS.search(lower, last.end, min(offset, last.end + 60))
        while anchor is not None and at - anchor.end <= 60:
            gap = _DEFINED.sub(" ", _CLOCKS.sub(" ", lower[anchor.end : at]))
            if "\n" in gap or "." in gap.replace("min.", ""):
                break
            if not (
                GLUE.fullmatch(gap)
                or (anchor is last and self._is_title(anchor, offset, gap))
                or (anchor is last and self._names_region(anchor, offset))
            ):
                break
            if chain and anchor.start in taken:
                break
            if chain and (
                anchor.evaluation != chain[0].evaluation or (direct and _UNITS_TOLD.search(gap))
            ):
                break  # "97161, 97110 x1 (10 min)", "97014 x1, 97140 15 min"
            if chain and ":" in gap and anchor.code != chain[0].code and not anchor.written:
                break  # "besides the re-evaluation: neuromuscular re-education, 24 minutes"
            chain.insert(0, anchor)
            if anchor.start in taken:
                break
            at = anchor.start
            anchor = before(self.anchors, anchor.start, self.starts)
        return chain

    def _above(self, quantity: Quantity, taken: set[int]) -> list[Anchor]:
        """The service that is a line by itself, above a line of minutes only."""
        lower = self.reading.lower
        anchor = before(self.anchors, quantity.start, self.starts)
        if anchor is None or not _NEXT_LINE.fullmatch(lower, anchor.end, quantity.start):
            return []
        line = lower.rfind("\n", 0, anchor.start) + 1
        head = self._before_chain(anchor, anchor.end, taken)
        if not head or any(c.isalnum() for c in lower[line : head[0].start]):
            return []
        other = before(self.anchors, head[0].start, self.starts)
        if other is not None and GLUE.fullmatch(lower, other.end, head[0].start):
            return []  # codes below each other: the minutes below them are the visit's
        return head if _LINE_ENDS.match(lower, quantity.end) else []

    def _is_title(self, anchor: Anchor, offset: int, gap: str) -> bool:
        """Whether the words between a code that opens its line and minutes are its title, in words
        no list knows ("97112 NEUROMUSC RE-ED 25 MIN - …")."""
        reading = self.reading
        if not anchor.written or not _TITLE.fullmatch(gap):
            return False
        line = reading.lower.rfind("\n", 0, anchor.start) + 1
        if any(c.isalnum() for c in reading.lower[line : anchor.start]):
            return False
        return not reading.has_mention(anchor.end, offset, *_DONE)

    def _names_region(self, anchor: Anchor, offset: int) -> bool:
        """Whether only the part of the body stands between a name and minutes ("NMR L UE x 20 min")."""
        reading = self.reading
        at = anchor.end
        for part in reading.mentions_in(anchor.end, min(offset, anchor.end + _REGION), "body"):
            if part.start >= at:
                if not _SIDE.fullmatch(reading.lower, at, part.start):
                    return False
                at = part.end
        return at > anchor.end and GLUE.fullmatch(reading.lower, at, offset) is not None

    def _trailing(
        self, quantity: Quantity, statement: Statement, known: TimeStatement, taken: set[int]
    ) -> TimeStatement | None:
        """Minutes that close a line: the service's that opened it, or a part of unknown owner."""
        lower = self.reading.lower
        opens = _OPENS.search(lower[statement.start : quantity.start])
        closes = _END.match(lower[quantity.end : statement.end])
        if not closes or opens is None:
            return known
        sure = opens["dash"] is not None
        if not sure and (not self._names_anchor(statement) or (known.minutes or 0) < _LEAST_UNIT):
            return known
        anchor = self._opener(statement, quantity.start)
        if anchor is not None and anchor.start not in taken:
            certainty: Certainty = known.certainty if sure else "inferred"
            return replace(owned(known, [anchor], taken), certainty=certainty)
        if self._closes_codes(statement, quantity.start, taken):
            return replace(known, role="session", certainty="inferred")
        return replace(known, role="part") if sure else known

    def _closes_codes(self, statement: Statement, offset: int, taken: set[int]) -> bool:
        """ "97110, 97112, 97530, 45 min": one number after several codes is the visit's."""
        line = statement.line
        inside = [
            a
            for a in self.anchors
            if a.written and a.start < offset and self._line_of(a.start) == line
        ]
        return len({a.code for a in inside}) > 1 and not any(a.start in taken for a in inside)

    def _line_of(self, offset: int) -> int:
        statement = self.reading.statement_at(offset)
        return statement.line if statement else -1

    def _names_anchor(self, statement: Statement) -> bool:
        return any(a.start < statement.end and statement.start <= a.start for a in self.anchors)

    def _opener(self, statement: Statement, offset: int) -> Anchor | None:
        """The one anchor of the line up to an offset, where the line has only one code."""
        statements = self.reading.statements
        first = statement.index
        while (
            first
            and statements[first - 1].line == statement.line
            and statements[first - 1].section == statement.section
        ):
            first -= 1
        start = statements[first].start
        inside = [a for a in self.anchors if start <= a.start < offset]
        codes = {a.code for a in inside if a.code}
        if len(codes) > 1:
            own = [a for a in inside if a.start >= statement.start]
            inside = own if len({a.code for a in own if a.code}) == 1 else []
        if not inside and statement.parent >= 0:
            opener = statements[statement.parent]
            inside = [a for a in self.anchors if opener.start <= a.start < opener.end]
        return next((a for a in inside if a.code), inside[0] if inside else None)


def owned(known: TimeStatement, owner: list[Anchor], taken: set[int]) -> TimeStatement:
    """Gives minutes to their anchors, which are then taken."""
    taken.update(a.start for a in owner)
    codes = list(dict.fromkeys(a.code for a in owner if a.code))
    if any(a.evaluation for a in owner) and len(codes) <= 1:
        return replace(
            known, role="evaluation", code=codes[0] if codes else "", service=owner[-1].service
        )
    if len(codes) > 1:
        return replace(known, role="group", label="+".join(codes))
    coded = next((a for a in owner if a.code), owner[-1])
    return replace(known, role="service", code=coded.code, service=coded.service, label=coded.label)


def _may_be_minutes(quantity: Quantity) -> bool:
    """Minutes, or a prime mark that the words near it make feet ("97116 15'")."""
    if quantity.kind == "minutes":
        return True
    return (
        quantity.kind == "distance" and quantity.unit == "'" and quantity.certainty == "ambiguous"
    )
