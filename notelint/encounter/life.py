"""What tells life from the clinic: home words, things of the clinic, short tails and pointers.

A line often says why in two words and no connector ("Digiflex x25 - jar lids", "rows (G1)").
"""

from __future__ import annotations

from collections.abc import Iterable

from notelint.language.loose import loose
from notelint.language.reading import Mention, Reading

#: "G1", "LTG A", "for row 1", "same aim": what points at a goal or at an item that has one.
_POINTER = loose(
    r"(?<![\w./-])(?:g ?#?[1-9]|(?:ltg|stg) ?#?[a-f])(?![\w/.]\w|[\w%/])"
    r"|\bfor (?:row|item|line|ex|#) ?#?\d\b(?! ?(?:x|#|lb|rep|set))"
    r"|\b(?:the |that |this )?same (?:task|goal|reason|purpose|function|aim)s?\b|\bfor (?:the )?above (?:task|goal)"
)
#: What belongs to a life and not to the clinic, where a looser connector points at it.
PLACES = (
    r"(?:house|porch|deck|garage|basement|attic|driveway|yard|garden|toilet|tub|shower|couch|sofa|car|van|truck|bus|desk|"
    r"computer|mailbox|aisle|crosswalk|parking lot|workshop|workbench|library|pharmacy|seat ?belt|shelf|shelves|cupboard|pantry|church|store|school|job|office|barn|bathroom|kitchen|closet|laundry|boat|pool deck)s?\b"
)
#: Who and what somebody lives with.
_WITH_WHOM = r"(?:grand\w+|kids?|dog|cat|wife|husband|daughter)s?\b"
HOME = loose(rf"\b(?:{PLACES}|{_WITH_WHOM})")
#: A place of life that something is done in ("for walking in stores with head turns").
IN_LIFE = loose(
    r"\b(?:in|at|to|into|around|through|off|out of|from|inside) (?:the |a |an |his |her |their |my |own )?(?:\w+ )?"
    + PLACES
    + r"|\bonto (?:the |a |an )?(?:next )?(?:step|stair|curb|bus|toilet|bed)\b"
    + r"|\bat (?:the |her |his |a |kitchen |bathroom )*(?:sink|stove|counter|closet)\b"
    + r"|\b(?:on|for) (?:the |his |her )?(?:front |porch |entry |back |basement )?(?:steps|stairs|curbs?|ramps?|uneven|grass|gravel|turning|turns)\b"
)

#: Things of the clinic: what is done with them is practice and no task of daily life.
_CLINIC_THINGS = frozenset({"cone", "peg", "bean bag", "bead", "clothespin", "dowel"})


def is_clinic_thing(mention: Mention) -> bool:
    """Whether a mention is a cone, a peg, a clothespin."""
    sense = mention.sense("object")
    return sense is not None and sense.term in _CLINIC_THINGS


def handles_clinic_things(mentions: Iterable[Mention]) -> bool:
    """Whether words name things of the clinic and none of the household."""
    things = [m for m in mentions if m.is_a("object")]
    return any(is_clinic_thing(m) for m in things) and not any(
        m.has_tag("household") for m in things
    )


#: What a line may end with: a short tail behind a mark ("Digiflex x25 - jar lids", "; he stacks feed bags").
_TAIL = loose(
    r"(?:\s[-–—>~|/] ?|; ?|, (?:pt|he|she|they) (?=\w+s\b))(?=(?P<words>[^-–—>~|;,]{4,60})$)"
)
_TAIL_AT = 16


def ends_with_life(reading: Reading, start: int, end: int) -> bool:
    """Whether the short tail of a line names a task, a thing of the household or a place of life."""
    while end > start and reading.text[end - 1] in " \t\r\n.)|":
        end -= 1
    tail = _TAIL.search(reading.lower[start:end])
    if tail is None:
        return False
    at, told = start + tail.start("words"), tail["words"]
    if any(character.isdigit() for character in told):
        return False
    named = list(reading.mentions_in(at, end))
    if any(m.is_a("assist", "cue", "response", "exercise", "technique") for m in named):
        return False
    if HOME.search(told):
        return True
    return not handles_clinic_things(named) and any(
        (m.is_a("task") and not m.has_tag("lifting"))
        or (m.is_a("object") and m.has_tag("household"))
        for m in named
        if m.start - at < _TAIL_AT
    )


def points_at_purpose(reading: Reading, start: int, end: int) -> bool:
    """Whether a stretch holds a short goal tag ("G1") or points at an item that has a purpose."""
    return bool(_POINTER.search(reading.lower, start, end))
