"""A re-evaluation without an indication: a routine reason, or no reason at all (D14)."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.encounter.cuebook import CueBook
from notelint.encounter.encounter import Encounter
from notelint.language.loose import loose
from notelint.language.reading import Reading, Span
from notelint.rulebook.rule import Hit

_ROUTINE = loose(
    r"\b(?:10|20|30|ten|twenty)(?:th|tieth)?(?:-| )(?:visit|tx|treatment|session)s?\b|\b(?:tenth|twentieth) visit\b|\bvisit (?:#\s?)?(?:10|20|30)\b(?: due)?(?: for \w+)?"
    r"|\b(?:per|by|for) (?:\w+ )?(?:facility|clinic|company|department|agency|practice)\b(?: \w+){0,2}? ?(?:protocol|policy|procedure|schedule|requirements?)?(?: every \d+ (?:days|visits|weeks))?"
    r"|\b(?:30|60|90|thirty|sixty|ninety)(?:-| )?(?:days?|d\b)(?:-| )?(?:re-?(?:eval\w*|assess\w*|cert\w*))(?: (?:is )?due)?|\bre-?(?:eval\w*|assess\w*) (?:was |is )?(?:completed|done|performed|required)? ?(?:for|due to|per) (?:the )?(?:recert\w*|schedule|facility|clinic|policy|insurance|auth\w*)"
    r"|(?<=:) ?(?:10|30|60|90|thirty|sixty|ninety)(?:-| )(?:days?|visits?)\b(?=[^\w\n]*(?:\n|$))"
    r"|\bit has been (?:30|60|90|thirty|sixty|ninety|\d+) (?:days|visits|weeks)(?: since[^.;\n]{0,30})?|\b(?:30|60|90|thirty|sixty|ninety) (?:days|visits) (?:(?:were|are|is|was) up|passed|elapsed)|\b\d{2} day mark\b"
    r"|\b(?:done |completed |performed )?(?:to )?(?:satisfy|satisfies|meet|meets|fulfil\w*) [^.;\n]{0,40}\b(?:requirements?|calendar|rule|mandate|timeline)\b|\bauth\w* (?:runs|ran|is running|running) out(?:[^.;\n]{0,40}\bon file)?|\bauth\w* (?:expires|expired|expiring|ends|ended|is up)\b"
    r"|\bevery (?:10|30|\d{1,2}) (?:visits|days|weeks)\b|\b(?:routine|monthly|quarterly|periodic|scheduled|standard|annual|30(?:-| )day|yearly|regular)\b(?= \w*\s?(?:re-?\w+|assessment|update|pt|ot))"
    r"|\b(?:re-?eval\w*|re-?assessment|re-?evaluation) (?:is )?due\b|\brecert\w* (?:is )?due\b|\b(?:insurance|payer|medicare|auth\w*|ins) (?:requires?|requirements?|wants|guidelines?)\b|\bper (?:medicare|insurance|payer|cms)\b|\bdue for (?:re-?\w+|recert\w*|progress)|\btime for (?:re-?eval\w*|progress)"
    r"|\b(?:re-?eval\w*|re-?assess\w*)\b[^.\n]{0,24}\b(?:monthly|routine|quarterly|periodic|scheduled|annual)\b(?:, for \w+)?|\bfor (?:the )?(?:adjuster|case manager|ncm)\b"
    r"|\b(?:for|per|required by|request(?:ed)? (?:of|by)|at the request of) (?:the )?(?:insurance|payer|insurer|ins\b|authori[sz]ation|auth\b|recert\w*|more visits)"
    r"|\b(?:as|for|with) (?:the |a |this )?progress (?:note|report)\b|\bfor recert\w*"
)
_TRIGGER = loose(
    r"\b(?:that'?s|is|are|something) new\b|\bthis is a change\b|\b(?:gave|giving|gives) way\b|\bbuckled\b|\bpopped\b|\bnot on the schedule\b|\bunscheduled\b|\bswell(?:ed|ing) (?:by|since|after|up)\b|\bnew (?:sx|symptoms?|findings?|pain|onset|dx|diagnosis|complaint|problem|weakness|numbness|injury|orders?|referral|radic\w+|deficits?|to my exam)"
    r"|\bsudden(?:ly)?\b|\bnot (?:there|present|seen) at\b|\b(?:fell|falls? (?:on|at|since|last|this|x))\b|\bfall\b(?! (?:risk|prevention|precaution))"
    r"|\bno (?:response|improvement|progress) (?:to|in|after|with|since|despite)|\bno change (?:after|with|despite|in (?:pain|symptoms?|strength|rom|function|balance|sx))|\bno response\b|\b(?:not|failed to|failure to|stopped) respon\w*|\bnot improving\b"
    r"|\b(?:significant|marked|rapid|unexpected|sharp) (?:change|decline|gain|improvement|worsening|increase|drop|loss)"
    r"|\b(?:declin\w+|regress\w+|worsen\w*|worse since|exacerbation|flare\w*|set-?back|re-?injur\w+|readmi\w+|hospitali[sz]\w+|re-?ruptur\w+)"
    r"|\b(?:surgery|surgical|procedure|injection|botox|cast removal|hardware|er visit|ed visit) (?:on|since|\d)|\bs/p (?:new|recent)"
    r"|\b(?:wb|weight(?:-| )bearing) (?:status )?(?:changed|advanced|lifted|cleared)|\bcleared (?:for|by|to)\b|\bprecautions (?:lifted|removed)"
    r"|\bafter (?:a |the |his |her )?(?:fall|stroke|cva|surgery|hospital\w*|seizure|illness|pneumonia|gap|break)|\b(?:return\w*|back) (?:to therapy )?after\b"
    r"|\b(?:goals? (?:all )?met|all goals met|ahead of|discharge (?:decision|planning|readiness)|plateau\w*)\b|\bchange (?:in|of) (?:status|condition|function|plan|dx)\b"
)
_ANSWERED_NO = loose(r"[^.;:\n]{0,24}[:?]\s*(?:\[x\]\s*)?(?:no|none|n|0|denies)\b")
_DENIED = loose(r"\b(?:no|denies|without|not any|none|negative for|0)\s+(?:\w+\s+){0,2}\Z")
_REVISED = loose(
    r"\b(?:plan|goals?|poc|treatment|program|frequency)\b[^.\n]{0,40}\b(?:revised|changed|updated|modified|added|new|replaced|stopped|d/c'?d|upgraded|downgraded)\b|\b(?:revised|changed|updated|new|modified) (?:plan|goals?|poc|ltg|stg|frequency)|\bnew (?:ltg|stg|goal)"
    r"|\bgoals?\b[^.\n]{0,30}\b(?:frozen|held|suspended|deferred|on hold|dropped|retired|discharged)\b|\bchanges:|\bnew one\b"
)
#: Words that say that nothing is new; without them a longer text may hold a reason in its own words.
_SAME = loose(
    r"\bno (?:new )?(?:changes?|concerns?|issues?)\b|\b(?:about|much|remains?|are|is|same as) (?:the )?(?:same|unchanged|appropriate)|\bunchanged\b|\bsame as\b"
    r"|\b(?:continue|cont|con't) (?:with )?(?:current|same|poc|plan|treatment|as before|per|ot|pt|st)\b|\bappropriate\b|\bas before\b"
)
_SHORT = 400
_CODES = frozenset({"97164", "97168", "92523", "92610"})
_HEAD = loose(r"\bre-?\s?(?:eval\w*|assess\w*)\b")
_LOOKED_AT = frozenset({
    "treatment", "other", "measure", "response", "heading", "assessment", "subjective", "header",
    "time", "education", "pointer", "caregiver_report", "billing", "history",
})  # fmt: skip


def routine(encounter: Encounter, codes: frozenset[str], book: CueBook) -> Iterator[Hit]:
    """Yields a hit where a re-evaluation is routine, or where the whole note gives no reason."""
    del book
    reading = encounter.reading
    billed = encounter.facts.billed_codes & codes
    if not billed and not encounter.note.charges:
        billed = frozenset(_written(reading)) & codes
    if not billed and encounter.facts.note_type != "reeval":
        return
    if _triggered(reading):
        return
    code = min(billed, default="")
    fields, facts = {"code": code or "the re-evaluation"}, {"code": code}
    reason = _reason(reading)
    if reason is not None:
        yield Hit(
            "words", reason.start, reason.end, fields=fields, facts={**facts, "stage": "routine"}
        )
        return
    if encounter.supply("whole_note") == "not_supplied" or _REVISED.search(reading.lower):
        return
    if len(reading.text) > _SHORT and not _SAME.search(reading.lower):
        return
    head = _HEAD.search(reading.lower)
    yield Hit(
        "words" if head else "note",
        head.start() if head else None,
        head.end() if head else None,
        fields=fields,
        facts={**facts, "stage": "unexplained"},
        message="No new finding, change or lack of response was found in this text as the reason for {code}.",
    )


#: "Reason for re-eval: 30 days since eval".
_CALLED = loose(r"\W*(?:\d{1,2}[.)] )?(?:reason|why|indication)\b[^:\n]{0,40}[:?][^\n]*$")


def _written(reading: Reading) -> Iterator[str]:
    """The codes written in the text outside its plan."""
    for code in reading.quantities_in(0, len(reading.text), "code"):
        statement = reading.statement_at(code.start)
        if statement is None or statement.role not in ("plan", "goal", "history"):
            yield code.text[:5]


def _reason(reading: Reading) -> Span | None:
    """The routine reason: the one that a label calls so, else the one in the line of the
    re-evaluation, else the first of the note."""
    found = list(_reasons(reading))
    for span in found:
        opens = reading.lower.rfind("\n", 0, span.start) + 1
        if _CALLED.match(reading.lower, opens, span.start):
            return span
    beside = (
        span
        for span in found
        if (line := reading.statement_at(span.start)) is not None
        and (
            _HEAD.search(reading.lower, line.start, line.end)
            or any(
                q.text[:5] in _CODES for q in reading.quantities_in(line.start, line.end, "code")
            )
        )
    )
    return next(beside, found[0] if found else None)


def _reasons(reading: Reading) -> Iterator[Span]:
    for match in _ROUTINE.finditer(reading.lower):
        statement = reading.statement_at(match.start())
        if statement is not None and statement.role not in _LOOKED_AT:
            continue
        if reading.context_at(match.start()) & {"planned", "negated", "hypothetical"}:
            continue
        yield Span(match.end() - len(match.group().lstrip()), match.end())


def _triggered(reading: Reading) -> bool:
    for match in _TRIGGER.finditer(reading.lower):
        statement = reading.statement_at(match.start())
        if statement is not None and statement.role in ("history", "goal", "signature"):
            continue
        if "negated" in reading.context_at(match.start()):
            continue  # the box before it is empty
        if _ANSWERED_NO.match(reading.lower, match.end()):
            continue  # "Falls since last visit: [x] No"
        if _DENIED.search(reading.lower, max(0, match.start() - 28), match.start()):
            continue
        return True
    return False
