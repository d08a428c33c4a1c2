"""Which units of a service carry the assistant modifier (CQ for a PTA, CO for an OTA).

42 CFR 410.59, 410.60 and the CY2022 fee schedule (CMS-1751-F). Minutes furnished by therapist and
assistant together count as the therapist's. Where CMS's shortcut and the strict ten percent
differ, or no source covers the case, the answer is ``sure=False``: a rule may then only inform.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from notelint.billing.codes import UNIT_MINUTES
from notelint.billing.units import LEAST_MINUTES

DeMinimis = Literal["with", "without", "either"]


@dataclass(frozen=True, slots=True)
class AssistantSplit:
    """Units of one code with and without the modifier. ``reason`` is the step that decided."""

    with_modifier: int
    without: int
    sure: bool
    reason: Literal[
        "whole_units",
        "therapist_midpoint",
        "de_minimis",
        "rounding_band",
        "one_each",
        "not_covered",
        "no_units",
    ]


def de_minimis(assistant: float, total: float) -> DeMinimis:
    """Says whether assistant minutes exceed ten percent of a unit's (or service's) minutes.

    The strict test (more than 10 %) and CMS's shortcut (divide by 10, round, add 1) differ at some
    totals: of 15 minutes, 2 exceed ten percent, the shortcut asks for 3. There: ``either``.
    """
    if assistant <= 0 or total <= 0:
        return "without"
    if assistant >= total:
        return "with"
    strict = assistant * 10 > total
    shortcut = assistant >= int(total / 10 + 0.5) + 1
    if strict == shortcut:
        return "with" if strict else "without"
    return "either"


def split_timed(
    units: int, therapist: float, assistant: float, *, midpoint_exception: bool = True
) -> AssistantSplit:
    """Splits the units allocated to one 15-minute code.

    Args:
        units: units allocated to the code (by the CMS rule over the whole visit).
        therapist: minutes by the therapist, alone or together with the assistant.
        assistant: minutes by the assistant alone.
        midpoint_exception: whether the CY2022 rule holds (dates of service from 2022-01-01).
    """
    if units <= 0:
        return AssistantSplit(0, 0, True, "no_units")
    own, rest_own = divmod(therapist, UNIT_MINUTES)
    helped, rest_helped = divmod(assistant, UNIT_MINUTES)
    without, with_modifier = int(own), int(helped)
    left = units - without - with_modifier
    if left < 0 or left > 2:
        return AssistantSplit(min(units, with_modifier), max(0, units - with_modifier), False, "not_covered")  # fmt: skip
    if left == 0:
        return AssistantSplit(with_modifier, without, True, "whole_units")
    if left == 2:
        both_long = rest_own + rest_helped >= UNIT_MINUTES + LEAST_MINUTES
        sure = both_long and midpoint_exception
        reason: Literal["one_each", "not_covered"] = "one_each" if sure else "not_covered"
        return AssistantSplit(with_modifier + 1, without + 1, sure, reason)
    if midpoint_exception and rest_own >= LEAST_MINUTES:
        return AssistantSplit(with_modifier, without + 1, True, "therapist_midpoint")
    verdict = de_minimis(rest_helped, rest_own + rest_helped)
    if verdict == "without":
        return AssistantSplit(with_modifier, without + 1, True, "de_minimis")
    sure = verdict == "with"
    return AssistantSplit(with_modifier + 1, without, sure, "de_minimis" if sure else "rounding_band")  # fmt: skip


def split_untimed(therapist: float, assistant: float) -> AssistantSplit:
    """Decides for the single unit of an untimed code: ten percent of the whole service."""
    verdict = de_minimis(assistant, therapist + assistant)
    if verdict == "without":
        return AssistantSplit(0, 1, True, "de_minimis")
    sure = verdict == "with"
    return AssistantSplit(1, 0, sure, "de_minimis" if sure else "rounding_band")
