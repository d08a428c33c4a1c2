"""Tells a person's name from the words of a note, beside a professional credential."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from notelint.language.reading import Mention, Reading, Span
from notelint.language.stopwords import is_content

# One word of a name, an initial, or a particle; in any case, as notes are also all capitals.
_WORD = r"(?:[^\W\d_][^\W\d_'’]*(?:['’-][^\W\d_]+)*\.?)"
_HEAD = re.compile(rf"\s*+(?P<sep>[:,–—-]|\bis\b)?\s*+(?P<name>(?:{_WORD}\s){{0,3}}{_WORD})")
_LABEL = re.compile(
    r"(?:^|\b)(?:signed|signature|by|therapist|clinician|provider|author|/s/|treating|supervising|name)\W*$"
)
#: Characters of a line that are looked back over.
_LONGEST = 240
_SIGNERS = frozenset({"therapist", "by", "clinician", "provider", "signed", "signature", "author"})
_TITLES = frozenset({"mr", "mrs", "ms", "miss"})
_VOWELS = frozenset("AEIOUY")
_PARTICLE = frozenset(
    {
        "de",
        "da",
        "del",
        "della",
        "di",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "st",
        "bin",
        "al",
        "dos",
        "mc",
        "o",
        "dr",
        "mr",
        "mrs",
        "ms",
    }
)
_PARTS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
_BOUNDARY = re.compile(
    r"(?:^|[\n\r.;:!?|)\]]\s*,?|\s{2,}|[–—~*-]\s*|\t|\b(?:min|mins|minutes|total|tot)\s+|\d\s+|\bby\s+|/e?-?s/\s*)$"
)

#: Words that stand before "PT" or "OT" and are no name.
NOT_NAMES = frozenset(
    """skilled continue continued cont outpatient inpatient home health received receive receives with
    the per by to of for from in and or a an at on as is was are were be been no not this that these
    requires require required needs need needed see seen saw tolerated agreeable attended attend attends
    today patient pt pts client resident student spt sot daily acute current prior previous weekly plan
    frequency discipline type service services covering regular treating therapist clinician provider
    supervising signature signed electronically digitally author name credential credentials physical
    occupational speech therapy rehab rehabilitation monday tuesday wednesday thursday friday saturday
    sunday mon tue tues wed thu thurs fri sat sun next visit session sessions after before during
    refused declined attempted began begin start started resume resumed restart stop ongoing hold held
    further additional more another new initial eval evaluation order orders referral referred refer
    discharge discharged discontinue benefit benefits from poc goals goal pool aquatic outside school
    clinic hospital snf ltc facility center total timed min mins minutes time date dos npi lic license
    medicare insurance auth ended end note good great well tol tx treatment same staff nursing nsg
    md physician doctor surgeon cleared clear appropriate available follow following future since until
    while when if then also both all any every each has had have will would should can could may
    his her their he she they it its our your my lead primary evaluating assigned co-tx cotx co-treat
    w wo w/o hh op ip geri peds vestibular hand lymphedema wound spine ortho neuro sports pelvic women's
    progress report reports reported states stated informed notified told asked call called spoke
    reminder homework hep program exercises exercise ex te ta nmr gait mt balance strength""".split()
)


@dataclass(frozen=True, slots=True)
class Page:
    """A note's text as names are looked for in it: ``upper`` is all capitals, ``uniform`` all of
    one case, so that capitals tell nothing."""

    reading: Reading
    text: str
    lower: str
    upper: bool
    uniform: bool

    @classmethod
    def of(cls, reading: Reading) -> Page:
        upper = reading.text.isupper()
        return cls(reading, reading.text, reading.lower, upper, upper or reading.text.islower())

    def mentions_in(self, start: int, end: int) -> Iterator[Mention]:
        return self.reading.mentions_in(start, end)

    def has_mention(self, start: int, end: int) -> bool:
        return self.reading.has_mention(start, end)


def line_start(text: str, at: int) -> int:
    """Returns where the line begins, or a place so far back that nobody signs behind it."""
    low = max(0, at - _LONGEST)
    return max(text.rfind("\n", low, at), text.rfind("\r", low, at)) + 1 or low


def name_before(
    page: Page, start: int, end: int, *, weak: bool, alone: bool = False
) -> Span | None:
    """Returns the name that ends right before a credential in ``start:end``, or None.

    ``weak`` credentials ("PT", "OT") are also plain words: they need a name that no list of the
    note's words knows. ``alone`` asks for a line that holds nothing but a name and its label.
    """
    if _follows_no_name(page.text, start, end):
        return None
    match = _tail(page.text, start, end)
    if match is None:
        return None
    parts = [
        (start + m.start(), start + m.end())
        for m in _PARTS.finditer(page.text[start:end])
        if start + m.start() >= match.start
    ]
    kept = _name_words(page, parts, weak)
    if not kept or not _is_name(page, kept, end, weak):
        return None
    first = kept[0][0]
    if alone and not _is_alone(page.lower[start:first]):
        return None
    return Span(first, kept[-1][1])


#: Between a name and its credential.
_BETWEEN = " ,;:|()/–—-\t\r"


def _follows_no_name(text: str, start: int, end: int) -> bool:
    """Whether the word before a credential is one that no name ends with ("skilled PT"): most are."""
    while end > start and text[end - 1] in _BETWEEN:
        end -= 1
    begin = end
    while begin > start and text[begin - 1].isalpha():
        begin -= 1
    bounded = begin > start and text[begin - 1] in " \t\n"
    return bounded and text[begin:end].lower() in NOT_NAMES


def name_after(page: Page, end: int, *, weak: bool) -> Span | None:
    """Returns the name that follows a credential ("PT: J. Smith"), or None."""
    if weak and page.text.startswith("Pt:", end - 2):
        return None  # "Pt: Jordan K." names the patient
    stop = page.text.find("\n", end, end + 48)
    match = _HEAD.match(page.text, end, min(len(page.text) if stop < 0 else stop, end + 48))
    if match is None:
        return None
    parts = [
        (match.start("name") + m.start(), match.start("name") + m.end())
        for m in _PARTS.finditer(match["name"])
    ]
    kept: list[tuple[int, int]] = []
    for a, b in parts:
        word = page.text[a:b]
        if not (word[0].isupper() or word.rstrip(".").lower() in _PARTICLE) or not _nameable(
            page, a, b, strict=True
        ):
            break
        kept.append((a, b))
    if len(kept) < 2 or (page.upper and (weak or match["sep"] != ":")):
        return None
    tail = page.text[kept[-1][1] : kept[-1][1] + 24].split("\n")[0]
    if re.match(r"\s+[a-z]{2,}", tail) and not re.match(r"\s+(?:on|at|signed|date)\b", tail):
        return None
    joined = match["sep"] in (":", "–", "—", "-")
    if weak and not joined and not re.match(r"[\s,.]*(?:$|\d)", tail):
        return None
    return Span(kept[0][0], kept[-1][1])


def _tail(text: str, start: int, end: int) -> Span | None:
    """The run of name-like words at the end of a stretch, at most five words."""
    match = None
    at = end
    while at > start and text[at - 1] in " ,;:|()/–—-\t\r":
        at -= 1
    words = 0
    low = at
    for found in reversed(list(_PARTS.finditer(text, start, at))):
        gap = text[found.end() : low] if words else text[found.end() : at]
        if (
            (words and not re.fullmatch(r",?\s{0,1}", gap))
            or (not words and gap.strip("."))
            or words == 5
        ):
            break
        if words and "." in text[found.start() : found.end()] and found.end() - found.start() > 5:
            break  # the full stop of the sentence before
        low, words = found.start(), words + 1
        match = Span(low, at)
    return match


def _name_words(page: Page, parts: list[tuple[int, int]], weak: bool) -> list[tuple[int, int]]:
    """The words nearest the credential that may belong to a name."""
    kept: list[tuple[int, int]] = []
    mixed = not page.uniform
    labelled = bool(parts) and _is_alone(
        page.lower[line_start(page.text, parts[0][0]) : parts[0][0]]
    )
    labelled = labelled or any(page.lower[a:b] in _SIGNERS for a, b in parts)
    for a, b in reversed(parts):
        word = page.text[a:b]
        plain = word.rstrip(".").lower()
        if kept and plain in _PARTICLE:
            kept.append((a, b))
            continue
        if plain in NOT_NAMES and not _is_initial(word):
            break
        if word == "A." and _LEVEL.search(page.lower, max(0, a - 6), a):
            break  # "MIN A."
        if mixed and word[0].islower() and kept and not labelled:
            break
        if mixed and word[0].islower() and not labelled and (weak or not _unknown(page, a, b)):
            break
        if not _nameable(page, a, b, strict=weak):
            break
        kept.append((a, b))
    kept.reverse()
    while (
        kept
        and page.text[kept[0][0] : kept[0][1]].rstrip(".").lower() in _PARTICLE
        and len(kept) > 1
    ):
        if page.text[kept[0][0]].isupper() or page.text[kept[0][0] : kept[0][1]].lower() in (
            "van",
            "de",
            "von",
        ):
            break
        kept.pop(0)
    return kept


def _is_name(page: Page, kept: list[tuple[int, int]], end: int, weak: bool) -> bool:
    """Whether the words are a name: a surname, or initials that stand for themselves."""
    words = [page.text[a:b] for a, b in kept]
    letters = [w.rstrip(".") for w in words]
    first = kept[0][0]
    apart = bool(_BOUNDARY.search(page.text, max(0, first - 12), first)) or first == 0
    if max(len(w) for w in letters) <= 3 and not any(
        w[0].isupper() and w[1:].islower() and len(w) > 2 for w in letters
    ):
        if sum(len(w.replace(".", "")) for w in letters) < 2:
            return False
        if weak and max(len(w) for w in letters) > 2 and "." not in "".join(words):
            return False
        separated = "," in page.text[kept[-1][1] : end] or "/" in page.text[kept[-1][1] : end]
        return apart and (not weak or separated or _alone_on_line(page.text, first))
    uniform = page.uniform
    initials = any(len(w) == 1 for w in letters) and len(letters) > 1
    if weak and uniform and not initials:
        known = [(a, b) for a, b in kept if not _unknown(page, a, b)]
        return (
            apart
            and len(kept) >= 2
            and len(known) < len(kept)
            and not any(_phrase(page, a, b) for a, b in known)
        )
    if weak and len(kept) == 1 and not initials:
        return apart and words[0][0].isupper() and _unknown(page, *kept[0])
    if weak and letters[0].lower() in _TITLES:
        return False
    if not page.uniform and any(len(w) > 3 and w.isupper() for w in letters):
        return len(kept) >= 2 and all(w.isupper() for w in letters)
    return True


_LEVEL = re.compile(r"\b(?:min|mod|max|total)[ \t]+$")


def _is_initial(word: str) -> bool:
    """Whether a word is one capital with its stop: "DENISE A. KOWALCZYK"."""
    return len(word) == 2 and word[0].isupper() and word[1] == "."


#: Given names that the lists know as other words ("Don Halvorsen, PT").
_GIVEN = frozenset(
    """don mark grace hope faith pat gene art bill rob rich drew chase rose ivy summer skip chip rusty
    dale cliff heather robin ray jean penny olive iris violet""".split()
)


def _nameable(page: Page, a: int, b: int, *, strict: bool) -> bool:
    """Whether a word may stand in a name: not a stop word, nor (strictly) a word of the lists."""
    plain = page.text[a:b].rstrip(".").lower()
    if plain in NOT_NAMES and not _is_initial(page.text[a:b]):
        return False
    if len(plain) <= 1 or plain in _PARTICLE:
        return True
    if plain in _GIVEN and page.text[a:b].istitle():
        return True
    if len(plain) == 2:
        written = page.text[a:b]
        surname = not page.uniform and written[0].isupper() and written[1].islower()
        return surname or not page.has_mention(a, b)
    word = page.text[a:b].rstrip(".")
    if (
        word.isupper()
        and len(word) > 3
        and not page.upper
        and not (_unknown(page, a, b) and set(word) & _VOWELS)
    ):
        return False
    return (
        not strict
        or _unknown(page, a, b)
        or (
            word[0].isupper()
            and word[1:].islower()
            and is_content(plain)
            and not _phrase(page, a, b)
        )
    )


def _unknown(page: Page, a: int, b: int) -> bool:
    plain = page.text[a:b].rstrip(".").lower()
    return is_content(plain) and not page.has_mention(a, b)


def _phrase(page: Page, a: int, b: int) -> bool:
    """Whether a list knows the word as something done, planned or treated."""
    return any(
        m.is_a(
            "exercise",
            "technique",
            "generic_modifier",
            "service_label",
            "plan_empty",
            "generic_head",
            "weak_verb",
            "context",
            "task",
        )
        for m in page.mentions_in(a, b)
    )


def _alone_on_line(text: str, start: int) -> bool:
    return not text[line_start(text, start) : start].strip(" \t–—~*-")


def _is_alone(words: str) -> bool:
    """Whether what stands before a name on its line is nothing or a label of a signature."""
    plain = words.strip(" \t–—~*-:,")
    return (
        not plain
        or bool(_LABEL.search(words))
        or bool(
            re.fullmatch(
                r"(?:electronically |digitally |e-?)?(?:signed|signature|completed|authenticated)(?: by)?",
                plain,
            )
        )
    )
