"""Group or one-on-one: words about other patients under a one-on-one code, and what a group note
needs (D9, D10)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from notelint.encounter.cuebook import CueBook
from notelint.encounter.encounter import Encounter, Service
from notelint.encounter.intent import NARRATIVE, intent_of
from notelint.language.loose import loose
from notelint.language.reading import Reading, Span, Statement
from notelint.rulebook.rule import Hit

_GROUP_CODES = frozenset({"97150", "92508", "97552"})
_CAREFUL = frozenset(
    {"planned", "historical", "home", "quoted", "goal", "hypothetical", "report", "negated"}
)
_PEOPLE = r"(?:pts?|res|patients?|residents?|clients?|ladies|gentlemen|women|participants?|members|kids|children|boys|girls|athletes?|players?|teammates?|dancers?|runners?|students?|classmates?|peers?|people|veterans?|folks?|guys?|fell(?:as?|ows?)|gents?|gals?|lady|gentleman|woman|roommates?|neighbou?rs?|individuals)\b"
_NUMBER = r"(?:\d|one|two|three|four|five|six|several|a few|some)"
#: The words that tell of other patients treated at the same time. Family, staff and body parts are none.
_GROUP = loose(
    rf"\b(?:(?:with|w/|along with|alongside|beside|and|between|among|while|for|of)\s+(?:the\s+|his\s+|her\s+)?(?:{_NUMBER}\s+)?othe?r\s+(?:{_NUMBER}\s+)?(?:\w+\s+)?{_PEOPLE}"
    rf"|{_NUMBER}\s+of\s+(?:my|the|our)\s+(?:othe?r\s+)?(?:\w+\s+)?{_PEOPLE}|(?:with|w/|alongside)\s+(?:two|three|four|2|3|4)\s+othe?rs\b"
    rf"|rotat\w+\s+(?:(?:through|thru|among|around|with|stations?|the|in|each)\s+){{1,4}}(?:with|w/|alongside)\s+(?:the\s+)?(?:othe?r|two|three|2|3)\b"
    r"|(?:with|w/)\s+(?:the|our|his|her)\s+(?:\w+\s+)?(?:crew|gang|bunch|regulars|class)\b"
    rf"|(?:with|w/|w|and|plus)\s+(?:pt\s+(?:and|&)\s+)?(?:two|three|four|five|six|2|3|4|5|6|a few|several|some)\s+othe?rs\b"
    rf"|(?:joined|joining)\s+(?:in\s+)?(?:with\s+)?(?:the\s+)?(?:othe?rs\b|othe?r\s+{_PEOPLE}|group\b|circle\b|class\b)"
    rf"|(?:shar(?:ed|ing))\s+(?:the\s+|my\s+)?(?:turf|gym|mat|table|bars|session|time|space|hour|slot|parallel bars)\s+(?:with|w/)\s+(?:a\s+|an\s+|another\s+|{_NUMBER}\s+)?(?:[\w-]+\s+){{0,2}}(?:{_PEOPLE}|\w+s\b)"
    r"|(?:with|w/|alongside|in|the|our)\s+(?:the\s+)?\d{1,2}(?::\d\d)?\s?[ap]m\s+(?:\w+\s+)?(?:class|group|grp)\b"
    r"|(?:with|w/|alongside)\s+(?:his|her|their|the)\s+(?:(?:two|three|four|2|3|4|other)\s+)?(?:friends|buddies|classmates|groupmates|tablemates)\b"
    rf"|group\s+(?:[\w-]+\s+){{1,2}}(?:work|exercises?|activity|activities|circuit|drills?)\b"
    rf"|(?:with|w/|alongside|beside|and)\s+another\s+(?:\w+\s+)?{_PEOPLE}"
    rf"|altern\w+\s+(?:stations?\s+)?(?:between|with|among)\s+(?:{_NUMBER}\s+)?(?:\w+\s+)?{_PEOPLE}"
    rf"|(?:between|among|of|with|w/|in group of)\s+(?:2|3|4|5|6|two|three|four|five|six)\s+(?:\w+\s+)?(?:pts|patients|residents|clients|participants)\b"
    rf"|(?:2|3|4|5|6|two|three|four|five|six)\s+(?:pts(?!\s+in\s+\d)|patients|residents|clients)\s+(?:in|at|on|doing|together|rotat\w+|taking|took|sharing)"
    r"|seen\s+(?:with|w/)\s+(?:an?|one|1)\s+(?:othe?r\s+)?(?:classmate|peer|student|child|resident)\b"
    rf"|(?:with|w/|w)\s+{_NUMBER}\s+(?:\w+\s+)?(?:peers|classmates)\b|(?:with|w/)\s+peers,?\s+(?:all|who|took|taking|including)\b|(?:gym|clinic|room|area|circle|table|mat)\s+(?:with|w/)\s+peers\b"
    rf"|(?:joined|attended|seen in|with|w/)\s+(?:the\s+|a\s+|his\s+|her\s+)?(?:articulation|fluency|language|speech|social|social skills|dining|breakfast|lunch|feeding|fine motor|gross motor|handwriting|sensory|cooking|craft|memory|communication|aphasia|voice|teen|ortho|cardio|core|conversation)\s+(?:\w+\s+)?(?:group|grp|class)\b"
    rf"|(?:class|group|grp)\s+(?:of\s+)?(?:2|3|4|5|6|7|8|two|three|four|five|six)\b(?:\s*{_PEOPLE})?"
    rf"|(?:exercise|balance|fitness|movement|yoga|tai chi|strengthening|stretching|falls?|parkinson'?s|otago)\s+(?:class|group)\b(?!\s*home)"
    rf"|(?:small|large)\s+group\b|group\s+(?:setting|format|session|exercises?|therapy|tx|treatment|activit\w+|ex)\b|(?:in|with|w/|as)\s+(?:a\s+|the\s+|his\s+|her\s+)?(?:(?:shoulder|knee|hip|back|balance|gait|hand|ue|le|am|pm|morning|afternoon|therapy|gym|exercise)\s+)?(?:group|grp|pairs)\b(?!\s+home)"
    rf"|(?:for|in)\s+(?:the\s+)?(?:am|pm|a\.m\.|p\.m\.|morning|afternoon)\s+(?:\w+\s+)?(?:group|grp|class)\b|(?:whole|entire|rest of the)\s+(?:group|grp|class)\b"
    rf"|(?:the\s+)?(?:group|grp)\s+(?:then\s+|all\s+|also\s+)?(?:did|made|told|played|practi[cs]ed|completed|discussed|shared|talked|took|worked|sang|listened|guessed|voted)\b"
    rf"|(?:{_NUMBER}|seven|eight)\s+(?:members|participants|group members)\b"
    rf"|\bgroup\s+\((?:{_NUMBER}|total)\b|\bgroup\s+(?:warm[- ]?up|ball\s+toss|game|relay|circle|obstacle|yoga|dance|song|snack)\b"
    rf"|group\s+members?\b|(?:and|to|between|with|w/|w)\s+(?:an?\s+|the\s+|his\s+|her\s+|other\s+)?tablemates?\b|tablemates\b(?!\s+(?:talk|left|chat))|table partner\b|exercise partner\b|gym partner\b|with (?:her|his|a) (?:gym |workout |exercise )?partner both"
    rf"|(?:took|taking|take|taken|traded|trading) turns (?:w/|(?:with|at|on|to|in)\b)|circuit (?:with|w/) (?:2|3|two|three)\b|\b(?:supervised|open) gym\b"
    rf"|while (?:the\s+)?(?:therapist|pt|ot|i|slp)\s+(?:\w+\s+)?(?:treated|worked with|saw|ran|was with|helped)\s+(?:another|other|a second|the other)"
    rf"|(?:with|w/|and|&|while|then|between|from|to|as)\s+(?:pt|patient)\s+[b-d]\b(?!/|\s*(?:le|ue|les|ues)\b)|(?:same time|simultaneous\w*|concurrent\w*)\s+(?:as|with)\s+(?:another|other|pt|a second)"
    r"|while (?:the )?other (?:\w+ )?(?:res|pts?|patients?|residents?|clients?)\b"
    r"|(?:w/|with|and|alongside)\s*(?:rm|room)\s?\d+\w?(?=[^.;\n]{0,30}\b(?:same time|together|too|as well))|with the (?:\d{1,2}:\d\d|morning|afternoon|am|pm) group\b"
    rf"|(?:pt|ot|therapist|pta|cota|i)\s+(?:was\s+)?rotat(?:ing|ed)\b(?!\s+(?:the|his|her|trunk|arm|head))|(?:with|w/)\s+(?:mr|mrs|ms)\.?\s+\w+\b(?:\.?\s+(?:and|&)\s+(?:mr|mrs|ms)\b)|went between (?:them|the)\b)"
)
_SOMEBODY = r"(?:an?other|mr|mrs|ms|rm|room|the other|a second|(?:a|the|my) (?:next|neighbor|roommate)|my (?:next|other|\d{1,2}(?::\d\d)?)|two|three|2|3)"
#: The same in other words: who was paired, who had to wait, how many did it at a time.
_TOGETHER = loose(
    rf"\b(?:(?:doubled|paired|partnered|teamed|buddied|grouped|matched) (?:up )?(?:with|w/)\s?{_SOMEBODY}\b"
    rf"|while (?:i|the therapist|therapist|pta|cota|ota) (?:\w+ )?(?:got|set up|started|helped|assisted|worked with|finished(?: up)?(?: with| w/)?|saw|checked(?: on)?|ran|treated|had|was with|took) (?:up )?(?:with )?{_SOMEBODY}\b"
    rf"|(?:at )?(?:the )?same time as (?:res|resident|pt|patient|her roommate|his roommate|{_SOMEBODY})\b|overlap\w* (?:with|w/)\s?(?:my|another|the next|a)\b"
    rf"|(?:next to|beside|alongside|side by side (?:with|w/)) (?:the )?(?:(?:2|two|3|three|several|some) )?(?:an?other|others|other) ?(?:{_PEOPLE})?"
    r"|both (?:pts|patients|residents|clients|students)\b|(?:two|three|four|[2-4]) of (?:us|them) (?:rotat|took|taking|altern|did|work|shar)\w*"
    r"|ratio (?:of )?(?:1:[2-9]|[2-9]:1)|(?:1:[2-9]|[2-9]:1) ratio"
    r"|(?:cooking|baking|craft|gardening|reminiscence|music|art|news|current events|leisure|recess|movement|mat|bingo) (?:group|grp|class)\b"
    r"|(?:sat|seen|exercis\w+|worked|stretch\w*|joined)(?: in)?(?: (?:with|w/))?\s?the (?:ladies|men|guys|gals|gents|gentlemen|crowd|rest of)\b|(?:with|w/)\s?(?:everyone|everybody|his pals|her pals|pals)\b"
    rf"|joined by (?:an?other|other|two|2|three|3|his|her|a) (?:resident|pt|patient|peer|roommate|neighbou?r|client|student)s?\b"
    r"|(?:with|w/|alongside|beside) (?:his |her |the )?(?:room|bed|hall|bay)(?:-| )?mates?\b|(?:room|bed|bay)mate (?:doing|did|joined|also|too|doing the) ?(?:same|so|the same|along)?"
    r"|(?:mode|setting|type|format|model|delivery)\s?[:=–-]\s?(?:small |large )?(?:group|grp|concurrent)\b(?!\s?[:=]?\s?0)|(?:group|grp) size\s?[:=]?\s?[2-9]\b"
    r"|(?:students|pts|patients|residents|participants|others present)\s?[:=]\s?[2-9]\b|\((?:[2-9]|two|three|four) (?:students|kids|pts|patients|residents|peers|clients|others)\)"
    r"|(?:[2-9]|two|three|four) (?:other )?(?:students|kids|children|pts|patients|residents|clients|peers) (?:in (?:the )?(?:session|group|room|gym|class|attendance)|present|total|seen|at once)\b|1 of [2-9] in (?:the )?(?:gym|group|session|class|room)\b|[2-6]:1 (?:with|w/|ratio)"
    r"|(?:with|w/|among|amongst)\s?(?:several |some |a few |various |fellow |more )?(?:residents|pts|patients|clients)\b(?! (?:who|that))|(?:pt|student|he|she|child|resident) (?:&|and) (?:a )?peers?\b(?! (?:inter|relat|play))"
    r"|(?:concurrent|simultaneous) (?:tx|treatment|therapy|session|with|w/)|(?:treated|seen|exercised|provided|done|ran|tx)[^.;\n]{0,40} (?:concurrently|simultaneously)\b(?! (?:with|w/) (?:pt|ot|slp|st|nursing|estim|e-stim|heat|mhp|cp|ice))|in (?:a )?(?:line|circle|row) (?:of|with|w/) (?:other )?(?:residents|pts|patients)\b"
    r"|(?:dining|lunch|walking|feeding|supper|breakfast|handwriting|fm|gm|balance|memory|orientation|sensory|yoga|chair|music|social) (?:group|grp|bunch|club)\b|(?:group|grp) (?:ther(?:apeutic)? ?ex\w*|tx|exercises?|fm|gm|balance|strengthening|stretching|walk|cooking)\b|also on (?:my |the )?caseload|rest of my \d"
    r"|(?:led|run|held) for (?:the )?(?:two|three|four|five|six|[2-9]) (?:in|at|residents|pts)\b)"
)
_NOT_GROUP = loose(
    r"(?:muscle|age|ethnic|support|focus|peer support|food|risk|word|letter|cognitive|blood|target)\s+groups?\b|group\s+home|improv\w+|decreas\w+|increas\w+|\bworks (?:with|w/)|\b(?:job|career|volunteers?)\b"
)
_TALKS = loose(r"\b(?:talk|chat|speak|convers)\w* $")
_AHEAD = 14
_OWN_TIME = loose(r"\b(?:one(?:-| )on(?:-| )one|1:1|1(?:-| )on(?:-| )1|individual\w*)\b")
_SIZE = loose(
    r"\b(?:group|class)\s*(?:of|size|:|=|x|with|w/)?\s*(?:of\s*)?(?:\d|two|three|four|five|six)|\b(?:\d|two|three|four|five|six)\s+(?:\w+\s+)?(?:pts|patients|residents|clients|participants|members|people|in (?:the )?group|in attendance|others?)\b|\bn\s?=\s?\d|\b1:[2-6]\b|\b[2-6]:1\b|\bother (?:pt|patient)\b"
)
_ATTENDED = loose(
    r"\b(?:constant(?:ly)? attend\w*|in attendance|attended (?:throughout|constantly)|therapist (?:present|led|directed|was with)|led by (?:therapist|pt|ot|slp)|therapist with (?:the )?group|throughout)\b"
)

#: "To walk to class with the other children": what it is for, not how it was done.
_LEADING_PURPOSE = loose(
    r"\s*(?:to|so that|in order to|for)\b(?![^,;:]*\b(?:participat|perform|complet|stood|sat|worked|engag|played|did|walked|practi[cs]ed)\w*)[^,;:]*"
)


def language(encounter: Encounter, codes: frozenset[str], book: CueBook) -> Iterator[Hit]:
    """Yields a hit for group words in the words of a one-on-one code."""
    del book
    if not encounter.reading.holds(_GROUP) and not encounter.reading.holds(_TOGETHER):
        return
    billed = encounter.facts.billed_codes or _named_codes(encounter)
    if not billed & codes:
        return
    grouped = bool(billed & _GROUP_CODES) or any(
        s.stated_code in _GROUP_CODES for s in encounter.services
    )
    for statement in encounter.reading.statements:
        if not _narrates(encounter.reading, statement):
            continue
        match = _match(encounter.reading, statement)
        if match is None or _separate(encounter, statement):
            continue
        service = _service_at(encounter, match.start)
        code = (service.stated_code if service else None) or ""
        if (code and code not in codes) or (grouped and not _is_own(encounter, service, statement)):
            continue
        yield Hit(
            "words", match.start, match.end,
            fields={"code": code or "a one-on-one code"}, facts={"code": code},
        )  # fmt: skip


def _named_codes(encounter: Encounter) -> frozenset[str]:
    """The codes that the names of services stand for, where no code is billed or written."""
    return frozenset(s.code.value for s in encounter.services if s.code and s.place is not None)


def _is_own(encounter: Encounter, service: Service | None, statement: Statement) -> bool:
    """Whether a sentence stands under the written code of a service and under no group code."""
    if service is None or service.place is None or not service.stated_code:
        return False
    return service.stated_code in encounter.text and not any(
        other.stated_code in _GROUP_CODES and any(b.overlaps(statement.span) for b in other.body)
        for other in encounter.services
    )


_UNBILLED = loose(r"\b(?:not billed|unbilled|no charge|non-?billable)\b")


def _narrates(reading: Reading, statement: Statement) -> bool:
    if statement.contexts & _CAREFUL:
        return False
    if statement.role in NARRATIVE or statement.role == "assessment":
        return True
    if statement.role == "time" and _UNBILLED.search(reading.lower, statement.start, statement.end):
        return False
    # "Grp of 3" in the head of a note, "pt seen with dining group": how the session was held.
    return statement.role in ("header", "time", "subjective") and (
        reading.section_of(statement).kind
        in ("body", "header", "treatment", "objective", "billing")
    )


def _match(reading: Reading, statement: Statement) -> Span | None:
    for found in chain(
        _GROUP.finditer(reading.lower, statement.start, statement.end),
        _TOGETHER.finditer(reading.lower, statement.start, statement.end),
    ):
        around = reading.lower[max(statement.start, found.start() - 18) : found.end() + 6]
        if _NOT_GROUP.search(around):
            continue
        if "tablemate" in found.group() and _TALKS.search(
            reading.lower, max(statement.start, found.start() - _AHEAD), found.start()
        ):
            continue  # "takes two forkfuls when talking with tablemate"
        if reading.context_at(found.start()) & _CAREFUL:
            continue
        if _LEADING_PURPOSE.fullmatch(reading.lower, statement.start, found.start()):
            continue
        return Span(found.start(), found.end())
    return None


#: "In the dining room, feeding group table, but seen 1:1 throughout".
_ALONE = loose(
    r"\b(?:seen|treated|tx|worked)[^.;\n]{0,12}(?:1:1|one(?:-| )on(?:-| )one|individually|alone)\b|\b1:1 throughout\b"
)


def _separate(encounter: Encounter, statement: Statement) -> bool:
    """Whether the text itself parts one-on-one minutes from group minutes."""
    reading = encounter.reading
    if _ALONE.search(reading.lower, statement.start, statement.end):
        return True
    before = reading.statements[max(0, statement.index - 1)]
    after = reading.statements[min(len(reading.statements) - 1, statement.index + 1)]
    for near in {before.index: before, statement.index: statement, after.index: after}.values():
        words = reading.lower[near.start : near.end]
        timed = reading.has_quantity(near.start, near.end, "minutes", "clock_range")
        if timed and _OWN_TIME.search(words):
            return True
    return False


def _service_at(encounter: Encounter, offset: int) -> Service | None:
    for service in encounter.services:
        if service.stated_code and any(s.start <= offset < s.end for s in service.body):
            return service
    return None


def elements(encounter: Encounter, codes: frozenset[str], book: CueBook) -> Iterator[Hit]:
    """Yields a hit for a group service without its size or the patient's own performance."""
    reading = encounter.reading
    for service in encounter.services_with(*sorted(codes)):
        intent = intent_of(encounter, service, book)
        if not intent.attributed and encounter.supply("whole_note") == "not_supplied":
            continue
        words = " ".join(reading.lower[s.start : s.end] for s in intent.spans)
        if service.place is not None:
            words = reading.lower[service.place.start : service.place.end] + " " + words
        missing = []
        if not _SIZE.search(words):
            missing.append("the number in the group")
        if not _performs(reading, intent.spans):
            missing.append("what this patient did or needed")
        if missing and not _ATTENDED.search(words):
            missing.append("the therapist's attendance")
        if not missing:
            continue
        place = service.place or (service.body[0] if service.body else None)
        yield Hit(
            "words" if place else "charge",
            place.start if place else None,
            place.end if place else None,
            target="text" if place else f"charges[{service.charge}]",
            fields={"missing": ", ".join(missing), "code": service.stated_code or ""},
            facts={"code": service.stated_code or ""},
        )
        return


def _performs(reading: Reading, spans: tuple[Span, ...]) -> bool:
    for span in spans:
        if any(
            m.is_a("assist", "cue", "response") for m in reading.mentions_in(span.start, span.end)
        ):
            return True
        kinds = ("score", "percent", "count", "dose", "distance", "load", "grade", "scale")
        if reading.has_quantity(span.start, span.end, *kinds):
            return True
    return False
