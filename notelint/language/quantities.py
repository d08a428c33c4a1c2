"""Finds every quantity of a note with one scanner on lower-cased text.

A therapy note writes a dozen things with the same signs: ``x`` counts repetitions, minutes,
weeks, visits, people; ``'`` is feet or minutes; ``min`` is minutes or minimal. The scanner reads
the unit that is written, marks what stays ambiguous, and names the frame that keeps a number of
minutes from being treatment time (catalogue §2.2, real_notes 4b). A look-alike is never an error
and never time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from notelint.language.reading import Certainty, Quantity, QuantityKind

_N = r"\d{1,4}(?:\.\d+)?"
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
    "forty": 40, "sixty": 60, "single": 1, "couple": 2, "dozen": 12,
    "fifty": 50,
    "fourteen": 14, "thirteen": 13, "sixteen": 16, "eighteen": 18, "seventeen": 17, "nineteen": 19,
}  # fmt: skip
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_W = (
    rf"(?:(?:twenty|thirty|forty|fifty)(?:[- ](?:{_ONES})\b)?|"
    + "|".join(
        sorted(
            (w for w in _WORDS if w not in ("twenty", "thirty", "forty", "fifty")),
            key=len,
            reverse=True,
        )
    )
    + ")"
)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}  # fmt: skip
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
#: A number of two digits in words; ``spelled`` reads it.
SPELLED = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{_ONES})\b)?|(?:{'|'.join(_TEENS)}))"
_SPELLED = _TENS | dict(zip((*_ONES.split("|"), *_TEENS), range(1, 20), strict=True))
_R = r"(?:\s?(?:-|–|—|to)\s?(?!\d{5}))"  # a range sign; a code is no end of a range
_X = r"[x×*]"
_CLOCK = r"(?:[01]?\d|2[0-3]):[0-5]\d"
_AMPM = r"(?:\s?(?:a\.?m\.?|p\.?m\.?|[ap](?![a-z])))"
_MIN = r"(?:minutes?|mins?(?![ \t]?-?[ \t]?a\b(?!\w))(?!\s?-?\s?(?:a(?!\s?[:/)])|assist\w*|assistance|vc\w*|v/c|tc\w*|verbal|tactile|cues?|cueing|resist\w*|hha|sba|cga)\b(?!\w))|minuets?|mintues?|minute)"
# "units: 2 min: 25", "x2 - min 25": the first number counts units, the label is of the second.
_NOT_UNITS = rf"(?!\d\s?-?\s?{_MIN}\s?[:=]?\s?\d\d\b\s*(?:$|[\n|;,).]|\(?\d{{1,2}}\s?u))"
# The rest of a range in a dose; after a spaced dash, minutes are the service's: "3x10 - 15 min".
_MORE = rf"(?:(?:[-–—]|\s?to\s?)(?!\d{{5}}){_N}|\s[-–—]\s(?!\d{{5}}){_N}(?!\d|\s?-?\s?{_MIN}))"
_SEC = r"(?:seconds?|secs?|s)(?![a-z/])"
_REP = r"(?:repetitions?|reps?|rep|trials?|times|attempts?)"
_DIST = r"(?:feet|foot|ft|yards?|yds?|meters?|metres?|laps?|blocks?|miles?|mi)(?![a-z])"

# Ordered: at one place the first alternative that matches wins.
_PARTS: tuple[tuple[str, str], ...] = (
    (
        "date",
        r"(?:19|20)\d\d-\d\d-\d\d|\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})(?!\d)|\d{1,2}-\d{1,2}-(?:19|20)\d\d",
    ),
    (
        "clock_range",
        rf"{_CLOCK}{_AMPM}?\s?(?:-|–|—|to|until|thru|through|->)\s?{_CLOCK}{_AMPM}?|(?<![\d.])(?:0[5-9]|1\d|2[0-3])[0-5]\d\s?(?:-|–|—|to)\s?(?:0[5-9]|1\d|2[0-3])[0-5]\d(?:\s?h(?:rs?|ours?)?)?(?![\d/])",
    ),
    ("clock", rf"{_CLOCK}{_AMPM}?(?![:\d])"),
    (
        "code",
        r"(?:(?:9[27]\d{3}|96125|95992|95851|95831|g0283|g0515|9[89]97\d)(?!\d))(?:\s?-\s?(?:(?:g[pon]|c[qo]|kx|x[esup]|g[azxy])(?![a-z])|(?:59|95|25|52)(?!\s?(?:min|m\b|['’′]|\d))))*",
    ),
    (
        "frequency",
        rf"\d{{1,2}}(?:{_R}\d{{1,2}})?\s?{_X}\s?(?:/|per|a|each)?\s?(?:wk|week|day|d|month|mo)\b\.?(?:\s?{_X}?\s?(?:for\s)?\s?\d{{1,2}}(?:{_R}\d{{1,2}})?\s?(?:wks?|weeks?|w|visits?|mos?|months?|days?)\b)?|\d{{1,2}}(?:{_R}\d{{1,2}})?\s?(?:times?|visits?|sessions?|days?)\s?(?:/|per|a|each)\s?(?:wk|week|day|month)|\d\s?w(?:k)?\s?\d{{1,2}}\b|(?:once|twice|three times|{_W} times)\s(?:a|per|each|/)?\s?(?:daily|day|weekly|week|wk|month)|\b(?:bid|tid|qid|qd|q\.?o\.?d\.?|biw|tiw)\b|\d{{1,2}}\s?(?:times\s)?weekly|\d{{1,2}}\s?{_X}\s?(?:daily|weekly)|\d{{1,2}}\s?(?:min|minutes?|mins)\s?/\s?(?:day|week|wk)",
    ),
    (
        "hours",
        r"\d{1,2}h\d\d|\d{1,2}(?:\.\d+)?\s?(?:hours?|hrs?|hr|h)(?![a-z])(?:\s?(?:and\s)?\d{1,2}\s?(?:minutes?|mins?|m)\b)?",
    ),
    (
        "dose",
        rf"{_N}(?:{_R}{_N})?\s?(?:sets?)?\s?{_X}\s?{_N}{_MORE}?\s?(?P<dose_unit>{_SEC}|\"|{_MIN}|'|{_DIST}|{_REP})?|(?:{_N}|{_W})\s?sets?\s?(?:of|{_X}|at)\s?(?:{_N}|{_W})(?:{_R}{_N})?\s?(?P<dose_unit2>{_SEC}|{_MIN}|{_DIST}|{_REP})?|(?:{_N}|{_W})\s{_REP}\s?(?:{_X}|and|for|,)\s?(?:{_N}|{_W})\s?sets?|(?:{_N}|{_W})\sreps?\s(?:each|ea)\b",
    ),
    ("score", rf"(?<![\d/]){_N}\s?/\s?{_N}(?![\d/])(?!\s?(?:units?\b|min(?:ute)?s?\s?/))"),
    ("units", rf"(?:{_X}\s?)?\d{{1,2}}\s?(?:units?|u)(?![a-z])"),
    (
        "minutes",
        rf"(?<![:\d]){_NOT_UNITS}{_N}(?:{_R}{_N})?\s?-?\s?{_MIN}(?![a-z])|(?:{_W})(?:\s|-){_MIN}(?![a-z])",
    ),
    (
        "times_min",
        rf"(?<![a-z]){_X}\s?{_NOT_UNITS}{_N}(?:(?:[-–—]|\sto\s|(?<=\d\d)\s[-–—]\s)(?!\d{{5}}){_N})?\s?-?\s?{_MIN}(?![a-z])",
    ),
    (
        "seconds",
        rf"(?:{_X}\s?)?{_N}(?:{_R}{_N})?\s?-?\s?{_SEC}|(?:{_W})(?:\s|-)(?:seconds?|secs?)\b|(?<=\d)\"\s?hold|hold\s{_N}",
    ),
    ("degrees", rf"-?\d{{1,3}}(?:{_R}-?\d{{1,3}})?\s?(?:degrees?|degs?|°)"),
    ("distance", rf"(?:{_X}\s?)?\d{{1,4}}(?:\.\d+)?(?:{_R}\d{{1,4}})?\s?-?\s?{_DIST}"),
    ("steps", r"\d{1,3}\s?(?:steps?|stairs?|flights?)\b"),
    ("load", rf"{_N}(?:{_R}{_N})?\s?-?\s?(?:lbs?|pounds?|kgs?|kilos?|oz|ounces?|#)(?![a-z])"),
    (
        "inches",
        rf"{_N}(?:{_R}{_N})?\s?-?\s?(?:inch(?:es)?|in(?=\s(?:step|box|stool|surface|height|seat|chair|shelf|hurdle|curb|toilet|mat|high|platform))|cm|mm)(?![a-z])|{_N}\"(?!\w)",
    ),
    ("percent", rf"{_N}(?:{_R}{_N})?\s?(?:%|percent|per cent)"),
    ("grade", r"(?:grade|gr\.?)\s?(?:[iv]{1,3}|[1-5])\b|[0-5][+-]/5"),
    ("level", r"(?:level|lvl|lv|resistance|res)\s?\d{1,2}\b|(?<![a-z0-9])l\d{1,2}(?![\d\-/])"),
    ("rpe", r"(?:rpe|borg)\s?(?:of|=|:|at)?\s?\d{1,2}(?:\s?(?:/|-|–)\s?\d{1,2})?"),
    (
        "vitals",
        r"(?:spo2|o2 sats?|sats?|hr|bp|heart rate|pulse|rr)\s?(?:of|=|:|at|was|is)?\s?\d{2,3}(?:/\d{2,3})?\s?(?:%|bpm)?|\d{2,3}/\d{2,3}\s?(?:mmhg)?(?=\s?(?:bp|mmhg))|\d{2,3}\s?bpm",
    ),
    ("speed", rf"{_N}\s?(?:m/s|m/sec|mph|rpm|steps/min)"),
    ("prime", r"(?:[x×*]\s?)?(?<![\d/])\d{1,4}\s?['’′](?!\w)"),
    ("meters", r"(?<![\d/.])~?\d{1,3}\s?m(?![a-z/])"),
    (
        "count",
        rf"(?:{_N}|{_W})\s?(?:verbal|tactile|visual|min|mod)?\s?(?:vcs?|tcs?|cues?|lobs?|errors?|trials?|reps?|repetitions?|times|prompts?|rest breaks?|rests?|stumbles?|scuffs?|sways?|bouts?|sets?|hangers?|items?|objects?|rings?|pegs?|cones?)\b|\b0\s(?:vcs?|cues?|lobs?|errors?)|(?:{_N}|{_W})\s?(?:of|out of|for)\s?(?:{_N}|{_W})\b",
    ),
    ("sets", rf"(?:{_N}|{_W})\s?sets?\b"),
    (
        "reps",
        rf"(?<![a-z]){_X}\s?{_N}(?:{_R}{_N}(?!\s?-?\s?{_MIN}|\d))?(?!\d|\s?['’′\"])(?:\s?(?:reps?|ea(?:ch)?\b|repetitions?|sets?|trials?|times|bilat\w*|b\b|per side))?"
        # "FDP blocking IF/MF 10 each"
        rf"|(?<![\d./:,-])(?<!of )\d{{1,2}}\s(?:ea|each)\b(?! (?:way|direction|time|visit|week|day|month))"
        # "ankle pumps 30x": the sign behind the number
        rf"|(?<![\d.])\d{{1,3}}{_X}(?=\s*(?:$|[,;.)\n\r]|(?:each|ea|b|bil\w*|r|l|both|per|w/|with|and)\b))",
    ),
    (
        "duration",
        r"(?:for\s|x\s?)?\d{1,2}(?:\s?(?:-|–|to)\s?\d{1,2})?\s?(?:weeks?|wks?|wk|months?|mos|days?|visits?|sessions?|years?|yrs?|y/?o)\b",
    ),
    ("range", r"(?<![\d/])-?\d{1,3}\s?(?:-|–|to)\s?\d{1,3}(?![\d/])"),
    ("number", r"\d{1,5}(?:\.\d+)?(?![a-z\d])"),
)

_ANCHORED = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PARTS))
# Where a quantity can begin at all: the alternation is tried only there, and of words only at their
# first letters.
_FIRST = "".join(sorted({word[0] for word in _WORDS} | set("bfghlopqrst")))
_CANDIDATE = re.compile(
    r"(?<![\w.])[-~]?\d|(?<=[a-z])\d|(?<![a-z])x(?=\s?\d)|[×*](?=\s?\d)"
    rf"|\b(?=[{_FIRST}])(?:"
    + "|".join(sorted(_WORDS, key=len, reverse=True))
    + r"|[bt]id|qid|qd|q\.?o\.?d|biw|tiw|once|twice|hold|grade|gr|level|lvl|lv|resistance|res|rpe|borg"
    r"|spo2|o2|sats?|hr|bp|heart|pulse|rr|for(?=\s\d)|g0)\b|\bl(?=\d)|\bg0(?=\d)"
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_WORD_NUMBER = re.compile(rf"\b{_W}\b")

#: Group of the scanner → kind of the quantity.
_KINDS: dict[str, QuantityKind] = {
    "date": "date", "clock_range": "clock_range", "clock": "clock", "code": "code",
    "frequency": "frequency", "dose": "dose", "score": "score", "units": "units",
    "minutes": "minutes", "times_min": "minutes", "hours": "minutes", "seconds": "seconds",
    "degrees": "rom", "distance": "distance", "steps": "distance", "load": "load",
    "inches": "height", "percent": "percent", "grade": "grade", "level": "level", "rpe": "rpe",
    "vitals": "vitals", "speed": "speed", "prime": "minutes", "meters": "minutes",
    "count": "count", "sets": "sets", "reps": "reps", "duration": "duration", "range": "rom",
    "number": "number",
}  # fmt: skip

#: A number that closes its line ("w/c mobility 15'") may be time, unless one walks it.
_LINE_ENDS = re.compile(r"[\s.;)]*+(?:$|(?<=[\n\r]))")
_WALKED = re.compile(
    r"(?:walk\w*|ambul\w*|amb|amb'd|gait|propel\w*|distance|hallway|rw|fww|spc|cane|walker)[\s:~]*(?:x|for|of)?[\s~]*$"
)
_FEET_NEAR = re.compile(
    r"\b(?:walk\w*|ambul\w*|amb|amb'd|gait|rw|fww|spc|cane|walker|hallway|distance|w/c|propel\w*|feet|ft|carry|carried|stairs|crutches|rollator|lap|laps)\b"
)

#: Frames that make minutes something else than treatment time; matched just before or after.
_BEFORE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("frequency", re.compile(r"\b(?:every|q\.?|per)\s?(?:\d{1,2}\s?(?:-|–|to)\s?)?$")),
    ("test", re.compile(r"(?:tug|berg|mwt|test|trial length was|sls|romberg|stance)\W{0,4}$")),
    (
        "tolerance",
        re.compile(
            r"(?:tolerat\w*|sustain\w*|attend\w*(?: to task)?|stand(?:ing)?|stood|sat|sits?|sitting|walk(?:s|ed|ing)?|ambulat\w*|upright|able to drive|drive|lasted|lasting|endur\w*|on task|remained?|maintain\w*|concentrat\w*|held|hold|hold(?:ing)?|plank|after|every|q|within|in under|in less than|in <|under|less than|<|(?<!>)>(?!>)|≥|≤|greater than|longer than|more than|up to|took|takes|required?|needs?|needed|at|until|by|past)\s?(?:for|of|about|approximately|approx\.?|~|tolerance|position|up to|at|task|on|balance|time|eob|edge of (?:the )?bed|unsupported|supported|longer than|x)?\s?(?:about|approx\.?|~|up to|x)?\s?[~≥≤<=:]{0,2}>?\s?$"
        ),
    ),
    (
        "rest",
        re.compile(
            r"(?:rest(?:ed|s|ing)?|rest breaks?|break|waited|wait(?:ing)?|late|delay|delayed|arrived|set[- ]?up|bathroom|toilet break|doc\w*|charting|paperwork|seated rest|recovery)\s?(?:for|of|x|was|time|about|=|:|,)?\s?(?:about|approx\.?|~)?\s?$"
        ),
    ),
    ("home", re.compile(r"(?:at home|daily|hep|per day|nightly)\W{0,3}(?:for|x)?\s?$")),
)
_AFTER: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("test", re.compile(r"^\s?-?\s?(?:walk(?:ing)? test|walk\b|step test|test\b|rule\b)")),
    ("test", re.compile(r"^\s?(?:and )?[1-5]?\d\s?(?:sec(?:onds?|s)?|s)\b")),  # "in 2 min 10 sec"
    (
        "rest",
        re.compile(
            r"^\s?(?:of\s)?(?:seated\s|standing\s|sitting\s|supine\s)?(?:rest(?:s|ing)?|break|delay|late|wait(?:ing)?|set-?up|recovery|bathroom|documentation|charting)\b"
        ),
    ),
    (
        "home",
        re.compile(
            r"^\s?(?:(?:a|per|each|/)\s?(?:day|night|week|wk)|daily|at home|nightly|bid|before bed)\b"
        ),
    ),
    (
        "history",
        re.compile(
            r"^\s?(?:ago|prior|before|after (?:eating|meals?|meds)|later|earlier|period|from home|drive|away|shift|workday|appt|appointment)\b"
        ),
    ),
    (
        "duration",
        re.compile(
            r"^\s?(?:of\s)?(?:(?:standing|sitting|walking|activity|upright|static|dynamic|unsupported)\s)?(?:tolerance|position)\b"
        ),
    ),
)


def scan(lower: str) -> Iterator[Quantity]:
    """Yields the quantities of a lower-cased text in order."""
    at = 0
    for candidate in _CANDIDATE.finditer(lower):
        start = candidate.start()
        if start < at:
            continue
        if lower[start] in "-~" and lower[start + 1 : start + 2].isdigit():
            start += lower[start] == "~"
        match = _ANCHORED.match(lower, start)
        if match is None:
            continue
        group = cast(str, match.lastgroup)
        if group in ("dose_unit", "dose_unit2"):
            group = "dose"
        if (
            start
            and lower[start - 1].isalpha()
            and lower[start].isdigit()
            and group in _INSIDE_WORD
        ):
            continue
        if (
            group in ("minutes", "score")
            and _RANGED.match(match.group())
            and _UNITS_ARE.search(lower, max(0, start - 9), start)
        ):
            continue  # "units: 2 - 25 min": the first number counts units
        at = match.end()
        yield _quantity(group, start, at, match, lower)


#: The label of units before a number, and two numbers that look like a range.
_UNITS_ARE = re.compile(r"\bunits?\s?[:=]?\s?$")
_RANGED = re.compile(r"\d{1,2}\s?(?:-|–|—|to|/)\s?\d")
#: Readings that a digit within a word (``c5``, ``6mwt``) is never given.
_INSIDE_WORD = frozenset({"number", "range", "steps", "prime", "meters", "score", "count", "date"})


#: "2/2 R shoulder pain" is "secondary to"; what follows is a cause.
_SECONDARY_TO = re.compile(
    r"\s{1,3}(?:to|[rlb]|bil\w*|the|his|her|decreas\w*|decr?|impair\w*|poor|weak\w*|pain\w*|fatigue\w*|inc\w*|limit\w*|reduc\w*|stiff\w*|edema|swelling|sob|"
    r"fear|cog\w*|tremor\w*|tone|spast\w*|recent|s/p|dx|hx|low|high|falls?|lack|lob|dizz\w*|balance|neuropath\w*|stable|anxiety|vision|hemi\w*)\b"
)


_CODE_BEFORE = re.compile(r"9[27]\d{3}[\s:,(-]{1,3}$")


def _quantity(group: str, start: int, end: int, match: re.Match[str], lower: str) -> Quantity:
    words = match.group()
    kind = _KINDS[group]
    unit = group
    certainty: Certainty = "stated"
    look_alike = ""
    values = _values(words)
    if group in ("clock_range", "clock"):
        values = tuple(_clocks(words))
    elif group == "hours":
        values = (_hours(words),)
        look_alike = _look_alike(lower, start, end)
    elif group == "code":
        values = ()
        unit = words[5:].replace(" ", "").upper()
    elif group == "dose":
        kind, unit = _dose(match)
    elif group in ("minutes", "times_min"):
        look_alike = _look_alike(lower, start, end)
        unit = "range" if len(values) > 1 else "min"
    elif group == "prime":
        kind, certainty = _prime(lower, start, end, values)
        unit = "'"
    elif group == "meters":
        certainty, unit = "ambiguous", "m"
        if _CODE_BEFORE.search(lower, max(0, start - 9), start):
            unit = "min"  # "97110 15m: …"
        elif words.startswith("~") or _FEET_NEAR.search(
            lower, max(0, start - 40), min(len(lower), end + 30)
        ):
            kind, certainty = "distance", "stated"
    elif group == "seconds" and words.startswith("hold"):
        kind = "hold"
    elif group == "grade" and "/5" in words:
        unit = "mmt"
    elif group == "score" and values == (2.0, 2.0) and _SECONDARY_TO.match(lower, end):
        kind, unit, look_alike = "number", "number", "secondary"
    elif group == "score" and len(values) == 2:
        kind, unit = _score(values)
    elif group == "reps":
        unit = "bare" if words.strip()[-1:].isdigit() else "reps"
    elif group == "inches":
        unit = "in"
    return Quantity(kind, start, end, values, unit, words, certainty, look_alike)


def spelled(words: str) -> float:
    """Returns the value of a number in words ("forty-five")."""
    return float(sum(_SPELLED[part] for part in re.split(r"[-\s]+", words)))


def _values(words: str) -> tuple[float, ...]:
    numbers = tuple(float(n) for n in _NUMBER.findall(words))
    if numbers:
        return numbers
    return tuple(
        float(sum(_WORDS[part] for part in re.split(r"[- ]", word)))
        for word in _WORD_NUMBER.findall(words)
    )


def _clocks(words: str) -> Iterator[int]:
    """Yields minutes after midnight. A time without am/pm before 7 is taken as afternoon."""
    parts = re.findall(r"(\d{1,2}):?(\d\d)\s?([ap])?", words)
    later = next((half for *_, half in reversed(parts) if half), "")
    found = []
    for hour, minute, half in parts:
        h = int(hour)
        mark = half
        if not mark and later and len(parts) > 1:
            mark = later if not (later == "p" and h in (8, 9, 10, 11)) else "a"
        if mark == "p" and h < 12:
            h += 12
        elif mark == "a" and h == 12:
            h = 0
        elif not mark and (1 <= h < 7 if len(hour) < 2 else 1 <= h < 6 and ":" in words):
            h += 12
        found.append(h * 60 + int(minute))
    if len(found) == 2 and found[1] < found[0] and found[0] - found[1] > 360 and found[1] < 720:
        found[1] += 720
    yield from found


def _hours(words: str) -> float:
    parts = [float(n) for n in _NUMBER.findall(words)]
    minutes = parts[0] * 60
    return minutes + parts[1] if len(parts) > 1 else minutes


def _dose(match: re.Match[str]) -> tuple[QuantityKind, str]:
    unit = match.group("dose_unit") or match.group("dose_unit2") or ""
    if unit.startswith(("sec", "s", '"')) and not unit.startswith("set"):
        return "dose", "sec"
    if unit.startswith("min"):
        return "dose", "min"
    if unit.startswith(("ft", "feet", "'", "f", "y", "m", "l")):
        return "dose", "distance"
    return "dose", "reps"


def _score(values: tuple[float, ...]) -> tuple[QuantityKind, str]:
    if values[1] == 10:
        return "scale", "10"
    if values[1] == 5 and values[0] <= 5:
        return "grade", "mmt"
    return "score", "score"


def _prime(
    lower: str, start: int, end: int, values: tuple[float, ...]
) -> tuple[QuantityKind, Certainty]:
    """``150'`` is feet; ``25'`` may be minutes or feet and then may satisfy but never accuse."""
    if values and values[0] > 60:
        return "distance", "stated"
    window = lower[max(0, start - 48) : min(len(lower), end + 36)]
    if _FEET_NEAR.search(window):
        closes = _LINE_ENDS.match(lower, end) and not _WALKED.search(
            lower, max(0, start - 16), start
        )
        return ("minutes" if closes else "distance"), "ambiguous"
    return "minutes", "ambiguous"


def _look_alike(lower: str, start: int, end: int) -> str:
    before = lower[max(0, start - 44) : start]
    cut = max(before.rfind("\n"), before.rfind(". "), before.rfind("; "))
    before = before[cut + 1 :] if cut >= 0 else before
    for name, pattern in _BEFORE:
        if pattern.search(before):
            return name
    after = lower[end : end + 40]
    for name, pattern in _AFTER:
        if pattern.search(after):
            return name
    return ""
