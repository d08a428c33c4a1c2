"""Finds the elements of a discharge summary wherever they stand (catalogue H6)."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.encounter.encounter import Encounter
from notelint.encounter.reportelements import goal_statuses
from notelint.language.loose import loose
from notelint.language.reading import Reading

#: The elements a message names, in this order, with the words it names them by.
DISCHARGE_ELEMENTS = {
    "goal_status": "goal status",
    "measures": "measures from start to end",
    "reason": "reason",
    "follow_up": "follow-up",
}

_STATUS = loose(
    r"\b(?:(?:all|most|\d+ (?:of|/) ?\d+|\d)\s(?:of (?:the )?)?(?:\w+ )?(?:goals?|ltgs?|stgs?)[^.;\n]{0,20}\b(?:met|achieved)|goals? (?:\w+ )?(?:met|not met|achieved|partially)|goals?,?[^.;\n]{0,80}\b(?:are|is|were|was) (?:all |both |now )?(?:not )?(?:met|achieved)|met (?:all|\d) )"
)
_COMPARED = loose(
    r"→|->|=>|>>|\b\d{1,3}(?:/\d{1,3}|%)? to \d{1,3}\b|\bfrom\b[^.;\n]{1,40}\bto\b|\bwas\b|\bwere\b|\b(?:initial\w*|eval|admission|start|soc|baseline|prior|previous\w*|then)\b[^\n]{1,60}\b(?:now|today|current\w*|d/c|discharge|final|end)\b"
    r"|\bvs\.?\b|\b(?:start|initial|eval|ie|soc|adm\w*|before)\s*(?:\||/\s?(?:now|end|d/c|discharge|final|after))|\b(?:came|gone|went) (?:down|up) from\b|\bthen\b[^.;\n]{1,30}\bnow\b|\b\d[\d./]*[^.;\n(]{0,10}\((?:was )?\d[\d./]* ?(?:at |on )?(?:eval|ie|soc|initial\w*|start|adm\w*|baseline)\b|\d ?[a-z%#°]{0,4} ?> ?\d|\d[^.;\n]{0,14}, ?from \d|\d[^.;\n]{0,16}\b(?:on the first day|at the start|when (?:he|she|we|they) (?:began|started))\b|\bbegan (?:on|at|with)\b[^.\n]{1,60}\b(?:leaves|leaving|now|ends)\b"
)
_REASON = loose(
    r"\b(?:reason|because|due to|goals? met|met (?:all )?goals|max\w* (?:potential|benefit|gains?)|plateau\w*|request\w*|hence (?:the )?(?:d/c|discharge)|(?:as|since) (?:all|both|every|she|he|they|goals?)\b|all (?:\w+ )?(?:are |were )?reached|stopping|so we stop|let go|protocol is done|leaving|taken off|chart closed|moved|moving|relocat\w+|exhaust\w+|"
    r"run out|ran out|insurance|authoris\w+|authoriz\w+|hospital\w*|admitted|transferred|deceased|expired|passed away|did not return|lost to|self[- ]discharg\w+|"
    r"no longer|returned to (?:work|sport|school)|independent with (?:hep|home)|per (?:md|physician|pt|patient)|surgery|stopped coming|unplanned|surgeon)\b|d/t|\bmet\b"
)
_FOLLOW = loose(
    r"\b(?:hep|home (?:program|exercise|practice|work)|follow[- ]?up|f/u|return (?:if|to)|call (?:if|with|us)|contact|refer\w*|recommend\w*|continue (?:with )?(?:hep|home|gym|community)|"
    r"disposition|discharged? to|going to|after (?:d/c|discharge)|re-?checks?|re-?check|(?:phones?|rings?|calls?) (?:me|us|clinic|the clinic|sooner|back|if)|carr(?:y|ies) on|stays? on|ortho \d|dr\.? \w+ \d|new (?:eval|order|script|referral)|gym|community|outpatient|home health|caregiver|family|surgeon|group|practi[cs]\w+|homework|workbook|after\s?:|md\b|physician)\b"
)
_UNEXPECTED = loose(
    r"\b(?:unplanned|unexpected\w*|hospitali[sz]\w*|in (?:the )?hospital|wo?n['’]?t be back|not (?:be )?(?:coming|returning) back|non-?visit|admitted|readmitted|moved|moving|relocat\w+|deceased|expired|passed away|transferred|insurance (?:ended|denied|changed|lapsed)|"
    r"change of insurance|per (?:pt|patient|family) request|(?:pt|patient|family|wife|husband|son|daughter) request\w*|authori[sz]ed visits|benefits exhausted|run out|ran out)\b"
)
_ONE_VISIT = loose(
    r"\b(?:one[- ]visit|single visit|eval(?:uation)? only|seen (?:once|for eval\w* only)|1 visit)\b"
)


#: "Goals, bathing modified independent met, dressing independent met": each with its status.
_MET = loose(r"\b(?:met|achieved|reached|missed|short of|not (?:met|reached))\b")
_GOALS = loose(r"\b(?:goals?|ltgs?|stgs?|g)(?:\s?#?\d{1,2})?\b")


def _told_met(lower: str) -> bool:
    """Whether several things are called met in a note that speaks of goals, or in a list of its own
    ("Soft diet, no cough over 3 meals: reached on 10/27", "1 LB dress mod I - MET")."""
    if len(_MET.findall(lower)) < _SEVERAL:
        return False
    return _GOALS.search(lower) is not None or len(_EACH_MET.findall(lower)) >= _SEVERAL


#: So many told with their status make a report of goals.
_SEVERAL = 2
_EACH_MET = loose(
    r"[:–-]\s?(?:goal )?(?:not |partially |partly )?(?:met|achieved|reached|missed)\b"
)


def missing_discharge_elements(encounter: Encounter) -> Iterator[str]:
    """Yields the keys of ``DISCHARGE_ELEMENTS`` not found; none where the end was not planned."""
    reading = encounter.reading
    lower = reading.lower
    if _UNEXPECTED.search(lower) or _ONE_VISIT.search(lower):
        return
    if not (_STATUS.search(lower) or _told_met(lower) or any(True for _ in goal_statuses(reading))):
        yield "goal_status"
    if not _has_comparison(reading):
        yield "measures"
    if not _REASON.search(lower):
        yield "reason"
    if not _FOLLOW.search(lower):
        yield "follow_up"


def _has_comparison(reading: Reading) -> bool:
    """A value then and a value now, in one statement or one row."""
    kinds = (
        "score",
        "grade",
        "percent",
        "rom",
        "speed",
        "scale",
        "number",
        "count",
        "distance",
        "seconds",
        "level",
    )
    for statement in reading.statements:
        if not _COMPARED.search(reading.lower, statement.start, statement.end):
            continue
        values = sum(
            2 if len(q.values) > 1 and q.kind == "rom" else 1
            for q in reading.quantities_in(statement.start, statement.end, *kinds)
        )
        values += sum(1 for _ in reading.mentions_in(statement.start, statement.end, "assist"))
        if values >= 2:
            return True
    return (
        _COMPARED.search(reading.lower) is not None
        and sum(1 for _ in reading.quantities_in(0, len(reading.text), *kinds)) >= 6
    )
