"""Blanks of a template that nobody filled, this linter's own placeholders among them (K5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from notelint.encounter.encounter import Encounter
from notelint.language.boxes import none_ticked
from notelint.language.reading import Reading
from notelint.rulebook.params import SlotMissing
from notelint.rulebook.rule import Hit

if TYPE_CHECKING:
    from notelint.rulebook.pack import Pack

_BLANK = re.compile(
    r"(?P<stars>\*{3,})"
    r"|(?P<line>_{3,}|(?<![\w_])__(?=\s?(?:min(?:ute)?s?|units?|sec|reps?|ft)\b|/\s?10\b))"
    r"|\{\{[^{}\n]{0,60}\}\}|\{(?:blank|select|enter|insert|choose)[^{}\n]{0,60}\}"
    r"|<<[^<>\n]{0,60}>>|<(?:enter|insert|select|patient|date|name|fill)[^<>\n]{0,40}>"
    r"|(?<!\w)@[a-z]{3,24}@(?!\w)"
    r"|[\[{](?:[a-z]+/){2,}[a-z]+[\]}]|\[(?:pick|choose|select|circle) one[^\[\]\n]{0,60}\]|\(#\s{0,2}(?:of\s{1,2})?[a-z]{3,}\)"
    r"|(?P<bracket>\[[a-z][^\[\]\n]{0,60}\])"
    r"|(?<![\w/])(?:xx/xx(?:/xx(?:xx)?)?|mm/dd(?:/yy(?:yy)?)?|xx+(?=\s{0,2}(?:min\b|mins\b|ft\b|feet\b|reps?\b|%|deg|lbs?\b|sec|visits?\b|weeks?\b|wks?\b))|x%|x/10|(?P<tally>xxx+))(?![\w/])"
    r"|(?<![\w])(?P<tbd>tbd)(?!\w)"
    r"|\b(?:choose an item|click or tap(?: here)? to enter(?: text)?|insert text here|enter text here|lorem ipsum|select one)\b"
)
#: Words that make a bracket a blank to fill and not a remark.
_ASKED = frozenset(
    """activity activities assist assistance cue cues date describe diagnosis distance dose duration enter
    equipment exercise fill frequency functional goal grade insert joint level list measure minutes muscle
    name credential number option outcome placeholder position purpose reason region response result score
    select side specific specify surface task technique value values choose amount type finding baseline
    target body part number_of reps sets weight patient therapist text""".split()
)  # fmt: skip
_LATER = re.compile(
    r"\b(?:surgery|procedure|date|appt|appointment|follow|f/u|discharge|d/c|mri|x-?ray|md|visit|pending|destination|schedule\w*|time)\b"
)
_SIGN_HERE = re.compile(
    r"\b(?:signature|sign|signed|sig|date|dated|initials?|name|print|printed|time|npi|md|do|np|pa|physician|provider|cosign\w*|certif\w*|approv\w*|by)\b[\s:.,/)#-]*$"
)
_SIGNED_ON = re.compile(r"[ \t]{0,8}(?:date|time|md|do|np|dr|physician)\b")
_CLOZE = re.compile(
    r"\b(?:carrier|cloze|fill[- ]?in|completion|complete the|sentence starter|phrase)\b"
)
_WARNED = re.compile(
    r"\*{3}[ \t]{0,3}(?:[^*\n]{0,24}\b)?(?:falls?|risks?|precautions?|allerg\w+|alert|n?wb|no wb|npo|dnr|aspiration|isolation|contact|no bp|impulsive|caution|warning)"
    r"\b[^*\n]{0,24}\*{3}"
)
_CROSSES_BEFORE = re.compile(r"xx[,;]?\s{1,3}$")
_CROSSES_AFTER = re.compile(r"[,;]?\s{1,3}xx")
#: A bracket that holds what was chosen for it ("[Patient tolerated treatment well]").
_CHOSEN = re.compile(
    r"^\[(?!(?:select|choose|pick|circle|enter|insert)\b)[^\]]*:|\b(?:tolerated|tolerates|continues?|unable|able|positive|negative|denies|denied|reports?|demonstrated|demonstrates|improved|intact|normal|independent|agrees|is|was|were|are|has|no change)\b"
)
#: A section that is never only the heading of others.
_LEAVES = frozenset({"assessment", "subjective", "education"})


#: A line that a word in brackets heads: "[Muscle] DNF endurance 9 sec". A note with several has such headings.
_HEADED = re.compile(r"^\[[a-z /&-]{3,30}\](?=[ \t]*(?:[^\s\[]|\r?$))", re.M)
_MANY_HEADS = 3


def _heads_line(lower: str, at: int) -> bool:
    """Whether a word in brackets heads its line as others of the note do."""
    return _HEADED.match(lower, at) is not None and len(_HEADED.findall(lower)) >= _MANY_HEADS


def unfilled(encounter: Encounter, params: SlotMissing, pack: Pack) -> Iterator[Hit]:
    """Yields a hit for each blank; check boxes, remarks in brackets and ruled lines are none."""
    del params
    reading = encounter.reading
    lower = reading.lower
    own = _own_placeholders(pack)
    for match in reading.matches(_BLANK):
        if match["bracket"] and not _asks(match["bracket"], own):
            continue
        if match["bracket"] and _heads_line(lower, match.start()):
            continue
        if match["bracket"] and match["bracket"] not in own and _CHOSEN.search(match["bracket"]):
            continue
        if (match["stars"] or match["line"]) and _rules_a_line(lower, match):
            continue
        if match["stars"] and _shouts(lower, match):
            continue
        if match["tally"] and _is_tally(lower, match):
            continue
        if "negated" in reading.context_at(match.start()):
            continue  # what stands behind an empty box was not asked
        if match["line"] and (
            _SIGN_HERE.search(lower, max(0, match.start() - 32), match.start())
            or (_SIGNED_ON.match(lower, match.end()) and _is_certified(reading, match.start()))
        ):
            continue
        if match["line"] and _is_cloze(reading, match):
            continue
        if match["tbd"] and _is_open_matter(reading, match.start()):
            continue
        yield Hit("words", match.start(), match.end())
    yield from _empty_headings(reading)
    for match in reading.matches(_EMPTY_FIELD):
        line = lower.rfind("\n", 0, match.start("label")) + 1
        if none_ticked(lower[line : match.start("label")]):
            continue  # "[ ] yes  [ ] no   Describe:"
        yield Hit("words", match.start("label"), match.end("label"))


#: A field of a form that asks for something and holds nothing, before another field or the signature.
_EMPTY_FIELD = re.compile(
    r"(?:^[ \t]*+|(?<=[ \t]{3}))(?P<label>(?:goals? (?:not )?met|recommendations?|discharge (?:plan|destination|status)|rehab potential|prognosis|reason for (?:referral|discharge)"
    r"|next steps?|duration|frequency|describe|topics?|specifics?|(?:plan ?/ ?)?(?:updates|changes) to [a-z ]{3,24}|plan for (?:the )?next [a-z ]{3,30})[ \t]*:)"
    r"(?:[ \t_]*\r?\n(?=[ \t\r\n]*(?:[a-z][a-z /()&-]{2,40}:|[^\n]{3,30}\b(?:pta?|otr|cota|slp|dpt)\b))|[ \t]{4,}+(?=[a-z][a-z /]{2,24}:))",
    re.M,
)


def _is_certified(reading: Reading, at: int) -> bool:
    """Whether a line for the physician's hand is left: nobody else fills it."""
    before = (reading.statement_at(i) for i in range(max(0, at - 1), max(0, at - 8), -1))
    statement = next((s for s in before if s is not None), None)
    if statement is None:
        return False
    above = reading.statements[max(0, statement.index - 1)]
    return _PHYSICIAN.search(reading.lower, above.start, statement.end) is not None


