"""Abbreviations without an expansion (K3), and those whose meaning the words leave open (K4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from notelint.encounter.encounter import Encounter
from notelint.encounter.wording import wording
from notelint.language.reading import Reading
from notelint.rulebook.params import SlotMissing
from notelint.rulebook.rule import Hit

if TYPE_CHECKING:
    from notelint.rulebook.pack import Pack

_CAPITALS = re.compile(r"(?<![\w/.'’&#*<\[{+-])[A-Z]{3,6}(?![\w/'’&*>\]}+-]|\.\w)")
_VOWEL = re.compile(r"[AEIOUY]")
_IN_CAPITALS = re.compile(r"\b[A-Z]{2,}[\s:,]+$")
_NEXT_CAPITALS = re.compile(r"[\s:,]+[A-Z]{2,}\b")
_EXPANDED = re.compile(r"\s*[(=:–-]+\s*[A-Za-z]{3,}")
#: Share of capitals among the letters above which a note is written in capitals.
_MOSTLY = 0.4

_SUBJECT_VERBS = r"(?:refused|declined|c/o|complain\w*|denie[sd]|reports?|reported|states?|stated|says|said|feels|felt|fell|tolerated|ambulated|walked|slept|motivated|tired|fatigued|agreeable|cooperative|arrived)"
#: Token → (what follows or stands around it while the meaning stays open, the senses asked about).
_OPEN: tuple[tuple[re.Pattern[str], str], ...] = (
    (wording(rf"(?<![\w/.-])(?P<token>PT) (?i:{_SUBJECT_VERBS})\b"), "the patient or the therapist"),
    (wording(r"(?<![\w/.-])(?P<token>TA)\s*(?i:x|×)\s*\d(?!\d)(?!\s*(?i:min))"), "therapeutic activity or total assist"),
    (wording(r"(?<![\w/.-])(?P<token>(?i:D/C)) (?i:soon|today|now|tomorrow|this week)\b"), "discharge or discontinue"),
    (wording(r"\b(?i:pmh|pmhx|dx|hx|diagnosis|history of|h/o)[: ]+(?:[\w, ]{0,24},\s*)?(?P<token>MS|AD|MI)\b(?! (?i:w/|with|x\d))"), "more than one condition"),
    (wording(r"\b(?i:sat|sitting|seated|sit|stood)(?: (?i:at|on))? (?P<token>SOB)\b"), "side of bed or shortness of breath"),
    (wording(r"(?<![\w/.-])(?P<token>PTA) (?i:independent|was|lived|walked)\b"), "the assistant or prior to admission"),
)  # fmt: skip


def unexplained(encounter: Encounter, params: SlotMissing, pack: Pack) -> Iterator[Hit]:
    """Capitals that no list and no word list knows, and that the note does not expand; once each.

    Only tokens that cannot be read as a word are asked about: a word may stand in capitals.
    """
    del params
    reading = encounter.reading
    text = reading.text
    if "glossary" in reading.lower:
        return
    known = _known(pack)
    told: set[str] = set()
    for match in reading.matches(_CAPITALS, as_written=True):
        token = match.group()
        if (
            token in told
            or token in known
            or (token[-1] == "S" and token[:-1] in known)
            or _VOWEL.search(token)
        ):
            continue
        if _is_known_here(reading, match) or _is_expanded(text, match):
            told.add(token)
            continue
        told.add(token)
        yield Hit("words", match.start(), match.end())


def ambiguous(encounter: Encounter, params: SlotMissing, pack: Pack) -> Iterator[Hit]:
    """Abbreviations of several meanings where the words around them choose none; once each."""
    del params, pack
    text = encounter.reading.text
    told: set[str] = set()
    for pattern, senses in _OPEN:
        for match in encounter.reading.matches(pattern, as_written=True):
            token = match["token"]
            if token in told or (token in ("PT", "PTA") and _shouts(text)):
                continue
            told.add(token)
            yield Hit("words", match.start("token"), match.end("token"), fields={"senses": senses})


def _is_known_here(reading: Reading, match: re.Match[str]) -> bool:
    """Whether a list knows the token, or it stands among other capitals or beside a number."""
    if reading.has_mention(match.start(), match.end()):
        return True
    before, after = (
        reading.text[max(0, match.start() - 16) : match.start()],
        reading.text[match.end() : match.end() + 12],
    )
    among = _IN_CAPITALS.search(before) and _NEXT_CAPITALS.match(after)
    if among and not _shouts(reading.text):
        return True
    statement = reading.statement_at(match.start())
    return statement is not None and statement.role in ("signature", "header")


def _is_expanded(text: str, match: re.Match[str]) -> bool:
    if _EXPANDED.match(text, match.end()):
        return True
    return (
        text[: match.start()].rstrip().endswith("(") and text[match.end() : match.end() + 1] == ")"
    )


def _shouts(text: str) -> bool:
    """Whether the note is written in capitals."""
    letters = sum(c.isalpha() for c in text)
    return letters > 0 and sum(c.isupper() for c in text) / letters > _MOSTLY


@lru_cache(maxsize=2)
def _tokens(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


def _known(pack: Pack) -> frozenset[str]:
    data = pack.data["abbreviations"]
    return _tokens(f"{data['known']} {data['days']}")
