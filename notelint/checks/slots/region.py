"""The region of the goals against the region of the treatment (B8).

Only regions that are written count, only where every goal names one and every item has one, and
trunk and gait serve any goal: remote effects are reasoned, not guessed.
"""

from __future__ import annotations

from collections.abc import Iterator

from notelint.checks.linkage import purpose_kind
from notelint.encounter.encounter import Encounter
from notelint.language.loose import loose
from notelint.rulebook.params import SlotMissing
from notelint.rulebook.rule import Hit

_UPPER = loose(
    r"\b(?:shoulders?|shld|elbows?|wrists?|hands?|fingers?|thumbs?|grip|pinch|forearms?|overhead|reach\w*|jars?|"
    r"b?ue|rtc|rotator|bicep\w*|tricep\w*|putty|wand|pulleys?|pegs?|typing|handwriting|write|scap\w*|er/ir|rows?|curls?(?= 2| 3))\b"
)
_LOWER = loose(
    r"\b(?:knees?|hips?|ankles?|foot|feet|toes?|b?le|quads?|quad sets?|hamstrings?|heel (?:slides?|raises?)|slrs?|straight leg|clams?|"
    r"clamshells?|bridg\w+|leg press|squats?|lunges?|step[- ]?(?:ups?|downs?)|laqs?|saqs?|tkes?|calf|gastroc\w*|dorsiflexion|stairs?|"
    r"walk\w*|gait|ambulat\w*|stand\w*|sts|sit to stand|transfers?|balance|sls|tandem)\b"
)
_ANY = loose(
    r"\b(?:trunk|core|plank\w*|bird dogs?|dead ?bugs?|pelvi\w+|spine|back|lumbar|cervical|neck|posture|breath\w*|abdominal|nu-?step|bike|ube|"
    r"arm bike|recumbent|aerobic|full body|dressing|bath\w*|toilet\w*|shower|home|work|job|sport|bed|floor|carry\w*|lift\w*)\b"
)


def mismatched(encounter: Encounter, params: SlotMissing) -> Iterator[Hit]:
    """One hit of note scope where all goals are of one limb and all treatment of the other."""
    del params
    goals = [goal.text.lower() for goal in encounter.goals if goal.text]
    if not goals:
        return
    wanted = {_region(text) for text in goals}
    if len(wanted) != 1 or wanted & {"any", "both"}:
        return
    treated = set()
    for activity in encounter.activities:
        if not activity.heads and not activity.technique:
            continue
        if purpose_kind(encounter, activity) == "functional":
            return
        words = encounter.reading.lower[activity.place.start : activity.place.end]
        treated.add(_region(words))
    if len(treated) != 1 or treated & {"any", "both"} or treated == wanted:
        return
    names = {"upper": "upper limb", "lower": "lower limb"}
    yield Hit("note", fields={"goals": names[wanted.pop()], "treated": names[treated.pop()]})


def _region(words: str) -> str:
    if _ANY.search(words):
        return "any"
    upper, lower = bool(_UPPER.search(words)), bool(_LOWER.search(words))
    if upper == lower:
        return "both" if upper else "any"
    return "upper" if upper else "lower"
