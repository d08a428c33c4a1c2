"""Tells a person's name from the words of a note, beside a professional credential."""

from __future__ import annotations

import re

from notelint.language.reading import Reading, Span
from notelint.language.stopwords import is_content

# One word of a name, an initial, or a particle; in any case, as notes are also all capitals.
_WORD = r"(?:[^\W\d_][^\W\d_'’]*(?:['’-][^\W\d_]+)*\.?)"
_HEAD = re.compile(rf"\s*(?P<sep>[:,–—-]|\bis\b)?\s*(?P<name>(?:{_WORD}\s){{0,3}}{_WORD})")
_LABEL = re.compile(
    r"(?:^|\b)(?:signed|signature|by|therapist|clinician|provider|author|/s/|treating|supervising|name)\W*$"
)
_SIGNERS = frozenset({"therapist", "by", "clinician", "provider", "signed", "signature", "author"})
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
    r"(?:^|[\n\r.;:!?|)\]]\s*,?|\s{2,}|[–—~*-]\s*|\t|\b(?:min|mins|minutes|total|tot)\s+|\d\s+|\bby\s+|/s/\s*)$"
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


def name_before(
    reading: Reading, start: int, end: int, *, weak: bool, alone: bool = False
) -> Span | None:
    """Returns the name that ends right before a credential in ``start:end``, or None.

    ``weak`` credentials ("PT", "OT") are also plain words: they need a name that no list of the
    note's words knows. ``alone`` asks for a line that holds nothing but a name and its label.
    """
    match = _tail(reading.text, start, end)
    if match is None:
        return None
    parts = [
        (start + m.start(), start + m.end())
        for m in _PARTS.finditer(reading.text[start:end])
        if start + m.start() >= match.start
    ]
    kept = _name_words(reading, parts, weak)
    if not kept or not _is_name(reading, kept, end, weak):
        return None
    first = kept[0][0]
    if alone and not _is_alone(reading.lower[start:first]):
        return None
    return Span(first, kept[-1][1])


def name_after(reading: Reading, end: int, *, weak: bool) -> Span | None:
    """Returns the name that follows a credential ("PT: J. Smith"), or None."""
    stop = reading.text.find("\n", end)
    match = _HEAD.match(reading.text, end, min(len(reading.text) if stop < 0 else stop, end + 48))
    if match is None:
        return None
    parts = [
        (match.start("name") + m.start(), match.start("name") + m.end())
        for m in _PARTS.finditer(match["name"])
    ]
    kept: list[tuple[int, int]] = []
    for a, b in parts:
        word = reading.text[a:b]
        if not (word[0].isupper() or word.rstrip(".").lower() in _PARTICLE) or not _nameable(
            reading, a, b, strict=True
        ):
            break
        kept.append((a, b))
    if len(kept) < 2 or (reading.text.isupper() and (weak or match["sep"] != ":")):
        return None
    tail = reading.text[kept[-1][1] : kept[-1][1] + 24].split("\n")[0]
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


def _name_words(
    reading: Reading, parts: list[tuple[int, int]], weak: bool
) -> list[tuple[int, int]]:
    """The words nearest the credential that may belong to a name."""
    kept: list[tuple[int, int]] = []
    mixed = not (reading.text.isupper() or reading.text.islower())
    labelled = bool(parts) and _is_alone(
        reading.lower[reading.text.rfind("\n", 0, parts[0][0]) + 1 : parts[0][0]]
    )
    labelled = labelled or any(reading.lower[a:b] in _SIGNERS for a, b in parts)
    for a, b in reversed(parts):
        word = reading.text[a:b]
        plain = word.rstrip(".").lower()
        if kept and plain in _PARTICLE:
            kept.append((a, b))
            continue
        if plain in NOT_NAMES:
            break
        if mixed and word[0].islower() and kept and not labelled:
            break
        if mixed and word[0].islower() and not labelled and (weak or not _unknown(reading, a, b)):
            break
        if not _nameable(reading, a, b, strict=weak):
            break
        kept.append((a, b))
    kept.reverse()
    while (
        kept
        and reading.text[kept[0][0] : kept[0][1]].rstrip(".").lower() in _PARTICLE
        and len(kept) > 1
    ):
        if reading.text[kept[0][0]].isupper() or reading.text[kept[0][0] : kept[0][1]].lower() in (
            "van",
            "de",
            "von",
        ):
            break
        kept.pop(0)
    return kept


def _is_name(reading: Reading, kept: list[tuple[int, int]], end: int, weak: bool) -> bool:
    """Whether the words are a name: a surname, or initials that stand for themselves."""
    words = [reading.text[a:b] for a, b in kept]
    letters = [w.rstrip(".") for w in words]
    first = kept[0][0]
    apart = bool(_BOUNDARY.search(reading.text, max(0, first - 12), first)) or first == 0
    if max(len(w) for w in letters) <= 3 and not any(
        w[0].isupper() and w[1:].islower() and len(w) > 2 for w in letters
    ):
        if sum(len(w.replace(".", "")) for w in letters) < 2:
            return False
        if weak and max(len(w) for w in letters) > 2 and "." not in "".join(words):
            return False
        separated = "," in reading.text[kept[-1][1] : end] or "/" in reading.text[kept[-1][1] : end]
        return apart and (not weak or separated or _alone_on_line(reading.text, first))
    uniform = reading.text.isupper() or reading.text.islower()
    initials = any(len(w) == 1 for w in letters) and len(letters) > 1
    if weak and uniform and not initials:
        return apart and all(_unknown(reading, a, b) for a, b in kept) and len(kept) >= 2
    if weak and len(kept) == 1 and not initials:
        return apart and _unknown(reading, *kept[0])
    return True


def _nameable(reading: Reading, a: int, b: int, *, strict: bool) -> bool:
    """Whether a word may stand in a name: not a stop word, nor (strictly) a word of the lists."""
    plain = reading.text[a:b].rstrip(".").lower()
    if plain in NOT_NAMES:
        return False
    if len(plain) <= 1 or plain in _PARTICLE:
        return True
    if len(plain) == 2:
        return not any(True for _ in reading.mentions_in(a, b))
    word = reading.text[a:b].rstrip(".")
    if word.isupper() and 1 < len(word) <= 5 and not reading.text.isupper() and len(word) > 3:
        return False
    return (
        not strict
        or _unknown(reading, a, b)
        or (
            word[0].isupper()
            and word[1:].islower()
            and is_content(plain)
            and not _phrase(reading, a, b)
        )
    )


def _unknown(reading: Reading, a: int, b: int) -> bool:
    plain = reading.text[a:b].rstrip(".").lower()
    return is_content(plain) and not any(True for _ in reading.mentions_in(a, b))


def _phrase(reading: Reading, a: int, b: int) -> bool:
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
        for m in reading.mentions_in(a, b)
    )


def _alone_on_line(text: str, start: int) -> bool:
    return not text[text.rfind("\n", 0, start) + 1 : start].strip(" \t–—~*-")


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
