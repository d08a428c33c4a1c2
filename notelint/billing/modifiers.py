"""What the modifiers of one charge line say, against each other and against the visit.

Nothing here says which modifier pays better; each issue names what contradicts what.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from notelint.billing.codes import Code
from notelint.billing.edits import EditPair
from notelint.billing.units import DISCIPLINE_OF_MODIFIER, LEAST_MINUTES

DISCIPLINE_MODIFIER: Mapping[str, str] = {d: m for m, d in DISCIPLINE_OF_MODIFIER.items()}
#: Assistant modifiers with the discipline modifier each belongs to.
ASSISTANT_MODIFIERS: Mapping[str, str] = {"CQ": "GP", "CO": "GO"}
DISTINCT_MODIFIERS = frozenset({"59", "XE", "XS", "XP", "XU"})
ABN_MODIFIERS = frozenset({"GA", "GZ", "GX", "GY"})
TELEHEALTH_MODIFIERS = frozenset({"95"})
REDUCED_MODIFIERS = frozenset({"52", "53"})

ModifierIssueKind = Literal[
    "discipline_missing",  # no GP, GO or GN
    "discipline_several",  # two of them
    "discipline_mismatch",  # not the plan's discipline
    "assistant_pair",  # CQ without GP, CO without GO, or both
    "assistant_missing",  # assistant time needs a modifier and the line has none
    "assistant_unsupported",  # the modifier stands although no unit needs it
    "distinct_without_pair",  # 59 or X with no pair on the date
    "distinct_without_time",  # 59 or X for a pair whose time is not separate
    "pair_without_time",  # a pair without separate time and without modifier
    "pair_never",  # both codes of a pair that no modifier opens
    "abn_several",  # two of GA, GZ, GX, GY (GX with GY is allowed)
    "ga_without_abn",
    "gz_with_abn",
    "kx_below_threshold",
    "kx_missing",
    "reduced_short",  # 52 or 53 on a timed code under 8 minutes
]


@dataclass(frozen=True, slots=True)
class ModifierIssue:
    """One contradiction of a line. ``found`` are the modifiers concerned; ``other`` is the second
    code or the modifier that the rest of the line calls for, where there is one.
    """

    kind: ModifierIssueKind
    code: str
    found: tuple[str, ...] = ()
    other: str = ""


def review_discipline(
    code: str, modifiers: Sequence[str], discipline: str = "unknown"
) -> Iterator[ModifierIssue]:
    """Exactly one of GP, GO, GN, that of the plan's discipline (``unknown``: not compared)."""
    found = tuple(m for m in modifiers if m in DISCIPLINE_OF_MODIFIER)
    expected = DISCIPLINE_MODIFIER.get(discipline, "")
    if not found:
        yield ModifierIssue("discipline_missing", code, (), expected)
    elif len(set(found)) > 1:
        yield ModifierIssue("discipline_several", code, found, expected)
    elif expected and found[0] != expected:
        yield ModifierIssue("discipline_mismatch", code, found[:1], expected)


def review_assistant_pair(code: str, modifiers: Sequence[str]) -> Iterator[ModifierIssue]:
    """CQ stands with GP and CO with GO, and never both."""
    found = tuple(dict.fromkeys(m for m in modifiers if m in ASSISTANT_MODIFIERS))
    discipline = {m for m in modifiers if m in DISCIPLINE_OF_MODIFIER}
    if len(found) > 1:
        yield ModifierIssue("assistant_pair", code, found)
        return
    for modifier in found:
        partner = ASSISTANT_MODIFIERS[modifier]
        if discipline and partner not in discipline:
            yield ModifierIssue("assistant_pair", code, (modifier, *sorted(discipline)), partner)


def review_assistant_units(
    code: str,
    with_modifier: int,
    without: int,
    *,
    needed: int,
    discipline: str,
) -> Iterator[ModifierIssue]:
    """Billed units of a code with and without CQ/CO, against the units that need it.

    Args:
        code: the code of the lines.
        with_modifier: billed units with CQ or CO.
        without: billed units without.
        needed: units that need the modifier (``assistant.split_timed``, only if ``sure``).
        discipline: PT or OT; others have no assistant modifier and yield nothing.
    """
    modifier = assistant_modifier(discipline)
    if modifier is None:
        return
    if with_modifier < needed and without:
        yield ModifierIssue("assistant_missing", code, (), modifier)
    elif with_modifier > needed:
        yield ModifierIssue("assistant_unsupported", code, (modifier,))


def assistant_modifier(discipline: str) -> str | None:
    """Returns CQ for PT, CO for OT, None otherwise."""
    return {"PT": "CQ", "OT": "CO"}.get(discipline)


def review_distinct(
    code: str, modifiers: Sequence[str], pairs: Sequence[EditPair], *, distinct: bool
) -> Iterator[ModifierIssue]:
    """59 and its family on one line, against the verified pairs that the line is part of.

    Args:
        code: the code of the line.
        modifiers: its modifiers.
        pairs: all pairs on the date of service that hold the code, unverified ones too.
        distinct: whether the note shows distinct time for them (``edits.shows_distinct_time``).
    """
    found = tuple(m for m in modifiers if m in DISTINCT_MODIFIERS)
    known = [pair for pair in pairs if pair.verified and code in (pair.column1, pair.column2)]
    if found and not pairs:
        yield ModifierIssue("distinct_without_pair", code, found)
        return
    for pair in known:
        other = pair.column2 if code == pair.column1 else pair.column1
        if pair.indicator == "0":
            yield ModifierIssue("pair_never", code, found, other)
        elif not distinct:
            kind: ModifierIssueKind = "distinct_without_time" if found else "pair_without_time"
            yield ModifierIssue(kind, code, found, other)


def review_abn(
    code: str, modifiers: Sequence[str], *, abn_on_file: bool | None
) -> Iterator[ModifierIssue]:
    """GA: an ABN is on file. GZ: none is. At most one of them; GX may stand with GY.

    ``abn_on_file`` is None where the record does not say.
    """
    found = tuple(dict.fromkeys(m for m in modifiers if m in ABN_MODIFIERS))
    if len(found) > 1 and set(found) != {"GX", "GY"}:
        yield ModifierIssue("abn_several", code, found)
    elif "GA" in found and abn_on_file is False:
        yield ModifierIssue("ga_without_abn", code, ("GA",))
    elif "GZ" in found and abn_on_file:
        yield ModifierIssue("gz_with_abn", code, ("GZ",))


def review_kx(
    code: str, modifiers: Sequence[str], *, used: float | None, threshold: int | None
) -> Iterator[ModifierIssue]:
    """KX only above the threshold of the year. ``used``: dollars so far in the pool, this visit
    included; None (or no threshold for the year) yields nothing.
    """
    if used is None or threshold is None:
        return
    if "KX" in modifiers and used <= threshold:
        yield ModifierIssue("kx_below_threshold", code, ("KX",))
    elif "KX" not in modifiers and used > threshold:
        yield ModifierIssue("kx_missing", code, (), "KX")


def review_reduced(
    code: Code, modifiers: Sequence[str], minutes: float | None
) -> Iterator[ModifierIssue]:
    """52 and 53 do not make a unit of a 15-minute code under 8 minutes."""
    found = tuple(m for m in modifiers if m in REDUCED_MODIFIERS)
    if found and code.pooled and minutes is not None and minutes < LEAST_MINUTES:
        yield ModifierIssue("reduced_short", code.code, found)