_PHYSICIAN = re.compile(r"\b(?:certif\w*|physician|provider|md|np|dr)\b")


def _asks(bracket: str, own: frozenset[str]) -> bool:
    if bracket in own:
        return True
    words = re.findall(r"[a-z_]+", bracket)
    return (
        0 < len(words) <= 6
        and not re.search(r"\d", bracket)
        and any(w in _ASKED for w in words)
        and words[0] not in ("see", "per", "pt", "no", "not", "as", "sic")
    )


def _rules_a_line(lower: str, match: re.Match[str]) -> bool:
    """A line of nothing but the sign, or words framed by it on both sides."""
    start = lower.rfind("\n", 0, match.start()) + 1
    stop = lower.find("\n", match.end())
    line = lower[start : len(lower) if stop < 0 else stop].strip()
    sign = match.group()[0]
    if not line.strip(sign + " "):
        return True
    framed = (
        line.startswith(sign * 3)
        and line.rstrip(" .:").endswith(sign * 3)
        and len(line.strip(sign + " .:")) > 2
    )
    return framed or (
        sign == "*"
        and len(match.group()) == 3
        and lower[match.end() : match.end() + 1].isalnum()
        and "***" in lower[match.end() : stop if stop >= 0 else len(lower)]
    )


def _shouts(lower: str, match: re.Match[str]) -> bool:
    """A warning between stars ("*** FALL RISK *** mod A to pivot")."""
    before = _WARNED.search(lower, max(0, match.start() - 44), match.end())
    return bool(before or _WARNED.match(lower, match.start(), match.end() + 44))


