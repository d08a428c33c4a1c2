"""Says what a credential stands for: a therapist, an assistant, a student, or none of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from notelint.encounter.encounter import Signature

Rank = Literal["therapist", "assistant", "student", "unknown"]

_DOTS = re.compile(r"[.\s]+")
_ASSISTANT = re.compile(r"\b(?:l?pta|c?ota|cotal|slpa|slp-a|assistant)\b")
_STUDENT = re.compile(r"\b(?:spta?|sota?|student|intern)\b")
_THERAPIST = re.compile(
    r"\b(?:d?pt|mpt|mspt|lpt|rpt|otr|otd|ot|mot|msot|slp|slpd|ccc|cht|therapist|pathologist)\b"
)


def rank_of(credential: str) -> Rank:
    """Returns the rank of a credential as written (``PTA``, ``P.T.A.``, ``COTA/L``)."""
    plain = _DOTS.sub(" ", re.sub(r"(?<=[A-Za-z])\.(?=[A-Za-z])", "", credential)).lower()
    if _ASSISTANT.search(plain):
        return "assistant"
    if _STUDENT.search(plain):
        return "student"
    return "therapist" if _THERAPIST.search(plain) else "unknown"


def signed_by(signatures: Iterable[Signature], rank: Rank) -> bool:
    """Returns whether one of the signatures is of this rank."""
    return any(rank_of(signature.credential) == rank for signature in signatures)
