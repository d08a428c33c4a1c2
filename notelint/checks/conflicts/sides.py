"""Every treated part of a limb on the side opposite to the one condition the note names (K7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.checks.conflicts.places import conflict, today
from notelint.encounter.encounter import Encounter
from notelint.encounter.wording import wording
from notelint.language.reading import Reading, Span
from notelint.rulebook.rule import Hit

_SIDE = r"(?P<side>left|right|l|r|lt|rt)"
_CONDITION = wording(
    rf"\b{_SIDE}\.? (?:[a-z/-]+ ){{0,3}}?(?P<what>tk[ar]|th[ar]|tsa|rtsa|acl[r]?|rtc(?: repair)?|rcr|orif|fx|fracture|sprain|arthroplasty|replacement|repair|meniscectomy|"
    r"hemi(?:plegia|paresis|arthroplasty)?(?![- ](?:prop\w*|walk\w*|height|tech\w*|dress\w*|w/c|chair|sling))|tendin\w+|bursitis|oa|osteoarthritis|impingement|(?:adhesive )?capsulitis|bka|aka|tma|cts|ctr|tfcc|tear|strain|pfps)\b"
)
_REGION = {
    "lower": frozenset(
        "knee hip ankle foot toe thigh leg heel calf le quad quads hamstring hamstrings hams gastroc slr laq saq tke lle rle patella femur tibia glute glutes hs".split()
    ),
    "upper": frozenset(
        "shoulder elbow wrist hand finger thumb arm forearm ue bicep biceps tricep triceps deltoid rtc lue rue gh glenohumeral scapula grip pinch fingers".split()
    ),
}  # fmt: skip
_WHERE = {
    "lower": ("tka", "tkr", "tha", "thr", "acl", "aclr", "meniscectomy", "bka", "aka", "tma", "pfps", "knee", "hip", "ankle", "foot", "femur", "tibia", "calcane", "achilles", "patell"),
    "upper": ("tsa", "rtsa", "rtc", "rcr", "cts", "ctr", "tfcc", "capsulitis", "impingement", "shoulder", "wrist", "hand", "elbow", "humer", "radius", "thumb", "finger"),
}  # fmt: skip
_PART = wording(rf"\b(?:{_SIDE}\.? (?P<part>[a-z]+)|(?P<whole>lle|rle|lue|rue))\b")
#: The sound side that helps ("pulling it up with the left hand").
_HELPED = wording(
    r"\b(?:pull|lift|push|hold|support|help|assist|guid|steady|mov|rais)\w* (?:\w+ ){0,4}(?:with|by|using) (?:the |his |her )?$"
)
_HELPS = 48
_EITHER = re.compile(
    r"\b(?:b|bi?lat\w*|bilateral\w*|both|ble|bue|cross[- ]?education|uninvolved|non[- ]?involved|unaffected|non[- ]?affected|sound|intact|good (?:side|leg|arm)|opposite|contralateral|"
    r"compens\w*|one[- ]handed|non[- ]?dominant|dominance|hemi[- ]?technique|single[- ]limb|stance|sls|each|alternat\w*|reciprocal|assist\w* (?:by|with|from)|surgical|compare\w*|vs|versus|support)\b"
)
_FOR_ITSELF = wording(
    r"\b(?:cimt|constraint|nmes|fes|e-?stim|[ap]a?rom|aarom|weight[- ]?bearing|mobili[sz]ation|stretch\w*|tone|spastic\w*)\b"
)
_LETTER = {"left": "l", "l": "l", "lt": "l", "right": "r", "r": "r", "rt": "r"}


def opposite_side(encounter: Encounter) -> Iterator[Hit]:
    """Yields one hit where a limb's one condition and all of its treatment are on opposite sides."""
    reading = encounter.reading
    conditions = list(_conditions(reading))
    if not conditions:
        return
    for region in ("lower", "upper"):
        own = [c for c in conditions if c[1] == region]
        sides = {side for side, _, _ in own}
        if len(sides) != 1:
            continue
        treated = list(_treated(reading, region, [place for _, _, place in own]))
        side = sides.pop()
        if any("hemi" in text for text in map(reading.slice, (c[2] for c in own))) and not _direct(
            reading, treated
        ):
            continue  # the sound side does the task: that is the treatment
        if (
            treated
            and all(other != side for other, _ in treated)
            and not _said_otherwise(reading)
            and not _names_side(reading, side)
        ):
            yield conflict(encounter, own[0][2], treated[0][1])
            return


def _conditions(reading: Reading) -> Iterator[tuple[str, str, Span]]:
    for match in reading.matches(_CONDITION):
        words = match.group()
        statement = reading.statement_at(match.start())
        if statement is None or statement.contexts & {"hypothetical", "family", "quoted"}:
            continue
        regions = [r for r, names in _WHERE.items() if any(n in words for n in names)]
        if match["what"].startswith("hemi") and "arthro" not in match["what"]:
            regions = ["lower", "upper"]
        for region in regions if len(regions) == 1 or match["what"].startswith("hemi") else ():
            yield _LETTER[match["side"]], region, Span(match.start(), match.end())


def _treated(reading: Reading, region: str, conditions: list[Span]) -> Iterator[tuple[str, Span]]:
    for statement in today(reading):
        if statement.role not in ("treatment", "other"):
            continue
        for match in _PART.finditer(reading.lower, statement.start, statement.end):
            if any(c.start <= match.start() < c.end for c in conditions):
                continue
            if _HELPED.search(reading.lower, max(0, match.start() - _HELPS), match.start()):
                continue
            part = match["whole"] or match["part"]
            if part in _REGION[region]:
                yield (
                    (part[0] if match["whole"] else _LETTER[match["side"]]),
                    Span(match.start(), match.end()),
                )


def _names_side(reading: Reading, side: str) -> bool:
    """Whether what was done names the side of the condition with or without a part ("lead with R")."""
    return any(
        _ALONE[side].search(reading.lower, statement.start, statement.end)
        for statement in today(reading)
        if statement.role in ("treatment", "other", "response", "measure")
        and not _CONDITION.search(reading.lower, statement.start, statement.end)
    )


_ALONE = {"l": wording(r"\b(?:l|lt|left)\b"), "r": wording(r"\b(?:r|rt|right)\b")}


def _direct(reading: Reading, treated: list[tuple[str, Span]]) -> bool:
    """Whether a part was treated for itself, and did not do the work of the weak side."""
    return any(
        _FOR_ITSELF.search(reading.lower, max(0, place.start - 40), place.end + 40)
        for _, place in treated
    )


def _said_otherwise(reading: Reading) -> bool:
    return any(
        _EITHER.search(reading.lower, statement.start, statement.end)
        for statement in reading.statements
        if statement.role not in ("plan", "history", "hep")
    )