def _is_tally(lower: str, match: re.Match[str]) -> bool:
    """Crosses in groups count repetitions."""
    return bool(
        _CROSSES_BEFORE.search(lower[max(0, match.start() - 6) : match.start()])
        or _CROSSES_AFTER.match(lower, match.end())
    )


def _is_cloze(reading: Reading, match: re.Match[str]) -> bool:
    """A blank that the patient was to fill: a carrier phrase, a sentence to complete."""
    if reading.context_at(match.start()) & {"quoted"}:
        return True
    statement = reading.statement_at(match.start())
    if statement is None:
        return False
    near = reading.lower[
        max(statement.start, match.start() - 40) : min(statement.end, match.end() + 4)
    ]
    return bool(
        re.search(r"[\"“”‘]", near) or _CLOZE.search(reading.lower, statement.start, statement.end)
    )


def _is_open_matter(reading: Reading, at: int) -> bool:
    """ "Surgery date TBD" says what is not yet known; "Response: TBD" was not filled in."""
    statement = reading.statement_at(at)
    if statement is None:
        return False
    if statement.contexts & {"quoted", "historical"}:
        return True
    return bool(_LATER.search(reading.lower, statement.start, at))


#: A heading with a score or a range in it.
_VALUED = re.compile(r"[A-Za-z]\W+\d{1,2}(?:-\d{1,2})?/\d")


def _empty_headings(reading: Reading) -> Iterator[Hit]:
    """A heading of a part that is filled by itself, with nothing under it before the next one."""
    for section, after in zip(reading.sections, reading.sections[1:], strict=False):
        if section.kind not in _LEAVES or not section.label or after.kind == section.kind:
            continue
        if _VALUED.search(section.label):
            continue  # "PAIN 0/10" is its own value
        body = reading.text[section.body_start : section.end]
        if not body.strip(" \t\r\n:.-–—*_"):
            yield Hit(
                "words", section.start, min(section.body_start, section.start + len(section.label))
            )


@lru_cache(maxsize=2)
def _placeholders(pack_hash: str, rewrites: tuple[str, ...]) -> frozenset[str]:
    del pack_hash
    return frozenset(m.lower() for r in rewrites for m in re.findall(r"\[[^\[\]]+\]", r))


def _own_placeholders(pack: Pack) -> frozenset[str]:
    """What this linter's own rewrites leave to the author, in lower case."""
    return _placeholders(pack.hash, tuple(rule.rewrite for rule in pack.rules if rule.rewrite))
